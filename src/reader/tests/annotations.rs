//! Highlights, notes and their list.

use std::path::Path;
use std::sync::Arc;

use super::support::{CRANES, Script, long_english, text};
use crate::catalog::{Annotation, HighlightColour, Request, Update, path_hash};
use crate::reader::model::Mode;
use crate::reader::page::MarkKind;
use crate::reader::{Effect, Message};

fn saved(script: &mut Script) -> Vec<Arc<Annotation>> {
    let annotation = |effect| match effect {
        Effect::Library(Request::Annotate(annotation)) => Some(annotation),
        _ => None,
    };
    script.took().into_iter().filter_map(annotation).collect()
}

/// What is highlighted on the screen: the colour and the text, and what translates it.
fn highlighted(script: &Script) -> Vec<(Option<HighlightColour>, String)> {
    let page = script.page();
    let shown = |mark: crate::reader::TextMark| {
        let colour = match mark.kind {
            MarkKind::Highlighted(colour) => Some(colour),
            MarkKind::Answers => None,
            _ => return None,
        };
        let range = mark.range.start as usize..mark.range.end as usize;
        Some((colour, page.document_of(mark.source).text[range].to_owned()))
    };
    page.marks().into_iter().filter_map(shown).collect()
}

/// The lines of the list.
fn lines(script: &Script) -> Vec<String> {
    let popup = script.model.popup.as_ref().unwrap();
    let line = |(_, line): (_, &crate::reader::PopupLine)| format!("{} {}", line.keys, line.text);
    popup
        .numbered()
        .map(line)
        .map(|it| it.trim().to_owned())
        .collect()
}

#[test]
fn a_sentence_is_highlighted_in_each_colour_in_turn() {
    let mut script = Script::cranes(80, 30);
    script.keys("}..H");
    assert_eq!(
        script.notice(),
        "Highlighted in yellow · H next colour · I note"
    );
    assert_eq!(highlighted(&script)[0].0, Some(HighlightColour::Yellow));
    let first = saved(&mut script).remove(0);
    assert_eq!(first.text, highlighted(&script)[0].1);
    assert!(CRANES.contains(&first.text), "{}", first.text);
    script.keys("HHH");
    assert_eq!(highlighted(&script)[0].0, Some(HighlightColour::Red));
    script.keys("HH");
    assert_eq!(script.notice(), "Highlight removed · u undoes it");
    assert_eq!(highlighted(&script), []);
    let removed = saved(&mut script).pop().unwrap();
    assert_eq!(
        (removed.key, removed.colour, &*removed.text),
        (first.key, None, "")
    );
    script.keys("u");
    assert_eq!(highlighted(&script)[0].0, Some(HighlightColour::Purple));
    script.keys("uuuuu");
    assert_eq!(highlighted(&script), []);
}

#[test]
fn what_is_selected_is_highlighted_and_its_sentence_answers() {
    let mut script = Script::cranes(140, 40);
    script.keys("X}..v→→H");
    let marks = highlighted(&script);
    assert_eq!(marks.len(), 2, "{marks:?}");
    // Below what is highlighted lies its translation.
    assert_eq!(
        (marks[0].0, marks[1].0),
        (None, Some(HighlightColour::Yellow))
    );
    assert!(!script.model.is_selecting());
    script.keys("H");
    assert_eq!(
        highlighted(&script)[1].0,
        Some(HighlightColour::Green),
        "still about its place"
    );
    assert_eq!(highlighted(&script).len(), 2);
    // A selection beyond a highlight is a highlight of its own.
    script.keys("v}H");
    assert_eq!(
        saved(&mut script).last().unwrap().colour,
        Some(HighlightColour::Green)
    );
}

