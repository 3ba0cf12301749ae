//! Where settings come from, and mistakes in them.

use std::fmt;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingOrigin {
    /// It is the default.
    BuiltIn,
    /// The settings file.
    File,
    /// A variable of the environment.
    Environment,
    /// `-o` on the command line.
    CommandLine,
}

impl fmt::Display for SettingOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BuiltIn => tr!("default"),
            Self::File => tr!("file"),
            Self::Environment => tr!("environment"),
            Self::CommandLine => tr!("command line"),
        })
    }
}

/// A mistake in a setting, in words; it never stops the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingProblem {
    /// Where it is.
    pub origin: SettingOrigin,
    /// The line of the file, counted from 1; None elsewhere.
    pub line: Option<usize>,
    /// What is wrong, cleaned, in one line.
    pub message: String,
}
