//! Makes the files of `assets/dictionary` out of an export of CC-CEDICT.
//!
//! ```text
//! cargo run --release --example distil_dictionary -- cedict_ts.u8 assets/dictionary
//! ```
//! See `assets/dictionary/README.md`. The checksum of the export is printed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::{env, fs};

use jianbao::bilingual::content_stem;
use jianbao::dictionary::{
    DictionaryEntry, WordTableBuilder, cedict_entry, is_pointer, key, lemmas, reading_in_context,
};
use twox_hash::XxHash3_64;

/// The table of words with their frequencies, as letters.
const WORDS: &str = include_str!("../assets/pinyin/phrases.txt");
/// The frequencies of words that the table lacks, as its letters count: of two characters, and of more.
const UNKNOWN: [u8; 2] = [2, 3];
/// How many headwords the aligner's table has, the most frequent ones.
const MOST: usize = 40_000;
/// The longest headword of that table, in characters.
const LONGEST: usize = 6;
/// The most stems of a headword there, and the most content words of a gloss that counts: longer ones explain.
const MOST_STEMS: usize = 12;
const MOST_WORDS: usize = 2;
/// The longest English headword, in words.
const LONGEST_PHRASE: usize = 2;
/// The longest gloss whose words count by themselves, in words.
const LONGEST_GLOSS: usize = 4;
/// How many Chinese words an English headword has at most; and of those that only have it in a gloss of several words.
const MOST_ANSWERS: usize = 6;
const MOST_LOOSE: usize = 4;

/// What marks a sense that few readers of news need.
const RARE: [&str; 11] = [
    "(old",
    "(archaic",
    "(dialect",
    "(literary",
    "(classical",
    "(slang",
    "(Internet slang",
    "(obsolete",
    "(vulgar",
    "(Cantonese",
    "(Tw)",
];

/// What begins a gloss that only points to another entry.
const POINTERS: [&str; 15] = [
    "CL:",
    "surname",
    "variant of",
    "old variant",
    "archaic variant",
    "erhua variant",
    "used in",
    "see ",
    "also written",
    "also pr",
    "Taiwan pr",
    "abbr",
    "same as",
    "Kangxi radical",
    "component",
];

fn main() -> io::Result<()> {
    let (Some(export), Some(folder)) = (env::args().nth(1), env::args().nth(2)) else {
        eprintln!("an export of CC-CEDICT and a folder are needed");
        return Ok(());
    };
    let export = fs::read(export)?;
    let checksum = XxHash3_64::oneshot(&export);
    println!("xxh3 {checksum:016x}, {} bytes", export.len());
    let export = String::from_utf8_lossy(&export);
    let folder = Path::new(&folder);
    let write = |name: &str, bytes: &[u8]| {
        println!("{name}: {} bytes", bytes.len());
        fs::write(folder.join(name), bytes)
    };
    let frequencies = frequencies();
    let chinese = chinese(&export);
    let english = english(&chinese, &frequencies);
    write("chinese.words", &table(&chinese)?)?;
    write("english.words", &english.finish()?)?;
    write(
        "translations.txt",
        translations(&export, &frequencies).as_bytes(),
    )
}

/// All entries in order, by the key of their simplified form.
fn chinese(export: &str) -> BTreeMap<String, Vec<DictionaryEntry>> {
    let mut entries: BTreeMap<String, Vec<DictionaryEntry>> = BTreeMap::new();
    for mut entry in export.lines().filter_map(cedict_entry) {
        let mut senses: Vec<(usize, String)> = entry.senses.drain(..).enumerate().collect();
        senses.sort_by_key(|(place, sense)| {
            place + 2 * usize::from(is_rare(sense)) + 1000 * usize::from(is_pointer(sense))
        });
        entry.senses = senses.into_iter().map(|(_, sense)| sense).collect();
        entries.entry(key(&entry.word)).or_default().push(entry);
    }
    let unordered = entries.clone();
    for (word, entries) in &mut entries {
        for entry in entries.iter_mut() {
            let found = followed(entry, &unordered, 2);
            entry.senses.splice(0..0, found);
        }
        let others = entries.clone();
        let spoken = reading_in_context(word, 0..word.len());
        entries.sort_by_cached_key(|entry| Reverse(rank(entry, &others, &spoken)));
        let own = entries
            .iter_mut()
            .filter(|entry| entry.reading == reading_in_context(&entry.word, 0..entry.word.len()));
        own.for_each(|entry| entry.reading.clear());
    }
    entries
}

