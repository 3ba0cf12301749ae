mod corpus;
mod evidence;

use proptest::prelude::*;

use super::names::HeadingName;
use super::outline::MarkerKind;
use super::*;
use crate::text::SourceKind;

/// The sections of a body without titles.
fn split_text(body: &str) -> Sections {
    split(body, 1, &[]).sections
}

/// Checks the "nothing lost" rule: every line with text in it is in a section, or is one of the few
/// that may be left out.
fn assert_nothing_lost(body: &str, titles: &[&str]) {
    let split = split(body, 1, titles);
    let outline = Outline::new(body, titles);
    let (parts, one) = match &split.sections {
        Sections::Whole { section, .. } => (section.parts.clone(), true),
        Sections::Pair {
            chinese, english, ..
        } => (
            [chinese.parts.clone(), english.parts.clone()].concat(),
            false,
        ),
    };
    for line in crate::text::lines(body).filter(|line| !line.is_blank()) {
        let shown = parts
            .iter()
            .any(|part| part.range.start < line.end && line.start < part.range.end);
        let metadata = outline
            .single_lines
            .iter()
            .any(|paragraph| paragraph.start.offset == line.start);
        let marker = outline
            .markers
            .iter()
            .find(|marker| (marker.start.offset..marker.end.offset).contains(&line.start));
        let boundary = marker.is_some_and(|marker| match marker.kind {
            MarkerKind::Heading(_) | MarkerKind::Label(_) => {
                matches!(
                    marker.name,
                    Some(HeadingName::Language { is_pure: true, .. })
                )
            }
            MarkerKind::Field => false,
            _ => true,
        });
        assert!(
            shown || metadata || (!one && boundary),
            "line {} is lost: {:?}\n{body}",
            line.index + 1,
            line.text
        );
    }
    for part in &parts {
        assert!(
            !body[part.range.clone()]
                .trim_matches([' ', '\t', '\r', '\n'])
                .is_empty()
        );
        let before = crate::text::lines(body)
            .take_while(|line| line.start <= part.range.start)
            .count();
        assert_eq!(part.line as usize, before, "{part:?}");
    }
}

const ZH: &str = "这家云计算公司筹集了八十六亿美元，估值上升到一百九十亿美元，并计划在挪威建造三个新的数据中心。";
const EN: &str = "The cloud computing company has raised more than eight billion dollars and plans to build three new data centres in Norway.";

/// The text of the parts of a section, labels in brackets, parts apart by `|`.
fn shown(section: &Section) -> String {
    let part = |part: &Part| match part.kind {
        SourceKind::Markdown => section.body[part.range.clone()].to_owned(),
        SourceKind::Label => format!("[{}]", &section.body[part.range.clone()]),
    };
    section
        .parts
        .iter()
        .map(part)
        .collect::<Vec<_>>()
        .join("|")
        .replace(ZH, "ZH")
        .replace(EN, "EN")
}

/// What the two views of a body show, its placeholders filled in: Chinese, English; the same twice
/// where it is whole.
fn views(body: &str) -> [String; 2] {
    let body = body.replace("ZH", ZH).replace("EN", EN);
    match split_text(&body) {
        Sections::Whole { section, .. } => [shown(&section), shown(&section)],
        Sections::Pair {
            chinese, english, ..
        } => [shown(&chinese), shown(&english)],
    }
}

/// Asserts that a body is a pair that shows these texts.
#[track_caller]
fn assert_pair(body: &str, chinese: &str, english: &str) {
    assert_eq!(views(body), [chinese, english]);
}

#[track_caller]
fn assert_whole(body: &str) {
    let filled = body.replace("ZH", ZH).replace("EN", EN);
    assert!(
        matches!(split_text(&filled), Sections::Whole { .. }),
        "{body}"
    );
}

