//! One file a subcommand. Every one prints to standard output, cleaned, and fails with an [`Error`].

mod align;
mod check;

mod figures;
mod list;
mod open;
mod pairs;
mod parallel_map;
mod read;
mod search;
mod show;
mod state;

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::cli::{Cli, Command};
use crate::error::Error;

/// What a command answers, where it can be done at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was done, and nothing speaks against what was asked about.
    Yes,
    /// It was done, and the answer is negative: nothing found, or something found that is denied.
    No,
}

impl From<Answer> for ExitCode {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::SUCCESS,
            Answer::No => Self::from(1),
        }
    }
}

/// Does what the command line asks for.
///
/// # Errors
/// What keeps it from being done; see [`Error`].
pub fn run(cli: Cli) -> Result<Answer, Error> {
    match cli.command {
        None => read::run(&cli.read).map(|()| Answer::Yes),
        Some(Command::Show(arguments)) => show::run(&arguments).map(|()| Answer::Yes),
        Some(Command::List(arguments)) => list::run(&arguments),
        Some(Command::Search(arguments)) => search::run(&arguments),
        Some(Command::Align(arguments)) => align::run(&arguments),
        Some(Command::Pairs(arguments)) => pairs::run(&arguments),
        Some(Command::Figures(arguments)) => figures::run(&arguments).map(|()| Answer::Yes),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::State(arguments)) => state::run(&arguments).map(|()| Answer::Yes),
    }
}

/// Tells a line on standard error. Where that is closed too there is nobody left to tell.
fn tell(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "jianbao: {line}");
}
