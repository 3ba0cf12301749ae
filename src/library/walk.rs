//! The walk over a folder: which files are articles, and which folders to look into.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::file::{is_article_name, reason};
use crate::text::clean_line;

/// Something that the walk came upon. Paths are relative to the folder of the library.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Find {
    /// A folder to look into.
    Folder(PathBuf),
    /// A file that counts as an article by its name; it may turn out to be no regular file.
    Article(PathBuf),
    /// A line for the reader: what could not be looked into.
    Notice(String),
}

/// A walk over one folder. It is shared by threads, each of which looks into one folder at a time.
#[derive(Debug)]
pub(super) struct Walk {
    root: PathBuf,
    canonical: PathBuf,
    /// Folders reached by symbolic links, by device and inode, so that none is entered twice.
    linked: Mutex<HashSet<(u64, u64)>>,
}

impl Walk {
    pub(super) fn new(root: &Path) -> Self {
        let canonical = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { root: root.to_owned(), canonical, linked: Mutex::default() }
    }

    /// Looks into a folder and tells what is in it; hidden files and folders are passed over.
    pub(super) fn look_into(&self, folder: &Path, tell: &mut dyn FnMut(Find)) {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => return tell(Find::Notice(unreadable(folder, &error))),
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.sort_out(folder, &entry, tell),
                // A folder that vanishes under the walk fails on every further call: once told is enough.
                Err(error) => return tell(Find::Notice(unreadable(folder, &error))),
            }
        }
    }

    fn sort_out(&self, folder: &Path, entry: &fs::DirEntry, tell: &mut dyn FnMut(Find)) {
        let name = entry.file_name();
        if is_hidden(Path::new(&name)) {
            return;
        }
        let Ok(kind) = entry.file_type() else { return };
        let is_folder = kind.is_dir() || kind.is_symlink() && entry.path().is_dir();
        let path = folder.join(&name);
        if is_folder {
            if !kind.is_symlink() || self.follows(&entry.path()) {
                tell(Find::Folder(path));
            }
        } else if is_article_name(Path::new(&name)) {
            tell(Find::Article(path));
        }
    }

    /// Whether a symbolic link to a folder leads somewhere that the walk would not come to by itself.
    fn follows(&self, link: &Path) -> bool {
        let Ok(target) = link.canonicalize() else { return false };
        if self.canonical.starts_with(&target) {
            return false;
        }
        if let Ok(inside) = target.strip_prefix(&self.canonical)
            && !inside.iter().any(|part| is_hidden(Path::new(part)))
        {
            return false;
        }
        let Ok(metadata) = fs::metadata(&target) else { return false };
        let mut linked = self.linked.lock().unwrap_or_else(PoisonError::into_inner);
        linked.insert((metadata.dev(), metadata.ino()))
    }
}

fn is_hidden(name: &Path) -> bool {
    name.as_os_str().as_encoded_bytes().starts_with(b".")
}

fn unreadable(folder: &Path, error: &io::Error) -> String {
    let name = folder.to_string_lossy();
    let name = if name.is_empty() { ".".into() } else { name };
    format!("cannot look into the folder {}: {}", clean_line(&name), reason(error))
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
