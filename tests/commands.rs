//! The commands for scripts and translators: what `align`, `pairs`, `figures` and `check` print,
//! and their exit codes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use jianbao::check::RULES;
use serde_json::Value;
use tempfile::TempDir;

/// The first line is 1: the Chinese is on lines 7, 9 and 11, the English on 17, 19 and 21.
const DIGEST: &str = "---
title: 茶叶价格上涨
date: 2024-03-02
author: gazette
---

春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只剩下一半。

全国茶叶的销售额为 86 亿美元，出口占三分之一，详见[附表](tables/tea.md)。

1. **展望**：专家说，今年夏天的雨水会多一些，价格会慢慢降下来，但不会回到去年的水平。

---

**Summary:**

A dry spring has cut the harvest, and traders say that green tea costs a fifth more than last year, with only half the stock left.

Sales of tea came to $8.6 billion in the country, a third of it exports; see the [table](tables/tea.md).

1. **Outlook:** Experts say that there will be more rain this summer and prices will fall slowly, though not to the level of last year.

[Source Link](https://example.com/tea)
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
    for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "TERM_PROGRAM"] {
        command.env_remove(name);
    }
    command
        .env("TERM", "xterm-256color")
        .env("TZ", "UTC")
        .stdin(Stdio::null());
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = jianbao()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().expect("an exit code"),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// A folder with a sound digest; its table is there.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("tables")).unwrap();
    put(&folder, "tea.md", DIGEST);
    fs::write(
        folder.path().join("tables/tea.md"),
        DIGEST
            .replace("茶叶", "附表")
            .replace("/tea)", "/table)")
            .replace("tables/", ""),
    )
    .unwrap();
    folder
}

fn put(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.path().join(name), text).unwrap();
}

fn json(lines: &str) -> Vec<Value> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What `check --json` finds: code, file and line.
fn findings(folder: &TempDir, arguments: &[&str]) -> (i32, Vec<String>) {
    let (code, out, err) = run_in(folder.path(), &[&["check", "--json"], arguments].concat());
    assert_eq!(err, "");
    let found = json(&out).into_iter().map(|line| {
        format!(
            "{} {}:{} {}",
            line["code"].as_str().unwrap(),
            line["path"].as_str().unwrap(),
            line["line"],
            line["level"].as_str().unwrap()
        )
    });
    (code, found.collect())
}

#[test]
fn align_prints_the_lines_of_pairs() {
    let folder = folder();
    let expected = "7\t17\n9\t19\n11\t21\n";
    for arguments in [&["align", "tea.md"][..], &["align", "--tsv", "tea.md"]] {
        assert_eq!(
            run_in(folder.path(), arguments),
            (0, expected.into(), String::new())
        );
    }
    let (code, out, _) = run_in(folder.path(), &["align", "--json", "tea.md"]);
    let groups = json(&out);
    assert_eq!((code, groups.len()), (0, 3));
    assert_eq!(
        (&groups[1]["zh_lines"], &groups[1]["en_lines"]),
        (&Value::from(vec![9]), &Value::from(vec![19]))
    );
    assert!(
        groups
            .iter()
            .all(|group| (0.0..=1.0).contains(&group["confidence"].as_f64().unwrap()))
    );
}

#[test]
fn align_says_where_nothing_answers() {
    let folder = folder();
    let start = DIGEST.find("全国茶叶").unwrap();
    let end = start + DIGEST[start..].find("\n\n").unwrap() + 2;
    put(
        &folder,
        "short.md",
        format!("{}{}", &DIGEST[..start], &DIGEST[end..]),
    );
    assert_eq!(
        run_in(folder.path(), &["align", "short.md"]).1,
        "7\t15\n-\t17\n9\t19\n"
    );
}

#[test]
fn an_article_of_one_language_is_a_negative_answer() {
    let folder = folder();
    put(
        &folder,
        "zh.md",
        "# 茶叶\n\n春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成。\n",
    );
    for arguments in [&["align", "zh.md"][..], &["pairs", "zh.md"]] {
        let (code, out, err) = run_in(folder.path(), arguments);
        assert_eq!(
            (code, out.as_str(), err.lines().count()),
            (1, "", 1),
            "{arguments:?}"
        );
        assert!(
            err.starts_with("jianbao: ") && err.contains("bilingual"),
            "{err}"
        );
    }
    assert!(
        run_in(folder.path(), &["align", "zh.md"])
            .2
            .contains("no English section")
    );
    for arguments in [
        &["align", "nowhere.md"][..],
        &["align", "."],
        &["pairs", "nowhere"],
        &["figures", "."],
        &["check", "nowhere"],
    ] {
        let (code, out, err) = run_in(folder.path(), arguments);
        assert_eq!(
            (code, out.as_str(), err.lines().count()),
            (2, "", 1),
            "{arguments:?}"
        );
    }
}

