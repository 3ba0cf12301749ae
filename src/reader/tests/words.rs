//! The vocabulary book.

use std::sync::Arc;

use super::support::{CRANES, Script, long_english};
use crate::catalog::{BookWord, Request, Update, WordState};
use crate::reader::model::Mode;
use crate::reader::{Effect, Message};
use crate::text::Language;

/// The words that were to be saved, with how many of their sentences were dropped.
fn saved(script: &mut Script) -> Vec<(Arc<BookWord>, usize)> {
    let word = |effect| match effect {
        Effect::Library(Request::KeepWord(word, dropped)) => Some((word, dropped.len())),
        _ => None,
    };
    script.took().into_iter().filter_map(word).collect()
}

/// The lines of the list.
fn lines(script: &Script) -> Vec<String> {
    let popup = script.model.popup.as_ref().unwrap();
    let line = |(_, line): (_, &crate::reader::PopupLine)| format!("{} {}", line.keys, line.text);
    let all = popup.numbered().map(line);
    all.map(|it| it.trim().to_owned()).collect()
}

fn box_title(script: &Script) -> &str {
    script.model.look_up_box().unwrap().title()
}

#[test]
fn a_word_is_kept_with_its_sentence_and_the_translation() {
    let mut script = Script::cranes(100, 40);
    script.keys("}.dww");
    assert_eq!(box_title(&script), "湿地 濕地 shīdì · HSK 7–9");
    script.keys("W");
    assert_eq!(
        script.notice(),
        "Kept 湿地 · u undoes it · g w the vocabulary book"
    );
    assert_eq!(box_title(&script), "湿地 濕地 shīdì · HSK 7–9 · kept");
    let (word, dropped) = saved(&mut script).pop().unwrap();
    assert_eq!((&*word.word, &*word.reading, dropped), ("湿地", "shīdì", 0));
    assert_eq!(word.level, Some(7));
    assert_eq!(word.senses, ["wetland"]);
    let sentence = &word.sentences[0];
    assert_eq!(sentence.parts()[1], "湿地");
    assert!(CRANES.contains(&sentence.text), "{}", sentence.text);
    assert!(
        sentence
            .translation
            .starts_with("In spring the calls of cranes")
    );
    assert_eq!(sentence.title, "鹤群回到湿地");
    assert_eq!(sentence.source, "field notes");
    assert_eq!(sentence.link, "https://example.org/cranes");
    assert_eq!(sentence.day.unwrap().to_string(), "2026-03-02");
    script.keys("W");
    assert_eq!(
        script.notice(),
        "湿地 is kept with this sentence · g w the vocabulary book"
    );
    assert_eq!(saved(&mut script), []);
    script.keys("<esc>u");
    let (word, dropped) = saved(&mut script).pop().unwrap();
    assert_eq!((word.state, dropped), (WordState::Removed, 1));
    assert!(script.model.book.is_empty());
}

#[test]
fn a_word_met_again_gets_the_new_sentence_too() {
    let mut script = Script::cranes(100, 40);
    // Twice in the same paragraph, and then in a point of the list.
    script.keys("}.dwwW<esc>");
    let first = saved(&mut script).pop().unwrap().0;
    script.keys("/水位在三年<enter>vbbW");
    assert_eq!(
        script.notice(),
        "Kept 湿地, now with 2 sentences · u undoes it · g w the vocabulary book"
    );
    let (word, dropped) = saved(&mut script).pop().unwrap();
    assert_eq!((word.sentences.len(), dropped), (2, 0));
    assert_eq!(word.key, first.key);
    // Undone, the sentence goes and the word stays.
    script.keys("<esc>u");
    let (word, dropped) = saved(&mut script).pop().unwrap();
    assert_eq!((word.sentences.len(), dropped), (1, 1));
}

#[test]
fn english_words_are_kept_by_their_lemma_and_known_ones_are_marked() {
    let mut script = Script::cranes(100, 40);
    script.keys("}x.vww");
    assert_eq!(script.page().selected_text().unwrap(), "the");
    script.keys("wK");
    assert_eq!(script.notice(), "call is marked as known · u undoes it");
    let (word, _) = saved(&mut script).pop().unwrap();
    assert_eq!(
        (word.language, word.state),
        (Language::English, WordState::Known)
    );
    assert_eq!(word.sentences, [], "what is known needs no sentence");
    script.keys("d");
    assert!(
        box_title(&script).ends_with(" · top 1000 · known"),
        "{}",
        box_title(&script)
    );
    // To keep it is to learn it again.
    script.keys("W");
    assert_eq!(saved(&mut script).pop().unwrap().0.state, WordState::Kept);
    script.keys("KK");
    let states: Vec<_> = saved(&mut script).iter().map(|(it, _)| it.state).collect();
    assert_eq!(states, [WordState::Known, WordState::Kept]);
}

