//! Statistics of articles: how many came on each day, from where, about what, and what was read.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::annotations::Annotations;
use super::entries::Entries;
use super::entry::EntryId;
use super::facets::{FacetKind, facets, toggled};
use super::query::Query;
use super::remembered::{Attention, Marks};

/// What is counted of some articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// How many there are.
    pub articles: u32,
    /// How many are unread, were read but not to the end, were read to the end.
    pub attention: [u32; 3],
    /// How many are starred.
    pub starred: u32,
    /// How many have a section in both languages, are Chinese only, are English only, mix the
    /// languages, have none that is known.
    pub languages: [u32; 5],
    /// How many are of each day that has any.
    pub days: BTreeMap<Date, u32>,
    /// How many have no date.
    pub undated: u32,
    /// The tags with the number of their articles, most first.
    pub tags: Vec<(String, u32)>,
    /// The sources in the same way.
    pub sources: Vec<(String, u32)>,
    /// How many articles were opened last on each day that has any. An article that was opened on
    /// several days counts on the last one, since only that is saved.
    pub opened: BTreeMap<Date, u32>,
}

/// How many weeks a calendar has: a year.
pub const WEEKS: usize = 53;

impl Statistics {
    /// The statistics of some articles. `opened` says when one was last opened, in milliseconds since
    /// 1970.
    pub fn new(
        entries: &Entries,
        ids: &[EntryId],
        (marks, annotations): (&Marks, &Annotations),
        opened: impl Fn(EntryId) -> Option<i64>,
    ) -> Self {
        let facets = facets(
            entries,
            annotations,
            ids.iter().map(|id| (*id, [true, true, false])),
        );
        let mut all = Self {
            tags: facets.tags,
            sources: facets.sources,
            ..Self::default()
        };
        for &id in ids {
            let Some(fields) = entries.filter_fields(id) else {
                continue;
            };
            all.articles += 1;
            let mark = marks.get(id);
            all.attention[match mark.attention {
                Attention::Unread => 0,
                Attention::Read => 1,
                Attention::Finished => 2,
            }] += 1;
            all.starred += u32::from(mark.is_starred);
            all.languages[match (fields.is_mixed, fields.languages) {
                (true, _) => 3,
                (false, [true, true]) => 0,
                (false, [true, false]) => 1,
                (false, [false, true]) => 2,
                (false, [false, false]) => 4,
            }] += 1;
            match entries.day(id) {
                Some(day) => *all.days.entry(day).or_default() += 1,
                None => all.undated += 1,
            }
            let time = opened(id).and_then(|time| Timestamp::from_millisecond(time).ok());
            if let Some(time) = time {
                let day = entries.zone().to_datetime(time).date();
                *all.opened.entry(day).or_default() += 1;
            }
        }
        all
    }

    /// The days of reading in a row: those that end today or yesterday, and the most there were.
    pub fn streaks(&self, today: Date) -> (u32, u32) {
        let (mut run, mut longest, mut last) = (0, 0, None);
        for &day in self.opened.keys() {
            let is_next = last.is_some_and(|last: Date| last.tomorrow().ok() == Some(day));
            run = if is_next { run + 1 } else { 1 };
            longest = longest.max(run);
            last = Some(day);
        }
        let is_going = last.is_some_and(|last| last >= today.yesterday().unwrap_or(today));
        (if is_going { run } else { 0 }, longest)
    }

    /// The weeks of the year that ends with the week of the newest article, oldest first: the Monday of
    /// each, and how many articles each of its days has.
    pub fn calendar(&self) -> Vec<(Date, [u32; 7])> {
        let Some((&newest, _)) = self.days.last_key_value() else {
            return Vec::new();
        };
        let back = i64::from(newest.weekday().since(Weekday::Monday));
        let week = |ago: usize| {
            let monday = newest.checked_sub((back + 7 * ago as i64).days()).ok()?;
            let count = |day: usize| {
                let day = monday.checked_add((day as i64).days()).ok();
                day.and_then(|day| self.days.get(&day).copied())
                    .unwrap_or_default()
            };
            Some((monday, std::array::from_fn(count)))
        };
        (0..WEEKS).rev().filter_map(week).collect()
    }

    /// The most articles of a day of the calendar.
    pub fn most_a_day(&self) -> u32 {
        let weeks = self.calendar().into_iter();
        weeks.flat_map(|(_, days)| days).max().unwrap_or_default()
    }
}

/// The step from 0 to 4 in which a day with a number of articles is shown beside the fullest day.
pub const fn heat(count: u32, most: u32) -> usize {
    if count == 0 || most == 0 {
        0
    } else {
        // Rounded up, so that few stays different from none.
        (count as usize * 4).div_ceil(most as usize)
    }
}

/// Bars under one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticsGroup {
    /// The title, in the language of the program.
    pub title: &'static str,
    /// The bars.
    pub bars: Vec<StatisticsBar>,
}

/// A number of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticsBar {
    /// What is counted.
    pub label: String,
    /// How many articles.
    pub count: u32,
    /// The query that finds them.
    pub query: String,
}

