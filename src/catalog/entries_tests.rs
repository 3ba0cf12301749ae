use proptest::prelude::*;

use super::*;
use crate::digest::{Date, Titles};

fn entry(path: &str, title: &str, date: &str, source: &str) -> Entry {
    Entry {
        path: path.into(),
        titles: Titles { given: title.to_owned(), ..Titles::default() },
        date: Date::parse(date),
        description: None,
        link: None,
        modified: None,
        source: Some(source.to_owned()).filter(|source| !source.is_empty()),
        tags: vec!["Ｔag".to_owned()],
        languages: [true, false],
        problems: 0,
        mate: None,
    }
}

fn add(entries: &mut Entries, batch: Vec<Entry>) -> Vec<EntryId> {
    entries.apply(Changes::added(batch)).placed
}

fn titles(entries: &Entries, ids: &[EntryId]) -> Vec<String> {
    ids.iter().map(|&id| entries.get(id).unwrap().titles.given.clone()).collect()
}

#[test]
fn titles_sort_by_syllable_and_signs_do_not_count() {
    assert_eq!(&*sort_key("《西安》2026：AI 与人"), "xi an 2026 ai yu ren ");
    let mut entries = Entries::new(TimeZone::UTC);
    let given = ["先生", "西安", "《爱》", "AI", "apple", "10 years", "——", "Ｂook", "中国"];
    add(&mut entries, given.iter().map(|title| entry(title, title, "", "")).collect());
    let sorted = entries.sorted(Order::Title, Language::Chinese);
    assert_eq!(titles(&entries, &sorted), ["10 years", "AI", "《爱》", "apple", "Ｂook", "西安", "先生", "中国", "——"]);
}

#[test]
fn dates_sort_newest_first_in_the_zone_given() {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::fixed(jiff::tz::offset(8)));
    let mut entries = Entries::new(zone);
    let ids = add(
        &mut entries,
        vec![
            entry("a", "day", "2026-05-02", ""),
            entry("b", "late in the evening of the first, by UTC", "2026-05-01T20:00:00Z", ""),
            entry("c", "none", "", ""),
            entry("d", "before 1970", "1950-01-01", ""),
        ],
    );
    let sorted = entries.sorted(Order::Date, Language::Chinese);
    assert_eq!(sorted, [ids[1], ids[0], ids[3], ids[2]]);
    assert_eq!(entries.day(ids[1]), entries.day(ids[0]));
    assert_eq!(entries.day(ids[2]), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn merging_is_sorting(
        made in proptest::collection::vec(("[a-c西先安A《]{0,4}", "(2026-0[1-3]-0[1-9])?", "[甲乙]?"), 0..40),
        cut in 0..40_usize,
        which in 0..3_usize,
    ) {
        let order = [Order::Date, Order::Title, Order::Source][which];
        let mut all: Vec<Entry> = made.iter().enumerate().map(|(number, (title, date, source))| entry(&format!("{}", number % 7), title, date, source)).collect();
        let rest = all.split_off(cut.min(all.len()));
        let mut entries = Entries::new(TimeZone::UTC);
        add(&mut entries, all);
        let first = entries.sorted(order, Language::Chinese);
        let added = add(&mut entries, rest);
        let merged = entries.merge(&first, added, order, Language::Chinese);
        prop_assert_eq!(merged, entries.sorted(order, Language::Chinese));
    }
}
