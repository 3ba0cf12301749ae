//! Makes `assets/dictionary/translations.txt` out of an export of CC-CEDICT.
//!
//! ```text
//! cargo run --release --example distil_dictionary -- cedict_ts.u8 > assets/dictionary/translations.txt
//! ```
//! See `assets/dictionary/README.md`. The checksum of the export goes to standard error.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::{env, fs};

use jianbao::bilingual::content_stem;
use twox_hash::XxHash3_64;

/// The table of words with their frequencies, as letters.
const WORDS: &str = include_str!("../assets/pinyin/phrases.txt");
/// How many headwords are kept, the most frequent ones.
const MOST: usize = 22_000;
/// The longest headword, in characters.
const LONGEST: usize = 6;
/// The most stems of a headword, and the most content words of a gloss that counts: longer ones explain.
const MOST_STEMS: usize = 8;
const MOST_WORDS: usize = 2;

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
    let Some(export) = env::args().nth(1) else {
        eprintln!("an export of CC-CEDICT is needed");
        return Ok(());
    };
    let export = fs::read(export)?;
    eprintln!(
        "xxh3 {:016x}, {} bytes",
        XxHash3_64::oneshot(&export),
        export.len()
    );
    let frequencies = frequencies();
    let mut entries: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let export = String::from_utf8_lossy(&export);
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
    let mut out = BufWriter::new(io::stdout().lock());
    for (word, stems) in by_frequency {
        writeln!(out, "{word} {}", stems.join(" "))?;
    }
    out.flush()
}

/// The frequency of each word: the letter after it.
fn frequencies() -> BTreeMap<&'static str, u8> {
    let frequency = |line: &'static str| {
        let end = line.find(|c: char| c.is_ascii_lowercase())?;
        Some((&line[..end], line.as_bytes()[end]))
    };
    WORDS.lines().filter_map(frequency).collect()
}

/// Adds the stems of the short glosses in an entry's sense.
fn add_stems(sense: &str, stems: &mut Vec<String>) {
    let sense = without_brackets(sense);
    let sense = sense.trim();
    if POINTERS.iter().any(|pointer| sense.starts_with(pointer)) {
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