const DIGEST: &str = "
[原文链接](https://example.com/a)

题目在此

# 标题

ZH

## 要点：

1. **一**：ZH

2. **二**：ZH

---

 **Summary:**
EN

**Key Points:**
1. **One:** EN
2. **Two:** EN

[Source Link](https://example.com/a)
";

fn is_interleaved(text: &str) -> bool {
    matches!(
        split_text(text),
        Sections::Pair {
            interleaved: true,
            ..
        }
    )
}

#[test]
fn a_digest_of_the_shape_of_the_seed() {
    let body = DIGEST.replace("ZH", ZH).replace("EN", EN);
    let split = split(&body, 9, &["题目在此"]);
    let Sections::Pair {
        chinese, english, ..
    } = &split.sections
    else {
        panic!("not a pair")
    };
    assert_eq!(
        shown(chinese),
        "# 标题\n\nZH\n\n## 要点：\n\n1. **一**：ZH\n\n2. **二**：ZH"
    );
    assert_eq!(
        shown(english),
        "[Summary:]|EN|[Key Points:]|1. **One:** EN\n2. **Two:** EN"
    );
    assert_eq!(split.link, Some("https://example.com/a"));
    let lines: Vec<u32> = chinese
        .parts
        .iter()
        .chain(&english.parts)
        .map(|part| part.line)
        .collect();
    assert_eq!(lines, [14, 26, 27, 29, 30]);
    assert!(split.problems.is_empty());
    assert_nothing_lost(&body, &["题目在此"]);
}

#[test]
fn line_endings_make_no_difference() {
    for ending in ["\r\n", "\r"] {
        let views = views(&DIGEST.replace('\n', ending));
        assert_eq!(
            views[1],
            format!("[Summary:]|EN|[Key Points:]|1. **One:** EN{ending}2. **Two:** EN")
        );
    }
}

#[test]
fn of_different_links_the_first_is_the_articles() {
    let views = views(&DIGEST.replace(
        "[Source Link](https://example.com/a)",
        "[Source Link](https://example.com/b)",
    ));
    assert!(
        !views[0].contains("example.com")
            && views[1].ends_with("[Source Link](https://example.com/b)")
    );
}

#[test]
fn the_links_of_the_items_of_a_list_stay() {
    let body = "## 一\n\nZH\n\n[查看原文](https://a.example)\n\n## 二\n\nZH\n\n[查看原文](https://b.example)\n";
    assert_eq!(views(body)[0], body.trim_end());
}

#[test]
fn rules_of_every_form_split_a_story() {
    for rule in ["---", "***", "* * *", "___", "<hr>", "<hr />"] {
        assert_pair(
            &format!("ZH\n\n{rule}\n\n**Summary:**\nEN"),
            "ZH",
            "[Summary:]|EN",
        );
        assert_pair(
            &format!("EN\n\n{rule}\n\n**摘要**：\nZH"),
            "[摘要**：]|ZH",
            "EN",
        );
    }
}

#[test]
fn an_underline_makes_a_heading_and_no_rule() {
    assert_whole("ZH\n\n文字\n---\n\nEN");
    assert_whole("ZH\nEN\n---\nEN");
}

#[test]
fn a_bare_rule_needs_similarity() {
    assert_whole("ZH\n\n---\n\nEN");
    let zh = "ZH Nvidia 2017 Dell Norway 190\n\nZH Supermicro 86";
    let en = "EN Nvidia 2017 Dell Norway 190\n\nEN Supermicro 86";
    assert_pair(&format!("{zh}\n\n---\n\n{en}"), zh, en);
}

#[test]
fn headings_that_name_the_languages() {
    assert_pair(
        "# 题 Title\n\n## English\n\nEN\n\n## 中文\n\nZH\n",
        "# 题 Title|ZH",
        "# 题 Title|EN",
    );
    assert_pair(
        "ZH\n\n## 7. English Summary\n\nEN",
        "ZH",
        "## 7. English Summary\n\nEN",
    );
    assert_pair(
        "<a name=\"english\"></a>\n## English\n\nEN\n\n---\n\n<a name=\"中文\"></a>\n## 中文\n\nZH",
        "ZH",
        "EN",
    );
    assert_whole("## English\n\nEN\n\n## 中文\n\nZH\n\n## English\n\nEN");
    assert_whole("## English\n\nZH\n\n## 中文\n\nZH");
}

#[test]
fn versions_under_a_shared_head_with_a_shared_tail() {
    assert_pair(
        "# Title\n\n**URL**: x\n\n## 原始摘要\n\nEN\n\n## AI 摘要\n\nZH\n\n## 元数据\n\n- **来源**: ArXiv",
        "# Title\n\n**URL**: x|## AI 摘要\n\nZH\n\n## 元数据\n\n- **来源**: ArXiv",
        "# Title\n\n**URL**: x\n\n## 原始摘要\n\nEN|## 元数据\n\n- **来源**: ArXiv",
    );
}

#[test]
fn labels_that_name_the_languages_with_fields_around() {
    assert_pair(
        "# 题\n\n**ID**：1\n**地址**：2\n\n**英文摘要**：\nEN\n\n**中文摘要**：\nZH\n\n**仓库**：暂无",
        "# 题\n\n**ID**：1\n**地址**：2|[中文摘要**：]|ZH\n\n**仓库**：暂无",
        "# 题\n\n**ID**：1\n**地址**：2|[英文摘要**：]|EN|**仓库**：暂无",
    );
}

#[test]
fn elements_that_name_their_language() {
    assert_pair(
        "head\n\n<div lang=\"zh-Hans\">\n\nZH\n\n<div>\nx\n</div>\n\n</div>\n\n<div class=\"content-en\">\n\nEN\n\n</div>\n",
        "head|ZH\n\n<div>\nx\n</div>",
        "head|EN",
    );
    assert_pair("ZH\n\n<div lang=en>\n\nEN\n\n</div>\n\nZH", "ZH|ZH", "EN");
}

#[test]
fn short_interleaved_texts_stay_whole_and_are_mixed() {
    for body in [
        "EN\n\nZH\n\nEN\n\nZH\n",
        "EN\nZH\nEN\nZH",
        "ZH\n\n---\n\nEN\n\n---\n\nZH\n\n---\n\nEN\n",
    ] {
        let body = body.replace("ZH", ZH).replace("EN", EN);
        assert!(
            matches!(split_text(&body), Sections::Whole { mixed: true, .. }),
            "{body}"
        );
    }
}

#[test]
fn interleaved_texts_are_pairs_that_say_so() {
    let body = "# Title（题）\n\nEN\n\nZH\n\n".to_owned()
        + &"EN\n\nZH\n\n![](a.png)\n\n".repeat(8)
        + "[a]: b";
    let views = views(&body);
    assert!(
        views
            .iter()
            .all(|view| view.contains("# Title（题）") && view.matches("a.png").count() == 8)
    );
    assert_eq!(
        (
            views[0].matches("ZH").count(),
            views[1].matches("EN").count()
        ),
        (9, 9)
    );
    assert!(!views[0].contains("EN") && !views[1].contains("ZH"));
    assert!(is_interleaved(&body.replace("ZH", ZH).replace("EN", EN)));
    assert!(!is_interleaved(&DIGEST.replace("ZH", ZH).replace("EN", EN)));
}

#[test]
fn an_interleaved_text_with_very_many_definitions_stays_whole() {
    let body = "EN\n\nZH\n\n".repeat(200) + &"[a]: https://a.example\n".repeat(1_000);
    assert_whole(&body);
}

#[test]
fn the_language_of_a_whole_text() {
    let language = |body: &str| match split_text(&body.replace("ZH", ZH).replace("EN", EN)) {
        Sections::Whole {
            language, mixed, ..
        } => (language, mixed),
        Sections::Pair { .. } => panic!("a pair: {body}"),
    };
    assert_eq!(
        language("ZH Nvidia\n\n```\nlet it be many words of code in here\n```"),
        (Some(Language::Chinese), false)
    );
    assert_eq!(
        language("EN\n\nEN (英伟达)"),
        (Some(Language::English), false)
    );
    assert_eq!(
        language("情報セキュリティマネジメント試験のじゅんびについて"),
        (None, false)
    );
    // A Japanese text with titles in both languages.
    let japanese = "日本の開発チームで導入するなら、このようなレビュー前提の運用設計が現実的です。";
    for title in ["1. Tea is cheap", "1. 茶叶价格上涨"] {
        assert_eq!(language(&format!("{title}\n\n{japanese}")), (None, false));
    }
    assert_eq!(language("1 + 1"), (None, false));
    assert_eq!(language(""), (None, false));
}

#[test]
fn labels_end_their_block_but_not_in_lists_quotations_or_code() {
    assert_eq!(views("EN\n**Note:**\nEN")[0], "EN|[Note:]|EN");
    for body in [
        "- EN\n\n  **Note:**\n  EN",
        "> **Note:**\n> EN",
        "```\n**Note:**\n```",
        "<!--\n**Note:**\n-->",
        "**Note:** EN",
        "    **Note:**",
    ] {
        assert_eq!(views(body)[0], body, "{body}");
    }
}

#[test]
fn definitions_are_for_both_sections() {
    let body = DIGEST.replace("ZH", ZH).replace("EN", EN)
        + "\n[a]: https://a.example\n\n[^1]: note\n    more\n";
    let Sections::Pair {
        chinese, english, ..
    } = split_text(&body)
    else {
        panic!("not a pair")
    };
    assert_eq!(
        &*chinese.definitions,
        "[a]: https://a.example\n\n[^1]: note\n    more"
    );
    assert!(Arc::ptr_eq(&chinese.definitions, &english.definitions));
    assert!(shown(&english).ends_with("[^1]: note\n    more"));
}

#[test]
fn a_field_that_continues_a_list_item_is_no_heading_for_the_rule_below() {
    let body =
        "ZH\n\n## 要点\n\n- ZH\n**注：** ZH\n---\n\n**Summary:**\nEN\n\n- EN\n**Note:** EN\n";
    let [chinese, english] = views(body);
    assert_eq!(chinese, "ZH\n\n## 要点\n\n- ZH\n**注：** ZH");
    assert_eq!(english, "[Summary:]|EN\n\n- EN\n**Note:** EN");
}

#[test]
fn an_unclosed_fence_is_a_problem_of_its_line() {
    let split = split("text\n\n```\ncode", 10, &[]);
    assert_eq!(
        split
            .problems
            .iter()
            .map(|problem| problem.line)
            .collect::<Vec<_>>(),
        [Some(12)]
    );
}

#[test]
fn absurd_bodies_take_linear_time() {
    for body in [
        "<div lang=en>\n",
        "---\n\n",
        "## English\n\n中文\n\n",
        "**a:**\n",
        "[^1]: a\n",
        "[原文](https://a.b)\n\n",
        "`<a {{ ](",
        "*:",
    ] {
        let body = body.repeat(20_000);
        assert!(matches!(split_text(&body), Sections::Whole { .. }));
    }
}

fn fragment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        ZH,
        EN,
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\n\n---\n\n",
        "\n* * *\n",
        "\n<hr>\n",
        "\n## English\n",
        "\n## 中文\n",
        "\n**Summary:**\n",
        "\n **摘要**：\n",
        "\n```\n",
        "\n~~~ a\n",
        "\n<div lang=en>\n",
        "\n</div>\n",
        "\n<div class='zh'>\n",
        "\n- item\n",
        "\n  nested\n",
        "\n> quote\n",
        "\n[原文链接](https://a.example)\n",
        "\ntitle\n",
        "\n[a]: b\n",
        "\n[^1]: note\n",
        "\n## 元数据\n",
        "\n**URL**: x\n",
        "\n<!-- c\n",
        "\n-->\n",
        "\n===\n",
        "\t",
        " ",
        "\u{2028}",
        "\n<a name=en></a>\n",
        "\n## AI 摘要\n",
        "\n# Summary\n",
        "| a |",
        "*",
    ])
}

proptest! {
    #[test]
    fn nothing_of_a_random_body_is_lost(fragments in prop::collection::vec(fragment(), 0..40)) {
        assert_nothing_lost(&fragments.concat(), &["title"]);
    }

    #[test]
    fn nothing_of_an_interleaved_text_is_lost(between in prop::collection::vec((fragment(), fragment()), 6..14)) {
        let turns = between.iter().map(|(one, two)| format!("{EN}\n\n{ZH}\n\n{one}{two}\n\n{EN}\n{ZH}\n\n"));
        assert_nothing_lost(&turns.collect::<String>(), &["title"]);
    }

    #[test]
    fn any_text_is_split_without_panic(body in "\\PC{0,60}") {
        assert_nothing_lost(&body, &[]);
    }
}
