//! The layout of a page: its items in order, and the rows each of them is set into.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::header::PageHeader;
use crate::bilingual::{Alignment, Text};
use crate::markdown::Document;
use crate::text::Language;
use crate::typeset::{self, LayoutSettings, Row, Rows};

/// The columns between two columns of text; the mark of the current pair is in them.
const GUTTER: u16 = 5;
/// The indent of an unfolded translation, in columns.
const PEEK_INDENT: u16 = 4;

/// The document that something on a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageSource {
    /// The header: title, date, link, problems; see [`HeaderPart`](super::HeaderPart).
    Header,
    /// A side of the text.
    Text(Language),
}

/// How a column relates to the one before it in its item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stacking {
    /// The first, or beside the one before.
    #[default]
    Beside,
    /// Below the one before, in the second language.
    Under,
    /// Below the one before, unfolded by a peek.
    Unfolded,
}

/// Neighbouring blocks of one source, set one below the other, and their place on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) source: PageSource,
    pub(super) blocks: Range<u32>,
    /// The first column, counted from the left edge of the text.
    pub(super) column: u16,
    pub(super) width: u16,
    pub(super) stacking: Stacking,
}

/// A translation that is unfolded below a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peek {
    pub(super) block: u32,
    /// The blocks of the other side.
    pub(super) translation: Range<u32>,
}

/// Both sides at once, an item for each bead of the alignment.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    pub(super) alignment: Arc<Alignment>,
    /// Two columns, instead of one side below the other.
    pub(super) is_beside: bool,
}

/// The items of a page in order: the blocks of the header, then the blocks of one side or the pairs
/// of both.
#[derive(Clone, Debug)]
pub(super) struct PageLayout {
    /// The number of blocks of the header, each an item.
    pub(super) header_blocks: usize,
    pub(super) side: Language,
    pub(super) blocks: usize,
    /// The unfolded translations, sorted by block; empty while both sides are shown.
    pub(super) peeks: Vec<Peek>,
    /// Both sides, if both are shown.
    pub(super) pairs: Option<Pairs>,
}

pub(super) const fn half(columns: u16) -> u16 {
    let half = columns.saturating_sub(GUTTER) / 2;
    if half == 0 { 1 } else { half }
}

/// The width that two columns of text of a width need.
pub(super) const fn double(columns: u16) -> u16 {
    columns.saturating_mul(2).saturating_add(GUTTER)
}

impl PageLayout {
    pub(super) fn len(&self) -> usize {
        self.header_blocks
            + self
                .pairs
                .as_ref()
                .map_or(self.blocks, |pairs| pairs.alignment.beads.len())
    }

    pub(super) const fn first_text(&self) -> usize {
        self.header_blocks
    }

    pub(super) const fn is_beside(&self) -> bool {
        matches!(
            self.pairs,
            Some(Pairs {
                is_beside: true,
                ..
            })
        )
    }

    /// The parts of an item on a page of a width, from left to right or from top to bottom.
    pub(super) fn placements(&self, item: usize, columns: u16) -> Vec<Placement> {
        let placement = |source, blocks| Placement {
            source,
            blocks,
            column: 0,
            width: columns,
            stacking: Stacking::Beside,
        };
        if item < self.header_blocks {
            let block = item as u32;
            return vec![placement(PageSource::Header, block..block + 1)];
        }
        let mut first = placement(PageSource::Text(self.side), self.blocks_of(self.side, item));
        let mut second = placement(
            PageSource::Text(self.side.other()),
            self.blocks_of(self.side.other(), item),
        );
        match &self.pairs {
            Some(Pairs {
                is_beside: true, ..
            }) => {
                first.width = half(columns);
                second.width = half(columns);
                second.column = columns.saturating_sub(half(columns));
            }
            Some(_) => second.stacking = Stacking::Under,
            None => {
                let peek = self
                    .peeks
                    .iter()
                    .find(|peek| peek.block == first.blocks.start);
                second.blocks = peek.map_or(0..0, |peek| peek.translation.clone());
                second.column = if columns > 4 * PEEK_INDENT {
                    PEEK_INDENT
                } else {
                    0
                };
                second.width = columns - second.column;
                second.stacking = Stacking::Unfolded;
            }
        }
        let mut placements = vec![first, second];
        placements.retain(|placement| !placement.blocks.is_empty());
        placements
    }

