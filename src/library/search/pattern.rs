//! What is looked for: an exact text, whatever its case.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::library::index::{Pairs, fold_text, is_wide};

/// Needles of at most so many bytes are counted by comparing bytes side by side: one Chinese character, or a short English word.
const SHORT: usize = 4;
/// How many places are looked at together.
const STEP: usize = 32;
/// In how many steps finds are counted in bytes, with room for one more.
const MOST: usize = 254;

/// An exact text to look for in folded texts.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    finder: Finder<'static>,
    /// Whether no two finds can share a byte, so that counting places is counting finds.
    is_borderless: bool,
    is_wide: bool,
    /// The pairs of English letters in it.
    pairs: Pairs,
}

impl Pattern {
    /// A needle of a text as it was typed; none of an empty one.
    pub(super) fn new(text: &str) -> Option<Self> {
        let folded = fold_text(text);
        let bytes = folded.as_bytes();
        let is_borderless = (1..bytes.len()).all(|length| bytes[..length] != bytes[bytes.len() - length..]);
        let (is_wide, pairs) = (is_wide(bytes), Pairs::of(bytes));
        (!bytes.is_empty()).then(|| Self { finder: Finder::new(bytes).into_owned(), is_borderless, is_wide, pairs })
    }

    /// Whether it stands in wide texts only.
    pub(super) const fn is_wide(&self) -> bool {
        self.is_wide
    }

    /// The pairs of English letters that a text holds in which it stands.
    pub(super) const fn pairs(&self) -> Pairs {
        self.pairs
    }

    /// Where it stands in a folded text, from left to right, none over another.
    pub(super) fn find_in<'a>(&'a self, folded: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
        let length = self.finder.needle().len();
        self.finder.find_iter(folded).map(move |start| start..start + length)
    }

    /// Whether it is so short that it may stand anywhere, and [`Self::count_in`] is quicker than finding.
    pub(super) fn is_short(&self) -> bool {
        self.is_borderless && self.finder.needle().len() <= SHORT
    }

    /// How often it stands in a folded text.
    pub(super) fn count_in(&self, folded: &[u8]) -> u32 {
        match *self.finder.needle() {
            [a] => memchr::memchr_iter(a, folded).count() as u32,
            [a, b] if self.is_borderless => count(folded, [a, b]),
            [a, b, c] if self.is_borderless => count(folded, [a, b, c]),
            [a, b, c, d] if self.is_borderless => count(folded, [a, b, c, d]),
            _ => self.find_in(folded).count() as u32,
        }
    }
}

/// The places where some bytes stand. Nothing in it depends on what is found, so it takes as long for what stands everywhere as for what
/// stands nowhere; compiled to vector instructions.
fn count<const N: usize>(text: &[u8], needle: [u8; N]) -> u32 {
    let places = (text.len() + 1).saturating_sub(N);
    let whole = places / STEP * STEP;
    let mut last = [0; STEP + SHORT];
    last[..text.len() - whole].copy_from_slice(&text[whole..]);
    let mut counts = [0; STEP];
    count_step(&last, needle, &mut counts);
    let mut total = 0;
    for start in (0..whole).step_by(MOST * STEP) {
        for at in (start..whole.min(start + MOST * STEP)).step_by(STEP) {
            count_step(&text[at..], needle, &mut counts);
        }
        total += counts.iter().map(|&count| u32::from(count)).sum::<u32>();
        counts = [0; STEP];
    }
    total + counts.iter().map(|&count| u32::from(count)).sum::<u32>()
}

/// Counts up for each of some places at which the bytes stand.
fn count_step<const N: usize>(text: &[u8], needle: [u8; N], counts: &mut [u8; STEP]) {
    let window = &text[..STEP + N - 1];
    for (at, count) in counts.iter_mut().enumerate() {
        *count += (0..N).fold(1, |is_here, byte| is_here & u8::from(window[at + byte] == needle[byte]));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_needle_has_no_case_and_its_finds_do_not_overlap() {
        let needle = Pattern::new("aA").unwrap();
        let found: Vec<_> = needle.find_in(b"aaaaa").collect();
        assert_eq!(found, [0..2, 2..4]);
        assert_eq!((needle.count_in(b"aaaaa"), needle.is_short()), (2, false));
        assert!(Pattern::new("").is_none());
        assert!(Pattern::new("的").is_some_and(|needle| needle.is_short()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_counts_what_the_standard_library_finds(text in "[ab的是]{0,400}", word in "[ab的是]{1,3}") {
            let needle = Pattern::new(&word).unwrap();
            prop_assert_eq!(needle.count_in(text.as_bytes()) as usize, text.matches(&word).count());
        }
    }
}
