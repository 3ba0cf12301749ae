//! What is remembered as JSON Lines, out and in: a line for each library, then one for each of its articles.

use std::io::{BufRead, Write};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::super::path_hash::path_hash;
use super::database::{self, Database, Trouble};
use super::{mended, rows};

/// How many lines an import took, and how many it left because what is here is as new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Lines taken.
    pub taken: u64,
    /// Lines left.
    pub kept: u64,
}

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum Line {
    Library(LibraryLine),
    Article(ArticleLine),
}

/// A path: text, or the bytes of one that is not UTF-8.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum PathText {
    Text(String),
    Bytes { bytes: Vec<u8> },
}

impl PathText {
    fn of(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Bytes { bytes: error.into_bytes() }, Self::Text)
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes { bytes } => bytes,
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct SearchLine {
    name: String,
    query: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct LibraryLine {
    library: PathText,
    sort: Option<String>,
    filter: Option<String>,
    selected: Option<PathText>,
    language: Option<String>,
    parallel: Option<bool>,
    in_article: Option<bool>,
    alone: Option<bool>,
    pinyin: Option<bool>,
    measure: Option<u16>,
    searches: Vec<SearchLine>,
    last_visit: Option<i64>,
    changed: i64,
}

/// Where the reader was.
#[derive(Debug, Serialize, Deserialize)]
struct PositionLine {
    side: String,
    block: u32,
    offset: u32,
    fingerprint: u64,
    row: u16,
}

#[derive(Debug, Serialize, Deserialize)]
struct ArticleLine {
    library: PathText,
    path: PathText,
    state: String,
    starred: bool,
    position: Option<PositionLine>,
    alignment: Option<String>,
    link_hash: u64,
    content_hash: u64,
    opened: Option<i64>,
    changed: i64,
}

/// Writes all that is remembered, or what is remembered of the library at one path.
///
/// # Errors
/// Why it cannot be read or written, in one line.
pub fn export(data: &Path, library: Option<&Path>, out: &mut impl Write) -> Result<(), ExportError> {
    if !database::path(data).exists() {
        return Ok(());
    }
    let mut database = Database::open(data).map_err(ExportError::of)?;
    let lines =
        database.transaction(|database| lines(database, library)).map_err(|error| ExportError::of(error.into()))?;
    for line in lines {
        serde_json::to_writer(&mut *out, &line).map_err(|error| ExportError::Output(error.into()))?;
        out.write_all(b"\n").map_err(ExportError::Output)?;
    }
    Ok(())
}

/// Why an export failed.
#[derive(Debug)]
pub enum ExportError {
    /// The database; says why.
    Database(String),
    /// Where it is written to.
    Output(std::io::Error),
}

impl ExportError {
    fn of(trouble: Trouble) -> Self {
        Self::Database(told(trouble))
    }
}

fn told(trouble: Trouble) -> String {
    match trouble {
        Trouble::Newer(version) => format!("it was made by a newer jianbao (version {version} of its tables)"),
        Trouble::Unreadable => "it is damaged, or no database of jianbao's".into(),
        Trouble::Busy => "another program is writing to it".into(),
        Trouble::Disk(why) => why,
    }
}

fn lines(database: &Connection, only: Option<&Path>) -> rusqlite::Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut libraries = database.prepare(
        "SELECT id, path, sort, filter, selected, language, parallel, in_article, alone, pinyin, measure, last_visit, changed
         FROM libraries WHERE ?1 IS NULL OR path = ?1 ORDER BY path",
    )?;
    let mut articles = database.prepare(
        "SELECT ?2, path, attention, starred, side, block, byte_offset, fingerprint, screen_row, alignment, link_hash,
         content_hash, opened, changed FROM articles WHERE library = ?1 ORDER BY path",
    )?;
    let mut searches = database.prepare("SELECT name, query FROM searches WHERE library = ?1 ORDER BY position")?;
    let mut rows = libraries.query([only.map(rows::bytes)])?;
    while let Some(row) = rows.next()? {
        let (id, path): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let mut line = library_line(row)?;
        let found = searches.query_map([id], |row| Ok(SearchLine { name: row.get(0)?, query: row.get(1)? }))?;
        line.searches = found.collect::<rusqlite::Result<_>>()?;
        lines.push(Line::Library(line));
        for article in articles.query_map(params![id, path], article_line)? {
            lines.push(Line::Article(article?));
        }
    }
    Ok(lines)
}

fn library_line(row: &Row<'_>) -> rusqlite::Result<LibraryLine> {
    Ok(LibraryLine {
        library: PathText::of(row.get(1)?),
        sort: row.get(2)?,
        filter: row.get(3)?,
        selected: row.get::<_, Option<Vec<u8>>>(4)?.map(PathText::of),
        language: row.get(5)?,
        parallel: row.get(6)?,
        in_article: row.get(7)?,
        alone: row.get(8)?,
        pinyin: row.get(9)?,
        measure: row.get(10)?,
        searches: Vec::new(),
        last_visit: row.get(11)?,
        changed: row.get(12)?,
    })
}

fn article_line(row: &Row<'_>) -> rusqlite::Result<ArticleLine> {
    let position = row.get::<_, Option<String>>(4)?.map(|side| {
        let (block, offset, row_on_screen) = (row.get(5)?, row.get(6)?, row.get(8)?);
        let fingerprint = row.get::<_, i64>(7)? as u64;
        Ok::<_, rusqlite::Error>(PositionLine { side, block, offset, fingerprint, row: row_on_screen })
    });
    Ok(ArticleLine {
        library: PathText::of(row.get(0)?),
        path: PathText::of(row.get(1)?),
        state: row.get(2)?,
        starred: row.get(3)?,
        position: position.transpose()?,
        alignment: row.get(9)?,
        link_hash: row.get::<_, i64>(10)? as u64,
        content_hash: row.get::<_, i64>(11)? as u64,
        opened: row.get(12)?,
        changed: row.get(13)?,
    })
}

/// Takes in what an export wrote, line by line where it is newer than what is remembered; all of it or nothing.
///
/// # Errors
/// Why nothing was taken, in one line; of a line that is wrong, its number.
pub fn import(data: &Path, input: impl BufRead) -> Result<Imported, String> {
    let mut all = Vec::new();
    for (at, line) in input.split(b'\n').enumerate() {
        let line = line.map_err(|error| crate::library::reason(&error))?;
        if !line.trim_ascii().is_empty() {
            let line = serde_json::from_slice(&line).map_err(|error| format!("line {}: {error}", at + 1))?;
            check(&line).map_err(|why| format!("line {}: {why}", at + 1))?;
            all.push(line);
        }
    }
    let mut database = Database::open(data).map_err(told)?;
    let taken = database.transaction(|database| {
        let mut done = Imported::default();
        for line in &all {
            let is_newer = match line {
                Line::Library(line) => take_library(database, line)?,
                Line::Article(line) => take_article(database, line)?,
            };
            *(if is_newer { &mut done.taken } else { &mut done.kept }) += 1;
        }
        Ok(done)
    });
    taken.map_err(|error| told(error.into()))
}

/// What JSON cannot check.
fn check(line: &Line) -> Result<(), &'static str> {
    let is_language = |code: &str| matches!(code, "zh" | "en");
    match line {
        Line::Library(line) if !line.language.as_deref().is_none_or(is_language) => Err("`language` is zh or en"),
        Line::Article(line) if !matches!(&*line.state, "unread" | "read" | "finished") => {
            Err("`state` is unread, read or finished")
        }
        Line::Article(line) if !line.position.as_ref().is_none_or(|position| is_language(&position.side)) => {
            Err("`side` is zh or en")
        }
        Line::Article(line) if line.alignment.as_deref().is_some_and(|text| mended::read(text).is_none()) => {
            Err("`alignment` is no alignment")
        }
        _ => Ok(()),
    }
}