    pub(super) fn item_of(&self, source: PageSource, block: u32) -> Option<usize> {
        let PageSource::Text(side) = source else {
            return Some(block as usize).filter(|&item| item < self.header_blocks);
        };
        let item = match &self.pairs {
            Some(pairs) => pairs.alignment.bead_of(side, block)?,
            None if side == self.side => {
                Some(block as usize).filter(|&block| block < self.blocks)?
            }
            None => {
                self.peeks
                    .iter()
                    .find(|peek| peek.translation.contains(&block))?
                    .block as usize
            }
        };
        Some(self.header_blocks + item)
    }

    /// The blocks of a side in an item of the text, or the empty range where they would be.
    pub(super) fn blocks_of(&self, side: Language, item: usize) -> Range<u32> {
        let index = item.saturating_sub(self.header_blocks);
        let Some(pairs) = &self.pairs else {
            return index as u32..index as u32 + 1;
        };
        let beads = &pairs.alignment.beads;
        beads.get(index).map_or_else(
            || {
                beads
                    .last()
                    .map_or(0..0, |last| last.side(side).end..last.side(side).end)
            },
            |bead| bead.side(side).clone(),
        )
    }

    /// The blank rows above a placement.
    fn gap(
        &self,
        item: usize,
        placement: &Placement,
        document: &Document,
        settings: LayoutSettings,
    ) -> u32 {
        if placement.source == PageSource::Header || placement.stacking == Stacking::Unfolded {
            return 0;
        }
        if item == self.first_text() {
            return 1;
        }
        let gap = typeset::gap_before(document, placement.blocks.start as usize, &settings);
        // A blank row separates pairs whose sides are set one below the other.
        let least = u32::from(self.pairs.is_some() && !self.is_beside());
        u32::from(gap).max(least)
    }
}

/// The documents that a page shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Documents<'a> {
    pub(super) header: &'a PageHeader,
    pub(super) text: &'a Text,
}

impl<'a> Documents<'a> {
    pub(super) fn of(self, source: PageSource) -> &'a Document {
        match source {
            PageSource::Header => &self.header.document,
            PageSource::Text(side) => self.text.shown(side),
        }
    }
}

/// An item set into rows: blank rows, then its columns.
#[derive(Clone, Debug)]
pub(super) struct LaidOutItem {
    /// The blank rows above it.
    pub(super) gap: u32,
    /// The rows without the gap.
    pub(super) height: u32,
    pub(super) columns: Vec<Column>,
}

/// The rows of one placement.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) placement: Placement,
    /// The row of the item at which it begins, the gap not counted.
    pub(super) row: u32,
    pub(super) rows: Rows,
}

impl LaidOutItem {
    /// Lays out one item.
    pub(super) fn new(
        layout: &PageLayout,
        item: usize,
        documents: Documents<'_>,
        settings: LayoutSettings,
    ) -> Self {
        let mut laid_out = Self {
            gap: 0,
            height: 0,
            columns: Vec::new(),
        };
        for placement in layout.placements(item, settings.columns) {
            let document = documents.of(placement.source);
            // In the header, only the title has pinyin.
            let pinyin = settings.pinyin
                && (placement.source != PageSource::Header || placement.blocks.start == 0);
            let settings = LayoutSettings {
                columns: placement.width,
                pinyin,
                ..settings
            };
            laid_out.gap = laid_out
                .gap
                .max(layout.gap(item, &placement, document, settings));
            let row = if placement.stacking == Stacking::Beside {
                0
            } else {
                laid_out.height
            };
            let rows = set_blocks(document, placement.blocks.clone(), settings);
            laid_out.height = laid_out.height.max(row + rows.rows.len() as u32);
            laid_out.columns.push(Column {
                placement,
                row,
                rows,
            });
        }
        laid_out
    }

