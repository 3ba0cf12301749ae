//! One scan of a library: its workers walk the folder, and read what is new or changed.

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use super::super::article_files::ArticleFiles;
use super::super::entry_table::EntryTable;
use super::super::index::{EntryRecord, IndexDirectory, Segment, SegmentWriter, TextRef};
use super::super::pairing::{self, Candidate};
use super::super::shared::Shared;
use super::super::threads::spawn;
use super::read_article::{ParsedArticle, RawArticle};
use super::scope::ChangedPaths;
use super::walker::{FolderContents, Walker};
use crate::catalog::Entry;

/// How long articles of a first scan are collected: short at first, so that they are shown at once.
const FIRST_BATCH: Duration = Duration::from_millis(5);
const NEXT_BATCH: Duration = Duration::from_millis(100);
/// The bytes at which a segment is sealed: few at first, so that its texts can soon be searched.
/// Doubled with each segment.
const FIRST_SEGMENT: usize = 1 << 20;
const MOST_SEGMENT: usize = 32 << 20;
/// The most articles that a worker takes at once: more would keep them from an idle worker.
const MOST_ARTICLES: usize = 32;

/// One scan, shared by its workers.
#[derive(Debug)]
pub(super) struct LibraryScan {
    pub(super) shared: Arc<Shared>,
    /// The walker of its folder, if the library is a folder.
    pub(super) walker: Option<Arc<Walker>>,
    /// Where segments are written.
    pub(super) index: IndexDirectory,
    pub(super) scope: ChangedPaths,
    /// Whether all files are read and parsed, even if their stamps and their bytes have not
    /// changed.
    pub(super) reparse: bool,
    /// Whether the library was empty when the scan began, so that nothing needs to be looked up.
    pub(super) is_first: bool,
    state: Mutex<ScanState>,
    /// Notified when there is work, or none will come any more.
    work: Condvar,
}

/// What is known of the folders of a library from one scan to the next.
#[derive(Debug, Default)]
pub(super) struct KnownFolders {
    /// The folders that hold folders named after a language: below them the two files of an
    /// article may lie in different folders, as `zh/tea.md` and `en/tea.md`.
    pub(super) language_dirs: HashSet<PathBuf>,
    /// All folders that were ever read.
    pub(super) read: HashSet<PathBuf>,
}

/// What a worker reports.
#[derive(Debug)]
pub(super) enum ScanEvent {
    /// Articles that were read, each with the id of its path if that is known.
    Read(Vec<(Option<u32>, EntryRecord)>),
    /// A segment that earlier articles refer to by its number.
    Sealed(u32, Arc<Segment>),
    Notice(String),
}

/// What a scan learned about the folder.
#[derive(Debug, Default)]
pub(super) struct ScanOutcome {
    pub(super) found: u32,
    /// How many of them have not changed.
    pub(super) unchanged: u32,
    /// By id, whether the file of an entry was seen.
    pub(super) seen: Vec<bool>,
    pub(super) folders: KnownFolders,
    /// Folders to watch: they were read for the first time, or may have been replaced.
    pub(super) new_folders: Vec<PathBuf>,
    /// Folders that exist but cannot be read: what is known below them stays.
    pub(super) unreadable: Vec<PathBuf>,
}

impl ScanOutcome {
    fn mark_seen(&mut self, id: u32) {
        if let Some(seen) = self.seen.get_mut(id as usize) {
            *seen = true;
        }
    }
}

/// What the workers of a scan change.
#[derive(Debug, Default)]
struct ScanState {
    folders: VecDeque<PathBuf>,
    articles: VecDeque<ArticleFiles>,
    busy: u32,
    /// Whether a worker failed.
    has_failed: bool,
    /// How many folders are not read yet.
    unread_folders: usize,
    /// Files whose mate may lie in another folder. Kept until all names are known.
    held_back: Vec<Candidate>,
    next_segment: u32,
    outcome: ScanOutcome,
}

/// A piece of work. Paths are relative to the library's folder.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Folder(PathBuf),
    Articles(Vec<ArticleFiles>),
}

