//! Messages to the reader, and the effects that it returns.

use std::time::Duration;

use super::key::Key;
use crate::catalog::{Request, Update};

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

/// A message to the reader.
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
    /// The library sent an update.
    Library(Update),
    /// The time of the last [`Effect::StartTimer`] is over; its number.
    Timer(u32),
    /// A message of one line for the status bar, cleaned.
    Notice(String),
}

/// A side effect that the reader asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a request to the library.
    Library(Request),
    /// Send [`Message::Timer`] with this number after a time; a later timer replaces an earlier one.
    StartTimer {
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
