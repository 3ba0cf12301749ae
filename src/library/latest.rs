//! A mailbox between the thread that asks and a worker: putting never blocks, and a later message replaces an earlier one of its kind.

use parking_lot::{Condvar, Mutex};

/// The messages that wait in a [`Latest`] mailbox: usually one slot for each kind.
pub(super) trait Pending {
    /// What the worker takes out.
    type Job;

    /// The next job; after the mailbox was closed, only one that must not be lost.
    fn next(&mut self, is_closed: bool) -> Option<Self::Job>;
}

/// One slot, whose message is dropped when the mailbox is closed.
impl<T> Pending for Option<T> {
    type Job = T;

    fn next(&mut self, is_closed: bool) -> Option<T> {
        self.take().filter(|_| !is_closed)
    }
}

/// A mailbox for one worker.
#[derive(Debug, Default)]
pub(super) struct Latest<P> {
    mailbox: Mutex<Mailbox<P>>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Mailbox<P> {
    pending: P,
    is_closed: bool,
}

impl<P: Pending> Latest<P> {
    /// Puts messages into their slots. False if the mailbox is closed.
    pub(super) fn put(&self, put: impl FnOnce(&mut P)) -> bool {
        let mut mailbox = self.mailbox.lock();
        put(&mut mailbox.pending);
        let is_open = !mailbox.is_closed;
        drop(mailbox);
        self.changed.notify_all();
        is_open
    }

    /// Waits for the next job. None once the mailbox is closed.
    pub(super) fn take(&self) -> Option<P::Job> {
        let mut mailbox = self.mailbox.lock();
        loop {
            let is_closed = mailbox.is_closed;
            let job = mailbox.pending.next(is_closed);
            if job.is_some() || is_closed {
                return job;
            }
            self.changed.wait(&mut mailbox);
        }
    }

    /// Reads what waits, for instance to see whether a newer message makes the current job pointless.
    pub(super) fn peek<R>(&self, read: impl FnOnce(&P) -> R) -> R {
        read(&self.mailbox.lock().pending)
    }

    /// Whether the mailbox is closed.
    pub(super) fn is_closed(&self) -> bool {
        self.mailbox.lock().is_closed
    }

    /// Ends the worker once it has taken what must not be lost.
    pub(super) fn close(&self) {
        self.mailbox.lock().is_closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[derive(Default)]
    struct Jobs {
        load: Option<u32>,
        writes: Vec<u32>,
    }

    impl Pending for Jobs {
        type Job = u32;

        fn next(&mut self, is_closed: bool) -> Option<u32> {
            self.writes.pop().or_else(|| self.load.take().filter(|_| !is_closed))
        }
    }

    #[test]
    fn a_later_message_replaces_an_earlier_one() {
        let latest = Latest::<Option<u32>>::default();
        assert!(latest.peek(Option::is_none));
        assert!(latest.put(|slot| *slot = Some(1)) && latest.put(|slot| *slot = Some(2)));
        assert!(latest.peek(Option::is_some));
        assert_eq!(latest.take(), Some(2));
        assert!(latest.peek(Option::is_none));
    }

    #[test]
    fn a_closed_mailbox_ends_its_worker_but_loses_no_write() {
        let latest = Latest::<Jobs>::default();
        latest.put(|jobs| jobs.load = Some(1));
        latest.put(|jobs| jobs.writes = vec![7, 8]);
        latest.close();
        assert!(!latest.put(|jobs| jobs.load = Some(2)) && latest.is_closed());
        assert_eq!([latest.take(), latest.take(), latest.take()], [Some(8), Some(7), None]);
    }

    #[test]
    fn a_waiting_worker_ends_with_the_closing() {
        let latest = Latest::<Option<u32>>::default();
        thread::scope(|scope| {
            let taken = scope.spawn(|| (latest.take(), latest.take()));
            latest.put(|slot| *slot = Some(1));
            while latest.peek(Option::is_some) {
                thread::yield_now();
            }
            latest.close();
            assert_eq!(taken.join().unwrap(), (Some(1), None));
        });
    }
}
