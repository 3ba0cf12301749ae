//! One word of a query against the words of all entries.

use memchr::memmem::Finder;

use super::Tier;
use super::loose::Loose;
use super::pinyin::Pinyin;
use crate::catalog::entries::Entries;
use crate::catalog::entry::EntryId;
use crate::catalog::scripts::simplified;
use crate::catalog::words::Words;

/// How well the words of each entry hold a word, by number.
pub(super) fn tiers(word: &str, entries: &Entries, with_pinyin: bool) -> Vec<Tier> {
    let word = simplified(word);
    let ways = Ways {
        literal: Finder::new(&word),
        pinyin: with_pinyin.then(|| Pinyin::new(&word)).flatten(),
        loose: Loose::new(&word),
    };
    let mut tiers = vec![Tier::None; entries.bound() as usize];
    for (EntryId(first), words) in entries.words() {
        if let Some(part) = tiers.get_mut(first as usize..).and_then(|tiers| tiers.get_mut(..words.len())) {
            ways.judge(words, part);
        }
    }
    let (ids, words) = entries.changed_words();
    let mut changed = vec![Tier::None; words.len()];
    ways.judge(words, &mut changed);
    for (id, tier) in ids.iter().zip(changed) {
        if let Some(place) = tiers.get_mut(id.0 as usize) {
            *place = tier;
        }
    }
    tiers
}

struct Ways<'a> {
    literal: Finder<'a>,
    pinyin: Option<Pinyin>,
    loose: Option<Loose>,
}

impl Ways<'_> {
    /// Sets the tier of each entry whose words match.
    fn judge(&self, words: Words<'_>, tiers: &mut [Tier]) {
        self.literally(words, tiers);
        if self.pinyin.is_none() && self.loose.is_none() {
            return;
        }
        for (at, tier) in tiers.iter_mut().enumerate().filter(|(_, tier)| **tier == Tier::None) {
            if self.pinyin.as_ref().is_some_and(|pinyin| pinyin.is_in(words.all(at))) {
                *tier = Tier::Pinyin;
            } else if self.loose.as_ref().is_some_and(|loose| loose.is_in(words.titles(at))) {
                *tier = Tier::Loose;
            }
        }
    }

    /// One scan through all words; after a hit it goes on behind the entry.
    fn literally(&self, words: Words<'_>, tiers: &mut [Tier]) {
        let (mut from, mut entry) = (0, 0);
        while let Some(hit) = words.text.get(from..).and_then(|rest| self.literal.find(rest)) {
            while words.ends.get(entry).is_some_and(|end| end.all as usize <= from + hit) {
                entry += 1;
            }
            let (Some(tier), Some(end)) = (tiers.get_mut(entry), words.ends.get(entry)) else { return };
            *tier = Tier::Literal;
            from = end.all as usize;
            entry += 1;
        }
    }
}
