//! Turns the results of a scan into changes of the entry table: new, changed, renamed and missing
//! articles.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use parking_lot::RwLock;

use super::super::article_files::path_hash;
use super::super::entry_table::EntryTable;
use super::super::index::{EntryBatch, EntryRecord, EntryRef, Segment, TextRef, link_hash};
use super::super::search::SegmentTexts;
use super::scanner::ScanOutcome;
use super::scope::Scope;
use crate::catalog::{Changes, EntryId, EntryStore};

/// The changes that a part of a scan brings.
#[derive(Debug, Default)]
pub(super) struct ChangeSet {
    pub(super) changes: Changes,
    /// The texts that can be searched from now on: those of these entries or of earlier ones.
    pub(super) texts: Vec<SegmentTexts>,
    /// Articles that are remembered under another path: the hash of that path, and their id.
    pub(super) moved: Vec<(u64, EntryId)>,
}

/// What is kept from one scan to the next to recognise renamed articles.
#[derive(Debug, Default)]
pub(super) struct MissingFiles {
    /// The articles whose path is gone, by the hash of the path.
    pub(super) fingerprints: HashMap<u64, Fingerprint>,
    /// The ids of articles added since the program started: a file that is copied and then removed
    /// was moved.
    recent: Vec<u32>,
}

/// The most that is kept of each.
const MOST_MISSING: usize = 100_000;

/// Collects the results of one scan.
#[derive(Debug)]
pub(super) struct Diff {
    table: Arc<RwLock<EntryTable>>,
    /// Whether the table was empty when the scan began, so that all results can be shown at once.
    is_first: bool,
    /// Articles with unknown paths. Kept until the end, when it is known which of them were only
    /// renamed.
    added: Vec<EntryRecord>,
    changed: Vec<(u32, EntryRecord)>,
    /// The texts of entries that cannot be searched yet, by the number of their segment.
    unsealed: HashMap<u32, Vec<(EntryId, u32)>>,
    /// The first id that this scan gives.
    first_id: u32,
    /// How many articles were read.
    pub(super) read: u32,
}

impl Diff {
    /// Starts without any results.
    pub(super) fn new(table: &Arc<RwLock<EntryTable>>) -> Self {
        let (first_id, is_first) = {
            let table = table.read();
            (table.next_id(), table.is_blank())
        };
        Self {
            table: Arc::clone(table),
            is_first,
            added: Vec::new(),
            changed: Vec::new(),
            unsealed: HashMap::new(),
            first_id,
            read: 0,
        }
    }

    /// Takes articles that were read, each with the id of its path if that is known. In a first
    /// scan they are added at once.
    pub(super) fn take(&mut self, records: Vec<(Option<u32>, EntryRecord)>) -> Option<ChangeSet> {
        self.read += records.len() as u32;
        if self.is_first {
            let batch: EntryBatch = records.iter().map(|(_, record)| record).collect();
            let mut set = ChangeSet::default();
            let table = Arc::clone(&self.table);
            self.add(batch, &mut table.write(), &mut set);
            return Some(set);
        }
        for (id, record) in records {
            match id {
                Some(id) => self.changed.push((id, record)),
                None => self.added.push(record),
            }
        }
        None
    }

    /// Takes a segment, with which the texts of entries shown before can be searched.
    pub(super) fn seal(&mut self, number: u32, segment: &Arc<Segment>) -> Option<ChangeSet> {
        self.table.write().seal(number, Arc::clone(segment));
        let articles = self.unsealed.remove(&number)?;
        let texts = vec![SegmentTexts {
            segment: Arc::clone(segment),
            articles,
        }];
        Some(ChangeSet {
            texts,
            ..ChangeSet::default()
        })
    }

    /// Ends a scan that was stopped: articles that were read count, and none is missing.
    pub(super) fn stop(mut self) -> ChangeSet {
        self.apply(BTreeSet::new())
    }

