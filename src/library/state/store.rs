//! The handle to the saved state of a library, and what can be read without it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;
use parking_lot::Mutex;

use super::super::article_files::path_hash;
use super::database::{self, Database};
use super::rows::{self, ArticleRow, LibraryRow, SavedMark, SavedState};
use super::write_queue::{Change, Lookup, WriteQueue};
use super::writer::{self, SHUTDOWN_TIMEOUT, StateWriter};
use crate::catalog::{LibraryState, Remembered};

/// The folder for state that cannot be rebuilt; `None` if the platform names no home folder.
pub fn data_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy()
        .ok()
        .map(|base| base.data_dir().join("jianbao"))
}

/// Loads the saved state of a library without writing anything or counting a visit.
pub(in crate::library) fn load(folder: &Path, library: &Path) -> SavedState {
    let saved = reader(folder, library)
        .and_then(|(database, library)| rows::saved_state(&database, library).ok());
    saved.unwrap_or_default().visited_before(writer::now())
}

/// The saved marks of a library, sorted by the hash of the path. Slow for a large library.
pub(in crate::library) fn saved_marks(folder: &Path, library: &Path) -> Vec<SavedMark> {
    reader(folder, library)
        .and_then(|(database, id)| rows::saved_marks(&database, id).ok())
        .unwrap_or_default()
}

/// A connection for reading and the id of the library; `None` if nothing is saved.
fn reader(folder: &Path, library: &Path) -> Option<(Database, i64)> {
    if !database::path(folder).exists() {
        return None;
    }
    let database = Database::open(folder).ok()?;
    let library = rows::find_library(&database, rows::path_bytes(library)).ok()??;
    Some((database, library))
}

/// The saved state of one library. Dropping it waits up to a second for the last write.
#[derive(Debug)]
pub struct StateStore {
    queue: Arc<WriteQueue>,
    /// A connection for reading, so that a read waits for no write; opened when first needed.
    reader: Mutex<Option<(Database, i64)>>,
    /// The data folder; `None` if nothing is saved.
    folder: Option<PathBuf>,
    library: PathBuf,
}

impl StateStore {
    /// Opens the state of a library, given by its canonical path. Without a data folder the state
    /// ends with the program. `on_notice` receives messages for the user, now and later.
    pub fn open(
        data: Option<&Path>,
        library: &Path,
        on_notice: impl Fn(String) + Send + 'static,
    ) -> (Self, SavedState) {
        let queue = Arc::new(WriteQueue::default());
        let mut saved = SavedState::default();
        let mut is_saving = false;
        if let Some(folder) = data {
            let mut writer = StateWriter::new(folder, library, Box::new(on_notice));
            saved = writer.open_and_load();
            is_saving = writer.start(&queue);
        }
        let folder = data.filter(|_| is_saving).map(Path::to_owned);
        (
            Self {
                queue,
                reader: Mutex::default(),
                folder,
                library: library.into(),
            },
            saved,
        )
    }

    /// What is remembered of an article, including changes not yet written. Reads from the disk.
    pub fn article(&self, path: &Path) -> Option<Remembered> {
        let hashes = match self.queue.find(path_hash(path)) {
            Lookup::Queued(remembered) => return Some(remembered),
            Lookup::OnDisk(hashes) => hashes,
        };
        let mut connection = self.reader.lock();
        if connection.is_none() {
            *connection = self
                .folder
                .as_deref()
                .and_then(|folder| reader(folder, &self.library));
        }
        let (database, library) = connection.as_ref()?;
        hashes
            .into_iter()
            .find_map(|hash| rows::remembered(database, *library, hash).ok().flatten())
    }

    /// Saves an article; never blocks. The hashes are those of its source link and its content, 0
    /// for none.
    pub fn save_article(&self, path: &Path, link: u64, content: u64, remembered: &Remembered) {
        self.queue.push(Change::Article(ArticleRow::new(
            path,
            link,
            content,
            remembered,
            writer::now(),
        )));
    }

    /// Saves the new path of an article; never blocks.
    pub fn move_article(&self, from_path_hash: u64, to: &Path) {
        self.queue.push(Change::Move {
            from: from_path_hash,
            to: to.to_owned(),
        });
    }

    /// Saves the state of the list; never blocks.
    pub fn save_library(&self, state: &LibraryState) {
        self.queue
            .push_library(LibraryRow::new(state, writer::now()));
    }
}

impl Drop for StateStore {
    fn drop(&mut self) {
        self.queue.close();
        if self.folder.is_some() {
            self.queue.wait_for_writer(SHUTDOWN_TIMEOUT);
        }
    }
}
