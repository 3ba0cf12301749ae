//! The terminal: taken at the start, given back as it was found whatever ends the program.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute, force_color_output};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{Command, queue};
use ratatui::backend::IntoCrossterm;
use ratatui::style::Style;
use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use rustix::stdio::stdout;
use rustix::termios::ttyname;

use super::environment::is_dumb;
use crate::error::Error;
use crate::reader::Area;

/// Whether the terminal is taken. Signals and panics give it back from any thread, hence a static.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is taken; dropping it gives it back.
#[derive(Debug)]
pub(super) struct Terminal {
    input: OwnedFd,
    mouse: bool,
}

/// Standard output without a buffer. It waits where standard output is non-blocking and full.
#[derive(Debug)]
pub(super) struct Output;

/// Reports presses and the wheel of the mouse, in decimal (modes 1000 and 1006 of xterm). `EnableMouseCapture` asks
/// for motion too, which would wake the program at every move.
pub(super) struct EnableClicks;

/// Asks for the colour of the background (OSC 11), then for the terminal's attributes (DA1). Every terminal answers
/// the second question: once that answer is here, the first one has been answered or never will be.
pub(super) struct AskBackground;

impl Command for EnableClicks {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1006h")
    }
}

impl Command for AskBackground {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b]11;?\x1b\\\x1b[c")
    }
}

impl Terminal {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, the mouse if asked for.
    ///
    /// # Errors
    /// [`Error::NoTerminal`] where there is no terminal, [`Error::Terminal`] where its settings cannot be changed.
    pub(super) fn take(mouse: bool) -> Result<Self, Error> {
        // The theme knows how many colours there are, and follows `NO_COLOR` itself.
        force_color_output(true);
        let terminal = Self { input: open_input()?, mouse };
        terminal.enter().map_err(Error::Terminal)?;
        Ok(terminal)
    }

    /// Another handle to the terminal's input.
    pub(super) fn input(&self) -> io::Result<OwnedFd> {
        self.input.try_clone()
    }

    /// Takes the terminal; also again, after the program was stopped and continued.
    pub(super) fn enter(&self) -> io::Result<()> {
        let was_given_back = !IS_TAKEN.swap(true, Ordering::SeqCst);
        // SIGSTOP gives the program no chance to give the terminal back, and the shell then changes its settings.
        disable_raw_mode()?;
        enable_raw_mode()?;
        let mut bytes = Vec::new();
        if was_given_back {
            // Only then: a second time would overwrite where the cursor was on the main screen.
            queue!(bytes, EnterAlternateScreen)?;
        }
        queue!(bytes, Clear(ClearType::All), MoveTo(0, 0), Hide, EnableBracketedPaste)?;
        if self.mouse {
            queue!(bytes, EnableClicks)?;
        }
        Output.write_all(&bytes)
    }

    /// Remembers for [`Terminal::enter`] whether the mouse is captured.
    pub(super) const fn set_mouse(&mut self, is_captured: bool) {
        self.mouse = is_captured;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back as it was found; does nothing where it is not taken. Errors are ignored: a terminal that is
/// gone need not be given back.
pub(super) fn give_back() {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    // Ends whatever may have begun, so that it is right after any byte.
    let queued = queue!(
        bytes,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        SetAttribute(Attribute::Reset),
        Show,
        LeaveAlternateScreen
    );
    let _ = queued.and_then(|()| Output.write_all(&bytes));
    let _ = disable_raw_mode();
}

/// Makes a panic of the calling thread give the terminal back before it is printed. A panic of another thread is not
/// printed while the terminal is taken: those threads catch their panics and report them in the list.
pub(super) fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    let main: ThreadId = thread::current().id();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            tracing::error!("{panic}");
            if thread::current().id() == main {
                give_back();
                print(panic);
            } else if !IS_TAKEN.load(Ordering::SeqCst) {
                print(panic);
            }
        }));
    });
}

/// The size of the terminal; 80×24 where it is unknown.
pub(super) fn size() -> Area {
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => Area { columns, rows },
        _ => Area { columns: 80, rows: 24 },
    }
}

/// The width of the terminal that standard output is, in columns; `None` where it is no terminal.
pub fn columns() -> Option<u16> {
    io::stdout().is_terminal().then(|| size().columns)
}

/// Text in a style for standard output, reset at its end, so that a pager that cuts lines does not carry colours on.
/// The caller has decided that colours are wanted, so `NO_COLOR` is not asked again.
pub fn styled(text: &str, style: Style) -> String {
    force_color_output(true);
    if style == Style::new() {
        return text.to_owned();
    }
    format!("{}{}", style.into_crossterm().apply(text), SetAttribute(Attribute::Reset))
}

/// Checks that the reader can be shown.
///
/// # Errors
/// [`Error::NoTerminal`] with the reason.
pub fn check() -> Result<(), Error> {
    open_input().map(drop)
}

/// Opens the terminal's input: standard input if it is a terminal, else the terminal of standard output by its name;
/// `/dev/tty` last, since macOS cannot poll it.
fn open_input() -> Result<OwnedFd, Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoTerminal("standard output is not one"));
    }
    if is_dumb() {
        return Err(Error::NoTerminal("this one cannot move its cursor (TERM=dumb)"));
    }
    if io::stdin().is_terminal() {
        return io::stdin().as_fd().try_clone_to_owned().map_err(Error::Terminal);
    }
    let by_name = ttyname(stdout(), Vec::new())
        .map_err(io::Error::from)
        .and_then(|name| File::open(Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()))));
    let file = by_name.or_else(|_| File::open("/dev/tty"));
    file.map(OwnedFd::from).map_err(|_| Error::NoTerminal("there is none to read keys from"))
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(stdout(), bytes) {
                // Another program that shares the terminal made it non-blocking.
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

/// Whether an error means that the terminal is gone.
pub(super) fn is_gone(error: &io::Error) -> bool {
    matches!(error.raw_os_error().map(Errno::from_raw_os_error), Some(Errno::IO | Errno::PIPE))
}
