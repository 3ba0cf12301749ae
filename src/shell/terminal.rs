//! The terminal: set up at the start, restored to what it was by every way the program can end.

use std::io::{self, IsTerminal, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Attribute, ContentStyle, SetAttribute, force_color_output};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, queue};
use ratatui::backend::IntoCrossterm;
use ratatui::style::Style;

use crate::error::Error;
use crate::platform::{self, Handle};
use crate::reader::{Area, CellSize};
use crate::text::clean_line;
use crate::view::{CURLY, DOTTED, with_one_underline};

/// True while the terminal is set up. Signals and panics restore it from any thread, so this is a
/// static.
static IS_SET_UP: AtomicBool = AtomicBool::new(false);

/// True while the terminal keeps the title that its window had before.
static IS_TITLE_SAVED: AtomicBool = AtomicBool::new(false);

/// The longest title, in characters.
const MOST_TITLE: usize = 200;

/// The terminal while it is set up; dropping it restores it.
#[derive(Debug)]
pub(super) struct Terminal {
    input: Handle,
    /// Whether [`Terminal::enter`] captures the mouse.
    pub(super) mouse: bool,
    /// Whether it is left as it is, for the linear view; it may be no terminal.
    is_plain: bool,
}

/// Standard output without a buffer. It waits if standard output is non-blocking and full.
#[derive(Debug)]
pub(super) struct Stdout;

/// Reports presses and the wheel of the mouse, and motion while a button is held, in decimal (modes
/// 1000, 1002 and 1006 of xterm). `EnableMouseCapture` asks for all motion, which would wake the
/// program at every move.
pub(super) struct EnableClicks;

/// `Smulx` in hexadecimal, the capability of underlines in styles.
pub(super) const UNDERLINE_STYLES: &str = "536D756C78";

/// Whether the terminal takes a black pixel in kitty's protocol: as it is, and packed. The numbers are in the answers.
const KITTY_QUERIES: [&str; 2] = [
    "i=31,s=1,v=1,a=q,t=d,f=24;AAAA",
    "i=32,s=1,v=1,a=q,t=d,f=24,o=z;eJxjYGAAAAADAAE=",
];

/// What tmux passes on to the terminal around it, if it may.
pub(super) fn passed_on(sequence: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
}

/// Asks for the colour of the background (OSC 11), for underlines in styles (XTGETTCAP) and how pictures are shown
/// (kitty's query, the name, the size of a cell), then for the terminal's attributes (DA1). Every terminal answers the last question: once that answer is here, the
/// others have been answered or never will be.
pub(super) struct AskTerminal {
    pub(super) background: bool,
    pub(super) underlines: bool,
    /// How it shows pictures, and whether that goes through tmux.
    pub(super) pictures: Option<bool>,
}

/// Asks where the cursor is before and after a blank at twice its size: in a terminal that has such text it moves by two
/// columns. The screen has to be drawn anew.
pub(super) struct AskLargeText;

/// Reports when the terminal turns dark or light, or no longer (mode 2031).
pub(super) struct ReportColourScheme(pub(super) bool);

impl Command for ReportColourScheme {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[?2031h" } else { "\x1b[?2031l" })
    }
}

/// Sets the title of the window, with the one before saved the first time; None restores that.
pub(super) struct WindowTitle<'a>(pub(super) Option<&'a str>);

impl Command for AskLargeText {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b[H\x1b[6n\x1b]66;s=2; \x1b\\\x1b[6n")
    }
}

impl Command for WindowTitle<'_> {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        match self.0 {
            Some(title) => {
                if !IS_TITLE_SAVED.swap(true, Ordering::SeqCst) {
                    f.write_str("\x1b[22;2t")?;
                }
                let title: String = title.chars().take(MOST_TITLE).collect();
                write!(f, "\x1b]2;{}\x1b\\", clean_line(&title))
            }
            None if IS_TITLE_SAVED.swap(false, Ordering::SeqCst) => f.write_str("\x1b[23;2t"),
            None => Ok(()),
        }
    }
}

impl Command for EnableClicks {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }
}

impl Command for AskTerminal {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        if self.background {
            f.write_str("\x1b]11;?\x1b\\")?;
        }
        if self.underlines {
            write!(f, "\x1bP+q{UNDERLINE_STYLES}\x1b\\")?;
        }
        if let Some(is_tmux) = self.pictures {
            for query in KITTY_QUERIES {
                let query = format!("\x1b_G{query}\x1b\\");
                f.write_str(&if is_tmux { passed_on(&query) } else { query })?;
            }
            f.write_str("\x1b[>q\x1b[16t")?;
        }
        f.write_str("\x1b[c")
    }
}

impl Terminal {
    /// Sets up the terminal: raw mode, alternate screen, bracketed paste, and the mouse if wanted.
    pub(super) fn set_up(mouse: bool) -> Result<Self, Error> {
        // The theme chooses the colours, and follows `NO_COLOR` itself.
        force_color_output(true);
        let terminal = Self {
            input: open_input()?,
            mouse,
            is_plain: false,
        };
        terminal.enter().map_err(Error::Terminal)?;
        Ok(terminal)
    }

