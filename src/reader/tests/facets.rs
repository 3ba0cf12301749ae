//! Facets and saved searches.

use super::support::Script;
use crate::catalog::{EntryId, Request, Update};
use crate::reader::{Area, Effect, FacetsPane, Message, Mouse, MouseKind, flush_on_exit};

fn library(columns: u16, rows: u16) -> Script {
    let article = |date: &str, title: &str, source: &str, tags: &str| {
        format!(
            "---\ntitle: {title}\ndate: {date}\nauthor: {source}\ntags: [{tags}]\n---\n\n{title}的正文。\n"
        )
    };
    let articles = [
        article("2026-01-02", "重庆的桥", "乙报", "城市, 桥"),
        article("2026-01-03", "阿里山", "甲报", "山"),
        article("2026-02-03", "长江的桥", "甲报", "\"a \\\"b\\\"\", 桥"),
        article("2025-12-31", "中国茶", "乙报", "茶"),
    ];
    let mut script = Script::new(columns, rows, &articles.each_ref().map(String::as_str));
    script.tell(Message::Library(Update::Initial(Box::default())));
    script
}

const SAVED: usize = 0;
const TAGS: usize = 1;
const SOURCES: usize = 2;
const MONTHS: usize = 3;

fn pane(script: &Script) -> &FacetsPane {
    script.model.facets.as_ref().unwrap()
}

fn group(script: &Script, group: usize) -> Vec<String> {
    let rows = pane(script).groups[group].visible().flatten();
    let told = rows.map(|(row, _)| {
        let count = row.count.map_or(String::new(), |count| format!(" {count}"));
        let key = row.key.map_or(String::new(), |key| format!("{key} "));
        let query = row
            .query
            .as_ref()
            .map_or(String::new(), |query| format!(" = {query}"));
        format!("{key}{}{query}{count}", row.name)
    });
    told.collect()
}

#[test]
fn choosing_narrows_the_list_and_the_counts_follow() {
    let mut script = library(120, 30);
    script.keys("F");
    assert_eq!(group(&script, TAGS)[0], "桥 2");
    assert_eq!(group(&script, SOURCES).len(), 2);
    assert_eq!(
        group(&script, MONTHS),
        ["2026-02 1", "2026-01 2", "2025-12 1"]
    );
    script.keys("<enter>");
    assert_eq!(
        (script.model.list().query(), script.model.list().len()),
        (Some("tag:\"桥\""), 2)
    );
    assert_eq!(group(&script, MONTHS), ["2026-02 1", "2026-01 1"]);
    script.keys("lljj");
    assert_eq!(pane(&script).current().name, "Months");
    script.keys("<enter>");
    assert_eq!(script.model.list().query(), Some("tag:\"桥\" date:2026-01"));
    assert_eq!(script.model.list().selected(), Some(EntryId(0)));
    script.keys("<esc>");
    assert!(script.model.facets.as_ref().is_none());
    assert_eq!(script.model.list().len(), 1, "the filter stays");
    script.keys("F<esc><esc>");
    assert_eq!(script.model.list().len(), 4);
}

#[test]
fn closing_goes_back_to_the_article_unless_something_was_chosen() {
    let mut script = library(120, 30);
    script.keys("<enter>zF");
    assert!(!script.is_in_article());
    script.keys("jl<esc>");
    assert!(
        script.is_in_article() && script.model.layout.list.is_none(),
        "as it was: the article alone"
    );
    script.keys("FF");
    assert!(script.is_in_article());
    script.keys("F<enter><esc>");
    assert!(!script.is_in_article(), "the list that was narrowed");
    assert_eq!(script.model.list().len(), 2);
}

#[test]
fn a_tag_with_quotation_marks_is_found() {
    let mut script = library(120, 30);
    script.keys("F");
    let position = group(&script, TAGS)
        .iter()
        .position(|row| row.starts_with("a \"b\""))
        .unwrap();
    script.keys(&"j".repeat(position)).keys("<enter>");
    assert_eq!(
        (script.model.list().len(), script.model.list().selected()),
        (1, Some(EntryId(2)))
    );
}

#[test]
fn counts_follow_the_filter_line() {
    let mut script = library(120, 30);
    script.keys("F/茶");
    assert_eq!(group(&script, SOURCES), ["乙报 1"]);
    script.keys("<esc>");
    assert_eq!(group(&script, SOURCES).len(), 2);
    assert!(script.model.facets.as_ref().is_some());
}

#[test]
fn late_counts_are_dropped_and_one_question_is_asked_at_a_time() {
    let mut script = library(120, 30);
    script.is_slow = true;
    script.took();
    script.keys("F");
    let facets = |script: &mut Script| -> Vec<Effect> {
        script
            .took()
            .into_iter()
            .filter(|effect| matches!(effect, Effect::Library(Request::Facets { .. })))
            .collect()
    };
    let first = facets(&mut script);
    assert_eq!(first.len(), 1);
    script.keys("/茶");
    assert!(facets(&mut script).is_empty());
    let answer = script.answers(&first[0]);
    for answer in answer.clone() {
        script.tell(answer);
    }
    let second = facets(&mut script);
    assert_eq!(second.len(), 1);
    for answer in answer {
        script.tell(answer);
    }
    assert_eq!(
        group(&script, SOURCES).len(),
        2,
        "of the first question; the second is not answered yet"
    );
    for answer in script.answers(&second[0]) {
        script.tell(answer);
    }
    assert_eq!(group(&script, SOURCES), ["乙报 1"]);
}

