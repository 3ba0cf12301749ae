//! How near to each other the words of a query stand in each text.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::count::{ReadTexts, SegmentOwners, TextBlocks, run_parallel};
use super::pattern::Pattern;

/// How many bytes before and after the rarest word the others stand: in about a sentence, 60 Chinese
/// characters or 30 English words; and in about a paragraph.
const REACHES: [usize; 2] = [180, 900];
/// The distance of words that stand farther apart, or not all in one language.
const APART: u8 = REACHES.len() as u8;

/// The distance of some patterns, the rarest first, by the id of the entry, of those that
/// `is_wanted`: which of [`REACHES`] they are in, or [`APART`]. `next_id` is one past the highest
/// id. Takes time in proportion to the number of matches of the rarest. `None` if cancelled.
pub(super) fn distances(
    patterns: &[Pattern],
    segments: Arc<[SegmentOwners]>,
    next_id: u32,
    is_wanted: &(dyn Fn(u32) -> bool + Sync),
    read: ReadTexts<'_>,
    is_current: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<u8>> {
    let all: Vec<AtomicU8> = (0..next_id).map(|_| AtomicU8::new(APART)).collect();
    let texts = TextBlocks::new(segments, |script| {
        patterns.iter().all(|pattern| pattern.may_occur_in(script))
    });
    let next = || if is_current() { texts.next() } else { None };
    run_parallel(next, |block| {
        texts.visit(block, read, &mut |slice, _, owners| {
            for (article, range) in slice.texts() {
                if let Some(&owner) = owners.get(article)
                    && let Some(best) = all.get(owner as usize)
                    && is_wanted(owner)
                    && let Some(text) = slice.text.get(range)
                {
                    best.fetch_min(distance(text, patterns), Ordering::Relaxed);
                }
            }
        });
    });
    is_current().then(|| all.into_iter().map(AtomicU8::into_inner).collect())
}

/// The distance of patterns in a text, the rarest first.
fn distance(text: &[u8], patterns: &[Pattern]) -> u8 {
    let mut best = APART;
    let Some((rarest, others)) = patterns.split_first() else {
        return best;
    };
    for found in rarest.find_in(text) {
        let is_within = |reach: &usize| {
            let end = text.len().min(found.end + reach);
            let around = &text[found.start.saturating_sub(*reach)..end];
            others
                .iter()
                .all(|other| other.find_in(around).next().is_some())
        };
        let nearer = REACHES[..best.into()].iter().position(is_within);
        best = nearer.map_or(best, |reach| reach as u8);
        if best == 0 {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::{Term, WordBounds};

    fn patterns(words: &[&str]) -> Vec<Pattern> {
        let pattern = |word: &&str| {
            Pattern::new(&Term {
                text: (*word).to_owned(),
                bounds: WordBounds::Anywhere,
            })
        };
        words.iter().filter_map(pattern).collect()
    }

    #[test]
    fn all_words_stand_around_one() {
        let [near, far] = [600, 1200].map(|length| "-".repeat(length));
        for (words, text, expected) in [
            (&["a", "b"][..], "b a", 0),
            (&["a", "b"], "b", APART),
            (&["a", "b", "c"], "a c", APART),
            (&["电池", "电"], "电池", 0),
            (&["a", "b"], &format!("a{near}b"), 1),
            (&["a", "b"], &format!("b{far}a{far}ab{far}a"), 0),
            (&["a", "b", "c"], &format!("c{near}a{near}b"), 1),
            (&["a", "b", "c"], &format!("ac{far}b"), APART),
        ] {
            let found = distance(text.as_bytes(), &patterns(words));
            assert_eq!(found, expected, "{words:?} in {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_nearest_pair_counts(text in "[ab]{0,3}(-{90,600}[ab]){0,9}") {
            let places = |of: u8| text.bytes().enumerate().filter(move |(_, byte)| *byte == of);
            let pairs = places(b'a').flat_map(|a| places(b'b').map(move |b| a.0.abs_diff(b.0)));
            let expected = match pairs.min() {
                Some(0..=180) => 0,
                Some(0..=900) => 1,
                _ => APART,
            };
            prop_assert_eq!(distance(text.as_bytes(), &patterns(&["a", "b"])), expected);
        }
    }
}
