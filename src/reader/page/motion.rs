//! How a reader moves over a page.

use super::{Anchor, Page, Spot};
use crate::bilingual::Place;
use crate::markdown::BlockKind;
use crate::reader::flow::Source;

/// Rows that stay on the screen when a page is turned.
const OVERLAP: u32 = 2;

/// Where a page stands on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::reader) struct Stand {
    side: crate::text::Language,
    settings: crate::typeset::Settings,
    rows: u32,
    top: Spot,
    current: usize,
}

impl Stand {
    /// Whether the text was scrolled in between, and nothing else about it changed.
    pub(in crate::reader) fn is_scrolled_from(&self, before: &Self) -> bool {
        let shape = |stand: &Self| (stand.side, stand.settings, stand.rows);
        shape(self) == shape(before) && self.top != before.top
    }
}

impl Page {
    /// Where it stands on the screen.
    pub(in crate::reader) fn stand(&self) -> Stand {
        let (side, settings, rows, top, current) = (self.side, self.settings, self.rows, self.top, self.current);
        Stand { side, settings, rows, top, current }
    }

    /// Whether its last row is on the screen.
    pub(in crate::reader) const fn is_at_end(&self) -> bool {
        self.extent.is_end
    }

    /// Scrolls by rows. Where the end is on the screen, the current block moves among what is seen, so that every block can be reached.
    pub(in crate::reader) fn line(&mut self, rows: i32) {
        if rows > 0 {
            let rest = rows.unsigned_abs() - self.scroll_down(rows.unsigned_abs());
            self.current = (self.current + rest as usize).min(self.last_visible());
        } else {
            let first = self.first_visible();
            let above = self.current.saturating_sub(first) * usize::from(self.extent.is_end);
            let steps = above.min(rows.unsigned_abs() as usize);
            self.current -= steps;
            self.scroll_up(rows.unsigned_abs() - steps as u32);
        }
        self.moved();
    }

    /// Scrolls by rows, and does nothing at the ends.
    pub(in crate::reader) fn wheel(&mut self, rows: i32) {
        if rows > 0 {
            self.scroll_down(rows.unsigned_abs());
        } else {
            self.scroll_up(rows.unsigned_abs());
        }
        self.moved();
    }

    /// Turns so many screens, or half screens for a `part` of 2, on or back.
    pub(in crate::reader) fn screen(&mut self, times: i32, part: u32) {
        let step = (self.rows / part).saturating_sub(if part == 1 { OVERLAP } else { 0 }).max(1);
        let rows = step.saturating_mul(times.unsigned_abs());
        if times > 0 && self.scroll_down(rows) == 0 {
            self.current = self.last_visible();
        } else if times < 0 && self.scroll_up(rows) == 0 {
            self.current = self.flow.first_text();
        }
        self.moved();
    }

    /// Goes to the beginning.
    pub(in crate::reader) fn start(&mut self) {
        self.top = Spot::default();
        self.current = self.flow.first_text();
        self.moved();
    }

    /// Whether its reader is at the beginning.
    pub(in crate::reader) fn is_at_start(&self) -> bool {
        self.top == Spot::default() && self.current == self.flow.first_text()
    }

    /// Goes to the end; laid out from there backwards.
    pub(in crate::reader) fn end(&mut self) {
        let Some(item) = self.flow.len().checked_sub(1) else { return };
        let last = Spot { item, row: self.total(item).saturating_sub(1) };
        self.top = self.above(last, self.rows.saturating_sub(1));
        self.current = item.max(self.flow.first_text());
        self.moved();
    }

    /// Goes so many blocks on or back.
    pub(in crate::reader) fn block(&mut self, blocks: isize) {
        let first = self.flow.first_text();
        let last = self.flow.len().saturating_sub(1).max(first);
        let wanted = self.current.saturating_add_signed(blocks).clamp(first, last);
        if blocks < 0 && wanted == first {
            return self.start();
        }
        self.go_to_item(wanted);
    }

    /// Goes so many headings on or back; `false` where there is none.
    pub(in crate::reader) fn heading(&mut self, headings: isize) -> bool {
        let Some(current) = self.current_block() else { return false };
        let end = self.current_blocks(self.side).map_or(current + 1, |blocks| blocks.end.max(current + 1)) as usize;
        let blocks = &self.document().blocks;
        let is_heading = |block: &usize| matches!(blocks[*block].kind, BlockKind::Heading(_) | BlockKind::Label);
        let times = headings.unsigned_abs().saturating_sub(1);
        let current = current as usize;
        let wanted = if headings > 0 {
            let mut on = (end..blocks.len()).filter(is_heading);
            on.nth(times).or_else(|| (end..blocks.len()).rev().find(is_heading))
        } else {
            let mut back = (0..current).rev().filter(is_heading);
            back.nth(times).or_else(|| (0..current).find(is_heading))
        };
        if let Some(block) = wanted {
            self.go_to_block(block as u32);
        }
        wanted.is_some()
    }

