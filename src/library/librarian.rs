//! The librarian: threads that walk and read in the background, and one that answers requests for articles at once.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::doubts;
use super::filter::{self, Asked};
use super::gather::Gathering;
use crate::bilingual::Text;
use crate::catalog::{Changes, EntryId, Query, Tier};
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

/// What can be asked of the librarian. Of each kind only the last one asked for is sure to be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Read an article.
    Load(EntryId),
    /// Say which entries satisfy a query.
    Filter {
        /// The number that the answers bear.
        number: u32,
        /// The query.
        query: Query,
    },
}

/// What the librarian tells.
#[derive(Clone, Debug)]
pub enum News {
    /// What changed in the library: first of all, what was found in it.
    Changed(Changes),
    /// How far the walk is: articles read, articles found so far, and whether both are final.
    Progress {
        /// Articles read.
        read: u32,
        /// Articles found so far.
        found: u32,
        /// How long it has taken.
        elapsed: Duration,
        /// Whether the walk has ended.
        finished: bool,
    },
    /// The text of an article that was asked for.
    Loaded {
        /// Which one.
        id: EntryId,
        /// Its text; an unreadable file gives an empty text with a problem.
        text: Arc<Text>,
    },
    /// Which entries satisfy the query of a filter.
    Filtered {
        /// The number of the request.
        number: u32,
        /// The tier of each entry, by number; what lies beyond does not satisfy it.
        tiers: Arc<[Tier]>,
        /// Whether this is all; else slower answers follow, of the same number.
        is_final: bool,
    },
    /// Articles whose languages disagree on a figure, in several batches; only where they are looked for.
    Doubts(Vec<EntryId>),
    /// Something to tell the reader in one line, cleaned: a folder that cannot be read, or that vanished.
    Notice(String),
}

/// A handle to the librarian's threads; dropping it ends them soon, without waiting for a slow disk.
#[derive(Debug)]
pub struct Librarian {
    gathering: Arc<Gathering>,
    desk: Arc<Desk>,
    filter: Sender<Asked>,
}

impl Librarian {
    /// Starts the threads; `tell` is called from them with each piece of news.
    pub fn start(library: Library, tell: impl Fn(News) + Send + Clone + 'static) -> Self {
        let gathering = Arc::new(Gathering::new(library));
        let desk = Arc::new(Desk::default());
        let filter = filter::start(tell.clone());
        let librarian = Self { gathering, desk, filter };
        let (gathering, desk, answers) = (Arc::clone(&librarian.gathering), Arc::clone(&librarian.desk), tell.clone());
        if spawn("librarian", move || answer(&gathering, &desk, &answers)).is_err() {
            tell(News::Notice("the system gives no thread to open articles with".into()));
        }
        // What is told is told to the filter as well, and before: an answer never knows less than who asks.
        let filter = librarian.filter.clone();
        librarian.gathering.start(&move |news| {
            if let News::Changed(changes) = &news {
                // A filter that could not be started has told so.
                let _ = filter.send(Asked::Changed(changes.clone()));
            }
            tell(news);
        });
        librarian
    }

    /// Looks for articles whose languages disagree on a figure, behind the scenes, once the walk has ended; told as [`News::Doubts`].
    pub fn look_for_doubts(&self, tell: impl Fn(News) + Send + 'static) {
        let (gathering, desk) = (Arc::clone(&self.gathering), Arc::clone(&self.desk));
        // Without a thread to spare the list marks nothing.
        let _ = spawn("doubts", move || doubts::look(&gathering, &desk, &tell));
    }

    /// Asks for something; never blocks.
    pub fn ask(&self, request: Request) {
        match request {
            Request::Load(id) => self.desk.change(|wish| *wish = Wish::Load(id)),
            Request::Filter { number, query } => drop(self.filter.send(Asked::Filter(number, query))),
        }
    }
}

impl Drop for Librarian {
    fn drop(&mut self) {
        self.gathering.stop();
        self.desk.change(|wish| *wish = Wish::End);
    }
}

/// Where a wish is laid down; a newer one takes the place of an older one.
#[derive(Debug, Default)]
pub(super) struct Desk {
    wish: Mutex<Wish>,
    changed: Condvar,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Wish {
    #[default]
    None,
    Load(EntryId),
    End,
}

impl Desk {
    fn change(&self, change: impl FnOnce(&mut Wish)) {
        change(&mut self.wish.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }

    /// Waits for an article to be wished for; none at the end.
    fn wait(&self) -> Option<EntryId> {
        let mut wish = self.wish.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match *wish {
                Wish::Load(id) => {
                    *wish = Wish::None;
                    return Some(id);
                }
                Wish::End => return None,
                Wish::None => wish = self.changed.wait(wish).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Waits for so long, or until the end; whether it has come.
    pub(super) fn rest(&self, time: Duration) -> bool {
        let wish = self.wish.lock().unwrap_or_else(PoisonError::into_inner);
        let rested = self.changed.wait_timeout_while(wish, time, |wish| *wish != Wish::End);
        *rested.unwrap_or_else(PoisonError::into_inner).0 == Wish::End
    }

    /// Whether what was being done is still wanted.
    fn is_free(&self) -> bool {
        *self.wish.lock().unwrap_or_else(PoisonError::into_inner) == Wish::None
    }
}

/// The thread that opens articles; it walks nothing, so it answers at once.
fn answer(gathering: &Gathering, desk: &Desk, tell: &impl Fn(News)) {
    while let Some(id) = desk.wait() {
        let Some(files) = gathering.files(id) else { continue };
        let text = Arc::new(gathering.library.text(&files));
        if !desk.is_free() {
            continue;
        }
        // What is quickly compared is ready with the text; a long text is shown first, and aligned by a thread of its own.
        if text.is_quick() {
            text.disagreements();
        } else {
            let text = Arc::clone(&text);
            // Without a thread to spare the toggle goes by the order of blocks.
            let _ = spawn("align", move || {
                text.alignment();
            });
        }
        tell(News::Loaded { id, text });
    }
}

/// Starts a named thread with room for deeply nested texts.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.into()).stack_size(8 << 20).spawn(work).map(drop)
}

#[cfg(test)]
#[path = "librarian_tests.rs"]
mod tests;
