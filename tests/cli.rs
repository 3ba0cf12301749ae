//! The command line: what is printed where, and the exit codes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

const DIGEST: &str = "---
title: 茶叶价格上涨
date: 2024-03-02T08:00:00.000Z
description: Tea prices rise after a dry spring
tags: 
- 农业
author: gazette
---

# 茶叶价格上涨

春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成。

---

 **Summary:**
A dry spring has cut the harvest, and traders say that green tea costs more than a year ago.
";

fn jianbao() -> Command {
    let mut command = Command::cargo_bin("jianbao").unwrap();
    // The index and the memory of whoever runs the tests are left alone.
    command.env(
        "XDG_CACHE_HOME",
        concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"),
    );
    command.env(
        "XDG_DATA_HOME",
        concat!(env!("CARGO_TARGET_TMPDIR"), "/data"),
    );
    command.env(
        "XDG_CONFIG_HOME",
        concat!(env!("CARGO_TARGET_TMPDIR"), "/config"),
    );
    for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "TERM_PROGRAM"] {
        command.env_remove(name);
    }
    command
        .env("TERM", "xterm-256color")
        .env("TZ", "UTC")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    outcome(&jianbao().args(arguments).output().unwrap())
}

fn outcome(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().expect("an exit code"),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tea.md"), DIGEST).unwrap();
    fs::write(
        folder.path().join("later.md"),
        DIGEST
            .replace("2024-03-02", "2025-01-01")
            .replace("茶叶", "咖啡"),
    )
    .unwrap();
    fs::write(folder.path().join("plain.txt"), "# No date\n").unwrap();
    fs::write(folder.path().join("notes.rs"), "not an article").unwrap();
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// One line on standard error that begins with the program's name, nothing on standard output, and
/// 2.
fn fails_with(arguments: &[&str], reason: &str) {
    let (code, out, err) = run(arguments);
    assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
    assert!(
        err.starts_with("jianbao: ") && err.trim_end().lines().count() == 1 && err.contains(reason),
        "{err}"
    );
}

#[test]
fn short_help_has_a_line_for_each_option_and_long_help_more() {
    let commands = "show list search check align pairs figures lookup dict state config";
    let mut all: Vec<Vec<&str>> = commands.split(' ').map(|command| vec![command]).collect();
    all.extend([
        vec![],
        vec!["state", "export"],
        vec!["state", "import"],
        vec!["dict", "add"],
        vec!["dict", "remove"],
    ]);
    for command in all {
        let (code, short, _) = run(&[&command[..], &["-h"]].concat());
        assert_eq!(code, 0);
        let items = short.lines().filter(|line| line.starts_with("  "));
        for line in items {
            assert!(line.chars().count() <= 80, "{command:?}: {line}");
            // What goes on in another line is set far to the right.
            assert!(!line.starts_with("         "), "{command:?}: {line}");
        }
        assert!(!short.contains("Exit code") && !short.contains("Fields"));
        let long = run(&[&command[..], &["--help"]].concat()).1;
        assert!(long.lines().count() > short.lines().count(), "{command:?}");
    }
}

#[test]
fn help_and_version() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for word in [
        "Examples:",
        "show",
        "list",
        "--theme",
        "--lang",
        "--ambiguous",
        "--no-mouse",
        "Exit codes",
    ] {
        assert!(out.contains(word), "{word} is missing in\n{out}");
    }
    assert_eq!(
        run(&["--version"]).1,
        format!("jianbao {}\n", env!("CARGO_PKG_VERSION"))
    );
    let (_, out, _) = run(&["list", "--help"]);
    for field in [
        "path",
        "path_en",
        "title_zh",
        "title_en",
        "date",
        "moment",
        "source",
        "tags",
        "languages",
        "mixed",
        "problems",
    ] {
        assert!(
            out.contains(&format!("\n  {field} ")),
            "{field} is missing in\n{out}"
        );
    }
}

#[test]
fn without_a_terminal_the_reader_says_so_and_does_not_wait() {
    fails_with(
        &[],
        "the reader needs a terminal; standard output is not a terminal",
    );
    fails_with(&["-"], "jianbao show FILE");
}

