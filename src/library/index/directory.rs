//! Where a library's index lies on the disk, and who may write it.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use etcetera::{BaseStrategy, choose_base_strategy};
use rustix::fs::{FlockOperation, flock};
use twox_hash::XxHash3_128;

/// How old a file must be that nobody names before it is taken for garbage: another program may be about to name it.
const YOUNG: Duration = Duration::from_mins(15);

/// Where a library's index lies: a folder of its own in the platform's cache folder, or nowhere. Clones share the right to write.
#[derive(Clone, Debug)]
pub(in crate::library) struct IndexDirectory {
    folder: Option<PathBuf>,
    is_writer: Arc<AtomicBool>,
}

/// The right to write an index, of one program at a time; given back when dropped.
#[derive(Debug)]
pub(in crate::library) struct WriteLock {
    /// Held open: the system frees the lock with it, however the program ends.
    _file: File,
    is_writer: Arc<AtomicBool>,
}

impl Drop for WriteLock {
    fn drop(&mut self) {
        self.is_writer.store(false, Ordering::Release);
    }
}

impl IndexDirectory {
    /// The cache of a library in the platform's cache folder; `root` is the library's canonical path.
    pub(in crate::library) fn of(root: &Path) -> Self {
        choose_base_strategy().map_or_else(|_| Self::none(), |base| Self::in_folder(&base.cache_dir(), root))
    }

    /// The cache of a library in a cache folder that is named.
    pub(in crate::library) fn in_folder(home: &Path, root: &Path) -> Self {
        let name = format!("{:032x}", XxHash3_128::oneshot(root.as_os_str().as_bytes()));
        Self { folder: Some(home.join("jianbao").join(name)), ..Self::none() }
    }

    /// No cache: everything is kept in memory.
    pub(in crate::library) fn none() -> Self {
        Self { folder: None, is_writer: Arc::default() }
    }

    /// Whether there is no place for an index.
    pub(in crate::library) fn is_nowhere(&self) -> bool {
        self.folder.is_none()
    }

    /// Takes the right to write, if no other program has it; never waits. Without it nothing is published, and segments are files without a name.
    pub(in crate::library) fn try_lock(&self) -> Option<WriteLock> {
        let folder = self.made().ok()?;
        let file = open_new(OpenOptions::new().create(true), &folder.join("lock")).ok()?;
        flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
        self.is_writer.store(true, Ordering::Release);
        Some(WriteLock { _file: file, is_writer: Arc::clone(&self.is_writer) })
    }

    /// Whether this program may write the index.
    pub(in crate::library) fn is_writer(&self) -> bool {
        self.is_writer.load(Ordering::Acquire)
    }

    /// The path of a file of the index.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    /// Writes a file of the index; see [`Making::finish`].
    pub(super) fn write(&self, name: &str, pieces: &[&[u8]]) -> io::Result<File> {
        let mut making = self.begin()?;
        let mut writer = BufWriter::new(&mut making.file);
        pieces.iter().try_for_each(|piece| writer.write_all(piece))?;
        writer.flush()?;
        drop(writer);
        making.finish(name)
    }

    /// Begins a file of the index.
    pub(super) fn begin(&self) -> io::Result<Making> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("{}-{}.tmp", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = self.made()?.join(name);
        let file = open_new(OpenOptions::new().create(true).truncate(true), &path)?;
        Ok(Making { file, temporary: Temporary { path, is_there: true }, cache: self.clone() })
    }

    /// Removes the snapshot, which was found to be damaged: the next program makes it anew.
    pub(in crate::library) fn discard(&self) {
        if let Some(path) = self.path(super::entry_index::FILE).filter(|_| self.is_writer()) {
            // What cannot be removed now is found damaged again.
            let _ = fs::remove_file(path);
        }
    }

    /// Removes what no snapshot names and what was left half-written, but for what is young.
    pub(super) fn sweep(&self, is_named: impl Fn(&OsStr) -> bool) {
        let Some(folder) = self.folder.as_ref().filter(|_| self.is_writer()) else { return };
        let Ok(files) = fs::read_dir(folder) else { return };
        for file in files.flatten() {
            let is_ours = file.path().extension().is_some_and(|extension| extension == "text" || extension == "tmp");
            let age = file.metadata().and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
            if is_ours && !is_named(&file.file_name()) && age.is_some_and(|age| age > YOUNG) {
                // What cannot be removed now is garbage the next time as well.
                let _ = fs::remove_file(file.path());
            }
        }
    }

    fn made(&self) -> io::Result<&Path> {
        let folder = self.folder.as_deref().ok_or(io::ErrorKind::NotFound)?;
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(folder)
    }
}

/// A file of the index in the making, under a name of its own; removed when it is dropped before it is finished.
#[derive(Debug)]
pub(super) struct Making {
    /// What is written to.
    pub(super) file: File,
    temporary: Temporary,
    cache: IndexDirectory,
}

impl Making {
    /// Gives the file its name if this program may write the index, else none at all; either way it can be mapped.
    ///
    /// No `fsync`: what a crash leaves half-written is caught by its checksums and made again.
    pub(super) fn finish(self, name: &str) -> io::Result<File> {
        let Self { file, mut temporary, cache } = self;
        if cache.is_writer() {
            fs::rename(&temporary.path, temporary.path.with_file_name(name))?;
            temporary.is_there = false;
        }
        Ok(file)
    }
}

/// A name that is not to stay.
#[derive(Debug)]
struct Temporary {
    path: PathBuf,
    is_there: bool,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.is_there {
            // What cannot be removed now is swept up later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn open_new(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.read(true).write(true).mode(0o600).open(path)
}
