//! Both languages at once: side by side, pair after pair, and answers unfolded for a moment.

use std::sync::Arc;

use super::doubts::Doubts;
use super::{Page, Spot};
use crate::bilingual::{Alignment, Place};
use crate::reader::flow::Peek;
use crate::text::Language;

/// What unfolding came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Peeked {
    /// The answer is shown.
    Unfolded,
    /// It is shown no more.
    Folded,
    /// Nothing answers the current block.
    Unanswered,
    /// Both languages are shown anyway.
    Parallel,
    /// There is no other language.
    Alone,
}

/// How a reader mends the alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Mending {
    /// The current pair loses a block.
    Part,
    /// The current pair takes in the next one.
    Unite,
    /// All is as it was.
    Reset,
}

impl Page {
    /// Whether any answer is unfolded.
    #[cfg(test)]
    pub(in crate::reader) const fn has_unfolded(&self) -> bool {
        !self.peeks.is_empty()
    }

    /// Whether both languages are shown.
    pub const fn is_parallel(&self) -> bool {
        self.flow.is_parallel()
    }

    /// Whether both languages are shown in two columns.
    pub const fn is_beside(&self) -> bool {
        self.flow.is_beside()
    }

    /// Takes up the alignment of a long text once it has been worked out.
    pub(super) fn catch_up(&mut self) {
        if self.alignment.is_none() {
            self.alignment = self.text.alignment_at_hand().cloned();
            self.doubts = Doubts::of(&self.text, self.alignment.as_deref());
        }
    }

    /// After another way of reading was chosen: goes to a place in the new flow.
    pub(super) fn change_way(&mut self, place: &Place) {
        let (y, is_start) = (self.current_y(), self.top == Spot::default());
        self.peeks.clear();
        self.flow_anew();
        self.arrive(place, y, is_start);
        self.find_anew();
    }

    /// Unfolds the answer of the current block under it, or folds it. What is above does not move, unless the answer has no room
    /// below.
    pub(in crate::reader) fn peek(&mut self) -> Peeked {
        if self.is_parallel() {
            return Peeked::Parallel;
        }
        self.catch_up();
        let (Some(alignment), Some(block)) = (&self.alignment, self.current_block()) else { return Peeked::Alone };
        let group = alignment.bead_of(self.side, block).map(|group| &alignment.beads[group]);
        let Some(group) = group.filter(|group| group.is_pair()) else { return Peeked::Unanswered };
        let (block, answer) = (group.side(self.side).end - 1, group.side(self.side.other()).clone());
        let peeked = match self.peeks.binary_search_by_key(&block, |peek| peek.block) {
            Ok(found) => {
                self.peeks.remove(found);
                Peeked::Folded
            }
            Err(place) => {
                self.peeks.insert(place, Peek { block, answer });
                Peeked::Unfolded
            }
        };
        self.flow_anew();
        let last = self.total(self.top.item).saturating_sub(1);
        self.top.row = self.top.row.min(last);
        if peeked == Peeked::Unfolded {
            self.make_room(self.flow.first_text() + block as usize);
        }
        self.moved();
        peeked
    }

    /// Scrolls down until all of an item is on the screen, but never past the beginning of the current block.
    fn make_room(&mut self, item: usize) {
        let end = Spot { item, row: self.total(item).saturating_sub(1) };
        let wanted = self.above(end, self.rows.saturating_sub(1));
        let gap = self.band(self.current).gap;
        let most = Spot { item: self.current, row: gap };
        let wanted = wanted.min(most);
        self.top = self.top.max(wanted);
    }

    /// The texts of the current pair, Chinese first; none where nothing answers the current block.
    pub(in crate::reader) fn current_pair(&self) -> Option<[String; 2]> {
        let alignment = self.alignment.as_ref()?;
        let side = [self.side, self.side.other()].into_iter().find(|&side| {
            self.current_blocks(side)
                .is_some_and(|blocks| !blocks.is_empty() && (self.is_parallel() || side == self.side))
        })?;
        let group = alignment.bead_of(side, self.current_blocks(side)?.start)?;
        let group = Some(&alignment.beads[group]).filter(|group| group.is_pair())?;
        Some(Language::BOTH.map(|side| {
            let document = self.text.shown(side);
            let texts: Vec<&str> = group.side(side).clone().map(|block| document.block_text(block as usize)).collect();
            texts.join("\n")
        }))
    }

    /// Mends the alignment at the current pair; the new alignment, or none where nothing can be done.
    pub(in crate::reader) fn mend(&mut self, mending: Mending) -> Option<Arc<Alignment>> {
        let group = self.current.checked_sub(self.flow.first_text()).filter(|_| self.is_parallel())?;
        let mut alignment = Alignment::clone(self.alignment.as_ref()?);
        let is_done = match mending {
            Mending::Part => alignment.split(group),
            Mending::Unite => alignment.merge(group),
            Mending::Reset => {
                let original = self.text.alignment_at_hand()?;
                let is_other = *alignment.beads != *original.beads;
                alignment.clone_from(original);
                is_other
            }
        };
        if !is_done {
            return None;
        }
        let (place, y) = (self.place(), self.current_y());
        let alignment = Arc::new(alignment);
        self.alignment = Some(Arc::clone(&alignment));
        self.doubts = Doubts::of(&self.text, Some(&alignment));
        self.flow_anew();
        if mending == Mending::Reset {
            self.go_to(&place, y);
        } else {
            let gap = self.band(self.current).gap;
            self.top = self.above(Spot { item: self.current, row: gap }, y);
            self.moved();
        }
        self.find_anew();
        Some(alignment)
    }
}
