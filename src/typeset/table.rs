//! Tables: aligned columns, shrunk if they are too wide and wrapped cell by cell; one cell below the
//! other if a word would have to be cut.

use std::ops::Range;

use super::layout::Typesetter;
use super::paragraph::FilledText;
use super::rows::RoleKind;
use super::unit::unit;
use super::width::{cluster, columns};
use crate::markdown::{ColumnAlignment, Leaf, Table};
use crate::text::is_han;

/// The blank between two columns of a table.
const GAP: u16 = 2;
/// A column is not made narrower than this, if its text is wider.
const MIN_WIDTH: u16 = 6;
/// The blank before the text of a cell below its head.
const CELL_INDENT: u16 = 2;
/// A unit that takes more columns, with the blank before it, may be on the next row of its cell.
const MOST_UNIT: u16 = 5;

impl Typesetter<'_> {
    pub(super) fn table(&mut self, leaf: &Leaf, table: &Table) {
        let number = table.alignments.len();
        if number == 0 || table.cells.len() < number {
            return self.paragraph(leaf, RoleKind::Text);
        }
        let natural = self.natural_widths(table);
        let room = self.settings.columns - self.table_margin();
        match widths(&natural, room, || self.longest_words(table)) {
            Some(widths) => self.grid(leaf, table, &widths),
            None => self.stack(leaf, table),
        }
    }

    fn table_margin(&self) -> u16 {
        self.margin.first.max(self.margin.rest)
    }

    /// The columns that each column of a table would take if nothing were wrapped.
    fn natural_widths(&self, table: &Table) -> Vec<u16> {
        let mut widths = vec![1; table.alignments.len()];
        for (index, cell) in table.cells.iter().enumerate() {
            let width = &mut widths[index % table.alignments.len()];
            for line in self.document.text[cell.start as usize..cell.end as usize].split('\n') {
                let columns = columns(line, self.settings.ambiguous);
                *width = u16::try_from(columns).unwrap_or(u16::MAX).max(*width);
            }
        }
        widths
    }

    /// The columns that the longest word of each column takes. After a sign inside a word it may be
    /// broken, but not inside a figure or before its short unit.
    fn longest_words(&self, table: &Table) -> Vec<u16> {
        let mut longest = vec![2; table.alignments.len()];
        for (index, cell) in table.cells.iter().enumerate() {
            let longest = &mut longest[index % table.alignments.len()];
            let text = &self.document.text[..cell.end as usize];
            let mut at = cell.start as usize;
            let mut word: u16 = 0;
            while at < text.len() {
                let start = at;
                let next = cluster(text, at, self.settings.ambiguous);
                at = next.end;
                if next.columns == 2 || next.lead.is_whitespace() {
                    if word > 0 && text[..start].ends_with(|c: char| c.is_ascii_digit()) {
                        let unit = self.unit_columns(&text[start..]);
                        *longest = word.saturating_add(unit).max(*longest);
                    }
                    word = 0;
                    continue;
                }
                word = word.saturating_add(next.columns.into());
                *longest = word.max(*longest);
                let may_break = next.lead.is_ascii_punctuation()
                    && text[at..].starts_with(|c: char| c.is_alphabetic());
                if may_break {
                    word = 0;
                }
            }
        }
        longest
    }

    /// The columns of a short unit, with the blank before it; 0 if the text begins with none.
    fn unit_columns(&self, text: &str) -> u16 {
        let rest = text.trim_start_matches(' ');
        let length = match unit(rest).length {
            0 => 0,
            length => text.len() - rest.len() + length,
        };
        match columns(&text[..length], self.settings.ambiguous) as u16 {
            unit if unit <= MOST_UNIT => unit,
            _ => 0,
        }
    }

    /// Sets a table in aligned columns, with a blank row above and below each data row that wraps.
    fn grid(&mut self, leaf: &Leaf, table: &Table, widths: &[u16]) {
        let number = widths.len();
        let mut start = leaf.range.start;
        let mut is_above_wrapped = false;
        for (row, cells) in table.cells.chunks_exact(number).enumerate() {
            let filled: Vec<FilledText> = cells
                .iter()
                .zip(widths)
                .map(|(cell, &width)| {
                    self.fill(leaf, cell.clone(), self.measure(width, width), Vec::new())
                })
                .collect();
            let end = table
                .cells
                .get((row + 1) * number)
                .map_or(leaf.range.end, |cell| cell.start);
            let is_wrapped = filled.iter().any(|cell| cell.lines.len() > 1);
            if row > 1 && (is_wrapped || is_above_wrapped) {
                self.blank_row(start);
            }
            is_above_wrapped = is_wrapped;
            if row == 0 {
                // The rule below the head shows the end of its range, so that a position in the
                // head's text leads to the head.
                let text_end = cells[number - 1].end.max(start);
                self.grid_row(table, widths, &filled, true, start..text_end);
                self.head_rule(widths, text_end..end);
            } else {
                self.grid_row(table, widths, &filled, false, start..end);
            }
            start = end;
        }
    }

    fn grid_row(
        &mut self,
        table: &Table,
        widths: &[u16],
        cells: &[FilledText],
        is_head: bool,
        range: Range<u32>,
    ) {
        let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        let kind = if is_head {
            RoleKind::TableHead
        } else {
            RoleKind::Text
        };
        for index in 0..height {
            self.begin_row(is_head && index == 0);
            let mut column = self.table_margin();
            for ((cell, &width), alignment) in cells.iter().zip(widths).zip(&table.alignments) {
                if let Some(line) = cell.lines.get(index) {
                    // The lines of a centred cell stay flush, as a block in the middle.
                    let shift = match alignment {
                        ColumnAlignment::None | ColumnAlignment::Left => 0,
                        ColumnAlignment::Centre => {
                            let widest = cell
                                .lines
                                .iter()
                                .map(|line| line.columns)
                                .max()
                                .unwrap_or(0);
                            width.saturating_sub(widest) / 2
                        }
                        ColumnAlignment::Right => width.saturating_sub(line.columns),
                    };
                    self.draw(cell, line, column + shift, kind);
                }
                column += width + GAP;
            }
            self.rows.close(range.clone());
        }
    }

    fn head_rule(&mut self, widths: &[u16], range: Range<u32>) {
        self.begin_row(false);
        let dash = columns("─", self.settings.ambiguous) as u16;
        let mut column = self.table_margin();
        for &width in widths {
            let dashes = "─".repeat(usize::from(width / dash));
            self.draw_own(&dashes, column, width / dash * dash, RoleKind::TableRule);
            column += width + GAP;
        }
        self.rows.close(range);
    }

    /// Sets a table with one cell below the other, each after its column's head.
    fn stack(&mut self, leaf: &Leaf, table: &Table) {
        let number = table.alignments.len();
        let (head, body) = table.cells.split_at(number);
        let cells = if body.is_empty() { head } else { body };
        let margin = self.table_margin();
        let width = self.settings.columns - margin;
        let indent = if width > CELL_INDENT + 10 && !body.is_empty() {
            CELL_INDENT
        } else {
            0
        };
        let mut is_first = true;
        let mut start = leaf.range.start;
        for (index, cell) in cells.iter().enumerate() {
            let end = cells
                .get(index + 1)
                .map_or(leaf.range.end, |next| next.start);
            if index > 0 && index % number == 0 {
                self.blank_row(start);
            }
            let hang = if body.is_empty() {
                0
            } else {
                let head = head[index % number].clone();
                let head = if index < number {
                    head
                } else {
                    self.shortened(head)
                };
                self.stacked_head(leaf, head, start, &mut is_first)
            };
            let first = (width - hang.max(indent)).max(1);
            let measure = self.measure(first, width - indent);
            let filled = self.fill(leaf, cell.clone(), measure, Vec::new());
            for line in &filled.lines {
                let is_beside_head = line.start == cell.start && hang > 0;
                if !is_beside_head {
                    self.begin_row(is_first);
                    is_first = false;
                }
                self.draw(
                    &filled,
                    line,
                    margin + if is_beside_head { hang } else { indent },
                    RoleKind::Text,
                );
                let row_start = if line.start == cell.start {
                    start
                } else {
                    line.start
                };
                let row_end = if line.end == cell.end { end } else { line.end };
                self.rows.close(row_start..row_end);
            }
            start = end;
        }
    }

    /// Draws the head of a cell; returns the columns it takes of the row that is left open for the
    /// cell, 0 if none is.
    fn stacked_head(&mut self, leaf: &Leaf, head: Range<u32>, at: u32, is_first: &mut bool) -> u16 {
        if head.is_empty() {
            return 0;
        }
        let margin = self.table_margin();
        let width = self.settings.columns - margin;
        let ends_in_han = self.document.text[..head.end as usize].ends_with(is_han);
        let filled = self.fill(leaf, head, self.measure(width, width), Vec::new());
        let hang = match filled.lines[..] {
            [line] if line.columns + 2 <= width / 2 => line.columns + 2,
            _ => 0,
        };
        for line in &filled.lines {
            self.begin_row(*is_first);
            *is_first = false;
            self.draw(&filled, line, margin, RoleKind::TableHead);
            if hang > 0 {
                let (colon, columns) = if ends_in_han { ("：", 2) } else { (":", 1) };
                self.draw_own(colon, margin + line.columns, columns, RoleKind::TableRule);
            } else {
                self.rows.close(at..at);
            }
        }
        hang
    }

    /// The beginning of a head that is shown again: a huge one must not make a huge layout of every
    /// row.
    fn shortened(&self, head: Range<u32>) -> Range<u32> {
        let most = head.start as usize + 2 * usize::from(self.settings.columns);
        let end = self
            .document
            .text
            .floor_char_boundary(most.min(head.end as usize));
        head.start..end as u32
    }

    fn blank_row(&mut self, at: u32) {
        self.begin_row(false);
        self.rows.close(at..at);
    }
}

