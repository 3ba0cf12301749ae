//! The handle to the saved state of a library, and what can be read without it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;
use parking_lot::Mutex;

use super::super::article_files::path_hash;
use super::super::read_file;
use super::super::threads::spawn;
use super::annotations::{self, AnnotationRow};
use super::bookmarks::BookmarkRow;
use super::database::{self, Database};
use super::rows::{self, ArticleRow, LibraryRow, PathText, SavedMark, SearchRow};
use super::saved_state::{self, SavedState};
use super::transfer::unsaved_lines;
use super::words::{self, WordRow};
use super::writer::{Change, StateWriter, WriteQueue};
use crate::catalog::{
    Annotation, BookWord, Bookmark, ChangedFields, LibraryState, OwnTags, Remembered, SavedSearch,
    SearchChange, WordState,
};
use crate::text::clean_line;

/// How long the end of the program waits for the last write.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(1);

/// The folder for state that cannot be rebuilt; `None` if the platform names no home folder.
pub fn data_folder() -> Option<PathBuf> {
    etcetera::choose_base_strategy()
        .ok()
        .map(|base| base.data_dir().join("jianbao"))
}

/// Loads the saved state of a library without writing anything or counting a visit.
pub(in crate::library) fn load(folder: &Path, library: &Path) -> SavedState {
    let saved = reader(folder, library)
        .and_then(|(database, library)| saved_state::saved_state(&database, library).ok());
    saved.unwrap_or_default()
}

/// How much of the saved state of a library the reader has seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::library) struct SeenState {
    /// The number of the last writing of an article.
    revision: i64,
    /// That of a highlight.
    annotation_revision: i64,
    /// That of a word.
    word_revision: i64,
    searches: Vec<SavedSearch>,
}

/// What other programs saved.
#[derive(Debug)]
pub(in crate::library) struct News {
    /// By the hashes of the articles' paths.
    pub(in crate::library) articles: Vec<(u64, Remembered)>,
    /// If they changed.
    pub(in crate::library) searches: Option<Vec<SavedSearch>>,
    /// Also those that were removed.
    pub(in crate::library) annotations: Vec<Arc<Annotation>>,
    /// Of the vocabulary book, also those that were removed.
    pub(in crate::library) words: Vec<Arc<BookWord>>,
}

/// The saved marks of a library, and the state that they belong to. Slow for a large one.
pub(in crate::library) fn saved_marks(
    folder: &Path,
    library: &Path,
) -> (Vec<SavedMark>, SeenState) {
    let read = |(database, id): (Database, i64)| {
        let seen = SeenState {
            revision: rows::last_revision(&database, id).ok()?,
            annotation_revision: annotations::last_revision(&database, id).ok()?,
            word_revision: words::last_revision(&database).ok()?,
            searches: rows::searches(&database, id).ok()?,
        };
        Some((rows::saved_marks(&database, id).ok()?, seen))
    };
    reader(folder, library).and_then(read).unwrap_or_default()
}

/// The highlights and notes of a library.
pub(in crate::library) fn saved_annotations(folder: &Path, library: &Path) -> Vec<Arc<Annotation>> {
    let read = |(database, id): (Database, i64)| {
        annotations::annotations(&database, id, &PathText::default()).ok()
    };
    let rows = reader(folder, library).and_then(read).unwrap_or_default();
    let all = rows.into_iter().map(AnnotationRow::annotation);
    all.filter(|it| it.colour.is_some()).collect()
}

/// The reader's own tags of the articles of a library.
pub(in crate::library) fn saved_tags(folder: &Path, library: &Path) -> Vec<Arc<OwnTags>> {
    let read = |(database, id): (Database, i64)| rows::own_tags(&database, id).ok();
    let all = reader(folder, library).and_then(read).unwrap_or_default();
    all.into_iter().map(Arc::new).collect()
}

/// The library that has a highlight, known by its key; of several, the one that was read last.
pub(in crate::library) fn find_annotation(
    data: &Path,
    key: u64,
) -> Result<Option<PathBuf>, String> {
    if !database::path(data).exists() {
        return Ok(None);
    }
    let database = Database::open(data).map_err(|error| error.to_string())?;
    annotations::library_of(&database, key).map_err(|error| error.to_string())
}

/// The vocabulary book, for a reader who has the library at a path open: all words but those that were removed, the first
/// one first.
///
/// # Errors
/// Why the saved state cannot be read.
pub fn vocabulary(data: &Path, library: &Path) -> Result<Vec<Arc<BookWord>>, String> {
    if !database::path(data).exists() {
        return Ok(Vec::new());
    }
    let database = Database::open(data).map_err(|error| error.to_string())?;
    let rows = words::words(&database).map_err(|error| error.to_string())?;
    let library = PathText::new(library);
    let all = rows.into_iter().map(|row| row.word(&library));
    Ok(all.filter(|it| it.state != WordState::Removed).collect())
}

