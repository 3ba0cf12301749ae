//! The thread that keeps a library up to date: it opens the index, scans the folder, follows
//! changes and has the index written.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use tracing::{debug, info};

use super::super::index::{EntryIndex, IndexWriter};
use super::super::search::SearchUpdate;
use super::super::shared::Shared;
use super::super::source::Library;
use super::super::state::{self, SavedState};
use super::super::storage_paths::StoragePaths;
use super::diff::{Diff, KnownArticles};
use super::scanner::{KnownFolders, LibraryScan, ScanEvent};
use super::scope::ChangedPaths;
use super::walker::Walker;
use super::watcher::{self, WatchEvent, WatcherMessage};
use crate::catalog::{Changes, EntryId, EntryStore, InitialState, Mark, Update};

#[derive(Debug)]
pub(in crate::library) enum IndexerMessage {
    Watch(WatchEvent),
    /// Read and parse everything again.
    Refresh,
    /// Look whether the program ends.
    Stop,
    /// End, after the index was rebuilt if it is damaged.
    Finish,
}

pub(in crate::library) struct Indexer<F> {
    shared: Arc<Shared>,
    on_update: F,
    paths: StoragePaths,
    sender: Sender<IndexerMessage>,
    inbox: Receiver<IndexerMessage>,
    index_writer: IndexWriter,
    walker: Option<Arc<Walker>>,
    folders: KnownFolders,
    known: KnownArticles,
    /// Whether changes are watched; commands only list what is there.
    follows: bool,
    watcher: Option<Sender<WatcherMessage>>,
    /// Notices that were shown, so that a folder that cannot be read is reported once.
    noticed: HashSet<String>,
}

struct RunningScan {
    scan: Arc<LibraryScan>,
    events: Receiver<ScanEvent>,
    began: Instant,
}

