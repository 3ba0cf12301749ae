//! The reader as a pure state machine: messages in, a new model and effects out. No disk, no clock,
//! no terminal, no thread.
//!
//! [`update`] applies a [`Message`] to a [`Model`] and returns the [`Effect`]s to perform; the view
//! draws the model. [`update`] also lays out the text, as far as it is on the screen.

mod aloud;
mod bound_keys;
mod code;
mod commands;
mod day;
mod facets;
mod help;
mod hub;
mod jumps;
mod key;
mod keymap;
mod layout;
mod link_hints;
mod list;
mod listing;
mod look_up;
mod message;
mod model;
mod mouse;
mod note_box;
mod number;
mod page;
mod palette;
mod picture_box;
mod popup;
mod prompt;
mod queries;
mod read_tracking;
mod search_preview;
mod search_screen;
mod show;
mod statistics;
mod text_cache;
mod type_ahead;
mod update;
mod viewport;
mod word_book;

pub use bound_keys::BoundKeys;
pub use code::{CodeBlock, CodePart, CodeRole};
pub use key::{Code, Key};
pub use keymap::{key_table, markdown_table};
pub use layout::Focus;
pub use message::{Area, Effect, Message, Mouse, MouseKind, Program, ThemeEntry, Timer};
pub use model::{Model, ReaderSettings};
pub use page::VisiblePicture;
pub use picture_box::{CellSize, PictureBox};
pub use update::update;

pub(crate) use commands::LISTED_AT_ONCE;
pub(crate) use day::name_of_day;
pub(crate) use facets::{FacetGroup, FacetsPane};
pub(crate) use key::without_arrows;
pub(crate) use layout::{ScreenRect, sign_rect};
pub(crate) use link_hints::LinkHints;
pub(crate) use list::{List, ListRow, MARK_COLUMNS, WIDE_LIST};
pub(crate) use model::Mode;
pub(crate) use number::{many, thousands};
pub(crate) use page::{
    HeaderPart, MarkKind, Page, PageRow, PageSource, Stacking, TextMark, date_and_time,
    header_facts,
};
pub(crate) use popup::{Popup, PopupLine, wrapped};
pub(crate) use prompt::{PromptError, PromptKind, PromptLine};
pub(crate) use read_tracking::flush_on_exit;
pub(crate) use search_screen::{HitRow, SearchTotals};
pub(crate) use statistics::statistics_lines;

#[cfg(test)]
mod tests;
