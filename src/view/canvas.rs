//! Cells, written directly: what every part of the screen is drawn with.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::typeset::{Ambiguous, grapheme_columns};

/// A buffer of cells and how wide its terminal draws ambiguous characters.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    /// The cells.
    pub(super) buffer: &'a mut Buffer,
    /// How wide ambiguous characters are.
    pub(super) ambiguous: Ambiguous,
}

impl Canvas<'_> {
    /// Writes a text of one line from a cell rightwards, never past the column `end`; returns the column after the last one written.
    ///
    /// A wide character that would cross `end` is left out. The neighbour's half of a wide character that is written over is blanked.
    pub(super) fn put(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        let end = end.min(area.right());
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= end {
            return x;
        }
        let mut x = x;
        self.mend_left(x, y);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (length, columns) = if is_simple(first) && rest[first.len_utf8()..].chars().next().is_none_or(is_simple)
            {
                (first.len_utf8(), if first.is_ascii() { 1 } else { 2 })
            } else {
                let grapheme = rest.graphemes(true).next().unwrap_or(rest);
                (grapheme.len(), grapheme_columns(grapheme, self.ambiguous) as u16)
            };
            let symbol = &rest[..length];
            rest = &rest[length..];
            if columns == 0 {
                continue;
            }
            if x + columns > end {
                break;
            }
            self.set(x, y, symbol, columns, style);
            x += columns;
        }
        x
    }

    fn set(&mut self, x: u16, y: u16, symbol: &str, columns: u16, style: Style) {
        let cell = &mut self.buffer[(x, y)];
        cell.reset();
        cell.set_symbol(symbol);
        cell.set_style(style);
        if columns == 2 {
            // The width that the layout counted with is the one the diff must count with too.
            cell.set_diff_option(CellDiffOption::ForcedWidth(
                std::num::NonZeroU16::new(2).unwrap_or(std::num::NonZeroU16::MIN),
            ));
            let tail = &mut self.buffer[(x + 1, y)];
            tail.reset();
            tail.set_style(style);
        }
    }

    /// Blanks the cell to the left of `x` if a wide character there reaches into it.
    fn mend_left(&mut self, x: u16, y: u16) {
        if x > self.buffer.area.left() {
            let ambiguous = self.ambiguous;
            let cell = &mut self.buffer[(x - 1, y)];
            if grapheme_columns(cell.symbol(), ambiguous) > 1 {
                cell.set_symbol(" ");
                cell.set_diff_option(CellDiffOption::None);
            }
        }
    }

    /// Fills a rectangle with blanks of a style.
    pub(super) fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.mend_left(area.left(), y);
            for x in area.left()..area.right() {
                let cell = &mut self.buffer[(x, y)];
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Lays a style over cells that are already written.
    pub(super) fn tint(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Repeats a character of one column downwards.
    pub(super) fn column(&mut self, x: u16, top: u16, bottom: u16, symbol: &str, style: Style) {
        for y in top..bottom {
            self.put(x, y, x + 1, symbol, style);
        }
    }

    /// Repeats a character of one column rightwards.
    pub(super) fn row(&mut self, left: u16, right: u16, y: u16, symbol: &str, style: Style) {
        for x in left..right {
            self.put(x, y, x + 1, symbol, style);
        }
    }
}

/// Characters that are always a grapheme cluster by themselves beside others of their kind: printable ASCII and common Han.
const fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}')
}
