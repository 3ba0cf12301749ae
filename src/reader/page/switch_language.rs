//! From one language to the other and back.

use super::layout::PageSource;
use super::state::{Page, RowPosition};
use crate::bilingual::{Alignment, Place, Text, fingerprint};
use crate::text::Language;

impl Page {
    /// Shows the other language at the same place; `false` if there is none.
    ///
    /// The row of the translation comes to where the reading line was. A second switch goes back to exactly where the
    /// reader came from, unless they have moved.
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
        let (y, is_start) = (self.current_y(), self.top == RowPosition::default());
        let place = self.counterpart(&place);
        self.layout.peeks.clear();
        self.show_side(place.side);
        self.arrive(&place, y, is_start);
    }

    /// Goes to a place of a new layout, with its row at a row of the screen; if the reader was at the start, to the start.
    pub(super) fn arrive(&mut self, place: &Place, y: u32, is_start: bool) {
        if is_start {
            self.go_to_start();
            self.current = self.layout.item_of(PageSource::Text(place.side), place.block).unwrap_or(self.current);
            if self.is_visible(self.current) {
                return;
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

    fn counterpart(&self, place: &Place) -> Place {
        match &self.alignment {
            Some(alignment) => counterpart(&self.text, alignment, place),
            None => counterpart_by_share(&self.text, place),
        }
    }
}

/// The place on the other side that corresponds to a place; the place itself if there is no other side.
///
/// It is in the blocks that translate the place's block, at the same share of their text. For an untranslated block it is
/// the last block that translates what comes before.
fn counterpart(text: &Text, alignment: &Alignment, place: &Place) -> Place {
    let side = place.side.other();
    let (Some(from), Some(to)) = (text.document(place.side), text.document(side)) else { return place.clone() };
    let found = alignment.bead_of(place.side, place.block).zip(alignment.translation(place.side, place.block));
    let Some((bead, (answers, is_own))) = found else { return text.place(side, 0, 0) };
    let Some(blocks) = to.blocks.get(answers.start as usize..answers.end as usize) else {
        return text.place(side, 0, 0);
    };
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return text.place(side, 0, 0) };
    if !is_own {
        return text.place(side, answers.end - 1, 0);
    }
    let asked = alignment.beads[bead].side(place.side);
    let (start, end) = (from.blocks[asked.start as usize].range.start, from.blocks[asked.end as usize - 1].range.end);
    let at = (from.blocks[place.block as usize].range.start + place.offset).clamp(start, end);
    let length = u64::from(last.range.end - first.range.start);
    let share = u64::from(at - start) * length / u64::from(end - start).max(1);
    let at = first.range.start + share as u32;
    let block = to.block_at(at).unwrap_or(0).clamp(answers.start as usize, answers.end as usize - 1);
    let offset = at.saturating_sub(to.blocks[block].range.start) as usize;
    text.place(side, block as u32, to.block_text(block).floor_char_boundary(offset) as u32)
}

/// The beginning of the block on the other side with the same share of all text before it, for a long text that is not yet
/// aligned. The place itself if there is no other side.
fn counterpart_by_share(text: &Text, place: &Place) -> Place {
    let side = place.side.other();
    let (Some(from), Some(to)) = (text.document(place.side), text.document(side)) else { return place.clone() };
    let before = from.blocks.get(place.block as usize).map_or(0, |block| u64::from(block.range.start));
    let at = before * to.text.len() as u64 / (from.text.len() as u64).max(1);
    text.place(side, to.block_at(at as u32).unwrap_or(0) as u32, 0)
}

/// A place in a text that may have been edited since: the nearest block with its fingerprint, else the block that has its
/// number now, or the last.
pub(in crate::reader) fn relocate(text: &Text, place: &Place) -> Place {
    let Some(document) = text.document(place.side) else { return text.place(place.side.other(), 0, 0) };
    let Some(last) = document.blocks.len().checked_sub(1) else { return text.place(place.side, 0, 0) };
    let number = (place.block as usize).min(last);
    let is_it = |&block: &usize| fingerprint(document.block_text(block)) == place.fingerprint;
    let found = (0..=last)
        .flat_map(|distance| [number.checked_sub(distance), Some(number + distance)])
        .flatten()
        .filter(|&block| block <= last)
        .find(is_it);
    let block = found.unwrap_or(number);
    let offset = if found.is_some() { place.offset as usize } else { 0 };
    let offset = document.block_text(block).floor_char_boundary(offset);
    text.place(place.side, block as u32, offset as u32)
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
        follow && text.document(side).is_some_and(|document| document.blocks.len() == end as usize)
    })
}