/// The widths of a table's columns within a number of columns: the natural ones if they fit,
/// otherwise the wide columns shrink, each keeping room for its longest word. None if there is no
/// room for all words.
fn widths(
    natural: &[u16],
    room: u16,
    longest_words: impl FnOnce() -> Vec<u16>,
) -> Option<Vec<u16>> {
    let number = natural.len();
    let gaps = u64::from(GAP) * (number as u64 - 1);
    let room = u64::from(room).checked_sub(gaps)?;
    let sum = |widths: &[u16]| widths.iter().copied().map(u64::from).sum::<u64>();
    if sum(natural) <= room {
        return Some(natural.to_vec());
    }
    // What takes no more than its share keeps its width.
    let mut widths = vec![0; number];
    let mut left = room;
    let mut undecided = number as u64;
    let keeps_width =
        |column: usize, left: u64, undecided: u64| u64::from(natural[column]) * undecided <= left;
    while let Some(column) =
        (0..number).find(|&column| widths[column] == 0 && keeps_width(column, left, undecided))
    {
        widths[column] = natural[column];
        left -= u64::from(natural[column]);
        undecided -= 1;
    }
    let words = longest_words();
    for column in 0..number {
        if widths[column] == 0 {
            widths[column] = natural[column].min(words[column].max(MIN_WIDTH));
        }
    }
    let spare = room.checked_sub(sum(&widths))?;
    // The rest goes to each column in proportion to what it lacks.
    let lacks: Vec<u64> = natural
        .iter()
        .zip(&widths)
        .map(|(natural, width)| u64::from(natural - width))
        .collect();
    let all: u64 = lacks.iter().sum();
    let mut lacked = 0;
    let mut given = 0;
    for (width, lack) in widths.iter_mut().zip(lacks) {
        lacked += lack;
        let until = (spare * lacked).checked_div(all).unwrap_or(0);
        *width += (until - given) as u16;
        given = until;
    }
    Some(widths)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
