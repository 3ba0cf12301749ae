//! jianbao 简报: read bilingual digests in a terminal.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use jianbao::cli::Cli;
use jianbao::commands;

fn main() -> ExitCode {
    match commands::run(Cli::parse()) {
        Ok(outcome) => outcome.into(),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed too, nothing can be done.
            let _ = writeln!(std::io::stderr(), "jianbao: {error}");
            ExitCode::from(2)
        }
    }
}
