//! The rows of the database as values, and back.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Result, Row, named_params, params};

use super::super::path_hash::path_hash;
use super::waiting::{Article, Batch, Change};
use super::{Recollection, Trace, mended};
use crate::bilingual::Place;
use crate::catalog::{Attention, LibraryState, LibraryView, Mark, Order, Reading, Remembered, SavedSearch};
use crate::text::Language;

/// The bytes of a path, as they are kept.
pub(super) fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}

/// The path that bytes are.
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    OsStr::from_bytes(bytes).into()
}

/// The number of a library, if it has one.
pub(super) fn library(database: &Connection, path: &[u8]) -> Result<Option<i64>> {
    database.query_row("SELECT id FROM libraries WHERE path = ?1", [path], |row| row.get(0)).optional()
}

/// The number of a library, made where it is new.
pub(super) fn make_library(database: &Connection, path: &[u8]) -> Result<i64> {
    if let Some(found) = library(database, path)? {
        return Ok(found);
    }
    database.execute("INSERT INTO libraries (path) VALUES (?1)", [path])?;
    Ok(database.last_insert_rowid())
}

/// What is told of a library when it is opened.
pub(super) fn recollection(database: &Connection, library: i64) -> Result<Recollection> {
    let last_visit =
        database.query_row("SELECT last_visit FROM libraries WHERE id = ?1", [library], |row| row.get(0))?;
    Ok(Recollection { state: state(database, library)?, last_visit })
}

/// How a library was looked at.
pub(super) fn state(database: &Connection, library: i64) -> Result<LibraryState> {
    let sql = "SELECT sort, filter, selected, language, parallel, in_article, alone, pinyin, measure FROM libraries WHERE id = ?1";
    let mut state = database.query_row(sql, [library], |row| {
        Ok(LibraryState {
            order: order(row.get::<_, Option<String>>(0)?.as_deref()),
            filter: row.get(1)?,
            selected: row.get::<_, Option<Vec<u8>>>(2)?.map(|bytes| path(&bytes)),
            view: view(row)?,
            searches: Vec::new(),
        })
    })?;
    let mut searches = database.prepare("SELECT name, query FROM searches WHERE library = ?1 ORDER BY position")?;
    let found = searches.query_map([library], |row| Ok(SavedSearch { name: row.get(0)?, query: row.get(1)? }))?;
    state.searches = found.collect::<Result<_>>()?;
    Ok(state)
}

fn order(name: Option<&str>) -> Order {
    let orders = [Order::Date, Order::Title, Order::Source];
    orders.into_iter().find(|order| Some(order.name()) == name).unwrap_or_default()
}

fn language(code: &str) -> Option<Language> {
    Language::BOTH.into_iter().find(|side| side.code() == code)
}

fn view(row: &Row<'_>) -> Result<Option<LibraryView>> {
    let Some(language) = row.get::<_, Option<String>>(3)?.as_deref().and_then(language) else { return Ok(None) };
    let is = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<bool>>(at)?.unwrap_or_default());
    let (is_parallel, is_in_article, is_alone, has_pinyin) = (is(4)?, is(5)?, is(6)?, is(7)?);
    let Some(measure) = row.get(8)? else { return Ok(None) };
    Ok(Some(LibraryView { language, is_parallel, is_in_article, is_alone, has_pinyin, measure }))
}

/// Keeps how a library is looked at.
pub(super) fn keep(database: &Connection, library: i64, state: &LibraryState, changed: i64) -> Result<()> {
    let view = state.view.as_ref();
    database.execute(
        "UPDATE libraries SET sort = :sort, filter = :filter, selected = :selected, language = :language, parallel = :parallel,
         in_article = :in_article, alone = :alone, pinyin = :pinyin, measure = :measure, changed = :changed WHERE id = :id",
        named_params! {
            ":id": library,
            ":sort": state.order.name(),
            ":filter": state.filter,
            ":selected": state.selected.as_deref().map(bytes),
            ":language": view.map(|view| view.language.code()),
            ":parallel": view.map(|view| view.is_parallel),
            ":in_article": view.map(|view| view.is_in_article),
            ":alone": view.map(|view| view.is_alone),
            ":pinyin": view.map(|view| view.has_pinyin),
            ":measure": view.map(|view| view.measure),
            ":changed": changed,
        },
    )?;
    database.execute("DELETE FROM searches WHERE library = ?1", [library])?;
    for (position, search) in state.searches.iter().enumerate() {
        database.execute(
            "INSERT INTO searches (library, position, name, query) VALUES (?1, ?2, ?3, ?4)",
            params![library, position as i64, search.name, search.query],
        )?;
    }
    Ok(())
}

