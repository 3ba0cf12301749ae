//! Signals as events.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::terminal::restore;
use crate::platform::{self, SystemSignal};

/// True while another program has the terminal: its interrupts are not for us.
static IS_HANDED_OVER: AtomicBool = AtomicBool::new(false);

/// How long a second signal waits until the terminal is restored.
const RESTORE_TIMEOUT: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// The terminal has a new size.
    Resized,
    /// The program should stop until it is continued.
    Stop,
    /// The program was continued.
    Continued,
    /// The program should end as this signal would end it.
    End(i32),
}

/// Starts a thread that waits for signals. A second signal to end is carried out here, in case the
/// loop hangs.
pub(super) fn start(on_signal: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    let signals = platform::signals()?;
    let was_asked_to_end = Arc::new(AtomicBool::new(false));
    let listen = move || {
        for signal in signals {
            let is_handed_over = IS_HANDED_OVER.load(Ordering::SeqCst);
            on_signal(match signal {
                SystemSignal::Interrupt(_) if is_handed_over => continue,
                // The shell takes the terminal from both, and fg continues both.
                SystemSignal::Stop if is_handed_over => {
                    platform::stop();
                    continue;
                }
                SystemSignal::Resized => Signal::Resized,
                SystemSignal::Stop => Signal::Stop,
                SystemSignal::Continued => Signal::Continued,
                SystemSignal::Interrupt(number) | SystemSignal::End(number) => {
                    if was_asked_to_end.swap(true, Ordering::SeqCst) {
                        end_now(number);
                    }
                    Signal::End(number)
                }
            });
        }
    };
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(listen)
        .map(drop)
}

/// Runs what hands the terminal over to another program, which then gets the interrupts.
pub(super) fn while_handed_over<T>(run: impl FnOnce() -> T) -> T {
    IS_HANDED_OVER.store(true, Ordering::SeqCst);
    let result = run();
    IS_HANDED_OVER.store(false, Ordering::SeqCst);
    result
}

/// Restores the terminal, then ends the program as the signal would have, so that its parent sees
/// the reason.
pub(super) fn end_by(signal: i32) {
    restore();
    platform::end_by(signal);
}

/// Ends the program although its terminal may take no bytes: then it is left as it is.
fn end_now(signal: i32) {
    let (done, restored) = channel();
    let restore_and_report = move || {
        restore();
        let _ = done.send(());
    };
    let thread = std::thread::Builder::new().spawn(restore_and_report);
    if thread.is_ok() {
        let _ = restored.recv_timeout(RESTORE_TIMEOUT);
    }
    platform::end_by(signal);
}
