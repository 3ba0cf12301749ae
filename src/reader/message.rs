//! Messages to the reader, and the effects that it returns.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil;

use super::bound_keys::BoundKeys;
use super::code::{CodeBlock, CodePart};
use super::key::Key;
use super::picture_box::{CellSize, PictureBox};
use crate::bilingual::PictureProblem;
use crate::catalog::{KnownLibrary, Request, Update};
use crate::settings::Settings;
use crate::text::Language;

/// The screen's size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all")]
pub struct Area {
    pub columns: u16,
    pub rows: u16,
}

/// What the mouse did, at a cell counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all")]
pub struct Mouse {
    pub kind: MouseKind,
    pub column: u16,
    pub row: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all")]
pub enum MouseKind {
    /// The main button was pressed.
    Press,
    /// The main button was pressed with Shift.
    ShiftPress,
    /// The mouse was moved while the main button was held.
    Drag,
    /// The main button was released.
    Release,
    WheelUp,
    WheelDown,
}

/// A theme that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeEntry {
    /// Its name in the settings.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
}

/// What the reader waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Read tracking, with a number; an older number counts no more.
    Tracking(u32),
    /// The message in the status bar has been there long enough.
    Status,
    /// The second key of a chord has not come.
    Chord,
    /// The speech with a number should have ended.
    Aloud(u32),
    /// What keys wait for has not come.
    TypeAhead,
}

/// A message to the reader.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// A line was typed in the linear view.
    Line(String),
    /// Text was pasted, not cleaned.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The screen has a new size.
    Resized(Area),
    /// The library sent an update.
    Library(Update),
    /// The time of the last [`Effect::StartTimer`] of this timer is over.
    Timer(Timer),
    /// A message of one line for the status bar, cleaned.
    Notice(String),
    /// The settings were changed.
    Settings(Settings),
    /// The libraries that were read before, the last one first.
    Libraries(Vec<KnownLibrary>),
    /// The themes that can be chosen.
    Themes(Vec<ThemeEntry>),
    /// The keys were bound again.
    Keys(BoundKeys),
    /// What the command of [`Effect::Run`] printed, not cleaned; or why it failed, in words.
    Output(Result<String, String>),
    /// The speech of [`Effect::Speak`] with a number has ended; or why it failed, in words.
    Spoken(u32, Result<(), String>),
    /// The text of [`Effect::EditText`] as it is now, not cleaned.
    Edited(String),
    /// What the parts of the code block of [`Effect::Highlight`] are, as byte ranges of its text:
    /// sorted, without overlaps.
    Highlighted(CodeBlock, Vec<CodePart>),
    /// Whether the terminal shows text at twice its size.
    LargeText(bool),
    /// How large the cells of the terminal are, if it shows pictures.
    Pictures(Option<CellSize>),
    /// A picture cannot be shown.
    PictureRefused(PictureBox, PictureProblem),
    /// It is another day.
    Day(civil::Date),
}

/// A program with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The program and its arguments, at least one word. No shell reads them.
    pub words: Vec<String>,
    /// What it reads from its standard input.
    pub input: String,
    /// The file that stands where an argument has `{file}`: its path in the folder of the library.
    pub file: Option<PathBuf>,
}

/// A side effect that the reader asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a request to the library.
    Library(Request),
    /// Send [`Message::Timer`] after a time; a later timer of a kind replaces the earlier one.
    StartTimer {
        /// Which timer.
        timer: Timer,
        /// How long to wait.
        after: Duration,
    },
    /// Send [`Message::Libraries`].
    ListLibraries,
    /// Open the library of this folder in place of the open one, if the folder can be read.
    OpenLibrary(PathBuf),
    /// Open a link (`http`, `https` or `mailto`) outside.
    Open(String),
    /// Copy a text to the clipboard.
    Copy(String),
    /// Take the mouse, or give it back to the terminal's own selection.
    CaptureMouse(bool),
    /// Change a setting for this run, given as `NAME=VALUE`.
    Set(String),
    /// Show a theme by name, before it is chosen; None for that of the settings.
    ShowTheme(Option<String>),
    /// Open a file of the library in the editor, at a line counted from 1.
    Edit {
        /// Its path, relative to the folder of the library.
        path: PathBuf,
        /// The line.
        line: u32,
    },
    /// Open a text of the reader's own in the editor; answered by [`Message::Edited`], unless that fails.
    EditText(String),
    /// Open the folder of a file of the library, given by its path in the library's folder.
    OpenFolder(PathBuf),
    /// Run a command without the terminal; its end is reported by [`Message::Output`].
    Run(Program),
    /// End the command that runs.
    EndCommand,
    /// Read a text aloud, in place of what is being read; [`Message::Spoken`] reports its end.
    Speak {
        /// Returned with the answer.
        number: u32,
        /// The language of the text.
        language: Language,
        /// The text, cleaned.
        text: String,
    },
    /// Stop reading aloud; no answer comes.
    EndSpeech,
    /// Find out what the parts of a code block are; [`Message::Highlighted`] answers. At most one
    /// of an article is asked for at a time.
    Highlight(CodeBlock),
    /// Stop the program until it is continued (Ctrl-Z).
    Suspend,
    /// End the program.
    Quit,
}
