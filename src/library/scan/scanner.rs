//! One scan of a library: its workers walk the folder, and read what is new or changed.

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, RwLock};

use super::super::article_files::{ArticleFiles, FileStamp, path_hash};
use super::super::entry_table::EntryTable;
use super::super::index::{EntryRecord, IndexDirectory, Segment, SegmentWriter, TextRef};
use super::super::pairing;
use super::super::source::Library;
use super::super::threads::spawn;
use super::read_article::{ParsedArticle, RawArticle};
use super::scope::{LanguageDirs, Scope};
use super::walker::{FolderContents, Walker};
use crate::catalog::Entry;

/// Limits of a batch: small for the first one, so that it is shown at once, and larger later.
const FIRST_BATCH: (usize, Duration) = (32, Duration::from_millis(5));
const NEXT_BATCH: (usize, Duration) = (8_000, Duration::from_millis(100));
/// The bytes at which a segment is sealed: few at first, so that its texts can soon be searched.
/// Doubled with each segment.
const FIRST_SEGMENT: usize = 1 << 20;
const MOST_SEGMENT: usize = 32 << 20;
/// The most articles that a worker takes at once: more would keep them from an idle worker.
const MOST_ARTICLES: usize = 32;

/// What a scan needs.
#[derive(Debug)]
pub(super) struct ScanOptions {
    pub(super) library: Library,
    /// The walker of its folder, if the library is a folder.
    pub(super) walker: Option<Arc<Walker>>,
    /// What is known so far; the scan only reads it.
    pub(super) table: Arc<RwLock<EntryTable>>,
    /// Where segments are written.
    pub(super) index: IndexDirectory,
    pub(super) scope: Scope,
    /// Whether all files are read and parsed, even if their stamps and their bytes have not
    /// changed.
    pub(super) reparse: bool,
    pub(super) folders: KnownFolders,
}

/// What is known of the folders of a library from one scan to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownFolders {
    pub(super) language_dirs: LanguageDirs,
    /// The hashes of the paths of all folders that were ever read.
    pub(super) read: HashSet<u64>,
}

/// What a worker reports.
#[derive(Debug)]
pub(in crate::library) enum ScanEvent {
    /// Articles that were read, each with the id of its path if that is known.
    Read(Vec<(Option<u32>, EntryRecord)>),
    /// A segment that earlier articles refer to by its number.
    Sealed(u32, Arc<Segment>),
    /// A message for the status bar.
    Notice(String),
    /// The last event of each worker.
    Done,
}

/// What a scan learned about the folder.
#[derive(Debug, Default)]
pub(super) struct ScanOutcome {
    /// Whether it was stopped before its end.
    pub(super) is_stopped: bool,
    /// How many articles were found.
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

/// One scan, shared by its workers.
#[derive(Debug)]
pub(super) struct LibraryScan {
    options: ScanOptions,
    /// Whether the library was empty when the scan began, so that nothing needs to be looked up.
    is_first: bool,
    state: Mutex<ScanState>,
    /// Notified when there is work, or none will come any more.
    work: Condvar,
}

/// What the workers of a scan change.
#[derive(Debug, Default)]
struct ScanState {
    folders: VecDeque<PathBuf>,
    articles: VecDeque<ArticleFiles>,
    /// How many workers are busy.
    busy: u32,
    /// How many folders are not read yet.
    unread_folders: usize,
    /// Files whose mate may lie in another folder. Kept until all names are known.
    held_back: Vec<(PathBuf, Option<FileStamp>)>,
    next_segment: u32,
    outcome: ScanOutcome,
}

/// A piece of work. Paths are relative to the library's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Task {
    Folder(PathBuf),
    Articles(Vec<ArticleFiles>),
}

/// What a worker takes first if there is both. With one worker for each, the first rows come at
/// once and the number of articles is soon final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Priority {
    Folders,
    Articles,
}

impl ScanState {
    fn take_task(&mut self, priority: Priority) -> Option<Task> {
        let task = match priority {
            Priority::Folders => self.take_folder().or_else(|| self.take_articles()),
            Priority::Articles => self.take_articles().or_else(|| self.take_folder()),
        };
        self.busy += u32::from(task.is_some());
        task
    }

    fn take_folder(&mut self) -> Option<Task> {
        self.folders.pop_front().map(Task::Folder)
    }

