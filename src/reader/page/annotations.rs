//! Highlights on a page: where those of the article are in its text, and what is highlighted next.

use std::ops::Range;
use std::sync::Arc;

use super::layout::PageSource;
use super::marks::{MarkKind, PlacedAnnotation, SelectedBy, TextMark, TextRange, TextSelection};
use super::state::Page;
use crate::bilingual::{Place, find_passage, passage_places};
use crate::catalog::Annotation;
use crate::text::Language;

impl Page {
    /// Takes up the highlights of the article, those that are found in its text.
    pub(in crate::reader) fn annotate(&mut self, all: impl Iterator<Item = Arc<Annotation>>) {
        let placed = all.filter_map(|annotation| {
            let range = find_passage(&self.text, &annotation.places, &annotation.text)?;
            let side = annotation.places[0].side;
            let at = TextRange { side, range };
            Some(PlacedAnnotation { annotation, at })
        });
        self.annotations = placed.collect();
        // The longest first, so that those inside are seen.
        let length = |it: &PlacedAnnotation| it.at.range.len();
        self.annotations
            .sort_by_key(|it| (std::cmp::Reverse(length(it)), it.at.range.start));
    }

    /// What a highlight is made of: what is selected, or else the sentence that is lit, clicked on or at the reading
    /// line.
    pub(in crate::reader) fn passage(&self) -> Option<TextRange> {
        let selected = self.selected();
        if selected.is_some() {
            return selected;
        }
        if let Some(lit) = self.lit() {
            let (side, range) = (self.side(), lit.clone());
            return Some(TextRange { side, range });
        }
        let (side, at) = self.word_place();
        let sentences = self.sentences();
        let number = sentences.number_at(side, at.start)?;
        let range = sentences.of(side).get(number)?.clone();
        Some(TextRange { side, range })
    }

    /// The places of both ends of a passage, and its text as it is kept. None if it has no letter.
    pub(in crate::reader) fn passage_places(
        &self,
        passage: &TextRange,
    ) -> Option<([Place; 2], String)> {
        passage_places(&self.text, passage.side, passage.range.clone())
    }

    /// The highlights of the current paragraph, in the order of the text.
    pub(crate) fn annotations_here(&self) -> Vec<&Annotation> {
        let mut here: Vec<&PlacedAnnotation> = Vec::new();
        for (source, blocks) in self.current_parts() {
            let document = self.document_of(source);
            let blocks = &document.blocks[blocks.start as usize..blocks.end as usize];
            let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
                continue;
            };
            let range = first.range.start..last.range.end;
            here.extend(self.annotations.iter().filter(|it| {
                PageSource::Text(it.at.side) == source
                    && it.at.range.start < range.end
                    && range.start < it.at.range.end
            }));
        }
        here.sort_by_key(|it| (it.at.side as usize, it.at.range.start));
        here.iter().map(|it| &*it.annotation).collect()
    }

    /// The highlight at a passage: the one with this key if it is there, else the shortest.
    pub(in crate::reader) fn annotation_at(
        &self,
        passage: &TextRange,
        preferred: Option<u64>,
    ) -> Option<&Arc<Annotation>> {
        let is_here = |it: &&PlacedAnnotation| {
            let (one, other) = (&it.at.range, &passage.range);
            it.at.side == passage.side && one.start < other.end && other.start < one.end
        };
        let mut here = self.annotations.iter().rev().filter(is_here);
        let is_preferred = |it: &&PlacedAnnotation| Some(it.annotation.key) == preferred;
        let found = here.clone().find(is_preferred).or_else(|| here.next())?;
        Some(&found.annotation)
    }

    /// The highlights with a key in the text, as ranges.
    pub(in crate::reader) fn place_of_annotation(&self, key: u64) -> Option<TextRange> {
        let found = self.annotations.iter().find(|it| it.annotation.key == key);
        found.map(|it| it.at.clone())
    }

    /// Ends a selection so that what was marked is seen; the next command is still about its place.
    pub(in crate::reader) fn leave_selection_at(&mut self, passage: &TextRange) {
        if self.selected().is_some() {
            let source = PageSource::Text(passage.side);
            let at = passage.range.start..passage.range.start;
            self.selection = Some(TextSelection::new(source, at, SelectedBy::Mouse));
        }
    }

    /// Goes to a passage, in its language.
    pub(in crate::reader) fn go_to_passage(&mut self, passage: &TextRange) {
        self.reveal(passage.side, &passage.range);
        let source = PageSource::Text(passage.side);
        let at = passage.range.start..passage.range.start;
        self.selection = Some(TextSelection::new(source, at, SelectedBy::Mouse));
    }

    /// The rows of the screen, given by the number of their source, in which a note begins.
    pub fn has_note_in(&self, source: PageSource, bytes: &Range<u32>) -> bool {
        self.annotations.iter().any(|it| {
            !it.annotation.note.is_empty()
                && source == PageSource::Text(it.at.side)
                && bytes.contains(&it.at.range.start)
        })
    }

    /// The highlights on the screen, and the sentences of the other language that translate one.
    pub(super) fn annotation_marks(&self) -> Vec<TextMark> {
        if self.annotations.is_empty() {
            return Vec::new();
        }
        let mut marks = Vec::new();
        for side in Language::BOTH
            .into_iter()
            .filter(|&side| self.is_shown(side))
        {
            let source = PageSource::Text(side);
            let bytes = self.visible_bytes(source);
            if bytes.is_empty() {
                continue;
            }
            marks.extend(self.answers_in(side, &bytes));
            let own = self.annotations_in(side, &bytes);
            marks.extend(own.filter_map(|it| {
                Some(TextMark {
                    source,
                    range: it.at.range.clone(),
                    kind: MarkKind::Highlighted(it.annotation.colour?),
                })
            }));
        }
        // What answers lies below what is marked.
        marks.sort_by_key(|mark| mark.kind != MarkKind::Answers);
        marks
    }

    fn annotations_in(
        &self,
        side: Language,
        bytes: &Range<u32>,
    ) -> impl Iterator<Item = &PlacedAnnotation> {
        let (start, end) = (bytes.start, bytes.end);
        self.annotations.iter().filter(move |it| {
            it.at.side == side && it.at.range.start < end && start < it.at.range.end
        })
    }

    /// The sentences in some bytes of a side that translate a highlight of the other one.
    fn answers_in(&self, side: Language, bytes: &Range<u32>) -> Vec<TextMark> {
        let other = side.other();
        let is_any = self.annotations.iter().any(|it| it.at.side == other);
        let Some(pair) = is_any.then(|| self.sentences().pair(side, bytes)).flatten() else {
            return Vec::new();
        };
        let there = self.annotations_in(other, pair.side(other));
        let answer = |it: &PlacedAnnotation| {
            let range = self.sentence_pair(&it.at)?.side(side).clone();
            Some(TextMark {
                source: PageSource::Text(side),
                range,
                kind: MarkKind::Answers,
            })
        };
        there.filter_map(answer).collect()
    }

    /// The bytes of a source that are on the screen.
    fn visible_bytes(&self, source: PageSource) -> Range<u32> {
        let mut rows = self.visible_rows().filter(|row| row.source == source);
        let Some(first) = rows.next() else {
            return 0..0;
        };
        let last = rows
            .last()
            .map_or(first.row.range.end, |last| last.row.range.end);
        first.row.range.start..last.max(first.row.range.end)
    }
}
