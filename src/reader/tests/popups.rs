//! Boxes over the panes: menu, help, outline, problems, a link's card, labels.

use super::support::{CRANES, Script};
use crate::reader::popup::PopupKind;
use crate::reader::{Area, Effect, Message};

fn kind(script: &Script) -> Option<PopupKind> {
    script.model.popup.as_ref().map(|popup| popup.kind)
}

fn selected(script: &Script) -> String {
    let popup = script.model.popup.as_ref().unwrap();
    popup
        .lines()
        .find(|(_, is_selected)| *is_selected)
        .map_or_else(String::new, |(line, _)| line.text.clone())
}

#[test]
fn everything_is_reached_without_letters() {
    let mut script = Script::cranes(100, 30);
    script.keys("<enter>");
    assert_eq!(
        (kind(&script), selected(&script).as_str()),
        (Some(PopupKind::Menu), "Switch language")
    );
    let cursor = script.model.cursor().unwrap();
    assert_eq!(cursor.1, script.model.popup.as_ref().unwrap().body.y);
    script.keys("<down>");
    assert_eq!(selected(&script), "Find in the article");
    assert_eq!(script.model.cursor().unwrap().1, cursor.1 + 1);
    script.keys("<enter>");
    assert!(script.model.prompt.as_ref().is_some() && script.model.popup.as_ref().is_none());
    script.keys("<esc><enter><end>");
    assert_eq!(selected(&script), "Quit");
    script.keys("<enter>");
    assert_eq!(script.took(), [Effect::Quit]);
    script.keys("<enter><home><enter>");
    assert!(script.current().starts_with("In spring") || script.current().starts_with("Summary"));
}

#[test]
fn every_line_of_the_menu_does_something() {
    for line in 0..19 {
        let mut script = Script::cranes(100, 30);
        script.keys("}}");
        let before = format!(
            "{:?} {:?} {:?}",
            script.screen(),
            script.model.layout,
            script.id()
        );
        script
            .keys("<enter>")
            .keys(&"<down>".repeat(line))
            .keys("<enter>");
        let after = format!(
            "{:?} {:?} {:?}",
            script.screen(),
            script.model.layout,
            script.id()
        );
        let is_seen = before != after
            || script.model.popup.as_ref().is_some()
            || script.model.prompt.as_ref().is_some()
            || script.model.search.is_open
            || script.model.facets.as_ref().is_some()
            || !script.model.link_hints.is_empty()
            || !script.notice().is_empty()
            || !script.effects.is_empty();
        // The newest article has none before it.
        assert!(is_seen || line == 12, "line {line}");
    }
}

#[test]
fn help_tells_every_key_and_scrolls() {
    let mut script = Script::cranes(80, 12);
    script.keys("?");
    let popup = script.model.popup.as_ref().unwrap();
    assert_eq!(
        popup
            .lines()
            .next()
            .map(|(line, _)| (line.is_title, line.text.as_str())),
        Some((true, "Moving"))
    );
    assert!(popup.bar().1 < 1.0);
    let (first, _) = popup.lines().nth(1).unwrap();
    assert_eq!((first.keys.as_str(), first.text.as_str()), ("j ↓", "down"));
    script.keys("G");
    assert_eq!(
        script
            .model
            .popup
            .as_ref()
            .unwrap()
            .lines()
            .last()
            .unwrap()
            .0
            .keys,
        "Ctrl-c"
    );
    assert!((script.model.popup.as_ref().unwrap().bar().1 - 1.0).abs() < f32::EPSILON);
    script.keys("gg<pgdn><C-d>kb?");
    assert_eq!(kind(&script), None);
    script.keys("??");
    assert_eq!(kind(&script), None);
}

#[test]
fn the_outline_follows_the_reader_and_leads_on() {
    let mut script = Script::walk(100, 12);
    script.keys("4)3}t");
    assert_eq!(
        (kind(&script), selected(&script).as_str()),
        (Some(PopupKind::Outline), "Part 5")
    );
    script.keys("k<enter>");
    assert_eq!((kind(&script), script.current()), (None, "Part 4"));
    script.keys("tq");
    assert_eq!((kind(&script), script.current()), (None, "Part 4"));
    script.keys("tG<enter>");
    assert_eq!(script.current(), "Part 6");
}