impl ScanState {
    fn take_task(&mut self, folders_first: bool) -> Option<Task> {
        // The last ones are shared among the workers.
        let count = self.articles.len().div_ceil(4).min(MOST_ARTICLES);
        let task = if count > 0 && (!folders_first || self.folders.is_empty()) {
            Task::Articles(self.articles.drain(..count).collect())
        } else {
            Task::Folder(self.folders.pop_front()?)
        };
        self.busy += 1;
        Some(task)
    }
}

impl LibraryScan {
    pub(super) fn new(
        shared: Arc<Shared>,
        walker: Option<Arc<Walker>>,
        index: IndexDirectory,
        scope: ChangedPaths,
        reparse: bool,
        folders: KnownFolders,
    ) -> Self {
        let mut state = ScanState::default();
        let is_first = {
            let table = shared.entry_table.read();
            state.outcome.seen = vec![false; table.next_id() as usize];
            state.next_segment = table.segments().len() as u32;
            table.is_blank()
        };
        state.outcome.folders = folders;
        if walker.is_some() {
            state.folders.extend(scope.folders.iter().cloned());
        }
        state.unread_folders = state.folders.len();
        let scan = Self {
            shared,
            walker,
            index,
            scope,
            reparse,
            is_first,
            state: Mutex::new(state),
            work: Condvar::new(),
        };
        if scan.walker.is_none() {
            scan.add_articles(scan.shared.library.articles());
        }
        scan
    }

    /// Starts the workers, which drop their sender at the end.
    pub(super) fn start(self: &Arc<Self>, events: &Sender<ScanEvent>) {
        // With one worker for the folders and one for the articles, the first rows come at once
        // and the number of articles is soon final.
        for folders_first in [false, true] {
            let worker = ScanWorker::new(Arc::clone(self), folders_first, events.clone());
            spawn("scan", move || worker.run());
        }
    }

    /// How many articles were found so far, and how many of them have not changed.
    pub(super) fn progress(&self) -> (u32, u32) {
        let outcome = &self.state.lock().outcome;
        (outcome.found, outcome.unchanged)
    }

    /// What the scan learned, once all workers have ended; and whether it was completed.
    pub(super) fn take_outcome(&self) -> (ScanOutcome, bool) {
        let mut state = self.state.lock();
        let is_done = state.folders.is_empty() && state.articles.is_empty();
        let is_completed = is_done && !self.is_stopped(&state);
        (std::mem::take(&mut state.outcome), is_completed)
    }

    fn is_stopped(&self, state: &ScanState) -> bool {
        state.has_failed || self.shared.is_ending()
    }

    /// Notes what a folder contains. Its articles are queued, unless their mates may lie in other
    /// folders: these are queued with the last folder, when all names are known.
    fn add_folder(&self, folder: &Path, contents: FolderContents) {
        let FolderContents {
            folders,
            articles,
            error,
        } = contents;
        let library = &self.shared.library;
        let mut state = self.state.lock();
        let outcome = &mut state.outcome;
        let known = &mut outcome.folders;
        let is_language =
            |path: &PathBuf| path.file_name().is_some_and(pairing::is_language_folder);
        if library.pairs() && folders.iter().any(is_language) {
            known.language_dirs.insert(folder.to_owned());
        }
        let mates_may_be_elsewhere = folder
            .ancestors()
            .any(|above| known.language_dirs.contains(above));
        let is_new = known.read.insert(folder.to_owned());
        match error {
            None if is_new || self.scope.covers_tree(folder) => {
                outcome.new_folders.push(folder.to_owned());
            }
            Some(error) if !error.is_gone => outcome.unreadable.push(folder.to_owned()),
            _ => {}
        }
        let is_entered = |inside: &PathBuf| {
            !self.scope.folders.contains(inside)
                && (self.scope.covers_tree(inside) || !known.read.contains(inside))
        };
        let entered: Vec<PathBuf> = folders.into_iter().filter(is_entered).collect();
        state.unread_folders += entered.len();
        state.unread_folders -= 1;
        state.folders.extend(entered);
        let mut found = Vec::new();
        if mates_may_be_elsewhere {
            state.held_back.extend(articles);
        } else {
            found = articles;
        }
        let mut last = Vec::new();
        if state.unread_folders == 0 {
            last = std::mem::take(&mut state.held_back);
        }
        drop(state);
        self.work.notify_all();
        for files in [found, last] {
            self.add_articles(library.pair(files));
        }
    }

