//! What the reader is told, and what it asks to be done.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::key::Key;
use crate::bilingual::Text;
use crate::catalog::{Changes, EntryId, Facets, Hits, LibraryState, Mark, Query, Remembered, Shelf, Snippet, Tier};

/// The screen's size in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Its width in columns.
    pub columns: u16,
    /// Its height in rows.
    pub rows: u16,
}

/// What the mouse did, at a cell counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The main button was pressed.
    Press,
    /// The wheel was turned upwards.
    WheelUp,
    /// The wheel was turned downwards.
    WheelDown,
}

/// What the reader is told.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, not cleaned.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The screen has a new size.
    Resized(Area),
    /// What is known before anything is walked or read; comes first, and once.
    Opened(Box<Opened>),
    /// What changed in the library: first of all, what was found in it.
    Changed(Changes),
    /// One shelf for all entries told so far, under the same numbers.
    Rebased(Arc<dyn Shelf>),
    /// How far the walk is.
    Progress {
        /// Articles read.
        read: u32,
        /// Articles found so far.
        found: u32,
        /// How long it has taken.
        elapsed: Duration,
        /// Whether the walk has ended.
        finished: bool,
    },
    /// The text of an article that was asked for.
    Loaded {
        /// Which one.
        id: EntryId,
        /// Its text.
        text: Arc<Text>,
        /// What is remembered of it.
        remembered: Remembered,
    },
    /// How many folders cannot be watched, and are walked again every few seconds.
    Unwatched(u32),
    /// The marks of articles, as far as they have any.
    Marked(Vec<(EntryId, Mark)>),
    /// Which entries satisfy the query of a filter.
    Filtered {
        /// The number of the request.
        number: u32,
        /// The tier of each entry, by number; what lies beyond does not satisfy it.
        tiers: Arc<[Tier]>,
        /// Whether this is all; else slower answers follow, of the same number.
        is_final: bool,
    },
    /// What a search found.
    Found {
        /// The number of the request.
        number: u32,
        /// The articles.
        hits: Hits,
    },
    /// Snippets of a search, those of an article side by side, articles in the order of [`Hits::articles`].
    Snippets {
        /// The number of the search.
        number: u32,
        /// The articles that were looked at, counted from 0.
        articles: Range<u32>,
        /// The snippets; of one article at most a few.
        snippets: Vec<Snippet>,
    },
    /// What can narrow the list.
    Facets {
        /// The number of the request.
        number: u32,
        /// The counts.
        facets: Facets,
    },
    /// The time asked for by [`Effect::Wake`] is over.
    Woken(u32),
    /// Whether the languages of articles disagree on a figure.
    Compared(Vec<(EntryId, bool)>),
    /// Something to tell in one line, cleaned.
    Notice(String),
}

/// What is known before anything is walked or read.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// The entries, as they were when the program last ran; none without an index.
    pub shelf: Option<Arc<dyn Shelf>>,
    /// How the library was looked at.
    pub state: LibraryState,
    /// The entry that was selected, if it is there.
    pub selected: Option<EntryId>,
    /// When the last visit ended, in milliseconds since 1970; none on the first.
    pub last_visit: Option<i64>,
}

/// What the reader asks to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read an article; it comes back as [`Message::Loaded`]. Only the last one asked for matters.
    Load(EntryId),
    /// Get ready to filter or to search: the first letter of a query will be typed soon.
    Prepare,
    /// Say which entries satisfy a query: comes back as [`Message::Filtered`].
    Filter {
        /// The number that the answers bear.
        number: u32,
        /// The query.
        query: Query,
    },
    /// Search the texts: comes back as [`Message::Found`] and [`Message::Snippets`].
    Search {
        /// The number that the answers bear.
        number: u32,
        /// The query; bare words in it are texts.
        query: Query,
    },
    /// Give more snippets of the last search.
    Snippets {
        /// The number of the search.
        number: u32,
        /// The first article, counted from 0 in [`Hits::articles`].
        from: u32,
        /// How many articles.
        count: u32,
    },
    /// Count what can narrow the list under a query: comes back as [`Message::Facets`].
    Facets {
        /// The number that the answer bears.
        number: u32,
        /// The query.
        query: Query,
    },
    /// Say of articles whether their languages disagree on a figure: comes back as [`Message::Compared`]. Only the last ones asked for matter.
    Compare(Vec<EntryId>),
    /// Remember an article.
    Remember(EntryId, Remembered),
    /// Remember how the library is looked at.
    RememberLibrary(LibraryState),
    /// Look for changes now, and read all files again, whatever their times say.
    Refresh,
    /// Send [`Message::Woken`] with a number after so long; one asked for later, of whatever number, takes the place of one asked for before.
    Wake {
        /// The number.
        number: u32,
        /// How long to wait.
        after: Duration,
    },
    /// Open a link (`http`, `https` or `mailto`) outside.
    Open(String),
    /// Copy a text to the clipboard.
    Copy(String),
    /// Take the mouse, or give it back to the terminal's own selection.
    CaptureMouse(bool),
    /// Stop the program until it is continued (Ctrl-Z).
    Suspend,
    /// End the program.
    Quit,
}
