//! Whole screens, as a reader sees them: the samples at the sizes people use, in both languages,
//! and every box.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::fmt::Write;
use std::time::Duration;

use jianbao::bilingual::Text;
use jianbao::catalog::{ArticleCheck, EntryId, HighlightColour, Update};
use jianbao::digest::{self, Article};
use jianbao::reader::{Area, Message, ReaderSettings};
use jianbao::settings::{Settings, SignSetting};
use jianbao::text::Language;
use jianbao::typeset::Ambiguous;
use jianbao::view::{Background, ColourDepth, Theme, Tone};
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use self::screen::{Reader, samples};

#[path = "support/screen.rs"]
mod screen;
#[path = "support/svg.rs"]
mod svg;

/// A reader over articles whose library was walked.
fn over(articles: Vec<(String, Article)>, columns: u16, rows: u16) -> Reader {
    let count = articles.len() as u32;
    let settings = ReaderSettings {
        area: Area { columns, rows },
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

fn over_samples(columns: u16, rows: u16) -> Reader {
    over(samples(), columns, rows)
}

#[test]
fn the_first_screen() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        insta::assert_snapshot!(
            format!("first_{columns}x{rows}"),
            over_samples(columns, rows).screen()
        );
    }
}

#[test]
fn an_empty_library_offers_only_what_works() {
    let screen = over(Vec::new(), 80, 24).screen().clone();
    assert!(screen.contains("No articles here"), "{screen}");
    assert!(screen.contains("L libraries · ? help · q quit"), "{screen}");
    assert!(!screen.contains("Enter read"), "{screen}");
}

/// The pictures of the README; `UPDATE_DOCS=1 cargo test --test screens` draws them.
#[test]
fn the_pictures_of_the_readme_are_screens_of_the_program() {
    let mut reader = over_samples(128, 26);
    reader.press("j⏎X...");
    for (name, background, colours) in [
        ("screen", Background::Dark, svg::DARK),
        ("screen-light", Background::Light, svg::LIGHT),
    ] {
        let picture = svg::svg(&reader.buffer_on(background), colours);
        let path = format!("{}/assets/{name}.svg", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &picture).unwrap();
        }
        let is_same = std::fs::read_to_string(&path).unwrap_or_default() == picture;
        assert!(
            is_same,
            "to draw {name}.svg: UPDATE_DOCS=1 cargo test --test screens"
        );
    }
}

#[test]
fn an_article_in_both_languages() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        let mut reader = over_samples(columns, rows);
        insta::assert_snapshot!(
            format!("chinese_{columns}x{rows}"),
            reader.press("j⏎ ").screen()
        );
        insta::assert_snapshot!(
            format!("english_{columns}x{rows}"),
            reader.press("⇥").screen()
        );
    }
}

/// The cells of a large character but the first are blank here.
#[test]
fn large_headings_at_every_size() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        let set = Settings {
            large_headings: true,
            ..Settings::default()
        };
        let settings = ReaderSettings {
            area: Area { columns, rows },
            has_large_text: true,
            ..ReaderSettings::new(set)
        };
        let mut reader = Reader::over(samples(), settings, None);
        for (language, keys) in [("zh", "j⏎}}"), ("en", "⇥")] {
            let name = format!("large_{language}_{columns}x{rows}");
            insta::assert_snapshot!(name, reader.press(keys).screen());
        }
    }
}

#[test]
fn boxes_over_the_panes() {
    let mut reader = over_samples(80, 24);
    for (name, keys) in [
        ("help", "?"),
        ("outline", "⎋⏎t"),
        ("menu", "⎋⏎"),
        ("link", "⎋o"),
    ] {
        insta::assert_snapshot!(name, reader.press(keys).screen());
    }
}

#[test]
fn help_and_menu_at_every_size() {
    for (columns, rows) in [(60, 20), (120, 40), (200, 50)] {
        let mut reader = over_samples(columns, rows);
        for (name, keys) in [("help", "⏎?"), ("menu", "⎋⏎")] {
            let name = format!("{name}_{columns}x{rows}");
            insta::assert_snapshot!(name, reader.press(keys).screen());
        }
    }
}

