//! The backend: turns changed cells into bytes, each frame in one write.
//!
//! `CrosstermBackend` moves the cursor before every cell that follows a wide one, so a Chinese
//! screen of 160×45 takes 65 KB instead of 18. This backend tracks the cursor and moves it only
//! where it cannot know where the cursor is: after characters of ambiguous width.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use crossterm::cursor::{Hide, MoveRight, MoveTo, MoveToColumn, Show};
use crossterm::style::{Attribute, SetAttribute, SetStyle};
use crossterm::terminal::{self, BeginSynchronizedUpdate, Clear, EndSynchronizedUpdate};
use crossterm::{Command, QueueableCommand, queue};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::terminal::content_style;
use crate::reader::Area;
use crate::view::{LARGE, strip_of, with_one_underline};

/// A ratatui backend over any output. It is given its size, so that the model and the cells always
/// agree on it.
#[derive(Debug)]
pub(super) struct Screen<W> {
    output: W,
    /// The bytes of the next frame.
    frame: Vec<u8>,
    size: Size,
    /// The style the terminal writes with now.
    style: Style,
    /// The row and column of the terminal's cursor, where they are known.
    row: Option<u16>,
    column: Option<u16>,
    is_cursor_shown: Option<bool>,
    /// The targets of the links in the next frame by their numbers; see `view/hyperlink.rs`.
    pub(super) hyperlinks: Vec<(Color, String)>,
    /// The number of the link that the terminal writes with now.
    hyperlink: Option<Color>,
    /// The strips of pictures by their numbers; see `view/pictures.rs`.
    pub(super) strips: HashMap<u32, Arc<str>>,
    /// The cells of the large characters on the terminal; see `view/large.rs`.
    large: Vec<Rect>,
}

/// Begins a link, or ends it. A link that begins twice with one number is one link.
struct Hyperlink<'a>(Option<&'a (Color, String)>);

impl Command for Hyperlink<'_> {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        match self.0 {
            Some((Color::Rgb(red, green, blue), target)) => {
                write!(f, "\x1b]8;id={red:02x}{green:02x}{blue:02x};{target}\x1b\\")
            }
            _ => f.write_str("\x1b]8;;\x1b\\"),
        }
    }
}

impl<W: Write> Screen<W> {
    pub(super) fn new(output: W, area: Area) -> Self {
        Self {
            output,
            frame: Vec::new(),
            size: Size::new(area.columns, area.rows),
            style: plain(),
            row: None,
            column: None,
            is_cursor_shown: None,
            hyperlinks: Vec::new(),
            hyperlink: None,
            strips: HashMap::new(),
            large: Vec::new(),
        }
    }

    /// Sets the screen's size. The cursor is unknown afterwards: terminals differ in where a resize
    /// leaves it.
    pub(super) fn resize(&mut self, area: Area) {
        self.size = Size::new(area.columns, area.rows);
        self.invalidate();
    }

    /// Forgets the state of the terminal, since another program may have written to it.
    pub(super) fn invalidate(&mut self) {
        self.style = plain();
        self.row = None;
        self.column = None;
        self.is_cursor_shown = None;
        self.queue(SetAttribute(Attribute::Reset));
    }

    /// Adds to the next frame a command that does not move the cursor: a copy to the clipboard, a
    /// mode.
    pub(super) fn queue(&mut self, command: impl Command) {
        let written = self.frame.queue(command);
        debug_assert!(written.is_ok(), "a vector takes all bytes");
    }

    fn move_to(&mut self, x: u16, y: u16) -> io::Result<()> {
        if self.row == Some(y) {
            match self.column {
                Some(column) if column == x => return Ok(()),
                Some(column) if column < x => queue!(self.frame, MoveRight(x - column))?,
                _ if x == 0 => self.frame.push(b'\r'),
                _ => queue!(self.frame, MoveToColumn(x))?,
            }
        } else if x == 0 && self.row.is_some_and(|row| row + 1 == y) {
            self.frame.extend_from_slice(b"\r\n");
        } else {
            queue!(self.frame, MoveTo(x, y))?;
        }
        self.row = Some(y);
        self.column = Some(x);
        Ok(())
    }

    /// Begins or ends a link, if the terminal writes with another one.
    fn set_hyperlink(&mut self, number: Option<Color>) -> io::Result<()> {
        if number == self.hyperlink {
            return Ok(());
        }
        let link = self
            .hyperlinks
            .iter()
            .find(|(other, _)| Some(*other) == number);
        let new = link.map(|(number, _)| *number);
        if new != self.hyperlink {
            queue!(self.frame, Hyperlink(link))?;
            self.hyperlink = new;
        }
        Ok(())
    }

    /// Erases the large characters over which something is written: a terminal passes over their lower rows. Blanks in the
    /// first row of one replace all of it.
    fn erase_large(&mut self, changed: &[(u16, u16, &Cell)]) -> io::Result<()> {
        let is_written = |block: &Rect| {
            let mut cells = changed.iter().map(|(x, y, cell)| block_of(*x, *y, cell));
            cells.any(|cells| cells.intersects(*block))
        };
        let (erased, kept) = std::mem::take(&mut self.large)
            .into_iter()
            .partition(is_written);
        self.large = kept;
        let erased: Vec<Rect> = erased;
        for block in erased {
            self.move_to(block.x, block.y)?;
            self.set_style(plain())?;
            self.frame.extend((0..block.width).map(|_| b' '));
            self.advance(block.right(), true);
        }
        Ok(())
    }