fn take_library(database: &Connection, line: &LibraryLine) -> rusqlite::Result<bool> {
    let known = rows::library(database, line.library.bytes())?;
    let library = rows::make_library(database, line.library.bytes())?;
    let sql = "SELECT changed FROM libraries WHERE id = ?1";
    let changed: i64 = database.query_row(sql, [library], |row| row.get(0))?;
    if known.is_some() && changed >= line.changed {
        return Ok(false);
    }
    database.execute(
        "UPDATE libraries SET sort = ?2, filter = ?3, selected = ?4, language = ?5, parallel = ?6, in_article = ?7, alone = ?8,
         pinyin = ?9, measure = ?10, last_visit = coalesce(last_visit, ?11), changed = ?12 WHERE id = ?1",
        params![
            library,
            line.sort,
            line.filter,
            line.selected.as_ref().map(PathText::bytes),
            line.language,
            line.parallel,
            line.in_article,
            line.alone,
            line.pinyin,
            line.measure,
            line.last_visit,
            line.changed,
        ],
    )?;
    database.execute("DELETE FROM searches WHERE library = ?1", [library])?;
    for (position, SearchLine { name, query }) in line.searches.iter().enumerate() {
        let sql = "INSERT INTO searches (library, position, name, query) VALUES (?1, ?2, ?3, ?4)";
        database.execute(sql, params![library, position as i64, name, query])?;
    }
    Ok(true)
}

fn take_article(database: &Connection, line: &ArticleLine) -> rusqlite::Result<bool> {
    let library = rows::make_library(database, line.library.bytes())?;
    let hash = path_hash(&rows::path(line.path.bytes())) as i64;
    let sql = "SELECT changed FROM articles WHERE library = ?1 AND path_hash = ?2";
    let known = database.query_row(sql, [library, hash], |row| row.get::<_, i64>(0)).optional()?;
    if known.is_some_and(|changed| changed >= line.changed) {
        return Ok(false);
    }
    let position = line.position.as_ref();
    database.execute(
        "INSERT OR REPLACE INTO articles (library, path_hash, path, link_hash, content_hash, attention, starred, side, block,
         byte_offset, fingerprint, screen_row, alignment, opened, changed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            library,
            hash,
            line.path.bytes(),
            line.link_hash as i64,
            line.content_hash as i64,
            line.state,
            line.starred,
            position.map(|position| &*position.side),
            position.map(|position| position.block),
            position.map(|position| position.offset),
            position.map(|position| position.fingerprint as i64),
            position.map(|position| position.row),
            line.alignment,
            line.opened,
            line.changed,
        ],
    )?;
    Ok(true)
}