#[test]
fn statistics_at_every_size() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        for (language, switch) in [("zh", ""), ("en", "⇥")] {
            let mut reader = over_samples(columns, rows);
            let name = format!("statistics_{language}_{columns}x{rows}");
            insta::assert_snapshot!(name, reader.press(switch).press("gs").screen());
        }
    }
}

#[test]
fn the_other_density_and_both_languages_at_every_size() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        for (language, switch) in [("zh", ""), ("en", "⇥")] {
            let mut reader = over_samples(columns, rows);
            reader.press(switch);
            for (name, keys) in [("density", "jV"), ("parallel", "⏎X}}")] {
                let name = format!("{name}_{language}_{columns}x{rows}");
                insta::assert_snapshot!(name, reader.press(keys).screen());
            }
        }
    }
}

#[test]
fn the_page_of_a_day() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        let mut articles = samples();
        let date = articles[0].1.date.clone();
        for (_, article) in articles.iter_mut().skip(1) {
            article.date = date.clone();
        }
        let mut reader = over(articles, columns, rows);
        reader.press("rjrkD");
        let check = |id| ArticleCheck {
            id: EntryId(id),
            disagrees: id == 3,
            minutes: [id as u16 + 2, 7],
            notes: Vec::new(),
        };
        let checks = (0..14).map(check).collect();
        reader.tell(Message::Library(Update::ArticlesChecked(checks)));
        insta::assert_snapshot!(format!("day_{columns}x{rows}"), reader.screen());
    }
}

#[test]
fn highlights_notes_and_their_list_at_every_size() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        let mut reader = over_samples(columns, rows);
        reader.press("⏎}.H..HHIwhat for? #ask⎋");
        insta::assert_snapshot!(format!("highlighted_{columns}x{rows}"), reader.screen());
        let box_open = reader.press("I").screen();
        insta::assert_snapshot!(format!("note_{columns}x{rows}"), box_open);
        insta::assert_snapshot!(
            format!("hub_{columns}x{rows}"),
            reader.press("⎋gh").screen()
        );
    }
}

#[test]
fn the_look_up_box_and_the_vocabulary_book_at_every_size() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 50)] {
        let mut reader = over_samples(columns, rows);
        reader.press("⏎}.dW");
        insta::assert_snapshot!(format!("kept_{columns}x{rows}"), reader.screen());
        reader.press("wwwWwwwK⎋⎋x}.dwwwwwwW⎋⎋gws");
        insta::assert_snapshot!(format!("words_{columns}x{rows}"), reader.screen());
        let glosses = reader.press("⎋PP").screen();
        insta::assert_snapshot!(format!("glosses_{columns}x{rows}"), glosses);
        let both = reader.press("xP").screen();
        insta::assert_snapshot!(format!("pinyin_and_glosses_{columns}x{rows}"), both);
    }
}

#[test]
fn a_highlight_has_its_colour_and_its_translation_a_quiet_one() {
    let theme = Theme::new(Background::Dark, ColourDepth::True);
    let mut reader = over_samples(140, 40);
    let buffer = reader.press("⏎X}.H}").buffer();
    let count = |tone| {
        let ground = theme.tone(tone).bg;
        let cells = buffer.content().iter();
        cells
            .filter(|cell| cell.bg != Color::Reset && Some(cell.bg) == ground)
            .count()
    };
    assert!(count(Tone::Highlight(HighlightColour::Yellow)) > 5);
    assert!(count(Tone::Answers) > 5);
    assert_eq!(count(Tone::Highlight(HighlightColour::Red)), 0);
}

#[test]
fn small_tables_in_both_languages_take_a_row_for_each_of_theirs() {
    let mut reader = over_samples(60, 20);
    insta::assert_snapshot!("tables_60x20", reader.press("⏎X/万标准箱⏎").screen());
}

#[test]
fn input_lines_and_labels() {
    let mut reader = over_samples(80, 24);
    insta::assert_snapshot!("filter", reader.press("/tech").screen());
    insta::assert_snapshot!("find", reader.press("⎋⏎/港").screen());
    insta::assert_snapshot!("labels", reader.press("⎋f").screen());
}

