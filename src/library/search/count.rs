//! Counts patterns in all texts, on several threads.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::pattern::Pattern;
use crate::catalog::Term;
use crate::library::entry_table::EntryTable;
use crate::library::index::{IndexDirectory, Segment, SegmentWriter, TextScript, TextSlice};
use crate::markdown::BlockTexts;

/// More threads only wait for the memory.
const MAX_THREADS: usize = 4;
/// How many articles are searched at once: about as many as stay in the processor's cache.
const BLOCK: usize = 64;
/// After this time the first counts are worth an answer.
const FIRST_ANSWER: Duration = Duration::from_millis(3);
/// The owner of a text whose article was changed or is gone.
const NO_OWNER: u32 = u32::MAX;

/// A segment, and the id of the entry that owns each of its texts.
#[derive(Debug)]
pub(super) struct SegmentOwners {
    segment: Arc<Segment>,
    owners: Vec<u32>,
}

/// The texts of all entries, as far as they are sealed.
pub(super) fn segment_owners(table: &EntryTable) -> Vec<SegmentOwners> {
    let segments = table.segments().iter();
    let mut all: Vec<Option<SegmentOwners>> = segments
        .map(|segment| segment.as_ref().map(SegmentOwners::new))
        .collect();
    for id in 0..table.next_id() {
        if let Some(text) = table.text_ref(id)
            && let Some(Some(segment)) = all.get_mut(text.segment as usize)
            && let Some(owner) = segment.owners.get_mut(text.article as usize)
        {
            *owner = id;
        }
    }
    all.into_iter().flatten().collect()
}

impl SegmentOwners {
    fn new(segment: &Arc<Segment>) -> Self {
        Self {
            segment: Arc::clone(segment),
            owners: vec![NO_OWNER; segment.len()],
        }
    }
}

/// How often the terms of the last query occur in each entry.
#[derive(Debug, Default)]
pub(super) struct CountCache(HashMap<Term, Arc<[u32]>>);

impl CountCache {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The counts of a term by the id of the entry. None if it was not counted.
    pub(super) fn get(&self, term: &Term) -> Option<&Arc<[u32]>> {
        self.0.get(term)
    }

    /// Forgets what was counted for terms other than these.
    pub(super) fn keep_only(&mut self, terms: &[&Term]) {
        self.0.retain(|counted, _| terms.contains(&counted));
    }

    /// Those of these terms that were not counted yet.
    pub(super) fn missing(&self, terms: &[&Term]) -> Vec<(Term, Pattern)> {
        let missing: BTreeSet<&Term> = terms
            .iter()
            .copied()
            .filter(|&term| !self.0.contains_key(term))
            .collect();
        let pattern = |term: &Term| Some((term.clone(), Pattern::new(term)?));
        missing.into_iter().filter_map(pattern).collect()
    }

    pub(super) fn keep(&mut self, scan: &TextScan) {
        for (at, (term, _)) in scan.patterns.iter().enumerate() {
            self.0.insert(term.clone(), scan.counts(at).into());
        }
    }
}

/// All texts, in blocks of neighbouring articles that are searched at once.
#[derive(Debug)]
pub(super) struct TextBlocks {
    segments: Arc<[SegmentOwners]>,
    /// Latin texts come first, since most patterns that occur there occur only there.
    blocks: Vec<TextBlock>,
    next: AtomicUsize,
}

/// Reads the texts of an entry from its files, for those that are damaged in the index.
pub(super) type ReadTexts<'a> = &'a (dyn Fn(u32) -> [Option<BlockTexts>; 2] + Sync);