/// The senses of the word that an entry without a sense of its own points to.
fn followed(
    entry: &DictionaryEntry,
    entries: &BTreeMap<String, Vec<DictionaryEntry>>,
    steps: u8,
) -> Vec<String> {
    let is_sense = |sense: &&String| !is_pointer(sense);
    if steps == 0 || entry.senses.iter().any(|sense| !is_pointer(sense)) {
        return Vec::new();
    }
    let counts = |sense: &&String| !sense.starts_with("CL:");
    for pointer in entry.senses.iter().filter(counts) {
        let target = pointer
            .split(|c: char| c.is_ascii())
            .find(|part| !part.is_empty());
        let found = target.and_then(|target| entries.get(&key(target)));
        for target in found
            .into_iter()
            .flatten()
            .filter(|target| target.word != entry.word)
        {
            let mut senses: Vec<String> = target.senses.iter().filter(is_sense).cloned().collect();
            if senses.is_empty() {
                senses = followed(target, entries, steps - 1);
            }
            if !senses.is_empty() {
                return senses;
            }
        }
    }
    Vec::new()
}

/// How near the front an entry of a word belongs, in hundredths: names and pointers last, before them what is old, the
/// neutral of two tones first (dìfang, dìfāng), then the reading of the word by itself, and many senses.
fn rank(entry: &DictionaryEntry, others: &[DictionaryEntry], spoken: &str) -> i32 {
    let senses = || entry.senses.iter().filter(|sense| !is_pointer(sense));
    let last = |entry: &DictionaryEntry| {
        entry
            .reading
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let is_neutral = last(entry).is_ascii()
        && others.iter().any(|other| {
            other.word == entry.word
                && !last(other).is_ascii()
                && other.reading.rsplit_once(' ').map(|parts| parts.0)
                    == entry.reading.rsplit_once(' ').map(|parts| parts.0)
        });
    let is_name = entry.reading.starts_with(char::is_uppercase);
    let is_old = senses().next().is_some_and(|sense| is_rare(sense));
    let count = senses().count().min(6) as i32;
    200 * i32::from(entry.reading.to_lowercase() == spoken)
        + 250 * i32::from(is_neutral)
        + 25 * count
        - 300 * i32::from(is_name)
        - 120 * i32::from(is_old)
        - 400 * i32::from(count == 0)
}

fn is_rare(sense: &str) -> bool {
    RARE.iter().any(|mark| sense.starts_with(mark))
}

/// The dictionary of the entries. Traditional forms that do not simplify character by character have a headword too.
fn table(entries: &BTreeMap<String, Vec<DictionaryEntry>>) -> io::Result<Vec<u8>> {
    let mut table = WordTableBuilder::default();
    for entry in entries.values().flatten() {
        table.add(&entry.word, entry);
        let form = key(&entry.traditional);
        if !form.is_empty() && !entries.contains_key(&form) {
            table.add(&form, entry);
        }
    }
    table.finish()
}

/// The Chinese words of an English one, with what speaks for each.
type Answers = BTreeMap<String, f64>;

/// The entries the other way round: of each English word and short phrase in the glosses the Chinese words, the
/// likeliest first.
fn english(
    entries: &BTreeMap<String, Vec<DictionaryEntry>>,
    frequencies: &BTreeMap<&str, u8>,
) -> WordTableBuilder {
    let mut inverted = Inverted::default();
    for entry in entries.values().flatten() {
        inverted.add(entry, frequencies);
    }
    let mut table = WordTableBuilder::default();
    let headwords: BTreeSet<&String> = inverted.exact.keys().chain(inverted.loose.keys()).collect();
    for word in headwords {
        let senses: Vec<String> = inverted.answers(word);
        if !senses.is_empty() {
            table.add(
                word,
                &DictionaryEntry {
                    word: word.clone(),
                    senses,
                    ..DictionaryEntry::default()
                },
            );
        }
    }
    table
}

#[derive(Default)]
struct Inverted {
    /// Of whole glosses, and of words in glosses of several.
    exact: HashMap<String, Answers>,
    loose: HashMap<String, Answers>,
}

impl Inverted {
    /// A gloss speaks for a word by its place in the entry, and for the word by how frequent that is.
    fn add(&mut self, entry: &DictionaryEntry, frequencies: &BTreeMap<&str, u8>) {
        let length = entry.word.chars().count();
        let frequency = frequencies.get(&*entry.word);
        let frequency = frequency
            .copied()
            .map_or(UNKNOWN[usize::from(length > 2)], |letter| letter - b'a');
        let is_name = entry.reading.starts_with(char::is_uppercase);
        let of_word = 0.13 * f64::from(frequency)
            - if length == 1 { 0.4 } else { 0.0 }
            - 0.25 * length.saturating_sub(5) as f64;
        let senses = entry.senses.iter().filter(|sense| !is_pointer(sense));
        let glosses = senses.flat_map(|sense| {
            let plain = without_brackets(sense);
            let glosses: Vec<String> = plain.split([';', ',']).filter_map(gloss).collect();
            glosses.into_iter().map(move |gloss| (sense, gloss))
        });
        for (place, (sense, gloss)) in glosses.enumerate() {
            let by_place = [1.5, 1.2, 1.2].get(place).unwrap_or(&0.9);
            let is_domain = sense.starts_with('(') && !sense.starts_with("(bound form");
            let score = by_place + of_word
                - if is_rare(sense) { 0.5 } else { 0.0 }
                - if sense.contains("bound form") {
                    0.3
                } else {
                    0.0
                }
                - if is_domain { 0.2 } else { 0.0 }
                - if is_name && !gloss.starts_with(char::is_uppercase) {
                    0.6
                } else {
                    0.0
                };
            let words: Vec<String> = gloss.split(' ').map(str::to_lowercase).collect();
            if words.len() <= LONGEST_PHRASE {
                add(&mut self.exact, words.join(" "), &entry.word, score);
            }
            let is_short = words.len() <= LONGEST_GLOSS;
            for word in words.iter().filter(|word| is_short && word.len() > 3) {
                add(
                    &mut self.loose,
                    word.clone(),
                    &entry.word,
                    score - 1.0 - 0.15 * words.len() as f64,
                );
            }
        }
    }

    /// The Chinese words of an English one: of itself, of its lemma, of the words that it is derived
    /// from, and last those that have it in a longer gloss. None for a form that is no gloss by itself: it is looked up
    /// by its lemma.
    fn answers(&self, word: &str) -> Vec<String> {
        let forms: Vec<String> = if word.contains(' ') {
            vec![word.to_owned()]
        } else {
            lemmas(word)
        };
        let is_form = forms[1..].iter().any(|form| self.exact.contains_key(form));
        if !self.exact.contains_key(word) && is_form {
            return Vec::new();
        }
        let mut found = Answers::new();
        let mut take = |form: &String, less: f64| {
            for (chinese, score) in self.exact.get(form).into_iter().flatten() {
                let best = found.entry(chinese.clone()).or_insert(f64::MIN);
                *best = best.max(score - less);
            }
        };
        for (place, form) in forms.iter().enumerate() {
            take(form, if place == 0 { 0.0 } else { 0.3 });
            for origin in derived_from(form) {
                take(&origin, 0.6);
            }
        }
        let mut loose = Answers::new();
        for (chinese, score) in forms
            .iter()
            .filter_map(|form| self.loose.get(form))
            .flatten()
        {
            if !found.contains_key(chinese) {
                loose.insert(chinese.clone(), *score);
            }
        }
        let best = |answers: Answers, most: usize| {
            let mut answers: Vec<(String, f64)> = answers.into_iter().collect();
            answers.sort_by(|a, b| b.1.total_cmp(&a.1));
            answers.truncate(most);
            answers
        };
        let found = best(found, MOST_ANSWERS)
            .into_iter()
            .chain(best(loose, MOST_LOOSE));
        found
            .take(MOST_ANSWERS)
            .map(|(chinese, _)| chinese)
            .collect()
    }
}

fn add(answers: &mut HashMap<String, Answers>, english: String, chinese: &str, score: f64) {
    let best = answers
        .entry(english)
        .or_default()
        .entry(chinese.to_owned())
        .or_insert(f64::MIN);
    *best = best.max(score);
}

/// A gloss as a headword; none if it is no English.
fn gloss(gloss: &str) -> Option<String> {
    let words: Vec<&str> = gloss.split_whitespace().collect();
    let gloss = words.join(" ");
    let gloss = gloss.trim_matches(['.', '!', '?', ' ']);
    let begin = ["to be ", "to ", "a ", "an ", "the "]
        .iter()
        .find_map(|begin| gloss.strip_prefix(begin));
    let gloss = begin.unwrap_or(gloss);
    let ends = [
        " sb",
        " sth",
        " sb or sth",
        " of",
        " for",
        " with",
        " in",
        " to",
        " on",
        " by",
        " from",
    ];
    let end = ends.iter().find_map(|end| gloss.strip_suffix(end));
    let gloss = end.unwrap_or(gloss).trim();
    let is_english = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '\'' | '-' | '.');
    let is_gloss =
        gloss.starts_with(|c: char| c.is_ascii_alphabetic()) && gloss.chars().all(is_english);
    is_gloss.then(|| gloss.to_owned())
}

