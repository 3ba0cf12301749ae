use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::dictionary::words_in;
use crate::markdown::{self};
use crate::text::{Script, is_han};
use crate::text::{SourceKind, SourcePart};
use crate::typeset::{Ambiguous, Row};

fn parse(source: &str) -> Document {
    markdown::parse(
        &[SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 1,
        }],
        "",
    )
}

/// The rows as they look, at three widths; a bar shows where each layout ends.
fn look(source: &str, pinyin: bool) -> String {
    let document = parse(source);
    let mut picture = String::new();
    for columns in [20u16, 40, 80] {
        let rows = set(
            &document,
            &LayoutSettings {
                pinyin,
                ..LayoutSettings::new(columns)
            },
        );
        writeln!(picture, "{}", "─".repeat(usize::from(columns))).unwrap();
        for row in 0..rows.rows.len() {
            writeln!(picture, "{}", rows.plain(row, &document)).unwrap();
        }
    }
    picture
}

#[test]
fn a_chinese_text_of_every_construct() {
    insta::assert_snapshot!(look(include_str!("samples/chinese.md"), false));
}

#[test]
fn an_english_text_of_every_construct() {
    insta::assert_snapshot!(look(include_str!("samples/english.md"), false));
}

#[test]
fn a_chinese_text_with_pinyin() {
    insta::assert_snapshot!(look(include_str!("samples/chinese.md"), true));
}

#[test]
fn only_data_rows_that_wrap_stand_apart() {
    let rows = |source: &str, columns: u16| {
        let document = parse(source);
        let settings = LayoutSettings::new(columns);
        let rows = set(&document, &settings);
        (0..rows.rows.len())
            .map(|row| rows.plain(row, &document))
            .collect::<Vec<_>>()
    };
    let head_wraps = rows(
        "Year | Containers (million)\n-|-\n2016 | 0.21\n2019 | 0.48\n",
        18,
    );
    assert_eq!(
        head_wraps[head_wraps.len() - 2..].join("\n"),
        "2016  0.21\n2019  0.48",
        "{head_wraps:?}"
    );
    let row_wraps = rows("a | b\n-|-\n1 | x\n2 | long words here\n3 | y\n4 | z\n", 13);
    assert_eq!(
        row_wraps[2..],
        ["1  x", "", "2  long", "   words here", "", "3  y", "4  z"].map(str::to_owned),
    );
    let figures = rows(
        "y | depth | a | b\n-|-|-|-\n16 | 12.5 米 | 甲乙丙丁戊己庚辛 | 甲乙丙丁戊己庚辛\n",
        28,
    );
    assert!(
        figures.iter().any(|row| row.starts_with("16  12.5 米  ")),
        "a figure stays with its unit: {figures:?}"
    );
    let cut = rows("name | what\n-|-\nan extraordinarily | considerable\n", 24);
    assert!(
        cut.iter().any(|row| row.contains("extraordinarily")),
        "{cut:?}"
    );
}

#[test]
fn english_is_set_alike_with_pinyin_and_without() {
    let source = include_str!("samples/english.md");
    assert!(!source.contains(is_han));
    assert_eq!(look(source, true), look(source, false));
}

#[test]
fn syllables_stand_where_their_characters_stand() {
    let document = parse("前**银行**行长");
    let rows = set(
        &document,
        &LayoutSettings {
            pinyin: true,
            ..LayoutSettings::new(40)
        },
    );
    assert_eq!(rows.plain(0, &document), "qián yín háng háng zhǎng");
    assert_eq!(rows.plain(1, &document), " 前  银   行   行   长");
    let pieces: Vec<_> = rows
        .pieces
        .iter()
        .map(|p| (rows.text(p, &document), p.column, p.role.inline))
        .collect();
    assert_eq!(
        pieces[3..5],
        [("行", 10, Inline::STRONG), ("行", 15, Inline::empty())]
    );
    assert_eq!(
        (rows.rows[0].range.clone(), rows.rows[1].range.clone()),
        (0..0, 0..15)
    );
}

