//! What is left to do of a walk, shared by its workers.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::vec;

use super::super::sight::Sight;

/// A piece of work. Paths are relative to the folder of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::library) enum Task {
    /// Look into a folder.
    Folder(PathBuf),
    /// Read some articles, each of one file or of two.
    Read(Vec<Sight>),
}

/// At most so many articles are taken at once: more would not make the taking cheaper, and keep them from another who is idle.
const MOST_ARTICLES: usize = 32;

/// Which kind of work a worker takes first where there are both: with one of each, the first rows come at once and
/// the number found is soon final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) enum Prefers {
    Folders,
    Articles,
}

/// The work left. It is finished when nothing is waiting and nobody is working, since only work makes new work.
#[derive(Debug, Default)]
pub(in crate::library) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    /// Set while the state is locked.
    stopped: AtomicBool,
}

#[derive(Debug, Default)]
struct State {
    folders: VecDeque<PathBuf>,
    /// As they were put down, many at once: none is moved before it is taken.
    articles: VecDeque<vec::IntoIter<Sight>>,
    /// How many articles these are.
    waiting: usize,
    working: u32,
}

impl Queue {
    /// Adds folders to look into.
    pub(in crate::library) fn put_folders(&self, folders: impl IntoIterator<Item = PathBuf>) {
        self.lock().folders.extend(folders);
        self.changed.notify_all();
    }

    /// Adds articles to read.
    pub(in crate::library) fn put_articles(&self, articles: Vec<Sight>) {
        if articles.is_empty() {
            return;
        }
        let mut state = self.lock();
        state.waiting += articles.len();
        state.articles.push_back(articles.into_iter());
        drop(state);
        self.changed.notify_all();
    }

    /// Takes a piece of work if there is one; [`Queue::done`] must follow it.
    pub(in crate::library) fn take_now(&self, prefers: Prefers) -> Option<Task> {
        let mut state = self.lock();
        if self.is_stopped() { None } else { state.take(prefers) }
    }

    /// Takes a piece of work, waiting for it; none when all is done or the queue was stopped. [`Queue::done`] must follow it.
    pub(in crate::library) fn take(&self, prefers: Prefers) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if self.is_stopped() {
                return None;
            }
            if let Some(task) = state.take(prefers) {
                return Some(task);
            }
            if state.working == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Says that a piece of work taken is done.
    pub(in crate::library) fn done(&self) {
        let mut state = self.lock();
        state.working -= 1;
        let last = state.working == 0;
        drop(state);
        if last {
            self.changed.notify_all();
        }
    }

    /// Drops all that waits and gives out nothing more.
    pub(in crate::library) fn stop(&self) {
        let mut state = self.lock();
        self.stopped.store(true, Ordering::Relaxed);
        state.folders.clear();
        state.articles.clear();
        state.waiting = 0;
        drop(state);
        self.changed.notify_all();
    }

    /// Whether it was stopped: what was taken and not begun is better left.
    pub(in crate::library) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take(&mut self, prefers: Prefers) -> Option<Task> {
        let folder = |state: &mut Self| state.folders.pop_front().map(Task::Folder);
        let task = match prefers {
            Prefers::Folders => folder(self).or_else(|| self.some()),
            Prefers::Articles => self.some().or_else(|| folder(self)),
        };
        self.working += u32::from(task.is_some());
        task
    }

    /// Some of the articles, if there are any.
    fn some(&mut self) -> Option<Task> {
        // Of the last ones there are some for everybody.
        let count = self.waiting.div_ceil(4).min(MOST_ARTICLES);
        let mut some = Vec::with_capacity(count);
        while some.len() < count
            && let Some(next) = self.articles.front_mut()
        {
            some.extend(next.take(count - some.len()));
            if next.len() == 0 {
                self.articles.pop_front();
            }
        }
        self.waiting -= some.len();
        (!some.is_empty()).then_some(Task::Read(some))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(path: &str) -> Sight {
        Sight::of(path.into(), None)
    }

    #[test]
    fn each_worker_takes_what_it_prefers_first() {
        let queue = Queue::default();
        queue.put_folders(["f".into()]);
        queue.put_articles(vec![article("a")]);
        queue.put_articles(vec![article("b")]);
        assert_eq!(queue.take(Prefers::Articles), Some(Task::Read(vec![article("a")])));
        assert_eq!(queue.take(Prefers::Folders), Some(Task::Folder("f".into())));
        assert_eq!(queue.take(Prefers::Folders), Some(Task::Read(vec![article("b")])));
        assert_eq!(queue.take_now(Prefers::Folders), None);
    }

    #[test]
    fn of_many_articles_several_are_taken_and_the_last_are_left_for_others() {
        let queue = Queue::default();
        queue.put_articles((0..150).map(|at| article(&at.to_string())).collect());
        queue.put_articles(Vec::new());
        queue.put_articles((150..200).map(|at| article(&at.to_string())).collect());
        let (mut counts, mut taken) = (Vec::new(), Vec::new());
        while let Some(Task::Read(articles)) = queue.take_now(Prefers::Articles) {
            counts.push(articles.len());
            taken.extend(articles);
        }
        assert_eq!(counts[..6], [32, 32, 32, 26, 20, 15]);
        assert_eq!(counts.last(), Some(&1));
        assert_eq!(taken, (0..200).map(|at| article(&at.to_string())).collect::<Vec<_>>());
    }

    #[test]
    fn a_waiting_worker_gets_what_another_finds_and_leaves_when_all_is_done() {
        let queue = Queue::default();
        queue.put_folders(["f".into()]);
        let folder = queue.take(Prefers::Folders);
        assert_eq!(folder, Some(Task::Folder("f".into())));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let task = queue.take(Prefers::Articles);
                queue.done();
                (task, queue.take(Prefers::Articles))
            });
            queue.put_articles(vec![article("f/a")]);
            queue.done();
            assert_eq!(waiting.join().unwrap(), (Some(Task::Read(vec![article("f/a")])), None));
        });
    }

    #[test]
    fn a_stopped_queue_gives_nothing() {
        let queue = Queue::default();
        queue.put_articles(vec![article("a")]);
        queue.stop();
        queue.put_articles(vec![article("b")]);
        assert_eq!((queue.take(Prefers::Articles), queue.is_stopped()), (None, true));
    }
}
