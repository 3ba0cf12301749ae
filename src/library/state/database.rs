//! The `SQLite` database: its path, how it is opened, and the versions of its schema.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::super::read_file::open_regular;

use crate::platform;

/// The application id in the header of the file: `jbao`.
const APPLICATION: i32 = 0x6a62_616f;

/// How long a write waits for that of another program.
const BUSY: Duration = Duration::from_millis(400);

/// The step from each version of the schema to the next. Steps are only added, never changed.
pub(super) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE libraries (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE,
        sort TEXT,
        filter TEXT,
        selected BLOB,
        language TEXT,
        parallel INTEGER,
        in_article INTEGER,
        alone INTEGER,
        pinyin INTEGER,
        measure INTEGER,
        last_visit INTEGER,
        changed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE articles (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        path_hash INTEGER NOT NULL,
        path BLOB NOT NULL,
        link_hash INTEGER NOT NULL,
        content_hash INTEGER NOT NULL,
        attention TEXT NOT NULL CHECK (attention IN ('unread', 'read', 'finished')),
        starred INTEGER NOT NULL,
        side TEXT,
        block INTEGER,
        byte_offset INTEGER,
        fingerprint INTEGER,
        screen_row INTEGER,
        alignment TEXT,
        opened INTEGER,
        changed INTEGER NOT NULL,
        PRIMARY KEY (library, path_hash)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE searches (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        PRIMARY KEY (library, position)
    ) STRICT, WITHOUT ROWID;
",
    "
    ALTER TABLE libraries ADD COLUMN roomy INTEGER;
    ALTER TABLE libraries ADD COLUMN list_columns INTEGER;
",
    "
    -- When each field was changed; who wrote a row, and a number that grows with each writing.
    ALTER TABLE articles ADD COLUMN attention_changed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE articles ADD COLUMN starred_changed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE articles ADD COLUMN reading_changed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE articles ADD COLUMN alignment_changed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE articles ADD COLUMN writer INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE articles ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
    UPDATE articles SET attention_changed = changed, starred_changed = changed, reading_changed = changed,
        alignment_changed = changed;
    CREATE INDEX articles_by_revision ON articles (library, revision);
    -- Searches by name; of a deleted one the query is NULL.
    ALTER TABLE searches RENAME TO old_searches;
    CREATE TABLE searches (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        query TEXT,
        position INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        PRIMARY KEY (library, name)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO searches SELECT library,
        CASE WHEN EXISTS (SELECT 1 FROM old_searches AS other WHERE other.library = old_searches.library
            AND other.name = old_searches.name AND other.position < old_searches.position)
        THEN name || ' ' || (position + 1) ELSE name END,
        query, position, (SELECT changed FROM libraries WHERE id = library) FROM old_searches WHERE true
        ON CONFLICT DO NOTHING;
    DROP TABLE old_searches;
",
    "
    -- It was the time of the last change of any field.
    UPDATE articles SET opened = CASE WHEN side IS NOT NULL THEN nullif(reading_changed, 0) END;
",
    "
    -- Of a removed bookmark the path is NULL.
    CREATE TABLE bookmarks (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        letter TEXT NOT NULL,
        path BLOB,
        path_hash INTEGER,
        reading TEXT NOT NULL,
        changed INTEGER NOT NULL,
        PRIMARY KEY (library, letter)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE commands (
        command TEXT PRIMARY KEY,
        used INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
",
    "
    ALTER TABLE articles ADD COLUMN accepted TEXT;
    ALTER TABLE articles ADD COLUMN accepted_changed INTEGER NOT NULL DEFAULT 0;
",
    "
    -- Highlights and notes. Of a removed one the colour is NULL; who wrote a row, and a number that grows with each
    -- writing.
    CREATE TABLE annotations (
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        key INTEGER NOT NULL,
        path BLOB NOT NULL,
        path_hash INTEGER NOT NULL,
        places TEXT NOT NULL,
        text TEXT NOT NULL,
        colour TEXT,
        note TEXT NOT NULL,
        created INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        writer INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        PRIMARY KEY (library, key)
    ) STRICT;
    CREATE INDEX annotations_by_revision ON annotations (library, revision);
    CREATE INDEX annotations_by_path ON annotations (library, path_hash);
",
    "
    -- The vocabulary book, which belongs to no library; its sentences do. Who wrote a word, and a number that grows with
    -- each writing.
    CREATE TABLE words (
        key INTEGER PRIMARY KEY,
        language TEXT NOT NULL,
        word TEXT NOT NULL,
        traditional TEXT NOT NULL,
        reading TEXT NOT NULL,
        senses TEXT NOT NULL,
        state TEXT NOT NULL,
        created INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        writer INTEGER NOT NULL,
        revision INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX words_by_revision ON words (revision);
    CREATE TABLE word_sentences (
        word INTEGER NOT NULL REFERENCES words (key) ON DELETE CASCADE,
        key INTEGER NOT NULL,
        library INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
        path BLOB NOT NULL,
        path_hash INTEGER NOT NULL,
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        word_start INTEGER NOT NULL,
        word_end INTEGER NOT NULL,
        translation TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        link TEXT NOT NULL,
        day TEXT,
        added INTEGER NOT NULL,
        PRIMARY KEY (word, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX word_sentences_by_path ON word_sentences (library, path_hash);
",
    "
    -- The reader's own tags, a line each.
    ALTER TABLE articles ADD COLUMN tags TEXT;
    ALTER TABLE articles ADD COLUMN tags_changed INTEGER NOT NULL DEFAULT 0;
",
    "
    -- Whether glosses were shown.
    ALTER TABLE libraries ADD COLUMN gloss INTEGER;
",
    "
    -- The items that are ticked off, as the accepted figures.
    ALTER TABLE articles ADD COLUMN ticked TEXT;
    ALTER TABLE articles ADD COLUMN ticked_changed INTEGER NOT NULL DEFAULT 0;
",
];

/// Why the database cannot be used.
#[derive(Debug)]
pub(super) enum DatabaseError {
    /// A newer program made it, with this version of the schema.
    Newer(i64),
    /// It is damaged, or not a database of this program.
    Unreadable,
    /// Another program is writing for the moment.
    Busy,
    /// The system refused; with the reason.
    Disk(String),
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => f.write_str(&tr!(
                "a newer jianbao made it (version {version} of its tables)",
                version = version
            )),
            Self::Unreadable => f.write_str(tr!("it is damaged, or not a database of jianbao")),
            Self::Busy => f.write_str(tr!("another program is writing to it")),
            Self::Disk(reason) => f.write_str(reason),
        }
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Unreadable,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Disk(error.to_string()),
        }
    }
}

impl From<io::Error> for DatabaseError {
    fn from(error: io::Error) -> Self {
        Self::Disk(crate::library::reason(&error))
    }
}

/// An open database of the newest version.
#[derive(Debug)]
pub(super) struct Database(Connection);

impl Deref for Database {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl Database {
    /// Opens the database of a folder and migrates it; makes the folder and the database if they
    /// are missing.
    pub(super) fn open(folder: &Path) -> Result<Self, DatabaseError> {
        make_folder(folder)?;
        let path = path(folder);
        if !path.exists() {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            platform::private(&mut options).open(&path)?;
        }
        Self::open_with(&path, MIGRATIONS)
    }

    /// Opens a database whose schema is made by these migrations.
    pub(super) fn open_with(path: &Path, migrations: &[&str]) -> Result<Self, DatabaseError> {
        check_header(path, migrations.len() as i64)?;
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        // WAL: readers and the writer do not wait for each other, and a kill at any instant leaves
        // whole transactions.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: each transaction reaches the disk, so that it survives a loss of power. NORMAL
        // would be enough for a kill.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        if version(&connection)? != migrations.len() as i64 {
            migrate(&mut connection, migrations)?;
        }
        Ok(Self(connection))
    }

    /// Runs `work` in one transaction, during which no other connection can write.
    pub(super) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, DatabaseError> {
        let transaction = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

/// Makes the folder of the database, which only the user may enter.
pub(in crate::library) fn make_folder(folder: &Path) -> io::Result<()> {
    platform::folder_options().create(folder)
}

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("state.db")
}

/// Renames a database that cannot be read, with its journal files, and returns its new path.
pub(super) fn set_aside(folder: &Path) -> io::Result<PathBuf> {
    let name = |number: u32| folder.join(format!("state.db.unreadable-{number}"));
    let number = (1..u32::MAX).find(|&number| !name(number).exists());
    let aside = name(number.unwrap_or_default());
    fs::rename(path(folder), &aside)?;
    for end in ["-wal", "-shm"] {
        let mut aside = aside.clone().into_os_string();
        aside.push(end);
        match fs::rename(folder.join(format!("state.db{end}")), aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Checks the header before `SQLite` opens the file, which could write to a database of another
/// program.
fn check_header(path: &Path, newest: i64) -> Result<(), DatabaseError> {
    let mut header = Vec::new();
    let (file, _) = open_regular(path).map_err(DatabaseError::Disk)?;
    file.take(100).read_to_end(&mut header)?;
    if header.is_empty() {
        return Ok(());
    }
    let number = |at: usize| {
        header
            .get(at..at + 4)?
            .try_into()
            .ok()
            .map(i32::from_be_bytes)
    };
    let (Some(version), Some(application)) = (number(60), number(68)) else {
        return Err(DatabaseError::Unreadable);
    };
    // A program that was killed while it created the database leaves both at 0.
    if !header.starts_with(b"SQLite format 3\0")
        || application != APPLICATION && (application, version) != (0, 0)
    {
        return Err(DatabaseError::Unreadable);
    }
    if i64::from(version) > newest {
        Err(DatabaseError::Newer(i64::from(version)))
    } else {
        Ok(())
    }
}

/// Migrates a database in one transaction, so that no version is ever half made.
fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), DatabaseError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have migrated it in the meantime.
    let from = version(&transaction)?;
    if from > migrations.len() as i64 {
        return Err(DatabaseError::Newer(from));
    }
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if from < 0 || from == 0 && tables > 0 {
        return Err(DatabaseError::Unreadable);
    }
    for step in &migrations[from as usize..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", migrations.len() as i64)?;
    Ok(transaction.commit()?)
}
