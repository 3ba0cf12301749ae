//! The rows of highlights and notes. Each is also a line of `jianbao state export`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use serde::{Deserialize, Serialize};

use super::rows::{self, PathText, WriteOrigin};
use crate::bilingual::Place;
use crate::catalog::{Annotation, HighlightColour, path_hash};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct AnnotationRow {
    /// Only for JSON: the database knows the library by its id.
    pub(super) library: PathText,
    key: u64,
    path: PathText,
    places: [Place; 2],
    text: String,
    /// None if it was removed.
    colour: Option<HighlightColour>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    created: i64,
    changed: i64,
}

impl AnnotationRow {
    /// The row of a highlight that was changed at a time.
    pub(super) fn new(annotation: &Annotation, changed: i64) -> Self {
        Self {
            library: PathText::default(),
            key: annotation.key,
            path: PathText::new(&annotation.path),
            places: annotation.places.clone(),
            text: annotation.text.clone(),
            colour: annotation.colour,
            note: annotation.note.clone(),
            created: if annotation.created == 0 {
                changed
            } else {
                annotation.created
            },
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

    /// The highlight, also if it was removed.
    pub(super) fn annotation(self) -> Arc<Annotation> {
        Arc::new(Annotation {
            key: self.key,
            path: self.path.path().to_owned(),
            places: self.places,
            text: self.text,
            colour: self.colour,
            note: self.note,
            created: self.created,
            changed: self.changed,
        })
    }

    /// None if another program wrote what this one does not know.
    fn read(library: &PathText, row: &Row<'_>) -> Result<Option<Self>> {
        let Ok(places) = serde_json::from_str(row.get_ref("places")?.as_str()?) else {
            return Ok(None);
        };
        let colour: Option<String> = row.get("colour")?;
        let known = colour.as_deref().map(HighlightColour::named);
        Ok((known != Some(None)).then_some(Self {
            library: library.clone(),
            key: rows::hash(row, "key")?,
            path: row.get("path")?,
            places,
            text: row.get("text")?,
            colour: known.flatten(),
            note: row.get("note")?,
            created: row.get("created")?,
            changed: row.get("changed")?,
        }))
    }
}

/// The highlights and notes of a library, also those that were removed, in the order in which they were written last.
pub(super) fn annotations(
    database: &Connection,
    library: i64,
    library_path: &PathText,
) -> Result<Vec<AnnotationRow>> {
    select(
        database,
        "library = ?1 ORDER BY created, key",
        library,
        library_path,
        &[],
    )
}

/// Those that others wrote since a revision.
pub(super) fn written_by_others(
    database: &Connection,
    library: i64,
    since: i64,
    writer: i64,
) -> Result<Vec<AnnotationRow>> {
    let condition = "library = ?1 AND revision > ?2 AND writer <> ?3";
    let path = PathText::default();
    select(database, condition, library, &path, &[since, writer])
}

/// The path of the library that has a highlight; of several, the one that was read last.
pub(super) fn library_of(database: &Connection, key: u64) -> Result<Option<PathBuf>> {
    let sql = "SELECT libraries.path FROM annotations JOIN libraries ON libraries.id = library
         WHERE key = ?1 AND colour IS NOT NULL ORDER BY last_visit DESC LIMIT 1";
    let path = database.query_row(sql, [key.cast_signed()], |row| row.get::<_, PathText>(0));
    Ok(path.optional()?.map(|path| path.path().to_owned()))
}

fn select(
    database: &Connection,
    condition: &str,
    library: i64,
    library_path: &PathText,
    values: &[i64],
) -> Result<Vec<AnnotationRow>> {
    let mut select = database.prepare(&format!("SELECT * FROM annotations WHERE {condition}"))?;
    let values = [&[library], values].concat();
    let rows = select.query_map(rusqlite::params_from_iter(values), |row| {
        AnnotationRow::read(library_path, row)
    })?;
    rows.filter_map(Result::transpose).collect()
}

/// The number of the last writing.
pub(super) fn last_revision(database: &Connection, library: i64) -> Result<i64> {
    let sql = "SELECT coalesce(max(revision), 0) FROM annotations WHERE library = ?1";
    database.query_row(sql, [library], |row| row.get(0))
}

/// Writes a highlight if it is newer than the saved one; returns whether it was written.
pub(super) fn put_annotation(
    database: &Connection,
    library: i64,
    row: &AnnotationRow,
    origin: WriteOrigin,
) -> Result<bool> {
    let sql = format!(
        "INSERT INTO annotations (library, key, path, path_hash, places, text, colour, note, created, changed, writer,
             revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
             (SELECT coalesce(max(revision), 0) + 1 FROM annotations WHERE library = ?1))
         ON CONFLICT (library, key) DO UPDATE SET path = excluded.path, path_hash = excluded.path_hash,
             places = excluded.places, text = excluded.text, colour = excluded.colour, note = excluded.note,
             created = min(created, excluded.created), changed = excluded.changed, writer = excluded.writer,
             revision = excluded.revision
         WHERE {}",
        origin.is_newer("changed")
    );
    let places = serde_json::to_string(&row.places).unwrap_or_default();
    let values = params![
        library,
        row.key.cast_signed(),
        row.path,
        path_hash(row.path.path()).cast_signed(),
        places,
        row.text,
        row.colour.map(HighlightColour::name),
        row.note,
        row.created,
        row.changed,
        origin.writer(),
    ];
    Ok(database.execute(&sql, values)? > 0)
}

/// Writes a highlight of an import.
pub(super) fn merge_annotation(database: &Connection, row: &AnnotationRow) -> Result<bool> {
    let library = rows::find_or_add_library(database, &row.library)?;
    put_annotation(database, library, row, WriteOrigin::Import)
}
