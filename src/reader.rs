//! The reader as a pure state machine: messages in, a new model and effects out. No disk, no clock, no terminal, no thread.
//!
//! [`update`] tells a [`Model`] a [`Message`] and returns the [`Effect`]s to perform; the view draws what the model's
//! accessors show. Laying out happens inside [`update`], for what is on the screen only.

mod act;
mod facets;
mod hits;
mod input;
mod key;
mod keymap;
mod labels;
mod list;
mod message;
mod model;
mod number;
mod overlay;
mod page;
mod panes;
mod prompt;
mod quote;
mod recent;
mod remember;
mod showing;
mod update;

pub use facets::{FacetGroup, FacetRow, FacetsPane};
pub use hits::{HitRow, HitsScreen, Totals};
pub use key::{Code, Key};
pub use keymap::{Action, BINDINGS, Binding, Chord, Contexts, Group, help, markdown_table};
pub use labels::Label;
pub use list::{List, ListRow};
pub use message::{Area, Effect, Message, Mouse, MouseKind};
pub use model::{Model, Progress, Settings};
pub use number::{many, thousands};
pub use overlay::{LineKind, Overlay, OverlayKind, OverlayLine};
pub use page::{HeaderKind, Highlight, Page, PageRow, PageSource, Stacking, date_and_time};
pub use panes::{Focus, Framed, Pane, Panes, TWO_PANES};
pub use prompt::{Prompt, PromptKind, PromptLine, Wrong};
pub use remember::farewell;
pub use update::update;

#[cfg(test)]
mod tests;
