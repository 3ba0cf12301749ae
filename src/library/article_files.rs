//! The file or the two files of an article: their paths, and the stamps that show whether they
//! changed.

use std::fs::Metadata;
use std::iter;
use std::path::{Path, PathBuf};

use bytemuck::{Pod, Zeroable};

pub(super) use crate::catalog::path_hash;

use crate::platform;
use crate::text::Language;

/// The file or the two files that are one article by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The file, or the Chinese one of two.
    pub path: PathBuf,
    /// The English one of two.
    pub mate: Option<Box<Path>>,
}

impl Files {
    /// An article of one file.
    pub(super) const fn single(path: PathBuf) -> Self {
        Self { path, mate: None }
    }

    /// The paths of its files: one, or the Chinese and the English one.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        iter::once(&*self.path).chain(self.mate.as_deref())
    }

    /// The path of the file with the text of a language; the first one for the article as a whole.
    pub fn of(&self, side: Option<Language>) -> &Path {
        let english = self.mate.as_deref();
        english
            .filter(|_| side == Some(Language::English))
            .unwrap_or(&self.path)
    }
}

/// Shows whether a file changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct FileStamp {
    pub(super) size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub(super) modified: i64,
    pub(super) inode: u64,
}

impl FileStamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: platform::modified(metadata),
            inode: platform::file_identity(metadata).1,
        }
    }
}

/// The files of an article, as the walker found them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArticleFiles {
    pub(super) files: Files,
    /// Their stamps in the same order. None for what is not a regular file, or was not stamped.
    pub(super) stamps: [Option<FileStamp>; 2],
}

impl ArticleFiles {
    pub(super) const fn single(path: PathBuf, stamp: Option<FileStamp>) -> Self {
        Self {
            files: Files::single(path),
            stamps: [stamp, None],
        }
    }

    pub(super) fn split(self) -> impl Iterator<Item = Self> {
        let mate = self
            .files
            .mate
            .map(|mate| Self::single(mate.into_path_buf(), self.stamps[1]));
        iter::once(Self::single(self.files.path, self.stamps[0])).chain(mate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_path_never_changes() {
        assert_eq!(path_hash(Path::new("2024/06/茶.md")), 0x4bbb_4554_e989_7956);
    }
}
