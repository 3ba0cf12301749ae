//! A word of a query, matched against the filter text of all entries.

use std::ops::Range;

use memchr::memmem::Finder;

use super::loose::Loose;
use super::pinyin::Pinyin;
use super::tier::Tier;
use crate::catalog::entries::Entries;
use crate::catalog::filter_text::{FilterText, simplified};

/// The tiers of the entries with these ids.
pub(super) fn tiers(word: &str, entries: &Entries, ids: &Range<u32>, with_pinyin: bool) -> Vec<Tier> {
    let word = simplified(word);
    let matcher = WordMatcher {
        literal: Finder::new(&word),
        pinyin: if with_pinyin { Pinyin::new(&word) } else { None },
        loose: Loose::new(&word),
    };
    let mut tiers = vec![Tier::None; ids.len()];
    for slot in entries.slots() {
        let start = ids.start.clamp(slot.first, slot.end());
        let end = ids.end.clamp(slot.first, slot.end());
        if start < end {
            let places = (start - slot.first) as usize..(end - slot.first) as usize;
            let tiers = &mut tiers[(start - ids.start) as usize..(end - ids.start) as usize];
            matcher.set_tiers(slot.filter_text(), places, tiers);
        }
    }
    let text = entries.changed_text();
    for (at, id) in entries.changed().keys().enumerate().filter(|(_, id)| ids.contains(&id.0)) {
        let tier = &mut tiers[(id.0 - ids.start) as usize];
        *tier = Tier::None;
        matcher.set_tiers(text, at..at + 1, std::slice::from_mut(tier));
    }
    tiers
}

struct WordMatcher<'a> {
    literal: Finder<'a>,
    pinyin: Option<Pinyin>,
    loose: Option<Loose>,
}

impl WordMatcher<'_> {
    /// Sets the tier of each place in a range whose text matches.
    fn set_tiers(&self, text: FilterText<'_>, places: Range<usize>, tiers: &mut [Tier]) {
        self.set_literal(text, &places, tiers);
        if self.pinyin.is_none() && self.loose.is_none() {
            return;
        }
        for (at, tier) in places.zip(tiers).filter(|(_, tier)| **tier == Tier::None) {
            let has_pinyin = |text: &str| self.pinyin.as_ref().is_some_and(|pinyin| pinyin.is_in(text));
            let titles = text.titles(at);
            if has_pinyin(titles) {
                *tier = Tier::Pinyin;
            } else if self.loose.as_ref().is_some_and(|loose| loose.is_in(titles)) {
                *tier = Tier::Loose;
            } else if has_pinyin(text.rest(at)) {
                *tier = Tier::PinyinElsewhere;
            }
        }
    }

    /// One scan over the text of all places; after a match it goes on behind the entry.
    fn set_literal(&self, text: FilterText<'_>, places: &Range<usize>, tiers: &mut [Tier]) {
        let mut at = places.start;
        let mut from = text.start(at);
        let Some(bytes) = text.text.get(..text.start(places.end)) else { return };
        while let Some(offset) = bytes.get(from..).and_then(|rest| self.literal.find(rest)) {
            while text.end(at) <= from + offset {
                at += 1;
            }
            let Some(tier) = tiers.get_mut(at - places.start) else { return };
            *tier = Tier::Literal;
            from = text.end(at);
            at += 1;
        }
    }
}
