//! Facets and saved searches.

use super::support::Script;
use crate::catalog::{EntryId, Query, Request, Update};
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
    let lines = rows.map(|(row, _)| {
        let tick = if row.is_ticked { "✓ " } else { "" };
        let count = row.count.map_or(String::new(), |count| format!(" {count}"));
        let key = row.key.map_or(String::new(), |key| format!("{key} "));
        let query = row
            .query
            .as_ref()
            .map_or(String::new(), |query| format!(" = {query}"));
        format!("{tick}{key}{}{query}{count}", row.name)
    });
    lines.collect()
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
    script.keys(" ");
    assert_eq!(
        (script.model.list().query(), script.model.list().len()),
        (Some("tag:\"桥\""), 2)
    );
    assert_eq!(group(&script, TAGS)[0], "✓ 桥 2");
    assert_eq!(
        group(&script, TAGS).len(),
        5,
        "counted in what the other groups leave"
    );
    assert_eq!(group(&script, MONTHS), ["2026-02 1", "2026-01 1"]);
    script.keys("<right><right><down><down>");
    assert_eq!(pane(&script).current().name, "Months");
    script.keys(" ");
    assert_eq!(script.model.list().query(), Some("tag:\"桥\" date:2026-01"));
    assert_eq!(script.model.list().selected(), Some(EntryId(0)));
    assert_eq!(group(&script, TAGS), ["城市 1", "山 1", "✓ 桥 1"]);
    assert_eq!(group(&script, MONTHS), ["2026-02 1", "✓ 2026-01 1"]);
    script.keys("<enter>");
    assert!(script.model.facets.as_ref().is_none());
    assert_eq!(script.model.list().len(), 1, "the filter stays");
    script.keys("F<esc><esc>");
    assert_eq!(script.model.list().len(), 4);
}

#[test]
fn ticked_values_of_a_group_are_alternatives() {
    let mut script = library(120, 30);
    script.keys("/的<enter>F桥 <esc>茶 ");
    let both = "的 (tag:\"桥\" or tag:\"茶\")";
    assert_eq!(script.model.list().query(), Some(both));
    assert_eq!(script.model.list().len(), 3);
    script.keys("<bs>");
    assert_eq!(group(&script, TAGS)[..2], ["✓ 桥 2", "✓ 茶 1"]);
    script.keys("<enter>");
    assert_eq!(
        script.model.list().query(),
        Some(both),
        "Enter ticks no other"
    );
    script.keys("F");
    assert_eq!(group(&script, TAGS)[..2], ["✓ 桥 2", "✓ 茶 1"]);
    script.keys("  <down> ");
    assert_eq!(script.model.list().query(), Some("的 tag:\"桥\""));
    script.keys("<up> ");
    assert_eq!(script.model.list().query(), Some("的"));
    script.keys("<esc>/<C-u><enter>F茶<enter>");
    assert_eq!(script.model.list().query(), Some("tag:\"茶\""));
    script.keys("F <esc>");
    assert_eq!(script.model.list().query(), None, "the last tick is gone");
}

#[test]
fn typing_narrows_the_group() {
    let mut script = library(120, 30);
    script.keys("Fcs");
    assert_eq!(group(&script, TAGS), ["城市 1"], "by initials");
    assert_eq!(group(&script, SOURCES).len(), 2);
    assert_eq!(pane(&script).typed(), "cs");
    script.keys("<bs>");
    assert!(group(&script, TAGS).is_empty(), "one letter is no pinyin");
    script.keys("<bs>zzz");
    assert!(group(&script, TAGS).is_empty());
    script.keys(" <enter>");
    assert_eq!(script.notice(), "Nothing is selected");
    script.keys("<esc>");
    assert_eq!((group(&script, TAGS).len(), pane(&script).typed()), (5, ""));
    script.keys("q<tab>");
    assert_eq!(pane(&script).typed(), "", "each group for itself");
    script.tell(Message::Paste("乙\n".into()));
    assert_eq!(group(&script, SOURCES), ["乙报 2"]);
    script.keys("<esc><esc>");
    assert!(script.model.facets.as_ref().is_none());
}

#[test]
fn ticked_values_stay_in_view() {
    let mut script = library(120, 30);
    script.keys("F桥 <esc>山");
    assert_eq!(group(&script, TAGS), ["✓ 桥 2", "山 1"]);
    script.keys(" ");
    assert_eq!(group(&script, TAGS), ["✓ 桥 2", "✓ 山 1"], "no row moves");
    script.keys("<esc>/<C-u>tag:\"海\" 长江<enter>");
    assert_eq!(
        group(&script, TAGS),
        ["桥 1", "a \"b\" 1", "✓ 海"],
        "what no article has can be unticked"
    );
    script.keys("海 ");
    assert_eq!(script.model.list().query(), Some("长江"));
}

