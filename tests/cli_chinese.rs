//! The command line in Chinese: help, errors and what commands print.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use assert_cmd::Command;
use unicode_width::UnicodeWidthStr;

const COMMANDS: [&str; 15] = [
    "",
    "show",
    "list",
    "search",
    "check",
    "align",
    "pairs",
    "figures",
    "state",
    "state export",
    "state import",
    "config",
    "doctor",
    "completions",
    "man",
];
const LOCALES: [&str; 2] = ["zh_CN.UTF-8", "zh_TW.UTF-8"];

/// The exit code and both outputs of the program in a locale.
fn run(locale: &str, arguments: &[&str], folder: &Path) -> (i32, String, String) {
    let mut command = Command::cargo_bin("jianbao").unwrap();
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", locale)
        .env("TERM", "xterm-256color");
    for (name, value) in [
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("HOME", "home"),
    ] {
        command.env(name, folder.join(value));
    }
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Whether a text has an English sentence: four words with only lower-case letters in a row.
fn has_sentence(line: &str) -> bool {
    let is_word =
        |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: Vec<bool> = line
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| is_word(&word))
        .collect();
    words
        .windows(4)
        .any(|four| four.iter().all(|is_word| *is_word))
}

#[test]
fn help_has_no_english_sentence_and_fits_eighty_columns() {
    let folder = tempfile::tempdir().unwrap();
    for locale in LOCALES {
        for command in COMMANDS {
            for flag in ["-h", "--help"] {
                let arguments = [words(command), vec![flag]].concat();
                let (code, help, _) = run(locale, &arguments, folder.path());
                assert_eq!(code, 0, "{command}");
                assert!(
                    help.contains("用法：") && help.contains(['选', '選']),
                    "{help}"
                );
                for line in help.lines() {
                    assert!(!has_sentence(line), "{command} {flag}: {line}");
                    let most = if flag == "-h" { 80 } else { 100 };
                    assert!(line.width() <= most, "{command} {flag}: {line}");
                    for word in [
                        "Usage",
                        "Options",
                        "Commands",
                        "Arguments",
                        "default:",
                        "possible",
                        "Print",
                    ] {
                        assert!(!line.contains(word), "{command} {flag}: {line}");
                    }
                }
            }
        }
    }
}

#[test]
fn errors_of_the_command_line_are_chinese_and_exit_with_two() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, simplified, traditional) in [
        (
            "check --formt x",
            "没有这个参数：--formt；是 --format 吗？",
            "沒有這個參數：--formt；是 --format 嗎？",
        ),
        (
            "list --lang xx",
            "--lang <语言> 不能是“xx”\n  [可选值：zh, en]",
            "--lang <語言> 不能是「xx」\n  [可選值：zh, en]",
        ),
        ("show", "缺少 <文件|->", "缺少 <檔案|->"),
        (
            "show --width 1 x",
            "应在 10..=1000 之间",
            "應在 10..=1000 之間",
        ),
        ("show --width x x", "应为整数", "應為整數"),
        (
            "check --format",
            "--format <格式> 需要一个值",
            "--format <格式> 需要一個值",
        ),
        (
            "check --json --format text",
            "--json 不能与 --format <格式> 同用",
            "--json 不能與 --format <格式> 同用",
        ),
        (
            "check --json=1",
            "--json 不带值，却写了“1”",
            "--json 不帶值，卻寫了「1」",
        ),
        (
            "chek",
            "没有名为 chek 的命令或文件夹；是 check 吗？",
            "沒有名為 chek 的指令或資料夾；是 check 嗎？",
        ),
        (
            "man nothing",
            "没有名为 nothing 的命令",
            "沒有名為 nothing 的指令",
        ),
        (
            "-o them=dark list",
            "没有名为 them 的设置；是 theme 吗？",
            "沒有名為 them 的設定；是 theme 嗎？",
        ),
        (
            "show nothing.md",
            "nothing.md: 没有文件或文件夹",
            "nothing.md: 沒有檔案或資料夾",
        ),
    ] {
        for (locale, expected) in LOCALES.into_iter().zip([simplified, traditional]) {
            // Without a terminal the reader says so first.
            let (code, out, error) = run(locale, &words(arguments), folder.path());
            if arguments == "chek" && error.contains(['终', '終']) {
                continue;
            }
            assert_eq!((code, &*out), (2, ""), "{arguments}");
            assert!(
                error.starts_with("jianbao: ") && error.contains(expected),
                "{arguments}: {error}"
            );
        }
    }
}

