//! Other processes, and signals.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::process::{Pid, Signal, getpid, getsid, kill_process_group};
use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, unregister};

/// What the system tells the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemSignal {
    /// The terminal has a new size.
    Resized,
    /// The program should stop until it is continued.
    Stop,
    /// The program was continued.
    Continued,
    /// The user interrupts what has the terminal, by this number.
    Interrupt(i32),
    /// The program should end, by this number.
    End(i32),
}

/// What comes from the system from now on; waits for each.
///
/// # Errors
/// If the system refuses.
pub fn signals() -> io::Result<impl Iterator<Item = SystemSignal> + Send> {
    let signals = Signals::new([SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    Ok(WaitingSignals(signals))
}

struct WaitingSignals(Signals);

impl Iterator for WaitingSignals {
    type Item = SystemSignal;

    fn next(&mut self) -> Option<SystemSignal> {
        let signal = self.0.forever().next()?;
        Some(match signal {
            SIGWINCH => SystemSignal::Resized,
            SIGTSTP => SystemSignal::Stop,
            SIGCONT => SystemSignal::Continued,
            SIGINT | SIGQUIT => SystemSignal::Interrupt(signal),
            _ => SystemSignal::End(signal),
        })
    }
}

/// Ends the program as the signal of a number would have, so that its parent sees the reason.
pub fn end_by(signal: i32) {
    let _ = emulate_default_handler(signal);
}

/// False if the program leads its session, as the only program of a terminal window does: nothing
/// could continue it.
pub fn can_stop() -> bool {
    getsid(None).is_ok_and(|session| session != getpid())
}

/// Stops the program until it is continued.
pub fn stop() {
    let _ = emulate_default_handler(SIGTSTP);
}

/// While it lives, interrupts are only for the program that has the terminal, not for this one.
#[derive(Debug)]
pub struct Interrupts(Option<SigId>);

impl Interrupts {
    /// Ignores them from now on.
    pub fn ignore() -> Self {
        let flag = Arc::new(AtomicBool::new(false));
        Self(signal_hook::flag::register(SIGINT, flag).ok())
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.0.take().map(unregister);
    }
}

/// Has a program started in a group of its own: it is no part of the terminal's foreground, and ends
/// with all that it starts.
pub fn in_own_group(command: &mut Command) -> &mut Command {
    command.process_group(0)
}

/// Ends a program that was started in a group of its own, and all that it started. It must not have
/// been waited for: another process may have its number then.
pub fn end_group(child: &Child) {
    if let Some(pid) = Pid::from_raw(child.id().cast_signed()) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}
