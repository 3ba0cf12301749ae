//! The messages between the reader and the library.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::annotations::{Annotation, OwnTags};
use super::entry::EntryId;
use super::entry_store::{Changes, EntryStore};
use super::facets::Facets;
use super::matching::Tier;
use super::query::Query;
use super::remembered::{
    Bookmark, ChangedFields, LibraryState, Mark, Remembered, SavedSearch, SearchChange,
};
use super::words::BookWord;
use crate::bilingual::{Place, SentenceJob, Sentences, Text};

/// A request to the library. Only the last request of each kind is sure to be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Read an article; answered by [`Update::Loaded`].
    Load(EntryId),
    /// Prepare to filter and search: the first letter of a query will be typed soon.
    WarmUp,
    /// Find the entries that satisfy a query; answered by [`Update::Filtered`].
    Filter {
        /// Returned with the answers.
        number: u32,
        /// The query of the filter.
        query: Query,
    },
    /// Search the texts; answered by [`Update::Hits`] and [`Update::Snippets`].
    Search {
        /// Returned with the answers.
        number: u32,
        /// The query.
        query: Query,
    },
    /// Return more snippets of the last search.
    Snippets {
        /// The number of the search.
        number: u32,
        /// The first article, an index into [`Hits::articles`].
        from: u32,
        /// How many articles.
        count: u32,
        /// At most this many snippets of each article.
        most: u32,
    },
    /// Count the facets of the entries that satisfy a query; answered by [`Update::Facets`].
    Facets {
        /// Returned with the answer.
        number: u32,
        /// The query of the filter.
        query: Query,
    },
    /// Check whether the languages of articles disagree on a figure, how long they are, and what is noted about them; answered by
    /// [`Update::ArticlesChecked`].
    CheckArticles(Vec<EntryId>),
    /// Look which of these highlights are still in their articles; answered by [`Update::AnnotationsFound`].
    FindAnnotations(Vec<Arc<Annotation>>),
    /// Look a word up in the dictionaries that the user added; answered by [`Update::LookedUp`].
    LookUp(String),
    /// Align the sentences of a text; answered by [`Update::SentencesAligned`].
    AlignSentences(SentenceJob),
    /// Save some fields of what is remembered of an article.
    Remember(EntryId, Remembered, ChangedFields),
    /// Save the state of the list, but for the saved searches.
    RememberLibrary(LibraryState),
    /// Save what changed of the saved searches.
    RememberSearches(Vec<SearchChange>),
    /// Save a bookmark, or that it was removed.
    RememberBookmark(Bookmark),
    /// Save a highlight with its note, or that it was removed.
    Annotate(Arc<Annotation>),
    /// Save a word of the vocabulary book, or that it was removed, with the keys of the sentences that it has no more.
    KeepWord(Arc<BookWord>, Vec<u64>),
    /// Save that a command was executed.
    RememberCommand(String),
    /// Scan now, and read every file again whatever its modification time.
    Refresh,
}

/// What a check says about an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCheck {
    /// The article.
    pub id: EntryId,
    /// Whether its languages disagree on a figure that the reader did not accept.
    pub disagrees: bool,
    /// How many minutes it takes to read, Chinese first; 0 for a language that it does not have.
    pub minutes: [u16; 2],
    /// What `jianbao check` notes about it, a line each, cleaned; errors and problems of reading apart.
    pub notes: Vec<String>,
}

