//! The thread that writes what waits, and what it does when it cannot.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::database::{self, Database, Trouble};
use super::waiting::{Batch, Waiting};
use super::{Recollection, rows};
use crate::text::clean_line;

/// How long the first change waits for others, so that they are written together. Far below the two seconds promised.
pub(super) const GATHER: Duration = Duration::from_millis(400);

/// After how long what could not be written is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How long the end of the program waits for the last write.
pub(super) const LONGEST_FAREWELL: Duration = Duration::from_secs(1);

/// The time now, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as i64)
}

/// A connection for reading, and the library's number.
pub(super) fn reader(folder: &Path, library: &Path) -> Option<(Database, i64)> {
    let database = Database::open(folder).ok()?;
    let library = rows::library(&database, rows::bytes(library)).ok()??;
    Some((database, library))
}

/// Who writes.
pub(super) struct Keeper {
    folder: PathBuf,
    library: PathBuf,
    tell: Box<dyn Fn(String) + Send>,
    /// The database and the library's number in it; none while it cannot be opened.
    open: Option<(Database, i64)>,
    /// Whether the database is a newer program's, so that nothing is kept at all.
    is_newer: bool,
    /// Whether the reader was told that nothing is being saved.
    has_told: bool,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Keeper {
    pub(super) fn new(folder: &Path, library: &Path, tell: Box<dyn Fn(String) + Send>) -> Self {
        Self { folder: folder.into(), library: library.into(), tell, open: None, is_newer: false, has_told: false }
    }

    /// Opens the database, and tells what it holds of the library.
    pub(super) fn begin(&mut self) -> Option<Recollection> {
        let mut attempt = || self.open().and_then(|()| self.recollect());
        // Programs that start at once may be in each other's way for a moment.
        let found = match attempt() {
            Err(Trouble::Busy) => attempt(),
            found => found,
        };
        let found = match found {
            Err(Trouble::Unreadable) => self.begin_anew().and_then(|()| self.recollect()),
            found => found,
        };
        found.map_err(|trouble| self.complain(&trouble)).ok()
    }

    fn open(&mut self) -> Result<(), Trouble> {
        let mut database = Database::open(&self.folder)?;
        let path = rows::bytes(&self.library);
        let library = match rows::library(&database, path)? {
            Some(library) => library,
            None => database.transaction(|database| rows::make_library(database, path))?,
        };
        self.open = Some((database, library));
        Ok(())
    }

    fn recollect(&self) -> Result<Recollection, Trouble> {
        let Some((database, library)) = &self.open else { return Ok(Recollection::default()) };
        Ok(rows::recollection(database, *library)?.until(now()))
    }

    /// Sets a database aside that cannot be read, and begins a new one.
    fn begin_anew(&mut self) -> Result<(), Trouble> {
        self.open = None;
        let aside = database::set_aside(&self.folder)?;
        let aside = clean_line(&aside.to_string_lossy()).into_owned();
        (self.tell)(format!("what was remembered cannot be read; it is set aside as {aside}, and a new memory begun"));
        self.open()
    }

    fn complain(&mut self, trouble: &Trouble) {
        self.is_newer = matches!(trouble, Trouble::Newer(_));
        if self.has_told || matches!(trouble, Trouble::Busy) {
            return;
        }
        self.has_told = true;
        let path = database::path(&self.folder);
        let path = clean_line(&path.to_string_lossy()).into_owned();
        (self.tell)(match trouble {
            Trouble::Newer(version) => format!(
                "{path} was made by a newer jianbao (version {version} of its tables); it is left as it is, and nothing is being saved"
            ),
            Trouble::Unreadable => format!("{path} cannot be read; nothing is being saved"),
            Trouble::Disk(why) => format!("nothing is being saved in {path}: {}", clean_line(why)),
            Trouble::Busy => return,
        });
    }

    /// Starts the thread; whether it runs.
    pub(super) fn start(mut self, waiting: &Arc<Waiting>) -> bool {
        if self.is_newer {
            return false;
        }
        let waiting = Arc::clone(waiting);
        let run = move || {
            self.run(&waiting);
            // The last connection to be closed tidies up; the farewell waits for that too.
            drop(self);
            waiting.ended();
        };
        thread::Builder::new().name("memory".into()).spawn(run).is_ok()
    }

    fn run(&mut self, waiting: &Waiting) {
        // A visit counts though nothing is read in it and the program is killed.
        let _ = self.write(&Batch::default());
        let mut patience = GATHER;
        loop {
            let (batch, is_end) = waiting.take(patience);
            match self.write(&batch) {
                Ok(()) => {
                    waiting.written();
                    patience = GATHER;
                    if self.has_told {
                        self.has_told = false;
                        (self.tell)("what is read is being saved again".into());
                    }
                }
                Err(trouble) => {
                    waiting.keep_on();
                    patience = if matches!(trouble, Trouble::Busy) { GATHER } else { AGAIN };
                    self.complain(&trouble);
                    if self.is_newer {
                        return;
                    }
                }
            }
            if is_end {
                return;
            }
        }
    }

    /// Writes changes in one transaction.
    fn write(&mut self, batch: &Batch) -> Result<(), Trouble> {
        let written = self.try_write(batch);
        if matches!(written, Err(Trouble::Unreadable)) {
            self.begin_anew()?;
            return self.try_write(batch);
        }
        written
    }

    fn try_write(&mut self, batch: &Batch) -> Result<(), Trouble> {
        if self.open.is_none() {
            self.open()?;
        }
        let Some((database, library)) = &mut self.open else { return Ok(()) };
        let library = *library;
        Ok(database.transaction(|database| rows::write(database, library, batch, now()))?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::waiting::Article;
    use super::*;
    use crate::catalog::{Attention, Mark, Remembered};

    fn article(number: usize) -> Article {
        let mark = Mark { attention: Attention::Read, is_starred: false };
        // A long path fills pages quickly.
        let path = format!("{number}{}", "长".repeat(300)).into();
        Article { path, link: 0, content: 0, what: Remembered { mark, ..Remembered::default() }, changed: 1 }
    }

    #[test]
    fn a_full_disk_loses_nothing_and_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, told) = std::sync::mpsc::channel();
        let tell = Box::new(move |line| sender.send(line).unwrap());
        let mut keeper = Keeper::new(folder.path(), Path::new("/library"), tell);
        keeper.begin().unwrap();
        let limit = |keeper: &Keeper, pages: i64| {
            let database = &keeper.open.as_ref().unwrap().0;
            database.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
        };
        limit(&keeper, 1);
        let waiting = Waiting::default();
        for number in 0..100 {
            waiting.remember(article(number));
        }
        for _ in 0..2 {
            let (batch, _) = waiting.take(Duration::ZERO);
            let trouble = keeper.write(&batch).unwrap_err();
            assert!(matches!(trouble, Trouble::Disk(_)), "{trouble:?}");
            keeper.complain(&trouble);
            waiting.keep_on();
        }
        assert_eq!(told.try_iter().filter(|line| line.contains("nothing is being saved")).count(), 1);
        limit(&keeper, 1_000_000);
        waiting.end();
        keeper.run(&waiting);
        assert!(told.recv().unwrap().contains("saved again"));
        drop(keeper);
        assert_eq!(super::super::traces(folder.path(), Path::new("/library")).len(), 100);
    }
}
