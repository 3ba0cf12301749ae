//! `jianbao lookup` and `jianbao dict`: what is found, and which files are dictionaries.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Runs the program with a data folder, in a language. The exit code, and what it printed.
fn run_in(data: &Path, language: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("jianbao").unwrap();
    for folder in ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(folder, data);
    }
    command.env("LC_ALL", language).stdin(Stdio::null());
    let output = command.args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn words_of_both_languages_are_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), "C", arguments);
    let (code, out, _) = run(&["lookup", "發電站", "turbines"]);
    assert_eq!(code, 0);
    let expected = "\
发电站 發電站 fādiànzhàn
  power station
Related words:
  发电 發電 fādiàn: to generate electricity; to send a telegram
  电站 電站 diànzhàn: power station; power plant

turbine
  涡轮 wōlún
";
    assert!(out.starts_with(expected), "{out}");
    let (code, out, _) = run(&["lookup", "--json", "zxqqj", "interest rate"]);
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((code, lines.len()), (0, 2));
    assert_eq!(lines[0]["entries"], serde_json::json!([]));
    assert_eq!(lines[1]["entries"][0]["senses"][0], "利率 lìlǜ");
    assert_eq!(run(&["lookup", "zxqqj"]).0, 1);
    // A text is split into words.
    let (code, out, _) = run(&["lookup", "发电站投产满一年"]);
    assert!(
        code == 1 && out.contains("not in the dictionary") && out.contains("  投产"),
        "{out}"
    );
    let (_, out, _) = run_in(folder.path(), "zh_CN.UTF-8", &["lookup", "发电站"]);
    assert!(out.contains("相关的词："), "{out}");
    // Nothing was written.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn dictionaries_are_added_asked_listed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), "C", arguments);
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let export = "# CC-CEDICT\n曉鯨 晓鲸 [xiao3 jing1] /a \u{1b}[31mhostile whale/\n";
    let export = file("new.u8.gz", &packed(export.as_bytes()));
    assert_eq!(run(&["dict", "add", &export]).1, "new: 1 words\n");
    let ecdict = file(
        "ecdict.csv",
        "word,phonetic,definition,translation,pos\nzxqqj,zks,,n. 字\\nv. 词,\n".as_bytes(),
    );
    assert_eq!(run(&["dict", "add", &ecdict]).1, "ecdict: 1 words\n");
    let info = file(
        "star.ifo",
        b"StarDict's dict ifo file\nsametypesequence=m\n",
    );
    file("star.idx", b"zxqqj\0\0\0\0\0\0\0\0\x04");
    file("star.dict.dz", &packed(b"star"));
    assert_eq!(run(&["dict", "add", &info]).1, "star: 1 words\n");
    assert_eq!(
        run(&["dict", "list"]).1,
        "ecdict: 1 words\nnew: 1 words\nstar: 1 words\n"
    );
    assert_eq!(
        run(&["lookup", "zxqqj"]).1,
        "zxqqj zks (ecdict)\n  n. 字\n  v. 词\nzxqqj (star)\n  star\n"
    );
    let (code, out, _) = run(&["lookup", "曉鯨"]);
    assert!(
        code == 0 && out.contains("晓鲸 曉鯨 xiǎojīng (new)") && !out.contains('\u{1b}'),
        "{out}"
    );
    assert_eq!(run(&["dict", "remove", "star"]).0, 0);
    let (code, _, err) = run(&["dict", "remove", "../star"]);
    assert!(code == 2 && err.contains("no dictionary ../star"), "{err}");
    // A damaged file of ours has no words, and is no reason to fail.
    let ours = folder.path().join("jianbao/dictionaries/ecdict.words");
    fs::write(&ours, "damaged").unwrap();
    assert_eq!(run(&["dict", "list"]).1, "new: 1 words\n");
    assert_eq!(run(&["lookup", "zxqqj"]).0, 1);
}

#[test]
fn what_is_no_dictionary_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let add = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let (code, out, err) = run_in(folder.path(), "C", &["dict", "add", path.to_str().unwrap()]);
        assert_eq!((code, &*out, err.lines().count()), (2, "", 1), "{err}");
        err
    };
    assert!(add("a.txt", b"hello\n").contains("a.txt: no dictionary"));
    assert!(add("a.u8.gz", &packed(b"x")[..12]).contains("the packed file is damaged"));
    assert!(add("b.ifo", b"StarDict's dict ifo file\n").contains("b.idx: no such file"));
    fs::write(folder.path().join("c.idx"), b"word\0\0\0\0\0\0\0\0\x09").unwrap();
    fs::write(folder.path().join("c.dict"), b"short").unwrap();
    assert!(add("c.ifo", b"StarDict's dict ifo file\n").contains("does not fit"));
    let (code, _, err) = run_in(folder.path(), "C", &["dict", "add", "/dev/zero"]);
    assert!(code == 2 && err.lines().count() == 1, "{err}");
    assert!(!folder.path().join("jianbao").exists());
}