    /// Writes a large character, whose width is given, so that the terminal cannot take another.
    fn write_large(&mut self, block: Rect, symbol: &str) -> io::Result<()> {
        self.large.push(block);
        write!(
            self.frame,
            "\x1b]66;s=2:w={};{symbol}\x1b\\",
            block.width / 2
        )?;
        self.advance(block.right(), true);
        Ok(())
    }

    /// Takes up the column after what was written.
    fn advance(&mut self, after: u16, is_certain: bool) {
        // At the right edge some terminals leave the cursor on the last cell, others beyond it.
        self.column = Some(after).filter(|after| is_certain && *after < self.size.width);
    }

    /// Changes the terminal's style; writes only what differs. An attribute is removed by resetting
    /// all of them, since bold and dim share the code that removes them.
    fn set_style(&mut self, new: Style) -> io::Result<()> {
        if new == self.style {
            return Ok(());
        }
        if new == plain() || !new.add_modifier.contains(self.style.add_modifier) {
            queue!(self.frame, SetAttribute(Attribute::Reset))?;
            self.style = plain();
        }
        let change = Style {
            fg: new.fg.filter(|_| new.fg != self.style.fg),
            bg: new.bg.filter(|_| new.bg != self.style.bg),
            underline_color: new
                .underline_color
                .filter(|_| new.underline_color != self.style.underline_color),
            add_modifier: new.add_modifier - self.style.add_modifier,
            ..Style::new()
        };
        self.style = new;
        queue!(self.frame, SetStyle(content_style(change)))
    }
}

/// The style of a terminal whose attributes were reset.
const fn plain() -> Style {
    Cell::EMPTY.style()
}

/// The cells that a cell with its character takes.
fn block_of(x: u16, y: u16, cell: &Cell) -> Rect {
    let columns = cell.cell_width().max(1);
    if cell.modifier.contains(LARGE) {
        Rect::new(x, y, 2 * columns, 2)
    } else {
        Rect::new(x, y, columns, 1)
    }
}

/// What to write for a cell, how many columns it takes, and whether all terminals agree on that
/// width.
///
/// Text is cleaned before it gets here; a control character that slips through all the same becomes
/// a space.
fn measure(cell: &Cell) -> (&str, u16, bool) {
    let symbol = cell.symbol();
    if strip_of(cell).is_some() || symbol.width() == 0 || symbol.chars().any(char::is_control) {
        return (" ", 1, true);
    }
    let mut chars = symbol.chars();
    let is_certain = chars.next().is_some_and(|c| {
        let is_pictograph = c >= '\u{1f000}' || ('\u{2190}'..'\u{2c00}').contains(&c);
        !is_pictograph && c.width() == c.width_cjk()
    });
    let is_single = chars.next().is_none();
    (symbol, cell.cell_width(), is_certain && is_single)
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let content: Vec<_> = content.collect();
        if !content.is_empty() && self.is_cursor_shown == Some(true) {
            // A terminal without synchronised updates would show the cursor as it moves about.
            self.hide_cursor()?;
        }
        if !self.large.is_empty() {
            self.erase_large(&content)?;
        }
        for (x, y, cell) in content {
            self.move_to(x, y)?;
            let strip = strip_of(cell).and_then(|number| self.strips.get(&number));
            if let Some(strip) = strip.map(Arc::clone) {
                self.set_hyperlink(None)?;
                // It erases what is below it.
                let fg = plain().fg;
                self.set_style(Style { fg, ..cell.style() })?;
                self.frame.extend_from_slice(strip.as_bytes());
                (self.row, self.column) = (None, None);
                continue;
            }
            let (symbol, columns, is_width_certain) = measure(cell);
            let style = cell.style();
            self.set_hyperlink(
                style
                    .underline_color
                    .filter(|number| *number != Color::Reset),
            )?;
            self.set_style(Style {
                underline_color: plain().underline_color,
                add_modifier: with_one_underline(style.add_modifier) - LARGE,
                ..style
            })?;
            if cell.modifier.contains(LARGE) {
                self.write_large(block_of(x, y, cell), symbol)?;
                continue;
            }
            self.frame.extend_from_slice(symbol.as_bytes());
            self.advance(x.saturating_add(columns), is_width_certain);
        }
        self.set_hyperlink(None)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.is_cursor_shown != Some(false) {
            queue!(self.frame, Hide)?;
            self.is_cursor_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.is_cursor_shown != Some(true) {
            queue!(self.frame, Show)?;
            self.is_cursor_shown = Some(true);
        }
        Ok(())
    }

    /// Where the cursor is as far as that is known; the terminal is never asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::new(
            self.column.unwrap_or(0),
            self.row.unwrap_or(0),
        ))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.move_to(
            x.min(self.size.width.saturating_sub(1)),
            y.min(self.size.height.saturating_sub(1)),
        )
    }

    fn clear(&mut self) -> io::Result<()> {
        // A terminal erases with the background it writes with.
        self.set_style(plain())?;
        self.large.clear();
        queue!(self.frame, Clear(terminal::ClearType::All))
    }

    /// The reader has the whole screen, so no other region is ever cleared.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(self.frame.len() + 16);
        queue!(bytes, BeginSynchronizedUpdate)?;
        bytes.append(&mut self.frame);
        queue!(bytes, EndSynchronizedUpdate)?;
        self.output.write_all(&bytes)?;
        self.output.flush()
    }
}

#[cfg(test)]
#[path = "backend_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "large_tests.rs"]
mod large_tests;
