//! The reading of files one after the other: those of one folder by their names alone, and into the same memory.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::read_file as file;
use crate::text::Problem;

/// What is kept from one file to the next.
#[derive(Debug, Default)]
pub(super) struct FileReader {
    /// The folder in which the last file lay, open: the system need not follow its path again.
    folder: Option<(PathBuf, OwnedFd)>,
    /// The bytes of the last file.
    bytes: Vec<u8>,
}

impl FileReader {
    /// Reads a file as [`file::read`] does.
    pub(super) fn read(
        &mut self,
        path: &Path,
        was_seen: bool,
        tell: &mut dyn FnMut(&Metadata),
    ) -> (&[u8], Option<Problem>) {
        let problem = file::read(path, was_seen, &mut self.bytes, tell);
        (&self.bytes, problem)
    }

    /// Reads a file by its path below a root as [`file::read`] does. Of a reader all files lie below the same root.
    ///
    /// A folder that was moved away since is still the one of its old path while its files are read one after the other; that it is not
    /// there any more is seen by whoever looks for changes.
    pub(super) fn read_below(
        &mut self,
        (root, path): (&Path, &Path),
        was_seen: bool,
        tell: &mut dyn FnMut(&Metadata),
    ) -> (&[u8], Option<Problem>) {
        let opened = if was_seen { self.open(root, path) } else { None };
        // What was opened and is no file is not opened again.
        let was_seen = was_seen && opened.is_none();
        match opened.map(|file| file::read_open(file, &mut self.bytes, tell)) {
            Some(Ok(problem)) => (&self.bytes, problem),
            // By its whole path, which is sure to be the right one, and tells why it cannot be read.
            _ => self.read(&root.join(path), was_seen, tell),
        }
    }

    /// Opens a file by its name in its folder; none where that fails.
    fn open(&mut self, root: &Path, path: &Path) -> Option<File> {
        let path = path.as_os_str().as_bytes();
        let (folder, name) = memchr::memrchr(b'/', path).map_or((&b""[..], path), |at| (&path[..at], &path[at + 1..]));
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        if self.folder.as_ref().is_none_or(|(last, _)| last.as_os_str().as_bytes() != folder) {
            let folder = Path::new(OsStr::from_bytes(folder));
            let opened = rustix::fs::open(root.join(folder), flags | OFlags::DIRECTORY, Mode::empty()).ok()?;
            self.folder = Some((folder.to_owned(), opened));
        }
        let (_, folder) = self.folder.as_ref()?;
        rustix::fs::openat(folder, name, flags | file::OPENING, Mode::empty()).ok().map(File::from)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::text::ProblemKind;

    #[test]
    fn files_are_read_as_by_their_whole_paths() {
        let home = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| fs::write(home.path().join(path), text).unwrap();
        fs::create_dir(home.path().join("a")).unwrap();
        write("top.md", "top");
        write("a/one.md", "a longer one");
        write("a/two.md", "two");
        fs::create_dir(home.path().join("a/folder.md")).unwrap();
        std::os::unix::fs::symlink("../top.md", home.path().join("a/link.md")).unwrap();
        let (mut reader, mut other) = (FileReader::default(), FileReader::default());
        for path in
            ["a/one.md", "a/two.md", "top.md", "a/link.md", "a/gone.md", "a/folder.md", "gone/x.md", "a//two.md"]
        {
            for was_seen in [true, false] {
                let (mut told, mut expected) = (None, None);
                let path = Path::new(path);
                let read =
                    reader.read_below((home.path(), path), was_seen, &mut |metadata| told = Some(metadata.len()));
                let right =
                    other.read(&home.path().join(path), was_seen, &mut |metadata| expected = Some(metadata.len()));
                assert_eq!(read, right, "{path:?}");
                assert_eq!(told, expected, "{path:?}");
            }
        }
    }

    #[test]
    fn of_a_folder_that_was_removed_and_made_again_the_new_files_are_read() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a");
        let mut reader = FileReader::default();
        let mut read = |name: &str| {
            let (bytes, problem) = reader.read_below((home.path(), Path::new(name)), true, &mut |_| {});
            (String::from_utf8_lossy(bytes).into_owned(), problem.map(|problem| problem.kind))
        };
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("one.md"), "one").unwrap();
        assert_eq!(read("a/one.md"), ("one".into(), None));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(read("a/one.md"), (String::new(), Some(ProblemKind::Unreadable)));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("two.md"), "two").unwrap();
        assert_eq!(read("a/two.md"), ("two".into(), None));
    }
}
