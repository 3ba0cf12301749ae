//! Writes cells: every part of the screen is drawn with this.

use std::borrow::Cow;
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::theme::{Theme, Tone};
use crate::reader::{ScreenRect, without_arrows};
use crate::typeset::{Ambiguous, columns, cut, grapheme_columns};

/// A buffer of cells, with what it takes to write into it.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) theme: &'a Theme,
    /// How wide the terminal draws ambiguous characters.
    pub(super) ambiguous: Ambiguous,
    /// Whether the reader's own signs are drawn in ASCII.
    pub(super) is_ascii: bool,
    /// Whether cells carry the numbers of links.
    pub(super) has_hyperlinks: bool,
    /// The blocks of large characters so far; see `large.rs`.
    pub(super) large: Vec<Rect>,
}

impl<'a> Canvas<'a> {
    pub(super) fn tone(&self, tone: Tone) -> Style {
        self.theme.tone(tone)
    }

    /// A text of the reader's own, with the arrow keys by their names in ASCII.
    pub(super) fn spelled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_ascii {
            without_arrows(text).into()
        } else {
            text.into()
        }
    }

    pub(super) fn columns(&self, text: &str) -> u16 {
        columns(text, self.ambiguous) as u16
    }

    /// An empty row of an area, counted from its top.
    pub(super) fn line(&mut self, area: Rect, row: u16) -> RowWriter<'_, 'a> {
        RowWriter {
            y: area.y + row,
            x: area.x,
            end: area.right(),
            selected: Style::new(),
            canvas: self,
        }
    }

    /// A row of a list: filled with a tone, if it is selected.
    pub(super) fn list_row(
        &mut self,
        area: Rect,
        row: u16,
        selected: Option<Tone>,
    ) -> RowWriter<'_, 'a> {
        let selected = selected.map(|tone| self.tone(tone));
        if let Some(style) = selected {
            self.fill(
                Rect {
                    y: area.y + row,
                    height: 1,
                    ..area
                },
                style,
            );
        }
        RowWriter {
            selected: selected.unwrap_or_default(),
            ..self.line(area, row)
        }
    }
}

impl Canvas<'_> {
    /// Writes a text of one line from a cell rightwards, never past the column `end`; returns the
    /// column after the last one written.
    ///
    /// A wide character that would cross `end` is left out. If half of a wide character is
    /// overwritten, the other half becomes blank.
    pub(super) fn put(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        self.write((x, y, end), text, style, false)
    }

    /// Writes words and signs of the reader's own.
    pub(super) fn put_own(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        self.write((x, y, end), text, style, self.is_ascii)
    }

    fn write(
        &mut self,
        (x, y, end): (u16, u16, u16),
        text: &str,
        style: Style,
        is_ascii: bool,
    ) -> u16 {
        let start = x;
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
            if let Some(sign) = ascii(symbol).filter(|_| is_ascii) {
                let sign = if symbol == "…" && x == start && text != "…" {
                    "<"
                } else {
                    sign
                };
                (x..x + columns).for_each(|x| self.set(x, y, sign, 1, style));
            } else if let Some(letters) = flag_letters(symbol).filter(|_| columns == 2) {
                for (letter, x) in letters.into_iter().zip(x..) {
                    self.set(x, y, letter.encode_utf8(&mut [0; 4]), 1, style);
                }
            } else {
                self.set(x, y, symbol, columns, style);
            }
            x += columns;
        }
        x
    }

    pub(super) fn set(&mut self, x: u16, y: u16, symbol: &str, columns: u16, style: Style) {
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

    /// Draws a thin scrollbar in the last column of an area, if it has columns to spare: a faint
    /// track, and a thumb at the visible part.
    ///
    /// `from` and `to` are the shares of the whole, 0 to 1, at the top and the bottom of the
    /// visible part; if everything is visible, nothing is drawn.
    pub(super) fn scrollbar(&mut self, area: Rect, (from, to): (f32, f32)) {
        if area.height < 2 || !matches!(area.width, 1 | 4..) || (from <= 0.0 && to >= 1.0) {
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
        let (x, top) = (area.right() - 1, area.y + top);
        self.column(x, area.y, area.bottom(), "│", Tone::Faint);
        self.column(x, top, top + length, "┃", Tone::Quiet);
    }

    /// Repeats a character of one column downwards.
    pub(super) fn column(&mut self, x: u16, top: u16, bottom: u16, symbol: &str, tone: Tone) {
        let style = self.tone(tone);
        for y in top..bottom {
            self.put_own(x, y, x + 1, symbol, style);
        }
    }
}

/// What stands in ASCII for a sign of one column; a text is cut with `~` at its end.
pub(super) fn ascii(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "─" | "◦" => "-",
        "│" | "▏" | "·" => "|",
        "┃" => "#",
        "┊" => ":",
        "╭" | "╮" | "╰" | "╯" | "┌" | "┐" | "└" | "┘" | "‣" => "+",
        "…" => "~",
        "≠" => "!",
        "✓" | "↓" => "v",
        "☑" => "x",
        "☐" => "o",
        "•" => "*",
        "↑" => "^",
        "←" => "<",
        "→" | "↗" | "▌" => ">",
        "↳" => "\\",
        "▯" => "?",
        "✎" => "\"",
        _ => return None,
    })
}