    pub(super) const fn total(&self) -> u32 {
        self.gap + self.height
    }

    pub(super) fn column(&self, source: PageSource) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.placement.source == source)
    }
}

/// Sets neighbouring blocks, with the gaps between them.
fn set_blocks(document: &Document, blocks: Range<u32>, settings: LayoutSettings) -> Rows {
    let mut rows = Rows::default();
    for block in blocks.clone() {
        if block > blocks.start {
            let gap = typeset::gap_before(document, block as usize, &settings);
            let (pieces, at) = (
                rows.pieces.len() as u32,
                document.blocks[block as usize].range.start,
            );
            rows.rows.extend((0..gap).map(|_| Row {
                pieces: pieces..pieces,
                range: at..at,
            }));
        }
        typeset::set_block(document, block as usize, &settings, &mut rows);
    }
    rows
}

impl Column {
    pub(super) fn block_of(&self, row: &Row, document: &Document) -> u32 {
        let blocks = &self.placement.blocks;
        if blocks.len() == 1 {
            return blocks.start;
        }
        let block = document.block_at(row.range.start).unwrap_or(0) as u32;
        block.clamp(blocks.start, blocks.end.max(1) - 1)
    }
}

/// The items that are laid out at present: those around the screen.
#[derive(Clone, Debug, Default)]
pub(super) struct LayoutCache(HashMap<usize, LaidOutItem>);

impl LayoutCache {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, item: usize) -> Option<&LaidOutItem> {
        self.0.get(&item)
    }

    /// An item, laid out if needed.
    pub(super) fn get_or_insert(
        &mut self,
        item: usize,
        lay_out: impl FnOnce() -> LaidOutItem,
    ) -> &LaidOutItem {
        self.0.entry(item).or_insert_with(lay_out)
    }

    /// Drops the items that are further than `margin` from a range of items.
    pub(super) fn trim(&mut self, items: &Range<usize>, margin: usize) {
        let kept = items.start.saturating_sub(margin)..items.end + margin;
        self.0.retain(|item, _| kept.contains(item));
    }
}

/// The columns and hard lines before each block of a document, estimated from its bytes without
/// laying anything out.
///
/// Each share of the rows that it gives is close to the true one at any width, and never decreases.
#[derive(Clone, Debug)]
pub(super) struct HeightEstimate {
    /// Before each block, and at the end.
    before: Vec<TextSize>,
}

#[derive(Clone, Copy, Debug, Default)]
struct TextSize {
    columns: u32,
    lines: u32,
}

/// About how many columns a text takes: two for a Han character, which has three bytes.
fn estimated_columns(text: &str) -> u32 {
    let bytes = text.len() as u32;
    bytes - (bytes - text.chars().count() as u32) / 2
}

impl HeightEstimate {
    /// Estimates the blocks of a document.
    pub(super) fn new(document: &Document) -> Self {
        let mut sum = TextSize::default();
        let mut before = Vec::with_capacity(document.blocks.len() + 1);
        for block in &document.blocks {
            before.push(sum);
            let text = &document.text[block.range.start as usize..block.range.end as usize];
            sum.columns = sum.columns.saturating_add(estimated_columns(text));
            sum.lines = sum.lines.saturating_add(text.matches('\n').count() as u32);
        }
        before.push(sum);
        Self { before }
    }

    /// The rows before a block at a width, roughly: a block costs the rows of its columns, the rest
    /// of its last row and a gap.
    pub(super) fn rows_before(&self, block: usize, columns: u16) -> f64 {
        let blocks = block.min(self.before.len() - 1);
        let TextSize {
            columns: all,
            lines,
        } = self.before[blocks];
        f64::from(all) / f64::from(columns.max(1)) + f64::from(lines) * 0.5 + blocks as f64 * 1.5
    }
}
