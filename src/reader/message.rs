//! What the reader is told, and what it asks to be done.

use std::sync::Arc;
use std::time::Duration;

use super::key::Key;
use crate::bilingual::Text;
use crate::catalog::{Changes, EntryId, Query, Tier};

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
    /// What changed in the library: first of all, what was found in it.
    Changed(Changes),
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
    },
    /// Which entries satisfy the query of a filter.
    Filtered {
        /// The number of the request.
        number: u32,
        /// The tier of each entry, by number; what lies beyond does not satisfy it.
        tiers: Arc<[Tier]>,
        /// Whether this is all; else slower answers follow, of the same number.
        is_final: bool,
    },
    /// Articles whose languages disagree on a figure.
    Doubts(Vec<EntryId>),
    /// Something to tell in one line, cleaned.
    Notice(String),
}

/// What the reader asks to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read an article; it comes back as [`Message::Loaded`]. Only the last one asked for matters.
    Load(EntryId),
    /// Say which entries satisfy a query: comes back as [`Message::Filtered`].
    Filter {
        /// The number that the answers bear.
        number: u32,
        /// The query.
        query: Query,
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
