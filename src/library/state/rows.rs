//! The rows of the database. Each is also a line of `jianbao state export`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use serde::de::IntoDeserializer;
use serde::de::value::{Error as NameError, StrDeserializer};
use serde::{Deserialize, Serialize};

use super::super::article_files::path_hash;
use super::super::read_file;
use crate::bilingual::{Alignment, Bead, Place};
use crate::catalog::{
    ChangedFields, LibraryState, LibraryView, Mark, Order, OwnTags, Reading, Remembered,
    SavedSearch, SearchChange,
};
use crate::platform;
use crate::text::Language;

/// The time now, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    read_file::now() / 1_000_000
}

/// What marks an article in the list, and recognises one that was renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) struct SavedMark {
    pub path: u64,
    /// The xxh3 hash of the source link; 0 for none.
    pub link: u64,
    /// The xxh3 hash of the content; 0 if unknown.
    pub content: u64,
    pub mark: Mark,
}

/// A path in JSON: text, or bytes if it is not UTF-8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum PathText {
    Text(String),
    Bytes { bytes: Vec<u8> },
}

impl Default for PathText {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl PathText {
    pub(super) fn new(path: &Path) -> Self {
        Self::of_bytes(path.as_os_str().as_encoded_bytes())
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        str::from_utf8(bytes).map_or_else(
            |_| Self::Bytes {
                bytes: bytes.to_vec(),
            },
            |text| Self::Text(text.to_owned()),
        )
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes { bytes } => bytes,
        }
    }

    pub(super) fn path(&self) -> &Path {
        platform::path_of_bytes(self.bytes())
    }
}

impl FromSql for PathText {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob().map(Self::of_bytes)
    }
}

impl ToSql for PathText {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.bytes().into())
    }
}

/// A library and its saved searches.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct LibraryRow {
    /// Only for JSON: the database knows the library by its id.
    pub(super) library: PathText,
    sort: Option<Order>,
    filter: Option<String>,
    selected: Option<PathText>,
    language: Option<Language>,
    parallel: Option<bool>,
    in_article: Option<bool>,
    alone: Option<bool>,
    pinyin: Option<bool>,
    #[serde(default)]
    gloss: Option<bool>,
    measure: Option<u16>,
    roomy: Option<bool>,
    list_columns: Option<u16>,
    searches: Vec<SearchRow>,
    pub(super) last_visit: Option<i64>,
    changed: i64,
}

impl LibraryRow {
    pub(super) fn new(state: &LibraryState, changed: i64) -> Self {
        let view = state.view.as_ref();
        Self {
            library: PathText::default(),
            sort: Some(state.order),
            filter: state.filter.clone(),
            selected: state.selected.as_deref().map(PathText::new),
            language: view.map(|view| view.language),
            parallel: view.map(|view| view.is_parallel),
            in_article: view.map(|view| view.is_in_article),
            alone: view.map(|view| view.is_alone),
            pinyin: view.map(|view| view.has_pinyin),
            gloss: view.map(|view| view.has_gloss),
            measure: view.map(|view| view.measure),
            roomy: view.and_then(|view| view.is_roomy),
            list_columns: view.and_then(|view| view.list_columns),
            searches: Vec::new(),
            last_visit: None,
            changed,
        }
    }

    /// The row with its library and changed searches, for JSON.
    pub(super) fn in_library(self, library: &Path, searches: Vec<SearchRow>) -> Self {
        Self {
            library: PathText::new(library),
            searches,
            ..self
        }
    }

    pub(super) fn into_state(self) -> LibraryState {
        let view = |(language, measure)| LibraryView {
            language,
            is_parallel: self.parallel.unwrap_or_default(),
            is_in_article: self.in_article.unwrap_or_default(),
            is_alone: self.alone.unwrap_or_default(),
            has_pinyin: self.pinyin.unwrap_or_default(),
            has_gloss: self.gloss.unwrap_or_default(),
            measure,
            is_roomy: self.roomy,
            list_columns: self.list_columns,
        };
        LibraryState {
            order: self.sort.unwrap_or_default(),
            view: self.language.zip(self.measure).map(view),
            filter: self.filter,
            selected: self.selected.map(|path| path.path().to_owned()),
            searches: shown_searches(self.searches),
        }
    }
}

