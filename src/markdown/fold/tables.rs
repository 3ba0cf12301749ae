//! Tables: cells parted by tabs, rows by line feeds.

use super::Folder;
use crate::markdown::document::{Alignment, LeafKind, Table};

impl Folder<'_> {
    /// Begins a table that starts on a line.
    pub(super) fn table(&mut self, alignments: &[pulldown_cmark::Alignment], line: u32) {
        let index = self.builder.tables.len() as u32;
        self.builder.begin_leaf(LeafKind::Table(index), line);
        let alignments = alignments.iter().copied().map(alignment).collect();
        self.builder.tables.push(Table { alignments, cells: Vec::new() });
        self.rows = 0;
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        if self.rows > 0 {
            self.builder.pen.text.push('\n');
        }
        self.rows += 1;
        self.cells = 0;
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self) {
        if self.cells > 0 {
            self.builder.pen.text.push('\t');
        }
        self.builder.pen.begin();
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        let pen = &mut self.builder.pen;
        pen.end();
        let range = pen.at() - pen.written().len() as u32..pen.at();
        if let Some(table) = self.builder.tables.last_mut() {
            match table.cells.last_mut() {
                // The parser gives no row more cells than the table has columns; were it to, they would join the last.
                Some(last) if self.cells >= table.alignments.len() => last.end = range.end,
                _ => table.cells.push(range),
            }
        }
        self.cells += 1;
        self.markup.clear();
    }

    /// Ends a row: cells that are missing are empty.
    pub(super) fn end_row(&mut self) {
        let columns = self.builder.tables.last().map_or(0, |table| table.alignments.len());
        while self.cells < columns {
            self.cell();
            self.end_cell();
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Centre,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