    /// Ends a scan that was completed: a known article that it did not see is gone, or was renamed.
    pub(super) fn finish(
        mut self,
        scope: &Scope,
        outcome: &ScanOutcome,
        missing: &mut MissingFiles,
    ) -> ChangeSet {
        let vanished = self.vanished(scope, outcome);
        let renames = self.renames(&vanished, missing);
        let next_id = self.table.read().next_id();
        let added_ids = self.rename_added(&renames, next_id);
        let mut gone: BTreeSet<u32> = vanished.into_iter().collect();
        let mut moved = self.rename_listed(&renames, &mut gone);
        for (hash, new) in renames.of_remembered {
            let id = match (renames.of_entries.get(&new), new) {
                (Some(&id), _) | (None, NewArticle::Listed(id)) => id,
                (None, NewArticle::Added(at)) => added_ids[at],
            };
            moved.push((hash, EntryId(id)));
        }
        missing.update(&self.table.read(), &moved, &gone);
        if !self.is_first && missing.recent.len() < MOST_MISSING {
            missing.recent.extend((next_id..).take(self.added.len()));
        }
        ChangeSet {
            moved,
            ..self.apply(gone)
        }
    }

    /// Makes added articles that are renamed entries changes of these, which keep their ids.
    /// Returns the id that each added article has or gets.
    fn rename_added(&mut self, renames: &Renames, next_id: u32) -> Vec<u32> {
        let mut ids = Vec::with_capacity(self.added.len());
        for (at, record) in std::mem::take(&mut self.added).into_iter().enumerate() {
            if let Some(&id) = renames.of_entries.get(&NewArticle::Added(at)) {
                ids.push(id);
                self.changed.push((id, record));
            } else {
                ids.push(next_id + self.added.len() as u32);
                self.added.push(record);
            }
        }
        ids
    }

    /// Does the same for articles that were listed before the scan ended: their own ids are given
    /// up. Returns the hash of the old path and the id of all renamed entries, which are not gone.
    fn rename_listed(
        &mut self,
        renames: &Renames,
        gone: &mut BTreeSet<u32>,
    ) -> Vec<(u64, EntryId)> {
        let table = self.table.read();
        let mut moved = Vec::new();
        for (new, &id) in &renames.of_entries {
            if let NewArticle::Listed(listed) = *new {
                let Some(record) = table.pending_entry(listed).and_then(EntryRef::record) else {
                    continue;
                };
                self.changed.push((id, record));
                gone.insert(listed);
            }
            gone.remove(&id);
            moved.push((hash_of(&table, id), EntryId(id)));
        }
        moved
    }

    /// The ids of the entries in the scan's scope whose files it did not see, in ascending order.
    fn vanished(&self, scope: &Scope, outcome: &ScanOutcome) -> Vec<u32> {
        let table = self.table.read();
        let was_seen = |id: u32| outcome.seen.get(id as usize).is_some_and(|seen| *seen);
        let is_unseen = |id: &u32| !was_seen(*id) && table.contains(*id);
        let mut vanished: Vec<u32> = match scope {
            Scope::All => (0..self.first_id).filter(is_unseen).collect(),
            Scope::Changed { entries, .. } => entries.iter().copied().filter(is_unseen).collect(),
        };
        if !outcome.unreadable.is_empty() {
            let is_hidden = |path: &Path| {
                outcome
                    .unreadable
                    .iter()
                    .any(|folder| path.starts_with(folder))
            };
            vanished.retain(|&id| table.get(id).is_some_and(|entry| !is_hidden(entry.path())));
        }
        vanished
    }

