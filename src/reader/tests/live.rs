//! The folder changes while the program shows it: what one reads and where one stands stay.

use super::support::{Script, entry, long_english, text};
use crate::catalog::{Changes, EntryId, InitialState, Update};
use crate::reader::{Message, Model};

fn article(date: &str, title: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\n---\n\n# {title}\n\n{}\n",
        "正文很长。\n\n".repeat(60)
    )
}

/// Three articles, newest first: 2, 1, 0; all were found.
fn three() -> Script {
    let articles = [
        article("2026-01-01", "甲"),
        article("2026-01-02", "乙"),
        article("2026-01-03", "丙"),
    ];
    let mut script = Script::new(100, 20, &articles.each_ref().map(String::as_str));
    script.tell(Message::Library(Update::Initial(Box::default())));
    script
}

/// A new file, of a day.
fn arrive(script: &mut Script, date: &str) {
    let text = text(&article(date, "新"));
    let entry = entry(script.texts.len(), &text);
    script.texts.push(text);
    script.tell(Message::Library(Update::Changed(Changes::added(vec![
        entry,
    ]))));
}

fn go(script: &mut Script, ids: &[u32]) {
    let gone = ids.iter().copied().map(EntryId).collect();
    script.tell(Message::Library(Update::Changed(Changes {
        gone,
        ..Changes::default()
    })));
}

fn come_back(script: &mut Script, ids: &[u32]) {
    let changed = ids
        .iter()
        .map(|&id| (EntryId(id), entry(id as usize, &script.texts[id as usize])))
        .collect();
    script.tell(Message::Library(Update::Changed(Changes {
        changed,
        ..Changes::default()
    })));
}

fn selected(script: &Script) -> Option<u32> {
    script.model.list().selected().map(|id| id.0)
}

#[test]
fn what_is_read_stays_where_it_is_when_something_newer_comes() {
    let mut script = three();
    script.keys("<enter>jjjj");
    let place = script.page().place();
    arrive(&mut script, "2026-01-09");
    assert_eq!(
        (
            script.id(),
            selected(&script),
            script.model.list().position()
        ),
        (EntryId(2), Some(2), 1)
    );
    assert_eq!(script.page().place(), place);
}

#[test]
fn once_all_was_found_the_first_row_is_left_by_nothing_but_keys() {
    let mut script = three();
    arrive(&mut script, "2026-01-09");
    assert_eq!((script.id(), selected(&script)), (EntryId(2), Some(2)));
}

#[test]
fn while_the_folder_is_walked_the_first_row_stays_selected_but_what_is_read_stays_too() {
    let mut walking = Script::new(100, 20, &[]);
    // One that does not know yet that all was found.
    walking.model = Model::new(walking.model.settings.clone());
    arrive(&mut walking, "2026-01-01");
    arrive(&mut walking, "2026-01-02");
    assert_eq!(selected(&walking), Some(1), "the newest so far");
    walking.keys("<enter>");
    arrive(&mut walking, "2026-01-03");
    assert_eq!((walking.id(), selected(&walking)), (EntryId(1), Some(1)));
}

/// A reader that begins without an index, where an article was selected when the program last ran.
fn begin_without_index(path: &str) -> Script {
    let mut script = Script::new(100, 20, &[]);
    script.model = Model::new(script.model.settings.clone());
    let mut opened = InitialState::default();
    opened.state.selected = Some(path.into());
    script.tell(Message::Library(Update::Initial(Box::new(opened))));
    script
}

#[test]
fn without_an_index_too_the_article_of_the_last_visit_is_selected_once_it_is_found() {
    let mut script = begin_without_index("1.md");
    arrive(&mut script, "2026-01-01");
    assert_eq!(selected(&script), Some(0));
    let written = crate::reader::flush_on_exit(&mut script.model);
    assert_eq!(written, [], "who quits before has lost nothing");
    arrive(&mut script, "2026-01-02");
    arrive(&mut script, "2026-01-03");
    assert_eq!(
        (selected(&script), script.id()),
        (Some(1), EntryId(1)),
        "and it stays"
    );
}

