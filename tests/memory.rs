//! What is remembered outlives a kill at any instant: a child that writes is killed again and
//! again, and the database looked at.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use jianbao::bilingual::Place;
use jianbao::catalog::{
    Annotation, BookWord, ChangedFields, HighlightColour, Remembered, WordSentence, WordState,
};
use jianbao::library::StateStore;
use jianbao::text::Language;
use rusqlite::Connection;

const FOLDER: &str = "JIANBAO_TEST_FOLDER";
const FIRST: &str = "JIANBAO_TEST_FIRST";
const LIBRARY: &str = "/digests";

/// An article with a tag, every 25th with a highlight, which has a note of some length.
fn remember(store: &StateStore, number: u32) {
    store.save_word(&word(number), Vec::new());
    let path = PathBuf::from(format!("{number}.md"));
    let remembered = Remembered {
        tags: vec!["kept".into()],
        ..Remembered::default()
    };
    store.save_article(&path, [0, 0], &remembered, ChangedFields::ALL);
    if !number.is_multiple_of(25) {
        return;
    }
    let place = |offset| Place {
        side: Language::English,
        block: number,
        offset,
        fingerprint: 7,
    };
    let places = [place(0), place(5)];
    store.save_annotation(&Annotation {
        key: Annotation::key_of(&path, &places),
        path,
        places,
        text: "words".into(),
        colour: Some(HighlightColour::Green),
        note: "a note\n".repeat(100),
        created: 0,
        changed: 0,
    });
}

/// A word of the vocabulary book with a sentence.
fn word(number: u32) -> BookWord {
    BookWord {
        key: number.into(),
        language: Language::Chinese,
        word: format!("词{number}"),
        traditional: String::new(),
        reading: "cí".into(),
        senses: vec!["word".into()],
        state: WordState::Kept,
        sentences: vec![WordSentence {
            library: None,
            path: format!("{number}.md").into(),
            place: Place {
                side: Language::Chinese,
                block: 0,
                offset: 0,
                fingerprint: 1,
            },
            text: format!("第 {number} 句。"),
            word: [0, 3],
            translation: String::new(),
            title: String::new(),
            source: String::new(),
            link: String::new(),
            day: None,
            added: 0,
        }],
        level: None,
        band: None,
        created: 0,
        changed: 0,
    }
}

fn open(folder: &Path) -> StateStore {
    StateStore::open(Some(folder), Path::new(LIBRARY), |_| ()).0
}

/// Not a test of its own: what the tests start and kill. It prints each number once that is to be
/// safe.
#[test]
#[ignore = "started by the other tests"]
fn child_writes_until_killed() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let first: Option<u32> = env::var(FIRST).ok().and_then(|first| first.parse().ok());
    let mut out = io::stdout();
    writeln!(out, "\nbegan").unwrap();
    if let Some(first) = first {
        // In bursts, each written at the end of a visit; the end waits at most a second.
        for burst in (first..).step_by(5) {
            let store = open(&folder);
            (burst..burst + 5).for_each(|number| remember(&store, number));
            let start = Instant::now();
            drop(store);
            if start.elapsed() < Duration::from_millis(900) {
                (burst..burst + 5).for_each(|number| writeln!(out, "safe {number}").unwrap());
                out.flush().unwrap();
            }
        }
    }
    let store = open(&folder);
    for number in 0.. {
        remember(&store, number);
        writeln!(out, "safe {number}").unwrap();
        thread::park_timeout(Duration::from_millis(2));
    }
}

fn child(folder: &Path, first: Option<u32>) -> std::process::Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "child_writes_until_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder);
    if let Some(first) = first {
        command.env(FIRST, first.to_string());
    }
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn numbers(text: &str) -> impl Iterator<Item = u32> {
    // The last line may be half written.
    text.split_inclusive('\n')
        .filter_map(|line| line.strip_prefix("safe ")?.strip_suffix('\n')?.parse().ok())
}

/// Whether the database is sound, and the numbers of the articles in it with their tag, their note and their word.
fn look(folder: &Path) -> Vec<bool> {
    let database = Connection::open(folder.join("state.db")).unwrap();
    let sound: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    let with_words =
        "SELECT words.key FROM words JOIN word_sentences ON word_sentences.word = words.key";
    let mut words = database.prepare(with_words).unwrap();
    let words = words.query_map([], |row| row.get::<_, u32>(0)).unwrap();
    let words: HashSet<usize> = words.map(|key| key.unwrap() as usize).collect();
    let mut there = Vec::new();
    let mut rows = database
        .prepare(
            "SELECT path FROM articles WHERE tags = 'kept' AND (path_hash IN
             (SELECT path_hash FROM annotations WHERE length(note) = 700)
             OR CAST(replace(CAST(path AS TEXT), '.md', '') AS INTEGER) % 25 <> 0)",
        )
        .unwrap();
    for path in rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap() {
        let number: usize = String::from_utf8(path.unwrap())
            .unwrap()
            .trim_end_matches(".md")
            .parse()
            .unwrap();
        there.resize(there.len().max(number + 1), false);
        there[number] = words.contains(&number);
    }
    there
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_safe() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    // A fixed seed: the moments are the same in each run, as far as a machine's clock goes.
    let mut seed = 20_240_601_u64;
    let mut safe: Vec<u32> = Vec::new();
    for kill in 0..200 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let life = Duration::from_micros(5_000 + (seed >> 33) % 75_000);
        let mut child = child(folder.path(), Some(kill * 10_000));
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while line != "began\n" {
            line.clear();
            assert!(
                out.read_line(&mut line).unwrap() > 0,
                "the child ended by itself"
            );
        }
        thread::sleep(life);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        safe.extend(numbers(&rest));
        let there = look(folder.path());
        let lost = safe
            .iter()
            .find(|number| !there.get(**number as usize).copied().unwrap_or(false));
        assert_eq!(lost, None, "after kill {kill}");
    }
    assert!(
        safe.len() > 200,
        "only {} were written: the kills came too early to show anything",
        safe.len()
    );
}

#[test]
fn a_kill_loses_nothing_older_than_two_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = child(folder.path(), None);
    let mut printed = Vec::new();
    let start = Instant::now();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        printed.extend(numbers(&(line.unwrap() + "\n")).map(|number| (number, Instant::now())));
        if start.elapsed() > Duration::from_secs(4) {
            break;
        }
    }
    let killed = Instant::now();
    child.kill().unwrap();
    child.wait().unwrap();
    let there = look(folder.path());
    let old: Vec<u32> = printed
        .iter()
        .filter(|(_, at)| killed - *at > Duration::from_secs(2))
        .map(|printed| printed.0)
        .collect();
    assert!(old.len() > 10, "only {} are old enough", old.len());
    let lost = old
        .iter()
        .find(|number| !there.get(**number as usize).copied().unwrap_or(false));
    assert_eq!(lost, None);
}
