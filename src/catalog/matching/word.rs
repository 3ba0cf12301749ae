//! One word of a query against the words of all entries.

use std::ops::Range;

use memchr::memmem::Finder;

use super::Tier;
use super::loose::Loose;
use super::pinyin::Pinyin;
use crate::catalog::entries::Entries;
use crate::catalog::entry::EntryId;
use crate::catalog::scripts::simplified;
use crate::catalog::words::Words;

/// How well the words of the entries of some numbers hold a word.
pub(super) fn tiers(word: &str, entries: &Entries, numbers: &Range<u32>, with_pinyin: bool) -> Vec<Tier> {
    let word = simplified(word);
    let ways = Ways {
        literal: Finder::new(&word),
        pinyin: with_pinyin.then(|| Pinyin::new(&word)).flatten(),
        loose: Loose::new(&word),
    };
    let mut tiers = vec![Tier::None; numbers.len()];
    for (EntryId(first), words) in entries.words() {
        let end = first + words.len() as u32;
        let (from, to) = (numbers.start.clamp(first, end), numbers.end.clamp(first, end));
        if from < to {
            let part = &mut tiers[(from - numbers.start) as usize..(to - numbers.start) as usize];
            ways.judge(words, (from - first) as usize..(to - first) as usize, part);
        }
    }
    let (ids, words) = entries.changed_words();
    let place = |number: u32| ids.partition_point(|id| id.0 < number);
    let range = place(numbers.start)..place(numbers.end);
    let mut changed = vec![Tier::None; range.len()];
    ways.judge(words, range.clone(), &mut changed);
    for (id, tier) in ids[range].iter().zip(changed) {
        tiers[(id.0 - numbers.start) as usize] = tier;
    }
    tiers
}

struct Ways<'a> {
    literal: Finder<'a>,
    pinyin: Option<Pinyin>,
    loose: Option<Loose>,
}

impl Ways<'_> {
    /// Sets the tier of each entry of a range whose words match.
    fn judge(&self, words: Words<'_>, range: Range<usize>, tiers: &mut [Tier]) {
        self.literally(words, &range, tiers);
        if self.pinyin.is_none() && self.loose.is_none() {
            return;
        }
        for (at, tier) in range.zip(tiers).filter(|(_, tier)| **tier == Tier::None) {
            let titles = words.titles(at);
            if self.pinyin.as_ref().is_some_and(|pinyin| pinyin.is_in(titles)) {
                *tier = Tier::Pinyin;
            } else if self.loose.as_ref().is_some_and(|loose| loose.is_in(titles)) {
                *tier = Tier::Loose;
            } else if self.pinyin.as_ref().is_some_and(|pinyin| pinyin.is_in(words.beside(at))) {
                *tier = Tier::Aside;
            }
        }
    }

    /// One scan through the words of a range; after a hit it goes on behind the entry.
    fn literally(&self, words: Words<'_>, range: &Range<usize>, tiers: &mut [Tier]) {
        let end = |entry: usize| words.ends.get(entry).map_or(0, |end| end.all as usize);
        let start = range.start.checked_sub(1).map_or(0, end);
        let Some(text) = words.text.get(..range.end.checked_sub(1).map_or(0, end)) else { return };
        let (mut from, mut entry) = (start, range.start);
        while let Some(hit) = text.get(from..).and_then(|rest| self.literal.find(rest)) {
            while end(entry) <= from + hit {
                entry += 1;
            }
            let Some(tier) = tiers.get_mut(entry - range.start) else { return };
            *tier = Tier::Literal;
            from = end(entry);
            entry += 1;
        }
    }
}
