//! The page: the article as it is laid out, and where its reader is.
//!
//! A page is a *flow* of items, each set into a *band* of rows when it is needed. The header is a small document of its
//! own that scrolls with the text. The position is a band and a row within it, so nothing needs the total height.

use std::ops::Range;
use std::sync::Arc;

use super::panes::Pane;
use crate::bilingual::{Place, Text};
use crate::catalog::EntryId;
use crate::markdown::Document;
use crate::text::Language;
use crate::typeset::{Row, Rows};

/// What a cell of the page shows. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The header: title, date, link, problems; see [`HeaderKind`].
    Header,
    /// A side of the text.
    Text(Language),
}

/// What a block of the header is. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderKind {
    /// The title in the language shown.
    Title,
    /// Date, source, tags and language state.
    Facts,
    /// The link to the original.
    Link,
    /// A problem of the article.
    Problem,
    /// The line below.
    Rule,
}

/// A row on the screen, ready to be drawn: pieces of `rows` at their columns, from `x` of the pane. Stable.
#[derive(Clone, Copy, Debug)]
pub struct PageRow<'a> {
    /// Its row in the pane, counted from 0.
    pub y: u16,
    /// The column of the pane at which the layout's column 0 lies.
    pub x: u16,
    /// What it belongs to.
    pub source: Source,
    /// The block it belongs to, as an index into the document's.
    pub block: u32,
    /// What the block is, in the header.
    pub header: Option<HeaderKind>,
    /// Whether the block is the current one.
    pub is_current: bool,
    /// The document whose text the pieces show.
    pub document: &'a Document,
    /// The rows it is one of, which hold its pieces.
    pub rows: &'a Rows,
    /// The row.
    pub row: &'a Row,
}

/// A stretch of text to be lit up. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte range in the document's text.
    pub range: Range<u32>,
    /// Whether it is the one that the reader is at.
    pub is_current: bool,
}

/// The page.
#[derive(Debug)]
pub struct Page {
    id: EntryId,
    text: Arc<Text>,
    side: Language,
    pane: Pane,
}

impl Page {
    /// Which entry it shows.
    pub const fn id(&self) -> EntryId {
        self.id
    }

    /// The text it shows.
    pub const fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The language shown.
    pub const fn side(&self) -> Language {
        self.side
    }

    /// The document shown.
    pub fn document(&self) -> &Document {
        self.text.shown(self.side)
    }

    /// The rows on the screen that show something, from top to bottom; rows between them are blank.
    pub fn rows(&self) -> impl Iterator<Item = PageRow<'_>> {
        std::iter::empty()
    }

    /// What is lit up in a byte range of the text shown: for a [`PageRow`]'s range, of its own source.
    pub fn marks(&self, _source: Source, _range: &Range<u32>) -> impl Iterator<Item = Mark> + '_ {
        std::iter::empty()
    }

    /// How much of the article lies above the lower edge of the screen, in percent; 100 exactly when its last row shows.
    pub fn percentage(&self) -> u8 {
        0
    }

    /// The part of the article above the screen and the part down to its end, each from 0 to 1: for a scrollbar. (0, 1) when all of it shows.
    pub fn bar(&self) -> (f32, f32) {
        (0.0, 1.0)
    }

    /// Whether the title in the header is above the screen, so that the pane's title should tell it.
    pub fn is_title_hidden(&self) -> bool {
        false
    }

    /// The place at the reading line.
    pub fn place(&self) -> Place {
        self.text.place(self.side, 0, 0)
    }

    /// While something is searched for: the number of the match the reader is at (from 1, 0 for none) and how many there are.
    pub fn matches(&self) -> Option<(usize, usize)> {
        None
    }
}
