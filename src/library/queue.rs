//! What is left to do of a walk, shared by its workers.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::sight::Sight;

/// A piece of work. Paths are relative to the folder of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Look into a folder.
    Folder(PathBuf),
    /// Read an article, of one file or of two.
    Read(Sight),
}

/// Which kind of work a worker takes first where there are both: with one of each, the first rows come at once and
/// the number found is soon final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefers {
    Folders,
    Articles,
}

/// The work left. It is finished when nothing is waiting and nobody is working, since only work makes new work.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    folders: VecDeque<PathBuf>,
    articles: VecDeque<Sight>,
    working: u32,
    stopped: bool,
}

impl Queue {
    /// Adds pieces of work.
    pub(super) fn put_all(&self, tasks: impl IntoIterator<Item = Task>) {
        let mut state = self.lock();
        for task in tasks {
            match task {
                Task::Folder(path) => state.folders.push_back(path),
                Task::Read(sight) => state.articles.push_back(sight),
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Takes a piece of work if there is one; [`Queue::done`] must follow it.
    pub(super) fn take_now(&self, prefers: Prefers) -> Option<Task> {
        self.lock().take(prefers)
    }

    /// Takes a piece of work, waiting for it; none when all is done or the queue was stopped. [`Queue::done`] must follow it.
    pub(super) fn take(&self, prefers: Prefers) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if let Some(task) = state.take(prefers) {
                return Some(task);
            }
            if state.working == 0 || state.stopped {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Says that a piece of work taken is done.
    pub(super) fn done(&self) {
        let mut state = self.lock();
        state.working -= 1;
        let last = state.working == 0;
        drop(state);
        if last {
            self.changed.notify_all();
        }
    }

    /// Drops all that waits and gives out nothing more.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.folders.clear();
        state.articles.clear();
        drop(state);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take(&mut self, prefers: Prefers) -> Option<Task> {
        if self.stopped {
            return None;
        }
        let folder = |state: &mut Self| state.folders.pop_front().map(Task::Folder);
        let article = |state: &mut Self| state.articles.pop_front().map(Task::Read);
        let task = match prefers {
            Prefers::Folders => folder(self).or_else(|| article(self)),
            Prefers::Articles => article(self).or_else(|| folder(self)),
        };
        self.working += u32::from(task.is_some());
        task
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(path: &str) -> Task {
        Task::Read(Sight::of(path.into(), None))
    }

    #[test]
    fn each_worker_takes_what_it_prefers_first() {
        let queue = Queue::default();
        queue.put_all([Task::Folder("f".into())]);
        queue.put_all([article("a")]);
        queue.put_all([article("b")]);
        assert_eq!(queue.take(Prefers::Articles), Some(article("a")));
        assert_eq!(queue.take(Prefers::Folders), Some(Task::Folder("f".into())));
        assert_eq!(queue.take(Prefers::Folders), Some(article("b")));
        assert_eq!(queue.take_now(Prefers::Folders), None);
    }

    #[test]
    fn a_waiting_worker_gets_what_another_finds_and_leaves_when_all_is_done() {
        let queue = Queue::default();
        queue.put_all([Task::Folder("f".into())]);
        let folder = queue.take(Prefers::Folders);
        assert_eq!(folder, Some(Task::Folder("f".into())));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let task = queue.take(Prefers::Articles);
                queue.done();
                (task, queue.take(Prefers::Articles))
            });
            queue.put_all([article("f/a")]);
            queue.done();
            assert_eq!(waiting.join().unwrap(), (Some(article("f/a")), None));
        });
    }

    #[test]
    fn a_stopped_queue_gives_nothing() {
        let queue = Queue::default();
        queue.put_all([article("a")]);
        queue.stop();
        queue.put_all([article("b")]);
        assert_eq!(queue.take(Prefers::Articles), None);
    }
}
