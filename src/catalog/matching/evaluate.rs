//! A query is evaluated term by term, each over all entries at once.

use std::ops::Range;

use super::fields;
use super::tier::{FilterContext, Tier};
use super::word;
use crate::catalog::entries::Entries;
use crate::catalog::entry::EntryId;
use crate::catalog::query::{Condition, Query};

/// The tiers of the entries with these ids; [`Tier::None`] if an entry is gone. For each text that the query names, `counts`
/// returns how often it occurs in each entry, by id from 0 on; 0 beyond the end.
pub fn evaluate<'a>(
    query: &Query,
    entries: &Entries,
    ids: Range<u32>,
    context: &FilterContext<'_>,
    counts: &dyn Fn(&str) -> &'a [u32],
) -> Vec<Tier> {
    let evaluator = Evaluator { entries, ids: ids.clone(), context, counts };
    let mut tiers = match &query.condition {
        Some(condition) => evaluator.tiers(condition),
        None => vec![Tier::Literal; ids.len()],
    };
    for (tier, id) in tiers.iter_mut().zip(ids) {
        if *tier != Tier::None && !entries.contains(EntryId(id)) {
            *tier = Tier::None;
        }
    }
    tiers
}

struct Evaluator<'a, 'b> {
    entries: &'a Entries,
    ids: Range<u32>,
    context: &'a FilterContext<'a>,
    counts: &'a dyn Fn(&str) -> &'b [u32],
}

impl Evaluator<'_, '_> {
    fn tiers(&self, condition: &Condition) -> Vec<Tier> {
        match condition {
            Condition::All(all) => self.combined(all, Tier::Literal, Tier::and),
            Condition::Any(any) => self.combined(any, Tier::None, Tier::or),
            Condition::Not(one) => self.tiers(one).into_iter().map(|tier| Tier::of(tier == Tier::None)).collect(),
            Condition::Word(word) => word::tiers(word, self.entries, &self.ids, self.context.with_pinyin),
            Condition::Text(text) => {
                let counts = (self.counts)(text);
                let occurs = |id: u32| counts.get(id as usize).is_some_and(|&count| count > 0);
                self.ids.clone().map(|id| Tier::of(occurs(id))).collect()
            }
            Condition::Field(field) => fields::tiers(field, self.entries, &self.ids, self.context),
        }
    }

    fn combined(&self, conditions: &[Condition], start: Tier, combine: fn(Tier, Tier) -> Tier) -> Vec<Tier> {
        let mut tiers = vec![start; self.ids.len()];
        for condition in conditions {
            for (tier, other) in tiers.iter_mut().zip(self.tiers(condition)) {
                *tier = combine(*tier, other);
            }
        }
        tiers
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
