//! The thread that knows the library: it opens the index, surveys the folder, follows its changes and keeps the index written.

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, PoisonError, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use super::super::desk::Note;
use super::super::entry_table::EntryTable;
use super::super::index::EntryIndex;
use super::super::index::IndexWriter;
use super::super::librarian::{Library, News, Opening};
use super::super::memory::Recollection;
use super::super::rooms::{Homes, Rooms};
use super::super::search::{SearchUpdate, Searcher};
use super::diff::{Harvest, Strays, Tidings};
use super::gather::Outcome;
use super::order::Order;
use super::past::Past;
use super::round::Round;
use super::scope::Reach;
use super::survey::{Folders, Terms};
use super::walker::Walk;
use super::watcher::{Sighting, Watch};
use crate::catalog::{Changes, EntryId, Mark, Shelf};

/// The thread's own.
pub(in crate::library) struct Indexer<T> {
    pub(in crate::library) rooms: Arc<Rooms>,
    homes: Homes,
    pub(in crate::library) searcher: Arc<Searcher>,
    pub(in crate::library) tell: T,
    orders: Sender<Order>,
    inbox: Receiver<Order>,
    /// Orders that came while a survey was going on.
    backlog: VecDeque<Order>,
    index_writer: IndexWriter,
    walk: Option<Arc<Walk>>,
    folders: Folders,
    strays: Strays,
    past: Past,
    /// Whether changes are watched for; not by who only lists what is there.
    follows: bool,
    watch: Option<Watch>,
    /// Lines that were told, so that a round over a closed folder does not tell it again and again.
    noticed: HashSet<String>,
    is_stopping: bool,
}

