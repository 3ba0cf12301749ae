//! How the threads of the library start, and the mailbox of a worker: putting never blocks, and a
//! later message may replace an earlier one.

use std::thread;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};
use tracing::error;

/// Starts a named thread with a stack large enough for deeply nested texts. If the system refuses
/// one, what is moved into `work` is dropped, as if the thread had ended at once.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new()
        .name(name.into())
        .stack_size(8 << 20)
        .spawn(work);
    if let Err(error) = thread {
        error!(name, %error, "a thread could not be started");
    }
}

/// A mailbox with the messages that wait: usually one slot for each kind, so that the last one
/// wins.
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

impl<P> Latest<P> {
    /// Puts a message into the mailbox. Returns false if that is closed; the message is dropped
    /// then.
    pub(super) fn put(&self, put: impl FnOnce(&mut P)) -> bool {
        let mut mailbox = self.mailbox.lock();
        let is_open = !mailbox.is_closed;
        if is_open {
            put(&mut mailbox.pending);
        }
        drop(mailbox);
        self.changed.notify_all();
        is_open
    }

    /// Waits for the next job. Returns None once the mailbox is closed and nothing waits.
    pub(super) fn take<J>(&self, next: impl Fn(&mut P) -> Option<J>) -> Option<J> {
        let mut mailbox = self.mailbox.lock();
        loop {
            let job = next(&mut mailbox.pending);
            if job.is_some() || mailbox.is_closed {
                return job;
            }
            self.changed.wait(&mut mailbox);
        }
    }

    /// Looks at what waits, for instance to see whether a newer message makes the current job
    /// pointless.
    pub(super) fn with<R>(&self, look: impl FnOnce(&mut P) -> R) -> R {
        look(&mut self.mailbox.lock().pending)
    }

    /// Waits until a condition is met, but no longer than a time, nor once the mailbox is closed.
    pub(super) fn wait_until(&self, time: Duration, is_met: impl Fn(&P) -> bool) {
        let end = Instant::now() + time;
        let mut mailbox = self.mailbox.lock();
        while !mailbox.is_closed && !is_met(&mailbox.pending) {
            if self.changed.wait_until(&mut mailbox, end).timed_out() {
                return;
            }
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.mailbox.lock().is_closed
    }

    /// Closes the mailbox. `discard` removes what need not be done any more; the worker ends after
    /// the rest.
    pub(super) fn close(&self, discard: impl FnOnce(&mut P)) {
        let mut mailbox = self.mailbox.lock();
        mailbox.is_closed = true;
        discard(&mut mailbox.pending);
        drop(mailbox);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_later_message_replaces_an_earlier_one() {
        let latest = Latest::<Option<u32>>::default();
        assert!(latest.put(|slot| *slot = Some(1)) && latest.put(|slot| *slot = Some(2)));
        assert_eq!(latest.take(Option::take), Some(2));
        assert!(latest.with(|slot| slot.is_none()));
    }

    #[test]
    fn a_closed_mailbox_takes_nothing_and_is_emptied() {
        let latest = Latest::<Vec<u32>>::default();
        latest.put(|jobs| jobs.extend([7, 8, 9]));
        latest.close(|jobs| jobs.truncate(2));
        assert!(!latest.put(|jobs| jobs.push(1)) && latest.is_closed());
        assert_eq!(
            [
                latest.take(Vec::pop),
                latest.take(Vec::pop),
                latest.take(Vec::pop)
            ],
            [Some(8), Some(7), None]
        );
    }

    #[test]
    fn a_waiting_worker_ends_when_the_mailbox_is_closed() {
        let latest = Latest::<Option<u32>>::default();
        thread::scope(|scope| {
            let taken = scope.spawn(|| (latest.take(Option::take), latest.take(Option::take)));
            latest.put(|slot| *slot = Some(1));
            while latest.with(|slot| slot.is_some()) {
                thread::yield_now();
            }
            latest.close(|_| {});
            assert_eq!(taken.join().unwrap(), (Some(1), None));
        });
    }

    #[test]
    fn waiting_ends_with_the_condition_the_time_or_the_closing() {
        let latest = Latest::<Option<u32>>::default();
        let long = Duration::from_mins(1);
        latest.wait_until(Duration::from_millis(1), Option::is_some);
        latest.put(|slot| *slot = Some(1));
        latest.wait_until(long, Option::is_some);
        latest.close(|_| {});
        latest.wait_until(long, Option::is_none);
    }
}
