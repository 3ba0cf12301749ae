//! The page: an article as it is laid out, and where its reader is in it.
//!
//! [`Page`] holds the state; each other file adds one group of operations. Only the screen is laid
//! out: the position is an item of the page and a row of it, so that no operation needs the total
//! height.

mod annotations;
mod find;
mod header;
mod highlights;
mod items;
mod languages;
mod layout;
mod marks;
mod pictures;
mod scroll;
mod selection;
mod sentences;
mod state;
mod ticks;
mod visible_rows;
mod words;

pub(crate) use find::NoMatch;
pub(crate) use header::{HeaderPart, date_and_time, header_facts};
pub(super) use languages::{PairEdit, fits};
pub(crate) use layout::{PageSource, Stacking};
pub(crate) use marks::{MarkKind, TextMark};
pub(super) use marks::{PageWords, SelectedBy, TextRange};
pub use pictures::VisiblePicture;
pub(super) use selection::Release;
pub(crate) use state::Page;
pub(super) use state::{PageSettings, PageSnapshot, ScrollState};
pub(crate) use visible_rows::{PageRow, VisibleLink};
