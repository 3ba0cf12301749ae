//! What is remembered of the articles of a library, as far as it concerns all of them: their marks, and what each is known by.

use std::collections::HashMap;

use super::super::entry_table::EntryTable;
use super::super::librarian::Library;
use super::super::memory::{self, Trace};
use super::super::rooms::Homes;
use super::moves::Likeness;
use crate::catalog::{EntryId, Mark, Shelf};

/// The traces of all articles that something is remembered of, by the hash of their path.
#[derive(Debug, Default)]
pub(in crate::library) struct Past(Vec<Trace>);

impl Past {
    /// What the memory holds of a library.
    pub(in crate::library) fn recall(homes: &Homes, library: &Library) -> Self {
        let (data, library) = homes.data(library);
        Self(data.map(|data| memory::traces(data, &library)).unwrap_or_default())
    }

    /// The marks of all entries that are there.
    pub(in crate::library) fn marks(&self, entry_table: &EntryTable) -> Vec<(EntryId, Mark)> {
        self.0.iter().filter_map(|trace| Some((EntryId(entry_table.find_hash(trace.path)?), trace.mark))).collect()
    }

    /// The marks of entries that were put behind all others just now.
    pub(in crate::library) fn marks_of_added(
        &self,
        added: Option<&dyn Shelf>,
        entry_table: &EntryTable,
    ) -> Vec<(EntryId, Mark)> {
        let Some(added) = added.filter(|_| !self.0.is_empty()) else { return Vec::new() };
        let mark = |at: u32| {
            let hash = entry_table.pending_entry(at)?.path_hash();
            let found = self.0.binary_search_by_key(&hash, |trace| trace.path).ok()?;
            Some((EntryId(at), self.0[found].mark))
        };
        (entry_table.next_id() - added.len()..entry_table.next_id()).filter_map(mark).collect()
    }

    /// What each is known by, should its path be gone, by the hash of that path.
    pub(in crate::library) fn likenesses(&self) -> HashMap<u64, Likeness> {
        let likeness = |trace: &Trace| (trace.path, Likeness { link: trace.link, content: trace.content });
        self.0.iter().map(likeness).collect()
    }
}
