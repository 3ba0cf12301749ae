//! The limits of the machine: what two threads need for the names, the metadata and the bytes of
//! every file of a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How many files a folder holds.
pub(crate) fn count(folder: &Path) -> usize {
    let count = Mutex::new(0);
    walk(folder, &|_| {
        *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    });
    count.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// One of a folder's files.
pub(crate) fn some_file(folder: &Path) -> PathBuf {
    let found = Mutex::new(PathBuf::new());
    walk(folder, &|file| {
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.as_os_str().is_empty() || file.path() < *found {
            *found = file.path();
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The time for names and metadata.
pub(crate) fn stat_all(folder: &Path) -> Duration {
    timed(|| walk(folder, &|file| drop(file.metadata())))
}

/// The time for every byte.
pub(crate) fn read_all(folder: &Path) -> Duration {
    timed(|| walk(folder, &|file| drop(fs::read(file.path()))))
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// Folders to look into, and how many threads are at work in one.
type Queue = (Mutex<(Vec<PathBuf>, usize)>, Condvar);

/// Walks a folder with two threads and shows them every file that is not hidden.
fn walk(folder: &Path, look: &(impl Fn(&fs::DirEntry) + Sync)) {
    let queue: Queue = (Mutex::new((vec![folder.to_path_buf()], 0)), Condvar::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(folder) = take(&queue) {
                    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
                        if file.file_type().is_ok_and(|kind| kind.is_dir()) {
                            queue
                                .0
                                .lock()
                                .unwrap_or_else(PoisonError::into_inner)
                                .0
                                .push(file.path());
                            queue.1.notify_one();
                        } else if !file.file_name().as_encoded_bytes().starts_with(b".") {
                            look(&file);
                        }
                    }
                    queue.0.lock().unwrap_or_else(PoisonError::into_inner).1 -= 1;
                    queue.1.notify_all();
                }
            });
        }
    });
}

fn take((queue, changed): &Queue) -> Option<PathBuf> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(folder) = queue.0.pop() {
            queue.1 += 1;
            return Some(folder);
        }
        if queue.1 == 0 {
            return None;
        }
        queue = changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}
