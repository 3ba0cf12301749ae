//! What holds whatever is pressed, at every size.

use proptest::prelude::*;

use super::support::{CRANES, Script, keys, long_english};
use crate::reader::{Area, Message, Mouse, MouseKind, PageRow, PageSource, Stacking};
use crate::text::Language;

const STRANGE: &str = "---\ntitle: 奇怪\n---\n\n| a | 乙 |\n|---|---|\n| 长长长长长长长长 | b |\n\n> 引文\n>\n> - 一\n> - 二\n\n```\nlet x = 1;\n\n    y\n```\n\n---\n\n[^1] [链接](https://example.org)\n\n[^1]: 注\n";

fn any_keys() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        8 => "[jkgGhlJKbxzsnNtofcyq0-9 ]",
        3 => r"[XpY\[\]=!]",
        3 => "[.,v|wd]",
        4 => "[{}()<>!?/：，。！？《》【】（）鹤水a]".prop_map(|key| key.replace('<', "<lt>")),
        4 => prop_oneof![
            Just("<enter>"), Just("<esc>"), Just("<tab>"), Just("<up>"), Just("<down>"), Just("<S-up>"), Just("<S-down>"), Just("<left>"), Just("<right>"),
            Just("<pgup>"), Just("<pgdn>"), Just("<home>"), Just("<end>"), Just("<bs>"), Just("<C-d>"), Just("<C-u>"),
        ].prop_map(str::to_owned),
    ];
    proptest::collection::vec(key, 0..40).prop_map(|keys| keys.concat())
}

fn any_area() -> impl Strategy<Value = Area> {
    (1..=200_u16, 1..=50_u16).prop_map(|(columns, rows)| Area { columns, rows })
}

fn start(area: Area) -> Script {
    Script::new(
        area.columns,
        area.rows,
        &[CRANES, &long_english(12), STRANGE, ""],
    )
}