/// The letters of a flag: terminals do not agree on its width, and leave parts of it behind.
pub(super) fn flag_letters(symbol: &str) -> Option<[char; 2]> {
    let letter = |c: char| {
        let nth = u32::from(c).checked_sub(0x1f1e6).filter(|nth| *nth < 26)?;
        char::from_u32(u32::from('A') + nth)
    };
    let mut chars = symbol.chars();
    let letters = [letter(chars.next()?)?, letter(chars.next()?)?];
    chars.next().is_none().then_some(letters)
}

/// A row that is filled from both ends: what is at the right is written first and keeps its room.
#[derive(Debug)]
pub(super) struct RowWriter<'c, 'b> {
    pub(super) canvas: &'c mut Canvas<'b>,
    y: u16,
    /// The columns that are still free.
    pub(super) x: u16,
    pub(super) end: u16,
    /// The style of its selection, to which the tones are added.
    selected: Style,
}

impl RowWriter<'_, '_> {
    /// Makes the text of a selected row as bold as its tone.
    pub(super) fn unbold(mut self) -> Self {
        self.selected = self.selected.remove_modifier(Modifier::BOLD);
        self
    }

    pub(super) fn room(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// Leaves columns free at the left.
    pub(super) fn skip(mut self, columns: u16) -> Self {
        self.x += columns;
        self
    }

    /// Leaves columns free at the right.
    pub(super) fn reserve(mut self, columns: u16) -> Self {
        self.end = self.end.saturating_sub(columns);
        self
    }

    /// Writes a text of the reader's own at the left, cut to the free columns.
    pub(super) fn put(mut self, text: &str, tone: Tone) -> Self {
        let style = self.selected.patch(self.canvas.tone(tone));
        let text = cut(text, self.room().into(), self.canvas.ambiguous);
        self.x = self.canvas.put_own(self.x, self.y, self.end, &text, style);
        self
    }

    /// Writes words of an article, whose signs are theirs.
    pub(super) fn put_words(self, text: &str, tone: Tone) -> Self {
        let style = self.selected.patch(self.canvas.tone(tone));
        self.put_styled(text, style)
    }

    /// Writes a text that looks the same in a selected row.
    pub(super) fn highlight(self, text: &str, tone: Tone) -> Self {
        let style = self.canvas.tone(tone);
        self.put_styled(text, style)
    }

    /// Writes as much of a text as fits, without a `…`.
    pub(super) fn put_clipped(mut self, text: &str, tone: Tone) -> Self {
        let style = self.canvas.tone(tone);
        self.x = self.canvas.put(self.x, self.y, self.end, text, style);
        self
    }

    fn put_styled(mut self, text: &str, style: Style) -> Self {
        let text = cut(text, self.room().into(), self.canvas.ambiguous);
        let is_cut = matches!(text, Cow::Owned(_));
        let words = text.strip_suffix('…').filter(|_| is_cut).unwrap_or(&text);
        let (y, end) = (self.y, self.end);
        self.x = self.canvas.put(self.x, y, end, words, style);
        self.x = self
            .canvas
            .put_own(self.x, y, end, &text[words.len()..], style);
        self
    }

    /// Writes a sign of one column at the left, or leaves its column free.
    pub(super) fn sign(self, sign: Option<(&str, Tone)>) -> Self {
        match sign {
            Some((sign, tone)) => self.put(sign, tone),
            None => self.skip(1),
        }
    }

    /// Writes a text at the right with a blank column on each side, if it fits.
    pub(super) fn put_right(mut self, text: &str, tone: Tone) -> Self {
        let columns = self.canvas.columns(text);
        if columns + 2 <= self.room() {
            let style = self.selected.patch(self.canvas.tone(tone));
            let x = self.end - columns - 1;
            self.canvas.put_own(x, self.y, self.end, text, style);
            self.end = x - 1;
        }
        self
    }

    /// Draws a rule through what is free.
    pub(super) fn rule(self) {
        let style = self.canvas.tone(Tone::Faint);
        for x in self.x + 1..self.end {
            self.canvas.put_own(x, self.y, x + 1, "─", style);
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
