//! The two languages of a page: from one to the other and back, and both at once.

use std::sync::Arc;

use super::layout::{PageSource, Peek};
use super::marks::TextRange;
use super::state::{Page, PageSettings};
use crate::bilingual::{Alignment, Bead, Place, Text, relocate};
use crate::catalog::Reading;
use crate::locale::translated;
use crate::text::Language;

/// A change of the alignment by the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum PairEdit {
    /// Moves the last block out of the current pair.
    Split,
    /// Merges the next pair into the current one.
    Merge,
    /// Undoes all changes.
    Reset,
}

/// From one language to the other and back.
impl Page {
    /// Shows the other language at the same place; `false` if there is none.
    ///
    /// The row of the translation comes to where the reading line was. A second switch goes back to
    /// exactly where the reader came from, unless they have moved.
    pub(in crate::reader) fn switch_language(&mut self) -> bool {
        if !self.text.is_bilingual() {
            return false;
        }
        self.update_alignment();
        let before = self.snapshot();
        match self.before_switch.take() {
            Some(back) => self.return_to(&back),
            None => self.show_translation(),
        }
        self.repeat_find();
        self.before_switch = Some(before);
        true
    }

    fn show_translation(&mut self) {
        let place = self.place();
        let (y, is_start) = (self.current_y(), self.is_top());
        let place = self.counterpart(&place);
        let answer = self.answer().filter(|_| self.lit().is_some());
        self.peeks.clear();
        (self.selection, self.is_sentence_unfolded) = (None, false);
        self.show_side(place.side);
        self.arrive(&place, y, is_start);
        if let Some(TextRange { range, .. }) = answer {
            self.light(range);
        }
    }

    /// Goes to a place of a new layout, with its row at a row of the screen; if the reader was at
    /// the start, to the start.
    pub(super) fn arrive(&mut self, place: &Place, y: u32, is_start: bool) {
        if is_start {
            self.go_to_start();
            self.current = self
                .item_of(PageSource::Text(place.side), place.block)
                .unwrap_or(self.current);
            if self.is_visible(self.current) {
                return self.after_move();
            }
        }
        self.go_to(place, y);
    }

    /// Shows the preferred language at the same place, if the text has it.
    pub(in crate::reader) fn prefer(&mut self, preferred: Language) {
        if self.text.side(preferred) != self.side() {
            self.switch_language();
        }
    }

    /// Goes to a place on the side shown, or to the counterpart of a place on the other side.
    pub(in crate::reader) fn go_to_place(&mut self, place: &Place, y: u32) {
        if place.side == self.side() {
            self.go_to(place, y);
        } else {
            let place = self.counterpart(place);
            self.go_to(&place, y);
        }
    }

    /// Goes to a saved place, wherever it is in the text as it is now.
    pub(in crate::reader) fn go_to_reading(&mut self, reading: &Reading) {
        let place = relocate(&self.text, &reading.place);
        self.go_to_place(&place, reading.row.into());
    }

    fn counterpart(&self, place: &Place) -> Place {
        match &self.alignment {
            Some(alignment) => counterpart(&self.text, alignment, place),
            None => counterpart_by_share(&self.text, place),
        }
    }
}

/// Both at once: side by side, pair after pair, and translations unfolded for a moment.
impl Page {
    /// Lays the page out for other settings. The first text on the screen stays first.
    pub(in crate::reader) fn reshape(&mut self, settings: PageSettings) {
        let (place, y, is_start) = (self.place(), self.current_y(), self.is_top());
        let was_parallel = self.is_parallel();
        self.apply(settings);
        if self.is_parallel() != was_parallel {
            // The items have changed: only the reading place can be kept.
            self.peeks.clear();
            let y = if y < self.rows { y } else { 0 };
            self.arrive(&place, y, is_start);
            return self.repeat_find();
        }
        self.lay_out_again();
    }