pub(super) fn traces(database: &Connection, library: i64) -> Result<Vec<Trace>> {
    let sql = "SELECT path_hash, link_hash, content_hash, attention, starred FROM articles WHERE library = ?1";
    let mut rows = database.prepare(sql)?;
    let traces = rows.query_map([library], |row| {
        Ok(Trace {
            path: row.get::<_, i64>(0)? as u64,
            link: row.get::<_, i64>(1)? as u64,
            content: row.get::<_, i64>(2)? as u64,
            mark: mark(row, 3)?,
        })
    })?;
    let mut traces = traces.collect::<Result<Vec<_>>>()?;
    traces.sort_unstable_by_key(|trace| trace.path);
    Ok(traces)
}

/// The name of how much was read, as it is kept.
pub(super) const fn attention_name(attention: Attention) -> &'static str {
    match attention {
        Attention::Unread => "unread",
        Attention::Read => "read",
        Attention::Finished => "finished",
    }
}

fn mark(row: &Row<'_>, at: usize) -> Result<Mark> {
    let attention = match row.get_ref(at)?.as_bytes().unwrap_or_default() {
        b"read" => Attention::Read,
        b"finished" => Attention::Finished,
        _ => Attention::Unread,
    };
    Ok(Mark { attention, is_starred: row.get(at + 1)? })
}

/// What is remembered of an article, known by the hash of its path.
pub(super) fn remembered(database: &Connection, library: i64, hash: u64) -> Result<Option<Remembered>> {
    let sql = "SELECT attention, starred, side, block, byte_offset, fingerprint, screen_row, alignment
        FROM articles WHERE library = ?1 AND path_hash = ?2";
    let read = |row: &Row<'_>| {
        let side = row.get::<_, Option<String>>(2)?.as_deref().and_then(language);
        let reading = side.map(|side| {
            let place =
                Place { side, block: row.get(3)?, offset: row.get(4)?, fingerprint: row.get::<_, i64>(5)? as u64 };
            Ok::<_, rusqlite::Error>(Reading { place, row: row.get(6)? })
        });
        let mended = row.get::<_, Option<String>>(7)?.as_deref().and_then(mended::read).map(Arc::new);
        Ok(Remembered { mark: mark(row, 0)?, reading: reading.transpose()?, mended })
    };
    database.query_row(sql, params![library, hash as i64], read).optional()
}

/// Writes changes, and that the library is being visited now (in milliseconds since 1970).
pub(super) fn write(database: &Connection, library: i64, batch: &Batch, now: i64) -> Result<()> {
    let mut put = database.prepare(
        "INSERT OR REPLACE INTO articles (library, path_hash, path, link_hash, content_hash, attention, starred, side, block,
         byte_offset, fingerprint, screen_row, alignment, opened, changed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
    )?;
    for change in &batch.changes {
        match change {
            Change::Article(Article { path, link, content, what, changed }) => {
                let (reading, mark) = (what.reading.as_ref(), what.mark);
                let place = reading.map(|reading| &reading.place);
                put.execute(params![
                    library,
                    path_hash(path) as i64,
                    bytes(path),
                    *link as i64,
                    *content as i64,
                    attention_name(mark.attention),
                    mark.is_starred,
                    place.map(|place| place.side.code()),
                    place.map(|place| place.block),
                    place.map(|place| place.offset),
                    place.map(|place| place.fingerprint as i64),
                    reading.map(|reading| reading.row),
                    what.mended.as_deref().map(mended::written),
                    changed,
                ])?;
            }
            Change::Moved(from, to) => move_to(database, library, *from, to)?,
        }
    }
    if let Some((state, changed)) = &batch.state {
        keep(database, library, state, *changed)?;
    }
    database.execute("UPDATE libraries SET last_visit = ?2 WHERE id = ?1", [library, now])?;
    Ok(())
}

/// Gives an article a new path; where both are known, the newer stays.
fn move_to(database: &Connection, library: i64, from: u64, to: &Path) -> Result<()> {
    let (from, target) = (from as i64, path_hash(to) as i64);
    if from == target {
        return Ok(());
    }
    let changed = |hash: i64| {
        let sql = "SELECT changed FROM articles WHERE library = ?1 AND path_hash = ?2";
        database.query_row(sql, [library, hash], |row| row.get::<_, i64>(0)).optional()
    };
    let Some(moved) = changed(from)? else { return Ok(()) };
    let loser = if changed(target)?.is_some_and(|there| there > moved) { from } else { target };
    database.execute("DELETE FROM articles WHERE library = ?1 AND path_hash = ?2", [library, loser])?;
    let sql = "UPDATE articles SET path_hash = ?3, path = ?4 WHERE library = ?1 AND path_hash = ?2";
    database.execute(sql, params![library, from, target, bytes(to)])?;
    Ok(())
}
