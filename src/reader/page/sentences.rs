//! Sentences on a page: walking over them, and lighting what translates them.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::layout::PageSource;
use super::marks::{MarkKind, SelectedBy, TextMark, TextRange, TextSelection};
use super::state::Page;
use crate::bilingual::{SentenceJob, SentencePair, Sentences, WordContext};
use crate::text::Language;

impl Page {
    /// The sentences of the text: not before a reader asks for one, or sees both languages side by side.
    /// From the first call on, [`Self::ask_for_sentences`] has them aligned.
    pub(super) fn sentences(&self) -> &Sentences {
        let find = || Arc::new(Sentences::new(&self.text, None));
        self.sentences.get_or_init(find)
    }

    /// What is to be aligned for the sentences, once.
    pub(in crate::reader) fn ask_for_sentences(&mut self) -> Option<SentenceJob> {
        if self.sentence_job.is_some() || !self.awaits_sentences() {
            return None;
        }
        self.sentence_job = self.alignment.clone().map(|alignment| SentenceJob {
            text: Arc::clone(&self.text),
            alignment,
        });
        self.sentence_job.clone()
    }

    /// Whether the sentences are found, but not aligned yet.
    pub(in crate::reader) fn awaits_sentences(&self) -> bool {
        let is_found = |it: &Arc<Sentences>| !it.is_aligned();
        self.alignment.is_some() && self.sentences.get().is_some_and(is_found)
    }

    /// Takes up the sentences; `false` if others were asked for last.
    pub(in crate::reader) fn take_sentences(
        &mut self,
        job: &SentenceJob,
        sentences: Arc<Sentences>,
    ) -> bool {
        if self.sentence_job.as_ref() != Some(job) {
            return false;
        }
        self.sentences = OnceCell::from(sentences);
        if let Some(lit) = self.lit().cloned() {
            self.cache.remove(&self.current);
            self.reveal(self.side(), &lit);
        }
        if self.has_glosses() {
            // The translations choose among senses.
            self.lay_out_again();
        }
        true
    }

    /// The sentence of the side shown that is lit.
    pub(in crate::reader) fn lit(&self) -> Option<&Range<u32>> {
        let selection = self.selection.as_ref()?;
        let is_lit =
            selection.by == SelectedBy::Walk && selection.source == PageSource::Text(self.side());
        is_lit.then_some(&selection.range)
    }

    /// Lights a sentence some sentences on or back, or first the one at the reading line; `false` if
    /// there is none.
    pub(in crate::reader) fn step_sentences(&mut self, by: isize) -> bool {
        self.update_alignment();
        let side = self.side();
        let first = self
            .document()
            .blocks
            .get(self.repeated[side as usize] as usize);
        let first = first.map_or(0, |block| block.range.start);
        let sentences = self.sentences();
        let before = sentences.of(side).partition_point(|it| it.end <= first);
        let number = match self.lit() {
            Some(lit) if by > 0 => sentences.number_at(side, lit.end - 1),
            Some(lit) => sentences.number_at(side, lit.start),
            None => sentences.number_at(side, self.byte_of_place()),
        };
        let Some(number) = number else {
            return false;
        };
        let last = sentences.of(side).len() - 1;
        let steps = match self.lit() {
            Some(_) => by,
            None => by - by.signum(),
        };
        let wanted = number.max(before).saturating_add_signed(steps);
        let wanted = wanted.clamp(before.min(last), last);
        let sentence = sentences.of(side)[wanted].clone();
        if self.lit() == Some(&sentence) {
            return false;
        }
        self.light(sentence);
        true
    }

    /// The byte of the place at the reading line in the text of the side shown.
    pub(super) fn byte_of_place(&self) -> u32 {
        let place = self.place();
        let block = self.document().blocks.get(place.block as usize);
        block.map_or(0, |block| block.range.start + place.offset)
    }

    /// Lights sentences of the side shown, and scrolls to them and to their translation.
    pub(super) fn light(&mut self, range: Range<u32>) {
        self.cache.remove(&self.current);
        let source = PageSource::Text(self.side());
        self.selection = Some(TextSelection::new(source, range.clone(), SelectedBy::Walk));
        if let Some(item) = self.item_at(self.side(), range.start) {
            self.cache.remove(&item);
        }
        self.reveal(self.side(), &range);
    }

    /// Ends a sentence that is lit if its block is no longer the current one.
    pub(super) fn keep_lit_in_current(&mut self) {
        let lit = self.lit().map(|lit| lit.start);
        if lit.is_some_and(|at| self.item_at(self.side(), at) != Some(self.current)) {
            self.unfold_sentence(false);
            self.selection = None;
        }
    }

