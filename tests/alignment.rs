//! The alignment against the truth: 62 real parallel texts in three variants each.
//!
//! Micro-averaged F1 over line pairs, as the corpus's README defines them: rows with `-` do not
//! count.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jianbao::bilingual::{Text, align};
use jianbao::digest;
use jianbao::text::Language;

type Pairs = BTreeSet<(u32, u32)>;

#[derive(Default)]
struct Score {
    right: usize,
    given: usize,
    wanted: usize,
}

impl Score {
    fn add(&mut self, given: &Pairs, wanted: &Pairs) {
        self.right += given.intersection(wanted).count();
        self.given += given.len();
        self.wanted += wanted.len();
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.given + self.wanted) as f64
    }
}

fn truth(path: &Path) -> Pairs {
    let rows = fs::read_to_string(path).unwrap();
    rows.lines()
        .filter_map(|row| row.split_once('\t'))
        .filter_map(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)))
        .collect()
}

fn found(path: &Path) -> Pairs {
    let text = Text::new(digest::read(&fs::read(path).unwrap(), "corpus"));
    let (Some(chinese), Some(english)) = (
        text.document(Language::Chinese),
        text.document(Language::English),
    ) else {
        panic!("{} is not split into two languages", path.display());
    };
    let pairs = align(chinese, english).line_pairs(chinese, english);
    pairs
        .into_iter()
        .filter_map(|(left, right)| Some((left?, right?)))
        .collect()
}

#[test]
fn the_corpus_is_aligned_as_well_as_is_claimed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/alignment");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let (mut all, mut dropped, mut intact, mut merged) = (
        Score::default(),
        Score::default(),
        Score::default(),
        Score::default(),
    );
    for file in &files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (given, wanted) = (
            found(file),
            truth(&file.with_file_name(format!("{name}.gold.tsv"))),
        );
        all.add(&given, &wanted);
        match name.rsplit('-').next() {
            Some("dropped") => dropped.add(&given, &wanted),
            Some("merged") => merged.add(&given, &wanted),
            _ => intact.add(&given, &wanted),
        }
        if given != wanted {
            let extra: Vec<_> = given.difference(&wanted).collect();
            let missed: Vec<_> = wanted.difference(&given).collect();
            println!("{name}: wrong {extra:?}, missed {missed:?}");
        }
    }
    println!(
        "F1 over all {:.4}, intact {:.4}, blocks missing {:.4}, merged {:.4}",
        all.f1(),
        intact.f1(),
        dropped.f1(),
        merged.f1()
    );
    assert!(all.f1() >= 0.985, "over all: {:.4}", all.f1());
    assert!(dropped.f1() >= 0.96, "blocks missing: {:.4}", dropped.f1());
}
