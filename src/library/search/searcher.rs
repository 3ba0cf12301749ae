//! The thread that answers what is looked for, and the handle by which it is asked.

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::jobs::{Asked, Question, Questions, Wanted};
use super::pattern::Pattern;
use super::snippet;
use super::tally::Tally;
use super::texts::Texts;
use crate::catalog::{Context, Entries, EntryId, Facets, Hits, Marks, Order, Query, Shelf, Tier, evaluate, facets};
use crate::library::librarian::{News, spawn};
use crate::text::Language;

/// The first snippets come unasked: of so many articles, and at most so many of each.
const FIRST_SNIPPETS: u32 = 70;
/// How many snippets of an article are told.
pub(in crate::library) const MOST_SNIPPETS: u32 = 3;
/// So many entries are judged between two looks at whether the answer is still wanted.
const STRETCH: u32 = 8_192;

/// A handle to the thread, which ends when the last handle is dropped.
#[derive(Debug)]
pub(in crate::library) struct Searcher {
    sender: Mutex<Sender<Asked>>,
    latest: Arc<Latest>,
}

/// The numbers of the last questions: what takes long ends early when another took its place.
#[derive(Debug, Default)]
struct Latest {
    filter: AtomicU32,
    search: AtomicU32,
}

impl Searcher {
    /// Starts the thread; `tell` is called from it. Days are those of the time zone.
    pub(in crate::library) fn start(zone: TimeZone, tell: impl Fn(News) + Send + 'static) -> Self {
        let (sender, inbox) = channel();
        let latest = Arc::<Latest>::default();
        let own = Arc::clone(&latest);
        // Without a thread to spare nothing can be asked; everything else goes on.
        let _ = spawn("search", move || Searching::new(zone, inbox, own, tell).work());
        Self { sender: Mutex::new(sender), latest }
    }

    /// Asks or tells something, and says whether anybody listens; never blocks for longer than another does the same.
    pub(in crate::library) fn ask(&self, asked: Asked) -> bool {
        match &asked {
            Asked::Filter { number, .. } => self.latest.filter.store(*number, Ordering::SeqCst),
            Asked::Search { number, .. } => self.latest.search.store(*number, Ordering::SeqCst),
            _ => {}
        }
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).send(asked).is_ok()
    }
}

/// What the thread knows.
struct Searching<T> {
    inbox: Receiver<Asked>,
    latest: Arc<Latest>,
    tell: T,
    entries: Entries,
    marks: Marks,
    last_visit: Option<i64>,
    tally: Tally,
    questions: Questions,
    /// All entries newest first, until something changes.
    order: Option<Arc<[EntryId]>>,
    /// What the last search found.
    found: Option<Found>,
}

/// What a search found, to cut snippets of.
struct Found {
    number: u32,
    articles: Arc<[(EntryId, u32)]>,
    needles: Vec<Pattern>,
}

impl<T: Fn(News)> Searching<T> {
    fn new(zone: TimeZone, inbox: Receiver<Asked>, latest: Arc<Latest>, tell: T) -> Self {
        let (marks, last_visit, tally, questions, order, found) = Default::default();
        Self { inbox, latest, tell, entries: Entries::new(zone), marks, last_visit, tally, questions, order, found }
    }

    fn work(mut self) {
        while self.listen() {
            match self.questions.next() {
                Some(Question::Filter(number, query)) => self.filter(number, query, false),
                Some(Question::Refine(number, query)) => self.filter(number, query, true),
                Some(Question::Search(number, query)) => self.search(number, &query),
                Some(Question::Snippets(wanted)) => self.more_snippets(wanted),
                Some(Question::Facets(number, query)) => self.facets(number, query),
                None => {}
            }
        }
    }