impl<T: Fn(News) + Send + Clone + 'static> Indexer<T> {
    /// A thread's own, before anything is opened.
    pub(in crate::library) fn new(
        (rooms, searcher, tell): (Arc<Rooms>, Arc<Searcher>, T),
        (orders, inbox): (Sender<Order>, Receiver<Order>),
        homes: Homes,
        follows: bool,
    ) -> Self {
        let walk = match &rooms.library {
            Library::Folder(folder) => Some(Arc::new(Walk::new(&folder.path))),
            _ => None,
        };
        let (backlog, folders, strays, past, watch, noticed) = Default::default();
        let index_writer = IndexWriter::new(homes.cache(&rooms.library));
        Self {
            rooms,
            homes,
            searcher,
            tell,
            orders,
            inbox,
            backlog,
            index_writer,
            walk,
            folders,
            strays,
            past,
            follows,
            watch,
            noticed,
            is_stopping: false,
        }
    }

    /// The work of the thread, from its beginning to its end.
    pub(in crate::library) fn work(mut self, recalled: &Receiver<Recollection>) {
        let index = self.index_writer.open(self.follows);
        self.change_entry_table().set_base(index.clone());
        // A first one need not wait for what is remembered: there is nothing yet that it could be remembered of.
        let first = index.is_none().then(|| self.begin(Reach::All, false));
        self.open(index, recalled);
        let round = first.unwrap_or_else(|| {
            if self.follows {
                // The walk would take the processors from what the reader is about to see.
                self.rooms.desk.let_first_be_served();
            }
            self.begin(Reach::All, false)
        });
        self.see_through(round, true);
        self.keep();
        self.mend();
        self.reread();
        while !self.is_stopping {
            match self.next() {
                Order::Sighting(sighting) => self.follow(sighting),
                Order::Refresh => {
                    self.noticed.clear();
                    self.survey(Reach::All, true, true);
                    self.mend();
                }
                Order::Outcome(_) => {}
                Order::Stop => self.is_stopping = true,
            }
            self.keep();
        }
        if !self.follows && self.entry_table().base().is_some_and(|base| !base.is_valid()) {
            self.index_writer.directory().discard();
        }
    }

    /// Tells the index with what is remembered.
    fn open(&mut self, index: Option<Arc<EntryIndex>>, recalled: &Receiver<Recollection>) {
        // The thread at the desk sends it in any case; without that thread nothing is remembered.
        let Recollection { state, last_visit } = recalled.recv().unwrap_or_default();
        let at = state.selected.as_ref().and_then(|path| self.entry_table().find(path));
        let selected = at.map(EntryId);
        let shelf = index.clone().map(|index| index as Arc<dyn Shelf>);
        (self.tell)(News::Opened(Box::new(Opening { shelf, state, selected, last_visit })));
        self.searcher.update(SearchUpdate::LastVisit(last_visit));
        if let Some(index) = index {
            self.searcher.update(SearchUpdate::Index(index));
        }
        self.recall();
    }

    /// Tells what is remembered of each article.
    fn recall(&mut self) {
        self.past = Past::recall(&self.homes, &self.rooms.library);
        let marks = self.past.marks(&self.entry_table());
        self.mark(marks);
        self.strays.lost = self.past.likenesses();
    }

    /// What is to be done next. Nothing is done while nothing happens.
    fn next(&mut self) -> Order {
        self.backlog.pop_front().unwrap_or_else(|| self.inbox.recv().unwrap_or(Order::Stop))
    }

    /// Looks at what the watch saw.
    fn follow(&mut self, sighting: Sighting) {
        match sighting {
            Sighting::Unwatched(count) => (self.tell)(News::Unwatched(count)),
            Sighting::Anew => {
                self.folders.known.clear();
                self.noticed.clear();
                self.survey(Reach::All, false, false);
            }
            Sighting::Changed(mut patch) => {
                while let Ok(order) = self.inbox.try_recv() {
                    match order {
                        Order::Sighting(Sighting::Changed(other)) => patch.extend(other),
                        order => self.backlog.push_back(order),
                    }
                }
                let began = Instant::now();
                self.survey(Reach::Some(patch), false, false);
                if let Some(watch) = &self.watch {
                    watch.looked(began.elapsed());
                }
            }
        }
    }

    /// Surveys the library, and tells what is found; how far it is only where that may take long.
    fn survey(&mut self, reach: Reach, reads_all: bool, tells_progress: bool) {
        let round = self.begin(reach, reads_all);
        self.see_through(round, tells_progress);
    }

    /// Begins a survey.
    fn begin(&mut self, reach: Reach, reads_all: bool) -> Round {
        let (reach, scope) = reach.scope(&self.folders.forks, &self.entry_table());
        if let (Reach::All, Some(walk)) = (&reach, &self.walk) {
            walk.forget_links();
        }
        let terms = Terms {
            library: self.rooms.library.clone(),
            walk: self.walk.clone(),
            entry_table: Arc::clone(&self.rooms.entry_table),
            cache: self.index_writer.directory().clone(),
            reach,
            reads_all,
            folders: std::mem::take(&mut self.folders),
        };
        let orders = self.orders.clone();
        Round::begin(terms, scope, &move |outcome| drop(orders.send(Order::Outcome(outcome))))
    }

    /// Takes what the workers of a survey hand on, to its end.
    fn see_through(&mut self, mut round: Round, tells_progress: bool) {
        let mut harvest = Harvest::new(&self.rooms.entry_table);
        let survey = Arc::clone(&round.survey);
        if round.working == 0 {
            (self.tell)(News::Notice("the system gives no thread to read the folder with".into()));
        }
        while round.working > 0 {
            let order = self.inbox.recv().unwrap_or(Order::Stop);
            match order {
                Order::Outcome(Outcome::Done) => round.working -= 1,
                Order::Outcome(outcome) => {
                    self.take(&mut harvest, outcome);
                    if tells_progress {
                        (self.tell)(round.progress(harvest.read, false));
                    }
                    if survey.is_first() {
                        let entry_table = &self.rooms.entry_table;
                        self.index_writer
                            .checkpoint(|| entry_table.read().unwrap_or_else(PoisonError::into_inner).pending());
                    }
                }
                Order::Stop => {
                    self.is_stopping = true;
                    survey.queue.stop();
                }
                order => self.backlog.push_back(order),
            }
        }
        self.folders = std::mem::take(&mut survey.notes().folders);
        let (read, is_whole) = (harvest.read, !survey.queue.is_stopped());
        let scope = round.scope.as_deref();
        let tidings = if is_whole { harvest.end(&survey, scope, &mut self.strays) } else { harvest.stop() };
        self.announce(tidings);
        if self.is_stopping {
            return;
        }
        if tells_progress {
            (self.tell)(round.progress(read, true));
        }
        self.watch(std::mem::take(&mut survey.notes().fresh));
    }

    fn take(&mut self, harvest: &mut Harvest, outcome: Outcome) {
        let tidings = match outcome {
            Outcome::First(records) => Some(harvest.take_first(records)),
            Outcome::Read(records) => return harvest.take(records),
            Outcome::Sealed(number, segment) => harvest.seal(number, &segment),
            Outcome::Notice(line) => {
                if self.noticed.insert(line.clone()) {
                    (self.tell)(News::Notice(line));
                }
                None
            }
            Outcome::Done => None,
        };
        if let Some(tidings) = tidings {
            self.announce(tidings);
        }
    }

    /// Tells what changed to all whom it concerns.
    fn announce(&mut self, tidings: Tidings) {
        let Tidings { changes, texts, moved } = tidings;
        let marks = self.past.marks_of_added(changes.added.as_deref(), &self.entry_table());
        if !changes.is_empty() || !texts.is_empty() {
            self.searcher.update(SearchUpdate::Changed { changes: changes.clone(), texts });
        }
        if !changes.is_empty() {
            (self.tell)(News::Changed(changes));
        }
        self.mark(marks);
        if !moved.is_empty() {
            self.rooms.desk.note(Note::Moved(moved));
        }
    }

    fn mark(&self, mut marks: Vec<(EntryId, Mark)>) {
        marks.retain(|(_, mark)| *mark != Mark::default());
        if !marks.is_empty() {
            self.searcher.update(SearchUpdate::Marked(marks.clone()));
            (self.tell)(News::Marked(marks));
        }
    }

    /// Has folders watched that were looked into for the first time.
    fn watch(&mut self, folders: Vec<PathBuf>) {
        let Library::Folder(library) = &self.rooms.library else { return };
        if self.watch.is_none() && self.follows {
            let orders = self.orders.clone();
            self.watch = Watch::start(&library.path, move |sighting| drop(orders.send(Order::Sighting(sighting))));
        }
        if let Some(watch) = self.watch.as_ref().filter(|_| !folders.is_empty()) {
            watch.add(folders);
        }
    }

    /// Writes the index, if it is worth it, and has everybody stand on it.
    fn keep(&mut self) {
        let entry_table = Arc::clone(&self.rooms.entry_table);
        let pending = {
            let entry_table = entry_table.read().unwrap_or_else(PoisonError::into_inner);
            if !self.index_writer.should_write(&entry_table) {
                return;
            }
            entry_table.pending()
        };
        if let Some(index) = self.index_writer.write(&pending) {
            drop(pending);
            self.change_entry_table().set_base(Some(Arc::clone(&index)));
            self.searcher.update(SearchUpdate::Index(Arc::clone(&index)));
            (self.tell)(News::Rebased(index));
        }
    }

    /// Reads all files again if the index was written by a program with other reading code.
    fn reread(&mut self) {
        if self.is_stopping || !self.follows || !self.index_writer.needs_rereading() {
            return;
        }
        self.survey(Reach::All, true, false);
        if !self.is_stopping {
            self.index_writer.set_reread();
            self.keep();
        }
    }

    /// Makes an index anew that is damaged. Who only lists what is there does not wait for a look at all of it.
    fn mend(&mut self) {
        let base = self.entry_table().base().cloned();
        if self.is_stopping || !self.follows || !base.is_some_and(|base| IndexWriter::needs_rebuild(&base)) {
            return;
        }
        let gone = {
            let mut entry_table = self.change_entry_table();
            let gone = (0..entry_table.next_id()).map(EntryId).collect();
            entry_table.clear();
            gone
        };
        let changes = Changes { gone, ..Changes::default() };
        self.announce(Tidings { changes, ..Tidings::default() });
        self.survey(Reach::All, false, true);
        self.keep();
    }

    fn entry_table(&self) -> RwLockReadGuard<'_, EntryTable> {
        self.rooms.entry_table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change_entry_table(&self) -> RwLockWriteGuard<'_, EntryTable> {
        self.rooms.entry_table.write().unwrap_or_else(PoisonError::into_inner)
    }
}