    /// Marks the articles that have not changed as seen, and queues the rest.
    fn add_articles(&self, articles: Vec<ArticleFiles>) {
        let mut unread = articles;
        let mut unchanged = Vec::new();
        if !self.is_first && !self.reparse {
            let table = self.shared.entry_table.read();
            unread.retain(|article| {
                let ids = self.unchanged_entries(&table, article);
                unchanged.extend_from_slice(&ids);
                ids.is_empty()
            });
        }
        let mut state = self.state.lock();
        state.outcome.found += (unchanged.len() + unread.len()) as u32;
        state.outcome.unchanged += unchanged.len() as u32;
        for id in unchanged {
            state.outcome.mark_seen(id);
        }
        state.articles.extend(unread);
        drop(state);
        self.work.notify_all();
    }

    /// The entries of an article whose files are known and have the same stamps; none if something
    /// changed. Two files that did not match when they were read are two entries, whatever their
    /// names promise.
    fn unchanged_entries(&self, table: &EntryTable, article: &ArticleFiles) -> Vec<u32> {
        if article
            .files
            .paths()
            .any(|path| self.scope.is_written(path))
        {
            return Vec::new();
        }
        let unchanged = |article: &ArticleFiles| {
            let id = table.find(&article.files.path)?;
            let is_stamped = article
                .files
                .paths()
                .zip(article.stamps)
                .all(|(_, one)| one.is_some());
            (is_stamped && table.get(id)?.stamps() == article.stamps).then_some(id)
        };
        if let Some(id) = unchanged(article) {
            return vec![id];
        }
        let halves = article.clone().split();
        halves
            .map(|half| unchanged(&half))
            .collect::<Option<_>>()
            .unwrap_or_default()
    }

    /// The id of a path if that is known; its entry is marked as seen.
    fn see(&self, path: &Path) -> Option<u32> {
        let id = self.shared.entry_table.read().find(path)?;
        self.state.lock().outcome.mark_seen(id);
        Some(id)
    }

    fn adjust_found(&self, by: i32) {
        let mut state = self.state.lock();
        state.outcome.found = state.outcome.found.saturating_add_signed(by);
    }

    fn next_segment(&self) -> u32 {
        let mut state = self.state.lock();
        state.next_segment += 1;
        state.next_segment - 1
    }
}

/// One thread of a scan.
struct ScanWorker {
    scan: Arc<LibraryScan>,
    /// Whether it prefers folders to articles.
    folders_first: bool,
    batch: Vec<(Option<u32>, EntryRecord)>,
    batch_time: Duration,
    flushed_at: Instant,
    /// The number of the segment that is being written, if there is one.
    segment: Option<u32>,
    writer: SegmentWriter,
    segment_limit: usize,
    /// Dropped last: the indexer goes on when all are.
    events: Sender<ScanEvent>,
}

/// A panic ends the scan, since the task will never be done.
impl Drop for ScanWorker {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.scan.state.lock().has_failed = true;
            self.scan.work.notify_all();
            let line = tr!(
                "the program failed while it read the folder, which is a flaw of the program: please report it"
            );
            self.send(ScanEvent::Notice(line.into()));
        }
    }
}

impl ScanWorker {
    fn new(scan: Arc<LibraryScan>, folders_first: bool, events: Sender<ScanEvent>) -> Self {
        Self {
            folders_first,
            batch: Vec::new(),
            batch_time: FIRST_BATCH,
            flushed_at: Instant::now(),
            segment: None,
            writer: SegmentWriter::new(&scan.index),
            segment_limit: FIRST_SEGMENT,
            scan,
            events,
        }
    }

    fn run(mut self) {
        while let Some(task) = self.next_task() {
            match task {
                Task::Folder(folder) => self.read_folder(&folder),
                Task::Articles(articles) => self.read_articles(articles),
            }
            self.scan.state.lock().busy -= 1;
            self.scan.work.notify_all();
        }
        self.seal();
    }

    /// Waits for a task. None when none is left and no worker is busy, or the scan was stopped.
    fn next_task(&mut self) -> Option<Task> {
        let scan = Arc::clone(&self.scan);
        let mut state = scan.state.lock();
        while !scan.is_stopped(&state) {
            let task = state.take_task(self.folders_first);
            if task.is_some() || state.busy == 0 {
                return task;
            }
            // The rows of a first scan are not held back while waiting.
            if scan.is_first {
                self.flush_batch();
            }
            scan.work.wait(&mut state);
        }
        None
    }