#[test]
fn a_note_is_typed_kept_by_esc_and_removed_when_it_is_empty() {
    let mut script = Script::cranes(80, 30);
    script.keys("}.I");
    assert_eq!(script.model.mode(), Mode::NoteBox);
    script.keys("See #water<enter>and q:/?");
    assert!(script.model.cursor().is_some());
    script.keys("<esc>");
    assert_eq!(script.notice(), "Note kept");
    let kept = saved(&mut script).pop().unwrap();
    assert_eq!(kept.note, "See #water\nand q:/?");
    assert_eq!(kept.tags().collect::<Vec<_>>(), ["water"]);
    assert_eq!(
        kept.colour,
        Some(HighlightColour::Yellow),
        "it is highlighted too"
    );
    let page = script.page();
    let noted = page
        .visible_rows()
        .filter(|row| page.has_note_in(row.source, &row.row.range));
    assert_eq!(noted.count(), 1);
    // With a note the colours go round.
    script.keys("HHHHH");
    assert_eq!(
        saved(&mut script).last().unwrap().colour,
        Some(HighlightColour::Yellow)
    );
    script.keys("I<C-u><bs><C-u><bs><esc>");
    assert_eq!(script.notice(), "Note removed · u undoes it");
    assert_eq!(saved(&mut script).pop().unwrap().note, "");
    script.keys("u");
    assert_eq!(
        saved(&mut script).pop().unwrap().note,
        "See #water\nand q:/?"
    );
}

#[test]
fn a_note_is_edited_in_the_middle_and_pasted_into() {
    let mut script = Script::cranes(60, 20);
    script.keys("}.Ione two<left><left><left>");
    script.tell(Message::Paste("茶\r\n\u{1b}[31mred\u{202e} ".into()));
    script.keys("<up><home>><esc>");
    let note = saved(&mut script).pop().unwrap().note.clone();
    assert_eq!(note, ">one 茶\n\u{1b}[31mred\u{202e} two", "kept as it is");
    script.keys("I");
    let shown = script.model.note_box.as_ref().unwrap();
    let shown: String = shown
        .popup
        .lines()
        .map(|(line, _)| line.text.clone())
        .collect();
    assert!(
        !shown.contains(['\u{1b}', '\u{202e}']),
        "cleaned on the screen: {shown}"
    );
}

#[test]
fn the_editor_of_the_settings_writes_a_note() {
    let mut script = Script::cranes(80, 30);
    script.keys("}.Ia<C-e>");
    assert!(script.took().contains(&Effect::EditText("a".into())));
    let long = "line\n".repeat(200_000);
    script.tell(Message::Edited(long.clone()));
    assert_eq!(script.model.mode(), Mode::Article);
    assert_eq!(saved(&mut script).pop().unwrap().note, long.trim_end());
    // So long a note is edited nowhere else.
    script.keys("I");
    assert!(
        script
            .took()
            .contains(&Effect::EditText(long.trim_end().into()))
    );
    script.keys("<esc>");
    assert_eq!(saved(&mut script), [], "nothing was changed");
}

/// A reader of two articles with three highlights, one with a note.
fn reader() -> Script {
    let mut script = Script::new(80, 24, &[CRANES, &long_english(40)]);
    script.keys("<enter>}.H}.HI#water rises<esc>J}}}}.H");
    script
}

#[test]
fn the_list_has_all_highlights_by_article_and_leads_to_each() {
    let mut script = reader();
    script.keys("gh");
    let all = lines(&script);
    assert_eq!(all.len(), 6, "{all:#?}");
    assert!(
        all[0].contains("2026-03-02") && all[4].contains("A long walk"),
        "{all:#?}"
    );
    assert!(
        all[1].starts_with("yellow ") && all[3] == "✎ #water rises",
        "{all:#?}"
    );
}

#[test]
fn one_walks_from_highlight_to_highlight_and_back_to_the_list() {
    let mut script = reader();
    let walk = script.id();
    script.keys("ghgg<enter>");
    assert_ne!(script.id(), walk);
    assert_eq!(
        script.notice(),
        "Highlight 1 of 3 · n N next, previous · Esc list"
    );
    script.keys("nn");
    assert_eq!(script.id(), walk);
    assert!(script.current().starts_with("Paragraph"));
    script.keys("n");
    assert_eq!(script.notice(), "The last highlight");
    script.keys("<esc>");
    assert_eq!(script.model.mode(), Mode::Popup);
    assert!(script.model.popup.as_ref().unwrap().is_list());
    script.keys("<esc>N");
    assert!(script.notice().starts_with("Unread") || script.notice().starts_with("No other"));
}

#[test]
fn the_list_is_filtered_and_grouped() {
    let mut script = reader();
    script.keys("gh/has:note<enter>");
    assert_eq!(lines(&script).len(), 3);
    script.keys("/<C-u>colour:green<enter>");
    assert_eq!(lines(&script), Vec::<String>::new());
    script.keys("/<C-u>WATER<enter>");
    assert_eq!(lines(&script).len(), 3);
    script.keys("/<C-u>#wat<enter>s");
    assert!(
        script
            .model
            .popup
            .as_ref()
            .unwrap()
            .title()
            .contains("by day")
    );
    script.keys("ss");
    assert_eq!(lines(&script)[0], "#water");
}

