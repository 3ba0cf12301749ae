//! How much of each script a text holds: the evidence of its language.

use std::ops::AddAssign;

use memchr::memchr;

use super::language::{Language, is_han, is_kana};

/// How much of each script a text holds: the evidence from which its language is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScriptCounts {
    /// Han characters.
    pub han: usize,
    /// Kana characters, which speak for Japanese and so against Chinese.
    pub kana: usize,
    /// Words of two or more Latin letters.
    pub latin: usize,
}

impl ScriptCounts {
    /// Counts the scripts of a text as it stands; the caller leaves out code, URLs and HTML.
    pub fn of(text: &str) -> Self {
        count::<false>(text)
    }

    /// Counts the scripts of a line of Markdown, without what is no language: code spans, link targets, bare URLs, HTML tags,
    /// character references and template tags.
    pub fn of_markdown(line: &str) -> Self {
        count::<true>(line)
    }

    /// The language that the counts prove, if they prove one.
    ///
    /// Chinese prose is full of Latin names, English prose has few Han glosses, and a thing said in 5 Han characters
    /// takes about 3 English words. So Chinese needs at least as many Han characters as Latin words, English three
    /// Latin words to every Han character, and what lies between proves neither. Where kana are more than half
    /// as many as the Han characters the text is Japanese, and its Han characters count for nothing.
    pub fn language(self) -> Option<Language> {
        let japanese = self.kana * 2 > self.han;
        if self.han > 0 && self.han >= self.latin && !japanese {
            Some(Language::Chinese)
        } else if self.latin > 0 && self.latin >= 3 * (self.han + self.kana) {
            Some(Language::English)
        } else {
            None
        }
    }
}

impl AddAssign for ScriptCounts {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.kana += other.kana;
        self.latin += other.latin;
    }
}

/// Counts the scripts of a text; with `MARKDOWN`, without what is no language.
fn count<const MARKDOWN: bool>(text: &str) -> ScriptCounts {
    let mut counts = ScriptCounts::default();
    let mut missing = Missing::default();
    let mut at = 0;
    while at < text.len() {
        at = step::<MARKDOWN>(text.as_bytes(), at, &mut counts, &mut missing);
    }
    counts
}

/// Counts what begins at an offset, a run of its kind at a time; gives the offset after it.
///
/// With `MARKDOWN`, what is no language is left out. That offset is never inside a word.
fn step<const MARKDOWN: bool>(bytes: &[u8], at: usize, tally: &mut ScriptCounts, missing: &mut Missing) -> usize {
    match bytes[at] {
        // U+00C0 to U+024F, the Latin letters beyond ASCII, begin with C3 to C9; × and ÷ are among them and do no harm.
        b'A'..=b'Z' | b'a'..=b'z' | 0xC3..=0xC9 => word::<MARKDOWN>(bytes, at, tally),
        // U+4000 to U+9FFF, most of what there is: all Han but the hexagrams, which begin with E4 B7.
        0xE4..=0xE9 => {
            tally.han += usize::from(bytes[at] != 0xE4 || bytes.get(at + 1) != Some(&0xB7));
            at + 3
        }
        0xE0..=0xFF => wide(bytes, at, tally),
        0x80..=0xDF => at + 2,
        b'`' | b'<' | b']' | b'{' | b'&' if MARKDOWN => missing.skip(bytes, at),
        _ => at + 1,
    }
}

/// Counts the run of Latin letters at an offset; gives the offset after it, or after the URL that it begins.
fn word<const MARKDOWN: bool>(bytes: &[u8], start: usize, tally: &mut ScriptCounts) -> usize {
    let (mut at, mut letters) = (start, 0);
    loop {
        let ascii = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        at += ascii;
        letters += ascii;
        if !matches!(bytes.get(at..), Some([0xC3..=0xC9, _, ..])) {
            break;
        }
        at += 2;
        letters += 1;
    }
    if MARKDOWN && bytes.get(at) == Some(&b':') && bytes[at..].starts_with(b"://") {
        return url_end(bytes, at);
    }
    tally.latin += usize::from(letters >= 2);
    at
}

/// The offset after a bare URL: at a space, a sign that closes it, or the first byte beyond ASCII.
fn url_end(bytes: &[u8], start: usize) -> usize {
    let is_end = |byte: &u8| !byte.is_ascii_graphic() || matches!(byte, b')' | b'>' | b'<' | b'"' | b'`' | b'|');
    bytes[start..].iter().position(is_end).map_or(bytes.len(), |length| start + length)
}

/// Counts a character of three or four bytes that is not plainly Han; gives the offset after it.
fn wide(bytes: &[u8], at: usize, tally: &mut ScriptCounts) -> usize {
    let (length, lead) = if bytes[at] >= 0xF0 { (4, bytes[at] & 0x07) } else { (3, bytes[at] & 0x0F) };
    let rest = bytes[at + 1..].iter().take(length - 1);
    let code = rest.fold(u32::from(lead), |code, byte| code << 6 | u32::from(byte & 0x3F));
    if let Some(character) = char::from_u32(code) {
        tally.han += usize::from(is_han(character));
        tally.kana += usize::from(is_kana(character));
    }
    at + length
}

/// What is known not to close any more in the text counted, so that no search is made in vain twice and the count stays linear.
#[derive(Default)]
struct Missing {
    /// `>`, `)` and `}`, in that order.
    signs: [bool; 3],
    /// Runs of as many backticks as the number of the bit.
    backticks: u64,
}

impl Missing {
    /// The offset after what begins here and is no language: a code span, an HTML tag, a link target, a template tag or a
    /// character reference. What is not closed is text.
    fn skip(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = &bytes[at..];
        match (rest[0], rest.get(1)) {
            (b'`', _) => self.skip_code_span(bytes, at),
            (b'<', Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!')) => self.skip_to(0, b'>', bytes, at),
            (b']', Some(b'(')) => self.skip_to(1, b')', bytes, at),
            (b'{', Some(b'{' | b'%')) => self.skip_to(2, b'}', bytes, at),
            (b'&', Some(b'a'..=b'z' | b'A'..=b'Z')) => memchr(b';', &rest[..rest.len().min(12)])
                .filter(|&end| rest[1..end].iter().all(u8::is_ascii_alphanumeric))
                .map_or(at + 1, |length| at + length + 1),
            _ => at + 1,
        }
    }

    /// The offset after the next closing sign, or the next byte if there is none.
    fn skip_to(&mut self, index: usize, sign: u8, bytes: &[u8], at: usize) -> usize {
        if self.signs[index] {
            return at + 1;
        }
        let close = memchr(sign, &bytes[at..]);
        self.signs[index] = close.is_none();
        close.map_or(at + 1, |length| at + length + 1)
    }

    /// The offset after a code span, or after its opening backticks if none close it.
    fn skip_code_span(&mut self, bytes: &[u8], start: usize) -> usize {
        let run = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
        let opening = run(start);
        let mut at = start + opening;
        let bit = 1u64.checked_shl(opening as u32).unwrap_or(0);
        if bit == 0 || self.backticks & bit != 0 {
            return at;
        }
        while let Some(length) = memchr(b'`', &bytes[at..]) {
            at += length;
            let closing = run(at);
            at += closing;
            if closing == opening {
                return at;
            }
        }
        self.backticks |= bit;
        start + opening
    }
}

#[cfg(test)]
#[path = "script_counts_tests.rs"]
mod tests;