    fn read_folder(&self, folder: &Path) {
        let Some(walker) = &self.scan.walker else {
            return;
        };
        // In a first scan all files are read anyway.
        let contents = walker.read_folder(folder, !self.scan.is_first);
        if let Some(error) = &contents.error {
            // A folder that is gone shows in the list; only that of the whole library is worth a
            // message.
            if !error.is_gone || folder.as_os_str().is_empty() {
                self.send(ScanEvent::Notice(error.line.clone()));
            }
        }
        self.scan.add_folder(folder, contents);
    }

    fn read_articles(&mut self, articles: Vec<ArticleFiles>) {
        for article in articles {
            if self.scan.shared.is_ending() {
                return;
            }
            self.read_article(article);
        }
    }

    fn read_article(&mut self, article: ArticleFiles) {
        let scan = Arc::clone(&self.scan);
        let library = &scan.shared.library;
        let Some(raw) = RawArticle::read(library, &article.files) else {
            // If one of two files is gone, the other one may be there.
            if article.files.mate.is_some() {
                scan.adjust_found(1);
                article.split().for_each(|file| self.read_article(file));
            } else {
                scan.adjust_found(-1);
            }
            return;
        };
        if !scan.is_first && (!scan.reparse || raw.content == 0) && self.has_same_bytes(&raw) {
            return;
        }
        let articles = raw.parse();
        if articles.len() != 1 {
            scan.adjust_found(articles.len() as i32 - 1);
        }
        for article in articles {
            self.add(article);
        }
        if scan.is_first && self.flushed_at.elapsed() >= self.batch_time {
            self.flush_batch();
        }
        if self.writer.bytes() >= self.segment_limit {
            self.seal();
        }
    }

    /// Adds an article to the batch and its text to the segment, unless it was parsed again and
    /// gave what is known of it.
    fn add(&mut self, article: ParsedArticle) {
        let scan = Arc::clone(&self.scan);
        let segment = *self.segment.get_or_insert_with(|| scan.next_segment());
        let ParsedArticle { mut record, texts } = article;
        record.text = TextRef {
            segment,
            article: self.writer.push(texts.each_ref().map(Option::as_ref)),
        };
        let id = if scan.is_first {
            None
        } else {
            scan.see(&record.entry.path)
        };
        let table = &scan.shared.entry_table;
        if scan.reparse
            && let Some(id) = id
            && table.read().is_same(id, &record, &self.writer)
        {
            self.writer.remove_last();
        } else {
            self.batch.push((id, record));
        }
    }

    /// Whether the bytes of an article are the known ones. It is not parsed then; new stamps are
    /// noted.
    fn has_same_bytes(&mut self, raw: &RawArticle) -> bool {
        let article = &raw.article;
        let shared = Arc::clone(&self.scan.shared);
        let table = shared.entry_table.read();
        let Some((id, known)) = table
            .find(&article.files.path)
            .and_then(|id| Some((id, table.get(id)?)))
        else {
            return false;
        };
        let is_known =
            known.content() == raw.content && known.mate() == article.files.mate.as_deref();
        let is_still_unreadable = raw.content == 0 && article.stamps == [None; 2];
        if !is_known || raw.content == 0 && !is_still_unreadable {
            return false;
        }
        if known.stamps() != article.stamps {
            let Some(known) = known.record() else {
                return false;
            };
            let record = EntryRecord {
                entry: Entry {
                    modified: raw.modified(),
                    ..known.entry
                },
                stamps: article.stamps,
                ..known
            };
            self.batch.push((Some(id), record));
        }
        drop(table);
        self.scan.state.lock().outcome.mark_seen(id);
        true
    }

    fn flush_batch(&mut self) {
        if !self.batch.is_empty() {
            self.batch_time = NEXT_BATCH;
            let batch = std::mem::take(&mut self.batch);
            self.send(ScanEvent::Read(batch));
        }
        self.flushed_at = Instant::now();
    }

