//! The scope of a scan: the whole library, or the paths that changed.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::super::entry_table::EntryTable;
use super::super::pairing;

/// What a scan looks at.
#[derive(Debug)]
pub(in crate::library) enum Scope {
    /// The whole library.
    All,
    /// What changed.
    Changed {
        paths: ChangedPaths,
        /// The ids of the known articles there.
        entries: Vec<u32>,
    },
}

impl Scope {
    /// The scope of some changes. It is widened until it holds all files of each article of which
    /// it holds one.
    pub(super) fn changed(
        mut paths: ChangedPaths,
        dirs: &LanguageDirs,
        table: &EntryTable,
    ) -> Self {
        for folder in paths.folders.iter().cloned().collect::<Vec<_>>() {
            paths.folders.extend(dirs.related(&folder));
        }
        loop {
            let mut entries = Vec::new();
            let mut outside: Vec<PathBuf> = Vec::new();
            for (id, entry) in table.entries() {
                let files = [Some(entry.path()), entry.mate()].into_iter().flatten();
                let (inside, beyond): (Vec<&Path>, Vec<&Path>) =
                    files.partition(|path| paths.covers(path));
                if !inside.is_empty() {
                    entries.push(id);
                    outside.extend(
                        beyond
                            .into_iter()
                            .filter_map(Path::parent)
                            .map(Path::to_owned),
                    );
                }
            }
            if outside.is_empty() {
                return Self::Changed { paths, entries };
            }
            paths.folders.extend(outside);
        }
    }

    /// Whether a file must be read whatever its stamp says, because it was just written.
    pub(super) fn is_written(&self, file: &Path) -> bool {
        matches!(self, Self::Changed { paths, .. } if paths.written.contains(file))
    }
}

/// Paths that may have changed, relative to the library's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct ChangedPaths {
    /// Folders whose files must be looked at, but not the folders in them.
    pub(super) folders: HashSet<PathBuf>,
    /// Paths below which everything must be looked at, or is gone.
    trees: HashSet<PathBuf>,
    /// Files that were written, even if their stamps do not show it.
    written: HashSet<PathBuf>,
}

impl ChangedPaths {
    /// The files of some folders.
    pub(super) fn in_folders(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            folders: folders.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Whether nothing changed.
    pub(super) fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// Adds other paths.
    pub(super) fn extend(&mut self, other: Self) {
        self.folders.extend(other.folders);
        self.trees.extend(other.trees);
        self.written.extend(other.written);
    }

    /// Adds the files of a folder.
    pub(super) fn add_folder(&mut self, folder: &Path) {
        self.folders.insert(folder.to_owned());
    }

    /// Adds a file of a folder that was written.
    pub(super) fn add_written(&mut self, file: &Path, folder: &Path) {
        self.written.insert(file.to_owned());
        self.add_folder(folder);
    }

    /// Adds a path in a folder with everything below it.
    pub(super) fn add_tree(&mut self, path: &Path, folder: &Path) {
        self.trees.insert(path.to_owned());
        self.add_folder(folder);
    }

    /// Whether a file must be looked at.
    fn covers(&self, file: &Path) -> bool {
        file.parent()
            .is_some_and(|folder| self.folders.contains(folder))
            || self.covers_tree(file)
    }

    /// Whether everything below a path must be looked at.
    pub(super) fn covers_tree(&self, path: &Path) -> bool {
        !self.trees.is_empty() && path.ancestors().any(|above| self.trees.contains(above))
    }
}

/// The folders that hold folders named after a language, with the names of these: below them the
/// two files of an article may lie in different folders, as `zh/tea.md` and `en/tea.md`.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct LanguageDirs(HashMap<PathBuf, BTreeSet<OsString>>);

impl LanguageDirs {
    /// Notes a folder and the folders in it.
    pub(super) fn note(&mut self, folder: &Path, inside: &[PathBuf]) {
        for name in inside
            .iter()
            .filter_map(|path| path.file_name())
            .filter(|name| pairing::is_language_folder(name))
        {
            self.0
                .entry(folder.to_owned())
                .or_default()
                .insert(name.to_owned());
        }
    }

    /// Whether a folder is one of these or below one.
    pub(super) fn contain(&self, folder: &Path) -> bool {
        !self.0.is_empty() && folder.ancestors().any(|above| self.0.contains_key(above))
    }

    /// The other folders in which the mates of a folder's files may lie.
    fn related(&self, folder: &Path) -> Vec<PathBuf> {
        let mut related = Vec::new();
        for above in folder.ancestors() {
            let Some(names) = self.0.get(above) else {
                continue;
            };
            let Ok(below) = folder.strip_prefix(above) else {
                continue;
            };
            let is_language = |name: &OsStr| names.contains(name);
            let rest = match below.iter().next() {
                Some(first) if is_language(first) => below.strip_prefix(first).unwrap_or(below),
                _ => below,
            };
            related.push(joined(above, rest));
            related.extend(names.iter().map(|name| joined(&above.join(name), rest)));
        }
        related.retain(|other| other != folder);
        related
    }
}

/// Joins two paths without the slash at the end that joining nothing gives.
pub(super) fn joined(above: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() {
        above.to_owned()
    } else {
        above.join(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_cover_the_files_of_folders_and_whole_trees() {
        let mut paths = ChangedPaths::in_folders(["".into()]);
        paths.add_written(Path::new("a/x.md"), Path::new("a"));
        paths.trees.insert("b/c".into());
        for covered in ["x.md", "a/x.md", "b/c/x.md", "b/c/d/e/x.md", "b/c"] {
            assert!(paths.covers(Path::new(covered)), "{covered}");
        }
        for other in ["b/x.md", "a/b/x.md", "b/cc/x.md"] {
            assert!(!paths.covers(Path::new(other)), "{other}");
        }
        let scope = Scope::Changed {
            paths,
            entries: Vec::new(),
        };
        assert!(scope.is_written(Path::new("a/x.md")) && !scope.is_written(Path::new("a/y.md")));
        assert!(!Scope::All.is_written(Path::new("a/x.md")));
    }

    #[test]
    fn mates_may_lie_in_the_folders_of_the_other_languages_and_beside_them() {
        let mut dirs = LanguageDirs::default();
        assert!(!dirs.contain(Path::new("news/zh/x")));
        dirs.note(
            Path::new("news"),
            &["news/zh".into(), "news/en".into(), "news/x".into()],
        );
        assert!(dirs.contain(Path::new("news/zh/x")) && dirs.contain(Path::new("news")));
        assert!(!dirs.contain(Path::new("")));
        let related = |folder: &str| {
            let mut related = dirs.related(Path::new(folder));
            related.sort();
            related
        };
        assert_eq!(
            related("news/zh/x"),
            ["news/en/x", "news/x"].map(PathBuf::from)
        );
        assert_eq!(
            related("news/x"),
            ["news/en/x", "news/zh/x"].map(PathBuf::from)
        );
        assert_eq!(related("news"), ["news/en", "news/zh"].map(PathBuf::from));
        assert_eq!(related("else"), Vec::<PathBuf>::new());
    }
}
