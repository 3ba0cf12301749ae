//! The thread that reads the terminal's input.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno;

use super::decoder::Decoder;
use super::event::Event;

/// Starts a thread that reads the terminal's input. It calls `on_closed` and ends when the terminal
/// is gone.
pub(super) fn read_input(
    terminal: OwnedFd,
    mut on_event: impl FnMut(Event) + Send + 'static,
    on_closed: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let read = move || {
        // Without this thread the program cannot be quit by a key, so a panic in it ends the
        // program too.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            read_until_closed(&terminal, &mut on_event);
        }));
        on_closed();
    };
    std::thread::Builder::new()
        .name("input".into())
        .spawn(read)
        .map(drop)
}

/// Reads until the terminal is gone: a read of nothing, or a lasting error. A dead terminal is
/// always ready to be read, so going on would use a whole processor.
fn read_until_closed(terminal: &impl AsFd, on_event: &mut impl FnMut(Event)) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        match wait(terminal, decoder.timeout()) {
            Ok(false) => decoder.pause(on_event),
            Ok(true) => match rustix::io::read(terminal, &mut bytes) {
                Ok(0) => return,
                Ok(length) => decoder.feed(&bytes[..length], on_event),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => return,
            },
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Waits until there is something to read (true) or the time is over (false).
fn wait(terminal: &impl AsFd, timeout: Option<Duration>) -> Result<bool, Errno> {
    let timeout = timeout.map(|timeout| Timespec {
        tv_sec: timeout.as_secs().cast_signed(),
        tv_nsec: timeout.subsec_nanos().into(),
    });
    let mut descriptors = [PollFd::new(terminal, PollFlags::IN)];
    Ok(rustix::event::poll(&mut descriptors, timeout.as_ref())? > 0)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::reader::{Code, Key, Message};

    const PATIENCE: Duration = Duration::from_mins(1);

    #[test]
    fn keys_arrive_and_a_closed_terminal_ends_the_thread() {
        let (reading, writing) = io::pipe().unwrap();
        let (sender, receiver) = channel();
        let end = sender.clone();
        read_input(
            reading.into(),
            move |event| sender.send(Some(event)).unwrap(),
            move || end.send(None).unwrap(),
        )
        .unwrap();
        let write = |bytes: &[u8]| rustix::io::write(&writing, bytes).unwrap();
        write(b"j");
        let is_key = |event: Option<Event>, key| matches!(event, Some(Event::Message(Message::Key(found))) if found == key);
        assert!(is_key(
            receiver.recv_timeout(PATIENCE).unwrap(),
            Key::char('j')
        ));
        // Escape arrives though nothing follows it.
        write(b"\x1b");
        assert!(is_key(
            receiver.recv_timeout(PATIENCE).unwrap(),
            Key::plain(Code::Esc)
        ));
        drop(writing);
        assert!(receiver.recv_timeout(PATIENCE).unwrap().is_none());
    }
}
