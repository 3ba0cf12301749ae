//! What the search thread is to do: last-wins slots for requests, and a queue of changes of the library.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::catalog::{Changes, EntryId, Mark, Query};
use crate::library::index::{EntryIndex, Segment, TextRun};
use crate::library::latest::Pending;

/// A change of what is searched.
#[derive(Debug)]
pub(in crate::library) enum SearchUpdate {
    /// An index that replaces all earlier entries, which keep their numbers.
    Index(Arc<EntryIndex>),
    /// A change of the library.
    Changed {
        /// The entries.
        changes: Changes,
        /// Where texts of entries lie, of these or earlier ones.
        texts: Vec<(Arc<Segment>, TextRun)>,
    },
    /// The marks of articles.
    Marked(Vec<(EntryId, Mark)>),
    /// When the last visit ended, in milliseconds since 1970.
    LastVisit(Option<i64>),
}

/// A job of the search thread. `number` is that of the request, which its answers bear.
#[derive(Debug)]
pub(in crate::library) enum SearchJob {
    /// Take in a change.
    Update(SearchUpdate),
    /// Prepare what filters and searches need: the first will come soon.
    Prepare,
    /// Find the entries that satisfy a query, quickly, without pinyin.
    Filter { number: u32, query: Query },
    /// Count a query in the texts.
    Search { number: u32, query: Query },
    /// Cut snippets of the last search.
    Snippets(SnippetRange),
    /// Find the entries that satisfy a query, with pinyin.
    Refine { number: u32, query: Query },
    /// Count what can narrow the list under a query.
    Facets { number: u32, query: Query },
}

impl SearchJob {
    const fn slot(&self) -> JobSlot {
        match self {
            Self::Update(_) => JobSlot::Update,
            Self::Prepare => JobSlot::Prepare,
            Self::Filter { .. } => JobSlot::Filter,
            Self::Search { .. } => JobSlot::Search,
            Self::Snippets(_) => JobSlot::Snippets,
            Self::Refine { .. } => JobSlot::Refine,
            Self::Facets { .. } => JobSlot::Facets,
        }
    }
}

/// Which snippets are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) struct SnippetRange {
    /// The number of the search.
    pub(in crate::library) number: u32,
    /// The first article, counted from 0.
    pub(in crate::library) from: u32,
    /// How many articles.
    pub(in crate::library) count: u32,
    /// How many snippets of each at most.
    pub(in crate::library) most: u32,
}

/// The slots for jobs, in the order in which they are done: what the reader waits for comes first, what takes long comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JobSlot {
    Update,
    Prepare,
    Filter,
    Search,
    Snippets,
    Refine,
    Facets,
}

impl JobSlot {
    /// The job without which this one is useless: if another of that kind comes, it is dropped.
    const fn follows(self) -> Option<Self> {
        match self {
            Self::Refine => Some(Self::Filter),
            Self::Snippets => Some(Self::Search),
            _ => None,
        }
    }
}

/// The jobs that wait. In each slot a later job replaces an earlier one; no update is lost.
#[derive(Debug, Default)]
pub(super) struct PendingJobs {
    updates: VecDeque<SearchUpdate>,
    slots: BTreeMap<JobSlot, SearchJob>,
}

impl PendingJobs {
    /// Whether a job of this kind waits.
    pub(super) fn contains(&self, slot: JobSlot) -> bool {
        self.slots.contains_key(&slot)
    }

    /// Adds a job, in the place of older ones.
    pub(super) fn push(&mut self, job: SearchJob) {
        if let SearchJob::Update(update) = job {
            return self.updates.push_back(update);
        }
        let slot = job.slot();
        self.slots.retain(|other, _| other.follows() != Some(slot));
        self.slots.insert(slot, job);
    }

    /// Adds a job that comes later than it was asked for: nothing newer is replaced by it.
    pub(super) fn push_back(&mut self, job: SearchJob) {
        let slot = job.slot();
        if !self.contains(slot) && !slot.follows().is_some_and(|first| self.contains(first)) {
            self.slots.insert(slot, job);
        }
    }
}

impl Pending for PendingJobs {
    type Job = SearchJob;

    fn next(&mut self, is_closed: bool) -> Option<SearchJob> {
        if is_closed {
            return None;
        }
        if let Some(update) = self.updates.pop_front() {
            return Some(SearchJob::Update(update));
        }
        self.slots.pop_first().map(|(_, job)| job)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: Query = Query { condition: None };

    fn next(pending: &mut PendingJobs) -> String {
        format!("{:?}", pending.next(false)).replace(", query: Query { condition: None }", "")
    }

    #[test]
    fn of_each_kind_the_last_is_answered_and_slow_answers_come_last() {
        let mut pending = PendingJobs::default();
        pending.push(SearchJob::Facets { number: 1, query: QUERY });
        pending.push(SearchJob::Filter { number: 2, query: QUERY });
        pending.push(SearchJob::Filter { number: 3, query: QUERY });
        pending.push(SearchJob::Snippets(SnippetRange { number: 1, from: 0, count: 1, most: 1 }));
        pending.push(SearchJob::Search { number: 4, query: QUERY });
        pending.push(SearchJob::Update(SearchUpdate::LastVisit(None)));
        assert_eq!(next(&mut pending), "Some(Update(LastVisit(None)))");
        assert_eq!(next(&mut pending), "Some(Filter { number: 3 })");
        pending.push_back(SearchJob::Refine { number: 3, query: QUERY });
        assert_eq!(next(&mut pending), "Some(Search { number: 4 })", "the snippets are those of another search");
        assert_eq!(next(&mut pending), "Some(Refine { number: 3 })");
        assert_eq!(next(&mut pending), "Some(Facets { number: 1 })");
        assert_eq!(next(&mut pending), "None");
    }

    #[test]
    fn a_newer_filter_drops_the_second_answer_to_the_one_before() {
        let mut pending = PendingJobs::default();
        pending.push_back(SearchJob::Refine { number: 1, query: QUERY });
        pending.push(SearchJob::Filter { number: 2, query: QUERY });
        pending.push_back(SearchJob::Refine { number: 1, query: QUERY });
        assert_eq!(next(&mut pending), "Some(Filter { number: 2 })");
        assert_eq!(next(&mut pending), "None");
    }
}
