//! The alignment against the truth: 62 and 57 real parallel texts in three variants each.
//!
//! Micro-averaged F1 over line pairs, as the corpus's README defines them: rows with `-` do not
//! count, and pairs that hold a line without visible text (`*`) neither.

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

/// The true pairs, and the lines of both sides without visible text.
fn truth(path: &Path) -> (Pairs, [BTreeSet<u32>; 2]) {
    let (mut pairs, mut blank) = (Pairs::new(), [BTreeSet::new(), BTreeSet::new()]);
    let rows = fs::read_to_string(path).unwrap();
    for (left, right) in rows.lines().filter_map(|row| row.split_once('\t')) {
        match (left.parse(), right.parse()) {
            (Ok(left), Ok(right)) => {
                pairs.insert((left, right));
            }
            (Ok(left), Err(_)) if right == "*" => {
                blank[0].insert(left);
            }
            (Err(_), Ok(right)) if left == "*" => {
                blank[1].insert(right);
            }
            _ => {}
        }
    }
    (pairs, blank)
}

/// The pairs found; none if the text is not split into two languages.
fn found(path: &Path) -> Pairs {
    let text = Text::new(digest::read(&fs::read(path).unwrap(), "corpus"));
    let (Some(chinese), Some(english)) = (
        text.document(Language::Chinese),
        text.document(Language::English),
    ) else {
        println!("{} is not split into two languages", path.display());
        return Pairs::new();
    };
    let pairs = align(chinese, english).0.line_pairs(chinese, english);
    pairs
        .into_iter()
        .filter_map(|(left, right)| Some((left?, right?)))
        .collect()
}

/// The F1 of all texts, and of those with blocks missing; none without the corpus.
fn score(corpus: &str) -> Option<[f64; 2]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpus")
        .join(corpus);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let [mut all, mut dropped, mut intact, mut merged] = <[Score; 4]>::default();
    for file in &files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (mut wanted, blank) = truth(&file.with_file_name(format!("{name}.gold.tsv")));
        let counts = |pair: &(u32, u32)| !blank[0].contains(&pair.0) && !blank[1].contains(&pair.1);
        wanted.retain(counts);
        let mut given = found(file);
        given.retain(counts);
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
        "{corpus}: F1 over all {:.4}, intact {:.4}, blocks missing {:.4}, merged {:.4}",
        all.f1(),
        intact.f1(),
        dropped.f1(),
        merged.f1()
    );
    Some([all.f1(), dropped.f1()])
}

#[test]
fn the_corpus_is_aligned_as_well_as_is_claimed() {
    if let Some([all, dropped]) = score("alignment") {
        assert!(all >= 0.995, "over all: {all:.4}");
        assert!(dropped >= 0.99, "blocks missing: {dropped:.4}");
    }
}

/// These texts were first scored before any rule was made for them (0.981), and seen afterwards.
#[test]
fn texts_of_documentation_sites_are_aligned_as_well_as_is_claimed() {
    if let Some([all, dropped]) = score("alignment2") {
        assert!(all >= 0.99, "over all: {all:.4}");
        assert!(dropped >= 0.98, "blocks missing: {dropped:.4}");
    }
}
