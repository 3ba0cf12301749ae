//! One file for each command. A command prints to standard output, cleaned, or fails with an
//! [`Error`].

mod align;
mod check;
mod command_line;
mod config;
mod debug_log;
mod destination;
mod doctor;
mod export;
mod figures;
mod licences;
mod list;
mod lookup;
mod mcp;
mod notes;
mod open;
mod output;
mod pairs;
mod parallel_map;
mod search;
mod shell_files;
mod show;
mod state;
mod stats;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory;

use crate::cli::{Cli, Command, ReadArgs};
use crate::error::Error;
use crate::library::Library;
use crate::shell::{self, SettingsFile};

use output::warn;

pub use output::Outcome;

/// Runs the command line, given with the name of the program. The exit code.
///
/// # Errors
/// If the command fails; see [`Error`].
pub fn run(arguments: &[OsString]) -> Result<ExitCode, Error> {
    // The language is known before the arguments are parsed: help and errors have it.
    let settings = SettingsFile::read(command_line::language_settings(arguments));
    match command_line::parse(arguments) {
        Ok(cli) => {
            let settings = settings.with_command_line(cli.settings());
            run_parsed(cli, settings).map(ExitCode::from)
        }
        Err(code) => Ok(code),
    }
}

fn run_parsed(cli: Cli, settings: SettingsFile) -> Result<Outcome, Error> {
    let Cli {
        mut command,
        mut read,
        debug,
        set: _,
    } = cli;
    let folders = command.iter_mut().flat_map(Command::folders_mut);
    for path in folders.chain(&mut read.paths) {
        open::resolve_name(path, &settings.loaded().libraries)?;
    }
    if let Some(file) = debug {
        let paths = command
            .as_ref()
            .map_or_else(|| read.paths.clone(), Command::paths);
        debug_log::start(&file, &paths)?;
    }
    if let Some(problem) = settings.loaded().command_line_problem() {
        return Err(Error::Usage(problem.into()));
    }
    let outcome = match command {
        None => run_reader(&read, settings).map(|()| Outcome::Yes),
        Some(_) if read != ReadArgs::default() => Err(Error::Usage(after_command())),
        Some(command) => run_command(&command, settings),
    };
    match &outcome {
        Ok(outcome) => tracing::info!(?outcome, "ended"),
        Err(error) => tracing::error!("{error}"),
    }
    outcome
}

fn run_command(command: &Command, settings: SettingsFile) -> Result<Outcome, Error> {
    let file = &settings;
    if !matches!(command, Command::Config(_) | Command::Doctor(_)) {
        file.problems().for_each(warn);
    }
    match command {
        Command::Show(arguments) => show::run(arguments, file).map(|()| Outcome::Yes),
        Command::List(arguments) => list::run(arguments, file),
        Command::Search(arguments) => search::run(arguments, file),
        Command::Align(arguments) => align::run(arguments),
        Command::Pairs(arguments) => pairs::run(arguments),
        Command::Export(arguments) => export::run(arguments, file),
        Command::Mcp(arguments) => mcp::run(arguments, file),
        Command::Notes(arguments) => notes::run(arguments, file),
        Command::Stats(arguments) => stats::run(arguments, file),
        Command::Words(arguments) => words::run(arguments, file),
        Command::Figures(arguments) => figures::run(arguments).map(|()| Outcome::Yes),
        Command::Check(arguments) => check::run(arguments, file),
        Command::State(arguments) => state::run(arguments).map(|()| Outcome::Yes),
        Command::Config(arguments) => config::run(*arguments, file),
        Command::Doctor(arguments) => doctor::run(arguments, file),
        Command::Completions { shell } => shell_files::completions(*shell).map(|()| Outcome::Yes),
        Command::Lookup(arguments) => lookup::run(arguments),
        Command::Dict(arguments) => lookup::dict(&arguments.action),
        Command::Licences => licences::run().map(|()| Outcome::Yes),
        Command::Man(arguments) => shell_files::man(arguments).map(|()| Outcome::Yes),
        Command::Open(arguments) => run_annotation(&arguments.id, settings).map(|()| Outcome::Yes),
    }
}

fn run_reader(arguments: &ReadArgs, settings: SettingsFile) -> Result<(), Error> {
    if let [first, rest @ ..] = &arguments.paths[..]
        && !rest.is_empty()
    {
        return Err(Error::Usage(several(first, rest)));
    }
    let is_linear = arguments.linear || shell::is_dumb();
    if !is_linear {
        // Before standard input is read: without a terminal, its text could not be shown.
        shell::check()?;
    }
    let library = match &arguments.paths[..] {
        _ if arguments.samples => Library::Samples,
        [] if is_linear => open::last_folder()?,
        [] => open::last_library()?,
        [path] => {
            open::library(path).map_err(|error| suggestion(path).map_or(error, Error::Usage))?
        }
        [first, rest @ ..] => return Err(Error::Usage(several(first, rest))),
    };
    let library = library.with_pairing(settings.settings().pairing);
    shell::run(library, settings, is_linear, None)
}

/// Opens the reader at a highlight.
fn run_annotation(id: &str, settings: SettingsFile) -> Result<(), Error> {
    let is_id = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let key = u64::from_str_radix(id, 16).ok().filter(|_| is_id);
    let usage = || tr!("an id has 16 hexadecimal digits; `jianbao notes` writes it").to_owned();
    let key = key.ok_or_else(usage).map_err(Error::Usage)?;
    let folder = Library::with_annotation(key).map_err(Error::Usage)?;
    let unknown = || Error::Usage(tr!("no highlight has the id {id}", id = id));
    let library = open::library(&folder.ok_or_else(unknown)?)?;
    let is_linear = shell::is_dumb();
    if !is_linear {
        shell::check()?;
    }
    let library = library.with_pairing(settings.settings().pairing);
    shell::run(library, settings, is_linear, Some(key))
}

fn after_command() -> String {
    tr!("options and folders go after the command; see `jianbao COMMAND --help`").into()
}

/// A message for several paths, of which the first may be a misspelt command and another a command.
fn several(first: &Path, rest: &[PathBuf]) -> String {
    let cli = Cli::command();
    let is_command = |path: &PathBuf| {
        let mut names = cli.get_subcommands().map(clap::Command::get_name);
        names.any(|name| path.as_os_str() == name)
    };
    if rest.iter().any(is_command) {
        return after_command();
    }
    suggestion(first).unwrap_or_else(|| tr!("one folder or file at a time").into())
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
    Some(tr!(
        "no command or folder named {name}; did you mean {nearest}?",
        name = name,
        nearest = command.get_name()
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