/// The searches that are not deleted.
fn shown_searches(rows: Vec<SearchRow>) -> Vec<SavedSearch> {
    let shown = |SearchRow { name, query, .. }| {
        Some(SavedSearch {
            name,
            query: query?,
        })
    };
    rows.into_iter().filter_map(shown).collect()
}

/// A saved search, or one that was deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SearchRow {
    name: String,
    /// None if it was deleted.
    query: Option<String>,
    /// None counts as the time of the library's row.
    #[serde(default)]
    changed: Option<i64>,
    /// The name that it had before, whose place it takes.
    #[serde(skip)]
    renamed_from: Option<String>,
}

impl SearchRow {
    pub(super) fn new(change: SearchChange, changed: i64) -> Self {
        Self {
            name: change.name,
            query: change.query,
            changed: Some(changed),
            renamed_from: change.renamed_from,
        }
    }
}

/// When the fields of an article were changed, in milliseconds since 1970; 0 for what is not set.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct FieldTimes {
    state: i64,
    starred: i64,
    position: i64,
    alignment: i64,
    #[serde(default)]
    accepted: i64,
    #[serde(default)]
    tags: i64,
    #[serde(default)]
    ticked: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ArticleRow {
    /// Only for JSON: the database knows the library by its id.
    pub(super) library: PathText,
    path: PathText,
    /// Without the alignment.
    #[serde(flatten)]
    remembered: Remembered,
    alignment: Option<String>,
    link_hash: u64,
    content_hash: u64,
    opened: Option<i64>,
    changed: i64,
    /// None if all fields were changed then.
    #[serde(default)]
    times: Option<FieldTimes>,
}

impl ArticleRow {
    /// A row that changes some fields now. The hashes are those of the source link and the content,
    /// 0 for none.
    pub(super) fn new(
        path: &Path,
        [link, content]: [u64; 2],
        remembered: &Remembered,
        fields: ChangedFields,
        changed: i64,
    ) -> Self {
        let time = |is_changed| if is_changed { changed } else { 0 };
        Self {
            library: PathText::default(),
            path: PathText::new(path),
            remembered: remembered.clone(),
            alignment: remembered.edited.as_deref().map(encode_alignment),
            link_hash: link,
            content_hash: content,
            opened: fields.opened.then_some(changed),
            changed,
            times: Some(FieldTimes {
                state: time(fields.attention),
                starred: time(fields.starred),
                position: time(fields.reading),
                alignment: time(fields.edited),
                accepted: time(fields.accepted),
                tags: time(fields.tags),
                ticked: time(fields.ticked),
            }),
        }
    }

    /// The row with its library, for JSON.
    pub(super) fn in_library(&self, library: &Path) -> Self {
        Self {
            library: PathText::new(library),
            ..self.clone()
        }
    }

    fn times(&self) -> FieldTimes {
        self.times.unwrap_or(FieldTimes {
            state: self.changed,
            starred: self.changed,
            position: self.changed,
            alignment: self.changed,
            accepted: self.changed,
            tags: self.changed,
            ticked: self.changed,
        })
    }

    /// Sets the fields that this row changes.
    pub(super) fn apply_to(&self, remembered: &mut Remembered) {
        let (new, times) = (self.remembered(), self.times());
        if times.state > 0 {
            remembered.mark.attention = new.mark.attention;
        }
        if times.starred > 0 {
            remembered.mark.is_starred = new.mark.is_starred;
        }
        if times.position > 0 {
            remembered.reading = new.reading;
        }
        if times.alignment > 0 {
            remembered.edited = new.edited;
        }
        if times.accepted > 0 {
            remembered.accepted = new.accepted;
        }
        if times.tags > 0 {
            remembered.tags = new.tags;
        }
        if times.ticked > 0 {
            remembered.ticked = new.ticked;
        }
    }

