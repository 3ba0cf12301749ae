//! How much of each script a text holds: the evidence of its language.

use std::ops::AddAssign;

use memchr::memchr;

use super::language::{Language, is_han, is_kana};

/// How much of each script a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScriptCounts {
    /// Han characters.
    pub han: usize,
    /// Kana characters, which speak for Japanese and so against Chinese.
    pub kana: usize,
    /// Words of two or more Latin letters.
    pub latin: usize,
    /// Those of them in small letters and between spaces or punctuation, as in a sentence: names,
    /// titles of links and most code have few.
    pub plain: usize,
}

impl ScriptCounts {
    /// Counts the scripts of a whole text.
    pub fn of(text: &str) -> Self {
        Counter::count(text, false)
    }

    /// Counts the scripts of a line of Markdown, without what is no language: code spans, link
    /// targets, pictures, bare URLs, HTML tags, character references and template tags.
    pub fn of_markdown(line: &str) -> Self {
        Counter::count(line, true)
    }

    /// The language that the line is a sentence of: names, titles, links, figures and code in the
    /// middle of the other language are none.
    pub fn sentence_language(self) -> Option<Language> {
        self.language().filter(|language| match language {
            Language::Chinese => self.han >= 5,
            Language::English => self.plain >= 4 && self.plain * 2 >= self.latin,
        })
    }

    /// The language that the counts prove, if they prove one.
    ///
    /// Chinese prose is full of Latin names, English prose has few Han glosses, and 5 Han
    /// characters say as much as about 3 English words. So Chinese needs at least as many Han
    /// characters as Latin words, English three Latin words to every Han character, and
    /// what lies between proves neither. Where kana are more than half as many as the Han
    /// characters the text is Japanese, and its Han characters count for nothing.
    pub fn language(self) -> Option<Language> {
        if self.han > 0 && self.han >= self.latin && !self.is_japanese() {
            Some(Language::Chinese)
        } else if self.latin > 0 && self.latin >= 3 * (self.han + self.kana) {
            Some(Language::English)
        } else {
            None
        }
    }

    /// Whether what is not Latin is Japanese: Chinese texts quote a few words at most.
    pub fn is_japanese(self) -> bool {
        self.kana * 2 > self.han
    }
}

impl AddAssign for ScriptCounts {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.kana += other.kana;
        self.latin += other.latin;
        self.plain += other.plain;
    }
}

/// Counts in one pass over the bytes.
struct Counter<'a> {
    text: &'a str,
    at: usize,
    counts: ScriptCounts,
    is_markdown: bool,
    /// How many plain words come before the text of the link that may be open.
    plain_before_link: usize,
    /// The closing signs `>`, `)` and `}` that do not come any more (a bit for each, by its code),
    /// so that no search without a result is repeated and the count stays linear.
    missing_signs: u128,
    /// The same for runs of backticks, by their length.
    missing_backticks: u64,
}

impl<'a> Counter<'a> {
    fn count(text: &'a str, is_markdown: bool) -> ScriptCounts {
        let counts = ScriptCounts::default();
        let mut counter = Self {
            text,
            at: 0,
            counts,
            is_markdown,
            plain_before_link: 0,
            missing_signs: 0,
            missing_backticks: 0,
        };
        while counter.at < text.len() {
            counter.step();
        }
        counter.counts
    }

    fn step(&mut self) {
        match self.text.as_bytes()[self.at] {
            // U+00C0 to U+024F, the Latin letters beyond ASCII, begin with C3 to C9; × and ÷ are
            // among them and do no harm.
            b'A'..=b'Z' | b'a'..=b'z' | 0xC3..=0xC9 => self.count_word(),
            b'`' if self.is_markdown => self.skip_code_span(),
            b'<' | b'[' | b']' | b'{' | b'&' | b'!' if self.is_markdown => self.skip_markup(),
            byte if byte.is_ascii() => self.at += 1,
            // U+5000 to U+9FFF, most of the ideographs.
            0xE5..=0xE9 => {
                let bytes = &self.text.as_bytes()[self.at..];
                let run = bytes
                    .chunks_exact(3)
                    .take_while(|c| matches!(c[0], 0xE5..=0xE9))
                    .count();
                self.counts.han += run;
                self.at += 3 * run;
            }
            _ => {
                let Some(c) = self.text[self.at..].chars().next() else {
                    return;
                };
                self.counts.han += usize::from(is_han(c));
                self.counts.kana += usize::from(is_kana(c));
                self.at += c.len_utf8();
            }
        }
    }

