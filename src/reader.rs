//! The reader as a pure state machine: messages in, a new model and effects out. No disk, no clock, no terminal, no thread.

mod key;
mod list;
mod message;
mod model;
mod overlay;
mod page;
mod panes;
mod prompt;

pub use key::{Code, Key};
pub use list::{List, ListRow};
pub use message::{Area, Effect, Message, Mouse, MouseKind};
pub use model::{Model, Progress, Settings, update};
pub use overlay::{Label, LineKind, Overlay, OverlayKind, OverlayLine};
pub use page::{HeaderKind, Mark, Page, PageRow, Source};
pub use panes::{Focus, Framed, Pane, Panes, TWO_PANES};
pub use prompt::{Prompt, PromptKind};
