use super::*;
use crate::digest;

const DIGEST: &str = "---
title: 茶叶价格上涨
date: 2024-03-02
---

春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只剩下一半。

全国茶叶的销售额为 86 亿美元，出口见[附表](tables/tea.md)和下面的图。

![图](a%20b.png)

---

**Summary:**

A dry spring has cut the harvest, and traders say that green tea costs a fifth more than a year ago, with half the stock left.

Sales of tea came to $8.6 billion in the country; for exports see the [table](tables/tea.md) and the chart below.

![chart](a%20b.png)
";

fn look(source: &str) -> Inspection {
    inspect(
        &Text::new(digest::read(source.as_bytes(), "a.md")),
        &Glossary::default(),
    )
}

fn codes(source: &str) -> Vec<(&'static str, u32)> {
    look(source)
        .findings
        .iter()
        .map(|finding| (finding.rule.info().code, finding.line))
        .collect()
}

#[test]
fn a_sound_digest_has_no_findings() {
    let found = look(DIGEST);
    assert_eq!(found.findings, []);
    let targets: Vec<(&str, bool, u32)> = found
        .linked_files
        .iter()
        .map(|file| (file.path.as_str(), file.image, file.line))
        .collect();
    assert_eq!(
        targets,
        [
            ("a b.png", true, 10),
            ("a b.png", true, 20),
            ("tables/tea.md", false, 8),
            ("tables/tea.md", false, 18)
        ]
    );
}

#[test]
fn figures_that_disagree_have_both_lines_and_values() {
    let found = look(&DIGEST.replace("86 亿", "860 亿")).findings;
    let [finding] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (finding.rule, finding.line, finding.related_line),
        (Rule::FiguresDisagree, 8, Some(18))
    );
    assert_eq!(
        finding.message,
        "“860 亿美元” (86000000000 USD) but “$8.6 billion” (8600000000 Dollar); the Chinese figure is 10 times the English one"
    );
}

#[test]
fn a_missing_section_has_the_line_where_the_text_begins() {
    let (chinese, _) = DIGEST.split_once("\n---\n\n**Summary").unwrap();
    assert_eq!(codes(chinese), [("JB001", 6)]);
    let (_, english) = DIGEST.split_once("**Summary:**\n").unwrap();
    let found = look(english).findings;
    assert_eq!(found[0].message, "there is no Chinese section");
    assert_eq!(codes(""), [("JB001", 1)]);
    let japanese = "日本の開発チームで導入するなら、このようなレビュー前提の運用設計が現実的です。";
    assert_eq!(codes(japanese), [], "of a third language");
}

#[test]
fn a_paragraph_left_out_is_found() {
    let (before, after) = DIGEST.split_once("全国茶叶").unwrap();
    let (_, after) = after.split_once("\n\n").unwrap();
    assert_eq!(codes(&format!("{before}{after}")), [("JB002", 16)]);
}

#[test]
fn problems_of_reading_have_their_codes() {
    assert_eq!(codes(&DIGEST.replace("2024-03-02", "soon")), [("JB005", 3)]);
    assert_eq!(
        codes(&DIGEST.replace("title: ", "title: [译] ")),
        [("JB004", 2)]
    );
    assert_eq!(
        codes(&DIGEST.replace("春天", "春\u{202e}天")),
        [("JB014", 6)]
    );
    assert_eq!(
        codes(&format!("{DIGEST}\n```\ncode\n")).last().unwrap().0,
        "JB013"
    );
    let mut bytes = DIGEST.as_bytes().to_vec();
    let at = DIGEST.find("少雨").unwrap();
    bytes.splice(at..at + 3, [0xE5, 0xB0]);
    let found = inspect(
        &Text::new(digest::read(&bytes, "a.md")),
        &Glossary::default(),
    )
    .findings;
    assert_eq!(
        (found[0].rule, found[0].line),
        (Rule::BrokenEncoding, 6),
        "{found:?}"
    );
}

#[test]
fn many_findings_of_a_kind_are_counted() {
    let finding = |line| Finding::new(Rule::Untranslated, line, "it".into());
    let found = capped((0..250).map(finding).collect());
    assert_eq!(
        (found.len(), found[99].message.as_str()),
        (100, "it (and 150 more in this file)")
    );
    assert_eq!(capped((0..100).map(finding).collect())[99].message, "it");
}

#[test]
fn only_relative_targets_are_paths() {
    for (target, path) in [
        ("a.md", "a.md"),
        ("./图/a%20b.png#top", "./图/a b.png"),
        ("../a.md?x=1", "../a.md"),
        ("%E5%9B%BE.png", "图.png"),
        ("100%.png", "100%.png"),
        ("%ff.png", "%ff.png"),
        ("a/b:c.md", "a/b:c.md"),
    ] {
        assert_eq!(relative_path(target).as_deref(), Some(path));
    }
    for target in [
        "",
        "#top",
        "?x",
        "/a.md",
        "//host/a",
        "https://a.b",
        "mailto:a@b",
        "data:x",
        "C:\\a",
        "{{ url }}",
    ] {
        assert_eq!(relative_path(target), None, "{target}");
    }
}

#[test]
fn a_figure_in_a_table_has_the_line_of_its_row() {
    let rows = |sales: &str, unit: &str| {
        format!(
            "| Tea | {unit} | 2024 |\n|---|---|---|\n| Assam | 12 | 13 |\n| Ceylon | 45 | {sales} |\n| Yunnan | 71 | 72 |\n\n"
        )
    };
    let (chinese, english) = DIGEST.split_once("---\n\n**Summary").unwrap();
    let source = format!(
        "{chinese}{}---\n\n**Summary{english}\n{}",
        rows("46", "箱"),
        rows("64", "boxes")
    );
    let found = look(&source).findings;
    let lines: Vec<&str> = source.lines().collect();
    let [finding] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(lines[finding.line as usize - 1], "| Ceylon | 45 | 46 |");
    let related = finding.related_line.unwrap();
    assert_eq!(lines[related as usize - 1], "| Ceylon | 45 | 64 |");
}
