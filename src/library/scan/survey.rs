//! One survey of a library, shared by its workers: what is to be looked at, what was seen, what is left to read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::super::entry_table::EntryTable;
use super::super::index::{FileStamp, IndexDirectory};
use super::super::librarian::Library;
use super::super::path_hash::path_hash;
use super::super::sight::{self, Sight};
use super::queue::Queue;
use super::scope::{Forks, Reach};
use super::walker::{Failure, Walk};

/// What a survey is given.
#[derive(Debug)]
pub(in crate::library) struct Terms {
    /// The library.
    pub(in crate::library) library: Library,
    /// The walk over its folder, if it is one.
    pub(in crate::library) walk: Option<Arc<Walk>>,
    /// What is known of it; only looked at.
    pub(in crate::library) entry_table: Arc<RwLock<EntryTable>>,
    /// Where texts are put.
    pub(in crate::library) cache: IndexDirectory,
    /// How far it reaches.
    pub(in crate::library) reach: Reach,
    /// Whether everything is read, whatever the stamps say.
    pub(in crate::library) reads_all: bool,
    /// What is known of the folders.
    pub(in crate::library) folders: Folders,
}

/// What is known of the folders of a library from one survey to the next.
#[derive(Clone, Debug, Default)]
pub(in crate::library) struct Folders {
    /// Those that hold folders named after a language.
    pub(in crate::library) forks: Forks,
    /// Those that were looked into at any time, by the hash of their path.
    pub(in crate::library) known: HashSet<u64>,
}

/// One survey.
#[derive(Debug)]
pub(in crate::library) struct Survey {
    pub(in crate::library) library: Library,
    pub(in crate::library) queue: Queue,
    pub(in crate::library) cache: IndexDirectory,
    walk: Option<Arc<Walk>>,
    entry_table: Arc<RwLock<EntryTable>>,
    reach: Reach,
    reads_all: bool,
    /// Whether nothing was known when it began, so that nothing need be looked up.
    is_first: bool,
    /// The entries that were seen where they were, a bit each.
    seen: Vec<AtomicU64>,
    /// The articles found, and those of them that had not changed.
    found: AtomicU32,
    same: AtomicU32,
    /// Folders that were found and not yet looked into.
    unseen_folders: AtomicUsize,
    next_segment: AtomicU32,
    notes: Mutex<Notes>,
}

/// What is noted in passing.
#[derive(Debug, Default)]
pub(in crate::library) struct Notes {
    /// What is known of the folders now.
    pub(in crate::library) folders: Folders,
    /// Held back until all names are known, since its mate may lie in another folder: `zh/tea.md` and `en/tea.md`.
    held: Vec<(PathBuf, Option<FileStamp>)>,
    /// Folders that were looked into for the first time, or are others than those looked into before.
    pub(in crate::library) fresh: Vec<PathBuf>,
    /// Folders that are there and could not be looked into: what is known below them stays.
    pub(in crate::library) closed: Vec<PathBuf>,
}

