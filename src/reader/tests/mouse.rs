//! The mouse.

use super::support::{CRANES, Script, long_english};
use crate::catalog::EntryId;
use crate::reader::layout::sign_rect;
use crate::reader::popup::PopupKind;
use crate::reader::{Area, Effect, Key, ListRow, Message, Mouse, MouseKind, PageSource, TextMark};
use crate::text::Language;

fn at(script: &mut Script, kind: MouseKind, column: u16, row: u16) {
    script.tell(Message::Mouse(Mouse { kind, column, row }));
}

#[test]
fn the_wheel_scrolls_the_pane_under_it() {
    let articles: Vec<String> = (0..30).map(|_| long_english(20)).collect();
    let mut script = Script::new(
        120,
        20,
        &articles.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let (page, list) = (
        script.screen(),
        script.model.list().rows().collect::<Vec<_>>(),
    );
    at(&mut script, MouseKind::WheelDown, 100, 10);
    assert_eq!(script.screen()[0], page[3]);
    at(&mut script, MouseKind::WheelUp, 100, 10);
    assert_eq!(script.screen(), page);
    at(&mut script, MouseKind::WheelDown, 3, 10);
    assert_eq!(
        (
            script.model.list().rows().next(),
            script.model.list().position()
        ),
        (list.get(3).copied(), 0)
    );
    for _ in 0..100 {
        at(&mut script, MouseKind::WheelDown, 3, 10);
    }
    let rows: Vec<ListRow> = script.model.list().rows().collect();
    assert_eq!(
        rows.len(),
        usize::from(script.model.layout.list.unwrap().body.rows)
    );
    script.keys("j");
    assert_eq!(script.model.list().position(), 1);
    assert!(
        script
            .model
            .list()
            .rows()
            .any(|row| Some(row) == script.model.list().selected().map(ListRow::Title))
    );
}

#[test]
fn a_click_selects_and_opens() {
    let mut script = Script::new(120, 20, &[CRANES, &long_english(5), CRANES]);
    let body = script.model.layout.list.unwrap().body;
    let row = |script: &Script, wanted| {
        script
            .model
            .list()
            .rows()
            .position(|row| row == wanted)
            .unwrap() as u16
    };
    let y = body.y + row(&script, ListRow::Title(EntryId(1)));
    at(&mut script, MouseKind::Press, 5, y);
    assert_eq!((script.id(), script.is_in_article()), (EntryId(1), false));
    at(&mut script, MouseKind::Press, 5, y);
    assert!(script.is_in_article());
    at(&mut script, MouseKind::Press, 5, body.y);
    assert!(script.is_in_article(), "a day's line is nothing to choose");
}

#[test]
fn a_click_with_shift_selects_all_between() {
    let mut script = Script::new(120, 20, &[CRANES, &long_english(5), CRANES, CRANES]);
    let body = script.model.layout.list.unwrap().body;
    let several = |script: &Script| script.model.list().several().len();
    let last = body.y + script.model.list().rows().count() as u16 - 1;
    at(&mut script, MouseKind::ShiftPress, 5, last);
    assert_eq!((several(&script), script.model.list().position()), (4, 3));
    at(&mut script, MouseKind::ShiftPress, 5, last - 2);
    assert_eq!(several(&script), 2, "from the same article on");
    at(&mut script, MouseKind::Press, 5, last);
    assert_eq!(several(&script), 0);
    at(&mut script, MouseKind::ShiftPress, 100, 10);
    assert!(script.is_in_article(), "elsewhere it is a click");
}

#[test]
fn a_click_on_a_link_shows_it_and_on_a_block_makes_it_current() {
    let mut script = Script::cranes(120, 40);
    let body = script.model.layout.article.unwrap().body;
    let (x, y, block) = script
        .page()
        .visible_rows()
        .find_map(|row| {
            let pieces = row.rows.pieces_of(row.row);
            let piece = pieces
                .iter()
                .find(|piece| piece.link.is_some() && row.header.is_none())?;
            Some((body.x + row.x + piece.column, body.y + row.y, row.block))
        })
        .unwrap();
    at(&mut script, MouseKind::Press, x, y);
    assert!(
        script.model.popup.is_none(),
        "rows can be selected from here"
    );
    at(&mut script, MouseKind::Release, x, y);
    assert_eq!(
        script.model.popup.as_ref().map(|popup| popup.kind),
        Some(PopupKind::Link)
    );
    at(&mut script, MouseKind::Press, 0, 0);
    assert!(script.model.popup.as_ref().is_none());
    at(&mut script, MouseKind::Press, body.x + 5, y);
    assert_eq!(script.page().current_block(), Some(block));
}

#[test]
fn a_click_chooses_in_a_menu() {
    let mut script = Script::cranes(100, 30);
    script.keys("<enter>");
    let body = script.model.popup.as_ref().unwrap().body;
    at(&mut script, MouseKind::Press, body.x, body.y + 1);
    assert!(script.model.popup.as_ref().is_none() && script.page().is_parallel());
}

#[test]
fn the_mouse_is_given_back_and_taken() {
    let mut script = Script::cranes(100, 30);
    script.keys("MM");
    assert_eq!(
        script.took(),
        [Effect::CaptureMouse(false), Effect::CaptureMouse(true)]
    );
}

#[test]
fn a_click_on_a_language_changes_to_it_and_on_the_bar_goes_there() {
    let mut script = Script::new(120, 20, &[CRANES, &long_english(60)]);
    script.keys("<enter>");
    let article = script.model.layout.article.unwrap();
    let title = article.title.unwrap();
    for side in [Language::English, Language::Chinese, Language::Chinese] {
        let sign = sign_rect(title, side).unwrap();
        at(&mut script, MouseKind::Press, sign.x + 1, sign.y);
        assert_eq!(script.page().side(), side);
    }
    script.keys("J");
    let (x, body) = (article.body.x + article.body.columns - 1, article.body);
    at(&mut script, MouseKind::Press, x, body.y + body.rows / 2);
    let middle = script.page().percentage();
    assert!((40..70).contains(&middle), "{middle}");
    at(&mut script, MouseKind::Press, x, body.y + body.rows - 1);
    assert_eq!(script.page().percentage(), 100);
    at(&mut script, MouseKind::Press, x, body.y);
    assert!(script.page().is_at_start());
}

#[test]
fn the_divider_is_dragged() {
    let mut script = Script::new(120, 20, &[CRANES]);
    let rule = script.model.layout.rule.unwrap();
    at(&mut script, MouseKind::Drag, 60, 5);
    assert_eq!(script.model.layout.rule, Some(rule), "nothing is held");
    at(&mut script, MouseKind::Press, rule, 5);
    at(&mut script, MouseKind::Drag, 60, 9);
    assert_eq!(script.model.layout.rule, Some(60));
    at(&mut script, MouseKind::Drag, 0, 9);
    assert_eq!(script.model.layout.rule, Some(16), "as far as it may");
    at(&mut script, MouseKind::Drag, 999, 999);
    assert_eq!(script.model.layout.rule, Some(89));
    at(&mut script, MouseKind::Release, 50, 5);
    at(&mut script, MouseKind::Drag, 50, 5);
    assert_eq!(script.model.layout.rule, Some(89));
}

/// Drags from one cell of the article's pane to another, and releases there.
fn drag(script: &mut Script, from: (u16, u16), to: (u16, u16)) {
    let body = script.model.layout.article.unwrap().body;
    at(script, MouseKind::Press, body.x + from.0, body.y + from.1);
    at(script, MouseKind::Drag, body.x + to.0, body.y + to.1);
    at(script, MouseKind::Release, body.x + to.0, body.y + to.1);
}

/// The row of the article's pane that begins with a text.
fn row_of(script: &Script, text: &str) -> u16 {
    let screen = script.screen();
    let row = screen.iter().position(|row| row.starts_with(text));
    row.unwrap_or_else(|| panic!("no {text} in {screen:#?}")) as u16
}

/// What was copied.
fn copied(script: &mut Script) -> Vec<String> {
    let effects = script.took().into_iter();
    let texts = effects.filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

const TWO_PARAGRAPHS: &str = "---
title: Herons
---

# 苍鹭

春天的湿地里，人们又一次听到了鹤的叫声。十年前，这里的水几乎干了；现在，水位恢复到了从前的高度，芦苇也长了回来。

1. 一
2. 二

| 甲 | 乙 |
|---|---|
| 丙 | 丁 |

---

# Summary

In spring the calls of cranes were heard over the wetland once more. Ten years ago the water had almost dried up; now
it stands as high as it ever did.

```
one

two
```
";

/// What is marked as selected.
fn selected(script: &Script) -> String {
    let marks = script.page().marks().into_iter();
    let text = |mark: TextMark| {
        let document = script.page().document_of(mark.source);
        document.text_of(&mark.range).to_owned()
    };
    marks.map(text).collect()
}

#[test]
fn a_drag_copies_the_text_between_two_characters() {
    let mut script = Script::new(50, 40, &[TWO_PARAGRAPHS]);
    script.keys("<enter>");
    let first = row_of(&script, "春天");
    let body = script.model.layout.article.unwrap().body;
    at(&mut script, MouseKind::Press, 7, body.y + first);
    assert_eq!(selected(&script), "");
    at(&mut script, MouseKind::Drag, 10, body.y + first);
    assert_eq!(
        selected(&script),
        "的湿",
        "of wide characters either half counts"
    );
    at(&mut script, MouseKind::Drag, 6, body.y + first + 1);
    at(&mut script, MouseKind::Release, 6, body.y + first + 1);
    let [two] = &copied(&mut script)[..] else {
        panic!("one text")
    };
    assert!(
        CRANES.contains(two.as_str()) && two.starts_with("的湿地里") && !two.contains('\n'),
        "{two}"
    );
    assert_eq!(
        script.notice(),
        format!("Copied {} characters", two.chars().count())
    );
    assert_eq!(&selected(&script), two, "it stays, for other commands");
    script.keys("<esc>");
    assert_eq!(
        (selected(&script).as_str(), script.is_in_article()),
        ("", true)
    );
    // Backwards, over all there is.
    let last = row_of(&script, "丙");
    drag(&mut script, (40, last), (3, first));
    assert_eq!(
        copied(&mut script),
        [
            "春天的湿地里，人们又一次听到了鹤的叫声。十年前，这里的水几乎干了；现在，水位恢复到了从前的高度，芦苇也长了回来。\n\n\
          1. 一\n2. 二\n\n甲\t乙\n丙\t丁"
        ]
    );
    script.keys("P");
    let (first, last) = (row_of(&script, "1.") - 1, row_of(&script, "2."));
    drag(&mut script, (4, first), (40, last));
    assert_eq!(
        copied(&mut script),
        ["1. 一\n2. 二"],
        "of pinyin there is nothing to copy"
    );
    script.keys("<tab>");
    let (first, last) = (row_of(&script, "In spring"), row_of(&script, "  two"));
    drag(&mut script, (3, first), (30, last));
    let [text] = &copied(&mut script)[..] else {
        panic!("one text")
    };
    assert!(
        text.ends_with("had almost dried up; now it stands as high as it ever did.\n\none\n\ntwo"),
        "{text}"
    );
    assert!(!text.lines().next().unwrap().contains("  "));
}

#[test]
fn what_the_mouse_selected_goes_on_with_keys_and_a_click_is_a_place() {
    let mut script = Script::cranes(100, 40);
    let row = row_of(&script, "春天");
    let x = script
        .page()
        .visible_rows()
        .find(|it| it.y == row)
        .unwrap()
        .x;
    drag(&mut script, (x, row), (x + 3, row));
    script.keys("v<right>y");
    assert_eq!(copied(&mut script), ["春天", "春天的"]);
    // A click on the second character of 湿地.
    drag(&mut script, (x + 8, row), (x + 8, row));
    script.keys("vy");
    assert_eq!(copied(&mut script), ["湿地"]);
}

#[test]
fn side_by_side_the_text_of_one_column_is_copied() {
    let mut script = Script::cranes(120, 40);
    script.keys("X");
    let english = PageSource::Text(Language::English);
    let right = script
        .page()
        .visible_rows()
        .find(|row| row.source == english)
        .unwrap()
        .x;
    let row = row_of(&script, "春天");
    drag(&mut script, (right, row), (0, row + 3));
    let [english] = &copied(&mut script)[..] else {
        panic!("one text")
    };
    assert!(
        english.starts_with('I') && english.contains("spring") && english.is_ascii(),
        "{english}"
    );
    let left = script
        .page()
        .visible_rows()
        .find(|it| it.y == row)
        .unwrap()
        .x;
    drag(&mut script, (left, row), (right, row + 1));
    let [chinese] = &copied(&mut script)[..] else {
        panic!("one text")
    };
    assert!(
        chinese.starts_with("春天") && !chinese.contains("spring"),
        "{chinese}"
    );
}

#[test]
fn a_drag_beyond_the_edge_scrolls_and_one_from_elsewhere_selects_nothing() {
    let mut script = Script::walk(100, 20);
    let (body, rule) = (
        script.model.layout.article.unwrap().body,
        script.model.layout.rule,
    );
    at(&mut script, MouseKind::Press, body.x + 5, body.y + 12);
    let before = script.screen();
    for x in 0..40 {
        at(&mut script, MouseKind::Drag, 60 + x, 999);
    }
    assert_ne!(script.screen(), before);
    at(&mut script, MouseKind::Release, 999, 999);
    let [text] = &copied(&mut script)[..] else {
        panic!("one text")
    };
    assert!(text.split("\n\n").count() > 8, "more than a screen: {text}");
    assert!(
        text.contains("front of them today.\n\nParagraph 5 of the walk"),
        "{text}"
    );
    // Up again, with rows that are no longer laid out.
    script.keys("G");
    let end = script.page().percentage();
    at(&mut script, MouseKind::Press, body.x + 5, body.y + 3);
    for x in 0..1000 {
        at(&mut script, MouseKind::Drag, x % 90, 0);
    }
    at(&mut script, MouseKind::Release, 0, 0);
    assert!(!script.page().is_title_hidden() && end == 100);
    let [text] = &copied(&mut script)[..] else {
        panic!("one text")
    };
    assert!(
        text.starts_with("Part 1\n\nParagraph 1 of") && text.contains("\n\nParagraph 57 of"),
        "the text, not its head: {text}"
    );
    // A hand that trembles has clicked.
    drag(&mut script, (10, 3), (12, 3));
    for (x, y) in [(5, 5), (rule.unwrap(), 5), (body.x + 5, 0)] {
        at(&mut script, MouseKind::Press, x, y);
        at(&mut script, MouseKind::Drag, body.x + 9, body.y + 9);
        at(&mut script, MouseKind::Release, body.x + 9, body.y + 9);
    }
    // What changes the rows ends it.
    script.keys("<esc>");
    copied(&mut script);
    for message in [
        Message::Key(Key::char('j')),
        Message::Resized(Area {
            columns: 90,
            rows: 20,
        }),
    ] {
        at(&mut script, MouseKind::Press, body.x + 5, body.y + 3);
        at(&mut script, MouseKind::Drag, body.x + 5, body.y + 5);
        script.tell(message);
        at(&mut script, MouseKind::Drag, body.x + 5, body.y + 6);
        at(&mut script, MouseKind::Release, body.x + 5, body.y + 6);
    }
    assert!(copied(&mut script).is_empty());
}

#[test]
fn a_large_heading_is_selected_by_either_of_its_rows() {
    let mut script = Script::walk(100, 20);
    script.model.settings.set.large_headings = true;
    script.tell(Message::LargeText(true));
    let page = script.page();
    let heading = page
        .visible_rows()
        .find(|row| row.row.is_large && row.document.text_of(&row.row.range).starts_with("Part"));
    let (x, y) = heading.map(|row| (row.x, row.y)).unwrap();
    let place = script.page().visible_rows().find(|row| row.y == y);
    let start = place.unwrap().row.range.start;
    for (at, column) in [(0, 0), (1, 2), (5, 10)] {
        let cell = script.page().cell_of(Language::English, start + at);
        assert_eq!(cell, Some((x + column, y)));
    }
    drag(&mut script, (x, y), (x + 7, y + 1));
    drag(&mut script, (x + 3, y + 1), (x + 10, y));
    assert_eq!(copied(&mut script), ["Part", "art 1"]);
}
