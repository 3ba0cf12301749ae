//! Facets of a list: counts of tags, sources and months, by which it can be narrowed, and the part of
//! a query that they are ticked in.
//!
//! The ticked values of a kind are one condition among those that a query requires: `tag:"a"`, or
//! `(tag:"a" or tag:"b")`.

use std::collections::HashMap;

use super::annotations::Annotations;
use super::entries::Entries;
use super::entry::EntryId;
use super::filter_text::simplified;
use super::query::{Condition, Days, FieldCondition, FieldName, Query};
use crate::text::folded;

/// The most values of a kind: a library may have as many tags as articles.
const MOST: usize = 10_000;

/// A field whose values are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetKind {
    /// The tags of an article.
    Tag,
    /// Its source.
    Source,
    /// The month of its date, as `2024-06`.
    Month,
}

impl FacetKind {
    /// All kinds, in the order of the fields of [`Facets`].
    pub const ALL: [Self; 3] = [Self::Tag, Self::Source, Self::Month];

    /// The value that a condition asks for, simplified; `None` unless it asks for exactly one of
    /// this kind.
    fn value(self, condition: &Condition) -> Option<String> {
        let Condition::Field(field) = condition else {
            return None;
        };
        match (self, field) {
            (Self::Tag, FieldCondition::Tag(name))
            | (Self::Source, FieldCondition::Author(name))
                if name.is_whole =>
            {
                Some(simplified(&name.text))
            }
            (Self::Month, FieldCondition::Date(days)) => days.month(),
            _ => None,
        }
    }

    /// The condition that asks for a value.
    fn condition(self, value: &str) -> Option<Condition> {
        let name = FieldName {
            text: folded(value.trim()).into_owned(),
            is_whole: true,
        };
        Some(Condition::Field(match self {
            Self::Tag => FieldCondition::Tag(name),
            Self::Source => FieldCondition::Author(name),
            Self::Month => FieldCondition::Date(Days::parse(value).ok()?),
        }))
    }
}

/// The ticked values of a kind in a query, simplified as [`facet_key`] does.
pub fn ticked(query: &Query, kind: FacetKind) -> Vec<String> {
    let required = query.required();
    let values = required.iter().find_map(|one| ticks(one, kind));
    values.unwrap_or_default()
}

/// The values of a condition that is nothing but ticks of a kind.
fn ticks(condition: &Condition, kind: FacetKind) -> Option<Vec<String>> {
    let one = std::slice::from_ref(condition);
    let values = if let Condition::Any(any) = condition {
        any
    } else {
        one
    };
    values.iter().map(|value| kind.value(value)).collect()
}

/// A query in which a value is ticked, or no longer ticked if it was.
#[must_use]
pub fn toggled(query: &Query, kind: FacetKind, value: &str) -> Query {
    let mut required = query.required();
    let at = required.iter().position(|one| ticks(one, kind).is_some());
    let mut values = match at.map(|at| required.remove(at)) {
        Some(Condition::Any(any)) => any,
        one => one.into_iter().collect(),
    };
    let key = facet_key(value.trim());
    let before = values.len();
    values.retain(|value| kind.value(value).as_ref() != Some(&key));
    if values.len() == before {
        values.extend(kind.condition(value));
    }
    let ticks = if values.len() > 1 {
        Some(Condition::Any(values))
    } else {
        values.pop()
    };
    let at = at.unwrap_or(required.len());
    required.splice(at..at, ticks);
    Query::requiring(required)
}

/// For each kind the query whose articles its values are counted in: what is ticked of the kind
/// itself is not required.
pub fn facet_queries(query: &Query) -> [Query; 3] {
    FacetKind::ALL.map(|kind| {
        let mut required = query.required();
        if let Some(at) = required.iter().position(|one| ticks(one, kind).is_some()) {
            required.remove(at);
        }
        Query::requiring(required)
    })
}

/// A value as it is compared: without case, width and script.
pub fn facet_key(value: &str) -> String {
    simplified(value)
}

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

