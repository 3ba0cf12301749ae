//! The search from outside: what it finds, prints and answers.

use std::fs;

use assert_cmd::Command;

fn jianbao(arguments: &[&str]) -> (i32, String, String) {
    let library = tempfile::tempdir().expect("a folder for the articles");
    let write = |name: &str, text: &str| {
        fs::write(library.path().join(name), text).expect("an article is written");
    };
    write(
        "old.md",
        "---\ntitle: 旧闻\ndate: 2024-01-02\n---\n\n## 中文\n\n英伟达发布新品。\n\n## English\n\nNvidia ships a new chip.\n",
    );
    write(
        "new.md",
        "---\ntitle: 新闻\ndate: 2024-06-02\ntags: [ai]\n---\n\n## 中文\n\n英伟达股价，英伟达涨。\n\n## English\n\nShares of NVIDIA rise.\n",
    );
    write("long.md", "一。\n\n二二。\n\n三。\n\n四。\n");
    let output = Command::cargo_bin("jianbao")
        .expect("the program is built")
        .args(arguments)
        .current_dir(library.path())
        .output();
    let output = output.expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn every_hit_in_the_current_folder_is_printed_best_article_first() {
    let (code, out, _) = jianbao(&["search", "英伟达"]);
    let expected = "new.md:9: 中: 英伟达股价，英伟达涨。\nold.md:8: 中: 英伟达发布新品。\n";
    assert_eq!((code, &*out), (0, expected));
    let (code, out, _) = jianbao(&["search", "nvidia -tag:ai"]);
    assert_eq!(
        (code, &*out),
        (0, "old.md:12: EN: Nvidia ships a new chip.\n")
    );
    let (code, out, _) = jianbao(&["search", "英伟达 -chip", "--json"]);
    assert_eq!((code, out.lines().count()), (0, 1));
    assert!(out.contains(r#""hits":[[0,9],[18,27]]"#), "{out}");
}

#[test]
fn nothing_found_is_one_and_a_mistake_two() {
    assert_eq!(jianbao(&["search", "没有这个"]).0, 1);
    assert_eq!(jianbao(&["list", "--query", "tag:none"]).0, 1);
    let (code, out, error) = jianbao(&["search", "英伟达 (chip"]);
    assert_eq!((code, &*out), (2, ""));
    assert!(error.contains('^'), "{error}");
}

#[test]
fn articles_are_ranked_by_place_closeness_number_and_date() {
    let library = tempfile::tempdir().expect("a folder for the articles");
    let far = "Nothing of that kind is said in this sentence.\n\n".repeat(30);
    for (name, title, date, tags, text) in [
        ("exact.md", "Tidal power", "2020-01-01", "", String::new()),
        (
            "title.md",
            "Power that is tidal",
            "2021-01-01",
            "",
            String::new(),
        ),
        (
            "tags.md",
            "Sea",
            "2022-01-01",
            "tidal, power",
            String::new(),
        ),
        (
            "near-old.md",
            "A",
            "2023-01-01",
            "",
            format!("Power here.\n\n{far}Tidal power."),
        ),
        (
            "near-new.md",
            "B",
            "2024-01-01",
            "",
            format!("Tidal power.\n\n{far}Power there."),
        ),
        (
            "near-often.md",
            "C",
            "2022-01-01",
            "",
            format!("Tidal power.\n\n{far}Power, power."),
        ),
        (
            "close.md",
            "D",
            "2025-01-01",
            "",
            format!("Tidal.\n\n{}Power.", &far[..480]),
        ),
        (
            "far-often.md",
            "E",
            "2025-01-01",
            "",
            format!("Tidal, tidal.\n\n{far}Power, power, power."),
        ),
        (
            "far.md",
            "F",
            "2026-01-01",
            "",
            format!("Power.\n\n{far}Tidal."),
        ),
    ] {
        let article = format!("---\ntitle: {title}\ndate: {date}\ntags: [{tags}]\n---\n\n{text}\n");
        fs::write(library.path().join(name), article).expect("an article is written");
    }
    let output = Command::cargo_bin("jianbao")
        .expect("the program is built")
        .args(["search", "-l", "tidal power"])
        .current_dir(library.path())
        .output()
        .expect("the program runs");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "exact.md\ntitle.md\ntags.md\nnear-often.md\nnear-new.md\nnear-old.md\nclose.md\nfar-often.md\nfar.md\n"
    );
}

#[test]
fn the_list_takes_a_query() {
    let (code, out, _) = jianbao(&["list", "--query", "tag:ai"]);
    assert_eq!((code, out.lines().count()), (0, 1));
    assert!(out.contains("new.md"), "{out}");
}

#[test]
fn titles_and_tags_are_found_as_the_list_shows_them() {
    let (code, out, _) = jianbao(&["search", "旧闻"]);
    assert_eq!((code, &*out), (0, "old.md:1: title: 旧闻\n"));
    let (_, out, _) = jianbao(&["search", "ai", "--json"]);
    assert!(out.contains(r#""in":"tag""#), "{out}");
    assert_eq!(jianbao(&["search", "hip"]).0, 1, "inside a word");
    assert_eq!(jianbao(&["search", "*hip*"]).1.lines().count(), 1);
}

#[test]
fn options_are_those_of_other_searches() {
    let lines = |arguments: &[&str]| {
        let (_, out, _) = jianbao(&[&["search"], arguments].concat());
        out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&["-l", "英伟达"]), ["new.md", "old.md"]);
    assert_eq!(lines(&["-c", "英伟达"]), ["new.md:2", "old.md:1"]);
    assert_eq!(lines(&["-c", "NVIDIA"]), ["new.md:1"]);
    assert_eq!(lines(&["-ci", "NVIDIA"]).len(), 2);
    assert_eq!(lines(&["-cs", "nvidia"]).len(), 0);
    assert_eq!(lines(&["-w", "ship"]).len(), 0);
    assert_eq!(lines(&["ship"]).len(), 1);
    assert_eq!(lines(&["-m", "1", "nvidia or 英伟达"]).len(), 2);
    assert_eq!(
        lines(&["-C", "1", "二 or 三"]),
        [
            "long.md-1- 中- 一。",
            "long.md:3: 中: 二二。",
            "long.md:5: 中: 三。",
            "long.md-7- 中- 四。"
        ]
    );
    let coloured = lines(&["--color", "always", "chip"]).concat();
    assert!(
        coloured.contains('\x1b') && coloured.contains("chip"),
        "{coloured:?}"
    );
    for (arguments, reason) in [
        (&["search", ""][..], "no words to search for"),
        (&["search", "--", "-tag:ai"], "list --query"),
        (&["search", "--nonsense", "x"], "--nonsense"),
        (&["search", "-l", "-c", "x"], "cannot be used"),
    ] {
        let (code, out, error) = jianbao(arguments);
        assert_eq!((code, &*out), (2, ""), "{arguments:?}");
        assert!(error.contains(reason), "{error}");
    }
    let (_, out, _) = jianbao(&["search", "-l", "--", "-tag:ai 英伟达"]);
    assert_eq!(out, "old.md\n");
}
