use proptest::prelude::*;

use super::*;
use crate::digest::{Date, Moment, Titles};

fn entry(path: &str, title: &str, date: &str, source: &str) -> Entry {
    Entry {
        path: path.into(),
        titles: Titles {
            given: title.to_owned(),
            ..Titles::default()
        },
        date: Date::parse(date),
        description: None,
        link: None,
        modified: None,
        source: Some(source.to_owned()).filter(|source| !source.is_empty()),
        tags: vec!["Ｔag".to_owned()],
        languages: [true, false],
        is_mixed: false,
        problems: 0,
        is_broken: false,
        mate: None,
    }
}

fn add(entries: &mut Entries, batch: Vec<Entry>) -> Vec<EntryId> {
    entries.apply(Changes::added(batch)).placed
}

fn titles(entries: &Entries, ids: &[EntryId]) -> Vec<String> {
    ids.iter()
        .map(|&id| entries.get(id).unwrap().titles.given.clone())
        .collect()
}

#[test]
fn titles_sort_by_syllable_and_signs_do_not_count() {
    assert_eq!(sort_key("《西安》2026：AI 与人"), b"xi an 2026 ai yu ren ");
    let mut entries = Entries::new(TimeZone::UTC);
    let given = [
        "先生",
        "西安",
        "《爱》",
        "AI",
        "apple",
        "10 years",
        "——",
        "Ｂook",
        "中国",
    ];
    add(
        &mut entries,
        given
            .iter()
            .map(|title| entry(title, title, "", ""))
            .collect(),
    );
    let sorted = entries.sorted(Order::Title, Language::Chinese);
    assert_eq!(
        titles(&entries, &sorted),
        [
            "10 years",
            "AI",
            "《爱》",
            "apple",
            "Ｂook",
            "西安",
            "先生",
            "中国",
            "——"
        ]
    );
}

#[test]
fn the_ends_of_the_calendar_are_days_like_others() {
    let mut entries = Entries::new(TimeZone::fixed(jiff::tz::offset(8)));
    let [first, last] = [civil::Date::MIN, civil::Date::MAX].map(|day| Date {
        written: "end".into(),
        moment: Some(Moment::Day(day)),
        ..Date::default()
    });
    let batch = [first, last].map(|date| Entry {
        date,
        ..entry("a", "", "", "")
    });
    let ids = add(
        &mut entries,
        [batch.to_vec(), vec![entry("b", "now", "2024-06-01", "")]].concat(),
    );
    let days: Vec<String> = ids
        .iter()
        .filter_map(|&id| entries.day(id))
        .map(|day| day.to_string())
        .collect();
    assert_eq!(days, ["-009999-01-01", "9999-12-31", "2024-06-01"]);
    let sorted: Vec<u32> = entries
        .sorted(Order::Date, Language::Chinese)
        .into_iter()
        .map(|id| id.0)
        .collect();
    assert_eq!(sorted, [1, 2, 0]);
}

#[test]
fn dates_sort_newest_first_in_the_zone_given() {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::fixed(jiff::tz::offset(8)));
    let mut entries = Entries::new(zone);
    let ids = add(
        &mut entries,
        vec![
            entry("a", "day", "2026-05-02", ""),
            entry(
                "b",
                "late in the evening of the first, by UTC",
                "2026-05-01T20:00:00Z",
                "",
            ),
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
        let mut merged = entries.sorted(order, Language::Chinese);
        let added = add(&mut entries, rest);
        entries.merge(&mut merged, &added, order, Language::Chinese);
        prop_assert_eq!(merged, entries.sorted(order, Language::Chinese));
    }

    #[test]
    fn what_is_kept_in_order_through_changes_is_what_is_sorted(
        steps in proptest::collection::vec((0..3_u8, 0..12_u32, "[a-c西安]{0,2}", "(2026-0[1-3]-0[1-9])?"), 0..40),
        which in 0..3_usize,
    ) {
        let order = [Order::Date, Order::Title, Order::Source][which];
        let mut entries = Entries::new(TimeZone::UTC);
        let mut kept = Vec::new();
        for (kind, number, title, date) in steps {
            let new = entry(&format!("{}", number % 5), &title, &date, &title);
            let changes = match kind {
                0 => Changes::added(vec![new]),
                1 => Changes { changed: vec![(EntryId(number), new)], ..Changes::default() },
                _ => Changes { gone: vec![EntryId(number)], ..Changes::default() },
            };
            let applied = entries.apply(changes);
            kept.retain(|id| !applied.removed.contains(id));
            entries.merge(&mut kept, &applied.placed, order, Language::Chinese);
        }
        prop_assert_eq!(kept.len(), entries.len());
        prop_assert_eq!(kept, entries.sorted(order, Language::Chinese));
    }
}

#[test]
fn what_changes_keeps_its_number_and_what_goes_leaves_it_empty() {
    let mut entries = Entries::new(TimeZone::UTC);
    let ids = add(
        &mut entries,
        vec![
            entry("a", "一", "2026-01-01", ""),
            entry("b", "二", "2026-01-02", ""),
        ],
    );
    let changes = Changes {
        added: Some(Arc::new(vec![entry("c", "三", "2026-01-03", "")])),
        changed: vec![
            (ids[0], entry("a", "一新", "2026-01-04", "")),
            (EntryId(99), entry("x", "无", "", "")),
        ],
        gone: vec![ids[1], ids[1], EntryId(98)],
    };
    let applied = entries.apply(changes);
    assert_eq!(
        applied,
        Applied {
            removed: vec![ids[1], ids[0]],
            placed: vec![EntryId(2), ids[0]]
        }
    );
    assert_eq!((entries.len(), entries.bound()), (2, 3));
    let sorted = entries.sorted(Order::Date, Language::Chinese);
    assert_eq!(titles(&entries, &sorted), ["一新", "三"]);
    assert!(!entries.contains(ids[1]) && entries.get(ids[1]).is_none());
    let text = (entries.slots()[1].filter_text(), entries.changed_text());
    assert_eq!((text.0.all(0), text.1.all(0)), ("三\ntag\n", "一新\ntag\n"));
    let back = entries.apply(Changes {
        changed: vec![(ids[1], entry("b", "又二", "", ""))],
        ..Changes::default()
    });
    assert_eq!(
        back,
        Applied {
            removed: vec![],
            placed: vec![ids[1]]
        }
    );
    assert_eq!(entries.len(), 3);
}

#[test]
fn one_store_replaces_all() {
    let mut entries = Entries::new(TimeZone::UTC);
    let ids = add(
        &mut entries,
        vec![
            entry("a", "一", "2026-01-01", ""),
            entry("b", "二", "2026-01-02", ""),
        ],
    );
    entries.apply(Changes {
        changed: vec![(ids[0], entry("a", "新", "", ""))],
        ..Changes::default()
    });
    entries.rebase(Arc::new(vec![entry("early", "早", "", "")]));
    assert_eq!(
        entries
            .get(ids[0])
            .map(|entry| entry.titles.given)
            .as_deref(),
        Some("新"),
        "of an earlier time"
    );
    entries.rebase(Arc::new(vec![
        entry("a", "新", "", ""),
        entry("b", "二", "2026-01-02", ""),
    ]));
    assert_eq!(
        titles(&entries, &entries.sorted(Order::Date, Language::Chinese)),
        ["二", "新"]
    );
    assert!(!entries.is_replaced(ids[0]));
}
