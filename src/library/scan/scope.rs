//! How far a survey reaches: over the whole library, or over what was said to have changed.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::super::entry_table::EntryTable;
use super::super::pairing;

/// What a survey looks at. Paths are relative to the folder of the library.
#[derive(Debug)]
pub(in crate::library) enum Reach {
    /// Everything.
    All,
    /// Some folders.
    Some(Patch),
}

/// Folders to look into, and what is to be looked at in them whatever its stamps say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct Patch {
    /// Folders whose files are to be looked at, but not the folders in them.
    pub(in crate::library) folders: HashSet<PathBuf>,
    /// Paths of which everything below is to be looked at as well, or is gone.
    pub(in crate::library) below: HashSet<PathBuf>,
    /// Files that were written, even if nothing tells it.
    pub(in crate::library) written: HashSet<PathBuf>,
}

impl Patch {
    /// Whether nothing is to be looked at.
    pub(in crate::library) fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// Takes in another.
    pub(in crate::library) fn extend(&mut self, other: Self) {
        self.folders.extend(other.folders);
        self.below.extend(other.below);
        self.written.extend(other.written);
    }

    /// Whether a file is to be looked at.
    pub(in crate::library) fn covers(&self, file: &Path) -> bool {
        file.parent().is_some_and(|folder| self.folders.contains(folder)) || self.is_below(file)
    }

    /// Whether everything below a path is to be looked at.
    pub(in crate::library) fn is_below(&self, path: &Path) -> bool {
        !self.below.is_empty() && path.ancestors().any(|above| self.below.contains(above))
    }
}

impl Reach {
    /// What can be seen of what is known, if that is not everything: it is made to reach the other files of articles of which it
    /// reaches one.
    pub(in crate::library) fn scope(self, forks: &Forks, entry_table: &EntryTable) -> (Self, Option<Vec<u32>>) {
        let Self::Some(mut patch) = self else { return (self, None) };
        for folder in patch.folders.iter().cloned().collect::<Vec<_>>() {
            patch.folders.extend(forks.others(&folder));
        }
        loop {
            let (mut scope, mut beyond) = (Vec::new(), Vec::new());
            let folder = |path: &Path| path.parent().map(Path::to_owned);
            entry_table.each_files(&mut |at, path, mate| {
                let (first, second) = (patch.covers(path), mate.map(|mate| patch.covers(mate)));
                if first || second == Some(true) {
                    scope.push(at);
                    beyond.extend(folder(path).filter(|_| !first));
                    beyond.extend(mate.filter(|_| second == Some(false)).and_then(folder));
                }
            });
            if beyond.is_empty() {
                return (Self::Some(patch), Some(scope));
            }
            patch.folders.extend(beyond);
        }
    }

    /// Whether a file is to be read whatever its stamps say.
    pub(in crate::library) fn is_written(&self, file: &Path) -> bool {
        matches!(self, Self::Some(patch) if patch.written.contains(file))
    }
}

/// The folders that hold folders named after a language, and the names of these: below them mates may lie in other folders.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct Forks(HashMap<PathBuf, BTreeSet<OsString>>);

impl Forks {
    /// Notes a folder and those in it.
    pub(in crate::library) fn note(&mut self, folder: &Path, inside: &[PathBuf]) {
        for name in inside.iter().filter_map(|path| path.file_name()).filter(|name| pairing::is_language_folder(name)) {
            self.0.entry(folder.to_owned()).or_default().insert(name.to_owned());
        }
    }

    /// Whether a folder is a fork or lies below one.
    pub(in crate::library) fn reach(&self, folder: &Path) -> bool {
        !self.0.is_empty() && folder.ancestors().any(|above| self.0.contains_key(above))
    }

    /// The other folders in which mates of a folder's files may be.
    pub(in crate::library) fn others(&self, folder: &Path) -> Vec<PathBuf> {
        let mut others = Vec::new();
        for above in folder.ancestors() {
            let Some(names) = self.0.get(above) else { continue };
            let Ok(below) = folder.strip_prefix(above) else { continue };
            let is_language = |name: &OsStr| names.contains(name);
            let rest = match below.iter().next() {
                Some(first) if is_language(first) => below.strip_prefix(first).unwrap_or(below),
                _ => below,
            };
            others.push(joined(above, rest));
            others.extend(names.iter().map(|name| joined(&above.join(name), rest)));
        }
        others.retain(|other| other != folder);
        others
    }
}

/// `above` with `rest` behind it; joined to nothing, a path would end in a slash.
fn joined(above: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { above.to_owned() } else { above.join(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(paths: &[&str]) -> HashSet<PathBuf> {
        paths.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn a_patch_covers_the_files_of_its_folders_and_everything_below_what_changed_as_a_whole() {
        let patch = Patch { folders: set(&["", "a"]), below: set(&["b/c"]), written: set(&["a/x.md"]) };
        for covered in ["x.md", "a/x.md", "b/c/x.md", "b/c/d/e/x.md", "b/c"] {
            assert!(patch.covers(Path::new(covered)), "{covered}");
        }
        for other in ["b/x.md", "a/b/x.md", "b/cc/x.md"] {
            assert!(!patch.covers(Path::new(other)), "{other}");
        }
        let reach = Reach::Some(patch);
        assert!(reach.is_written(Path::new("a/x.md")) && !reach.is_written(Path::new("a/y.md")));
        assert!(!Reach::All.is_written(Path::new("a/x.md")));
    }

    #[test]
    fn mates_are_looked_for_in_the_folders_of_the_other_languages_and_beside_them() {
        let mut forks = Forks::default();
        assert!(!forks.reach(Path::new("news/zh/x")));
        forks.note(Path::new("news"), &["news/zh".into(), "news/en".into(), "news/x".into()]);
        assert!(forks.reach(Path::new("news/zh/x")) && forks.reach(Path::new("news")) && !forks.reach(Path::new("")));
        let others = |folder: &str| {
            let mut others = forks.others(Path::new(folder));
            others.sort();
            others
        };
        assert_eq!(others("news/zh/x"), ["news/en/x", "news/x"].map(PathBuf::from));
        assert_eq!(others("news/x"), ["news/en/x", "news/zh/x"].map(PathBuf::from));
        assert_eq!(others("news"), ["news/en", "news/zh"].map(PathBuf::from));
        assert_eq!(others("else"), Vec::<PathBuf>::new());
    }
}
