//! Bookmarks, and the help for the second key of a chord.

use std::time::Duration;

use super::support::{CRANES, Script, long_english};
use crate::catalog::{Bookmark, InitialState, Request, Update};
use crate::reader::popup::PopupKind;
use crate::reader::{Effect, Message, Timer};

fn saved(script: &mut Script) -> Vec<Bookmark> {
    let bookmark = |effect| match effect {
        Effect::Library(Request::RememberBookmark(bookmark)) => Some(bookmark),
        _ => None,
    };
    script.took().into_iter().filter_map(bookmark).collect()
}

#[test]
fn a_letter_leads_back_to_its_paragraph_from_any_article() {
    let mut script = Script::walk(80, 20);
    script.keys("}}}}mx");
    assert_eq!(script.notice(), "Bookmark x set");
    let (here, walk) = (script.current().to_owned(), script.id());
    assert_eq!(saved(&mut script)[0].path.as_deref(), Some("0.md".as_ref()));
    script.keys("gghk");
    assert_ne!(script.id(), walk);
    script.keys("'x");
    assert_eq!((script.current(), script.id()), (&*here, walk));
    assert!(script.is_in_article());
    script.keys("<C-o>");
    assert_ne!(script.id(), walk, "one can jump back");
    script.keys("'y");
    assert_eq!(script.notice(), "No bookmark y");
    // The same letter at the same place takes it away.
    script.keys("'xmx");
    assert_eq!(script.notice(), "Bookmark x removed");
    assert_eq!(saved(&mut script)[0].path, None);
    script.keys("'x");
    assert_eq!(script.notice(), "No bookmark x");
}

#[test]
fn bookmarks_of_the_last_visit_lead_to_articles_that_were_not_opened_yet() {
    let mut script = Script::walk(80, 20);
    script.keys("}}}}mA");
    let here = script.current().to_owned();
    let bookmarks = saved(&mut script);
    let mut script = Script::new(80, 20, &[&long_english(60), CRANES]);
    let initial = InitialState {
        bookmarks,
        ..InitialState::default()
    };
    script.tell(Message::Library(Update::Initial(Box::new(initial))));
    script.keys("'A");
    assert_eq!(script.current(), here);
}

#[test]
fn without_a_letter_bookmarks_are_offered() {
    let mut script = Script::walk(80, 20);
    script.keys(":go-to-bookmark<enter>");
    assert_eq!(script.notice(), "No bookmark is set · m a sets one");
    script.keys("}}:bookmark<enter>");
    assert_eq!(script.notice(), "Bookmark a set");
    let here = script.current().to_owned();
    script.keys("gg:go-to-bookmark<enter>");
    let popup = script.model.popup.as_ref().unwrap();
    assert_eq!(
        (popup.kind, popup.lines().count()),
        (PopupKind::Bookmarks, 1)
    );
    script.keys("<enter>");
    assert_eq!(script.current(), here);
}

#[test]
fn what_can_follow_a_key_is_shown_after_a_moment() {
    let mut script = Script::walk(80, 20);
    script.keys("mag");
    assert_eq!(script.chord_timer, Some(Duration::from_millis(300)));
    assert!(script.model.chords.is_none());
    script.tell(Message::Timer(Timer::Chord));
    let lines = |script: &Script| -> Vec<String> {
        let chords = script.model.chords.as_ref().unwrap();
        chords
            .lines()
            .map(|(line, _)| format!("{} {}", line.keys, line.text))
            .collect()
    };
    let after_g = [
        "g go to the top",
        "h all highlights and notes of the library",
        "w the vocabulary book: all words that were kept",
        "s statistics of the list: articles by day, tag and source",
    ];
    assert_eq!(lines(&script), after_g);
    script.keys("g");
    assert!(script.model.chords.is_none() && script.page().is_at_start());
    // The bookmarks are named by their articles.
    script.keys("'");
    script.tell(Message::Timer(Timer::Chord));
    assert_eq!(lines(&script)[0], "a A long walk");
    script.keys("<esc>");
    assert!(script.model.chords.is_none() && script.is_in_article());
    // The second key came in time.
    script.tell(Message::Timer(Timer::Chord));
    assert!(script.model.chords.is_none());
}
