//! Finding on a page.

use super::{Find, Page};
use crate::bilingual::Place;
use crate::reader::find::Matches;
use crate::reader::flow::Source;
use crate::reader::place::found_again;
use crate::text::Language;

impl Page {
    /// Searches for a text and goes to the first match at or after the reading line, if there is one. An empty text ends the search.
    pub(in crate::reader) fn find(&mut self, needle: &str) {
        if needle.is_empty() {
            self.find = None;
            return;
        }
        let mut find = self.search(needle);
        find.current = self.first_from_here(&find.matches, &find.order).0;
        self.find = Some(find);
        self.reveal_match();
    }

    /// Searches what is shown now for what was searched for before.
    pub(super) fn find_anew(&mut self) {
        let needle = self.find.as_ref().map(|find| find.needle.clone());
        self.find = needle.map(|needle| self.search(&needle));
    }

    /// Searches the side shown, or both where both are.
    fn search(&self, needle: &str) -> Find {
        let matches = Language::BOTH.map(|side| {
            let document = self.text.document(side).filter(|_| self.is_shown(side));
            document.map(|document| Matches::of(needle, document)).unwrap_or_default()
        });
        let mut order: Vec<(Language, usize)> = Vec::new();
        for side in [self.side, self.side.other()] {
            order.extend((0..matches[side as usize].ranges.len()).map(|number| (side, number)));
        }
        order.sort_by_cached_key(|&(side, number)| self.standing(side, matches[side as usize].ranges[number].start));
        Find { needle: needle.to_owned(), matches, order, current: None }
    }

    /// Whether a side is part of the page's flow.
    fn is_shown(&self, side: Language) -> bool {
        side == self.text.side(self.side) || self.flow.is_parallel()
    }

    /// Where a byte of a side stands on the page, to be compared.
    fn standing(&self, side: Language, at: u32) -> (usize, bool, u32) {
        let block = self.text.document(side).and_then(|document| document.block_at(at)).unwrap_or(0);
        let item = self.flow.item_of(Source::Text(side), block as u32).unwrap_or(usize::MAX);
        (item, side != self.side, at)
    }

    /// The numbers of the first match at or after the reading line and of the last before it; around the ends.
    fn first_from_here(&self, matches: &[Matches; 2], order: &[(Language, usize)]) -> (Option<usize>, Option<usize>) {
        let place = self.place();
        let start = self.document().blocks.get(place.block as usize).map_or(0, |block| block.range.start);
        let here = (self.current, false, start + place.offset);
        let found = order
            .partition_point(|&(side, number)| self.standing(side, matches[side as usize].ranges[number].start) < here);
        let Some(last) = order.len().checked_sub(1) else { return (None, None) };
        (Some(if found > last { 0 } else { found }), Some(found.checked_sub(1).unwrap_or(last)))
    }

    /// What is searched for.
    pub(in crate::reader) fn needle(&self) -> Option<&str> {
        self.find.as_ref().map(|find| find.needle.as_str())
    }

    /// Goes to a hit of a search in all texts, with what it found lit, as if it had been searched for here; its side has to be shown.
    ///
    /// The text may have changed since the hit was told: the block is known by its fingerprint, then the nearest match is taken, and
    /// where there is none the block that stands where it stood.
    pub(in crate::reader) fn go_to_hit(&mut self, place: &Place, needle: &str) {
        let place = found_again(&self.text, place);
        let Some(document) = self.text.document(place.side) else { return self.find(needle) };
        let at = document.blocks.get(place.block as usize).map_or(0, |block| block.range.start + place.offset);
        let mut find = self.search(needle);
        let ranges = &find.matches[place.side as usize].ranges;
        let distance = |&(side, number): &(Language, usize)| {
            if side == place.side { ranges[number].start.abs_diff(at) } else { u32::MAX }
        };
        find.current = (0..find.order.len()).min_by_key(|&nth| distance(&find.order[nth]));
        let is_found = find.current.is_some();
        self.find = Some(find);
        if is_found {
            self.reveal_match();
        } else {
            self.go_to_block_of(Source::Text(place.side), place.block);
        }
    }

    /// Ends the search; `false` where there was none.
    pub(in crate::reader) fn end_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Goes so many matches on or back, around the ends; `false` where there is none.
    pub(in crate::reader) fn go_to_match(&mut self, by: isize) -> bool {
        let Some(find) = &self.find else { return false };
        let count = find.order.len();
        if count == 0 {
            return false;
        }
        let (start, rest) = if let Some(current) = find.current {
            (Some(current), by)
        } else {
            let (next, last) = self.first_from_here(&find.matches, &find.order);
            if by > 0 { (next, by - 1) } else { (last, by + 1) }
        };
        let wanted = start.unwrap_or(0) as i64 + rest as i64;
        let wanted = wanted.rem_euclid(count as i64) as usize;
        if let Some(find) = &mut self.find {
            find.current = Some(wanted);
        }
        self.reveal_match();
        true
    }

    /// Brings the current match onto the screen: not at all if it is there, else to its upper third.
    fn reveal_match(&mut self) {
        let Some(find) = &self.find else { return };
        let Some(&(side, number)) = find.current.and_then(|current| find.order.get(current)) else { return };
        let at = find.matches[side as usize].ranges[number].start;
        let document = self.text.shown(side);
        let Some(block) = document.block_at(at) else { return };
        let place = self.text.place(side, block as u32, at - document.blocks[block].range.start);
        let Some(spot) = self.spot_of(&place) else { return };
        // `below` of the top is the last row on the screen.
        let bottom = self.below(self.top, self.rows.saturating_sub(1));
        if spot < self.top || spot > bottom {
            self.top = self.above(spot, self.rows / 3);
        }
        self.current = spot.item;
        self.moved();
    }
}
