//! Visits of a library: a folder, folders for its index and its saved state, and all updates that
//! the service sends.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use jiff::tz::TimeZone;
use tempfile::TempDir;

use super::service::LibraryService;
use super::source::Library;
use super::storage_paths::StoragePaths;
use crate::bilingual::Text;
use crate::catalog::{
    Attention, ChangedFields, Changes, Entries, EntryId, Facets, InitialState, Mark, Query,
    Remembered, Request, SavedSearch, Tier, Update,
};

mod bad_files;
mod damage;
mod following;
mod indexing;
mod time;

pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// A library's folder, and folders for its index and its memory.
pub(super) struct Place {
    pub(super) folder: TempDir,
    pub(super) storage_dir: TempDir,
}

impl Place {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
            storage_dir: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            place.write(path, text);
        }
        place
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            self.folder.path().to_owned()
        } else {
            self.folder.path().join(path)
        }
    }

    /// Writes a file that looks as if it had been written long ago, so that its stamp counts.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        age(&path, 100);
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        fs::create_dir_all(self.path(to).parent().unwrap()).unwrap();
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    pub(super) fn library(&self) -> Library {
        Library::Folder(self.folder.path().into())
    }

    pub(super) fn storage(&self) -> StoragePaths {
        let home = |name: &str| self.storage_dir.path().join(name);
        StoragePaths {
            cache: Some(home("cache")),
            data: Some(home("data")),
        }
    }

    /// Makes the end of the last visit so many milliseconds later, as a clock that is put back
    /// does.
    pub(super) fn delay_last_visit(&self, by: i64) {
        let database =
            rusqlite::Connection::open(self.storage_dir.path().join("data/state.db")).unwrap();
        database
            .execute("UPDATE libraries SET last_visit = last_visit + ?1", [by])
            .unwrap();
    }

    pub(super) fn begin(&self) -> Visit {
        self.begin_in(self.library())
    }

    pub(super) fn begin_in(&self, library: Library) -> Visit {
        let (sender, receiver) = channel();
        let send = move |update| drop(sender.send(update));
        let service = LibraryService::start_in(library, self.storage(), true, send);
        let mut visit = Visit {
            service: Some(service),
            receiver,
            entries: Entries::new(TimeZone::UTC),
            marks: Vec::new(),
            remembered: Vec::new(),
            searches: Vec::new(),
            changes: Vec::new(),
            initial: InitialState::default(),
            opened: 0,
            read: 0,
            rebased: 0,
            finished: 0,
            notices: Vec::new(),
            asked: 0,
            noted: 0,
        };
        match visit.receiver.recv_timeout(PATIENCE).unwrap() {
            Update::Initial(initial) => {
                initial
                    .store
                    .iter()
                    .for_each(|store| visit.entries.rebase(Arc::clone(store)));
                visit.opened = visit.entries.len();
                visit.initial = *initial;
            }
            update => panic!("{update:?} before the initial state"),
        }
        visit
    }

    /// A visit after its first scan.
    pub(super) fn visit(&self) -> Visit {
        let mut visit = self.begin();
        visit.until(|visit| visit.finished > 0);
        visit
    }
}

pub(super) fn age(path: &Path, seconds: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds);
    fs::File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}

/// One run of the program, as its reader sees it.
pub(super) struct Visit {
    pub(super) service: Option<LibraryService>,
    pub(super) receiver: Receiver<Update>,
    pub(super) entries: Entries,
    pub(super) marks: Vec<(EntryId, Mark)>,
    /// What other programs saved.
    pub(super) remembered: Vec<(EntryId, Remembered)>,
    pub(super) searches: Vec<SavedSearch>,
    pub(super) changes: Vec<Changes>,
    pub(super) initial: InitialState,
    /// How many entries there were at the initial.
    pub(super) opened: usize,
    /// How many entries were added or changed.
    pub(super) read: usize,
    pub(super) rebased: usize,
    pub(super) finished: usize,
    pub(super) notices: Vec<String>,
    /// The number of the last question.
    asked: u32,
    /// How many updates were taken in.
    noted: usize,
}

impl Visit {
    pub(super) fn take(&mut self) {
        let update = self
            .receiver
            .recv_timeout(PATIENCE)
            .expect("an update in time");
        self.note(update);
    }

    fn note(&mut self, update: Update) {
        self.noted += 1;
        match update {
            Update::Initial(_) => panic!("opened twice"),
            Update::Changed(changes) => {
                assert!(!changes.is_empty());
                self.read += changes.changed.len()
                    + changes
                        .added
                        .as_ref()
                        .map_or(0, |added| added.len() as usize);
                self.changes.push(changes.clone());
                self.entries.apply(changes);
            }
            Update::Rebased(store) => {
                let before = self.listed();
                self.entries.rebase(store);
                assert_eq!(self.listed(), before);
                self.rebased += 1;
            }
            Update::Marked(marks) => self.marks.extend(marks),
            Update::Remembered(articles) => self.remembered.extend(articles),
            Update::SavedSearches(searches) => self.searches = searches,
            Update::Progress { finished, .. } => self.finished += usize::from(finished),
            Update::Notice(line) => self.notices.push(line),
            _ => {}
        }
    }

