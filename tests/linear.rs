//! The linear view through pipes: typed lines go in, printed lines come out.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

const TEA: &str = "---
title: 茶叶价格上涨
date: 2024-03-02T08:00:00.000Z
description: Tea prices rise after a dry spring
tags:
- 农业
author: gazette
---

[原文链接](https://example.org/tea)

茶叶价格上涨

# 茶叶价格上涨

春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，见[公报](https://example.org/bulletin)。

## 要点：

1. **产量下降**：今年的春茶比去年少。
2. **价格上升**：绿茶每公斤贵了二十元。

> 雨水来得太晚。

---

 **Summary:**
A dry spring has cut the harvest, and traders say that green tea costs a fifth more than a year ago, as the [bulletin](https://example.org/bulletin) has it.

**Key Points:**

1. **Smaller harvest**: this spring's crop is smaller than the last.
2. **Higher prices**: a kilogram of green tea costs twenty yuan more.

> The rain came too late.

[Source Link](https://example.org/tea)
";

const LIBRARY: &str = "---
title: \"\\e[31m图书馆\\e[0m延长开放时间\"
date: 2024-03-01T08:00:00.000Z
description: The library stays open longer
---

# 图书馆延长开放时间

市立图书馆从四月起每天开放到晚上\u{1b}[31m十点。

---

**Summary:**
From April the city library stays open until ten in the evening.
";

/// A folder with two digests, the tea one the newer, and twelve older notes; and folders for what
/// the program keeps.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("digests");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("tea.md"), TEA).unwrap();
        fs::write(folder.join("library.md"), LIBRARY).unwrap();
        for day in 10..22 {
            let note = format!("---\ntitle: Note {day}\ndate: 2024-01-{day}\n---\n\nA note.\n");
            fs::write(folder.join(format!("note{day}.md")), note).unwrap();
        }
        Self(home)
    }

    fn command(&self, locale: &str) -> Command {
        let mut command = Command::cargo_bin("jianbao").unwrap();
        for (variable, folder) in [
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
        ] {
            command.env(variable, self.0.path().join(folder));
        }
        command.env("TERM", "xterm-256color").env("TZ", "UTC");
        command.env("LC_ALL", locale).arg("--linear");
        command.arg(self.0.path().join("digests"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// What is printed for some lines, after which the input ends.
    fn session(&self, locale: &str, lines: &[&str]) -> String {
        let mut child = self.command(locale).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input
            .write_all((lines.join("\n") + "\n").as_bytes())
            .unwrap();
        drop(input);
        let mut printed = String::new();
        let mut output = child.stdout.take().unwrap();
        output.read_to_string(&mut printed).unwrap();
        assert!(child.wait().unwrap().success(), "{printed}");
        assert!(!printed.contains('\u{1b}'), "{printed:?}");
        printed
    }
}

/// Each command once, on the way through the list, an article and a search.
const SESSION: [&str; 36] = [
    "m",
    "m",
    "b",
    "1",
    "",
    "",
    "1",
    "y",
    "q",
    "t",
    "x",
    "",
    "w",
    "links",
    "o",
    "2",
    "",
    "",
    "",
    "s",
    "n",
    "l",
    "/tag:农业",
    "/tag:(",
    "/",
    "\\绿茶",
    "2",
    "q",
    "q",
    "find x",
    "r",
    "sort",
    "99",
    "nonsense",
    "!",
    "h",
];

#[test]
fn a_session_in_english() {
    insta::assert_snapshot!(Home::new().session("C", &SESSION));
}

#[test]
fn a_session_in_chinese() {
    insta::assert_snapshot!(Home::new().session("zh_CN.UTF-8", &SESSION));
}

#[test]
fn a_sentence_is_said_with_its_translation() {
    let printed = Home::new().session("C", &["1", ".", ".", ",", "x", "v"]);
    let lines: Vec<&str> = printed.lines().collect();
    let at = |text: &str| lines.iter().position(|line| *line == text);
    let (zh, en) = (
        at("今年的春茶比去年少。").or_else(|| at("产量下降：今年的春茶比去年少。")),
        at("Smaller harvest: this spring's crop is smaller than the last."),
    );
    assert!(zh.is_some() && zh.map(|zh| zh + 1) == en, "{printed}");
    assert!(printed.contains("Only on the screen"), "{printed}");
}

#[test]
fn reading_goes_on_where_it_stopped() {
    let home = Home::new();
    home.session("C", &["2", "l", "1", "", "s", "x"]);
    let printed = home.session("C", &["w", "q", "q"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines[0].contains("14 articles"), "{printed}");
    assert!(printed.contains("paragraph 3 of 6"), "{printed}");
    assert!(printed.contains("Heading 2: Key Points"), "{printed}");
    assert!(printed.contains("read, starred"), "{printed}");
}

#[test]
fn both_languages_are_said_one_after_the_other() {
    let printed = Home::new().session("C", &["1", "both-languages", ""]);
    let chinese = printed.rfind("春天少雨").unwrap();
    let english = printed.rfind("A dry spring has cut").unwrap();
    assert!(chinese < english, "{printed}");
}

#[test]
fn questions_are_answered_by_a_line() {
    let printed = Home::new().session(
        "C",
        &["A", "n", "A", "y", "/is:read", "save-search", "Done"],
    );
    assert!(printed.contains("Nothing was marked"), "{printed}");
    assert!(printed.contains("Marked 14 articles as read"), "{printed}");
    assert!(printed.contains("Save as: is:read"), "{printed}");
    assert!(printed.contains("Saved on Alt-1: Done"), "{printed}");
}

#[test]
fn reading_all_files_again_has_a_beginning_and_an_end() {
    let printed = Home::new().session("C", &["R"]);
    let (_, after) = printed.split_once("Reading all files again\n").unwrap();
    assert!(after.starts_with("digests: 14 articles"), "{printed}");
}

#[test]
fn what_a_command_prints_is_said() {
    let printed = Home::new().session("C", &["1", "|", "grep -c ."]);
    assert!(printed.contains("Running grep -c ."), "{printed}");
    assert!(printed.ends_with("y copy · Esc back\n"), "{printed}");
}

#[test]
fn settings_are_changed_and_mistakes_in_them_are_said() {
    let printed = Home::new().session("C", &["language zh-CN", "h", "theme=bleu"]);
    assert!(printed.contains("language=zh-CN\n"), "{printed}");
    assert!(printed.contains("下一段"), "{printed}");
    assert!(printed.contains("bleu"), "{printed}");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let home = Home::new();
    let mut command = home.command("C");
    command.stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    // It may have ended already.
    let _ = input.write_all(b"1\n\n\n");
    let mut errors = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut errors).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(errors, "");
}
