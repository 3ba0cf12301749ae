//! Signals, told as events.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::terminal::give_back;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// The terminal has a new size.
    Resized,
    /// The program should stop until it is continued.
    Stop,
    /// The program was continued.
    Continued,
    /// The program should end, as if of this signal.
    End(i32),
}

/// Starts a thread that tells of signals. Should the loop not come to the end it was asked for, the second request is
/// carried out here.
///
/// # Errors
/// When the system lets no signal be caught, or gives no thread.
pub(super) fn start(tell: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    let asked = Arc::new(AtomicBool::new(false));
    let listen = move || {
        for signal in signals.forever() {
            tell(match signal {
                SIGWINCH => Signal::Resized,
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continued,
                _ => {
                    if asked.swap(true, Ordering::SeqCst) {
                        end_of(signal);
                    }
                    Signal::End(signal)
                }
            });
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(listen).map(drop)
}

/// Ends the program as the signal would have, so that whoever started it sees why; the terminal is given back first.
pub(super) fn end_of(signal: i32) {
    give_back();
    let _ = emulate_default_handler(signal);
}

/// Whether somebody could continue the program if it stopped: not where it leads its session, as the only program of a
/// terminal window does.
pub(super) fn can_stop() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpid())
}

/// Stops the program until it is continued.
pub(super) fn stop() {
    let _ = emulate_default_handler(SIGTSTP);
}
