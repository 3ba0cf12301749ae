//! Counting needles in all texts, on several threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::pattern::Pattern;
use super::texts::Texts;
use crate::library::index::{Pairs, Segment};

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
    needles: &[&Pattern],
    bound: u32,
    terms: &mut Terms<'_>,
) -> Option<Counts> {
    let began = Instant::now();
    let counts = Counts::new(needles.len(), bound);
    let pieces = pieces(shelved, needles);
    let (next, found) = (AtomicUsize::new(0), AtomicU32::new(0));
    let step = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let piece = pieces.get(at).filter(|_| (terms.is_wanted)())?;
        for (needle, counts) in needles.iter().zip(&counts.0) {
            if piece.is_wide || !needle.is_wide() {
                found.fetch_add(piece.count(needle, counts), Ordering::Relaxed);
            }
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

/// The pieces of all texts in which needles may stand, the narrow ones first: most needles that stand there stand only there.
fn pieces<'a>(shelved: &'a [Shelved], needles: &[&Pattern]) -> Vec<Piece<'a>> {
    let widths = if needles.iter().all(|needle| needle.is_wide()) { &[true][..] } else { &[false, true] };
    let runs =
        |shelved: &'a Shelved, is_wide| (0..shelved.segment.runs()).map(move |run| Piece { shelved, run, is_wide });
    widths.iter().flat_map(|&is_wide| shelved.iter().flat_map(move |shelved| runs(shelved, is_wide))).collect()
}

/// The narrow or the wide texts of a run of articles.
struct Piece<'a> {
    shelved: &'a Shelved,
    run: usize,
    is_wide: bool,
}

impl Piece<'_> {
    /// Counts a needle in each article; in all of them together.
    fn count(&self, needle: &Pattern, counts: &[AtomicU32]) -> u32 {
        // What is damaged is made anew soon.
        let Some(stretch) = self.shelved.segment.stretch(self.run, self.is_wide) else { return 0 };
        let mut total = 0;
        let mut add = |article: usize, count: u32| {
            if count > 0
                && let Some(&owner) = self.shelved.owners.get(article)
                && let Some(place) = counts.get(owner as usize)
            {
                place.fetch_add(count, Ordering::Relaxed);
                total += count;
            }
        };
        let mut texts = stretch.texts();
        if self.is_wide && !needle.pairs().is_empty() {
            let pairs = self.shelved.segment.pairs(self.run, &stretch);
            let may_hold = |pairs: &Pairs| pairs.hold(needle.pairs());
            for ((article, range), _) in texts.zip(pairs).filter(|(_, pairs)| may_hold(pairs)) {
                add(article, stretch.text.get(range).map_or(0, |text| needle.count_in(text)));
            }
            return total;
        }
        if needle.is_short() {
            for (article, range) in texts {
                add(article, stretch.text.get(range).map_or(0, |text| needle.count_in(text)));
            }
            return total;
        }
        // Texts end with the end of a line, and no needle holds one: nothing is found across articles.
        let (mut article, mut end, mut count) = (0, 0, 0);
        for found in needle.find_in(stretch.text) {
            while end <= found.start {
                add(article, count);
                let Some((next, range)) = texts.next() else { return total };
                (article, end, count) = (next, range.end, 0);
            }
            count += 1;
        }
        add(article, count);
        total
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::index::{IndexDirectory, SegmentWriter};
    use crate::markdown::{BlockTexts, Piece as Source, PieceKind, block_texts};

    fn texts(source: &str) -> BlockTexts {
        let mut texts = BlockTexts::default();
        block_texts([Source { kind: PieceKind::Markdown, source, line: 1 }], "", &mut texts);
        texts
    }

    /// The counts of needles in articles of two sides, so many in each segment.
    fn counted(articles: &[[String; 2]], each: usize, needles: &[&str]) -> Vec<Vec<u32>> {
        let mut owner = 0..;
        let shelve = |articles: &[[String; 2]]| {
            let mut writer = SegmentWriter::new(&IndexDirectory::none());
            for sides in articles {
                let [chinese, english] = sides.each_ref().map(|side| texts(side));
                writer.push([Some(&chinese), Some(&english)]);
            }
            Shelved { segment: Arc::new(writer.seal()), owners: owner.by_ref().take(articles.len()).collect() }
        };
        let shelved: Vec<Shelved> = articles.chunks(each).map(shelve).collect();
        let needles: Vec<Pattern> = needles.iter().filter_map(|needle| Pattern::new(needle)).collect();
        let mut terms = Terms { is_wanted: &|| true, tell_first: &mut |_, _| {} };
        let needles: Vec<&Pattern> = needles.iter().collect();
        let counts = scan(&Texts::default(), &shelved, &needles, articles.len() as u32, &mut terms).unwrap();
        (0..needles.len()).map(|needle| counts.of(needle)).collect()
    }

    #[test]
    fn a_text_is_searched_whatever_its_side_holds() {
        let articles = [
            ["水的 the 声音", "the sound of 水的 water"],
            ["the — no ideograph", "the “quoted” — the 　wide space"],
            ["的的的", ""],
            ["", "Éclair — AI技术 and the"],
        ];
        let articles = articles.map(|sides| sides.map(str::to_owned));
        let needles = ["的", "the", "—", "“", "　", "AI技术", "ai", "É", "水的 the", "sound of 水", "e", " "];
        let expected = [
            [1 + 1, 0, 3, 0],
            [2, 3, 0, 1],
            [0, 2, 0, 1],
            [0, 1, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 0, 1],
            [0, 0, 0, 2],
            [0, 0, 0, 1],
            [1, 0, 0, 0],
            [1, 0, 0, 0],
            [3, 7, 0, 1],
            [6, 8, 0, 4],
        ];
        for each in [1, 4] {
            for (needle, expected) in needles.iter().zip(expected) {
                assert_eq!(counted(&articles, each, &[needle]), [expected], "{needle:?}");
            }
            assert_eq!(counted(&articles, each, &needles), expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_counts_what_stands_in_the_texts(
            articles in prop::collection::vec(prop::array::uniform2("([ab的是“　] ?){0,60}|[ab](a ?|b){0,60}|[ab的]{1,90}"), 1..12),
            needles in prop::collection::vec("[ab的是“　]{1,3}", 1..4),
            each in 1..12_usize,
        ) {
            let needles: Vec<&str> = needles.iter().map(|needle| &**needle).collect();
            let count = |sides: &[String; 2], needle: &str| {
                let texts = sides.each_ref().map(|side| texts(side).text);
                texts.map(|text| text.matches(needle).count() as u32).iter().sum()
            };
            let expected = needles.iter().map(|needle| articles.iter().map(|sides| count(sides, needle)).collect::<Vec<u32>>());
            prop_assert_eq!(counted(&articles, each, &needles), expected.collect::<Vec<_>>());
        }
    }
}
