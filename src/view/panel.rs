//! The panels that float over the panes: help, menu, outline, problems, a link's card.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::page;
use super::theme::{Theme, Tone};
use crate::reader::{Popup, PopupLineKind, PopupRow, ScreenRect};
use crate::typeset::{columns, cut};

/// Draws an overlay: its frame with title and hint, its lines, and its scrollbar.
pub(super) fn draw(canvas: &mut Canvas<'_>, overlay: &Popup, theme: &Theme) {
    let body = rect(overlay.body);
    if overlay.is_framed {
        draw_frame(canvas, rect(overlay.frame()), overlay, theme);
    }
    if !overlay.is_framed {
        canvas.fill(body, theme.tone(Tone::Plain));
    }
    for (y, line) in (body.y..body.bottom()).zip(overlay.lines()) {
        draw_line(canvas, Rect { y, height: 1, ..body }, overlay.keys_columns, &line, theme);
    }
    if overlay.is_framed {
        let (from, to) = overlay.bar();
        let bar = Rect::new(rect(overlay.frame()).right().saturating_sub(1), body.y, 1, body.height);
        page::draw_scrollbar(canvas, bar, from, to, theme);
    }
}

fn draw_frame(canvas: &mut Canvas<'_>, frame: Rect, overlay: &Popup, theme: &Theme) {
    let frame = frame.intersection(canvas.buffer.area);
    if frame.width < 2 || frame.height < 2 {
        return;
    }
    let (right, bottom) = (frame.right() - 1, frame.bottom() - 1);
    let line = theme.tone(Tone::Accent);
    canvas.fill(frame, theme.tone(Tone::Plain));
    canvas.row(frame.x + 1, right, frame.y, "─", line);
    canvas.row(frame.x + 1, right, bottom, "─", line);
    canvas.column(frame.x, frame.y + 1, bottom, "│", line);
    canvas.column(right, frame.y + 1, bottom, "│", line);
    for (x, y, corner) in [(frame.x, frame.y, "╭"), (right, frame.y, "╮"), (frame.x, bottom, "╰"), (right, bottom, "╯")]
    {
        canvas.put(x, y, x + 1, corner, line);
    }
    inlay(canvas, frame, frame.y, overlay.title(), theme.tone(Tone::Title));
    inlay(canvas, frame, bottom, overlay.hint(), theme.tone(Tone::Quiet));
}

/// Sets a text into a line of the frame, cut to its room.
fn inlay(canvas: &mut Canvas<'_>, frame: Rect, y: u16, text: &str, style: ratatui::style::Style) {
    let room = frame.width.saturating_sub(6);
    if text.is_empty() || room < 4 {
        return;
    }
    let text = cut(text, room.into(), canvas.ambiguous);
    let text = format!(" {text} ");
    canvas.put(frame.x + 2, y, frame.right() - 1, &text, style);
}

fn draw_line(canvas: &mut Canvas<'_>, area: Rect, keys_columns: u16, line: &PopupRow<'_>, theme: &Theme) {
    let selected = line.is_selected.then(|| theme.tone(Tone::Selected));
    if let Some(style) = selected {
        canvas.fill(area, style);
    }
    let over = |style: ratatui::style::Style| selected.map_or(style, |selected| selected.patch(style));
    let tone = match line.kind {
        PopupLineKind::Group => Tone::Title,
        PopupLineKind::Item | PopupLineKind::Text => Tone::Plain,
    };
    let mut x = area.x + line.indent;
    if line.kind == PopupLineKind::Item && keys_columns > 0 {
        canvas.put(x, area.y, x + keys_columns, line.keys, over(theme.tone(Tone::Key)));
        x += keys_columns;
    }
    let room = area.right().saturating_sub(x);
    debug_assert!(columns(&cut(line.text, room.into(), canvas.ambiguous), canvas.ambiguous) <= room.into());
    let text = cut(line.text, room.into(), canvas.ambiguous);
    canvas.put(x, area.y, area.right(), &text, over(theme.tone(tone)));
}

/// A pane of the reader as a rectangle.
pub(super) const fn rect(pane: ScreenRect) -> Rect {
    Rect { x: pane.x, y: pane.y, width: pane.columns, height: pane.rows }
}
