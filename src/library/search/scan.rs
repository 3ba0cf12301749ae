//! Counting needles in all texts, on several threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::needle::Needle;
use super::texts::Texts;
use crate::library::index::{Segment, Start};

/// About so many bytes of text are counted at a time, so that they stay in the processor's cache for the next needle.
const PIECE: usize = 512 << 10;
/// More threads than this only wait for the memory.
const MOST_THREADS: usize = 4;
/// After so long what was found so far is told.
const FIRST: Duration = Duration::from_millis(3);

/// A segment, and whose text each of its articles is: the number of an entry.
#[derive(Debug)]
pub(super) struct Shelved {
    pub(super) segment: Arc<Segment>,
    /// [`NOBODY`] where an article was replaced by a later one, or is gone.
    pub(super) owners: Vec<u32>,
}

/// The owner of texts that are no article's any more.
pub(super) const NOBODY: u32 = u32::MAX;

/// How often each needle stands in the text of each entry, by needle and number.
#[derive(Debug)]
pub(super) struct Counts(Vec<Vec<AtomicU32>>);

impl Counts {
    fn new(needles: usize, bound: u32) -> Self {
        Self((0..needles).map(|_| (0..bound).map(|_| AtomicU32::new(0)).collect()).collect())
    }

    /// The counts of a needle so far, by number.
    pub(super) fn of(&self, needle: usize) -> Vec<u32> {
        self.0[needle].iter().map(|count| count.load(Ordering::Relaxed)).collect()
    }
}

/// What a scan is told, and what it tells.
pub(super) struct Terms<'a> {
    /// Whether its result is still wanted; it ends soon when it is not.
    pub(super) is_wanted: &'a (dyn Fn() -> bool + Sync),
    /// Called once with the counts so far, if the scan takes so long that it is worth it and something was found.
    pub(super) tell_first: &'a mut dyn FnMut(&Texts, &Counts),
}

/// Counts needles in all texts; numbers go up to a bound. None if it was not wanted any more.
pub(super) fn scan(
    texts: &Texts,
    shelved: &[Shelved],
    needles: &[&Needle],
    bound: u32,
    terms: &mut Terms<'_>,
) -> Option<Counts> {
    let began = Instant::now();
    let counts = Counts::new(needles.len(), bound);
    let pieces = pieces(shelved);
    let (next, found) = (AtomicUsize::new(0), AtomicU32::new(0));
    let step = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let &(shelf, first, last) = pieces.get(at).filter(|_| (terms.is_wanted)())?;
        let piece = Piece { shelved: &shelved[shelf], first, last };
        for (needle, counts) in needles.iter().zip(&counts.0) {
            found.fetch_add(piece.count(needle, counts), Ordering::Relaxed);
        }
        Some(())
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS).min(pieces.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            // Without a thread to spare this one does it all.
            let _ = thread::Builder::new().name("scan".into()).spawn_scoped(scope, || while step().is_some() {});
        }
        let mut has_told = false;
        while step().is_some() {
            if !has_told && found.load(Ordering::Relaxed) > 0 && began.elapsed() >= FIRST {
                has_told = true;
                (terms.tell_first)(texts, &counts);
            }
        }
    });
    (terms.is_wanted)().then_some(counts)
}

/// The pieces of all texts: a shelf, and its articles from one up to another.
fn pieces(shelved: &[Shelved]) -> Vec<(usize, usize, usize)> {
    let mut pieces = Vec::new();
    for (at, shelf) in shelved.iter().enumerate() {
        let starts = shelf.segment.starts();
        if starts.len() <= shelf.owners.len() {
            // Damaged: its texts are made anew soon.
            continue;
        }
        let mut first = 0;
        while first < shelf.owners.len() {
            let until = starts.get(first).map_or(0, |start| start.text() + PIECE);
            let length = starts[first..].partition_point(|start| start.text() < until);
            let last = (first + length.max(1)).min(shelf.owners.len());
            pieces.push((at, first, last));
            first = last;
        }
    }
    pieces
}

/// Some articles of a segment.
struct Piece<'a> {
    shelved: &'a Shelved,
    first: usize,
    last: usize,
}

impl Piece<'_> {
    /// Counts a needle in each article; in all of them together.
    fn count(&self, needle: &Needle, counts: &[AtomicU32]) -> u32 {
        let starts = self.shelved.segment.starts();
        let text = self.shelved.segment.text();
        let mut total = 0;
        let mut add = |article: usize, count: u32| {
            let owner = self.shelved.owners[article];
            if count > 0
                && let Some(place) = counts.get(owner as usize)
            {
                place.fetch_add(count, Ordering::Relaxed);
                total += count;
            }
        };
        let end = |article: usize| starts.get(article + 1).map_or(text.len(), Start::text);
        let Some(start) = starts.get(self.first).map(Start::text) else { return 0 };
        if needle.is_short() {
            let mut from = start;
            for article in self.first..self.last {
                add(article, text.get(from..end(article)).map_or(0, |text| needle.count_in(text)));
                from = end(article);
            }
            return total;
        }
        // Texts end with the end of a line, and no needle holds one: nothing is found across articles.
        let mut article = self.first;
        let mut count = 0;
        for found in needle.find_in(text.get(start..end(self.last - 1)).unwrap_or_default()) {
            while end(article) <= start + found.start {
                add(article, count);
                (article, count) = (article + 1, 0);
            }
            count += 1;
        }
        add(article, count);
        total
    }
}
