//! Turns the results of a scan into changes of the entry table: new, changed, renamed and missing
//! articles.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use parking_lot::RwLock;

use super::super::entry_table::EntryTable;
use super::super::index::{EntryBatch, EntryRecord, EntryRef};
use super::super::state::SavedMark;
use super::scanner::ScanOutcome;
use super::scope::ChangedPaths;
use crate::catalog::{Changes, EntryId, EntryStore, Mark};

/// What is known of articles by the hash of their path, to recognise those that were renamed: what
/// the saved state has, and the articles that are gone since.
#[derive(Debug, Default)]
pub(super) struct KnownArticles {
    pub(super) by_path: HashMap<u64, SavedMark>,
    /// The first id that was given after the first scan. What came since may be a copy of what is
    /// removed later: then it was moved.
    first_recent: u32,
}

impl KnownArticles {
    /// The marks of all entries of a table.
    pub(super) fn marks(&self, table: &EntryTable) -> Vec<(EntryId, Mark)> {
        self.by_path
            .values()
            .filter_map(|saved| Some((EntryId(table.find_hash(saved.path)?), saved.mark)))
            .collect()
    }

    /// The marks of the entries of a table from an id on.
    pub(super) fn marks_from(&self, first: u32, table: &EntryTable) -> Vec<(EntryId, Mark)> {
        if self.by_path.is_empty() {
            return Vec::new();
        }
        (first..table.next_id())
            .filter_map(|id| {
                let saved = self.by_path.get(&table.get(id)?.path_hash())?;
                Some((EntryId(id), saved.mark))
            })
            .collect()
    }
}

/// Applies the results of one scan.
pub(super) struct Diff<'a> {
    table: &'a RwLock<EntryTable>,
    is_first: bool,
    /// The first id that this scan gives.
    first_id: u32,
    pub(super) read: u32,
}

impl<'a> Diff<'a> {
    pub(super) fn new(table: &'a RwLock<EntryTable>) -> Self {
        let (first_id, is_first) = {
            let table = table.read();
            (table.next_id(), table.is_blank())
        };
        Self {
            table,
            is_first,
            first_id,
            read: 0,
        }
    }

    /// Takes articles that were read, each with the id of its path if that is known.
    pub(super) fn take(&mut self, records: Vec<(Option<u32>, EntryRecord)>) -> Changes {
        self.read += records.len() as u32;
        let (mut added, mut changed) = (EntryBatch::default(), Vec::new());
        for (id, record) in records {
            match id {
                Some(id) => changed.push((id, record)),
                None => added.push(&record),
            }
        }
        self.apply(added, changed, Vec::new())
    }

    /// Ends a scan that was completed: a known article in its scope that it did not see is gone, or
    /// was renamed. Returns also what was moved: the hash of the old path and the id.
    pub(super) fn finish(
        self,
        scope: &ChangedPaths,
        outcome: &ScanOutcome,
        known: &mut KnownArticles,
    ) -> (Changes, Vec<(u64, EntryId)>) {
        let table = self.table.read();
        if self.is_first {
            known.first_recent = self.first_id;
        }
        let mut gone = self.vanished(&table, scope, outcome);
        let (old_ids, of_saved) = renames(&table, &gone, known);
        if self.is_first {
            known.first_recent = table.next_id();
        }
        // A renamed entry keeps its id; the one that it had in the meantime is given up.
        let (mut changed, mut moved) = (Vec::new(), Vec::new());
        for (&new, &old) in &old_ids {
            if let (Some(entry), Some(record)) =
                (table.get(old), table.get(new).and_then(EntryRef::record))
            {
                moved.push((entry.path_hash(), EntryId(old)));
                changed.push((old, record));
                gone.remove(&old);
                gone.insert(new);
            }
        }
        // The saved state has the last word, so it comes last.
        let kept_id = |id: u32| EntryId(old_ids.get(&id).copied().unwrap_or(id));
        moved.extend(of_saved.into_iter().map(|(hash, id)| (hash, kept_id(id))));
        for (hash, _) in &moved {
            known.by_path.remove(hash);
        }
        for entry in gone.iter().filter_map(|&id| table.get(id)) {
            let saved = SavedMark {
                path: entry.path_hash(),
                link: entry.link(),
                content: entry.content(),
                mark: Mark::default(),
            };
            known.by_path.entry(saved.path).or_insert(saved);
        }
        drop(table);
        let gone = gone.into_iter().collect();
        (self.apply(EntryBatch::default(), changed, gone), moved)
    }

    /// The ids of the entries in the scope whose files the scan did not see.
    fn vanished(
        &self,
        table: &EntryTable,
        scope: &ChangedPaths,
        outcome: &ScanOutcome,
    ) -> BTreeSet<u32> {
        let was_seen = |id: u32| outcome.seen.get(id as usize).is_some_and(|seen| *seen);
        let is_readable = |path: &Path| {
            let mut unreadable = outcome.unreadable.iter();
            !unreadable.any(|folder| path.starts_with(folder))
        };
        let is_gone = |entry: EntryRef<'_>| scope.covers(entry.path()) && is_readable(entry.path());
        let is_gone = |id: &u32| !was_seen(*id) && table.get(*id).is_some_and(is_gone);
        (0..self.first_id).filter(is_gone).collect()
    }

