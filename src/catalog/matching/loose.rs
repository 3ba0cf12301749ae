//! Letters in order, close together: `cht` in “China’s housing troubles”, `nvdia` in “Nvidia”, 英达 in 英伟达.
//!
//! Each letter stands right after the one before it, or at the start of one of the next two words; every Chinese character is a
//! word. In longer words one letter may be missing. A state of the search is a bit: how many letters have been found so far.
//!
//! A word has to begin where one begins in the title. Such places are leapt to; from each the states are followed until none is left.

use memchr::memmem::Finder;

use super::utf8::{decoded, last};
use crate::text::is_han;

/// The most characters of a word that is looked for loosely.
const LONGEST: usize = 60;
/// The fewest letters of a word of which one may be missing.
const FORGIVEN: usize = 5;
/// Beside the places of a character in the word: whether it belongs to words at all.
const IN_WORD: u64 = 1 << 63;

/// A word that is looked for loosely.
pub(super) struct Loose {
    /// How many letters it has.
    length: usize,
    /// Finds its first letter.
    first: Finder<'static>,
    /// Whether that is a word by itself.
    begins_han: bool,
    /// The places of each ASCII character in the word, as bits, and [`IN_WORD`].
    ascii: [u64; 128],
    /// Those of other characters.
    others: Vec<(char, u64)>,
}

impl Loose {
    /// None for a word so short, or so made, that too much would be found, or nothing.
    pub(super) fn new(word: &str) -> Option<Self> {
        let length = word.chars().count();
        let fewest = if word.chars().all(is_han) { 2 } else { 3 };
        let first = word.chars().next().filter(|&c| is_han(c) || c.is_alphanumeric())?;
        if !(fewest..=LONGEST).contains(&length) || word.chars().all(|c| !c.is_alphabetic()) {
            return None;
        }
        let mut ascii = [0; 128];
        for (byte, places) in (0_u8..).zip(&mut ascii) {
            *places = if byte.is_ascii_alphanumeric() { IN_WORD } else { 0 };
        }
        let mut others = Vec::<(char, u64)>::new();
        for (at, c) in word.chars().enumerate() {
            let known = others.iter().position(|(other, _)| *other == c);
            match (ascii.get_mut(c as usize), known) {
                (Some(places), _) => *places |= 1 << at,
                (None, Some(known)) => others[known].1 |= 1 << at,
                (None, None) => others.push((c, 1 << at)),
            }
        }
        let begins_han = is_han(first);
        let first = Finder::new(first.encode_utf8(&mut [0; 4])).into_owned();
        Some(Self { length, first, begins_han, ascii, others })
    }

    /// Whether it is in one of these titles, each ended by a line break.
    pub(super) fn is_in(&self, titles: &[u8]) -> bool {
        let mut at = 0;
        while let Some(offset) = titles.get(at..).and_then(|rest| self.first.find(rest)) {
            at += offset;
            if !self.begins_han && last(&titles[..at]).is_some_and(|c| !is_han(c) && c.is_alphanumeric()) {
                at += self.first.needle().len();
                continue;
            }
            let followed =
                if self.length < FORGIVEN { self.follow::<false>(titles, at) } else { self.follow::<true>(titles, at) };
            match followed {
                Some(end) => at = end,
                None => return true,
            }
        }
        false
    }

    /// Follows the states from the start of a word to where none is left; none where all letters are found before.
    fn follow<const FORGIVES: bool>(&self, titles: &[u8], mut at: usize) -> Option<usize> {
        let all = 1 << (self.length - 1);
        let (mut exact, mut forgiving) = (Found::default(), Found::default());
        // What had been found exactly two characters ago.
        let mut earlier = 0;
        let mut ends_word = true;
        while let Some(&byte) = titles.get(at).filter(|&&byte| byte != b'\n') {
            let (is_han, places, length) = match self.ascii.get(usize::from(byte)) {
                Some(&places) => (false, places, 1),
                None => self.wide(&titles[at..]),
            };
            at += length;
            let is_in_word = places & IN_WORD != 0;
            let is_start = is_han || is_in_word && ends_word;
            ends_word = is_han || !is_in_word;
            let last = exact.last;
            exact.go(is_start, u64::from(is_start), places & !IN_WORD);
            if FORGIVES {
                forgiving.go(is_start, earlier << 1, places & !IN_WORD);
            }
            earlier = last;
            if (exact.last | forgiving.last) & all != 0 {
                return None;
            }
            if !(exact.is_alive() || FORGIVES && (forgiving.is_alive() || earlier != 0)) {
                return Some(at);
            }
        }
        Some(at)
    }

    /// Of the first character, which is not of ASCII: whether it is Chinese, its places, and its length.
    fn wide(&self, titles: &[u8]) -> (bool, u64, usize) {
        // What is no character is passed over byte by byte.
        let Some((c, length)) = decoded(titles) else { return (false, 0, 1) };
        let is_han = is_han(c);
        let places = self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, places)| *places);
        (is_han, places | if is_han || c.is_alphanumeric() { IN_WORD } else { 0 }, length)
    }
}

/// How many letters were found: bit 0 stands for one.
#[derive(Default)]
struct Found {
    /// With the last at this character.
    last: u64,
    /// With the last in this word, and in the word before.
    words: [u64; 2],
}

impl Found {
    fn go(&mut self, is_start: bool, joining: u64, fits: u64) {
        let mut from = self.last << 1 | joining;
        if is_start {
            from |= (self.words[0] | self.words[1]) << 1;
            self.words = [0, self.words[0]];
        }
        self.last = from & fits;
        self.words[0] |= self.last;
    }

    /// Whether anything found can go on. What was found last is among what was found in this word.
    const fn is_alive(&self) -> bool {
        self.words[0] | self.words[1] != 0
    }
}

#[cfg(test)]
#[path = "loose_tests.rs"]
mod tests;
