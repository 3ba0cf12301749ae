//! What the list knows of the articles: entries and their orders, the query language and who satisfies it, and what is remembered. Pure.

mod entries;
mod entry;
mod facets;
mod hits;
mod mark;
mod matching;
mod memory;
mod order;
mod part;
mod protocol;
mod query;
mod scripts;
mod shelf;
mod sorting;
mod words;

pub use entries::{Applied, Entries};
pub use entry::{Entry, EntryId, Facts};
pub use facets::facets;
pub use hits::{Facets, Hits, SNIPPETS_PER_ARTICLE, Snippet};
pub use mark::{Attention, Mark, Marks};
pub use matching::{Context, Tier, evaluate};
pub use memory::{LibraryState, LibraryView, Reading, Remembered, SavedSearch};
pub use order::Order;
pub use protocol::{InitialState, Request, Update};
pub use query::{Bare, Condition, Days, Mistake, Query, State, narrowed, quoted};
pub use shelf::{Changes, Shelf};
pub use sorting::{Sortable, sorted_places, sorting_time};
pub use words::{Words, WordsBuf, WordsEnd};
