//! The thread that reads the terminal's input.

use std::io::{self, ErrorKind, PipeReader, PipeWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::decoder::Decoder;
use super::event::Event;

use crate::platform::{self, AsHandle, Handle};

/// The thread that reads the terminal's input.
#[derive(Debug)]
pub(super) struct InputThread {
    /// A byte wakes the thread, which then waits for another one.
    control: PipeWriter,
    paused: Receiver<()>,
}

impl InputThread {
    /// Starts the thread. It calls `on_closed` and ends when the terminal is gone.
    pub(super) fn start(
        terminal: Handle,
        mut on_event: impl FnMut(Event) + Send + 'static,
        on_closed: impl FnOnce() + Send + 'static,
    ) -> io::Result<Self> {
        let (controlled, control) = io::pipe()?;
        let (pause, paused) = channel();
        let read = move || {
            // Without this thread the program cannot be quit by a key, so a panic in it ends the
            // program too.
            let _ = catch_unwind(AssertUnwindSafe(|| {
                read_until_closed(&terminal, controlled, &pause, &mut on_event);
            }));
            on_closed();
        };
        let thread = std::thread::Builder::new().name("input".into());
        thread.spawn(read)?;
        Ok(Self { control, paused })
    }

    /// Runs what reads the terminal itself, while the thread does not.
    pub(super) fn while_paused<T>(&mut self, run: impl FnOnce() -> T) -> T {
        // If the thread has ended, nobody else reads.
        if self.control.write_all(&[0]).is_ok() {
            let _ = self.paused.recv();
        }
        let result = run();
        let _ = self.control.write_all(&[0]);
        result
    }
}

/// Reads until the terminal is gone: a read of nothing, or a lasting error. A dead terminal is
/// always ready to be read, so going on would use a whole processor.
fn read_until_closed(
    terminal: &impl AsHandle,
    mut controlled: PipeReader,
    pause: &Sender<()>,
    on_event: &mut impl FnMut(Event),
) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        match wait(terminal, &controlled, decoder.timeout()) {
            Ok(Ready::Timeout) => decoder.pause(on_event),
            Ok(Ready::Control) => {
                let mut byte = [0];
                let is_open = controlled.read_exact(&mut byte).is_ok()
                    && pause.send(()).is_ok()
                    && controlled.read_exact(&mut byte).is_ok();
                if !is_open {
                    return;
                }
            }
            Ok(Ready::Terminal) => match platform::read(terminal, &mut bytes) {
                Ok(0) => return,
                Ok(length) => decoder.feed(&bytes[..length], on_event),
                Err(error) if is_passing(&error) => {}
                Err(_) => return,
            },
            Err(error) if is_passing(&error) => {}
            Err(_) => return,
        }
    }
}

/// What the thread waited for.
enum Ready {
    Terminal,
    Control,
    Timeout,
}

/// Waits until there is something to read or the time is over.
fn wait(
    terminal: &impl AsHandle,
    controlled: &impl AsHandle,
    timeout: Option<Duration>,
) -> io::Result<Ready> {
    Ok(match platform::readable([terminal, controlled], timeout)? {
        [_, true] => Ready::Control,
        [true, false] => Ready::Terminal,
        [false, false] => Ready::Timeout,
    })
}

/// Whether reading is to be tried again.
fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Code, Key, Message};

    const PATIENCE: Duration = Duration::from_mins(1);

    #[test]
    fn keys_arrive_and_a_closed_terminal_ends_the_thread() {
        let (reading, writing) = io::pipe().unwrap();
        let other = reading.try_clone().unwrap();
        let (sender, receiver) = channel();
        let end = sender.clone();
        let mut thread = InputThread::start(
            reading.into(),
            move |event| sender.send(Some(event)).unwrap(),
            move || end.send(None).unwrap(),
        )
        .unwrap();
        let write = |bytes: &[u8]| (&writing).write_all(bytes).unwrap();
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
        // While it is paused, others read.
        let mut byte = [0];
        thread.while_paused(|| {
            write(b"k");
            platform::read(&other, &mut byte).unwrap()
        });
        assert_eq!(&byte, b"k");
        write(b"l");
        assert!(is_key(
            receiver.recv_timeout(PATIENCE).unwrap(),
            Key::char('l')
        ));
        drop(writing);
        assert!(receiver.recv_timeout(PATIENCE).unwrap().is_none());
    }
}