#[test]
fn without_a_selection_the_word_is_looked_up_first() {
    let mut script = Script::cranes(100, 40);
    script.keys("}W");
    assert!(script.model.look_up_box().is_some());
    assert_eq!(saved(&mut script), []);
    script.keys("W");
    assert_eq!(saved(&mut script).len(), 1);
    // What no dictionary has is kept as it is written; what is too long is not.
    script.keys("<esc>gg}.dwwbb<right><right>W");
    let word = saved(&mut script).pop().unwrap().0;
    assert_eq!(word.senses, [""; 0]);
    assert!(
        CRANES.contains(&word.word) && !word.reading.is_empty(),
        "{word:?}"
    );
    script.keys("}W");
    assert_eq!(script.notice(), "This is no word");
}

#[test]
fn a_slow_library_adds_the_translation_when_it_is_there() {
    let mut script = Script::cranes(100, 40);
    script.is_slow = true;
    script.keys("}vW");
    let effects = script.took();
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::Library(Request::KeepWord(word, _)) => Some(Arc::clone(word)),
        _ => None,
    });
    assert_eq!(kept.unwrap().sentences[0].translation, "");
    script.is_slow = false;
    let is_job = |it: &&Effect| matches!(it, Effect::Library(Request::AlignSentences(_)));
    let job = effects.iter().rfind(is_job).cloned().unwrap();
    for answer in script.answers(&job) {
        script.tell(answer);
    }
    let (word, _) = saved(&mut script).pop().unwrap();
    assert_eq!(word.sentences.len(), 1);
    assert!(
        word.sentences[0].translation.starts_with("In spring"),
        "{word:?}"
    );
}

#[test]
fn the_list_groups_filters_edits_removes_and_undoes() {
    let mut script = Script::cranes(100, 40);
    script.keys("gw");
    assert_eq!(
        script.notice(),
        "The vocabulary book is empty · W keeps a word"
    );
    script.keys("}.dW<esc>}dwwwW<esc>gw");
    assert_eq!(script.model.mode(), Mode::Popup);
    let all = lines(&script);
    assert_eq!(all.len(), 5, "{all:?}");
    assert!(all[1].contains(" · ") && all[2].starts_with('┊'), "{all:?}");
    // By level, article and frequency.
    script.keys("s");
    assert!(lines(&script)[0].starts_with("HSK ") || lines(&script)[0] == "(no level)");
    script.keys("s");
    assert_eq!(lines(&script)[0], "鹤群回到湿地");
    script.keys("s");
    assert!(
        lines(&script)[0].starts_with("top "),
        "{:?}",
        lines(&script)
    );
    script.keys("s/春天<enter>");
    assert_eq!(lines(&script).len(), 3);
    assert!(
        lines(&script)[1].contains("春天 chūntiān"),
        "{:?}",
        lines(&script)
    );
    script.keys("e");
    script.keys("<C-u>the season of 鹤<enter>");
    assert_eq!(script.notice(), "Meaning of 春天 changed · u undoes it");
    assert_eq!(
        saved(&mut script).pop().unwrap().0.senses,
        ["the season of 鹤"]
    );
    script.keys("K");
    script.keys("/<C-u>is:known<enter>");
    assert_eq!(lines(&script).len(), 3);
    assert!(
        lines(&script)[1].contains("(known) 春天"),
        "{:?}",
        lines(&script)
    );
    script.keys("d");
    assert_eq!(script.notice(), "春天 removed · u undoes it");
    assert_eq!(lines(&script).len(), 0);
    script.keys("uuu/<C-u><enter>");
    assert_eq!(lines(&script).len(), 5);
    assert!(lines(&script).iter().any(|line| line.contains("spring")));
}

#[test]
fn the_list_leads_to_the_sentence_and_to_all_others() {
    let mut script = Script::new(100, 40, &[CRANES, &long_english(3)]);
    script.keys("<enter>/芦苇<enter>dW<esc><esc>hj");
    assert_eq!(script.id().0, 1);
    script.keys("gw<enter>");
    assert!(script.is_in_article());
    assert_eq!(script.id().0, 0);
    assert!(script.current().contains("芦苇"), "{}", script.current());
    // Esc ends the search in the article, another one shows the list again.
    script.keys("<esc><esc>");
    assert_eq!(script.model.mode(), Mode::Popup);
    script.keys("\\");
    assert_eq!(script.model.mode(), Mode::SearchResults);
    assert_eq!(script.model.search.prompt.text(), "\"芦苇\"");
}

#[test]
fn words_of_another_program_are_taken_up() {
    let mut script = Script::cranes(100, 40);
    script.keys("}.dW");
    let word = saved(&mut script).pop().unwrap().0;
    let other = BookWord {
        state: WordState::Known,
        ..(*word).clone()
    };
    script.tell(Message::Library(Update::Vocabulary(vec![Arc::new(other)])));
    assert!(
        box_title(&script).ends_with("known"),
        "{}",
        box_title(&script)
    );
    script.tell(Message::Library(Update::Moved(vec![(
        crate::catalog::path_hash("0.md".as_ref()),
        "b/c.md".into(),
    )])));
    let moved = script.model.book.get(word.key).unwrap();
    assert_eq!(moved.sentences[0].path, std::path::Path::new("b/c.md"));
}
