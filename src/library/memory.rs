//! What is remembered of a library from one run to the next, in `SQLite`: `state.db` in the platform's data folder.
//!
//! One thread writes; nobody else ever waits for it. Where nothing can be saved, everything is held in memory, and tried again.

mod database;
mod exchange;
mod keeper;
mod mended;
mod rows;
mod waiting;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use etcetera::BaseStrategy;

use self::database::Database;
use self::keeper::Keeper;
use self::waiting::{Found, Waiting};
use super::path_hash::path_hash;
use crate::catalog::{LibraryState, Mark, Remembered};

pub use self::exchange::{ExportError, Imported, export, import};

/// The folder where jianbao keeps what is precious; none where the platform names no home.
pub fn data_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|base| base.data_dir().join("jianbao"))
}

/// What is told of each article that is remembered: enough to mark the list, and to find articles that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trace {
    /// The hash of its path.
    pub path: u64,
    /// The hash of its source link (xxh3); 0 for none.
    pub link: u64,
    /// The hash of its content (xxh3); 0 where it is not known.
    pub content: u64,
    /// What was read, and whether it is starred.
    pub mark: Mark,
}

/// What is remembered of a library when it is opened.
#[derive(Clone, Debug, Default)]
pub struct Recollection {
    /// How it was looked at.
    pub state: LibraryState,
    /// When the last visit ended, in milliseconds since 1970; none on the first.
    pub last_visit: Option<i64>,
}

impl Recollection {
    /// The same, with a last visit that ended by now (in milliseconds since 1970): to a clock that went back since, everything would be old.
    fn until(self, now: i64) -> Self {
        Self { last_visit: self.last_visit.map(|visit| visit.min(now)), ..self }
    }
}

/// What is remembered of a library in a data folder, for who only looks: nothing is made or written, and no visit is counted.
pub(super) fn recall(folder: &Path, library: &Path) -> Recollection {
    let found = reader(folder, library).and_then(|(found, library)| rows::recollection(&found, library).ok());
    found.unwrap_or_default().until(keeper::now())
}

/// The articles of a library of which something is remembered, by the hash of their path. Of many it takes a while.
pub(super) fn traces(folder: &Path, library: &Path) -> Vec<Trace> {
    reader(folder, library).and_then(|(found, library)| rows::traces(&found, library).ok()).unwrap_or_default()
}

/// A connection for reading, and the number of the library in it; none where nothing is remembered.
fn reader(folder: &Path, library: &Path) -> Option<(Database, i64)> {
    let is_there = database::path(folder).exists();
    is_there.then(|| keeper::reader(folder, library)).flatten()
}

/// A handle to the thread that remembers. Dropping it writes what waits, for at most a second.
#[derive(Debug)]
pub struct Memory {
    waiting: Arc<Waiting>,
    /// A connection of our own, so that reading waits for no write; none until it is needed.
    reading: Mutex<Option<(Database, i64)>>,
    /// The data folder, as long as something is kept there.
    folder: Option<PathBuf>,
    library: PathBuf,
    /// Whether a thread writes what waits.
    is_kept: bool,
}

impl Memory {
    /// Opens what is remembered of a library, given by its canonical path. Without a data folder nothing outlives the program.
    /// `tell` is called with a line for the reader, then and later.
    pub fn open(data: Option<&Path>, library: &Path, tell: impl Fn(String) + Send + 'static) -> (Self, Recollection) {
        let waiting = Arc::new(Waiting::default());
        let mut recollection = Recollection::default();
        let mut is_kept = false;
        if let Some(folder) = data {
            let mut keeper = Keeper::new(folder, library, Box::new(tell));
            recollection = keeper.begin().unwrap_or_default();
            is_kept = keeper.start(&waiting);
        }
        let folder = data.filter(|_| is_kept).map(Path::to_owned);
        (Self { waiting, reading: Mutex::default(), folder, library: library.into(), is_kept }, recollection)
    }

    /// What is remembered of an article, with what still waits to be written. Reads from the disk.
    pub fn remembered(&self, path: &Path) -> Option<Remembered> {
        let hashes = match self.waiting.find(path_hash(path)) {
            Found::Known(what) => return Some(what),
            Found::Perhaps(hashes) => hashes,
        };
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if reading.is_none() {
            *reading = self.folder.as_deref().and_then(|folder| reader(folder, &self.library));
        }
        let (database, library) = reading.as_ref()?;
        hashes.into_iter().find_map(|hash| rows::remembered(database, *library, hash).ok().flatten())
    }

    /// Remembers an article; never blocks. The hashes are those of its source link and its content, 0 where there is none.
    pub fn remember(&self, path: &Path, link: u64, content: u64, what: Remembered) {
        self.waiting.remember(waiting::Article { path: path.to_owned(), link, content, what, changed: keeper::now() });
    }

    /// Remembers that an article has a new path; never blocks.
    pub fn moved(&self, from_path_hash: u64, to: &Path) {
        self.waiting.moved(from_path_hash, to);
    }

    /// Remembers how the library is looked at; never blocks.
    pub fn keep(&self, state: LibraryState) {
        self.waiting.keep(state, keeper::now());
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.waiting.end();
        if self.is_kept {
            self.waiting.wait_for_end(keeper::LONGEST_FAREWELL);
        }
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
