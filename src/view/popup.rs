//! The popups over the panes: help, menu, outline, problems, a link's card.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::{Canvas, rect};
use super::theme::{Theme, Tone};
use crate::reader::{Popup, PopupLine, PopupLineKind};
use crate::typeset::cut;

/// Draws a popup: its frame with title and hint, its lines, and its scrollbar.
pub(super) fn draw(canvas: &mut Canvas<'_>, popup: &Popup, theme: &Theme) {
    let body = rect(popup.body);
    if popup.is_framed {
        draw_frame(canvas, rect(popup.frame()), popup, theme);
    } else {
        canvas.fill(body, theme.tone(Tone::Plain));
    }
    for (y, (line, is_selected)) in (body.y..body.bottom()).zip(popup.lines()) {
        draw_line(
            canvas,
            Rect {
                y,
                height: 1,
                ..body
            },
            popup.keys_columns,
            line,
            is_selected,
            theme,
        );
    }
    if popup.is_framed {
        let bar = Rect::new(
            rect(popup.frame()).right().saturating_sub(1),
            body.y,
            1,
            body.height,
        );
        canvas.scrollbar(bar, popup.bar(), theme);
    }
}

fn draw_frame(canvas: &mut Canvas<'_>, frame: Rect, popup: &Popup, theme: &Theme) {
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
    for (x, y, corner) in [
        (frame.x, frame.y, "╭"),
        (right, frame.y, "╮"),
        (frame.x, bottom, "╰"),
        (right, bottom, "╯"),
    ] {
        canvas.put(x, y, x + 1, corner, line);
    }
    inlay(
        canvas,
        frame,
        frame.y,
        popup.title(),
        theme.tone(Tone::Title),
    );
    inlay(canvas, frame, bottom, popup.hint(), theme.tone(Tone::Quiet));
}

/// Writes a text into a line of the frame, cut to its room.
fn inlay(canvas: &mut Canvas<'_>, frame: Rect, y: u16, text: &str, style: Style) {
    let room = frame.width.saturating_sub(6);
    if text.is_empty() || room < 4 {
        return;
    }
    let text = cut(text, room.into(), canvas.ambiguous);
    let text = format!(" {text} ");
    canvas.put(frame.x + 2, y, frame.right() - 1, &text, style);
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    area: Rect,
    keys_columns: u16,
    line: &PopupLine,
    is_selected: bool,
    theme: &Theme,
) {
    let over = canvas.fill_selected(area, is_selected.then(|| theme.tone(Tone::Selected)));
    let tone = match line.kind {
        PopupLineKind::Group => Tone::Title,
        PopupLineKind::Item | PopupLineKind::Text => Tone::Plain,
    };
    let mut x = area.x + line.indent;
    if line.kind == PopupLineKind::Item && keys_columns > 0 {
        canvas.put(
            x,
            area.y,
            x + keys_columns,
            &line.keys,
            over(theme.tone(Tone::Key)),
        );
        x += keys_columns;
    }
    let room = area.right().saturating_sub(x);
    let text = cut(&line.text, room.into(), canvas.ambiguous);
    canvas.put(x, area.y, area.right(), &text, over(theme.tone(tone)));
}
