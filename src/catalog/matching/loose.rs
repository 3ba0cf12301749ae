//! Letters in order, close together: `cht` in “China’s housing troubles”, `nvdia` in “Nvidia”, 英达 in 英伟达.
//!
//! Each letter stands right after the one before it, or at the start of one of the next two words; every Chinese character is a
//! word. In longer words one letter may be missing. A state of the search is a bit: how many letters have been found so far.

use crate::catalog::words::Letters;
use crate::text::is_han;

/// The most characters of a word that is looked for loosely.
const LONGEST: usize = 60;
/// The fewest letters of a word of which one may be missing.
const FORGIVEN: usize = 5;

/// A word that is looked for loosely.
pub(super) struct Loose {
    /// How many letters it has.
    length: usize,
    /// The places of each ASCII character in the word, as bits.
    ascii: [u64; 128],
    /// Those of other characters.
    others: Vec<(char, u64)>,
    /// What a title has to hold.
    letters: Letters,
}

impl Loose {
    /// None for a word so short, or so made, that too much would be found.
    pub(super) fn new(word: &str) -> Option<Self> {
        let length = word.chars().count();
        let fewest = if word.chars().all(is_han) { 2 } else { 3 };
        if !(fewest..=LONGEST).contains(&length) || word.chars().all(|c| !c.is_alphabetic()) {
            return None;
        }
        let (mut ascii, mut others) = ([0; 128], Vec::<(char, u64)>::new());
        for (at, c) in word.chars().enumerate() {
            let known = others.iter().position(|(other, _)| *other == c);
            match (ascii.get_mut(c as usize), known) {
                (Some(places), _) => *places |= 1 << at,
                (None, Some(known)) => others[known].1 |= 1 << at,
                (None, None) => others.push((c, 1 << at)),
            }
        }
        Some(Self { length, ascii, others, letters: Letters::of(word.as_bytes()) })
    }

    /// The letters that a title has to hold.
    pub(super) const fn letters(&self) -> Letters {
        self.letters
    }

    /// Whether it is in one of these titles, each ended by a line break.
    pub(super) fn is_in(&self, titles: &[u8]) -> bool {
        str::from_utf8(titles).is_ok_and(|titles| titles.lines().any(|title| self.is_in_title(title)))
    }

    fn is_in_title(&self, title: &str) -> bool {
        let all = 1 << (self.length - 1);
        let forgives = self.length >= FORGIVEN;
        let mut exact = Found::default();
        let mut forgiving = Found::default();
        // What had been found exactly two characters ago.
        let mut earlier = 0;
        let mut ends_word = true;
        for c in title.chars() {
            let is_han = is_han(c);
            let is_in_word = is_han || c.is_alphanumeric();
            let is_start = is_han || is_in_word && ends_word;
            ends_word = is_han || !is_in_word;
            let fits = self.fits(c);
            let last = exact.last;
            exact.go(is_start, u64::from(is_start), fits);
            if forgives {
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
        let other = || self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, fits)| *fits);
        self.ascii.get(c as usize).copied().unwrap_or_else(other)
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
