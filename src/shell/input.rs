//! The thread that reads what is typed.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;

use super::decoder::{Decoder, Input};

/// Starts a thread that tells what comes from the terminal. It calls `closed` and ends when the terminal is gone.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn start(
    terminal: OwnedFd,
    mut tell: impl FnMut(Input) + Send + 'static,
    closed: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let read = move || {
        // A program that hears nothing any more must end, also where the fault is its own.
        let _ = catch_unwind(AssertUnwindSafe(|| read_on(&terminal, &mut tell)));
        closed();
    };
    std::thread::Builder::new().name("input".into()).spawn(read).map(drop)
}

/// Reads until the terminal is gone: a read of nothing, or any error but a passing one. A dead terminal is always ready to
/// be read, so going on would use a whole processor.
fn read_on(terminal: &impl AsFd, tell: &mut impl FnMut(Input)) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        match wait(terminal, decoder.patience()) {
            Ok(false) => decoder.pause(tell),
            Ok(true) => match rustix::io::read(terminal, &mut bytes) {
                Ok(0) => return,
                Ok(length) => decoder.feed(&bytes[..length], tell),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return,
            },
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Waits until there is something to read, or for so long; says whether there is.
fn wait(terminal: &impl AsFd, patience: Option<Duration>) -> Result<bool, Errno> {
    let timeout = patience
        .map(|patience| Timespec { tv_sec: patience.as_secs().cast_signed(), tv_nsec: patience.subsec_nanos().into() });
    let mut descriptors = [PollFd::new(terminal, PollFlags::IN)];
    // A terminal that cannot be polled is read without a limit: Escape then waits for the key after it.
    Ok(rustix::event::poll(&mut descriptors, timeout.as_ref())? > 0)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::reader::{Code, Key};

    const PATIENCE: Duration = Duration::from_mins(1);

    #[test]
    fn keys_are_told_and_the_end_is_the_end() {
        let (reading, writing) = io::pipe().unwrap();
        let (sender, receiver) = channel();
        let end = sender.clone();
        start(reading.into(), move |input| sender.send(Some(input)).unwrap(), move || end.send(None).unwrap()).unwrap();
        let write = |bytes: &[u8]| rustix::io::write(&writing, bytes).unwrap();
        write(b"j");
        assert_eq!(receiver.recv_timeout(PATIENCE), Ok(Some(Input::Key(Key::char('j')))));
        // Escape is told though nothing follows it.
        write(b"\x1b");
        assert_eq!(receiver.recv_timeout(PATIENCE), Ok(Some(Input::Key(Key::plain(Code::Esc)))));
        drop(writing);
        assert_eq!(receiver.recv_timeout(PATIENCE), Ok(None));
    }
}