/// When the articles of a library were last opened, in milliseconds since 1970, by the hashes of
/// their paths.
pub(in crate::library) fn opened_times(folder: &Path, library: &Path) -> HashMap<u64, i64> {
    let read = |(database, id): (Database, i64)| rows::opened_times(&database, id).ok();
    reader(folder, library).and_then(read).unwrap_or_default()
}

/// The folders that were read before, also those that are gone, the last one first. Single files
/// are left out.
///
/// # Errors
/// Why the saved state cannot be read, with its path.
pub fn known_folders(data: &Path) -> Result<impl Iterator<Item = PathBuf>, String> {
    let file = database::path(data);
    let visited = if file.exists() {
        let visited = Database::open(data).map(|database| rows::visited_libraries(&database));
        visited
            .map_err(|error| error.to_string())
            .and_then(|visited| visited.map_err(|error| error.to_string()))
            .map_err(|why| format!("{}: {why}", clean_line(&file.to_string_lossy())))?
    } else {
        Vec::new()
    };
    let is_folder =
        |path: &PathBuf| path.is_dir() || !path.is_file() && !read_file::is_article_name(path);
    Ok(visited.into_iter().filter(is_folder))
}

/// A connection for reading and the id of the library; `None` if nothing is saved.
fn reader(folder: &Path, library: &Path) -> Option<(Database, i64)> {
    if !database::path(folder).exists() {
        return None;
    }
    let database = Database::open(folder).ok()?;
    let library = rows::find_library(&database, &PathText::new(library)).ok()??;
    Some((database, library))
}

/// The saved state of one library. Dropping it waits up to a second for the last write.
#[derive(Debug)]
pub struct StateStore {
    /// Changes in order, kept until they are on the disk.
    queue: Arc<WriteQueue>,
    /// A connection for reading, so that a read waits for no write; opened when first needed.
    reader: Mutex<Option<(Database, i64)>>,
    /// The data folder; `None` if nothing is saved.
    folder: Option<PathBuf>,
    library: PathBuf,
    /// The number of this program in the rows that it writes.
    number: i64,
    /// It closes when the thread that writes has ended. Why the last write failed is sent before.
    ended: Mutex<Receiver<String>>,
}

impl StateStore {
    /// Opens the state of a library, given by its canonical path, on a thread of its own, which
    /// sends what was saved. Without a data folder the state ends with the program. `on_notice`
    /// receives messages for the user.
    pub fn open(
        data: Option<&Path>,
        library: &Path,
        on_notice: impl Fn(String) + Send + 'static,
    ) -> (Self, Receiver<SavedState>) {
        let queue = Arc::<WriteQueue>::default();
        let (end, ended) = channel();
        let (sender, saved) = channel();
        // No other program has this process and begins in the same nanosecond.
        let number = read_file::now() ^ (i64::from(std::process::id()) << 32);
        if let Some(folder) = data {
            let writer = StateWriter::new(folder, library, number, Box::new(on_notice));
            let queue = Arc::clone(&queue);
            spawn("state", move || {
                // The last connection that closes tidies up; the end of the program waits for
                // that too.
                if let Err(error) = writer.run(&queue, &sender) {
                    let _ = end.send(error.to_string());
                }
            });
        }
        let store = Self {
            queue,
            reader: Mutex::default(),
            folder: data.map(Path::to_owned),
            library: library.into(),
            number,
            ended: Mutex::new(ended),
        };
        (store, saved)
    }

    /// What is remembered of an article, including changes not yet written. Reads from the disk.
    pub fn article(&self, path: &Path) -> Option<Remembered> {
        let hash = path_hash(path);
        let (hashes, queued) = self.queued(hash);
        let saved = self.read(|database, library| {
            hashes
                .into_iter()
                .find_map(|hash| rows::remembered(database, library, hash).ok().flatten())
        });
        if saved.is_none() && queued.is_empty() {
            return None;
        }
        let mut remembered = saved.unwrap_or_default();
        for row in queued {
            row.apply_to(&mut remembered);
        }
        Some(remembered)
    }

    /// Reads from the disk through one connection that stays open: opening one writes to the files
    /// that [`Self::news`] is read after.
    fn read<T>(&self, from: impl FnOnce(&Database, i64) -> Option<T>) -> Option<T> {
        let mut connection = self.reader.lock();
        if connection.is_none() {
            *connection = reader(self.folder.as_deref()?, &self.library);
        }
        let (database, library) = connection.as_ref()?;
        from(database, *library)
    }

    /// What waits to be written of an article, in order, given the hash of its path; and that hash,
    /// after those that the article had on the disk. The first that is there counts.
    fn queued(&self, hash: u64) -> (Vec<u64>, Vec<ArticleRow>) {
        let (mut hashes, mut rows) = (vec![hash], Vec::new());
        self.queue.with(|changes| {
            for change in changes.iter().rev() {
                match change {
                    Change::Article(row) if row.path_hash() == hashes[0] => rows.push(row.clone()),
                    Change::Move { from, to } if path_hash(to) == hashes[0] => {
                        hashes.insert(0, *from);
                    }
                    _ => {}
                }
            }
        });
        rows.reverse();
        (hashes, rows)
    }

