//! How often the word at a cursor and its meaning are right, by truths that lie beside the project.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use jianbao::dictionary::{dictionary, key, look_up, word_at};
use jianbao::text::Language;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/words");

/// A sentence with a place in it, the word there, and what it means.
struct Site {
    text: String,
    at: usize,
    word: String,
    meanings: Vec<String>,
}

fn sites(name: &str) -> Option<Vec<Site>> {
    let Ok(table) = fs::read_to_string(format!("{FOLDER}/{name}")) else {
        println!("skipped: no {name}");
        return None;
    };
    let site = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let text = fields[0].to_owned();
        let offset: usize = fields[1].parse().unwrap();
        Site {
            at: text.char_indices().nth(offset).unwrap().0,
            text,
            word: fields[2].to_owned(),
            meanings: fields[3].split('|').map(str::to_owned).collect(),
        }
    };
    Some(table.lines().map(site).collect())
}

/// The rank of the first of some senses that gives a meaning.
fn rank(senses: &[String], is_right: impl Fn(&str) -> bool) -> Option<usize> {
    senses.iter().position(|sense| is_right(sense))
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

fn is_verbose() -> bool {
    std::env::var_os("LOOK_UP_MISSES").is_some()
}

#[test]
fn chinese_words_at_a_cursor_are_found_with_their_meaning() {
    let Some(sites) = sites("truth-zh.tsv") else {
        return;
    };
    let (mut words, mut headwords, mut first, mut three) = (0, 0, 0, 0);
    for site in &sites {
        let found = word_at(&site.text, site.at);
        let is_right = site.text[found.clone()] == site.word;
        words += usize::from(is_right);
        if is_verbose() && !is_right {
            println!(
                "word: {} for {} in {}",
                &site.text[found], site.word, site.text
            );
        }
        // The meaning is judged with the right word, as the study does.
        let Some(start) = (0..=site.at)
            .rev()
            .filter(|&start| site.text.is_char_boundary(start))
            .find(|&start| site.text[start..].starts_with(&site.word))
        else {
            continue;
        };
        let table = dictionary(Language::Chinese);
        if !table.contains(&key(&site.word)) {
            continue;
        }
        headwords += 1;
        let entries = look_up(table, &site.text, start..start + site.word.len());
        let senses: Vec<String> = entries.into_iter().flat_map(|entry| entry.senses).collect();
        let gives = |sense: &str| {
            let sense = sense.to_lowercase();
            let starts = |meaning: &String| {
                let meaning = meaning.to_lowercase();
                sense
                    .match_indices(&meaning)
                    .any(|(at, _)| !sense[..at].ends_with(|c: char| c.is_alphanumeric()))
            };
            site.meanings.iter().any(starts)
        };
        let rank = rank(&senses, gives);
        first += usize::from(rank == Some(0));
        three += usize::from(rank.is_some_and(|rank| rank < 3));
        if is_verbose() && rank.is_none_or(|rank| rank >= 3) {
            println!(
                "sense: {} {:?} of {:?} in {}",
                site.word, site.meanings, senses, site.text
            );
        }
    }
    println!(
        "Chinese: right word {:.1} % of {}; of {headwords} headwords the first sense is right for {:.1} %, one of three for {:.1} %",
        percent(words, sites.len()),
        sites.len(),
        percent(first, headwords),
        percent(three, headwords),
    );
    assert!(percent(words, sites.len()) >= 95.0);
    assert!(percent(three, headwords) >= 95.0);
}

#[test]
fn english_words_at_a_cursor_are_found_with_their_translation() {
    let Some(sites) = sites("truth-en.tsv") else {
        return;
    };
    let (mut words, mut first, mut three) = (0, 0, 0);
    for site in &sites {
        let found = word_at(&site.text, site.at);
        words += usize::from(site.text[found.clone()] == site.word);
        let entries = look_up(dictionary(Language::English), &site.text, found);
        let senses: Vec<String> = entries.into_iter().flat_map(|entry| entry.senses).collect();
        // 的 at the end is ignored.
        let plain = |word: &str| {
            word.split(' ')
                .next()
                .unwrap_or_default()
                .trim_end_matches('的')
                .to_owned()
        };
        let rank = rank(&senses, |sense| {
            site.meanings
                .iter()
                .any(|meaning| plain(meaning) == plain(sense))
        });
        first += usize::from(rank == Some(0));
        three += usize::from(rank.is_some_and(|rank| rank < 3));
        if is_verbose() && rank.is_none_or(|rank| rank >= 3) {
            println!("{} {:?} of {:?}", site.word, site.meanings, senses);
        }
    }
    println!(
        "English: right word {:.1} % of {}; the first translation is right for {:.1} %, one of three for {:.1} %",
        percent(words, sites.len()),
        sites.len(),
        percent(first, sites.len()),
        percent(three, sites.len()),
    );
    assert!(percent(three, sites.len()) >= 85.0);
}
