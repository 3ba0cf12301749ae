//! The terminal as the system has it.

use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdout;
use rustix::termios::{QueueSelector, tcflush, ttyname};

pub use std::os::fd::{AsFd as AsHandle, OwnedFd as Handle};

/// Waits until one of these can be read, or the time is over: which of them can be.
///
/// # Errors
/// Of the kind `Interrupted` if a signal came.
pub fn readable<const N: usize>(
    handles: [&dyn AsHandle; N],
    timeout: Option<Duration>,
) -> io::Result<[bool; N]> {
    let timeout = timeout.map(|timeout| Timespec {
        tv_sec: timeout.as_secs().cast_signed(),
        tv_nsec: timeout.subsec_nanos().into(),
    });
    let mut polled = handles.map(|it| PollFd::from_borrowed_fd(it.as_fd(), PollFlags::IN));
    poll(&mut polled, timeout.as_ref())?;
    Ok(polled.map(|it| !it.revents().is_empty()))
}

/// Reads what is there.
///
/// # Errors
/// Of the kind `Interrupted` if a signal came, `WouldBlock` if nothing is there.
pub fn read(handle: &impl AsHandle, bytes: &mut [u8]) -> io::Result<usize> {
    Ok(rustix::io::read(handle, bytes)?)
}

/// Writes to standard output, which may be a terminal that another program made non-blocking.
///
/// # Errors
/// If it cannot be written to.
pub fn write_output(bytes: &[u8]) -> io::Result<usize> {
    loop {
        match rustix::io::write(stdout(), bytes) {
            Err(Errno::AGAIN) => {
                poll(
                    &mut [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)],
                    None,
                )?;
            }
            Err(Errno::INTR) => {}
            result => return Ok(result?),
        }
    }
}

/// The terminal of standard output, opened by its name, else `/dev/tty` (last, since macOS cannot poll
/// it).
///
/// # Errors
/// If there is none.
pub fn terminal_of_output() -> io::Result<Handle> {
    let by_name = ttyname(stdout(), Vec::new())
        .map_err(io::Error::from)
        .and_then(|name| File::open(Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()))));
    by_name
        .or_else(|_| File::open("/dev/tty"))
        .map(Handle::from)
}

/// Forgets what was typed and not read yet.
pub fn forget_input() {
    let _ = tcflush(io::stdin(), QueueSelector::IFlush);
}

/// Whether an error means that the terminal is gone.
pub fn is_terminal_gone(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error().map(Errno::from_raw_os_error),
        Some(Errno::IO | Errno::PIPE)
    )
}

/// A handle of standard input that is ours.
///
/// # Errors
/// If the system has no more of them.
pub fn own_input() -> io::Result<Handle> {
    io::stdin().as_fd().try_clone_to_owned()
}