    /// Makes the block of a range of a side current, and scrolls as far as the range is not on the
    /// screen; and, if there is room, what is unfolded below it or lit beside it.
    pub(super) fn reveal(&mut self, side: Language, range: &Range<u32>) {
        let Some(item) = self.item_at(side, range.start) else {
            return;
        };
        self.current = item.max(self.first_shown());
        let below = if self.is_sentence_unfolded {
            Some(self.last_row(item))
        } else {
            let is_lit = self.is_parallel() && self.lit().is_some();
            let answer = self.answer().filter(|_| is_lit);
            let end = answer.map(|answer| answer.range.end.max(1) - 1);
            end.and_then(|end| self.position_of_byte(side.other(), end))
        };
        let start = self.position_of_byte(side, range.start);
        let end = self.position_of_byte(side, range.end.max(range.start + 1) - 1);
        if let (Some(start), Some(end)) = (start, end) {
            let last = below.map_or(end, |below| below.max(end));
            let wanted = self.above(last, self.rows.saturating_sub(1));
            self.top = self.top.max(wanted.min(start)).min(start);
        }
        self.after_move();
    }

    /// The item with a byte of the text of a side.
    pub(super) fn item_at(&self, side: Language, at: u32) -> Option<usize> {
        let block = self.text.document(side)?.block_at(at)?;
        self.item_of(PageSource::Text(side), block as u32)
    }

    fn position_of_byte(&mut self, side: Language, at: u32) -> Option<super::state::RowPosition> {
        let block = self.text.document(side)?.block_at(at)?;
        self.position_at(side, block as u32, at)
    }

    /// The pair of the sentences at a range of a side; None if it is not certain.
    pub(in crate::reader) fn sentence_pair(&self, of: &TextRange) -> Option<SentencePair> {
        let pair = self.sentences().pair(of.side, &of.range)?;
        pair.is_certain().then_some(pair)
    }

    /// The text of the sentences at a range, and of those that translate them if that is certain.
    pub(in crate::reader) fn sentence_texts(&self, of: &TextRange) -> (String, Option<String>) {
        let text =
            |side, range: &Range<u32>| self.sentences().text(side, self.text.shown(side), range);
        let pair = self.sentence_pair(of);
        let own = pair.as_ref().map_or(&of.range, |pair| pair.side(of.side));
        let other = of.side.other();
        (
            text(of.side, own),
            pair.as_ref().map(|pair| text(other, pair.side(other))),
        )
    }

    /// The sentence about a word. None if the word is in no sentence.
    pub(in crate::reader) fn word_sentence(&self, word: &TextRange) -> Option<WordContext> {
        self.sentences().about(&self.text, word.side, &word.range)
    }

    /// The sentence that is lit, or of a match while both languages are shown.
    pub(super) fn subject(&self) -> Option<TextRange> {
        if let Some(lit) = self.lit() {
            let (side, range) = (self.side(), lit.clone());
            return Some(TextRange { side, range });
        }
        let find = self.find.as_ref().filter(|_| self.is_parallel())?;
        let (side, range) = find.order.get(find.current?)?;
        let (side, range) = (*side, range.clone());
        Some(TextRange { side, range })
    }

    /// What is lit in the other language: the sentences that translate the [`subject`](Self::subject), or
    /// those of a figure that disagrees with one in it. Nothing if that is not certain.
    pub(super) fn answer(&self) -> Option<TextRange> {
        let subject = self.subject()?;
        let side = subject.side.other();
        let pair = self.sentence_pair(&subject);
        let translation = pair.map(|pair| pair.side(side).clone());
        let figure = || {
            let at = self.mismatches.other_figure(&self.text, &subject)?;
            let sentences = self.sentences();
            let sentence = sentences.of(side).get(sentences.number_at(side, at)?)?;
            Some(sentence.clone())
        };
        let range = translation.or_else(figure)?;
        Some(TextRange { side, range })
    }

    /// Whether something is to be shown of the other language and nothing is certain enough.
    pub(in crate::reader) fn is_uncertain(&self) -> bool {
        self.text.is_bilingual()
            && self.subject().is_some()
            && self.answer().is_none()
            && !self.awaits_sentences()
    }

    /// Whether a sentence or a match is to be shown with its translation.
    pub(in crate::reader) const fn shows_translation(&self) -> bool {
        self.is_parallel() || self.is_sentence_unfolded
    }

    /// Whether a sentence is lit.
    pub fn has_lit(&self) -> bool {
        self.lit().is_some()
    }

    /// The text of the sentence that is lit, and of its translation if it is certain.
    pub fn lit_sentence(&self) -> Option<(String, Option<String>)> {
        let (side, range) = (self.side(), self.lit()?.clone());
        Some(self.sentence_texts(&TextRange { side, range }))
    }

