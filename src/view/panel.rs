//! A panel that floats over the panes: the frame of every overlay.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::typeset::columns;

/// Draws an empty panel with a title in the middle of an area, no larger than that; gives the area inside its frame.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    within: Rect,
    wanted_columns: u16,
    wanted_rows: u16,
    title: &str,
    theme: &Theme,
) -> Rect {
    let width = wanted_columns.saturating_add(4).min(within.width);
    let height = wanted_rows.saturating_add(2).min(within.height);
    let area = Rect::new(within.x + (within.width - width) / 2, within.y + (within.height - height) / 2, width, height);
    if width < 6 || height < 3 {
        canvas.fill(area, theme.tone(Tone::Plain));
        return area;
    }
    canvas.fill(area, theme.tone(Tone::Plain));
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let line = theme.tone(Tone::Accent);
    canvas.row(area.x + 1, right, area.y, "─", line);
    canvas.row(area.x + 1, right, bottom, "─", line);
    canvas.column(area.x, area.y + 1, bottom, "│", line);
    canvas.column(right, area.y + 1, bottom, "│", line);
    for (x, y, corner) in [(area.x, area.y, "╭"), (right, area.y, "╮"), (area.x, bottom, "╰"), (right, bottom, "╯")]
    {
        canvas.put(x, y, x + 1, corner, line);
    }
    if !title.is_empty() && columns(title, canvas.ambiguous) + 6 <= usize::from(width) {
        let x = canvas.put(area.x + 2, area.y, right, " ", line);
        let x = canvas.put(x, area.y, right, title, theme.tone(Tone::Title));
        canvas.put(x, area.y, right, " ", line);
    }
    Rect::new(area.x + 2, area.y + 1, width - 4, height - 2)
}