    fn read(library: PathText, row: &Row<'_>) -> Result<Self> {
        let reading = match named(row, "side")? {
            Some(side) => Some(Reading {
                place: Place {
                    side,
                    block: row.get("block")?,
                    offset: row.get("byte_offset")?,
                    fingerprint: hash(row, "fingerprint")?,
                },
                row: row.get("screen_row")?,
            }),
            None => None,
        };
        Ok(Self {
            library,
            path: row.get("path")?,
            remembered: Remembered {
                mark: mark(row)?,
                reading,
                edited: None,
                accepted: keys(row.get_ref("accepted")?.as_str_or_null()?),
                tags: tags(row.get_ref("tags")?.as_str_or_null()?),
                ticked: keys(row.get_ref("ticked")?.as_str_or_null()?),
            },
            alignment: row.get("alignment")?,
            link_hash: hash(row, "link_hash")?,
            content_hash: hash(row, "content_hash")?,
            opened: row.get("opened")?,
            changed: row.get("changed")?,
            times: Some(FieldTimes {
                state: row.get("attention_changed")?,
                starred: row.get("starred_changed")?,
                position: row.get("reading_changed")?,
                alignment: row.get("alignment_changed")?,
                accepted: row.get("accepted_changed")?,
                tags: row.get("tags_changed")?,
                ticked: row.get("ticked_changed")?,
            }),
        })
    }

    /// Whether its alignment is one, if it has any.
    pub(super) fn has_valid_alignment(&self) -> bool {
        self.alignment
            .as_deref()
            .is_none_or(|text| decode_alignment(text).is_some())
    }

    pub(super) fn path_hash(&self) -> u64 {
        path_hash(self.path.path())
    }

    pub(super) fn remembered(&self) -> Remembered {
        let edited = self.alignment.as_deref().and_then(decode_alignment);
        Remembered {
            edited: edited.map(Arc::new),
            ..self.remembered.clone()
        }
    }
}

fn mark(row: &Row<'_>) -> Result<Mark> {
    Ok(Mark {
        attention: named(row, "attention")?.unwrap_or_default(),
        is_starred: row.get("starred")?,
    })
}

/// What the database holds by its name in JSON. None if there is no name, or nothing has it.
fn named<'de, T: Deserialize<'de>>(row: &'de Row<'_>, column: &str) -> Result<Option<T>> {
    let name = row.get_ref(column)?.as_str_or_null()?;
    let value = |name: &'de str| {
        let name: StrDeserializer<'_, NameError> = name.into_deserializer();
        T::deserialize(name).ok()
    };
    Ok(name.and_then(value))
}

/// The name of a value in JSON.
fn name(value: impl Serialize) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    value.as_str().map(str::to_owned)
}

/// Keys as they are saved; what is none is left out.
fn keys(text: Option<&str>) -> Vec<u64> {
    let words = text.unwrap_or_default().split_whitespace();
    let key = |word| u64::from_str_radix(word, 16).ok();
    words.filter_map(key).collect()
}

/// Keys as they are saved: hexadecimal, with blanks between them.
fn joined(keys: &[u64]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("{key:016x}")).collect();
    keys.join(" ")
}

/// The reader's own tags, a line each.
fn tags(text: Option<&str>) -> Vec<String> {
    let lines = text.unwrap_or_default().lines();
    lines.map(str::to_owned).collect()
}

/// A hash, which the database holds as a signed number.
pub(super) fn hash(row: &Row<'_>, column: &str) -> Result<u64> {
    row.get(column).map(i64::cast_unsigned)
}

/// The id of a library, if it has one.
pub(super) fn find_library(database: &Connection, path: &PathText) -> Result<Option<i64>> {
    let sql = "SELECT id FROM libraries WHERE path = ?1";
    database.query_row(sql, [path], |row| row.get(0)).optional()
}

/// The id of a library; a new library gets one.
pub(super) fn find_or_add_library(database: &Connection, path: &PathText) -> Result<i64> {
    if let Some(library) = find_library(database, path)? {
        return Ok(library);
    }
    database.execute("INSERT INTO libraries (path) VALUES (?1)", [path])?;
    Ok(database.last_insert_rowid())
}