    pub(super) fn until(&mut self, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            self.take();
        }
    }

    /// The numbers and paths of all entries, those of a pair joined by `+`.
    pub(super) fn listed(&self) -> Vec<(u32, String)> {
        let ids = (0..self.entries.bound()).map(EntryId);
        ids.filter_map(|id| Some((id.0, self.entries.get(id)?)))
            .map(|(id, entry)| {
                (
                    id,
                    entry
                        .paths()
                        .map(Path::to_string_lossy)
                        .collect::<Vec<_>>()
                        .join("+"),
                )
            })
            .collect()
    }

    pub(super) fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.listed().into_iter().map(|(_, path)| path).collect();
        paths.sort();
        paths
    }

    pub(super) fn until_paths(&mut self, paths: &[&str]) {
        self.until(|visit| visit.paths() == paths);
    }

    pub(super) fn id(&self, path: &str) -> EntryId {
        EntryId(
            self.listed()
                .into_iter()
                .find(|(_, listed)| listed == path)
                .expect("the path")
                .0,
        )
    }

    pub(super) fn title(&self, path: &str) -> String {
        self.entries.get(self.id(path)).unwrap().titles.given
    }

    /// Waits until an article has a title; it may be gone meanwhile.
    pub(super) fn until_titled(&mut self, path: &str, title: &str) {
        self.until(|visit| {
            let at = visit
                .listed()
                .into_iter()
                .find(|(_, listed)| listed == path);
            at.is_some_and(|(id, _)| {
                visit
                    .entries
                    .get(EntryId(id))
                    .is_some_and(|entry| entry.titles.given == title)
            })
        });
    }

    pub(super) fn ask(&self, request: Request) {
        self.service.as_ref().unwrap().ask(request);
    }

    pub(super) fn load(&mut self, id: EntryId) -> (Arc<Text>, Remembered) {
        self.ask(Request::Load(id));
        loop {
            match self
                .receiver
                .recv_timeout(PATIENCE)
                .expect("an answer in time")
            {
                Update::Loaded {
                    id: loaded,
                    text,
                    remembered,
                } if loaded == id => return (text, remembered),
                update => self.note(update),
            }
        }
    }

    /// The paths of all entries that satisfy a query, sorted.
    pub(super) fn filter(&mut self, query: &str) -> Vec<String> {
        self.asked += 1;
        self.ask(Request::Filter {
            number: self.asked,
            query: Query::parse(query).expect("a query"),
        });
        let tiers = self.answer(|update| match update {
            Update::Filtered {
                tiers,
                is_final: true,
                ..
            } => Some(Arc::clone(tiers)),
            _ => None,
        });
        self.those(|id| {
            tiers
                .get(id.0 as usize)
                .is_some_and(|tier| *tier != Tier::None)
        })
    }

    /// The paths of all articles in whose text something is found, sorted.
    pub(super) fn search(&mut self, text: &str) -> Vec<String> {
        self.asked += 1;
        self.ask(Request::Search {
            number: self.asked,
            query: Query::parse(text).expect("a query"),
        });
        let hits = self.answer(|update| match update {
            Update::Hits { hits, .. } if hits.is_final => Some(hits.clone()),
            _ => None,
        });
        self.those(|id| hits.articles.iter().any(|(found, _)| *found == id))
    }

    /// Asks until so many are found: again after each update, which may have come after the answer
    /// was made.
    pub(super) fn until_found(&mut self, count: usize, ask: impl Fn(&mut Self) -> Vec<String>) {
        loop {
            let before = self.noted;
            if ask(self).len() == count {
                return;
            }
            if self.noted == before {
                self.take();
            }
        }
    }

    /// What can narrow the whole list.
    pub(super) fn facets(&mut self) -> Facets {
        self.asked += 1;
        self.ask(Request::Facets {
            number: self.asked,
            query: Query::parse("").expect("a query"),
        });
        self.answer(|update| match update {
            Update::Facets { facets, .. } => Some(facets.clone()),
            _ => None,
        })
    }

    /// The answer to the last request; other updates are taken in meanwhile.
    fn answer<R>(&mut self, answer: impl Fn(&Update) -> Option<R>) -> R {
        loop {
            let update = self
                .receiver
                .recv_timeout(PATIENCE)
                .expect("an answer in time");
            let number = match &update {
                Update::Filtered { number, .. }
                | Update::Hits { number, .. }
                | Update::Facets { number, .. } => Some(*number),
                _ => None,
            };
            if number == Some(self.asked)
                && let Some(answer) = answer(&update)
            {
                return answer;
            }
            self.note(update);
        }
    }

    fn those(&self, is_one: impl Fn(EntryId) -> bool) -> Vec<String> {
        let mut paths: Vec<String> = self
            .listed()
            .into_iter()
            .filter(|(id, _)| is_one(EntryId(*id)))
            .map(|(_, path)| path)
            .collect();
        paths.sort();
        paths
    }

    /// Ends the run; all that was to be saved is.
    pub(super) fn end(mut self) {
        self.service.take().unwrap().finish();
    }
}

pub(super) const READ: Mark = Mark {
    attention: Attention::Read,
    is_starred: true,
};

pub(super) fn read() -> Remembered {
    Remembered {
        mark: READ,
        ..Remembered::default()
    }
}

pub(super) fn article(title: &str, link: &str) -> String {
    format!(
        "---\ntitle: {title}\nlink: https://example.org/{link}\n---\n\n[Source Link](https://example.org/{link})\n\nThe text of {title}.\n"
    )
}