#[test]
fn figures_are_printed_with_line_value_unit_and_kind() {
    let folder = folder();
    let (code, out, _) = run_in(folder.path(), &["figures", "tea.md", "--json"]);
    let found = json(&out);
    assert_eq!(code, 0);
    let find = |words: &str| {
        found
            .iter()
            .find(|line| line["text"] == words)
            .unwrap_or_else(|| panic!("{words} in {out}"))
    };
    let sales = find("86 亿美元");
    assert_eq!(
        (
            &sales["line"],
            &sales["value"],
            &sales["unit"],
            &sales["kind"]
        ),
        (
            &9.into(),
            &8_600_000_000_u64.into(),
            &"USD".into(),
            &"currency".into()
        )
    );
    assert_eq!(find("三分之一")["value"], 0.333_333_333_333_333);
    assert_eq!(find("$8.6 billion")["line"], 19);
    let keys: Vec<_> = sales
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys.len(), 5, "{keys:?}");
    let (_, table, _) = run_in(folder.path(), &["figures", "tea.md"]);
    assert!(
        table.starts_with("line  kind") && table.contains("8600000000  USD "),
        "{table}"
    );
}

#[test]
fn a_file_taken_as_one_language_is_read_whole() {
    let folder = folder();
    put(
        &folder,
        "en.txt",
        "title: 7 cats\n---\n\nabout\n25 per cent\n\n10^400 and $5\u{202e} and 1/0\n",
    );
    let (code, out, _) = run_in(
        folder.path(),
        &["figures", "--lang", "en", "--json", "en.txt"],
    );
    let found = json(&out);
    let lines: Vec<(u64, &str)> = found
        .iter()
        .map(|line| {
            (
                line["line"].as_u64().unwrap(),
                line["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(code, 0);
    assert!(
        lines.contains(&(1, "number"))
            && lines.contains(&(5, "percentage"))
            && lines.contains(&(7, "currency")),
        "{out}"
    );
    assert!(!out.contains('\u{202e}'));
}

#[test]
fn pairs_come_as_columns_and_as_json() {
    let folder = folder();
    let (code, out, err) = run_in(folder.path(), &["pairs", "."]);
    assert_eq!((code, err.as_str()), (0, ""));
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 6, "{out}");
    assert!(rows.iter().all(|row| row.len() == 5), "{out}");
    assert!(
        rows[0][0].starts_with("春天少雨") && rows[0][1].starts_with("A dry spring"),
        "{out}"
    );
    // In the order of paths, whichever thread was first.
    assert_eq!(
        (rows[0][2], rows[0][3], rows[0][4]),
        ("附表价格上涨", "tables/tea.md", "gazette")
    );
    assert_eq!(rows[5][3], "tea.md");

    let (_, out, _) = run_in(folder.path(), &["pairs", "tea.md", "--format", "json"]);
    let pairs = json(&out);
    assert_eq!(
        (
            &pairs[1]["zh_line"],
            &pairs[1]["en_line"],
            &pairs[1]["path"]
        ),
        (&9.into(), &19.into(), &"tea.md".into())
    );
    assert_eq!(pairs[1]["link"], "https://example.com/tea");
}

#[test]
fn sentences_can_be_paired() {
    let folder = folder();
    put(
        &folder,
        "two.md",
        DIGEST
            .replace(
                "库存也只剩下一半。",
                "库存也只剩下一半。天气预报说，雨季会来得更晚。",
            )
            .replace(
                "half the stock left.",
                "half the stock left. The forecast says that the rains will come even later.",
            ),
    );
    let count = |arguments: &[&str]| run_in(folder.path(), arguments).1.lines().count();
    assert_eq!(count(&["pairs", "two.md"]), 3);
    assert_eq!(count(&["pairs", "two.md", "--sentences"]), 4);
    let (_, out, _) = run_in(folder.path(), &["pairs", "two.md", "--sentences"]);
    for row in out.lines() {
        let confidence = row.split('\t').nth(5).unwrap().parse::<f64>().unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{row}");
    }
    // The second sentence of the first paragraph.
    let (code, out, _) = run_in(folder.path(), &["align", "two.md", "--sentences", "--tsv"]);
    assert_eq!(code, 0);
    let offset = |text: &str, sentence: &str| {
        text.find(sentence)
            .map(|at| text[..at].chars().count())
            .unwrap()
    };
    let zh = offset(
        "春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只剩下一半。天气",
        "天气",
    );
    assert!(
        out.lines().any(|line| line.contains(&format!(":{zh}\t"))),
        "{zh} in {out}"
    );
    let (_, out, _) = run_in(folder.path(), &["align", "two.md", "--sentences", "--json"]);
    assert!(
        json(&out)
            .iter()
            .all(|bead| bead["zh"].is_array() && bead["confidence"].is_number())
    );
}

/// What no terminal, no XML document and no row of a table should hold.
const HOSTILE: &str =
    "<b>&amp; ]]> <![CDATA[ \u{1b}[31m \u{7} \u{fffe} \u{202e} \" ' \\t &#0; </seg></tu>";

#[test]
#[allow(
    clippy::too_many_lines,
    reason = "one demand of the format after another"
)]
fn a_translation_memory_is_well_formed_whatever_the_text() {
    let folder = folder();
    let hostile = DIGEST
        .replace(
            "title: 茶叶",
            &format!("title: \"{}", "茶叶 <&> \\e\\u202e"),
        )
        .replace("上涨\n", "上涨\"\n");
    let hostile = hostile
        .replace("春天", &format!("春天 {HOSTILE} "))
        .replace("A dry", &format!("A {HOSTILE} dry"));
    put(&folder, "a & <b> \u{1}.md", hostile);
    for sentences in [false, true] {
        let (code, out, err) = run_in(
            folder.path(),
            &["pairs", ".", "--format", "tmx", "--sentences"][..if sentences { 5 } else { 4 }],
        );
        assert_eq!((code, err.as_str()), (0, ""));
        let document =
            roxmltree::Document::parse(&out).unwrap_or_else(|error| panic!("{error}\n{out}"));
        let root = document.root_element();
        assert_eq!(
            (root.tag_name().name(), root.attribute("version")),
            ("tmx", Some("1.4"))
        );
        let header = root
            .children()
            .find(|node| node.has_tag_name("header"))
            .unwrap();
        for (name, value) in [
            ("creationtool", "jianbao"),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("adminlang", "en"),
            ("srclang", "zh-CN"),
            ("datatype", "plaintext"),
            ("o-tmf", "Markdown"),
        ] {
            assert_eq!(header.attribute(name), Some(value));
        }
        let segments = if sentences { "sentence" } else { "paragraph" };
        assert_eq!(header.attribute("segtype"), Some(segments));
        let units: Vec<_> = root
            .descendants()
            .filter(|node| node.has_tag_name("tu"))
            .collect();
        for level in ["paragraph", "sentence"] {
            let of_level = |unit: &&roxmltree::Node| unit.attribute("segtype") == Some(level);
            let count = units.iter().filter(of_level).count();
            assert!(count >= 9, "{count} of {level}s");
        }
        for unit in units {
            // The order of the format: properties first, then a variant for each language.
            let names: Vec<_> = unit
                .children()
                .filter(roxmltree::Node::is_element)
                .map(|node| node.tag_name().name())
                .collect();
            assert_eq!(
                names,
                ["prop", "prop", "prop", "prop", "prop", "tuv", "tuv"]
            );
            let languages: Vec<_> = unit
                .children()
                .filter_map(|node| node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")))
                .collect();
            assert_eq!(languages, ["zh-CN", "en"]);
            let texts: Vec<_> = unit
                .descendants()
                .filter(|node| node.has_tag_name("seg"))
                .map(|node| node.text().unwrap_or_default())
                .collect();
            assert!(
                texts.iter().all(|text| !text.trim().is_empty()),
                "{texts:?}"
            );
        }
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}') && !out.contains('\u{1}'));
    }
}

#[test]
fn a_sound_folder_passes() {
    let folder = folder();
    assert_eq!(findings(&folder, &[]), (0, vec![]));
    assert_eq!(
        run_in(folder.path(), &["check"]),
        (0, "no problems found in 2 articles\n".into(), String::new())
    );
}

#[test]
#[allow(clippy::too_many_lines, reason = "one case after another")]
fn every_rule_finds_its_fault() {
    let folder = folder();
    let file = |name: &str, text: String| {
        put(
            &folder,
            name,
            text.replace("茶叶", name)
                .replace("com/tea", &format!("com/{name}")),
        );
    };
    file(
        "a-missing.md",
        DIGEST
            .split("\n---\n\n**Summary")
            .next()
            .unwrap()
            .to_owned(),
    );
    file("b-slip.md", DIGEST.replace("86 亿", "8.6 亿"));
    file("c-header.md", DIGEST.replace("title: ", "title: [译] "));
    file("d-date.md", DIGEST.replace("2024-03-02", "next week"));
    file(
        "e-dead.md",
        DIGEST
            .replace("tables/tea.md", "tables/none%1b.md")
            .replace("降下来", "降下来 ![图](x.png)"),
    );
    file("f-hidden.md", DIGEST.replace("少雨", "少\u{1b}[2J雨"));
    file("g-fence.md", format!("{DIGEST}\n```\ncode\n"));
    put(
        &folder,
        "h-copy.md",
        DIGEST
            .replace("title: ", "\ntitle: ")
            .replacen("---\n\n", "---\n", 1),
    );
    put(&folder, "i-empty.md", "");
    let broken: Vec<u8> = DIGEST
        .replace("茶叶", "i")
        .replace("com/tea", "com/i")
        .into_bytes();
    let at = broken
        .windows(3)
        .position(|bytes| bytes == "少".as_bytes())
        .unwrap();
    put(
        &folder,
        "j-bytes.md",
        [&broken[..at], &[0xE5, 0xB0][..], &broken[at + 3..]].concat(),
    );
    let start = DIGEST.find("全国茶叶").unwrap();
    let end = start + DIGEST[start..].find("\n\n").unwrap() + 2;
    file(
        "k-dropped.md",
        format!("{}{}", &DIGEST[..start], &DIGEST[end..]),
    );

    let (code, found) = findings(&folder, &[]);
    assert_eq!(code, 1);
    let expected = [
        "JB001 a-missing.md:7 denied",
        "JB003 b-slip.md:9 denied",
        "JB004 c-header.md:2 denied",
        "JB005 d-date.md:3 note",
        "JB007 e-dead.md:9 note",
        "JB008 e-dead.md:11 note",
        "JB014 f-hidden.md:7 note",
        "JB002 g-fence.md:25 note",
        "JB013 g-fence.md:25 note",
        "JB011 i-empty.md:1 note",
        "JB006 j-bytes.md:7 denied",
        "JB002 k-dropped.md:17 note",
        "JB009 tea.md:2 note",
        "JB010 tea.md:23 note",
    ];
    assert_eq!(found, expected);
    let (_, text, _) = run_in(folder.path(), &["check"]);
    assert!(
        text.contains(
            "b-slip.md:9: error JB003 figures that disagree: “8.6 亿美元” (860000000 USD) but “$8.6 billion”"
        ),
        "{text}"
    );
    assert!(
        text.contains("title of another article: h-copy.md also has the title “茶叶价格上涨”"),
        "{text}"
    );
    assert!(
        text.ends_with("4 errors, 10 notes (11 of 13 articles)\n"),
        "{text}"
    );
    assert!(
        !text.contains('\u{1b}'),
        "no colours in a pipe, and nothing of the files' own"
    );
    for code in 1..=RULES.len() {
        let code = format!("JB{code:03}");
        let (status, out, _) = run_in(folder.path(), &["check", "--explain", &code]);
        assert!(
            status == 0 && out.starts_with(&code) && out.lines().count() > 4,
            "{out}"
        );
    }
}

/// The help and the docs name every rule as the table of rules does.
#[test]
fn the_rules_are_those_of_the_help_and_the_docs() {
    let folder = folder();
    let help = run_in(folder.path(), &["check", "--help"]).1;
    let docs =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md")).unwrap();
    let cells: Vec<&str> = docs
        .lines()
        .filter(|line| line.starts_with("| JB"))
        .flat_map(|line| line.split('|'))
        .collect();
    let mut cells: Vec<&str> = cells
        .into_iter()
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    for rule in &RULES {
        let (code, title) = (rule.code, rule.title);
        let level = if rule.is_error { "error" } else { "note" };
        let row = help
            .lines()
            .find(|line| line.trim_start().starts_with(code))
            .unwrap_or_default();
        assert_eq!(
            row.split_whitespace().collect::<Vec<_>>().join(" "),
            format!("{code} {title} {level}")
        );
        let at = cells
            .iter()
            .position(|cell| *cell == code)
            .unwrap_or_else(|| panic!("docs/check.md lacks {code}"));
        assert_eq!(
            cells.drain(at..at + 3).collect::<Vec<_>>(),
            [code, title, level],
            "docs/check.md"
        );
    }
    assert!(
        cells.is_empty() && help.matches("  JB").count() == RULES.len(),
        "{cells:?} {help}"
    );
}

#[test]
fn levels_can_be_changed() {
    let folder = folder();
    put(
        &folder,
        "b.md",
        DIGEST
            .replace("86 亿", "8.6 亿")
            .replace("2024-03-02", "soon"),
    );
    put(
        &folder,
        "zh.md",
        "只有中文的一篇短文，没有英文的部分，所以缺了一节。",
    );
    let codes = |arguments: &[&str]| {
        let (code, found) = findings(&folder, arguments);
        (
            code,
            found
                .iter()
                .map(|line| line[..5].to_owned())
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    assert_eq!(codes(&["b.md"]), (1, "JB005 JB003".into()));
    assert_eq!(codes(&["b.md", "--allow", "JB003"]), (0, "JB005".into()));
    assert_eq!(
        codes(&["b.md", "--allow", "all", "--deny", "jb005"]),
        (1, "JB005".into())
    );
    assert_eq!(codes(&["zh.md", "--allow=JB001,JB002"]), (0, String::new()));
    assert_eq!(
        codes(&["tea.md", "./tea.md", "b.md", "--allow", "JB003,JB005"]).1,
        "JB009 JB010",
        "a file named twice is looked at once"
    );
    for arguments in [
        &["--deny", "JB999"][..],
        &["--explain", "x\u{1b}"],
        &["--deny", "JB001", "--allow", "JB001"],
        &["--json", "--format", "text"],
    ] {
        let (code, out, err) = run_in(folder.path(), &[&["check"], arguments].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(!err.contains('\u{1b}'));
    }
}

#[test]
fn comments_and_a_baseline_silence_what_is_known() {
    let folder = folder();
    let slip = DIGEST
        .replace("86 亿", "8.6 亿")
        .replace("茶叶", "咖啡")
        .replace("com/tea", "com/b");
    put(&folder, "b.md", &slip);
    let figures = ["--allow", "all", "--deny", "JB003"];
    assert_eq!(
        findings(&folder, &figures),
        (1, vec!["JB003 b.md:9 denied".to_owned()])
    );
    let comment = "<!-- jianbao: allow JB003 -->\n\n";
    let at = slip.find("全国").unwrap();
    put(
        &folder,
        "b.md",
        format!("{}{comment}{}", &slip[..at], &slip[at..]),
    );
    assert_eq!(findings(&folder, &figures), (0, vec![]));

    put(&folder, "b.md", &slip);
    let with = |arguments: &[&str]| {
        run_in(
            folder.path(),
            &[&["check"], &figures[..], arguments].concat(),
        )
    };
    assert_eq!(with(&["--baseline", "known", "--write-baseline"]).0, 0);
    assert_eq!(with(&["--baseline", "known"]).0, 0);
    let (code, _, err) = with(&["--baseline", "b.md", "--write-baseline"]);
    assert!(code == 2 && err.contains("b.md"), "{err}");
    let article = fs::read_to_string(folder.path().join("b.md")).unwrap();
    assert_eq!(article, slip, "an article is not written over");
    // Lines may move; another finding is new.
    put(&folder, "b.md", slip.replacen("---\n\n", "---\n\n\n", 1));
    assert_eq!(with(&["--baseline", "known"]).0, 0);
    put(
        &folder,
        "c.md",
        slip.replace("咖啡", "可可").replace("com/b", "com/c"),
    );
    let (code, out, err) = with(&["--baseline", "known"]);
    assert!(
        code == 1 && out.contains("c.md:9") && !out.contains("b.md"),
        "{out}"
    );
    assert_eq!(err, "");
    fs::remove_file(folder.path().join("b.md")).unwrap();
    let (_, _, err) = with(&["--baseline", "known"]);
    assert_eq!(err, "jianbao: not found, but in the baseline: 1 finding\n");
    put(&folder, "broken", "{}\n");
    for name in ["broken", "none"] {
        let (code, out, err) = with(&["--baseline", name]);
        assert!(code == 2 && out.is_empty() && err.contains(name), "{err}");
    }
}

#[test]
fn a_finding_names_the_file_of_two_that_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let half = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n\n{text}\n");
    let chinese = "春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只剩下一半。\n\n全国茶叶的销售额为 86 亿美元。";
    let english = "A dry spring has cut the harvest, and traders say that green tea costs a fifth more than a year ago, with half the stock left.\n\n\n\nSales of tea came to $860 million in the country.\n\n(A [note](missing.md) on how the harvest is counted by the tea growers themselves, which nobody asked for.";
    put(&folder, "tea.zh.md", half("茶", chinese));
    let write = |text: &str| put(&folder, "tea.en.md", half("Tea", text));
    write(english);
    let found = || findings(&folder, &["--allow", "JB002"]).1;
    assert_eq!(
        found(),
        [
            "JB003 tea.zh.md:7 denied",
            "JB007 tea.en.md:11 note",
            "JB018 tea.en.md:11 note"
        ]
    );
    let check = |arguments: &[&str]| run_in(folder.path(), &[&["check"], arguments].concat()).1;
    let out = check(&[]);
    assert!(out.contains("(translation: tea.en.md:9)"), "{out}");
    let first: Value = serde_json::from_str(check(&["--json"]).lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["related_path"], &first["related_line"]),
        (&"tea.en.md".into(), &9.into())
    );
    let log: Value = serde_json::from_str(&check(&["--format", "sarif"])).unwrap();
    let related = &log["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["artifactLocation"]["uri"], "tea.en.md");

    // Comments of either file are heeded, and a baseline knows the lines of either.
    check(&["--baseline", "known", "--write-baseline"]);
    write(&english.replace("\n\n(A", "\n\n\n(A"));
    assert!(check(&["--baseline", "known"]).starts_with("no problems"));
    let comment = "<!-- jianbao: allow JB003, JB007 -->\n";
    let silenced = english.replace("Sales", &format!("{comment}Sales"));
    write(&silenced.replace("(A", &format!("{comment}(A")));
    assert_eq!(found(), ["JB018 tea.en.md:13 note"]);

    // So is what is mechanical mended in either file.
    write(&english.replace("Sales", "\u{200b}\u{202e}Sales"));
    let patch = check(&["--diff"]);
    assert!(
        patch.starts_with("--- a/tea.en.md\n+++ b/tea.en.md\n"),
        "{patch}"
    );
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let folder = folder();
    put(&folder, "b.md", DIGEST.replace("86 亿", "8.6 亿"));
    assert!(!run_in(folder.path(), &["check"]).1.contains('\u{1b}'));
    assert!(
        run_in(folder.path(), &["check", "--color", "always"])
            .1
            .contains('\u{1b}')
    );
}

#[test]
fn sarif_names_rules_levels_and_places() {
    let folder = folder();
    fs::create_dir(folder.path().join("图 b")).unwrap();
    put(
        &folder,
        "图 b/a#1.md",
        DIGEST
            .replace("86 亿", "8.6 亿")
            .replace("tables", "../tables"),
    );
    let check = |place: &Path, path: &str| -> Value {
        let (code, out, err) = run_in(
            place,
            &["check", "--format", "sarif", path, "--allow", "JB009,JB010"],
        );
        assert_eq!((code, err.as_str()), (1, ""));
        serde_json::from_str(&out).unwrap()
    };
    let log = check(folder.path(), ".");
    assert_eq!(log["version"], "2.1.0");
    assert!(
        log["$schema"]
            .as_str()
            .unwrap()
            .ends_with("sarif-2.1.0.json")
    );
    let (driver, results) = (
        &log["runs"][0]["tool"]["driver"],
        &log["runs"][0]["results"],
    );
    assert_eq!(
        (
            driver["name"].as_str(),
            driver["rules"].as_array().unwrap().len()
        ),
        (Some("jianbao"), RULES.len())
    );
    let result = &results[0];
    assert_eq!(results.as_array().unwrap().len(), 1);
    let rule = &driver["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(
        (&result["ruleId"], &rule["id"], &result["level"]),
        (&"JB003".into(), &"JB003".into(), &"error".into())
    );
    assert!(
        rule["help"]["text"].as_str().unwrap().len() > 20
            && result["message"]["text"]
                .as_str()
                .unwrap()
                .contains("10 times")
    );
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E5%9B%BE%20b/a%231.md");
    assert_eq!(
        (
            &place["region"]["startLine"],
            &result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"]
        ),
        (&9.into(), &19.into())
    );

    // From elsewhere the places are relative to the folder that was named, and the log says which
    // that is.
    let elsewhere = tempfile::tempdir().unwrap();
    let log = check(elsewhere.path(), folder.path().to_str().unwrap());
    let place =
        &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(
        (&place["uri"], &place["uriBaseId"]),
        (&"%E5%9B%BE%20b/a%231.md".into(), &"ROOT0".into())
    );
    let base = log["runs"][0]["originalUriBaseIds"]["ROOT0"]["uri"]
        .as_str()
        .unwrap();
    assert!(
        base.starts_with("file:///") && base.ends_with('/'),
        "{base}"
    );
}

#[test]
fn linked_files_are_looked_for_and_never_opened() {
    let folder = folder();
    let status = Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status()
        .unwrap();
    assert!(status.success());
    symlink("nowhere", folder.path().join("dangling")).unwrap();
    // A FIFO that is opened would wait for a writer forever.
    put(
        &folder,
        "tea.md",
        DIGEST.replacen("tables/tea.md", "pipe", 1).replace(
            "降下来",
            "降下来 ![图](dangling) [b](/root.md) [c](mailto:a@b) [d](#x)",
        ),
    );
    assert_eq!(
        findings(&folder, &["tea.md"]),
        (0, vec!["JB008 tea.md:11 note".to_owned()])
    );
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder();
    for index in 0..400 {
        put(
            &folder,
            &format!("{index}.md"),
            DIGEST.replace("86 亿", "8.6 亿"),
        );
    }
    for (arguments, expected) in [
        (&["pairs", "."][..], 0),
        (&["pairs", ".", "--format", "tmx"], 0),
        (&["check", "."], 1),
        (&["check", ".", "--json"], 1),
    ] {
        let mut child = jianbao()
            .current_dir(folder.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (
                output.status.code(),
                String::from_utf8(output.stderr).unwrap().as_str()
            ),
            (Some(expected), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn hostile_files_end_in_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let section = |item: &str, count: usize| format!("1. {item}\n").repeat(count);
    let (chinese, english) = (
        section("三分之零是 10^400 万亿亿亿，９成，百分之百分之五", 1000),
        section("a dozen dozen $1e999 bn, 0/0, two-thirds of nothing", 1000),
    );
    put(&folder, "items.md", format!("{chinese}\n---\n\n{english}"));
    put(
        &folder,
        "digits.md",
        format!(
            "数字 {} 万\n\n---\n\nThe number of all the things in the world is {} million\n",
            "9".repeat(100_000),
            "9".repeat(100_000)
        ),
    );
    put(
        &folder,
        "links.md",
        format!("{}\n", "[a](b%00%ff/../../../../c.md) ".repeat(5000)),
    );
    put(
        &folder,
        "noise.md",
        (0..=255).cycle().take(100_000).collect::<Vec<u8>>(),
    );
    put(&folder, "empty.md", "");
    let (code, out, err) = run_in(folder.path(), &["check", "--json"]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(json(&out).len() >= 5, "{out}");
    for name in ["items.md", "digits.md", "links.md", "noise.md", "empty.md"] {
        for arguments in [
            &["figures", "--lang", "zh", "--json"][..],
            &["figures", "--lang", "en"],
            &["pairs", "--sentences"],
        ] {
            let (code, out, err) = run_in(folder.path(), &[arguments, &[name]].concat());
            assert!(
                code < 2 && !err.contains("panicked"),
                "{arguments:?} {name}: {code} {err}"
            );
            assert!(!out.contains('\u{1b}'));
        }
    }
}

#[test]
fn the_seed_has_no_errors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.exists() {
        println!("skipped: no seeds at {}", folder.display());
        return;
    }
    let (code, out, err) = run_in(&folder, &["check"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
}

#[test]
fn a_patch_mends_what_is_mechanical_and_no_file_is_written() {
    let folder = folder();
    let spoiled = DIGEST
        .replace("春天少雨", "春\u{202e}天少雨")
        .replace(
            "A dry spring",
            "Here is the translation:\n\nA dry spring",
        )
        .replace("[Source Link]", "A dry spring has cut the harvest, and traders say that green tea costs a fifth more than last year, with only half the stock left.\n\n[Source Link]");
    put(&folder, "tea.md", &spoiled);
    put(&folder, "crlf.md", spoiled.replace('\n', "\r\n").trim_end());
    let files = [
        "tea.md",
        "crlf.md",
        "--allow=all",
        "--deny=JB014,JB015,JB016",
    ];
    let codes = |(_, found): (i32, Vec<String>)| -> Vec<String> {
        found.iter().map(|line| line[..5].to_owned()).collect()
    };
    assert_eq!(codes(findings(&folder, &files)).len(), 6);
    let (code, patch, err) = run_in(folder.path(), &[&["check", "--diff"], &files[..]].concat());
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(patch.contains("\n-Here is the translation:\n") && patch.contains("+++ b/tea.md\n"));
    let text = fs::read_to_string(folder.path().join("tea.md")).unwrap();
    assert_eq!(text, spoiled);
    let patch_file = tempfile::NamedTempFile::new().unwrap();
    fs::write(patch_file.path(), patch).unwrap();
    let applied = std::process::Command::new("git")
        .current_dir(folder.path())
        .args(["apply", "--whitespace=nowarn"])
        .arg(patch_file.path())
        .status();
    let Ok(status) = applied else {
        return println!("skipped: no git");
    };
    assert!(status.success());
    assert_eq!(codes(findings(&folder, &files)), [""; 0]);
    let text = fs::read_to_string(folder.path().join("tea.md")).unwrap();
    assert_eq!(text, DIGEST);
    let (_, patch, _) = run_in(folder.path(), &["check", "--diff"]);
    assert_eq!(patch, "");
}

#[test]
fn a_glossary_says_how_terms_are_rendered() {
    let folder = folder();
    put(
        &folder,
        "terms.tsv",
        "green tea\t绿茶\nharvest\t收成|产量\n",
    );
    let with = |file: &str| run_in(folder.path(), &["check", "tea.md", "--glossary", file]);
    let (code, out, _) = with("terms.tsv");
    assert_eq!(code, 0);
    assert!(
        out.starts_with("tea.md:7: note JB021 name or term rendered in two ways: harvest is rendered otherwise than in the glossary: 收成 | 产量\n"),
        "{out}"
    );
    let (code, _, err) = with("tea.md");
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "jianbao: tea.md: line 1 has no term, tab and rendering\n"
        )
    );
    assert_eq!(with("none.tsv").0, 2);
}

#[test]
fn parallel_texts_raise_few_alarms() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/alignment");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: no corpus at {}", folder.display());
        return;
    };
    let names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with("-intact.md"))
        .collect();
    let mut arguments = vec!["check", "--json", "--allow", "all", "--deny", "JB003"];
    arguments.extend(names.iter().map(String::as_str));
    let (_, out, _) = run_in(&folder, &arguments);
    let pairs: usize = names
        .iter()
        .map(|name| {
            run_in(&folder, &["align", name])
                .1
                .lines()
                .filter(|line| !line.contains('-'))
                .count()
        })
        .sum();
    println!("{} alarms in {pairs} pairs:\n{out}", out.lines().count());
    assert!(pairs > 1000 && out.lines().count() * 100 <= pairs * 2);
}

/// A program with folders of its own.
fn jianbao_at_home(home: &TempDir) -> Command {
    let mut command = jianbao();
    command.env("XDG_CACHE_HOME", home.path().join("cache"));
    command.env("XDG_DATA_HOME", home.path().join("data"));
    command
}

#[test]
fn state_is_exported_and_wrong_lines_are_reported_without_hostile_characters() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], input: &[u8]| {
        fs::write(home.path().join("input"), input).unwrap();
        jianbao_at_home(&home)
            .args(arguments)
            .stdin(fs::File::open(home.path().join("input")).unwrap())
            .output()
            .unwrap()
    };
    let wrong = run(
        &["state", "import", "-"],
        br#"{"kind":"\u001b[2J\nx\u009b\u202e"}"#,
    );
    let message = String::from_utf8(wrong.stderr).unwrap();
    assert!(
        message.starts_with("jianbao: nothing was imported: line 1: "),
        "{message}"
    );
    assert_eq!((wrong.status.code(), message.lines().count()), (Some(2), 1));
    assert!(
        !message
            .trim_end()
            .contains(|c: char| c.is_control() || c == '\u{202e}'),
        "{message:?}"
    );
    let endless = run(&["state", "import", "-"], &vec![0; (16 << 20) + 1]);
    let message = String::from_utf8(endless.stderr).unwrap();
    assert_eq!(
        message,
        "jianbao: nothing was imported: line 1: it is too long\n"
    );
    let line = "{\"kind\":\"article\",\"library\":\"/a\",\"path\":\"n-\u{9b}2J\u{202e}\u{e0041}.md\",\"state\":\"read\",\"starred\":true,\"position\":null,\"alignment\":null,\"link_hash\":0,\"content_hash\":0,\"opened\":7,\"changed\":7}";
    assert!(
        run(&["state", "import", "-"], line.as_bytes())
            .status
            .success()
    );
    let exported = String::from_utf8(run(&["state", "export"], b"").stdout).unwrap();
    assert!(
        exported.contains(r"n-\u009b2J\u202e\udb40\udc41.md"),
        "{exported}"
    );
}