    /// Lays the page out after something above its text has changed. The first text on the screen stays first.
    pub(super) fn lay_out_again(&mut self) {
        self.cache.clear();
        self.restore(&self.anchor.clone());
        self.current = self.anchor.current;
        self.keep_current_visible();
        if let Some(lit) = self.lit().cloned() {
            self.reveal(self.side(), &lit);
        }
    }

    /// Unfolds the translation of the current block below it, or hides it; before, that of a sentence
    /// that is lit. The text above does not move, unless there is no room for the translation below.
    ///
    /// # Errors
    /// Why there is nothing to unfold, or nothing for the sentence alone.
    pub(in crate::reader) fn peek(&mut self) -> Result<(), String> {
        if self.is_parallel() {
            return Err(tr!("Both languages are shown").to_owned());
        }
        self.update_alignment();
        let side = self.side();
        let (Some(alignment), Some(block)) = (&self.alignment, self.current_block()) else {
            return Err(tr!(
                "This article is in {language} only",
                language = translated(side.name())
            ));
        };
        let Some(pair) = pair_of(alignment, side, block) else {
            return Err(tr!("No translation for this paragraph").to_owned());
        };
        let peek = Peek {
            block: pair.side(side).end - 1,
            translation: pair.side(side.other()).clone(),
        };
        let found = self.peeks.binary_search_by_key(&peek.block, |it| it.block);
        let lit = self.lit().cloned();
        let is_uncertain = lit.is_some() && self.answer().is_none() && !self.awaits_sentences();
        if let (Some(lit), Err(_), false) = (lit, found, is_uncertain)
            && !self.is_sentence_unfolded
        {
            self.unfold_sentence(true);
            self.reveal(side, &lit);
            return Ok(());
        }
        self.unfold_sentence(false);
        self.cache.clear();
        match found {
            Ok(index) => {
                self.peeks.remove(index);
                self.top = self.top.min(self.last_row(self.top.item));
            }
            Err(index) => {
                let item = self.first_text() + peek.block as usize;
                self.peeks.insert(index, peek);
                self.make_room(item);
            }
        }
        self.after_move();
        if is_uncertain && found.is_err() {
            return Err(tr!("No certain translation for this sentence").to_owned());
        }
        Ok(())
    }

    /// Scrolls down until all of an item is on the screen, but never past the beginning of the
    /// current block.
    pub(super) fn make_room(&mut self, item: usize) {
        let end = self.last_row(item);
        let wanted = self.above(end, self.rows.saturating_sub(1));
        let limit = self.first_row(self.current);
        self.top = self.top.max(wanted.min(limit));
    }

    /// The texts of the current pair, Chinese first; None if the current block has no translation.
    pub(in crate::reader) fn current_pair(&self) -> Option<[String; 2]> {
        let mut sides = [self.side(), self.side().other()]
            .into_iter()
            .filter(|&side| self.is_shown(side));
        let (side, blocks) = sides.find_map(|side| {
            Some((
                side,
                self.current_blocks(side)
                    .filter(|blocks| !blocks.is_empty())?,
            ))
        })?;
        let pair = pair_of(self.alignment.as_ref()?, side, blocks.start)?;
        Some(Language::BOTH.map(|side| {
            let document = self.text.shown(side);
            let texts: Vec<&str> = pair
                .side(side)
                .clone()
                .map(|block| document.block_text(block as usize))
                .collect();
            texts.join("\n")
        }))
    }