    /// What is marked, in the order in which it is drawn.
    pub fn marks(&self) -> Vec<TextMark> {
        let mut marks = Vec::new();
        let text = |TextRange { side, range }, kind| TextMark {
            source: PageSource::Text(side),
            range,
            kind,
        };
        if let (true, Some(sentences)) = (self.is_beside(), self.sentences.get()) {
            let groups = |side| sentences.groups(side, self.current_bytes(side));
            let firsts = Language::BOTH
                .into_iter()
                .filter_map(|side| groups(side).next());
            let first = firsts.map(|(number, _)| number).min().unwrap_or(0);
            for side in Language::BOTH {
                let apart = groups(side).filter(|(number, _)| (number - first) % 2 == 1);
                let apart = apart.map(|(_, range)| TextRange { side, range });
                marks.extend(apart.map(|range| text(range, MarkKind::Apart)));
            }
        }
        marks.extend(self.annotation_marks());
        marks.extend(self.word_marks());
        if self.sentences.get().is_some() {
            let lit = self.subject().filter(|_| self.lit().is_some());
            let answer = self.answer().filter(|_| self.is_parallel());
            let lit = lit.into_iter().chain(answer);
            marks.extend(lit.map(|range| text(range, MarkKind::Lit)));
        }
        let selection = self.selection.iter().filter(|it| it.by != SelectedBy::Walk);
        marks.extend(selection.map(|selection| TextMark {
            source: selection.source,
            range: selection.range.clone(),
            kind: MarkKind::Selected,
        }));
        marks
    }

    /// The bytes of the current blocks of a side.
    pub(super) fn current_bytes(&self, side: Language) -> Range<u32> {
        let document = self.text.document(side).zip(self.current_blocks(side));
        let inside = document.and_then(|(document, blocks)| {
            document
                .blocks
                .get(blocks.start as usize..blocks.end as usize)
        });
        let ends = inside.and_then(|inside| Some((inside.first()?, inside.last()?)));
        ends.map_or(0..0, |(first, last)| first.range.start..last.range.end)
    }

    /// Unfolds the translation of the sentence that is lit below its block, or hides it.
    pub(super) fn unfold_sentence(&mut self, is_unfolded: bool) {
        if self.is_sentence_unfolded != is_unfolded {
            self.is_sentence_unfolded = is_unfolded;
            self.cache.remove(&self.current);
            if !is_unfolded {
                self.top = self.top.min(self.last_row(self.top.item));
            }
        }
    }

    /// The bytes of the other side that are unfolded below an item: those that translate the sentence
    /// that is lit in it.
    pub(super) fn unfolded_sentence(&self, item: usize) -> Option<Range<u32>> {
        let lit = self
            .lit()
            .filter(|_| self.is_sentence_unfolded && !self.is_parallel())?;
        let is_here = self.item_at(self.side(), lit.start) == Some(item);
        self.answer().filter(|_| is_here).map(|answer| answer.range)
    }

    /// Goes to another figure on which the two languages disagree, around the ends, and lights the
    /// sentences of both; `false` if there is none.
    pub(in crate::reader) fn step_mismatches(&mut self, by: isize) -> bool {
        let mut places: Vec<u32> = self.mismatches().map(|mismatch| mismatch.at).collect();
        places.sort_unstable();
        let here = self
            .lit()
            .map_or_else(|| self.byte_of_place(), |lit| lit.start);
        let end = self.lit().map_or(here, |lit| lit.end);
        let wanted = if by > 0 {
            // Those of a sentence are lit together.
            places.partition_point(|at| *at < end) as isize - 1 + by
        } else {
            places.partition_point(|at| *at < here) as isize + by
        };
        let Some(wanted) = wanted.checked_rem_euclid(places.len() as isize) else {
            return false;
        };
        self.light_at(places[wanted as usize]);
        self.at_mismatch = self.lit().cloned();
        true
    }

    /// Whether the sentence that is lit is one of a figure that was gone to last, and still disagrees.
    pub(in crate::reader) fn is_at_mismatch(&self) -> bool {
        self.at_mismatch.is_some()
            && self.lit() == self.at_mismatch.as_ref()
            && !self.mismatch_keys().is_empty()
    }

    /// What is said of the sentence that is lit: its language and text; with `both`, as far as it is certain, also its
    /// translation, and then all sentences that this translates are lit.
    pub(in crate::reader) fn said(
        &mut self,
        both: bool,
    ) -> Option<(Language, String, Option<String>)> {
        let (side, range) = (self.side(), self.lit()?.clone());
        if !both {
            let text = self.sentences().text(side, self.document(), &range);
            return Some((side, text, None));
        }
        let of = TextRange { side, range };
        let (text, translation) = self.sentence_texts(&of);
        if let Some(pair) = self.sentence_pair(&of) {
            self.light(pair.side(side).clone());
        }
        Some((side, text, translation))
    }

    /// Lights the sentence at a byte of the side shown.
    pub(in crate::reader) fn light_at(&mut self, at: u32) {
        let sentences = self.sentences();
        if let Some(number) = sentences.number_at(self.side(), at) {
            let sentence = sentences.of(self.side())[number].clone();
            self.light(sentence);
        }
    }
}
