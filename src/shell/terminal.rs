//! The terminal: taken at the start, given back as it was found whatever ends the program.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    OptionalActions, SpecialCodeIndex, Termios, isatty, tcgetattr, tcgetwinsize, tcsetattr, ttyname,
};

use super::environment::is_dumb;
use crate::error::Error;
use crate::reader::Area;

/// The alternate screen. Not said twice: it would overwrite where the cursor stood on the other one.
const ALTERNATE: &[u8] = b"\x1b[?1049h";
/// Screen cleared; cursor hidden; pastes told as such.
const ENTER: &[u8] = b"\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h";
/// Ends whatever may have been begun, so that it is right after any byte: an update, the mouse, pastes, attributes.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";
/// Presses and the wheel, in decimal. Not motion, which would wake the program all the time.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
/// OSC 11, the colour of the background, then DA1, which every terminal answers: when that answer is here, the other is here
/// or never comes.
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";

/// What gives the terminal back; here from the moment it is taken. Signals and panics come from anywhere, hence a static.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

#[derive(Debug)]
struct Taken {
    input: OwnedFd,
    settings: Termios,
}

/// The terminal while it is taken; dropping it gives it back.
#[derive(Debug)]
pub(super) struct Terminal {
    input: OwnedFd,
    mouse: bool,
}

/// Standard output without a buffer, waiting where it must.
#[derive(Debug)]
pub(super) struct Output;

impl Terminal {
    /// Takes the terminal: raw mode, alternate screen, pastes told as such, the mouse if wanted.
    ///
    /// # Errors
    /// [`Error::NoTerminal`] where there is none to take, [`Error::Terminal`] where it does not let itself be set.
    pub(super) fn take(mouse: bool) -> Result<Self, Error> {
        let terminal = Self { input: open_input()?, mouse };
        terminal.enter().map_err(Error::Terminal)?;
        Ok(terminal)
    }

    /// A further handle to what is typed.
    pub(super) fn input(&self) -> io::Result<OwnedFd> {
        self.input.try_clone()
    }

    /// Takes the terminal, also again after the program was stopped and continued.
    pub(super) fn enter(&self) -> io::Result<()> {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let was_given_back = taken.is_none();
        if was_given_back {
            *taken = Some(Taken { input: self.input.try_clone()?, settings: tcgetattr(&self.input)? });
        }
        let mut raw = tcgetattr(&self.input)?;
        raw.make_raw();
        raw.special_codes[SpecialCodeIndex::VMIN] = 1;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&self.input, OptionalActions::Now, &raw)?;
        drop(taken);
        let alternate = if was_given_back { ALTERNATE } else { &[] };
        let mouse = if self.mouse { MOUSE_ON } else { &[] };
        Output.write_all(&[alternate, ENTER, mouse].concat())
    }

    /// The sequence that takes the mouse or gives it back; remembered for [`Terminal::enter`].
    pub(super) const fn capture_mouse(&mut self, capture: bool) -> &'static [u8] {
        self.mouse = capture;
        if capture { MOUSE_ON } else { MOUSE_OFF }
    }

    /// Asks the terminal for the colour of its background; the answer comes with the input.
    pub(super) const fn background_question() -> &'static [u8] {
        ASK_BACKGROUND
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back as it was found; does nothing where it is not taken. Returns whether it was.
pub(super) fn give_back() -> bool {
    // Who panics while holding the lock must not wait for it.
    let taken = match TAKEN.try_lock() {
        Ok(mut taken) => taken.take(),
        Err(_) => None,
    };
    let Some(taken) = taken else { return false };
    // A terminal that is gone need not be given back: errors are of no use to anybody.
    let _ = Output.write_all(LEAVE);
    let _ = tcsetattr(&taken.input, OptionalActions::Now, &taken.settings);
    true
}

/// Makes a panic of the calling thread give the terminal back before it is printed. A panic of another thread while the
/// terminal is taken stays silent: those threads catch theirs and tell of them in the list.
pub(super) fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    let main: ThreadId = thread::current().id();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == main {
                give_back();
                print(panic);
            } else if TAKEN.try_lock().is_ok_and(|taken| taken.is_none()) {
                print(panic);
            }
        }));
    });
}

/// The size of the terminal; 80×24 where it does not know.
pub(super) fn size() -> Area {
    match tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Area { columns: size.ws_col, rows: size.ws_row },
        _ => Area { columns: 80, rows: 24 },
    }
}

/// The width of the terminal that standard output is, in columns; none where it is no terminal.
pub fn columns() -> Option<u16> {
    isatty(stdout()).then(|| size().columns)
}

/// Says whether the reader can be shown at all.
///
/// # Errors
/// [`Error::NoTerminal`], saying why not.
pub fn check() -> Result<(), Error> {
    open_input().map(drop)
}

/// What is typed: standard input if it is a terminal, else the terminal of standard output, by name; `/dev/tty` last, since
/// macOS cannot poll it.
fn open_input() -> Result<OwnedFd, Error> {
    if !isatty(stdout()) {
        return Err(Error::NoTerminal("standard output is no terminal"));
    }
    if is_dumb() {
        return Err(Error::NoTerminal("this terminal cannot move its cursor (TERM=dumb)"));
    }
    if isatty(stdin()) {
        return stdin().as_fd().try_clone_to_owned().map_err(Error::Terminal);
    }
    let by_name = ttyname(stdout(), Vec::new())
        .map_err(io::Error::from)
        .and_then(|name| File::open(Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()))));
    let file = by_name.or_else(|_| File::open("/dev/tty"));
    file.map(OwnedFd::from).map_err(|_| Error::NoTerminal("there is no terminal to read keys from"))
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(stdout(), bytes) {
                // Somebody who shares the terminal made it non-blocking.
                Err(Errno::AGAIN) => {
                    rustix::event::poll(&mut [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)], None)?;
                }
                Err(Errno::INTR) => {}
                result => return Ok(result?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether an error says that the terminal is gone.
pub(super) fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error().map(rustix::io::Errno::from_raw_os_error),
        Some(rustix::io::Errno::IO | rustix::io::Errno::PIPE)
    )
}