#[test]
fn who_moves_before_it_is_found_is_left_alone() {
    let mut script = begin_without_index("2.md");
    arrive(&mut script, "2026-01-01");
    arrive(&mut script, "2026-01-02");
    script.keys("j");
    arrive(&mut script, "2026-01-03");
    assert_eq!(selected(&script), Some(0));
}

#[test]
fn a_text_whose_file_is_gone_stays_until_it_is_left() {
    let mut script = three();
    script.keys("j<enter>jjj");
    go(&mut script, &[1]);
    assert_eq!(
        script.notice(),
        "Its file is gone; the text stays until you leave"
    );
    arrive(&mut script, "2026-01-09");
    go(&mut script, &[2]);
    assert_eq!(script.id(), EntryId(1), "whatever comes and goes meanwhile");
    script.keys("<esc>");
    assert_eq!(
        (Some(script.id().0), selected(&script)),
        (selected(&script), Some(0)),
        "then what took its place"
    );
}

#[test]
fn a_folder_that_is_gone_and_made_again_leaves_everything_as_it_was() {
    for keys in ["j", "j<enter>jjj"] {
        let mut script = three();
        script.keys(keys);
        let place = script.page().place();
        go(&mut script, &[0, 1, 2]);
        assert_eq!(
            (selected(&script), script.id()),
            (None, EntryId(1)),
            "{keys}"
        );
        come_back(&mut script, &[0]);
        come_back(&mut script, &[1, 2]);
        assert_eq!(
            (selected(&script), script.id(), script.page().place()),
            (Some(1), EntryId(1), place),
            "{keys}"
        );
        if script.is_in_article() {
            assert_eq!(script.notice(), "Its file is back");
        }
    }
}

#[test]
fn who_chose_something_else_meanwhile_is_not_called_back() {
    let mut script = three();
    script.keys("j");
    go(&mut script, &[1]);
    script.keys("k");
    come_back(&mut script, &[1]);
    assert_eq!(selected(&script), Some(2));
}

#[test]
fn with_a_filter_too_what_comes_back_is_selected_again() {
    let mut script = three();
    script.keys("/\"正文\"<enter>j<enter>");
    assert_eq!(selected(&script), Some(1));
    go(&mut script, &[0, 1, 2]);
    come_back(&mut script, &[0, 1, 2]);
    assert_eq!((selected(&script), script.id()), (Some(1), EntryId(1)));
}

#[test]
fn what_is_selected_from_afar_stands_in_the_middle() {
    let texts: Vec<String> = (1..=40).map(|_| long_english(1)).collect();
    let mut script = Script::new(
        100,
        20,
        &texts.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let selected = script
        .model
        .list()
        .entries()
        .sorted(crate::catalog::Order::Date, crate::text::Language::Chinese)[20];
    script.tell(Message::Library(Update::Initial(Box::new(InitialState {
        selected: Some(selected),
        ..Default::default()
    }))));
    let rows: Vec<_> = script.model.list().rows().collect();
    let at = rows
        .iter()
        .position(|row| *row == crate::reader::ListRow::Title(selected))
        .unwrap();
    assert!((7..=10).contains(&at), "row {at} of {}", rows.len());
}

#[test]
fn the_rows_on_the_screen_stay_when_a_filter_is_left() {
    let texts: Vec<String> = (1..=40).map(|_| long_english(1)).collect();
    let mut script = Script::new(
        100,
        20,
        &texts.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    script.keys("25j3k");
    let rows: Vec<_> = script.model.list().rows().collect();
    script.keys("/walk<down><down><esc>");
    assert_eq!(script.model.list().rows().collect::<Vec<_>>(), rows);
}

#[test]
fn what_is_unfolded_stays_when_the_same_text_is_saved_again_and_goes_with_another() {
    let mut script = Script::cranes(100, 30);
    script.keys("}p");
    assert!(script.page().is_unfolded());
    come_back(&mut script, &[0]);
    assert!(script.page().is_unfolded());
    script.texts[0] = text(&article("2024-01-01", "新"));
    come_back(&mut script, &[0]);
    assert!(!script.page().is_unfolded());
}
