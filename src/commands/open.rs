//! What a path on the command line stands for.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bilingual::Text;
use crate::digest::Sections;
use crate::error::Error;
use crate::library::{Library, open_stream, read_bounded, reason};
use crate::text::Language;

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

/// The text of one article named on the command line, and its one or two files; `-` is standard input.
///
/// # Errors
/// As [`library`], and where the path is a folder.
pub(super) fn text(path: &Path) -> Result<(Text, Vec<PathBuf>), Error> {
    let (library, name) = article(path)?;
    let opened = library.open(&name);
    let paths = opened.files.paths().map(Path::to_path_buf).collect();
    Ok((Text::new(opened.article), paths))
}

/// The library of one article named on the command line, with the path that it takes.
///
/// # Errors
/// As [`library`], and where the path is a folder.
pub(super) fn article(path: &Path) -> Result<(Library, PathBuf), Error> {
    let library = library(Some(path))?;
    if matches!(library, Library::Folder(_)) {
        return Err(Error::path(path, "it is a folder; name one file"));
    }
    let name = if path == Path::new("-") { "standard input".into() } else { path.to_owned() };
    Ok((library, name))
}

/// What keeps a text from being bilingual, in a few words.
pub(super) fn why_not_bilingual(text: &Text) -> &'static str {
    match &text.article.sections {
        Sections::Pair { .. } => "one of its sections is empty",
        Sections::Whole { mixed: true, .. } => {
            "it mixes both languages, and they could not be told apart into sections"
        }
        Sections::Whole { language: Some(Language::Chinese), .. } => "it has no English section",
        Sections::Whole { language: Some(Language::English), .. } => "it has no Chinese section",
        Sections::Whole { language: None, .. } => "neither Chinese nor English could be made out in it",
    }
}

/// A confidence in three digits after the point, which is more than it means.
pub(super) fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}