/// The ids of all libraries, or of the one with this path, ordered by path.
pub(super) fn libraries(database: &Connection, only: Option<&PathText>) -> Result<Vec<i64>> {
    database
        .prepare("SELECT id FROM libraries WHERE ?1 IS NULL OR path = ?1 ORDER BY path")?
        .query_map([only], |row| row.get(0))?
        .collect()
}

/// The paths of the libraries that were read, the last one first.
pub(super) fn visited_libraries(database: &Connection) -> Result<Vec<PathBuf>> {
    let sql =
        "SELECT path FROM libraries WHERE last_visit IS NOT NULL ORDER BY last_visit DESC, id DESC";
    database
        .prepare(sql)?
        .query_map([], |row| row.get(0))?
        .map(|path| path.map(|path: PathText| path.path().to_path_buf()))
        .collect()
}

pub(super) fn library_row(database: &Connection, library: i64) -> Result<LibraryRow> {
    let sql = "SELECT * FROM libraries WHERE id = ?1";
    let mut found = database.query_row(sql, [library], |row| {
        Ok(LibraryRow {
            library: row.get("path")?,
            sort: named(row, "sort")?,
            filter: row.get("filter")?,
            selected: row.get("selected")?,
            language: named(row, "language")?,
            parallel: row.get("parallel")?,
            in_article: row.get("in_article")?,
            alone: row.get("alone")?,
            pinyin: row.get("pinyin")?,
            gloss: row.get("gloss")?,
            measure: row.get("measure")?,
            roomy: row.get("roomy")?,
            list_columns: row.get("list_columns")?,
            searches: Vec::new(),
            last_visit: row.get("last_visit")?,
            changed: row.get("changed")?,
        })
    })?;
    found.searches = search_rows(database, library)?;
    Ok(found)
}

fn search_rows(database: &Connection, library: i64) -> Result<Vec<SearchRow>> {
    let sql = "SELECT * FROM searches WHERE library = ?1 ORDER BY position, changed, name";
    let search = |row: &Row<'_>| {
        Ok(SearchRow {
            name: row.get("name")?,
            query: row.get("query")?,
            changed: row.get("changed")?,
            renamed_from: None,
        })
    };
    database
        .prepare(sql)?
        .query_map([library], search)?
        .collect()
}

pub(super) fn searches(database: &Connection, library: i64) -> Result<Vec<SavedSearch>> {
    search_rows(database, library).map(shown_searches)
}

/// Writes the row of a library; of its last visit, only the first is kept.
pub(super) fn put_library(database: &Connection, library: i64, row: &LibraryRow) -> Result<()> {
    database.execute(
        "UPDATE libraries SET sort = ?2, filter = ?3, selected = ?4, language = ?5, parallel = ?6, in_article = ?7, alone = ?8,
         pinyin = ?9, measure = ?10, last_visit = coalesce(last_visit, ?11), changed = ?12, roomy = ?13, list_columns = ?14,
         gloss = ?15
         WHERE id = ?1",
        params![
            library,
            name(row.sort),
            row.filter,
            row.selected,
            name(row.language),
            row.parallel,
            row.in_article,
            row.alone,
            row.pinyin,
            row.measure,
            row.last_visit,
            row.changed,
            row.roomy,
            row.list_columns,
            row.gloss,
        ],
    )?;
    Ok(())
}

/// Writes the row of a library and its searches, if they are new or newer than the saved ones;
/// returns whether something was written.
pub(super) fn merge_library(database: &Connection, row: &LibraryRow) -> Result<bool> {
    let sql = "SELECT 1 FROM libraries WHERE path = ?1 AND changed >= ?2";
    let mut is_newer = !database
        .prepare(sql)?
        .exists(params![row.library, row.changed])?;
    let library = find_or_add_library(database, &row.library)?;
    if is_newer {
        put_library(database, library, row)?;
    }
    for search in &row.searches {
        let changed = search.changed.or(Some(row.changed));
        let search = SearchRow {
            changed,
            ..search.clone()
        };
        is_newer |= put_search(database, library, &search, WriteOrigin::Import)?;
    }
    Ok(is_newer)
}

