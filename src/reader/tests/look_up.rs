//! The look-up box.

use super::programs::{program, set};
use super::support::Script;
use crate::catalog::{Request, Update};
use crate::reader::{Effect, Message, ScreenRect};

/// The title of the box and its lines; None if it is closed.
fn shown(script: &Script) -> Option<(String, Vec<String>)> {
    let popup = script.model.look_up_box()?;
    let lines = popup.lines().map(|(line, _)| line.text.clone());
    Some((popup.title().to_owned(), lines.collect()))
}

fn title(script: &Script) -> String {
    shown(script).map_or_else(String::new, |(title, _)| title)
}

#[test]
fn the_box_says_what_the_word_means_and_how_its_sentence_is_translated() {
    let mut script = Script::cranes(100, 40);
    script.keys("}.d");
    let (title, lines) = shown(&script).unwrap();
    assert_eq!(title, "春天 chūntiān · HSK 3");
    assert_eq!(lines[0], "spring (season)");
    assert!(
        lines[1].starts_with("春 ") && lines[1].contains(" · 天 "),
        "{lines:?}"
    );
    assert!(
        lines[2].starts_with("┊ In spring the calls of cranes"),
        "{lines:?}"
    );
    script.keys("<esc>");
    assert_eq!(shown(&script), None);
    assert!(script.is_in_article());
}

#[test]
fn keys_walk_and_widen_the_word_and_the_box_follows() {
    let mut script = Script::cranes(100, 40);
    script.keys("}.dww");
    assert_eq!(title(&script), "湿地 濕地 shīdì · HSK 7–9");
    script.keys("b");
    assert_eq!(title(&script), "的 de · HSK 1");
    script.keys("b<right><right>");
    assert!(
        title(&script).starts_with("春天的湿地"),
        "{}",
        title(&script)
    );
    let (_, lines) = shown(&script).unwrap();
    assert_eq!(lines[0], "Not in the dictionary");
    assert!(lines[1].starts_with("春天 spring"), "{lines:?}");
    script.keys("}");
    let (title, lines) = shown(&script).unwrap();
    assert_eq!((&*title, &*lines[0]), ("Look up", "Too long to look up"));
}

#[test]
fn english_words_are_looked_up_by_their_lemma() {
    let mut script = Script::cranes(100, 40);
    script.keys("}x.dwww");
    assert_eq!(title(&script), "calls call · top 1000");
    let (_, lines) = shown(&script).unwrap();
    assert!(
        lines[0].contains(' ') && lines.iter().any(|line| line.starts_with("┊ 春天")),
        "{lines:?}"
    );
}

#[test]
fn without_a_cursor_the_first_word_of_the_paragraph_is_looked_up() {
    let mut script = Script::cranes(100, 40);
    script.keys("}d");
    assert_eq!(title(&script), "春天 chūntiān · HSK 3");
    // What closes the selection, or hides the article, closes the box.
    for keys in ["v", "<tab>", "J", "/"] {
        script.keys("<esc>}d");
        script.keys(keys);
        assert_eq!(shown(&script), None, "{keys}");
        script.keys("<esc><esc><enter>");
    }
}

#[test]
fn the_box_stands_beside_its_word_and_inside_the_screen() {
    for (columns, rows) in [(120, 40), (60, 20), (40, 12), (24, 8), (20, 6), (10, 3)] {
        let mut script = Script::cranes(columns, rows);
        script.keys("}d");
        for _ in 0..40 {
            script.keys("w");
            let Some(popup) = script.model.look_up_box() else {
                break;
            };
            let ScreenRect {
                x,
                y,
                columns: across,
                rows: down,
            } = popup.frame();
            assert!(
                x + across <= columns && y + down <= rows,
                "{columns}x{rows}"
            );
            let word = script.page().marks().pop().unwrap();
            let cell = script
                .page()
                .cell_of(script.page().side(), word.range.start);
            let Some((left, top)) = cell.filter(|_| rows >= 20) else {
                continue;
            };
            let body = script.model.layout.article.unwrap().body;
            let (left, top) = (body.x + left, body.y + top);
            let is_over = (x..x + across).contains(&left) && (y..y + down).contains(&top);
            assert!(!is_over, "the word is seen: {columns}x{rows}");
        }
    }
}

#[test]
fn the_key_again_asks_the_command_of_the_settings() {
    let mut script = Script::cranes(100, 30);
    script.keys("}dd");
    assert!(
        script
            .notice()
            .starts_with("Set lookup_command in the settings first")
    );
    set(&mut script, "lookup_command = \"sdcv -n\"\n");
    script.keys("d");
    assert_eq!(program(&mut script).unwrap().words, ["sdcv", "-n", "春天"]);
}

#[test]
fn dictionaries_of_the_user_are_asked_too() {
    let mut script = Script::cranes(100, 30);
    script.keys("}d");
    let asked = script.took().into_iter().find_map(|effect| match effect {
        Effect::Library(Request::LookUp(word)) => Some(word),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("春天"));
    let answer = |word: &str| {
        Message::Library(Update::LookedUp {
            word: word.to_owned(),
            lines: vec!["mine: vernal".to_owned()],
        })
    };
    script.tell(answer("秋天"));
    assert!(
        !shown(&script)
            .unwrap()
            .1
            .contains(&"mine: vernal".to_owned()),
        "another word"
    );
    script.tell(answer("春天"));
    let (_, lines) = shown(&script).unwrap();
    assert_eq!(lines[2], "mine: vernal");
    assert!(lines[3].starts_with("┊ "), "{lines:?}");
    // Where ours has nothing, the box does not say so.
    script.keys("<right><right>");
    let word = script.page().selected_text().unwrap();
    script.tell(answer(&word));
    let (_, lines) = shown(&script).unwrap();
    assert_eq!(lines[0], "mine: vernal", "{lines:?}");
}

#[test]
fn escape_closes_the_box_and_leaves_what_was_marked_before() {
    let mut script = Script::cranes(100, 40);
    let first = |script: &Script| script.page().lit_sentence().map(|(sentence, _)| sentence);
    script.keys("}.");
    let lit = first(&script);
    script.keys("dww<esc>");
    assert_eq!((shown(&script), first(&script)), (None, lit));
    script.keys("<esc>vd<right><esc>");
    assert_eq!(shown(&script), None);
    assert_eq!(script.page().selected_text().as_deref(), Some("春天的"));
    script.keys("<esc>d<esc>");
    assert!(!script.model.is_selecting(), "nothing was selected before");
}

#[test]
fn figures_before_a_word_are_passed_over_and_chosen_ones_are_not() {
    let text = "---\ntitle: 港口\n---\n\n2016 年，港口扩建。\n\n86% 2.5\n";
    let mut script = Script::new(100, 40, &[text]);
    script.keys("<enter>d");
    assert!(title(&script).starts_with("年 "), "{}", title(&script));
    script.keys("<esc>vd");
    assert_eq!(title(&script), "2016");
    script.keys("<esc><esc>}d");
    assert_eq!(title(&script), "86", "no word is near");
}
