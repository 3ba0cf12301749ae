//! The folder of a library's index, its files, and the lock of the one program that may write it.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use twox_hash::XxHash3_128;

/// The file of all entries.
pub(super) const ENTRY_INDEX: &str = "snapshot";
/// The ending of files of texts.
pub(super) const TEXT_EXTENSION: &str = "text";
const LOCK: &str = "lock";
const TEMP_EXTENSION: &str = "tmp";

/// How old an unused file must be before it is removed: another program may be about to use a
/// younger one.
const MIN_UNUSED_AGE: Duration = Duration::from_mins(15);

/// The folder of a library's index in the platform's cache folder, or none. Clones share the lock.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct IndexDirectory {
    folder: Option<PathBuf>,
    is_writer: Arc<AtomicBool>,
}

/// The right to write an index, which one program has at a time; given back when dropped.
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
    /// The directory of a library in a cache folder; `root` is the library's canonical path.
    pub(in crate::library) fn in_folder(cache: &Path, root: &Path) -> Self {
        let name = format!("{:032x}", XxHash3_128::oneshot(root.as_os_str().as_bytes()));
        Self {
            folder: Some(cache.join("jianbao").join(name)),
            ..Self::none()
        }
    }

    /// No directory: everything is kept in memory.
    pub(in crate::library) fn none() -> Self {
        Self::default()
    }

    /// Whether there is no directory.
    pub(in crate::library) fn is_none(&self) -> bool {
        self.folder.is_none()
    }

    /// Takes the lock, unless another program has it; never waits. Without it nothing is published.
    pub(in crate::library) fn try_lock(&self) -> Option<WriteLock> {
        let file = open(
            OpenOptions::new().create(true),
            &self.created().ok()?.join(LOCK),
        )
        .ok()?;
        flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
        self.is_writer.store(true, Ordering::Release);
        Some(WriteLock {
            _file: file,
            is_writer: Arc::clone(&self.is_writer),
        })
    }

    /// Whether this program holds the lock.
    pub(in crate::library) fn is_writer(&self) -> bool {
        self.is_writer.load(Ordering::Acquire)
    }

    /// The path of a file of the index.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    /// Creates a file that is removed when it is dropped before it is published.
    pub(super) fn create_temp(&self) -> io::Result<TempFile> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!(
            "{}-{}.{TEMP_EXTENSION}",
            process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = self.created()?.join(name);
        let file = open(OpenOptions::new().create(true).truncate(true), &path)?;
        Ok(TempFile {
            file,
            path,
            is_published: false,
            directory: self.clone(),
        })
    }

    /// Removes the entry index, which is damaged: the next program writes a new one.
    pub(in crate::library) fn discard(&self) {
        if let Some(path) = self.path(ENTRY_INDEX).filter(|_| self.is_writer()) {
            // If it cannot be removed now, its damage is found again.
            let _ = fs::remove_file(path);
        }
    }

    /// Removes old files that are not used any more, or were left half-written.
    pub(super) fn remove_unused(&self, is_used: impl Fn(&OsStr) -> bool) {
        let Some(folder) = self.folder.as_ref().filter(|_| self.is_writer()) else {
            return;
        };
        let Ok(files) = fs::read_dir(folder) else {
            return;
        };
        for file in files.flatten() {
            let path = file.path();
            let is_ours = path
                .extension()
                .is_some_and(|one| one == TEXT_EXTENSION || one == TEMP_EXTENSION);
            let age = file
                .metadata()
                .and_then(|data| data.modified())
                .ok()
                .and_then(|time| time.elapsed().ok());
            if is_ours && !is_used(&file.file_name()) && age.is_some_and(|age| age > MIN_UNUSED_AGE)
            {
                // If it cannot be removed now, it is tried again the next time.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// The folder, which is created if it is not there.
    fn created(&self) -> io::Result<&Path> {
        let folder = self.folder.as_deref().ok_or(io::ErrorKind::NotFound)?;
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        Ok(folder)
    }
}

/// A file that is being written under a temporary name.
#[derive(Debug)]
pub(super) struct TempFile {
    /// Open for reading and writing.
    pub(super) file: File,
    path: PathBuf,
    is_published: bool,
    directory: IndexDirectory,
}

impl TempFile {
    /// Gives the file its name, if this program may write the index; else it stays without one.
    /// Either way it can be mapped.
    ///
    /// No `fsync`: what a crash leaves half-written is caught by its checksums and made again.
    pub(super) fn publish(mut self, name: &str) -> io::Result<()> {
        if self.directory.is_writer() {
            fs::rename(&self.path, self.path.with_file_name(name))?;
            self.is_published = true;
        }
        Ok(())
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        if !self.is_published {
            // If it cannot be removed now, it is removed as unused later.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.read(true).write(true).mode(0o600).open(path)
}