#[test]
fn labels_code_and_tables_have_no_pinyin() {
    let document = parse("| 表头 | 表 |\n|---|---|\n| 格子 | 格 |\n\n```\n代码\n```\n\n---");
    let settings = LayoutSettings {
        pinyin: true,
        ..LayoutSettings::new(40)
    };
    assert_eq!(
        set(&document, &settings),
        set(
            &document,
            &LayoutSettings {
                pinyin: false,
                ..settings
            }
        )
    );
}

#[test]
fn deep_nesting_leaves_room_for_text() {
    let mut source = String::new();
    for depth in 0..40 {
        writeln!(
            source,
            "{}- 第 {depth} 层的文字比较长一些",
            "  ".repeat(depth)
        )
        .unwrap();
    }
    for columns in [1, 2, 5, 12, 30, 80] {
        let rows = faultless(&parse(&source), columns, Ambiguous::Narrow);
        assert!(
            rows.rows.len() < 60 * usize::from(80 / columns + 20),
            "{columns}"
        );
    }
}

#[test]
fn a_block_is_set_alone_as_it_is_in_the_whole() {
    let document = parse(include_str!("samples/chinese.md"));
    let settings = LayoutSettings::new(40);
    let whole = set(&document, &settings);
    let mut row = 0;
    for block in 0..document.blocks.len() {
        row += usize::from(gap_before(&document, block, &settings));
        let mut alone = Rows::default();
        set_block(&document, block, &settings, &mut alone);
        assert!(!alone.rows.is_empty());
        for index in 0..alone.rows.len() {
            assert_eq!(alone.plain(index, &document), whole.plain(row, &document));
            assert_eq!(alone.rows[index].range, whole.rows[row].range);
            row += 1;
        }
    }
    assert_eq!(row, whole.rows.len());
}

#[test]
fn a_position_finds_its_row() {
    let document = parse(
        "一段文字\n\n| a | b |\n|---|---|\n| 一些很长的文字要折行 | 也要折行的一些文字 |\n\n末段",
    );
    for pinyin in [false, true] {
        let rows = set(
            &document,
            &LayoutSettings {
                pinyin,
                ..LayoutSettings::new(20)
            },
        );
        for (at, c) in document
            .text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
        {
            let plain = rows.plain(rows.row_at(at as u32), &document);
            assert!(plain.contains(c), "{c} is not in {plain:?}");
        }
    }
}

#[test]
fn a_word_of_another_length_is_a_piece_of_its_own() {
    let document = parse("给**用户**用互联网，说[里面](https://example.com)的话");
    let settings = LayoutSettings {
        conversion: Some(Script::Taiwan),
        ..LayoutSettings::new(80)
    };
    let rows = set(&document, &settings);
    let pieces = rows.pieces.iter().map(|piece| {
        let Origin::Document(range) = &piece.origin else {
            panic!("it is the document's");
        };
        let (shown, source) = (rows.text(piece, &document), document.text_of(range));
        assert_eq!(piece.shown_part(shown, range), 0..shown.len());
        (shown, source, piece.column)
    });
    let expected = [
        ("給", "给", 0),
        ("使用者", "用户", 2),
        ("用", "用", 8),
        ("網際網路", "互联网", 10),
        ("，說", "，说", 18),
        ("裡面", "里面", 22),
        ("的話", "的话", 26),
    ];
    assert_eq!(pieces.collect::<Vec<_>>(), expected);
    let bold = &rows.pieces[1].role.inline;
    assert!(bold.contains(Inline::STRONG) && rows.pieces[5].link == Some(0));
}

