//! Tables: aligned columns, shrunk where they are too wide and wrapped cell by cell; at last one cell below the other.

use super::layout::Setter;
use super::paragraph::{Line, Measure};
use super::role::Kind;
use super::width::{cluster, columns};
use crate::markdown::{ColumnAlignment, Leaf, Table};
use crate::text::is_han;

/// The blank between two columns of a table.
const GAP: u16 = 2;
/// A column is not made narrower than this, if its text is wider.
const NARROWEST: u16 = 6;
/// A word up to this wide is kept whole, if all columns have room for theirs.
const LONGEST_WORD: u16 = 16;
/// The blank before the text of a cell that stands below its head.
const HANG: u16 = 2;

/// The lines of one cell in the filler, and the columns of the widest.
struct Cell {
    lines: std::ops::Range<usize>,
    widest: u16,
}

impl Setter<'_> {
    /// Sets a table.
    pub(super) fn table(&mut self, leaf: &Leaf, table: &Table) {
        let number = table.alignments.len();
        if number == 0 || table.cells.len() < number {
            return self.paragraph(leaf, Kind::Text);
        }
        let natural = self.natural_widths(table);
        let room = self.settings.columns - self.margin.first.max(self.margin.rest);
        match widths(&natural, room, || self.longest_words(table)) {
            Some(widths) => self.grid(leaf, table, &widths, natural != widths),
            None => self.stack(leaf, table),
        }
    }

    /// The columns that each column of a table would take if nothing were wrapped.
    fn natural_widths(&self, table: &Table) -> Vec<u16> {
        let mut widths = vec![1; table.alignments.len()];
        for (index, cell) in table.cells.iter().enumerate() {
            let width = &mut widths[index % table.alignments.len()];
            for line in self.document.text[cell.start as usize..cell.end as usize].split('\n') {
                *width =
                    columns(line, self.settings.ambiguous).min(usize::from(u16::MAX)).max(usize::from(*width)) as u16;
            }
        }
        widths
    }

    /// The columns that the longest word of each column takes, up to [`LONGEST_WORD`].
    fn longest_words(&self, table: &Table) -> Vec<u16> {
        let mut longest = vec![2; table.alignments.len()];
        for (index, cell) in table.cells.iter().enumerate() {
            let longest = &mut longest[index % table.alignments.len()];
            let text = &self.document.text[..cell.end as usize];
            let (mut at, mut word) = (cell.start as usize, 0);
            while at < text.len() && *longest < LONGEST_WORD {
                let next = cluster(text, at, self.settings.ambiguous);
                at = next.end;
                word = if next.columns == 2 || next.lead.is_whitespace() { 0 } else { word + u16::from(next.columns) };
                *longest = word.clamp(*longest, LONGEST_WORD);
            }
        }
        longest
    }

    fn grid(&mut self, leaf: &Leaf, table: &Table, widths: &[u16], spaced: bool) {
        let number = widths.len();
        let rows = table.cells.len() / number;
        let mut filled: Vec<Cell> = Vec::with_capacity(number);
        let mut start = leaf.range.start;
        for row in 0..rows {
            let cells = &table.cells[row * number..(row + 1) * number];
            self.filler.clear();
            filled.clear();
            for (cell, &width) in cells.iter().zip(widths) {
                let from = self.filler.lines.len();
                let measure = self.measure(width, width);
                self.fill(leaf, cell.clone(), measure);
                let widest = self.filler.lines[from..].iter().map(|line| line.columns).max().unwrap_or(0);
                filled.push(Cell { lines: from..self.filler.lines.len(), widest });
            }
            let end = table.cells.get((row + 1) * number).map_or(leaf.range.end, |cell| cell.start);
            if spaced && row > 1 {
                self.blank(start);
            }
            // The rule below the head stands in its range's end, so that the head's text leads to the head.
            let text_end = if row == 0 { cells[number - 1].end.max(start) } else { end };
            self.grid_row(table, widths, &filled, row == 0, start..text_end);
            if row == 0 {
                self.head_rule(widths, text_end..end);
            }
            start = end;
        }
    }

    fn grid_row(&mut self, table: &Table, widths: &[u16], cells: &[Cell], head: bool, range: std::ops::Range<u32>) {
        let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        for index in 0..height {
            self.begin(head && index == 0);
            let mut column = self.margin.first.max(self.margin.rest);
            for ((cell, &width), alignment) in cells.iter().zip(widths).zip(&table.alignments) {
                if let Some(&line) = self.filler.lines[cell.lines.clone()].get(index) {
                    // The lines of a centred cell stay flush, as a block in the middle.
                    let spare = |columns| width.saturating_sub(columns);
                    let shift = match alignment {
                        ColumnAlignment::None | ColumnAlignment::Left => 0,
                        ColumnAlignment::Centre => spare(cell.widest) / 2,
                        ColumnAlignment::Right => spare(line.columns),
                    };
                    self.draw(&line, column + shift, if head { Kind::TableHead } else { Kind::Text });
                }
                column += width + GAP;
            }
            self.rows.close(range.clone());
        }
    }

    fn head_rule(&mut self, widths: &[u16], range: std::ops::Range<u32>) {
        self.begin(false);
        let dash = columns("─", self.settings.ambiguous) as u16;
        let mut column = self.margin.first.max(self.margin.rest);
        for &width in widths {
            let dashes = "─".repeat(usize::from(width / dash));
            self.own(&dashes, column, width / dash * dash, Kind::TableRule);
            column += width + GAP;
        }
        self.rows.close(range);
    }

    /// One cell below the other, each after its column's head.
    fn stack(&mut self, leaf: &Leaf, table: &Table) {
        let number = table.alignments.len();
        let (head, body) = table.cells.split_at(number);
        let mut start = leaf.range.start;
        let cells = if body.is_empty() { head } else { body };
        let mut first = true;
        for (index, cell) in cells.iter().enumerate() {
            let end = cells.get(index + 1).map_or(leaf.range.end, |next| next.start);
            if index > 0 && index % number == 0 {
                self.blank(start);
            }
            self.filler.clear();
            let hang = if body.is_empty() {
                0
            } else {
                {
                    let head = head[index % number].clone();
                    let head = if index < number { head } else { self.beginning(head) };
                    self.stacked_head(leaf, &head, start, &mut first)
                }
            };
            let margin = self.margin.first.max(self.margin.rest);
            let width = self.settings.columns - margin;
            let filled = self.filler.lines.len();
            let indent = if width > HANG + 10 && !body.is_empty() { HANG } else { 0 };
            let measure = self.measure(width - hang.max(indent), width - indent);
            self.fill(leaf, cell.clone(), Measure { first: measure.first.max(1), ..measure });
            for line in filled..self.filler.lines.len() {
                let line: Line = self.filler.lines[line];
                let beside = line.start == cell.start && hang > 0;
                if !beside {
                    self.begin(first);
                    first = false;
                }
                self.draw(&line, margin + if beside { hang } else { indent }, Kind::Text);
                let (from, to) = (line.start, line.end);
                let from = if from == cell.start { start } else { from };
                self.rows.close(from..if to == cell.end { end } else { to });
            }
            start = end;
        }
    }

    /// Draws the head of a cell; gives the columns it takes of the row that is left open for the cell, 0 if none is.
    fn stacked_head(&mut self, leaf: &Leaf, head: &std::ops::Range<u32>, at: u32, first: &mut bool) -> u16 {
        if head.is_empty() {
            return 0;
        }
        let margin = self.margin.first.max(self.margin.rest);
        let width = self.settings.columns - margin;
        let measure = self.measure(width, width);
        self.fill(leaf, head.clone(), measure);
        let lines = std::mem::take(&mut self.filler.lines);
        let short = lines.len() == 1 && lines[0].columns + 2 <= width / 2;
        let wide = self.document.text[..head.end as usize].chars().next_back().is_some_and(is_han);
        for line in &lines {
            self.begin(*first);
            *first = false;
            self.draw(line, margin, Kind::TableHead);
            if short {
                let (colon, columns) = if wide { ("：", 2) } else { (":", 1) };
                self.own(colon, margin + line.columns, columns, Kind::TableRule);
            } else {
                self.rows.close(at..at);
            }
        }
        let hang = if short { lines[0].columns + 2 } else { 0 };
        self.filler.lines = lines;
        self.filler.clear();
        hang
    }

    /// The beginning of a head that is shown again, so that a huge one does not make a huge layout of every row.
    fn beginning(&self, head: std::ops::Range<u32>) -> std::ops::Range<u32> {
        let most = head.start as usize + 2 * usize::from(self.settings.columns);
        let text = &self.document.text;
        let end = (head.start as usize..=most.min(head.end as usize)).rev().find(|at| text.is_char_boundary(*at));
        head.start..end.map_or(head.end, |end| end as u32)
    }

    fn begin(&mut self, first: bool) {
        self.rows.open();
        self.margin.draw(first, self.rows);
    }

    fn blank(&mut self, at: u32) {
        self.begin(false);
        self.rows.close(at..at);
    }
}

