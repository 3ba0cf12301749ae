//! The vocabulary book in the saved state.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use super::{SeenState, StateStore, export, import, vocabulary};
use crate::bilingual::Place;
use crate::catalog::{BookWord, WordSentence, WordState, path_hash};
use crate::text::Language;

const LIBRARY: &str = "/digests";

fn open(folder: &TempDir, library: &str) -> StateStore {
    let (store, saved) = StateStore::open(Some(folder.path()), Path::new(library), |line| {
        panic!("unexpected notice: {line}")
    });
    saved.recv().unwrap();
    store
}

fn sentence(path: &str, text: &str) -> WordSentence {
    WordSentence {
        library: None,
        path: path.into(),
        place: Place {
            side: Language::Chinese,
            block: 2,
            offset: 3,
            fingerprint: u64::MAX,
        },
        text: text.into(),
        word: [0, 3],
        translation: "the translation".into(),
        title: "标题".into(),
        source: "wsj".into(),
        link: "https://example.org".into(),
        day: "2026-03-02".parse().ok(),
        added: 0,
    }
}

fn word(written: &str, sentences: &[&str]) -> BookWord {
    BookWord {
        key: BookWord::key_of(Language::Chinese, written, "chá"),
        language: Language::Chinese,
        word: written.into(),
        traditional: String::new(),
        reading: "chá".into(),
        senses: vec!["tea".into(), "a \"plant\"".into()],
        state: WordState::Kept,
        sentences: sentences
            .iter()
            .map(|text| sentence("a.md", text))
            .collect(),
        level: None,
        band: None,
        created: 0,
        changed: 0,
    }
}

fn book(folder: &TempDir, library: &str) -> Vec<Arc<BookWord>> {
    vocabulary(folder.path(), Path::new(library)).unwrap()
}

#[test]
fn a_word_follows_its_article_and_is_one_for_all_libraries() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, LIBRARY);
    store.save_word(&word("茶", &["一杯茶。"]), Vec::new());
    store.move_article(path_hash(Path::new("a.md")), Path::new("b/c.md"));
    drop(store);
    let all = book(&folder, LIBRARY);
    let (one, met) = (&all[0], &all[0].sentences[0]);
    assert_eq!((all.len(), one.senses.len(), one.level), (1, 2, Some(1)));
    assert!(one.created > 0 && met.added > 0);
    assert_eq!(met.path, Path::new("b/c.md"));
    assert_eq!(met.library, None);
    assert_eq!(
        WordSentence {
            path: "a.md".into(),
            added: 0,
            ..met.clone()
        },
        sentence("a.md", "一杯茶。")
    );
    // The same word in another library.
    let store = open(&folder, "/other");
    let seen = &book(&folder, "/other")[0];
    assert_eq!(
        seen.sentences[0].library.as_deref(),
        Some(Path::new(LIBRARY))
    );
    store.save_word(&seen.with_sentence(sentence("a.md", "喝茶。")), Vec::new());
    store.move_article(path_hash(Path::new("a.md")), Path::new("d.md"));
    drop(store);
    let paths: Vec<_> = book(&folder, LIBRARY)[0]
        .sentences
        .iter()
        .map(|it| it.path.clone())
        .collect();
    assert_eq!(paths, [Path::new("b/c.md"), Path::new("d.md")]);
}

#[test]
fn two_programs_add_sentences_to_one_word_and_none_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (open(&folder, LIBRARY), open(&folder, LIBRARY));
    // Neither knows of the other's.
    one.save_word(&word("茶", &["一。"]), Vec::new());
    two.save_word(&word("茶", &["二。"]), Vec::new());
    drop(one);
    let mut seen = SeenState::default();
    let mut news = Vec::new();
    while news.is_empty() {
        news = two.news(&mut seen).map_or_else(Vec::new, |news| news.words);
    }
    assert!(news[0].sentences.iter().any(|it| it.text == "一。"));
    drop(two);
    assert_eq!(book(&folder, LIBRARY)[0].sentences.len(), 2);
}

#[test]
fn a_removed_word_leaves_only_its_name_and_an_undone_one_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, LIBRARY);
    let tea = word("茶", &["一杯 secret 茶。", "二。"]);
    store.save_word(&tea, Vec::new());
    let dropped = vec![tea.sentences[1].key()];
    let fewer = word("茶", &["一杯 secret 茶。"]);
    store.save_word(&fewer, dropped);
    drop(store);
    assert_eq!(book(&folder, LIBRARY)[0].sentences.len(), 1);
    let store = open(&folder, LIBRARY);
    store.save_word(&tea.removed(), Vec::new());
    drop(store);
    assert_eq!(book(&folder, LIBRARY).len(), 0);
    let lines = export(folder.path(), None).unwrap().join("\n");
    assert!(
        lines.contains("\"word\"") && !lines.contains("secret"),
        "{lines}"
    );
    let store = open(&folder, LIBRARY);
    store.save_word(&tea, Vec::new());
    drop(store);
    assert_eq!(book(&folder, LIBRARY)[0].sentences.len(), 2);
}

#[test]
fn an_import_adds_sentences_and_a_removed_word_stays_removed() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = open(&from, LIBRARY);
    store.save_word(&word("茶", &["一。"]), Vec::new());
    store.save_word(&word("水", &["水。"]), Vec::new());
    drop(store);
    let lines = export(from.path(), None).unwrap().join("\n");
    let store = open(&to, LIBRARY);
    store.save_word(&word("茶", &["二。"]), Vec::new());
    store.save_word(&word("水", &["水。"]).removed(), Vec::new());
    drop(store);
    import(to.path(), lines.as_bytes()).unwrap();
    let all = book(&to, LIBRARY);
    assert_eq!((all.len(), all[0].sentences.len()), (1, 2));
    // Another library has none of them.
    let other = export(to.path(), Some(Path::new("/other"))).unwrap();
    assert_eq!(other.len(), 0);
}

#[test]
fn what_another_program_wrote_is_cleaned() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder, LIBRARY);
    store.save_word(&word("茶\u{1b}[2J", &["一\u{202e}。"]), Vec::new());
    drop(store);
    let one = &book(&folder, LIBRARY)[0];
    assert!(!one.word.contains('\u{1b}'), "{:?}", one.word);
    assert_eq!(one.sentences[0].text, "一。");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_word_is_exported_and_imported_without_loss(
        words in prop::collection::vec((any::<String>(), prop::collection::vec(any::<String>(), 0..4)), 1..6),
    ) {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let store = open(&from, LIBRARY);
        for (written, sentences) in &words {
            let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
            store.save_word(&word(written, &sentences), Vec::new());
        }
        drop(store);
        let lines = export(from.path(), None).unwrap();
        import(to.path(), lines.join("\n").as_bytes()).unwrap();
        prop_assert_eq!(export(to.path(), None).unwrap(), lines);
        prop_assert_eq!(book(&from, LIBRARY), book(&to, LIBRARY));
    }
}
