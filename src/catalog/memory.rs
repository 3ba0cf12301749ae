//! What is remembered from one run of the program to the next.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::mark::Mark;
use super::order::Order;
use crate::bilingual::{Alignment, Place};
use crate::text::Language;

/// Where a reader was in an article: the place at the reading line, and the row of the screen where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The place.
    pub place: Place,
    /// The row of the pane, counted from 0.
    pub row: u16,
}

/// What is remembered of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// What was read, and whether it is starred.
    pub mark: Mark,
    /// Where its reader was; none for its beginning.
    pub reading: Option<Reading>,
    /// Its alignment, where it was mended by hand.
    pub mended: Option<Arc<Alignment>>,
}

/// How the library was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryState {
    /// What the list was sorted by.
    pub order: Order,
    /// The query of the filter; none where there was no filter.
    pub filter: Option<String>,
    /// The path of the article selected, relative to the library's folder.
    pub selected: Option<PathBuf>,
    /// What was shown, and how; none where the program was never opened on this library.
    pub view: Option<LibraryView>,
    /// The searches saved for this library, in the order of their keys `Alt-1` to `Alt-9`, then on.
    pub searches: Vec<SavedSearch>,
}

/// What was shown of a library, and how.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LibraryView {
    /// The language preferred.
    pub language: Language,
    /// Whether both languages were shown side by side.
    pub is_parallel: bool,
    /// Whether the article had the keys.
    pub is_in_article: bool,
    /// Whether only the article was shown.
    pub is_alone: bool,
    /// Whether pinyin stood above Chinese.
    pub has_pinyin: bool,
    /// The most columns of a line of text.
    pub measure: u16,
}

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SavedSearch {
    /// Its name, as the reader gave it.
    pub name: String,
    /// Its query.
    pub query: String,
}
