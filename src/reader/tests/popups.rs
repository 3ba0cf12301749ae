//! Boxes over the panes: menu, help, outline, problems, a link's card, labels.

use super::support::{CRANES, Script};
use crate::catalog::KnownLibrary;
use crate::reader::keymap::Action;
use crate::reader::popup::PopupKind;
use crate::reader::{Area, Effect, Message, ThemeEntry};

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
        (Some(PopupKind::Menu), "Switch language, at the same place")
    );
    let cursor = script.model.cursor().unwrap();
    assert_eq!(cursor.1, script.model.popup.as_ref().unwrap().body.y);
    script.keys("<down>");
    assert!(selected(&script).starts_with("Both languages at once"));
    assert_eq!(script.model.cursor().unwrap().1, cursor.1 + 1);
    while selected(&script) != "Find in the article" {
        script.keys("<down>");
    }
    script.keys("<enter>");
    assert!(script.model.prompt.as_ref().is_some() && script.model.popup.as_ref().is_none());
    script.keys("<esc><enter><end>");
    assert_eq!(selected(&script), "Quit");
    script.keys("<enter>");
    assert_eq!(script.took(), [Effect::Quit]);
    script.keys("<enter><home><enter>");
    assert!(script.current().starts_with("In spring") || script.current().starts_with("Summary"));
}

/// The names of the themes to show, as the reader asked for them.
fn shown_themes(script: &mut Script) -> Vec<Option<String>> {
    let effects = script.took().into_iter();
    let shown = effects.filter_map(|effect| match effect {
        Effect::ShowTheme(name) => Some(name),
        _ => None,
    });
    shown.collect()
}

#[test]
fn a_theme_is_shown_while_it_is_selected_and_taken_by_enter() {
    let mut script = Script::cranes(100, 30);
    let themes = ["auto", "dark", "nord"].map(|name| ThemeEntry {
        name: name.into(),
        about: String::new(),
    });
    script.tell(Message::Themes(themes.into()));
    let name = |name: &str| Some(name.to_owned());
    script.keys("<A-t>");
    assert_eq!(kind(&script), Some(PopupKind::Themes));
    assert_eq!(shown_themes(&mut script), [name("auto")]);
    script.keys("<down><down>");
    assert_eq!(shown_themes(&mut script), [name("dark"), name("nord")]);
    // The theme of the settings is back, however the list was left.
    script.keys("<esc>");
    assert_eq!(shown_themes(&mut script), [None]);
    script.keys("<A-t><down>?");
    assert_eq!(shown_themes(&mut script).last(), Some(&None));
    script.keys("<esc><A-t><end><enter>");
    let effects = script.took();
    assert!(
        effects.contains(&Effect::Set("theme=nord".into())),
        "{effects:?}"
    );
    assert_eq!(effects.last(), Some(&Effect::ShowTheme(None)));
    assert!(script.notice().contains("theme = \"nord\" in config.toml"));
}

#[test]
fn the_values_of_settings_are_completed() {
    let mut script = Script::cranes(100, 30);
    let theme = ThemeEntry {
        name: "nord".into(),
        about: "dark".into(),
    };
    script.tell(Message::Themes(vec![theme]));
    script.keys(":theme n<tab>");
    assert_eq!(script.model.prompt.as_ref().unwrap().text(), "theme nord");
    script.keys("<enter>:mouse f<enter>:theme {<enter>");
    let set: Vec<_> = script
        .took()
        .into_iter()
        .filter(|it| matches!(it, Effect::Set(_)))
        .collect();
    let expected = ["theme=nord", "mouse=false", "theme={"].map(|set| Effect::Set(set.into()));
    assert_eq!(set, expected);
}

#[test]
fn a_key_that_the_menu_lists_does_in_it_what_it_does_without() {
    let mut script = Script::cranes(100, 30);
    script.keys("<enter>X");
    assert!(script.model.popup.is_none());
    let both = script.page().marks();
    script.keys("X<enter>gs");
    let kind = script.model.popup.as_ref().map(|popup| popup.kind);
    assert_eq!(kind, Some(PopupKind::Statistics));
    let mut other = Script::cranes(100, 30);
    other.keys("X");
    assert_eq!(both, other.page().marks());
    // Keys of the menu itself keep their meaning, and others stay unbound.
    other.keys("<enter>jZ");
    assert_eq!(other.notice(), "Z is not bound · ? shows the keys");
    assert!(other.model.popup.is_some());
}

