//! The rows on the screen, for the view and the mouse.

use std::ops::Range;

use super::header::HeaderPart;
use super::highlights::overlapping;
use super::layout::{LaidOutItem, PageSource, Stacking};
use super::state::Page;
use crate::bilingual::Place;
use crate::catalog::Reading;
use crate::markdown::Document;
use crate::reader::code::{CodeBlock, CodePart};
use crate::text::Language;
use crate::typeset::{self, Origin, Row, Rows};

/// A row on the screen: the pieces of `row` at their columns, counted from column `x` of the pane.
#[derive(Clone, Copy, Debug)]
pub struct PageRow<'a> {
    pub y: u16,
    pub x: u16,
    pub source: PageSource,
    /// An index into the blocks of the document.
    pub block: u32,
    /// The part of the header that it belongs to, if any.
    pub header: Option<HeaderPart>,
    /// Whether the block is the current one, or of the current pair.
    pub is_current: bool,
    pub stacking: Stacking,
    pub(in crate::reader) item: usize,
    pub document: &'a Document,
    /// The rows it is one of, which hold its pieces.
    pub rows: &'a Rows,
    pub row: &'a Row,
}

impl PageRow<'_> {
    /// Whether its text is on a row of the screen.
    pub(super) const fn is_at(&self, y: u16) -> bool {
        self.y <= y && y < self.y + self.row.scale()
    }
}

/// A link that begins on the screen, at a cell of the article's pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VisibleLink {
    pub(crate) x: u16,
    pub(crate) y: u16,
    pub(in crate::reader) source: PageSource,
    /// Its index in the document.
    pub(in crate::reader) link: u32,
}