/// Where a row comes from that is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum WriteOrigin {
    /// An import: what is as new stays.
    Import,
    /// The user of the program with this number, just now. What is as old is replaced, and what has
    /// a time in the future, from a clock that was wrong.
    User(i64),
}

impl WriteOrigin {
    /// The number of the program that writes; 0 for an import.
    pub(super) const fn writer(self) -> i64 {
        match self {
            Self::Import => 0,
            Self::User(writer) => writer,
        }
    }

    /// SQL that says whether a time to be written is newer than the saved one.
    pub(super) fn is_newer(self, field: &str) -> String {
        let own = match self {
            Self::Import => String::new(),
            Self::User(_) => format!(" OR excluded.{field} = {field} OR {field} > {}", now()),
        };
        format!("excluded.{field} > 0 AND (excluded.{field} > coalesce({field}, 0){own})")
    }
}

/// Writes a search if it is newer than the saved one of this name; returns whether it was written.
pub(super) fn put_search(
    database: &Connection,
    library: i64,
    row: &SearchRow,
    origin: WriteOrigin,
) -> Result<bool> {
    let sql = format!(
        "INSERT INTO searches (library, name, query, changed, position)
         VALUES (?1, ?2, ?3, ?4, coalesce((SELECT position FROM searches WHERE library = ?1 AND name = ?5),
             (SELECT coalesce(max(position), -1) + 1 FROM searches WHERE library = ?1)))
         ON CONFLICT (library, name) DO UPDATE SET query = excluded.query, changed = excluded.changed WHERE {}",
        origin.is_newer("changed")
    );
    let key = params![library, row.name, row.query, row.changed, row.renamed_from];
    Ok(database.execute(&sql, key)? > 0)
}

/// The rows of the articles of a library, ordered by path.
pub(super) fn articles(
    database: &Connection,
    library: i64,
    library_path: &PathText,
) -> Result<Vec<ArticleRow>> {
    database
        .prepare("SELECT * FROM articles WHERE library = ?1 ORDER BY path")?
        .query_map([library], |row| ArticleRow::read(library_path.clone(), row))?
        .collect()
}

/// What is remembered of the article with a path hash.
pub(super) fn remembered(
    database: &Connection,
    library: i64,
    hash: u64,
) -> Result<Option<Remembered>> {
    let sql = "SELECT * FROM articles WHERE library = ?1 AND path_hash = ?2";
    let read = |row: &Row<'_>| ArticleRow::read(PathText::default(), row);
    let found = database
        .query_row(sql, params![library, hash as i64], read)
        .optional()?;
    Ok(found.as_ref().map(ArticleRow::remembered))
}

pub(super) fn saved_marks(database: &Connection, library: i64) -> Result<Vec<SavedMark>> {
    let sql = "SELECT path_hash, link_hash, content_hash, attention, starred FROM articles WHERE library = ?1";
    let saved = |row: &Row<'_>| {
        Ok(SavedMark {
            path: hash(row, "path_hash")?,
            link: hash(row, "link_hash")?,
            content: hash(row, "content_hash")?,
            mark: mark(row)?,
        })
    };
    database
        .prepare(sql)?
        .query_map([library], saved)?
        .collect()
}

/// The reader's own tags of the articles that have any.
pub(super) fn own_tags(database: &Connection, library: i64) -> Result<Vec<OwnTags>> {
    let sql = "SELECT path, tags FROM articles WHERE library = ?1 AND tags IS NOT NULL";
    let own = |row: &Row<'_>| {
        let path: PathText = row.get("path")?;
        Ok(OwnTags {
            path: path.path().to_owned(),
            tags: tags(row.get_ref("tags")?.as_str_or_null()?),
        })
    };
    database.prepare(sql)?.query_map([library], own)?.collect()
}