#[test]
fn every_line_of_the_menu_does_something() {
    for (line, binding) in crate::reader::keymap::menu().enumerate() {
        let mut script = Script::cranes(100, 30);
        script.keys("}}");
        let before = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            script.page().marks(),
            script.screen(),
            script.model.layout,
            script.id(),
            script.page().current_block()
        );
        script
            .keys("<enter>")
            .keys(&"<down>".repeat(line))
            .keys("<enter>");
        let after = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            script.page().marks(),
            script.screen(),
            script.model.layout,
            script.id(),
            script.page().current_block()
        );
        let is_seen = before != after
            || !script.is_in_article()
            || script.model.popup.as_ref().is_some()
            || script.model.note_box.is_some()
            || script.model.prompt.as_ref().is_some()
            || script.model.search.is_open
            || script.model.facets.as_ref().is_some()
            || !script.model.link_hints.is_empty()
            || !script.notice().is_empty()
            || !script.effects.is_empty();
        // The newest article has none before it, and there are two headings.
        let is_needless = matches!(binding.action, Action::Article(-1) | Action::Heading(_));
        assert!(is_seen || is_needless, "{}", binding.help);
    }
}

#[test]
fn help_has_every_key_and_scrolls() {
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
    assert!((script.model.popup.as_ref().unwrap().bar().1 - 1.0).abs() < f32::EPSILON);
    script.keys("gg<pgdn><C-d>kb?");
    assert_eq!(kind(&script), None);
    script.keys("??");
    assert_eq!(kind(&script), None);
}

/// The lines of the help on a screen so high that all are on it.
fn help(script: &Script) -> Vec<String> {
    let popup = script.model.popup.as_ref().unwrap();
    let texts = popup
        .lines()
        .flat_map(|(line, _)| [line].into_iter().chain(&line.beside));
    texts
        .map(|line| format!("{} {}", line.keys, line.text))
        .collect()
}

#[test]
fn help_begins_where_one_is_and_is_searched() {
    let mut script = Script::cranes(80, 200);
    script.keys("?");
    let title = |script: &Script| script.model.popup.as_ref().unwrap().title().to_owned();
    assert_eq!(title(&script), "Keys in the article");
    let lines = help(&script);
    assert!(lines.iter().all(|line| !line.contains('`')), "{lines:?}");
    let at = |start: &str| lines.iter().position(|line| line.starts_with(start));
    assert!(at("/ find in the article") < at("/ filter the list as you type"));
    assert!(at(" Also in the list") < at("/ filter the list as you type"));
    script.keys("/QUOT");
    assert_eq!(
        help(&script),
        [
            " Links and copying",
            "c copy the current paragraph as a quotation with its source"
        ]
    );
    script.keys("<bs><bs><bs><bs>zzz<enter>");
    assert_eq!(help(&script), [" No key or mark matches · Esc clears"]);
    script.keys("/<esc>");
    assert_eq!(help(&script), lines);
    script.keys("<esc>h?");
    assert_eq!(title(&script), "Keys in the list");
    script.keys("<esc>F?");
    assert_eq!(title(&script), "Keys in the facets");
    script.keys("/<esc><esc><esc>\\鹤<tab>?");
    assert_eq!(title(&script), "Keys in the results of a search");
}

