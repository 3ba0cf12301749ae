//! Letters in order, close together: `cht` in “China’s housing troubles”, `nvdia` in “Nvidia”, 英达
//! in 英伟达.
//!
//! Each letter follows the one before it, or begins one of the next two words; every Chinese
//! character is a word. The first letter begins a word of the title. A longer word may lack one
//! letter. The search is a bit-parallel automaton: a bit of its state says how many letters were
//! found so far.

use memchr::memmem::Finder;

use crate::text::is_han;

/// The most characters of a word that is matched loosely.
const LONGEST: usize = 60;
/// The fewest letters of a word that may lack one.
const FORGIVEN: usize = 5;

/// A word that is matched loosely.
pub(super) struct Loose {
    letters: Vec<char>,
    /// Finds the first letter, without which no title has the word.
    pub(super) first: Finder<'static>,
}

impl Loose {
    /// `None` for a word that would match too much, or nothing.
    pub(super) fn new(word: &str) -> Option<Self> {
        let letters: Vec<char> = word.chars().collect();
        let fewest = if letters.iter().all(|&c| is_han(c)) {
            2
        } else {
            3
        };
        let is_length_right = (fewest..=LONGEST).contains(&letters.len());
        let has_letter = letters.iter().any(|c| c.is_alphabetic());
        let is_word = letters.first().is_some_and(|&c| is_in_word(c));
        let first = Finder::new(letters.first()?.encode_utf8(&mut [0; 4])).into_owned();
        (is_length_right && has_letter && is_word).then_some(Self { letters, first })
    }

    /// Whether one of these titles, each followed by a line break, has the word.
    pub(super) fn is_in(&self, titles: &str) -> bool {
        let first = self.letters[0];
        self.first.find_iter(titles.as_bytes()).any(|at| {
            let before = titles[..at].chars().next_back();
            let begins_word =
                is_han(first) || before.is_none_or(|c| is_han(c) || !c.is_alphanumeric());
            begins_word && self.matches_at_start(&titles[at..])
        })
    }

    /// Whether the letters are found from the first character on, in the same line.
    fn matches_at_start(&self, titles: &str) -> bool {
        let all_letters = 1 << (self.letters.len() - 1);
        let mut exact = LetterStates::default();
        // The states after one character of the title was skipped.
        let mut forgiving = LetterStates::default();
        let mut last_but_one = 0;
        let mut ends_word = true;
        let mut entering = 1;
        for c in titles.chars().take_while(|&c| c != '\n') {
            let is_in_word = is_in_word(c);
            let begins_word = is_han(c) || is_in_word && ends_word;
            ends_word = is_han(c) || !is_in_word;
            let positions = self.positions(c);
            let last = exact.last;
            exact.advance(begins_word, entering, positions);
            entering = 0;
            if self.letters.len() >= FORGIVEN {
                forgiving.advance(begins_word, last_but_one << 1, positions);
            }
            last_but_one = last;
            if (exact.last | forgiving.last) & all_letters != 0 {
                return true;
            }
            if !exact.is_alive() && !forgiving.is_alive() && last_but_one == 0 {
                return false;
            }
        }
        false
    }

    /// The positions of a character among the letters, as bits.
    fn positions(&self, c: char) -> u64 {
        let matching = self
            .letters
            .iter()
            .enumerate()
            .filter(|(_, letter)| **letter == c);
        matching.fold(0, |positions, (at, _)| positions | 1 << at)
    }
}

fn is_in_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// How many letters may have been found: bit 0 stands for one letter.
#[derive(Default)]
struct LetterStates {
    /// With the last letter at this character.
    last: u64,
    /// With the last letter in this word.
    in_word: u64,
    /// With the last letter in the word before.
    in_previous_word: u64,
}

impl LetterStates {
    fn advance(&mut self, begins_word: bool, entering: u64, positions: u64) {
        let mut next = self.last << 1 | entering;
        if begins_word {
            next |= (self.in_word | self.in_previous_word) << 1;
            self.in_previous_word = self.in_word;
            self.in_word = 0;
        }
        self.last = next & positions;
        self.in_word |= self.last;
    }

    /// Whether a further letter may follow.
    const fn is_alive(&self) -> bool {
        self.in_word | self.in_previous_word != 0
    }
}

#[cfg(test)]
#[path = "loose_tests.rs"]
mod tests;
