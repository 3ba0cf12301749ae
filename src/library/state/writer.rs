//! The thread that writes the queue to the database, and tries again when it cannot.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::database::{self, Database, DatabaseError};
use super::rows::{self, SavedState};
use super::write_queue::{Change, WriteBatch, WriteQueue};
use crate::text::clean_line;

/// How long a change waits for others to be written with it. Far below the two seconds promised.
const BATCH_DELAY: Duration = Duration::from_millis(400);

/// The delay before a failed write is tried again.
const RETRY_DELAY: Duration = Duration::from_secs(5);

/// How long the end of the program waits for the last write.
pub(super) const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(1);

/// The time now, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_millis() as i64)
}

pub(super) struct StateWriter {
    folder: PathBuf,
    library: PathBuf,
    on_notice: Box<dyn Fn(String) + Send>,
    /// The database and the id of the library; `None` while it cannot be opened.
    open: Option<(Database, i64)>,
    /// Whether a newer program made the database; then nothing is saved.
    is_newer: bool,
    /// Whether the user knows that nothing is being saved.
    has_complained: bool,
}

impl StateWriter {
    pub(super) fn new(
        folder: &Path,
        library: &Path,
        on_notice: Box<dyn Fn(String) + Send>,
    ) -> Self {
        Self {
            folder: folder.into(),
            library: library.into(),
            on_notice,
            open: None,
            is_newer: false,
            has_complained: false,
        }
    }

    /// Opens the database and loads the state of the library; the default state if that fails.
    pub(super) fn open_and_load(&mut self) -> SavedState {
        let mut result = self.try_load();
        if matches!(result, Err(DatabaseError::Busy)) {
            // Programs that start at the same time may be in each other's way for a moment.
            result = self.try_load();
        }
        if matches!(result, Err(DatabaseError::Unreadable)) {
            result = self.start_over().and_then(|()| self.try_load());
        }
        result.unwrap_or_else(|error| {
            self.complain(&error);
            SavedState::default()
        })
    }

    fn try_load(&mut self) -> Result<SavedState, DatabaseError> {
        let (database, library) = self.database()?;
        Ok(rows::saved_state(database, library)?.visited_before(now()))
    }

    /// The open database and the id of the library.
    fn database(&mut self) -> Result<(&mut Database, i64), DatabaseError> {
        let (database, library) = match self.open.take() {
            Some(open) => open,
            None => self.connect()?,
        };
        let (database, library) = self.open.insert((database, library));
        Ok((database, *library))
    }

    fn connect(&self) -> Result<(Database, i64), DatabaseError> {
        let mut database = Database::open(&self.folder)?;
        let path = rows::path_bytes(&self.library);
        let library = match rows::find_library(&database, path)? {
            Some(library) => library,
            None => database.transaction(|database| rows::find_or_add_library(database, path))?,
        };
        Ok((database, library))
    }

    /// Renames an unreadable database, so that the next attempt makes a new one.
    fn start_over(&mut self) -> Result<(), DatabaseError> {
        self.open = None;
        let renamed = database::set_aside(&self.folder)?;
        let renamed = clean_line(&renamed.to_string_lossy()).into_owned();
        (self.on_notice)(format!(
            "the saved state cannot be read; it was renamed to {renamed}, and a new one begun"
        ));
        Ok(())
    }

    /// Tells the user once that nothing is being saved.
    fn complain(&mut self, error: &DatabaseError) {
        self.is_newer = matches!(error, DatabaseError::Newer(_));
        if self.has_complained {
            return;
        }
        let path = database::path(&self.folder);
        let path = clean_line(&path.to_string_lossy()).into_owned();
        let notice = match error {
            DatabaseError::Busy => return,
            DatabaseError::Newer(version) => format!(
                "a newer jianbao made {path} (version {version} of its tables); it stays unchanged, and nothing is being saved"
            ),
            DatabaseError::Unreadable => format!("{path} cannot be read; nothing is being saved"),
            DatabaseError::Disk(reason) => {
                format!("nothing is being saved in {path}: {}", clean_line(reason))
            }
        };
        self.has_complained = true;
        (self.on_notice)(notice);
    }

