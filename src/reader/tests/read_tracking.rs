//! What counts as read, marks made by hand, and what is saved when.

use super::support::{CRANES, Script, long_english};
use crate::catalog::{
    Attention, ChangedFields, EntryId, Mark, Remembered, Request, SavedSearch, Update,
};
use crate::reader::{Effect, Message, Mouse, MouseKind, Timer, flush_on_exit};

fn opened() -> Script {
    let mut script = Script::new(100, 30, &[CRANES, &long_english(40), &long_english(2)]);
    script.tell(Message::Library(Update::Initial(Box::default())));
    script
}

/// Lets the time asked for pass.
fn wait(script: &mut Script) {
    let timer = script.took().iter().rev().find_map(|effect| match effect {
        Effect::StartTimer { timer, .. } => Some(*timer),
        _ => None,
    });
    if let Some(timer) = timer {
        script.tell(Message::Timer(timer));
    }
}

fn attention(script: &Script, id: u32) -> Attention {
    script.model.list().marks().get(EntryId(id)).attention
}

#[test]
fn two_seconds_with_the_focus_are_reading_and_resting_in_the_list_is_not() {
    let mut script = opened();
    script.keys("jj");
    let id = script.id();
    for _ in 0..4 {
        wait(&mut script);
    }
    assert_eq!(attention(&script, id.0), Attention::Unread);
    script.keys("<enter>");
    wait(&mut script);
    assert_eq!(attention(&script, id.0), Attention::Unread);
    wait(&mut script);
    assert_eq!(
        attention(&script, id.0),
        if script.page().percentage() == 100 {
            Attention::Finished
        } else {
            Attention::Read
        }
    );
    let effects = script.took();
    assert!(
        effects.iter().any(
            |effect| matches!(effect, Effect::Library(Request::Remember(of, ..)) if *of == id)
        )
    );
}

#[test]
fn marks_made_by_hand_are_undone_one_after_the_other() {
    let mut script = opened();
    let id = script.model.list().selected().unwrap();
    script.keys("r*");
    let mark = |script: &Script| script.model.list().marks().get(id);
    assert_eq!(
        mark(&script),
        Mark {
            attention: Attention::Read,
            is_starred: true
        }
    );
    script.keys("A");
    assert_eq!(script.notice(), "Mark 2 articles as read? y / n");
    script.keys("n");
    assert_eq!(script.notice(), "Nothing was marked");
    script.keys("Ay");
    assert_eq!(script.notice(), "Marked 2 articles as read · u undoes it");
    assert!((0..3).all(|id| attention(&script, id) == Attention::Read));
    script.keys("u");
    assert_eq!(
        (0..3)
            .filter(|&id| attention(&script, id) == Attention::Read)
            .count(),
        1
    );
    script.keys("jj");
    script.keys("uu");
    assert_eq!(mark(&script), Mark::default());
    assert_eq!(script.notice(), "Undone: 鹤群回到湿地", "wherever one is");
    script.keys("u");
    assert_eq!(script.notice(), "Nothing to undo");
}

#[test]
fn from_unread_to_unread_and_around_with_a_word() {
    let mut script = opened();
    script.keys("jrgg");
    script.keys("n");
    assert_eq!(script.model.list().position(), 2);
    script.keys("n");
    assert_eq!(script.model.list().position(), 0);
    assert!(script.notice().starts_with("On from the top, unread: "));
    script.keys("N");
    assert_eq!(script.model.list().position(), 2);
    assert!(script.notice().starts_with("On from the end, unread: "));
}

#[test]
fn space_at_the_end_finishes_the_article_and_goes_on_to_an_unread_one() {
    let mut script = opened();
    let attention = |script: &Script, id| script.model.list().marks().get(id).attention;
    script.keys("jr<up><enter>G");
    let first = script.id();
    assert_ne!(attention(&script, first), Attention::Finished);
    script.keys(" ");
    assert_eq!(attention(&script, first), Attention::Finished);
    assert_eq!(script.model.list().position(), 2);
    assert!(script.notice().starts_with("Unread: "));
    let last = script.id();
    script.keys("G ");
    assert_eq!(attention(&script, last), Attention::Finished);
    assert_eq!(
        (script.notice(), script.model.list().position()),
        ("No other article is unread", 2)
    );
    assert_eq!(script.model.list().unread_count(), 0);
}

