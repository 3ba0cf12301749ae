//! A query is evaluated term by term, each over all entries at once.

use std::ops::Range;

use jiff::{Span, ToSpan, civil};

use super::tier::{FilterContext, Tier};
use super::word;
use crate::catalog::entries::Entries;
use crate::catalog::entry::{EntryId, FilterFields};
use crate::catalog::filter_text::{simplified, simplify_into};
use crate::catalog::query::{Condition, Days, FieldCondition, Query, ReadState};
use crate::catalog::remembered::{Attention, Mark};

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
            Condition::Field(field) => field_tiers(field, self.entries, &self.ids, self.context),
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

/// The tiers of the entries with these ids by one field.
fn field_tiers(
    condition: &FieldCondition,
    entries: &Entries,
    ids: &Range<u32>,
    context: &FilterContext<'_>,
) -> Vec<Tier> {
    let each_id = ids.clone().map(EntryId);
    match condition {
        FieldCondition::Is(ReadState::New) => new_entries(entries, ids, context),
        FieldCondition::Is(state) => each_id.map(|id| Tier::of(has_state(context.marks.get(id), *state))).collect(),
        FieldCondition::Date(days) => {
            let days = DayRange::new(*days, context.today);
            each_id.map(|id| Tier::of(days.contains(entries.day(id)))).collect()
        }
        _ => {
            let mut test = FieldTest::new(condition);
            let fields = |id| entries.filter_fields(id);
            each_id.map(|id| Tier::of(fields(id).is_some_and(|fields| test.matches(&fields)))).collect()
        }
    }
}

fn new_entries(entries: &Entries, ids: &Range<u32>, context: &FilterContext<'_>) -> Vec<Tier> {
    let mut tiers = vec![Tier::None; ids.len()];
    if let Some(last_visit) = context.last_visit {
        for id in entries.modified_since(last_visit, ids) {
            tiers[(id.0 - ids.start) as usize] = Tier::of(context.marks.get(id).attention == Attention::Unread);
        }
    }
    tiers
}

fn has_state(mark: Mark, state: ReadState) -> bool {
    match state {
        ReadState::Unread | ReadState::New => mark.attention == Attention::Unread,
        ReadState::Read => mark.attention != Attention::Unread,
        ReadState::Finished => mark.attention == Attention::Finished,
        ReadState::Starred => mark.is_starred,
    }
}

/// Tests one entry after the other, with the name of the condition folded once.
struct FieldTest<'a> {
    condition: &'a FieldCondition,
    name: String,
    /// The field that is being compared, folded; kept to reuse its memory.
    folded: String,
}

impl<'a> FieldTest<'a> {
    fn new(condition: &'a FieldCondition) -> Self {
        let name = match condition {
            FieldCondition::Tag(name) | FieldCondition::Author(name) => simplified(&name.text),
            _ => String::new(),
        };
        Self { condition, name, folded: String::new() }
    }

    fn matches(&mut self, fields: &FilterFields<'_>) -> bool {
        match self.condition {
            FieldCondition::Tag(_) => fields.tags.iter().any(|tag| self.matches_name(tag)),
            FieldCondition::Author(_) => fields.source.is_some_and(|source| self.matches_name(source)),
            FieldCondition::Language(language) => fields.languages[*language as usize],
            FieldCondition::HasProblem => fields.problems > 0,
            FieldCondition::Is(_) | FieldCondition::Date(_) => false,
        }
    }

    fn matches_name(&mut self, field: &str) -> bool {
        self.folded.clear();
        simplify_into(field, &mut self.folded);
        match self.condition {
            FieldCondition::Tag(name) | FieldCondition::Author(name) if name.is_whole => self.folded == self.name,
            FieldCondition::Tag(_) => self.folded.starts_with(&self.name),
            _ => self.folded.contains(&self.name),
        }
    }
}

/// The days that a term asks for.
enum DayRange {
    Undated,
    /// From the first to the last day; `None` if a side is open.
    Dated(Option<civil::Date>, Option<civil::Date>),
}

impl DayRange {
    fn new(days: Days, today: civil::Date) -> Self {
        // The last day is today; `back` before it, the range has not begun. Before the calendar begins, the side is open.
        let until_today = |back: Span| {
            let before = today.checked_sub(back).ok();
            Self::Dated(before.and_then(|day| day.checked_add(1.day()).ok()), Some(today))
        };
        match days {
            Days::Between(from, to) => Self::Dated(from, to),
            Days::Last(days) => until_today(i64::from(days.min(1_000_000)).days()),
            Days::LastMonths(months) => until_today(i64::from(months.min(100_000)).months()),
            Days::Undated => Self::Undated,
        }
    }

    fn contains(&self, day: Option<civil::Date>) -> bool {
        match (self, day) {
            (Self::Undated, day) => day.is_none(),
            (Self::Dated(..), None) => false,
            (Self::Dated(from, to), Some(day)) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
