//! The queue of writes: changes in order, merged by article, kept until they are on the disk.

use std::collections::HashMap;
use std::mem;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use super::super::article_files::path_hash;
use super::rows::{ArticleRow, LibraryRow};
use crate::catalog::Remembered;

#[derive(Clone, Debug)]
pub(super) enum Change {
    Article(ArticleRow),
    /// An article has a new path; the old one is known by its hash.
    Move {
        from: u64,
        to: PathBuf,
    },
}

/// Changes that are written together.
#[derive(Clone, Debug, Default)]
pub(super) struct WriteBatch {
    pub(super) changes: Vec<Change>,
    /// The state of the list.
    pub(super) library: Option<LibraryRow>,
    /// The index in `changes` of each article by its path hash. Cleared by a move: changes before
    /// it must stay before it.
    positions: HashMap<u64, usize>,
}

impl WriteBatch {
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.library.is_none()
    }

    fn push(&mut self, change: Change) {
        match &change {
            Change::Move { .. } => self.positions.clear(),
            Change::Article(article) => {
                let hash = article.path_hash();
                if let Some(&at) = self.positions.get(&hash) {
                    self.changes[at] = change;
                    return;
                }
                self.positions.insert(hash, self.changes.len());
            }
        }
        self.changes.push(change);
    }
}

/// The result of a lookup in the queue.
pub(super) enum Lookup {
    Queued(Remembered),
    /// The article may be on the disk under one of these path hashes; the first that exists counts.
    OnDisk(Vec<u64>),
}

#[derive(Debug, Default)]
struct QueueState {
    queued: WriteBatch,
    /// What is being written now, kept in case the write fails.
    writing: WriteBatch,
    /// When the oldest queued change came.
    since: Option<Instant>,
    is_closed: bool,
    has_writer_ended: bool,
}

/// The queue, shared with the thread that writes. The lock is never held during a write.
#[derive(Debug, Default)]
pub(super) struct WriteQueue {
    state: Mutex<QueueState>,
    changed: Condvar,
}

impl WriteQueue {
    fn change(&self, change: impl FnOnce(&mut QueueState)) {
        change(&mut self.state.lock());
        self.changed.notify_all();
    }

    pub(super) fn push(&self, change: Change) {
        self.change(|state| {
            state.queued.push(change);
            state.since.get_or_insert_with(Instant::now);
        });
    }

    pub(super) fn push_library(&self, library: LibraryRow) {
        self.change(|state| {
            state.queued.library = Some(library);
            state.since.get_or_insert_with(Instant::now);
        });
    }

    /// Looks up an article by its path hash.
    pub(super) fn find(&self, path: u64) -> Lookup {
        let state = self.state.lock();
        let mut hashes = vec![path];
        for change in state
            .queued
            .changes
            .iter()
            .rev()
            .chain(state.writing.changes.iter().rev())
        {
            match change {
                Change::Article(article) if article.path_hash() == hashes[0] => {
                    return Lookup::Queued(article.remembered());
                }
                Change::Move { from, to } if path_hash(to) == hashes[0] => hashes.insert(0, *from),
                _ => {}
            }
        }
        Lookup::OnDisk(hashes)
    }

    /// Takes all changes, once the oldest has waited for `delay` or the queue is closed; the second
    /// value is true if it is closed.
    pub(super) fn take(&self, delay: Duration) -> (WriteBatch, bool) {
        let mut state = self.state.lock();
        while !state.is_closed {
            match state
                .since
                .map(|since| delay.saturating_sub(since.elapsed()))
            {
                Some(Duration::ZERO) => break,
                Some(remaining) => _ = self.changed.wait_for(&mut state, remaining),
                None => self.changed.wait(&mut state),
            }
        }
        state.since = None;
        state.writing = mem::take(&mut state.queued);
        (state.writing.clone(), state.is_closed)
    }

    /// Drops what was taken: it is on the disk.
    pub(super) fn confirm(&self) {
        self.state.lock().writing = WriteBatch::default();
    }

    /// Puts back what could not be written, before what came since.
    pub(super) fn put_back(&self) {
        let mut state = self.state.lock();
        let mut batch = mem::take(&mut state.writing);
        let newer = mem::take(&mut state.queued);
        newer
            .changes
            .into_iter()
            .for_each(|change| batch.push(change));
        batch.library = newer.library.or(batch.library);
        state.since = (!batch.is_empty()).then(Instant::now);
        state.queued = batch;
    }

    /// Announces that nothing more will be pushed.
    pub(super) fn close(&self) {
        self.change(|state| state.is_closed = true);
    }

    /// Announces that the writer has ended.
    pub(super) fn end_writer(&self) {
        self.change(|state| state.has_writer_ended = true);
    }

    /// Waits for the writer to end, up to `timeout`.
    pub(super) fn wait_for_writer(&self, timeout: Duration) {
        self.changed.wait_while_for(
            &mut self.state.lock(),
            |state| !state.has_writer_ended,
            timeout,
        );
    }
}
