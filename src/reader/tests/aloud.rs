//! Reading aloud.

use super::support::Script;
use crate::reader::page::MarkKind;
use crate::reader::{Effect, Message, Timer};
use crate::text::Language;

/// What was to be said: the number, the language and the text.
fn said(script: &mut Script) -> Vec<(u32, Language, String)> {
    let speech = |effect| match effect {
        Effect::Speak {
            number,
            language,
            text,
        } => Some((number, language, text)),
        _ => None,
    };
    script.took().into_iter().filter_map(speech).collect()
}

fn lit(script: &Script) -> String {
    let page = script.page();
    let marks = page.marks().into_iter();
    let lit = marks.filter(|mark| mark.kind == MarkKind::Lit);
    let text = |mark: crate::reader::TextMark| {
        let range = mark.range.start as usize..mark.range.end as usize;
        page.document_of(mark.source).text[range].to_owned()
    };
    lit.map(text).collect::<Vec<_>>().join("|")
}

fn end(script: &mut Script, number: u32) {
    script.tell(Message::Spoken(number, Ok(())));
}

#[test]
fn sentences_are_read_one_after_the_other_and_lit() {
    let mut script = Script::cranes(80, 30);
    script.keys("}.a");
    assert_eq!(script.notice(), "Reading aloud · Space pauses · Esc stops");
    let first = said(&mut script).remove(0);
    assert_eq!((first.0, first.1), (1, Language::Chinese));
    assert_eq!(first.2, lit(&script));
    end(&mut script, 1);
    let second = said(&mut script).remove(0);
    assert_eq!((second.0, &second.2), (2, &lit(&script)));
    assert_ne!(second.2, first.2);
    // An end that comes late changes nothing.
    end(&mut script, 1);
    assert_eq!(said(&mut script), []);
    script.keys(",");
    assert_eq!(said(&mut script).remove(0).2, first.2);
    // Other keys do what they always do.
    script.keys("<tab>");
    end(&mut script, 3);
    assert_eq!(said(&mut script).remove(0).1, Language::English);
    script.keys("a");
    assert!(script.took().contains(&Effect::EndSpeech));
    end(&mut script, 4);
    assert_eq!(said(&mut script), []);
    assert_eq!(script.notice(), "Stopped reading aloud");
}

#[test]
fn space_pauses_and_says_the_sentence_again() {
    let mut script = Script::cranes(80, 30);
    script.keys("}.a");
    let first = said(&mut script).remove(0).2;
    script.keys(" ");
    assert!(script.took().contains(&Effect::EndSpeech));
    assert_eq!(script.notice(), "Paused · Space goes on · Esc stops");
    end(&mut script, 1);
    assert_eq!(said(&mut script), []);
    script.keys(" ");
    assert_eq!(said(&mut script).remove(0).2, first);
    script.keys(" .");
    assert_eq!(said(&mut script), [], "it is only gone to");
    script.keys("<esc>");
    assert!(!script.model.aloud.is_on());
    // Now Space is a page down again.
    let before = script.page().reading();
    script.keys(" ");
    assert!(said(&mut script).is_empty() && script.page().reading() != before);
}

#[test]
fn each_sentence_is_read_in_both_languages() {
    let mut script = Script::cranes(120, 30);
    let mut settings = script.model.settings.set.clone();
    settings.aloud_both = true;
    script.tell(Message::Settings(settings));
    script.keys("X}.");
    script.keys("a");
    let mut all = Vec::new();
    for _ in 0..12 {
        let speech = said(&mut script).remove(0);
        end(&mut script, speech.0);
        all.push(speech);
    }
    let translated: Vec<_> = all
        .windows(2)
        .filter(|two| two[1].1 == Language::English)
        .collect();
    assert!(translated.len() > 2, "{all:?}");
    for two in translated {
        assert_eq!(two[0].1, Language::Chinese, "each comes after its sentence");
        assert!(two[1].2.is_ascii(), "{two:?}");
    }
}

#[test]
fn the_end_a_failure_and_an_endless_command_are_said() {
    let mut script = Script::cranes(80, 30);
    script.keys("Ga");
    for number in 1..20 {
        end(&mut script, number);
    }
    assert_eq!(script.notice(), "Read to the end");
    script.keys("ggja");
    let number = said(&mut script).pop().unwrap().0;
    script.tell(Message::Spoken(number, Err("No program x".into())));
    assert_eq!(script.notice(), "No program x");
    assert!(!script.model.aloud.is_on());
    script.keys("a");
    let number = said(&mut script).pop().unwrap().0;
    script.tell(Message::Timer(Timer::Aloud(number - 1)));
    assert!(script.model.aloud.is_on());
    script.tell(Message::Timer(Timer::Aloud(number)));
    assert!(script.took().contains(&Effect::EndSpeech));
    assert_eq!(
        script.notice(),
        "The command that reads aloud does not end, so it was stopped"
    );
    // Another article ends it too.
    script.keys("aJ");
    assert!(script.took().contains(&Effect::EndSpeech));
}
