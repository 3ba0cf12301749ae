//! The workers that walk a library and tell its entries in batches.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::librarian::{Library, News};
use super::pairing::{self, Mates};
use super::queue::{Prefers, Queue, Task};
use super::samples::SAMPLES;
use super::source::Files;
use super::walk::{Find, Walk};
use crate::catalog::{Changes, Entry, EntryId};

/// When a batch of entries is told: what is first seen should be seen at once, what follows should not be a flood.
const FIRST_BATCH: (usize, Duration) = (32, Duration::from_millis(5));
const NEXT_BATCH: (usize, Duration) = (1_000, Duration::from_millis(50));

/// What the workers share: the library, the work left, and the files told so far, by entry.
#[derive(Debug)]
pub(super) struct Gathering {
    pub(super) library: Library,
    queue: Queue,
    walk: Option<Walk>,
    told: Mutex<Vec<Files>>,
    workers: AtomicUsize,
    began: Instant,
    /// Folders that were found and not yet looked into.
    folders: AtomicUsize,
    apart: Mutex<Apart>,
}

/// What is held back until all names are known, since its mates may lie in other folders: `zh/tea.md` and `en/tea.md`.
#[derive(Debug, Default)]
struct Apart {
    /// The folders that hold a folder named after a language. Known before anything below them is looked at.
    forks: HashSet<PathBuf>,
    /// What lies below them.
    held: Vec<PathBuf>,
}

impl Gathering {
    /// A gathering with the first work put down.
    pub(super) fn new(library: Library) -> Self {
        let queue = Queue::default();
        let mut walk = None;
        match &library {
            Library::Folder(folder) => {
                walk = Some(Walk::new(&folder.path));
                queue.put(Task::Folder(PathBuf::new()));
            }
            Library::Samples => {
                for (name, _) in SAMPLES {
                    queue.put(Task::Article(name.into()));
                }
            }
            Library::File(file) => {
                let mates = Some(&file.path).filter(|_| file.pairing).and_then(|path| pairing::find_beside(path));
                queue.put(mates.map_or_else(|| Task::Article(file.path.clone()), Task::Mates));
            }
            Library::Input { .. } => queue.put(Task::Article("standard input".into())),
        }
        let (told, workers, folders, apart) = Default::default();
        let gathering = Self { library, queue, walk, told, workers, began: Instant::now(), folders, apart };
        gathering.folders.store(usize::from(gathering.walk.is_some()), Ordering::SeqCst);
        gathering
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

    /// Whether all that there is has been told.
    pub(super) fn is_finished(&self) -> bool {
        self.workers.load(Ordering::SeqCst) == 0
    }

    /// Ends the workers soon.
    pub(super) fn stop(&self) {
        self.queue.stop();
    }

    /// The files of an entry that was told.
    pub(super) fn files(&self, id: EntryId) -> Option<Files> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).get(id.0 as usize).cloned()
    }
}

impl Gathering {
    /// Puts down the work that a folder holds: mates in it as one, the rest one by one, and nothing yet of what may have its mate in
    /// another folder. With the last folder the names are all known, and what was held back is put down as well.
    fn found(&self, folder: &Path, folders: Vec<PathBuf>, articles: Vec<PathBuf>) {
        let is_pairing = matches!(&self.library, Library::Folder(folder) if folder.pairing);
        let held =
            is_pairing.then(|| self.apart.lock().unwrap_or_else(PoisonError::into_inner)).and_then(|mut apart| {
                let names_language = |path: &PathBuf| path.file_name().is_some_and(pairing::is_language_folder);
                if folders.iter().any(names_language) {
                    apart.forks.insert(folder.to_owned());
                }
                let is_below = !apart.forks.is_empty() && folder.ancestors().any(|above| apart.forks.contains(above));
                is_below.then_some(apart)
            });
        if let Some(mut apart) = held {
            apart.held.extend(articles);
        } else if is_pairing {
            self.put_paired(articles);
        } else {
            self.queue.put_all(articles.into_iter().map(Task::Article));
        }
        self.folders.fetch_add(folders.len(), Ordering::SeqCst);
        self.queue.put_all(folders.into_iter().map(Task::Folder));
        if self.folders.fetch_sub(1, Ordering::SeqCst) == 1 {
            let held = std::mem::take(&mut self.apart.lock().unwrap_or_else(PoisonError::into_inner).held);
            self.put_paired(held);
        }
    }

    fn put_paired(&self, paths: Vec<PathBuf>) {
        let is_plain = !paths.iter().any(|path| pairing::may_have_mate(path));
        let (pairs, alone) = if is_plain { (Vec::new(), paths) } else { pairing::pair(paths) };
        self.queue.put_all(pairs.into_iter().map(Task::Mates).chain(alone.into_iter().map(Task::Article)));
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
                Task::Article(path) => {
                    let article = self.gathering.library.single(&path);
                    self.push(Entry::new(path, &article));
                }
                Task::Mates(mates) => self.read_mates(mates),
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
        let (mut folders, mut articles) = (Vec::new(), Vec::new());
        walk.look_into(folder, &mut |find| match find {
            Find::Folder(path) => folders.push(path),
            Find::Article(path) => articles.push(path),
            Find::Notice(line) => (self.tell)(News::Notice(line)),
        });
        self.gathering.found(folder, folders, articles);
    }

    /// Reads two files: one entry, or two where their contents are not what their names promise.
    fn read_mates(&mut self, mates: Mates) {
        match self.gathering.library.joined(&mates) {
            Ok(article) => self.push(Entry::new(mates.chinese, &article).with_mate(mates.english)),
            Err(both) => {
                // The one file of a library stays the only one.
                let only = match &self.gathering.library {
                    Library::File(file) => Some(file.path.clone()),
                    _ => None,
                };
                if only.is_none() {
                    self.gathering.queue.found_one_more();
                }
                for (path, article) in [mates.chinese, mates.english].into_iter().zip(both.iter()) {
                    if only.as_ref().is_none_or(|only| *only == path) {
                        self.push(Entry::new(path, article));
                    }
                }
            }
        }
    }

    fn push(&mut self, entry: Entry) {
        self.batch.push(entry);
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
            told.extend(batch.iter().map(|entry| Files {
                path: entry.path.clone(),
                mate: entry.mate.clone().map(PathBuf::into_boxed_path),
            }));
            (self.tell)(News::Changed(Changes::added(batch)));
            drop(told);
            self.tell_progress(false);
            self.batch_ends = NEXT_BATCH;
        }
        self.told_at = Instant::now();
    }

    fn tell_progress(&self, finished: bool) {
        let told = self.gathering.told.lock().unwrap_or_else(PoisonError::into_inner);
        let (read, found) = (told.len() as u32, self.gathering.queue.found());
        (self.tell)(News::Progress { read, found, elapsed: self.gathering.began.elapsed(), finished });
    }
}
