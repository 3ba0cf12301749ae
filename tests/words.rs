//! `jianbao words`: what it lists, and that Anki imports it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/anki.rs"]
mod anki;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::{Value, json};
use tempfile::TempDir;

const TIDES: &str = "assets/digests/2026-05-14-tidal-power.md";

fn run(home: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("jianbao").unwrap();
    for name in ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, home.path());
    }
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .stdin(Stdio::null())
        .env("LC_ALL", "C")
        .env("TZ", "UTC");
    command.output().unwrap()
}

fn printed(home: &TempDir, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn records(home: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let arguments = [arguments, &["--format", "json"]].concat();
    let lines = printed(home, &arguments);
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// Ten words with sentences, as the saved state has them.
fn kept(home: &TempDir, gloss: &str) {
    let words: Vec<String> = ["茶", "水", "山", "书", "路", "桥", "灯", "船", "雨", "风"]
        .iter()
        .zip(1_u64..)
        .map(|(word, key)| {
            let sentence = json!({
                "library": "/digests", "path": "a & b.md", "text": format!("这里有{word} <b>。"), "word": [9, 12],
                "place": {"side": "zh", "block": 0, "offset": 9, "fingerprint": 1},
                "translation": "Here it is & \"there\".", "title": "Title", "source": "wsj",
                "link": "https://example.org/?a&b", "day": "2026-03-02", "added": 1000 + key,
            });
            json!({
                "kind": "word", "key": key, "language": "zh", "word": word, "reading": "x", "senses": [gloss],
                "state": "kept", "sentences": [sentence], "created": 1_700_000_000_000_u64 + key,
                "changed": 1_700_000_000_000_u64 + 1000 * gloss.len() as u64,
            })
            .to_string()
        })
        .collect();
    let file = home.path().join("state.jsonl");
    fs::write(&file, words.join("\n")).unwrap();
    let said = printed(home, &["state", "import", file.to_str().unwrap()]);
    assert_eq!(said, "10 imported, 0 skipped (already as new)\n");
}

#[test]
fn the_words_of_an_article_come_hardest_first_with_their_sentences() {
    let home = tempfile::tempdir().unwrap();
    let all = records(&home, &["words", TIDES]);
    let level = |word: &Value| word["level"].as_u64().unwrap_or(8);
    assert!(all.len() > 50, "{}", all.len());
    assert!(all.is_sorted_by_key(|word| 8 - level(word)));
    let station = all.iter().find(|word| word["word"] == "电站").unwrap();
    assert_eq!(station["reading"], "diànzhàn");
    assert_eq!(station["state"], Value::Null);
    assert!(station["count"].as_u64().unwrap() > 1);
    assert!(station["sentence"].as_str().unwrap().contains("电站"));
    assert!(station["translation"].as_str().unwrap().is_ascii());
    assert_eq!(station["date"], "2026-05-14");
    // Names and numbers are left out, and what is too easy.
    let hard = records(&home, &["words", TIDES, "--level", "4"]);
    assert!(hard.len() < all.len() && hard.iter().all(|word| level(word) > 4));
    for word in &all {
        let written = word["word"].as_str().unwrap();
        assert!(!written.contains(|c: char| c.is_ascii_digit()), "{written}");
    }
    let english = records(&home, &["words", TIDES, "--lang", "en", "--sort", "text"]);
    let words: Vec<&str> = english
        .iter()
        .map(|it| it["word"].as_str().unwrap())
        .collect();
    assert!(
        words.contains(&"turbine") && !words.contains(&"turbines"),
        "{words:?}"
    );
    assert!(!words.contains(&"Sandray"));
    let first = english.iter().find(|it| it["word"] == "turbine").unwrap();
    assert_eq!(first["form"], "turbines");
    let twice = words.iter().collect::<std::collections::HashSet<_>>().len();
    assert_eq!(twice, words.len(), "each word once");
}

#[test]
fn words_of_the_book_are_exported_and_left_out_of_new_ones() {
    let home = tempfile::tempdir().unwrap();
    let output = run(&home, &["words", "--kept"]);
    assert_eq!(output.status.code(), Some(1));
    kept(&home, "gloss");
    let all = records(&home, &["words", "--kept"]);
    let words: Vec<&str> = all.iter().map(|it| it["word"].as_str().unwrap()).collect();
    assert_eq!(
        words,
        ["风", "雨", "船", "灯", "桥", "路", "书", "山", "水", "茶"]
    );
    assert_eq!(all[0]["path"], "/digests/a & b.md");
    let output = run(&home, &["words", "--kept", "--level", "7"]);
    assert_eq!(output.status.code(), Some(1));
    let easy = records(&home, &["words", "--kept", "--sort", "hardest"]);
    assert!(easy[0]["level"].as_u64() >= easy[9]["level"].as_u64());
    let article = home.path().join("tea.md");
    fs::write(
        &article,
        "---\ntitle: 茶\n---\n\n山上的茶和水壶都很好，我们一起去爬山喝茶。\n",
    )
    .unwrap();
    let listed = |new: &[&str]| -> Vec<String> {
        let arguments = [&["words", article.to_str().unwrap()], new].concat();
        let words = records(&home, &arguments).into_iter();
        words
            .map(|it| it["word"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(listed(&[]).contains(&"茶".to_owned()));
    let new = listed(&["--new"]);
    assert!(
        !new.contains(&"茶".to_owned()) && new.contains(&"水壶".to_owned()),
        "{new:?}"
    );
}

#[test]
fn a_file_with_tabs_has_the_head_of_anki_and_escaped_html() {
    let home = tempfile::tempdir().unwrap();
    kept(&home, "tea <i>");
    let lines = printed(&home, &["words", "--kept", "--sort", "text"]);
    let mut lines = lines.lines();
    let head: Vec<&str> = lines.by_ref().take(6).collect();
    assert_eq!(head[..2], ["#separator:Tab", "#html:true"]);
    assert!(head[4].starts_with("#columns:Word\tReading\tGloss\t"));
    assert_eq!(head[5], "#guid column:9");
    let fields: Vec<&str> = lines.next().unwrap().split('\t').collect();
    assert_eq!(fields.len(), 9);
    assert_eq!(fields[2], "tea &lt;i&gt;");
    assert_eq!(fields[3], "这里有<b>茶</b> &lt;b&gt;。");
    assert!(fields[6].contains("<a href=\"https://example.org/?a&amp;b\">"));
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let home = tempfile::tempdir().unwrap();
    kept(&home, "gloss");
    let file = home.path().join("book.apkg");
    let path = file.to_str().unwrap();
    assert!(
        run(&home, &["words", "--kept", "-O", path])
            .status
            .success()
    );
    let before = fs::read(&file).unwrap();
    let output = run(&home, &["words", "--kept", "-O", path]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("the file exists; --force writes over it"),
        "{said}"
    );
    assert_eq!(fs::read(&file).unwrap(), before);
    assert!(
        run(&home, &["words", "--kept", "-O", path, "--force"])
            .status
            .success()
    );
    // What is full takes nothing, and says so.
    let full = Path::new("/dev/full");
    if full.exists() {
        let mut command = Command::cargo_bin("jianbao").unwrap();
        command.args(["words", "--kept", "--format", "apkg"]);
        for name in ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, home.path());
        }
        let full = fs::File::create(full).unwrap();
        let output = command.env("LC_ALL", "C").stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("no space left"));
    }
    let mut package = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    let mut media = String::new();
    package
        .by_name("media")
        .unwrap()
        .read_to_string(&mut media)
        .unwrap();
    assert_eq!(media, "{}");
    assert_eq!(
        package.by_name("collection.anki2").unwrap().compression(),
        zip::CompressionMethod::Stored
    );
}

#[test]
fn anki_imports_the_book_and_a_second_import_changes_notes_instead_of_adding_them() {
    let Some(python) = anki::python() else { return };
    let home = tempfile::tempdir().unwrap();
    let export = |name: &str, more: &[&str]| {
        let path = home.path().join(name).to_str().unwrap().to_owned();
        let arguments = [&["words", "--kept", "--output", &path], more].concat();
        assert!(run(&home, &arguments).status.success());
        path
    };
    let import = |collection: &str, packages: &[String]| {
        anki::import(&python, &home.path().join(collection), packages)
    };
    kept(&home, "first");
    let first = export("first.apkg", &[]);
    let both_ways = export("both.apkg", &["--both-ways"]);
    kept(&home, "the second");
    let second = export("second.apkg", &[]);
    let lines = import("collection.anki2", &[first.clone(), first, second]);
    // New, updated, duplicate, and all notes and cards.
    assert_eq!(
        lines[..3],
        ["10 0 0 10 10", "0 0 10 10 10", "0 10 0 10 10"],
        "{lines:?}"
    );
    let fields: Vec<&str> = lines[3].split('|').collect();
    assert_eq!(fields.len(), 9);
    assert_eq!(
        fields[..4],
        ["茶", "x", "the second", "这里有<b>茶</b> &lt;b&gt;。"]
    );
    assert_eq!(fields[7..], ["HSK 1", "jianbao-0000000000000001"]);
    assert_eq!(lines[4], "简报 jianbao 简报 jianbao True");
    assert_eq!(lines[5..], ["True True", "True"]);
    let lines = import("both.anki2", &[both_ways]);
    assert_eq!(lines[0], "10 0 0 10 20");
}