#[test]
fn styles_and_links_are_pieces() {
    let document = parse("前**粗体**与[链接](https://example.com)后");
    let rows = set(&document, &LayoutSettings::new(40));
    let pieces: Vec<_> = rows
        .pieces
        .iter()
        .map(|p| (rows.text(p, &document), p.column, p.columns, p.link))
        .collect();
    assert_eq!(
        pieces,
        [
            ("前", 0, 2, None),
            ("粗体", 2, 4, None),
            ("与", 6, 2, None),
            ("链接", 8, 4, Some(0)),
            ("后", 12, 2, None)
        ]
    );
    assert!(
        rows.pieces[1].role.inline.contains(Inline::STRONG)
            && rows.pieces[2].role.inline.is_empty()
    );
}

#[test]
fn items_are_set_alike_tight_or_loose() {
    let gaps = |source: &str| {
        let document = parse(source);
        let settings = LayoutSettings::new(40);
        (0..document.blocks.len())
            .map(|block| gap_before(&document, block, &settings))
            .collect::<Vec<_>>()
    };
    let long = "长".repeat(40);
    assert_eq!(gaps("- 一\n- 二\n- 三"), [0, 0, 0]);
    assert_eq!(gaps("- 一\n\n- 二\n\n- 三"), [0, 0, 0]);
    assert_eq!(gaps(&format!("- {long}\n- 二\n- 三")), [0, 1, 1]);
    assert_eq!(gaps(&format!("- {long}\n\n- 二")), [0, 1]);
    assert_eq!(gaps("- 一\n  - 里\n- 二\n\n段"), [0, 0, 0, 1]);
    assert_eq!(
        gaps("段\n\n## 题\n\n### 小题\n\n段\n\n# 大题"),
        [0, 2, 1, 1, 2]
    );
}

/// Sets a document and checks what holds for every one.
fn faultless(document: &Document, width: u16, ambiguous: Ambiguous) -> Rows {
    let settings = LayoutSettings {
        ambiguous,
        ..LayoutSettings::new(width)
    };
    let pinyin = LayoutSettings {
        pinyin: true,
        ..settings
    };
    sound(document, pinyin);
    sound(
        document,
        LayoutSettings {
            joined_pinyin: true,
            ..pinyin
        },
    );
    let glossed = |settings| sound_with(document, settings, &every_word(document));
    glossed(settings);
    glossed(pinyin);
    let conversion = Some(Script::Taiwan);
    glossed(LayoutSettings {
        conversion,
        ..settings
    });
    sound(
        document,
        LayoutSettings {
            conversion,
            ..pinyin
        },
    );
    sound(
        document,
        LayoutSettings {
            hang: 2,
            spacing: Spacing::Thin,
            ..settings
        },
    );
    sound(
        document,
        LayoutSettings {
            spacing: Spacing::None,
            hyphenation: true,
            ..settings
        },
    );
    sound(document, settings)
}

/// Glosses over every third word of a document, some of them long.
fn every_word(document: &Document) -> Vec<WordGloss> {
    let words = words_in(&document.text, 0..document.text.len());
    let glosses = words.iter().step_by(3).zip(0..);
    let gloss = |(word, number): (&std::ops::Range<usize>, usize)| WordGloss {
        at: word.start as u32,
        text: ["tea", "a long explanation", "意思", "x"][number % 4].to_owned(),
    };
    glosses.map(gloss).collect()
}

fn sound(document: &Document, settings: LayoutSettings) -> Rows {
    sound_with(document, settings, &[])
}

/// The rows of a document with glosses. A row of glosses belongs to the row below it.
fn glossed_rows(document: &Document, settings: &LayoutSettings, glosses: &[WordGloss]) -> Rows {
    let mut rows = Rows::default();
    for block in 0..document.blocks.len() {
        for _ in 0..gap_before(document, block, settings) {
            let at = document.blocks[block].range.start;
            rows.open();
            rows.close(at..at);
        }
        set_block_with(document, block, settings, glosses, &mut rows);
    }
    let kind_above = |row: &Row| rows.pieces_of(row).last().map(|piece| piece.role.kind);
    for pair in rows.rows.windows(2) {
        if kind_above(&pair[0]) == Some(RoleKind::Gloss) {
            assert_eq!(pair[0].range, pair[1].range.start..pair[1].range.start);
        }
    }
    rows
}

