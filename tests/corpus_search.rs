//! Exact search over real articles finds what `rg` finds in the same texts written out, one block a
//! line.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jianbao::catalog::{Condition, Entry, EntryId, Query, Term, WordBounds};
use jianbao::library::{BatchLibrary, Files, Library};
use jianbao::text::Language;

/// From frequent to absent.
const PATTERNS: [&str; 16] = [
    "的",
    "中",
    "是",
    "，",
    "AI",
    "the",
    "of the",
    "中国",
    "人工智能",
    "e",
    "2024",
    "%",
    "——",
    "没有这样的词",
    "no such phrase",
    "Linux",
];

fn files(entry: &Entry) -> Files {
    Files {
        path: entry.path.clone(),
        mate: entry.mate.clone().map(PathBuf::into_boxed_path),
    }
}

/// The texts of all articles, by number, one block a line.
fn written_out(library: &Library, batch: &BatchLibrary) -> BTreeMap<u32, Vec<String>> {
    let mut all = BTreeMap::new();
    for id in 0..batch.entries.bound() {
        let Some(entry) = batch.entries.get(EntryId(id)) else {
            continue;
        };
        let text = library.text(&files(&entry));
        let documents = Language::BOTH
            .into_iter()
            .filter_map(|side| text.document(side));
        let blocks = documents.flat_map(|one| {
            (0..one.blocks.len()).map(|block| one.block_text(block).replace('\n', " "))
        });
        all.insert(id, blocks.collect());
    }
    all
}

/// Some patterns from the texts themselves, most of which occur nowhere else.
fn sampled(texts: &BTreeMap<u32, Vec<String>>) -> Vec<String> {
    let cut = |block: &String| {
        let middle = block.chars().count() / 2;
        block.chars().skip(middle).take(5).collect::<String>()
    };
    // The numbers of the articles differ from run to run.
    let mut blocks: Vec<&String> = texts.values().flatten().collect();
    blocks.sort_unstable();
    blocks
        .into_iter()
        .step_by(1_009)
        .map(cut)
        // Between cells a snippet has a line.
        .filter(|pattern| !pattern.trim().is_empty() && !pattern.contains('\t'))
        .collect()
}

#[test]
#[allow(clippy::too_many_lines, reason = "one case after another")]
fn exact_search_finds_what_stands_in_the_texts() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/corpus/sample"
    ));
    if !folder.is_dir() {
        println!("skipped: no corpus at {}", folder.display());
        return;
    }
    let library = Library::Folder(folder.into());
    let batch = library.batch_without_index(&mut |line| println!("{line}"));
    let texts = written_out(&library, &batch);
    let out = tempfile::tempdir().unwrap();
    for (id, blocks) in &texts {
        fs::write(out.path().join(id.to_string()), blocks.join("\n") + "\n").unwrap();
    }
    let small: BTreeMap<u32, Vec<String>> = texts
        .iter()
        .map(|(&id, blocks)| {
            (
                id,
                blocks.iter().map(|block| block.to_lowercase()).collect(),
            )
        })
        .collect();
    let mut is_beside_rg = false;
    let patterns: Vec<String> = PATTERNS
        .into_iter()
        .map(str::to_owned)
        .chain(sampled(&texts))
        .collect();
    for pattern in &patterns {
        let condition = Condition::Text(Term {
            text: pattern.to_owned(),
            bounds: WordBounds::Anywhere,
        });
        let query = Query {
            condition: Some(condition),
        };
        let hits = batch.search(&query, &mut |_| {});
        let found: BTreeMap<u32, u32> = hits
            .articles
            .iter()
            .map(|&(id, count)| (id.0, count))
            .collect();
        let count = |blocks: &Vec<String>| {
            blocks
                .iter()
                .map(|block| block.matches(&pattern.to_lowercase()).count() as u32)
                .sum::<u32>()
        };
        let expected: BTreeMap<u32, u32> = small
            .iter()
            .map(|(&id, blocks)| (id, count(blocks)))
            .filter(|(_, count)| *count > 0)
            .collect();
        assert_eq!(found, expected, "{pattern:?}");
        assert_eq!(
            hits.total,
            expected
                .values()
                .map(|&count| u64::from(count))
                .sum::<u64>()
        );
        if let Some(rg) = rg(pattern, out.path()) {
            is_beside_rg = true;
            assert_eq!(
                found.keys().copied().collect::<Vec<_>>(),
                rg,
                "{pattern:?} beside rg"
            );
        }
        for snippet in batch.snippets(0, 3, 2) {
            assert_eq!(
                snippet.text[snippet.lit.clone()].to_lowercase(),
                pattern.to_lowercase()
            );
            let text = library.text(&files(&batch.entries.get(snippet.id).unwrap()));
            let block = text
                .document(snippet.place.side)
                .unwrap()
                .block_text(snippet.place.block as usize);
            let start = snippet.place.offset as usize;
            let found = block[start..start + snippet.length as usize].replace('\n', " ");
            assert_eq!(found.to_lowercase(), pattern.to_lowercase());
        }
    }
    println!(
        "{} patterns in {} articles, {}",
        patterns.len(),
        texts.len(),
        if is_beside_rg {
            "beside rg"
        } else {
            "without rg"
        }
    );
}

/// The articles in which `rg` finds a pattern. None if there is no `rg`.
fn rg(pattern: &str, folder: &Path) -> Option<Vec<u32>> {
    let output = Command::new("rg")
        .args(["-liF", "--", pattern])
        .current_dir(folder)
        .arg(".")
        .output()
        .ok()?;
    let names = String::from_utf8(output.stdout).unwrap();
    let mut found: Vec<u32> = names
        .lines()
        .map(|name| name.trim_start_matches("./").parse().unwrap())
        .collect();
    found.sort_unstable();
    Some(found)
}
