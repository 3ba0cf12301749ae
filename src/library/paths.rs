//! The paths of a library's articles, without reading any: for commands that go through all of them in order.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::librarian::Library;
use super::pairing;
use super::samples::SAMPLES;
use super::walk::{Find, Walk};
use crate::digest::decode;

impl Library {
    /// The paths of all articles, in the order of paths, as [`Library::article`] takes them. What could not be looked into is told in one cleaned line each.
    pub fn paths(&self, tell: &mut dyn FnMut(String)) -> Vec<PathBuf> {
        let mut paths = match self {
            Self::Samples => SAMPLES.iter().map(|(name, _)| name.into()).collect(),
            Self::File(file) => vec![file.path.clone()],
            Self::Input { .. } => vec!["standard input".into()],
            Self::Folder(folder) if folder.pairing => self.without_mates(walk(&folder.path, tell)),
            Self::Folder(folder) => walk(&folder.path, tell),
        };
        paths.sort_unstable();
        paths
    }

    /// The paths without the English file of each article that lies in two.
    fn without_mates(&self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let (mates, mut alone) = pairing::pair(paths);
        for mates in mates {
            if self.joined(&mates).is_err() {
                alone.push(mates.english);
            }
            alone.push(mates.chinese);
        }
        alone
    }

    /// The path of an article on the disk, if that is where it lies.
    pub fn on_disk(&self, path: &Path) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.path.join(path)),
            Self::File(file) => Some(file.path.clone()),
            Self::Samples | Self::Input { .. } => None,
        }
    }

    /// The whole file of an article as text, decoded and not cleaned; empty where it cannot be read.
    pub fn source(&self, path: &Path) -> String {
        match decode(&self.bytes(path).0).0 {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        }
    }
}

fn walk(root: &Path, tell: &mut dyn FnMut(String)) -> Vec<PathBuf> {
    let walk = Walk::new(root);
    let mut folders = VecDeque::from([PathBuf::new()]);
    let mut articles = Vec::new();
    while let Some(folder) = folders.pop_front() {
        walk.look_into(&folder, &mut |find| match find {
            Find::Folder(path) => folders.push_back(path),
            Find::Article(path) => articles.push(path),
            Find::Notice(line) => tell(line),
        });
    }
    articles
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_articles_of_a_folder_come_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("b")).expect("a folder");
        for name in ["c.md", "b/a.md", "a.txt", ".hidden.md", "b/notes.rs"] {
            fs::write(folder.path().join(name), "\u{feff}text").expect("a file");
        }
        let library = Library::Folder(folder.path().to_path_buf().into());
        let paths = library.paths(&mut |line| panic!("{line}"));
        assert_eq!(paths, ["a.txt", "b/a.md", "c.md"].map(PathBuf::from));
        assert_eq!(library.source(&paths[0]), "text");
        assert_eq!(library.on_disk(&paths[1]), Some(folder.path().join("b/a.md")));
        assert_eq!(Library::Samples.paths(&mut |_| ()).len(), SAMPLES.len());
    }
}
