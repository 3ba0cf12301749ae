//! A term to search for, whatever its case.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::catalog::{Term, WordBounds};
use crate::library::index::{TextScript, fold_text};

/// Patterns of at most this many bytes are counted by comparing bytes side by side: one Chinese
/// character, or a short English word.
const SHORT: usize = 4;
/// How many offsets are compared together.
const STEP: usize = 32;
/// After how many steps counts of one byte are added up, so that they do not overflow.
const MOST_STEPS: usize = 254;

/// A term to search for in folded texts.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    finder: Finder<'static>,
    bounds: WordBounds,
    /// Whether two occurrences never overlap, so that every offset at which it matches counts.
    is_borderless: bool,
    script: TextScript,
}

impl Pattern {
    /// The pattern for a term. None if it is empty.
    pub(super) fn new(term: &Term) -> Option<Self> {
        let folded = fold_text(&term.text);
        let bytes = folded.as_bytes();
        // Between Chinese characters every match counts.
        let is_chinese = |byte: Option<&u8>| {
            byte.is_some_and(|byte| (0x80..0xC0).contains(byte) || *byte >= 0xE3)
        };
        let bounds = if is_chinese(bytes.first()) && is_chinese(bytes.last()) {
            WordBounds::Anywhere
        } else {
            term.bounds
        };
        let is_borderless =
            (1..bytes.len()).all(|length| bytes[..length] != bytes[bytes.len() - length..]);
        let script = TextScript::of(bytes);
        (!bytes.is_empty()).then(|| Self {
            finder: Finder::new(bytes).into_owned(),
            bounds,
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
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let start = from + self.finder.find(folded.get(from..)?)?;
                let found = start..start + self.finder.needle().len();
                if self.bounds.allow(folded, &found) {
                    from = found.end;
                    return Some(found);
                }
                from = found.start + 1;
            }
        })
    }

    /// Whether it is so short that it may occur everywhere, and [`Self::count_in`] is quicker than
    /// finding.
    pub(super) fn is_short(&self) -> bool {
        self.bounds == WordBounds::Anywhere
            && self.is_borderless
            && self.finder.needle().len() <= SHORT
    }

    pub(super) fn count_in(&self, folded: &[u8]) -> u32 {
        match *self.finder.needle() {
            _ if self.bounds != WordBounds::Anywhere => self.find_in(folded).count() as u32,
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

    fn pattern(text: &str, bounds: WordBounds) -> Option<Pattern> {
        Pattern::new(&Term {
            text: text.to_owned(),
            bounds,
        })
    }

    #[test]
    fn a_pattern_has_no_case_and_its_matches_do_not_overlap() {
        let aa = pattern("aA", WordBounds::Anywhere).unwrap();
        let found: Vec<_> = aa.find_in(b"aaaaa").collect();
        assert_eq!(found, [0..2, 2..4]);
        assert_eq!((aa.count_in(b"aaaaa"), aa.is_short()), (2, false));
        assert!(pattern("", WordBounds::Start).is_none());
        assert!(pattern("的", WordBounds::Whole).is_some_and(|pattern| pattern.is_short()));
    }

    #[test]
    fn english_is_found_where_words_begin_and_chinese_anywhere() {
        for (text, word, counts) in [
            ("ai, aid and failure, 在ai里", "ai", [3, 2, 4]),
            ("café, cafés; recafé é", "café", [2, 1, 3]),
            ("2012 and 12.5 12", "12", [2, 2, 3]),
            ("不可能的可能", "可能", [2, 2, 2]),
            ("xa a a a", "a a", [1, 1, 2]),
            ("电力ai芯片ai", "ai芯片", [1, 1, 1]),
        ] {
            let bounds = [WordBounds::Start, WordBounds::Whole, WordBounds::Anywhere];
            let counted =
                bounds.map(|bounds| pattern(word, bounds).unwrap().count_in(text.as_bytes()));
            assert_eq!(counted, counts, "{word} in {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn matches_are_counted_as_the_standard_library_does(text in "[ab的是]{0,400}", word in "[ab的是]{1,3}") {
            let pattern = pattern(&word, WordBounds::Anywhere).unwrap();
            prop_assert_eq!(pattern.count_in(text.as_bytes()) as usize, text.matches(&word).count());
        }
    }
}
