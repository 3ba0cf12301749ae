use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::catalog::annotations::OwnTags;
use crate::catalog::entry::Entry;
use crate::catalog::entry_store::Changes;
use crate::catalog::remembered::{Attention, Mark, Marks};
use crate::digest::{Date, Titles};

fn entry(title: &str) -> Entry {
    Entry {
        path: title.into(),
        mate: None,
        titles: Titles {
            given: title.to_owned(),
            ..Titles::default()
        },
        date: Date::parse(""),
        description: None,
        link: None,
        modified: None,
        source: None,
        tags: Vec::new(),
        languages: [true, false],
        is_mixed: false,
        problems: 0,
        is_broken: false,
    }
}

fn library(entries: Vec<Entry>) -> Entries {
    let mut library = Entries::new(TimeZone::UTC);
    library.apply(Changes::added(entries));
    library
}

fn tiers(query: &str, entries: &Entries, marks: &Marks) -> Vec<Tier> {
    let context = FilterContext {
        marks,
        annotations: &Annotations::default(),
        today: date(2024, 6, 10),
        last_visit: Some(1000),
        is_thorough: true,
    };
    let query = Query::parse(query).unwrap();
    let counts = |term: &Term| -> &'static [u32] {
        match &*term.text {
            "held" => &[2, 1],
            "other" => &[0, 1],
            _ => &[],
        }
    };
    let all = evaluate(&query, entries, 0..entries.bound(), &context, &counts);
    let middle = entries.bound() / 2;
    let halves = [0..middle, middle..entries.bound()]
        .map(|half| evaluate(&query, entries, half, &context, &counts));
    assert_eq!(all, halves.concat(), "whatever numbers are asked for");
    all
}

fn tier(query: &str, title: &str) -> Tier {
    tiers(query, &library(vec![entry(title)]), &Marks::default())[0]
}

#[test]
fn chinese_is_found_by_its_sound() {
    for query in [
        "ywd",
        "yingweida",
        "yingwd",
        "英w",
        "YingWeiDa",
        "yingwe",
        "weida",
        "ying'wei'da",
        "ywdcb",
        "ywdcaibao",
    ] {
        assert_eq!(tier(query, "《英伟达》財報公布"), Tier::Pinyin, "{query}");
    }
    for (query, title) in [
        ("chongqing", "重庆的桥"),
        ("cq", "重慶的橋"),
        ("zgyh", "中国银行"),
        ("zhgyh", "中国银行"),
        ("zhongguoyinhang", "中国银行"),
        ("lvxing", "旅行"),
        ("lüxing", "旅行"),
        ("luxing", "旅行"),
        ("LÜXING", "旅行"),
        ("aixp", "看 AI 芯片"),
        ("aixinpian", "AI芯片"),
    ] {
        assert_eq!(tier(query, title), Tier::Pinyin, "{query}");
    }
    for (query, title) in [
        ("ywx", "英伟达"),
        ("yngweida", "英伟达"),
        ("y", "英伟达"),
        ("ywd", "英国，伟大"),
        ("hq", "重庆"),
    ] {
        assert_eq!(tier(query, title), Tier::None, "{query}");
    }
}

#[test]
fn a_sound_outside_the_titles_comes_last() {
    let beside = Entry {
        description: Some("英伟达财报".into()),
        ..entry("Letters")
    };
    let entries = library(vec![beside, entry("英伟达"), entry("Your world daily")]);
    assert_eq!(
        tiers("ywd", &entries, &Marks::default()),
        [Tier::PinyinElsewhere, Tier::Pinyin, Tier::Loose]
    );
}

#[test]
fn words_are_found_in_either_script_case_and_width() {
    for (query, title) in [
        ("輝達", "辉达"),
        ("辉达", "輝達"),
        ("台湾", "臺灣"),
        ("nvidia", "ＮＶＩＤＩＡ"),
        ("ÉTÉ", "été"),
        ("*片：热*", "AI芯片:热"),
    ] {
        let expected = if query.starts_with('*') {
            Tier::Title
        } else {
            Tier::Exact
        };
        assert_eq!(tier(query, title), expected, "{query}");
    }
}

