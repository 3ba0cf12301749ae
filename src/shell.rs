//! The thin shell around the reader: the terminal, its input, signals, other programs, and the
//! event loop.
//!
//! The reader takes messages and returns effects; this layer performs them. One channel carries all
//! events, the loop sleeps on it, and there are no ticks: an idle program uses no CPU.

mod backend;
mod clipboard;
mod decoder;
mod editor;
mod environment;
mod event;
mod external;
mod frame_throttle;
mod graphics;
#[cfg(feature = "highlight")]
mod highlight;
mod input;
mod large_text;
mod linear;
mod pager;
#[cfg(feature = "pictures")]
mod picture_encoder;
mod pictures;
mod probe;
mod program;
mod run;
mod settings_file;
mod signals;
mod terminal;
mod text_file;
mod theme_files;
mod voice;

pub use clipboard::{clipboard_tool, clipboard_ways};
pub use environment::{background, colour_depth, is_dumb, underline_styles};
#[cfg(feature = "highlight")]
pub use highlight::syntax_licences;
pub use pager::page;
pub use probe::{TerminalAnswers, ask_terminal};
pub use run::run;
pub use settings_file::SettingsFile;
pub use terminal::{check, columns, styled};
