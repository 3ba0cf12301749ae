//! What waits to be written: changes in order, the newest of each kind, until they are safely on the disk.

use std::collections::HashMap;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::path_hash::path_hash;
use crate::catalog::{LibraryState, Remembered};

/// An article, as it is to be remembered.
#[derive(Clone, Debug)]
pub(super) struct Article {
    pub(super) path: PathBuf,
    pub(super) link: u64,
    pub(super) content: u64,
    pub(super) what: Remembered,
    /// When it changed, in milliseconds since 1970.
    pub(super) changed: i64,
}

/// One change.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// An article is remembered.
    Article(Article),
    /// An article has a new path; its old one is known by its hash.
    Moved(u64, PathBuf),
}

/// Several changes, to be written together.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    pub(super) changes: Vec<Change>,
    /// How the library is looked at, and since when, in milliseconds since 1970.
    pub(super) state: Option<(LibraryState, i64)>,
    /// Where in `changes` an article stands, by the hash of its path; forgotten at each move, whose order matters.
    places: HashMap<u64, usize>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.state.is_none()
    }

    fn push(&mut self, change: Change) {
        match &change {
            Change::Moved(..) => self.places.clear(),
            Change::Article(article) => {
                let hash = path_hash(&article.path);
                if let Some(&at) = self.places.get(&hash) {
                    self.changes[at] = change;
                    return;
                }
                self.places.insert(hash, self.changes.len());
            }
        }
        self.changes.push(change);
    }
}

/// What is known of an article without the disk.
pub(super) enum Found {
    /// This.
    Known(Remembered),
    /// Nothing; it may be on the disk under one of these hashes, the first of them that is there.
    Perhaps(Vec<u64>),
}

#[derive(Debug, Default)]
struct Held {
    fresh: Batch,
    /// What is being written now; still held, as the write may fail.
    flying: Batch,
    /// Since when something waits.
    since: Option<Instant>,
    is_ending: bool,
    has_ended: bool,
}

/// The changes that wait, shared between those who make them and the thread that writes them. The lock is never held over a write.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    held: Mutex<Held>,
    changed: Condvar,
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Held)) {
        let mut held = self.lock();
        change(&mut held);
        held.since.get_or_insert_with(Instant::now);
        drop(held);
        self.changed.notify_all();
    }

    pub(super) fn remember(&self, article: Article) {
        self.change(|held| held.fresh.push(Change::Article(article)));
    }

    pub(super) fn moved(&self, from: u64, to: &Path) {
        self.change(|held| held.fresh.push(Change::Moved(from, to.to_owned())));
    }

    pub(super) fn keep(&self, state: LibraryState, changed: i64) {
        self.change(|held| held.fresh.state = Some((state, changed)));
    }

    /// Looks an article up among what waits.
    pub(super) fn find(&self, path: u64) -> Found {
        let held = self.lock();
        let mut hashes = vec![path];
        for change in held.fresh.changes.iter().rev().chain(held.flying.changes.iter().rev()) {
            match change {
                Change::Article(article) if path_hash(&article.path) == hashes[0] => {
                    return Found::Known(article.what.clone());
                }
                Change::Moved(from, to) if path_hash(to) == hashes[0] => hashes.insert(0, *from),
                _ => {}
            }
        }
        Found::Perhaps(hashes)
    }

    /// Waits until the first of the changes has waited so long, or until the end, and takes them all; the second value says whether it is the end.
    pub(super) fn take(&self, patience: Duration) -> (Batch, bool) {
        let mut held = self.lock();
        while !held.is_ending {
            held = match held.since.map(|since| patience.saturating_sub(since.elapsed())) {
                Some(Duration::ZERO) => break,
                Some(rest) => self.changed.wait_timeout(held, rest).unwrap_or_else(PoisonError::into_inner).0,
                None => self.changed.wait(held).unwrap_or_else(PoisonError::into_inner),
            };
        }
        held.since = None;
        held.flying = mem::take(&mut held.fresh);
        (held.flying.clone(), held.is_ending)
    }

    /// Lets go of what was taken: it is safely written.
    pub(super) fn written(&self) {
        self.lock().flying = Batch::default();
    }

    /// Takes back what could not be written; what came since stays newer.
    pub(super) fn keep_on(&self) {
        let mut held = self.lock();
        let mut all = mem::take(&mut held.flying);
        let fresh = mem::take(&mut held.fresh);
        fresh.changes.into_iter().for_each(|change| all.push(change));
        all.state = fresh.state.or(all.state);
        held.since = (!all.is_empty()).then(Instant::now);
        held.fresh = all;
    }

    /// Says that nothing more will come.
    pub(super) fn end(&self) {
        self.lock().is_ending = true;
        self.changed.notify_all();
    }

    /// Says that the last is written, or cannot be.
    pub(super) fn ended(&self) {
        self.lock().has_ended = true;
        self.changed.notify_all();
    }

    /// Waits for the thread to end, at most so long.
    pub(super) fn wait_for_end(&self, patience: Duration) {
        let held = self.lock();
        drop(self.changed.wait_timeout_while(held, patience, |held| !held.has_ended));
    }
}
