//! Makes `assets/pinyin/phrases.txt` out of CC-CEDICT, phrase-pinyin-data and jieba's dictionary.
//!
//! ```text
//! cargo run --release --example distil_pinyin -- cedict_ts.u8 pinyin.txt dict.txt > phrases.txt
//! ```
//! The first file is an export of CC-CEDICT, the second has lines of `词语: cí yǔ`, the third of `词语 frequency class`.
//! See `assets/pinyin/README.md`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, BufWriter, Write};
use std::{env, fs};

use jianbao::dictionary::{cedict_entry, is_pointer};
use pinyin::ToPinyin;

/// Words read as their characters are by themselves are kept from this frequency up: they only mark
/// where words end.
const LEAST: u64 = 12;
/// The longest word kept, in characters.
const LONGEST: usize = 8;
/// The least frequency of the words corrected below, and the frequency of those marked with `~`.
const COMMON: u64 = 256;
const RARE: u64 = 1;
/// Characters that have another reading by themselves than most have in words that no dictionary has.
const ALONE: [(char, &str); 14] = [
    ('得', "de"),
    ('都', "dōu"),
    ('还', "hái"),
    ('长', "cháng"),
    ('切', "qiē"),
    ('卷', "juǎn"),
    ('钻', "zuān"),
    ('倒', "dào"),
    ('子', "zǐ"),
    ('冠', "guàn"),
    ('吧', "ba"),
    ('尽', "jìn"),
    ('曲', "qǔ"),
    ('为', "wèi"),
];
/// Characters that keep their tone where CC-CEDICT has the neutral one and other dictionaries have both.
const FULL: &str = "个不处分是难量";
/// The classes of words in jieba's dictionary that are no verbs, whatever CC-CEDICT says.
const NO_VERBS: [char; 11] = ['c', 'd', 'p', 'r', 'u', 'm', 'q', 'f', 't', 'y', 'b'];
/// The longest word that CC-CEDICT can make a verb, in characters.
const LONGEST_VERB: usize = 3;

/// Words that the others lack or have wrong for the modern language, and first readings of characters.
const CORRECTIONS: &str = include_str!("../assets/pinyin/corrections.txt");
const CONTEXTS: &str = include_str!("../assets/pinyin/contexts.txt");

type Reading = Vec<String>;
/// The words with their frequencies and readings, and whether they are verbs.
type Rows<'a> = BTreeMap<&'a str, (u64, Option<Reading>, bool)>;

fn main() -> io::Result<()> {
    let files: Vec<String> = env::args().skip(1).collect();
    let [cedict, phrases, frequencies] = &files[..] else {
        eprintln!(
            "three files are needed: CC-CEDICT, phrases with their pinyin, words with their frequencies"
        );
        return Ok(());
    };
    let cedict = fs::read_to_string(cedict)?;
    let (phrases, frequencies) = (
        fs::read_to_string(phrases)?,
        fs::read_to_string(frequencies)?,
    );
    let sources = Sources::new(&cedict, &phrases);
    let mut rows = Rows::new();
    for line in frequencies.lines() {
        let mut parts = line.split(' ');
        let (Some(word), Some(frequency), class) = (
            parts.next(),
            parts.next().and_then(|count| count.parse::<u64>().ok()),
            parts.next().unwrap_or_default(),
        ) else {
            continue;
        };
        let Some(own) = by_characters(word) else {
            continue;
        };
        let length = word.chars().count();
        let reading = sources.reading(word, class);
        let is_odd =
            reading.as_ref().is_some_and(|reading| *reading != own) || sources.is_uncertain(word);
        let is_open = reading.iter().flatten().any(|syllable| syllable == "?");
        let is_frequent = frequency >= LEAST && (length == 2 || reading.is_some());
        if length == 1 || is_frequent || (is_odd && !is_open) {
            let is_verb = class.starts_with('v')
                || (sources.verbs.contains(word) && !class.starts_with(NO_VERBS));
            rows.insert(word, (frequency, reading, is_verb));
        }
    }
    let others = sources.cedict.keys().chain(sources.phrases.keys());
    for word in others.chain(sources.corrections.keys()).copied() {
        let (Some(own), Some(reading)) = (by_characters(word), sources.reading(word, "")) else {
            continue;
        };
        let length = word.chars().count();
        let is_long = length > 2 && sources.cedict.contains_key(word);
        let is_kept = length == 1
            || is_long
            || reading != own
            || sources.is_uncertain(word)
            || sources.corrections.contains_key(word);
        if is_kept && !rows.contains_key(word) {
            let is_verb = sources.verbs.contains(word);
            rows.insert(word, ((length as u64 - 1).max(1), Some(reading), is_verb));
        }
    }
    for (word, _) in lines(CORRECTIONS) {
        if let Some(row) = rows.get_mut(word.trim_start_matches('~')) {
            row.0 = if word.starts_with('~') {
                RARE
            } else {
                row.0.max(COMMON)
            };
        }
    }
    for (c, reading) in ALONE {
        if let Some(row) = rows.get_mut(&*c.to_string()) {
            row.1 = Some(vec![reading.to_owned()]);
        }
    }
    print(rows)
}

