//! Makes `assets/pinyin/phrases.txt` out of phrase-pinyin-data and jieba's dictionary.
//!
//! ```text
//! cargo run --release --example distil_pinyin -- phrase_pinyin.txt dict.txt > assets/pinyin/phrases.txt
//! ```
//! The first file has lines of `词语: cí yǔ`, the second of `词语 frequency class`. See
//! `assets/pinyin/README.md`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::{env, fs};

use pinyin::ToPinyin;

/// Words read as their characters are by themselves are kept from this frequency up: they only mark
/// where words end.
const LEAST: u64 = 12;
/// The longest word kept, in characters.
const LONGEST: usize = 8;

/// The least frequency of the words corrected below.
const COMMON: u64 = 256;

/// Characters by themselves that are mostly read otherwise than the dictionary of characters has it
/// first.
const ALONE: [(char, &str); 4] = [('得', "de"), ('都', "dōu"), ('还', "hái"), ('长', "cháng")];

/// Words that phrase-pinyin-data lacks or has wrong for the modern language, as lines of its kind.
const CORRECTIONS: &str = include_str!("../assets/pinyin/corrections.txt");

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let (Some(phrases), Some(frequencies)) = (arguments.next(), arguments.next()) else {
        eprintln!("two files are needed: phrases with their pinyin, words with their frequencies");
        return Ok(());
    };
    let phrases = readings(&fs::read_to_string(phrases)?);
    let mut rows = BTreeMap::new();
    for line in fs::read_to_string(frequencies)?.lines() {
        let mut parts = line.split(' ');
        let (Some(word), Some(frequency)) = (
            parts.next(),
            parts.next().and_then(|count| count.parse::<u64>().ok()),
        ) else {
            continue;
        };
        let length = word.chars().count();
        let Some(default) = by_characters(word).filter(|_| length <= LONGEST) else {
            continue;
        };
        let reading = phrases.get(word);
        let odd = reading.is_some_and(|reading| *reading != default);
        if odd || length == 1 || (frequency >= LEAST && (length == 2 || reading.is_some())) {
            rows.insert(
                word.to_owned(),
                (frequency, default, reading.filter(|_| length > 1).cloned()),
            );
        }
    }
    for (word, reading) in &phrases {
        let length = word.chars().count();
        let Some(default) =
            by_characters(word).filter(|default| length <= LONGEST && default != reading)
        else {
            continue;
        };
        rows.entry(word.clone())
            .or_insert((length as u64 - 1, default, Some(reading.clone())));
    }
    for (word, _) in lines(CORRECTIONS) {
        let Some(default) = by_characters(word) else {
            continue;
        };
        let row =
            rows.entry(word.to_owned())
                .or_insert((COMMON, default, phrases.get(word).cloned()));
        row.0 = row.0.max(COMMON);
    }
    for (c, reading) in ALONE {
        if let Some(row) = rows.get_mut(&c.to_string()) {
            row.2 = Some(vec![reading.to_owned()]);
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for (word, (frequency, default, reading)) in rows {
        let class = char::from(b'a' + frequency.max(1).ilog2().min(25) as u8);
        let reading = reading
            .filter(|reading| *reading != default)
            .map(|reading| short(&reading, &default));
        writeln!(out, "{word}{class}{}", reading.unwrap_or_default())?;
    }
    out.flush()
}

/// The phrases of a file with their syllables, the tones of 一 and 不 as dictionaries write them.
fn readings(text: &str) -> BTreeMap<String, Vec<String>> {
    let lines = lines(text).chain(lines(CORRECTIONS));
    let syllables = |word: &str, reading: &str| {
        let mut syllables: Vec<String> = reading.split_whitespace().map(str::to_owned).collect();
        for (c, syllable) in word.chars().zip(&mut syllables) {
            match (c, syllable.as_str()) {
                ('一', "yí" | "yì" | "yi") => "yī".clone_into(syllable),
                ('不', "bú" | "bu") => "bù".clone_into(syllable),
                _ => {}
            }
        }
        syllables
    };
    lines
        .filter(|(word, reading)| {
            word.chars().count() > 1 && word.chars().count() == reading.split_whitespace().count()
        })
        .map(|(word, reading)| (word.to_owned(), syllables(word, reading)))
        .collect()
}

/// The words of a file with their readings.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text
        .lines()
        .filter_map(|line| line.split('#').next()?.split_once(':'));
    lines.map(|(word, reading)| (word.trim(), reading.trim()))
}

fn by_characters(word: &str) -> Option<Vec<String>> {
    word.to_pinyin()
        .map(|pinyin| pinyin.map(|pinyin| pinyin.with_tone().to_owned()))
        .collect()
}

/// A reading with `-` for each syllable that is the character's own.
fn short(reading: &[String], default: &[String]) -> String {
    let syllables: Vec<&str> = reading
        .iter()
        .zip(default)
        .map(|(reading, own)| {
            if reading == own {
                "-"
            } else {
                reading.as_str()
            }
        })
        .collect();
    syllables.join(" ")
}
