//! The thread that keeps a library up to date: it opens the index, scans the folder, follows
//! changes and has the index written.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Instant;

use tracing::{debug, info};

use super::super::entry_table::EntryTable;
use super::super::index::{EntryIndex, IndexWriter};
use super::super::search::{SearchUpdate, Searcher};
use super::super::shared::{Shared, StateWrite};
use super::super::source::Library;
use super::super::state::{self, SavedMark, SavedState};
use super::super::storage_paths::StoragePaths;
use super::diff::{ChangeSet, Diff, Fingerprint, MissingFiles};
use super::scanner::{KnownFolders, LibraryScan, ScanEvent, ScanOptions, ScanOutcome};
use super::scope::{ChangedPaths, Scope};
use super::walker::Walker;
use super::watcher::{WatchEvent, Watcher};
use crate::catalog::{Changes, EntryId, EntryStore, InitialState, Mark, Update};

#[derive(Debug)]
pub(in crate::library) enum IndexerMessage {
    Scan(ScanEvent),
    Watch(WatchEvent),
    /// Read and parse everything again.
    Refresh,
    Stop,
}

/// The state of the indexer's thread.
pub(in crate::library) struct Indexer<F> {
    shared: Arc<Shared>,
    searcher: Arc<Searcher>,
    on_update: F,
    paths: StoragePaths,
    sender: Sender<IndexerMessage>,
    inbox: Receiver<IndexerMessage>,
    /// Messages that came during a scan.
    backlog: VecDeque<IndexerMessage>,
    index_writer: IndexWriter,
    walker: Option<Arc<Walker>>,
    folders: KnownFolders,
    missing: MissingFiles,
    marks: SavedMarks,
    /// Whether changes are watched; commands only list what is there.
    follows: bool,
    watcher: Option<Watcher>,
    /// Notices that were shown, so that a folder that cannot be read is reported once.
    noticed: HashSet<String>,
    is_stopping: bool,
}

/// A scan under way.
struct RunningScan {
    scan: Arc<LibraryScan>,
    /// How many workers have not ended.
    workers: usize,
    began: Instant,
}

impl RunningScan {
    fn progress(&self, (found, unchanged): (u32, u32), read: u32, finished: bool) -> Update {
        let read = unchanged + read;
        Update::Progress {
            read,
            found: found.max(read),
            elapsed: self.began.elapsed(),
            finished,
        }
    }
}

