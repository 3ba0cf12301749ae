//! What the list knows of the articles: entries and their orders. Pure.

mod entries;
mod entry;
mod filter;
mod order;

pub use entries::Entries;
pub use entry::{Entry, EntryId};
pub use order::Order;
