//! Chinese in the other script.

use super::support::Script;
use crate::reader::{Area, Effect, Message, PageSource};
use crate::settings::{ScriptSetting, Settings, TraditionalSetting};
use crate::text::{self, Language};

const MOVED: &str = "---
title: 用户
---
软件的用户在互联网上找到了里面的内存。

第二段说的还是互联网的用户，他们的头发很长。
";

/// What is lit of the matches, as it is shown.
fn lit(script: &Script) -> Vec<String> {
    let page = script.page();
    let mut found = Vec::new();
    for row in page.visible_rows() {
        for piece in row.rows.pieces_of(row.row) {
            let crate::typeset::Origin::Document(range) = &piece.origin else {
                continue;
            };
            let shown = row.rows.text(piece, row.document);
            for (mark, _) in page.highlights(row.source, range) {
                found.push(shown[piece.shown_part(shown, mark)].to_owned());
            }
        }
    }
    found
}

#[test]
fn t_shows_the_other_script_and_again_the_text_as_it_is() {
    let mut script = Script::cranes(100, 40);
    script.keys("}}");
    let (before, place) = (script.screen(), script.page().place());
    script.keys("T");
    assert_eq!(script.notice(), "Chinese is shown as traditional");
    let screen = script.screen();
    assert_eq!(screen[0], "鶴群回到濕地");
    assert!(screen[3].contains("鶴群回到了北方的濕地"), "{screen:?}");
    assert_eq!(script.page().place(), place);
    let lengths = |screen: &[String]| screen.iter().map(String::len).collect::<Vec<_>>();
    assert_eq!(lengths(&screen), lengths(&before));
    script.keys("T");
    assert_eq!(script.notice(), "Chinese is shown as it is written");
    assert_eq!((script.screen(), script.page().place()), (before, place));
    script.keys("TJK");
    assert_eq!(script.screen()[0], "鶴群回到濕地", "in other articles too");
}

#[test]
fn what_is_found_and_copied_is_the_text_as_it_is() {
    let mut script = Script::cranes(100, 40);
    script.keys("T/濕地的水位<enter>");
    assert_eq!(script.page().matches(), Some((1, 1)), "in either script");
    assert_eq!(lit(&script), ["濕地的水位"]);
    script.took();
    script.keys("c");
    let [Effect::Copy(copied)] = &script.took()[..] else {
        panic!("it is copied");
    };
    assert!(copied.contains("湿地的水位在三年里"), "{copied}");
}

#[test]
fn places_are_right_where_words_have_another_length() {
    let mut script = Script::new(100, 20, &[MOVED]);
    script.tell(Message::Settings(Settings {
        script: ScriptSetting::Traditional,
        traditional: TraditionalSetting::Taiwan,
        ..Settings::default()
    }));
    script.keys("<enter>");
    assert_eq!(script.page().shown_script(), Some(text::Script::Taiwan));
    let screen = script.screen();
    assert!(
        screen.contains(&"軟體的使用者在網際網路上找到了裡面的記憶體。".to_owned()),
        "{screen:?}"
    );
    script.keys("/用户<enter>");
    assert_eq!(lit(&script), ["使用者", "使用者"]);
    script.keys("/头发<enter>");
    assert_eq!(lit(&script), ["頭髮"]);
    let page = script.page();
    let at = page.document().text.find("里面").unwrap() as u32;
    let (x, y) = page.cell_of(Language::Chinese, at).unwrap();
    let row = page.visible_rows().find(|row| row.y == y).unwrap();
    assert_eq!(row.source, PageSource::Text(Language::Chinese));
    assert_eq!(x - row.x, 30, "after 軟體的使用者在網際網路上找到了");
    for columns in 12..60 {
        script.tell(Message::Resized(Area { columns, rows: 20 }));
        assert!(!lit(&script).is_empty(), "at {columns}");
    }
}
