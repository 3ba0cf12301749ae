use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::text::{Language, clean_line};

fn read_text(text: &str) -> Article {
    read(text.as_bytes(), "a-file.md")
}

/// A digest of the common shape.
const DIGEST: &str = "---
title: 云厂商如何面对电力短缺
date: 2024-06-05T04:00:03.025Z
description: Cloud providers race to secure power
tags:\u{20}
- technology
author: ft
---

[原文链接](https://e.x/content/1)

云厂商如何面对电力短缺

# 云厂商签下更多电力合同

去年以来，几家大型云计算公司都签下了长期的电力合同，用来支持新的数据中心。

## 要点：

1. **需求**：数据中心的用电量在三年里翻了一倍，而且还在增长。

2. **供给**：电网的扩建需要更长的时间，公司因此转向自建电厂。

---

 **Summary:**
Over the last year several large cloud providers have signed long contracts for power to feed their new data centers.

**Key Points:**
1. **Demand:** The power used by data centers has doubled in three years and keeps growing.
2. **Supply:** The grid grows slowly, so that companies turn to plants of their own.

[Source Link](https://e.x/content/1)
";

#[test]
fn a_digest_is_read_whole() {
    let article = read_text(DIGEST);
    assert_eq!(article.titles.given, "云厂商如何面对电力短缺");
    assert_eq!(
        article.titles.in_language(Language::Chinese),
        "云厂商如何面对电力短缺"
    );
    assert_eq!(
        article.titles.in_language(Language::English),
        "Cloud providers race to secure power"
    );
    assert_eq!(
        article.date.moment,
        Some(super::super::Moment::Instant(
            "2024-06-05T04:00:03.025Z".parse().expect("an instant")
        ))
    );
    assert_eq!(article.tags, ["technology"]);
    assert_eq!(article.source.as_deref(), Some("ft"));
    assert_eq!(article.link.as_deref(), Some("https://e.x/content/1"));
    assert!(matches!(article.sections, Sections::Pair { .. }));
    assert_eq!(article.problems, []);
}

#[test]
fn the_english_title_is_the_best_there_is() {
    let english = |text: &str| read_text(text).titles.english;
    let without_description =
        DIGEST.replace("description: Cloud providers race to secure power\n", "");
    assert_eq!(
        english(&without_description).as_deref(),
        Some(
            "Over the last year several large cloud providers have signed long contracts for power to feed their new data centers."
        )
    );
    let with_heading =
        without_description.replace(" **Summary:**\n", "# Providers sign for **power**\n\n");
    assert_eq!(
        english(&with_heading).as_deref(),
        Some("Providers sign for power")
    );
    let with_title = DIGEST.replace("author: ft", "title_en: Power first");
    assert_eq!(english(&with_title).as_deref(), Some("Power first"));
    let chinese_description =
        DIGEST.replace("Cloud providers race to secure power", "云厂商争夺电力");
    assert!(
        english(&chinese_description).is_some_and(|title| title.starts_with("Over the last year"))
    );
    assert_eq!(english("# 只有中文\n\n正文。\n"), None);
    assert_eq!(
        english("# An English title\n\nText.\n").as_deref(),
        Some("An English title")
    );
}

#[test]
fn the_chinese_title_may_be_the_heading() {
    let text = "[#]: subject: \"How to grow tomatoes\"\n\n如何种番茄\n======\n\n番茄需要很多阳光和水，也需要一点耐心。每天浇水，等待它们变红。\n";
    let titles = read_text(text).titles;
    assert_eq!(titles.in_language(Language::Chinese), "如何种番茄");
    assert_eq!(
        titles.in_language(Language::English),
        "How to grow tomatoes"
    );
}

#[test]
fn a_title_is_found_without_front_matter() {
    for (text, title) in [
        ("# Title **bold** [link](x) ##\n\ntext", "Title bold link"),
        ("\n\nTitle\n=====\n\ntext", "Title"),
        ("Title two\n---\n\ntext", "Title two"),
        ("intro\n\n# Later title {#id}\n", "Later title"),
        (
            "## First of the second level\n\ntext",
            "First of the second level",
        ),
        ("```\n# no title\n```\n\n# Title\n", "Title"),
        ("<!--\n# no title\n-->\n# Title\n", "Title"),
        ("    # code\n\n# Title", "Title"),
        ("intro\n\n## A later heading\n\ntext", "A later heading"),
        ("[Translated] Title\n===\n\ntext", "[Translated] Title"),
        ("[a]: http://a.example\n---\n", "a-file"),
        ("## Summary\n\ntext", "a-file"),
        ("#nospace\n\ntext", "a-file"),
        ("two lines\nof text\n---\n", "a-file"),
        ("three\nlines\nof text\n---\n", "a-file"),
        ("", "a-file"),
        ("---\ntitle: null\n---\n# Heading\n", "Heading"),
        ("---\ntitle: {{ title }}\n---\n# Heading\n", "{{ title }}"),
        ("# \u{1B}]0;x\u{7}&#27; \u{202E}end", "␛]0;x␇&#27; end"),
    ] {
        assert_eq!(read_text(text).titles.given, title, "{text:?}");
    }
    for prose in ["word ".repeat(17), "很长的一句话".repeat(7)] {
        let text = format!("{prose}\n=======\nours\n");
        assert_eq!(read_text(&text).titles.given, "a-file", "a merge conflict");
    }
    assert_eq!(
        read(b"x", "some/folder/2014-08-08-notes.markdown")
            .titles
            .given,
        "2014-08-08-notes"
    );
    assert_eq!(read(b"x", "v1.2").titles.given, "v1.2");
    assert_eq!(read(b"x", ".md").titles.given, ".md");
    assert_eq!(read(b"x", "\u{202E}").titles.given, "untitled");
    let long = read(format!("# {}", "字".repeat(100_000)).as_bytes(), "x")
        .titles
        .given;
    assert_eq!(long.chars().count(), 301);
}

#[test]
fn a_date_may_come_from_the_file_name_or_stay_text() {
    assert_eq!(
        read(b"x", "posts/2014-08-08-notes.md").date.written,
        "2014-08-08"
    );
    assert_eq!(
        read(
            b"---\ntitle: x\ndate: 2020-01-02\n---\n",
            "2014-08-08-notes.md"
        )
        .date
        .written,
        "2020-01-02"
    );
    assert_eq!(read(b"x", "notes.md").date, Date::default());
    let article = read(b"---\ntitle: x\ndate: soon\n---\n", "2014-08-08-notes.md");
    assert_eq!(
        (article.date.written.as_str(), article.date.moment),
        ("soon", None)
    );
    assert_eq!(article.problems.len(), 1);
    assert_eq!(
        article.problems[0].to_string(),
        "line 3: the date “soon” could not be read; it is kept as text and sorts last"
    );
}

#[test]
fn only_web_and_mail_links_are_kept() {
    assert_eq!(
        read_text("[原文链接](javascript:alert(1))\n\n# 标题\n\n正文。\n").link,
        None
    );
    assert_eq!(
        web_link(" <https://e.x/a> ").as_deref(),
        Some("https://e.x/a")
    );
    assert_eq!(
        web_link("https://e.x/\u{202E}a\u{200B}").as_deref(),
        Some("https://e.x/a")
    );
    for bad in [
        "",
        "http://",
        "ftp://e.x",
        "https:/e.x",
        "file:///etc/passwd",
        "https://e.x/a\nb",
        "中文https://e.x",
    ] {
        assert_eq!(web_link(bad), None, "{bad:?}");
    }
}

#[test]
fn hostile_characters_are_reported_with_their_line() {
    let article = read_text("# Title\r\n\r\ntext\r\n\u{1B}[2J");
    assert_eq!(article.problems.len(), 1);
    assert_eq!(
        (article.problems[0].kind, article.problems[0].line),
        (ProblemKind::Hostile, Some(4))
    );
}

#[test]
fn problems_come_in_file_order() {
    let article = read_text("title: a: b\ndate: soon\ntags: [\n---\n\u{1B}\n");
    let lines: Vec<_> = article
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert!(
        lines.is_sorted() && lines.len() >= 4,
        "{:?}",
        article.problems
    );
}

/// Every string of an article that reaches the list or the header.
fn strings(article: &Article) -> Vec<&str> {
    let optional = [
        &article.titles.chinese,
        &article.titles.english,
        &article.description,
        &article.source,
        &article.link,
    ];
    let mut strings = vec![article.titles.given.as_str(), &article.date.written];
    strings.extend(optional.into_iter().flatten().map(String::as_str));
    strings.extend(article.tags.iter().map(String::as_str));
    strings.extend(
        article
            .problems
            .iter()
            .map(|problem| problem.reason.as_str()),
    );
    strings
}

/// Pieces of headers, bodies and attacks.
fn piece() -> impl Strategy<Value = String> {
    let pieces = vec![
        "---\n",
        "+++\n",
        "title: ",
        "date: ",
        "tags: ",
        "author: ",
        "link: ",
        "[#]: subject: (",
        ")\n",
        "\n",
        "\n\n",
        "# ",
        "====\n",
        "\"",
        "\\e[2J\\x9b",
        "\u{1B}]0;x\u{7}",
        "\u{9B}",
        "\u{202E}",
        "\u{200B}\u{200B}",
        "中文标题",
        "English words here. ",
        "```\n",
        "<div>",
        "https://e.x/\u{7F}",
        "{",
        "[",
        "&a *a",
        "\t",
        "- ",
        "2024-06-05",
        "\r",
        "\u{2028}",
        "\0",
    ];
    prop_oneof![8 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

#[test]
fn both_sections_of_one_file_share_its_body() {
    let Sections::Pair {
        chinese, english, ..
    } = read_text(DIGEST).sections
    else {
        panic!("not a pair")
    };
    assert!(Arc::ptr_eq(&chinese.body, &english.body));
}

proptest! {
    #[test]
    fn any_bytes_give_an_article(bytes in prop::collection::vec(any::<u8>(), 0..600), name in "\\PC{0,20}") {
        let article = read(&bytes, &name);
        prop_assert!(!article.titles.given.is_empty());
    }

    #[test]
    fn no_header_string_holds_anything_hostile(pieces in prop::collection::vec(piece(), 0..40), name in piece()) {
        let text = pieces.concat();
        let article = read(text.as_bytes(), &name);
        for string in strings(&article) {
            prop_assert!(!string.contains(char::is_control), "{:?}", string);
            prop_assert_eq!(clean_line(string), string);
        }
        prop_assert!(!article.titles.given.is_empty());
        let lines = text.lines().count() as u32 + text.matches('\r').count() as u32 + 1;
        prop_assert!(article.problems.iter().all(|problem| problem.line.is_none_or(|line| (1..=lines).contains(&line))));
    }
}

const ZH: &str = "---\ntitle: 茶叶涨价\ndate: someday\ntags: [农业]\n---\n\n春天少雨，茶园减产，茶商说今年绿茶的价格比去年高出两成。\n";
const EN: &str = "---\ntitle: Tea prices rise\ndate: 2024-03-02\nauthor: gazette\n---\n\nA dry spring has cut the harvest, and traders say that green tea costs more than a year ago.\n";

fn joined(zh: &str, en: &str) -> Result<Article, Box<[Article; 2]>> {
    join(
        read(zh.as_bytes(), "tea.md"),
        read(en.as_bytes(), "tea-en.md"),
        ["tea.md", "tea-en.md"],
    )
}

#[test]
fn the_fields_come_from_whichever_file_has_them() {
    let article = joined(ZH, EN).unwrap();
    assert_eq!(article.titles.in_language(Language::Chinese), "茶叶涨价");
    assert_eq!(
        article.titles.in_language(Language::English),
        "Tea prices rise"
    );
    assert_eq!(article.date.written, "2024-03-02");
    assert_eq!(
        (article.tags, article.source),
        (vec!["农业".to_owned()], Some("gazette".to_owned()))
    );
    let Sections::Pair {
        chinese, english, ..
    } = article.sections
    else {
        panic!("no pair")
    };
    assert!(chinese.body.contains("春天") && english.body.contains("spring"));
    assert_eq!((chinese.parts[0].line, english.parts[0].line), (7, 7));
    let reasons: Vec<String> = article.problems.iter().map(ToString::to_string).collect();
    assert_eq!(reasons.len(), 1);
    assert!(
        reasons[0].starts_with("line 3: in tea.md: the date"),
        "{reasons:?}"
    );
}

#[test]
fn the_date_of_the_chinese_file_comes_first() {
    let zh = ZH.replace("someday", "2024-01-01");
    assert_eq!(joined(&zh, EN).unwrap().date.written, "2024-01-01");
}

#[test]
fn beside_its_english_twin_an_article_that_quotes_much_english_is_the_chinese_one() {
    let english = EN.rsplit("---\n").next().unwrap();
    let chinese = ZH.rsplit("---\n").next().unwrap();
    let quoting = format!("{ZH}{}\n{}", chinese.repeat(2), english.repeat(9));
    let Sections::Whole { language, .. } = read_text(&quoting).sections else {
        panic!("split")
    };
    assert_eq!(language, Some(Language::English));
    assert!(joined(&quoting, EN).is_ok());
    // Neither shows its language by itself.
    assert!(joined(&quoting, &quoting).is_err());
    // A few words of Chinese in an English article.
    let untranslated = format!("{EN}\n{}\n本页尚未翻译。\n", english.repeat(9));
    assert!(joined(&untranslated, EN).is_err());
}

#[test]
fn what_is_not_the_language_it_is_taken_for_is_not_joined() {
    let bilingual = format!(
        "{ZH}\n---\n\n**Summary:**\n\n{}",
        EN.rsplit("---\n").next().unwrap()
    );
    for (zh, en) in [
        (EN, ZH),
        (ZH, ZH),
        (EN, EN),
        (ZH, ""),
        ("", EN),
        (&bilingual, EN),
        (ZH, "1 + 1"),
    ] {
        assert!(joined(zh, en).is_err(), "{zh} {en}");
    }
}
