//! What a survey brings in: put into the entry table, and told as changes.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

use super::super::entry_table::EntryTable;
use super::super::index::{EntryBatch, EntryRecord, EntryRef, Segment, TextRun, link_hash};
use super::super::path_hash::path_hash;
use super::moves::{Likeness, moves};
use super::survey::Survey;
use crate::catalog::{Changes, EntryId, Shelf};

/// What a harvest tells as it goes.
#[derive(Debug, Default)]
pub(in crate::library) struct Tidings {
    /// What changed.
    pub(in crate::library) changes: Changes,
    /// The texts that can be searched from now on: of what changed here, or earlier.
    pub(in crate::library) texts: Vec<(Arc<Segment>, TextRun)>,
    /// Articles that lie elsewhere than what is remembered of them says: the hash of the path they had, and their number.
    pub(in crate::library) moved: Vec<(u64, EntryId)>,
}

/// What is remembered from one survey to the next of articles that may turn up elsewhere.
#[derive(Debug, Default)]
pub(in crate::library) struct Strays {
    /// Those whose path is gone, by the hash of it.
    pub(in crate::library) lost: HashMap<u64, Likeness>,
    /// The numbers of those that came while the program ran: who copies a file and then removes it has moved it.
    pub(in crate::library) recent: Vec<u32>,
}

/// The most that is remembered of each kind of stray.
const MOST_STRAYS: usize = 100_000;

/// The harvest of one survey.
#[derive(Debug)]
pub(in crate::library) struct Harvest {
    entry_table: Arc<RwLock<EntryTable>>,
    /// Told at the end, when it is known what was only moved.
    added: Vec<EntryRecord>,
    changed: Vec<(u32, EntryRecord)>,
    /// What was told before its segment was sealed: the entries and their texts, by segment.
    unsealed: HashMap<u32, Vec<TextRun>>,
    /// The first number that was given in this survey.
    first: u32,
    /// How many were read.
    pub(in crate::library) read: u32,
}

impl Harvest {
    /// An empty harvest.
    pub(in crate::library) fn new(entry_table: &Arc<RwLock<EntryTable>>) -> Self {
        let first = entry_table.read().unwrap_or_else(PoisonError::into_inner).next_id();
        let entry_table = Arc::clone(entry_table);
        let (added, changed, unsealed, read) = Default::default();
        Self { entry_table, added, changed, unsealed, first, read }
    }

    /// Takes in what was read where nothing was known, and tells it at once.
    pub(in crate::library) fn take_first(&mut self, records: EntryBatch) -> Tidings {
        self.read += records.len();
        let entry_table = Arc::clone(&self.entry_table);
        let mut tidings = Tidings::default();
        self.add(records, &mut entry_table.write().unwrap_or_else(PoisonError::into_inner), &mut tidings);
        tidings
    }

    /// Takes in what was read again, or was not known under a number.
    pub(in crate::library) fn take(&mut self, records: Vec<(Option<u32>, EntryRecord)>) {
        self.read += records.len() as u32;
        for (at, record) in records {
            match at {
                Some(at) => self.changed.push((at, record)),
                None => self.added.push(record),
            }
        }
    }

    /// Takes in a segment.
    pub(in crate::library) fn seal(&mut self, number: u32, segment: &Arc<Segment>) -> Option<Tidings> {
        self.write().seal(number, Arc::clone(segment));
        let texts = self.unsealed.remove(&number)?;
        let texts = texts.into_iter().map(|run| (Arc::clone(segment), run)).collect();
        Some(Tidings { texts, ..Tidings::default() })
    }

    /// Ends the harvest of a survey that was stopped: what was read counts.
    pub(in crate::library) fn stop(mut self) -> Tidings {
        self.tell(Vec::new())
    }

