//! What the walk saw of an article: its file or files, and what tells that they changed.

use std::collections::HashMap;
use std::path::PathBuf;

use super::index::FileStamp;
use super::pairing;
use super::source::Files;

/// An article as the walk saw it, before it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    /// Its files.
    pub(super) files: Files,
    /// Their stamps, in the same order; none for what is no regular file.
    pub(super) stamps: [Option<FileStamp>; 2],
}

impl Sight {
    /// One file by itself.
    pub(super) fn of(path: PathBuf, stamp: Option<FileStamp>) -> Self {
        Self { files: Files { path, mate: None }, stamps: [stamp, None] }
    }

    /// The two files, each by itself; one alone gives one.
    pub(super) fn apart(self) -> impl Iterator<Item = Self> {
        let Files { path, mate } = self.files;
        let mate = mate.map(|mate| Self::of(mate.into_path_buf(), self.stamps[1]));
        [Some(Self::of(path, self.stamps[0])), mate].into_iter().flatten()
    }
}

/// Puts files together that by their names are one article. Where no name says a language, all stay alone, at no cost.
pub(super) fn pair(found: Vec<(PathBuf, Option<FileStamp>)>) -> Vec<Sight> {
    if !found.iter().any(|(path, _)| pairing::may_have_mate(path)) {
        return found.into_iter().map(|(path, stamp)| Sight::of(path, stamp)).collect();
    }
    let stamps: HashMap<PathBuf, Option<FileStamp>> = found.iter().cloned().collect();
    let stamp = |path: &PathBuf| stamps.get(path).copied().flatten();
    let (pairs, alone) = pairing::pair(found.into_iter().map(|(path, _)| path).collect());
    let pairs = pairs.into_iter().map(|mates| {
        let stamps = [stamp(&mates.chinese), stamp(&mates.english)];
        Sight { files: Files { path: mates.chinese, mate: Some(mates.english.into()) }, stamps }
    });
    let alone = alone.into_iter().map(|path| {
        let stamp = stamp(&path);
        Sight::of(path, stamp)
    });
    pairs.chain(alone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_paired_with_their_stamps() {
        let stamp = |size| Some(FileStamp { size, modified: 1, inode: size });
        let found = [("a.md", 1), ("a-en.md", 2), ("b.md", 3)].map(|(path, size)| (PathBuf::from(path), stamp(size)));
        let seen = pair(found.to_vec());
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].files.mate.as_deref(), Some(std::path::Path::new("a-en.md")));
        assert_eq!(seen[0].stamps, [stamp(1), stamp(2)]);
        assert_eq!(seen[1], Sight::of("b.md".into(), stamp(3)));
        let apart: Vec<Sight> = seen[0].clone().apart().collect();
        assert_eq!(apart, [Sight::of("a.md".into(), stamp(1)), Sight::of("a-en.md".into(), stamp(2))]);
    }
}
