//! The mouse.

use super::support::{CRANES, Script, long_english};
use crate::catalog::EntryId;
use crate::reader::layout::sign_rect;
use crate::reader::popup::PopupKind;
use crate::reader::{Effect, ListRow, Message, Mouse, MouseKind};
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
