//! The librarian: a thread that walks and reads in the background and answers requests for articles at once.

use std::path::PathBuf;
use std::sync::Arc;

use crate::bilingual::Text;
use crate::catalog::{Entry, EntryId};

/// Where the articles come from.
#[derive(Clone, Debug)]
pub enum Library {
    /// The samples embedded in the program.
    Samples,
    /// A folder, walked in the background.
    Folder(PathBuf),
    /// One file.
    File(PathBuf),
    /// Bytes already read from standard input.
    Input(Arc<[u8]>),
}

/// What can be asked of the librarian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Read an article; only the last one asked for is answered.
    Load(EntryId),
}

/// What the librarian tells.
#[derive(Clone, Debug)]
pub enum News {
    /// More entries, numbered on from those told before.
    Entries(Vec<Entry>),
    /// How far the walk is: articles read, articles found so far, and whether both are final.
    Progress {
        /// Articles read.
        read: u32,
        /// Articles found so far.
        found: u32,
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
    /// Something to tell the reader in one line: a folder that cannot be read, or that vanished.
    Notice(String),
}

/// A handle to the librarian's thread; dropping it ends the thread.
#[derive(Debug)]
pub struct Librarian;

impl Librarian {
    /// Starts the thread; `tell` is called from it with each piece of news.
    pub fn start(_library: Library, _tell: impl Fn(News) + Send + Clone + 'static) -> Self {
        Self
    }

    /// Asks for something; never blocks.
    pub fn ask(&self, _request: Request) {}
}
