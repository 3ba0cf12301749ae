//! How much text of each language a stretch of the body holds.

use std::ops::Sub;

use crate::text::{Language, ScriptCounts};

/// What takes 3 English words to say takes about 5 Han characters; these weights make the two comparable.
const HAN_WEIGHT: usize = 3;
const WORD_WEIGHT: usize = 5;

/// The text and blocks of a stretch. The outline sums from the start of the body, so the difference of two sums gives any stretch.
///
/// Text is counted by lines: Latin names in a Chinese sentence count as Chinese, Han glosses in an English sentence as English, and
/// a line that proves neither language does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LanguageWeights {
    /// Han characters in lines of Chinese, and Latin words in lines of English.
    text: [u32; 2],
    /// The same in prose alone: not in headings, labels, or fields such as `**URL**: …`.
    prose: [u32; 2],
    pub blocks: u32,
    /// Headings and labels.
    pub headings: u32,
}

impl LanguageWeights {
    pub(super) fn add_line(&mut self, counts: ScriptCounts, is_prose: bool) {
        let Some(language) = counts.language() else { return };
        let amount = match language {
            Language::Chinese => counts.han as u32,
            Language::English => counts.latin as u32,
        };
        self.text[language as usize] += amount;
        if is_prose {
            self.prose[language as usize] += amount;
        }
    }

    /// Han characters or words.
    pub(super) const fn amount(self, language: Language) -> usize {
        self.text[language as usize] as usize
    }

    /// The amount of a language, in a measure common to both.
    pub(super) const fn weight(self, language: Language) -> usize {
        weight(self.amount(language), language)
    }

    /// The weight of both languages together.
    pub(super) const fn total(self) -> usize {
        self.weight(Language::Chinese) + self.weight(Language::English)
    }

    /// The weight of the prose of a language.
    pub(super) const fn prose_weight(self, language: Language) -> usize {
        weight(self.prose[language as usize] as usize, language)
    }

    /// Whether there is prose of either language.
    pub(super) fn has_prose(self) -> bool {
        self.prose != [0, 0]
    }

    /// True if a language has at least this percentage of the text; false if there is no text.
    pub(super) const fn has_share(self, language: Language, percent: usize) -> bool {
        self.total() > 0 && self.weight(language) * 100 >= self.total() * percent
    }

    /// The language with more text.
    pub(super) fn main_language(self) -> Option<Language> {
        let [chinese, english] = Language::BOTH.map(|language| self.weight(language));
        (chinese + english > 0).then_some(if chinese >= english { Language::Chinese } else { Language::English })
    }
}

/// The weight of an amount of Han characters or words.
pub(super) const fn weight(amount: usize, language: Language) -> usize {
    match language {
        Language::Chinese => amount * HAN_WEIGHT,
        Language::English => amount * WORD_WEIGHT,
    }
}

impl Sub for LanguageWeights {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self {
            text: [self.text[0] - earlier.text[0], self.text[1] - earlier.text[1]],
            prose: [self.prose[0] - earlier.prose[0], self.prose[1] - earlier.prose[1]],
            blocks: self.blocks - earlier.blocks,
            headings: self.headings - earlier.headings,
        }
    }
}
