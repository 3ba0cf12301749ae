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
    let output = Command::cargo_bin("jianbao")
        .expect("the program is built")
        .args(arguments)
        .arg(library.path())
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
fn every_hit_is_printed_newest_article_first_in_either_language() {
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
fn the_list_takes_a_query() {
    let (code, out, _) = jianbao(&["list", "--query", "tag:ai"]);
    assert_eq!((code, out.lines().count()), (0, 1));
    assert!(out.contains("new.md"), "{out}");
}
