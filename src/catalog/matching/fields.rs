//! What is asked of an entry besides its words and texts.

use std::ops::Range;

use jiff::{Span, ToSpan, civil};

use super::{Context, Tier, satisfied};
use crate::catalog::entries::Entries;
use crate::catalog::entry::{EntryId, Facts};
use crate::catalog::mark::Attention;
use crate::catalog::query::{Condition, Days, State};
use crate::catalog::scripts::{simplified, simplify_into};

/// Which of the entries of some numbers satisfy a condition on one of their fields.
pub(super) fn tiers(
    condition: &Condition,
    entries: &Entries,
    numbers: &Range<u32>,
    context: &Context<'_>,
) -> Vec<Tier> {
    let ids = || numbers.clone().map(EntryId);
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
            let (tag, is_whole) = (simplified(&tag.text), tag.is_whole);
            let is_it = |one: &str| if is_whole { one == tag } else { one.starts_with(&tag) };
            by_facts(&mut |facts| facts.tags.iter().any(|one| folded(one, &is_it)))
        }
        Condition::Author(author) => {
            let (author, is_whole) = (simplified(&author.text), author.is_whole);
            let is_it = |one: &str| if is_whole { one == author } else { one.contains(&author) };
            by_facts(&mut |facts| facts.source.is_some_and(|source| folded(source, &is_it)))
        }
        Condition::Language(language) => by_facts(&mut |facts| facts.languages[*language as usize]),
        Condition::HasProblem => by_facts(&mut |facts| facts.problems > 0),
        Condition::Is(State::New) => {
            let mut tiers = vec![Tier::None; numbers.len()];
            if let Some(last) = context.last_visit {
                entries.each_since(last, numbers, &mut |id| {
                    tiers[(id.0 - numbers.start) as usize] =
                        satisfied(context.marks.get(id).attention == Attention::Unread);
                });
            }
            tiers
        }
        Condition::Is(state) => ids().map(|id| satisfied(is_so(*state, id, context))).collect(),
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

fn is_so(state: State, id: EntryId, context: &Context<'_>) -> bool {
    let mark = context.marks.get(id);
    let is_unread = mark.attention == Attention::Unread;
    match state {
        State::Unread | State::New => is_unread,
        State::Read => !is_unread,
        State::Finished => mark.attention == Attention::Finished,
        State::Starred => mark.is_starred,
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