#[test]
fn in_the_list_highlights_are_changed_removed_and_brought_back() {
    let mut script = reader();
    script.keys("ghd");
    assert_eq!(
        lines(&script).len(),
        4,
        "the selected one was the last visited"
    );
    script.keys("u");
    assert_eq!(lines(&script).len(), 6);
    script.keys("ggjjeboth<esc>");
    assert_eq!(script.model.mode(), Mode::Popup);
    assert_eq!(lines(&script)[3], "✎ #water risesboth");
    script.keys("H");
    assert!(lines(&script)[2].starts_with("green "));
}

#[test]
fn what_is_gone_from_its_article_is_adrift() {
    let mut script = reader();
    script.keys("gh");
    let asked = script.took().into_iter().find_map(|effect| match effect {
        Effect::Library(Request::FindAnnotations(all)) => Some(all),
        _ => None,
    });
    let all = asked.unwrap();
    assert_eq!(all.len(), 3);
    let noted = all.iter().find(|it| !it.note.is_empty()).unwrap();
    let found = vec![(noted.key, true)];
    script.tell(Message::Library(Update::AnnotationsFound(found)));
    assert!(
        lines(&script)[2].contains("(adrift) "),
        "{:#?}",
        lines(&script)
    );
    script.keys("/is:adrift<enter>");
    assert_eq!(lines(&script).len(), 3);
}

#[test]
fn highlights_of_another_program_and_of_a_moved_article_are_shown() {
    let mut script = Script::cranes(80, 30);
    script.keys("}.H");
    let own = saved(&mut script).remove(0);
    let moved = vec![(path_hash(Path::new("0.md")), "elsewhere.md".into())];
    script.tell(Message::Library(Update::Moved(moved)));
    assert_eq!(highlighted(&script), [], "its article is another one now");
    let own = Annotation {
        colour: Some(HighlightColour::Blue),
        changed: 9,
        ..(*own).clone()
    };
    script.tell(Message::Library(Update::Annotated(vec![Arc::new(own)])));
    assert_eq!(highlighted(&script)[0].0, Some(HighlightColour::Blue));
    // The colour used last is the next one.
    script.keys("}.H");
    assert_eq!(saved(&mut script)[0].colour, Some(HighlightColour::Blue));
}

#[test]
fn a_highlight_over_a_whole_book_and_of_nothing() {
    let book = long_english(3000);
    let mut script = Script::new(80, 24, &[&book]);
    script.keys("<enter>v1000}1000}1000}1000}H");
    let whole = saved(&mut script).remove(0);
    assert!(whole.text.len() < 40_000);
    assert_eq!(highlighted(&script).len(), 1);
    assert!(highlighted(&script)[0].1.len() > 500_000);
    // The text shrinks to nothing.
    script.texts[0] = text("---\ntitle: A long walk\n---\n");
    let entry = super::support::entry(0, &script.texts[0]);
    let changes = crate::catalog::Changes {
        changed: vec![(script.id(), entry)],
        ..crate::catalog::Changes::default()
    };
    script.tell(Message::Library(Update::Changed(changes)));
    assert_eq!(highlighted(&script), []);
    script.keys("HI");
    assert_eq!(script.notice(), "No text here to highlight");
    script.keys("gh<enter>");
    assert_eq!(script.notice(), "This text is not in the article any more");
}

#[test]
fn the_program_opens_at_a_highlight() {
    let mut script = Script::cranes(80, 12);
    script.keys("}}}}.H");
    let own = saved(&mut script).remove(0);
    let open = |key: u64| {
        let mut script = Script::cranes(80, 12);
        script.keys("<esc>");
        script.model.settings.annotation = Some(key);
        let all = vec![Arc::clone(&own)];
        script.tell(Message::Library(Update::Annotated(all)));
        script
    };
    let script = open(own.key);
    assert_eq!(script.model.mode(), Mode::Article);
    let page = script.page();
    assert!(page.place_of_annotation(own.key).is_some());
    assert_eq!(page.reading().place.block, own.places[0].block);
    let script = open(1);
    assert_eq!(script.model.mode(), Mode::List);
    assert_eq!(script.notice(), "The article of this highlight is gone");
}
