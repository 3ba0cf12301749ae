//! One file for each command. A command prints to standard output, cleaned, or fails with an [`Error`].

mod align;
mod check;
mod debug_log;
mod figures;
mod list;
mod open;
mod output;
mod pairs;
mod parallel_map;
mod query;
mod search;
mod show;
mod state;

use crate::cli::{Cli, Command, ReadArgs};
use crate::error::Error;
use crate::shell::{self, Options};

pub use output::Outcome;

/// Runs the command line.
///
/// # Errors
/// If the command fails; see [`Error`].
pub fn run(cli: Cli) -> Result<Outcome, Error> {
    let Cli { command, read, debug } = cli;
    if let Some(file) = debug {
        let paths = command.as_ref().map_or_else(|| read.path.iter().cloned().collect(), Command::paths);
        debug_log::start(&file, &paths)?;
    }
    let outcome = match command {
        None => run_reader(&read).map(|()| Outcome::Yes),
        Some(_) if read != ReadArgs::default() => {
            Err(Error::Usage("options and folders go after the command; see `jianbao COMMAND --help`".into()))
        }
        Some(command) => run_command(&command),
    };
    match &outcome {
        Ok(outcome) => tracing::info!(?outcome, "ended"),
        Err(error) => tracing::error!("{error}"),
    }
    outcome
}

fn run_command(command: &Command) -> Result<Outcome, Error> {
    match command {
        Command::Show(arguments) => show::run(arguments).map(|()| Outcome::Yes),
        Command::List(arguments) => list::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Align(arguments) => align::run(arguments),
        Command::Pairs(arguments) => pairs::run(arguments),
        Command::Figures(arguments) => figures::run(arguments).map(|()| Outcome::Yes),
        Command::Check(arguments) => check::run(arguments),
        Command::State(arguments) => state::run(arguments).map(|()| Outcome::Yes),
    }
}

fn run_reader(arguments: &ReadArgs) -> Result<(), Error> {
    // Before standard input is read: without a terminal, its text could not be shown.
    shell::check()?;
    let library = open::library(arguments.path.as_deref())?.with_pairing(!arguments.pairing.no_pairing);
    let options = Options {
        language: arguments.lang.map(Into::into),
        background: arguments.theme.background(),
        ambiguous: arguments.ambiguous.into(),
        mouse: !arguments.no_mouse,
    };
    shell::run(library, options)
}
