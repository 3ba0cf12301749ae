//! What the list knows of the articles: entries and their orders. Pure.

mod entry;

pub use entry::{Entry, EntryId, Order};
