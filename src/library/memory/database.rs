//! The database: where it lies, how it is opened, and its schema through the versions.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::ops::Deref;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

/// What the database says it is: `jbao` in its header.
const APPLICATION: i32 = 0x6a62_616f;

/// How long a write waits for another program's.
const BUSY: Duration = Duration::from_millis(400);

/// What makes each version of the schema out of the one before it. Never changed, only followed by more.
pub(super) const MIGRATIONS: &[&str] = &["
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
"];

/// Why the database cannot be used.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It was made by a newer program, with this version of the schema.
    Newer(i64),
    /// It is no database of ours, or damaged.
    Unreadable,
    /// Another program is writing; soon it will not be.
    Busy,
    /// The disk does not let us; says why.
    Disk(String),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Unreadable,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Disk(error.to_string()),
        }
    }
}

impl From<io::Error> for Trouble {
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
    /// Opens the database in a folder, makes both where they are missing, and brings it up to date.
    pub(super) fn open(folder: &Path) -> Result<Self, Trouble> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let path = path(folder);
        if !path.exists() {
            OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path)?;
        }
        Self::open_with(&path, MIGRATIONS)
    }

    /// Opens a database with a schema made by these migrations.
    pub(super) fn open_with(path: &Path, migrations: &[&str]) -> Result<Self, Trouble> {
        look_at_header(path, migrations.len() as i64)?;
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        // WAL: readers and the one writer do not wait for each other, and a kill at any instant leaves whole transactions.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL is what holds against the loss of power: each transaction reaches the disk itself. A killed program alone
        // would lose nothing with NORMAL either.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        if version(&connection)? != migrations.len() as i64 {
            migrate(&mut connection, migrations)?;
        }
        Ok(Self(connection))
    }

    /// Does something in one transaction, which alone writes from its start on.
    pub(super) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, rusqlite::Error> {
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

/// Where the database of a folder lies.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("state.db")
}

/// Renames a database that cannot be read, with what belongs to it, and tells its new path.
pub(super) fn set_aside(folder: &Path) -> io::Result<PathBuf> {
    let name = |number: u32, end: &str| folder.join(format!("state.db.unreadable-{number}{end}"));
    let free = |number: &u32| ["", "-wal", "-shm"].iter().all(|end| !name(*number, end).exists());
    let number = (1..=u32::MAX).find(free).unwrap_or(u32::MAX);
    fs::rename(path(folder), name(number, ""))?;
    for end in ["-wal", "-shm"] {
        match fs::rename(folder.join(format!("state.db{end}")), name(number, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(name(number, ""))
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Looks at the file before `SQLite` does, which would write to a database that is not ours to touch.
fn look_at_header(path: &Path, newest: i64) -> Result<(), Trouble> {
    let mut header = Vec::new();
    File::open(path)?.take(100).read_to_end(&mut header)?;
    if header.is_empty() {
        return Ok(());
    }
    let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(i32::from_be_bytes);
    let (Some(version), Some(application)) = (number(60), number(68)) else { return Err(Trouble::Unreadable) };
    // A program that was killed while it made the database leaves both at 0.
    if !header.starts_with(b"SQLite format 3\0") || application != APPLICATION && (application, version) != (0, 0) {
        return Err(Trouble::Unreadable);
    }
    if i64::from(version) > newest { Err(Trouble::Newer(i64::from(version))) } else { Ok(()) }
}

/// Brings a database up to date, all in one transaction, so that no version is ever half made.
fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), Trouble> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been quicker.
    let from = version(&transaction)?;
    if from > migrations.len() as i64 {
        return Err(Trouble::Newer(from));
    }
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if from < 0 || from == 0 && tables > 0 {
        return Err(Trouble::Unreadable);
    }
    for step in &migrations[from as usize..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", migrations.len() as i64)?;
    Ok(transaction.commit()?)
}