fn print(rows: Rows) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (word, (frequency, reading, is_verb)) in rows {
        let first = if is_verb { b'A' } else { b'a' };
        let class = char::from(first + frequency.max(1).ilog2().min(25) as u8);
        let own = by_characters(word).unwrap_or_default();
        let reading = reading.filter(|reading| *reading != own);
        let reading = reading.map(|reading| short(&reading, &own));
        writeln!(out, "{word}{class}{}", reading.unwrap_or_default())?;
    }
    out.flush()
}

/// What is known of words.
struct Sources<'a> {
    /// The readings of CC-CEDICT, the most usual first.
    cedict: BTreeMap<&'a str, Vec<Reading>>,
    phrases: BTreeMap<&'a str, Reading>,
    corrections: BTreeMap<&'a str, Reading>,
    verbs: BTreeSet<&'a str>,
    /// The characters whose reading is left open in words that no dictionary has.
    open: BTreeSet<char>,
    surnames: HashMap<char, &'a str>,
}

impl<'a> Sources<'a> {
    fn new(cedict: &'a str, phrases: &'a str) -> Self {
        let mut sources = Self {
            cedict: BTreeMap::new(),
            phrases: lines(phrases).collect_readings(),
            corrections: lines(CORRECTIONS)
                .map(|(word, reading)| (word.trim_start_matches('~'), reading))
                .collect_readings(),
            verbs: BTreeSet::new(),
            open: ALONE.iter().map(|(c, _)| *c).collect(),
            surnames: HashMap::new(),
        };
        for line in CONTEXTS.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            if let [characters, before, _, reading] = fields[..] {
                for character in characters.split(' ') {
                    let mut rest = character.chars();
                    let c = rest.next().unwrap_or_default();
                    sources.open.insert(c);
                    if (before, reading) == ("姓", "@") {
                        sources.surnames.insert(c, rest.as_str());
                    }
                }
            }
        }
        let mut ranked: BTreeMap<&str, Vec<(u8, Reading)>> = BTreeMap::new();
        for line in cedict.lines() {
            let Some(entry) = cedict_entry(line) else {
                continue;
            };
            let word = line.split(' ').nth(1).unwrap_or_default();
            let is_name = entry.reading.starts_with(char::is_uppercase);
            let points = entry.senses.iter().all(|sense| {
                is_pointer(sense) || sense.starts_with("(old") || sense.starts_with("(literary")
            });
            let length = word.chars().count();
            let is_verb = entry.senses.iter().any(|sense| sense.starts_with("to "));
            if is_verb && (2..=LONGEST_VERB).contains(&length) && !is_name {
                sources.verbs.insert(word);
            }
            let reading = syllables(word, &entry.reading.to_lowercase());
            if length > 1 && reading.len() == length && by_characters(word).is_some() {
                let rank = u8::from(is_name) + 2 * u8::from(points);
                ranked.entry(word).or_default().push((rank, reading));
            }
        }
        for (word, mut readings) in ranked {
            readings.sort_by_key(|(rank, _)| *rank);
            let readings = readings.into_iter().map(|(_, reading)| reading);
            sources.cedict.insert(word, readings.collect());
        }
        sources
    }

    /// Whether a word of CC-CEDICT has a character that would be read otherwise by itself.
    fn is_uncertain(&self, word: &str) -> bool {
        let is_open =
            |c: char| self.open.contains(&c) || self.corrections.contains_key(&*c.to_string());
        self.cedict.contains_key(word) && word.chars().any(is_open)
    }

    /// How a word is read, as far as that is known.
    fn reading(&self, word: &str, class: &str) -> Option<Reading> {
        if let Some(reading) = self.corrections.get(word) {
            return Some(reading.clone());
        }
        let own = by_characters(word)?;
        let length = word.chars().count();
        if length == 1 {
            return None;
        }
        let phrase = self.phrases.get(word);
        if let Some(readings) = self.cedict.get(word) {
            let alike = |reading: &&Reading| {
                phrase.is_some_and(|phrase| reading.iter().zip(phrase).all(are_alike))
            };
            let is_phrase = |reading: &&Reading| phrase == Some(*reading);
            let reading = readings.iter().find(is_phrase);
            let reading = reading.or_else(|| readings.iter().find(alike));
            let reading = reading.or(readings.first())?;
            let full = phrase.unwrap_or(&own);
            let syllables = word.chars().zip(reading).zip(full);
            let syllables = syllables.map(|((c, syllable), full)| {
                let keeps = FULL.contains(c) && *syllable == without_tone(full);
                if keeps {
                    full.clone()
                } else {
                    syllable.clone()
                }
            });
            return Some(syllables.collect());
        }
        if let Some(phrase) = phrase {
            return Some(phrase.clone());
        }
        let better = |c: char| {
            let reading = self.corrections.get(&*c.to_string());
            reading.map(|reading| reading[0].clone())
        };
        let mut reading: Reading = own.clone();
        for (syllable, c) in reading.iter_mut().zip(word.chars()) {
            if let Some(better) = better(c) {
                *syllable = better;
            }
        }
        let surname = word.chars().next().and_then(|c| self.surnames.get(&c));
        if let (Some(surname), "nr", 3) = (surname, class, length) {
            (*surname).clone_into(&mut reading[0]);
            return Some(reading);
        }
        if length > 2 {
            return None;
        }
        for (syllable, c) in reading.iter_mut().zip(word.chars()) {
            if self.open.contains(&c) {
                "?".clone_into(syllable);
            }
        }
        (reading != own).then_some(reading)
    }
}

