//! The backend: changed cells to bytes, as few as may be, each frame in one write.
//!
//! The stock backend moves the cursor before every cell that follows a wide one, which makes a Chinese screen of
//! 160×45 some 65 KB. This one knows where the cursor is, and moves it only where it cannot know: after characters
//! whose width terminals do not agree on.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Size};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::pen::{Look, Pen};
use crate::reader::Area;

/// Synchronised update (mode 2026): the terminal shows the frame when it is whole. Never asked for, only said: what
/// does not know it passes over it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// A ratatui backend over any output. The size is told to it, so that a frame is of one size from model to cells.
#[derive(Debug)]
pub(super) struct Screen<W> {
    output: W,
    frame: Vec<u8>,
    size: Size,
    pen: Pen,
    /// The row and column of the terminal's cursor, as far as they are known.
    row: Option<u16>,
    column: Option<u16>,
    shown: Option<bool>,
}

impl<W: Write> Screen<W> {
    pub(super) fn new(output: W, area: Area) -> Self {
        let size = Size::new(area.columns, area.rows);
        Self { output, frame: Vec::new(), size, pen: Pen::default(), row: None, column: None, shown: None }
    }

    /// Tells the screen's size.
    pub(super) fn resize(&mut self, area: Area) {
        self.size = Size::new(area.columns, area.rows);
        // Where a terminal puts its cursor when it is resized is its own affair.
        self.forget();
    }

    /// Forgets what is known of the terminal, which somebody else may have written to.
    pub(super) fn forget(&mut self) {
        // Said at once, so that the pen's knowledge is true again.
        self.frame.extend_from_slice(b"\x1b[0m");
        self.pen = Pen::default();
        (self.row, self.column, self.shown) = (None, None, None);
    }

    /// Writes bytes that move no cursor and change no attribute (a copy to the clipboard, a mode) with the next frame.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.frame.extend_from_slice(bytes);
    }

    fn move_to(&mut self, x: u16, y: u16) -> io::Result<()> {
        if self.row == Some(y) {
            match self.column {
                Some(column) if column == x => return Ok(()),
                Some(column) if column + 1 == x => self.frame.extend_from_slice(b"\x1b[C"),
                Some(column) if column < x => write!(self.frame, "\x1b[{}C", x - column)?,
                _ if x == 0 => self.frame.push(b'\r'),
                _ => write!(self.frame, "\x1b[{}G", x + 1)?,
            }
        } else if x == 0 && self.row.is_some_and(|row| row + 1 == y) {
            self.frame.extend_from_slice(b"\r\n");
        } else {
            write!(self.frame, "\x1b[{};{}H", y + 1, x + 1)?;
        }
        (self.row, self.column) = (Some(y), Some(x));
        Ok(())
    }
}

/// What to write for a cell, how many columns it takes, and whether all terminals agree on that.
///
/// Texts come here cleaned; a control character that got this far all the same stops here.
fn measure(cell: &Cell) -> (&str, u16, bool) {
    let symbol = cell.symbol();
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some(' '..='~'), None) => (symbol, 1, true),
        // The bulk of Chinese text: symbols and punctuation, kana, ideographs, full-width forms.
        (
            Some('\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}'),
            None,
        ) => (symbol, 2, true),
        _ if symbol.width() == 0 || symbol.chars().any(char::is_control) => (" ", 1, true),
        (Some(c), None) => {
            let is_picture = c >= '\u{1f000}' || ('\u{2190}'..'\u{2c00}').contains(&c);
            (symbol, cell.cell_width(), !is_picture && c.width() == c.width_cjk())
        }
        _ => (symbol, cell.cell_width(), false),
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_some() && self.shown == Some(true) {
            // Where frames are not synchronised, a cursor that runs about is seen.
            self.hide_cursor()?;
        }
        for (x, y, cell) in content {
            let (symbol, columns, is_sure) = measure(cell);
            self.move_to(x, y)?;
            self.pen.change(Look::of(cell), &mut self.frame)?;
            self.frame.extend_from_slice(symbol.as_bytes());
            let after = x.saturating_add(columns);
            // At the right edge the cursor waits on the last cell or stands beyond it, as the terminal pleases.
            self.column = Some(after).filter(|after| is_sure && *after < self.size.width);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(false) {
            self.frame.extend_from_slice(b"\x1b[?25l");
            self.shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.frame.extend_from_slice(b"\x1b[?25h");
            self.shown = Some(true);
        }
        Ok(())
    }

    /// The place where the cursor is known to be; the terminal is never asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::new(self.column.unwrap_or(0), self.row.unwrap_or(0)))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.move_to(x.min(self.size.width.saturating_sub(1)), y.min(self.size.height.saturating_sub(1)))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        // Erasing paints with the pen's background.
        self.pen.change(Look::PLAIN, &mut self.frame)?;
        self.frame.extend_from_slice(match clear_type {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[0J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[0K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(self.frame.len() + BEGIN.len() + END.len());
        bytes.extend_from_slice(BEGIN);
        bytes.append(&mut self.frame);
        bytes.extend_from_slice(END);
        self.output.write_all(&bytes)?;
        self.output.flush()
    }
}

#[cfg(test)]
#[path = "backend_tests.rs"]
mod tests;
