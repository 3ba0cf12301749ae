//! The rows of bookmarks. Each is also a line of `jianbao state export`.

use std::path::Path;

use rusqlite::{Connection, Result, Row, params};
use serde::{Deserialize, Serialize};

use super::super::article_files::path_hash;
use super::rows::{self, PathText, WriteOrigin};
use crate::catalog::{Bookmark, Reading};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct BookmarkRow {
    /// Only for JSON: the database knows the library by its id.
    pub(super) library: PathText,
    letter: char,
    /// None if it was removed.
    path: Option<PathText>,
    reading: Reading,
    changed: i64,
}

impl BookmarkRow {
    pub(super) fn new(bookmark: &Bookmark, changed: i64) -> Self {
        Self {
            library: PathText::default(),
            letter: bookmark.letter,
            path: bookmark.path.as_deref().map(PathText::new),
            reading: bookmark.reading.clone(),
            changed,
        }
    }

    /// The row with its library, for JSON.
    pub(super) fn in_library(&self, library: &Path) -> Self {
        Self {
            library: PathText::new(library),
            ..self.clone()
        }
    }

    /// The bookmark; None if it was removed.
    pub(super) fn bookmark(self) -> Option<Bookmark> {
        Some(Bookmark {
            letter: self.letter,
            path: Some(self.path?.path().to_owned()),
            reading: self.reading,
        })
    }

    /// None if another program wrote what this one does not know.
    fn read(library: &PathText, row: &Row<'_>) -> Result<Option<Self>> {
        let letter: String = row.get("letter")?;
        let reading = serde_json::from_str(row.get_ref("reading")?.as_str()?);
        let (path, changed) = (row.get("path")?, row.get("changed")?);
        let known = letter.parse().ok().zip(reading.ok());
        Ok(known.map(|(letter, reading)| Self {
            library: library.clone(),
            letter,
            path,
            reading,
            changed,
        }))
    }
}

/// The bookmarks of a library, also those that were removed.
pub(super) fn bookmarks(
    database: &Connection,
    library: i64,
    library_path: &PathText,
) -> Result<Vec<BookmarkRow>> {
    let mut select =
        database.prepare("SELECT * FROM bookmarks WHERE library = ?1 ORDER BY letter")?;
    let rows = select.query_map([library], |row| BookmarkRow::read(library_path, row))?;
    rows.filter_map(Result::transpose).collect()
}

/// Writes a bookmark if it is newer than the saved one; returns whether it was written.
pub(super) fn put_bookmark(
    database: &Connection,
    library: i64,
    row: &BookmarkRow,
    origin: WriteOrigin,
) -> Result<bool> {
    let sql = format!(
        "INSERT INTO bookmarks (library, letter, path, path_hash, reading, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (library, letter) DO UPDATE SET path = excluded.path, path_hash = excluded.path_hash,
         reading = excluded.reading, changed = excluded.changed WHERE {}",
        origin.is_newer("changed")
    );
    let hash = row.path.as_ref().map(|path| path_hash(path.path()) as i64);
    let reading = serde_json::to_string(&row.reading).unwrap_or_default();
    let values = params![
        library,
        row.letter.to_string(),
        row.path,
        hash,
        reading,
        row.changed
    ];
    Ok(database.execute(&sql, values)? > 0)
}

/// Writes a bookmark of an import.
pub(super) fn merge_bookmark(database: &Connection, row: &BookmarkRow) -> Result<bool> {
    let library = rows::find_or_add_library(database, &row.library)?;
    put_bookmark(database, library, row, WriteOrigin::Import)
}
