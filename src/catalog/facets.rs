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
    months.truncate(MOST);
    let month = |((year, month), count)| (format!("{year:04}-{month:02}"), count);
    Facets { tags: tags.ranked(), sources: sources.ranked(), months: months.into_iter().map(month).collect() }
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

    fn ranked(self) -> Vec<(String, u32)> {
        let mut ranked = self.groups;
        ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.truncate(MOST);
        ranked
    }
}
