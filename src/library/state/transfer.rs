//! Export and import of the saved state as JSON Lines: a line for each library, followed by one for
//! each of its articles.

use std::io::BufRead;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::database::{self, Database};
use super::rows::{self, ArticleRow, LibraryRow};

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
        for (id, path) in rows::libraries(database, library.map(rows::path_bytes))? {
            lines.push(StateLine::Library(rows::library_row(database, id)?));
            lines.extend(
                rows::articles(database, id, &path)?
                    .into_iter()
                    .map(StateLine::Article),
            );
        }
        Ok(lines)
    });
    let json = |line: &StateLine| serde_json::to_string(line).map_err(|error| error.to_string());
    lines
        .map_err(|error| error.to_string())?
        .iter()
        .map(json)
        .collect()
}

/// Reads what an export wrote; each line replaces the saved state if it is newer. Takes all lines
/// or none.
///
/// # Errors
/// The reason that nothing was imported, in one line, with the number of the wrong line.
pub fn import(data: &Path, input: impl BufRead) -> Result<Imported, String> {
    let mut lines = Vec::new();
    for (at, line) in input.split(b'\n').enumerate() {
        let line = line.map_err(|error| crate::library::reason(&error))?;
        if !line.trim_ascii().is_empty() {
            let line = serde_json::from_slice(&line)
                .map_err(|error| format!("line {}: {error}", at + 1))?;
            check(&line).map_err(|reason| format!("line {}: {reason}", at + 1))?;
            lines.push(line);
        }
    }
    let mut database = Database::open(data).map_err(|error| error.to_string())?;
    let imported = database.transaction(|database| {
        let mut imported = Imported::default();
        for line in &lines {
            let is_written = match line {
                StateLine::Library(row) => rows::merge_library(database, row)?,
                StateLine::Article(row) => rows::merge_article(database, row)?,
            };
            if is_written {
                imported.taken += 1;
            } else {
                imported.kept += 1;
            }
        }
        Ok(imported)
    });
    imported.map_err(|error| error.to_string())
}

/// Checks what the JSON types do not.
fn check(line: &StateLine) -> Result<(), &'static str> {
    let is_language = |code: &str| matches!(code, "zh" | "en");
    match line {
        StateLine::Library(row) if !row.language.as_deref().is_none_or(is_language) => {
            Err("`language` must be zh or en")
        }
        StateLine::Article(row) if !matches!(&*row.state, "unread" | "read" | "finished") => {
            Err("`state` must be unread, read or finished")
        }
        StateLine::Article(row)
            if !row
                .position
                .as_ref()
                .is_none_or(|position| is_language(&position.side)) =>
        {
            Err("`side` must be zh or en")
        }
        StateLine::Article(row)
            if row
                .alignment
                .as_deref()
                .is_some_and(|text| rows::decode_alignment(text).is_none()) =>
        {
            Err("`alignment` must be groups such as 1:2:0.5")
        }
        _ => Ok(()),
    }
}
