//! What language models leave in the texts that they write: their own words, paragraphs twice, ends cut off, brackets
//! without a partner, paragraphs in the wrong language.

use std::collections::HashMap;

use super::finding::{Finding, quoted};
use super::rule::Rule;
use crate::bilingual::prose;
use crate::markdown::{BlockKind, Document};
use crate::text::{Language, folded, is_han};

/// How a model begins to speak of its task; behind `…` what follows within [`REACH`] characters.
const CHATTER: [&str; 2] = [
    "以下是…翻译|以下是…译文|以下是…版本|以下为…翻译|以下为…译文|下面是…翻译|下面是…译文|这是…译文|以下是您要|以下是你要|好的，以下|好的，这是|好的，作为…我|好的，我将|好的，根据您|好的，根据你|好的，基于您|好的，基于你|当然，以下|作为一个…模型|作为一个人工智能|作为一名人工智能|作为人工智能助手|作为ai|作为一个ai|作为一名ai|作为…语言模型|抱歉，我…无法|抱歉，我…不能|对不起，我…无法|对不起，我…不能|请提供…翻译|请提供您|希望这对您|希望这对你|希望这个翻译|希望这份翻译|希望以上…帮助|如果您需要进一步|如果你需要进一步|如果您还需要|如果你还需要|如需进一步|如有…告诉我|翻译如下|译文如下|以下是修改后|请注意，我…译|我已…翻译",
    "here is…translat|here's…translat|here are…translat|below is…translat|below is…version|here is…version|here's…version|here is your|here's your|here is a summary of the|here is the summary|here's a summary|here's the summary|sure, here|sure, below|sure! below|sure! here|sure — here|certainly! here|certainly, here|of course! here|of course, here|absolutely! here|okay, here|as an ai|as a language model|as a large language model|i'm sorry, but i|i am sorry, but i|i apologize, but i|i'm unable to|i am unable to|i cannot assist|i can't assist|i cannot translate|i can't translate|i have translated|i've translated|please provide the text|please provide the article|please provide the original|please note that i have|please note that i've|please let me know|let me know if you|i hope this helps|i hope this translation|feel free to ask|feel free to let me know|would you like me to|do you want me to|note: this translation|note: the translation",
];
/// So many characters behind the beginning what it needs may follow.
const REACH: usize = 40;
/// The shortest text that is found twice by no chance, in bytes.
const LONG: usize = 90;
/// The shortest last paragraph that may be cut off: shorter ones are signatures.
const SHORT: usize = 48;
/// A paragraph that is there again after more blocks than this is one of a manual, and no slip.
const NEAR: usize = 6;
/// How many words, Han characters counted as one each, a paragraph in the wrong language has at least.
const WORDS: usize = 14;
/// The brackets and Chinese quotation marks that come in pairs.
const PAIRS: [(char, char); 6] = [
    ('（', '）'),
    ('【', '】'),
    ('《', '》'),
    ('(', ')'),
    ('「', '」'),
    ('『', '』'),
];

/// The findings in a section of a text, which is bilingual or not.
pub(super) fn inspect_section(
    side: Language,
    document: &Document,
    is_bilingual: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: HashMap<String, (usize, u32)> = HashMap::new();
    let mut last = None;
    let mut quotation = Quotation::default();
    let (mut ends, mut all) = (0, 0);
    for (index, block) in document.blocks.iter().enumerate() {
        let text = prose(document, &(index as u32..index as u32 + 1));
        let text = text.trim();
        let is_paragraph = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let mut add = |rule, message| findings.push(Finding::new(rule, block.line, message));
        if text.is_empty() || matches!(block.kind, BlockKind::Code | BlockKind::Table) {
            continue;
        }
        if is_chatter(text) {
            add(Rule::ModelChatter, quoted(text));
        }
        if !is_paragraph {
            continue;
        }
        if let Some((line, words)) = quotation.next(text, block.line) {
            let found = tr!("{mark} in {words}", mark = '“', words = words);
            findings.push(Finding::new(Rule::UnpairedBracket, line, found));
        }
        let mut add = |rule, message| findings.push(Finding::new(rule, block.line, message));
        if is_bilingual && is_foreign(&without_links(document, index), side) {
            add(Rule::WrongLanguage, quoted(text));
        }
        if let Some(mark) = unpaired(text) {
            let words = quoted(text);
            add(
                Rule::UnpairedBracket,
                tr!("{mark} in {words}", mark = mark, words = words),
            );
        }
        let is_ended = ends_sentence(text) || ends_in_link(document, index);
        if text.len() >= LONG || block.kind == BlockKind::Paragraph && text.len() >= SHORT {
            last = Some((block.line, text.to_owned(), is_ended, index));
        }
        if text.len() < LONG {
            continue;
        }
        // With its code: two that differ only there are two.
        let whole = folded(document.block_text(index)).into_owned();
        let before = known.insert(whole, (index, block.line));
        if let Some((_, line)) = before.filter(|(before, _)| index - before <= NEAR) {
            let words = quoted(text);
            add(
                Rule::RepeatedParagraph,
                tr!("{words} is also on line {line}", words = words, line = line),
            );
        }
        (ends, all) = (ends + u32::from(is_ended), all + 1);
    }
    if let Some((line, words)) = quotation.open {
        let found = tr!("{mark} in {words}", mark = '“', words = words);
        findings.push(Finding::new(Rule::UnpairedBracket, line, found));
    }
    // Notes and links may follow what is cut off, but no long paragraph.
    if let Some((line, text, false, _)) =
        last.filter(|(.., index)| index + 2 >= document.blocks.len())
        && is_bilingual
        && all > 1
        && ends * 10 >= (all - 1) * 8
        && is_cut(&text, side)
    {
        let end: Vec<char> = text.chars().rev().take(20).collect();
        let end: String = end.into_iter().rev().collect();
        findings.push(Finding::new(Rule::CutEnd, line, format!("“…{end}”")));
    }
    findings
        .into_iter()
        .map(|finding| finding.on(side))
        .collect()
}

