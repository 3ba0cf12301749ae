//! The items of a page in order: the blocks of the header, then the blocks of one side or the pairs
//! of both.

use std::ops::Range;

use super::layout::{Column, LaidOutItem, PageSource, Stacking};
use super::pictures::ColumnPictures;
use super::state::Page;
use crate::bilingual::Bead;
use crate::text::Language;
use crate::typeset::{self, LayoutSettings};

/// The indent of an unfolded translation, in columns.
const PEEK_INDENT: u16 = 4;

impl Page {
    /// The pairs, if both languages are shown.
    fn beads(&self) -> Option<&[Bead]> {
        let alignment = self.alignment.as_ref().filter(|_| self.is_parallel());
        alignment.map(|alignment| &*alignment.beads)
    }

    /// The number of items.
    pub(super) fn len(&self) -> usize {
        let blocks = || self.document().blocks.len();
        self.first_text() + self.beads().map_or_else(blocks, <[Bead]>::len)
    }

    /// The first item below the header.
    pub(super) const fn first_text(&self) -> usize {
        self.header.kinds.len()
    }

    /// The first item of text that has rows.
    pub(super) fn first_shown(&self) -> usize {
        let first = self.first_text();
        let is_hidden = (first < self.len()).then(|| self.columns_of(first).is_empty());
        first + usize::from(is_hidden == Some(true))
    }

    pub(super) fn item_of(&self, source: PageSource, block: u32) -> Option<usize> {
        let PageSource::Text(side) = source else {
            return Some(block as usize).filter(|&item| item < self.first_text());
        };
        let item = match &self.alignment {
            Some(alignment) if self.is_parallel() => alignment.bead_of(side, block)?,
            _ if side == self.side() => {
                Some(block as usize).filter(|&block| block < self.document().blocks.len())?
            }
            _ => {
                let mut peeks = self.peeks.iter();
                let peek = peeks.find(|peek| peek.translation.contains(&block));
                if let Some(peek) = peek {
                    peek.block as usize
                } else {
                    // Below the sentence that is lit.
                    let blocks = self.unfolded_blocks(self.current)?;
                    let item = self.current.checked_sub(self.first_text());
                    item.filter(|_| blocks.contains(&block))?
                }
            }
        };
        Some(self.first_text() + item)
    }

    /// The blocks of a side in an item of the text, or the empty range where they would be.
    pub(super) fn blocks_of(&self, side: Language, item: usize) -> Range<u32> {
        let index = item.saturating_sub(self.first_text());
        let Some(beads) = self.beads() else {
            return index as u32..index as u32 + 1;
        };
        let end = || beads.last().map_or(0, |last| last.side(side).end);
        beads
            .get(index)
            .map_or_else(|| end()..end(), |bead| bead.side(side).clone())
    }

    /// Lays out one item.
    pub(super) fn lay_out(&self, item: usize) -> LaidOutItem {
        let mut laid_out = LaidOutItem::default();
        let mut pictures = ColumnPictures::new(self);
        for mut column in self.columns_of(item) {
            let document = self.document_of(column.source);
            // In the header, only the title is Chinese of the article.
            let is_text = column.source != PageSource::Header || column.blocks.start == 0;
            let settings = LayoutSettings {
                columns: column.width,
                pinyin: self.settings.pinyin && is_text,
                conversion: self.settings.conversion.filter(|_| is_text),
                ..self.settings
            };
            laid_out.gap = laid_out.gap.max(self.gap(item, &column, settings));
            if column.stacking != Stacking::Beside {
                column.row = laid_out.height;
            }
            let source = column.source;
            let has_glosses = column.stacking == Stacking::Beside;
            let glosses = |block| {
                let glosses = has_glosses.then(|| self.glosses_of(source, block));
                glosses.unwrap_or_default()
            };
            column.set(
                document,
                settings,
                glosses,
                |source, block, settings, rows| pictures.keep_rows(source, block, settings, rows),
            );
            let end = column.row + column.rows.rows.len() as u32;
            laid_out.height = laid_out.height.max(end);
            laid_out.columns.push(column);
        }
        laid_out
    }

    /// The blocks at the current item, from left to right or from top to bottom; nothing in an empty
    /// text.
    pub(crate) fn current_parts(&self) -> Vec<(PageSource, Range<u32>)> {
        let item = (self.current < self.len()).then_some(self.current);
        let columns = item.map_or_else(Vec::new, |item| self.columns_of(item));
        let part = |column: Column| (column.source, column.blocks);
        columns.into_iter().map(part).collect()
    }

    /// The number of the current item among those of the text, from 1, and how many there are.
    pub(crate) fn paragraph(&self) -> (usize, usize) {
        let first = self.first_shown();
        let all = self.len().saturating_sub(first);
        (self.current.saturating_sub(first) + 1, all)
    }

    /// Whether the translation of the current block is unfolded.
    pub(in crate::reader) fn is_unfolded(&self) -> bool {
        !self.is_parallel() && self.current_parts().len() > 1
    }

    /// The blocks of the other side of which a sentence is unfolded below an item.
    fn unfolded_blocks(&self, item: usize) -> Option<Range<u32>> {
        let part = self.unfolded_sentence(item)?;
        let document = self.text.document(self.side().other())?;
        let first = document.block_at(part.start)? as u32;
        let last = document.block_at(part.end - 1)? as u32;
        Some(first..last + 1)
    }

    /// The columns of an item, not yet set.
    fn columns_of(&self, item: usize) -> Vec<Column> {
        let width = self.settings.columns;
        if item < self.first_text() {
            let block = item as u32;
            return vec![Column::new(PageSource::Header, block..block + 1, width)];
        }
        let side = |side| Column::new(PageSource::Text(side), self.blocks_of(side, item), width);
        let (mut first, mut second) = (side(self.side()), side(self.side().other()));
        if self.is_beside() {
            first.width = self.share.width(self.side(), width);
            second.width = self.share.width(self.side().other(), width);
            second.x = width.saturating_sub(second.width);
        } else if self.is_parallel() {
            second.stacking = Stacking::Under;
        } else {
            let mut peeks = self.peeks.iter();
            let peek = peeks.find(|peek| peek.block == first.blocks.start);
            second.blocks = peek.map_or(0..0, |peek| peek.translation.clone());
            if peek.is_none()
                && let Some(blocks) = self.unfolded_blocks(item)
            {
                second.blocks = blocks;
                second.part = self.unfolded_sentence(item);
            }
            second.x = if width > 4 * PEEK_INDENT {
                PEEK_INDENT
            } else {
                0
            };
            second.width = width - second.x;
            second.stacking = Stacking::Unfolded;
        }
        let mut columns = vec![first, second];
        for column in &mut columns {
            if let PageSource::Text(side) = column.source {
                let shown = self.repeated[side as usize];
                column.blocks.start = column.blocks.start.max(shown).min(column.blocks.end);
            }
        }
        columns.retain(|column| !column.blocks.is_empty());
        columns
    }

    /// The blank rows above a column.
    fn gap(&self, item: usize, column: &Column, settings: LayoutSettings) -> u32 {
        if column.source == PageSource::Header || column.stacking == Stacking::Unfolded {
            return 0;
        }
        if item == self.first_shown() {
            return 1;
        }
        let document = self.document_of(column.source);
        let gap = typeset::gap_before(document, column.blocks.start as usize, &settings);
        // A blank row separates pairs whose sides are set one below the other.
        let least = u32::from(self.is_parallel() && !self.is_beside());
        u32::from(gap).max(least)
    }
}