/// The facets of some entries, each with whether its tags, source and month count. The reader's own
/// tags count as those of the files do.
pub fn facets(
    entries: &Entries,
    annotations: &Annotations,
    ids: impl Iterator<Item = (EntryId, [bool; 3])>,
) -> Facets {
    let paths = entries.find_paths(annotations.tagged().map(|own| own.path.as_path()));
    let own: HashMap<EntryId, &[String]> = paths
        .into_iter()
        .map(|(path, id)| (id, annotations.tags_of(path)))
        .collect();
    let mut tags = Counts::default();
    let mut sources = Counts::default();
    let mut months = HashMap::<(i16, i8), u32>::new();
    for (id, [tag, source, month]) in ids {
        if let Some(fields) = entries.filter_fields(id) {
            if tag {
                let own = own.get(&id).copied().unwrap_or_default();
                tags.count(fields.tags.iter().chain(own.iter().map(String::as_str)));
            }
            if source {
                sources.count(fields.source.into_iter());
            }
        }
        if let Some(day) = entries.day(id).filter(|_| month) {
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
    /// The last entry that counted for each group.
    last: Vec<u32>,
    entry: u32,
    /// The group of each value as it is written, and of each folded value.
    written: HashMap<String, usize>,
    folded: HashMap<String, usize>,
}

impl Counts {
    /// Counts the values of one entry; a value that is written twice counts once.
    fn count<'a>(&mut self, values: impl Iterator<Item = &'a str>) {
        self.entry += 1;
        for value in values {
            let group = match self.written.get(value) {
                Some(&group) => group,
                None => self.add(value),
            };
            if self.last[group] != self.entry {
                self.last[group] = self.entry;
                self.groups[group].1 += 1;
            }
        }
    }

    fn add(&mut self, value: &str) -> usize {
        let new = self.groups.len();
        let group = *self.folded.entry(simplified(value)).or_insert(new);
        if group == new {
            self.groups.push((value.to_owned(), 0));
            self.last.push(0);
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
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::{Changes, Entry};
    use crate::digest;

    #[test]
    fn ticks_are_read_from_typed_queries_and_written_into_them() {
        let parse = |text: &str| Query::parse(text).unwrap();
        for (typed, ticks, toggled_b) in [
            ("", "", "tag:\"b\""),
            ("x", "", "x tag:\"b\""),
            ("x or y", "", "(x or y) tag:\"b\""),
            ("tag:b", "", "tag:b tag:\"b\""),
            ("tag:\"Ｂ\" date:2024-06", "b", "date:2024-06"),
            ("tag:\"a\" or tag:\"b\"", "a b", "tag:\"a\""),
            (
                "x (tag:\"a\" or tag:\"c\") y",
                "a c",
                "x (tag:\"a\" or tag:\"c\" or tag:\"b\") y",
            ),
            ("tag:\"a\" or tag:b", "", "(tag:\"a\" or tag:b) tag:\"b\""),
            (
                "tag:\"a\" or author:\"b\"",
                "",
                "(tag:\"a\" or author:\"b\") tag:\"b\"",
            ),
        ] {
            let query = parse(typed);
            assert_eq!(ticked(&query, FacetKind::Tag).join(" "), ticks, "{typed}");
            let toggled = toggled(&query, FacetKind::Tag, "b");
            assert_eq!(toggled.to_string(), toggled_b, "{typed}");
        }
        let query = parse("date:2024-06 or date:2024-12-01..2024-12-31");
        assert_eq!(ticked(&query, FacetKind::Month), ["2024-06", "2024-12"]);
        let [tags, sources, months] = facet_queries(&parse("x tag:\"a\" date:2024-06"));
        assert_eq!(tags.to_string(), "x date:2024-06");
        assert_eq!(sources.to_string(), "x tag:\"a\" date:2024-06");
        assert_eq!(months.to_string(), "x tag:\"a\"");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_ticked_is_read_back_as_ticked(
            typed in prop::sample::select(vec!["", "x", "x or y", "-tag:\"a\"", "lang:both is:read"]),
            ticks in prop::collection::vec((0..3_usize, "[a臺“\"\\\\ |()-]{0,3}[bＢ]", 1..12_u8), 0..12),
        ) {
            let mut query = Query::parse(typed).unwrap();
            let mut expected: [Vec<String>; 3] = Default::default();
            for (at, name, month) in ticks {
                let value = if at == 2 { format!("2024-{month:02}") } else { name };
                query = toggled(&query, FacetKind::ALL[at], &value);
                let key = facet_key(value.trim());
                match expected[at].iter().position(|it| *it == key) {
                    Some(known) => drop(expected[at].remove(known)),
                    None => expected[at].push(key),
                }
                let written = query.to_string();
                prop_assert_eq!(Query::parse(&written), Ok(query.clone()), "{}", written);
                let now = FacetKind::ALL.map(|kind| ticked(&query, kind));
                prop_assert_eq!(&now, &expected, "{}", written);
            }
        }
    }

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
        let facets = facets(
            &entries,
            &Annotations::default(),
            (0..2).map(|id| (EntryId(id), [true; 3])),
        );
        assert_eq!((facets.tags.len(), facets.left_out), (MOST, [12, 0, 0]));
        assert_eq!(facets.months, [("2024-06".to_owned(), 2)]);
    }
}
