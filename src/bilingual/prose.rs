//! The running text of blocks, without code and formulas, and its sentences.

use std::ops::Range;

use crate::markdown::{BlockKind, Document, Inline};
use crate::text::{Language, is_han};

/// Abbreviations, after whose full stop a sentence may go on.
const ABBREVIATIONS: &str = "mr mrs ms dr prof st jr sr gen sen rep gov lt col capt vs etc eg e.g i.e ie cf no vol fig approx inc ltd co corp u.s u.k";

/// What may close a sentence after its mark.
const CLOSING: &str = "。！？.!?”’\"'」』）)]】》";

/// The text of neighbouring blocks, with spaces instead of what is no prose: code, formulas,
/// footnote references, bare addresses, labels.
///
/// Every byte keeps its offset from the beginning of the first block.
pub fn prose(document: &Document, blocks: &Range<u32>) -> String {
    let Some(inside) = document
        .blocks
        .get(blocks.start as usize..blocks.end as usize)
    else {
        return String::new();
    };
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
        return String::new();
    };
    let span = first.range.start..last.range.end;
    let text = &document.text[span.start as usize..span.end as usize];
    let mut bytes = text.as_bytes().to_vec();
    let mut blank = |range: Range<u32>| {
        let range = range.start.max(span.start)..range.end.min(span.end);
        if range.start < range.end {
            bytes[(range.start - span.start) as usize..(range.end - span.start) as usize]
                .fill(b' ');
        }
    };
    for block in inside {
        if matches!(
            block.kind,
            BlockKind::Code | BlockKind::Label | BlockKind::Break
        ) {
            blank(block.range.clone());
        }
    }
    let from = document
        .runs
        .partition_point(|run| run.range.end <= span.start);
    for run in document.runs[from..]
        .iter()
        .take_while(|run| run.range.start < span.end)
    {
        let words = &document.text[run.range.start as usize..run.range.end as usize];
        let is_address = run.inline.contains(Inline::LINK)
            && (words.contains("://") || words.starts_with("www."));
        let no_prose = Inline::CODE | Inline::MATH | Inline::FOOTNOTE | Inline::IMAGE;
        if is_address || run.inline.intersects(no_prose) {
            blank(run.range.clone());
        }
    }
    // Blocks and runs begin and end between characters, so this cannot fail.
    String::from_utf8(bytes).unwrap_or_default()
}

/// The byte ranges of the sentences of a text, which cover it without a gap; spaces belong to the
/// sentence before them.
///
/// Chinese sentences end at 。！？ or ……, also at ? and ! in half width, and the closing marks after
/// them; English ones at a full stop, question or exclamation mark that is followed by a space and
/// something that may begin a sentence, but not after an abbreviation, an initial, or the numeral
/// that begins a paragraph. A simplification of UAX #29's sentence rules with the two languages'
/// quotes in mind.
pub fn sentences(text: &str, language: Language) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_chinese = language == Language::Chinese;
        let is_ellipsis =
            is_chinese && c == '…' && chars.next_if(|&(_, next)| next == '…').is_some();
        // Not in a name such as Yahoo!
        let is_half = is_chinese && matches!(c, '!' | '?') && text[start..at].ends_with(is_han);
        let is_wide = matches!(c, '。' | '！' | '？' | '\n') || is_ellipsis || is_half;
        if !is_wide && !matches!(c, '.' | '!' | '?') {
            continue;
        }
        // After a line feed the next paragraph may begin with a quotation mark.
        while c != '\n' && chars.next_if(|&(_, c)| CLOSING.contains(c)).is_some() {}
        let mut has_space = false;
        while chars.next_if(|&(_, c)| c.is_whitespace()).is_some() {
            has_space = true;
        }
        let end = chars.peek().map_or(text.len(), |&(at, _)| at);
        let may_begin = !text[end..].starts_with(char::is_lowercase);
        let is_numeral = || is_numeral(&text[start..at]);
        let is_abbreviation =
            || language == Language::English && c == '.' && ends_in_abbreviation(&text[start..at]);
        if is_wide || has_space && may_begin && !is_abbreviation() && !is_numeral() {
            ranges.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}

/// Whether a sentence would be but the numeral of a paragraph, as in `69. The Committee`.
fn is_numeral(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text before a full stop ends in an abbreviation or a single capital letter.
fn ends_in_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'))
        .next()
        .unwrap_or(before);
    let mut letters = word.chars();
    let is_initial =
        matches!((letters.next(), letters.next()), (Some(first), None) if first.is_uppercase());
    is_initial
        || ABBREVIATIONS
            .split(' ')
            .any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::text::{SourceKind, SourcePart};

    fn of(source: &str) -> String {
        let document = parse(
            &[SourcePart {
                kind: SourceKind::Markdown,
                source,
                line: 1,
            }],
            "",
        );
        prose(&document, &(0..document.blocks.len() as u32))
    }

    #[test]
    fn code_and_addresses_are_blanked_in_place() {
        let text =
            of("收入 `x = 10` 为 8 亿，见 https://a.b/2024 与[第 3 页](p4.md)。\n\n```\n99\n```\n");
        assert!(
            text.contains("为 8 亿") && text.contains("第 3 页"),
            "{text}"
        );
        assert!(
            !text.contains("10")
                && !text.contains("2024")
                && !text.contains("99")
                && !text.contains('4'),
            "{text}"
        );
        assert_eq!(text.find("为"), "收入 x = 10 为".find("为"));
        assert_eq!(of(""), "");
    }

    fn split(text: &str, language: Language) -> Vec<&str> {
        sentences(text, language)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn chinese_sentences_end_at_their_stops_and_take_the_closing_quote_along() {
        let text = "他说：“走吧。”我们走了！真的吗？是的";
        assert_eq!(
            split(text, Language::Chinese),
            ["他说：“走吧。”", "我们走了！", "真的吗？", "是的"]
        );
    }

    #[test]
    fn chinese_sentences_end_at_ellipses_and_half_width_marks_but_not_at_a_numeral() {
        let text = "他走了……我留下?是的! Yahoo!宣布了。还有…后来";
        assert_eq!(
            split(text, Language::Chinese),
            [
                "他走了……",
                "我留下?",
                "是的! ",
                "Yahoo!宣布了。",
                "还有…后来"
            ]
        );
        assert_eq!(
            split("69. 委员会同意。", Language::Chinese),
            ["69. 委员会同意。"]
        );
        let text = "69. The Committee agreed. It was 1969. Then it ended.";
        assert_eq!(
            split(text, Language::English),
            [
                "69. The Committee agreed. ",
                "It was 1969. ",
                "Then it ended."
            ]
        );
    }

    #[test]
    fn english_sentences_do_not_end_in_figures_abbreviations_or_initials() {
        let text = "It raised $8.6 billion. Mr. Li, of the U.S. office, met J. Doe. “Why?” she asked. Then he left.";
        assert_eq!(
            split(text, Language::English),
            [
                "It raised $8.6 billion. ",
                "Mr. Li, of the U.S. office, met J. Doe. ",
                "“Why?” she asked. ",
                "Then he left."
            ]
        );
    }

    #[test]
    fn sentences_cover_the_text() {
        for text in ["", "。", "a.b", "...", "  x. Y", "一。\n二", "“", "a! ”b"] {
            for language in Language::BOTH {
                assert_eq!(split(text, language).concat(), text);
            }
        }
    }
}
