//! Finding on a page.

use super::{Find, Page};
use crate::reader::find::Matches;

impl Page {
    /// Searches for a text and goes to the first match at or after the reading line, if there is one. An empty text ends the search.
    pub(in crate::reader) fn find(&mut self, needle: &str) {
        let from = self.reading_offset();
        if needle.is_empty() {
            self.find = None;
            return;
        }
        let matches = Matches::of(needle, self.document());
        let current = matches.from(from);
        self.find = Some(Find { needle: needle.to_owned(), matches, current });
        self.reveal_match();
    }

    /// What is searched for.
    pub(in crate::reader) fn needle(&self) -> Option<&str> {
        self.find.as_ref().map(|find| find.needle.as_str())
    }

    /// Ends the search; `false` where there was none.
    pub(in crate::reader) fn end_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// Goes so many matches on or back, around the ends; `false` where there is none.
    pub(in crate::reader) fn go_to_match(&mut self, by: isize) -> bool {
        let offset = self.reading_offset();
        let Some(find) = &mut self.find else { return false };
        let count = find.matches.ranges.len();
        if count == 0 {
            return false;
        }
        let (start, rest) = match find.current {
            Some(current) => (Some(current), by),
            None if by > 0 => (find.matches.from(offset), by - 1),
            None => (find.matches.before(offset), by + 1),
        };
        let wanted = start.unwrap_or(0) as i64 + rest as i64;
        find.current = Some(wanted.rem_euclid(count as i64) as usize);
        self.reveal_match();
        true
    }

    /// Brings the current match onto the screen: not at all if it is there, else to its upper third.
    fn reveal_match(&mut self) {
        let Some(find) = &self.find else { return };
        let Some(range) = find.current.and_then(|current| find.matches.ranges.get(current)).cloned() else { return };
        let Some(block) = self.document().block_at(range.start) else { return };
        let start = self.document().blocks[block].range.start;
        let place = self.text.place(self.side, block as u32, range.start - start);
        let Some(spot) = self.spot_of(&place) else { return };
        // `below` of the top is the last row on the screen.
        let bottom = self.below(self.top, self.rows.saturating_sub(1));
        if spot < self.top || spot > bottom {
            self.top = self.above(spot, self.rows / 3);
        }
        self.current = spot.item;
        self.moved();
    }

    /// The byte offset in the document's text at the reading line.
    fn reading_offset(&self) -> u32 {
        let place = self.place();
        self.document().blocks.get(place.block as usize).map_or(0, |block| block.range.start + place.offset)
    }
}