    /// Changes the alignment at the current pair; returns the new alignment, or None if nothing can
    /// be changed.
    pub(in crate::reader) fn edit_pairs(&mut self, edit: PairEdit) -> Option<Arc<Alignment>> {
        let pair = self
            .current
            .checked_sub(self.first_text())
            .filter(|_| self.is_parallel())?;
        let mut alignment = Alignment::clone(self.alignment.as_ref()?);
        let is_changed = match edit {
            PairEdit::Split => alignment.split(pair),
            PairEdit::Merge => alignment.merge(pair),
            PairEdit::Reset => {
                let original = self.text.quick_alignment()?;
                let is_edited = *alignment.beads != *original.beads;
                alignment.clone_from(original);
                is_edited
            }
        };
        if !is_changed {
            return None;
        }
        let (place, y) = (self.place(), self.current_y());
        let alignment = Arc::new(alignment);
        self.set_alignment(Some(Arc::clone(&alignment)));
        self.cache.clear();
        if edit == PairEdit::Reset {
            self.go_to(&place, y);
        } else {
            let position = self.first_row(self.current);
            self.top = self.above(position, y);
            self.after_move();
        }
        self.repeat_find();
        Some(alignment)
    }
}

/// The place on the other side that corresponds to a place; the place itself if there is no other
/// side.
///
/// It is in the blocks that translate the place's block, at the same share of their text. For an
/// untranslated block it is the last block that translates what comes before.
fn counterpart(text: &Text, alignment: &Alignment, place: &Place) -> Place {
    let side = place.side.other();
    let (Some(from), Some(to)) = (text.document(place.side), text.document(side)) else {
        return place.clone();
    };
    let found = alignment
        .bead_of(place.side, place.block)
        .zip(alignment.translation(place.side, place.block));
    let Some((bead, (answers, is_own))) = found else {
        return text.place(side, 0, 0);
    };
    let Some(blocks) = to.blocks.get(answers.start as usize..answers.end as usize) else {
        return text.place(side, 0, 0);
    };
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return text.place(side, 0, 0);
    };
    if !is_own {
        return text.place(side, answers.end - 1, 0);
    }
    let asked = alignment.beads[bead].side(place.side);
    let (start, end) = (
        from.blocks[asked.start as usize].range.start,
        from.blocks[asked.end as usize - 1].range.end,
    );
    let at = (from.blocks[place.block as usize].range.start + place.offset).clamp(start, end);
    let length = u64::from(last.range.end - first.range.start);
    let share = u64::from(at - start) * length / u64::from(end - start).max(1);
    let at = first.range.start + share as u32;
    let block = to
        .block_at(at)
        .unwrap_or(0)
        .clamp(answers.start as usize, answers.end as usize - 1);
    let offset = at.saturating_sub(to.blocks[block].range.start) as usize;
    text.place(
        side,
        block as u32,
        to.block_text(block).floor_char_boundary(offset) as u32,
    )
}

/// The beginning of the block on the other side with the same share of all text before it, for a
/// long text that is not yet aligned. The place itself if there is no other side.
fn counterpart_by_share(text: &Text, place: &Place) -> Place {
    let side = place.side.other();
    let (Some(from), Some(to)) = (text.document(place.side), text.document(side)) else {
        return place.clone();
    };
    let before = from
        .blocks
        .get(place.block as usize)
        .map_or(0, |block| u64::from(block.range.start));
    let at = before * to.text.len() as u64 / (from.text.len() as u64).max(1);
    text.place(side, to.block_at(at as u32).unwrap_or(0) as u32, 0)
}

/// Whether an alignment covers exactly the blocks of a text, which one from before an edit may not.
pub(in crate::reader) fn fits(alignment: &Alignment, text: &Text) -> bool {
    Language::BOTH.into_iter().all(|side| {
        let mut end = 0;
        let follow = alignment.beads.iter().all(|bead| {
            let range = bead.side(side);
            let follows = range.start == end && range.end >= range.start;
            end = range.end;
            follows
        });
        follow
            && text
                .document(side)
                .is_some_and(|document| document.blocks.len() == end as usize)
    })
}

/// The pair of a block, if it has a translation.
fn pair_of(alignment: &Alignment, side: Language, block: u32) -> Option<&Bead> {
    let bead = alignment.bead_of(side, block)?;
    Some(&alignment.beads[bead]).filter(|bead| bead.is_pair())
}
