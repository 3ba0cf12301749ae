//! The conversion between the scripts on 200 sentences of our own, each of which turns on characters that have several
//! traditional forms.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Instant;

use jianbao::text::Script;

/// A line each: a sentence in simplified and in traditional characters.
const SENTENCES: &str = include_str!("scripts.tsv");
/// Forms that are both in use.
const EITHER: [&str; 13] = [
    "臺台", "佔占", "佈布", "唸念", "傢家", "鍊鏈", "煉鏈", "畫劃", "皁皂", "昇升", "慾欲", "鑒鑑",
    "菸煙",
];

fn folded(text: &str) -> String {
    let form = |c: char| {
        let pair = EITHER.iter().find(|pair| pair.starts_with(c));
        pair.and_then(|pair| pair.chars().nth(1)).unwrap_or(c)
    };
    text.chars().map(form).collect()
}

/// The sentences and the characters that come out wrong.
fn wrong(script: Script, side: usize) -> (usize, usize) {
    let (mut sentences, mut characters) = (0, 0);
    for line in SENTENCES.lines() {
        let pair = line.split_once('\t').unwrap();
        let (from, to) = [pair, (pair.1, pair.0)][side];
        let shown = script
            .convert(from, false)
            .map_or(from.to_owned(), |it| it.text);
        let (shown, wanted) = (folded(&shown), folded(to));
        let differing = shown
            .chars()
            .zip(wanted.chars())
            .filter(|(one, other)| one != other);
        let count = differing.count();
        sentences += usize::from(count > 0);
        characters += count;
        if count > 0 {
            println!("{from}: {shown}, not {wanted}");
        }
    }
    (sentences, characters)
}

#[test]
fn few_characters_of_hard_sentences_come_out_wrong() {
    let all: usize = SENTENCES.lines().map(|line| line.chars().count() / 2).sum();
    let forth = wrong(Script::Traditional, 0);
    let back = wrong(Script::Simplified, 1);
    println!(
        "of {} sentences with {all} characters: {forth:?} to traditional, {back:?} to simplified",
        SENTENCES.lines().count()
    );
    let text = SENTENCES.repeat(100);
    for script in [Script::Simplified, Script::Traditional, Script::Taiwan] {
        let start = Instant::now();
        script.convert(&text, true);
        println!(
            "{script:?}: {:.1} MB/s",
            text.len() as f64 / 1e6 / start.elapsed().as_secs_f64()
        );
    }
    assert!(forth.1 <= 24 && back.1 <= 1, "{forth:?} {back:?}");
}