/// When the articles were last opened, by the hashes of their paths.
pub(super) fn opened_times(database: &Connection, library: i64) -> Result<HashMap<u64, i64>> {
    let sql = "SELECT path_hash, opened FROM articles WHERE library = ?1 AND opened IS NOT NULL";
    database
        .prepare(sql)?
        .query_map([library], |row| {
            Ok((hash(row, "path_hash")?, row.get("opened")?))
        })?
        .collect()
}

/// The columns of an article that are one field, after that of their time.
const FIELDS: [(&str, &[&str]); 8] = [
    ("attention_changed", &["attention"]),
    ("starred_changed", &["starred"]),
    (
        "reading_changed",
        &["side", "block", "byte_offset", "fingerprint", "screen_row"],
    ),
    ("alignment_changed", &["alignment"]),
    ("accepted_changed", &["accepted"]),
    ("tags_changed", &["tags"]),
    ("ticked_changed", &["ticked"]),
    ("opened", &[]),
];

/// Writes the fields of an article that are newer than the saved ones; returns whether there are
/// any.
pub(super) fn put_article(
    database: &Connection,
    library: i64,
    row: &ArticleRow,
    origin: WriteOrigin,
) -> Result<bool> {
    let Remembered {
        mark,
        reading,
        accepted,
        tags,
        ticked,
        ..
    } = &row.remembered;
    let tags = (!tags.is_empty()).then(|| tags.join("\n"));
    let place = reading.as_ref().map(|reading| &reading.place);
    let times = row.times();
    let set = FIELDS.map(|(time, columns)| {
        let is_newer = origin.is_newer(time);
        let set = |column: &&str| {
            format!("{column} = CASE WHEN {is_newer} THEN excluded.{column} ELSE {column} END, ")
        };
        columns.iter().chain([&time]).map(set).collect::<String>()
    });
    let set = set.concat();
    let any = FIELDS.map(|(time, _)| format!("({})", origin.is_newer(time)));
    let sql = format!(
        "INSERT INTO articles (library, path_hash, path, link_hash, content_hash, attention, starred, side, block,
         byte_offset, fingerprint, screen_row, alignment, opened, changed, attention_changed, starred_changed,
         reading_changed, alignment_changed, writer, accepted, accepted_changed, tags, tags_changed, ticked,
         ticked_changed, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26,
         (SELECT coalesce(max(revision), 0) + 1 FROM articles WHERE library = ?1))
         ON CONFLICT (library, path_hash) DO UPDATE SET {set} link_hash = excluded.link_hash,
         content_hash = excluded.content_hash,
         changed = max(changed, excluded.changed), writer = excluded.writer, revision = excluded.revision
         WHERE {}",
        any.join(" OR ")
    );
    let written = database.execute(
        &sql,
        params![
            library,
            row.path_hash() as i64,
            row.path,
            row.link_hash as i64,
            row.content_hash as i64,
            name(mark.attention),
            mark.is_starred,
            name(place.map(|place| place.side)),
            place.map(|place| place.block),
            place.map(|place| place.offset),
            place.map(|place| place.fingerprint as i64),
            reading.as_ref().map(|reading| reading.row),
            row.alignment,
            row.opened,
            row.changed,
            times.state,
            times.starred,
            times.position,
            times.alignment,
            origin.writer(),
            joined(accepted),
            times.accepted,
            tags,
            times.tags,
            joined(ticked),
            times.ticked,
        ],
    )?;
    Ok(written > 0)
}

/// Writes the fields of an article that are new or newer than the saved ones; returns whether there
/// are any.
pub(super) fn merge_article(database: &Connection, row: &ArticleRow) -> Result<bool> {
    let library = find_or_add_library(database, &row.library)?;
    put_article(database, library, row, WriteOrigin::Import)
}

/// The number of the last writing of an article.
pub(super) fn last_revision(database: &Connection, library: i64) -> Result<i64> {
    let sql = "SELECT coalesce(max(revision), 0) FROM articles WHERE library = ?1";
    database.query_row(sql, [library], |row| row.get(0))
}

