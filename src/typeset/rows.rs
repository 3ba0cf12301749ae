//! What a layout depends on besides the text, and the finished rows, ready to be drawn.

use std::ops::Range;

use super::width::Ambiguous;
use crate::markdown::{Document, Inline};
use crate::text::Script;

/// What a layout depends on, besides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LayoutSettings {
    /// The layout's width, in columns: no row is wider. At least 1; on a single column a
    /// placeholder `▯` is shown for every character of two.
    pub columns: u16,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Whether there is a row of pinyin above each row with Chinese, outside of labels, tables and
    /// code.
    pub pinyin: bool,
    /// Whether the syllables of a word are written together: yínháng.
    pub joined_pinyin: bool,
    /// The script that Chinese is converted to, if it is.
    pub conversion: Option<Script>,
    /// How many columns the last mark of a row may stand out to the right, if it is blank in its right
    /// half (，。、；：！？”）》」): 0, 1 (its blank half) or 2. Rows are up to so much wider than the
    /// layout. Not in tables and code.
    pub hang: u16,
    /// The space between Han and Latin or figures.
    pub spacing: Spacing,
    /// Whether English words are hyphenated at the ends of rows. Not in headings, tables and code.
    pub hyphenation: bool,
    /// The last level of headings that are set at twice the size, if they are short; 0 for none.
    pub large_levels: u8,
}

impl LayoutSettings {
    /// A layout of a width, with everything else as it is by default.
    pub const fn new(columns: u16) -> Self {
        Self {
            columns,
            ambiguous: Ambiguous::Narrow,
            pinyin: false,
            joined_pinyin: false,
            conversion: None,
            hang: 0,
            spacing: Spacing::Keep,
            hyphenation: false,
            large_levels: 0,
        }
    }
}

/// The space between Han and Latin letters or figures. What is copied is the text as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// As written.
    #[default]
    Keep,
    /// One column, also where none is written.
    Thin,
    /// None, also where some is written.
    None,
}

/// Shown for a character of two columns on a row of one.
pub(super) const PLACEHOLDER: &str = "▯";

/// Rows with their pieces, each in one vector, so that a layout takes few allocations. A row
/// without pieces is a blank line inside a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// The pieces of all rows.
    pub pieces: Vec<Piece>,
    /// Text that is not the document's: markers, rules, hyphens.
    pub own: String,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its pieces, as a range of indices into [`Rows::pieces`], from left to right.
    pub pieces: Range<u32>,
    /// The byte range of [`Document::text`] that the row shows; a row that shows none has an empty
    /// range at its place. Starts never decrease, so a position's row is found by bisection; where
    /// a table's cells are side by side, the range is that of the table's row.
    pub range: Range<u32>,
    /// Whether the document's text in it is twice as wide and high, down into the next row.
    pub is_large: bool,
}

/// A run of characters of one role, at its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where its characters are.
    pub origin: Origin,
    /// What is shown for them in the other script, as a byte range of [`Rows::own`].
    pub shown: Option<Range<u32>>,
    /// The column of its first character, counted from 0 at the left edge of the layout.
    pub column: u16,
    /// Its width in columns.
    pub columns: u16,
    /// Its role.
    pub role: Role,
    /// The link it is part of, as an index into
    /// [`Document::links`](crate::markdown::Document::links).
    pub link: Option<u32>,
}

/// Where the characters of a piece are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A byte range of the document's text.
    Document(Range<u32>),
    /// A byte range of [`Rows::own`].
    Own(Range<u32>),
}

/// The role of a piece, from which the theme derives its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// Its kind.
    pub kind: RoleKind,
    /// Its inline styles.
    pub inline: Inline,
}

/// The kind of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// Running text.
    Text,
    /// A heading's text, by level.
    Heading(u8),
    /// A label's text.
    Label,
    /// The text of a quotation.
    Quote,
    /// A line of a code block.
    Code,
    /// A block of HTML reduced to its text.
    Html,
    /// A cell of a table's head.
    TableHead,
    /// A table's lines.
    TableRule,
    /// The bar before a quotation.
    QuoteBar,
    /// A list item's bullet, number or box.
    Marker,
    /// A footnote's text.
    Footnote,
    /// A thematic break.
    Rule,
    /// A line of pinyin above a line of Chinese.
    Pinyin,
    /// A line of glosses above a line.
    Gloss,
}

