//! The articles of the corpus beside the project.

use std::fs;
use std::path::{Path, PathBuf};

/// The files below a folder whose names end in one of some ways, sorted; none if there is no folder.
pub(crate) fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let extension = path.extension().unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| extension == *ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