#[test]
fn letters_are_found_loosely_but_close_together() {
    for (query, title) in [
        ("cht", "China’s housing troubles"),
        ("nvdia", "Nvidia"),
        ("英达", "英伟达"),
        ("hkong", "Hong Kong"),
        ("trdwar", "The trade war"),
    ] {
        assert_eq!(tier(query, title), Tier::Loose, "{query}");
    }
    for (query, title) in [
        ("ct", "China’s troubles"),
        ("cts", "China and the very old troubles of states"),
        ("204", "2024"),
        ("nva", "Nvidia"),
        ("达英", "英伟达"),
    ] {
        assert_eq!(tier(query, title), Tier::None, "{query}");
    }
}

#[test]
fn tiers_are_joined() {
    let title = "英伟达 China’s housing troubles";
    for (query, expected) in [
        ("", Tier::Exact),
        ("英伟达 ywd", Tier::Pinyin),
        ("英伟达 or ywd", Tier::Title),
        ("ywd cht", Tier::Loose),
        ("ywd or cht", Tier::Pinyin),
        ("zzz or ywd", Tier::Pinyin),
        ("ywd zzz", Tier::None),
        ("-ywd", Tier::None),
        ("-zzz", Tier::Exact),
        ("\"held\"", Tier::Text),
        ("text:held", Tier::Text),
        ("held", Tier::Text),
        ("held or 英", Tier::Title),
        ("-\"other\" 英", Tier::Title),
        ("\"troubles\"", Tier::Title),
        ("\"trouble\"", Tier::None),
        ("trouble", Tier::Title),
        ("text:troubles", Tier::None),
        ("rouble", Tier::None),
        ("*rouble*", Tier::Title),
    ] {
        assert_eq!(tier(query, title), expected, "{query}");
    }
}

