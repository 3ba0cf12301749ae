//! The sentences of a paragraph, in either language.

use std::ops::Range;

use crate::text::Language;

/// Words before whose full stop no sentence ends.
const ABBREVIATIONS: [&str; 32] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "gen", "sen", "rep", "gov", "lt", "col", "capt", "vs", "etc",
    "eg", "e.g", "i.e", "ie", "cf", "no", "vol", "fig", "approx", "inc", "ltd", "co", "corp", "u.s", "u.k",
];

/// The byte ranges of the sentences of a text, which cover it without a gap; spaces belong to the sentence before them.
///
/// Chinese sentences end at 。！？ or …… and the closing marks after them; English ones at a full stop, question or
/// exclamation mark that is followed by a space and something that may begin a sentence, but not after an
/// abbreviation or an initial. A simplification of UAX #29's sentence rules with the two languages' quotes in mind.
pub fn sentences(text: &str, language: Language) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let wide = matches!(c, '。' | '！' | '？' | '\n');
        let narrow = matches!(c, '.' | '!' | '?');
        if !wide && !narrow {
            continue;
        }
        while chars.next_if(|&(_, c)| is_closing(c)).is_some() {}
        let mut spaces = false;
        while chars.next_if(|&(_, c)| c.is_whitespace()).is_some() {
            spaces = true;
        }
        let (end, next) = chars.peek().map_or((text.len(), None), |&(at, c)| (at, Some(c)));
        if wide
            || (spaces
                && next.is_none_or(begins)
                && (language == Language::Chinese || c != '.' || !is_abbreviated(&text[start..at])))
        {
            ranges.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '.' | '!' | '?' | '”' | '’' | '"' | '\'' | '」' | '』' | '）' | ')' | ']' | '】' | '》'
    )
}

fn begins(c: char) -> bool {
    !c.is_lowercase()
}

/// Whether the text before a full stop ends in an abbreviation or a single capital letter.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"')).next().unwrap_or(before);
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(first), None) if first.is_uppercase());
    initial || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, language: Language) -> Vec<&str> {
        sentences(text, language).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn chinese_sentences_end_at_their_stops_and_take_the_closing_quote_along() {
        let text = "他说：“走吧。”我们走了！真的吗？是的";
        assert_eq!(split(text, Language::Chinese), ["他说：“走吧。”", "我们走了！", "真的吗？", "是的"]);
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
