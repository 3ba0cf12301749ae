//! Counting scripts by bytes of UTF-8.
//!
//! Plain stretches are counted a block at a time; what is not plain, and the end of the text, byte by byte. Both count the same (a
//! property test).

use memchr::memchr;

use super::{Tally, is_han, is_kana};
use crate::text::lanes::{LANES as BLOCK, Lanes, places};

/// How many bytes around a block are looked at: the one before it, and two after it.
const AROUND: usize = 3;

/// Counts by bytes of UTF-8; with `MARKDOWN`, leaves out what is no language.
pub(super) fn count<const MARKDOWN: bool>(bytes: &[u8]) -> Tally {
    let mut tally = Tally::default();
    let mut missing = Missing::default();
    let mut at = 0;
    while at < bytes.len() {
        // One step of the slow way never ends inside a word, so that a block may begin there.
        at = step::<MARKDOWN>(bytes, at, &mut tally, &mut missing);
        at = plain::<MARKDOWN>(bytes, at, &mut tally);
        if last::<MARKDOWN>(bytes, at, &mut tally) {
            break;
        }
        let stop = bytes.len().min(at + BLOCK);
        while at < stop {
            at = step::<MARKDOWN>(bytes, at, &mut tally, &mut missing);
        }
    }
    tally
}

/// Counts the plain blocks from an offset on, which is not inside a word; gives the offset of what is to be counted slowly.
fn plain<const MARKDOWN: bool>(bytes: &[u8], start: usize, tally: &mut Tally) -> usize {
    let mut at = start;
    while let Some(window) = bytes.get(at - 1..at + BLOCK + AROUND - 1) {
        let block = Block::of::<MARKDOWN>(window);
        if block.odd {
            break;
        }
        tally.han += block.han;
        tally.latin += block.words;
        at += BLOCK;
    }
    if at == start {
        return at;
    }
    // A word that goes on may be the scheme of a URL, or have letters beyond ASCII: it is counted again.
    let begin = at - bytes[start..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if begin < at {
        tally.latin -= usize::from(bytes.get(begin + 1).is_some_and(u8::is_ascii_alphabetic));
        return begin;
    }
    // The last character of the block may reach beyond it; it is counted.
    at + bytes[at..].iter().take_while(|&&byte| byte & 0xC0 == 0x80).count()
}

/// Counts what is left from an offset on, which is not inside a word, if it is plain and fits into a block; says whether it did.
fn last<const MARKDOWN: bool>(bytes: &[u8], at: usize, tally: &mut Tally) -> bool {
    let Some(rest) = bytes.get(at..).filter(|rest| rest.len() <= BLOCK) else { return false };
    let mut window = [b' '; BLOCK + AROUND];
    window[0] = bytes[at - 1];
    window[1..=rest.len()].copy_from_slice(rest);
    let block = Block::of::<MARKDOWN>(&window);
    if !block.odd {
        tally.han += block.han;
        tally.latin += block.words;
    }
    !block.odd
}

/// What a block of bytes holds.
struct Block {
    /// Whether something in it needs a closer look; then the rest says nothing.
    odd: bool,
    han: usize,
    /// Words that begin in it.
    words: usize,
}

impl Block {
    /// Looks at a block; the window has one byte before it and two after it.
    fn of<const MARKDOWN: bool>(window: &[u8]) -> Self {
        let lanes = Lanes::at(window, 1);
        let after = window[BLOCK + 1];
        let next = |mask: u64, is_after: bool| mask >> 1 | u64::from(is_after) << (BLOCK - 1);
        let letters = lanes.letters().bits();
        let before = u64::from(window[0].is_ascii_alphabetic());
        let words = letters & next(letters, after.is_ascii_alphabetic()) & !(letters << 1 | before);
        let mut odd = false;
        if MARKDOWN {
            let signs = lanes.any_of([b'`', b'<', b']', b'{', b'&', b':']).bits();
            odd = places(signs).any(|at| window[at + 1] != b':' || window[at + 2] == b'/');
        }
        let beyond = lanes.beyond_ascii().bits();
        let mut han = 0;
        if beyond != 0 {
            // U+4000 to U+9FFF but the hexagrams, as in the slow way.
            let hexagrams = lanes.any_of([0xE4]).bits() & next(lanes.any_of([0xB7]).bits(), after == 0xB7);
            han = lanes.between(0xE4, 0xE9).bits() & !hexagrams;
            let others = (lanes.between(0xC3, 0xC9) | lanes.any_of([0xE3, 0xEF]) | lanes.between(0xF0, 0xFF)).bits();
            odd |= places(others).any(|at| is_odd_lead(&window[at + 1..at + 4]));
        }
        Self { odd, han: han.count_ones() as usize, words: words.count_ones() as usize }
    }
}

/// Whether a character that begins with these bytes may be counted, or ends otherwise than it seems: U+00C0 to U+024F; of U+3000 to U+3FFF
/// all but U+3000–U+3004 and U+3008–U+303F; of U+F000 to U+FFFF all but U+FF00–U+FF65; and all from U+10000 on.
fn is_odd_lead(bytes: &[u8]) -> bool {
    let (second, third) = (bytes[1], bytes[2]);
    match bytes[0] {
        0xE3 => second != 0x80 || matches!(third, 0x85 | 0x87),
        0xEF => second != 0xBC && (second != 0xBD || third >= 0xA6),
        lead => matches!(lead, 0xC3..=0xC9 | 0xF0..),
    }
}

/// Counts what begins at an offset, a run of its kind at a time; gives the offset after it.
fn step<const MARKDOWN: bool>(bytes: &[u8], at: usize, tally: &mut Tally, missing: &mut Missing) -> usize {
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
fn word<const MARKDOWN: bool>(bytes: &[u8], start: usize, tally: &mut Tally) -> usize {
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
fn wide(bytes: &[u8], at: usize, tally: &mut Tally) -> usize {
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slowly<const MARKDOWN: bool>(bytes: &[u8]) -> Tally {
        let (mut tally, mut missing, mut at) = (Tally::default(), Missing::default(), 0);
        while at < bytes.len() {
            at = step::<MARKDOWN>(bytes, at, &mut tally, &mut missing);
        }
        tally
    }

    fn is_the_same(text: &str) -> bool {
        let bytes = text.as_bytes();
        count::<true>(bytes) == slowly::<true>(bytes) && count::<false>(bytes) == slowly::<false>(bytes)
    }

    #[test]
    fn a_word_at_the_edge_of_a_block_is_counted_once() {
        for word in ["https://example.com/two/words", "naïveté", "a", "it's", "卦䷀。々ア", "`two words`"] {
            for before in 0..3 * BLOCK {
                for filling in ["x ", "word", " "] {
                    let text =
                        format!("{}{word} and then some words more to fill the next block", filling.repeat(before));
                    assert!(is_the_same(&text), "{text}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_are_counted_as_single_characters_are(
            text in "(([a-zA-Z]{1,12}|[ ,.1]|[一-龥，。“、：]{1,20}|://|[`<&{}>é々ぁ㐀䷀𠮷·ｦａ]|\\]\\()( ?)){0,90}"
        ) {
            prop_assert!(is_the_same(&text), "{}", text);
        }
    }
}