/// The words that one may be derived from.
fn derived_from(word: &str) -> Vec<String> {
    const ENDINGS: [(&str, &[&str]); 16] = [
        ("iness", &["y"]),
        ("ally", &["al", ""]),
        ("ily", &["y"]),
        ("ly", &["", "e", "le"]),
        ("ation", &["e", "", "ate"]),
        ("ion", &["", "e"]),
        ("ment", &[""]),
        ("ness", &[""]),
        ("er", &["", "e"]),
        ("or", &["", "e"]),
        ("able", &["", "e"]),
        ("ity", &["", "e"]),
        ("ance", &[""]),
        ("ence", &["", "ent"]),
        ("ical", &["", "ics", "y"]),
        ("al", &["", "e"]),
    ];
    let stems = ENDINGS
        .iter()
        .filter_map(|(ending, instead)| Some((word.strip_suffix(ending)?, instead)));
    let stems = stems.filter(|(stem, _)| stem.len() >= 3);
    stems
        .flat_map(|(stem, instead)| instead.iter().map(move |end| format!("{stem}{end}")))
        .collect()
}

/// The aligner's table: a line for each of the most frequent headwords, with the stems of its short glosses.
fn translations(export: &str, frequencies: &BTreeMap<&str, u8>) -> String {
    let mut entries: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in export.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, glosses)) = line.split_once('/') else {
            continue;
        };
        let Some(word) = head.split(' ').nth(1) else {
            continue;
        };
        let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
        if word.chars().all(is_han) && word.chars().count() <= LONGEST {
            let stems = entries.entry(word).or_default();
            glosses.split('/').for_each(|gloss| add_stems(gloss, stems));
        }
    }
    entries.retain(|_, stems| !stems.is_empty());
    let mut by_frequency: Vec<_> = entries.into_iter().collect();
    by_frequency
        .sort_by_key(|(word, _)| std::cmp::Reverse(frequencies.get(*word).copied().unwrap_or(0)));
    by_frequency.truncate(MOST);
    by_frequency.sort_unstable();
    let mut lines = String::new();
    for (word, stems) in by_frequency {
        writeln!(lines, "{word} {}", stems.join(" ")).expect("a string takes all");
    }
    lines
}

