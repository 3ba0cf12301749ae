//! What the threads of the library share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::RwLock;

use super::desk::Desk;
use super::entry_table::EntryTable;
use super::index::IndexDirectory;
use super::librarian::Library;
use super::source::Files;
use super::state::data_folder;
use crate::catalog::EntryId;

/// What the threads share.
#[derive(Debug)]
pub(super) struct Rooms {
    /// The library.
    pub(super) library: Library,
    /// What stands under each number.
    pub(super) entry_table: Arc<RwLock<EntryTable>>,
    /// Where wishes are laid down.
    pub(super) desk: Desk,
}

impl Rooms {
    /// Empty rooms.
    pub(super) fn new(library: Library) -> Self {
        let (entry_table, desk) = Default::default();
        Self { library, entry_table, desk }
    }

    /// The files of an entry.
    pub(super) fn files(&self, id: EntryId) -> Option<Files> {
        self.entry_table.read().files(id.0)
    }

    /// What an article is remembered by, even if it is gone: its path, and the hashes of its link and its content.
    pub(super) fn traits(&self, id: EntryId) -> Option<(PathBuf, u64, u64)> {
        let entry_table = self.entry_table.read();
        Some((entry_table.last_path(id.0)?, entry_table.link(id.0), entry_table.content(id.0)))
    }
}

/// Where the index and the memory lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Homes {
    /// The folder for indexes; none for no index.
    pub(super) cache: CacheHome,
    /// The folder for what is precious; none to keep nothing.
    pub(super) data: Option<PathBuf>,
}

/// Where the index lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum CacheHome {
    /// Nowhere.
    #[default]
    None,
    /// Where the platform has it.
    Platform,
    /// In a folder.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests keep to folders of their own"))]
    Folder(PathBuf),
}

impl Homes {
    /// Those of the platform.
    pub(super) fn platform() -> Self {
        Self { cache: CacheHome::Platform, data: data_folder() }
    }

    /// Where the index of a library lies.
    pub(super) fn cache(&self, library: &Library) -> IndexDirectory {
        let Library::Folder(folder) = library else { return IndexDirectory::none() };
        let mut root = canonical(&folder.path).into_os_string();
        if !folder.pairing {
            // Its entries are others. No path holds a zero byte, so no other library has this name.
            root.push("\0unpaired");
        }
        match &self.cache {
            CacheHome::None => IndexDirectory::none(),
            CacheHome::Platform => IndexDirectory::of(Path::new(&root)),
            CacheHome::Folder(home) => IndexDirectory::in_folder(home, Path::new(&root)),
        }
    }

    /// The folder and the name under which a library is remembered.
    pub(super) fn data(&self, library: &Library) -> (Option<&Path>, PathBuf) {
        match library {
            Library::Folder(location) | Library::File(location) => (self.data.as_deref(), canonical(&location.path)),
            Library::Samples | Library::Input { .. } => (None, PathBuf::new()),
        }
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
