//! The scope of a scan: paths that may have changed.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

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
    pub(super) fn all() -> Self {
        let mut all = Self::default();
        all.add_tree(Path::new(""), Path::new(""));
        all
    }

    pub(super) fn in_folders(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            folders: folders.into_iter().collect(),
            ..Self::default()
        }
    }

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

    /// Adds the folders in which the mates of files may lie: everything below the highest folder
    /// that holds folders named after languages.
    pub(super) fn add_mates(&mut self, language_dirs: &HashSet<PathBuf>) {
        let mut highest: Vec<PathBuf> = Vec::new();
        for folder in &self.folders {
            let dirs = folder
                .ancestors()
                .filter(|above| language_dirs.contains(*above));
            highest.extend(dirs.last().map(Path::to_owned));
        }
        for folder in highest {
            self.add_tree(&folder, &folder);
        }
    }

    pub(super) fn is_all(&self) -> bool {
        self.trees.contains(Path::new(""))
    }

    /// Whether a file was just written, so that it must be read whatever its stamp says.
    pub(super) fn is_written(&self, file: &Path) -> bool {
        self.written.contains(file)
    }

    /// Whether a file must be looked at.
    pub(super) fn covers(&self, file: &Path) -> bool {
        file.parent()
            .is_some_and(|folder| self.folders.contains(folder))
            || self.covers_tree(file)
    }

    /// Whether everything below a path must be looked at.
    pub(super) fn covers_tree(&self, path: &Path) -> bool {
        !self.trees.is_empty() && path.ancestors().any(|above| self.trees.contains(above))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_cover_the_files_of_folders_and_whole_trees() {
        let mut paths = ChangedPaths::in_folders(["".into()]);
        paths.add_written(Path::new("a/x.md"), Path::new("a"));
        paths.add_tree(Path::new("b/c"), Path::new("b"));
        for covered in [
            "x.md",
            "a/x.md",
            "b/x.md",
            "b/c/x.md",
            "b/c/d/e/x.md",
            "b/c",
        ] {
            assert!(paths.covers(Path::new(covered)), "{covered}");
        }
        for other in ["a/b/x.md", "b/cc/x.md"] {
            assert!(!paths.covers(Path::new(other)), "{other}");
        }
        assert!(paths.is_written(Path::new("a/x.md")) && !paths.is_written(Path::new("a/y.md")));
        assert!(!paths.is_all() && ChangedPaths::all().is_all());
        assert!(ChangedPaths::all().covers(Path::new("a/b/x.md")));
    }

    #[test]
    fn mates_may_lie_anywhere_below_a_folder_that_holds_languages() {
        let dirs = HashSet::from(["news".into(), "news/zh/old".into()]);
        for (changed, others) in [
            ("news/zh/x", ["news/en/x/a.md", "news/x/a.md"]),
            ("news/zh/old/en", ["news/en/old/a.md", "news/a.md"]),
        ] {
            let mut paths = ChangedPaths::in_folders([changed.into()]);
            paths.add_mates(&dirs);
            assert!(others.iter().all(|other| paths.covers(Path::new(other))));
            assert!(!paths.covers(Path::new("else/a.md")));
        }
        let mut paths = ChangedPaths::in_folders(["else".into()]);
        paths.add_mates(&dirs);
        assert_eq!(paths, ChangedPaths::in_folders(["else".into()]));
    }
}