/// An update from the library.
#[derive(Clone, Debug)]
pub enum Update {
    /// The state at start, before any scan; sent first, and once.
    Initial(Box<InitialState>),
    /// Entries that were added, changed or removed.
    Changed(Changes),
    /// One store for all entries sent so far, under the same ids; the earlier ones can be dropped.
    Rebased(Arc<dyn EntryStore>),
    /// The progress of the scan.
    Progress {
        /// Articles read.
        read: u32,
        /// Articles found so far.
        found: u32,
        /// Time since the scan began.
        elapsed: Duration,
        /// Whether the scan has ended.
        finished: bool,
    },
    /// The number of folders that cannot be watched and are polled instead; sent when it changes.
    Unwatched(u32),
    /// The text of a requested article.
    Loaded {
        /// The article.
        id: EntryId,
        /// Its text; an unreadable file gives an empty text with a problem.
        text: Arc<Text>,
        /// What is remembered of it.
        remembered: Remembered,
    },
    /// The marks of articles that have any.
    Marked(Vec<(EntryId, Mark)>),
    /// What another program saved of articles.
    Remembered(Vec<(EntryId, Remembered)>),
    /// Highlights and notes: the saved ones, sent once after the state at start, and what another program changed.
    Annotated(Vec<Arc<Annotation>>),
    /// Words of the vocabulary book: the saved ones, sent once after the state at start, and what another program
    /// changed.
    Vocabulary(Vec<Arc<BookWord>>),
    /// The reader's own tags of articles: all that are saved, sent once after the state at start.
    Tagged(Vec<Arc<OwnTags>>),
    /// The keys of highlights, each with whether it is not in its article any more; sent in several batches.
    AnnotationsFound(Vec<(u64, bool)>),
    /// Articles have new paths; the old ones are given by their [hashes](super::path_hash).
    Moved(Vec<(u64, PathBuf)>),
    /// The saved searches after another program changed them.
    SavedSearches(Vec<SavedSearch>),
    /// The entries that satisfy the query of a filter.
    Filtered {
        /// The number of the request.
        number: u32,
        /// The tier of each entry, indexed by its id; entries beyond its end do not match.
        tiers: Arc<[Tier]>,
        /// False if a slower answer with the same number follows.
        is_final: bool,
    },
    /// The articles that a search found.
    Hits {
        /// The number of the request.
        number: u32,
        /// The articles.
        hits: Hits,
    },
    /// Snippets of a search, grouped by article, in the order of [`Hits::articles`].
    Snippets {
        /// The number of the search.
        number: u32,
        /// The articles that were searched for snippets, indices into [`Hits::articles`].
        articles: Range<u32>,
        /// The snippets; at most a few of one article.
        snippets: Vec<Snippet>,
    },
    /// The facets of a list.
    Facets {
        /// The number of the request.
        number: u32,
        /// The counts.
        facets: Facets,
    },
    /// The answers to [`Request::CheckArticles`]; sent in several batches.
    ArticlesChecked(Vec<ArticleCheck>),
    /// What the dictionaries that the user added say of a word.
    LookedUp {
        /// The word of the request.
        word: String,
        /// Lines, cleaned: the name of a dictionary and its first senses.
        lines: Vec<String>,
    },
    /// The sentences of a text.
    SentencesAligned(SentenceJob, Arc<Sentences>),
    /// A message of one line for the status bar, cleaned.
    Notice(String),
    /// A thread failed, which is a flaw of the program: what it answers will not come.
    Failed,
}

/// The state at start, before any scan.
#[derive(Clone, Debug, Default)]
pub struct InitialState {
    /// The entries of the last visit; `None` without an index.
    pub store: Option<Arc<dyn EntryStore>>,
    /// The saved state of the list.
    pub state: LibraryState,
    /// The entry that was selected, if it still exists.
    pub selected: Option<EntryId>,
    /// The bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// The commands executed last in any library, the last one at the end.
    pub commands: Vec<String>,
    /// When the last visit ended, in milliseconds since 1970; none on the first.
    pub last_visit: Option<i64>,
}

/// How many snippets of one article the reader shows.
pub const SNIPPETS_PER_ARTICLE: u32 = 3;

/// The articles that a search found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The articles with the number of matches in each, the best first and the newest first
    /// among equals.
    pub articles: Arc<[(EntryId, u32)]>,
    /// The number of all matches.
    pub total: u64,
    /// False if the search goes on and sends a further answer.
    pub is_final: bool,
}

/// What part of an article a match is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SnippetPart {
    /// A title.
    Title,
    /// The description.
    Description,
    /// The source.
    Source,
    /// A tag.
    Tag,
    /// The text in one of its languages.
    Text,
}

impl SnippetPart {
    /// The name shown: `title`, `lead`, `source`, `tag` or `text`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => message!("title"),
            Self::Description => message!("lead"),
            Self::Source => message!("source"),
            Self::Tag => message!("tag"),
            Self::Text => message!("text"),
        }
    }
}

/// A match with the words around it, and the other matches among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The article.
    pub id: EntryId,
    /// Where in the article the match is.
    pub part: SnippetPart,
    /// The place of the match in the text as it is now; the beginning of a text for a match
    /// outside the texts.
    pub place: Place,
    /// Its length in bytes of the cleaned text.
    pub length: u32,
    /// The line of the file on which the block begins, counted from 1; 0 if unknown.
    pub line: u32,
    /// The words around it, cleaned, in one line of at most a few hundred characters.
    pub text: String,
    /// The bytes of `text` that match; empty for a title that matches as pinyin or loosely.
    pub lit: Range<usize>,
    /// The other matches in `text`, in their order.
    pub others: Vec<Range<usize>>,
}