/// What must hold of every state.
#[allow(clippy::too_many_lines, reason = "one case after another")]
fn check(script: &Script) -> Result<(), TestCaseError> {
    let model = &script.model;
    let Area { columns, rows } = model.area();
    if let Some((x, y)) = model.cursor() {
        prop_assert!(
            x < columns && y < rows,
            "cursor {x},{y} in {columns}×{rows}"
        );
    }
    if let Some(popup) = model.popup.as_ref() {
        let frame = popup.frame();
        prop_assert!(frame.x + frame.columns <= columns && frame.y + frame.rows <= rows);
        prop_assert!(popup.lines().count() <= usize::from(popup.body.rows));
    }
    if let Some(body) = model.layout.list.map(|list| list.body) {
        prop_assert!(model.list().rows().count() <= usize::from(body.rows));
    }
    let (Some(page), Some(body)) = (
        model.page(),
        model.layout.article.map(|article| article.body),
    ) else {
        return Ok(());
    };
    // The rows of each column go down, and so do the items.
    let mut last: Option<(usize, u16, u16)> = None;
    for row in page.visible_rows() {
        let goes_down = last.is_none_or(|(item, x, y)| row.y > y || item == row.item && row.x > x);
        prop_assert!(row.y < body.rows && goes_down);
        last = Some((row.item, row.x, row.y));
        for piece in row.rows.pieces_of(row.row) {
            prop_assert!(row.x + piece.column + piece.columns <= body.columns.max(1));
        }
    }
    let document = page.document();
    let is_last_shown = page.visible_rows().any(|row| {
        let is_last_block = row.block as usize + 1 == document.blocks.len().max(1);
        let is_text = row.header.is_none() || document.blocks.is_empty();
        is_text
            && is_last_block
            && row
                .rows
                .rows
                .last()
                .is_some_and(|last| std::ptr::eq(last, row.row))
    });
    if page.is_parallel() {
        // The end of one language at least, and of both only there.
        let ends = Language::BOTH.map(|side| {
            let blocks = page.document_of(PageSource::Text(side)).blocks.len();
            let is_last = |row: &PageRow<'_>| {
                row.rows
                    .rows
                    .last()
                    .is_some_and(|last| std::ptr::eq(last, row.row))
            };
            let mut rows = page
                .visible_rows()
                .filter(|row| row.source == PageSource::Text(side));
            blocks == 0 || rows.any(|row| row.block as usize + 1 == blocks && is_last(&row))
        });
        prop_assert!(page.percentage() < 100 || ends.contains(&true));
        prop_assert!(page.percentage() == 100 || ends.contains(&false));
    } else if page
        .visible_rows()
        .any(|row| row.stacking == Stacking::Unfolded)
    {
        prop_assert!(page.percentage() <= 100);
    } else if !document.blocks.is_empty() {
        // An answer may be unfolded below the last row on the screen, and then there is more to
        // come.
        prop_assert!(page.percentage() < 100 || is_last_shown);
        prop_assert!(page.percentage() == 100 || !is_last_shown || page.has_peeks());
    }
    // The screen is full unless all is on it.
    if page
        .visible_rows()
        .map(|row| row.y)
        .max()
        .is_some_and(|last| last + 4 < body.rows)
    {
        prop_assert_eq!(page.percentage(), 100);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_pressed_the_model_is_sound(area in any_area(), script in any_keys(), other in any_area(), more in any_keys()) {
        let mut reader = start(area);
        check(&reader)?;
        for key in keys(&script) {
            reader.tell(Message::Key(key));
            check(&reader)?;
        }
        reader.tell(Message::Resized(other));
        check(&reader)?;
        for (index, key) in keys(&more).into_iter().enumerate() {
            reader.tell(Message::Key(key));
            if index % 5 == 0 {
                use MouseKind::{Drag, Press, Release, ShiftPress, WheelDown, WheelUp};
                let kind = [Press, Drag, WheelDown, ShiftPress, Drag, WheelUp, Release][index % 7];
                let (column, row) = (index as u16 * 7 % other.columns, index as u16 * 3 % other.rows);
                reader.tell(Message::Mouse(Mouse { kind, column, row }));
            }
            check(&reader)?;
        }
    }

    #[test]
    fn toggling_twice_changes_nothing(area in any_area(), script in "[jk}{)( bGpX]{0,12}") {
        let mut reader = start(area);
        reader.keys("<enter>").keys(&script);
        let before = (reader.screen(), reader.page().place(), reader.page().percentage());
        reader.keys("x");
        let there = (reader.screen(), reader.page().place());
        reader.keys("x");
        prop_assert_eq!(&(reader.screen(), reader.page().place(), reader.page().percentage()), &before);
        reader.keys("x");
        prop_assert_eq!((reader.screen(), reader.page().place()), there);
    }

    #[test]
    fn toggling_twice_with_a_lit_sentence_changes_nothing(area in any_area(), script in "[jk}{)( bGpX]{0,8}", steps in "[.,p]{0,6}") {
        let mut reader = start(area);
        reader.keys("<enter>").keys(&script).keys(".").keys(&steps);
        let state = |reader: &Script| (reader.screen(), reader.page().marks(), reader.page().place(), reader.page().percentage());
        let before = state(&reader);
        reader.keys("<tab>");
        let there = state(&reader);
        reader.keys("<tab>");
        prop_assert_eq!(state(&reader), before);
        reader.keys("<tab>");
        prop_assert_eq!(state(&reader), there);
    }

    #[test]
    fn walking_on_and_back_returns_to_the_sentence(area in any_area(), script in "[jk}{)( bGpX]{0,8}", steps in 0..12_usize) {
        let mut reader = start(area);
        reader.keys("<enter>").keys(&script).keys(".");
        reader.keys(&".".repeat(steps));
        let before = reader.page().lit_sentence();
        reader.keys(".");
        check(&reader)?;
        if reader.page().lit_sentence() != before {
            reader.keys(",");
            prop_assert_eq!(reader.page().lit_sentence(), before);
        }
    }

    #[test]
    fn pinyin_keeps_the_first_text_on_the_screen(columns in 8..=200_u16, rows in 6..=50_u16, script in "[jk}{ ]{0,12}") {
        let mut reader = start(Area { columns, rows });
        reader.keys("<enter>").keys(&script);
        let screen = reader.screen();
        let first = reader.page().visible_rows().next().map(|row| (row.source, row.row.range.start));
        for _ in ["pinyin", "glosses", "both"] {
            reader.keys("P");
            check(&reader)?;
            if let Some((source, at)) = first.filter(|_| reader.page().visible_rows().next().is_some()) {
                let mut rows = reader.page().visible_rows();
                prop_assert!(rows.any(|row| row.source == source && (row.row.range.start..=row.row.range.end).contains(&at)));
            }
        }
        reader.keys("P");
        prop_assert_eq!(reader.screen(), screen);
    }

    #[test]
    fn a_resize_keeps_the_first_text_on_the_screen(script in "[jk} ]{0,12}", columns in 8..=200_u16, rows in 6..=50_u16) {
        let mut reader = Script::walk(100, 20);
        reader.keys(&script);
        let (screen, first) = (reader.screen(), reader.page().visible_rows().next().map(|row| (row.source, row.row.range.start)).unwrap());
        reader.tell(Message::Resized(Area { columns, rows }));
        let is_shown = reader.page().visible_rows().any(|row| row.source == first.0 && (row.row.range.start..row.row.range.end.max(row.row.range.start + 1)).contains(&first.1));
        prop_assert!(is_shown);
        reader.tell(Message::Resized(Area { columns: 100, rows: 20 }));
        prop_assert_eq!(reader.screen(), screen);
    }
}