#[test]
fn the_smallest_screens_draw_something() {
    for (columns, rows) in [(20, 5), (1, 1), (3, 2), (10, 3)] {
        let mut reader = over_samples(columns, rows);
        for keys in ["", "⏎", "?", "⎋", "t", "⎋", "⏎", "⎋", "/a", "⏎", "x", "f"] {
            reader.press(keys).buffer();
        }
    }
    insta::assert_snapshot!("first_20x5", over_samples(20, 5).screen());
    insta::assert_snapshot!("article_20x5", over_samples(20, 5).press("⏎j").screen());
}

#[test]
fn a_match_and_a_selection_are_lit() {
    let mut reader = over_samples(120, 40);
    let theme = Theme::new(Background::Dark, ColourDepth::True);
    let plain = reader.press("⏎").buffer();
    let found = reader.press("/港⏎").buffer();
    let lit = theme.tone(jianbao::view::Tone::CurrentMatch).bg;
    let count = |buffer: &Buffer| {
        buffer
            .content()
            .iter()
            .filter(|cell| Some(cell.bg) == lit)
            .count()
    };
    assert_eq!(count(&plain), 0);
    // The second cell of a wide character is never sent, so the backend counts the first alone.
    assert_eq!(count(&found), 1);
}

/// What is lit on a screen, row by row, from left to right.
fn lit_rows(buffer: &Buffer) -> String {
    let ground = Theme::new(Background::Dark, ColourDepth::True)
        .tone(jianbao::view::Tone::Lit)
        .bg;
    let mut rows = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            match (Some(cell.bg) == ground, row.ends_with(" | ")) {
                (true, _) => row += cell.symbol(),
                (false, false) if !row.is_empty() => row += " | ",
                _ => {}
            }
            // The second cell of a wide character has no style of its own.
            x += jianbao::typeset::columns(cell.symbol(), Ambiguous::Narrow).max(1) as u16;
        }
        let row = row.trim_end_matches(" | ");
        if !row.is_empty() {
            writeln!(rows, "{y:3}: {row}").unwrap();
        }
    }
    rows
}

#[test]
fn sentences_are_lit_with_their_translation() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 50)] {
        let shows = |name: &str, reader: &mut Reader, keys: &str| {
            let screen = reader.press(keys).screen();
            let lit = lit_rows(&reader.buffer());
            let shown = format!("{screen}\nLit:\n{lit}");
            insta::assert_snapshot!(format!("sentence_{name}_{columns}x{rows}"), shown);
        };
        let mut reader = over_samples(columns, rows);
        shows("both", &mut reader, "j⏎}}X..");
        shows("both_english", &mut reader, "⇥");
        shows("english", &mut reader, "X");
        shows("unfolded_chinese", &mut reader, "p");
        shows("chinese", &mut reader, "⇥");
        shows("unfolded_english", &mut reader, "p");
        shows("selection", &mut reader, "pp⎋v.");
    }
}

#[test]
fn a_word_is_looked_up_beside_it() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
        let mut reader = over_samples(columns, rows);
        let mut shows = |name: &str, keys: &str| {
            let screen = reader.press(keys).screen();
            insta::assert_snapshot!(format!("look_up_{name}_{columns}x{rows}"), screen);
        };
        shows("chinese", "j⏎}}.dww");
        shows("both", "⎋Xdwww");
        shows("english", "⎋X⇥.dww");
    }
}

#[test]
fn articles_that_are_selected_together_look_selected() {
    let mut reader = over_samples(120, 40);
    let ground = Theme::new(Background::Dark, ColourDepth::True)
        .tone(jianbao::view::Tone::Selected)
        .bg;
    let rows = |buffer: &Buffer| {
        let lit = |y: &u16| Some(buffer[(3, *y)].bg) == ground;
        (0..buffer.area.height).filter(lit).count()
    };
    let one = rows(&reader.press("j").buffer());
    let three = rows(&reader.press("⇓⇓").buffer());
    assert_eq!((one > 0, three), (true, 3 * one));
    let screen = reader.screen();
    let status = screen.lines().last().unwrap();
    assert!(
        status.contains("r read/unread") && status.contains("3 selected"),
        "{status}"
    );
}