    /// Finds out which of the new articles are vanished entries, or are remembered under a path
    /// that is gone.
    fn renames(&self, vanished: &[u32], missing: &mut MissingFiles) -> Renames {
        let table = self.table.read();
        missing
            .recent
            .retain(|&id| table.contains(id) && vanished.binary_search(&id).is_err());
        if vanished.is_empty() && missing.fingerprints.is_empty() {
            return Renames::default();
        }
        let added = self
            .added
            .iter()
            .enumerate()
            .map(|(at, record)| (NewArticle::Added(at), Fingerprint::of(record)));
        let listed = missing
            .recent
            .iter()
            .copied()
            .chain(self.first_id..table.next_id());
        let listed = listed.filter(|&id| table.pending_entry(id).is_some());
        let listed = listed.map(|id| (NewArticle::Listed(id), Fingerprint::of_entry(&table, id)));
        let (new, prints): (Vec<NewArticle>, Vec<Fingerprint>) = added.chain(listed).unzip();
        // The index may know an article by an older path than the saved state does, so each is
        // matched by itself.
        let vanished_prints: Vec<Fingerprint> = vanished
            .iter()
            .map(|&id| Fingerprint::of_entry(&table, id))
            .collect();
        let of_entries = match_fingerprints(&vanished_prints, &prints);
        let lost = self.lost(&table, missing);
        let lost_prints: Vec<Fingerprint> =
            lost.iter().map(|hash| missing.fingerprints[hash]).collect();
        let of_remembered = match_fingerprints(&lost_prints, &prints);
        Renames {
            of_entries: of_entries
                .into_iter()
                .map(|(from, to)| (new[to], vanished[from]))
                .collect(),
            of_remembered: of_remembered
                .into_iter()
                .map(|(from, to)| (lost[from], new[to]))
                .collect(),
        }
    }

    /// The hashes of the missing paths that have not come back.
    fn lost(&self, table: &EntryTable, missing: &MissingFiles) -> Vec<u64> {
        let added: HashSet<u64> = self
            .added
            .iter()
            .map(|record| path_hash(&record.entry.path))
            .collect();
        let is_lost = |hash: &u64| !added.contains(hash) && table.find_hash(*hash).is_none();
        missing
            .fingerprints
            .keys()
            .copied()
            .filter(is_lost)
            .collect()
    }

    /// Changes the entry table.
    fn apply(&mut self, gone: BTreeSet<u32>) -> ChangeSet {
        let (added, changed) = (
            std::mem::take(&mut self.added),
            std::mem::take(&mut self.changed),
        );
        // Encoded before the table is locked.
        let batch: Arc<EntryBatch> = Arc::new(changed.iter().map(|(_, record)| record).collect());
        let added: EntryBatch = added.iter().collect();
        let table = Arc::clone(&self.table);
        let mut table = table.write();
        let mut set = ChangeSet::default();
        for id in gone {
            table.remove(id);
            set.changes.gone.push(EntryId(id));
        }
        for ((id, record), place) in changed.into_iter().zip(0..) {
            table.change(id, &batch, place);
            self.add_text(id, record.text);
            set.changes.changed.push((EntryId(id), record.entry));
        }
        if !added.is_empty() {
            self.add(added, &mut table, &mut set);
        }
        let sealed = self
            .unsealed
            .extract_if(|number, _| table.segment(*number).is_some());
        let texts = sealed.filter_map(|(number, articles)| {
            Some(SegmentTexts {
                segment: Arc::clone(table.segment(number)?),
                articles,
            })
        });
        set.texts = texts.collect();
        set
    }

    fn add(&mut self, batch: EntryBatch, table: &mut EntryTable, set: &mut ChangeSet) {
        let batch = Arc::new(batch);
        let first = table.add(Arc::clone(&batch));
        for (id, entry) in (first..).zip(batch.all()) {
            self.add_text(id, entry.text());
        }
        set.changes.added = Some(batch);
    }

    fn add_text(&mut self, id: u32, text: TextRef) {
        self.unsealed
            .entry(text.segment)
            .or_default()
            .push((EntryId(id), text.article));
    }
}

impl MissingFiles {
    /// Removes the files that are back and adds those that are gone.
    fn update(&mut self, table: &EntryTable, moved: &[(u64, EntryId)], gone: &BTreeSet<u32>) {
        for (hash, _) in moved {
            self.fingerprints.remove(hash);
        }
        for &id in gone {
            if self.fingerprints.len() < MOST_MISSING {
                self.fingerprints
                    .insert(hash_of(table, id), Fingerprint::of_entry(table, id));
            }
        }
    }
}

/// A new article in a scan: a place in [`Diff::added`], or the id of an entry that was listed
/// before the scan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NewArticle {
    Added(usize),
    Listed(u32),
}