    /// Ends the harvest of a survey that came to its end: what was not seen where it was is gone, or it was moved. The scope is what could
    /// be seen, if that was not everything.
    pub(in crate::library) fn end(mut self, survey: &Survey, scope: Option<&[u32]>, strays: &mut Strays) -> Tidings {
        let vanished = self.vanished(survey, scope);
        let new = self.candidates(strays, &vanished);
        let lost = self.lost(strays);
        let likenesses: Vec<Likeness> = new.iter().map(|(_, likeness)| *likeness).collect();
        let found = moves(&vanished.iter().map(|&at| self.likeness(at)).collect::<Vec<_>>(), &likenesses);
        // The index may know an article by an older path than the memory does: what is one of each is looked for on its own.
        let remembered = moves(&lost.iter().map(|hash| strays.lost[hash]).collect::<Vec<_>>(), &likenesses);
        let mut gone: HashSet<u32> = vanished.iter().copied().collect();
        let (mut moved, mut taken, mut numbers) = (Vec::new(), HashSet::new(), HashMap::new());
        for (from, found) in found {
            let (at, (to, _)) = (vanished[from], new[found]);
            // The entry keeps its number, and what is new gives its number back, or never gets one.
            let record = match to {
                Candidate::Held(held) => self.added.get(held).cloned(),
                Candidate::Told(told) => self.record(told),
            };
            let Some(record) = record else { continue };
            match to {
                Candidate::Held(held) => drop(taken.insert(held)),
                Candidate::Told(told) => drop(gone.insert(told)),
            }
            gone.remove(&at);
            numbers.insert(found, Candidate::Told(at));
            moved.push((self.hash(at), Candidate::Told(at)));
            self.changed.push((at, record));
        }
        moved.extend(remembered.iter().map(|(from, to)| (lost[*from], *numbers.get(to).unwrap_or(&new[*to].0))));
        for (hash, _) in &moved {
            strays.lost.remove(hash);
        }
        self.note(strays, &gone);
        let places = self.take_out(&taken);
        let first = self.entry_table.read().unwrap_or_else(PoisonError::into_inner).next_id();
        if !survey.is_first() && strays.recent.len() < MOST_STRAYS {
            strays.recent.extend((first..).take(self.added.len()));
        }
        let number = |candidate| match candidate {
            Candidate::Told(at) => EntryId(at),
            Candidate::Held(held) => EntryId(first + places[held]),
        };
        let moved = moved.into_iter().map(|(hash, to)| (hash, number(to))).collect();
        let mut gone: Vec<u32> = gone.into_iter().collect();
        gone.sort_unstable();
        Tidings { moved, ..self.tell(gone) }
    }

    /// Takes what is held and was taken for something else out of what is added; gives the new places of the rest.
    fn take_out(&mut self, taken: &HashSet<usize>) -> Vec<u32> {
        let mut places = Vec::with_capacity(self.added.len());
        let mut place = 0;
        for held in 0..self.added.len() {
            places.push(place);
            place += u32::from(!taken.contains(&held));
        }
        let mut held = 0..;
        self.added.retain(|_| held.next().is_none_or(|held| !taken.contains(&held)));
        places
    }

    /// The entries that were to be seen where they were, and were not.
    fn vanished(&self, survey: &Survey, scope: Option<&[u32]>) -> Vec<u32> {
        let entry_table = self.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        let is_unseen = |at: &u32| !survey.has_seen(*at) && entry_table.contains(*at);
        let mut vanished: Vec<u32> = match scope {
            Some(scope) => scope.iter().copied().filter(is_unseen).collect(),
            None => (0..self.first).filter(is_unseen).collect(),
        };
        let closed = &survey.notes().closed;
        if !closed.is_empty() {
            let is_closed = |path: &Path| closed.iter().any(|folder| path.starts_with(folder));
            vanished.retain(|&at| entry_table.files(at).is_some_and(|files| !is_closed(&files.path)));
        }
        vanished
    }

