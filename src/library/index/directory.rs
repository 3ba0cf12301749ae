//! The folder of a library's index, its files, and the lock of the one program that may write it.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};
use twox_hash::XxHash3_128;

use crate::library::read_file::open_regular;
use crate::platform;

/// The file of all entries.
pub(super) const ENTRY_INDEX: &str = "snapshot";
pub(super) const TEXT_SUFFIX: &str = ".text";
const LOCK: &str = "lock";
const TEMP_SUFFIX: &str = ".tmp";

/// How old an unused file must be before it is removed: another program may be about to use a
/// younger one.
const MIN_UNUSED_AGE: Duration = Duration::from_mins(15);

/// The folder of a library's index in the platform's cache folder, or none. Clones share the lock.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct IndexDirectory {
    folder: Option<PathBuf>,
    /// The right to write the index, which one program has at a time. Held open: the system frees
    /// the lock with it, however the program ends.
    lock: Arc<OnceLock<File>>,
}

impl IndexDirectory {
    /// The directory of a library in a cache folder; `root` is the library's canonical path.
    pub(in crate::library) fn in_folder(cache: &Path, root: &Path) -> Self {
        let name = format!(
            "{:032x}",
            XxHash3_128::oneshot(root.as_os_str().as_encoded_bytes())
        );
        Self {
            folder: Some(cache.join("jianbao").join(name)),
            ..Self::none()
        }
    }

    pub(in crate::library) fn none() -> Self {
        Self::default()
    }

    /// Takes the lock, unless another program has it; never waits. Without it nothing may be
    /// written. Returns whether this program holds it.
    pub(in crate::library) fn try_lock(&self) -> bool {
        let lock = || {
            let path = self.created().ok()?.join(LOCK);
            let mut options = OpenOptions::new();
            options.write(true).create(true);
            let file = platform::without_waiting(platform::private(&mut options));
            let file = file.open(path).ok()?;
            file.try_lock().ok()?;
            Some(file)
        };
        if !self.is_writer()
            && let Some(file) = lock()
        {
            let _ = self.lock.set(file);
        }
        self.is_writer()
    }

    pub(in crate::library) fn is_writer(&self) -> bool {
        self.lock.get().is_some()
    }

    /// Its folder, if there is one for the library.
    pub(in crate::library) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    /// Opens a file for reading. None if it is not there; what is no file is not waited for.
    pub(super) fn open(&self, name: &str) -> Option<File> {
        Some(open_regular(&self.path(name)?).ok()?.0)
    }

    /// Creates a file that is removed when it is dropped before it is published.
    pub(super) fn create_temp(&self) -> io::Result<NamedTempFile> {
        Builder::new()
            .suffix(TEMP_SUFFIX)
            .tempfile_in(self.created()?)
    }

    /// Gives a file its name.
    ///
    /// No `fsync`: what a crash leaves half-written is caught by its checksums and made again.
    pub(super) fn publish(temp: NamedTempFile, name: &str) -> io::Result<()> {
        let path = temp.path().with_file_name(name);
        temp.persist(path).map(drop).map_err(|error| error.error)
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
            let name = file.file_name();
            let is_ours = [TEXT_SUFFIX, TEMP_SUFFIX]
                .iter()
                .any(|suffix| name.as_encoded_bytes().ends_with(suffix.as_bytes()));
            let age = file
                .metadata()
                .and_then(|data| data.modified())
                .ok()
                .and_then(|time| time.elapsed().ok());
            if is_ours && !is_used(&name) && age.is_some_and(|age| age > MIN_UNUSED_AGE) {
                // If it cannot be removed now, it is tried again the next time.
                let _ = fs::remove_file(path);
            }
        }
    }

    /// The folder, which is created if it is not there.
    fn created(&self) -> io::Result<&Path> {
        let folder = self.folder.as_deref().ok_or(io::ErrorKind::NotFound)?;
        platform::folder_options().create(folder)?;
        Ok(folder)
    }
}
