//! Flows: what stands on a page, item by item.

use std::ops::Range;
use std::sync::Arc;

use crate::bilingual::Alignment;
use crate::text::Language;

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
            Self::Parallel { header, alignment, .. } => *header as usize + alignment.beads.len(),
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
                let group = &alignment.beads[group as usize];
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
            (Source::Text(of), Self::Parallel { alignment, .. }) => alignment.bead_of(of, block),
        };
        item.map(|item| header as usize + item)
    }

    /// The blocks of a side in an item of the text, or the empty range where they would stand.
    pub(super) fn blocks_of(&self, side: Language, item: usize) -> Range<u32> {
        let index = item.saturating_sub(self.header() as usize);
        match self {
            Self::Single { .. } => index as u32..index as u32 + 1,
            Self::Parallel { alignment, .. } => match alignment.beads.get(index) {
                Some(group) => group.side(side).clone(),
                None => alignment.beads.last().map_or(0..0, |last| last.side(side).end..last.side(side).end),
            },
        }
    }

    /// The first item of the text.
    pub(super) const fn first_text(&self) -> usize {
        self.header() as usize
    }
}
