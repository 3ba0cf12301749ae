//! What had to be repaired, left out or given up while reading a file.

use std::fmt;

use super::Language;

/// Something about an article that its reader, or the author of the script that made it, should
/// know.
///
/// Content never fails: reading gives a value and the problems found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// The line of the file, counted from 1, if there is one.
    pub line: Option<u32>,
    /// The language of the file it is in, if the article has a file for each.
    pub side: Option<Language>,
    /// What is wrong and what was done about it: one plain sentence without a full stop, cleaned
    /// for the terminal.
    pub reason: String,
}

impl Problem {
    /// Makes a problem of a kind, at a line of the file if there is one.
    pub fn new(kind: ProblemKind, line: Option<u32>, reason: impl Into<String>) -> Self {
        Self {
            kind,
            line,
            side: None,
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => f.write_str(&tr!(
                "line {line}: {reason}",
                line = line,
                reason = self.reason
            )),
            None => f.write_str(&self.reason),
        }
    }
}

/// The kinds of problem that reading a file can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The file or folder could not be read at all.
    Unreadable,
    /// The file is longer than the limit and was cut.
    Cut,
    /// The bytes are damaged, or of an encoding that could only be guessed.
    Encoding,
    /// The front matter is broken or unusual and was repaired or read in part.
    FrontMatter,
    /// The date could not be read.
    Date,
    /// The body's structure is damaged: an unclosed code fence, nesting too deep.
    Structure,
    /// Control, bidirectional or invisible characters were found and made harmless.
    Hostile,
}

impl ProblemKind {
    /// Whether the text may be wrong or missing; of the others a note is enough.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Unreadable | Self::Encoding | Self::FrontMatter)
    }
}
