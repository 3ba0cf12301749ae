//! The handle to a library: it starts the threads, and passes each request to the thread that
//! answers it.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use tracing::debug;

use super::scan::indexer::{Indexer, IndexerMessage};
use super::search::SearchUpdate;
use super::shared::Shared;
use super::source::{Library, shown};
use super::state::StateStore;
use super::storage_paths::StoragePaths;
use super::threads::spawn;
use super::{article_check, find_annotations, loader, news, search};
use crate::catalog::{OwnTags, Request, Update};

/// How long the end of the program waits for the last writes.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(1_200);

/// A handle to the threads of a library. Dropping it ends them; it does not wait longer than about
/// a second for a slow disk.
#[derive(Debug)]
pub struct LibraryService {
    shared: Arc<Shared>,
    indexer: Sender<IndexerMessage>,
    /// Nothing is ever sent: it closes when the indexer has ended.
    ended: Receiver<()>,
    is_closed: bool,
}

impl LibraryService {
    /// Starts the threads, which call `on_update`.
    pub fn start(library: Library, on_update: impl Fn(Update) + Send + Clone + 'static) -> Self {
        Self::start_in(library, StoragePaths::platform(), true, on_update)
    }

    /// Starts the threads with given folders. Without `follows` the library is only listed: changes
    /// are not watched, and no state is saved.
    pub(super) fn start_in<F: Fn(Update) + Send + Clone + 'static>(
        library: Library,
        paths: StoragePaths,
        follows: bool,
        on_update: F,
    ) -> Self {
        match &library {
            // Its bytes do not belong into a log.
            Library::Input { .. } => debug!("standard input opened"),
            library => debug!(?library, ?paths, follows, "library opened"),
        }
        let (data, path) = paths.state(&library);
        let on_notice = on_update.clone();
        let on_notice = move |line| on_notice(Update::Notice(line));
        let (store, saved_state) = StateStore::open(data.filter(|_| follows), &path, on_notice);
        let shared = Arc::new(Shared::new(library, store));
        let start = |name, run: fn(&Shared, &F)| {
            let (shared, on_update) = (Arc::clone(&shared), on_update.clone());
            spawn(name, move || {
                let on_failure = on_update.clone();
                reporting_failure(|| run(&shared, &on_update), &on_failure);
            });
        };
        start("loader", loader::run);
        start("search", search::run);
        if follows {
            start("checks", article_check::run);
            start("annotations", find_annotations::run);
            let (shared, on_update) = (Arc::clone(&shared), on_update.clone());
            spawn("news", move || news::run(&shared, &on_update));
        }
        let (indexer, inbox) = channel();
        let (end, ended) = channel::<()>();
        let channel = (indexer.clone(), inbox);
        let for_indexer = Arc::clone(&shared);
        spawn("indexer", move || {
            let _end = end;
            let on_failure = on_update.clone();
            let indexer = Indexer::new(for_indexer, paths, follows, channel, on_update);
            reporting_failure(|| indexer.run(&saved_state), &on_failure);
        });
        Self {
            shared,
            indexer,
            ended,
            is_closed: false,
        }
    }

    /// The library.
    pub fn library(&self) -> &Library {
        &self.shared.library
    }

    /// Passes a request on; never blocks. Returns false if nothing will answer it.
    pub fn ask(&self, request: Request) -> bool {
        let shared = &self.shared;
        match request {
            Request::Load(id) => shared.load.put(|jobs| jobs.wanted = Some(id)),
            Request::LookUp(word) => shared.load.put(|jobs| jobs.word = Some(word)),
            Request::AlignSentences(job) => shared.load.put(|jobs| jobs.sentences = Some(job)),
            Request::FindAnnotations(all) => shared.annotations.put(|slot| *slot = Some(all)),
            Request::CheckArticles(ids) => shared.figures.put(|slot| *slot = Some(ids)),
            Request::Remember(id, what, fields) => {
                shared.update_search(SearchUpdate::Marked(vec![(id, what.mark)]));
                if fields.tags
                    && let Some(files) = shared.files(id)
                {
                    let own = OwnTags {
                        path: files.path,
                        tags: what.tags.clone(),
                    };
                    shared.update_search(SearchUpdate::Tagged(vec![Arc::new(own)]));
                }
                shared
                    .load
                    .put(|jobs| jobs.remembered.push((id, what, fields)))
            }
            Request::RememberSearches(changes) => {
                shared.store.save_searches(changes);
                true
            }
            Request::RememberBookmark(bookmark) => {
                shared.store.save_bookmark(&bookmark);
                true
            }
            Request::KeepWord(word, dropped) => {
                shared.store.save_word(&word, dropped);
                true
            }
            Request::Annotate(annotation) => {
                shared.store.save_annotation(&annotation);
                shared.update_search(SearchUpdate::Annotated(vec![annotation]));
                true
            }
            Request::RememberCommand(command) => {
                shared.store.save_command(command);
                true
            }
            Request::RememberLibrary(state) => {
                shared.store.save_library(&state);
                true
            }
            Request::Refresh => self.indexer.send(IndexerMessage::Refresh).is_ok(),
            Request::WarmUp
            | Request::Filter { .. }
            | Request::Search { .. }
            | Request::Snippets { .. }
            | Request::Facets { .. } => shared.search.put(|jobs| jobs.push(request)),
        }
    }

    /// Ends the threads, and waits until everything is saved, and the index is rebuilt if it is
    /// damaged, however long it takes.
    pub(super) fn finish(&self) {
        // The indexer may have ended already.
        let _ = self.indexer.send(IndexerMessage::Finish);
        let _ = self.ended.recv();
        self.shared.end();
    }

    /// Ends the threads, as dropping does.
    ///
    /// # Errors
    /// What could not be saved, in one line, which names the file in the temporary folder where it
    /// is kept.
    pub fn close(mut self) -> Result<(), String> {
        self.is_closed = true;
        let Some((lines, reason)) = self.wait() else {
            return Ok(());
        };
        let kept = || {
            let mut file = tempfile::Builder::new()
                .prefix("jianbao-unsaved-")
                .suffix(".jsonl")
                .tempfile()?;
            file.write_all((lines.join("\n") + "\n").as_bytes())?;
            file.into_temp_path().keep().map_err(|error| error.error)
        };
        let kept = match kept() {
            Ok(path) => {
                let path = shown(&path);
                tr!(
                    "it is kept in {file}; to take it over later: jianbao state import {file}",
                    file = path
                )
            }
            Err(error) => tr!(
                "nor could it be kept: {reason}",
                reason = super::reason(&error)
            ),
        };
        Err(tr!(
            "what was read and marked was not saved ({reason}); {kept}",
            reason = reason,
            kept = kept
        ))
    }

    /// Ends the threads. Returns what could not be saved, with the reason.
    fn wait(&self) -> Option<(Vec<String>, String)> {
        let until = Instant::now() + SHUTDOWN_TIMEOUT;
        self.end();
        let _ = self.ended.recv_timeout(SHUTDOWN_TIMEOUT);
        self.shared.store.wait_until(until)
    }

    fn end(&self) {
        self.shared.end();
        // The indexer may have ended already.
        let _ = self.indexer.send(IndexerMessage::Stop);
    }
}

impl Drop for LibraryService {
    fn drop(&mut self) {
        if !self.is_closed {
            self.wait();
        }
    }
}

/// Runs a thread's work, and reports a panic, so that nothing waits for its answers.
fn reporting_failure(work: impl FnOnce(), on_update: &impl Fn(Update)) {
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        on_update(Update::Failed);
    }
}

#[cfg(test)]
#[path = "service_tests.rs"]
mod tests;
