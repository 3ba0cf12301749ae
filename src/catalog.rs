//! What the list knows of the articles: entries and their orders, the query language and who satisfies it. Pure.

mod entries;
mod entry;
mod matching;
mod order;
mod part;
mod query;
mod scripts;
mod shelf;
mod words;

pub use entries::{Applied, Entries};
pub use entry::{Entry, EntryId};
pub use matching::{Tier, evaluate};
pub use order::Order;
pub use query::{Condition, Days, Mistake, Query};
pub use shelf::{Changes, Shelf};
pub use words::{Words, WordsBuf, WordsEnd};
