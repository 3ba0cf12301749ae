//! Real articles in two languages: in two files, or in turn within one.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::bilingual::Text;
use jianbao::catalog::{Entry, EntryId};
use jianbao::digest::{Sections, read};
use jianbao::library::Library;
use jianbao::text::Language;

/// A folder of the corpus; none, with a message, where there is no corpus.
fn corpus(folder: &str) -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")).join(folder);
    if !folder.is_dir() {
        println!("skipped: no corpus at {}", folder.display());
    }
    folder.is_dir().then_some(folder)
}

fn entries(folder: &Path, pairing: bool) -> Vec<Entry> {
    let library = Library::Folder(folder.into()).with_pairing(pairing);
    let entries = &library
        .batch_without_index(&mut |line| println!("{line}"))
        .entries;
    (0..entries.bound())
        .filter_map(|id| entries.get(EntryId(id)))
        .collect()
}

#[test]
fn the_pairs_of_the_sample_are_one_article_each() {
    let Some(folder) = corpus("sample") else {
        return;
    };
    let (paired, alone) = (entries(&folder, true), entries(&folder, false));
    let mut pairs: Vec<&Entry> = paired.iter().filter(|entry| entry.mate.is_some()).collect();
    assert_eq!(
        paired.len() + pairs.len(),
        alone.len(),
        "no file is lost or listed twice"
    );
    pairs.sort_by_key(|entry| &entry.path);
    for entry in &pairs {
        let names: Vec<String> = entry
            .paths()
            .map(|path| path.display().to_string())
            .collect();
        println!("{}", names.join(" + "));
        assert_eq!(entry.languages, [true, true]);
        let path = folder.join(&entry.path);
        let files = Library::File(path.clone().into()).files_of(&path);
        let expected = entry.paths().map(|path| folder.join(path));
        assert!(files.paths().eq(expected), "{names:?}");
    }
    println!("{} pairs in {} files", pairs.len(), alone.len());
}

#[test]
fn the_two_wild_files_are_one_article_by_whatever_names_say_so() {
    let Some(folder) = corpus("wild") else { return };
    for [zh, en] in [
        ["c-zh.md", "c-en.md"],
        ["c.md", "c_EN.md"],
        ["zh/c.md", "c.md"],
        ["zh-CN/c.md", "en/c.md"],
    ] {
        let root = tempfile::tempdir().unwrap();
        for (from, to) in [("34-pair-a.md", zh), ("35-pair-b.md", en)] {
            let to = root.path().join(to);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(folder.join(from), to).unwrap();
        }
        let entries = entries(root.path(), true);
        assert_eq!(entries.len(), 1);
        assert!(entries[0].paths().eq([Path::new(zh), Path::new(en)]));
        let path = root.path().join(&entries[0].path);
        let library = Library::File(path.clone().into());
        let text = library.text(&library.files_of(&path));
        let Sections::Pair {
            chinese, english, ..
        } = text.article.sections
        else {
            panic!("no pair")
        };
        assert!(chinese.body.contains("领域摘要") && english.body.contains("Area Summary"));
    }
}

#[test]
fn texts_in_turn_are_pairs_whose_neighbours_answer_each_other() {
    let Some(folder) = corpus("") else { return };
    for (path, fewest) in [
        ("wild/26-bi-interleaved-para.md", 30),
        ("wild/27-bi-line-interleaved-gbk.md", 1_000),
    ] {
        let text = Text::new(read(&fs::read(folder.join(path)).unwrap(), path));
        assert!(text.is_bilingual(), "{path}");
        let [chinese, english] = Language::BOTH.map(|side| text.document(side).unwrap());
        let (mut near, mut far, mut alone) = (0, 0, 0);
        for pair in text.alignment().unwrap().line_pairs(chinese, english) {
            let (Some(chinese), Some(english)) = pair else {
                alone += 1;
                println!("{path}: {pair:?}");
                continue;
            };
            let is_near = (-4..=4).contains(&(i64::from(chinese) - i64::from(english)));
            *if is_near { &mut near } else { &mut far } += 1;
            if !is_near {
                println!("{path}: line {chinese} for line {english}");
            }
        }
        println!("{path}: {near} lines answer their neighbours, {far} others, {alone} alone");
        assert!(
            near >= fewest && (far + alone) * 50 <= near,
            "{path}: {near} near, {far} far, {alone} alone"
        );
    }
}
