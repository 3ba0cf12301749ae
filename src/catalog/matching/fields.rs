//! What is asked of an entry besides its words and texts.

use jiff::{Span, ToSpan, civil};

use super::{Context, Tier, satisfied};
use crate::catalog::entries::Entries;
use crate::catalog::entry::{EntryId, Facts};
use crate::catalog::mark::Attention;
use crate::catalog::query::{Condition, Days, State};
use crate::catalog::scripts::{simplified, simplify_into};

/// Which entries satisfy a condition on one of their fields, by number.
pub(super) fn tiers(condition: &Condition, entries: &Entries, context: &Context<'_>) -> Vec<Tier> {
    let ids = || (0..entries.bound()).map(EntryId);
    let by_facts = |test: &mut dyn FnMut(&Facts<'_>) -> bool| {
        let mut tier = |id| {
            let mut is_satisfied = false;
            entries.facts(id, &mut |facts| is_satisfied = test(facts));
            satisfied(is_satisfied)
        };
        ids().map(&mut tier).collect()
    };
    let mut buffer = String::new();
    let mut folded = |text: &str, test: &dyn Fn(&str) -> bool| {
        buffer.clear();
        simplify_into(text, &mut buffer);
        test(&buffer)
    };
    match condition {
        Condition::Tag(tag) => {
            let tag = simplified(tag);
            by_facts(&mut |facts| facts.tags.iter().any(|one| folded(one, &|one| one.starts_with(&tag))))
        }
        Condition::Author(author) => {
            let author = simplified(author);
            by_facts(&mut |facts| facts.source.is_some_and(|source| folded(source, &|source| source.contains(&author))))
        }
        Condition::Language(language) => by_facts(&mut |facts| facts.languages[*language as usize]),
        Condition::HasProblem => by_facts(&mut |facts| facts.problems > 0),
        Condition::Is(state) => ids().map(|id| satisfied(is_so(*state, id, entries, context))).collect(),
        Condition::Date(days) => {
            let (from, to) = bounds(*days, context.today);
            let falls = |day: Option<civil::Date>| match day {
                None => *days == Days::Undated,
                Some(day) => {
                    *days != Days::Undated && from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
                }
            };
            ids().map(|id| satisfied(falls(entries.day(id)))).collect()
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Word(_) | Condition::Text(_) => {
            Vec::new()
        }
    }
}

fn is_so(state: State, id: EntryId, entries: &Entries, context: &Context<'_>) -> bool {
    let mark = context.marks.get(id);
    let is_unread = mark.attention == Attention::Unread;
    match state {
        State::Unread => is_unread,
        State::Read => !is_unread,
        State::Finished => mark.attention == Attention::Finished,
        State::Starred => mark.is_starred,
        State::New => {
            is_unread && context.last_visit.is_some_and(|last| entries.modified(id).is_some_and(|at| at > last))
        }
    }
}

/// The first and the last day of a span. The days before the calendar begins are all of its past.
fn bounds(days: Days, today: civil::Date) -> (Option<civil::Date>, Option<civil::Date>) {
    let since = |back: Span| today.checked_sub(back).ok().and_then(|day| day.checked_add(1.day()).ok());
    match days {
        Days::Between(from, to) => (from, to),
        Days::Last(days) => (since(i64::from(days.min(1_000_000)).days()), Some(today)),
        Days::LastMonths(months) => (since(i64::from(months.min(100_000)).months()), Some(today)),
        Days::Undated => (None, None),
    }
}