impl Statistics {
    /// What is shown as bars; of tags and sources `most` each. What no article has is left out.
    pub fn groups(&self, most: usize) -> Vec<StatisticsGroup> {
        let [unread, begun, finished] = self.attention;
        let [both, chinese, english, mixed, _] = self.languages;
        let bar = |(label, count, query): (&str, u32, &str)| StatisticsBar {
            label: label.to_owned(),
            count,
            query: query.to_owned(),
        };
        let read = [
            (tr!("Unread"), unread, "is:unread"),
            (tr!("Read"), begun + finished, "is:read"),
            (tr!("Finished"), finished, "is:finished"),
            (tr!("Starred"), self.starred, "is:starred"),
        ];
        let languages = [
            (tr!("Both languages"), both, "lang:both"),
            (tr!("Chinese only"), chinese, "lang:zh -lang:en"),
            (tr!("English only"), english, "lang:en -lang:zh"),
            (tr!("mixed Chinese and English"), mixed, "lang:mixed"),
        ];
        let values = |kind: FacetKind, values: &[(String, u32)]| {
            let bar = |(value, count): &(String, u32)| StatisticsBar {
                label: value.clone(),
                count: *count,
                query: toggled(&Query::default(), kind, value).to_string(),
            };
            values.iter().take(most).map(bar).collect()
        };
        let groups = [
            (tr!("Reading"), read.map(bar).into()),
            (tr!("Languages"), languages.map(bar).into()),
            (tr!("Tags"), values(FacetKind::Tag, &self.tags)),
            (tr!("Sources"), values(FacetKind::Source, &self.sources)),
        ];
        let group = |(title, mut bars): (&'static str, Vec<StatisticsBar>)| {
            bars.retain(|bar| bar.count > 0);
            (!bars.is_empty()).then_some(StatisticsGroup { title, bars })
        };
        groups.into_iter().filter_map(group).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::catalog::{Changes, Entry, Mark};
    use crate::digest;

    fn statistics() -> Statistics {
        let entry = |(at, header): (usize, &str)| {
            let text =
                format!("---\n{header}\n---\n# 标题\n\n正文，都是中文，一共有两句。这是第二句。\n");
            Entry::new(
                format!("{at}.md").into(),
                &digest::read(text.as_bytes(), "a.md"),
            )
        };
        let headers = [
            "date: 2026-05-11\ntags: [ai, 芯片]\nauthor: gazette",
            "date: 2026-05-17\ntags: [AI]",
            "date: 2026-05-17\nauthor: gazette",
            "author: weekly",
        ];
        let mut entries = Entries::new(TimeZone::UTC);
        entries.apply(Changes::added(
            headers
                .into_iter()
                .enumerate()
                .map(entry)
                .collect::<Vec<_>>(),
        ));
        let mut marks = Marks::default();
        let attention = Attention::Finished;
        let is_starred = true;
        marks.set(
            EntryId(1),
            Mark {
                attention,
                is_starred,
            },
        );
        let ids: Vec<EntryId> = (0..4).map(EntryId).collect();
        let day = 86_400_000;
        let opened = [Some(day), Some(2 * day), None, Some(9 * day)];
        Statistics::new(&entries, &ids, (&marks, &Annotations::default()), |id| {
            opened[id.0 as usize]
        })
    }

    #[test]
    fn articles_are_counted_by_what_they_are() {
        let all = statistics();
        assert_eq!(
            (all.articles, all.attention, all.starred),
            (4, [3, 0, 1], 1)
        );
        assert_eq!((all.languages, all.undated), ([0, 4, 0, 0, 0], 1));
        assert_eq!(all.tags, [("ai".to_owned(), 2), ("芯片".to_owned(), 1)]);
        assert_eq!(
            all.sources,
            [("gazette".to_owned(), 2), ("weekly".to_owned(), 1)]
        );
        let groups = all.groups(1);
        let bars = groups.iter().flat_map(|group| &group.bars);
        let queries: Vec<&str> = bars.map(|bar| bar.query.as_str()).collect();
        let expected = [
            "is:unread",
            "is:read",
            "is:finished",
            "is:starred",
            "lang:zh -lang:en",
            "tag:\"ai\"",
            "author:\"gazette\"",
        ];
        assert_eq!(queries, expected);
        assert!(queries.iter().all(|query| Query::parse(query).is_ok()));
    }

    #[test]
    fn days_of_reading_in_a_row_end_today_or_yesterday() {
        let all = statistics();
        assert_eq!(all.streaks(date(1970, 1, 10)), (1, 2));
        assert_eq!(all.streaks(date(1970, 1, 11)), (1, 2));
        assert_eq!(all.streaks(date(1970, 1, 12)), (0, 2));
        assert_eq!(Statistics::default().streaks(date(1970, 1, 12)), (0, 0));
    }

    #[test]
    fn the_calendar_ends_with_the_week_of_the_newest_article() {
        let weeks = statistics().calendar();
        assert_eq!(weeks.len(), WEEKS);
        assert_eq!(
            weeks.last(),
            Some(&(date(2026, 5, 11), [1, 0, 0, 0, 0, 0, 2]))
        );
        assert_eq!(weeks[0].0, date(2025, 5, 12));
        assert_eq!(statistics().most_a_day(), 2);
        assert_eq!(Statistics::default().calendar(), []);
    }

    #[test]
    fn heat_grows_with_the_articles_of_a_day() {
        let steps: Vec<usize> = (0..=8).map(|count| heat(count, 8)).collect();
        assert_eq!(steps, [0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!((heat(1, 1), heat(1, 1000), heat(1000, 1000)), (4, 1, 4));
        assert_eq!(heat(0, 0), 0);
    }
}
