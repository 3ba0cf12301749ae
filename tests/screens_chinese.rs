//! Whole screens in the program's Chinese, of the mainland and of Taiwan, at the smallest size people use and at a
//! large one. The language is one for the process, so the tests take turns.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jianbao::catalog::Update;
use jianbao::digest;
use jianbao::locale::Locale;
use jianbao::reader::{Area, Message, ReaderSettings};
use jianbao::settings::Settings;
use jiff::civil::date;

use self::screen::{Reader, samples};

#[path = "support/screen.rs"]
mod screen;

const SIZES: [(u16, u16); 2] = [(60, 20), (120, 40)];
const LOCALES: [(&str, Locale); 2] = [("cn", Locale::Simplified), ("tw", Locale::Traditional)];

/// Does something in a language, then in the other.
fn in_chinese(mut test: impl FnMut(&str)) {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    for (name, locale) in LOCALES {
        locale.make_current();
        test(name);
    }
}

/// The samples, and an article whose figures disagree, on a day after they were written.
fn reader(columns: u16, rows: u16) -> Reader {
    let doubtful = "---\ntitle: 大桥修缮两年\ndate: 2026-05-31\nauthor: gazette\n---\n\n大桥的修缮要花 8600 万元。\n\n---\n\n**Summary:**\n\nThe repair of the bridge costs 860 million yuan, the city says.\n";
    let mut articles = samples();
    articles.push((
        "bridge.md".to_owned(),
        digest::read(doubtful.as_bytes(), "bridge.md"),
    ));
    let count = articles.len() as u32;
    let settings = ReaderSettings {
        area: Area { columns, rows },
        today: Some(date(2026, 6, 1)),
        library: None,
        ..ReaderSettings::default()
    };
    let mut reader = Reader::over(articles, settings, None);
    reader.tell(Message::Library(Update::Progress {
        read: count,
        found: count,
        elapsed: Duration::ZERO,
        finished: true,
    }));
    reader
}

/// Shows screens under their names, each after some keys.
fn shows(screens: &[(&str, &str)]) {
    in_chinese(|locale| {
        for (columns, rows) in SIZES {
            let mut reader = reader(columns, rows);
            for (name, keys) in screens {
                let name = format!("{name}_{locale}_{columns}x{rows}");
                insta::assert_snapshot!(name, reader.press(keys).screen());
            }
        }
    });
}

#[test]
fn list_and_article() {
    shows(&[
        ("list", ""),
        ("doubt", "j⏎}"),
        ("doubts", ":problems⏎"),
        ("sentence", "⎋⎋."),
        ("selection", "v"),
        ("article", "⎋⎋j⏎"),
        ("both", "X"),
    ]);
}

#[test]
fn the_look_up_box() {
    shows(&[("look_up", "jj⏎}}d"), ("look_up_again", "wd")]);
}

#[test]
fn boxes() {
    shows(&[
        ("menu", "jj⏎⏎"),
        ("outline", "⎋t"),
        ("link", "⎋o"),
        ("commands_by_sound", "⎋:jxb"),
    ]);
}

#[test]
fn statistics() {
    shows(&[("statistics", "gs")]);
}

#[test]
fn highlights_and_notes() {
    in_chinese(|locale| {
        for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
            let mut reader = reader(columns, rows);
            reader.press("jj⏎}.H..HHIwhat for? #ask⎋");
            let highlighted = reader.screen();
            insta::assert_snapshot!(
                format!("highlighted_{locale}_{columns}x{rows}"),
                highlighted
            );
            insta::assert_snapshot!(
                format!("hub_{locale}_{columns}x{rows}"),
                reader.press("gh").screen()
            );
        }
    });
}

#[test]
fn the_look_up_box_and_the_vocabulary_book() {
    in_chinese(|locale| {
        for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
            let mut reader = reader(columns, rows);
            reader.press("jj⏎}.dW");
            insta::assert_snapshot!(format!("kept_{locale}_{columns}x{rows}"), reader.screen());
            reader.press("wwwWwwwK⎋⎋x}.dwwwwwwW⎋⎋gws");
            insta::assert_snapshot!(format!("words_{locale}_{columns}x{rows}"), reader.screen());
        }
    });
}

#[test]
fn the_help_of_each_part() {
    shows(&[
        ("help_list", "?"),
        ("help_article", "⎋⏎?"),
        ("help_facets", "⎋⎋F?"),
        ("help_search", "⎋⎋\\海⇥?"),
        ("help_searched", "⎋⎋⎋?/返回"),
    ]);
}

#[test]
fn finding() {
    shows(&[
        ("filter", "/海"),
        ("filter_nothing", "xyz"),
        ("filtered", "⎋/tag:climate⏎"),
        ("saving", "S"),
        ("facets", "⎋⎋F"),
        ("facets_ticked", " "),
        ("search_empty", "⎋⎋\\"),
        ("search", "潮汐"),
        ("search_results", "⇥"),
    ]);
}

#[test]
fn a_language_chosen_while_one_reads_changes_the_screen() {
    in_chinese(|_| {
        let mut reader = reader(80, 24);
        reader.press("⏎?");
        let chinese = reader.screen();
        Locale::English.make_current();
        let set = Settings {
            language: jianbao::settings::LocaleSetting::English,
            ..Settings::default()
        };
        reader.tell(Message::Settings(set));
        let english = reader.screen();
        assert!(english.contains("Keys in the article"), "{english}");
        assert!(english.contains("half a page down"), "{english}");
        assert_ne!(chinese, english);
    });
}

/// The list is in the language that is read, the program's words in its own.
#[test]
fn days_follow_the_language_that_is_read() {
    in_chinese(|locale| {
        let mut reader = reader(60, 20);
        let screen = reader.screen();
        assert!(
            screen.contains("今天") && screen.contains("昨天"),
            "{screen}"
        );
        let screen = reader.press("⇥").screen();
        assert!(
            screen.contains("Today") && screen.contains("Yesterday"),
            "{screen}"
        );
        let hint = if locale == "cn" {
            "Enter 阅读"
        } else {
            "Enter 閱讀"
        };
        assert!(screen.contains(hint), "{screen}");
    });
}
