//! The events of the loop.

use super::signals::Signal;
use crate::reader::Message;
use crate::view::Background;

/// What the loop waits for.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A message for the reader: from the terminal's input, from the library, or a notice.
    Message(Message),
    /// The terminal's answer to the query for its background's colour.
    Background(Background),
    /// The terminal's answer to the query for its attributes. Queries sent before it are answered
    /// by now, or never will be.
    Attributes,
    /// The system sent a signal.
    Signal(Signal),
    /// The settings file was changed.
    SettingsChanged,
    /// The terminal is gone.
    Closed,
}
