//! Words that translate each other, by a dictionary: a cue of the alignment.
//!
//! A bilingual lexicon lifts an alignment by length more than anything else short of a model of sentences: Varga
//! and others, *Parallel corpora for medium density languages* (2005; hunalign); Ma, *Champollion* (2006).

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::{is_han, simplified_form};

/// A line for each headword of CC-CEDICT: the word in simplified characters, and the stems of the content words of
/// its short glosses. `examples/distil_dictionary.rs` makes it.
const TRANSLATIONS: &str = include_str!("../../assets/dictionary/translations.txt");
/// The longest stem, in bytes.
const LONGEST_STEM: usize = 7;

/// English words that say little by themselves.
const FUNCTION_WORDS: &str = "a an the to of in on at for from by with and or not no be is are was were been being am as it its his her their our your my he she they we you i this that these those there here who whom which what when where how why do does did done doing have has had having can could may might shall should will would must into onto out up down off over under about after before between through during also very more most some any all each every such so than then too only just if but because while although though yet nor both either one one's ones sb sth etc esp usu lit fig oneself other another same own well much many few get make go come take give used";

static IS_FUNCTION_WORD: LazyLock<HashSet<&str>> =
    LazyLock::new(|| FUNCTION_WORDS.split(' ').collect());

/// A line of the table.
struct GlossLine {
    /// Its second character; see [`second`].
    second: u32,
    /// Where it begins.
    start: u32,
}

/// The lines of the table. It is sorted, so the headwords that begin alike are neighbours.
static LINES: LazyLock<Vec<GlossLine>> = LazyLock::new(|| {
    let table = TRANSLATIONS.as_bytes();
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', table).map(|end| end + 1));
    let starts = starts.filter(|start| *start < table.len());
    let line = |start| GlossLine {
        second: second(&table[start..]),
        start: start as u32,
    };
    starts.map(line).collect()
});

/// The bytes of what follows a first character of three bytes, as a number that sorts as they do; 0 if the text ends.
fn second(text: &[u8]) -> u32 {
    text.get(3..6).map_or(0, |bytes| {
        u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]])
    })
}

/// The first and the last character that headwords begin with.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// By character, the number of the first line whose headword begins with it or with one after it.
static STARTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut starts = Vec::with_capacity(LAST as usize - FIRST as usize + 2);
    for (at, line) in (0..).zip(TRANSLATIONS.lines()) {
        let first = line
            .chars()
            .next()
            .map_or(0, |c| c as usize - FIRST as usize);
        if starts.len() <= first {
            starts.resize(first + 1, at);
        }
    }
    starts.resize(LAST as usize - FIRST as usize + 2, LINES.len() as u32);
    starts
});

/// Where the stems of the longest headword that a text begins with are in the table.
///
/// This is asked at every character of every article that is checked, so it compares numbers and bytes, not strings.
fn glosses(text: &str) -> Option<usize> {
    let first @ FIRST..=LAST = text.chars().next()? else {
        return None;
    };
    let at = first as usize - FIRST as usize;
    let lines = &LINES[STARTS[at] as usize..STARTS[at + 1] as usize];
    let (table, text) = (TRANSLATIONS.as_bytes(), text.as_bytes());
    // The end of the headword that begins a line, if the text begins with it.
    let end_of = |line: &GlossLine| {
        let word = &table[line.start as usize..];
        let common = word.iter().zip(text);
        let end = common
            .take_while(|(one, other)| one == other && **one != b' ')
            .count();
        (word.get(end) == Some(&b' ')).then_some(line.start as usize + end)
    };
    // Most headwords have two characters or more: those with the same second one are few, and the longest is last.
    let wanted = second(text);
    let from = lines.partition_point(|line| line.second < wanted);
    let alike = lines[from..].iter();
    let alike = alike.take_while(|line| line.second == wanted);
    let longest = alike.filter_map(end_of).last();
    // A headword of one character sorts before all others.
    let end = longest.or_else(|| end_of(lines.first()?))?;
    Some(end + 1)
}

/// The stems of the content words of an English text, as numbers, sorted, none twice.
pub(super) fn stems(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic() && c != '\'');
    let stems = words.filter_map(content_stem);
    let mut stems: Vec<u64> = stems.map(|stem| number(&stem)).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// The stems of the glosses of the headwords in a Chinese text, as numbers, sorted, none twice: of each place those of
/// the longest headword that begins there. Headwords may overlap; a stem that many texts have by chance says little.
pub(super) fn answers(text: &str) -> Vec<u64> {
    let text: String = text.chars().map(simplified_form).collect();
    let mut answers = Vec::new();
    for (at, _) in text.char_indices().filter(|&(_, c)| is_han(c)) {
        let Some(glosses) = glosses(&text[at..]) else {
            continue;
        };
        let mut stem = 0;
        for &byte in &TRANSLATIONS.as_bytes()[glosses..] {
            if byte > b' ' {
                stem = stem << 8 | u64::from(byte);
                continue;
            }
            answers.push(std::mem::take(&mut stem));
            if byte == b'\n' {
                break;
            }
        }
    }
    answers.sort_unstable();
    answers.dedup();
    answers
}

/// How many of the content words of an English text a word of a Chinese one translates.
pub(super) fn shared_words(chinese: &str, english: &str) -> (usize, usize) {
    let (stems, answers) = (stems(english), answers(chinese));
    let is_answered = |stem: &&u64| answers.binary_search(stem).is_ok();
    (stems.iter().filter(is_answered).count(), stems.len())
}

/// A stem as a number: its bytes, at most seven.
fn number(stem: &str) -> u64 {
    stem.bytes()
        .fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// The stem of an English word; none of a function word or a letter. Light stemming: the endings of plurals and of
/// verbs, then the first letters.
pub fn content_stem(word: &str) -> Option<String> {
    let word = word.trim_matches('\'').to_ascii_lowercase();
    let word = word.strip_suffix("'s").unwrap_or(&word);
    if word.len() < 2 || IS_FUNCTION_WORD.contains(word) {
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
        // What follows a word is not compared with its stems.
        let line = TRANSLATIONS.lines().find(|line| line.starts_with("人 "));
        assert_eq!(answers(line.unwrap()), answers("人"));
    }

    #[test]
    fn the_table_is_sorted_and_every_headword_is_found() {
        assert!(TRANSLATIONS.lines().count() > 20_000);
        assert!(TRANSLATIONS.lines().is_sorted());
        for line in TRANSLATIONS.lines() {
            let (word, stems) = line.split_once(' ').unwrap();
            assert!(word.chars().all(is_han) && !stems.is_empty(), "{line}");
            let found = glosses(&format!("{word}。")).map(|at| &TRANSLATIONS[at..]);
            assert_eq!(
                found.and_then(|rest| rest.lines().next()),
                Some(stems),
                "{line}"
            );
            let is_short = |stem: &str| (1..=LONGEST_STEM).contains(&stem.len());
            assert!(stems.split(' ').all(is_short), "{line}");
        }
    }
}