#[test]
fn help_has_columns_where_there_is_room() {
    let across = |columns, rows| {
        let mut script = Script::cranes(columns, rows);
        script.keys("?");
        let popup = script.model.popup.as_ref().unwrap();
        let (line, _) = popup.lines().next().unwrap();
        1 + line.beside.len()
    };
    assert_eq!(
        [across(80, 24), across(120, 40), across(200, 50)],
        [1, 2, 3]
    );
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
fn problems_are_listed() {
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

fn libraries() -> Vec<KnownLibrary> {
    let library = |name: &str, unread, is_open| KnownLibrary {
        path: format!("/home/{name}").into(),
        name: format!("~/{name}"),
        unread,
        is_open,
    };
    vec![
        library("open", Ok(Some(99)), true),
        library("many", Ok(Some(1234)), false),
        library("new", Ok(None), false),
        library("gone", Err("no such file or folder".into()), false),
    ]
}

#[test]
fn another_library_is_chosen_from_list_and_article() {
    for keys in ["", "<enter>"] {
        let mut script = Script::new(100, 30, &[CRANES]);
        script.keys(keys).took();
        script.keys("L");
        assert_eq!(script.took(), [Effect::ListLibraries]);
        script.tell(Message::Libraries(libraries()));
        let popup = script.model.popup.as_ref().unwrap();
        let shown: Vec<_> = popup
            .lines()
            .map(|(line, _)| format!("{} {}", line.keys, line.text))
            .collect();
        assert_eq!(
            shown,
            [
                "    1 unread ~/open (open)",
                "1,234 unread ~/many",
                "             ~/new",
                "             ~/gone: no such file or folder",
            ],
            "of the open one, what the list shows counts"
        );
        assert_eq!(selected(&script), "~/many");
        script.keys("j<enter>");
        assert_eq!(script.took(), [Effect::OpenLibrary("/home/new".into())]);
        // If it cannot be opened, another one can be chosen.
        script.tell(Message::Notice("~/new: permission denied".into()));
        assert_eq!(kind(&script), Some(PopupKind::Libraries));
        script.keys("gg<enter>");
        assert_eq!((kind(&script), script.took()), (None, vec![]), "it is open");
    }
}

#[test]
fn libraries_that_come_late_disturb_nothing() {
    let mut script = Script::cranes(100, 30);
    script.keys("L?");
    script.tell(Message::Libraries(libraries()));
    assert_eq!(kind(&script), Some(PopupKind::Help));
    script.keys("<esc>/");
    script.tell(Message::Libraries(libraries()));
    assert_eq!(kind(&script), None);
}

#[test]
fn without_another_library_it_is_said_how_to_read_one() {
    let mut script = Script::cranes(100, 30);
    for known in [vec![], libraries()[..1].to_vec()] {
        script.keys("L");
        script.tell(Message::Libraries(known));
        assert!(script.model.popup.is_none() && script.notice().contains("jianbao FOLDER"));
    }
}

#[test]
fn the_command_line_lists_completes_and_executes() {
    let mut script = Script::cranes(100, 30);
    script.keys(":");
    assert_eq!(kind(&script), Some(PopupKind::Commands));
    script.keys("out");
    assert_eq!(selected(&script), "outline of the headings · t");
    script.keys("<enter>");
    assert_eq!(kind(&script), Some(PopupKind::Outline));
    script.keys("<esc>:");
    assert_eq!(
        selected(&script),
        "outline of the headings · t",
        "the last one"
    );
    script.keys("them<tab>");
    assert_eq!(script.model.prompt.as_ref().unwrap().text(), "theme ");
    script.keys("dark<enter>");
    assert!(script.took().contains(&Effect::Set("theme=dark".into())));
    assert_eq!(kind(&script), None);
    script.keys(":zzzz<enter>");
    assert_eq!(script.notice(), "No such command");
    script.keys(":so<esc>");
    assert_eq!((kind(&script), script.model.prompt.is_none()), (None, true));
}

#[test]
fn a_bar_of_the_statistics_leads_to_its_articles() {
    let mut script = Script::cranes(100, 30);
    script.keys("gs");
    assert_eq!(kind(&script), Some(PopupKind::Statistics));
    // The first bar is that of the unread articles; titles and blank lines are stepped over.
    script.keys("<enter>");
    assert_eq!(script.model.list().query(), Some("is:unread"));
    script.keys("gs<down>");
    let bar = selected(&script);
    assert!(bar.contains('█'), "{bar}");
    script.keys("<enter>");
    let query = script.model.list().query().unwrap().to_owned();
    assert!(query.starts_with("(is:unread) lang:"), "{query}");
    script.keys("gs<up><up>");
    assert!(selected(&script).contains('█'));
}