#[test]
fn fields_and_marks_are_asked_for() {
    let full = Entry {
        date: Date::parse("2024-06-04"),
        modified: Some(2000),
        source: Some("The Courier".into()),
        tags: vec!["機器學習".into(), "Machine Learning".into()],
        languages: [true, true],
        is_mixed: false,
        problems: 1,
        is_broken: false,
        ..entry("full")
    };
    let mut entries = library(vec![
        full,
        Entry {
            modified: Some(500),
            ..entry("bare")
        },
        entry("gone"),
        entry("old"),
    ]);
    let changed = Entry {
        tags: vec!["late".into()],
        date: Date::parse("1999"),
        ..entry("changed")
    };
    entries.apply(Changes {
        gone: vec![EntryId(2)],
        changed: vec![(EntryId(3), changed)],
        ..Changes::default()
    });
    let mut marks = Marks::default();
    marks.set(
        EntryId(1),
        Mark {
            attention: Attention::Finished,
            is_starred: true,
        },
    );
    for (query, expected) in [
        ("tag:机器", "0"),
        ("tag:machine", "0"),
        ("tag:\"machine l\"", ""),
        ("tag:\"Machine Learning\"", "0"),
        ("source:cour source:\"the courier\"", "0"),
        ("source:\"courier\"", ""),
        ("tag:learning", ""),
        ("tag:late", "3"),
        ("changed", "3"),
        ("old", ""),
        ("author:courier", "0"),
        ("-author:courier", "13"),
        ("lang:zh", "013"),
        ("lang:both", "0"),
        ("has:problem", "0"),
        ("is:unread", "03"),
        ("is:read", "1"),
        ("is:finished is:starred", "1"),
        ("is:new", "0"),
        ("date:2024-06", "0"),
        ("date:7d", "0"),
        ("date:6d", ""),
        ("date:1m", "0"),
        ("date:2023..", "0"),
        ("date:..2024-06-03 or date:none", "13"),
        ("-date:2024", "13"),
        ("", "013"),
    ] {
        let found = tiers(query, &entries, &marks);
        assert_eq!(found.len(), 4);
        let found: String = (0..4)
            .filter(|&at| found[at] != Tier::None)
            .map(|at| at.to_string())
            .collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn a_section_for_each_language_and_both_mixed_are_two_things() {
    let article = |languages, is_mixed| Entry {
        languages,
        is_mixed,
        ..entry("a")
    };
    let entries = library(vec![
        article([true, true], false),
        article([true, true], true),
        article([true, false], false),
        article([false, true], false),
        article([false, false], false),
    ]);
    for (query, expected) in [
        ("lang:both", vec![0]),
        ("lang:mixed", vec![1]),
        ("lang:zh", vec![0, 1, 2]),
        ("lang:en", vec![0, 1, 3]),
        ("lang:zh -lang:mixed", vec![0, 2]),
        ("-lang:both", vec![1, 2, 3, 4]),
    ] {
        let found = tiers(query, &entries, &Marks::default());
        let found: Vec<usize> = (0..5).filter(|&at| found[at] != Tier::None).collect();
        assert_eq!(found, expected, "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn changes_lead_to_what_a_new_library_finds(
        titles in proptest::collection::vec("[英伟达重慶庆 a-d]{0,6}", 1..8),
        later in proptest::collection::vec(("[英伟达重慶庆 a-d]{0,6}", 0..8_u32, any::<bool>()), 0..6),
        query in "(-)?[英重慶a-dqwy]{1,4}( or [英a-d]{1,3})?",
    ) {
        let mut entries = library(titles.iter().map(|title| entry(title)).collect());
        let mut now: Vec<Option<String>> = titles.into_iter().map(Some).collect();
        for (title, at, is_gone) in later {
            let id = EntryId(at % now.len() as u32);
            let changes = if is_gone {
                Changes { gone: vec![id], ..Changes::default() }
            } else {
                Changes { changed: vec![(id, entry(&title))], ..Changes::default() }
            };
            tiers(&query, &entries, &Marks::default());
            entries.apply(changes);
            now[id.0 as usize] = (!is_gone).then_some(title);
        }
        let again = |title: &Option<String>| title.as_ref().map_or(Tier::None, |title| tier(&query, title));
        let expected: Vec<Tier> = now.iter().map(again).collect();
        prop_assert_eq!(tiers(&query, &entries, &Marks::default()), expected);
    }

    #[test]
    fn negation_is_the_complement(title in "[英伟达 a-d]{0,8}", query in "[英伟达a-dyw]{1,4}") {
        let is_found = tier(&query, &title) != Tier::None;
        prop_assert_eq!(tier(&format!("-{query}"), &title) == Tier::None, is_found);
        prop_assert_eq!(tier(&format!("--{query}"), &title) != Tier::None, is_found);
    }
}

#[test]
fn own_tags_match_as_those_of_the_file_do() {
    let one = Entry {
        tags: vec!["Nature".into()],
        ..entry("one")
    };
    let library = library(vec![one, entry("two")]);
    let mut annotations = Annotations::default();
    let path = library.get(EntryId(1)).unwrap().path;
    annotations.put_tags(std::sync::Arc::new(OwnTags {
        path,
        tags: vec!["Re-read".into(), "茶葉".into()],
    }));
    let found = |query: &str| {
        let marks = Marks::default();
        let context = FilterContext {
            marks: &marks,
            annotations: &annotations,
            today: date(2024, 6, 10),
            last_visit: None,
            is_thorough: true,
        };
        let query = Query::parse(query).unwrap();
        let tiers = evaluate(&query, &library, 0..2, &context, &|_| &[]);
        [0, 1].map(|at: usize| tiers[at] != Tier::None)
    };
    assert_eq!(found("tag:re"), [false, true]);
    assert_eq!(found("tag:\"re-read\""), [false, true]);
    assert_eq!(found("tag:\"re\""), [false, false]);
    assert_eq!(found("tag:茶叶"), [false, true], "in either script");
    assert_eq!(found("tag:nature or tag:茶"), [true, true]);
    assert_eq!(found("-tag:re"), [true, false]);
    assert_eq!(found("read"), [false, true], "a bare word");
    assert_eq!(found("茶叶"), [false, true]);
    assert_eq!(found("\"ead\""), [false, false], "a part of a word");
    assert_eq!(found("nature or re-read"), [true, true]);
    let ids = (0..2).map(|id| (EntryId(id), [true; 3]));
    let facets = crate::catalog::facets(&library, &annotations, ids);
    let names: Vec<&str> = facets.tags.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Nature", "Re-read", "茶葉"]);
}
