//! The error that ends the program: one clear line that says what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::library::reason;
use crate::text::clean_line;

/// What ends the program with exit code 2.
#[derive(Debug)]
pub enum Error {
    /// The reader has no terminal; with the reason.
    NoTerminal(&'static str),
    /// The terminal cannot be set up, written or read.
    Terminal(io::Error),
    /// A file or folder cannot be read.
    Path {
        /// Its path.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// Standard input cannot be read.
    Input(io::Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// Something could not be saved at the end; with what and why.
    Unsaved(String),
    /// A thread failed, which is a flaw of the program.
    Failed,
    /// The command line is wrong; with the reason and what to do.
    Usage(String),
}

impl Error {
    /// An error about a path.
    pub fn path(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::Path {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// Whether the output is a closed pipe, as in `jianbao list | head`, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTerminal(why) => f.write_str(&tr!(
                "the reader needs a terminal; {reason}. To print instead, use `jianbao show FILE` or `jianbao list FOLDER`",
                reason = why
            )),
            Self::Terminal(error) => {
                f.write_str(&tr!("the terminal failed: {reason}", reason = reason(error)))
            }
            Self::Path { path, reason } => {
                write!(f, "{}: {reason}", clean_line(&path.to_string_lossy()))
            }
            Self::Input(error) => f.write_str(&tr!(
                "cannot read standard input: {reason}",
                reason = reason(error)
            )),
            Self::Output(error) => f.write_str(&tr!(
                "cannot write to standard output: {reason}",
                reason = reason(error)
            )),
            Self::Failed => f.write_str(tr!(
                "a part of the program failed, so something is missing; this is a flaw of the program: please report it"
            )),
            Self::Unsaved(what) | Self::Usage(what) => f.write_str(what),
        }
    }
}
