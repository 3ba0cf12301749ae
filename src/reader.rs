//! The reader as a pure state machine: messages in, a new model and effects out. No disk, no clock, no terminal, no thread.
//!
//! [`update`] tells a [`Model`] a [`Message`] and returns the [`Effect`]s to perform; the view draws what the model's
//! accessors show. Laying out happens inside [`update`], for what is on the screen only.

mod commands;
mod facets;
mod key;
mod keymap;
mod layout;
mod link_hints;
mod list;
mod message;
mod model;
mod mouse;
mod number;
mod page;
mod popup;
mod prompt;
mod queries;
mod read_tracking;
mod search_screen;
mod show;
mod text_cache;
mod update;
mod viewport;

pub use facets::{FacetGroup, FacetRow, FacetsPane};
pub use key::{Code, Key};
pub use keymap::{Action, BINDINGS, Binding, Chord, Contexts, Group, help, markdown_table};
pub use layout::{Focus, Layout, ScreenRect, TWO_PANES, TitledRect};
pub use link_hints::{LinkHint, LinkHints};
pub use list::{List, ListRow};
pub use message::{Area, Effect, Message, Mouse, MouseKind};
pub use model::{Mode, Model, ReaderSettings, ScanProgress};
pub use number::{many, thousands};
pub use page::{HeaderKind, Highlight, Page, PageRow, PageSource, Stacking, date_and_time};
pub use popup::{Popup, PopupKind, PopupLineKind, PopupRow};
pub use prompt::{Prompt, PromptError, PromptKind, PromptLine};
pub use read_tracking::flush_on_exit;
pub use search_screen::{HitRow, SearchScreen, SearchTotals};
pub use update::update;

#[cfg(test)]
mod tests;
