//! The thread that loads articles for the reader and passes on what is to be saved. It scans
//! nothing, so it answers at once.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use tracing::debug;

use super::search::{SearchUpdate, Searcher};
use super::shared::{LoaderJob, Shared, StateWrite};
use super::state::{self, SavedState, StateStore};
use super::storage_paths::StoragePaths;
use super::threads::spawn;
use crate::catalog::{EntryId, Update};

/// The state of the loader's thread.
pub(super) struct Loader<F> {
    shared: Arc<Shared>,
    searcher: Arc<Searcher>,
    store: StateStore,
    on_update: F,
}

impl<F: Fn(Update) + Send + Clone + 'static> Loader<F> {
    /// Opens the saved state and sends it to the indexer. Without `follows` it is only read, and
    /// nothing is saved.
    pub(super) fn open(
        shared: Arc<Shared>,
        searcher: Arc<Searcher>,
        paths: &StoragePaths,
        follows: bool,
        to_indexer: &Sender<SavedState>,
        on_update: F,
    ) -> Self {
        let (data, library) = paths.state(&shared.library);
        let on_notice = on_update.clone();
        let on_notice = move |line| on_notice(Update::Notice(line));
        let (store, mut saved) = StateStore::open(data.filter(|_| follows), &library, on_notice);
        if let Some(data) = data.filter(|_| !follows) {
            saved = state::load(data, &library);
        }
        debug!(last_visit = saved.last_visit, "saved state opened");
        // If the program ends already, the indexer does not wait for it.
        let _ = to_indexer.send(saved);
        Self {
            shared,
            searcher,
            store,
            on_update,
        }
    }

    /// Serves the queue until it is closed.
    pub(super) fn run(&self) {
        while let Some(job) = self.shared.load_queue.take() {
            match job {
                LoaderJob::Load(id) => {
                    self.load(id);
                    self.shared.load_queue.set_loaded();
                }
                LoaderJob::Write(write) => self.write(write),
            }
        }
    }

    fn load(&self, id: EntryId) {
        let Some(files) = self.shared.files(id) else {
            return;
        };
        let text = Arc::new(self.shared.library.text(&files));
        if !self.shared.load_queue.is_current() {
            return;
        }
        // A short text comes with its disagreements. A long one is shown first, and aligned on a
        // thread of its own.
        if text.is_quick() {
            text.disagreements();
        } else {
            let text = Arc::clone(&text);
            // Without another thread the reader switches languages by the order of blocks.
            let _ = spawn("align", move || {
                text.alignment();
            });
        }
        let remembered = self.store.article(&files.path).unwrap_or_default();
        (self.on_update)(Update::Loaded {
            id,
            text,
            remembered,
        });
    }

    fn write(&self, write: StateWrite) {
        match write {
            StateWrite::Article(id, what) => {
                if let Some((path, link, content)) = self.shared.identity(id) {
                    self.store.save_article(&path, link, content, &what);
                }
            }
            StateWrite::Library(state) => self.store.save_library(&state),
            StateWrite::Moved(moved) => self.follow_moves(moved),
        }
    }

    /// Saves the new paths of articles, and sends their marks.
    fn follow_moves(&self, moved: Vec<(u64, EntryId)>) {
        let mut marks = Vec::new();
        for (from, id) in moved {
            let Some(files) = self.shared.files(id) else {
                continue;
            };
            self.store.move_article(from, &files.path);
            marks.extend(
                self.store
                    .article(&files.path)
                    .map(|remembered| (id, remembered.mark)),
            );
        }
        if !marks.is_empty() {
            self.searcher.update(SearchUpdate::Marked(marks.clone()));
            (self.on_update)(Update::Marked(marks));
        }
    }
}
