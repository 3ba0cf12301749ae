//! One file a subcommand. Every one prints to standard output, cleaned, and fails with an [`Error`].

mod list;
mod open;
mod read;
mod show;

use crate::cli::{Cli, Command};
use crate::error::Error;

/// Does what the command line asks for.
///
/// # Errors
/// What keeps it from being done; see [`Error`].
pub fn run(cli: Cli) -> Result<(), Error> {
    match cli.command {
        None => read::run(&cli.read),
        Some(Command::Show(arguments)) => show::run(&arguments),
        Some(Command::List(arguments)) => list::run(&arguments),
    }
}
