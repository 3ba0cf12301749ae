//! The popups over the panes: help, menu, outline, problems, a link's card, libraries.

use ratatui::layout::Rect;

use super::canvas::{Canvas, rect};
use super::theme::Tone;
use crate::reader::{Popup, PopupLine};
use crate::typeset::{cut, cut_start};

/// Draws a popup: its frame with title and hint, its lines, and its scrollbar.
pub(super) fn draw(canvas: &mut Canvas<'_>, popup: &Popup) {
    let (body, frame) = (rect(popup.body), rect(popup.frame()));
    // A blank column on either side keeps the frame apart from the lines of the panes.
    let x = frame.x.saturating_sub(1);
    let width = frame.right() + 1 - x;
    canvas.fill(Rect { x, width, ..frame }, canvas.tone(Tone::Plain));
    if popup.is_framed {
        draw_frame(canvas, frame, popup);
    }
    for (y, (line, is_selected)) in (0..body.height).zip(popup.lines()) {
        draw_line(canvas, body, y, line, is_selected, popup);
        for (column, line) in (1..).zip(&line.beside) {
            let x = (column * popup.column_step).min(body.width);
            let part = Rect {
                x: body.x + x,
                width: body.width - x,
                ..body
            };
            draw_line(canvas, part, y, line, false, popup);
        }
    }
    if popup.is_framed {
        let bar = Rect {
            x: frame.x,
            width: frame.width,
            ..body
        };
        canvas.scrollbar(bar, popup.bar());
    }
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    area: Rect,
    y: u16,
    line: &PopupLine,
    is_selected: bool,
    popup: &Popup,
) {
    let mut row = canvas.list_row(area, y, is_selected.then_some(Tone::Selected));
    row = row.skip(line.indent);
    let tone = if line.is_title {
        Tone::Title
    } else {
        Tone::Plain
    };
    if !line.is_title && popup.keys_columns > 0 {
        let x = row.x + popup.keys_columns;
        row = row.put(&line.keys, line.colour.map_or(Tone::Key, Tone::Highlight));
        row.x = x;
    }
    if popup.shows_ends() {
        let text = cut_start(&line.text, row.room().into(), row.canvas.ambiguous);
        row.put(&text, tone);
    } else {
        row.put(&line.text, tone);
    }
}

fn draw_frame(canvas: &mut Canvas<'_>, frame: Rect, popup: &Popup) {
    let (right, bottom) = (frame.width - 1, frame.height - 1);
    for (x, y) in (0..=right).flat_map(|x| (0..=bottom).map(move |y| (x, y))) {
        let symbol = match (x, y) {
            (0, 0) => "╭",
            (0, y) if y == bottom => "╰",
            (x, 0) if x == right => "╮",
            (x, y) if (x, y) == (right, bottom) => "╯",
            (x, _) if x == 0 || x == right => "│",
            (_, y) if y == 0 || y == bottom => "─",
            _ => continue,
        };
        let (x, style) = (frame.x + x, canvas.tone(Tone::Accent));
        canvas.put_own(x, frame.y + y, x + 1, symbol, style);
    }
    let room = frame.width.saturating_sub(6);
    for (y, text, tone) in [
        (0, popup.title(), Tone::Title),
        (bottom, popup.hint(), Tone::Quiet),
    ] {
        let text = canvas.spelled(text);
        let text = cut(&text, room.into(), canvas.ambiguous);
        canvas
            .line(frame, y)
            .skip(2)
            .put(&format!(" {text} "), tone);
    }
}