/// The articles that others wrote since a revision: their paths' hashes, and what is remembered.
pub(super) fn written_by_others(
    database: &Connection,
    library: i64,
    since: i64,
    writer: i64,
) -> Result<Vec<(u64, Remembered)>> {
    let sql = "SELECT * FROM articles WHERE library = ?1 AND revision > ?2 AND writer <> ?3";
    let read = |row: &Row<'_>| {
        let article = ArticleRow::read(PathText::default(), row)?;
        Ok((hash(row, "path_hash")?, article.remembered()))
    };
    database
        .prepare(sql)?
        .query_map([library, since, writer], read)?
        .collect()
}

/// Saves the time of a visit, in milliseconds since 1970.
pub(super) fn put_visit(database: &Connection, library: i64, time: i64) -> Result<()> {
    database.execute(
        "UPDATE libraries SET last_visit = ?2 WHERE id = ?1",
        [library, time],
    )?;
    Ok(())
}

/// Gives an article a new path; if both paths are known, the newer row stays.
pub(super) fn move_article(
    database: &Connection,
    library: i64,
    from: u64,
    to: &Path,
) -> Result<()> {
    let (from, target) = (from as i64, path_hash(to) as i64);
    let sql = "DELETE FROM articles WHERE library = ?1 AND path_hash = ?2 AND changed <
         (SELECT changed FROM articles WHERE library = ?1 AND path_hash = ?3)";
    database.execute(sql, params![library, from, target])?;
    let sql = "UPDATE OR REPLACE articles SET path_hash = ?3, path = ?4 WHERE library = ?1 AND path_hash = ?2";
    let values = params![library, from, target, PathText::new(to)];
    database.execute(sql, values)?;
    for table in ["bookmarks", "annotations", "word_sentences"] {
        let sql = format!(
            "UPDATE {table} SET path_hash = ?3, path = ?4 WHERE library = ?1 AND path_hash = ?2"
        );
        database.execute(&sql, values)?;
    }
    Ok(())
}

/// Writes a corrected alignment as text: `chinese:english:confidence` for each group, with counts
/// of blocks, separated by spaces.
fn encode_alignment(alignment: &Alignment) -> String {
    let group = |group: &Bead| {
        format!(
            "{}:{}:{}",
            group.chinese.len(),
            group.english.len(),
            group.confidence
        )
    };
    alignment
        .beads
        .iter()
        .map(group)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads an alignment; `None` if the text is not one.
fn decode_alignment(text: &str) -> Option<Alignment> {
    let (mut chinese, mut english) = (0_u32, 0_u32);
    let mut beads = Vec::new();
    for group in text.split_whitespace() {
        let mut parts = group.split(':');
        let chinese_count: u32 = parts.next()?.parse().ok()?;
        let english_count: u32 = parts.next()?.parse().ok()?;
        let confidence: f32 = parts.next()?.parse().ok()?;
        let is_empty = chinese_count == 0 && english_count == 0;
        if parts.next().is_some() || is_empty || !(0.0..=1.0).contains(&confidence) {
            return None;
        }
        let chinese_end = chinese.checked_add(chinese_count)?;
        let english_end = english.checked_add(english_count)?;
        beads.push(Bead {
            chinese: chinese..chinese_end,
            english: english..english_end,
            confidence,
        });
        chinese = chinese_end;
        english = english_end;
    }
    Some(Alignment { beads })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alignment_is_read_as_it_was_written() {
        let text = "2:1:0.25 0:3:1 1:0:0.5";
        let alignment = decode_alignment(text).unwrap();
        assert_eq!(
            (
                alignment.beads[1].chinese.clone(),
                alignment.beads[1].english.clone()
            ),
            (2..2, 1..4)
        );
        assert_eq!(encode_alignment(&alignment), text);
        for wrong in [
            "0:0:1",
            "1:1",
            "1:1:2",
            "1:1:NaN",
            "4294967295:0:1 1:0:1",
            "1:1:1:1",
            "a:1:1",
        ] {
            assert_eq!(decode_alignment(wrong), None, "{wrong}");
        }
    }
}