#[test]
fn what_is_not_there_is_reported_in_one_line() {
    let folder = folder();
    fails_with(
        &["show", "/nowhere/x.md"],
        "/nowhere/x.md: no such file or folder",
    );
    fails_with(&["list", "/nowhere"], "no such file or folder");
    fails_with(&["show", folder.path().to_str().unwrap()], "`jianbao list`");
    fails_with(&["show", "\x1b]0;title\x07x"], "no such file or folder");
    let (_, _, err) = run(&["show", "\x1b]0;title\x07x"]);
    assert!(!err.contains('\x1b') && !err.contains('\x07'), "{err:?}");
}

#[test]
fn a_usage_error_is_two() {
    for arguments in [
        &["show"][..],
        &["--nonsense"],
        &["show", "--width", "0", "x"],
        &["list", "a", "b"],
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains("Usage") || err.contains("--help"), "{err}");
    }
}

#[test]
fn a_log_is_written_to_a_new_file_outside_the_articles() {
    let (folder, other) = (folder(), tempfile::tempdir().unwrap());
    let (articles, log) = (folder.path().to_str().unwrap(), path(&other, "log"));
    let (code, out, err) = run(&["--debug", &log, "list", articles]);
    assert_eq!((code, out.lines().count(), err.as_str()), (0, 3, ""));
    let written = fs::read_to_string(&log).unwrap();
    for part in [
        env!("CARGO_PKG_VERSION"),
        "xterm-256color",
        articles,
        "scan",
        "ended",
    ] {
        assert!(written.contains(part), "{part} is missing in\n{written}");
    }
    fails_with(&["list", articles, "--debug", &log], "the file exists");
    assert_eq!(fs::read_to_string(&log).unwrap(), written);
    for arguments in [
        &["list", articles][..],
        &["show", &path(&folder, "tea.md")],
        &["search", "tea", articles],
    ] {
        let inside = path(&folder, "log");
        fails_with(
            &[&["--debug", &inside][..], arguments].concat(),
            "outside the folder of articles",
        );
        assert!(!Path::new(&inside).exists());
    }
    let failed = path(&other, "failed");
    fails_with(
        &["--debug", &failed, "show", "/nowhere/x.md"],
        "no such file or folder",
    );
    assert!(fs::read_to_string(&failed).unwrap().contains("ERROR"));
}

#[test]
fn options_of_the_reader_are_refused_before_a_command() {
    fails_with(&["--lang", "en", "list"], "go after the command");
    fails_with(&["digests", "list"], "go after the command");
}

