//! An exact text to search for, whatever its case.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::library::index::{TextScript, fold_text};

/// Patterns of at most this many bytes are counted by comparing bytes side by side: one Chinese
/// character, or a short English word.
const SHORT: usize = 4;
/// How many offsets are compared together.
const STEP: usize = 32;
/// After how many steps counts of one byte are added up, so that they do not overflow.
const MOST_STEPS: usize = 254;

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    finder: Finder<'static>,
    /// Whether two occurrences never overlap, so that every offset at which it matches counts.
    is_borderless: bool,
    script: TextScript,
}

impl Pattern {
    /// The pattern for a text as it was typed. None if it is empty.
    pub(super) fn new(text: &str) -> Option<Self> {
        let folded = fold_text(text);
        let bytes = folded.as_bytes();
        let is_borderless =
            (1..bytes.len()).all(|length| bytes[..length] != bytes[bytes.len() - length..]);
        let script = TextScript::of(bytes);
        (!bytes.is_empty()).then(|| Self {
            finder: Finder::new(bytes).into_owned(),
            is_borderless,
            script,
        })
    }

    /// Whether it can occur in texts of a script.
    pub(super) fn may_occur_in(&self, script: TextScript) -> bool {
        self.script == TextScript::Latin || script == TextScript::Cjk
    }

    /// Where it occurs in a folded text, from left to right, without overlaps.
    pub(super) fn find_in<'a>(
        &'a self,
        folded: &'a [u8],
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let length = self.finder.needle().len();
        self.finder
            .find_iter(folded)
            .map(move |start| start..start + length)
    }

    /// Whether it is so short that it may occur everywhere, and [`Self::count_in`] is quicker than
    /// finding.
    pub(super) fn is_short(&self) -> bool {
        self.is_borderless && self.finder.needle().len() <= SHORT
    }

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

/// How often some bytes occur. It does not branch on matches, so a frequent pattern takes no longer
/// than a rare one; vectorised by the compiler.
fn count<const N: usize>(text: &[u8], pattern: [u8; N]) -> u32 {
    let places = (text.len() + 1).saturating_sub(N);
    let whole = places / STEP * STEP;
    let mut last = [0; STEP + SHORT];
    last[..text.len() - whole].copy_from_slice(&text[whole..]);
    let mut counts = [0; STEP];
    count_step(&last, pattern, &mut counts);
    let mut total = 0;
    for start in (0..whole).step_by(MOST_STEPS * STEP) {
        for at in (start..whole.min(start + MOST_STEPS * STEP)).step_by(STEP) {
            count_step(&text[at..], pattern, &mut counts);
        }
        total += counts.iter().map(|&count| u32::from(count)).sum::<u32>();
        counts = [0; STEP];
    }
    total + counts.iter().map(|&count| u32::from(count)).sum::<u32>()
}

/// Adds 1 to the count of each offset at which the bytes occur.
fn count_step<const N: usize>(text: &[u8], pattern: [u8; N], counts: &mut [u8; STEP]) {
    let window = &text[..STEP + N - 1];
    for (at, count) in counts.iter_mut().enumerate() {
        *count += (0..N).fold(1, |is_here, byte| {
            is_here & u8::from(window[at + byte] == pattern[byte])
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pattern_has_no_case_and_its_matches_do_not_overlap() {
        let pattern = Pattern::new("aA").unwrap();
        let found: Vec<_> = pattern.find_in(b"aaaaa").collect();
        assert_eq!(found, [0..2, 2..4]);
        assert_eq!((pattern.count_in(b"aaaaa"), pattern.is_short()), (2, false));
        assert!(Pattern::new("").is_none());
        assert!(Pattern::new("的").is_some_and(|pattern| pattern.is_short()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn matches_are_counted_as_the_standard_library_does(text in "[ab的是]{0,400}", word in "[ab的是]{1,3}") {
            let pattern = Pattern::new(&word).unwrap();
            prop_assert_eq!(pattern.count_in(text.as_bytes()) as usize, text.matches(&word).count());
        }
    }
}