impl Survey {
    /// A survey with its first work put down.
    pub(in crate::library) fn new(terms: Terms) -> Self {
        let Terms { library, walk, entry_table, cache, reach, reads_all, folders } = terms;
        let (bound, segments, is_first) = {
            let entry_table = entry_table.read().unwrap_or_else(PoisonError::into_inner);
            (entry_table.next_id(), entry_table.segments().len() as u32, entry_table.is_blank())
        };
        let survey = Self {
            library,
            queue: Queue::default(),
            cache,
            walk,
            entry_table,
            reach,
            reads_all,
            is_first,
            seen: (0..bound.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
            found: AtomicU32::new(0),
            same: AtomicU32::new(0),
            unseen_folders: AtomicUsize::new(0),
            next_segment: AtomicU32::new(segments),
            notes: Mutex::new(Notes { folders, ..Notes::default() }),
        };
        survey.begin();
        survey
    }

    fn begin(&self) {
        if self.walk.is_some() {
            let folders: Vec<PathBuf> = match &self.reach {
                Reach::All => vec![PathBuf::new()],
                Reach::Some(patch) => patch.folders.iter().cloned().collect(),
            };
            self.unseen_folders.store(folders.len(), Ordering::SeqCst);
            self.queue.put_folders(folders);
        } else {
            self.put(self.library.sights());
        }
    }

    /// Looks into a folder and puts down what is in it: mates as one, the rest one by one, and nothing yet of what may have its mate in
    /// another folder. With the last folder the names are all known, and what was held back is put down as well.
    pub(in crate::library) fn look_into(&self, folder: &Path, found: Inside) {
        let Inside { folders, articles, failure } = found;
        let is_pairing = matches!(&self.library, Library::Folder(folder) if folder.pairing);
        let mut notes = self.notes();
        if is_pairing {
            notes.folders.forks.note(folder, &folders);
        }
        if self.walk.is_some() {
            let is_new = notes.folders.known.insert(path_hash(folder));
            let is_anew = matches!(&self.reach, Reach::Some(patch) if patch.is_below(folder));
            if failure.is_none() && (is_new || is_anew) {
                notes.fresh.push(folder.to_owned());
            }
        }
        let entered: Vec<PathBuf> = folders.into_iter().filter(|path| self.enters(path, &notes)).collect();
        notes.closed.extend(failure.filter(|failure| !failure.is_gone).map(|failure| failure.folder));
        if is_pairing && notes.folders.forks.reach(folder) {
            notes.held.extend(articles);
            drop(notes);
        } else {
            drop(notes);
            self.put(if is_pairing { sight::pair(articles) } else { alone(articles) });
        }
        self.unseen_folders.fetch_add(entered.len(), Ordering::SeqCst);
        self.queue.put_folders(entered);
        if self.unseen_folders.fetch_sub(1, Ordering::SeqCst) == 1 {
            let held = std::mem::take(&mut self.notes().held);
            self.put(sight::pair(held));
        }
    }

    fn enters(&self, folder: &Path, notes: &Notes) -> bool {
        match &self.reach {
            Reach::All => true,
            Reach::Some(patch) if patch.folders.contains(folder) => false,
            Reach::Some(patch) => patch.is_below(folder) || !notes.folders.known.contains(&path_hash(folder)),
        }
    }

    /// Notes what is as it was, and puts down the rest to be read.
    fn put(&self, sights: Vec<Sight>) {
        self.found.fetch_add(sights.len() as u32, Ordering::SeqCst);
        if self.is_first || self.reads_all {
            return self.queue.put_articles(sights);
        }
        let mut unread = Vec::new();
        let mut same = 0;
        let entry_table = self.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        for sight in sights {
            let seen = self.is_same(&entry_table, &sight);
            same += seen;
            if seen == 0 {
                unread.push(sight);
            }
        }
        drop(entry_table);
        self.same.fetch_add(same, Ordering::SeqCst);
        if !unread.is_empty() {
            self.queue.put_articles(unread);
        }
    }

    /// How many entries a sight is, if they are known and nothing tells that they changed: one, or two that were read before and are no
    /// pair whatever their names promise; else none.
    fn is_same(&self, entry_table: &EntryTable, sight: &Sight) -> u32 {
        let files = &sight.files;
        if self.reach.is_written(&files.path) || files.mate.as_deref().is_some_and(|mate| self.reach.is_written(mate)) {
            return 0;
        }
        let known = |path: &Path, stamps: [Option<FileStamp>; 2]| {
            let at = entry_table.find(path).filter(|&at| entry_table.contains(at))?;
            (stamps[0].is_some() && entry_table.stamps(at) == stamps).then_some(at)
        };
        let Some(mate) = files.mate.as_deref() else {
            let Some(at) = known(&files.path, sight.stamps) else { return 0 };
            self.see(at);
            return 1;
        };
        if sight.stamps[1].is_some()
            && let Some(at) = known(&files.path, sight.stamps)
        {
            self.see(at);
            return 1;
        }
        let [first, second] = sight.stamps;
        match (known(&files.path, [first, None]), known(mate, [second, None])) {
            (Some(first), Some(second)) => {
                self.see(first);
                self.see(second);
                self.found.fetch_add(1, Ordering::SeqCst);
                2
            }
            _ => 0,
        }
    }

    /// Notes that an entry was seen where it was.
    pub(in crate::library) fn see(&self, at: u32) {
        if let Some(word) = self.seen.get(at as usize / 64) {
            word.fetch_or(1 << (at % 64), Ordering::Relaxed);
        }
    }

    /// Whether an entry was seen where it was.
    pub(in crate::library) fn has_seen(&self, at: u32) -> bool {
        self.seen.get(at as usize / 64).is_some_and(|word| word.load(Ordering::Relaxed) & (1 << (at % 64)) != 0)
    }

    /// Notes that there are so many more or fewer articles than was thought.
    pub(in crate::library) fn correct(&self, by: i32) {
        self.found.fetch_add(by.cast_unsigned(), Ordering::SeqCst);
    }

    /// How many articles were found so far, and how many of them had not changed.
    pub(in crate::library) fn counts(&self) -> (u32, u32) {
        (self.found.load(Ordering::SeqCst), self.same.load(Ordering::SeqCst))
    }

    /// A number for a new segment.
    pub(in crate::library) fn next_segment(&self) -> u32 {
        self.next_segment.fetch_add(1, Ordering::SeqCst)
    }

    /// The walk, if there is a folder to walk.
    pub(in crate::library) fn walk(&self) -> Option<&Walk> {
        self.walk.as_deref()
    }

    /// Whether nothing was known when it began.
    pub(in crate::library) const fn is_first(&self) -> bool {
        self.is_first
    }

    /// Whether everything is read and parsed, whether it changed or not.
    pub(in crate::library) const fn reads_all(&self) -> bool {
        self.reads_all
    }

    /// What is known of the library.
    pub(in crate::library) fn entry_table(&self) -> &RwLock<EntryTable> {
        &self.entry_table
    }

    /// What was noted so far.
    pub(in crate::library) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is in a folder.
#[derive(Debug, Default)]
pub(in crate::library) struct Inside {
    /// The folders in it.
    pub(in crate::library) folders: Vec<PathBuf>,
    /// Its articles.
    pub(in crate::library) articles: Vec<(PathBuf, Option<FileStamp>)>,
    /// That it could not be looked into, or not to the end.
    pub(in crate::library) failure: Option<Failure>,
}

fn alone(articles: Vec<(PathBuf, Option<FileStamp>)>) -> Vec<Sight> {
    articles.into_iter().map(|(path, stamp)| Sight::of(path, stamp)).collect()
}