impl<F: Fn(Update) + Send + Clone + 'static> Indexer<F> {
    /// The state before anything is opened. `channel` is its inbox, with a sender for the threads
    /// that it starts.
    pub(in crate::library) fn new(
        shared: Arc<Shared>,
        searcher: Arc<Searcher>,
        paths: StoragePaths,
        follows: bool,
        channel: (Sender<IndexerMessage>, Receiver<IndexerMessage>),
        on_update: F,
    ) -> Self {
        let walker = match &shared.library {
            Library::Folder(folder) => Some(Arc::new(Walker::new(&folder.path))),
            _ => None,
        };
        let index_writer = IndexWriter::new(paths.index(&shared.library));
        let (sender, inbox) = channel;
        Self {
            shared,
            searcher,
            on_update,
            paths,
            sender,
            inbox,
            backlog: VecDeque::new(),
            index_writer,
            walker,
            folders: KnownFolders::default(),
            missing: MissingFiles::default(),
            marks: SavedMarks::default(),
            follows,
            watcher: None,
            noticed: HashSet::new(),
            is_stopping: false,
        }
    }

    /// Runs until it is stopped.
    pub(in crate::library) fn run(mut self, saved_state: &Receiver<SavedState>) {
        let index = self.index_writer.open(self.follows);
        self.shared.entry_table.write().set_base(index.clone());
        // A first scan need not wait for the saved state: there are no entries yet to which it
        // could apply.
        let first = index.is_none().then(|| self.start_scan(Scope::All, false));
        self.open(index, saved_state);
        let running = first.unwrap_or_else(|| {
            if self.follows {
                // The scan would take the processors from what the reader is about to show.
                self.shared.load_queue.wait_for_first_load();
            }
            self.start_scan(Scope::All, false)
        });
        self.finish_scan(running, true);
        self.write_index();
        self.rebuild_index();
        self.reparse_outdated();
        while !self.is_stopping {
            match self.next_message() {
                IndexerMessage::Watch(event) => self.follow(event),
                IndexerMessage::Refresh => {
                    self.noticed.clear();
                    self.scan(Scope::All, true, true);
                    self.rebuild_index();
                }
                IndexerMessage::Scan(_) => {}
                IndexerMessage::Stop => self.is_stopping = true,
            }
            self.write_index();
            if self.is_damaged() {
                self.rebuild_index();
            }
        }
        if !self.follows && self.is_damaged() {
            self.index_writer.directory().discard();
        }
    }

    /// Whether damage of the index was found so far.
    fn is_damaged(&self) -> bool {
        self.shared
            .entry_table
            .read()
            .base()
            .is_some_and(|base| !base.is_valid())
    }

    /// Publishes the index with the saved state.
    fn open(&mut self, index: Option<Arc<EntryIndex>>, saved_state: &Receiver<SavedState>) {
        // The loading thread always sends it; without that thread nothing is saved.
        let SavedState { state, last_visit } = saved_state.recv().unwrap_or_default();
        let selected = state
            .selected
            .as_ref()
            .and_then(|path| self.shared.entry_table.read().find(path))
            .map(EntryId);
        let store = index.clone().map(|index| index as Arc<dyn EntryStore>);
        (self.on_update)(Update::Initial(Box::new(InitialState {
            store,
            state,
            selected,
            last_visit,
        })));
        self.searcher.update(SearchUpdate::LastVisit(last_visit));
        if let Some(index) = index {
            self.searcher.update(SearchUpdate::Index(index));
        }
        self.marks = SavedMarks::load(&self.paths, &self.shared.library);
        self.missing.fingerprints = self.marks.fingerprints();
        let marks = self.marks.of_all(&self.shared.entry_table.read());
        self.publish_marks(marks);
    }

    /// The next message; waits for it.
    fn next_message(&mut self) -> IndexerMessage {
        self.backlog
            .pop_front()
            .unwrap_or_else(|| self.inbox.recv().unwrap_or(IndexerMessage::Stop))
    }

    fn follow(&mut self, event: WatchEvent) {
        match event {
            WatchEvent::Unwatched(count) => (self.on_update)(Update::Unwatched(count)),
            WatchEvent::Rescan => {
                self.folders.read.clear();
                self.noticed.clear();
                self.scan(Scope::All, false, false);
            }
            WatchEvent::Changed(paths) => {
                let paths = self.with_queued_changes(paths);
                let scope = Scope::changed(
                    paths,
                    &self.folders.language_dirs,
                    &self.shared.entry_table.read(),
                );
                let began = Instant::now();
                self.scan(scope, false, false);
                if let Some(watcher) = &self.watcher {
                    watcher.scan_done(began.elapsed());
                }
            }
        }
    }

    /// Adds the changes that wait in the inbox, so that one scan looks at all of them.
    fn with_queued_changes(&mut self, mut paths: ChangedPaths) -> ChangedPaths {
        while let Ok(message) = self.inbox.try_recv() {
            match message {
                IndexerMessage::Watch(WatchEvent::Changed(other)) => paths.extend(other),
                message => self.backlog.push_back(message),
            }
        }
        paths
    }

    /// Scans the library and publishes the changes, and the progress if that may take long.
    fn scan(&mut self, scope: Scope, reparse: bool, shows_progress: bool) {
        let running = self.start_scan(scope, reparse);
        self.finish_scan(running, shows_progress);
    }

    fn start_scan(&mut self, scope: Scope, reparse: bool) -> RunningScan {
        if let (Scope::All, Some(walker)) = (&scope, &self.walker) {
            walker.forget_links();
        }
        debug!(
            is_whole = matches!(scope, Scope::All),
            reparse, "scan started"
        );
        let options = ScanOptions {
            library: self.shared.library.clone(),
            walker: self.walker.clone(),
            table: Arc::clone(&self.shared.entry_table),
            index: self.index_writer.directory().clone(),
            scope,
            reparse,
            folders: std::mem::take(&mut self.folders),
        };
        let (sender, began) = (self.sender.clone(), Instant::now());
        let on_event = move |event| {
            let _ = sender.send(IndexerMessage::Scan(event));
        };
        let (scan, workers) = LibraryScan::start(options, &on_event);
        RunningScan {
            scan,
            workers,
            began,
        }
    }

    /// Takes the events of a scan until its workers have ended.
    fn finish_scan(&mut self, mut running: RunningScan, shows_progress: bool) {
        let mut diff = Diff::new(&self.shared.entry_table);
        let scan = Arc::clone(&running.scan);
        if running.workers == 0 {
            (self.on_update)(Update::Notice(
                "The folder cannot be read: the system refuses another thread".into(),
            ));
        }
        while running.workers > 0 {
            match self.inbox.recv().unwrap_or(IndexerMessage::Stop) {
                IndexerMessage::Scan(ScanEvent::Done) => running.workers -= 1,
                IndexerMessage::Scan(event) => {
                    self.take(&mut diff, event);
                    if shows_progress {
                        (self.on_update)(running.progress(scan.progress(), diff.read, false));
                    }
                    if scan.is_first() {
                        self.index_writer.checkpoint(&self.shared.entry_table);
                    }
                }
                IndexerMessage::Stop => {
                    self.is_stopping = true;
                    scan.stop();
                }
                message => self.backlog.push_back(message),
            }
        }
        let mut outcome = scan.take_outcome();
        self.folders = std::mem::take(&mut outcome.folders);
        let read = diff.read;
        let set = if outcome.is_stopped {
            diff.stop()
        } else {
            diff.finish(scan.scope(), &outcome, &mut self.missing)
        };
        self.publish(set);
        let ScanOutcome {
            found,
            unchanged,
            new_folders,
            ..
        } = outcome;
        info!(found, unchanged, read, elapsed = ?running.began.elapsed(), "scan ended");
        if self.is_stopping {
            return;
        }
        if shows_progress {
            (self.on_update)(running.progress((found, unchanged), read, true));
        }
        self.watch(new_folders);
    }

    fn take(&mut self, diff: &mut Diff, event: ScanEvent) {
        let set = match event {
            ScanEvent::Read(records) => diff.take(records),
            ScanEvent::Sealed(number, segment) => diff.seal(number, &segment),
            ScanEvent::Notice(line) => {
                if self.noticed.insert(line.clone()) {
                    info!("{line}");
                    (self.on_update)(Update::Notice(line));
                }
                None
            }
            ScanEvent::Done => None,
        };
        if let Some(set) = set {
            self.publish(set);
        }
    }

    /// Sends changes to the searcher, to the reader and to the saved state.
    fn publish(&mut self, set: ChangeSet) {
        let ChangeSet {
            changes,
            texts,
            moved,
        } = set;
        let marks = self
            .marks
            .of_added(changes.added.as_deref(), &self.shared.entry_table.read());
        if !changes.is_empty() || !texts.is_empty() {
            self.searcher.update(SearchUpdate::Changed {
                changes: changes.clone(),
                texts,
            });
        }
        if !changes.is_empty() {
            (self.on_update)(Update::Changed(changes));
        }
        self.publish_marks(marks);
        if !moved.is_empty() {
            self.shared.load_queue.push_write(StateWrite::Moved(moved));
        }
    }

    fn publish_marks(&self, mut marks: Vec<(EntryId, Mark)>) {
        marks.retain(|(_, mark)| *mark != Mark::default());
        if !marks.is_empty() {
            self.searcher.update(SearchUpdate::Marked(marks.clone()));
            (self.on_update)(Update::Marked(marks));
        }
    }

    /// Watches folders that were read for the first time.
    fn watch(&mut self, folders: Vec<PathBuf>) {
        let Library::Folder(library) = &self.shared.library else {
            return;
        };
        if self.watcher.is_none() && self.follows {
            let sender = self.sender.clone();
            let on_event = move |event| {
                let _ = sender.send(IndexerMessage::Watch(event));
            };
            self.watcher = Watcher::start(&library.path, on_event);
        }
        if let Some(watcher) = self.watcher.as_ref().filter(|_| !folders.is_empty()) {
            watcher.add(folders);
        }
    }

    /// Writes the index if enough changed, and switches all threads to it.
    fn write_index(&mut self) {
        let pending = {
            let table = self.shared.entry_table.read();
            if !self.index_writer.should_write(&table) {
                return;
            }
            table.pending()
        };
        if let Some(index) = self.index_writer.write(&pending) {
            drop(pending);
            self.shared
                .entry_table
                .write()
                .set_base(Some(Arc::clone(&index)));
            self.searcher
                .update(SearchUpdate::Index(Arc::clone(&index)));
            (self.on_update)(Update::Rebased(index));
        }
    }

    /// Reads and parses all files again if the index was written by a program with other reading
    /// code.
    fn reparse_outdated(&mut self) {
        if self.is_stopping || !self.follows || !self.index_writer.needs_rereading() {
            return;
        }
        info!("the index was made by another version: all files are read again");
        self.scan(Scope::All, true, false);
        if !self.is_stopping {
            self.index_writer.set_reread();
            self.write_index();
        }
    }

    /// Rebuilds a damaged index. Commands do not wait until all of it is checked.
    fn rebuild_index(&mut self) {
        let base = self.shared.entry_table.read().base().cloned();
        if self.is_stopping
            || !self.follows
            || !base.is_some_and(|base| IndexWriter::needs_rebuild(&base))
        {
            return;
        }
        info!("the index is rebuilt");
        let gone = {
            let mut table = self.shared.entry_table.write();
            let gone = (0..table.next_id()).map(EntryId).collect();
            table.clear();
            gone
        };
        let changes = Changes {
            gone,
            ..Changes::default()
        };
        self.publish(ChangeSet {
            changes,
            ..ChangeSet::default()
        });
        self.scan(Scope::All, false, true);
        self.write_index();
    }
}

