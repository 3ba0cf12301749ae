//! What the list knows of the articles: entries and their orders, the query language and its
//! evaluation, and what is remembered.

mod entries;
mod entry;
mod entry_store;
mod facets;
mod filter_text;
mod matching;
mod order;
mod protocol;
mod query;
mod remembered;

pub use entries::{Applied, Entries};
pub use entry::{Entry, EntryId, EntryTimes, FilterFields, Tags};
pub use entry_store::{Changes, EntryStore};
pub use facets::{Facets, facets};
pub use filter_text::{FilterText, FilterTextBuf, FilterTextEnd, find_term};
pub use matching::{FilterContext, Tier, evaluate};
pub use order::{Order, SortFields, Sortable, sorted_places, sorting_time};
pub use protocol::{
    Hits, InitialState, Request, SNIPPETS_PER_ARTICLE, Snippet, SnippetPart, Update,
};
pub use query::{
    Condition, Days, FieldCondition, FieldName, Query, QueryError, ReadState, Term, WordBounds,
    narrowed, quoted,
};
pub use remembered::{
    Attention, ChangedFields, LibraryState, LibraryView, Mark, Marks, Reading, Remembered,
    SavedSearch, SearchChange, search_changes,
};