    fn take_articles(&mut self) -> Option<Task> {
        // The last ones are shared among the workers.
        let count = self.articles.len().div_ceil(4).min(MOST_ARTICLES);
        (count > 0).then(|| Task::Articles(self.articles.drain(..count).collect()))
    }
}

impl LibraryScan {
    /// Starts a scan with at most two workers, and returns the number of workers. Each ends with
    /// [`ScanEvent::Done`].
    pub(super) fn start(
        options: ScanOptions,
        on_event: &(impl Fn(ScanEvent) + Send + Clone + 'static),
    ) -> (Arc<Self>, usize) {
        let scan = Arc::new(Self::new(options));
        let priorities: &[Priority] = match scan.options.walker {
            Some(_) => &[Priority::Articles, Priority::Folders],
            None => &[Priority::Articles],
        };
        let is_started = |&&priority: &&Priority| {
            let (scan, on_event) = (Arc::clone(&scan), on_event.clone());
            spawn("scan", move || {
                ScanWorker::new(&scan, priority, &on_event).run();
            })
            .is_ok()
        };
        let count = priorities.iter().filter(is_started).count();
        if count == 0 {
            // Nothing will be seen, which does not mean that it is gone.
            scan.stop();
        }
        (scan, count)
    }

    fn new(options: ScanOptions) -> Self {
        let mut state = ScanState::default();
        let is_first = {
            let table = options.table.read();
            state.outcome.seen = vec![false; table.next_id() as usize];
            state.next_segment = table.segments().len() as u32;
            table.is_blank()
        };
        state.outcome.folders = options.folders.clone();
        state.folders = match (&options.walker, &options.scope) {
            (None, _) => VecDeque::new(),
            (Some(_), Scope::All) => VecDeque::from([PathBuf::new()]),
            (Some(_), Scope::Changed { paths, .. }) => paths.folders.iter().cloned().collect(),
        };
        state.unread_folders = state.folders.len();
        let scan = Self {
            options,
            is_first,
            state: Mutex::new(state),
            work: Condvar::new(),
        };
        if scan.options.walker.is_none() {
            scan.add_articles(scan.options.library.articles());
        }
        scan
    }

    /// What it looks at.
    pub(super) const fn scope(&self) -> &Scope {
        &self.options.scope
    }

    /// Whether the library was empty when it began.
    pub(super) const fn is_first(&self) -> bool {
        self.is_first
    }

    /// Drops all work that is left.
    pub(super) fn stop(&self) {
        let mut state = self.state.lock();
        state.outcome.is_stopped = true;
        state.folders.clear();
        state.articles.clear();
        drop(state);
        self.work.notify_all();
    }

    /// How many articles were found so far, and how many of them have not changed.
    pub(super) fn progress(&self) -> (u32, u32) {
        let outcome = &self.state.lock().outcome;
        (outcome.found, outcome.unchanged)
    }

    /// What the scan learned, once all workers have ended.
    pub(super) fn take_outcome(&self) -> ScanOutcome {
        std::mem::take(&mut self.state.lock().outcome)
    }

    fn is_stopped(&self) -> bool {
        self.state.lock().outcome.is_stopped
    }

    /// A task if there is one; [`LibraryScan::task_done`] must follow.
    fn try_take(&self, priority: Priority) -> Option<Task> {
        self.state.lock().take_task(priority)
    }

    /// Waits for a task; [`LibraryScan::task_done`] must follow. None when the queue is empty and
    /// no worker is busy, or the scan was stopped.
    fn take(&self, priority: Priority) -> Option<Task> {
        let mut state = self.state.lock();
        loop {
            let task = state.take_task(priority);
            if task.is_some() || state.outcome.is_stopped || state.busy == 0 {
                return task;
            }
            self.work.wait(&mut state);
        }
    }

    fn task_done(&self) {
        let mut state = self.state.lock();
        state.busy -= 1;
        let is_last = state.busy == 0;
        drop(state);
        if is_last {
            self.work.notify_all();
        }
    }

    /// Notes what a folder contains. Its articles are queued, unless their mates may lie in other
    /// folders: these are queued with the last folder, when all names are known.
    fn add_folder(&self, folder: &Path, contents: FolderContents) {
        let FolderContents {
            folders,
            articles,
            error,
        } = contents;
        let is_pairing = matches!(&self.options.library, Library::Folder(folder) if folder.pairing);
        let mut state = self.state.lock();
        let known = &mut state.outcome.folders;
        if is_pairing {
            known.language_dirs.note(folder, &folders);
        }
        let mates_may_be_elsewhere = is_pairing && known.language_dirs.contain(folder);
        let is_new = known.read.insert(path_hash(folder));
        let is_replaced =
            matches!(self.scope(), Scope::Changed { paths, .. } if paths.covers_tree(folder));
        match error {
            None if is_new || is_replaced => state.outcome.new_folders.push(folder.to_owned()),
            Some(error) if !error.is_gone => state.outcome.unreadable.push(error.folder),
            _ => {}
        }
        if !state.outcome.is_stopped {
            let entered: Vec<PathBuf> = folders
                .into_iter()
                .filter(|path| self.enters(path, &state))
                .collect();
            state.unread_folders += entered.len();
            state.folders.extend(entered);
        }
        state.unread_folders -= 1;
        let mut found = Vec::new();
        if mates_may_be_elsewhere {
            state.held_back.extend(articles);
        } else {
            found = articles;
        }
        let last = if state.unread_folders == 0 {
            std::mem::take(&mut state.held_back)
        } else {
            Vec::new()
        };
        drop(state);
        self.work.notify_all();
        for files in [found, last] {
            let alone = |(path, stamp)| ArticleFiles::single(path, stamp);
            self.add_articles(if is_pairing {
                pairing::pair(files)
            } else {
                files.into_iter().map(alone).collect()
            });
        }
    }

    fn enters(&self, folder: &Path, state: &ScanState) -> bool {
        match self.scope() {
            Scope::All => true,
            Scope::Changed { paths, .. } if paths.folders.contains(folder) => false,
            Scope::Changed { paths, .. } => {
                paths.covers_tree(folder)
                    || !state.outcome.folders.read.contains(&path_hash(folder))
            }
        }
    }

    /// Marks the articles that have not changed as seen, and queues the rest.
    fn add_articles(&self, articles: Vec<ArticleFiles>) {
        if articles.is_empty() {
            return;
        }
        let mut unread = articles;
        let mut unchanged = Vec::new();
        if !self.is_first && !self.options.reparse {
            let table = self.options.table.read();
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
        if !state.outcome.is_stopped {
            state.articles.extend(unread);
        }
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
            .any(|path| self.scope().is_written(path))
        {
            return Vec::new();
        }
        let unchanged = |path: &Path, stamps: [Option<FileStamp>; 2]| {
            let id = table.find(path)?;
            (stamps[0].is_some() && table.get(id)?.stamps() == stamps).then_some(id)
        };
        let [first, second] = article.stamps;
        let path = &article.files.path;
        let Some(mate) = &article.files.mate else {
            return unchanged(path, article.stamps).into_iter().collect();
        };
        if let Some(id) = unchanged(path, article.stamps).filter(|_| second.is_some()) {
            return vec![id];
        }
        match (
            unchanged(path, [first, None]),
            unchanged(mate, [second, None]),
        ) {
            (Some(first), Some(second)) => vec![first, second],
            _ => Vec::new(),
        }
    }

    /// The id of a path if that is known; its entry is marked as seen.
    fn see(&self, path: &Path) -> Option<u32> {
        let id = self.options.table.read().find(path)?;
        self.state.lock().outcome.mark_seen(id);
        Some(id)
    }

    /// Corrects the number of articles found.
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
struct ScanWorker<'a, F: Fn(ScanEvent)> {
    scan: &'a LibraryScan,
    priority: Priority,
    on_event: &'a F,
    batch: Vec<(Option<u32>, EntryRecord)>,
    batch_limits: (usize, Duration),
    flushed_at: Instant,
    /// The number of the segment that is being written, if there is one.
    segment: Option<u32>,
    writer: SegmentWriter,
    segment_limit: usize,
}

/// Always sends `Done`, even on panic, or the indexer would wait forever. A panic also stops the
/// scan, since the task will never be done.
impl<F: Fn(ScanEvent)> Drop for ScanWorker<'_, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.scan.stop();
            let line = "the program failed while it read the folder, which is a flaw of the program: please report it";
            (self.on_event)(ScanEvent::Notice(line.into()));
        }
        (self.on_event)(ScanEvent::Done);
    }
}

