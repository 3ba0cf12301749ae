//! The filter: answers come late and in parts, mistakes are shown, and nothing jumps.

use std::sync::Arc;

use super::support::Script;
use crate::catalog::{
    Attention, Changes, EntryId, InitialState, Mark, Request, SavedSearch, Tier, Update,
};
use crate::reader::{Effect, ListRow, Message, PromptKind};

fn article(date: &str, title: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\nauthor: 甲报\ntags:\n- 新闻\n---\n\n# {title}\n\n正文说的是{title}。\n"
    )
}

/// Five articles, newest first: 鹤 (4), 桥 (3), bridge (2), 桥与鹤 (1), 茶 (0).
fn five() -> Script {
    let titles = ["茶", "桥与鹤", "bridge", "桥", "鹤"];
    let articles: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(nth, title)| article(&format!("2026-01-0{}", nth + 1), title))
        .collect();
    Script::new(
        100,
        30,
        &articles.iter().map(String::as_str).collect::<Vec<_>>(),
    )
}

fn shown(script: &Script) -> Vec<u32> {
    let rows = script.model.list().rows();
    rows.filter_map(|row| {
        if let ListRow::Title(EntryId(id)) = row {
            Some(id)
        } else {
            None
        }
    })
    .collect()
}

fn selected(script: &Script) -> Option<u32> {
    script.model.list().selected().map(|id| id.0)
}

/// The questions asked of the filter, with their numbers.
fn asked(script: &mut Script) -> Vec<u32> {
    let asked = script.took().into_iter().filter_map(|effect| match effect {
        Effect::Library(Request::Filter { number, .. }) => Some(number),
        _ => None,
    });
    asked.collect()
}

/// An answer: the tiers of the articles by number.
fn answer(number: u32, tiers: &str, is_final: bool) -> Message {
    let tier = |c| match c {
        'l' => Tier::Title,
        'p' => Tier::Pinyin,
        'f' => Tier::Loose,
        _ => Tier::None,
    };
    let tiers: Arc<[Tier]> = tiers.chars().map(tier).collect();
    Message::Library(Update::Filtered {
        number,
        tiers,
        is_final,
    })
}

#[test]
fn every_edit_asks_and_only_the_last_question_counts() {
    let mut script = five();
    script.is_slow = true;
    script.keys("/桥 ");
    let numbers = asked(&mut script);
    assert!(
        numbers.windows(2).all(|pair| pair[0] < pair[1]),
        "{numbers:?}"
    );
    assert_eq!(
        shown(&script),
        [4, 3, 2, 1, 0],
        "what was shown stays until an answer comes"
    );
    script.keys("鹤");
    let last = asked(&mut script)[0];
    script.tell(answer(numbers[0], "-ll--", true));
    assert_eq!(
        shown(&script),
        [4, 3, 2, 1, 0],
        "an answer to another question is dropped"
    );
    assert!(script.model.list().is_filtering());
    script.tell(answer(last, "-l---", true));
    assert_eq!((shown(&script), selected(&script)), (vec![1], Some(1)));
    assert!(!script.model.list().is_filtering());
    script.tell(answer(last, "lllll", true));
    assert_eq!(shown(&script), [1], "it was answered already");
}

#[test]
fn better_tiers_come_first_each_in_the_order_of_the_list() {
    let mut script = five();
    script.is_slow = true;
    script.keys("/q");
    let number = asked(&mut script)[0];
    script.tell(answer(number, "fplpf", true));
    assert_eq!(shown(&script), [2, 3, 1, 4, 0]);
    script.keys("<enter>s");
    assert_eq!(script.model.list().query(), Some("q"));
    // By title: bridge, 茶, 鹤, 桥, 桥与鹤; nothing has to be asked for it.
    assert_eq!(shown(&script), [2, 3, 1, 0, 4]);
    assert!(asked(&mut script).is_empty());
}

#[test]
fn the_first_row_is_selected_until_one_is_chosen_and_then_nothing_jumps() {
    let mut script = five();
    script.is_slow = true;
    script.keys("jjj/q");
    let number = asked(&mut script)[0];
    script.tell(answer(number, "l--l-", false));
    assert_eq!((shown(&script), selected(&script)), (vec![3, 0], Some(3)));
    script.tell(answer(number, "l--ll", false));
    assert_eq!(selected(&script), Some(4), "the first, whatever comes");
    script.keys("<down>");
    assert_eq!(selected(&script), Some(3));
    script.tell(answer(number, "lpplp", true));
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![3, 0, 4, 2, 1], Some(3)),
        "what was chosen stays chosen"
    );
    script.keys("i");
    let number = asked(&mut script)[0];
    script.tell(answer(number, "ll---", false));
    assert_eq!(selected(&script), Some(1));
    script.tell(answer(number, "ll-p-", true));
    assert_eq!(
        selected(&script),
        Some(3),
        "it comes back with the slower part of the answer"
    );
    script.keys("<bs>x");
    let number = *asked(&mut script).last().unwrap();
    script.tell(answer(number, "ll---", true));
    assert_eq!(
        selected(&script),
        Some(1),
        "where it is not left, the first is"
    );
    script.keys("<esc>");
    assert_eq!(
        (selected(&script), shown(&script).len()),
        (Some(1), 5),
        "what was selected before"
    );
}