fn is_chatter(text: &str) -> bool {
    let start: String = text.chars().take(2 * REACH).collect();
    let start = start.to_lowercase().replace('’', "'");
    let begins = |phrase: &str| {
        let (begin, needed) = phrase.split_once('…').unwrap_or((phrase, ""));
        let rest = start.strip_prefix(begin)?;
        let near: String = rest.chars().take(REACH).collect();
        near.contains(needed).then_some(())
    };
    let mut phrases = CHATTER.iter().flat_map(|phrases| phrases.split('|'));
    phrases.any(|phrase| begins(phrase).is_some())
}

/// Whether a text ends with a word or a comma that a sentence goes on after: names and numbers stand at the end of
/// signatures.
fn is_cut(text: &str, side: Language) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let word = last.trim_end_matches([',', '-']);
    match side {
        Language::Chinese => text.ends_with(|c| is_han(c) || matches!(c, '，' | '、')),
        Language::English => !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()),
    }
}

/// The prose of a block but for links: the titles of what is quoted stay in their language.
fn without_links(document: &Document, index: usize) -> String {
    let block = index as u32..index as u32 + 1;
    let mut text = prose(document, &block).into_bytes();
    let range = &document.blocks[index].range;
    let from = document
        .runs
        .partition_point(|run| run.range.end <= range.start);
    let runs = document.runs[from..].iter();
    for run in runs.take_while(|run| run.range.start < range.end) {
        if run.link.is_some() {
            let [start, end] =
                [run.range.start, run.range.end].map(|it| (it - range.start) as usize);
            text[start..end].fill(b' ');
        }
    }
    // Runs begin and end between characters, so this cannot fail.
    String::from_utf8(text)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn ends_in_link(document: &Document, block: usize) -> bool {
    let range = &document.blocks[block].range;
    let text = document.block_text(block).trim_end();
    let end = range.start + text.len() as u32;
    let after = document.runs.partition_point(|run| run.range.start < end);
    let last = after.checked_sub(1).map(|at| &document.runs[at]);
    last.is_some_and(|run| run.link.is_some() && run.range.end >= end)
}

/// The “ that waits for its ”. A quotation of several paragraphs has one at the beginning of each.
#[derive(Default)]
struct Quotation {
    open: Option<(u32, String)>,
}

impl Quotation {
    /// Reads the next paragraph. Returns the paragraph whose mark has no partner: this one, or that before.
    fn next(&mut self, text: &str, line: u32) -> Option<(u32, String)> {
        let before = self.open.take();
        let (mut depth, mut lone) = (0_u32, 0_u32);
        for c in text.chars() {
            match c {
                '“' => depth += 1,
                '”' if depth == 0 => lone += 1,
                '”' => depth -= 1,
                _ => {}
            }
        }
        // A title may be cut inside a quotation.
        let rest = text.rfind('“').map_or("", |at| &text[at..]);
        if depth > 0 && !rest.contains("...") && !rest.contains('…') {
            self.open = Some((line, quoted(text)));
        }
        let goes_on = text.starts_with('“') || lone > 0;
        match before {
            None => (lone > 0).then(|| (line, quoted(text))),
            before => before.filter(|_| !goes_on),
        }
    }
}

/// Whether a paragraph is in the other language, and long enough to be sure.
fn is_foreign(text: &str, side: Language) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let is_word =
        |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(is_word)
        .count();
    match side {
        Language::Chinese => han == 0 && words >= WORDS && text.starts_with(is_written),
        Language::English => han >= WORDS && han >= 4 * words,
    }
}

/// Whether a paragraph may begin so: templates and markup do not.
fn is_written(c: char) -> bool {
    c.is_alphanumeric() || "“\"'‘(*".contains(c)
}

