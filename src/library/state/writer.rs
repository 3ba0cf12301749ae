//! The thread that writes the queue to the database, and tries again when it cannot.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::super::threads::Latest;
use super::annotations::{self, AnnotationRow};
use super::bookmarks::{self, BookmarkRow};
use super::database::{self, Database, DatabaseError};
use super::rows::{self, ArticleRow, LibraryRow, PathText, SearchRow, WriteOrigin};
use super::saved_state::{self, SavedState};
use super::words::{self, WordRow};
use crate::text::clean_line;

/// How long a change waits for others to be written with it. Far below the two seconds promised.
const BATCH_DELAY: Duration = Duration::from_millis(400);
/// The delay before a failed write is tried again.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// Changes in order, until they are on the disk.
pub(super) type WriteQueue = Latest<Vec<Change>>;

#[derive(Clone, Debug)]
pub(super) enum Change {
    Article(ArticleRow),
    /// An article has a new path; the old one is known by its hash.
    Move {
        from: u64,
        to: PathBuf,
    },
    Library(LibraryRow),
    Search(SearchRow),
    Bookmark(BookmarkRow),
    Annotation(AnnotationRow),
    Word(WordRow),
    /// A command was executed.
    Command(String),
}

pub(super) struct StateWriter {
    folder: PathBuf,
    library: PathBuf,
    /// The number of this program in the rows that it writes.
    number: i64,
    on_notice: Box<dyn Fn(String) + Send>,
    /// The database and the id of the library; `None` while it cannot be opened.
    open: Option<(Database, i64)>,
    /// Whether the user knows that nothing is being saved.
    has_complained: bool,
}

impl StateWriter {
    pub(super) fn new(
        folder: &Path,
        library: &Path,
        number: i64,
        on_notice: Box<dyn Fn(String) + Send>,
    ) -> Self {
        Self {
            folder: folder.into(),
            library: library.into(),
            number,
            on_notice,
            open: None,
            has_complained: false,
        }
    }

    /// Sends what was saved, and writes the queue until it is closed. Fails with the reason if the
    /// last write failed.
    pub(super) fn run(
        mut self,
        queue: &WriteQueue,
        loaded: &Sender<SavedState>,
    ) -> Result<(), DatabaseError> {
        let saved =
            self.attempt(|database, library| Ok(saved_state::saved_state(database, library)?));
        let saved = saved.inspect_err(|error| self.complain(error));
        let newer = match &saved {
            Err(DatabaseError::Newer(version)) => Some(*version),
            _ => None,
        };
        let _ = loaded.send(saved.unwrap_or_default());
        if let Some(version) = newer {
            return Err(DatabaseError::Newer(version));
        }
        // A visit counts even if nothing is read in it and the program is killed.
        let _ = self.write(&[]);
        let mut delay = BATCH_DELAY;
        loop {
            queue.take(|changes| (!changes.is_empty()).then_some(()));
            queue.wait_until(delay, |_| false);
            let is_closed = queue.is_closed();
            let changes = queue.with(|changes| changes.clone());
            let written = self.write(&changes);
            match &written {
                Ok(()) => {
                    delay = BATCH_DELAY;
                    queue.with(|queued| queued.drain(..changes.len()).for_each(drop));
                    if std::mem::take(&mut self.has_complained) {
                        (self.on_notice)(tr!("the state is being saved again").into());
                    }
                }
                Err(error) => {
                    delay = RETRY_DELAY;
                    self.complain(error);
                }
            }
            if is_closed {
                return written;
            }
        }
    }

    fn write(&mut self, changes: &[Change]) -> Result<(), DatabaseError> {
        let origin = WriteOrigin::User(self.number);
        self.attempt(|database, library| {
            database.transaction(|database| {
                for change in changes {
                    match change {
                        Change::Article(row) => {
                            rows::put_article(database, library, row, origin)?;
                        }
                        Change::Search(row) => {
                            rows::put_search(database, library, row, origin)?;
                        }
                        Change::Move { from, to } => {
                            rows::move_article(database, library, *from, to)?;
                        }
                        Change::Library(row) => rows::put_library(database, library, row)?,
                        Change::Bookmark(row) => {
                            bookmarks::put_bookmark(database, library, row, origin)?;
                        }
                        Change::Annotation(row) => {
                            annotations::put_annotation(database, library, row, origin)?;
                        }
                        Change::Word(row) => {
                            words::put_word(database, Some(library), row, origin)?;
                        }
                        Change::Command(command) => {
                            saved_state::put_command(database, command, rows::now())?;
                        }
                    }
                }
                rows::put_visit(database, library, rows::now())
            })
        })
    }

    /// Works on the rows of the library. If another program is in the way, it tries again; if the
    /// database is unreadable, with a new one.
    fn attempt<T>(
        &mut self,
        work: impl Fn(&mut Database, i64) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        match self.attempt_once(&work) {
            Err(DatabaseError::Busy) => {}
            Err(DatabaseError::Unreadable) => self.start_over()?,
            result => return result,
        }
        self.attempt_once(work)
    }

    fn attempt_once<T>(
        &mut self,
        work: impl Fn(&mut Database, i64) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let (database, library) = match &mut self.open {
            Some(open) => open,
            closed => {
                let mut database = Database::open(&self.folder)?;
                let path = PathText::new(&self.library);
                let library = match rows::find_library(&database, &path)? {
                    Some(library) => library,
                    None => database
                        .transaction(|database| rows::find_or_add_library(database, &path))?,
                };
                closed.insert((database, library))
            }
        };
        work(database, *library)
    }

    /// Renames an unreadable database, so that the next attempt makes a new one.
    fn start_over(&mut self) -> Result<(), DatabaseError> {
        self.open = None;
        let renamed = database::set_aside(&self.folder)?;
        let renamed = clean_line(&renamed.to_string_lossy()).into_owned();
        (self.on_notice)(tr!(
            "the saved state cannot be read; it was renamed to {file}, and a new one started",
            file = renamed
        ));
        Ok(())
    }

    /// Reports once that nothing is being saved.
    fn complain(&mut self, error: &DatabaseError) {
        let is_short = matches!(error, DatabaseError::Busy);
        if !is_short && !std::mem::replace(&mut self.has_complained, true) {
            let path = database::path(&self.folder);
            let line = tr!(
                "nothing is being saved in {file}: {reason}",
                file = path.to_string_lossy(),
                reason = error
            );
            (self.on_notice)(clean_line(&line).into_owned());
        }
    }
}
