//! What can narrow a list: counts of tags, sources and months.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::entries::Entries;
use super::entry::EntryId;
use super::hits::Facets;
use super::scripts::simplified;

/// The most values of a kind that are told: nobody reads on, and a library may have as many tags as articles.
const MOST: usize = 500;

/// The tags, sources and months of some entries with their counts, most first (months: newest first).
///
/// The time zone is that of the entries, by which their days are told.
pub fn facets(entries: &Entries, which: impl Iterator<Item = EntryId>, zone: &TimeZone) -> Facets {
    debug_assert!(zone == entries.zone(), "days are told in the zone of the entries");
    let (mut tags, mut sources, mut months) = (Counts::default(), Counts::default(), HashMap::<(i16, i8), u32>::new());
    for id in which {
        entries.facts(id, &mut |facts| {
            let mut seen = Vec::new();
            facts.tags.iter().for_each(|tag| tags.add(tag, &mut seen));
            facts.source.iter().for_each(|source| sources.add(source, &mut Vec::new()));
        });
        if let Some(day) = entries.day(id) {
            *months.entry((day.year(), day.month())).or_default() += 1;
        }
    }
    let mut months: Vec<_> = months.into_iter().collect();
    months.sort_unstable_by(|a, b| b.cmp(a));
    let more_months = cut(&mut months);
    let month = |((year, month), count)| (format!("{year:04}-{month:02}"), count);
    let months = months.into_iter().map(month).collect();
    let ((tags, more_tags), (sources, more_sources)) = (tags.ranked(), sources.ranked());
    Facets { tags, sources, months, left_out: [more_tags, more_sources, more_months] }
}

/// Leaves only so many values as are told, and says how many more there were.
fn cut<T>(values: &mut Vec<T>) -> u32 {
    let left_out = values.len().saturating_sub(MOST);
    values.truncate(MOST);
    left_out as u32
}

/// Values of a kind with their counts. Those that a query does not tell apart, in case, width or script, are one, told as it was first seen.
#[derive(Default)]
struct Counts {
    groups: Vec<(String, u32)>,
    /// The group of each value as it is written, and of each as it is folded.
    written: HashMap<String, usize>,
    folded: HashMap<String, usize>,
}

impl Counts {
    /// Counts a value of an entry, of which the groups before it are given.
    fn add(&mut self, value: &str, others: &mut Vec<usize>) {
        let group = self.written.get(value).copied().unwrap_or_else(|| self.note(value));
        // A tag written twice is one.
        if !others.contains(&group) {
            self.groups[group].1 += 1;
            others.push(group);
        }
    }

    fn note(&mut self, value: &str) -> usize {
        let new = self.groups.len();
        let group = *self.folded.entry(simplified(value)).or_insert(new);
        if group == new {
            self.groups.push((value.to_owned(), 0));
        }
        self.written.insert(value.to_owned(), group);
        group
    }

    /// The first of them by their counts, and how many more there are.
    fn ranked(self) -> (Vec<(String, u32)>, u32) {
        let mut ranked = self.groups;
        ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let left_out = cut(&mut ranked);
        (ranked, left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Changes, Entry};
    use crate::digest;

    #[test]
    fn what_is_left_out_is_counted() {
        let article = digest::read(b"---\ndate: 2024-06-05\n---\n# A title\n", "a.md");
        let entry = Entry::new("a.md".into(), &article);
        let tags = (0..MOST + 12).map(|number| format!("tag {number}")).collect();
        let mut entries = Entries::new(TimeZone::UTC);
        entries.apply(Changes::added(vec![Entry { tags, ..entry.clone() }, entry]));
        let facets = facets(&entries, (0..2).map(EntryId), &TimeZone::UTC);
        assert_eq!((facets.tags.len(), facets.left_out), (MOST, [12, 0, 0]));
        assert_eq!(facets.months, [("2024-06".to_owned(), 2)]);
    }
}
