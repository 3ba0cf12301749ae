//! Signals as events.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::terminal::restore;

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
    let mut signals = Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    let was_asked_to_end = Arc::new(AtomicBool::new(false));
    let listen = move || {
        for signal in signals.forever() {
            if IS_HANDED_OVER.load(Ordering::SeqCst) {
                match signal {
                    SIGINT | SIGQUIT => continue,
                    // The shell takes the terminal from both, and fg continues both.
                    SIGTSTP => {
                        stop();
                        continue;
                    }
                    _ => {}
                }
            }
            on_signal(match signal {
                SIGWINCH => Signal::Resized,
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continued,
                _ => {
                    if was_asked_to_end.swap(true, Ordering::SeqCst) {
                        end_now(signal);
                    }
                    Signal::End(signal)
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
    let _ = emulate_default_handler(signal);
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
    let _ = emulate_default_handler(signal);
}

/// False if the program leads its session, as the only program of a terminal window does: nothing
/// could continue it.
pub(super) fn can_stop() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpid())
}

/// Stops the program until it is continued.
pub(super) fn stop() {
    let _ = emulate_default_handler(SIGTSTP);
}
