//! The walk over a folder: which files are articles, and which folders to look into.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::super::index::FileStamp;
use super::super::read_file::{is_article_name, reason};
use crate::text::clean_line;

/// Something that the walk came upon. Paths are relative to the folder of the library.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::library) enum Find {
    /// A folder to look into.
    Folder(PathBuf),
    /// A file that counts as an article by its name; it may turn out to be no regular file, and then has no stamp.
    Article(PathBuf, Option<FileStamp>),
    /// What could not be looked into.
    Failure(Failure),
}

/// Whether the stamps of articles are wanted, which cost a question to the system each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) enum Stamps {
    /// They are not.
    None,
    /// They are: what did not change is not read.
    Now,
    /// All files will be read, and tell them then: [`FileStamp::LATER`] stands for them.
    Later,
}

/// A folder that could not be looked into.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::library) struct Failure {
    /// The folder.
    pub(in crate::library) folder: PathBuf,
    /// Whether that is because it is not there.
    pub(in crate::library) is_gone: bool,
    /// A line for the reader.
    pub(in crate::library) line: String,
}

impl Failure {
    fn new(folder: &Path, error: &io::Error) -> Self {
        let name = folder.to_string_lossy();
        let name = if name.is_empty() { ".".into() } else { name };
        let line = format!("cannot look into the folder {}: {}", clean_line(&name), reason(error));
        let is_gone = matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
        Self { folder: folder.to_owned(), is_gone, line }
    }
}

/// A walk over one folder. It is shared by threads, each of which looks into one folder at a time.
#[derive(Debug)]
pub(in crate::library) struct Walk {
    root: PathBuf,
    canonical: PathBuf,
    /// Folders reached by symbolic links, by device and inode, and the link by which each is entered, so that none is entered twice.
    linked: Mutex<HashMap<(u64, u64), PathBuf>>,
}

impl Walk {
    pub(in crate::library) fn new(root: &Path) -> Self {
        let canonical = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { root: root.to_owned(), canonical, linked: Mutex::default() }
    }

    /// Looks into a folder and tells what is in it; hidden files and folders are passed over.
    pub(in crate::library) fn look_into(&self, folder: &Path, stamps: Stamps, tell: &mut dyn FnMut(Find)) {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => return tell(Find::Failure(Failure::new(folder, &error))),
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.sort_out(folder, &entry, stamps, tell),
                // A folder that vanishes under the walk fails on every further call: once told is enough.
                Err(error) => return tell(Find::Failure(Failure::new(folder, &error))),
            }
        }
    }

    fn sort_out(&self, folder: &Path, entry: &fs::DirEntry, stamps: Stamps, tell: &mut dyn FnMut(Find)) {
        let name = entry.file_name();
        if is_hidden(Path::new(&name)) {
            return;
        }
        let Ok(kind) = entry.file_type() else { return };
        let is_folder = kind.is_dir() || kind.is_symlink() && entry.path().is_dir();
        if is_folder {
            if !kind.is_symlink() || self.follows(&entry.path()) {
                tell(Find::Folder(below(folder, &name)));
            }
        } else if is_article_name(Path::new(&name)) {
            let metadata = || if kind.is_symlink() { fs::metadata(entry.path()) } else { entry.metadata() };
            let stamp = match stamps {
                Stamps::None => None,
                Stamps::Later if kind.is_file() => Some(FileStamp::LATER),
                Stamps::Now | Stamps::Later => {
                    metadata().ok().filter(fs::Metadata::is_file).map(|metadata| FileStamp::of(&metadata))
                }
            };
            tell(Find::Article(below(folder, &name), stamp));
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
        let identity = (metadata.dev(), metadata.ino());
        let mut linked = self.linked.lock().unwrap_or_else(PoisonError::into_inner);
        let leads_there =
            |other: &PathBuf| fs::metadata(other).is_ok_and(|other| (other.dev(), other.ino()) == identity);
        if linked.get(&identity).is_some_and(|other| other != link && leads_there(other)) {
            return false;
        }
        linked.insert(identity, link.to_owned());
        true
    }

    /// Forgets by which links it entered folders: for a walk that begins anew.
    pub(in crate::library) fn forget_links(&self) {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// A name in a folder, as [`Path::join`] puts them together, for names that are one component.
fn below(folder: &Path, name: &OsStr) -> PathBuf {
    let folder = folder.as_os_str();
    let mut path = OsString::with_capacity(folder.len() + 1 + name.len());
    path.push(folder);
    if folder.as_encoded_bytes().last().is_some_and(|&byte| byte != b'/') {
        path.push("/");
    }
    path.push(name);
    path.into()
}

pub(in crate::library) fn is_hidden(name: &Path) -> bool {
    name.as_os_str().as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
#[path = "walker_tests.rs"]
mod tests;
