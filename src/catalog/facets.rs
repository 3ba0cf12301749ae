//! What can narrow a list: counts of tags, sources and months.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::entries::Entries;
use super::entry::EntryId;
use super::hits::Facets;

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
            for (at, tag) in facts.tags.iter().enumerate() {
                // A tag written twice is one.
                if !facts.tags[..at].contains(tag) {
                    tags.add(tag);
                }
            }
            if let Some(source) = facts.source {
                sources.add(source);
            }
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

#[derive(Default)]
struct Counts(HashMap<String, u32>);

impl Counts {
    fn add(&mut self, value: &str) {
        match self.0.get_mut(value) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(value.to_owned(), 1)),
        }
    }

    fn ranked(self) -> Vec<(String, u32)> {
        let mut ranked: Vec<_> = self.0.into_iter().collect();
        ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.truncate(MOST);
        ranked
    }
}