/// Which new articles are old ones.
#[derive(Debug, Default)]
struct Renames {
    /// The id of the vanished entry that a new article is.
    of_entries: BTreeMap<NewArticle, u32>,
    /// The hashes of missing paths, each with the new article that was there.
    of_remembered: Vec<(u64, NewArticle)>,
}

fn hash_of(table: &EntryTable, id: u32) -> u64 {
    table.get(id).map_or(0, EntryRef::path_hash)
}

/// By what an article is recognised when its path is another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The hash of its source link; 0 for none.
    pub(super) link: u64,
    /// The hash of its bytes; 0 for none.
    pub(super) content: u64,
}

impl Fingerprint {
    fn of(record: &EntryRecord) -> Self {
        Self {
            link: link_hash(record.entry.link.as_deref()),
            content: record.content,
        }
    }

    fn of_entry(table: &EntryTable, id: u32) -> Self {
        table.last(id).map_or_else(Self::default, |entry| Self {
            link: entry.link(),
            content: entry.content(),
        })
    }
}

/// Maps each missing article to the only new one that has its link or its content, unless an
/// earlier one took that. Both are given by their place.
fn match_fingerprints(missing: &[Fingerprint], new: &[Fingerprint]) -> Vec<(usize, usize)> {
    if missing.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let links = by_hash(new, |print| print.link);
    let contents = by_hash(new, |print| print.content);
    let mut is_taken = vec![false; new.len()];
    let mut matches = Vec::new();
    for (from, print) in missing.iter().enumerate() {
        let to = match (links.get(&print.link), contents.get(&print.content)) {
            (Some(Holder::One(to)), None) | (None, Some(Holder::One(to))) => *to,
            (Some(Holder::One(by_link)), Some(Holder::One(by_content)))
                if by_link == by_content =>
            {
                *by_link
            }
            _ => continue,
        };
        if !is_taken[to] {
            is_taken[to] = true;
            matches.push((from, to));
        }
    }
    matches
}

/// Which articles have a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    One(usize),
    Several,
}

fn by_hash(all: &[Fingerprint], hash: impl Fn(&Fingerprint) -> u64) -> HashMap<u64, Holder> {
    let mut holders = HashMap::with_capacity(all.len());
    for (at, hash) in all
        .iter()
        .map(hash)
        .enumerate()
        .filter(|(_, hash)| *hash != 0)
    {
        holders
            .entry(hash)
            .and_modify(|holder| *holder = Holder::Several)
            .or_insert(Holder::One(at));
    }
    holders
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn print(link: u64, content: u64) -> Fingerprint {
        Fingerprint { link, content }
    }

    #[test]
    fn a_rename_is_found_by_link_or_content() {
        let new = [print(1, 10), print(2, 20), print(0, 30), print(0, 0)];
        assert_eq!(
            match_fingerprints(&[print(1, 99)], &new),
            [(0, 0)],
            "edited as well"
        );
        assert_eq!(
            match_fingerprints(&[print(0, 20)], &new),
            [(0, 1)],
            "its link was taken out"
        );
        assert_eq!(
            match_fingerprints(&[print(2, 20), print(0, 30)], &new),
            [(0, 1), (1, 2)]
        );
        assert_eq!(
            match_fingerprints(&[print(0, 0), print(7, 70)], &new),
            [],
            "nothing is no fingerprint"
        );
    }

    #[test]
    fn an_ambiguous_fingerprint_is_no_rename() {
        assert_eq!(
            match_fingerprints(&[print(1, 10)], &[print(1, 11), print(1, 12)]),
            []
        );
        assert_eq!(
            match_fingerprints(&[print(1, 10)], &[print(1, 11), print(2, 10)]),
            []
        );
        assert_eq!(
            match_fingerprints(&[print(1, 10)], &[print(2, 10), print(3, 10)]),
            []
        );
        assert_eq!(
            match_fingerprints(&[print(1, 10), print(1, 10)], &[print(1, 10)]),
            [(0, 0)]
        );
    }
}
