//! The thread that answers filters and searches.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use parking_lot::Mutex;
use tracing::debug;

use super::closeness::distances;
use super::count::{
    CountCache, SegmentOwners, TextScan, TextScanState, run_parallel, segment_owners,
};
use super::jobs::{JobSlot, PendingJobs, SearchJob, SearchUpdate};
use super::pattern::Pattern;
use super::snippet::snippets;
use crate::catalog::{
    Annotations, Entries, EntryId, Facets, FilterContext, Hits, Marks, Order, Query, Request,
    SNIPPETS_PER_ARTICLE, Snippet, Term, Tier, Update, evaluate, facet_queries, facets,
};
use crate::library::shared::Shared;
use crate::markdown::BlockTexts;
use crate::text::Language;

/// The first snippets come without a request: of this many articles.
const FIRST_SNIPPETS: u32 = 70;
/// How many entries are evaluated at once, before a newer job is looked for.
const ENTRIES_AT_ONCE: usize = 8_192;

/// Answers requests until the mailbox is closed.
pub(in crate::library) fn run(shared: &Shared, on_answer: &impl Fn(Update)) {
    let mut worker = SearchWorker::new(TimeZone::system(), shared, on_answer);
    while let Some(job) = shared.search.take(PendingJobs::pop) {
        worker.do_job(job);
    }
}

/// The state of the search thread.
struct SearchWorker<'a, T> {
    shared: &'a Shared,
    on_answer: &'a T,
    entries: Entries,
    marks: Marks,
    annotations: Annotations,
    last_visit: Option<i64>,
    /// The texts that are searched. None after a change.
    segments: Option<Arc<[SegmentOwners]>>,
    counts: CountCache,
    /// All entries, newest first. None after a change.
    order: Option<Arc<[EntryId]>>,
    last_search: Option<SearchResult>,
}

/// What a search found, to cut snippets.
struct SearchResult {
    number: u32,
    articles: Arc<[(EntryId, u32)]>,
    query: Query,
}

impl<T> Drop for SearchWorker<'_, T> {
    /// After the thread failed no request is answered.
    fn drop(&mut self) {
        self.shared.search.close(|_| {});
    }
}

impl<'a, T: Fn(Update)> SearchWorker<'a, T> {
    /// Days are those of the time zone.
    fn new(zone: TimeZone, shared: &'a Shared, on_answer: &'a T) -> Self {
        Self {
            shared,
            on_answer,
            entries: Entries::new(zone),
            marks: Marks::default(),
            annotations: Annotations::default(),
            last_visit: None,
            segments: None,
            counts: CountCache::default(),
            order: None,
            last_search: None,
        }
    }

    fn do_job(&mut self, job: SearchJob) {
        let (slot, request) = match job {
            SearchJob::Update(update) => return self.update(update),
            SearchJob::Request(slot, request) => (slot, request),
        };
        debug!(?request, "search request");
        match request {
            Request::WarmUp => {
                self.entries.prepare_filter();
            }
            Request::Filter { number, query } => {
                self.filter(number, query, slot == JobSlot::Refine);
            }
            Request::Search { number, query } => self.search(number, &query),
            Request::Snippets {
                number,
                from,
                count,
                most,
            } => self.snippets(number, from, count, most),
            Request::Facets { number, query } => self.facets(number, query),
            // The other requests are answered by other threads.
            _ => {}
        }
    }

    fn update(&mut self, update: SearchUpdate) {
        match update {
            SearchUpdate::Index(index) => self.entries.rebase(index),
            SearchUpdate::Changed(changes) => {
                self.entries.apply(changes);
            }
            SearchUpdate::Sealed => {}
            SearchUpdate::Marked(marks) => {
                return marks
                    .into_iter()
                    .for_each(|(id, mark)| self.marks.set(id, mark));
            }
            SearchUpdate::Annotated(all) => {
                return all.into_iter().for_each(|one| self.annotations.put(one));
            }
            SearchUpdate::Tagged(all) => {
                return all
                    .into_iter()
                    .for_each(|own| self.annotations.put_tags(own));
            }
            SearchUpdate::Moved(moved) => {
                return moved
                    .into_iter()
                    .for_each(|(from, to)| self.annotations.move_article(from, &to));
            }
            SearchUpdate::LastVisit(visit) => {
                self.last_visit = visit;
                return;
            }
        }
        self.counts.clear();
        self.segments = None;
        self.order = None;
    }

