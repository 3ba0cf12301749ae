//! The librarian: threads that walk and read in the background, and one that answers requests for articles at once.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::desk::{self, Note};
use super::doubts;
use super::rooms::{Homes, Rooms};
use super::scan::indexer::{Indexer, IndexerMessage};
use super::search::{MOST_SNIPPETS, SearchJob, SearchUpdate, Searcher, SnippetRange};
use crate::catalog::{EntryId, Request, Update};
use crate::text::Problem;

/// Where the articles come from.
#[derive(Clone, Debug)]
pub enum Library {
    /// The samples embedded in the program.
    Samples,
    /// A folder, walked in the background.
    Folder(Location),
    /// One file, with its mate in the other language if there is one beside it.
    File(Location),
    /// What was read from standard input.
    Input {
        /// Its bytes, as far as they were read.
        bytes: Arc<[u8]>,
        /// That it was cut, if it was.
        problem: Option<Problem>,
    },
}

/// Where a library lies on the disk, and how it is read. Made of a path: `PathBuf::from("digests").into()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The folder or file.
    pub path: PathBuf,
    /// Whether two files that tell one story, each in its language, are one article; they are unless told otherwise.
    pub pairing: bool,
}

impl<P: Into<PathBuf>> From<P> for Location {
    fn from(path: P) -> Self {
        Self { path: path.into(), pairing: true }
    }
}

impl Library {
    /// The library with two files that tell one story as one article, or as two.
    #[must_use]
    pub fn with_pairing(mut self, pairing: bool) -> Self {
        if let Self::Folder(location) | Self::File(location) = &mut self {
            location.pairing = pairing;
        }
        self
    }
}

/// A handle to the library's threads; dropping it ends them soon, without waiting for a slow disk longer than a second.
#[derive(Debug)]
pub struct Librarian {
    rooms: Arc<Rooms>,
    searcher: Arc<Searcher>,
    orders: Sender<IndexerMessage>,
    doubts: Sender<Vec<EntryId>>,
    /// Closed by the threads that have something to save, at their end.
    ended: Receiver<()>,
}

/// How long the end of the program waits for what is to be saved.
const FAREWELL: Duration = Duration::from_millis(1_200);

impl Librarian {
    /// Starts the threads; `tell` is called from them with each piece of news.
    pub fn start(library: Library, tell: impl Fn(Update) + Send + Clone + 'static) -> Self {
        Self::start_in(library, Homes::platform(), true, tell)
    }

    /// Starts the threads with an index and a memory that lie somewhere, for a visit, which follows changes and remembers, or only to tell
    /// what is there.
    pub(super) fn start_in(
        library: Library,
        homes: Homes,
        follows: bool,
        tell: impl Fn(Update) + Send + Clone + 'static,
    ) -> Self {
        let rooms = Arc::new(Rooms::new(library));
        let own_rooms = Arc::clone(&rooms);
        let read_text = move |id| own_rooms.files(id).map(|files| own_rooms.library.text(&files));
        let searcher = Arc::new(Searcher::start(TimeZone::system(), read_text, tell.clone()));
        let (orders, inbox) = channel();
        let (ends, ended) = channel();
        let (recall, recalled) = channel();
        let (own_rooms, own_homes, end) = (Arc::clone(&rooms), homes.clone(), ends.clone());
        let own = (Arc::clone(&searcher), tell.clone());
        let serving = spawn("librarian", move || {
            desk::serve((&own_rooms, &own_homes), follows, &recall, (&own.0, &own.1));
            drop(end);
        });
        if serving.is_err() {
            tell(Update::Notice("Articles cannot be opened: the system refuses another thread".into()));
        }
        let (doubts, doubted) = channel();
        let (own_rooms, own_tell) = (Arc::clone(&rooms), tell.clone());
        let _ = follows && spawn("doubts", move || doubts::serve(&own_rooms, &doubted, &own_tell)).is_ok();
        let own = (Arc::clone(&rooms), Arc::clone(&searcher), tell.clone());
        let channels = (orders.clone(), inbox);
        let indexing = spawn("indexer", move || {
            Indexer::new(own, channels, homes, follows).run(&recalled);
            drop(ends);
        });
        if indexing.is_err() {
            tell(Update::Notice("The folder cannot be read: the system refuses another thread".into()));
        }
        Self { rooms, searcher, orders, doubts, ended }
    }

    /// Asks the search for something, and says whether anybody listens.
    pub(super) fn search(&self, job: SearchJob) -> bool {
        self.searcher.push(job)
    }

    /// Asks for something; never blocks.
    pub fn ask(&self, request: Request) {
        let job = match request {
            Request::WarmUp => SearchJob::Prepare,
            Request::Filter { number, query } => SearchJob::Filter { number, query },
            Request::Search { number, query } => SearchJob::Search { number, query },
            Request::Snippets { number, from, count } => {
                SearchJob::Snippets(SnippetRange { number, from, count, most: MOST_SNIPPETS })
            }
            Request::Facets { number, query } => SearchJob::Facets { number, query },
            Request::Remember(id, what) => {
                let mark = what.mark;
                self.rooms.desk.note(Note::Remember(id, what));
                SearchJob::Update(SearchUpdate::Marked(vec![(id, mark)]))
            }
            Request::Load(id) => return self.rooms.desk.wish(id),
            // Without a thread to spare the list marks nothing.
            Request::CheckFigures(ids) => return drop(self.doubts.send(ids)),
            Request::RememberLibrary(state) => return self.rooms.desk.note(Note::Keep(state)),
            // It has ended only with the program.
            Request::Refresh => return drop(self.orders.send(IndexerMessage::Refresh)),
        };
        self.searcher.push(job);
    }

    /// Ends the threads, and waits until all is saved, however long it takes.
    pub(super) fn finish(self) {
        self.end();
        let _ = self.ended.recv();
    }

    fn end(&self) {
        let _ = self.orders.send(IndexerMessage::Stop);
        self.rooms.desk.close();
    }
}

impl Drop for Librarian {
    fn drop(&mut self) {
        self.end();
        // Nothing is ever sent: the channel closes when the last of the threads has ended.
        let _ = self.ended.recv_timeout(FAREWELL);
    }
}

/// Starts a named thread with room for deeply nested texts.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.into()).stack_size(8 << 20).spawn(work).map(drop)
}

#[cfg(test)]
#[path = "librarian_tests.rs"]
mod tests;
