//! Chinese by its sound: `yingweida`, `ywd`, `yingwd` and `英w` in 英伟达.
//!
//! Each character is typed as its syllable, as the first letter of it, as `zh`, `ch` or `sh`, or as
//! itself; the last syllable may be unfinished. A character with several readings matches by each.
//! `v` and `u` stand for ü. A Latin word before the Chinese may be typed too: `aixp` matches AI
//! 芯片. A state of the search is a bit: how many typed characters are used up.

use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

use crate::text::is_han;

/// The most characters that are matched by their sound.
const LONGEST: usize = 60;
/// The block of common Chinese characters.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// For each character of the block, the letters with which its readings begin, as bits from `a` on.
static INITIALS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let bits = |c| {
        readings(c)
            .filter_map(|reading| reading.chars().next())
            .fold(0, |bits, c| bits | letter_bit(c))
    };
    (FIRST..=LAST).map(bits).collect()
});

fn readings(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::plain)
}

/// The bit of a small letter; 0 for anything else.
const fn letter_bit(c: char) -> u32 {
    if c.is_ascii_lowercase() {
        1 << (c as u32 - 'a' as u32)
    } else {
        0
    }
}

/// A word that may be typed by its sound.
pub(super) struct Pinyin {
    /// The typed characters, with `v` for ü.
    typed: Vec<char>,
}

impl Pinyin {
    /// `None` for a word without letters, or of one character, which would match far too much.
    pub(super) fn new(word: &str) -> Option<Self> {
        let typed: Vec<char> = word
            .chars()
            .filter(|&c| c != '\'')
            .map(|c| if c == 'ü' { 'v' } else { c })
            .collect();
        let has_letter = typed.iter().any(char::is_ascii_lowercase);
        (has_letter && (2..=LONGEST).contains(&typed.len())).then_some(Self { typed })
    }

    /// Whether a folded text has the word.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let initials = &*INITIALS;
        let first = letter_bit(self.typed[0]);
        let mut from = 0;
        while let Some(at) = next_chinese(text, from) {
            let rest = &text[at..];
            let Some(c) = rest.chars().next() else {
                return false;
            };
            from = at + c.len_utf8();
            let FIRST..=LAST = c else { continue };
            let may_begin =
                initials[c as usize - FIRST as usize] & first != 0 || self.typed[0] == c;
            if may_begin && self.follows(1, rest) {
                return true;
            }
            if let Some(used) = self.latin_before(&text[..at])
                && self.follows(1 << used, rest)
            {
                return true;
            }
        }
        false
    }

    /// How many typed characters are the Latin word at the end of a text.
    fn latin_before(&self, text: &str) -> Option<usize> {
        let text = text.strip_suffix(' ').unwrap_or(text);
        let start = text
            .trim_end_matches(|c: char| c.is_ascii_alphanumeric())
            .len();
        let word = &text[start..];
        let is_typed = !word.is_empty()
            && word.len() < self.typed.len()
            && word.chars().eq(self.typed[..word.len()].iter().copied());
        is_typed.then_some(word.len())
    }

    /// Whether a text goes on with the rest of what was typed, from any of these states.
    fn follows(&self, mut states: u64, text: &str) -> bool {
        for c in text.chars().filter(|c| !" ·-《》“”「」".contains(*c)) {
            let used = (0..self.typed.len()).filter(|used| states >> used & 1 == 1);
            states = used.fold(0, |next, used| next | self.after(used, c));
            if states >> self.typed.len() & 1 == 1 {
                return true;
            }
            if states == 0 {
                return false;
            }
        }
        false
    }

    /// The states after a character of the text, if so many typed characters were used before.
    fn after(&self, used: usize, c: char) -> u64 {
        let rest = &self.typed[used..];
        let mut next = 0;
        if rest[0] == c {
            next |= 1 << (used + 1);
        }
        if !is_han(c) {
            return next;
        }
        for reading in readings(c) {
            let letters = || {
                reading
                    .chars()
                    .map(|letter| if letter == 'ü' { 'v' } else { letter })
            };
            let is_same =
                |(&typed, letter): (&char, char)| typed == letter || letter == 'v' && typed == 'u';
            let common = rest
                .iter()
                .zip(letters())
                .take_while(|&pair| is_same(pair))
                .count();
            if common == 0 {
                continue;
            }
            next |= 1 << (used + 1);
            if common >= 2 && reading[1..].starts_with('h') {
                next |= 1 << (used + 2);
            }
            if common == rest.len() || common == letters().count() {
                next |= 1 << (used + common);
            }
        }
        next
    }
}

/// Where the next character from U+4000 to U+9FFF begins, by its first byte: English is skipped
/// quickly.
fn next_chinese(text: &str, from: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[from..];
    bytes
        .iter()
        .position(|byte| (0xe4..=0xe9).contains(byte))
        .map(|offset| from + offset)
}
