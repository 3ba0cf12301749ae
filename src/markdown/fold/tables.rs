//! Tables: cells parted by tabs, rows by line feeds.

use std::ops::Range;

use super::Folder;
use crate::markdown::document::{ColumnAlignment, LeafKind, Table};
use crate::markdown::pen::Gap;
use crate::markdown::source::Source;

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

    /// Ends a cell, which has a byte range in its source.
    pub(super) fn end_cell(&mut self, source: &Range<usize>) {
        self.cell_end = source.end;
        self.put_cell();
    }

    fn put_cell(&mut self) {
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

    /// Ends a row: cells that are missing are empty, and what stands in more cells than there are columns goes into the last.
    pub(super) fn end_row(&mut self, range: &Range<usize>, source: &Source<'_>) {
        let columns = self.builder.tables.last().map_or(0, |table| table.alignments.len());
        if self.cells >= columns {
            let rest = source.text.get(self.cell_end..range.end.min(source.own)).unwrap_or_default();
            let rest = rest.trim_matches(|c: char| c == '|' || c.is_ascii_whitespace());
            if !rest.is_empty() {
                // The parser drops them; nothing is hidden here.
                self.builder.pen.owe(Gap::Space);
                self.builder.pen.write_lines(&source.shown_any(rest));
                self.put_cell();
            }
        }
        while self.cells < columns {
            self.cell();
            self.put_cell();
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> ColumnAlignment {
    match alignment {
        pulldown_cmark::Alignment::None => ColumnAlignment::None,
        pulldown_cmark::Alignment::Left => ColumnAlignment::Left,
        pulldown_cmark::Alignment::Center => ColumnAlignment::Centre,
        pulldown_cmark::Alignment::Right => ColumnAlignment::Right,
    }
}
