//! What is remembered of articles and libraries between runs.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::entry::EntryId;
use super::order::Order;
use crate::bilingual::{Alignment, Place};
use crate::text::Language;

/// How much of an article was read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Attention {
    /// Nothing.
    #[default]
    Unread,
    /// Its text was focused for a while, or scrolled.
    Read,
    /// Its end was on the screen for a while.
    Finished,
}

/// The mark of an article in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// How much of it was read.
    #[serde(rename = "state")]
    pub attention: Attention,
    /// Whether it is starred.
    #[serde(rename = "starred")]
    pub is_starred: bool,
}

/// The marks of all entries by id; an entry without one is unread and not starred.
#[derive(Clone, Debug, Default)]
pub struct Marks(Vec<Mark>);

impl Marks {
    /// The mark of an entry.
    pub fn get(&self, id: EntryId) -> Mark {
        self.0.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Sets the mark of an entry.
    pub fn set(&mut self, id: EntryId, mark: Mark) {
        let at = id.0 as usize;
        if at >= self.0.len() {
            if mark == Mark::default() {
                return;
            }
            self.0.resize(at + 1, Mark::default());
        }
        self.0[at] = mark;
    }
}

/// The reading position in an article: the place at the reading line, and its row on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// The row of the pane, counted from 0.
    pub row: u16,
}

/// A place in an article that the reader gave a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// The letter, of ASCII.
    pub letter: char,
    /// The path of the article, relative to the folder of the library; `None` if it was removed.
    pub path: Option<PathBuf>,
    /// The place in it.
    pub reading: Reading,
}

/// What is remembered of one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// Whether it was read or starred.
    #[serde(flatten)]
    pub mark: Mark,
    /// The reading position; `None` for the beginning.
    #[serde(rename = "position")]
    pub reading: Option<Reading>,
    /// The alignment, if the reader corrected it.
    #[serde(skip)]
    pub edited: Option<Arc<Alignment>>,
    /// The [keys](crate::bilingual::Text::disagreement_key) of figures that disagree and are right all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<u64>,
    /// The tags that the reader gave it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The [keys](crate::bilingual::DigestItem::keys) of the items that are ticked off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ticked: Vec<u64>,
}

/// The fields of an article's [`Remembered`] that a change sets. The others stay as they are saved,
/// since another program may have set them.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of its own")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangedFields {
    /// How much was read.
    pub attention: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// The reading position.
    pub reading: bool,
    /// The alignment.
    pub edited: bool,
    /// The figures that are right.
    pub accepted: bool,
    /// The reader's own tags.
    pub tags: bool,
    /// The items that are ticked off.
    pub ticked: bool,
    /// When it was opened: now.
    pub opened: bool,
}

impl ChangedFields {
    /// All fields.
    pub const ALL: Self = Self {
        attention: true,
        starred: true,
        reading: true,
        edited: true,
        accepted: true,
        tags: true,
        ticked: true,
        opened: true,
    };
}

/// A change of the saved searches, which are known by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchChange {
    /// The name of the search.
    pub name: String,
    /// Its query; `None` if it was deleted.
    pub query: Option<String>,
    /// The name that it had before, whose place it takes.
    pub renamed_from: Option<String>,
}

/// What has to change in some saved searches, so that they are others.
pub fn search_changes(before: &[SavedSearch], after: &[SavedSearch]) -> Vec<SearchChange> {
    let has = |searches: &[SavedSearch], name: &str| searches.iter().any(|one| one.name == name);
    let mut changes = Vec::new();
    for (at, search) in after
        .iter()
        .enumerate()
        .filter(|(_, one)| !before.contains(one))
    {
        let old = before.get(at).filter(|old| !has(after, &old.name));
        changes.push(SearchChange {
            name: search.name.clone(),
            query: Some(search.query.clone()),
            renamed_from: old.map(|old| old.name.clone()),
        });
    }
    for search in before.iter().filter(|search| !has(after, &search.name)) {
        changes.push(SearchChange {
            name: search.name.clone(),
            query: None,
            renamed_from: None,
        });
    }
    changes
}

/// The state of the list of a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryState {
    /// What the list was sorted by.
    pub order: Order,
    /// The query of the filter, if there was one.
    pub filter: Option<String>,
    /// The path of the selected article, relative to the folder of the library.
    pub selected: Option<PathBuf>,
    /// What was shown; `None` if the library was never opened in the reader.
    pub view: Option<LibraryView>,
    /// The saved searches, in the order of their keys: `Alt-1` to `Alt-9`, then those without a
    /// key.
    pub searches: Vec<SavedSearch>,
}

/// What was shown of a library, and how.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LibraryView {
    /// The preferred language.
    pub language: Language,
    /// Whether both languages were side by side.
    pub is_parallel: bool,
    /// Whether the article was focused.
    pub is_in_article: bool,
    /// Whether the list was hidden.
    pub is_alone: bool,
    /// Whether pinyin was shown.
    pub has_pinyin: bool,
    /// Whether glosses were shown.
    pub has_gloss: bool,
    /// The longest line of text, in columns.
    pub measure: u16,
    /// Whether an article had two rows in the list; `None` if that was left to the screen.
    pub is_roomy: Option<bool>,
    /// The columns of the list beside an article; `None` if they were left to the screen.
    pub list_columns: Option<u16>,
}

/// A folder that was read before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLibrary {
    /// Its canonical path.
    pub path: PathBuf,
    /// Its path as it is shown: cleaned, with `~` for the home folder.
    pub name: String,
    /// How many of its articles are unread, `None` without an index; or why it cannot be read.
    pub unread: Result<Option<u32>, String>,
    /// Whether it is the library that is open.
    pub is_open: bool,
}

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SavedSearch {
    /// The name that the reader gave it.
    pub name: String,
    /// Its query.
    pub query: String,
}