#[test]
fn a_link_is_shown_before_it_is_opened() {
    let mut script = Script::cranes(100, 30);
    script.keys("o");
    assert_eq!(kind(&script), Some(PopupKind::Link));
    assert_eq!(
        script
            .model
            .popup
            .as_ref()
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .0
            .text,
        "https://example.org/cranes"
    );
    assert_eq!(script.took(), []);
    script.keys("<esc>");
    assert_eq!((kind(&script), script.took()), (None, vec![]));
    script.keys("o<enter>");
    assert_eq!(
        script.took(),
        [Effect::Open("https://example.org/cranes".to_owned())]
    );
    script.keys("oo");
    assert_eq!(
        script.took(),
        [Effect::Open("https://example.org/cranes".to_owned())]
    );
    script.keys("oy");
    assert_eq!(
        script.took(),
        [Effect::Copy("https://example.org/cranes".to_owned())]
    );
}

#[test]
fn labels_on_links() {
    let mut script = Script::cranes(100, 40);
    script.keys("f");
    let letters: Vec<&str> = script
        .model
        .link_hints
        .iter()
        .map(|(hint, _)| hint.letters.as_str())
        .collect();
    assert_eq!(letters, ["a", "s"]);
    script.keys("s");
    assert_eq!(
        script
            .model
            .popup
            .as_ref()
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .0
            .text,
        "https://example.org/patrol"
    );
    script.keys("<enter>");
    assert_eq!(
        script.took(),
        [Effect::Open("https://example.org/patrol".to_owned())]
    );
    assert!(script.model.link_hints.is_empty());
    script.keys("f<down><enter>y");
    assert_eq!(
        script.took(),
        [Effect::Copy("https://example.org/patrol".to_owned())]
    );
    script.keys("fz");
    assert_eq!(
        (script.model.link_hints.iter().count(), script.notice()),
        (0, "No link is labelled z")
    );
    script.keys("f<esc>");
    assert!(script.model.link_hints.is_empty() && script.is_in_article());
    script.keys("f<C-c>");
    assert_eq!(script.took(), [Effect::Quit]);
}

#[test]
fn many_links_have_two_letters() {
    let links: Vec<String> = (0..40)
        .map(|number| format!("[link {number}](https://example.org/{number})"))
        .collect();
    let links = links.join("\n\n");
    let mut script = Script::new(100, 120, &[&links, CRANES]);
    script.keys("G<enter>f");
    assert_eq!(script.model.link_hints.iter().count(), 40);
    script.keys("s");
    assert!(
        script
            .model
            .link_hints
            .iter()
            .all(|(hint, _)| hint.letters.starts_with('s'))
    );
    script.keys("s<enter>");
    assert_eq!(
        script.took(),
        [Effect::Open("https://example.org/27".to_owned())]
    );
}

#[test]
fn no_other_scheme_is_opened() {
    let mut script = Script::new(
        100,
        30,
        &["# T\n\n[x](javascript:alert(1)) [y](../notes.md)\n", CRANES],
    );
    script.keys("G<enter>fa<enter>");
    assert_eq!(script.took(), []);
    assert_eq!(
        script.notice(),
        "Only http, https and mailto links are opened"
    );
    script.keys("fsy");
    assert_eq!(script.took(), [Effect::Copy("../notes.md".to_owned())]);
}

#[test]
fn a_footnote_is_gone_to() {
    let note = format!(
        "A word[^1] here.\n\n{}[^1]: The note itself.\n",
        "Filling text.\n\n".repeat(40)
    );
    let mut script = Script::new(100, 12, &[&note, CRANES]);
    script.keys("G<enter>fa");
    assert_eq!(script.current(), "The note itself.");
}

#[test]
fn problems_are_told() {
    let broken = "---\ntitle: [unclosed\ndate: tomorrow\n---\n\nText.\n";
    let mut script = Script::new(100, 30, &[broken, CRANES]);
    script.keys("G<enter>!");
    assert_eq!(kind(&script), Some(PopupKind::Problems));
    assert!(script.model.popup.as_ref().unwrap().lines().count() > 0);
    script.keys("<esc>K!");
    assert_eq!(
        (kind(&script), script.notice()),
        (None, "The article has no problems, and its figures agree")
    );
}

#[test]
fn boxes_fit_every_screen() {
    for (columns, rows) in [
        (1, 1),
        (2, 2),
        (20, 5),
        (23, 7),
        (24, 8),
        (80, 24),
        (200, 50),
    ] {
        let mut script = Script::cranes(100, 30);
        for key in ["?", "t", "o", "<enter>"] {
            script.keys(key);
            script.tell(Message::Resized(Area { columns, rows }));
            let frame = script.model.popup.as_ref().unwrap().frame();
            assert!(
                frame.x + frame.columns <= columns && frame.y + frame.rows <= rows,
                "{columns}×{rows}: {frame:?}"
            );
            assert!(script.model.popup.as_ref().unwrap().lines().count() >= 1);
            script.keys("<esc>");
        }
    }
}
