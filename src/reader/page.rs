//! The page: an article as it is laid out, and where its reader is in it.
//!
//! [`Page`] holds the state; each other file adds one group of operations. Only the screen is laid out: the position is an
//! item of the [`PageLayout`](layout::PageLayout) and a row of it, so that no operation needs the total height.

mod find;
mod header;
mod layout;
mod matches;
mod mismatches;
mod parallel;
mod scroll;
mod state;
mod switch_language;
mod visible_rows;

pub(crate) use header::{HeaderPart, date_and_time};
pub(crate) use layout::{PageSource, Stacking};
pub(super) use parallel::{PairEdit, PeekResult};
pub(crate) use state::Page;
pub(super) use state::{PageSettings, PageSnapshot, ScrollState};
pub(super) use switch_language::{fits, relocate};
pub(crate) use visible_rows::PageRow;
pub(super) use visible_rows::VisibleLink;
