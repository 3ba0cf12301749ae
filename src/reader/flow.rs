//! Flows and bands: what stands on a page, item by item, and the rows each item is set into.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::header::Header;
use crate::bilingual::{Alignment, Text};
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

/// Neighbouring blocks of one source, set one under the other, and where on the page they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) source: Source,
    pub(super) blocks: Range<u32>,
    /// The column of the page at which they begin, and how many columns they have.
    pub(super) column: u16,
    pub(super) columns: u16,
    pub(super) manner: Manner,
}

/// How a slot stands to the one before it in its item. Stable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Manner {
    /// The first, or beside the one before.
    #[default]
    Beside,
    /// Under the one before, in the second language.
    Under,
    /// Under the one before, unfolded for a moment.
    Unfolded,
}

/// An answer that is unfolded under the block it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peek {
    /// The block under which it stands.
    pub(super) block: u32,
    /// The blocks of the other side.
    pub(super) answer: Range<u32>,
}

/// The order in which the blocks stand on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Flow {
    /// The header, then one side of the text, block by block, some with their answers unfolded under them.
    Single {
        /// How many blocks the header has.
        header: u32,
        side: Language,
        /// How many blocks the side has.
        blocks: u32,
        /// In the order of their blocks.
        peeks: Vec<Peek>,
    },
    /// The header, then both sides, an item for each group of the alignment.
    Parallel {
        header: u32,
        /// The side on the left, or above.
        side: Language,
        alignment: Arc<Alignment>,
        /// Whether the sides stand in two columns, not one under the other.
        is_beside: bool,
    },
}

/// The columns between two columns of text; the mark of the current pair stands in them.
const GUTTER: u16 = 5;
/// How far an unfolded answer is set in.
const SET_IN: u16 = 4;

/// The width of each of two columns of text in so many columns.
pub(super) const fn half(columns: u16) -> u16 {
    let half = columns.saturating_sub(GUTTER) / 2;
    if half == 0 { 1 } else { half }
}

/// The columns that two columns of text of a width take.
pub(super) const fn both(columns: u16) -> u16 {
    columns.saturating_mul(2).saturating_add(GUTTER)
}

impl Flow {
    const fn header(&self) -> u32 {
        match self {
            Self::Single { header, .. } | Self::Parallel { header, .. } => *header,
        }
    }

    /// How many items it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Single { header, blocks, .. } => *header as usize + *blocks as usize,
            Self::Parallel { header, alignment, .. } => *header as usize + alignment.groups.len(),
        }
    }

    /// Whether both sides are shown.
    pub(super) const fn is_parallel(&self) -> bool {
        matches!(self, Self::Parallel { .. })
    }

    /// Whether both sides stand in two columns.
    pub(super) const fn is_beside(&self) -> bool {
        matches!(self, Self::Parallel { is_beside: true, .. })
    }

    /// What stands in an item of a page of so many columns, from left to right or from top to bottom.
    pub(super) fn item(&self, index: usize, columns: u16) -> impl Iterator<Item = Slot> + use<> {
        let index = index as u32;
        let slot = |source, blocks| Slot { source, blocks, column: 0, columns, manner: Manner::Beside };
        let slots = match (index.checked_sub(self.header()), self) {
            (None, _) => [Some(slot(Source::Header, index..index + 1)), None],
            (Some(block), Self::Single { side, peeks, .. }) => {
                let found = peeks.binary_search_by_key(&block, |peek| peek.block).ok();
                let answer = found.map(|found| {
                    let set_in = if columns > 4 * SET_IN { SET_IN } else { 0 };
                    let answer = slot(Source::Text(side.other()), peeks[found].answer.clone());
                    Slot { column: set_in, columns: columns - set_in, manner: Manner::Unfolded, ..answer }
                });
                [Some(slot(Source::Text(*side), block..block + 1)), answer]
            }
            (Some(group), Self::Parallel { side, alignment, is_beside, .. }) => {
                let group = &alignment.groups[group as usize];
                let (first, second) = (group.side(*side).clone(), group.side(side.other()).clone());
                let mut first = slot(Source::Text(*side), first);
                let mut second = slot(Source::Text(side.other()), second);
                if *is_beside {
                    let half = half(columns);
                    (first.columns, second.columns) = (half, half);
                    second.column = columns.saturating_sub(half);
                } else {
                    second.manner = Manner::Under;
                }
                [Some(first), Some(second)].map(|slot| slot.filter(|slot| !slot.blocks.is_empty()))
            }
        };
        slots.into_iter().flatten()
    }

    /// The item in which a block stands.
    pub(super) fn item_of(&self, source: Source, block: u32) -> Option<usize> {
        let header = self.header();
        let item = match (source, self) {
            (Source::Header, _) => return (block < header).then_some(block as usize),
            (Source::Text(of), Self::Single { side, blocks, .. }) if of == *side => {
                (block < *blocks).then_some(block as usize)
            }
            (Source::Text(_), Self::Single { peeks, .. }) => {
                peeks.iter().find(|peek| peek.answer.contains(&block)).map(|peek| peek.block as usize)
            }
            (Source::Text(of), Self::Parallel { alignment, .. }) => alignment.group_of(of, block),
        };
        item.map(|item| header as usize + item)
    }

    /// The blocks of a side in an item of the text, or the empty range where they would stand.
    pub(super) fn blocks_of(&self, side: Language, item: usize) -> Range<u32> {
        let index = item.saturating_sub(self.header() as usize);
        match self {
            Self::Single { .. } => index as u32..index as u32 + 1,
            Self::Parallel { alignment, .. } => match alignment.groups.get(index) {
                Some(group) => group.side(side).clone(),
                None => alignment.groups.last().map_or(0..0, |last| last.side(side).end..last.side(side).end),
            },
        }
    }

    /// The first item of the text.
    pub(super) const fn first_text(&self) -> usize {
        self.header() as usize
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
