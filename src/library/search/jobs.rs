//! The jobs that wait for the search thread: one slot for each kind of request, and a queue of
//! changes of the library.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use crate::catalog::{Annotation, Changes, EntryId, Mark, OwnTags, Request};
use crate::library::index::EntryIndex;

/// A change of what is searched.
#[derive(Debug)]
pub(in crate::library) enum SearchUpdate {
    /// An index that replaces all earlier entries, under the same ids.
    Index(Arc<EntryIndex>),
    Changed(Changes),
    /// The texts of entries can be searched now.
    Sealed,
    Marked(Vec<(EntryId, Mark)>),
    /// Highlights and notes, also those that were removed.
    Annotated(Vec<Arc<Annotation>>),
    /// The reader's own tags of articles.
    Tagged(Vec<Arc<OwnTags>>),
    /// Articles have new paths; the old ones are given by their hashes.
    Moved(Vec<(u64, PathBuf)>),
    /// When the last visit ended, in milliseconds since 1970.
    LastVisit(Option<i64>),
}

#[derive(Debug)]
pub(super) enum SearchJob {
    Update(SearchUpdate),
    Request(JobSlot, Request),
}

/// The slots for jobs, in the order in which they are done: what the reader waits for comes first,
/// what takes long comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JobSlot {
    WarmUp,
    Filter,
    Search,
    Snippets,
    /// The second answer to a filter, with pinyin.
    Refine,
    Facets,
}

impl JobSlot {
    /// The slot of a request. None if another thread answers it.
    const fn of(request: &Request) -> Option<Self> {
        match request {
            Request::WarmUp => Some(Self::WarmUp),
            Request::Filter { .. } => Some(Self::Filter),
            Request::Search { .. } => Some(Self::Search),
            Request::Snippets { .. } => Some(Self::Snippets),
            Request::Facets { .. } => Some(Self::Facets),
            _ => None,
        }
    }

    /// The slot on whose job this one depends: it is dropped when another job comes there.
    const fn depends_on(self) -> Option<Self> {
        match self {
            Self::Refine => Some(Self::Filter),
            Self::Snippets => Some(Self::Search),
            _ => None,
        }
    }
}

/// The jobs that wait. In each slot a later job replaces an earlier one; no update is lost.
#[derive(Debug, Default)]
pub(in crate::library) struct PendingJobs {
    updates: VecDeque<SearchUpdate>,
    slots: BTreeMap<JobSlot, Request>,
}

impl PendingJobs {
    pub(super) fn contains(&self, slot: JobSlot) -> bool {
        self.slots.contains_key(&slot)
    }

    pub(in crate::library) fn push_update(&mut self, update: SearchUpdate) {
        self.updates.push_back(update);
    }

    pub(in crate::library) fn push(&mut self, request: Request) {
        if let Some(slot) = JobSlot::of(&request) {
            self.slots
                .retain(|other, _| other.depends_on() != Some(slot));
            self.slots.insert(slot, request);
        }
    }

    /// Puts a request back that could not be finished, unless a newer one replaced it.
    pub(super) fn push_back(&mut self, slot: JobSlot, request: Request) {
        if !slot.depends_on().is_some_and(|other| self.contains(other)) {
            self.slots.entry(slot).or_insert(request);
        }
    }

    pub(super) fn pop(&mut self) -> Option<SearchJob> {
        if let Some(update) = self.updates.pop_front() {
            return Some(SearchJob::Update(update));
        }
        let (slot, request) = self.slots.pop_first()?;
        Some(SearchJob::Request(slot, request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Query;

    const QUERY: Query = Query { condition: None };

    const fn filter(number: u32) -> Request {
        Request::Filter {
            number,
            query: QUERY,
        }
    }

    fn next(pending: &mut PendingJobs) -> String {
        format!("{:?}", pending.pop()).replace(", query: Query { condition: None }", "")
    }

    #[test]
    fn of_each_kind_the_last_is_answered_and_slow_answers_come_last() {
        let mut pending = PendingJobs::default();
        pending.push(Request::Facets {
            number: 1,
            query: QUERY,
        });
        pending.push(filter(2));
        pending.push(filter(3));
        pending.push(Request::Snippets {
            number: 1,
            from: 0,
            count: 1,
            most: 1,
        });
        pending.push(Request::Search {
            number: 4,
            query: QUERY,
        });
        pending.push_update(SearchUpdate::LastVisit(None));
        assert_eq!(next(&mut pending), "Some(Update(LastVisit(None)))");
        assert_eq!(
            next(&mut pending),
            "Some(Request(Filter, Filter { number: 3 }))"
        );
        pending.push_back(JobSlot::Refine, filter(3));
        assert_eq!(
            next(&mut pending),
            "Some(Request(Search, Search { number: 4 }))",
            "the snippets are those of another search"
        );
        assert_eq!(
            next(&mut pending),
            "Some(Request(Refine, Filter { number: 3 }))"
        );
        assert_eq!(
            next(&mut pending),
            "Some(Request(Facets, Facets { number: 1 }))"
        );
        assert_eq!(next(&mut pending), "None");
    }

    #[test]
    fn a_newer_filter_drops_the_second_answer_to_the_one_before() {
        let mut pending = PendingJobs::default();
        pending.push_back(JobSlot::Refine, filter(1));
        pending.push(filter(2));
        pending.push_back(JobSlot::Refine, filter(1));
        assert_eq!(
            next(&mut pending),
            "Some(Request(Filter, Filter { number: 2 }))"
        );
        assert_eq!(next(&mut pending), "None");
    }
}