impl Page {
    /// The rows of text on the screen, item by item from top to bottom, and column by column in an
    /// item. Rows between them are blank.
    pub fn visible_rows(&self) -> impl Iterator<Item = PageRow<'_>> {
        self.visible_items().flat_map(move |(item, y, laid_out)| {
            laid_out.columns.iter().flat_map(move |column| {
                let (source, rows) = (column.source, &column.rows);
                let document = self.document_of(source);
                let first = laid_out.gap + column.row;
                rows.rows
                    .iter()
                    .zip(first..)
                    .map(move |(row, index)| (row, y + i64::from(index)))
                    .filter(|&(_, y)| y >= 0 && y < i64::from(self.rows))
                    .map(move |(row, y)| {
                        let block = column.block_of(row, document);
                        let is_header = source == PageSource::Header;
                        PageRow {
                            y: y as u16,
                            x: self.x + column.x,
                            source,
                            block,
                            header: self
                                .header
                                .kinds
                                .get(block as usize)
                                .copied()
                                .filter(|_| is_header),
                            is_current: item == self.current,
                            stacking: column.stacking,
                            item,
                            document,
                            rows,
                            row,
                        }
                    })
            })
        })
    }

    /// The items on the screen, each with the row of the screen at which it begins (of the first,
    /// often above the screen).
    pub(super) fn visible_items(&self) -> impl Iterator<Item = (usize, i64, &LaidOutItem)> {
        let mut next = -i64::from(self.top.row);
        (self.top.item..self.len()).map_while(move |item| {
            let y = next;
            let laid_out = self.cache.get(&item).filter(|_| y < i64::from(self.rows))?;
            next += i64::from(laid_out.total());
            Some((item, y, laid_out))
        })
    }

    /// The items of text on the screen, once for each of their rows.
    pub(super) fn visible_text(&self) -> impl Iterator<Item = usize> {
        self.visible_rows()
            .filter(|row| row.source != PageSource::Header)
            .map(|row| row.item)
    }

    /// The row of the screen at which the current block begins.
    pub(super) fn current_y(&self) -> u32 {
        self.visible_rows()
            .find(|row| row.is_current)
            .map_or(0, |row| row.y.into())
    }

    /// The cell of the pane at which the current block begins, if it is on the screen.
    pub(in crate::reader) fn current_cell(&self) -> Option<(u16, u16)> {
        self.visible_rows().find(|row| row.is_current).map(|row| {
            let first = row.rows.pieces_of(row.row).first();
            (row.x + first.map_or(0, |piece| piece.column), row.y)
        })
    }

    /// The cell of the pane with a byte of a side, if it is on the screen.
    pub(in crate::reader) fn cell_of(&self, side: Language, at: u32) -> Option<(u16, u16)> {
        let rows = self.visible_rows();
        { rows }.find_map(|row| {
            let mut pieces = row.rows.pieces_of(row.row).iter();
            let piece = pieces.find(
                |piece| matches!(&piece.origin, Origin::Document(range) if range.contains(&at)),
            )?;
            let is_source = row.source == PageSource::Text(side);
            let text = is_source.then(|| row.rows.text(piece, row.document))?;
            let before = &text[..piece.shown_part(text, &(at..at + 1)).start];
            let columns = typeset::columns(before, self.settings.ambiguous) as u16;
            Some((row.x + piece.column + columns * row.row.scale(), row.y))
        })
    }

    /// The place at the reading line: the first row of the current block that is on the screen.
    pub fn place(&self) -> Place {
        let side = self.side();
        let Some(block) = self.current_block() else {
            return self.text.place(side, 0, 0);
        };
        let row = self
            .visible_rows()
            .find(|row| row.source == PageSource::Text(side) && row.is_current);
        let block = row.as_ref().map_or(block, |row| row.block);
        let start = self.document().blocks[block as usize].range.start;
        self.text.place(
            side,
            block,
            row.map_or(0, |row| row.row.range.start.saturating_sub(start)),
        )
    }

    /// The reading position.
    pub(in crate::reader) fn reading(&self) -> Reading {
        Reading {
            place: self.place(),
            row: self.current_y() as u16,
        }
    }

    /// The matches in a byte range of a source, each with whether it is the current one.
    pub fn highlights(
        &self,
        source: PageSource,
        range: &Range<u32>,
    ) -> impl Iterator<Item = (&Range<u32>, bool)> {
        let find = self.find.as_ref();
        let current = find.and_then(|find| find.order.get(find.current?));
        let (side, ranges) = match (source, find) {
            (PageSource::Text(side), Some(find)) => {
                (Some(side), overlapping(&find.matches[side as usize], range))
            }
            _ => (None, &[][..]),
        };
        ranges.iter().map(move |range| {
            let is_current = current.is_some_and(|(of, at)| Some(*of) == side && at == range);
            (range, is_current)
        })
    }

    /// The figures that disagree in a byte range of a source.
    pub fn mismatch_ranges(&self, source: PageSource, range: &Range<u32>) -> &[Range<u32>] {
        match source {
            PageSource::Header => &[],
            PageSource::Text(side) => self.mismatches.overlapping(side, range),
        }
    }

    /// What parts of code there are in a byte range of a source.
    pub fn code_parts(&self, source: PageSource, range: &Range<u32>) -> &[CodePart] {
        match source {
            PageSource::Header => &[],
            PageSource::Text(side) => self.code.parts(side, range),
        }
    }

    /// The next code block on the screen of which nothing is known, once the one before was answered.
    pub(in crate::reader) fn ask_for_code(&mut self) -> Option<CodeBlock> {
        if self.code.is_pending {
            return None;
        }
        let block = self.visible_rows().find_map(|row| match row.source {
            PageSource::Header => None,
            PageSource::Text(side) => self.code.next(&self.text, side, &row.row.range),
        })?;
        self.code.ask(block.clone());
        Some(block)
    }

    /// The percentage of the article above the lower edge of the screen; 100 only if its last row
    /// shows.
    pub const fn percentage(&self) -> u8 {
        if self.extent.is_end {
            return 100;
        }
        let percent = (self.extent.to * 100.0) as u8;
        if percent > 99 { 99 } else { percent }
    }

    pub(in crate::reader) const fn is_at_end(&self) -> bool {
        self.extent.is_end
    }

    /// The shares of the article, 0 to 1, at the upper and the lower edge of the screen, for a
    /// scrollbar: (0, 1) if all shows.
    pub const fn bar(&self) -> (f32, f32) {
        (self.extent.from, self.extent.to)
    }

    /// Whether the header's title is above the screen, so that the pane's title should repeat it.
    pub fn is_title_hidden(&self) -> bool {
        self.visible_rows()
            .next()
            .is_none_or(|row| row.header != Some(HeaderPart::Title))
    }

    /// During a find: the number of the current match (from 1; 0 for none) and the number of
    /// matches.
    pub fn matches(&self) -> Option<(usize, usize)> {
        let find = self.find.as_ref()?;
        Some((
            find.current.map_or(0, |current| current + 1),
            find.order.len(),
        ))
    }

    /// The links that begin on the screen.
    pub(in crate::reader) fn links(&self) -> Vec<VisibleLink> {
        let mut links = Vec::new();
        let mut last = None;
        for row in self.visible_rows() {
            for piece in row.rows.pieces_of(row.row) {
                let link = piece.link.map(|link| (row.source, link));
                if let Some((source, link)) = link.filter(|_| link != last) {
                    links.push(VisibleLink {
                        x: row.x + piece.column,
                        y: row.y,
                        source,
                        link,
                    });
                }
                // A piece that the row adds (a quotation's bar) does not end a link.
                if link.is_some() || matches!(piece.origin, typeset::Origin::Document(_)) {
                    last = link;
                }
            }
        }
        links
    }

    pub(in crate::reader) fn link_at(&self, x: u16, y: u16) -> Option<VisibleLink> {
        let mut rows = self.visible_rows().filter(|row| row.is_at(y));
        rows.find_map(|row| {
            let column = x.checked_sub(row.x)?;
            let mut pieces = row.rows.pieces_of(row.row).iter();
            let piece = pieces
                .find(|piece| (piece.column..piece.column + piece.columns).contains(&column))?;
            let source = row.source;
            piece.link.map(|link| VisibleLink { x, y, source, link })
        })
    }
}
