//! Which entries satisfy a query, and how well.

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;
use jiff::civil;
use jiff::{Span, ToSpan};
use memchr::memmem::Finder;

use super::entries::Entries;
use super::entry::{Entry, EntryId};
use super::query::{Condition, Days, Query};
use super::scripts::simplified;
use super::words::Words;
use crate::text;

/// How well an entry satisfies a query: the better, the earlier it stands in the filtered list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// Every word literally, and every other term.
    Literal,
    /// A word only by its pinyin or initials.
    Pinyin,
    /// Not at all.
    #[default]
    None,
}

/// The tier of each entry, by number. Pinyin takes longest, and is looked at only where asked for.
pub fn evaluate(query: &Query, entries: &mut Entries, today: civil::Date, with_pinyin: bool) -> Vec<Tier> {
    entries.prepare_words();
    let all: Vec<Tier> = (0..entries.bound()).map(|id| literal(entries.holds(EntryId(id)))).collect();
    let Some(condition) = &query.condition else { return all };
    let evaluation = Evaluation { entries, today, with_pinyin };
    let mut tiers = evaluation.of(condition);
    for (tier, all) in tiers.iter_mut().zip(all) {
        *tier = (*tier).max(all);
    }
    tiers
}

const fn literal(is_so: bool) -> Tier {
    if is_so { Tier::Literal } else { Tier::None }
}

struct Evaluation<'a> {
    entries: &'a Entries,
    today: civil::Date,
    with_pinyin: bool,
}

impl Evaluation<'_> {
    /// The tiers by a condition; what they say of numbers that no entry has is not to be looked at.
    fn of(&self, condition: &Condition) -> Vec<Tier> {
        match condition {
            Condition::All(all) => self.combined(all, Ord::max),
            Condition::Any(all) => self.combined(all, Ord::min),
            Condition::Not(inner) => self.of(inner).into_iter().map(|tier| literal(tier == Tier::None)).collect(),
            Condition::Word(word) => self.word(word),
            Condition::Phrase(phrase) => self.holding(phrase),
            Condition::Date(days) => self.by_number(|id| literal(self.falls_on(id, *days))),
            Condition::Tag(tag) => {
                self.by_entry(|entry| entry.tags.iter().any(|own| text::folded(own).starts_with(tag.as_str())))
            }
            Condition::Author(author) => self
                .by_entry(|entry| entry.source.as_ref().is_some_and(|own| text::folded(own).contains(author.as_str()))),
            Condition::Language(side) => self.by_entry(|entry| entry.languages[*side as usize]),
            Condition::HasProblem => self.by_entry(|entry| entry.problems > 0),
        }
    }

    fn combined(&self, all: &[Condition], choose: fn(Tier, Tier) -> Tier) -> Vec<Tier> {
        let mut all = all.iter().map(|condition| self.of(condition));
        let mut tiers = all.next().unwrap_or_default();
        for others in all {
            for (tier, other) in tiers.iter_mut().zip(others) {
                *tier = choose(*tier, other);
            }
        }
        tiers
    }

    /// A word: literally anywhere, or in a title by its pinyin.
    fn word(&self, word: &str) -> Vec<Tier> {
        let mut tiers = self.holding(word);
        let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
        // A single letter would be the initial of everything.
        if !self.with_pinyin || letters == 0 || word.chars().count() < 2 {
            return tiers;
        }
        // Who types pinyin without its dots types v or u.
        let spelled = simplified(word).replace('ü', "v");
        let notation = PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter;
        let matcher = IbMatcher::builder(spelled.as_str()).pinyin(PinyinMatchConfig::notations(notation)).build();
        self.each_words(|id, words, at| {
            let tier = &mut tiers[id.0 as usize];
            let title = words.titles(at);
            if *tier == Tier::None && !title.is_ascii() {
                // Folded words are UTF-8 by their making; a word cannot be found in what is not.
                let is_match = |line: &[u8]| std::str::from_utf8(line).is_ok_and(|line| matcher.is_match(line));
                if title.split(|&byte| byte == b'\n').any(is_match) {
                    *tier = Tier::Pinyin;
                }
            }
        });
        tiers
    }

    /// The entries in whose words a text stands, in either script, found by one scan over all of them.
    fn holding(&self, wanted: &str) -> Vec<Tier> {
        let mut tiers = vec![Tier::None; self.entries.bound() as usize];
        let wanted = simplified(wanted);
        let finder = Finder::new(&wanted);
        let mut mark = |words: &Words<'_>, id: &dyn Fn(usize) -> EntryId| {
            let mut from = 0;
            while let Some(hit) = words.text.get(from..).and_then(|rest| finder.find(rest)) {
                let at = words.entry_at(from + hit);
                let Some(end) = words.ends.get(at) else { break };
                tiers[id(at).0 as usize] = Tier::Literal;
                from = end.all as usize;
                if wanted.is_empty() && words.all(at).is_empty() {
                    break;
                }
            }
        };
        for (first, words) in self.entries.words() {
            mark(&words, &|at| EntryId(first.0 + at as u32));
        }
        // What changed says nothing by its old words any more.
        let (changed, words) = self.entries.changed_words();
        let mut anew = vec![Tier::None; changed.len()];
        for (at, tier) in anew.iter_mut().enumerate() {
            *tier = literal(finder.find(words.all(at)).is_some());
        }
        for (&id, tier) in changed.iter().zip(anew) {
            tiers[id.0 as usize] = tier;
        }
        tiers
    }

    fn each_words(&self, mut tell: impl FnMut(EntryId, &Words<'_>, usize)) {
        for (first, words) in self.entries.words() {
            for at in 0..words.len() {
                let id = EntryId(first.0 + at as u32);
                if self.entries.is_current(id) {
                    tell(id, &words, at);
                }
            }
        }
        let (changed, words) = self.entries.changed_words();
        for (at, &id) in changed.iter().enumerate() {
            tell(id, &words, at);
        }
    }

    fn by_number(&self, tier: impl Fn(EntryId) -> Tier) -> Vec<Tier> {
        (0..self.entries.bound()).map(|id| tier(EntryId(id))).collect()
    }

    fn by_entry(&self, is_so: impl Fn(&Entry) -> bool) -> Vec<Tier> {
        self.by_number(|id| literal(self.entries.get(id).is_some_and(|entry| is_so(&entry))))
    }

    fn falls_on(&self, id: EntryId, days: Days) -> bool {
        let day = self.entries.day(id);
        match days {
            Days::Undated => day.is_none(),
            Days::Between(from, to) => {
                day.is_some_and(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
            }
            Days::Last(number) => {
                let back: Span = i64::from(number.min(3_000_000) - 1).days();
                let first = self.today.checked_sub(back).unwrap_or(civil::Date::MIN);
                day.is_some_and(|day| day >= first && day <= self.today)
            }
        }
    }
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