/// The frequency of each word: the letter after it.
fn frequencies() -> BTreeMap<&'static str, u8> {
    let frequency = |line: &'static str| {
        let end = line.find(|c: char| c.is_ascii_alphabetic())?;
        Some((&line[..end], line.as_bytes()[end].to_ascii_lowercase()))
    };
    WORDS.lines().filter_map(frequency).collect()
}

/// Whether a gloss of the aligner's table only points to another entry.
fn points(sense: &str) -> bool {
    POINTERS.iter().any(|pointer| sense.starts_with(pointer))
}

/// Adds the stems of the short glosses in an entry's sense.
fn add_stems(sense: &str, stems: &mut Vec<String>) {
    let sense = without_brackets(sense);
    let sense = sense.trim();
    if points(sense) {
        return;
    }
    for gloss in sense.split([';', ',']) {
        let words = gloss.split(|c: char| !c.is_ascii_alphabetic() && c != '\'');
        let found: Vec<String> = words.filter_map(content_stem).collect();
        if found.len() <= MOST_WORDS {
            for stem in found {
                if stems.len() < MOST_STEMS && !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
        }
    }
}

/// A text without what stands in round or square brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: &char| match c {
        '(' | '[' => {
            depth += 1;
            false
        }
        ')' | ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(outside).collect()
}
