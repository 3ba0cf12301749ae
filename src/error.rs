//! The one error type of the shell: what ends the program, in one clear line that says what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::library::reason;
use crate::text::clean_line;

/// What ends the program with exit code 2.
#[derive(Debug)]
pub enum Error {
    /// The reader needs a terminal, and there is none; says why.
    NoTerminal(&'static str),
    /// The terminal does not let itself be set, written or read.
    Terminal(io::Error),
    /// A file or folder named on the command line cannot be read; says why.
    Path {
        /// Its path.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Standard input cannot be read.
    Input(io::Error),
    /// Standard output cannot be written.
    Output(io::Error),
    /// The command line cannot be followed; says why and what to do.
    Usage(String),
}

impl Error {
    /// An error about a path.
    pub fn path(path: impl Into<PathBuf>, why: impl Into<String>) -> Self {
        Self::Path { path: path.into(), why: why.into() }
    }

    /// Whether nobody is there any more to read the output: a closed pipe (`jianbao list | head`) is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTerminal(why) => {
                write!(
                    f,
                    "{why}, and the reader needs one; to print instead, use `jianbao show FILE` or `jianbao list FOLDER`"
                )
            }
            Self::Terminal(error) => write!(f, "the terminal fails: {}", reason(error)),
            Self::Path { path, why } => write!(f, "cannot read {}: {why}", clean_line(&path.to_string_lossy())),
            Self::Input(error) => write!(f, "cannot read standard input: {}", reason(error)),
            Self::Output(error) => write!(f, "cannot write to standard output: {}", reason(error)),
            Self::Usage(what) => f.write_str(what),
        }
    }
}
