//! The alignment of sentences against truths made by hand (the evaluation set of the Champollion Tool Kit).
//!
//! Precision over the beads found, recall over those of the truth, both with sentences on each side; strict: the very
//! bead, lax: one that overlaps on both sides. A sentence of the truth belongs to the pair that holds most of its
//! letters.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use jianbao::bilingual::{Bead, Text, align_sentences};
use jianbao::digest;
use jianbao::markdown::Document;
use jianbao::text::Language;

type Sentences = BTreeSet<usize>;
type Pair = (Sentences, Sentences);

/// The texts of the pairs found, in order.
fn found(source: &str) -> Vec<[String; 2]> {
    let text = Text::new(digest::read(source.as_bytes(), "corpus"));
    let documents = Language::BOTH.map(|side| text.document(side).unwrap());
    let join = |document: &Document, blocks: &Range<u32>| {
        let texts = blocks
            .clone()
            .map(|block| document.block_text(block as usize).trim());
        texts.collect::<Vec<_>>().join("\n")
    };
    let regions = text.alignment().unwrap().regions();
    let texts: Vec<[String; 2]> = regions
        .iter()
        .map(|region| {
            [
                join(documents[0], &region.chinese),
                join(documents[1], &region.english),
            ]
        })
        .collect();
    let aligned = align_sentences(texts.iter().map(|[zh, en]| (&**zh, &**en)));
    let mut pairs = Vec::new();
    for ([zh, en], sentences) in texts.iter().zip(&aligned) {
        let part = |text: &str, side: &Range<u32>, ranges: &[Range<usize>]| {
            text[ranges[side.start as usize].start..ranges[side.end as usize - 1].end].to_owned()
        };
        let of = |bead: &Bead| {
            [
                part(zh, &bead.chinese, &sentences.chinese),
                part(en, &bead.english, &sentences.english),
            ]
        };
        pairs.extend(sentences.beads.iter().filter(|bead| bead.is_pair()).map(of));
    }
    pairs
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The pair that each sentence of the truth belongs to.
fn owners<'a>(truth: &str, pieces: impl Iterator<Item = &'a str>) -> Vec<Option<usize>> {
    let mut all = String::new();
    let mut spans = Vec::new();
    for sentence in truth.lines() {
        let start = all.len();
        all += &letters(sentence);
        spans.push(start..all.len());
    }
    let mut at = 0;
    let mut places = Vec::new();
    for (number, piece) in pieces.enumerate() {
        let piece = letters(piece);
        if let Some(found) = all[at..].find(&piece) {
            places.push((number, at + found..at + found + piece.len()));
            at += found + piece.len();
        }
    }
    let owner = |span: &Range<usize>| {
        let shared = |place: &Range<usize>| {
            span.end
                .min(place.end)
                .saturating_sub(span.start.max(place.start))
        };
        let shares: Vec<(usize, usize)> = places
            .iter()
            .map(|(number, place)| (shared(place), *number))
            .collect();
        let held: usize = shares.iter().map(|(share, _)| share).sum();
        let (best, number) = shares.into_iter().max()?;
        (best > 0 && span.len() - held <= best).then_some(number)
    };
    spans.iter().map(owner).collect()
}

#[derive(Default)]
struct Score {
    hits: [usize; 4],
    given: usize,
    wanted: usize,
}

impl Score {
    fn add(&mut self, given: &[Pair], wanted: &[Pair]) {
        let overlaps = |one: &Pair, many: &[Pair]| {
            many.iter()
                .any(|other| !one.0.is_disjoint(&other.0) && !one.1.is_disjoint(&other.1))
        };
        self.hits[0] += given.iter().filter(|pair| wanted.contains(pair)).count();
        self.hits[1] += wanted.iter().filter(|pair| given.contains(pair)).count();
        self.hits[2] += given.iter().filter(|pair| overlaps(pair, wanted)).count();
        self.hits[3] += wanted.iter().filter(|pair| overlaps(pair, given)).count();
        self.given += given.len();
        self.wanted += wanted.len();
    }

    /// Strict and lax F1.
    fn f1(&self) -> [f64; 2] {
        [0, 2].map(|at| {
            let precision = self.hits[at] as f64 / self.given as f64;
            let recall = self.hits[at + 1] as f64 / self.wanted as f64;
            2.0 * precision * recall / (precision + recall)
        })
    }
}

#[test]
fn sentences_are_aligned_as_well_as_is_claimed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/sentences");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let mut all = Score::default();
    // The costs were found on the first two; the last was not looked at.
    for name in ["198706005", "890621f", "UN19930101_020"] {
        let read = |end: &str| fs::read_to_string(folder.join(format!("{name}{end}"))).unwrap();
        let pairs = found(&read(".md"));
        let owners = [
            owners(&read(".zh.txt"), pairs.iter().map(|pair| &*pair[0])),
            owners(&read(".en.txt"), pairs.iter().map(|pair| &*pair[1])),
        ];
        let sentences = |side: usize, number: usize| -> Sentences {
            let owned = owners[side].iter().enumerate();
            owned
                .filter(|(_, owner)| **owner == Some(number))
                .map(|(at, _)| at)
                .collect()
        };
        let is_pair = |pair: &Pair| !pair.0.is_empty() && !pair.1.is_empty();
        let given = (0..pairs.len()).map(|number| (sentences(0, number), sentences(1, number)));
        let given: Vec<Pair> = given.filter(is_pair).collect();
        let numbers = |cell: &str| -> Sentences {
            cell.split(',')
                .filter_map(|number| number.parse::<usize>().ok())
                .map(|number| number - 1)
                .collect()
        };
        let gold = read(".gold.tsv");
        let rows = gold.lines().filter_map(|row| row.split_once('\t'));
        let wanted: Vec<Pair> = rows
            .map(|(zh, en)| (numbers(zh), numbers(en)))
            .filter(is_pair)
            .collect();
        let mut one = Score::default();
        one.add(&given, &wanted);
        all.add(&given, &wanted);
        println!("{name}: strict {:.3}, lax {:.3}", one.f1()[0], one.f1()[1]);
    }
    let [strict, lax] = all.f1();
    println!("all: strict {strict:.3}, lax {lax:.3}");
    assert!(
        strict >= 0.845 && lax >= 0.975,
        "strict {strict:.3}, lax {lax:.3}"
    );
}
