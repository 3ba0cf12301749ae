//! The walk over a folder: which files are articles, and which folders to look into.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;

use super::super::article_files::FileStamp;
use super::super::read_file::{is_article_name, reason};
use crate::platform;
use crate::text::clean_line;

/// What a folder contains. Paths are relative to the library's folder.
#[derive(Debug, Default)]
pub(in crate::library) struct FolderContents {
    pub(in crate::library) folders: Vec<PathBuf>,
    /// The files that are articles by their names, with their stamps. One that is not a regular
    /// file has none.
    pub(in crate::library) articles: Vec<(PathBuf, Option<FileStamp>)>,
    /// Why the folder could not be read to its end.
    pub(in crate::library) error: Option<FolderError>,
}

#[derive(Debug, PartialEq, Eq)]
pub(in crate::library) struct FolderError {
    /// Whether it does not exist.
    pub(in crate::library) is_gone: bool,
    /// A line for the reader.
    pub(in crate::library) line: String,
}

impl FolderError {
    fn new(folder: &Path, error: &io::Error) -> Self {
        let name = folder.to_string_lossy();
        let name = if name.is_empty() {
            tr!("of the library").into()
        } else {
            name
        };
        let line = tr!(
            "cannot read the folder {folder}: {reason}",
            folder = clean_line(&name),
            reason = reason(error)
        );
        let is_gone = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        );
        Self { is_gone, line }
    }
}

/// Walks a library's folder. It is shared by threads, each of which reads one folder at a time.
#[derive(Debug)]
pub(in crate::library) struct Walker {
    root: PathBuf,
    canonical: PathBuf,
    /// Folders reached by symbolic links, by device and inode, with the link by which each is
    /// entered, so that none is entered twice.
    linked: Mutex<HashMap<(u64, u64), PathBuf>>,
}

impl Walker {
    pub(in crate::library) fn new(root: &Path) -> Self {
        let canonical = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self {
            root: root.to_owned(),
            canonical,
            linked: Mutex::default(),
        }
    }

    /// Reads a folder; hidden files and folders are left out. Stamps cost a system call for each
    /// article; without them all files will be read.
    pub(in crate::library) fn read_folder(
        &self,
        folder: &Path,
        with_stamps: bool,
    ) -> FolderContents {
        let mut contents = FolderContents::default();
        let mut read = || {
            for entry in fs::read_dir(self.root.join(folder))? {
                // A folder that vanishes while it is read fails at every further entry: the first
                // error ends the loop.
                self.classify(folder, &entry?, with_stamps, &mut contents);
            }
            Ok(())
        };
        let error = read().err();
        contents.error = error.map(|error| FolderError::new(folder, &error));
        contents
    }

    /// Adds an entry of a folder to its contents, if it is a folder or an article.
    fn classify(
        &self,
        folder: &Path,
        entry: &fs::DirEntry,
        with_stamps: bool,
        contents: &mut FolderContents,
    ) {
        let name = entry.file_name();
        let Ok(kind) = entry.file_type() else { return };
        if is_hidden(&name) {
            return;
        }
        if kind.is_dir() || kind.is_symlink() && entry.path().is_dir() {
            if !kind.is_symlink() || self.enters_link(&entry.path()) {
                contents.folders.push(folder.join(&name));
            }
        } else if is_article_name(Path::new(&name)) {
            let metadata = || {
                if kind.is_symlink() {
                    fs::metadata(entry.path())
                } else {
                    entry.metadata()
                }
            };
            let metadata = if with_stamps {
                metadata().ok().filter(fs::Metadata::is_file)
            } else {
                None
            };
            contents
                .articles
                .push((folder.join(&name), metadata.as_ref().map(FileStamp::of)));
        }
    }

    /// Whether a symbolic link to a folder leads somewhere that the walk would not come to by
    /// itself.
    fn enters_link(&self, link: &Path) -> bool {
        let Ok(target) = link.canonicalize() else {
            return false;
        };
        if self.canonical.starts_with(&target) {
            return false;
        }
        if let Ok(inside) = target.strip_prefix(&self.canonical)
            && !inside.iter().any(is_hidden)
        {
            return false;
        }
        let Ok(metadata) = fs::metadata(&target) else {
            return false;
        };
        let identity = platform::file_identity(&metadata);
        let mut linked = self.linked.lock();
        let leads_there = |other: &PathBuf| {
            fs::metadata(other).is_ok_and(|other| platform::file_identity(&other) == identity)
        };
        if linked
            .get(&identity)
            .is_some_and(|other| other != link && leads_there(other))
        {
            return false;
        }
        linked.insert(identity, link.to_owned());
        true
    }

    /// Forgets the links by which it entered folders, before a new walk.
    pub(in crate::library) fn forget_links(&self) {
        self.linked.lock().clear();
    }
}

pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
#[path = "walker_tests.rs"]
mod tests;