/// The widths of a table's columns in so much room: the natural ones if they fit, else the wide columns shrink, each
/// keeping room for its longest word while there is any. None where there are more columns than fit.
fn widths(natural: &[u16], room: u16, longest_words: impl FnOnce() -> Vec<u16>) -> Option<Vec<u16>> {
    let number = natural.len();
    let gaps = u64::from(GAP) * (number as u64 - 1);
    let room = u64::from(room).checked_sub(gaps)?;
    let sum = |widths: &[u16]| widths.iter().copied().map(u64::from).sum::<u64>();
    if sum(natural) <= room {
        return Some(natural.to_vec());
    }
    // What takes no more than its share keeps its width.
    let mut least = vec![0; number];
    let (mut left, mut open) = (room, number as u64);
    while let Some(column) = (0..number).find(|&column| least[column] == 0 && u64::from(natural[column]) * open <= left)
    {
        least[column] = natural[column];
        left -= u64::from(natural[column]);
        open -= 1;
    }
    let words = longest_words();
    for column in 0..number {
        if least[column] == 0 {
            least[column] = natural[column].min(words[column].max(NARROWEST));
        }
    }
    if sum(&least) > room {
        least = natural.iter().map(|natural| (*natural).min(NARROWEST)).collect();
    }
    let spare = room.checked_sub(sum(&least))?;
    // What is left goes to each column in proportion to what it lacks.
    let lacks: Vec<u64> = natural.iter().zip(&least).map(|(natural, least)| u64::from(natural - least)).collect();
    let all: u64 = lacks.iter().sum();
    let (mut given, mut lacked) = (0, 0);
    for (width, lack) in least.iter_mut().zip(lacks) {
        lacked += lack;
        let until = (spare * lacked).checked_div(all).unwrap_or(0);
        *width += (until - given) as u16;
        given = until;
    }
    Some(least)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