impl<'a, F: Fn(ScanEvent)> ScanWorker<'a, F> {
    fn new(scan: &'a LibraryScan, priority: Priority, on_event: &'a F) -> Self {
        Self {
            scan,
            priority,
            on_event,
            batch: Vec::new(),
            batch_limits: FIRST_BATCH,
            flushed_at: Instant::now(),
            segment: None,
            writer: SegmentWriter::new(&scan.options.index),
            segment_limit: FIRST_SEGMENT,
        }
    }

    fn run(mut self) {
        while let Some(task) = self.next_task() {
            match task {
                Task::Folder(folder) => self.read_folder(&folder),
                Task::Articles(articles) => self.read_articles(articles),
            }
            self.scan.task_done();
        }
        self.seal();
    }

    /// The next task. The batch is not held back while waiting for it.
    fn next_task(&mut self) -> Option<Task> {
        self.scan.try_take(self.priority).or_else(|| {
            self.flush_batch();
            self.scan.take(self.priority)
        })
    }

    fn read_folder(&self, folder: &Path) {
        let Some(walker) = &self.scan.options.walker else {
            return;
        };
        // In a first scan all files are read anyway.
        let contents = walker.read_folder(folder, !self.scan.is_first);
        if let Some(error) = &contents.error {
            // A folder that is gone shows in the list; only that of the whole library is worth a
            // message.
            if !error.is_gone || folder.as_os_str().is_empty() {
                (self.on_event)(ScanEvent::Notice(error.line.clone()));
            }
        }
        self.scan.add_folder(folder, contents);
    }

