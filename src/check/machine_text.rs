//! What language models leave in the texts that they write: their own words, paragraphs twice, ends cut off, brackets
//! without a partner, paragraphs in the wrong language.

use std::collections::HashMap;

use super::finding::{Finding, quoted};
use super::rule::Rule;
use crate::bilingual::prose;
use crate::markdown::{BlockKind, Document};
use crate::text::{Language, folded, is_han};

/// How a model begins to speak of its task.
const CHATTER: [&str; 2] = [
    "以下是翻译|以下是译文|以下为翻译|以下为译文|以下是这篇文章的翻译|以下是您要的|以下是你要的|好的，以下|好的，这是|当然，以下|作为一个语言模型|作为一个人工智能|作为人工智能|作为ai|作为一个ai|作为大语言模型|抱歉，我无法|抱歉，我不能|很抱歉，我|对不起，我无法|请提供需要|请提供您|请提供要翻译|希望这对您|希望这对你|希望以上|如果您需要进一步|如需进一步|翻译如下|译文如下|以下是修改后",
    "here is the translation|here's the translation|here is your|here's your|here is a translation|here is the translated|here's the translated|here is a summary of the|here is the summary|here's a summary|here's the summary|sure, here|sure! here|certainly! here|certainly, here|of course! here|as an ai|as a language model|as a large language model|i'm sorry, but i can|i am sorry, but i can|i'm unable to|i cannot assist|i can't assist|i cannot translate|i can't translate|please provide the|let me know if you|i hope this helps|feel free to ask|would you like me to|do you want me to|note: this translation|note: the translation",
];
/// The shortest text that is found twice by no chance, in bytes.
const LONG: usize = 90;
/// A paragraph that is there again after more blocks than this is one of a manual, and no slip.
const NEAR: usize = 6;
/// How many words, Han characters counted as one each, a paragraph in the wrong language has at least.
const WORDS: usize = 14;
/// The brackets that come in pairs. Quotations may go on in the next paragraph.
const PAIRS: [(char, char); 4] = [('（', '）'), ('【', '】'), ('《', '》'), ('(', ')')];

/// The findings in a section.
pub(super) fn inspect_section(side: Language, document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: HashMap<String, (usize, u32)> = HashMap::new();
    let mut last = None;
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
        if is_foreign(text, side) {
            add(Rule::WrongLanguage, quoted(text));
        }
        if let Some(mark) = unpaired(text) {
            let words = quoted(text);
            add(
                Rule::UnpairedBracket,
                tr!("{mark} in {words}", mark = mark, words = words),
            );
        }
        if text.len() < LONG {
            continue;
        }
        let before = known.insert(folded(text).into_owned(), (index, block.line));
        if let Some((_, line)) = before.filter(|(before, _)| index - before <= NEAR) {
            let words = quoted(text);
            add(
                Rule::RepeatedParagraph,
                tr!("{words} is also on line {line}", words = words, line = line),
            );
        }
        let is_ended = ends_sentence(text);
        (ends, all) = (ends + u32::from(is_ended), all + 1);
        last = Some((block.line, text.to_owned(), is_ended, index));
    }
    // Notes and links may follow what is cut off, but no long paragraph.
    if let Some((line, text, false, _)) =
        last.filter(|(.., index)| index + 2 >= document.blocks.len())
        && ends * 10 >= (all - 1) * 9
        && all > 2
        && !text
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .contains(['.', '/', '_'])
        && text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '，' | '、' | '-'))
    {
        let end: Vec<char> = text.chars().rev().take(20).collect();
        let end: String = end.into_iter().rev().collect();
        findings.push(Finding::new(Rule::CutEnd, line, format!("“…{end}”")));
    }
    findings
}

fn is_chatter(text: &str) -> bool {
    let start: String = text.chars().take(60).collect();
    let start = start.to_lowercase().replace('’', "'");
    CHATTER
        .iter()
        .any(|phrases| phrases.split('|').any(|phrase| start.starts_with(phrase)))
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
        Language::Chinese => han == 0 && words >= WORDS && !text.starts_with('<'),
        Language::English => words == 0 && han >= WORDS,
    }
}

/// The first bracket without a partner. That of a list's number or a smiley has none.
fn unpaired(text: &str) -> Option<char> {
    let mut open: Vec<char> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if PAIRS.iter().any(|(begin, _)| *begin == c) {
            open.push(c);
        } else if let Some((begin, _)) = PAIRS.iter().find(|(_, end)| *end == c) {
            let is_number =
                c == ')' && at < 8 || c == '）' && at < 16 || matches!(before, ':' | ';' | '-');
            // （a) and (a）.
            let is_mixed = |mark: &char| matches!((*mark, c), ('（', ')') | ('(', '）'));
            match open
                .iter()
                .rposition(|mark| mark == begin || is_mixed(mark))
            {
                Some(index) => open.truncate(index),
                None if is_number => {}
                None => return Some(c),
            }
        }
        before = c;
    }
    open.first().copied()
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
    use crate::check::inspect;
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
        let found = inspect(&text).findings.into_iter();
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
        assert_eq!(
            with(
                &["“他们说：第一，雨水", "第二，价格。” :)"],
                &["1) So (they) say"]
            ),
            [""; 0]
        );
    }
}