/// Whether two syllables are the same but for the tone, which one of them lacks.
fn are_alike((one, other): (&String, &String)) -> bool {
    let (bare, other_bare) = (without_tone(one), without_tone(other));
    one == other || (bare == other_bare && (bare == *one || other_bare == *other))
}

fn without_tone(syllable: &str) -> String {
    const VOWELS: [(char, &str); 6] = [
        ('a', "āáǎà"),
        ('e', "ēéěè"),
        ('i', "īíǐì"),
        ('o', "ōóǒò"),
        ('u', "ūúǔù"),
        ('ü', "ǖǘǚǜ"),
    ];
    let bare = |c| VOWELS.iter().find(|(_, marked)| marked.contains(c));
    { syllable.chars() }
        .map(|c| bare(c).map_or(c, |(vowel, _)| *vowel))
        .collect()
}

/// The syllables of a word, the tones of 一, 不 and 个 as they are by themselves.
fn syllables(word: &str, reading: &str) -> Reading {
    let mut syllables: Reading = reading.split_whitespace().map(str::to_owned).collect();
    for (c, syllable) in word.chars().zip(&mut syllables) {
        match (c, syllable.as_str()) {
            ('一', "yí" | "yì" | "yi") => "yī".clone_into(syllable),
            ('不', "bú" | "bu") => "bù".clone_into(syllable),
            ('个', "ge") => "gè".clone_into(syllable),
            ('儿', "r") => "er".clone_into(syllable),
            _ => {}
        }
    }
    syllables
}

trait CollectReadings<'a> {
    fn collect_readings(self) -> BTreeMap<&'a str, Reading>;
}

impl<'a, I: Iterator<Item = (&'a str, &'a str)>> CollectReadings<'a> for I {
    /// The readings that have a syllable for each character.
    fn collect_readings(self) -> BTreeMap<&'a str, Reading> {
        let readings = self.map(|(word, reading)| (word, syllables(word, reading)));
        { readings }
            .filter(|(word, reading)| word.chars().count() == reading.len())
            .collect()
    }
}

/// The words of a file with their readings.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text
        .lines()
        .filter_map(|line| line.split('#').next()?.split_once(':'));
    lines.map(|(word, reading)| (word.trim(), reading.trim()))
}

/// The first readings of the characters of a word that is not too long.
fn by_characters(word: &str) -> Option<Reading> {
    let is_kept = word.chars().count() <= LONGEST && word.chars().all(|c| c < '\u{a000}');
    let reading = is_kept.then(|| word.to_pinyin())?;
    reading
        .map(|pinyin| pinyin.map(|pinyin| pinyin.with_tone().to_owned()))
        .collect()
}

/// A reading with `-` for each syllable that is the character's own.
fn short(reading: &[String], own: &[String]) -> String {
    let syllables = reading.iter().zip(own);
    let syllables = syllables.map(|(reading, own)| if reading == own { "-" } else { reading });
    syllables.collect::<Vec<_>>().join(" ")
}