    /// Reads articles until the scan is stopped.
    fn read_articles(&mut self, articles: Vec<ArticleFiles>) {
        for article in articles {
            if self.scan.is_stopped() {
                return;
            }
            self.read_article(article);
        }
    }

    fn read_article(&mut self, article: ArticleFiles) {
        let scan = self.scan;
        let Some(raw) = RawArticle::read(&scan.options.library, &article.files) else {
            // If one of two files is gone, the other one may be there.
            if article.files.mate.is_some() {
                scan.adjust_found(1);
                article.split().for_each(|file| self.read_article(file));
            } else {
                scan.adjust_found(-1);
            }
            return;
        };
        if !scan.is_first
            && (!scan.options.reparse || raw.content == 0)
            && self.has_same_bytes(&raw)
        {
            return;
        }
        let articles = raw.parse(&scan.options.library);
        if articles.len() != 1 {
            scan.adjust_found(articles.len() as i32 - 1);
        }
        for article in articles {
            self.add(article);
        }
        let (most, time) = self.batch_limits;
        if self.batch.len() >= most || self.flushed_at.elapsed() >= time {
            self.flush_batch();
        }
        if self.writer.bytes() >= self.segment_limit {
            self.seal();
        }
    }

    /// Adds an article to the batch and its text to the segment, unless it was parsed again and
    /// gave what is known of it.
    fn add(&mut self, article: ParsedArticle) {
        let scan = self.scan;
        let segment = *self.segment.get_or_insert_with(|| scan.next_segment());
        let ParsedArticle {
            entry,
            stamps,
            content,
            texts,
        } = article;
        let text = TextRef {
            segment,
            article: self.writer.push(texts.each_ref().map(Option::as_ref)),
        };
        let record = EntryRecord {
            entry,
            stamps,
            content,
            text,
        };
        let id = if scan.is_first {
            None
        } else {
            scan.see(&record.entry.path)
        };
        if scan.options.reparse
            && let Some(id) = id
            && scan.options.table.read().is_same(id, &record, &self.writer)
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
        let table = self.scan.options.table.read();
        let Some(id) = table.find(&article.files.path) else {
            return false;
        };
        let Some(known) = table.get(id) else {
            return false;
        };
        let is_known =
            known.content() == raw.content && known.mate() == article.files.mate.as_deref();
        let is_still_unreadable = raw.content == 0 && article.stamps == [None; 2];
        if !is_known || raw.content == 0 && !is_still_unreadable {
            return false;
        }
        if known.stamps() != article.stamps {
            let (Some(entry), Some(text)) = (known.entry(), table.text_ref(id)) else {
                return false;
            };
            let entry = Entry {
                modified: raw.modified(),
                ..entry
            };
            let record = EntryRecord {
                entry,
                stamps: article.stamps,
                content: raw.content,
                text,
            };
            self.batch.push((Some(id), record));
        }
        drop(table);
        self.scan.state.lock().outcome.mark_seen(id);
        true
    }

    fn flush_batch(&mut self) {
        if !self.batch.is_empty() {
            self.batch_limits = NEXT_BATCH;
            (self.on_event)(ScanEvent::Read(std::mem::take(&mut self.batch)));
        }
        self.flushed_at = Instant::now();
    }

