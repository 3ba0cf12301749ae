//! Words that translate each other, by a dictionary: a cue of the alignment.
//!
//! A bilingual lexicon lifts an alignment by length more than anything else short of a model of sentences: Varga
//! and others, *Parallel corpora for medium density languages* (2005; hunalign); Ma, *Champollion* (2006).

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::LazyLock;

use crate::text::{is_han, simplified_form};

/// A line for each headword of CC-CEDICT: the word in simplified characters, and the stems of the content words of
/// its short glosses. `examples/distil_dictionary.rs` makes it.
const TRANSLATIONS: &str = include_str!("../../assets/dictionary/translations.txt");
/// The longest headword, in characters.
const LONGEST: usize = 6;
/// The longest stem, in bytes.
const LONGEST_STEM: usize = 7;

/// English words that say little by themselves.
const FUNCTION_WORDS: &str = "a an the to of in on at for from by with and or not no be is are was were been being am as it its his her their our your my he she they we you i this that these those there here who whom which what when where how why do does did done doing have has had having can could may might shall should will would must into onto out up down off over under about after before between through during also very more most some any all each every such so than then too only just if but because while although though yet nor both either one one's ones sb sth etc esp usu lit fig oneself other another same own well much many few get make go come take give used";

/// The stems of each headword, with spaces between them.
static GLOSSES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let mut lines = TRANSLATIONS.lines();
    std::iter::from_fn(|| lines.next()?.split_once(' ')).collect()
});

/// The stems of the content words of an English text, hashed, sorted, none twice.
pub(super) fn stems(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic() && c != '\'');
    let mut stems: Vec<u64> = words
        .filter_map(content_stem)
        .map(|stem| hash(&stem))
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// The stems of the glosses of all headwords in a Chinese text, hashed, sorted, none twice. Headwords may overlap: a
/// stem that many texts have by chance says little there.
pub(super) fn answers(text: &str) -> Vec<u64> {
    let mut answers = Vec::new();
    let (mut run, mut ends) = (String::new(), Vec::new());
    // A mark after the text ends its last run.
    for c in text.chars().chain(['\n']) {
        if is_han(c) {
            run.push(simplified_form(c));
            ends.push(run.len());
            continue;
        }
        for first in 0..ends.len() {
            let start = first.checked_sub(1).map_or(0, |before| ends[before]);
            for &end in ends[first..].iter().take(LONGEST) {
                if let Some(glosses) = GLOSSES.get(&run[start..end]) {
                    answers.extend(glosses.split(' ').map(hash));
                }
            }
        }
        run.clear();
        ends.clear();
    }
    answers.sort_unstable();
    answers.dedup();
    answers
}

fn hash(stem: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(stem)
}

/// The stem of an English word; none of a function word or a letter. Light stemming: the endings of plurals and of
/// verbs, then the first letters.
pub fn content_stem(word: &str) -> Option<String> {
    let word = word.trim_matches('\'').to_ascii_lowercase();
    let word = word.strip_suffix("'s").unwrap_or(&word);
    if word.len() < 2 || FUNCTION_WORDS.split(' ').any(|other| other == word) {
        return None;
    }
    let mut stem = word.replace('\'', "");
    let ends = |stem: &str, endings: &[&str]| endings.iter().any(|end| stem.ends_with(end));
    if stem.len() > 4 && stem.ends_with("ies") {
        stem.truncate(stem.len() - 3);
        stem.push('y');
    } else if stem.len() > 4 && ends(&stem, &["sses", "shes", "ches", "xes", "zes"]) {
        stem.truncate(stem.len() - 2);
    } else if stem.len() > 3 && stem.ends_with('s') && !ends(&stem, &["ss", "us", "is"]) {
        stem.pop();
    }
    let verb = [("ing", 5), ("ed", 4)];
    let verb = verb
        .iter()
        .find(|(end, least)| stem.len() > *least && stem.ends_with(end));
    if let Some((end, _)) = verb {
        stem.truncate(stem.len() - end.len());
        let letters = stem.as_bytes();
        let is_double =
            letters.len() > 3 && letters[letters.len() - 1] == letters[letters.len() - 2];
        if is_double && !ends(&stem, &["l", "s", "z"]) {
            stem.pop();
        }
    }
    if stem.len() > 4 && stem.ends_with('e') {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem.truncate(LONGEST_STEM);
    Some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_english_word_have_one_stem() {
        for words in [
            "company companies company's",
            "increase increases increased increasing",
            "stop stopped stopping",
            "city cities",
            "box boxes",
            "tell telling",
        ] {
            let stems: Vec<_> = words.split(' ').map(content_stem).collect();
            assert!(
                stems.iter().all(|stem| stem.is_some() && *stem == stems[0]),
                "{stems:?}"
            );
        }
        for word in ["the", "of", "I", "'", "", "will"] {
            assert_eq!(content_stem(word), None, "{word}");
        }
    }

    #[test]
    fn chinese_words_answer_english_ones_in_either_script() {
        let said = stems("The company's profit rose; its factories closed.");
        for text in ["公司的利润上升，工厂关闭。", "公司的利潤上升，工廠關閉。"]
        {
            let answers = answers(text);
            let answered = said.iter().filter(|stem| answers.contains(stem)).count();
            assert!(answered >= 3, "{text}: {answered} of {}", said.len());
        }
        assert!(answers("xyz 123").is_empty() && stems("中文").is_empty());
    }

    #[test]
    fn the_table_is_sorted_and_every_line_has_stems() {
        assert!(GLOSSES.len() > 30_000);
        assert!(TRANSLATIONS.lines().is_sorted());
        for line in TRANSLATIONS.lines() {
            let (word, stems) = line.split_once(' ').unwrap();
            assert!(word.chars().all(is_han) && !stems.is_empty(), "{line}");
        }
    }
}
