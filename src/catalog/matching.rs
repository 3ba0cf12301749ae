//! Which entries satisfy a query, and how well.

mod fields;
mod loose;
mod pinyin;
mod utf8;
mod word;

use std::ops::Range;

use jiff::civil;

use super::entries::Entries;
use super::entry::EntryId;
use super::mark::Marks;
use super::query::{Condition, Query};

/// How well an entry satisfies a query: the better, the earlier it stands in the filtered list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tier {
    /// Not at all.
    #[default]
    None,
    /// Every word literally (or by the other script), and every other term.
    Literal,
    /// A word only by its pinyin or initials, in a title.
    Pinyin,
    /// A word only loosely: its letters in order, close together.
    Loose,
    /// A word only by its pinyin or initials, outside of the titles: in long texts any initials stand somewhere.
    Aside,
}

/// What a query is judged by besides the entries.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the reader did with the articles.
    pub marks: &'a Marks,
    /// Today, for `date:7d`.
    pub today: civil::Date,
    /// When the reader's last visit ended, in milliseconds since 1970, for `is:new`; none on the first visit, when nothing is new.
    pub last_visit: Option<i64>,
    /// Whether pinyin is looked at: it takes longest.
    pub with_pinyin: bool,
}

/// The tiers of the entries of some numbers, whose words are [prepared](Entries::prepare_words); [`Tier::None`] where one is gone. For each text
/// that the query wants or forbids, `counts` tells how often it stands in each entry, by number from 0 on; in what it leaves out it does not.
pub fn evaluate<'a>(
    query: &Query,
    entries: &Entries,
    numbers: Range<u32>,
    context: &Context<'_>,
    counts: &dyn Fn(&str) -> &'a [u32],
) -> Vec<Tier> {
    let judge = Judge { entries, numbers: numbers.clone(), context, counts };
    let mut tiers = match &query.condition {
        Some(condition) => judge.tiers(condition),
        None => judge.all(Tier::Literal),
    };
    for (tier, id) in tiers.iter_mut().zip(numbers) {
        if *tier != Tier::None && !entries.holds(EntryId(id)) {
            *tier = Tier::None;
        }
    }
    tiers
}

struct Judge<'a, 'b> {
    entries: &'a Entries,
    numbers: Range<u32>,
    context: &'a Context<'a>,
    counts: &'a dyn Fn(&str) -> &'b [u32],
}

impl Judge<'_, '_> {
    fn all(&self, tier: Tier) -> Vec<Tier> {
        vec![tier; self.numbers.len()]
    }

    fn tiers(&self, condition: &Condition) -> Vec<Tier> {
        match condition {
            Condition::All(all) => self.several(all, Tier::Literal, |one, other| {
                if one == Tier::None || other == Tier::None { Tier::None } else { one.max(other) }
            }),
            Condition::Any(any) => self.several(any, Tier::None, |one, other| {
                if one == Tier::None || other == Tier::None { one.max(other) } else { one.min(other) }
            }),
            Condition::Not(one) => {
                let mut tiers = self.tiers(one);
                for tier in &mut tiers {
                    *tier = satisfied(*tier == Tier::None);
                }
                tiers
            }
            Condition::Word(word) => word::tiers(word, self.entries, &self.numbers, self.context.with_pinyin),
            Condition::Text(text) => {
                let counts = (self.counts)(text);
                let holds = |number: u32| counts.get(number as usize).is_some_and(|&count| count > 0);
                self.numbers.clone().map(|number| satisfied(holds(number))).collect()
            }
            field => fields::tiers(field, self.entries, &self.numbers, self.context),
        }
    }

    fn several(&self, conditions: &[Condition], start: Tier, both: fn(Tier, Tier) -> Tier) -> Vec<Tier> {
        let mut tiers = self.all(start);
        for condition in conditions {
            for (tier, other) in tiers.iter_mut().zip(self.tiers(condition)) {
                *tier = both(*tier, other);
            }
        }
        tiers
    }
}

/// The tier of a term that is satisfied or not.
const fn satisfied(is_satisfied: bool) -> Tier {
    if is_satisfied { Tier::Literal } else { Tier::None }
}

#[cfg(test)]
#[path = "matching/tests.rs"]
mod tests;
