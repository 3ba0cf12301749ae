//! What `jianbao doctor` says of the saved state and the index.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::index::EntryIndex;
use super::source::Library;
use super::state::known_folders;
use super::storage_paths::StoragePaths;

/// A file or folder of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageReport {
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes; None if there is none.
    pub bytes: Option<u64>,
    /// The seconds since it was written.
    pub age: Option<u64>,
    /// Why it cannot be read, in words.
    pub problem: Option<String>,
}

/// The saved state, and the index of the library that was read last.
pub fn storage_reports() -> [Option<StorageReport>; 2] {
    let paths = StoragePaths::platform();
    let Some(data) = &paths.data else {
        return [None, None];
    };
    let folders = known_folders(data);
    let (last, problem) = match folders {
        Ok(mut folders) => (folders.next(), None),
        Err(why) => (None, Some(why)),
    };
    let index = last.and_then(|folder| {
        let directory = paths.index(&Library::Folder((&*folder).into()));
        let path = directory.folder()?.to_owned();
        let is_open = EntryIndex::open(&directory).is_some_and(|index| index.verify());
        let problem = (path.exists() && !is_open)
            .then(|| tr!("it is damaged, and will be built again").to_owned());
        Some(report(path, problem))
    });
    [Some(report(data.join("state.db"), problem)), index]
}

fn report(path: PathBuf, problem: Option<String>) -> StorageReport {
    let files = files(&path);
    let written = files.iter().filter_map(|file| file.modified().ok()).max();
    let age = written.and_then(|time| SystemTime::now().duration_since(time).ok());
    StorageReport {
        bytes: (!files.is_empty()).then(|| files.iter().map(Metadata::len).sum()),
        age: age.map(|age| age.as_secs()),
        path,
        problem,
    }
}

/// The file, or the files of the folder.
fn files(path: &Path) -> Vec<Metadata> {
    match fs::read_dir(path) {
        Ok(entries) => entries
            .filter_map(|entry| entry.ok()?.metadata().ok())
            .collect(),
        Err(_) => fs::metadata(path).into_iter().collect(),
    }
}
