//! A prompt: an input line, and the error in its text.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::reader::{PromptError, PromptLine};
use crate::typeset::{Ambiguous, columns, cut};

pub(super) const ERROR_ROWS: u16 = 4;

/// The side of the line on which its error is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorSide {
    Above,
    Below,
}

/// Draws an input line: its label, and its text with the error marked.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, line: &PromptLine<'_>, theme: &Theme) {
    let end = area.x + line.end;
    canvas.put(
        area.x + line.label_x,
        area.y,
        area.right(),
        line.label,
        theme.tone(Tone::Accent),
    );
    canvas.put(
        area.x + line.x,
        area.y,
        end,
        line.text,
        theme.tone(Tone::Plain),
    );
    if let Some(wrong) = &line.wrong {
        let lit = Rect {
            x: area.x + wrong.x,
            width: wrong.columns,
            height: 1,
            ..area
        };
        let style = theme.tone(Tone::Warning).add_modifier(Modifier::UNDERLINED);
        canvas.tint(
            lit.intersection(Rect {
                width: line.end,
                ..area
            }),
            style,
        );
    }
}

/// Draws an error beside the line, with a mark at its place: `┌ why` above it, `└ why` below, and
/// mirrored if the place is far to the right. A reason that fits on neither side of the mark takes
/// as many rows of the area as it needs, and the mark its own.
pub(super) fn draw_error(
    canvas: &mut Canvas<'_>,
    area: Rect,
    wrong: &PromptError<'_>,
    side: ErrorSide,
    theme: &Theme,
) {
    let style = theme.tone(Tone::Warning);
    let x = (area.x + wrong.x).min(area.right().saturating_sub(1));
    let (before, after) = (x - area.x, area.right() - x);
    let width = columns(wrong.reason, canvas.ambiguous) as u16;
    if width + 2 <= after || width < before || area.height < 2 {
        let y = if side == ErrorSide::Above {
            area.bottom() - 1
        } else {
            area.y
        };
        return draw_error_in_row(
            canvas,
            Rect {
                y,
                height: 1,
                ..area
            },
            wrong.reason,
            x,
            side,
            theme,
        );
    }
    let room = usize::from(area.width.saturating_sub(2));
    let lines = wrapped(
        wrong.reason,
        room,
        usize::from(area.height) - 1,
        canvas.ambiguous,
    );
    let height = lines.len() as u16 + 1;
    let (top, mark) = match side {
        ErrorSide::Above => (area.bottom() - height, area.bottom() - 1),
        ErrorSide::Below => (area.y + 1, area.y),
    };
    canvas.fill(
        Rect {
            y: top.min(mark),
            height,
            ..area
        },
        theme.tone(Tone::Plain),
    );
    canvas.put(x, mark, area.right(), "│", style);
    for (y, line) in (top..).zip(&lines) {
        canvas.put(area.x + 1, y, area.right(), line, style);
    }
}

/// Draws an error in one row, on the side of the mark with more room.
fn draw_error_in_row(
    canvas: &mut Canvas<'_>,
    area: Rect,
    reason: &str,
    x: u16,
    side: ErrorSide,
    theme: &Theme,
) {
    let style = theme.tone(Tone::Warning);
    let (left, right) = if side == ErrorSide::Above {
        ("┌", "┐")
    } else {
        ("└", "┘")
    };
    canvas.fill(area, theme.tone(Tone::Plain));
    let width = columns(reason, canvas.ambiguous) as u16;
    let (before, after) = (x - area.x, area.right() - x);
    if width + 2 <= after || after >= before {
        let x = canvas.put(x, area.y, area.right(), left, style);
        let reason = cut(
            reason,
            area.right().saturating_sub(x + 1).into(),
            canvas.ambiguous,
        );
        canvas.put(x + 1, area.y, area.right(), &reason, style);
    } else {
        let reason = cut(reason, before.saturating_sub(1).into(), canvas.ambiguous);
        let start = x.saturating_sub(columns(&reason, canvas.ambiguous) as u16 + 1);
        canvas.put(start, area.y, x, &reason, style);
        canvas.put(x, area.y, area.right(), right, style);
    }
}

/// A text broken into a limited number of lines of a limited number of columns: between words, and
/// within a word that is longer than a line, such as a path. The last line is cut if the text does
/// not fit.
pub(super) fn wrapped(text: &str, room: usize, most: usize, ambiguous: Ambiguous) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut is_new = true;
        for grapheme in std::iter::once("").chain(word.graphemes(true)) {
            let count = lines.len();
            let Some(line) = lines.last_mut() else { break };
            let wanted = if is_new {
                columns(word, ambiguous).min(room) + 1
            } else {
                columns(grapheme, ambiguous)
            };
            let fits = count >= most || columns(line, ambiguous) + wanted <= room;
            match (is_new, fits || line.is_empty()) {
                (true, true) if line.is_empty() => {}
                (true, true) => line.push(' '),
                (false, true) => line.push_str(grapheme),
                (_, false) => lines.push(grapheme.to_owned()),
            }
            is_new = false;
        }
    }
    lines
        .iter()
        .map(|line| cut(line, room, ambiguous).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::wrapped;
    use crate::typeset::Ambiguous;

    #[test]
    fn what_is_too_long_is_broken_between_words_and_then_cut() {
        let wrapped = |text, room, most| wrapped(text, room, most, Ambiguous::Narrow);
        assert_eq!(wrapped("one two three", 20, 3), ["one two three"]);
        assert_eq!(wrapped("one two three", 8, 3), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 8, 2), ["one two", "three f…"]);
        assert_eq!(
            wrapped("没有这个字段 three", 7, 3),
            ["没有这", "个字段", "three"]
        );
        assert_eq!(
            wrapped("saved in /a/very/long/path: it is so", 12, 9),
            ["saved in", "/a/very/long", "/path: it is", "so"]
        );
        assert_eq!(wrapped("", 7, 3), [""]);
    }
}
