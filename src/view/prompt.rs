//! A prompt: an input line, and the error in its text.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::theme::Tone;
use crate::reader::{PromptError, PromptLine, wrapped};
use crate::typeset::{Ambiguous, cut};

pub(super) const ERROR_ROWS: u16 = 4;

/// Draws an input line: its label, and its text with the error marked.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, line: &PromptLine<'_>) {
    let text = Rect {
        width: line.end,
        height: 1,
        ..area
    };
    let label = canvas.line(area, 0).skip(line.label_x);
    label.put(line.label, Tone::Accent);
    let tone = if line.is_selected {
        Tone::Selected
    } else {
        Tone::Plain
    };
    canvas.line(text, 0).skip(line.x).put_words(line.text, tone);
    if let Some(wrong) = &line.wrong {
        let lit = Rect {
            x: area.x + wrong.x,
            width: wrong.columns,
            ..text
        };
        let style = canvas
            .tone(Tone::Warning)
            .add_modifier(Modifier::UNDERLINED);
        canvas.tint(lit.intersection(text), style);
    }
}

/// Draws an error above or below the line, with a mark at its place: `┌ why` above it, `└ why` below, and
/// mirrored if the place is far to the right. A reason that fits on neither side of the mark takes
/// as many rows of the area as it needs, and the mark its own.
pub(super) fn draw_error(
    canvas: &mut Canvas<'_>,
    area: Rect,
    wrong: &PromptError<'_>,
    is_above: bool,
) {
    let x = wrong.x.min(area.width.saturating_sub(1));
    let (before, after) = (x, area.width - x);
    let width = canvas.columns(wrong.reason);
    let mark = if is_above { area.height - 1 } else { 0 };
    let fits_right = width + 2 <= after;
    if fits_right || width < before || area.height < 2 {
        fill_rows(canvas, area, mark, 1);
        if fits_right || after >= before {
            let corner = if is_above { "┌" } else { "└" };
            let line = canvas.line(area, mark).skip(x).put(corner, Tone::Warning);
            line.skip(1).put(wrong.reason, Tone::Warning);
        } else {
            let corner = if is_above { "┐" } else { "┘" };
            let reason = cut(
                wrong.reason,
                before.saturating_sub(1).into(),
                canvas.ambiguous,
            );
            let start = x.saturating_sub(canvas.columns(&reason) + 1);
            canvas
                .line(area, mark)
                .skip(start)
                .put(&reason, Tone::Warning);
            canvas.line(area, mark).skip(x).put(corner, Tone::Warning);
        }
        return;
    }
    let room = area.width.saturating_sub(2);
    let most = usize::from(area.height) - 1;
    let lines = lines(wrong.reason, room, most, canvas.ambiguous);
    let height = lines.len() as u16;
    let top = if is_above { mark - height } else { 1 };
    fill_rows(canvas, area, top.min(mark), height + 1);
    canvas.line(area, mark).skip(x).put("│", Tone::Warning);
    put_lines(canvas, area, top, &lines, Tone::Warning);
}

/// Writes lines of text from a row of an area on.
pub(super) fn put_lines(
    canvas: &mut Canvas<'_>,
    area: Rect,
    top: u16,
    lines: &[String],
    tone: Tone,
) {
    for (y, line) in (top..).zip(lines) {
        canvas.line(area, y).skip(1).put(line, tone);
    }
}

pub(super) fn fill_rows(canvas: &mut Canvas<'_>, area: Rect, top: u16, height: u16) {
    let rows = Rect {
        y: area.y + top,
        height,
        ..area
    };
    canvas.fill(rows, canvas.tone(Tone::Plain));
}

/// A text in a limited number of lines. The last is cut if the text does not fit.
pub(super) fn lines(text: &str, room: u16, most: usize, ambiguous: Ambiguous) -> Vec<String> {
    let mut lines = wrapped(text, room, ambiguous);
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(cut(&rest, room.into(), ambiguous).into_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::typeset::Ambiguous;

    #[test]
    fn what_is_too_long_is_broken_between_words_and_then_cut() {
        let lines = |text, room, most| lines(text, room, most, Ambiguous::Narrow);
        assert_eq!(lines("one two three", 20, 3), ["one two three"]);
        assert_eq!(lines("one two three", 8, 3), ["one two", "three"]);
        assert_eq!(lines("one two three four", 8, 2), ["one two", "three f…"]);
        assert_eq!(
            lines("没有这个字段 three", 7, 3),
            ["没有这", "个字段", "three"]
        );
        assert_eq!(
            lines("saved in /a/very/long/path: it is so", 12, 9),
            ["saved in", "/a/very/", "long/path:", "it is so"]
        );
        assert!(lines("", 7, 3).is_empty());
    }
}