    fn seal(&mut self) {
        self.flush_batch();
        if let Some(number) = self.segment.take() {
            (self.on_event)(ScanEvent::Sealed(number, Arc::new(self.writer.seal())));
            self.segment_limit = (self.segment_limit * 2).min(MOST_SEGMENT);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;

    use super::super::super::tests::{PATIENCE, Place};
    use super::*;

    fn options(library: Library, walker: Option<Walker>) -> ScanOptions {
        ScanOptions {
            library,
            walker: walker.map(Arc::new),
            table: Arc::default(),
            index: IndexDirectory::none(),
            scope: Scope::All,
            reparse: false,
            folders: KnownFolders::default(),
        }
    }

    fn empty_scan() -> LibraryScan {
        LibraryScan::new(options(Library::Folder(PathBuf::from("none").into()), None))
    }

    fn article(path: &str) -> ArticleFiles {
        ArticleFiles::single(path.into(), None)
    }

    #[test]
    fn each_worker_takes_what_it_prefers_first() {
        let scan = empty_scan();
        scan.state.lock().folders.push_back("f".into());
        scan.add_articles(vec![article("a")]);
        scan.add_articles(vec![article("b")]);
        assert_eq!(
            scan.take(Priority::Articles),
            Some(Task::Articles(vec![article("a")]))
        );
        assert_eq!(scan.take(Priority::Folders), Some(Task::Folder("f".into())));
        assert_eq!(
            scan.take(Priority::Folders),
            Some(Task::Articles(vec![article("b")]))
        );
        assert_eq!(scan.try_take(Priority::Folders), None);
    }

    #[test]
    fn several_articles_are_taken_at_once_and_the_last_are_shared() {
        let scan = empty_scan();
        scan.add_articles((0..150).map(|at| article(&at.to_string())).collect());
        scan.add_articles(Vec::new());
        scan.add_articles((150..200).map(|at| article(&at.to_string())).collect());
        let (mut counts, mut taken) = (Vec::new(), Vec::new());
        while let Some(Task::Articles(articles)) = scan.try_take(Priority::Articles) {
            counts.push(articles.len());
            taken.extend(articles);
        }
        assert_eq!(counts[..6], [32, 32, 32, 26, 20, 15]);
        assert_eq!(counts.last(), Some(&1));
        assert_eq!(
            taken,
            (0..200)
                .map(|at| article(&at.to_string()))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_waiting_worker_gets_what_another_finds_and_leaves_when_all_is_done() {
        let scan = empty_scan();
        scan.state.lock().folders.push_back("f".into());
        let folder = scan.take(Priority::Folders);
        assert_eq!(folder, Some(Task::Folder("f".into())));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let task = scan.take(Priority::Articles);
                scan.task_done();
                (task, scan.take(Priority::Articles))
            });
            scan.add_articles(vec![article("f/a")]);
            scan.task_done();
            assert_eq!(
                waiting.join().unwrap(),
                (Some(Task::Articles(vec![article("f/a")])), None)
            );
        });
    }

    #[test]
    fn a_stopped_scan_gives_no_task() {
        let scan = empty_scan();
        scan.add_articles(vec![article("a")]);
        scan.stop();
        scan.add_articles(vec![article("b")]);
        assert_eq!(
            (scan.take(Priority::Articles), scan.is_stopped()),
            (None, true)
        );
    }

    #[test]
    fn a_worker_that_fails_does_not_let_the_other_wait_forever() {
        let texts: Vec<(String, &str)> = (0..200)
            .map(|at| (format!("{}/{at}.md", at % 7), "text"))
            .collect();
        let texts: Vec<(&str, &str)> = texts
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        let place = Place::new(&texts);
        let (sender, ended) = channel();
        let has_failed = Arc::new(AtomicBool::new(false));
        let on_event = move |event| match event {
            ScanEvent::Done => sender.send(()).unwrap(),
            _ => assert!(
                has_failed.swap(true, Ordering::Relaxed),
                "a flaw, for the test"
            ),
        };
        let (scan, workers) = LibraryScan::start(
            options(place.library(), Some(Walker::new(&place.path("")))),
            &on_event,
        );
        assert_eq!(workers, 2);
        for _ in 0..workers {
            ended
                .recv_timeout(PATIENCE)
                .expect("each worker says that it has ended");
        }
        assert!(scan.is_stopped());
    }
}
