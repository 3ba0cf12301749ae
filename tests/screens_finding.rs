//! Whole screens of finding: the search screen, the facets, mistakes in a query, at the sizes
//! people use and in both languages.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fmt::Write;
use std::time::Duration;

use jianbao::catalog::{Changes, Entry, InitialState, LibraryState, SavedSearch, Update};
use jianbao::digest;
use jianbao::reader::{Area, Message, ReaderSettings};
use jianbao::text::Language;
use jianbao::view::{Background, ColourDepth, Theme, Tone};

use self::screen::{Reader, samples};

#[path = "support/screen.rs"]
mod screen;

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 50)];

/// A reader over the samples, with saved searches.
fn over_samples(columns: u16, rows: u16, language: Language) -> Reader {
    let saved = [
        ("City news", "cities date:2024-01..2026-12"),
        ("长文", "tag:technology or tag:science"),
        ("tag:climate", "tag:climate"),
    ];
    let search = |(name, query): (&str, &str)| SavedSearch {
        name: name.to_owned(),
        query: query.to_owned(),
    };
    let state = LibraryState {
        searches: saved.map(search).into(),
        ..LibraryState::default()
    };
    let opened = Message::Library(Update::Initial(Box::new(InitialState {
        state,
        ..InitialState::default()
    })));
    let settings = ReaderSettings {
        area: Area { columns, rows },
        language,
        ..ReaderSettings::default()
    };
    Reader::over(samples(), settings, Some(opened))
}

#[test]
fn the_search_screen() {
    for (columns, rows) in SIZES {
        for (language, query) in [(Language::Chinese, "海"), (Language::English, "water")] {
            let mut reader = over_samples(columns, rows, language);
            let name = format!(
                "search_{}_{columns}x{rows}",
                if language == Language::Chinese {
                    "zh"
                } else {
                    "en"
                }
            );
            insta::assert_snapshot!(name, reader.press("\\").press(query).press("↓").screen());
        }
    }
}

#[test]
fn the_search_screen_before_anything_is_typed_and_where_nothing_is_found() {
    let mut reader = over_samples(80, 24, Language::Chinese);
    insta::assert_snapshot!("search_empty", reader.press("\\").screen());
    insta::assert_snapshot!("search_nothing", reader.press("xyzzy").screen());
    insta::assert_snapshot!(
        "search_mistake",
        reader.press("⎋\\^U(城市 or tag:").screen()
    );
}

#[test]
fn a_hit_that_was_opened() {
    let mut reader = over_samples(80, 24, Language::Chinese);
    insta::assert_snapshot!("search_opened", reader.press("\\water↓⏎").screen());
}

#[test]
fn the_facets() {
    for (columns, rows) in SIZES {
        for (language, name) in [(Language::Chinese, "zh"), (Language::English, "en")] {
            let mut reader = over_samples(columns, rows, language);
            insta::assert_snapshot!(
                format!("facets_{name}_{columns}x{rows}"),
                reader.press("F⇥↓ ↓").screen()
            );
        }
    }
    let mut reader = over_samples(80, 24, Language::Chinese);
    insta::assert_snapshot!("facets_narrowed", reader.press("F⇥ ↓ c").screen());
    insta::assert_snapshot!("facets_saving", reader.press("⇥⇥^S").screen());
    let tags: Vec<String> = (0..11_234).map(|number| format!("tag {number}")).collect();
    let article = format!("---\ntitle: A\ntags: [{}]\n---\n\nText.\n", tags.join(", "));
    let mut reader = over_samples(80, 24, Language::Chinese);
    let entry = Entry::new(
        "many.md".into(),
        &digest::read(article.as_bytes(), "many.md"),
    );
    reader.tell(Message::Library(Update::Changed(Changes::added(vec![
        entry,
    ]))));
    insta::assert_snapshot!("facets_many", reader.press("F⇥tag51↓").screen());
}