    /// Takes in all that was asked and told, waiting for it where there is nothing to answer; whether anybody is left to ask.
    fn listen(&mut self) -> bool {
        if self.questions.is_empty() {
            match self.inbox.recv() {
                Ok(asked) => self.take(asked),
                Err(_) => return false,
            }
        }
        loop {
            match self.inbox.try_recv() {
                Ok(asked) => self.take(asked),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn take(&mut self, asked: Asked) {
        match asked {
            Asked::Opened(index) | Asked::Rebased(index) => {
                self.entries.rebase(Arc::clone(&index) as Arc<dyn Shelf>);
                self.tally.texts.rebase(index);
                self.forget();
            }
            Asked::Changed { changes, texts } => {
                changes.gone.iter().for_each(|&id| self.tally.texts.remove(id));
                self.entries.apply(changes);
                for (segment, run) in texts {
                    self.tally.texts.put(&segment, run);
                }
                self.forget();
            }
            Asked::Marked(marks) => marks.into_iter().for_each(|(id, mark)| self.marks.set(id, mark)),
            Asked::LastVisit(visit) => self.last_visit = visit,
            Asked::Prepare => {
                self.entries.prepare_words();
                self.entries.prepare_orders();
            }
            Asked::Filter { number, query } => self.questions.filter(number, query),
            Asked::Search { number, query } => self.questions.search(number, query),
            Asked::Snippets { number, from, count, most } => {
                self.questions.snippets(Wanted { number, from, count, most });
            }
            Asked::Facets { number, query } => self.questions.facets(number, query),
        }
    }

    /// Forgets what follows from entries and texts.
    fn forget(&mut self) {
        self.tally.forget();
        self.order = None;
    }

    fn filter(&mut self, number: u32, query: Query, with_pinyin: bool) {
        let latest = Arc::clone(&self.latest);
        let is_wanted = || latest.filter.load(Ordering::SeqCst) == number;
        let bound = self.entries.bound();
        if !is_wanted() || self.tally.count(&query.all_texts(), bound, &is_wanted, &mut |_, _| {}).is_none() {
            return;
        }
        let is_final = with_pinyin || !query.has_words();
        let Some(tiers) = self.judge(&query, with_pinyin, &is_wanted) else { return };
        (self.tell)(News::Filtered { number, tiers: tiers.into(), is_final });
        if !is_final {
            self.questions.refine(number, query);
        }
    }

    fn facets(&mut self, number: u32, query: Query) {
        let latest = Arc::clone(&self.latest);
        let asked = latest.filter.load(Ordering::SeqCst);
        let is_quiet = || latest.filter.load(Ordering::SeqCst) == asked;
        match self.count_facets(&query, &is_quiet).filter(|_| is_quiet()) {
            Some(facets) => (self.tell)(News::Facets { number, facets }),
            // Who types a filter does not wait for counts: these are taken later.
            None => self.questions.facets(number, query),
        }
    }

    fn count_facets(&mut self, query: &Query, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Facets> {
        self.tally.count(&query.all_texts(), self.entries.bound(), is_wanted, &mut |_, _| {})?;
        let tiers = self.judge(query, true, is_wanted)?;
        let which = (0..).zip(&tiers).filter(|(_, tier)| **tier != Tier::None).map(|(id, _)| EntryId(id));
        Some(facets(&self.entries, which.take_while(|_| is_wanted()), self.entries.zone()))
    }

    /// The tier of each entry, where all texts of the query are counted; none if that is not wanted any more.
    fn judge(&mut self, query: &Query, with_pinyin: bool, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Tier>> {
        let today = self.entries.zone().to_datetime(Timestamp::now()).date();
        self.entries.prepare_words();
        let (entries, tally, bound) = (&self.entries, &self.tally, self.entries.bound());
        let context = Context { marks: &self.marks, today, last_visit: self.last_visit, with_pinyin };
        let counts = |text: &str| tally.of(text).map_or(&[][..], |counts| counts);
        let next = AtomicU32::new(0);
        // Whoever is free takes the next stretch.
        let judge = || {
            let mut judged = Vec::new();
            while is_wanted() {
                let start = next.fetch_add(STRETCH, Ordering::Relaxed);
                if start >= bound {
                    return Some(judged);
                }
                let numbers = start..bound.min(start.saturating_add(STRETCH));
                judged.push((start as usize, evaluate(query, entries, numbers, &context, &counts)));
            }
            None
        };
        let (own, other) = thread::scope(|scope| {
            let other = thread::Builder::new().name("judge".into()).spawn_scoped(scope, judge);
            let own = judge();
            // Without a second thread the first does it all. A flaw in either is one of this thread: it is not taken for a query that is not
            // wanted, which would be judged again and again.
            let other = other.map_or(Some(Vec::new()), |other| other.join().unwrap_or_else(|flaw| resume_unwind(flaw)));
            (own, other)
        });
        let mut tiers = vec![Tier::None; bound as usize];
        for (start, judged) in own?.into_iter().chain(other?) {
            tiers[start..start + judged.len()].copy_from_slice(&judged);
        }
        Some(tiers)
    }

    fn search(&mut self, number: u32, query: &Query) {
        let latest = Arc::clone(&self.latest);
        let is_wanted = || latest.search.load(Ordering::SeqCst) == number;
        let order = self.newest_first();
        let bound = self.entries.bound();
        let needles: Vec<Pattern> = query.texts().into_iter().filter_map(Pattern::new).collect();
        let (tell, is_one_text) = (&self.tell, query.is_one_text());
        let mut tell_first = |texts: &Texts, counts: &[u32]| {
            // Of one text alone it is known before the end that what it finds is found.
            if is_one_text {
                let articles = hits(&order, |id| counts.get(id).copied().filter(|&count| count > 0));
                tell_hits(tell, number, &articles, false);
                tell_snippets(tell, texts, number, &articles, &needles, 0..FIRST_SNIPPETS, MOST_SNIPPETS);
            }
        };
        if !is_wanted() || self.tally.count(&query.all_texts(), bound, &is_wanted, &mut tell_first).is_none() {
            return;
        }
        let Some(tiers) = self.judge(query, true, &is_wanted) else { return };
        let counts: Vec<&Arc<[u32]>> = query.texts().into_iter().filter_map(|text| self.tally.of(text)).collect();
        let articles = hits(&order, |id| {
            let count = |counts: &&Arc<[u32]>| counts.get(id).copied().unwrap_or_default();
            tiers.get(id).filter(|tier| **tier != Tier::None).map(|_| counts.iter().map(count).sum())
        });
        tell_hits(&self.tell, number, &articles, true);
        let wanted = Wanted { number, from: 0, count: FIRST_SNIPPETS, most: MOST_SNIPPETS };
        self.found = Some(Found { number, articles, needles });
        self.more_snippets(wanted);
    }

    fn more_snippets(&self, wanted: Wanted) {
        let Some(found) = self.found.as_ref().filter(|found| found.number == wanted.number) else { return };
        let range = wanted.from..wanted.from.saturating_add(wanted.count);
        let Found { number, articles, needles } = found;
        tell_snippets(&self.tell, &self.tally.texts, *number, articles, needles, range, wanted.most);
    }

    /// All entries, newest first.
    fn newest_first(&mut self) -> Arc<[EntryId]> {
        let entries = &self.entries;
        Arc::clone(self.order.get_or_insert_with(|| entries.sorted(Order::Date, Language::Chinese).into()))
    }
}

/// The entries of which a number of hits is told, in order.
fn hits(order: &[EntryId], count: impl Fn(usize) -> Option<u32>) -> Arc<[(EntryId, u32)]> {
    order.iter().filter_map(|&id| Some((id, count(id.0 as usize)?))).collect()
}

fn tell_hits(tell: &impl Fn(News), number: u32, articles: &Arc<[(EntryId, u32)]>, is_final: bool) {
    let total = articles.iter().map(|(_, count)| u64::from(*count)).sum();
    tell(News::Found { number, hits: Hits { articles: Arc::clone(articles), total, is_final } });
}

fn tell_snippets(
    tell: &impl Fn(News),
    texts: &Texts,
    number: u32,
    articles: &[(EntryId, u32)],
    needles: &[Pattern],
    range: Range<u32>,
    most: u32,
) {
    let end = range.end.min(articles.len() as u32);
    let range = range.start.min(end)..end;
    let cut = |&(id, _): &(EntryId, u32)| {
        texts.get(id).map(|text| snippet::snippets(id, &text, needles, most as usize)).unwrap_or_default()
    };
    let snippets = articles[range.start as usize..range.end as usize].iter().flat_map(cut).collect();
    tell(News::Snippets { number, articles: range, snippets });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Bare, Changes, Entry};
    use crate::digest;

    #[test]
    fn what_is_not_wanted_any_more_ends_early() {
        let (told, heard) = channel();
        let tell = move |news| drop(told.send(news));
        let mut searching = Searching::new(TimeZone::UTC, channel().1, Arc::default(), tell);
        let count = STRETCH + 10;
        let entry = Entry::new("a.md".into(), &digest::read(b"# A title", "a.md"));
        searching.take(Asked::Changed { changes: Changes::added(vec![entry; count as usize]), texts: Vec::new() });
        let query = Query::parse("-nowhere", Bare::Word).unwrap();
        assert_eq!(searching.judge(&query, true, &|| true).unwrap(), vec![Tier::Literal; count as usize]);
        assert_eq!(searching.judge(&query, true, &|| false), None);
        assert_eq!(searching.count_facets(&query, &|| false), None);
        searching.latest.filter.store(2, Ordering::SeqCst);
        searching.filter(1, query.clone(), false);
        assert!(heard.try_recv().is_err(), "another took its place");
        searching.filter(2, query, false);
        assert!(matches!(heard.try_recv(), Ok(News::Filtered { number: 2, is_final: false, .. })));
    }
}
