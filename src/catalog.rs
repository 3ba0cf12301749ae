//! What the list knows of the articles: entries and their orders, the query language and its
//! evaluation, and what is remembered.

mod annotations;
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
mod statistics;
mod words;

pub use annotations::{
    Annotation, AnnotationCondition, Annotations, HighlightColour, OwnTags, path_hash,
};
pub use entries::{Applied, Entries};
pub use entry::{Entry, EntryId, EntryTimes, FilterFields, Tags};
pub use entry_store::{Changes, EntryStore};
pub use facets::{FacetKind, Facets, facet_key, facet_queries, facets, ticked, toggled};
pub use filter_text::{FilterText, FilterTextBuf, FilterTextEnd, find_term};
pub use matching::{FilterContext, Tier, evaluate, tiers_of_names};
pub use order::{Order, SortFields, Sortable, sorted_places, sorting_time};
pub use protocol::{
    ArticleCheck, Hits, InitialState, Request, SNIPPETS_PER_ARTICLE, Snippet, SnippetPart, Update,
};
pub use query::{
    Condition, Days, FieldCondition, FieldName, Query, QueryError, ReadState, Term, WordBounds,
    quoted,
};
pub use remembered::{
    Attention, Bookmark, ChangedFields, KnownLibrary, LibraryState, LibraryView, Mark, Marks,
    Reading, Remembered, SavedSearch, SearchChange, search_changes,
};
pub use statistics::{Statistics, StatisticsBar, StatisticsGroup, WEEKS, heat};
pub use words::{BookWord, VocabularyBook, WordSentence, WordState};
