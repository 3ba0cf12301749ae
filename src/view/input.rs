//! An input line, and what is wrong with what is in it.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::reader::{PromptLine, Wrong};
use crate::typeset::{columns, cut};

/// On which side of its line a mistake is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In the row above.
    Above,
    /// In the row below.
    Below,
}

/// Draws an input line: its label, its text, and in it what is wrong.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, line: &PromptLine<'_>, theme: &Theme) {
    let end = area.x + line.end;
    canvas.put(area.x + line.label_x, area.y, area.right(), line.label, theme.tone(Tone::Accent));
    canvas.put(area.x + line.x, area.y, end, line.text, theme.tone(Tone::Plain));
    if let Some(wrong) = &line.wrong {
        let lit = Rect { x: area.x + wrong.x, width: wrong.columns, height: 1, ..area };
        let style = theme.tone(Tone::Warning).add_modifier(Modifier::UNDERLINED);
        canvas.tint(lit.intersection(Rect { width: line.end, ..area }), style);
    }
}

/// Tells what is wrong in a row beside the line, with a mark at its place: `┌ why` above it, `└ why` below, and turned round where it stands far to the right.
pub(super) fn draw_mistake(canvas: &mut Canvas<'_>, area: Rect, wrong: &Wrong<'_>, side: Side, theme: &Theme) {
    let style = theme.tone(Tone::Warning);
    let (left, right) = if side == Side::Above { ("┌", "┐") } else { ("└", "┘") };
    canvas.fill(area, theme.tone(Tone::Plain));
    let x = (area.x + wrong.x).min(area.right().saturating_sub(1));
    let width = columns(wrong.reason, canvas.ambiguous) as u16;
    let (before, after) = (x - area.x, area.right() - x);
    if width + 2 <= after || after >= before {
        let x = canvas.put(x, area.y, area.right(), left, style);
        let reason = cut(wrong.reason, area.right().saturating_sub(x + 1).into(), canvas.ambiguous);
        canvas.put(x + 1, area.y, area.right(), &reason, style);
    } else {
        let reason = cut(wrong.reason, before.saturating_sub(1).into(), canvas.ambiguous);
        let start = x.saturating_sub(columns(&reason, canvas.ambiguous) as u16 + 1);
        canvas.put(start, area.y, x, &reason, style);
        canvas.put(x, area.y, area.right(), right, style);
    }
}