#[test]
fn a_fifo_is_refused_and_not_waited_for() {
    let folder = folder();
    let fifo = path(&folder, "fifo.md");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    fails_with(&["show", &fifo], "it is a FIFO, not a file");
    let (code, out, _) = run(&["list", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0);
    assert!(
        out.lines()
            .any(|line| line.contains("fifo.md") && line.contains('!')),
        "{out}"
    );
}

#[test]
fn show_prints_each_language_plain_in_a_pipe() {
    let folder = folder();
    let tea = path(&folder, "tea.md");
    let (code, chinese, err) = run(&["show", &tea]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        chinese.starts_with("茶叶价格上涨\n2024-03-02 08:00 · gazette · 农业 · 中 / EN\n"),
        "{chinese}"
    );
    assert!(
        chinese.contains("春天少雨") && !chinese.contains("dry spring has cut"),
        "{chinese}"
    );
    let (_, english, _) = run(&["show", &tea, "--lang", "en"]);
    assert!(
        english.contains("A dry spring has cut") && !english.contains("春天少雨"),
        "{english}"
    );
    let (_, both, _) = run(&["show", &tea, "--lang", "both"]);
    assert!(
        both.find("春天少雨").unwrap() < both.find("A dry spring has cut").unwrap(),
        "{both}"
    );
    assert!(!(chinese + &english + &both).contains('\x1b'));
}

#[test]
fn show_keeps_to_the_width_and_colours_when_asked() {
    let folder = folder();
    let tea = path(&folder, "tea.md");
    let (_, out, _) = run(&["show", &tea, "--lang", "en", "--width", "30"]);
    let text = out.lines().skip(3);
    assert!(
        text.clone().count() > 3 && text.clone().all(|line| line.len() <= 30),
        "{out}"
    );
    let (_, coloured, _) = run(&["show", &tea, "--color", "always"]);
    assert!(coloured.contains("\x1b["), "{coloured:?}");
    for line in coloured.lines() {
        assert!(
            !line.contains('\x1b') || line.ends_with("\x1b[0m"),
            "colours end with the line: {line:?}"
        );
    }
}

#[test]
fn show_reads_standard_input() {
    let folder = folder();
    let file = fs::File::open(folder.path().join("tea.md")).unwrap();
    let output = jianbao()
        .args(["show", "-", "--lang", "en"])
        .stdin(file)
        .output()
        .unwrap();
    let (code, out, _) = outcome(&output);
    assert_eq!(code, 0);
    assert!(out.contains("A dry spring has cut"), "{out}");
}

#[test]
fn list_is_newest_first_and_undated_last() {
    let folder = folder();
    let (code, out, err) = run(&["list", folder.path().to_str().unwrap()]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(
        lines[0].starts_with("2025-01-01  中 EN   咖啡")
            && lines[0].ends_with(&format!("· gazette · {}", path(&folder, "later.md"))),
        "{out}"
    );
    assert!(
        lines[1].starts_with("2024-03-02")
            && lines[2].ends_with(&format!("No date · {}", path(&folder, "plain.txt"))),
        "{out}"
    );
}

#[test]
fn list_is_coloured_when_asked() {
    let folder = folder();
    let list = |colour: &str| {
        let folder = folder.path().to_str().unwrap();
        run(&["list", folder, "--color", colour]).1
    };
    let coloured = list("always");
    assert!(coloured.contains("\u{1b}[1m茶叶价格上涨"), "{coloured:?}");
    for colour in ["auto", "never"] {
        assert!(!list(colour).contains('\u{1b}'), "{colour}");
    }
}

#[test]
fn list_in_json_says_when_an_article_was_opened() {
    let (folder, data) = (folder(), tempfile::tempdir().unwrap());
    let jianbao = |arguments: &[&str]| {
        let mut command = jianbao();
        command.env("XDG_DATA_HOME", data.path()).args(arguments);
        let (code, out, err) = outcome(&command.output().unwrap());
        assert_eq!((code, err.as_str()), (0, ""));
        out
    };
    let root = folder.path().canonicalize().unwrap();
    let state = folder.path().join("state.jsonl");
    let line = serde_json::json!({
        "kind": "article", "library": root, "path": "tea.md", "state": "read", "starred": false, "position": null,
        "alignment": null, "link_hash": 0, "content_hash": 0, "opened": 1_780_000_000_000_i64, "changed": 7,
    });
    fs::write(&state, line.to_string()).unwrap();
    jianbao(&["state", "import", state.to_str().unwrap()]);
    let out = jianbao(&["list", "--json", folder.path().to_str().unwrap()]);
    let opened =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["opened"].clone();
    let opened: Vec<_> = out.lines().map(opened).collect();
    let null = serde_json::Value::Null;
    assert_eq!(opened, [null.clone(), "2026-05-28T20:26:40Z".into(), null]);
}

#[test]
fn list_in_json_has_the_fields_promised() {
    let folder = folder();
    let (_, out, _) = run(&["list", "--json", folder.path().to_str().unwrap()]);
    let objects: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let expected = serde_json::json!({
        "path": path(&folder, "tea.md"), "path_en": null, "title": "茶叶价格上涨", "title_zh": "茶叶价格上涨", "title_en": "Tea prices rise after a dry spring",
        "date": "2024-03-02T08:00:00.000Z", "moment": "2024-03-02T08:00:00Z", "date_from": null, "source": "gazette", "tags": ["农业"], "own_tags": [],
        "languages": ["zh", "en"], "mixed": false, "problems": 0, "read": false, "finished": false, "starred": false, "opened": null,
    });
    assert_eq!(objects[1], expected);
    assert_eq!(objects[2]["moment"], serde_json::Value::Null);
}

#[test]
fn an_article_that_mixes_the_languages_is_not_one_in_both() {
    let folder = tempfile::tempdir().unwrap();
    let chinese = "茶叶价格在干旱的春天之后上涨，农民说今年的收成只有去年的一半。";
    let english = "Tea prices rose after a dry spring, and farmers say that the harvest is half of last year's.";
    let mixed = [chinese, english, "# 米", chinese, english, "# 油", english].join("\n\n");
    fs::write(folder.path().join("mixed.md"), mixed).unwrap();
    let both = format!("# 中文\n\n{chinese}\n\n# English\n\n{english}\n");
    fs::write(folder.path().join("both.md"), both).unwrap();
    let root = folder.path().to_str().unwrap();
    for (query, sign, name) in [
        ("lang:both", "中 EN", "both.md"),
        ("lang:mixed", "中+EN", "mixed.md"),
    ] {
        let (_, out, _) = run(&["list", root, "--query", query]);
        assert_eq!(out.lines().count(), 1, "{query}: {out}");
        assert!(out.contains(sign) && out.contains(name), "{out}");
        let (_, out, _) = run(&["list", root, "--json", "--query", query]);
        let object: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(object["languages"], serde_json::json!(["zh", "en"]));
        assert_eq!(object["mixed"], query == "lang:mixed");
    }
}

#[test]
fn wild_file_names_are_printed_clean() {
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"\x1b]0;x\x07\xff\ny\xe2\x80\xae.md");
    if fs::write(folder.path().join(name), "").is_err() {
        return println!("skipped: this file system takes no such names");
    }
    let list = |arguments: &[&str]| {
        let output = jianbao()
            .arg("list")
            .args(arguments)
            .arg(folder.path())
            .output()
            .unwrap();
        let (_, out, _) = outcome(&output);
        assert_eq!(out.lines().count(), 1, "{out:?}");
        assert!(!out.contains(['\x1b', '\x07', '\u{202e}']), "{out:?}");
    };
    list(&[]);
    list(&["--json"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    for index in 0..4_000 {
        fs::write(
            folder.path().join(format!(
                "an article with a rather long name, number {index}.md"
            )),
            "",
        )
        .unwrap();
    }
    let mut child = jianbao()
        .arg("list")
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The first bytes are read, then nobody reads any more.
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let (code, _, err) = outcome(&child.wait_with_output().unwrap());
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn a_closed_folder_inside_is_reported_and_the_rest_is_listed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let readable_all_the_same = fs::read_dir(&closed).is_ok();
    let (code, out, err) = run(&["list", folder.path().to_str().unwrap()]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!((code, out.lines().count()), (0, 3));
    assert!(
        readable_all_the_same || err.contains("cannot read the folder closed: permission denied"),
        "{err}"
    );
}

/// The corpus, where it is at hand: every file prints in both languages, and nothing of it reaches
/// the terminal uncleaned.
#[test]
fn the_wild_files_print_clean() {
    let corpus = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/corpus/wild"
    ));
    let Ok(entries) = fs::read_dir(corpus) else {
        return println!("skipped: {} is absent", corpus.display());
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let (code, out, err) = outcome(
            &jianbao()
                .args(["show", "--lang", "both"])
                .arg(&path)
                .output()
                .unwrap(),
        );
        assert_eq!((code, err.as_str()), (0, ""), "{}", path.display());
        let dirty = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(
            !out.contains(dirty),
            "{}: {:?}",
            path.display(),
            out.matches(dirty).collect::<Vec<_>>()
        );
    }
}

#[test]
fn two_files_of_one_article_are_one_unless_asked_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let (zh, en) = DIGEST.split_once("---\n\n **Summary:**\n").unwrap();
    fs::write(
        folder.path().join("tea.md"),
        zh.replace("description: Tea prices rise after a dry spring\n", ""),
    )
    .unwrap();
    fs::write(
        folder.path().join("tea-en.md"),
        format!("# Tea prices rise\n\n{en}"),
    )
    .unwrap();
    let path = folder.path().to_str().unwrap();
    let (_, out, _) = run(&["list", "--json", path]);
    let object: serde_json::Value = serde_json::from_str(&out).expect("one line");
    assert_eq!(
        (&object["path"], &object["path_en"]),
        (
            &format!("{path}/tea.md").into(),
            &format!("{path}/tea-en.md").into()
        )
    );
    assert_eq!(
        (&object["title_zh"], &object["title_en"]),
        (&"茶叶价格上涨".into(), &"Tea prices rise".into())
    );
    let expected = format!("茶叶价格上涨 · gazette · {path}/tea.md · {path}/tea-en.md\n");
    assert!(run(&["list", path]).1.ends_with(&expected));
    assert_eq!(run(&["list", "--no-pairing", path]).1.lines().count(), 2);
    for name in ["tea.md", "tea-en.md"] {
        let file = folder.path().join(name);
        let (_, out, _) = run(&["show", "--lang", "both", file.to_str().unwrap()]);
        assert!(
            out.contains("春天少雨") && out.contains("A dry spring"),
            "{out}"
        );
        let (_, out, _) = run(&[
            "show",
            "--lang",
            "both",
            "--no-pairing",
            file.to_str().unwrap(),
        ]);
        assert!(
            out.contains("春天少雨") != out.contains("A dry spring"),
            "{out}"
        );
    }
}

#[test]
fn settings_come_from_the_file_the_environment_and_the_command_line() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("jianbao");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("config.toml");
    fs::write(
        &file,
        "reading_language = \"en\"\npinyin = true\nthem = 1\n",
    )
    .unwrap();
    let jianbao = |arguments: &[&str]| {
        let mut command = jianbao();
        command.env("XDG_CONFIG_HOME", home.path());
        command.env("JIANBAO_PINYIN", "false");
        outcome(&command.args(arguments).output().unwrap())
    };
    let mistake = format!(
        "{}:3: no setting them; did you mean theme?\n",
        file.display()
    );
    let (code, out, err) = jianbao(&["config", "-o", "theme=dark"]);
    assert_eq!((code, err), (0, format!("jianbao: {mistake}")));
    for line in [
        "reading_language = \"en\"     # file",
        "pinyin = false              # environment",
        "theme = \"dark\"              # command line",
        "mouse = true                # default",
    ] {
        assert!(out.lines().any(|other| other == line), "{line} in {out}");
    }
    let (code, out, _) = jianbao(&["config", "--check"]);
    assert_eq!((code, out), (2, mistake.clone()));
    // A mistake in the file stops no command, one on the command line does.
    let digest = "assets/digests/2026-05-14-tidal-power.md";
    let (code, out, err) = jianbao(&["show", digest]);
    assert_eq!((code, err), (0, format!("jianbao: {mistake}")));
    assert!(out.starts_with("A tidal array"), "{out}");
    let (_, out, _) = jianbao(&["show", "--lang", "zh", "--pinyin", digest]);
    assert!(out.contains("cháo"), "an option wins over the environment");
    let (code, _, err) = jianbao(&["show", "--color", "never", "--theme", "drak", digest]);
    let expected = "jianbao: no theme drak; did you mean dark?\n";
    assert_eq!((code, err.as_str()), (2, expected));
    fs::write(&file, vec![b'#'; 2 << 20]).unwrap();
    let (code, out, _) = jianbao(&["config", "--check"]);
    assert!(code == 2 && out.contains("larger than 1 MB"), "{out}");
    fs::write(&file, b"\xff\xfe\0").unwrap();
    let (_, out, _) = jianbao(&["config", "--check"]);
    assert!(out.contains("not UTF-8 text"), "{out}");
}