#[test]
fn a_box_touches_no_line_of_the_panes_and_the_footer_is_never_blank() {
    let mut reader = over_samples(130, 24);
    reader.press("⏎");
    for columns in 24..=130 {
        reader.tell(Message::Resized(Area { columns, rows: 24 }));
        for keys in ["o", "⎋t", "⎋⏎", "⎋?", "/", "⎋⎋"] {
            let screen = reader.press(keys).screen();
            let footer = screen.lines().nth(23).unwrap_or_default();
            assert!(!footer.trim().is_empty(), "{keys}:\n{screen}");
            for line in screen.lines() {
                let chars: Vec<char> = line.chars().collect();
                let is_line = |c: &char| "│┃╭╮╰╯".contains(*c);
                let touches = chars.windows(2).any(|two| two.iter().all(is_line));
                assert!(!touches, "{keys}:\n{screen}");
            }
        }
    }
}

#[test]
fn both_languages_at_once() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut reader = over_samples(columns, rows);
        insta::assert_snapshot!(
            format!("both_{columns}x{rows}"),
            reader.press("j⏎X}}").screen()
        );
        insta::assert_snapshot!(
            format!("unfolded_{columns}x{rows}"),
            reader.press("Xp").screen()
        );
    }
    // A third block beside nothing, once its pair is split.
    insta::assert_snapshot!(
        "parted_160x30",
        over_samples(160, 30).press("j⏎X}}}[").screen()
    );
}

#[test]
fn figures_that_disagree() {
    let chinese = "# 港口扩建\n\n港口今年投入 8.6 亿美元，新建三个泊位，吞吐量提高 12%。\n\n工程明年春天完工，预计带来两千个岗位。\n";
    let english = "# The port grows\n\nThe port puts $8.6 billion into three new berths this year, and handles 12% more.\n\nThe work ends next spring and should bring 2,000 jobs.\n";
    let article =
        format!("---\ntitle: 港口扩建\n---\n\n{chinese}\n---\n\n**Summary:**\n\n{english}");
    let article = digest::read(article.as_bytes(), "port.md");
    let mut reader = over(vec![("port.md".into(), article)], 100, 24);
    insta::assert_snapshot!("doubt", reader.press("⏎}").screen());
    insta::assert_snapshot!("doubts", reader.press(":problems⏎").screen());
}

#[test]
fn in_ascii_no_sign_of_the_readers_own_is_left() {
    let of_articles: String = words_of_samples();
    let settings = |columns, rows| ReaderSettings {
        area: Area { columns, rows },
        ..ReaderSettings::new(Settings {
            signs: SignSetting::Ascii,
            ..Settings::default()
        })
    };
    for (columns, rows) in [(60, 20), (120, 40)] {
        let mut reader = Reader::over(samples(), settings(columns, rows), None);
        for keys in [
            "",
            "?",
            "⎋⏎ ",
            "⏎",
            "⎋t",
            "⎋X",
            "X/港⏎",
            "⎋f",
            "⎋⎋F",
            "⎋\\港",
            "⎋⎋:the",
            "⎋S",
            "⎋#",
            "⎋/tag:",
        ] {
            let screen = reader.press(keys).screen();
            let is_own = |c: &char| !c.is_ascii() && !of_articles.contains(*c);
            let signs: String = screen.chars().filter(is_own).collect();
            let is_sign = |c: char| ('\u{2000}'..'\u{2e80}').contains(&c) || c == '·';
            assert!(!signs.contains(is_sign), "{signs} after {keys}:\n{screen}");
        }
    }
    let mut reader = Reader::over(samples(), settings(80, 24), None);
    insta::assert_snapshot!("ascii_article", reader.press("⏎/港⏎").screen());
}

/// All that is in the samples.
fn words_of_samples() -> String {
    let articles = samples().into_iter().map(|(_, article)| Text::new(article));
    let text = |text: Text| {
        let documents = Language::BOTH
            .into_iter()
            .filter_map(|side| text.document(side));
        documents
            .map(|document| document.text.clone())
            .collect::<String>()
            + &format!("{:?}", text.article.titles)
    };
    articles.map(text).collect()
}