#[test]
fn what_is_left_out_is_told_under_the_last_row() {
    let tags: Vec<String> = (0..600).map(|number| format!("t{number}")).collect();
    let article = format!(
        "---\ntitle: a\ndate: 2026-01-02\ntags: [{}]\n---\n\nText.\n",
        tags.join(", ")
    );
    let mut script = Script::new(120, 30, &[&article]);
    script.tell(Message::Library(Update::Initial(Box::default())));
    script.keys("F");
    let line_of = |script: &Script, group: usize| {
        let mut rows = pane(script).groups[group].visible();
        rows.position(|row| row.is_none()).map(|line| line as u16)
    };
    let line = |script: &Script| line_of(script, TAGS);
    let is_selected = |script: &Script| {
        let rows = pane(script).groups[TAGS].visible().flatten();
        rows.map(|(_, is_selected)| is_selected).collect::<Vec<_>>()
    };
    assert_eq!(pane(&script).groups[TAGS].left_out, 100);
    assert_eq!(line(&script), None, "not on the screen yet");
    script.keys("G");
    let shown = group(&script, TAGS);
    assert_eq!(line(&script), Some(shown.len() as u16));
    assert!(is_selected(&script).ends_with(&[true]));
    assert_eq!(line_of(&script, SOURCES), None);
    script.keys("k");
    assert_eq!(
        line(&script),
        Some(shown.len() as u16),
        "it moves no row away"
    );
    script.tell(Message::Resized(Area {
        columns: 40,
        rows: 4,
    }));
    script.keys("G");
    assert!(is_selected(&script).contains(&true));
}

#[test]
fn searches_are_saved_named_applied_and_deleted() {
    let mut script = library(120, 30);
    script.keys("S");
    assert!(script.notice().starts_with("Nothing to save"));
    script.keys("/tag:桥<enter>S<C-u>桥梁<enter>");
    assert_eq!(script.notice(), "Saved on Alt-1: 桥梁");
    script.keys("<esc>/乙报<enter>FS<enter>");
    assert_eq!(group(&script, SAVED), ["1 桥梁 = tag:桥", "2 乙报"]);
    script.keys("<A-1>");
    assert_eq!(
        (script.model.list().query(), script.notice()),
        (Some("tag:桥"), "桥梁")
    );
    script.keys("jr<C-u>桥梁<enter>");
    assert_eq!(script.notice(), "Another search has this name");
    script.keys("r<C-u> 报 <enter>");
    assert_eq!(group(&script, SAVED), ["1 桥梁 = tag:桥", "2 报 = 乙报"]);
    script.keys("<enter>");
    assert_eq!(script.model.list().query(), Some("乙报"));
    script.keys("kd");
    assert_eq!(script.notice(), "Deleted: 桥梁 (tag:桥) · u undoes");
    script.keys("u");
    assert_eq!(script.notice(), "Saved again: 桥梁");
    assert_eq!(group(&script, SAVED), ["1 桥梁 = tag:桥", "2 报 = 乙报"]);
    script.keys("ggd");
    assert_eq!(group(&script, SAVED), ["1 报 = 乙报"]);
    script.keys("<del>d");
    assert_eq!(script.notice(), "Only saved searches can be deleted");
    script.keys("<esc>/<C-u>茶<enter>S<C-u> <enter>");
    assert_eq!(script.notice(), "A search needs a name");
    script.keys("S<enter>");
    let saved = flush_on_exit(&mut script.model)
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Library(Request::RememberLibrary(state)) => Some(state.searches),
            _ => None,
        });
    assert_eq!(
        saved
            .unwrap()
            .iter()
            .map(|search| search.name.as_str())
            .collect::<Vec<_>>(),
        ["茶"]
    );
}

#[test]
fn groups_have_room_on_any_screen_and_the_mouse_chooses() {
    for (columns, rows) in [
        (200, 50),
        (120, 40),
        (80, 24),
        (60, 20),
        (30, 8),
        (10, 3),
        (1, 1),
    ] {
        let mut script = library(columns, rows);
        script.keys("F");
        for key in [
            "h", "h", "h", "h", "l", "<tab>", "j", "G", "gg", "<pgdn>", "<right>",
        ] {
            script.keys(key);
            let facets = script.model.facets.as_ref().unwrap();
            let area = facets.rect.body;
            assert!(
                facets
                    .placed()
                    .any(|(group, _)| facets.is_current(&facets.groups[group])),
                "{columns}×{rows} after {key}"
            );
            assert!(
                facets
                    .placed()
                    .all(|(_, pane)| pane.x + pane.columns <= area.x + area.columns)
            );
            let (x, y) = script.model.cursor().unwrap();
            assert!(x < columns && y < rows);
        }
        script.tell(Message::Resized(Area {
            columns: rows,
            rows: columns,
        }));
    }
    let mut script = library(120, 30);
    script.keys("F");
    let (_, pane) = script
        .model
        .facets
        .as_ref()
        .unwrap()
        .placed()
        .find(|(group, _)| *group == SOURCES)
        .unwrap();
    let press = Message::Mouse(Mouse {
        kind: MouseKind::Press,
        column: pane.x + 2,
        row: pane.y + 2,
    });
    script.tell(press.clone());
    assert_eq!(script.model.list().query(), None);
    script.tell(press);
    assert!(script.model.list().query().unwrap().starts_with("source:"));
}

#[test]
fn a_group_without_values_is_not_drawn() {
    let mut script = library(120, 30);
    script.keys("F");
    let facets = script.model.facets.as_ref().unwrap();
    assert!(facets.placed().all(|(at, _)| !facets.groups[at].is_saved()));
    assert_eq!(facets.placed().count(), 3);
    script.keys("<tab><tab><tab>");
    let facets = script.model.facets.as_ref().unwrap();
    assert_eq!(
        facets.current().name,
        "Tags",
        "Tab goes around the drawn ones"
    );
}
