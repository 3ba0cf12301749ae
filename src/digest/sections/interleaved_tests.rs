use std::fmt::Write;

use super::super::outline::Outline;
use super::*;

const EN: [&str; 3] = [
    "The streams API was added to ease the task of performing bulk operations on many elements.",
    "A pipeline consists of a source followed by zero or more operations and a terminal one.",
    "Note that the names of the parameters were chosen carefully, since there are no types.",
];
const ZH: [&str; 3] = [
    "添加流接口是为了简化对大量元素批量执行操作的任务，这是它的用途。",
    "一条管道由一个源、零个或多个中间操作和一个终结操作组成，缺一不可。",
    "注意，参数的名称是经过仔细选择的，因为这里没有写出参数的类型。",
];

/// Pairs of paragraphs or lines, with text between the two languages and between pairs.
fn text(pairs: usize, within: &str, between: &str) -> String {
    let mut text = String::new();
    for at in 0..pairs {
        write!(text, "{}{within}{}{between}", EN[at % 3], ZH[at % 3]).unwrap();
    }
    text
}

fn split(body: &str) -> Option<Vec<BodySpan>> {
    divide(&Outline::new(body, &[]).lines)
}

/// The text of each owner's spans: Chinese, English, both.
fn owned(body: &str) -> Option<[String; 3]> {
    let spans = split(body)?;
    let mut owned = [String::new(), String::new(), String::new()];
    for (at, span) in spans.iter().enumerate() {
        let end = spans
            .get(at + 1)
            .map_or(body.len(), |next| next.start.offset);
        let index = match span.owner {
            Owner::One(language) => language as usize,
            Owner::Both => 2,
            Owner::Nobody => panic!("a span of nobody"),
        };
        owned[index] += &body[span.start.offset..end];
    }
    Some(owned)
}

#[test]
fn paragraphs_and_lines_in_turn_are_interleaved() {
    for (within, between) in [
        ("\n\n", "\n\n"),
        ("\n", "\n\n"),
        ("\n", "\n"),
        ("\r\n\r\n", "\r\n\r\n"),
        ("\n\n", "\n\n```\nlet a = b;\n```\n\n"),
    ] {
        let [chinese, english, both] = owned(&text(9, within, between)).expect("interleaved");
        assert_eq!(chinese.matches(ZH[0]).count(), 3);
        assert_eq!(english.matches(EN[1]).count(), 3);
        assert!(!chinese.contains("The") && !english.contains('的'));
        assert_eq!(both.contains("let a"), between.contains("let a"));
    }
}

#[test]
fn headings_are_for_both_unless_translated() {
    let body = format!(
        "# Streams（流）\n\n## 开头\n\n{}## Middle\n\n## 中间\n\n{}Ende\n---\n\n{}",
        text(4, "\n\n", "\n\n"),
        text(4, "\n\n", "\n\n"),
        text(4, "\n\n", "\n\n")
    );
    let [chinese, english, both] = owned(&body).expect("interleaved");
    assert!(
        both.contains("# Streams（流）") && both.contains("## 开头") && both.contains("Ende\n---")
    );
    assert!(english.contains("## Middle") && chinese.contains("## 中间"));
}

#[test]
fn tables_images_and_rules_are_for_both() {
    let between = "\n\n![](a.png)\n\n| a | 表 |\n|---|---|\n| one word | 一 |\n\n***\n\n";
    let [chinese, english, both] = owned(&text(6, "\n\n", between)).expect("interleaved");
    for shared in ["a.png", "one word", "***"] {
        assert!(
            both.contains(shared) && !chinese.contains(shared) && !english.contains(shared),
            "{shared}"
        );
    }
}

#[test]
fn text_that_only_alternates_is_not_interleaved() {
    assert_eq!(owned(&text(4, "\n\n", "\n\n")), None, "too few");
    let titles = (0..20).fold(String::new(), |text, at| {
        text + "A short title\n\n" + &ZH[at % 3].repeat(3) + "\n\n"
    });
    assert_eq!(owned(&titles), None, "titles and summaries");
    let chinese = (0..20).fold(String::new(), |text, at| {
        text + EN[at % 3] + "\n\n" + &format!("{}\n\n", ZH[at % 3]).repeat(5)
    });
    assert_eq!(owned(&chinese), None, "quotations in a text");
    let halves = format!(
        "{}{}",
        format!("{}\n\n", EN[0]).repeat(20),
        format!("{}\n\n", ZH[0]).repeat(20)
    );
    assert_eq!(owned(&halves), None, "one after the other");
    assert_eq!(owned(""), None);
}

#[test]
fn a_latin_line_in_a_hard_wrapped_chinese_paragraph_stays_in_it() {
    let wrapped = format!("{}\n{}\nBloomberg News\n{}\n", ZH[0], ZH[1], ZH[2]);
    let body = format!("{}{}\n\n{wrapped}", text(9, "\n\n", "\n\n"), EN.join(" "));
    let [chinese, english, _] = owned(&body).expect("interleaved");
    assert!(chinese.contains("Bloomberg") && !english.contains("Bloomberg"));
}

#[test]
fn a_body_of_too_many_turns_stays_whole() {
    let body = "ab cd\n中文\n".repeat(30_000);
    assert!(split(&body).is_none());
}