impl TextBlocks {
    /// The texts of some scripts.
    pub(super) fn new(segments: Arc<[SegmentOwners]>, is_in: impl Fn(TextScript) -> bool) -> Self {
        let mut blocks = Vec::new();
        for script in TextScript::BOTH.into_iter().filter(|&script| is_in(script)) {
            for (segment, owners) in segments.iter().enumerate() {
                let length = owners.owners.len();
                blocks.extend((0..length).step_by(BLOCK).map(|start| TextBlock {
                    segment,
                    script,
                    articles: start..length.min(start + BLOCK),
                }));
            }
        }
        Self {
            segments,
            blocks,
            next: AtomicUsize::new(0),
        }
    }

    /// The next block to search; each is returned once.
    pub(super) fn next(&self) -> Option<&TextBlock> {
        self.blocks.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn is_done(&self) -> bool {
        self.next.load(Ordering::Relaxed) >= self.blocks.len()
    }

    /// Visits the texts of a block, with the owners of the texts of their segment.
    pub(super) fn visit(
        &self,
        block: &TextBlock,
        read: ReadTexts<'_>,
        visit: &mut dyn FnMut(&TextSlice<'_>, TextScript, &[u32]),
    ) {
        let SegmentOwners {
            segment, owners, ..
        } = &self.segments[block.segment];
        let (script, articles) = (block.script, block.articles.clone());
        if let Some(slice) = segment.texts(script, articles.clone()) {
            return visit(&slice, script, owners);
        }
        // Something among these texts is damaged. The index is made again later.
        for article in articles {
            let owner = owners[article];
            if let Some(slice) = segment.texts(script, article..article + 1) {
                visit(&slice, script, owners);
            } else if owner != NO_OWNER {
                let mut writer = SegmentWriter::new(&IndexDirectory::none());
                writer.push(read(owner).each_ref().map(Option::as_ref));
                if let Some(slice) = writer.seal().texts(script, 0..1) {
                    visit(&slice, script, &[owner]);
                }
            }
        }
    }
}

/// One count of some patterns in all texts.
#[derive(Debug)]
pub(super) struct TextScan {
    patterns: Vec<(Term, Pattern)>,
    texts: TextBlocks,
    /// How often each pattern occurs in each entry, by pattern and id.
    counts: Vec<Vec<AtomicU32>>,
    total: AtomicU32,
    began: Instant,
}

/// Neighbouring articles of a segment in one script.
#[derive(Clone, Debug)]
pub(super) struct TextBlock {
    segment: usize,
    script: TextScript,
    articles: Range<usize>,
}

/// How a scan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextScanState {
    Cancelled,
    /// Something was found, and the rest takes long enough that it is worth a first answer.
    Paused,
    Done,
}

impl TextScan {
    /// `next_id` is one past the highest id.
    pub(super) fn new(
        patterns: Vec<(Term, Pattern)>,
        segments: Arc<[SegmentOwners]>,
        next_id: u32,
    ) -> Self {
        let texts = TextBlocks::new(segments, |script| {
            patterns.iter().any(|(_, it)| it.may_occur_in(script))
        });
        let counts = patterns
            .iter()
            .map(|_| (0..next_id).map(|_| AtomicU32::new(0)).collect())
            .collect();
        Self {
            patterns,
            texts,
            counts,
            total: AtomicU32::new(0),
            began: Instant::now(),
        }
    }

    /// Counts on, to the end unless it may pause.
    pub(super) fn run(
        &self,
        may_pause: bool,
        read: ReadTexts<'_>,
        is_current: &(dyn Fn() -> bool + Sync),
    ) -> TextScanState {
        let is_due = || {
            may_pause
                && self.total.load(Ordering::Relaxed) > 0
                && self.began.elapsed() >= FIRST_ANSWER
        };
        let next = || {
            if !is_current() || is_due() {
                return None;
            }
            self.texts.next()
        };
        run_parallel(next, |block| {
            let mut count = |slice: &TextSlice<'_>, script, owners: &[u32]| {
                self.count_slice(slice, script, owners);
            };
            self.texts.visit(block, read, &mut count);
        });
        if !is_current() {
            TextScanState::Cancelled
        } else if self.texts.is_done() {
            TextScanState::Done
        } else {
            TextScanState::Paused
        }
    }

