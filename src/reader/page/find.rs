//! Find on a page.

use std::ops::Range;

use super::highlights::{Find, matches_in};
use super::layout::PageSource;
use super::state::Page;
use crate::bilingual::{Place, relocate};
use crate::text::Language;

/// A find without a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoMatch<'a> {
    pub(crate) needle: &'a str,
    /// The language that was searched.
    pub(crate) language: Language,
    /// The number of matches in the other one.
    pub(crate) elsewhere: usize,
}

impl Page {
    /// Finds a text and goes to the first match at or after the reading line, if any. An empty text
    /// ends the find.
    pub(in crate::reader) fn find(&mut self, needle: &str) {
        if needle.is_empty() {
            self.find = None;
            return;
        }
        let mut find = self.search(needle);
        if !find.order.is_empty() {
            find.current = Some(self.matches_before_here(&find) % find.order.len());
        }
        self.find = Some(find);
        self.reveal_match();
    }

    /// Continues a find on a new page, without going to a match.
    pub(in crate::reader) fn resume_find(&mut self, needle: &str) {
        self.find = Some(self.search(needle));
    }

    /// Finds again in what is shown now.
    pub(super) fn repeat_find(&mut self) {
        if let Some(find) = &self.find {
            self.find = Some(self.search(&find.needle));
        }
    }

    /// Ends the find; `false` if there was none.
    pub(in crate::reader) fn end_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    pub(in crate::reader) fn needle(&self) -> Option<&str> {
        self.find.as_ref().map(|find| find.needle.as_str())
    }

    /// Why a find that matches nothing does: with the matches in the language that is not shown.
    pub(crate) fn no_match(&self) -> Option<NoMatch<'_>> {
        let find = self.find.as_ref().filter(|find| find.order.is_empty())?;
        let other = self.side().other();
        let document = self.text.document(other).filter(|_| !self.is_shown(other));
        Some(NoMatch {
            needle: &find.needle,
            language: self.side(),
            elsewhere: document.map_or(0, |document| matches_in(document, &find.needle).len()),
        })
    }

    fn search(&self, needle: &str) -> Find {
        let matches = Language::BOTH.map(|side| {
            let document = self.text.document(side).filter(|_| self.is_shown(side));
            document
                .map(|document| matches_in(document, needle))
                .unwrap_or_default()
        });
        let in_side = |side: Language| {
            matches[side as usize]
                .iter()
                .map(move |range| (side, range.clone()))
        };
        let mut order: Vec<(Language, Range<u32>)> =
            Language::BOTH.into_iter().flat_map(in_side).collect();
        order.sort_by_cached_key(|(side, range)| self.order_of(*side, range.start));
        Find {
            needle: needle.to_owned(),
            matches,
            order,
            current: None,
        }
    }

    /// The rank of a byte of a side on the page.
    fn order_of(&self, side: Language, at: u32) -> (usize, bool, u32) {
        let block = self
            .text
            .document(side)
            .and_then(|document| document.block_at(at))
            .unwrap_or(0);
        let item = self
            .item_of(PageSource::Text(side), block as u32)
            .unwrap_or(usize::MAX);
        (item, side != self.side(), at)
    }

    /// The number of matches before the reading line.
    fn matches_before_here(&self, find: &Find) -> usize {
        let place = self.place();
        let start = self
            .document()
            .blocks
            .get(place.block as usize)
            .map_or(0, |block| block.range.start);
        let here = (self.current, false, start + place.offset);
        find.order
            .partition_point(|(side, range)| self.order_of(*side, range.start) < here)
    }

    /// Goes some matches on or back, around the ends; `false` if there are none.
    pub(in crate::reader) fn go_to_match(&mut self, by: isize) -> bool {
        let Some(find) = self.find.as_ref().filter(|find| !find.order.is_empty()) else {
            return false;
        };
        let current = find.current.map_or_else(
            // The match after the reading line is one step on, the match before it one step back.
            || self.matches_before_here(find) as i64 - i64::from(by > 0),
            |current| current as i64,
        );
        let wanted = (current + by as i64).rem_euclid(find.order.len() as i64) as usize;
        if let Some(find) = &mut self.find {
            find.current = Some(wanted);
        }
        self.reveal_match();
        true
    }

    /// Goes to a hit of a full-text search and highlights it like a match of a find. Its side has
    /// to be shown.
    ///
    /// The text may have changed since the search: the block is found by its fingerprint, and in it
    /// the nearest match; if there is none, the page goes to the block.
    pub(in crate::reader) fn go_to_hit(&mut self, place: &Place, needle: &str) {
        let place = relocate(&self.text, place);
        let Some(document) = self.text.document(place.side) else {
            return self.find(needle);
        };
        let at = document
            .blocks
            .get(place.block as usize)
            .map_or(0, |block| block.range.start + place.offset);
        let mut find = self.search(needle);
        let distance = |nth: &usize| {
            let (side, range) = &find.order[*nth];
            if *side == place.side {
                range.start.abs_diff(at)
            } else {
                u32::MAX
            }
        };
        find.current = (0..find.order.len()).min_by_key(distance);
        let is_found = find.current.is_some();
        self.find = Some(find);
        if is_found {
            self.reveal_match();
        } else {
            self.go_to_block_of(PageSource::Text(place.side), place.block);
        }
    }

    /// Scrolls the current match to the upper third of the screen, unless it is on the screen.
    fn reveal_match(&mut self) {
        let Some(find) = &self.find else { return };
        let Some((side, range)) = find.current.and_then(|current| find.order.get(current)) else {
            return;
        };
        let (side, at) = (*side, range.start);
        let Some(block) = self.text.shown(side).block_at(at) else {
            return;
        };
        let Some(position) = self.position_at(side, block as u32, at) else {
            return;
        };
        let bottom = self.below(self.top, self.rows.saturating_sub(1));
        if position < self.top || position > bottom {
            self.top = self.above(position, self.rows / 3);
        }
        self.current = position.item.max(self.first_shown());
        self.after_move();
        if self.is_parallel() {
            // What translates it is lit.
            self.sentences();
        }
    }
}