#[test]
fn a_mistake_is_shown_at_its_place_and_the_last_good_result_stays() {
    let mut script = five();
    script.keys("/桥");
    let before = shown(&script);
    assert_eq!(before, [3, 1]);
    script.keys(" (鹤");
    let line = script.model.prompt_line().unwrap();
    let wrong = line.wrong.unwrap();
    assert!(
        wrong.x >= line.x
            && wrong.x <= line.cursor
            && wrong.columns >= 1
            && !wrong.reason.is_empty(),
        "{wrong:?}"
    );
    assert_eq!(shown(&script), before);
    script.keys("<enter>");
    assert!(
        script.model.prompt.as_ref().is_some(),
        "a query that is wrong is not taken"
    );
    script.keys(")");
    assert!(script.model.prompt_line().unwrap().wrong.is_none());
    assert_eq!(shown(&script), [1]);
    script.keys(" (");
    script.keys("<esc>");
    assert_eq!(
        (script.model.list().query(), shown(&script).len()),
        (None, 5)
    );
}

#[test]
fn of_a_mistake_that_is_left_the_last_good_query_is_in_force() {
    let mut script = five();
    script.keys("/tag:新闻 桥 (");
    assert!(script.model.prompt_line().unwrap().wrong.is_some());
    let list = script.model.layout.list.unwrap().body;
    script.tell(Message::Mouse(crate::reader::Mouse {
        kind: crate::reader::MouseKind::Press,
        column: list.x + 2,
        row: list.y + 1,
    }));
    assert!(script.model.prompt.as_ref().is_none());
    assert_eq!(
        (script.model.list().query(), shown(&script)),
        (Some("tag:新闻 桥 "), vec![3, 1])
    );
}

#[test]
fn while_the_library_changes_one_question_is_asked_at_a_time() {
    let mut script = five();
    script.is_slow = true;
    script.keys("/桥<enter>");
    let first = asked(&mut script)[0];
    for _ in 0..3 {
        script.tell(Message::Library(Update::Changed(Changes {
            gone: vec![EntryId(4)],
            ..Changes::default()
        })));
    }
    assert!(
        asked(&mut script).is_empty(),
        "the first question is not answered yet"
    );
    script.tell(answer(first, "-l-l-", true));
    let again = asked(&mut script);
    assert_eq!(again.len(), 1);
    assert_eq!((shown(&script), selected(&script)), (vec![3, 1], Some(3)));
    script.keys("j");
    script.tell(Message::Library(Update::Changed(Changes {
        gone: vec![EntryId(3)],
        ..Changes::default()
    })));
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![1], Some(1)),
        "what is gone is not shown meanwhile"
    );
    script.tell(answer(again[0], "ll-l-", true));
    assert_eq!((shown(&script), selected(&script)), (vec![1, 0], Some(1)));
    let last = asked(&mut script);
    assert_eq!(last.len(), 1);
    script.tell(answer(last[0], "p----", false));
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![1, 0], Some(1)),
        "what was found before beats a part"
    );
    script.tell(answer(last[0], "p----", true));
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![1, 0], Some(1)),
        "what is selected stays though it is left out"
    );
    assert!(asked(&mut script).is_empty());
    script.keys("j");
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![0], Some(0)),
        "until another is"
    );
}

#[test]
fn a_mark_asks_a_filter_of_marks_again_and_the_row_stays_until_it_is_left() {
    let mut script = five();
    script.keys("/is:unread<enter>r");
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![4, 3, 2, 1, 0], Some(4))
    );
    script.keys("j");
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![3, 2, 1, 0], Some(3))
    );
    script.keys("Ay");
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![3], Some(3)),
        "all others are read"
    );
    script.keys("u");
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![3, 2, 1, 0], Some(3))
    );
    script.is_slow = true;
    script.keys("<esc>*/桥<enter>*");
    assert_eq!(
        asked(&mut script).len(),
        1,
        "the filter 桥 does not depend on marks"
    );
}