    /// The counts of a pattern so far, by the id of the entry.
    pub(super) fn counts(&self, pattern: usize) -> Vec<u32> {
        self.counts[pattern]
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .collect()
    }

    /// Counts in some texts, given the owners of the texts of their segment.
    fn count_slice(&self, slice: &TextSlice<'_>, script: TextScript, owners: &[u32]) {
        for ((_, pattern), counts) in self.patterns.iter().zip(&self.counts) {
            if !pattern.may_occur_in(script) {
                continue;
            }
            let mut total = 0;
            for (article, count) in count_by_article(slice, pattern) {
                if let Some(&owner) = owners.get(article)
                    && let Some(sum) = counts.get(owner as usize)
                {
                    sum.fetch_add(count, Ordering::Relaxed);
                    total += count;
                }
            }
            self.total.fetch_add(total, Ordering::Relaxed);
        }
    }
}

/// How often a pattern occurs in the text of each article that contains it.
fn count_by_article(slice: &TextSlice<'_>, pattern: &Pattern) -> Vec<(usize, u32)> {
    let mut counts: Vec<(usize, u32)> = Vec::new();
    if pattern.is_short() {
        for (article, range) in slice.texts() {
            let count = slice
                .text
                .get(range)
                .map_or(0, |text| pattern.count_in(text));
            if count > 0 {
                counts.push((article, count));
            }
        }
        return counts;
    }
    // Each text ends with a line break, and no pattern contains one: nothing is found across
    // articles.
    let mut texts = slice.texts();
    let mut end = 0;
    for found in pattern.find_in(slice.text) {
        if let Some((_, count)) = counts.last_mut().filter(|_| found.start < end) {
            *count += 1;
            continue;
        }
        let Some((article, range)) = texts.find(|(_, range)| found.start < range.end) else {
            break;
        };
        end = range.end;
        counts.push((article, 1));
    }
    counts
}

