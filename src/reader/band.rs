//! Bands: the rows that each item of a page is set into.

use std::collections::VecDeque;
use std::ops::Range;

use super::flow::{Flow, Manner, Slot, Source};
use super::header::Header;
use crate::bilingual::Text;
use crate::markdown::Document;
use crate::typeset::{self, Row, Rows, Settings};

/// The documents that a flow is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Documents<'a> {
    pub(super) header: &'a Header,
    pub(super) text: &'a Text,
}

impl<'a> Documents<'a> {
    pub(super) fn of(self, source: Source) -> &'a Document {
        match source {
            Source::Header => &self.header.document,
            Source::Text(side) => self.text.shown(side),
        }
    }
}

/// An item set into rows: blank rows, then its cells side by side.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// The blank rows above it.
    pub(super) gap: u32,
    /// The rows of its highest cell.
    pub(super) height: u32,
    pub(super) cells: Vec<Cell>,
}

/// One slot's rows.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) source: Source,
    pub(super) blocks: Range<u32>,
    /// The column of the page at which it begins.
    pub(super) column: u16,
    /// The row of its band, blank rows not counted, at which it begins.
    pub(super) row: u32,
    pub(super) manner: Manner,
    pub(super) rows: Rows,
}

impl Band {
    /// Sets an item.
    pub(super) fn set(flow: &Flow, index: usize, documents: Documents<'_>, settings: Settings) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        let mut height = 0;
        for slot in flow.item(index, settings.columns) {
            let row = if slot.manner == Manner::Beside { 0 } else { height };
            let cell = Cell::set(slot, row, documents, settings);
            height = height.max(row + cell.rows.rows.len() as u32);
            cells.push(cell);
        }
        let gap = flow.item(index, settings.columns).map(|slot| gap(flow, index, &slot, documents, settings));
        Self { gap: gap.max().unwrap_or(0), height, cells }
    }

    /// All its rows, blank ones included.
    pub(super) const fn total(&self) -> u32 {
        self.gap + self.height
    }
}

fn gap(flow: &Flow, index: usize, slot: &Slot, documents: Documents<'_>, settings: Settings) -> u32 {
    match slot.source {
        Source::Header => 0,
        Source::Text(_) if index == flow.first_text() => 1,
        // An unfolded answer has no blank rows of its own.
        Source::Text(_) if slot.manner == Manner::Unfolded => 0,
        Source::Text(_) => {
            let settings = Settings { columns: slot.columns, ..settings };
            let gap = typeset::gap_before(documents.of(slot.source), slot.blocks.start as usize, &settings);
            let gap = u32::from(gap);
            // Pairs that stand one under the other are told apart by a blank row.
            if matches!(flow, Flow::Parallel { is_beside: false, .. }) { gap.max(1) } else { gap }
        }
    }
}

impl Cell {
    fn set(slot: Slot, row: u32, documents: Documents<'_>, settings: Settings) -> Self {
        // Of the header, only the title has pinyin.
        let is_read = slot.source != Source::Header || slot.blocks.start == 0;
        let settings = Settings { columns: slot.columns, pinyin: settings.pinyin && is_read, ..settings };
        let document = documents.of(slot.source);
        let mut rows = Rows::default();
        for block in slot.blocks.clone() {
            if block > slot.blocks.start {
                let blank = typeset::gap_before(document, block as usize, &settings);
                let (pieces, at) = (rows.pieces.len() as u32, document.blocks[block as usize].range.start);
                rows.rows.extend((0..blank).map(|_| Row { pieces: pieces..pieces, range: at..at }));
            }
            typeset::set_block(document, block as usize, &settings, &mut rows);
        }
        Self { source: slot.source, blocks: slot.blocks, column: slot.column, row, manner: slot.manner, rows }
    }

    /// The block that a row belongs to.
    pub(super) fn block_of(&self, row: &Row, document: &Document) -> u32 {
        if self.blocks.len() == 1 {
            return self.blocks.start;
        }
        let block = document.block_at(row.range.start).unwrap_or(0) as u32;
        block.clamp(self.blocks.start, self.blocks.end.max(1) - 1)
    }
}

/// The bands that are set at present: neighbours, so that scrolling adds at the ends and a jump starts anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    first: usize,
    bands: VecDeque<Band>,
}

impl Window {
    /// Forgets all bands.
    pub(super) fn clear(&mut self) {
        self.bands.clear();
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.bands.len()
    }

    /// A band, if it is set.
    pub(super) fn get(&self, index: usize) -> Option<&Band> {
        self.bands.get(index.checked_sub(self.first)?)
    }

    /// A band, set if need be.
    pub(super) fn band(&mut self, index: usize, set: impl FnOnce() -> Band) -> &Band {
        let end = self.first + self.bands.len();
        let offset = if self.bands.is_empty() || index > end || index + 1 < self.first {
            self.bands.clear();
            self.first = index;
            self.bands.push_back(set());
            0
        } else if index == end {
            self.bands.push_back(set());
            index - self.first
        } else if index + 1 == self.first {
            self.bands.push_front(set());
            self.first = index;
            0
        } else {
            index - self.first
        };
        &self.bands[offset]
    }

    /// Forgets bands that are further than `margin` from a range of items.
    pub(super) fn keep(&mut self, items: &Range<usize>, margin: usize) {
        while self.first + margin < items.start && self.bands.pop_front().is_some() {
            self.first += 1;
        }
        while self.first + self.bands.len() > items.end + margin && self.bands.pop_back().is_some() {}
    }
}
