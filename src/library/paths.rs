//! The paths of a library's articles, without reading any: for commands that go through all of them in order.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::file_reader::FileReader;
use super::librarian::Library;
use super::pairing::Mates;
use super::samples::SAMPLES;
use super::scan::walker::{Stamps, Walker};
use super::source::Files;
use crate::digest::decode;

impl Library {
    /// The files of all articles, in the order of paths, as [`Library::text`] takes them. What could not be looked into is told in one cleaned line each.
    ///
    /// Files that by their names are one article are read here, to see whether their contents agree.
    pub fn files(&self, tell: &mut dyn FnMut(String)) -> Vec<Files> {
        let paths = match self {
            Self::Samples => SAMPLES.iter().map(|(name, _)| name.into()).collect(),
            Self::File(file) => {
                let opened = self.open(&file.path);
                let mut paths = opened.paths().map(Path::to_path_buf);
                let path = paths.next().unwrap_or_else(|| file.path.clone());
                return vec![Files { path, mate: paths.next().map(PathBuf::into_boxed_path) }];
            }
            Self::Input { .. } => vec!["standard input".into()],
            Self::Folder(folder) => walk(&folder.path, tell),
        };
        let mut files = Vec::with_capacity(paths.len());
        for named in self.pair(paths) {
            match named.mate.as_deref() {
                Some(mate) if !self.belong_together(&named.path, mate) => {
                    files.push(Files { path: mate.to_path_buf(), mate: None });
                    files.push(Files { path: named.path, mate: None });
                }
                _ => files.push(named),
            }
        }
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        files
    }

    fn belong_together(&self, chinese: &Path, english: &Path) -> bool {
        self.joined(&Mates { chinese: chinese.to_path_buf(), english: english.to_path_buf() }).is_ok()
    }

    /// The path of an article on the disk, if that is where it lies.
    pub fn on_disk(&self, path: &Path) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.path.join(path)),
            Self::File(_) => Some(path.to_path_buf()),
            Self::Samples | Self::Input { .. } => None,
        }
    }

    /// The whole file of an article as text, decoded and not cleaned; empty where it cannot be read.
    pub fn source(&self, path: &Path) -> String {
        decode(self.bytes(path, false, &mut FileReader::default(), &mut |_| {}).0).0.into_owned()
    }
}

fn walk(root: &Path, tell: &mut dyn FnMut(String)) -> Vec<PathBuf> {
    let walker = Walker::new(root);
    let mut folders = VecDeque::from([PathBuf::new()]);
    let mut articles = Vec::new();
    while let Some(folder) = folders.pop_front() {
        let contents = walker.read_folder(&folder, Stamps::None);
        folders.extend(contents.folders);
        articles.extend(contents.articles.into_iter().map(|(path, _)| path));
        if let Some(error) = contents.error {
            tell(error.line);
        }
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
        let files = library.files(&mut |line| panic!("{line}"));
        let paths: Vec<PathBuf> = files.into_iter().map(|files| files.path).collect();
        assert_eq!(paths, ["a.txt", "b/a.md", "c.md"].map(PathBuf::from));
        assert_eq!(library.source(&paths[0]), "text");
        assert_eq!(library.on_disk(&paths[1]), Some(folder.path().join("b/a.md")));
        assert_eq!(Library::Samples.files(&mut |_| ()).len(), SAMPLES.len());
    }
}
