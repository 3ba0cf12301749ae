//! Both languages at once: side by side, pair after pair, and translations unfolded for a moment.

use std::sync::Arc;

use super::layout::Peek;
use super::state::{Page, PageSettings, RowPosition};
use crate::bilingual::{Alignment, Bead};
use crate::text::Language;

/// The outcome of a peek.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum PeekResult {
    Shown,
    Hidden,
    Untranslated,
    Parallel,
    OneLanguage,
}

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

impl Page {
    /// Lays the page out for other settings. The first text on the screen stays first.
    pub(in crate::reader) fn reshape(&mut self, settings: PageSettings) {
        let place = self.place();
        self.apply(settings);
        let (y, is_start) = (self.current_y(), self.top == RowPosition::default());
        let was_parallel = self.is_parallel();
        self.rebuild_layout();
        if self.is_parallel() != was_parallel {
            // The items have changed: only the reading place can be kept.
            self.layout.peeks.clear();
            self.arrive(&place, y, is_start);
            return self.repeat_find();
        }
        self.restore(&self.anchor.clone());
        self.settle();
        if !self.is_visible(self.current) {
            self.select_first_visible();
        }
    }

    /// Unfolds the translation of the current block below it, or hides it. The text above does not move, unless there is no
    /// room for the translation below.
    pub(in crate::reader) fn peek(&mut self) -> PeekResult {
        if self.is_parallel() {
            return PeekResult::Parallel;
        }
        self.update_alignment();
        let side = self.side();
        let (Some(alignment), Some(block)) = (&self.alignment, self.current_block()) else {
            return PeekResult::OneLanguage;
        };
        let Some(pair) = pair_of(alignment, side, block) else { return PeekResult::Untranslated };
        let peek = Peek { block: pair.side(side).end - 1, translation: pair.side(side.other()).clone() };
        let item = self.layout.first_text() + peek.block as usize;
        let found = self.layout.peeks.binary_search_by_key(&peek.block, |peek| peek.block);
        match found {
            Ok(index) => {
                self.layout.peeks.remove(index);
            }
            Err(index) => self.layout.peeks.insert(index, peek),
        }
        self.rebuild_layout();
        self.top = self.top.min(self.last_row(self.top.item));
        if found.is_err() {
            self.make_room(item);
        }
        self.after_move();
        if found.is_ok() { PeekResult::Hidden } else { PeekResult::Shown }
    }

    /// Scrolls down until all of an item is on the screen, but never past the beginning of the current block.
    fn make_room(&mut self, item: usize) {
        let end = self.last_row(item);
        let wanted = self.above(end, self.rows.saturating_sub(1));
        let limit = self.first_row(self.current);
        self.top = self.top.max(wanted.min(limit));
    }

    /// The texts of the current pair, Chinese first; None if the current block has no translation.
    pub(in crate::reader) fn current_pair(&self) -> Option<[String; 2]> {
        let mut sides = [self.side(), self.side().other()].into_iter().filter(|&side| self.is_shown(side));
        let (side, blocks) =
            sides.find_map(|side| Some((side, self.current_blocks(side).filter(|blocks| !blocks.is_empty())?)))?;
        let pair = pair_of(self.alignment.as_ref()?, side, blocks.start)?;
        Some(Language::BOTH.map(|side| {
            let document = self.text.shown(side);
            let texts: Vec<&str> = pair.side(side).clone().map(|block| document.block_text(block as usize)).collect();
            texts.join("\n")
        }))
    }

    /// Changes the alignment at the current pair; returns the new alignment, or None if nothing can be changed.
    pub(in crate::reader) fn edit_pairs(&mut self, edit: PairEdit) -> Option<Arc<Alignment>> {
        let pair = self.current.checked_sub(self.layout.first_text()).filter(|_| self.is_parallel())?;
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
        self.rebuild_layout();
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

/// The pair of a block, if it has a translation.
fn pair_of(alignment: &Alignment, side: Language, block: u32) -> Option<&Bead> {
    let bead = alignment.bead_of(side, block)?;
    Some(&alignment.beads[bead]).filter(|bead| bead.is_pair())
}
