//! The items of an article of many, and which of them are ticked off.

use super::layout::PageSource;
use super::state::Page;
use crate::bilingual::{DigestItem, digest_items};

impl Page {
    /// How many items are ticked off, and how many there are; `None` if it is not an article of many.
    pub(in crate::reader) fn ticked_count(&self) -> Option<(usize, usize)> {
        let (items, keys) = (&self.digest_items, &self.ticked);
        let ticked = items.iter().filter(|item| item.is_among(keys)).count();
        (!items.is_empty()).then_some((ticked, items.len()))
    }

    /// Whether a block is the heading of an item that is ticked off.
    pub fn is_ticked(&self, source: PageSource, block: u32) -> bool {
        let (items, keys) = (&self.digest_items, &self.ticked);
        let PageSource::Text(side) = source else {
            return false;
        };
        let is_here = |item: &&DigestItem| item.blocks[side as usize] == Some(block);
        !keys.is_empty()
            && items
                .iter()
                .find(is_here)
                .is_some_and(|it| it.is_among(keys))
    }

    /// Takes up the keys of what is ticked off. Their number is in the header; the text stays where it is.
    pub(in crate::reader) fn set_ticked(&mut self, keys: Vec<u64>) {
        if self.ticked != keys {
            self.ticked = keys;
            self.header_changed();
        }
    }

    /// Finds the items again, under another alignment.
    pub(super) fn find_items(&mut self) {
        self.digest_items = digest_items(&self.text, self.alignment.as_deref());
    }

    /// The keys once the current item is ticked off, or no longer is; and which of the two. `None` above the first item.
    pub(in crate::reader) fn toggle_tick(&self) -> Option<(Vec<u64>, bool)> {
        let (items, keys) = (&self.digest_items, &self.ticked);
        let current = &items[self.current_digest_item()?];
        let is_ticked = current.is_among(keys);
        // What is not in the text any more is forgotten.
        let kept = items.iter().filter(|item| item.is_among(keys));
        let kept = kept.filter(|item| *item != current);
        let added = Some(current).filter(|_| !is_ticked);
        let keys = kept.chain(added).flat_map(DigestItem::keys).collect();
        Some((keys, !is_ticked))
    }

    /// Goes to the next item that is not ticked off, or else to the first one; `false` if all are.
    pub(in crate::reader) fn go_to_unticked(&mut self) -> bool {
        let after = self.current_digest_item().map_or(0, |current| current + 1);
        let (items, keys) = (&self.digest_items, &self.ticked);
        let (before, after) = items.split_at(after);
        let is_open = |item: &&DigestItem| !item.is_among(keys);
        let mut open = after.iter().chain(before).filter(is_open);
        let here = self.side();
        let sides = [
            Some(here),
            Some(here.other()).filter(|_| self.is_parallel()),
        ];
        let place = open.find_map(|item| {
            let mut sides = sides.into_iter().flatten();
            sides.find_map(|side| Some((side, item.blocks[side as usize]?)))
        });
        if let Some((side, block)) = place {
            self.go_to_block_of(PageSource::Text(side), block);
        }
        place.is_some()
    }

    /// The item that the current block is of.
    fn current_digest_item(&self) -> Option<usize> {
        let side = self.side();
        let current = self.current_blocks(side)?;
        let last = current.end.max(current.start + 1) - 1;
        let items = &self.digest_items;
        items
            .iter()
            .rposition(|item| item.blocks[side as usize].is_some_and(|heading| heading <= last))
    }
}
