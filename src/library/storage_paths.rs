//! The folders for the index and for the saved state.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::index::IndexDirectory;
use super::source::Library;
use super::state::data_folder;

/// The folders for the index and for the saved state.
#[derive(Clone, Debug, Default)]
pub(super) struct StoragePaths {
    /// The cache folder, in which the indexes of all programs lie. None for no index.
    pub(super) cache: Option<PathBuf>,
    /// The folder of the saved state. None if nothing is saved.
    pub(super) data: Option<PathBuf>,
}

impl StoragePaths {
    pub(super) fn platform() -> Self {
        let cache = etcetera::choose_base_strategy()
            .ok()
            .map(|base| base.cache_dir());
        Self {
            cache,
            data: data_folder(),
        }
    }

    pub(super) fn index(&self, library: &Library) -> IndexDirectory {
        let (Library::Folder(folder), Some(cache)) = (library, &self.cache) else {
            return IndexDirectory::none();
        };
        let mut root = canonical(&folder.path).into_os_string();
        if !folder.pairing {
            // Its entries are others. No path contains a zero byte, so no other library has this
            // name.
            root.push("\0unpaired");
        }
        IndexDirectory::in_folder(cache, Path::new(&root))
    }

    /// The folder of the saved state, if the state of this library is saved, and the path under
    /// which it is.
    pub(super) fn state(&self, library: &Library) -> (Option<&Path>, PathBuf) {
        match library {
            Library::Folder(location) | Library::File(location) => {
                (self.data.as_deref(), canonical(&location.path))
            }
            Library::Samples | Library::Input { .. } => (None, PathBuf::new()),
        }
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