    /// Saves some fields of an article; never blocks. The hashes are those of its source link and
    /// its content, 0 for none.
    pub fn save_article(
        &self,
        path: &Path,
        hashes: [u64; 2],
        remembered: &Remembered,
        fields: ChangedFields,
    ) {
        let row = ArticleRow::new(path, hashes, remembered, fields, rows::now());
        self.push(Change::Article(row));
    }

    /// What other programs saved since. What waits to be written here is newer.
    pub(in crate::library) fn news(&self, seen: &mut SeenState) -> Option<News> {
        let (since, words_since) = (seen.annotation_revision, seen.word_revision);
        let (
            revision,
            annotation_revision,
            word_revision,
            mut articles,
            searches,
            annotations,
            words,
        ) = self.read(|database, library| {
            Some((
                rows::last_revision(database, library).ok()?,
                annotations::last_revision(database, library).ok()?,
                words::last_revision(database).ok()?,
                rows::written_by_others(database, library, seen.revision, self.number).ok()?,
                rows::searches(database, library).ok()?,
                annotations::written_by_others(database, library, since, self.number).ok()?,
                words::written_by_others(database, words_since, self.number).ok()?,
            ))
        })?;
        for (hash, remembered) in &mut articles {
            let (_, queued) = self.queued(*hash);
            for row in queued {
                row.apply_to(remembered);
            }
        }
        seen.revision = revision;
        seen.annotation_revision = annotation_revision;
        seen.word_revision = word_revision;
        let library = PathText::new(&self.library);
        let is_other = seen.searches != searches;
        seen.searches.clone_from(&searches);
        Some(News {
            articles,
            searches: is_other.then_some(searches),
            annotations: annotations
                .into_iter()
                .map(AnnotationRow::annotation)
                .collect(),
            words: words.into_iter().map(|row| row.word(&library)).collect(),
        })
    }

    /// The data folder; `None` if nothing is saved.
    pub(in crate::library) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Saves the new path of an article; never blocks.
    pub fn move_article(&self, from_path_hash: u64, to: &Path) {
        self.push(Change::Move {
            from: from_path_hash,
            to: to.to_owned(),
        });
    }

    /// Saves the state of the list, but for the saved searches; never blocks.
    pub fn save_library(&self, state: &LibraryState) {
        self.push(Change::Library(LibraryRow::new(state, rows::now())));
    }

    /// Saves changes of the saved searches; never blocks.
    pub fn save_searches(&self, changes: Vec<SearchChange>) {
        for change in changes {
            self.push(Change::Search(SearchRow::new(change, rows::now())));
        }
    }

    /// Saves a bookmark, or that it was removed; never blocks.
    pub fn save_bookmark(&self, bookmark: &Bookmark) {
        self.push(Change::Bookmark(BookmarkRow::new(bookmark, rows::now())));
    }

    /// Saves a highlight with its note, or that it was removed; never blocks.
    pub fn save_annotation(&self, annotation: &Annotation) {
        self.push(Change::Annotation(AnnotationRow::new(
            annotation,
            rows::now(),
        )));
    }

    /// Saves a word of the vocabulary book, or that it was removed, given the keys of the sentences that it has no more;
    /// never blocks.
    pub fn save_word(&self, word: &BookWord, dropped: Vec<u64>) {
        self.push(Change::Word(WordRow::new(word, dropped, rows::now())));
    }

    /// Saves that a command was executed; never blocks.
    pub fn save_command(&self, command: String) {
        self.push(Change::Command(command));
    }

    fn push(&self, change: Change) {
        self.queue.put(|changes| changes.push(change));
    }

    /// Begins the last write; what comes later is not saved.
    pub(in crate::library) fn close(&self) {
        self.queue.close(|_| {});
    }

    /// Waits for the last write, but no longer than until a time. Returns what was not written as
    /// lines that can be imported, with the reason.
    pub(in crate::library) fn wait_until(&self, time: Instant) -> Option<(Vec<String>, String)> {
        self.folder.as_ref()?;
        let left = time.saturating_duration_since(Instant::now());
        let reason = match self.ended.lock().recv_timeout(left) {
            Ok(reason) => reason,
            Err(RecvTimeoutError::Timeout) => tr!("the disk is too slow").to_owned(),
            Err(RecvTimeoutError::Disconnected) => {
                tr!("the thread that saves has ended").to_owned()
            }
        };
        let lines = self
            .queue
            .with(|changes| unsaved_lines(&self.library, changes));
        (!lines.is_empty()).then_some((lines, reason))
    }
}

impl Drop for StateStore {
    fn drop(&mut self) {
        self.close();
        self.wait_until(Instant::now() + SHUTDOWN_TIMEOUT);
    }
}
