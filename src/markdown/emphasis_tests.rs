//! Emphasis beside Chinese punctuation.

use proptest::prelude::*;

use super::is_mark;
use crate::markdown::dump::{parsed, tagged};

fn text(source: &str) -> String {
    tagged(&parsed(source))
}

#[test]
fn marks_beside_letters_open_and_close() {
    for (source, expected) in [
        ("**摘要：**正文", "<b>摘要：</>正文"),
        ("**注意：**请看", "<b>注意：</>请看"),
        ("中文**（重点）**中文", "中文<b>（重点）</>中文"),
        ("**“引语”**说", "<b>“引语”</>说"),
        ("他说**“引语”**，", "他说<b>“引语”</>，"),
        ("*强调。*后", "<i>强调。</>后"),
        ("~~删去。~~后", "<s>删去。</>后"),
        ("**注意：**请看**重点**后", "<b>注意：</>请看<b>重点</>后"),
        (
            "**甲：**乙**（丙）**丁**戊。**己",
            "<b>甲：</>乙<b>（丙）</>丁<b>戊。</>己",
        ),
        (
            "- **甲：**乙\n- 丙**（丁）**戊",
            "<b>甲：</>乙\n丙<b>（丁）</>戊",
        ),
        ("**The end.**然后", "<b>The end.</>然后"),
        ("这是**Hello!**吗", "这是<b>Hello!</>吗"),
        ("***两者：***后", "<b+i>两者：</>后"),
        ("[**链接：**后](u)", "<b+a=u>链接：</><a=u>后</>"),
        ("| **甲：**乙 |\n|---|", "<b>甲：</>乙"),
        ("# **题：**目", "<b>题：</>目"),
    ] {
        assert_eq!(text(source), expected, "{source}");
    }
}

#[test]
fn stars_that_mean_no_emphasis_stay() {
    for source in [
        "2 * 3 * 4",
        "**未闭合：正文",
        "正文（**",
        "3*（4+5）*6",
        "a * b ** c",
        "文**（未闭合",
        "价格*：含税",
    ] {
        assert_eq!(text(source), source);
    }
    assert_eq!(text(r"\*\*不是：\*\*请看"), "**不是：**请看");
    assert_eq!(text(r"\\**是：**请看"), r"\<b>是：</>请看");
    assert_eq!(text("`**码：**x`"), "<code>**码：**x</>");
    assert_eq!(text("```\n**码：**x\n```"), "**码：**x");
    assert_eq!(
        text("<https://e.com/文**（x）**y>"),
        "<a=https://e.com/文**（x）**y>https://e.com/文**（x）**y</>"
    );
    assert_eq!(text("&ast;&ast;注：&ast;&ast;请"), "**注：**请");
}

/// Each character that counts as a mark must be one to the parser: a seam beside others would do
/// harm.
#[test]
fn every_mark_is_punctuation_to_the_parser() {
    for c in ('\u{80}'..='\u{FFFF}').filter(|&c| is_mark(c)) {
        // A bold run that begins with a mark cannot open after a letter.
        let source = format!("x**{c}y**z");
        let bold = pulldown_cmark::Parser::new(&source).any(|event| {
            matches!(
                event,
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Strong)
            )
        });
        assert!(!bold, "{c:?}");
    }
}

/// The bold and italic texts that `CommonMark` sees.
fn plain_emphasis(source: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for event in Parser::new(source) {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis) => open.push(String::new()),
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => found.extend(open.pop()),
            Event::Text(text) => open.iter_mut().for_each(|open| open.push_str(&text)),
            _ => {}
        }
    }
    found
}

#[test]
fn what_commonmark_emphasises_stays_so() {
    for source in [
        "*foo bar*",
        "foo*bar*",
        "**foo*bar*baz**",
        "***foo** bar*",
        "*foo**bar**baz*",
        "_foo_ *bar*",
        "**foo, *bar*, baz**",
        "*(**foo**)*",
        "foo***bar***baz",
        "**foo\nbar**",
        "*foo [bar](/url)*",
        "**中文**、**英文**",
        "中**文**字",
        "（**重点**）",
        "**重点**：后文，**其次**。",
        "他说：**重点**。",
        "“**引**”",
        "*甲*，*乙*",
    ] {
        let document = parsed(source);
        let runs: String = document
            .runs
            .iter()
            .map(|run| &document.text[run.range.start as usize..run.range.end as usize])
            .collect();
        for text in plain_emphasis(source) {
            let text = text.replace(['\n', ' '], "");
            assert!(
                runs.replace([' ', '\n'], "").contains(&text),
                "{source}: {text} not in {runs}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Where no Chinese stands beside a star, nothing changes.
    #[test]
    fn latin_text_gets_no_separator(source in "[a-z*~ .,()\\\\`\n-]{0,60}") {
        prop_assert!(super::separators(&source).is_empty());
    }

    /// A star is either part of a pair that gives a style, or shown.
    #[test]
    fn no_star_is_lost_unmatched(source in "(\\*{1,2}|[甲乙：（）。“”a, ]){0,40}") {
        let source = format!("始{source}终");
        let document = parsed(&source);
        let shown = document.text.matches('*').count();
        let held = source.matches('*').count();
        prop_assert!(shown <= held && (held - shown).is_multiple_of(2));
        prop_assert!(shown == held || !document.runs.is_empty());
        let rest = |text: &str| text.replace(['*', ' '], "");
        prop_assert_eq!(rest(&document.text), rest(&source));
    }
}