    /// Goes to a block of the side shown.
    pub(in crate::reader) fn go_to_block(&mut self, block: u32) {
        self.go_to_block_of(Source::Text(self.side), block);
    }

    /// Goes to a block of any side that is on the page.
    pub(in crate::reader) fn go_to_block_of(&mut self, source: Source, block: u32) {
        if let Some(item) = self.flow.item_of(source, block) {
            self.go_to_item(item);
        }
    }

    fn go_to_item(&mut self, item: usize) {
        if item < self.flow.len() {
            let gap = self.band(item).gap;
            self.top = Spot { item, row: gap };
            self.current = item;
            self.moved();
        }
    }

    /// Goes to a place of the side shown, its row at a row of the screen.
    pub(in crate::reader) fn go_to(&mut self, place: &Place, y: u32) {
        if let Some(spot) = self.spot_of(place) {
            self.top = self.above(spot, y);
            self.current = spot.item;
            self.moved();
        }
    }

    /// Makes the block on a row of the pane the current one.
    pub(in crate::reader) fn point(&mut self, y: u16) {
        let item = self.rows().find(|row| row.y == y && row.source != Source::Header).map(|row| row.item);
        if let Some(item) = item {
            self.current = item;
            self.back = None;
        }
    }

    /// The spot of the row that shows a place of the side shown.
    pub(super) fn spot_of(&mut self, place: &Place) -> Option<Spot> {
        let source = Source::Text(place.side);
        let item = self.flow.item_of(source, place.block)?;
        let start = self.text.document(place.side)?.blocks.get(place.block as usize)?.range.start;
        let band = self.band(item);
        let cell = band.cells.iter().find(|cell| cell.source == source)?;
        let row = cell.rows.row_at(start + place.offset) as u32;
        Some(Spot { item, row: band.gap + cell.row + row })
    }

    /// Scrolls down as far as there is text; returns by how many rows.
    fn scroll_down(&mut self, rows: u32) -> u32 {
        let below = self.rows_from(self.top, rows.saturating_add(self.rows)).saturating_sub(self.rows);
        let rows = rows.min(below);
        if rows > 0 {
            self.top = self.below(self.top, rows);
            self.follow();
        }
        rows
    }

    /// Scrolls up as far as there is text; returns 0 if there is none.
    fn scroll_up(&mut self, rows: u32) -> u32 {
        let before = self.top;
        self.top = self.above(self.top, rows);
        if self.top == before {
            return 0;
        }
        self.follow();
        rows
    }

    /// Makes the first block on the screen the current one.
    pub(super) fn follow(&mut self) {
        self.settle();
        self.current = self.first_visible();
    }

    /// After the reader has moved: lays out, and remembers where they are.
    pub(super) fn moved(&mut self) {
        self.back = None;
        self.settle();
        self.anchor = self.anchor_here();
    }

    /// The first item of text on the screen; the first of all where only the header is.
    fn first_visible(&self) -> usize {
        self.visible_items().next().unwrap_or(self.flow.first_text())
    }

    fn last_visible(&self) -> usize {
        self.visible_items().last().unwrap_or(self.flow.first_text())
    }

    /// Whether any row of an item is on the screen.
    pub(super) fn is_visible(&self, item: usize) -> bool {
        self.visible_items().any(|other| other == item)
    }

    /// The items of text of which a row is on the screen.
    fn visible_items(&self) -> impl Iterator<Item = usize> {
        self.rows().filter(|row| row.source != Source::Header).map(|row| row.item)
    }

    /// The first row on the screen, in terms that outlive the layout.
    fn anchor_here(&self) -> Anchor {
        let Some(row) = self.rows().next() else { return self.anchor.clone() };
        let offset = row.row.range.start;
        let same = row.rows.rows.partition_point(|other| other.range.start < offset);
        let index = row.rows.rows.iter().position(|other| std::ptr::eq(other, row.row)).unwrap_or(same);
        let rank = index.saturating_sub(same) as u32;
        Anchor { source: row.source, block: row.block, offset, rank, y: row.y.into() }
    }

    /// Scrolls so that an anchor's row is where it was on the screen.
    pub(super) fn restore(&mut self, anchor: &Anchor) {
        let Some(item) = self.flow.item_of(anchor.source, anchor.block) else { return };
        let band = self.band(item);
        let Some(cell) = band.cells.iter().find(|cell| cell.source == anchor.source) else { return };
        let last = cell.rows.row_at(anchor.offset);
        let start = cell.rows.rows.get(last).map_or(0, |row| row.range.start);
        let first = cell.rows.rows.partition_point(|row| row.range.start < start);
        let row = if start == anchor.offset { (first + anchor.rank as usize).min(last) } else { last };
        let spot = Spot { item, row: band.gap + cell.row + row as u32 };
        self.top = self.above(spot, anchor.y.min(self.rows.saturating_sub(1)));
    }
}
