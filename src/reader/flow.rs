//! Flows and bands: what stands on a page, item by item, and the rows each item is set into.

use std::collections::VecDeque;
use std::ops::Range;

use super::header::Header;
use crate::bilingual::Text;
use crate::markdown::Document;
use crate::text::Language;
use crate::typeset::{self, Row, Rows, Settings};

/// What a cell of the page shows. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The header: title, date, link, problems; see [`HeaderKind`](super::HeaderKind).
    Header,
    /// A side of the text.
    Text(Language),
}

/// Neighbouring blocks of one source, set one under the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) source: Source,
    pub(super) blocks: Range<u32>,
}

/// The order in which the blocks stand on the page. Another way of reading is another variant: each item of two
/// languages side by side is two slots, an unfolded answer is an item of the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// The header, then one side of the text, block by block.
    Single {
        /// How many blocks the header has.
        header: u32,
        side: Language,
        /// How many blocks the side has.
        blocks: u32,
    },
}

impl Flow {
    /// How many items it has.
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::Single { header, blocks, .. } => *header as usize + *blocks as usize,
        }
    }

    /// What stands in an item, from left to right.
    pub(super) fn item(&self, index: usize) -> impl Iterator<Item = Slot> + use<> {
        let Self::Single { header, side, .. } = self;
        let index = index as u32;
        let (source, block) = match index.checked_sub(*header) {
            Some(block) => (Source::Text(*side), block),
            None => (Source::Header, index),
        };
        std::iter::once(Slot { source, blocks: block..block + 1 })
    }

    /// The item in which a block stands.
    pub(super) fn item_of(&self, source: Source, block: u32) -> Option<usize> {
        let Self::Single { header, side, blocks } = self;
        match source {
            Source::Header => (block < *header).then_some(block as usize),
            Source::Text(of) => (of == *side && block < *blocks).then_some((header + block) as usize),
        }
    }

    /// The first item of the text.
    pub(super) const fn first_text(&self) -> usize {
        let Self::Single { header, .. } = self;
        *header as usize
    }
}

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
    pub(super) rows: Rows,
}

impl Band {
    /// Sets an item.
    pub(super) fn set(flow: &Flow, index: usize, documents: Documents<'_>, settings: Settings) -> Self {
        let cells: Vec<Cell> = flow.item(index).map(|slot| Cell::set(slot, documents, settings)).collect();
        let height = cells.iter().map(|cell| cell.rows.rows.len() as u32).max().unwrap_or(0);
        let gap = flow.item(index).map(|slot| gap(flow, index, &slot, documents, settings)).max().unwrap_or(0);
        Self { gap, height, cells }
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
        Source::Text(_) => typeset::gap_before(documents.of(slot.source), slot.blocks.start as usize, &settings).into(),
    }
}

impl Cell {
    fn set(slot: Slot, documents: Documents<'_>, settings: Settings) -> Self {
        let document = documents.of(slot.source);
        // Of the header, only the title is read aloud.
        let is_read = slot.source != Source::Header || slot.blocks.start == 0;
        let settings = Settings { pinyin: settings.pinyin && is_read, ..settings };
        let mut rows = Rows::default();
        for block in slot.blocks.clone() {
            if block > slot.blocks.start {
                let blank = typeset::gap_before(document, block as usize, &settings);
                let (pieces, at) = (rows.pieces.len() as u32, document.blocks[block as usize].range.start);
                rows.rows.extend((0..blank).map(|_| Row { pieces: pieces..pieces, range: at..at }));
            }
            typeset::set_block(document, block as usize, &settings, &mut rows);
        }
        Self { source: slot.source, blocks: slot.blocks, column: 0, rows }
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