    fn apply(
        &self,
        added: EntryBatch,
        changed: Vec<(u32, EntryRecord)>,
        gone: Vec<u32>,
    ) -> Changes {
        // Encoded before the table is locked.
        let batch: Arc<EntryBatch> = Arc::new(changed.iter().map(|(_, record)| record).collect());
        let added = Arc::new(added);
        let mut table = self.table.write();
        for id in &gone {
            table.remove(*id);
        }
        for ((id, _), at) in changed.iter().zip(0..) {
            table.change(*id, &batch, at);
        }
        table.add(&added);
        drop(table);
        Changes {
            added: (!added.is_empty()).then_some(added as Arc<dyn EntryStore>),
            changed: changed
                .into_iter()
                .map(|(id, record)| (EntryId(id), record.entry))
                .collect(),
            gone: gone.into_iter().map(EntryId).collect(),
        }
    }
}

/// Which recent entries are vanished ones: the id of each, and the one that it had. And which are
/// remembered under a path that is gone, by the hash of that.
///
/// The index may know an article by an older path than the saved state does, so each is matched by
/// itself.
fn renames(
    table: &EntryTable,
    vanished: &BTreeSet<u32>,
    known: &KnownArticles,
) -> (HashMap<u32, u32>, Vec<(u64, u32)>) {
    let is_lost = |saved: &&SavedMark| table.find_hash(saved.path).is_none();
    let lost: Vec<&SavedMark> = known.by_path.values().filter(is_lost).collect();
    if vanished.is_empty() && lost.is_empty() {
        return Default::default();
    }
    let fingerprint = |id| table.get(id).map(|entry| [entry.link(), entry.content()]);
    let recent: Vec<(u32, Fingerprint)> = (known.first_recent..table.next_id())
        .filter(|id| !vanished.contains(id))
        .filter_map(|id| Some((id, fingerprint(id)?)))
        .collect();
    let old = vanished
        .iter()
        .filter_map(|&id| Some((id, fingerprint(id)?)));
    let of_entries = match_fingerprints(old, &recent).into_iter();
    let of_entries = of_entries.map(|(old, new)| (new, old)).collect();
    let old = lost
        .iter()
        .map(|saved| (saved.path, [saved.link, saved.content]));
    (of_entries, match_fingerprints(old, &recent))
}

/// By what an article is recognised when its path is another: the hashes of its source link and of
/// its bytes; 0 for none.
type Fingerprint = [u64; 2];

/// Maps each missing article to the only new one that has its link or its content, unless an
/// earlier one took that.
fn match_fingerprints<K>(
    missing: impl Iterator<Item = (K, Fingerprint)>,
    new: &[(u32, Fingerprint)],
) -> Vec<(K, u32)> {
    let by_hash = [0, 1].map(|which| {
        // None if several have a hash.
        let mut holders: HashMap<u64, Option<u32>> = HashMap::new();
        for (id, print) in new.iter().filter(|(_, print)| print[which] != 0) {
            holders
                .entry(print[which])
                .and_modify(|holder| *holder = None)
                .or_insert(Some(*id));
        }
        holders
    });
    let mut taken = HashSet::new();
    let matching = |(key, print): (K, Fingerprint)| {
        let [by_link, by_content] = [0, 1].map(|which| by_hash[which].get(&print[which]));
        let found = match (by_link, by_content) {
            (Some(one), Some(other)) if one != other => None,
            (found, other) => *found.or(other)?,
        };
        Some((key, found.filter(|id| taken.insert(*id))?))
    };
    missing.filter_map(matching).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of matching articles.
    fn matches(missing: &[Fingerprint], new: &[Fingerprint]) -> Vec<(usize, u32)> {
        let new: Vec<(u32, Fingerprint)> = (0..).zip(new.iter().copied()).collect();
        match_fingerprints(missing.iter().copied().enumerate(), &new)
    }

    #[test]
    fn a_rename_is_found_by_link_or_content() {
        let new = [[1, 10], [2, 20], [0, 30], [0, 0]];
        assert_eq!(matches(&[[1, 99]], &new), [(0, 0)], "edited as well");
        assert_eq!(matches(&[[0, 20]], &new), [(0, 1)], "without its link");
        assert_eq!(matches(&[[2, 20], [0, 30]], &new), [(0, 1), (1, 2)]);
        assert_eq!(matches(&[[0, 0], [7, 70]], &new), [], "nothing in common");
    }

    #[test]
    fn an_ambiguous_fingerprint_is_no_rename() {
        assert_eq!(matches(&[[1, 10]], &[[1, 11], [1, 12]]), []);
        assert_eq!(matches(&[[1, 10]], &[[1, 11], [2, 10]]), []);
        assert_eq!(matches(&[[1, 10]], &[[2, 10], [3, 10]]), []);
        assert_eq!(matches(&[[1, 10], [1, 10]], &[[1, 10]]), [(0, 0)]);
    }
}