    /// Returns a check whether the answer of a job is still wanted: not if a newer job waits in a
    /// slot, nor at the end of the program.
    fn current(&self, slot: JobSlot) -> impl Fn() -> bool + Sync + use<'a, T> {
        let jobs = &self.shared.search;
        move || !jobs.is_closed() && !jobs.with(|pending| pending.contains(slot))
    }

    /// Puts a request back that was cancelled, unless a newer one replaced it.
    fn push_back(&self, slot: JobSlot, request: Request) {
        let jobs = &self.shared.search;
        jobs.put(|pending| pending.push_back(slot, request));
    }

    fn filter(&mut self, number: u32, query: Query, is_thorough: bool) {
        let is_current = self.current(JobSlot::Filter);
        let Some(tiers) = self.matching(&query, is_thorough, &is_current) else {
            return;
        };
        let is_final = is_thorough || !query.has_words();
        (self.on_answer)(Update::Filtered {
            number,
            tiers: tiers.into(),
            is_final,
        });
        if !is_final {
            self.push_back(JobSlot::Refine, Request::Filter { number, query });
        }
    }

    fn facets(&mut self, number: u32, query: Query) {
        let is_current = self.current(JobSlot::Filter);
        match self.counted_facets(&query, &is_current) {
            Some(facets) => (self.on_answer)(Update::Facets { number, facets }),
            // A filter is being typed: the counts can wait.
            None => self.push_back(JobSlot::Facets, Request::Facets { number, query }),
        }
    }

    /// The facets of a query. None if cancelled.
    fn counted_facets(
        &mut self,
        query: &Query,
        is_current: &(dyn Fn() -> bool + Sync),
    ) -> Option<Facets> {
        let queries = facet_queries(query);
        let mut tiers: Vec<Vec<Tier>> = Vec::new();
        for (at, query) in queries.iter().enumerate() {
            tiers.push(match queries[..at].iter().position(|it| it == query) {
                Some(same) => tiers[same].clone(),
                None => self.matching(query, true, is_current)?,
            });
        }
        let ids = (0..tiers[0].len()).take_while(|_| is_current()).map(|at| {
            let counts = [0, 1, 2].map(|kind: usize| tiers[kind][at] != Tier::None);
            (EntryId(at as u32), counts)
        });
        let facets = facets(
            &self.entries,
            &self.annotations,
            ids.filter(|(_, counts)| counts.contains(&true)),
        );
        is_current().then_some(facets)
    }

    /// The tier of each entry. None if cancelled.
    fn matching(
        &mut self,
        query: &Query,
        is_thorough: bool,
        is_current: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tier>> {
        if let Some(scan) = self.scan(query, is_thorough) {
            if scan.run(false, &self.texts(), is_current) == TextScanState::Cancelled {
                return None;
            }
            self.counts.keep(&scan);
        }
        self.evaluate(query, is_thorough, is_current)
    }

    /// A scan for the terms of a query that were not counted yet; bare words are counted if it
    /// `is_thorough`. None if all were.
    fn scan(&mut self, query: &Query, is_thorough: bool) -> Option<TextScan> {
        // Also what only the thorough answer needs: the quick one of the filter comes between.
        self.counts.keep_only(&query.all_terms(true));
        let patterns = self.counts.missing(&query.all_terms(is_thorough));
        if patterns.is_empty() {
            return None;
        }
        let segments = self.segments();
        Some(TextScan::new(patterns, segments, self.entries.bound()))
    }

    fn segments(&mut self) -> Arc<[SegmentOwners]> {
        let table = &self.shared.entry_table;
        let segments = self
            .segments
            .get_or_insert_with(|| segment_owners(&table.read()).into());
        Arc::clone(segments)
    }

    /// How far apart the words that a query requires stand, by the id of the entry; empty for fewer
    /// than two. Only those count that were found in texts, since others rank by their
    /// tiers. None if cancelled.
    fn distances(
        &mut self,
        query: &Query,
        tiers: &[Tier],
        is_current: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<u8>> {
        let counted = |term| Some((Pattern::new(term)?, Arc::clone(self.counts.get(term)?)));
        let terms = query.required_terms().into_iter();
        let mut counted: Vec<(Pattern, Arc<[u32]>)> = terms.filter_map(counted).collect();
        if counted.len() < 2 || !tiers.contains(&Tier::Text) {
            return Some(Vec::new());
        }
        counted
            .sort_by_cached_key(|(_, counts)| counts.iter().map(|&it| u64::from(it)).sum::<u64>());
        let (patterns, counts): (Vec<_>, Vec<_>) = counted.into_iter().unzip();
        let is_wanted = |id: u32| {
            let has = |counts: &Arc<[u32]>| counts.get(id as usize).is_some_and(|&count| count > 0);
            tiers.get(id as usize) == Some(&Tier::Text) && counts.iter().all(has)
        };
        let segments = self.segments();
        let bound = self.entries.bound();
        distances(
            &patterns,
            segments,
            bound,
            &is_wanted,
            &self.texts(),
            is_current,
        )
    }

    /// Reads the texts of an entry from its files.
    fn texts(&self) -> impl Fn(u32) -> [Option<BlockTexts>; 2] + Sync + use<'a, T> {
        let shared = self.shared;
        move |id| {
            let files = shared.files(EntryId(id));
            files.map_or_else(Default::default, |files| shared.library.block_texts(&files))
        }
    }

    /// The tier of each entry, if all terms of the query are counted. None if cancelled.
    fn evaluate(
        &mut self,
        query: &Query,
        is_thorough: bool,
        is_current: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Tier>> {
        // A clock beyond the last day of the calendar is no reason to fail.
        let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
        let today = self.entries.zone().to_datetime(now).date();
        let (entries, counts) = (&self.entries, &self.counts);
        let context = FilterContext {
            marks: &self.marks,
            annotations: &self.annotations,
            today,
            last_visit: self.last_visit,
            is_thorough,
        };
        let counts = |term: &Term| counts.get(term).map_or(&[][..], |counts| counts);
        let mut tiers = vec![Tier::None; entries.bound() as usize];
        let parts = Mutex::new(tiers.chunks_mut(ENTRIES_AT_ONCE).enumerate());
        let next = || {
            if is_current() {
                parts.lock().next()
            } else {
                None
            }
        };
        run_parallel(next, |(at, part)| {
            let start = at * ENTRIES_AT_ONCE;
            let numbers = start as u32..(start + part.len()) as u32;
            part.copy_from_slice(&evaluate(query, entries, numbers, &context, &counts));
        });
        is_current().then_some(tiers)
    }

    fn search(&mut self, number: u32, query: &Query) {
        let is_current = self.current(JobSlot::Search);
        let order = self.newest_first();
        self.last_search = Some(SearchResult {
            number,
            articles: Arc::default(),
            query: query.clone(),
        });
        if let Some(scan) = self.scan(query, true) {
            let mut state = scan.run(query.only_term().is_some(), &self.texts(), &is_current);
            if state == TextScanState::Paused {
                // Every article that has a single term in its text is found.
                let counts = scan.counts(0);
                let tiers: Vec<Tier> = counts
                    .iter()
                    .map(|&count| if count > 0 { Tier::Text } else { Tier::None })
                    .collect();
                let articles = ranked(&order, &tiers, &[&counts], &[]);
                self.send_hits(number, articles, false);
                state = scan.run(false, &self.texts(), &is_current);
            }
            if state == TextScanState::Cancelled {
                return;
            }
            self.counts.keep(&scan);
        }
        let Some(tiers) = self.evaluate(query, true, &is_current) else {
            return;
        };
        let Some(distances) = self.distances(query, &tiers, &is_current) else {
            return;
        };
        let counts: Vec<&[u32]> = query
            .terms()
            .into_iter()
            .filter_map(|term| self.counts.get(term).map(|counts| &counts[..]))
            .collect();
        let articles = ranked(&order, &tiers, &counts, &distances);
        self.send_hits(number, articles, true);
    }

    /// Sends what the last search found, with the first snippets.
    fn send_hits(&mut self, number: u32, articles: Arc<[(EntryId, u32)]>, is_final: bool) {
        let total = articles.iter().map(|(_, count)| u64::from(*count)).sum();
        if let Some(search) = &mut self.last_search {
            search.articles = Arc::clone(&articles);
        }
        let hits = Hits {
            articles,
            total,
            is_final,
        };
        (self.on_answer)(Update::Hits { number, hits });
        self.snippets(number, 0, FIRST_SNIPPETS, SNIPPETS_PER_ARTICLE);
    }

    /// Cuts snippets of the last search; later, if something more urgent waits.
    fn snippets(&self, number: u32, from: u32, count: u32, most: u32) {
        let search = self.last_search.as_ref();
        let Some(search) = search.filter(|search| search.number == number) else {
            return;
        };
        let is_filter_current = self.current(JobSlot::Filter);
        let is_search_current = self.current(JobSlot::Search);
        let is_current = || is_filter_current() && is_search_current();
        let end = from.saturating_add(count).min(search.articles.len() as u32);
        let range = from.min(end)..end;
        let articles = &search.articles[range.start as usize..range.end as usize];
        let mut cut: Vec<Vec<Snippet>> = vec![Vec::new(); articles.len()];
        let (shared, entries) = (self.shared, &self.entries);
        let left = Mutex::new(articles.iter().zip(&mut cut));
        let next = || {
            if is_current() {
                left.lock().next()
            } else {
                None
            }
        };
        run_parallel(next, |(&(id, _), cut)| {
            if let (Some(entry), Some(text)) = (entries.get(id), shared.text(id)) {
                *cut = snippets(id, &entry, &text, &search.query, most as usize);
            }
        });
        if is_current() {
            (self.on_answer)(Update::Snippets {
                number,
                articles: range,
                snippets: cut.concat(),
            });
        } else {
            let request = Request::Snippets {
                number,
                from,
                count,
                most,
            };
            self.push_back(JobSlot::Snippets, request);
        }
    }

    fn newest_first(&mut self) -> Arc<[EntryId]> {
        let entries = &self.entries;
        Arc::clone(
            self.order
                .get_or_insert_with(|| entries.sorted(Order::Date, Language::Chinese).into()),
        )
    }
}

/// The entries that match, with the number of their matches: by tier, those found only in their
/// texts by the closeness of the words and by that number, and equals in the order given. A match
/// only in the fields that the list shows counts as one.
fn ranked(
    order: &[EntryId],
    tiers: &[Tier],
    counts: &[&[u32]],
    distances: &[u8],
) -> Arc<[(EntryId, u32)]> {
    let mut found: Vec<(Tier, EntryId, u32)> = order
        .iter()
        .filter_map(|&id| {
            let at = id.0 as usize;
            let tier = *tiers.get(at).filter(|tier| **tier != Tier::None)?;
            let of_term = |counts: &&[u32]| counts.get(at).copied().unwrap_or_default();
            let in_text: u32 = counts.iter().map(of_term).sum();
            Some((tier, id, in_text.max(u32::from(!counts.is_empty()))))
        })
        .collect();
    found.sort_by_key(|&(tier, id, count)| {
        let in_text =
            (tier == Tier::Text).then(|| (distances.get(id.0 as usize).copied(), Reverse(count)));
        (tier, in_text)
    });
    found
        .into_iter()
        .map(|(_, id, count)| (id, count))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::catalog::{Changes, Entry};
    use crate::digest;
    use crate::library::Library;
    use crate::library::state::StateStore;

    #[test]
    fn cancelled_jobs_end_early() {
        let (sender, answers) = channel();
        let on_answer = move |answer| drop(sender.send(answer));
        let store = StateStore::open(None, Path::new(""), |_| ()).0;
        let shared = Shared::new(Library::Samples, store);
        let mut worker = SearchWorker::new(TimeZone::UTC, &shared, &on_answer);
        let count = ENTRIES_AT_ONCE + 10;
        let entry = Entry::new("a.md".into(), &digest::read(b"# A title", "a.md"));
        let changes = Changes::added(vec![entry; count]);
        worker.update(SearchUpdate::Changed(changes));
        let query = Query::parse("-nowhere").unwrap();
        assert_eq!(
            worker.evaluate(&query, true, &|| true).unwrap(),
            vec![Tier::Exact; count]
        );
        assert_eq!(worker.evaluate(&query, true, &|| false), None);
        shared.search.put(|pending| {
            pending.push(Request::Filter {
                number: 2,
                query: query.clone(),
            });
        });
        worker.filter(1, query.clone(), false);
        assert!(answers.try_recv().is_err(), "another took its place");
        let job = shared.search.take(PendingJobs::pop).unwrap();
        worker.do_job(job);
        assert!(matches!(
            answers.try_recv(),
            Ok(Update::Filtered {
                number: 2,
                is_final: false,
                ..
            })
        ));
    }
}