/// Works on items on several threads, this one included, until there is none left.
pub(super) fn run_parallel<T>(next: impl Fn() -> Option<T> + Sync, work: impl Fn(T) + Sync) {
    let worker = || {
        while let Some(item) = next() {
            work(item);
        }
    };
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(MAX_THREADS);
    thread::scope(|scope| {
        for _ in 1..threads {
            // Without another thread this one does everything.
            let _ = thread::Builder::new()
                .name("search".into())
                .stack_size(8 << 20)
                .spawn_scoped(scope, worker);
        }
        worker();
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::WordBounds;
    use crate::library::index::{IndexDirectory, SegmentWriter};
    use crate::markdown::{BlockTexts, parse};
    use crate::text::{SourceKind, SourcePart};

    fn texts(source: &str) -> BlockTexts {
        BlockTexts::from(&parse(
            &[SourcePart {
                kind: SourceKind::Markdown,
                source,
                line: 1,
            }],
            "",
        ))
    }

    fn segment(articles: &[[String; 2]]) -> Arc<Segment> {
        let mut writer = SegmentWriter::new(&IndexDirectory::none());
        for sides in articles {
            let [chinese, english] = sides.each_ref().map(|side| texts(side));
            writer.push([Some(&chinese), Some(&english)]);
        }
        Arc::new(writer.seal())
    }

    fn term(text: &str) -> Term {
        Term {
            text: text.to_owned(),
            bounds: WordBounds::Anywhere,
        }
    }

    /// A segment whose texts have these owners.
    fn owned(segment: &Arc<Segment>, owners: impl IntoIterator<Item = u32>) -> SegmentOwners {
        SegmentOwners {
            owners: owners.into_iter().collect(),
            ..SegmentOwners::new(segment)
        }
    }

    /// The counts of patterns in articles of two sides, some in each segment.
    fn counted(articles: &[[String; 2]], each: usize, patterns: &[&str]) -> Vec<Vec<u32>> {
        let mut ids = 0..;
        let segments: Vec<SegmentOwners> = articles
            .chunks(each)
            .map(|articles| owned(&segment(articles), ids.by_ref().take(articles.len())))
            .collect();
        let mut cache = CountCache::default();
        let terms: Vec<Term> = patterns.iter().map(|pattern| term(pattern)).collect();
        let missing = cache.missing(&terms.iter().collect::<Vec<_>>());
        let scan = TextScan::new(missing, segments.into(), articles.len() as u32);
        assert_eq!(
            scan.run(false, &|_| [None, None], &|| true),
            TextScanState::Done
        );
        cache.keep(&scan);
        terms
            .iter()
            .map(|term| cache.get(term).unwrap().to_vec())
            .collect()
    }

    #[test]
    fn texts_of_any_script_are_searched_on_both_sides() {
        let articles = [
            ["水的 the 声音", "the sound of 水的 water"],
            ["the — no ideograph", "the “quoted” — the 　wide space"],
            ["的的的", ""],
            ["", "Éclair — AI技术 and the"],
        ];
        let articles = articles.map(|sides| sides.map(str::to_owned));
        let patterns = [
            "的",
            "the",
            "—",
            "“",
            "　",
            "AI技术",
            "ai",
            "É",
            "水的 the",
            "sound of 水",
            "e",
            " ",
        ];
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
            for (pattern, expected) in patterns.iter().zip(expected) {
                assert_eq!(
                    counted(&articles, each, &[pattern]),
                    [expected],
                    "{pattern:?}"
                );
            }
            assert_eq!(counted(&articles, each, &patterns), expected);
        }
    }

    #[test]
    fn only_texts_with_an_owner_count() {
        let texts = ["a", "a a", "a", "a a a"].map(|text| [String::new(), text.to_owned()]);
        let segments = [
            owned(&segment(&texts[..2]), [4, NO_OWNER]),
            owned(&segment(&texts[2..]), [0, 1]),
        ];
        let patterns = CountCache::default().missing(&[&term("a")]);
        let scan = TextScan::new(patterns, segments.into(), 6);
        assert_eq!(
            scan.run(true, &|_| [None, None], &|| false),
            TextScanState::Cancelled
        );
        assert_eq!(
            scan.run(false, &|_| [None, None], &|| true),
            TextScanState::Done
        );
        assert_eq!(scan.counts(0), [1, 3, 0, 0, 1, 0]);
    }

    #[test]
    fn the_counts_of_the_last_query_are_kept() {
        let mut cache = CountCache::default();
        let [a, b, c] = ["a", "b", "c"].map(term);
        for query in [[&a, &b], [&b, &c]] {
            cache.keep_only(&query);
            let scan = TextScan::new(cache.missing(&query), [].into(), 0);
            cache.keep(&scan);
        }
        assert_eq!(
            [&a, &b, &c].map(|term| cache.get(term).is_some()),
            [false, true, true]
        );
        assert!(cache.missing(&[&c, &b]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn counts_are_those_of_the_standard_library(
            articles in prop::collection::vec(prop::array::uniform2("([ab的是“　] ?){0,60}|[ab](a ?|b){0,60}|[ab的]{1,90}"), 1..12),
            patterns in prop::collection::vec("[ab的是“　]{1,3}", 1..4),
            each in 1..12_usize,
        ) {
            let patterns: Vec<&str> = patterns.iter().map(|pattern| &**pattern).collect();
            let count = |sides: &[String; 2], pattern: &str| {
                let texts = sides.each_ref().map(|side| texts(side).text);
                texts.map(|text| text.matches(pattern).count() as u32).iter().sum()
            };
            let expected = patterns.iter().map(|pattern| articles.iter().map(|sides| count(sides, pattern)).collect::<Vec<u32>>());
            prop_assert_eq!(counted(&articles, each, &patterns), expected.collect::<Vec<_>>());
        }
    }
}