    /// Starts the thread; returns whether it runs.
    pub(super) fn start(mut self, queue: &Arc<WriteQueue>) -> bool {
        if self.is_newer {
            return false;
        }
        let queue = Arc::clone(queue);
        let run = move || {
            self.run(&queue);
            // The last connection that closes tidies up; the end of the program waits for that too.
            drop(self);
            queue.end_writer();
        };
        thread::Builder::new()
            .name("state".into())
            .spawn(run)
            .is_ok()
    }

    fn run(&mut self, queue: &WriteQueue) {
        // A visit counts even if nothing is read in it and the program is killed.
        let _ = self.write(&WriteBatch::default());
        let mut delay = BATCH_DELAY;
        loop {
            let (batch, is_closed) = queue.take(delay);
            match self.write(&batch) {
                Ok(()) => {
                    queue.confirm();
                    delay = BATCH_DELAY;
                    if self.has_complained {
                        self.has_complained = false;
                        (self.on_notice)("the state is being saved again".into());
                    }
                }
                Err(error) => {
                    queue.put_back();
                    delay = if matches!(error, DatabaseError::Busy) {
                        BATCH_DELAY
                    } else {
                        RETRY_DELAY
                    };
                    self.complain(&error);
                    if self.is_newer {
                        return;
                    }
                }
            }
            if is_closed {
                return;
            }
        }
    }

    /// Writes changes in one transaction.
    fn write(&mut self, batch: &WriteBatch) -> Result<(), DatabaseError> {
        let written = self.try_write(batch);
        if matches!(written, Err(DatabaseError::Unreadable)) {
            self.start_over()?;
            return self.try_write(batch);
        }
        written
    }

    fn try_write(&mut self, batch: &WriteBatch) -> Result<(), DatabaseError> {
        let (database, library) = self.database()?;
        database.transaction(|database| {
            for change in &batch.changes {
                match change {
                    Change::Article(row) => rows::put_article(database, library, row)?,
                    Change::Move { from, to } => rows::move_article(database, library, *from, to)?,
                }
            }
            if let Some(row) = &batch.library {
                rows::put_library(database, library, row)?;
            }
            rows::put_visit(database, library, now())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::ArticleRow;
    use super::*;
    use crate::catalog::{Attention, Mark, Remembered};

    fn article(number: usize) -> ArticleRow {
        let mark = Mark {
            attention: Attention::Read,
            is_starred: false,
        };
        // A long path fills pages quickly.
        let path = format!("{number}{}", "长".repeat(300));
        ArticleRow::new(
            Path::new(&path),
            0,
            0,
            &Remembered {
                mark,
                ..Remembered::default()
            },
            1,
        )
    }

    #[test]
    fn a_full_disk_loses_nothing_and_is_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, notices) = std::sync::mpsc::channel();
        let on_notice = Box::new(move |line| sender.send(line).unwrap());
        let mut writer = StateWriter::new(folder.path(), Path::new("/library"), on_notice);
        writer.open_and_load();
        let limit = |writer: &StateWriter, pages: i64| {
            let database = &writer.open.as_ref().unwrap().0;
            database
                .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
                .unwrap();
        };
        limit(&writer, 1);
        let queue = WriteQueue::default();
        for number in 0..100 {
            queue.push(Change::Article(article(number)));
        }
        for _ in 0..2 {
            let (batch, _) = queue.take(Duration::ZERO);
            let error = writer.write(&batch).unwrap_err();
            assert!(matches!(error, DatabaseError::Disk(_)), "{error:?}");
            writer.complain(&error);
            queue.put_back();
        }
        assert_eq!(
            notices
                .try_iter()
                .filter(|line| line.contains("nothing is being saved"))
                .count(),
            1
        );
        limit(&writer, 1_000_000);
        queue.close();
        writer.run(&queue);
        assert!(notices.recv().unwrap().contains("saved again"));
        drop(writer);
        assert_eq!(
            super::super::saved_marks(folder.path(), Path::new("/library")).len(),
            100
        );
    }
}
