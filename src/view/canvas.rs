//! Writes cells: every part of the screen is drawn with this.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::theme::{Theme, Tone};
use crate::reader::ScreenRect;
use crate::typeset::{Ambiguous, columns, grapheme_columns};

/// A buffer of cells, and how wide its terminal draws ambiguous characters.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) ambiguous: Ambiguous,
}

impl Canvas<'_> {
    /// Writes a text of one line from a cell rightwards, never past the column `end`; returns the
    /// column after the last one written.
    ///
    /// A wide character that would cross `end` is left out. If half of a wide character is
    /// overwritten, the other half becomes blank.
    pub(super) fn put(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        let end = end.min(area.right());
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= end {
            return x;
        }
        let mut x = x;
        self.blank_left_half(x, y);
        for symbol in text.graphemes(true) {
            let columns = grapheme_columns(symbol, self.ambiguous) as u16;
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
            // The diff must count with the same width as the layout.
            cell.set_diff_option(CellDiffOption::ForcedWidth(
                NonZeroU16::MIN.saturating_add(1),
            ));
            let tail = &mut self.buffer[(x + 1, y)];
            tail.reset();
            tail.set_style(style);
        }
    }

    /// Blanks the cell to the left of `x` if a wide character there extends into `x`.
    fn blank_left_half(&mut self, x: u16, y: u16) {
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
            self.blank_left_half(area.left(), y);
            for x in area.left()..area.right() {
                let cell = &mut self.buffer[(x, y)];
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Adds a style to cells that are already written.
    pub(super) fn tint(&mut self, area: Rect, style: Style) {
        self.buffer
            .set_style(area.intersection(self.buffer.area), style);
    }

    /// Fills a row with the style of its selection, if it is selected. Returns a function that adds
    /// this style to the row's styles.
    pub(super) fn fill_selected(
        &mut self,
        area: Rect,
        selected: Option<Style>,
    ) -> impl Fn(Style) -> Style + Copy + use<> {
        if let Some(style) = selected {
            self.fill(area, style);
        }
        move |style| selected.map_or(style, |selected| selected.patch(style))
    }

    /// Writes a text at the right end of an area, if it fits; returns the column where what is left
    /// of it must end.
    pub(super) fn put_right(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let width = columns(text, self.ambiguous) as u16;
        if width + 2 > area.width {
            return area.right();
        }
        let x = area.right() - width - 1;
        self.put(x, area.y, area.right(), text, style);
        x.saturating_sub(1)
    }

    /// Draws a thin scrollbar in one column: a faint track, and a thumb at the visible part.
    ///
    /// `from` and `to` are the shares of the whole, 0 to 1, at the top and the bottom of the
    /// visible part; if everything is visible, nothing is drawn.
    pub(super) fn scrollbar(&mut self, area: Rect, (from, to): (f32, f32), theme: &Theme) {
        if area.height < 2 || (from <= 0.0 && to >= 1.0) {
            return;
        }
        let height = f32::from(area.height);
        let length = ((to - from) * height).round().clamp(1.0, height) as u16;
        let room = area.height - length;
        let top = if to >= 1.0 {
            room
        } else {
            ((from * height).round() as u16).min(room.saturating_sub(1))
        };
        self.column(area.x, area.y, area.bottom(), "│", theme.tone(Tone::Faint));
        self.column(
            area.x,
            area.y + top,
            area.y + top + length,
            "┃",
            theme.tone(Tone::Quiet),
        );
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

/// A rectangle of the reader as one of ratatui.
pub(super) const fn rect(area: ScreenRect) -> Rect {
    Rect {
        x: area.x,
        y: area.y,
        width: area.columns,
        height: area.rows,
    }
}