fn sound_with(document: &Document, settings: LayoutSettings, glosses: &[WordGloss]) -> Rows {
    let LayoutSettings {
        columns: width,
        ambiguous,
        ..
    } = settings;
    let rows = glossed_rows(document, &settings, glosses);
    if glosses.is_empty() {
        assert_eq!(rows, set(document, &settings));
    }
    let mut shown = vec![false; document.text.len()];
    let mut start = 0;
    for row in &rows.rows {
        let mut column = 0;
        for piece in rows.pieces_of(row) {
            assert!(piece.column >= column, "{:?}", rows.text(piece, document));
            let scale = match piece.origin {
                Origin::Document(_) => usize::from(row.scale()),
                Origin::Own(_) => 1,
            };
            assert_eq!(
                columns(rows.text(piece, document), ambiguous) * scale,
                usize::from(piece.columns)
            );
            column = piece.column + piece.columns;
            if let Origin::Document(range) = &piece.origin {
                shown[range.start as usize..range.end as usize].fill(true);
            }
        }
        assert!(
            column <= width + settings.hang,
            "{:?} at {width}",
            rows.pieces_of(row)
        );
        assert!(row.range.start >= start && row.range.end >= row.range.start);
        start = row.range.start;
    }
    for (row, pair) in rows.rows.windows(2).enumerate() {
        let above: Vec<&Piece> = rows
            .pieces_of(&pair[0])
            .iter()
            .filter(|piece| piece.role.kind == RoleKind::Pinyin)
            .collect();
        if above.is_empty() {
            continue;
        }
        assert_eq!(pair[0].range, pair[1].range.start..pair[1].range.start);
        // The beginning of a word of another length may show no character of the text.
        assert!(pair[1].range.is_empty() || rows.row_at(pair[1].range.start) == row + 1);
        for piece in above {
            let text = rows.text(piece, document);
            let syllables = text.split(' ').filter(|it| !it.is_empty());
            for syllable in syllables.filter(|_| !settings.joined_pinyin) {
                let at = syllable.as_ptr() as usize - text.as_ptr() as usize;
                let middle = columns(syllable, ambiguous).saturating_sub(2) / 2;
                let column = usize::from(piece.column) + columns(&text[..at], ambiguous) + middle;
                assert!(
                    is_above_han(&rows, &pair[1], column as u16, document, ambiguous),
                    "{text:?}"
                );
            }
        }
    }
    let lost = document.text.char_indices().find(|(at, c)| {
        !c.is_whitespace()
            && !shown[*at]
            && (width > 1 || columns(c.encode_utf8(&mut [0; 4]), ambiguous) < 2)
    });
    assert_eq!(lost, None, "at {width}");
    rows
}

/// Whether a Han character begins at a column of a row.
fn is_above_han(
    rows: &Rows,
    row: &Row,
    column: u16,
    document: &Document,
    ambiguous: Ambiguous,
) -> bool {
    rows.pieces_of(row).iter().any(|piece| {
        let text = rows.text(piece, document);
        let mut starts = text.char_indices().filter(|(_, c)| is_han(*c));
        starts.any(|(at, _)| piece.column + columns(&text[..at], ambiguous) as u16 == column)
    })
}

const LINE: &str = "([ >]{0,3}|- |1\\. |# |\\| ?|``` ?|    |\\[\\^1\\]: |---)?([简报中文装，。（）“”…—]{1,8}|用户|内存|互联网|[a-z]{1,12} ?|[0-9]{1,4} |\\*\\*|`|\\||😀|e\u{301}|\\[a\\]\\(b\\)|<br>|\\[\\^1\\]|\t){0,8}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_row_is_too_wide_and_nothing_is_lost(lines in prop::collection::vec(LINE, 0..12), width in 1u16..50, wide: bool) {
        let document = parse(&lines.join("\n"));
        faultless(&document, width, if wide { Ambiguous::Wide } else { Ambiguous::Narrow });
    }

    #[test]
    fn tables_lose_nothing(cells in prop::collection::vec("[简报中a-c0-9 ，。]{0,20}", 1..40), number in 1usize..9, width in 1u16..60) {
        let mut source = format!("{}|\n{}|\n", "| 表头 h ".repeat(number), "|:-:".repeat(number));
        for row in cells.chunks(number) {
            writeln!(source, "| {} |", row.join(" | ")).unwrap();
        }
        faultless(&parse(&source), width, Ambiguous::Narrow);
    }
}