impl<F: Fn(Update)> Indexer<F> {
    /// The state before anything is opened. `channel` is its inbox, with a sender for the watcher.
    pub(in crate::library) fn new(
        shared: Arc<Shared>,
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
            on_update,
            paths,
            sender,
            inbox,
            index_writer,
            walker,
            folders: KnownFolders::default(),
            known: KnownArticles::default(),
            follows,
            watcher: None,
            noticed: HashSet::new(),
        }
    }

    pub(in crate::library) fn run(mut self, saved_state: &Receiver<SavedState>) {
        let index = self.index_writer.open(self.follows);
        if let Some(index) = &index {
            self.shared.entry_table.write().set_base(Arc::clone(index));
        }
        // A first scan need not wait for the saved state: there are no entries yet to which it
        // could apply.
        let first = index
            .is_none()
            .then(|| self.start_scan(ChangedPaths::all(), false));
        self.open(index, saved_state);
        let running = first.unwrap_or_else(|| {
            if self.follows {
                // The scan would take the processors from what the reader is about to show.
                self.shared.wait_for_first_load();
            }
            self.start_scan(ChangedPaths::all(), false)
        });
        self.finish_scan(running, true);
        self.write_index();
        if self.follows {
            self.rebuild_index();
        }
        self.reparse_outdated();
        let mut is_finished = false;
        while !is_finished && !self.shared.is_ending() {
            match self.inbox.recv() {
                Ok(IndexerMessage::Finish) => is_finished = true,
                Ok(IndexerMessage::Watch(event)) => self.follow(event),
                Ok(IndexerMessage::Refresh) => {
                    self.noticed.clear();
                    self.scan(ChangedPaths::all(), true, true);
                    self.rebuild_index();
                }
                Ok(IndexerMessage::Stop) | Err(_) => {}
            }
            self.write_index();
            if self.is_damaged() {
                self.rebuild_index();
            }
        }
        self.send_to_watcher(WatcherMessage::Stop);
        if !self.follows && self.is_damaged() {
            self.index_writer.directory().discard();
        }
    }

    fn is_damaged(&self) -> bool {
        !self.shared.entry_table.read().is_valid()
    }

    /// Publishes the index with the saved state.
    fn open(&mut self, index: Option<Arc<EntryIndex>>, saved_state: &Receiver<SavedState>) {
        let (data, library) = self.paths.state(&self.shared.library);
        let saved = match data {
            Some(data) if !self.follows => state::load(data, &library),
            // Without a thread that sends it nothing is saved.
            _ => saved_state.recv().unwrap_or_default(),
        };
        debug!(last_visit = saved.last_visit, "saved state opened");
        let SavedState {
            state,
            bookmarks,
            commands,
            last_visit,
        } = saved;
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
            bookmarks,
            commands,
            last_visit,
        })));
        let shared = &self.shared;
        shared.update_search(SearchUpdate::LastVisit(last_visit));
        if let Some(index) = index {
            shared.update_search(SearchUpdate::Index(index));
        }
        let marks = data.map(|data| state::saved_marks(data, &library));
        let annotations = data.map(|data| state::saved_annotations(data, &library));
        if let Some(annotations) = annotations.filter(|all| !all.is_empty()) {
            shared.update_search(SearchUpdate::Annotated(annotations.clone()));
            (self.on_update)(Update::Annotated(annotations));
        }
        let words = data.and_then(|data| state::vocabulary(data, &library).ok());
        if let Some(words) = words.filter(|all| !all.is_empty()) {
            (self.on_update)(Update::Vocabulary(words));
        }
        let tags = data.map(|data| state::saved_tags(data, &library));
        if let Some(tags) = tags.filter(|all| !all.is_empty()) {
            shared.update_search(SearchUpdate::Tagged(tags.clone()));
            (self.on_update)(Update::Tagged(tags));
        }
        let (marks, seen) = marks.unwrap_or_default();
        shared.news.put(|job| job.seen = Some(seen));
        self.known.by_path = marks.into_iter().map(|saved| (saved.path, saved)).collect();
        let marks = self.known.marks(&shared.entry_table.read());
        self.publish_marks(marks);
    }

    fn follow(&mut self, event: WatchEvent) {
        match event {
            WatchEvent::Unwatched(count) => (self.on_update)(Update::Unwatched(count)),
            WatchEvent::Rescan => {
                self.folders.read.clear();
                self.noticed.clear();
                self.scan(ChangedPaths::all(), false, false);
            }
            WatchEvent::Changed(mut paths) => {
                paths.add_mates(&self.folders.language_dirs);
                let began = Instant::now();
                self.scan(paths, false, false);
                self.send_to_watcher(WatcherMessage::ScanDone(began.elapsed()));
            }
        }
    }

    /// Scans the library and publishes the changes, and the progress if that may take long.
    fn scan(&mut self, scope: ChangedPaths, reparse: bool, shows_progress: bool) {
        let running = self.start_scan(scope, reparse);
        self.finish_scan(running, shows_progress);
    }

    fn start_scan(&mut self, scope: ChangedPaths, reparse: bool) -> RunningScan {
        if let Some(walker) = self.walker.as_ref().filter(|_| scope.is_all()) {
            walker.forget_links();
        }
        debug!(is_whole = scope.is_all(), reparse, "scan started");
        let began = Instant::now();
        let (sender, events) = channel();
        let scan = Arc::new(LibraryScan::new(
            Arc::clone(&self.shared),
            self.walker.clone(),
            self.index_writer.directory().clone(),
            scope,
            reparse,
            std::mem::take(&mut self.folders),
        ));
        scan.start(&sender);
        RunningScan {
            scan,
            events,
            began,
        }
    }

    /// Takes the events of a scan until its workers have ended.
    fn finish_scan(&mut self, running: RunningScan, shows_progress: bool) {
        let RunningScan {
            scan,
            events,
            began,
        } = running;
        let shared = Arc::clone(&self.shared);
        let mut diff = Diff::new(&shared.entry_table);
        for event in events {
            match event {
                ScanEvent::Read(records) => {
                    let changes = diff.take(records);
                    self.publish(changes);
                }
                ScanEvent::Sealed(number, segment) => {
                    shared.entry_table.write().seal(number, segment);
                    shared.update_search(SearchUpdate::Sealed);
                }
                ScanEvent::Notice(line) => self.notice(line),
            }
            if shows_progress {
                self.show_progress(scan.progress(), diff.read, began, false);
            }
            if scan.is_first {
                self.index_writer.checkpoint(&shared.entry_table.read());
            }
        }
        let (mut outcome, is_completed) = scan.take_outcome();
        self.folders = std::mem::take(&mut outcome.folders);
        let (progress, read) = ((outcome.found, outcome.unchanged), diff.read);
        if is_completed {
            let (changes, moved) = diff.finish(&scan.scope, &outcome, &mut self.known);
            // Saved first: a moved article may be opened as soon as it is published.
            let marks = self.save_moves(moved);
            self.publish(changes);
            self.publish_marks(marks);
        }
        info!(found = progress.0, unchanged = progress.1, read, elapsed = ?began.elapsed(), "scan ended");
        if shared.is_ending() {
            return;
        }
        if shows_progress {
            self.show_progress(progress, read, began, true);
        }
        self.watch(outcome.new_folders);
    }

    fn show_progress(
        &self,
        (found, unchanged): (u32, u32),
        read: u32,
        began: Instant,
        finished: bool,
    ) {
        let read = unchanged + read;
        (self.on_update)(Update::Progress {
            read,
            found: found.max(read),
            elapsed: began.elapsed(),
            finished,
        });
    }

    fn notice(&mut self, line: String) {
        if self.noticed.insert(line.clone()) {
            info!("{line}");
            (self.on_update)(Update::Notice(line));
        }
    }

    /// Sends changes to the searcher and to the reader.
    fn publish(&self, changes: Changes) {
        if changes.is_empty() {
            return;
        }
        let marks = {
            let table = self.shared.entry_table.read();
            let added = changes.added.as_ref().map_or(0, |added| added.len());
            self.known.marks_from(table.next_id() - added, &table)
        };
        self.shared
            .update_search(SearchUpdate::Changed(changes.clone()));
        (self.on_update)(Update::Changed(changes));
        self.publish_marks(marks);
    }

    /// Saves the new paths of articles, given by the hash of the path they had and their id. Returns
    /// their marks.
    fn save_moves(&self, moved: Vec<(u64, EntryId)>) -> Vec<(EntryId, Mark)> {
        let (mut marks, mut paths) = (Vec::new(), Vec::new());
        for (from, id) in moved {
            if let Some(files) = self.shared.files(id) {
                let store = &self.shared.store;
                store.move_article(from, &files.path);
                let remembered = store.article(&files.path);
                marks.extend(remembered.map(|remembered| (id, remembered.mark)));
                paths.push((from, files.path));
            }
        }
        if !paths.is_empty() {
            self.shared
                .update_search(SearchUpdate::Moved(paths.clone()));
            (self.on_update)(Update::Moved(paths));
        }
        marks
    }

    fn publish_marks(&self, mut marks: Vec<(EntryId, Mark)>) {
        marks.retain(|(_, mark)| *mark != Mark::default());
        if !marks.is_empty() {
            self.shared
                .update_search(SearchUpdate::Marked(marks.clone()));
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
            self.watcher = watcher::start(&library.path, on_event);
        }
        if !folders.is_empty() {
            self.send_to_watcher(WatcherMessage::AddFolders(folders));
        }
    }

    fn send_to_watcher(&self, message: WatcherMessage) {
        if let Some(watcher) = &self.watcher {
            let _ = watcher.send(message);
        }
    }

    /// Writes the index if enough changed, and switches all threads to it.
    fn write_index(&mut self) {
        let index = self.index_writer.write(&self.shared.entry_table.read());
        if let Some(index) = index {
            let mut table = self.shared.entry_table.write();
            table.set_base(Arc::clone(&index));
            drop(table);
            self.shared
                .update_search(SearchUpdate::Index(Arc::clone(&index)));
            (self.on_update)(Update::Rebased(index));
        }
    }

    /// Reads and parses all files again if the index was written by a program with other reading
    /// code.
    fn reparse_outdated(&mut self) {
        if !self.follows || !self.index_writer.is_outdated() || self.shared.is_ending() {
            return;
        }
        info!("the index was made by another version: all files are read again");
        self.scan(ChangedPaths::all(), true, false);
        if !self.shared.is_ending() {
            self.index_writer.set_current();
            self.write_index();
        }
    }

    /// Rebuilds a damaged index. Commands do not wait until all of it is checked: what they use of
    /// it was.
    fn rebuild_index(&mut self) {
        if self.shared.is_ending() {
            return;
        }
        let base = self.shared.entry_table.read().base().cloned();
        let needs_rebuild = self.is_damaged()
            || self.follows && base.is_some_and(|base| IndexWriter::needs_rebuild(&base));
        if !needs_rebuild {
            return;
        }
        info!("the index is rebuilt");
        let gone = {
            let mut table = self.shared.entry_table.write();
            let gone = (0..table.next_id()).map(EntryId).collect();
            table.clear();
            gone
        };
        self.publish(Changes {
            gone,
            ..Changes::default()
        });
        self.scan(ChangedPaths::all(), false, true);
        self.write_index();
    }
}
