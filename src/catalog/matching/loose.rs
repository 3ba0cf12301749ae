//! Letters in order, close together: `cht` in “China’s housing troubles”, `nvdia` in “Nvidia”, 英达 in 英伟达.
//!
//! Each letter stands right after the one before it, or at the start of one of the next two words; every Chinese character is a
//! word. In longer words one letter may be missing. A state of the search is a bit: how many letters have been found so far.

use memchr::memchr;

use crate::text::is_han;

/// The most characters of a word that is looked for loosely.
const LONGEST: usize = 60;
/// The fewest letters of a word of which one may be missing.
const FORGIVEN: usize = 5;

/// A word that is looked for loosely.
pub(super) struct Loose {
    letters: Vec<char>,
    /// The bytes that a text has to hold, each once.
    bytes: Vec<u8>,
}

impl Loose {
    /// None for a word so short, or so made, that too much would be found.
    pub(super) fn new(word: &str) -> Option<Self> {
        let letters: Vec<char> = word.chars().collect();
        let fewest = if letters.iter().all(|&c| is_han(c)) { 2 } else { 3 };
        if !(fewest..=LONGEST).contains(&letters.len()) || letters.iter().all(|c| !c.is_alphabetic()) {
            return None;
        }
        let mut bytes = word.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes.dedup();
        Some(Self { letters, bytes })
    }

    /// Whether it is in one of these titles, each ended by a line break.
    pub(super) fn is_in(&self, titles: &[u8]) -> bool {
        self.bytes.iter().all(|&byte| memchr(byte, titles).is_some())
            && str::from_utf8(titles).is_ok_and(|titles| titles.lines().any(|title| self.is_in_title(title)))
    }

    fn is_in_title(&self, title: &str) -> bool {
        let all = 1 << (self.letters.len() - 1);
        let mut exact = Found::default();
        let mut forgiving = Found::default();
        // What had been found exactly two characters ago.
        let mut earlier = 0;
        let mut before = ' ';
        for c in title.chars() {
            let is_start = is_han(c) || c.is_alphanumeric() && (!before.is_alphanumeric() || is_han(before));
            before = c;
            let fits = self.fits(c);
            let last = exact.last;
            exact.go(is_start, u64::from(is_start), fits);
            if self.letters.len() >= FORGIVEN {
                forgiving.go(is_start, earlier << 1, fits);
            }
            earlier = last;
            if (exact.last | forgiving.last) & all != 0 {
                return true;
            }
        }
        false
    }

    /// The places of a character in the word, as bits.
    fn fits(&self, c: char) -> u64 {
        self.letters.iter().enumerate().filter(|(_, letter)| **letter == c).fold(0, |bits, (at, _)| bits | 1 << at)
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
}