#[test]
fn english_words_are_hyphenated_if_the_settings_say_so() {
    let document =
        parse("The extraordinary *internationalization* of markets went on for many years.");
    let settings = LayoutSettings::new(24);
    let plain = |settings| {
        let rows = set(&document, &settings);
        (0..rows.rows.len())
            .map(|row| rows.plain(row, &document))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        plain(settings),
        [
            "The extraordinary",
            "internationalization",
            "of markets went on for",
            "many years."
        ]
    );
    let hyphenation = LayoutSettings {
        hyphenation: true,
        ..settings
    };
    assert_eq!(
        plain(hyphenation),
        [
            "The extraordinary in-",
            "ternationalization of",
            "markets went on for",
            "many years."
        ]
    );
}

#[test]
fn the_syllables_of_a_word_are_written_together() {
    let set_joined = |text: &str| {
        let document = parse(text);
        let settings = LayoutSettings {
            pinyin: true,
            joined_pinyin: true,
            ..LayoutSettings::new(40)
        };
        let rows = set(&document, &settings);
        [rows.plain(0, &document), rows.plain(1, &document)]
    };
    assert_eq!(set_joined("银行的人"), ["yínháng de rén", "银  行  的 人"]);
    assert_eq!(set_joined("西安，长大"), ["xī'ān zhǎngdà", "西 安，长  大"]);
}

#[test]
fn blanks_of_several_styles_are_left_out_between_scripts() {
    let document = parse("a ` `用户");
    let rows = faultless(&document, 9, Ambiguous::Narrow);
    assert_eq!(rows.rows.len(), 1);
}

#[test]
fn a_short_heading_is_set_at_twice_its_size_and_a_long_one_as_ever() {
    let source = "# 茶园 tea\n\n## A heading of two lines\n\n### deep\n\n> ## 引文\n\n## 很长很长很长很长很长很长很长很长很长很长很长很长的标题";
    let document = parse(source);
    let settings = LayoutSettings {
        large_levels: 2,
        ..LayoutSettings::new(30)
    };
    let rows = sound_with(&document, settings, &[]);
    let shown: Vec<(String, bool)> = (0..rows.rows.len())
        .map(|row| (rows.plain(row, &document), rows.rows[row].is_large))
        .filter(|(text, _)| !text.is_empty())
        .collect();
    let shown: Vec<(&str, bool)> = shown.iter().map(|(text, is)| (&**text, *is)).collect();
    assert_eq!(
        shown,
        [
            ("茶园 tea", true),
            ("A heading of", true),
            ("two lines", true),
            ("deep", false),
            ("│ 引文", true),
            ("│", false),
            ("很长很长很长很长很长很长很", false),
            ("长很长很长很长很长很长的标题", false),
        ]
    );
    // What stands above words has no room there.
    let pinyin = LayoutSettings {
        pinyin: true,
        ..settings
    };
    let rows = sound_with(&document, pinyin, &[]);
    let is_large = |row: &Row| row.is_large.then(|| document.text_of(&row.range));
    let large: Vec<&str> = rows.rows.iter().filter_map(is_large).collect();
    assert_eq!(large, ["A heading of ", "two lines"]);
    for width in 1..60 {
        let settings = LayoutSettings {
            columns: width,
            large_levels: 6,
            ..settings
        };
        for sample in [
            source,
            include_str!("samples/chinese.md"),
            include_str!("samples/english.md"),
        ] {
            sound_with(&parse(sample), settings, &[]);
        }
    }
}
