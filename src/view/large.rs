//! Characters at twice their size, each in a block of cells (OSC 66, kitty's text sizing protocol).
//!
//! While the screen is drawn, a block is a character of the usual size in its first row, and blanks; all its cells have a
//! mark, which drawing over them removes. At the end the blocks that are whole become large characters, of which the
//! backend writes the first cell. The others stay as they are: spread, and legible.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::{Canvas, flag_letters};
use crate::typeset::grapheme_columns;

/// The mark of a cell of a large character, for which ratatui has no modifier. Nothing is hidden, so that one stands for it.
pub(crate) const LARGE: Modifier = Modifier::HIDDEN;
/// The symbol of the cells of a block but the first. Nothing else shows it, so that what takes their place is written.
const COVERED: &str = "\u{10fffc}";

impl Canvas<'_> {
    /// Writes a text of one line at twice its size into an area, rightwards from a column; returns the column after it. An
    /// area of one row has the spread characters.
    pub(super) fn put_large(&mut self, x: u16, area: Rect, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        let mut x = x;
        for symbol in text.graphemes(true) {
            // Terminals do not agree on flags; `set` takes them letter by letter.
            let letters = flag_letters(symbol).map(|letters| letters.map(String::from));
            let parts = letters.as_ref().map_or_else(
                || vec![symbol],
                |letters| letters.iter().map(String::as_str).collect(),
            );
            for part in parts {
                let columns = 2 * grapheme_columns(part, self.ambiguous) as u16;
                if x < area.x || x + columns > area.right() || area.height == 0 {
                    return x;
                }
                self.put_block(
                    Rect::new(x, area.y, columns, area.height.min(2)),
                    part,
                    style,
                );
                x += columns;
            }
        }
        x
    }

    fn put_block(&mut self, block: Rect, symbol: &str, style: Style) {
        if block.width == 0 {
            return;
        }
        self.fill(block, style);
        self.set(block.x, block.y, symbol, block.width / 2, style);
        if block.height == 2 {
            self.tint(block, Style::new().add_modifier(LARGE));
            self.large.push(block);
        }
    }

    /// Makes the blocks large of which nothing was drawn over.
    pub(super) fn settle_large(&mut self) {
        for block in std::mem::take(&mut self.large) {
            settle(self.buffer, block);
        }
    }
}

fn settle(buffer: &mut Buffer, block: Rect) {
    let is_marked = |at| buffer[at].modifier.contains(LARGE);
    let is_whole = block.positions().all(is_marked);
    for at in block.positions() {
        let cell = &mut buffer[at];
        if !is_whole {
            cell.modifier.remove(LARGE);
        } else if at != block.as_position() {
            cell.set_symbol(COVERED);
            cell.set_diff_option(CellDiffOption::Skip);
        }
    }
}
