//! Finding in an article.

use super::support::Script;
use crate::reader::{Area, Message, PageSource, PromptKind};

fn lit(script: &Script) -> Vec<(String, bool)> {
    let page = script.page();
    let marks = page.visible_rows().flat_map(|row| {
        page.highlights(row.source, &row.row.range)
            .map(|(range, is_current)| {
                let text = &row.document.text[range.start as usize..range.end as usize];
                (text.to_owned(), is_current)
            })
            .collect::<Vec<_>>()
    });
    let mut marks: Vec<(String, bool)> = marks.collect();
    marks.dedup();
    marks
}

#[test]
fn finding_goes_on_while_one_types() {
    let mut script = Script::cranes(100, 12);
    script.keys("/");
    assert_eq!(
        script.model.prompt.as_ref().unwrap().kind(),
        PromptKind::Find
    );
    script.keys("湿");
    assert_eq!(script.page().matches(), Some((1, 3)));
    script.keys("地的水位");
    assert_eq!(script.page().matches(), Some((1, 1)));
    assert!(lit(&script).contains(&("湿地的水位".to_owned(), true)));
    assert!(script.current().starts_with("水位"));
    script.keys("<bs><bs><bs><bs>");
    assert_eq!(script.page().matches(), Some((1, 3)), "from where it began");
    script.keys("<enter>n");
    assert_eq!(script.page().matches(), Some((2, 3)));
    script.keys("2n");
    assert_eq!(script.page().matches(), Some((1, 3)), "around the end");
    script.keys("N");
    assert_eq!(script.page().matches(), Some((3, 3)));
    script.keys("<esc>");
    assert_eq!(
        (script.page().matches(), script.is_in_article()),
        (None, true)
    );
    script.keys("n");
    assert!(
        script.notice().contains("nread"),
        "without a find it goes to what is unread"
    );
}

#[test]
fn escape_goes_back_to_where_one_was() {
    let mut script = Script::walk(100, 20);
    script.keys("8j");
    let before = script.screen();
    script.keys("/paragraph 55<down><up>");
    assert_ne!(script.screen(), before);
    script.keys("<esc>");
    assert_eq!((script.screen(), script.page().matches()), (before, None));
}

#[test]
fn case_and_width_do_not_matter() {
    let mut script = Script::walk(100, 20);
    script.keys("/ＰＡＲＡＧＲＡＰＨ　５５ <enter>");
    assert_eq!(script.page().matches(), Some((1, 1)));
    assert!(script.current().starts_with("Paragraph 55"));
}

#[test]
fn nothing_found_says_so_and_moves_nothing() {
    let mut script = Script::walk(100, 20);
    let before = script.screen();
    script.keys("/xyzzy<enter>");
    assert_eq!(
        (script.page().matches(), script.screen()),
        (Some((0, 0)), before)
    );
    assert_eq!(script.notice(), "Not found: xyzzy");
    script.keys("n");
    assert_eq!(script.notice(), "Not found: xyzzy");
}

#[test]
fn what_only_the_other_language_has_is_offered() {
    let mut script = Script::cranes(100, 20);
    script.keys("/reeds<enter>");
    let offer = "Not found in Chinese: reeds · Tab: 2 matches in English";
    assert_eq!(script.notice(), offer);
    script.keys("<tab>");
    assert_eq!(script.page().matches(), Some((0, 2)));
}

#[test]
fn a_search_goes_on_in_the_other_language() {
    let mut script = Script::cranes(100, 20);
    script.keys("/2<enter>x");
    assert!(script.page().matches().is_some_and(|(_, count)| count > 0));
    assert!(
        lit(&script)
            .iter()
            .all(|(text, is_current)| text == "2" && !is_current)
    );
    assert!(
        script
            .page()
            .visible_rows()
            .any(|row| matches!(row.source, PageSource::Text(_)))
    );
}

#[test]
fn the_cursor_stands_in_the_input_line() {
    let mut script = Script::cranes(80, 24);
    script.keys("/鹤群ab<left>");
    let line = script.model.prompt_line().unwrap();
    assert_eq!(
        (line.label, line.text, line.cursor),
        ("Find /", "鹤群ab", 8 + 5)
    );
    assert_eq!(script.model.cursor(), Some((13, 23)));
    script.tell(Message::Resized(Area {
        columns: 10,
        rows: 4,
    }));
    let line = script.model.prompt_line().unwrap();
    assert_eq!((line.label, line.text, line.cursor), ("/", "鹤群ab", 6));
    script.keys("<end>鹤群鹤群鹤群");
    let line = script.model.prompt_line().unwrap();
    assert_eq!((line.text, line.cursor), ("鹤群鹤群", 9));
    script.keys("<home>");
    let line = script.model.prompt_line().unwrap();
    assert_eq!((line.text, line.cursor), ("鹤群ab鹤", 1));
}

#[test]
fn pastes_are_cleaned_and_kept_on_one_line() {
    let mut script = Script::cranes(80, 24);
    script.tell(Message::Paste("not a key: q".to_owned()));
    assert!(script.took().is_empty() && script.model.prompt.as_ref().is_none());
    script.keys("/");
    script.tell(Message::Paste(" 鹤群\r\n\u{1b}[31mred\u{202e}".to_owned()));
    let text = script.model.prompt.as_ref().unwrap().text().to_owned();
    assert!(text.starts_with("鹤群"));
    assert!(
        !text.contains(['\n', '\r', '\u{1b}', '\u{202e}']),
        "{text:?}"
    );
    script.tell(Message::Paste("长".repeat(100_000)));
    assert!(script.model.prompt.as_ref().unwrap().text().len() < 10_000);
    script.keys("<C-u>");
    assert_eq!(script.model.prompt.as_ref().unwrap().text(), "");
    script.keys("<bs>");
    assert!(script.model.prompt.as_ref().is_none());
}
