//! Facets of a list: counts of tags, sources and months, by which it can be narrowed.

use std::collections::HashMap;

use super::entries::Entries;
use super::entry::EntryId;
use super::filter_text::simplified;

/// The most values of a kind: a library may have as many tags as articles.
const MOST: usize = 500;

/// Values with the number of their articles, most first (months: newest first).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Tags.
    pub tags: Vec<(String, u32)>,
    /// Sources.
    pub sources: Vec<(String, u32)>,
    /// Months, as `2024-06`.
    pub months: Vec<(String, u32)>,
    /// How many further tags, sources and months there are.
    pub left_out: [u32; 3],
}

/// The facets of some entries.
pub fn facets(entries: &Entries, ids: impl Iterator<Item = EntryId>) -> Facets {
    let mut tags = Counts::default();
    let mut sources = Counts::default();
    let mut months = HashMap::<(i16, i8), u32>::new();
    for id in ids {
        if let Some(fields) = entries.filter_fields(id) {
            tags.count(fields.tags.iter());
            sources.count(fields.source.into_iter());
        }
        if let Some(day) = entries.day(id) {
            *months.entry((day.year(), day.month())).or_default() += 1;
        }
    }
    let mut months: Vec<_> = months.into_iter().collect();
    months.sort_unstable_by(|a, b| b.cmp(a));
    let mut tags = tags.ranked();
    let mut sources = sources.ranked();
    let left_out = [cut(&mut tags), cut(&mut sources), cut(&mut months)];
    let month = |((year, month), count)| (format!("{year:04}-{month:02}"), count);
    Facets {
        tags,
        sources,
        months: months.into_iter().map(month).collect(),
        left_out,
    }
}

/// Shortens a list to [`MOST`] values; returns how many are left out.
fn cut<T>(values: &mut Vec<T>) -> u32 {
    let left_out = values.len().saturating_sub(MOST);
    values.truncate(MOST);
    left_out as u32
}

/// Values of a kind with their counts. Values that differ only in case, width or script are one;
/// its first form is shown.
#[derive(Default)]
struct Counts {
    groups: Vec<(String, u32)>,
    /// The group of each value as it is written, and of each folded value.
    written: HashMap<String, usize>,
    folded: HashMap<String, usize>,
    /// The groups that the entry at hand has counted for.
    counted: Vec<usize>,
}

impl Counts {
    /// Counts the values of one entry; a value that is written twice counts once.
    fn count<'a>(&mut self, values: impl Iterator<Item = &'a str>) {
        self.counted.clear();
        for value in values {
            let group = match self.written.get(value) {
                Some(&group) => group,
                None => self.add(value),
            };
            if !self.counted.contains(&group) {
                self.groups[group].1 += 1;
                self.counted.push(group);
            }
        }
    }

    fn add(&mut self, value: &str) -> usize {
        let new = self.groups.len();
        let group = *self.folded.entry(simplified(value)).or_insert(new);
        if group == new {
            self.groups.push((value.to_owned(), 0));
        }
        self.written.insert(value.to_owned(), group);
        group
    }

    fn ranked(mut self) -> Vec<(String, u32)> {
        self.groups
            .sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        self.groups
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::catalog::{Changes, Entry};
    use crate::digest;

    #[test]
    fn values_left_out_are_counted() {
        let article = digest::read(b"---\ndate: 2024-06-05\n---\n# A title\n", "a.md");
        let entry = Entry::new("a.md".into(), &article);
        let tags = (0..MOST + 12)
            .map(|number| format!("tag {number}"))
            .collect();
        let mut entries = Entries::new(TimeZone::UTC);
        entries.apply(Changes::added(vec![
            Entry {
                tags,
                ..entry.clone()
            },
            entry,
        ]));
        let facets = facets(&entries, (0..2).map(EntryId));
        assert_eq!((facets.tags.len(), facets.left_out), (MOST, [12, 0, 0]));
        assert_eq!(facets.months, [("2024-06".to_owned(), 2)]);
    }
}