/// The first bracket without a partner. That of a list's number or a smiley has none.
fn unpaired(text: &str) -> Option<char> {
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        if c == '[' || PAIRS.iter().any(|(begin, _)| *begin == c) {
            open.push((c, at));
        } else if let Some((begin, _)) = PAIRS.iter().find(|(_, end)| *end == c) {
            // （a) and (a）, [0, 100).
            let is_mixed = |mark: char| matches!((mark, c), ('（' | '[', ')') | ('(' | '[', '）'));
            let partner = open.iter().rposition(|(mark, _)| mark == begin);
            match partner.or_else(|| open.iter().rposition(|(mark, _)| is_mixed(*mark))) {
                Some(index) => open.truncate(index),
                None if is_number_or_smiley(&text[..at]) => {}
                None => return Some(c),
            }
        } else if c == ']' {
            let interval = |(mark, _): &(char, usize)| matches!(mark, '[' | '(');
            if let Some(index) = open.iter().rposition(interval) {
                open.truncate(index);
            }
        }
    }
    // A title may be cut.
    let is_kept = |(mark, at): &&(char, usize)| {
        let rest = &text[*at..];
        *mark != '[' && !rest.contains("...") && !rest.contains('…')
    };
    open.iter().find(is_kept).map(|(mark, _)| *mark)
}

/// Whether what is before a closing bracket makes it one of a number, 1), or of a smiley.
fn is_number_or_smiley(before: &str) -> bool {
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let letter = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_apart = |rest: &str| !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
    let is_short = |rest: &str, most| (1..=most).contains(&(before.len() - rest.len()));
    before.ends_with([':', ';', '：', '；', '-', '^'])
        || is_short(number, 3) && is_apart(number)
        || is_short(letter, 1) && is_apart(letter)
        || before.trim().is_empty()
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches([
        '”', '"', '’', '\'', '」', '』', ')', '）', ']', '】', '*', ' ',
    ]);
    text.ends_with(['.', '。', '!', '！', '?', '？', ':', '：', '…', ';', '；'])
}

#[cfg(test)]
mod tests {
    use crate::bilingual::Text;
    use crate::check::{Glossary, inspect};
    use crate::digest;

    const CHINESE: [&str; 3] = [
        "春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成，库存也只剩下一半，许多人开始囤货。",
        "全国茶叶的销售额比前一年少了许多，出口也在下降，行业协会说这是十年来最差的一个春天。",
        "农民希望六月的雨能挽回一些损失，否则秋茶也会受到影响，明年的价格还会继续上涨下去。",
    ];
    const ENGLISH: [&str; 3] = [
        "A dry spring has cut the harvest, and traders say that green tea costs a fifth more than last year, with half the stock left.",
        "Sales of tea fell all over the country, and exports too; the association calls it the worst spring in ten years.",
        "Farmers hope that rain in June will make up for some of it, or else the autumn harvest will suffer as well.",
    ];

    fn codes(chinese: &[&str], english: &[&str]) -> Vec<&'static str> {
        let source = format!(
            "{}\n\n---\n\n**Summary:**\n\n{}\n",
            chinese.join("\n\n"),
            english.join("\n\n")
        );
        let text = Text::new(digest::read(source.as_bytes(), "a.md"));
        let found = inspect(&text, &Glossary::default()).findings.into_iter();
        let codes = found.map(|finding| finding.rule.info().code);
        codes.filter(|code| *code > "JB014").collect()
    }

    #[test]
    fn sound_sections_have_nothing_of_a_machine() {
        assert_eq!(codes(&CHINESE, &ENGLISH), [""; 0]);
    }

    #[test]
    fn what_machines_leave_is_found() {
        let with = |chinese: &[&str], english: &[&str]| {
            codes(
                &[&CHINESE[..], chinese].concat(),
                &[&ENGLISH[..], english].concat(),
            )
        };
        assert_eq!(with(&["作为一个语言模型，我无法核实。"], &[]), ["JB015"]);
        assert_eq!(with(&[], &["Let me know if you’d like more."]), ["JB015"]);
        assert_eq!(with(&[CHINESE[0]], &[]), ["JB016"]);
        let cut = "They also say that the prices of oolong and of black tea will follow, because";
        assert_eq!(
            with(&[], &[&format!("{cut} the stores of the merchants are")]),
            ["JB017"]
        );
        assert_eq!(with(&["他们（包括茶商也这样说。"], &[]), ["JB018"]);
        assert_eq!(with(&[ENGLISH[1]], &[]), ["JB019"]);
        let title = format!("[{}](https://tea.example/1) · V2EX", CHINESE[1]);
        assert_eq!(with(&[], &[&title, "They hope so."]), [""; 0]);
        assert_eq!(
            with(
                &["“他们说：第一，雨水", "第二，价格。” :)"],
                &["1) So (they) say"]
            ),
            [""; 0]
        );
        assert_eq!(
            with(&["他说：“雨水少了。"], &["He said that rain” was scarce."]),
            ["JB018", "JB018"]
        );
        assert_eq!(
            with(
                &[
                    "“雨水少了，",
                    "“收成也少了。”",
                    "前半 [0, 10) 和 2）后半（见《茶叶...",
                    "[茶商说“今年的茶...](a.md) · 10:30",
                ],
                &["Fine :-) and (half [open) (a)."]
            ),
            [""; 0]
        );
    }
}
