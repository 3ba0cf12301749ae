//! What the view sees of a page.

use std::ops::Range;

use super::Page;
use crate::markdown::Document;
use crate::reader::band::Band;
use crate::reader::flow::{Manner, Source};
use crate::reader::header::HeaderKind;
use crate::typeset::{self, Row, Rows};

/// A row on the screen, ready to be drawn: the pieces of `row` at their columns, counted from column `x` of the pane. Stable.
#[derive(Clone, Copy, Debug)]
pub struct PageRow<'a> {
    /// Its row in the pane, counted from 0.
    pub y: u16,
    /// The column of the pane at which the layout's column 0 lies.
    pub x: u16,
    /// What it belongs to.
    pub source: Source,
    /// The block it belongs to, as an index into the document's.
    pub block: u32,
    /// What the block is, in the header.
    pub header: Option<HeaderKind>,
    /// Whether the block is the current one, or of the current pair.
    pub is_current: bool,
    /// How it stands to what it answers.
    pub manner: Manner,
    /// The item of the flow in which it stands.
    pub(in crate::reader) item: usize,
    /// The document whose text the pieces show.
    pub document: &'a Document,
    /// The rows it is one of, which hold its pieces.
    pub rows: &'a Rows,
    /// The row.
    pub row: &'a Row,
}

/// A stretch of text to be lit up. Stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte range in the document's text.
    pub range: Range<u32>,
    /// Whether it is the one that the reader is at.
    pub is_current: bool,
}

/// Where a link begins on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) struct LinkSpot {
    pub(in crate::reader) x: u16,
    pub(in crate::reader) y: u16,
    pub(in crate::reader) source: Source,
    pub(in crate::reader) link: u32,
}

impl Page {
    /// The rows on the screen that show something, item by item from top to bottom; what stands in two columns comes column by column.
    /// Rows between them are blank.
    pub fn rows(&self) -> impl Iterator<Item = PageRow<'_>> {
        self.bands().flat_map(move |(item, y, band)| {
            let is_current = item == self.current;
            band.cells.iter().flat_map(move |cell| {
                let document = self.document_of(cell.source);
                cell.rows.rows.iter().enumerate().filter_map(move |(index, row)| {
                    let y = y + i64::from(band.gap) + i64::from(cell.row) + index as i64;
                    if y < 0 || y >= i64::from(self.rows) {
                        return None;
                    }
                    let block = cell.block_of(row, document);
                    let header = match cell.source {
                        Source::Header => self.header.kinds.get(block as usize).copied(),
                        Source::Text(_) => None,
                    };
                    let (x, source, manner, rows) = (self.x + cell.column, cell.source, cell.manner, &cell.rows);
                    let y = y as u16;
                    Some(PageRow { y, x, source, block, header, is_current, manner, item, document, rows, row })
                })
            })
        })
    }

    /// The bands on the screen: the item, the row of the screen at which it begins (often above it), and the band.
    fn bands(&self) -> impl Iterator<Item = (usize, i64, &Band)> {
        let mut y = -i64::from(self.top.row);
        (self.top.item..self.flow.len()).map_while(move |item| {
            let band = self.window.get(item).filter(|_| y < i64::from(self.rows))?;
            let at = y;
            y += i64::from(band.total());
            Some((item, at, band))
        })
    }

    /// What is lit up in a byte range of a source: for a [`PageRow`], its row's range.
    pub fn marks(&self, source: Source, range: &Range<u32>) -> impl Iterator<Item = Mark> + '_ {
        let found = match (source, &self.find) {
            (Source::Text(side), Some(find)) => Some((side, find)),
            _ => None,
        };
        let current = found.and_then(|(_, find)| find.order.get(find.current?).copied());
        let (first, ranges) = found.map_or((0, [].as_slice()), |(side, find)| {
            let (first, ranges) = find.matches[side as usize].touching(range);
            (first, ranges)
        });
        ranges.iter().enumerate().map(move |(index, range)| {
            let is_current = found.is_some_and(|(side, _)| current == Some((side, first + index)));
            Mark { range: range.clone(), is_current }
        })
    }

    /// How much of the article lies above the lower edge of the screen, in percent; 100 exactly when its last row shows.
    pub const fn percentage(&self) -> u8 {
        if self.extent.is_end {
            return 100;
        }
        let percent = (self.extent.to * 100.0) as u8;
        if percent > 99 { 99 } else { percent }
    }

    /// The shares of the article, 0 to 1, at the upper and the lower edge of the screen: for a scrollbar. (0, 1) when all of it shows.
    pub const fn bar(&self) -> (f32, f32) {
        (self.extent.from, self.extent.to)
    }

    /// Whether the header's title is above the screen, so that the pane's title should tell it.
    pub fn is_title_hidden(&self) -> bool {
        self.rows().next().is_none_or(|row| row.header != Some(HeaderKind::Title))
    }

    /// While something is searched for: the number of the match that the reader is at (from 1; 0 for none) and how many there are.
    pub fn matches(&self) -> Option<(usize, usize)> {
        let find = self.find.as_ref()?;
        Some((find.current.map_or(0, |current| current + 1), find.order.len()))
    }

    /// The links on the screen, each once where it begins.
    pub(in crate::reader) fn links(&self) -> Vec<LinkSpot> {
        let mut spots: Vec<LinkSpot> = Vec::new();
        let mut last = None;
        for row in self.rows() {
            for piece in row.rows.pieces_of(row.row) {
                let link = piece.link.map(|link| (row.source, link));
                if let Some((source, link)) = link.filter(|_| link != last) {
                    spots.push(LinkSpot { x: row.x + piece.column, y: row.y, source, link });
                }
                // What a row adds of its own (a quotation's bar) does not end a link.
                if link.is_some() || matches!(piece.origin, typeset::Origin::Document(_)) {
                    last = link;
                }
            }
        }
        spots
    }

    /// The link at a cell of the pane.
    pub(in crate::reader) fn link_at(&self, x: u16, y: u16) -> Option<(Source, u32)> {
        self.rows().filter(|row| row.y == y).find_map(|row| {
            let column = x.checked_sub(row.x)?;
            let mut pieces = row.rows.pieces_of(row.row).iter();
            let piece = pieces.find(|piece| (piece.column..piece.column + piece.columns).contains(&column))?;
            piece.link.map(|link| (row.source, link))
        })
    }

    /// The cell of the pane at which the current block begins, if it is on the screen.
    pub(in crate::reader) fn current_cell(&self) -> Option<(u16, u16)> {
        self.rows().find(|row| row.is_current).map(|row| {
            let first = row.rows.pieces_of(row.row).first();
            (row.x + first.map_or(0, |piece| piece.column), row.y)
        })
    }
}