/// The saved marks of the articles of a library by the hash of the path, with the fingerprints by
/// which renamed ones are recognised.
#[derive(Debug, Default)]
struct SavedMarks(HashMap<u64, SavedMark>);

impl SavedMarks {
    fn load(paths: &StoragePaths, library: &Library) -> Self {
        let (data, library) = paths.state(library);
        let saved = data
            .map(|data| state::saved_marks(data, &library))
            .unwrap_or_default();
        Self(saved.into_iter().map(|saved| (saved.path, saved)).collect())
    }

    /// The marks of all entries of a table.
    fn of_all(&self, table: &EntryTable) -> Vec<(EntryId, Mark)> {
        self.0
            .values()
            .filter_map(|saved| Some((EntryId(table.find_hash(saved.path)?), saved.mark)))
            .collect()
    }

    /// The marks of the entries that were added last.
    fn of_added(&self, added: Option<&dyn EntryStore>, table: &EntryTable) -> Vec<(EntryId, Mark)> {
        let Some(added) = added.filter(|_| !self.0.is_empty()) else {
            return Vec::new();
        };
        let ids = table.next_id() - added.len()..table.next_id();
        ids.filter_map(|id| {
            Some((
                EntryId(id),
                self.0.get(&table.pending_entry(id)?.path_hash())?.mark,
            ))
        })
        .collect()
    }

    fn fingerprints(&self) -> HashMap<u64, Fingerprint> {
        let fingerprint = |saved: &SavedMark| Fingerprint {
            link: saved.link,
            content: saved.content,
        };
        self.0
            .iter()
            .map(|(hash, saved)| (*hash, fingerprint(saved)))
            .collect()
    }
}
