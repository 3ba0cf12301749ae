//! The events of the loop.

use super::graphics::GraphicsAnswer;
use super::pictures::PictureAnswer;
use super::signals::Signal;
use crate::catalog::Update;
use crate::library::Library;
use crate::reader::Message;
use crate::view::Background;

/// What the loop waits for.
#[derive(Debug)]
pub(super) enum Event {
    /// A message for the reader: from the terminal's input, or a notice.
    Message(Message),
    /// A line was typed in the linear view.
    Line(String),
    /// A library sent an update.
    Update {
        /// The number of the library.
        library: u32,
        update: Update,
    },
    /// A library was chosen, and its folder can be read.
    LibraryFound(Library),
    /// The library has ended, so that the next one can be opened.
    LibraryClosed {
        next: Library,
        /// Fails with what could not be saved.
        saved: Result<(), String>,
    },
    /// The terminal's answer to the query for its background's colour.
    Background(Background),
    /// The terminal's answer that it has underlines in styles.
    UnderlineStyles,
    /// The terminal's answer where its cursor is: the column, counted from 1.
    CursorColumn(u16),
    /// The terminal says that it is dark or light now.
    ColourScheme(Background),
    /// The terminal's answer to the query for its attributes. Queries sent before it are answered
    /// by now, or never will be, but for those that a multiplexer passes on.
    Attributes {
        /// Whether sixel is one.
        is_sixel: bool,
    },
    /// The terminal's answer about pictures.
    Graphics(GraphicsAnswer),
    /// A picture can be drawn, or cannot.
    Picture(PictureAnswer),
    /// A piece of a picture was sent, and there are more.
    NextPiece,
    /// The system sent a signal.
    Signal(Signal),
    /// The settings file was changed.
    SettingsChanged,
    /// The terminal is gone.
    Closed,
}
