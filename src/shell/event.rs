//! What the loop is told.

use super::decoder::Input;
use super::signals::Signal;
use crate::catalog::Update;

/// Whatever can happen.
pub(super) enum Event {
    /// Something came from the terminal.
    Input(Input),
    /// The library sent an update.
    Library(Update),
    /// The system sent a signal.
    Signal(Signal),
    /// Something to tell in one line.
    Notice(String),
    /// The terminal is gone.
    Closed,
}