    /// What is new, and may be something that was elsewhere before; nothing where nothing was.
    fn candidates(&self, strays: &mut Strays, vanished: &[u32]) -> Vec<(Candidate, Likeness)> {
        let entry_table = self.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        strays.recent.retain(|&at| entry_table.contains(at) && vanished.binary_search(&at).is_err());
        if vanished.is_empty() && strays.lost.is_empty() {
            return Vec::new();
        }
        let told = strays.recent.iter().copied().chain(self.first..entry_table.next_id());
        let like = |record: EntryRef<'_>| Likeness { link: record.link(), content: record.content() };
        let told = told.filter_map(|at| Some((Candidate::Told(at), like(entry_table.pending_entry(at)?))));
        let like =
            |record: &EntryRecord| Likeness { link: link_hash(record.entry.link.as_deref()), content: record.content };
        let held = self.added.iter().enumerate().map(|(at, record)| (Candidate::Held(at), like(record)));
        held.chain(told).collect()
    }

    /// Notes what is gone, should it turn up elsewhere.
    fn note(&self, strays: &mut Strays, gone: &HashSet<u32>) {
        for &at in gone {
            if strays.lost.len() < MOST_STRAYS {
                strays.lost.insert(self.hash(at), self.likeness(at));
            }
        }
    }

    fn likeness(&self, at: u32) -> Likeness {
        let entry_table = self.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        Likeness { link: entry_table.link(at), content: entry_table.content(at) }
    }

    fn hash(&self, at: u32) -> u64 {
        let entry_table = self.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        entry_table.files(at).map_or(0, |files| path_hash(&files.path))
    }

    fn record(&self, at: u32) -> Option<EntryRecord> {
        self.entry_table.read().unwrap_or_else(PoisonError::into_inner).pending_entry(at)?.record()
    }

    /// Those of the lost whose path is not there after all.
    fn lost(&self, strays: &Strays) -> Vec<u64> {
        if strays.lost.is_empty() {
            return Vec::new();
        }
        let entry_table = self.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        let added: HashSet<u64> = self.added.iter().map(|record| path_hash(&record.entry.path)).collect();
        let is_lost = |hash: &u64| !added.contains(hash) && entry_table.find_hash(*hash).is_none();
        strays.lost.keys().copied().filter(is_lost).collect()
    }

    /// Puts all that is held into the entry table.
    fn tell(&mut self, gone: Vec<u32>) -> Tidings {
        let (added, changed) = (std::mem::take(&mut self.added), std::mem::take(&mut self.changed));
        // EntryRef before anybody has to wait.
        let packed: Arc<EntryBatch> = Arc::new(changed.iter().map(|(_, record)| record).collect());
        let added: EntryBatch = added.iter().collect();
        let entry_table = Arc::clone(&self.entry_table);
        let mut entry_table = entry_table.write().unwrap_or_else(PoisonError::into_inner);
        let mut tidings = Tidings::default();
        for at in gone {
            entry_table.remove(at);
            tidings.changes.gone.push(EntryId(at));
        }
        for ((at, record), place) in changed.into_iter().zip(0..) {
            entry_table.change(at, &packed, place);
            self.tell_text(TextRun::one(at, record.text), &entry_table, &mut tidings);
            tidings.changes.changed.push((EntryId(at), record.entry));
        }
        if !added.is_empty() {
            self.add(added, &mut entry_table, &mut tidings);
        }
        tidings
    }

    fn add(&mut self, records: EntryBatch, entry_table: &mut EntryTable, tidings: &mut Tidings) {
        let records = Arc::new(records);
        let first = entry_table.add(Arc::clone(&records));
        for run in records.texts() {
            self.tell_text(TextRun { first: first + run.first, ..run }, entry_table, tidings);
        }
        tidings.changes.added = Some(records);
    }

    /// Tells where the texts of entries lie, if they can be searched already.
    fn tell_text(&mut self, run: TextRun, entry_table: &EntryTable, tidings: &mut Tidings) {
        match entry_table.segment(run.text.segment) {
            Some(segment) => tidings.texts.push((Arc::clone(segment), run)),
            None => self.unsealed.entry(run.text.segment).or_default().push(run),
        }
    }

    fn write(&self) -> RwLockWriteGuard<'_, EntryTable> {
        self.entry_table.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something new: still held, by its place among what is held, or told, by its number.
#[derive(Clone, Copy, Debug)]
enum Candidate {
    Held(usize),
    Told(u32),
}