#[test]
fn themes_are_those_of_the_program_and_the_readers_own() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("jianbao/themes");
    fs::create_dir_all(&folder).unwrap();
    let own = folder.join("mine.toml");
    let show = |theme: &str| {
        let mut command = jianbao();
        command.env("XDG_CONFIG_HOME", home.path());
        command
            .env("COLORTERM", "truecolor")
            .env("TERM", "xterm-256color");
        let digest = "assets/digests/2026-05-14-tidal-power.md";
        let output = command
            .args(["show", "--color", "always", "-o", theme, digest])
            .output();
        outcome(&output.unwrap())
    };
    fs::write(&own, "inherits = \"nord\"\naccent = \"#010203\"\n").unwrap();
    for theme in [
        "theme=mine",
        "theme = { light = \"nord\", dark = \"mine\" }",
    ] {
        let (code, out, err) = show(theme);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out.contains("38;2;1;2;3m"), "{theme}: {out}");
    }
    let path = own.display();
    let nonsense = vec![b'#'; 10 << 20];
    let mistakes: [(&[u8], String); 4] = [
        (
            b"kind = \"dark\"\nacent = \"red\"",
            format!("{path}:2: no colour acent; did you mean accent?"),
        ),
        (
            b"text = \"#12\"",
            format!("{path}:1: text: expected a colour"),
        ),
        (
            b"\0\xff\xfe",
            format!("{path}: not UTF-8 text, so it is not read"),
        ),
        (
            &nonsense,
            format!("{path}: larger than 1 MB, so it is not read"),
        ),
    ];
    for (file, message) in mistakes {
        fs::write(&own, file).unwrap();
        let (code, _, err) = show("theme=mine");
        assert!(code == 2 && err.contains(&message), "{message}: {err}");
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let commands = ["list", "search", "check", "config", "completions"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell", "nushell"] {
        let (code, out, err) = run(&["completions", shell]);
        assert_eq!((code, err.as_str()), (0, ""), "{shell}");
        for command in commands {
            assert!(out.contains(command), "{command} in {shell}");
        }
    }
    let (code, page, _) = run(&["man"]);
    assert_eq!(code, 0);
    for text in [
        "jianbao\\-search",
        "KEYS",
        "switch language",
        "SETTINGS",
        "key_preset",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let (_, page, _) = run(&["man", "search"]);
    assert!(
        page.contains("jianbao\\-search") && page.contains("word\\-regexp"),
        "{page}"
    );
    let (code, _, err) = run(&["man", "nothing"]);
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "jianbao: no command nothing; `jianbao --help` lists them\n"
        )
    );
}