#[test]
fn the_end_saves_what_waits() {
    let mut script = opened();
    script.keys("j");
    let effects = flush_on_exit(&mut script.model);
    assert!(
        matches!(&effects[..], [Effect::Library(Request::RememberLibrary(state))] if state.selected.is_some())
    );
    assert_eq!(flush_on_exit(&mut script.model), []);
}

#[test]
fn only_what_changed_is_saved_and_what_another_program_saved_is_taken_over() {
    let mut script = opened();
    let id = script.model.list().selected().unwrap();
    let saved = |script: &mut Script| -> Vec<_> {
        let effects = script.took().into_iter();
        effects
            .filter_map(|effect| match effect {
                Effect::Library(Request::Remember(_, what, fields)) => Some((what.mark, fields)),
                _ => None,
            })
            .collect()
    };
    let starred = ChangedFields {
        starred: true,
        ..ChangedFields::default()
    };
    script.keys("*");
    assert_eq!(saved(&mut script)[0].1, starred);
    let mut finished = Remembered::default();
    finished.mark.attention = Attention::Finished;
    script.tell(Message::Library(Update::Remembered(vec![(id, finished)])));
    assert_eq!(attention(&script, id.0), Attention::Finished);
    script.keys("*");
    let [(mark, fields)] = saved(&mut script)[..] else {
        panic!("one is saved")
    };
    assert_eq!((mark.attention, fields), (Attention::Finished, starred));
    let search = |name: &str| SavedSearch {
        name: name.into(),
        query: "tea".into(),
    };
    // What is saved here meanwhile stays.
    script.keys("/tea<enter>Smine<enter>");
    script.took();
    let others = vec![search("theirs")];
    script.tell(Message::Library(Update::SavedSearches(others)));
    let changes = script.took().into_iter().find_map(|effect| match effect {
        Effect::Library(Request::RememberSearches(changes)) => Some(changes),
        _ => None,
    });
    let names: Vec<_> = changes
        .unwrap()
        .into_iter()
        .map(|change| change.name)
        .collect();
    assert_eq!(names, ["mine"]);
    script.keys("<esc>");
    assert!(
        flush_on_exit(&mut script.model)
            .iter()
            .all(|effect| !matches!(effect, Effect::Library(Request::RememberSearches(_))))
    );
}

#[test]
fn a_message_leaves_after_a_while_and_a_question_or_a_problem_stays() {
    let mut script = opened();
    let pass = |script: &mut Script| script.tell(Message::Timer(Timer::Status));
    script.keys("s");
    assert_eq!(
        (script.notice(), script.status_timers),
        ("Sorted by title", 1)
    );
    script.tell(Message::Library(Update::Unwatched(0)));
    assert_eq!(script.status_timers, 1, "once for each message");
    pass(&mut script);
    assert_eq!(script.notice(), "");
    script.keys("s");
    assert_eq!(script.status_timers, 2, "each has its own time");
    script.keys("A");
    pass(&mut script);
    assert_eq!(script.notice(), "Mark 3 articles as read? y / n");
    assert_eq!(script.status_timers, 2);
    script.keys("y");
    pass(&mut script);
    assert_eq!((script.notice(), script.status_timers), ("", 3));
    script.tell(Message::Notice("the index cannot be written".into()));
    pass(&mut script);
    assert_eq!(script.notice(), "the index cannot be written");
    assert_eq!(script.status_timers, 3);
    // A question that a click has taken away is not answered by the next key.
    script.keys("uA");
    script.tell(Message::Mouse(Mouse {
        kind: MouseKind::Press,
        column: 3,
        row: 3,
    }));
    script.keys("y");
    assert_eq!(script.model.list().unread_count(), 3);
}

#[test]
fn an_article_is_opened_once_its_text_has_the_focus() {
    let mut script = opened();
    let opened = |script: &mut Script| -> Vec<EntryId> {
        let effects = script.took().into_iter();
        effects
            .filter_map(|effect| match effect {
                Effect::Library(Request::Remember(id, _, fields)) if fields.opened => Some(id),
                _ => None,
            })
            .collect()
    };
    script.keys("j*");
    assert_eq!(opened(&mut script), [], "it is only shown beside the list");
    let first = script.id();
    script.keys("<enter>");
    assert_eq!(opened(&mut script), [first]);
    script.keys("j<enter><esc>?<esc>G");
    assert_eq!(opened(&mut script), [], "it is still open");
    script.keys("J");
    assert_eq!(opened(&mut script), [script.id()]);
    script.keys("q<enter>");
    assert_eq!(opened(&mut script), [script.id()]);
}