#[test]
fn a_filter_of_ten_thousand_ticks_is_shown_and_grows_no_longer() {
    let mut script = library(120, 30);
    let ticks: Vec<String> = (0..10_000).map(|at| format!("tag:\"t{at}\"")).collect();
    script.keys("/");
    script.tell(Message::Paste(ticks[..100].join(" or ")));
    script.keys("<enter>");
    let query = Query::parse(&ticks.join(" or ")).unwrap();
    script.model.set_filter(&query.to_string(), query);
    script.keys("F");
    assert!(group(&script, TAGS)[0].starts_with("✓ t"));
    script.keys("桥 ");
    assert!(
        script
            .notice()
            .starts_with("Not ticked: the filter would be longer")
    );
    script.keys("<esc>t77 ");
    assert!(!script.model.list().query().unwrap().contains("\"t77\""));
}

#[test]
fn closing_goes_back_to_the_article_unless_something_was_chosen() {
    let mut script = library(120, 30);
    script.keys("<enter>zF");
    assert!(!script.is_in_article());
    script.keys("<down><right><esc>");
    assert!(
        script.is_in_article() && script.model.layout.list.is_none(),
        "as it was: the article alone"
    );
    script.keys("F<enter>");
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
    script.keys(&"<down>".repeat(position)).keys("<enter>");
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
fn the_number_of_values_left_out_stands_under_the_last_row() {
    let tags: Vec<String> = (0..10_020).map(|number| format!("t{number}")).collect();
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
    assert_eq!(pane(&script).groups[TAGS].left_out, 20);
    assert_eq!(line(&script), None, "not on the screen yet");
    script.keys("<end>");
    let shown = group(&script, TAGS);
    assert_eq!(line(&script), Some(shown.len() as u16));
    assert!(is_selected(&script).ends_with(&[true]));
    assert_eq!(line_of(&script, SOURCES), None);
    script.keys("<up>");
    assert_eq!(
        line(&script),
        Some(shown.len() as u16),
        "it moves no row away"
    );
    script.tell(Message::Resized(Area {
        columns: 40,
        rows: 4,
    }));
    script.keys("<end>");
    assert!(is_selected(&script).contains(&true));
}

#[test]
fn searches_are_saved_named_applied_and_deleted() {
    let mut script = library(120, 30);
    script.keys("S");
    assert!(script.notice().starts_with("No filter to save"));
    script.keys("/tag:桥<enter>S<C-u>桥梁<enter>");
    assert_eq!(script.notice(), "Saved on Alt-1: 桥梁");
    script.keys("<esc>/乙报<enter>F<C-s><enter>");
    assert_eq!(group(&script, SAVED), ["1 桥梁 = tag:桥", "2 乙报"]);
    script.keys("<A-1>");
    assert_eq!(
        (script.model.list().query(), script.notice()),
        (Some("tag:桥"), "桥梁")
    );
    script.keys("<down><C-r><C-u>桥梁<enter>");
    assert_eq!(script.notice(), "Another search has this name");
    script.keys("<C-r><C-u> 报 <enter>");
    assert_eq!(group(&script, SAVED), ["1 桥梁 = tag:桥", "2 报 = 乙报"]);
    script.keys("<enter>");
    assert_eq!(script.model.list().query(), Some("乙报"));
    script.keys("F<C-d>");
    assert_eq!(
        script.notice(),
        "Deleted: 桥梁 (tag:桥) · Ctrl-y brings it back"
    );
    script.keys("<C-y>");
    assert_eq!(script.notice(), "Saved again: 桥梁");
    assert_eq!(group(&script, SAVED), ["1 桥梁 = tag:桥", "2 报 = 乙报"]);
    script.keys("<home><del>");
    assert_eq!(group(&script, SAVED), ["1 报 = 乙报"]);
    script.keys("<del><del>");
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
            "<left>", "<left>", "<left>", "<left>", "a", "<tab>", "<down>", "<end>", "<home>",
            "<pgdn>", "<right>",
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
    assert!(script.model.list().query().unwrap().starts_with("author:"));
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

#[test]
fn a_proposed_name_is_replaced_by_typing_and_edited_after_an_arrow() {
    let mut script = library(120, 30);
    script.keys("/tag:桥<enter>");
    for (typed, name) in [
        ("", "tag:桥"),
        ("桥梁", "桥梁"),
        ("<left>大", "tag:大桥"),
        ("<end>!", "tag:桥!"),
        ("<bs>x", "x"),
        ("<C-u>y", "y"),
    ] {
        script.keys(&format!("S{typed}<enter>"));
        assert!(
            script.notice().ends_with(&format!(": {name}")),
            "{}",
            script.notice()
        );
    }
    script.keys("S");
    assert!(script.model.prompt_line().unwrap().is_selected);
    script.tell(Message::Paste("pasted".into()));
    let line = script.model.prompt_line().unwrap();
    assert_eq!((line.text, line.is_selected), ("pasted", false));
    // A filter goes on where it ended.
    script.keys("<esc>/x");
    assert_eq!(script.model.prompt_line().unwrap().text, "tag:桥x");
}
