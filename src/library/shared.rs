//! What the threads of the library share.

use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::RwLock;

use super::article_files::Files;
use super::entry_table::EntryTable;
use super::load_queue::LoadQueue;
use super::source::Library;
use crate::bilingual::Text;
use crate::catalog::EntryId;

/// What the threads of the library share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) library: Library,
    pub(super) entry_table: Arc<RwLock<EntryTable>>,
    pub(super) load_queue: LoadQueue,
}

impl Shared {
    /// A library of which no entry is known yet.
    pub(super) fn new(library: Library) -> Self {
        Self { library, entry_table: Arc::default(), load_queue: LoadQueue::default() }
    }

    /// The files of an entry.
    pub(super) fn files(&self, id: EntryId) -> Option<Files> {
        self.entry_table.read().files(id.0)
    }

    /// Reads the text of an entry.
    pub(super) fn text(&self, id: EntryId) -> Option<Text> {
        self.files(id).map(|files| self.library.text(&files))
    }

    /// By what the saved state knows an article, even if that is gone: its path, and the hashes of its link and its content.
    pub(super) fn identity(&self, id: EntryId) -> Option<(PathBuf, u64, u64)> {
        let table = self.entry_table.read();
        let entry = table.last(id.0)?;
        Some((entry.path().to_owned(), entry.link(), entry.content()))
    }
}
