//! The libraries that were read before, to choose one.

use std::fs;
use std::path::{Path, PathBuf};

use super::index::EntryIndex;
use super::read_file::reason;
use super::source::{Library, shown};
use super::state::{known_folders, saved_marks};
use super::storage_paths::StoragePaths;
use crate::catalog::{Attention, EntryStore, KnownLibrary};
use crate::text::clean_line;

/// The folders that were read before, the last one first, then those that only have a name. Reads
/// the disk, but no articles.
pub fn known_libraries(
    open: &Library,
    pairing: bool,
    named: &[(String, PathBuf)],
) -> Vec<KnownLibrary> {
    known_in(&StoragePaths::platform(), open, pairing, named)
}

/// The library of a folder.
///
/// # Errors
/// Why the folder cannot be read, in one cleaned line.
pub fn open_folder(folder: &Path, pairing: bool) -> Result<Library, String> {
    match fs::read_dir(folder) {
        Ok(_) => Ok(Library::Folder(folder.into()).with_pairing(pairing)),
        Err(error) => Err(format!("{}: {}", name(folder), reason(&error))),
    }
}

fn known_in(
    paths: &StoragePaths,
    open: &Library,
    pairing: bool,
    named: &[(String, PathBuf)],
) -> Vec<KnownLibrary> {
    let open = paths.state(open).1;
    let known = |data: &Path, path: PathBuf| KnownLibrary {
        name: name(&path),
        unread: match fs::read_dir(&path) {
            Ok(_) => {
                let library = Library::Folder((&*path).into()).with_pairing(pairing);
                Ok(unread(paths, data, &path, &library))
            }
            Err(error) => Err(reason(&error)),
        },
        is_open: path == open,
        path,
    };
    let Some(data) = paths.data.as_deref() else {
        return Vec::new();
    };
    // The reader reports a saved state that cannot be read when it opens it.
    let folders = known_folders(data).into_iter().flatten();
    let mut all: Vec<KnownLibrary> = folders.map(|path| known(data, path)).collect();
    for (name, folder) in named {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
        let at = all.iter().position(|library| library.path == folder);
        let at = at.unwrap_or_else(|| {
            all.push(known(data, folder));
            all.len() - 1
        });
        all[at].name = format!("@{} · {}", clean_line(name), all[at].name);
    }
    all
}

/// How many articles of the index are unread. None without a sound index.
fn unread(paths: &StoragePaths, data: &Path, path: &Path, library: &Library) -> Option<u32> {
    let index = EntryIndex::open(&paths.index(library))?;
    let all = (0..index.len()).filter(|&at| index.contains(at)).count();
    let (marks, _) = saved_marks(data, path);
    let is_read = |hash| index.find(hash, |_| true).is_some();
    let read = marks
        .iter()
        .filter(|saved| saved.mark.attention > Attention::Unread && is_read(saved.path));
    let unread = all.checked_sub(read.count())?;
    index.is_valid().then_some(unread as u32)
}

fn name(path: &Path) -> String {
    let home = etcetera::home_dir().ok();
    match home.and_then(|home| {
        path.strip_prefix(home)
            .ok()
            .map(|rest| Path::new("~").join(rest))
    }) {
        Some(path) => shown(&path),
        None => shown(path),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Place, article, read};
    use super::*;
    use crate::catalog::{ChangedFields, Request};

    /// The names and counts of the libraries after one with two articles and another were read.
    fn known(place: &Place) -> Vec<(String, Result<Option<u32>, String>, bool)> {
        let open = Library::Folder(place.path("two").into());
        let known = known_in(&place.storage(), &open, true, &[]);
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let fields = |known: KnownLibrary| (name(&known.path), known.unread, known.is_open);
        known.into_iter().map(fields).collect()
    }

    fn visit(place: &Place, path: &str) {
        let library = place.path(path);
        let library = if library.is_dir() {
            Library::Folder(library.into())
        } else {
            Library::File(library.into())
        };
        let mut visit = place.begin_in(library);
        visit.until(|visit| visit.finished > 0);
        if path == "one" {
            let id = visit.id("a.md");
            visit.ask(Request::Remember(id, read(), ChangedFields::ALL));
        }
        visit.end();
    }

    #[test]
    fn the_libraries_read_before_are_listed_with_what_is_unread() {
        let (one, two) = (article("One", "1"), article("Two", "2"));
        let place = Place::new(&[("one/a.md", &one), ("one/b.md", &two), ("two/a.md", &one)]);
        for path in ["one/b.md", "one", "two", "one/a.md"] {
            visit(&place, path);
        }
        let count = |count| Ok(Some(count));
        let both = [
            ("two".into(), count(1), true),
            ("one".into(), count(1), false),
        ];
        assert_eq!(known(&place), both, "single files are left out");
        // Without an index nothing is counted, and a folder that is gone says so.
        fs::remove_dir_all(place.storage_dir.path().join("cache")).unwrap();
        fs::remove_dir_all(place.path("one")).unwrap();
        let gone = Err("no such file or folder".to_owned());
        let both = [("two".into(), Ok(None), true), ("one".into(), gone, false)];
        assert_eq!(known(&place), both);
        fs::write(place.path("one"), "a file where the folder was").unwrap();
        assert_eq!(known(&place).len(), 1);
    }

    #[test]
    fn a_folder_that_cannot_be_opened_is_reported_with_the_reason() {
        let place = Place::new(&[("a.md", "A file.")]);
        for (path, reason) in [
            ("a.md", "a.md: it is not a folder"),
            ("b\u{1b}", "b␛: no such file or folder"),
        ] {
            let line = open_folder(&place.path(path), true).unwrap_err();
            assert!(line.ends_with(reason), "{line}");
        }
        assert!(open_folder(&place.path(""), true).is_ok());
    }
}
