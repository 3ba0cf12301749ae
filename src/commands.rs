//! One file for each command. A command prints to standard output, cleaned, or fails with an
//! [`Error`].

mod align;
mod check;
mod debug_log;
mod figures;
mod list;
mod open;
mod output;
mod pairs;
mod parallel_map;
mod search;
mod show;
mod state;

use std::path::Path;

use clap::CommandFactory;

use crate::cli::{Cli, Command, ReadArgs};
use crate::error::Error;
use crate::shell::{self, Options};

pub use output::Outcome;

/// Runs the command line.
///
/// # Errors
/// If the command fails; see [`Error`].
pub fn run(cli: Cli) -> Result<Outcome, Error> {
    let Cli {
        command,
        read,
        debug,
    } = cli;
    if let Some(file) = debug {
        let paths = command
            .as_ref()
            .map_or_else(|| read.path.iter().cloned().collect(), Command::paths);
        debug_log::start(&file, &paths)?;
    }
    let outcome = match command {
        None => run_reader(&read).map(|()| Outcome::Yes),
        Some(_) if read != ReadArgs::default() => Err(Error::Usage(
            "options and folders go after the command; see `jianbao COMMAND --help`".into(),
        )),
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
    let path = arguments.path.as_deref();
    let library = match open::library(path) {
        Ok(library) => library.with_pairing(!arguments.pairing.no_pairing),
        Err(error) => return Err(path.and_then(suggestion).map_or(error, Error::Usage)),
    };
    let options = Options {
        language: arguments.lang,
        background: arguments.theme.background(),
        ambiguous: arguments.ambiguous,
        mouse: !arguments.no_mouse,
    };
    shell::run(library, options)
}

/// A message for a path that does not exist and may be a misspelt command.
fn suggestion(path: &Path) -> Option<String> {
    let name = path
        .to_str()
        .filter(|name| !path.exists() && name.bytes().all(|byte| byte.is_ascii_lowercase()))?;
    let cli = Cli::command();
    let command = cli
        .get_subcommands()
        .find(|command| strsim::jaro_winkler(name, command.get_name()) > 0.85)?;
    Some(format!(
        "no command or folder named {name}; did you mean {}?",
        command.get_name()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_command_is_suggested() {
        let expected = "no command or folder named liist; did you mean list?";
        assert_eq!(suggestion(Path::new("liist")).as_deref(), Some(expected));
        for path in ["src", "lists.md", "./liist", "digests", "-"] {
            assert_eq!(suggestion(Path::new(path)), None, "{path}");
        }
    }
}