#[test]
fn the_language_is_a_setting_of_the_command_line_too() {
    let folder = tempfile::tempdir().unwrap();
    let (_, help, _) = run("C", &["-o", "language=zh-TW", "check", "-h"], folder.path());
    assert!(help.contains("檢查錯誤"), "{help}");
    let (_, help, _) = run(
        "zh_CN.UTF-8",
        &["--set=language=en", "check", "-h"],
        folder.path(),
    );
    assert!(help.contains("Usage: jianbao check"), "{help}");
}

#[test]
fn check_and_the_settings_speak_chinese() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "---\ntitle: 茶\ndate: 昨天吧\n---\n\n春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成。\n").unwrap();
    let (code, out, _) = run(LOCALES[0], &["check", "a.md"], folder.path());
    assert_eq!(code, 1);
    assert!(
        out.contains("错误 JB001 缺少一种语言：没有英文部分"),
        "{out}"
    );
    assert!(out.contains("提示 JB005 日期无法识别"), "{out}");
    assert!(
        out.ends_with("1 个错误，1 条提示（1 篇文章，其中 1 篇有问题）\n"),
        "{out}"
    );
    let (_, json, _) = run(LOCALES[0], &["check", "--json", "a.md"], folder.path());
    assert!(
        json.contains(r#""level":"denied","message":"没有英文部分""#),
        "{json}"
    );
    let (_, explained, _) = run(LOCALES[1], &["check", "--explain", "JB003"], folder.path());
    assert!(
        explained.starts_with("JB003 figures-disagree：數字不一致\n預設為錯誤\n"),
        "{explained}"
    );
    assert!(
        explained.lines().all(|line| line.width() <= 78),
        "{explained}"
    );
    let (_, file, _) = run(LOCALES[1], &["config", "--default"], folder.path());
    assert!(
        file.contains("# 程式介面的語言；auto 隨系統。\n# \"auto\"、\"en\""),
        "{file}"
    );
    let (_, config, _) = run(LOCALES[0], &["config"], folder.path());
    assert!(config.contains("# 默认"), "{config}");
    let (_, page, _) = run(LOCALES[0], &["man", "list"], folder.path());
    assert!(
        page.contains(".SH 名称") && page.contains(".SH 选项") && !page.contains(".SH NAME"),
        "{page}"
    );
    let (_, fish, _) = run(LOCALES[1], &["completions", "fish"], folder.path());
    assert!(fish.contains("輸出一篇文章"), "{fish}");
}

#[test]
fn the_doctor_says_what_is_wrong_in_three_languages() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("config/jianbao")).unwrap();
    for (locale, expected) in [
        (
            "C",
            [
                "  Version: 0",
                "  Terminal was asked: no",
                "! Mistakes in the settings: ",
            ],
        ),
        (
            LOCALES[0],
            ["  版本：0", "  已询问终端：否", "! 设置中的错误："],
        ),
        (
            LOCALES[1],
            ["  版本：0", "  已詢問終端機：否", "! 設定中的錯誤："],
        ),
    ] {
        std::fs::write(
            folder.path().join("config/jianbao/config.toml"),
            "mouse = 3\n",
        )
        .unwrap();
        let (code, out, _) = run(locale, &["doctor"], folder.path());
        assert_eq!(code, 1, "{out}");
        for line in expected {
            assert!(out.contains(line), "{line}: {out}");
        }
        std::fs::write(
            folder.path().join("config/jianbao/config.toml"),
            "mouse = true\n",
        )
        .unwrap();
        let (code, json, _) = run(locale, &["doctor", "--json"], folder.path());
        let record: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (code, &record["ok"], &record["answers"]),
            (0, &true.into(), &false.into())
        );
        assert_eq!(record["settings_problems"], serde_json::json!([]));
    }
}
