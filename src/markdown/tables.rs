//! Tables: cells separated by tabs, rows by line feeds.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::document::{ColumnAlignment, LeafKind, Table};
use super::events::EventBuilder;
use super::source::Source;
use super::writer::PendingSpace;

impl EventBuilder<'_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment], line: u32) {
        let index = self.builder.tables.len() as u32;
        self.builder.begin_leaf(LeafKind::Table(index), line);
        let alignments = alignments.iter().map(|alignment| match alignment {
            Alignment::None => ColumnAlignment::None,
            Alignment::Left => ColumnAlignment::Left,
            Alignment::Center => ColumnAlignment::Centre,
            Alignment::Right => ColumnAlignment::Right,
        });
        self.builder.tables.push(Table { alignments: alignments.collect(), cells: Vec::new() });
    }

    pub(super) fn start_row(&mut self) {
        if self.builder.tables.last().is_some_and(|table| !table.cells.is_empty()) {
            self.builder.writer.text.push('\n');
        }
        self.row_cells = 0;
    }

    pub(super) fn start_cell(&mut self) {
        if self.row_cells > 0 {
            self.builder.writer.text.push('\t');
        }
        self.builder.writer.begin();
    }

    /// Ends a cell, given its byte range in its source.
    pub(super) fn end_cell(&mut self, source_range: &Range<usize>) {
        self.cell_end = source_range.end;
        self.put_cell();
    }

    fn put_cell(&mut self) {
        let writer = &mut self.builder.writer;
        writer.end();
        let range = writer.at() - writer.written().len() as u32..writer.at();
        if let Some(table) = self.builder.tables.last_mut() {
            match table.cells.last_mut() {
                // Text beyond the last column joins the last cell.
                Some(last) if self.row_cells >= table.alignments.len() => last.end = range.end,
                _ => table.cells.push(range),
            }
        }
        self.row_cells += 1;
        self.elements.clear();
    }

    /// Ends a row: missing cells are empty, and the text of surplus cells, which the parser drops, goes into the last cell.
    pub(super) fn end_row(&mut self, range: &Range<usize>, source: &Source<'_>) {
        let columns = self.builder.tables.last().map_or(0, |table| table.alignments.len());
        if self.row_cells >= columns {
            let surplus = source.text.get(self.cell_end..range.end.min(source.own_end)).unwrap_or_default();
            let surplus = surplus.trim_matches(|c: char| c == '|' || c.is_ascii_whitespace());
            if !surplus.is_empty() {
                self.builder.writer.request_space(PendingSpace::Space);
                self.builder.writer.write_lines(&source.shown_literal(surplus));
                self.put_cell();
            }
        }
        while self.row_cells < columns {
            self.start_cell();
            self.put_cell();
        }
    }
}
