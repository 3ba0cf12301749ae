//! How much of each language a stretch of the body holds, line by line.

use std::ops::{AddAssign, Sub};

use crate::text::{Language, ScriptCounts};

/// What is said in 3 English words takes about 5 Han characters; so these make the two comparable.
const HAN_WEIGHT: usize = 3;
const WORD_WEIGHT: usize = 5;

/// The evidence in a stretch of text. A sum from the start of the body, so that the difference of two gives any stretch.
///
/// Every [`Mark`](super::outline::Mark) holds one, so it is small: no count is more than the bytes of a body, and files are read
/// up to 16 MiB of them.
///
/// Lines are the unit: the Latin names in a Chinese sentence speak for Chinese, the Han glosses in an English one for English, and
/// a line that proves neither is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Han characters in lines of Chinese.
    pub han: u32,
    /// Latin words in lines of English.
    pub words: u32,
    /// The same, but in prose alone: neither headings and labels nor fields such as `**URL**: …`.
    pub prose: [u32; 2],
    /// Blocks begun.
    pub blocks: u32,
    /// Headings and labels.
    pub headings: u32,
}

impl Evidence {
    /// Adds what was counted in a line.
    pub(super) fn add_line(&mut self, tally: ScriptCounts, is_prose: bool) {
        let (sum, prose, amount) = match tally.language() {
            Some(Language::Chinese) => (&mut self.han, &mut self.prose[0], tally.han),
            Some(Language::English) => (&mut self.words, &mut self.prose[1], tally.latin),
            None => return,
        };
        let amount = amount as u32;
        *sum += amount;
        if is_prose {
            *prose += amount;
        }
    }

    /// How much there is of a language: Han characters or words.
    pub(super) const fn amount(self, language: Language) -> usize {
        match language {
            Language::Chinese => self.han as usize,
            Language::English => self.words as usize,
        }
    }

    /// How much there is of a language, in a measure common to both.
    pub(super) const fn weight(self, language: Language) -> usize {
        weight([self.han, self.words], language)
    }

    /// The weight of the prose of a language.
    pub(super) const fn prose_weight(self, language: Language) -> usize {
        weight(self.prose, language)
    }

    /// Whether the share of a language is at least so many percent, more than none; where there is nothing no language has a share.
    pub(super) const fn has_share(self, language: Language, percent: usize) -> bool {
        let all = self.weight(Language::Chinese) + self.weight(Language::English);
        all > 0 && self.weight(language) * 100 >= all * percent
    }

    /// The language of which there is more, if there is any.
    pub(super) fn main_language(self) -> Option<Language> {
        let [chinese, english] = Language::BOTH.map(|language| self.weight(language));
        (chinese + english > 0).then_some(if chinese >= english { Language::Chinese } else { Language::English })
    }
}

/// The weight of a language of which there are so many Han characters or words.
const fn weight([han, words]: [u32; 2], language: Language) -> usize {
    match language {
        Language::Chinese => han as usize * HAN_WEIGHT,
        Language::English => words as usize * WORD_WEIGHT,
    }
}

impl Sub for Evidence {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self {
            han: self.han - earlier.han,
            words: self.words - earlier.words,
            prose: [self.prose[0] - earlier.prose[0], self.prose[1] - earlier.prose[1]],
            blocks: self.blocks - earlier.blocks,
            headings: self.headings - earlier.headings,
        }
    }
}

impl AddAssign for Evidence {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.words += other.words;
        self.prose = [self.prose[0] + other.prose[0], self.prose[1] + other.prose[1]];
        self.blocks += other.blocks;
        self.headings += other.headings;
    }
}
