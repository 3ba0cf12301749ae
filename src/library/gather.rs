//! The workers that walk a library and tell its entries in batches.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::librarian::{Library, News};
use super::queue::{Prefers, Queue, Task};
use super::samples::SAMPLES;
use super::walk::{Find, Walk};
use crate::catalog::{Entry, EntryId};

/// When a batch of entries is told: what is first seen should be seen at once, what follows should not be a flood.
const FIRST_BATCH: (usize, Duration) = (32, Duration::from_millis(5));
const NEXT_BATCH: (usize, Duration) = (1_000, Duration::from_millis(50));

/// What the workers share: the library, the work left, and the paths told so far, by entry.
#[derive(Debug)]
pub(super) struct Gathering {
    pub(super) library: Library,
    queue: Queue,
    walk: Option<Walk>,
    told: Mutex<Vec<PathBuf>>,
    workers: AtomicUsize,
}

impl Gathering {
    /// A gathering with the first work put down.
    pub(super) fn new(library: Library) -> Self {
        let queue = Queue::default();
        let mut walk = None;
        match &library {
            Library::Folder(folder) => {
                walk = Some(Walk::new(folder));
                queue.put(Task::Folder(PathBuf::new()));
            }
            Library::Samples => {
                for (name, _) in SAMPLES {
                    queue.put(Task::Article(name.into()));
                }
            }
            Library::File(file) => queue.put(Task::Article(file.clone())),
            Library::Input { .. } => queue.put(Task::Article("standard input".into())),
        }
        Self { library, queue, walk, told: Mutex::default(), workers: AtomicUsize::new(0) }
    }

    /// Starts the threads: two for a folder, one for anything else.
    pub(super) fn start(self: &Arc<Self>, tell: &(impl Fn(News) + Send + Clone + 'static)) {
        let kinds: &[Prefers] =
            if self.walk.is_some() { &[Prefers::Articles, Prefers::Folders] } else { &[Prefers::Articles] };
        self.workers.store(kinds.len(), Ordering::SeqCst);
        for &prefers in kinds {
            let (gathering, own_tell) = (Arc::clone(self), tell.clone());
            let work = move || Worker::new(&gathering, prefers, &own_tell).work();
            if super::librarian::spawn("gather", work).is_err() {
                // Without a second thread the first does it all; without any, the list says why it is empty.
                self.workers.fetch_sub(1, Ordering::SeqCst);
                tell(News::Notice("the system gives no thread to read the folder with".into()));
            }
        }
    }

    /// Ends the workers soon.
    pub(super) fn stop(&self) {
        self.queue.stop();
    }

    /// The path of an entry that was told.
    pub(super) fn path(&self, id: EntryId) -> Option<PathBuf> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).get(id.0 as usize).cloned()
    }
}

/// One thread's part in a gathering.
struct Worker<'a, T> {
    gathering: &'a Gathering,
    prefers: Prefers,
    tell: &'a T,
    batch: Vec<Entry>,
    batch_ends: (usize, Duration),
    told_at: Instant,
}

impl<'a, T: Fn(News)> Worker<'a, T> {
    fn new(gathering: &'a Gathering, prefers: Prefers, tell: &'a T) -> Self {
        Self { gathering, prefers, tell, batch: Vec::new(), batch_ends: FIRST_BATCH, told_at: Instant::now() }
    }

    fn work(mut self) {
        while let Some(task) = self.next() {
            match task {
                Task::Folder(folder) => self.look_into(&folder),
                Task::Article(path) => self.read(path),
            }
            self.gathering.queue.done();
        }
        let was_last = self.gathering.workers.fetch_sub(1, Ordering::SeqCst) == 1;
        if was_last {
            self.tell_progress(true);
        }
    }

    /// The next task. Nothing read is held back while waiting for one.
    fn next(&mut self) -> Option<Task> {
        let queue = &self.gathering.queue;
        queue.take_now(self.prefers).or_else(|| {
            self.tell_batch();
            queue.take(self.prefers)
        })
    }

    fn look_into(&self, folder: &Path) {
        let Some(walk) = &self.gathering.walk else { return };
        walk.look_into(folder, &mut |find| match find {
            Find::Folder(path) => self.gathering.queue.put(Task::Folder(path)),
            Find::Article(path) => self.gathering.queue.put(Task::Article(path)),
            Find::Notice(line) => (self.tell)(News::Notice(line)),
        });
    }

    fn read(&mut self, path: PathBuf) {
        let article = self.gathering.library.article(&path);
        self.batch.push(Entry::new(path, &article));
        let (count, time) = self.batch_ends;
        if self.batch.len() >= count || self.told_at.elapsed() >= time {
            self.tell_batch();
        }
    }

    /// Tells the batch. The lock is held while telling, so that entries are told in the order of their numbers.
    fn tell_batch(&mut self) {
        if !self.batch.is_empty() {
            let batch = std::mem::take(&mut self.batch);
            let mut told = self.gathering.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.extend(batch.iter().map(|entry| entry.path.clone()));
            (self.tell)(News::Entries(batch));
            drop(told);
            self.tell_progress(false);
            self.batch_ends = NEXT_BATCH;
        }
        self.told_at = Instant::now();
    }

    fn tell_progress(&self, finished: bool) {
        let told = self.gathering.told.lock().unwrap_or_else(PoisonError::into_inner);
        let (read, found) = (told.len() as u32, self.gathering.queue.found());
        (self.tell)(News::Progress { read, found, finished });
    }
}
