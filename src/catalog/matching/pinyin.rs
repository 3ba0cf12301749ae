//! Chinese by its sound: `yingweida`, `ywd`, `yingwd` and `英w` in 英伟达.
//!
//! For each character one types its syllable, the first letter of it, `zh`, `ch` or `sh`, or the character; the last syllable may be
//! unfinished. A character with several readings is found by each. `v` and `u` stand for ü. A Latin word before the Chinese belongs to what
//! is found: `aixp` finds AI 芯片. A state of the search is a bit: how many characters of what was typed are used up.

use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

use super::utf8::decoded;
use crate::text::is_han;

/// The most characters that are looked for by their sound.
const LONGEST: usize = 60;
/// The block of common Chinese characters.
const HAN: [u32; 2] = [0x4e00, 0x9fff];

/// For each character of the block, the letters that its readings begin with, as bits from `a` on.
static INITIALS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    (HAN[0]..=HAN[1])
        .map(|code| {
            let readings = char::from_u32(code).into_iter().flat_map(readings);
            readings.filter_map(|reading| reading.bytes().next()).fold(0, |bits, letter| bits | letter_bit(letter))
        })
        .collect()
});

fn readings(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain)
}

/// The bit of a small letter; none of anything else.
const fn letter_bit(letter: u8) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter - b'a') } else { 0 }
}

/// A word that may be typed by its sound.
pub(super) struct Pinyin {
    /// What was typed, `v` for ü.
    typed: Vec<char>,
    /// What a Chinese character may begin with that is the first of what is found.
    first: u32,
}

impl Pinyin {
    /// None for a word that has no letters, or only one, by which far too much would be found.
    pub(super) fn new(word: &str) -> Option<Self> {
        let typed: Vec<char> = word.chars().filter(|&c| c != '\'').map(|c| if c == 'ü' { 'v' } else { c }).collect();
        let has_letter = typed.iter().any(char::is_ascii_lowercase);
        let first = typed.first().and_then(|&c| u8::try_from(c).ok()).map_or(0, letter_bit);
        (has_letter && (2..=LONGEST).contains(&typed.len())).then_some(Self { typed, first })
    }

    /// Whether it is in these words.
    pub(super) fn is_in(&self, words: &[u8]) -> bool {
        let initials = &*INITIALS;
        let mut at = 0;
        while let Some(offset) = first_han(&words[at..]) {
            at += offset;
            let Some((c, length)) = decoded(&words[at..]) else { return false };
            let begins = match initials.get((c as u32).wrapping_sub(HAN[0]) as usize) {
                Some(letters) => letters & self.first != 0 || self.typed[0] == c,
                None => false,
            };
            let after_latin = || {
                // Mostly another Chinese character stands before.
                at.checked_sub(1).is_some_and(|before| words[before].is_ascii())
                    && self.latin_before(&words[..at]).is_some_and(|used| self.follows(1 << used, &words[at..]))
            };
            if begins && self.follows(1, &words[at..]) || after_latin() {
                return true;
            }
            at += length;
        }
        false
    }

    /// How much of what was typed is the Latin word right before a place.
    fn latin_before(&self, words: &[u8]) -> Option<usize> {
        let words = words.strip_suffix(b" ").unwrap_or(words);
        let last = *words.last().filter(|byte| byte.is_ascii_alphanumeric())?;
        // Seldom is the end of the word among what was typed.
        self.typed.contains(&char::from(last)).then_some(())?;
        let start = words.iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |before| before + 1);
        let word = &words[start..];
        let is_typed =
            word.len() < self.typed.len() && word.iter().zip(&self.typed).all(|(&byte, &c)| char::from(byte) == c);
        is_typed.then_some(word.len())
    }

    /// Whether what was typed goes on to its end here, from any of these states.
    fn follows(&self, mut states: u64, words: &[u8]) -> bool {
        let mut at = 0;
        while states != 0 {
            let Some((c, length)) = decoded(&words[at..]) else { return false };
            at += length;
            if matches!(c, ' ' | '·' | '-' | '《' | '》' | '“' | '”' | '「' | '」') {
                continue;
            }
            let mut next = 0;
            for used in (0..self.typed.len()).filter(|used| states >> used & 1 == 1) {
                next |= self.after(used, c);
            }
            if next >> self.typed.len() & 1 == 1 {
                return true;
            }
            states = next;
        }
        false
    }

    /// The states after a character.
    fn after(&self, used: usize, c: char) -> u64 {
        let rest = &self.typed[used..];
        let mut next = 0;
        if rest[0] == c {
            next |= 1 << (used + 1);
        }
        if is_han(c) {
            for reading in readings(c) {
                let letters = || reading.chars().map(|letter| if letter == 'ü' { 'v' } else { letter });
                let is_same = |(&typed, letter): (&char, char)| typed == letter || letter == 'v' && typed == 'u';
                let common = rest.iter().zip(letters()).take_while(|&pair| is_same(pair)).count();
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
        }
        next
    }
}

/// Where the first byte of a character from a block of Chinese ones stands.
fn first_han(words: &[u8]) -> Option<usize> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    loop {
        // English is passed over eight bytes at a time.
        while let Some(eight) = words.get(at..).and_then(<[u8]>::first_chunk) {
            if u64::from_ne_bytes(*eight) & HIGH != 0 {
                break;
            }
            at += 8;
        }
        match words.get(at)? {
            0xe4..=0xe9 => return Some(at),
            _ => at += 1,
        }
    }
}
