//! Export and import of the saved state as JSON Lines: a line for each library, followed by one for
//! each of its articles, bookmarks and highlights; at last the vocabulary book, a line for each word.

use std::io::{BufRead, Read};
use std::path::Path;

use rusqlite::Connection;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::annotations::{self, AnnotationRow};
use super::bookmarks::{self, BookmarkRow};
use super::database::{self, Database};
use super::rows::{self, ArticleRow, LibraryRow, PathText};
use super::words::{self, WordRow};
use super::writer::Change;
use crate::catalog::Annotation;
use crate::text::clean_line;

/// The most bytes of a line: far more than an alignment takes.
const LONGEST_LINE: u64 = 16 << 20;

/// How many lines an import wrote, and how many it skipped because the saved state is as new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Lines written.
    pub taken: u64,
    /// Lines skipped.
    pub kept: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum StateLine {
    Library(LibraryRow),
    Article(ArticleRow),
    Bookmark(BookmarkRow),
    /// A highlight, with its note.
    Annotation(AnnotationRow),
    /// A word of the vocabulary book.
    Word(WordRow),
}

/// The saved state of all libraries, or of the library at one path, as lines of JSON.
///
/// # Errors
/// The reason that the database cannot be read, in one line.
pub fn export(data: &Path, library: Option<&Path>) -> Result<Vec<String>, String> {
    if !database::path(data).exists() {
        return Ok(Vec::new());
    }
    let mut database = Database::open(data).map_err(|error| error.to_string())?;
    let lines = database.transaction(|database| {
        let mut lines = Vec::new();
        for id in rows::libraries(database, library.map(PathText::new).as_ref())? {
            let library = rows::library_row(database, id)?;
            let articles = rows::articles(database, id, &library.library)?;
            let bookmarks = bookmarks::bookmarks(database, id, &library.library)?;
            let annotations = annotations::annotations(database, id, &library.library)?;
            lines.push(StateLine::Library(library));
            lines.extend(articles.into_iter().map(StateLine::Article));
            lines.extend(bookmarks.into_iter().map(StateLine::Bookmark));
            lines.extend(annotations.into_iter().map(StateLine::Annotation));
        }
        let only = library.map(PathText::new);
        let words = words::words(database)?.into_iter();
        let words = words.filter(|word| only.as_ref().is_none_or(|only| word.is_of(only)));
        lines.extend(words.map(StateLine::Word));
        Ok(lines)
    });
    let json = |line: &StateLine| serde_json::to_string(line).map_err(|error| error.to_string());
    lines
        .map_err(|error| error.to_string())?
        .iter()
        .map(json)
        .collect()
}

/// Changes that were not written, as lines that can be imported. Articles that were moved are found
/// again without.
pub(super) fn unsaved_lines(library: &Path, changes: &[Change]) -> Vec<String> {
    let (mut state, mut searches, mut lines) = (None, Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Article(row) => lines.push(StateLine::Article(row.in_library(library))),
            Change::Library(row) => state = Some(row),
            Change::Search(row) => searches.push(row.clone()),
            Change::Bookmark(row) => lines.push(StateLine::Bookmark(row.in_library(library))),
            Change::Annotation(row) => lines.push(StateLine::Annotation(row.in_library(library))),
            Change::Word(row) => lines.push(StateLine::Word(row.in_library(library))),
            Change::Move { .. } | Change::Command(_) => {}
        }
    }
    if state.is_some() || !searches.is_empty() {
        let state = state.cloned().unwrap_or_default();
        lines.push(StateLine::Library(state.in_library(library, searches)));
    }
    let json = |line: &StateLine| serde_json::to_string(line).ok();
    lines.iter().filter_map(json).collect()
}

/// Reads what an export wrote; each line replaces the saved state if it is newer. Takes all lines
/// or none.
///
/// # Errors
/// The reason that nothing was imported, in one line, with the number of the wrong line.
pub fn import(data: &Path, input: impl BufRead) -> Result<Imported, String> {
    let lines: Vec<StateLine> = json_lines(input, |line| match line {
        StateLine::Article(row) if !row.has_valid_alignment() => {
            Err(tr!("`alignment` must be groups such as 1:2:0.5").into())
        }
        line => Ok(line),
    })?;
    merge(data, |database| {
        let mut imported = Imported::default();
        for line in &lines {
            imported.count(match line {
                StateLine::Library(row) => rows::merge_library(database, row)?,
                StateLine::Article(row) => rows::merge_article(database, row)?,
                StateLine::Bookmark(row) => bookmarks::merge_bookmark(database, row)?,
                StateLine::Annotation(row) => annotations::merge_annotation(database, row)?,
                StateLine::Word(row) => words::merge_word(database, row)?,
            });
        }
        Ok(imported)
    })
}

/// Saves highlights and notes of a library, each if it is newer than the saved one: all of them, or none.
pub(in crate::library) fn import_annotations(
    data: &Path,
    library: &Path,
    all: &[Annotation],
) -> Result<Imported, String> {
    merge(data, |database| {
        let mut imported = Imported::default();
        for annotation in all {
            let row = AnnotationRow::new(annotation, annotation.changed).in_library(library);
            imported.count(annotations::merge_annotation(database, &row)?);
        }
        Ok(imported)
    })
}

fn merge(
    data: &Path,
    work: impl FnOnce(&Connection) -> rusqlite::Result<Imported>,
) -> Result<Imported, String> {
    let mut database = Database::open(data).map_err(|error| error.to_string())?;
    database
        .transaction(work)
        .map_err(|error| error.to_string())
}

impl Imported {
    const fn count(&mut self, is_written: bool) {
        if is_written {
            self.taken += 1;
        } else {
            self.kept += 1;
        }
    }
}

/// Reads JSON Lines, each turned into what is kept of it.
///
/// # Errors
/// What is wrong with the first wrong line, with its number.
pub fn json_lines<T: DeserializeOwned, R>(
    mut input: impl BufRead,
    mut keep: impl FnMut(T) -> Result<R, String>,
) -> Result<Vec<R>, String> {
    let mut lines = Vec::new();
    for number in 1.. {
        let mut line = Vec::new();
        let mut bounded = input.by_ref().take(LONGEST_LINE + 1);
        bounded
            .read_until(b'\n', &mut line)
            .map_err(|error| crate::library::reason(&error))?;
        let of_line = |reason: &str| {
            tr!(
                "line {line}: {reason}",
                line = number,
                reason = clean_line(reason)
            )
        };
        if line.is_empty() {
            break;
        } else if line.len() as u64 > LONGEST_LINE {
            return Err(of_line(tr!("it is too long")));
        } else if line.trim_ascii().is_empty() {
            continue;
        }
        let line = serde_json::from_slice(&line).map_err(|error| of_line(&error.to_string()))?;
        lines.push(keep(line).map_err(|reason| of_line(&reason))?);
    }
    Ok(lines)
}
