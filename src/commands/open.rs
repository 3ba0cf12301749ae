//! Opens what a path on the command line names, and parses queries.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bilingual::Text;
use crate::catalog::Query;
use crate::error::Error;
use crate::library::{Library, data_folder, known_folders, open_stream, read_bounded, reason};
use crate::platform;
use crate::settings::LibrarySetting;
use crate::text::clean_line;

/// The library to read when no path is given: what is piped in, else the folder read last, at first
/// the samples.
///
/// # Errors
/// If it cannot be read; with the way on.
pub(super) fn last_library() -> Result<Library, Error> {
    if platform::is_input_piped() {
        return standard_input();
    }
    last_folder()
}

/// The folder read last; at first the samples.
///
/// # Errors
/// If it cannot be read; with the way on.
pub(super) fn last_folder() -> Result<Library, Error> {
    let Some(data) = data_folder() else {
        return Ok(Library::Samples);
    };
    let mut folders = known_folders(&data).map_err(|why| {
        Error::Usage(tr!(
            "{reason}, so the folder that you read last is not known; name it, or read the samples with `jianbao --samples`",
            reason = why
        ))
    })?;
    let Some(last) = folders.next() else {
        return Ok(Library::Samples);
    };
    library(&last).map_err(|error| {
        Error::Usage(tr!(
            "{error}: you read it last; name another folder, or read the samples with `jianbao --samples`",
            error = error
        ))
    })
}

/// Replaces `@name` by the folder of the library of that name.
///
/// # Errors
/// If no library has the name, unless it is a path.
pub(super) fn resolve_name(path: &mut PathBuf, libraries: &[LibrarySetting]) -> Result<(), Error> {
    let Some(name) = path.to_str().and_then(|path| path.strip_prefix('@')) else {
        return Ok(());
    };
    let named = libraries.iter().find(|library| library.name == name);
    match named {
        Some(library) => {
            *path = library.folder(etcetera::home_dir().ok().as_deref());
            Ok(())
        }
        None if path.exists() => Ok(()),
        None => {
            let names: Vec<String> = libraries.iter().map(|it| format!("@{}", it.name)).collect();
            let message = match &names[..] {
                [] => tr!(
                    "no library named {name}; [[library]] in the settings names one",
                    name = name
                ),
                names => tr!(
                    "no library named {name}; there are {names}",
                    name = name,
                    names = names.join(", ")
                ),
            };
            Err(Error::Usage(clean_line(&message).into_owned()))
        }
    }
}

/// The library that a path names: a folder, a file, or standard input (`-`).
///
/// # Errors
/// If nothing can be read, or standard input is a terminal.
pub(super) fn library(path: &Path) -> Result<Library, Error> {
    if path == Path::new("-") {
        return standard_input();
    }
    let failed = |error: io::Error| Error::path(path, reason(&error));
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        // An unreadable folder is reported before the reader takes the screen.
        fs::read_dir(path).map_err(failed)?;
        Ok(Library::Folder(path.into()))
    } else if metadata.is_file() {
        fs::File::open(path).map_err(failed)?;
        Ok(Library::File(path.into()))
    } else {
        let stream = open_stream(path).map_err(|why| {
            Error::path(
                path,
                tr!(
                    "{reason}; to read a stream, use standard input: jianbao - < FILE",
                    reason = why
                ),
            )
        })?;
        read_stream(stream).map_err(failed)
    }
}

/// What the paths of a library are relative to, as it was named on the command line; empty if they
/// can be opened as they are.
pub(super) fn root(library: &Library) -> &Path {
    match library {
        Library::Folder(folder) if folder.path != Path::new(".") => &folder.path,
        _ => Path::new(""),
    }
}

fn standard_input() -> Result<Library, Error> {
    let input = io::stdin().lock();
    if input.is_terminal() {
        return Err(Error::Usage(
            tr!("nothing to read on standard input: pipe an article into `jianbao -`").into(),
        ));
    }
    read_stream(input).map_err(Error::Input)
}

fn read_stream(stream: impl Read) -> io::Result<Library> {
    let (bytes, problem) = read_bounded(stream, None)?;
    Ok(Library::Input {
        bytes: Arc::from(bytes),
        problem,
    })
}

/// The text of one article and its files; `-` is standard input.
pub(super) fn text(path: &Path) -> Result<(Text, Vec<PathBuf>), Error> {
    let (library, name) = article(path)?;
    let files = library.files_of(&name);
    let paths = files.paths().map(Path::to_path_buf).collect();
    Ok((library.text(&files), paths))
}

/// The library of one article, and the path of the article in it; `-` is standard input.
pub(super) fn article(path: &Path) -> Result<(Library, PathBuf), Error> {
    let library = library(path)?;
    if matches!(library, Library::Folder(_)) {
        return Err(Error::path(
            path,
            tr!("this is a folder; name one file (`jianbao list` shows the files of a folder)"),
        ));
    }
    let name = if path == Path::new("-") {
        tr!("standard input").into()
    } else {
        path.to_owned()
    };
    Ok((library, name))
}

/// Parses a query.
///
/// # Errors
/// [`Error::Usage`] with the query, and carets under the error in it.
pub(super) fn query(query: &str) -> Result<Query, Error> {
    Query::parse(query).map_err(|error| {
        let columns = |text: &str| {
            text.chars()
                .map(|c| if c.is_ascii() { 1 } else { 2 })
                .sum::<usize>()
        };
        let before = columns(query.get(..error.at.start).unwrap_or(query));
        let carets = "^".repeat(columns(query.get(error.at).unwrap_or_default()).max(1));
        Error::Usage(format!(
            "{}\n  {}\n  {:before$}{carets}",
            clean_line(&error.reason),
            clean_line(query),
            ""
        ))
    })
}