impl Role {
    /// A role with no inline style.
    pub const fn of(kind: RoleKind) -> Self {
        Self {
            kind,
            inline: Inline::empty(),
        }
    }
}

impl Row {
    /// How many columns and rows of the screen a column of its text takes.
    pub const fn scale(&self) -> u16 {
        if self.is_large { 2 } else { 1 }
    }
}

impl Piece {
    /// The bytes of its characters, which are those of `text`, that show a part of the document's text: of a word that
    /// stands for one of another length, all.
    pub fn shown_part(&self, text: &str, part: &Range<u32>) -> Range<usize> {
        let Origin::Document(range) = &self.origin else {
            return 0..0;
        };
        let is_moved = range.len() != text.len();
        if is_moved && part.start < range.end && part.end > range.start {
            return 0..text.len();
        }
        let cut = |at: u32| {
            text.floor_char_boundary((at.clamp(range.start, range.end) - range.start) as usize)
        };
        cut(part.start)..cut(part.end)
    }
}

impl Rows {
    /// The characters of a piece.
    pub fn text<'a>(&'a self, piece: &Piece, document: &'a Document) -> &'a str {
        match (&piece.origin, &piece.shown) {
            (Origin::Document(range), None) => document.text_of(range),
            (Origin::Own(range), _) | (_, Some(range)) => {
                &self.own[range.start as usize..range.end as usize]
            }
        }
    }

    /// The pieces of a row.
    pub fn pieces_of(&self, row: &Row) -> &[Piece] {
        &self.pieces[row.pieces.start as usize..row.pieces.end as usize]
    }

    /// The row that shows a byte offset of the document's text: the last that starts at or before
    /// it; among the rows of a table's row the one with the cell that shows it, otherwise the
    /// first.
    pub fn row_at(&self, offset: u32) -> usize {
        let last = self
            .rows
            .partition_point(|row| row.range.start <= offset)
            .saturating_sub(1);
        let Some(range) = self
            .rows
            .get(last)
            .map(|row| &row.range)
            .filter(|range| !range.is_empty())
        else {
            return last;
        };
        let first = self.rows[..last]
            .iter()
            .rposition(|row| row.range != *range)
            .map_or(0, |before| before + 1);
        (first..=last)
            .find(|row| self.shows(*row, offset))
            .unwrap_or(first)
    }

    /// Whether a piece of a row shows a byte offset of the document's text.
    fn shows(&self, row: usize, offset: u32) -> bool {
        self.pieces_of(&self.rows[row]).iter().any(
            |piece| matches!(&piece.origin, Origin::Document(range) if range.contains(&offset)),
        )
    }

    /// Makes room for about as many rows as a text of a length has, since a long one would be moved again and again. With
    /// pinyin they are twice as many, about twice as wide.
    pub(super) fn reserve(&mut self, length: usize, settings: &LayoutSettings) {
        let rows = length / usize::from(settings.columns.max(1));
        let rows = if settings.pinyin { 4 * rows } else { rows };
        self.rows.reserve(rows);
        self.pieces.reserve(2 * rows);
        if settings.pinyin {
            self.own.reserve(2 * length);
        }
    }

    /// Begins a row: pieces pushed until [`Rows::close`] belong to it.
    pub(super) fn open(&mut self) {
        let start = self.pieces.len() as u32;
        self.rows.push(Row {
            pieces: start..start,
            ..Row::default()
        });
    }

    /// Ends the row.
    pub(super) fn close(&mut self, range: Range<u32>) {
        let end = self.pieces.len() as u32;
        if let Some(row) = self.rows.last_mut() {
            row.pieces.end = end;
            row.range = range;
        }
    }

    /// Appends to the text that is not the document's, unless it ends with the same text already.
    pub(super) fn add_own(&mut self, text: &str) -> Range<u32> {
        if !self.own.ends_with(text) {
            self.own.push_str(text);
        }
        (self.own.len() - text.len()) as u32..self.own.len() as u32
    }

    /// A row as plain text: its pieces at their columns with spaces between, nothing trailing.
    pub fn plain(&self, row: usize, document: &Document) -> String {
        let mut line = String::new();
        let mut column = 0;
        for piece in self.pieces_of(&self.rows[row]) {
            while column < piece.column {
                line.push(' ');
                column += 1;
            }
            line.push_str(self.text(piece, document));
            column = piece.column + piece.columns;
        }
        line.truncate(line.trim_end().len());
        line
    }
}