#[test]
fn after_a_restart_without_the_article_the_filter_keeps_nothing_else() {
    let mut script = five();
    let mut opened = InitialState::default();
    opened.state.filter = Some("桥".to_owned());
    script.tell(Message::Library(Update::Initial(Box::new(opened))));
    assert_eq!((shown(&script), selected(&script)), (vec![3, 1], Some(3)));
}

#[test]
fn after_a_restart_the_article_stays_though_it_was_read_out_of_its_filter() {
    let mut script = five();
    script.tell(Message::Library(Update::Marked(vec![(
        EntryId(1),
        Mark {
            attention: Attention::Read,
            is_starred: false,
        },
    )])));
    let mut opened = InitialState::default();
    opened.state.filter = Some("is:unread".to_owned());
    opened.selected = Some(EntryId(1));
    script.tell(Message::Library(Update::Initial(Box::new(opened))));
    assert_eq!(
        (shown(&script), selected(&script)),
        (vec![4, 3, 2, 1, 0], Some(1))
    );
    script.keys("<esc>");
    assert_eq!(
        (script.model.list().query(), selected(&script)),
        (None, Some(1)),
        "also when the filter ends"
    );
}

#[test]
fn an_empty_line_asks_nothing_and_shows_all() {
    let mut script = five();
    script.is_slow = true;
    script.keys("j/桥");
    let number = asked(&mut script)[0];
    script.keys("<bs>");
    assert!(asked(&mut script).is_empty());
    script.tell(answer(number, "-l-l-", true));
    assert_eq!((shown(&script).len(), selected(&script)), (5, Some(3)));
    script.keys("<enter>");
    assert_eq!(script.model.list().query(), None);
}

#[test]
fn pages_turn_while_one_types() {
    let mut script = five();
    script.keys("/<pgdn>");
    assert_eq!(selected(&script), Some(0));
    script.keys("<pgup><C-n>");
    assert_eq!(selected(&script), Some(3));
    script.keys("<C-p><tab>");
    assert_eq!(
        (
            selected(&script),
            script
                .model
                .prompt
                .as_ref()
                .map(crate::reader::prompt::Prompt::kind)
        ),
        (Some(4), Some(PromptKind::Filter))
    );
}

#[test]
fn a_filter_and_saved_searches_come_back() {
    let mut script = five();
    let mut opened = InitialState::default();
    opened.state.filter = Some("桥".to_owned());
    opened.state.searches = vec![SavedSearch {
        name: "鸟".to_owned(),
        query: "鹤".to_owned(),
    }];
    opened.selected = Some(EntryId(1));
    script.tell(Message::Library(Update::Initial(Box::new(opened))));
    assert_eq!((shown(&script), selected(&script)), (vec![3, 1], Some(1)));
    script.keys("<A-1>");
    assert_eq!((shown(&script), script.notice()), (vec![4, 1], "鸟"));
    script.keys("<A-2>");
    assert!(script.notice().starts_with("There is no saved search 2"));
    script.keys("<esc>");
    assert_eq!(shown(&script).len(), 5);
}

/// The filters and selected articles that were saved.
fn saved(script: &mut Script) -> Vec<(Option<String>, Option<String>)> {
    let mut effects = script.took();
    effects.extend(crate::reader::flush_on_exit(&mut script.model));
    let saved = effects.into_iter().filter_map(|effect| match effect {
        Effect::Library(Request::RememberLibrary(state)) => Some(state),
        _ => None,
    });
    saved
        .map(|state| {
            let selected = state.selected.map(|path| path.display().to_string());
            (state.filter, selected)
        })
        .collect()
}

#[test]
fn a_filter_is_saved_once_it_is_confirmed_and_said_at_the_next_start() {
    let mut script = five();
    script.tell(Message::Library(Update::Initial(Box::default())));
    script.keys("j/桥与");
    assert_eq!(shown(&script), [1]);
    assert_eq!(
        saved(&mut script).pop(),
        Some((None, Some("3.md".to_owned()))),
        "half typed: neither the filter nor what it selects"
    );
    script.keys("<bs><enter>");
    assert_eq!(saved(&mut script).pop().unwrap().0.as_deref(), Some("桥"));
    script.keys("/ 茶");
    assert_eq!(saved(&mut script), [], "the one confirmed before stays");

    let mut script = five();
    let mut opened = InitialState::default();
    opened.state.filter = Some("桥".to_owned());
    script.tell(Message::Library(Update::Initial(Box::new(opened))));
    assert_eq!(script.notice(), "Filter 桥, 2 of 5 · Esc shows all");
    script.keys("<esc>");
    assert_eq!((shown(&script).len(), script.notice()), (5, ""));
}
