//! What can be marked in the text: a sentence that is lit, and what is selected.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::layout::PageSource;
use crate::catalog::{Annotation, HighlightColour, VocabularyBook, WordState};
use crate::text::Language;

/// What a part of the text is marked as, each over the ones before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Every other sentence of the current pair of blocks, side by side.
    Apart,
    /// What translates a highlight of the other language.
    Answers,
    /// Highlighted by the reader.
    Highlighted(HighlightColour),
    /// A word that is kept in the vocabulary book.
    Kept,
    /// A word that is known.
    Known,
    /// A sentence that was walked to, or what translates it or a match.
    Lit,
    /// Selected.
    Selected,
}

/// A part of the text that is marked: a byte range of the document of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMark {
    /// The document.
    pub source: PageSource,
    /// The bytes of its text.
    pub range: Range<u32>,
    /// How.
    pub kind: MarkKind,
}

/// How something came to be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum SelectedBy {
    /// A sentence was walked to; it is lit while its block is the current one.
    Walk,
    /// Keys, which go on to change it.
    Keys,
    /// The mouse; a click marks an empty range.
    Mouse,
}

/// What is marked: a byte range of a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextSelection {
    pub(super) source: PageSource,
    pub(super) range: Range<u32>,
    /// The part from which it grew; always inside.
    pub(super) anchor: Range<u32>,
    pub(super) by: SelectedBy,
}

/// The button of the mouse was pressed.
#[derive(Clone, Debug)]
pub(super) struct Press {
    /// The cell of the pane.
    pub(super) cell: (u16, u16),
    /// The character there.
    pub(super) source: PageSource,
    pub(super) at: Range<u32>,
    /// Whether the mouse has left the cell; until then it is a click.
    pub(super) is_dragged: bool,
}

/// A byte range of a side's text: what is selected, or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) struct TextRange {
    pub(in crate::reader) side: Language,
    pub(in crate::reader) range: Range<u32>,
}

/// A highlight that was found in the text.
#[derive(Clone, Debug)]
pub(super) struct PlacedAnnotation {
    pub(super) annotation: Arc<Annotation>,
    pub(super) at: TextRange,
}

impl TextSelection {
    pub(super) const fn new(source: PageSource, range: Range<u32>, by: SelectedBy) -> Self {
        let anchor = range.start..range.end;
        Self {
            source,
            range,
            anchor,
            by,
        }
    }

    /// From the anchor to a place, before it or after it.
    pub(super) fn reach(&mut self, at: u32) {
        self.range = self.anchor.start.min(at)..self.anchor.end.max(at);
    }
}

/// The words of the vocabulary book in a block.
pub(super) type FoundWords = Arc<[(Range<u32>, WordState)]>;

/// What a page knows of words.
#[derive(Clone, Debug, Default)]
pub(in crate::reader) struct PageWords {
    /// The vocabulary book.
    pub(in crate::reader) book: Arc<VocabularyBook>,
    /// Whether its words are underlined.
    pub(in crate::reader) is_underlined: bool,
    /// The levels above which words have glosses, Chinese first; None without glosses.
    pub(in crate::reader) gloss_levels: Option<[u8; 2]>,
    /// The words of the book in each block that was on the screen.
    pub(super) found: RefCell<HashMap<(Language, u32), FoundWords>>,
}

impl PageWords {
    /// What is shown of words.
    pub(in crate::reader) fn new(
        book: Arc<VocabularyBook>,
        is_underlined: bool,
        gloss_levels: Option<[u8; 2]>,
    ) -> Self {
        Self {
            book,
            is_underlined,
            gloss_levels,
            found: RefCell::default(),
        }
    }
}
