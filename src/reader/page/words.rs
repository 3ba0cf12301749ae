//! Words on a page that the vocabulary book has, and glosses of hard ones.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::layout::PageSource;
use super::marks::{FoundWords, MarkKind, PageWords, TextMark};
use super::state::Page;
use crate::catalog::WordState;
use crate::dictionary::{lemmas, order_by_translation, short_gloss, word_to_learn, words_in};
use crate::markdown::BlockKind;
use crate::text::{Language, clean_line, is_han};
use crate::typeset::WordGloss;

impl Page {
    /// Takes up what is to be shown of words. Rows with glosses are laid out again.
    pub(in crate::reader) fn show_words(&mut self, words: PageWords) {
        let before = std::mem::replace(&mut self.words, words);
        if before.gloss_levels.is_some() || self.has_glosses() {
            self.lay_out_again();
        }
    }

    /// Whether words have glosses.
    pub(in crate::reader) const fn has_glosses(&self) -> bool {
        self.words.gloss_levels.is_some()
    }

    /// The glosses of a block: one above each hard word that is not known, where it comes first in the block. Of senses
    /// the one that the translation says counts.
    pub(super) fn glosses_of(&self, source: PageSource, block: u32) -> Vec<WordGloss> {
        let (PageSource::Text(side), Some(levels)) = (source, self.words.gloss_levels) else {
            return Vec::new();
        };
        let document = self.text.shown(side);
        let Some(block) = document.blocks.get(block as usize) else {
            return Vec::new();
        };
        let level = levels[side as usize];
        if block.kind == BlockKind::Code {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let part = block.range.start as usize..block.range.end as usize;
        let words = words_in(&document.text, part).into_iter();
        words
            .filter_map(|word| {
                let mut found = word_to_learn(&document.text, word.clone(), side, level)?;
                let is_known =
                    self.words.book.state_of(side, &found.word) == Some(WordState::Known);
                if is_known || !seen.insert(found.word) {
                    return None;
                }
                let range = word.start as u32..word.end as u32;
                let context = self.sentences().about(&self.text, side, &range);
                let translation = context.map(|context| context.translation);
                order_by_translation(&mut found.senses, &translation.unwrap_or_default());
                let text = clean_line(&short_gloss(found.senses.first()?)).into_owned();
                (!text.is_empty()).then_some(WordGloss {
                    at: range.start,
                    text,
                })
            })
            .collect()
    }

    /// The words of the vocabulary book that are on the screen.
    pub(super) fn word_marks(&self) -> Vec<TextMark> {
        if !self.words.is_underlined || self.words.book.is_empty() {
            return Vec::new();
        }
        let mut blocks: Vec<(Language, u32)> = self
            .visible_rows()
            .filter_map(|row| match row.source {
                PageSource::Text(side) => Some((side, row.block)),
                PageSource::Header => None,
            })
            .collect();
        blocks.dedup();
        let marks = blocks.into_iter().flat_map(|(side, block)| {
            let found = self.words_of_book(side, block);
            let mark = |(range, state): &(Range<u32>, WordState)| TextMark {
                source: PageSource::Text(side),
                range: range.clone(),
                kind: match state {
                    WordState::Known => MarkKind::Known,
                    _ => MarkKind::Kept,
                },
            };
            found.iter().map(mark).collect::<Vec<_>>()
        });
        marks.collect()
    }

    fn words_of_book(&self, side: Language, block: u32) -> FoundWords {
        if let Some(found) = self.words.found.borrow().get(&(side, block)) {
            return Arc::clone(found);
        }
        let document = self.text.shown(side);
        let part = document
            .blocks
            .get(block as usize)
            .map(|it| it.range.clone());
        let part = part.map_or(0..0, |part| part.start as usize..part.end as usize);
        let state = |word: &Range<usize>| {
            let written = &document.text[word.clone()];
            if written.contains(is_han) {
                return self.words.book.state_of(Language::Chinese, written);
            }
            let mut forms = lemmas(written).into_iter();
            forms.find_map(|form| self.words.book.state_of(Language::English, &form))
        };
        let words = words_in(&document.text, part).into_iter();
        let found: FoundWords = words
            .filter_map(|word| {
                let state = state(&word)?;
                Some((word.start as u32..word.end as u32, state))
            })
            .collect();
        let mut all = self.words.found.borrow_mut();
        all.insert((side, block), Arc::clone(&found));
        found
    }
}