#[test]
fn a_library_with_a_name_is_read_by_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("jianbao");
    fs::create_dir(&folder).unwrap();
    let digests = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/digests");
    let library = format!("[[library]]\nname = \"news\"\npath = {digests:?}\n");
    fs::write(folder.join("config.toml"), library).unwrap();
    let list = |name: &str| {
        let mut command = jianbao();
        command.env("XDG_CONFIG_HOME", home.path());
        outcome(&command.args(["list", name]).output().unwrap())
    };
    let (code, out, _) = list("@news");
    assert_eq!((code, out.lines().count()), (0, 14));
    let (code, _, err) = list("@nws");
    let expected = "jianbao: no library named nws; there are @news\n";
    assert_eq!((code, err.as_str()), (2, expected));
}

#[test]
fn codes_are_denied_and_allowed_in_the_settings_and_the_command_line_wins() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("one.md");
    fs::write(
        &file,
        "---\ntitle: Tea\n---\n\nOnly English here, and nothing else at all.\n",
    )
    .unwrap();
    let check = |arguments: &[&str]| {
        let mut command = jianbao();
        command
            .env("XDG_CONFIG_HOME", home.path())
            .arg("check")
            .args(arguments);
        outcome(&command.arg(&file).output().unwrap())
    };
    assert_eq!(check(&[]).0, 1);
    let allow = "check_allow=[\"JB001\"]";
    assert_eq!(check(&["-o", allow]).0, 0);
    assert_eq!(check(&["-o", allow, "--deny", "JB001"]).0, 1);
    let (code, _, err) = check(&["-o", "check_deny=[\"JB099\"]"]);
    assert!(code == 2 && err.contains("unknown code JB099"), "{err}");
}
