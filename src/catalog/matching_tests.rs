use std::sync::Arc;

use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::catalog::Changes;
use crate::digest::{Date, Titles};

fn entry(title: &str, day: &str, source: &str, tags: &[&str]) -> Entry {
    Entry {
        path: title.into(),
        titles: Titles { given: title.to_owned(), ..Titles::default() },
        date: Date::parse(day),
        description: Some("standfirst".into()),
        link: None,
        modified: None,
        source: Some(source.to_owned()),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        languages: [true, title.is_ascii()],
        problems: u32::from(source == "FT"),
        mate: None,
    }
}

fn entries() -> Entries {
    let mut entries = Entries::new(TimeZone::UTC);
    let all = vec![
        entry("英伟达发布新芯片", "2026-11-20", "FT", &["AI", "Machine Learning"]),
        entry("重庆的 NVIDIA 大会", "2026-11-02", "gazette", &["ai"]),
        entry("Ducks in Chongqing", "", "gazette", &[]),
        entry("绿茶", "2025-01-31", "ＦＴ中文", &["农业"]),
    ];
    entries.apply(Changes::added(all));
    entries
}

/// The numbers that satisfy a query, literally and by pinyin.
fn found(entries: &mut Entries, query: &str) -> (Vec<usize>, Vec<usize>) {
    let tiers = evaluate(&Query::parse(query).unwrap(), entries, date(2026, 11, 25), true);
    let of = |tier| (0..tiers.len()).filter(|&at| tiers[at] == tier).collect();
    (of(Tier::Literal), of(Tier::Pinyin))
}

#[test]
fn words_are_found_literally_and_titles_by_pinyin() {
    let mut entries = entries();
    for query in ["ywd", "yingweida", "yingwd", "英w", "YINGWEIDA"] {
        assert_eq!(found(&mut entries, query).1, [0], "{query}");
    }
    assert_eq!(found(&mut entries, "chongqing"), (vec![2], vec![1]), "the other reading of 重 is known");
    assert_eq!(found(&mut entries, "lvcha"), (vec![], vec![3]));
    assert_eq!(found(&mut entries, "lücha"), (vec![], vec![3]));
    assert_eq!(found(&mut entries, "nvidia ft"), (vec![], vec![]));
    assert_eq!(found(&mut entries, "nvidia"), (vec![1], vec![]));
    assert_eq!(found(&mut entries, "ft"), (vec![0, 3], vec![]));
    assert_eq!(found(&mut entries, "發佈新芯片"), found(&mut entries, "发布新芯片"), "in either script");
    assert_eq!(found(&mut entries, "綠茶").0, [3]);
    assert_eq!(found(&mut entries, "standfirst"), (vec![0, 1, 2, 3], vec![]));
    assert_eq!(found(&mut entries, "\"ywd\""), (vec![], vec![]), "a phrase is literal");
    assert_eq!(found(&mut entries, "ywd 芯片 or 绿"), (vec![3], vec![0]));
}

#[test]
fn terms_look_at_their_fields() {
    let mut entries = entries();
    let mut literal = |query: &str| found(&mut entries, query).0;
    assert_eq!(literal("tag:ai"), [0, 1]);
    assert_eq!(literal("tag:\"machine learning\""), [0]);
    assert_eq!(literal("author:ft"), [0, 3]);
    assert_eq!(literal("lang:en"), [2]);
    assert_eq!(literal("has:problem"), [0]);
    assert_eq!(literal("date:2026-11"), [0, 1]);
    assert_eq!(literal("date:7d"), [0]);
    assert_eq!(literal("date:24d"), [0, 1]);
    assert_eq!(literal("date:..2025"), [3]);
    assert_eq!(literal("date:none"), [2]);
    assert_eq!(literal("-tag:ai"), [2, 3]);
    assert_eq!(literal("-(tag:ai or date:none)"), [3]);
    assert_eq!(literal(""), [0, 1, 2, 3]);
}

#[test]
fn what_changed_is_found_by_what_it_says_now_and_what_is_gone_not_at_all() {
    let mut entries = entries();
    entries.apply(Changes {
        added: Some(Arc::new(vec![entry("新的绿茶", "", "x", &[])])),
        changed: vec![(EntryId(0), entry("湿地", "", "x", &[]))],
        gone: vec![EntryId(3)],
    });
    assert_eq!(found(&mut entries, "芯片"), (vec![], vec![]));
    assert_eq!(found(&mut entries, "绿茶"), (vec![4], vec![]));
    assert_eq!(found(&mut entries, "shidi"), (vec![], vec![0]));
    assert_eq!(found(&mut entries, "-绿茶").0, [0, 1, 2]);
    assert_eq!(found(&mut entries, "ywd"), (vec![], vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn not_is_all_the_others(query in "(绿|nv|tag:ai|a|date:2026|ywd){1}") {
        let mut entries = entries();
        let (literal, pinyin) = found(&mut entries, &query);
        let (others, none) = found(&mut entries, &format!("-{query}"));
        prop_assert!(none.is_empty());
        let mut all = [literal, pinyin, others].concat();
        all.sort_unstable();
        prop_assert_eq!(all, [0, 1, 2, 3]);
    }
}
