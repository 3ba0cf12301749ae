//! What a path on the command line stands for.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use crate::error::Error;
use crate::library::{Library, open_stream, read_bounded, reason};

/// The library that a path names: a folder, a file, standard input (`-`), or the samples without one.
///
/// # Errors
/// [`Error::Path`] where there is nothing to read, [`Error::Input`] where standard input fails, [`Error::Usage`] where it is a
/// terminal that nobody would think of typing an article into.
pub(super) fn library(path: Option<&Path>) -> Result<Library, Error> {
    let Some(path) = path else { return Ok(Library::Samples) };
    if path == Path::new("-") {
        return input();
    }
    let metadata = fs::metadata(path).map_err(|error| Error::path(path, reason(&error)))?;
    if metadata.is_dir() {
        // Opened once before the screen is taken: a folder that is closed to the reader is told of here.
        fs::read_dir(path).map_err(|error| Error::path(path, reason(&error)))?;
        Ok(Library::Folder(path.into()))
    } else if metadata.is_file() {
        fs::File::open(path).map_err(|error| Error::path(path, reason(&error)))?;
        Ok(Library::File(path.into()))
    } else {
        let stream = open_stream(path).map_err(|why| {
            Error::path(path, format!("{why}; to read a stream, give it on standard input: jianbao - < FILE"))
        })?;
        held(stream).map_err(|error| Error::path(path, reason(&error)))
    }
}

fn input() -> Result<Library, Error> {
    let input = io::stdin().lock();
    if input.is_terminal() {
        return Err(Error::Usage("nothing to read on standard input: pipe an article into `jianbao -`".into()));
    }
    held(input).map_err(Error::Input)
}

fn held(stream: impl Read) -> io::Result<Library> {
    let (bytes, problem) = read_bounded(stream, None)?;
    Ok(Library::Input { bytes: Arc::from(bytes), problem })
}