    /// Counts a run of Latin letters, or skips the URL that begins with it.
    fn count_word(&mut self) {
        let before = self.at.checked_sub(1).map(|at| self.text.as_bytes()[at]);
        let bytes = &self.text.as_bytes()[self.at..];
        let mut length = bytes
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let small = bytes.iter().take_while(|byte| byte.is_ascii_lowercase());
        let is_plain = small.count() == length
            && !matches!(
                before,
                Some(b'0'..=b'9' | b'_' | b'-' | b'.' | b'/' | b'\\' | b'@' | b'$' | b'=' | b':')
            )
            && !matches!(
                bytes.get(length),
                Some(b'0'..=b'9' | b'_' | b'(' | b'/' | b'=' | b'<' | b'{')
            );
        let mut letters = length;
        while let Some(byte) = bytes.get(length) {
            length += match byte {
                b'A'..=b'Z' | b'a'..=b'z' => 1,
                0xC3..=0xC9 => 2,
                _ => break,
            };
            letters += 1;
        }
        self.at += length;
        if self.is_markdown && bytes[length..].starts_with(b"://") {
            let is_end = |byte: &u8| {
                !byte.is_ascii_graphic() || matches!(byte, b')' | b'>' | b'<' | b'"' | b'`' | b'|')
            };
            self.at += bytes[length..]
                .iter()
                .position(is_end)
                .unwrap_or(bytes.len() - length);
        } else {
            self.counts.latin += usize::from(letters >= 2);
            self.counts.plain += usize::from(letters >= 2 && is_plain);
        }
    }

    /// Skips an HTML tag, a picture's words, a link target, a template tag or a character reference.
    /// What is not closed is text.
    fn skip_markup(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        match rest {
            [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!', ..] => self.skip_to(b'>'),
            [b'!', b'[', ..] => {
                self.skip_to(b']');
                // The picture's target begins there.
                self.at -= usize::from(self.text.as_bytes()[self.at - 1] == b']');
            }
            [b'[', ..] => {
                self.plain_before_link = self.counts.plain;
                self.at += 1;
            }
            [b']', b'(', ..] => {
                self.counts.plain = self.plain_before_link.min(self.counts.plain);
                self.skip_to(b')');
            }
            [b'{', b'{' | b'%', ..] => self.skip_to(b'}'),
            [b'&', b'a'..=b'z' | b'A'..=b'Z', ..] => {
                let end = memchr(b';', &rest[..rest.len().min(12)]);
                let end = end.filter(|&end| rest[1..end].iter().all(u8::is_ascii_alphanumeric));
                self.at += end.unwrap_or(0) + 1;
            }
            _ => self.at += 1,
        }
    }

    /// Skips past the next closing sign, or one byte if there is none.
    fn skip_to(&mut self, sign: u8) {
        let bit = 1 << sign;
        let is_missing = self.missing_signs & bit != 0;
        let end = if is_missing {
            None
        } else {
            memchr(sign, &self.text.as_bytes()[self.at..])
        };
        if end.is_none() {
            self.missing_signs |= bit;
        }
        self.at += end.unwrap_or(0) + 1;
    }

    /// Skips a code span, or the opening backticks if none close it.
    fn skip_code_span(&mut self) {
        let bytes = self.text.as_bytes();
        let run_length = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
        let opening = run_length(self.at);
        self.at += opening;
        let bit = 1_u64.checked_shl(opening as u32).unwrap_or(0);
        if bit == 0 || self.missing_backticks & bit != 0 {
            return;
        }
        let mut at = self.at;
        while let Some(length) = memchr(b'`', &bytes[at..]) {
            at += length;
            let closing = run_length(at);
            at += closing;
            if closing == opening {
                self.at = at;
                return;
            }
        }
        self.missing_backticks |= bit;
    }
}

#[cfg(test)]
#[path = "script_counts_tests.rs"]
mod tests;