    /// Ends the segment. What was not reported before is reported with its texts.
    fn seal(&mut self) {
        if let Some(number) = self.segment.take() {
            let segment = Arc::new(self.writer.seal());
            self.send(ScanEvent::Sealed(number, segment));
            self.segment_limit = (self.segment_limit * 2).min(MOST_SEGMENT);
        }
        self.flush_batch();
    }

    fn send(&self, event: ScanEvent) {
        // The indexer takes all events of a scan.
        let _ = self.events.send(event);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::super::super::source::Library;
    use super::super::super::state::StateStore;
    use super::*;

    fn empty_scan() -> Arc<LibraryScan> {
        let store = StateStore::open(None, Path::new(""), |_| ()).0;
        let library = Library::Folder(PathBuf::from("none").into());
        Arc::new(LibraryScan::new(
            Arc::new(Shared::new(library, store)),
            None,
            IndexDirectory::none(),
            ChangedPaths::all(),
            false,
            KnownFolders::default(),
        ))
    }

    fn worker(scan: &Arc<LibraryScan>, folders_first: bool) -> ScanWorker {
        ScanWorker::new(Arc::clone(scan), folders_first, channel().0)
    }

    fn article(path: &str) -> ArticleFiles {
        ArticleFiles::single(path.into(), None)
    }

    fn articles(numbers: std::ops::Range<usize>) -> Vec<ArticleFiles> {
        numbers.map(|at| article(&at.to_string())).collect()
    }

    #[test]
    fn each_worker_takes_what_it_prefers_first() {
        let scan = empty_scan();
        scan.state.lock().folders.push_back("f".into());
        scan.add_articles(vec![article("a"), article("b")]);
        let take = |folders_first| scan.state.lock().take_task(folders_first);
        assert_eq!(take(false), Some(Task::Articles(vec![article("a")])));
        assert_eq!(take(true), Some(Task::Folder("f".into())));
        assert_eq!(take(true), Some(Task::Articles(vec![article("b")])));
        assert_eq!(take(true), None);
    }

    #[test]
    fn several_articles_are_taken_at_once_and_the_last_are_shared() {
        let scan = empty_scan();
        scan.add_articles(articles(0..150));
        scan.add_articles(articles(150..200));
        let (mut counts, mut taken) = (Vec::new(), Vec::new());
        while let Some(Task::Articles(articles)) = scan.state.lock().take_task(false) {
            counts.push(articles.len());
            taken.extend(articles);
        }
        assert_eq!(counts[..6], [32, 32, 32, 26, 20, 15]);
        assert_eq!((counts.last(), taken), (Some(&1), articles(0..200)));
    }

    #[test]
    fn a_waiting_worker_gets_what_another_finds_and_leaves_when_all_is_done() {
        let scan = empty_scan();
        scan.state.lock().busy = 1;
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let mut worker = worker(&scan, false);
                let task = worker.next_task();
                scan.state.lock().busy -= 1;
                (task, worker.next_task())
            });
            scan.add_articles(vec![article("f/a")]);
            scan.state.lock().busy -= 1;
            scan.work.notify_all();
            let task = Task::Articles(vec![article("f/a")]);
            assert_eq!(waiting.join().unwrap(), (Some(task), None));
        });
    }

    #[test]
    fn a_stopped_scan_gives_no_task_and_is_not_completed() {
        let scan = empty_scan();
        scan.add_articles(vec![article("a")]);
        scan.shared.end();
        assert_eq!(worker(&scan, false).next_task(), None);
        assert!(!scan.take_outcome().1);
    }

    #[test]
    fn a_worker_that_fails_does_not_let_the_other_wait_forever() {
        let scan = empty_scan();
        scan.state.lock().busy = 1;
        let (sender, events) = channel();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| worker(&scan, false).next_task());
            let failing = ScanWorker::new(Arc::clone(&scan), false, sender);
            let failed = std::thread::Builder::new().spawn_scoped(scope, move || {
                let _worker = failing;
                panic!("a flaw, for the test");
            });
            assert!(failed.unwrap().join().is_err());
            assert_eq!(waiting.join().unwrap(), None);
        });
        assert!(matches!(events.recv(), Ok(ScanEvent::Notice(_))));
        assert!(events.recv().is_err() && !scan.take_outcome().1);
    }
}