#[test]
fn a_mistake_in_the_filter() {
    for (columns, rows) in SIZES {
        let mut reader = over_samples(columns, rows, Language::English);
        let name = format!("mistake_{columns}x{rows}");
        insta::assert_snapshot!(
            name,
            reader
                .press("/water or tag:technology date:2024-13")
                .screen()
        );
    }
}

#[test]
fn a_mistake_with_a_long_reason_takes_the_rows_it_needs() {
    let mut reader = over_samples(60, 20, Language::English);
    insta::assert_snapshot!(
        "mistake_long_60x20",
        reader.press("/(technology) shade:red").screen()
    );
    insta::assert_snapshot!(
        "mistake_long_search_60x20",
        reader.press("⎋\\water colour:red").screen()
    );
    insta::assert_snapshot!(
        "mistake_long_right_60x20",
        reader
            .press("^U\"a fairly long phrase to begin with\" colour:red")
            .screen()
    );
}

#[test]
fn the_status_line_says_what_counts_most_and_cuts_nothing_that_leads_out() {
    let walking = Message::Library(Update::Progress {
        read: 25_000,
        found: 100_000,
        elapsed: Duration::from_secs(2),
        finished: false,
    });
    let mut lines = String::new();
    for columns in [40, 60, 80, 100, 140] {
        let mut reader = over_samples(columns, 20, Language::Chinese);
        for keys in ["", "*", "⎋F", "⎋⏎", "f", "⎋\\water", "↓⏎"] {
            reader.press(keys);
            for is_walking in [false, true] {
                reader.tell(if is_walking {
                    walking.clone()
                } else {
                    Message::Library(Update::Unwatched(0))
                });
                let screen = reader.screen();
                let status = screen.lines().last().unwrap_or_default();
                writeln!(lines, "{columns:>3} {keys:<8} |{status}").unwrap();
            }
            reader.tell(Message::Library(Update::Progress {
                read: 9,
                found: 9,
                elapsed: Duration::ZERO,
                finished: true,
            }));
        }
    }
    insta::assert_snapshot!("status_lines", lines);
}

#[test]
fn what_the_library_reports_is_shown_whole() {
    let mut reader = over_samples(60, 20, Language::Chinese);
    let long = "what was remembered cannot be read; it is set aside as /home/reader/.local/share/jianbao/state.db.unreadable-1";
    reader.tell(Message::Notice(long.to_owned()));
    insta::assert_snapshot!("notice_long", reader.screen());
    reader.press("j");
    assert!(!reader.screen().contains("set aside"), "until the next key");
}

#[test]
fn an_empty_list_says_why() {
    let mut reader = over_samples(80, 24, Language::Chinese);
    insta::assert_snapshot!("filter_finds_nothing", reader.press("/xyzzy⏎").screen());
}

#[test]
fn the_smallest_screens_draw_something() {
    for (columns, rows) in [(20, 5), (1, 1), (3, 2), (10, 3), (24, 4)] {
        let mut reader = over_samples(columns, rows, Language::Chinese);
        for keys in [
            "\\", "中", "(", "⎋", "\\⇥", "↓↓", "⏎", "⎋⎋F", "↓", "⏎", "S", "⏎", "⎋/(", "⎋",
        ] {
            reader.press(keys).buffer();
        }
    }
}

#[test]
fn what_was_found_is_lit_and_the_selected_one_stands_out() {
    let mut reader = over_samples(80, 24, Language::Chinese);
    let buffer = reader.press("\\城市").buffer();
    let theme = Theme::new(Background::Dark, ColourDepth::True);
    let count = |tone: Tone| {
        let lit = theme.tone(tone).bg;
        buffer
            .content()
            .iter()
            .filter(|cell| Some(cell.bg) == lit)
            .count()
    };
    assert!(count(Tone::Match) >= 2, "found ones");
    // The second cell of a wide character is never sent, so the backend counts the first alone.
    assert_eq!(count(Tone::CurrentMatch), 2, "城 and 市");
}