#[test]
fn what_is_no_file_in_the_data_folder_blocks_nothing() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(folder.path().join("tea.md"), DIGEST).unwrap();
    let data = home.path().join("data/jianbao");
    fs::create_dir_all(&data).unwrap();
    let fifo = data.join("state.db");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let folder = folder.path().to_str().unwrap();
    for (arguments, code) in [
        (vec!["list", folder], 0),
        (vec!["search", "tea", folder], 0),
        (vec!["state", "export"], 2),
        (vec!["state", "import", "/dev/null"], 2),
    ] {
        let output = jianbao_at_home(&home).args(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {output:?}");
    }
    let mut indexes = fs::read_dir(home.path().join("cache/jianbao")).unwrap();
    let index = indexes.next().unwrap().unwrap().path();
    for name in ["snapshot", "lock"] {
        let _ = fs::remove_file(index.join(name));
        assert!(
            Command::new("mkfifo")
                .arg(index.join(name))
                .status()
                .unwrap()
                .success()
        );
    }
    let output = jianbao_at_home(&home)
        .args(["list", folder])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn stats_counts_articles() {
    let folder = folder();
    put(
        &folder,
        "undated.md",
        "# Only English\n\nThis is a text of English sentences. There are several of them here.\n",
    );
    let (code, out, err) = run_in(folder.path(), &["stats", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let all: Value = serde_json::from_str(&out).unwrap();
    let expected = serde_json::json!({
        "articles": 3, "unread": 3, "read": 0, "finished": 0, "starred": 0, "undated": 1,
        "languages": {"both": 2, "zh": 0, "en": 1, "mixed": 0, "unknown": 0},
        "days": {"2024-03-02": 2}, "tags": [], "sources": [{"name": "gazette", "articles": 2}],
        "opened": {}, "streak": 0, "longest_streak": 0,
    });
    assert_eq!(all, expected);
    let help = run_in(folder.path(), &["stats", "--help"]).1;
    for field in all.as_object().unwrap().keys() {
        assert!(help.contains(field.as_str()), "{field}");
    }
    let (code, out, _) = run_in(folder.path(), &["stats", "--query", "tag:nothing"]);
    assert_eq!((code, out.lines().next()), (1, Some("0 articles")));
    insta::assert_snapshot!(run_in(folder.path(), &["stats"]).1);
}

#[test]
fn stats_draws_a_picture_in_which_nothing_can_run() {
    let folder = folder();
    put(
        &folder,
        "odd.md",
        "---\ntags: ['<script>x</script>', '一个很长很长很长很长很长的标签', 'a & b']\ndate: 2024-03-05\n---\n# x\n",
    );
    let (code, out, _) = run_in(
        folder.path(),
        &["stats", "--format", "svg", "--query", "date:2024"],
    );
    assert_eq!(code, 0);
    let picture = roxmltree::Document::parse(&out).unwrap();
    let names: Vec<&str> = picture
        .descendants()
        .map(|node| node.tag_name().name())
        .collect();
    assert_eq!(
        names.iter().filter(|name| **name == "rect").count(),
        1 + 53 * 7 + 6
    );
    let known = ["", "svg", "title", "style", "rect", "text"];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    assert!(out.contains("prefers-color-scheme: dark"));
}