    /// Standard input as it is; if that was read as an article, the terminal behind it.
    pub(super) fn plain(is_input_read: bool) -> io::Result<Self> {
        let terminal = is_input_read.then(open_input).and_then(Result::ok);
        let input = match terminal {
            Some(terminal) => terminal,
            None => platform::own_input()?,
        };
        Ok(Self {
            input,
            mouse: false,
            is_plain: true,
        })
    }

    /// Another handle to the terminal's input.
    pub(super) fn input(&self) -> io::Result<Handle> {
        self.input.try_clone()
    }

    /// Enters the modes of the reader; also after the program was stopped and continued.
    pub(super) fn enter(&self) -> io::Result<()> {
        if self.is_plain {
            return Ok(());
        }
        let was_restored = !IS_SET_UP.swap(true, Ordering::SeqCst);
        // SIGSTOP gives the program no chance to restore the terminal, and the shell then changes
        // its settings.
        disable_raw_mode()?;
        enable_raw_mode()?;
        let mut bytes = Vec::new();
        if was_restored {
            // A second time would overwrite the saved cursor position of the main screen.
            queue!(bytes, EnterAlternateScreen)?;
        }
        queue!(
            bytes,
            Clear(ClearType::All),
            MoveTo(0, 0),
            Hide,
            EnableBracketedPaste
        )?;
        if self.mouse {
            queue!(bytes, EnableClicks)?;
        }
        Stdout.write_all(&bytes)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Restores the terminal if it is set up. Errors are ignored: a terminal that is gone needs no
/// restoring.
pub(super) fn restore() {
    if !IS_SET_UP.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    // Each mode is ended, whichever of them the program had reached.
    let queued = queue!(
        bytes,
        EndSynchronizedUpdate,
        ReportColourScheme(false),
        WindowTitle(None),
        DisableMouseCapture,
        DisableBracketedPaste,
        SetAttribute(Attribute::Reset),
        Show,
        LeaveAlternateScreen
    );
    // First, since a terminal that nobody reads takes no bytes.
    let _ = disable_raw_mode();
    let _ = queued.and_then(|()| Stdout.write_all(&bytes));
}

/// Makes a panic of the calling thread restore the terminal before it is printed. A panic of
/// another thread is not printed while the terminal is set up: those threads catch their panics and
/// report them in the list.
pub(super) fn restore_on_panic() {
    static ONCE: Once = Once::new();
    let main: ThreadId = thread::current().id();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            tracing::error!("{panic}");
            if thread::current().id() == main {
                restore();
                print(panic);
            } else if !IS_SET_UP.load(Ordering::SeqCst) {
                print(panic);
            }
        }));
    });
}

/// The size of the terminal; 80×24 if it is unknown.
pub(super) fn size() -> Area {
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => Area { columns, rows },
        _ => Area {
            columns: 80,
            rows: 24,
        },
    }
}

/// The size of a cell in pixels; None if the system does not know it.
pub(super) fn cell_size() -> Option<CellSize> {
    let size = crossterm::terminal::window_size().ok()?;
    let width = size.width.checked_div(size.columns)?;
    let height = size.height.checked_div(size.rows)?;
    (width > 0 && height > 0).then_some(CellSize { width, height })
}

/// The width of standard output in columns; None if it is no terminal.
pub fn columns() -> Option<u16> {
    io::stdout().is_terminal().then(|| size().columns)
}

/// Text in a style for standard output, reset at its end, so that a pager that cuts lines does not
/// carry colours on. The caller has checked `NO_COLOR`.
pub fn styled(text: &str, style: Style) -> String {
    force_color_output(true);
    if style == Style::new() {
        return text.to_owned();
    }
    format!(
        "{}{}",
        content_style(style).apply(text),
        SetAttribute(Attribute::Reset)
    )
}

/// A style as crossterm writes it, with the underlines for which ratatui has no modifiers.
pub(super) fn content_style(style: Style) -> ContentStyle {
    let modifiers = with_one_underline(style.add_modifier);
    let mut content = Style {
        add_modifier: modifiers - DOTTED - CURLY,
        ..style
    }
    .into_crossterm();
    for (modifier, attribute) in [
        (DOTTED, Attribute::Underdotted),
        (CURLY, Attribute::Undercurled),
    ] {
        if modifiers.contains(modifier) {
            content.attributes.set(attribute);
        }
    }
    content
}

/// Checks that there is a terminal for the reader.
///
/// # Errors
/// [`Error::NoTerminal`] with the reason.
pub fn check() -> Result<(), Error> {
    open_input().map(drop)
}

/// Opens the terminal's input: standard input if it is a terminal, else the terminal of standard
/// output by its name, else `/dev/tty` (last, since macOS cannot poll it).
fn open_input() -> Result<Handle, Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoTerminal(tr!("standard output is not a terminal")));
    }
    if io::stdin().is_terminal() {
        return platform::own_input().map_err(Error::Terminal);
    }
    platform::terminal_of_output()
        .map_err(|_| Error::NoTerminal(tr!("no terminal was found to read keys from")))
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        platform::write_output(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
