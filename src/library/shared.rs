//! What the threads of the library share: the table of entries, the saved state, and a mailbox for
//! each thread that answers requests.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::RwLock;

use super::article_files::Files;
use super::entry_table::EntryTable;
use super::search::{PendingJobs, SearchUpdate};
use super::source::Library;
use super::state::{SeenState, StateStore};
use super::threads::Latest;
use crate::bilingual::{SentenceJob, Text};
use crate::catalog::{Annotation, ChangedFields, EntryId, Remembered};

/// How long a scan waits for the first article at most, if the list is shown before the scan.
const FIRST_LOAD: Duration = Duration::from_millis(40);
/// How long it may take to draw an article.
const DRAWING: Duration = Duration::from_millis(4);

/// What the threads of the library share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) library: Library,
    /// Only the indexer writes to it.
    pub(super) entry_table: RwLock<EntryTable>,
    pub(super) store: StateStore,
    pub(super) load: Latest<LoaderJobs>,
    pub(super) search: Latest<PendingJobs>,
    /// The articles on the screen whose figures are to be checked.
    pub(super) figures: Latest<Option<Vec<EntryId>>>,
    /// The highlights to look for in their articles.
    pub(super) annotations: Latest<Option<Vec<Arc<Annotation>>>>,
    pub(super) news: Latest<NewsJob>,
    is_ending: AtomicBool,
}

/// What waits for the loader.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LoaderJobs {
    /// The article that was requested last.
    pub(super) wanted: Option<EntryId>,
    /// The word that was looked up last.
    pub(super) word: Option<String>,
    /// The text whose sentences were wanted last.
    pub(super) sentences: Option<SentenceJob>,
    /// What is to be saved; none of it is lost.
    pub(super) remembered: Vec<(EntryId, Remembered, ChangedFields)>,
    pub(super) has_loaded: bool,
}

/// What waits for the thread that reads what other programs saved.
#[derive(Debug, Default)]
pub(super) struct NewsJob {
    /// What the reader saw at first. None before that.
    pub(super) seen: Option<SeenState>,
    /// Whether something may have been saved.
    pub(super) is_due: bool,
}

impl LoaderJobs {
    /// Takes all that waits, if there is anything.
    pub(super) fn take(&mut self) -> Option<Self> {
        let jobs = Self {
            wanted: self.wanted.take(),
            word: self.word.take(),
            sentences: self.sentences.take(),
            remembered: std::mem::take(&mut self.remembered),
            ..Self::default()
        };
        (jobs != Self::default()).then_some(jobs)
    }
}

impl Shared {
    pub(super) fn new(library: Library, store: StateStore) -> Self {
        Self {
            library,
            entry_table: RwLock::default(),
            store,
            load: Latest::default(),
            search: Latest::default(),
            figures: Latest::default(),
            annotations: Latest::default(),
            news: Latest::default(),
            is_ending: AtomicBool::new(false),
        }
    }

    pub(super) fn files(&self, id: EntryId) -> Option<Files> {
        self.entry_table.read().files(id.0)
    }

    pub(super) fn text(&self, id: EntryId) -> Option<Text> {
        self.files(id).map(|files| self.library.text(&files))
    }

    /// By what the saved state knows an article, even if that is gone: its path, and the hashes of
    /// its link and its content.
    pub(super) fn identity(&self, id: EntryId) -> Option<(PathBuf, u64, u64)> {
        let table = self.entry_table.read();
        let entry = table.last(id.0)?;
        Some((entry.path().to_owned(), entry.link(), entry.content()))
    }

    /// Passes a change of the library on to the search thread.
    pub(super) fn update_search(&self, update: SearchUpdate) {
        self.search.put(|jobs| jobs.push_update(update));
    }

    /// Waits until the first article is loaded and drawn, but not for long.
    pub(super) fn wait_for_first_load(&self) {
        self.load.wait_until(FIRST_LOAD, |jobs| jobs.has_loaded);
        if self.load.with(|jobs| jobs.has_loaded) {
            self.load.wait_until(DRAWING, |_| false);
        }
    }

    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Acquire)
    }

    /// Ends all threads but the indexer, which has to be woken. What is to be saved is saved.
    pub(super) fn end(&self) {
        self.is_ending.store(true, Ordering::Release);
        self.load.close(|jobs| jobs.wanted = None);
        self.search.close(|jobs| *jobs = PendingJobs::default());
        self.figures.close(|ids| *ids = None);
        self.annotations.close(|all| *all = None);
        self.news.close(|job| *job = NewsJob::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_request_wins_and_no_write_is_lost() {
        let jobs = Latest::<LoaderJobs>::default();
        jobs.put(|jobs| jobs.wanted = Some(EntryId(1)));
        jobs.put(|jobs| jobs.wanted = Some(EntryId(2)));
        let taken = jobs.take(LoaderJobs::take).unwrap();
        assert_eq!((taken.wanted, taken.remembered), (Some(EntryId(2)), vec![]));
        let remember = |id| (EntryId(id), Remembered::default(), ChangedFields::ALL);
        jobs.put(|jobs| jobs.remembered.extend([remember(1), remember(2)]));
        jobs.close(|jobs| jobs.wanted = None);
        let taken = jobs.take(LoaderJobs::take).unwrap();
        let writes = vec![remember(1), remember(2)];
        assert_eq!((taken.wanted, taken.remembered), (None, writes));
        assert_eq!(jobs.take(LoaderJobs::take), None);
    }
}
