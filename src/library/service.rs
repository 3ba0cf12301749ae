//! The handle to a library: it starts the threads, and passes each request to the thread that
//! answers it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use jiff::tz::TimeZone;
use tracing::debug;

use super::figure_check::{self, FigureRequests};
use super::loader::Loader;
use super::scan::indexer::{Indexer, IndexerMessage};
use super::search::{SearchUpdate, Searcher};
use super::shared::{Shared, StateWrite};
use super::source::Library;
use super::storage_paths::StoragePaths;
use super::threads::spawn;
use crate::catalog::{Request, Update};

/// How long the end of the program waits for the last writes.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(1_200);

/// A handle to the threads of a library. Dropping it ends them; it does not wait longer than about
/// a second for a slow disk.
#[derive(Debug)]
pub struct LibraryService {
    shared: Arc<Shared>,
    searcher: Arc<Searcher>,
    indexer: Sender<IndexerMessage>,
    figure_requests: Arc<FigureRequests>,
    /// Nothing is ever sent: it closes when the threads have ended that have something to save.
    ended: Receiver<()>,
}

impl LibraryService {
    /// Starts the threads, which call `on_update`.
    pub fn start(library: Library, on_update: impl Fn(Update) + Send + Clone + 'static) -> Self {
        Self::start_in(library, StoragePaths::platform(), true, on_update)
    }

    /// Starts the threads with given folders. Without `follows` the library is only listed: changes
    /// are not watched, and no state is saved.
    pub(super) fn start_in(
        library: Library,
        paths: StoragePaths,
        follows: bool,
        on_update: impl Fn(Update) + Send + Clone + 'static,
    ) -> Self {
        match &library {
            // Its bytes do not belong into a log.
            Library::Input { .. } => debug!("standard input opened"),
            library => debug!(?library, ?paths, follows, "library opened"),
        }
        let shared = Arc::new(Shared::new(library));
        let searcher = {
            let shared = Arc::clone(&shared);
            Arc::new(Searcher::start(
                TimeZone::system(),
                move |id| shared.text(id),
                on_update.clone(),
            ))
        };
        let (indexer, inbox) = channel();
        let (end, ended) = channel::<()>();
        let (state_sender, saved_state) = channel();
        let has_loader = {
            let (shared, searcher, on_update) = (
                Arc::clone(&shared),
                Arc::clone(&searcher),
                on_update.clone(),
            );
            let (paths, end) = (paths.clone(), end.clone());
            spawn("loader", move || {
                let _end = end;
                Loader::open(shared, searcher, &paths, follows, &state_sender, on_update).run();
            })
        };
        if has_loader.is_err() {
            on_update(Update::Notice(
                "Articles cannot be opened: the system refuses another thread".into(),
            ));
        }
        let figure_requests = Arc::new(FigureRequests::default());
        if follows {
            let (shared, requests, on_update) = (
                Arc::clone(&shared),
                Arc::clone(&figure_requests),
                on_update.clone(),
            );
            // Without another thread the list shows no disagreements.
            let _ = spawn("figures", move || {
                figure_check::run(&shared, &requests, &on_update);
            });
        }
        let has_indexer = {
            let (shared, searcher, on_update) = (
                Arc::clone(&shared),
                Arc::clone(&searcher),
                on_update.clone(),
            );
            let channel = (indexer.clone(), inbox);
            spawn("indexer", move || {
                let _end = end;
                Indexer::new(shared, searcher, paths, follows, channel, on_update)
                    .run(&saved_state);
            })
        };
        if has_indexer.is_err() {
            on_update(Update::Notice(
                "The folder cannot be read: the system refuses another thread".into(),
            ));
        }
        Self {
            shared,
            searcher,
            indexer,
            figure_requests,
            ended,
        }
    }

    /// Passes a request on; never blocks. Returns false if nothing will answer it.
    pub fn ask(&self, request: Request) -> bool {
        match request {
            Request::Load(id) => self.shared.load_queue.request(id),
            Request::CheckFigures(ids) => {
                return self.figure_requests.put(|slot| *slot = Some(ids));
            }
            Request::Remember(id, what) => {
                self.searcher
                    .update(SearchUpdate::Marked(vec![(id, what.mark)]));
                self.shared
                    .load_queue
                    .push_write(StateWrite::Article(id, what));
            }
            Request::RememberLibrary(state) => self
                .shared
                .load_queue
                .push_write(StateWrite::Library(state)),
            Request::Refresh => return self.indexer.send(IndexerMessage::Refresh).is_ok(),
            search => return self.searcher.request(search),
        }
        true
    }

    /// Ends the threads, and waits until everything is saved, however long it takes.
    pub(super) fn finish(self) {
        self.end();
        let _ = self.ended.recv();
    }

    fn end(&self) {
        // The indexer may have ended already.
        let _ = self.indexer.send(IndexerMessage::Stop);
        self.shared.load_queue.close();
        self.figure_requests.close(|slot| *slot = None);
    }
}

impl Drop for LibraryService {
    fn drop(&mut self) {
        self.end();
        let _ = self.ended.recv_timeout(SHUTDOWN_TIMEOUT);
    }
}

#[cfg(test)]
#[path = "service_tests.rs"]
mod tests;
