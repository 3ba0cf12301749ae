//! The log file of `--debug`.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::info;
use tracing_subscriber::filter::LevelFilter;

use crate::error::Error;
use crate::library::reason;
use crate::shell::columns;

/// Variables that describe the terminal.
const VARIABLES: [&str; 8] = [
    "TERM",
    "COLORTERM",
    "COLORFGBG",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "TMUX",
    "LANG",
    "LC_ALL",
];

/// Creates the file and logs to it from now on.
///
/// # Errors
/// If the file exists, cannot be created, or is in a folder of the articles in `paths`, which is
/// never written to.
pub(super) fn start(file: &Path, paths: &[PathBuf]) -> Result<(), Error> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).map_err(|error| Error::path(folder, reason(&error)))?;
    if paths
        .iter()
        .filter_map(|path| article_folder(path))
        .any(|articles| folder.starts_with(articles))
    {
        return Err(Error::path(
            file,
            tr!("the log must be outside the folder of articles; name a file in another folder"),
        ));
    }
    let log = File::create_new(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Error::path(file, tr!("the file exists; name a new file for the log"))
        }
        _ => Error::path(file, reason(&error)),
    })?;
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Mutex::new(log))
        .with_ansi(false)
        .with_thread_names(true)
        .with_max_level(LevelFilter::DEBUG);
    // It fails only if a log was started before, which then goes on.
    let _ = subscriber.try_init();
    let arguments: Vec<_> = env::args_os().collect();
    info!(
        version = env!("CARGO_PKG_VERSION"),
        os = env::consts::OS,
        arch = env::consts::ARCH,
        ?arguments,
        "jianbao"
    );
    let variables: Vec<_> = VARIABLES
        .iter()
        .filter_map(|name| Some((*name, env::var_os(name)?)))
        .collect();
    info!(columns = columns(), ?variables, "terminal");
    Ok(())
}

/// The folder of the articles that a path names; `None` for standard input.
fn article_folder(path: &Path) -> Option<PathBuf> {
    let path = fs::canonicalize(path)
        .ok()
        .filter(|_| path != Path::new("-"))?;
    if path.is_dir() {
        Some(path)
    } else {
        path.parent().map(Path::to_path_buf)
    }
}
