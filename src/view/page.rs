//! The article's finished rows, with marks laid over them.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::markdown::Document;
use crate::typeset::{Origin, Piece, Row, Rows, columns};

/// A range of the document's text to be lit, and how.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Byte range of the document's text.
    pub(super) range: Range<u32>,
    /// How it is lit.
    pub(super) tone: Tone,
}

/// Draws one row of text at the top of an area, marks laid over it.
pub(super) fn draw_row(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (rows, row): (&Rows, &Row),
    document: &Document,
    theme: &Theme,
    marks: &[Mark],
) {
    for piece in rows.pieces_of(row) {
        let text = rows.text(piece, document);
        let x = area.x.saturating_add(piece.column);
        if x >= area.right() {
            break;
        }
        canvas.put(x, area.y, area.right(), text, theme.style(piece.role));
        if let Origin::Document(range) = &piece.origin {
            for mark in overlapping(marks, range) {
                light(canvas, area, (piece, text, range), mark, theme.tone(mark.tone));
            }
        }
    }
}

/// The marks, sorted and apart, that touch a range.
fn overlapping<'a>(marks: &'a [Mark], range: &Range<u32>) -> &'a [Mark] {
    let first = marks.partition_point(|mark| mark.range.end <= range.start);
    let last = marks.partition_point(|mark| mark.range.start < range.end);
    marks.get(first..last).unwrap_or(&[])
}

fn light(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (piece, text, range): (&Piece, &str, &Range<u32>),
    mark: &Mark,
    style: Style,
) {
    let cut = |at: u32| text.floor_char_boundary((at.clamp(range.start, range.end) - range.start) as usize);
    let (from, to) = (cut(mark.range.start), cut(mark.range.end));
    let ambiguous = canvas.ambiguous;
    let before = columns(&text[..from], ambiguous) as u16;
    let width = columns(&text[from..to], ambiguous) as u16;
    let x = area.x + piece.column + before;
    canvas.tint(Rect::new(x, area.y, width, 1).intersection(area), style);
}

/// Draws a thin scrollbar in one column: a faint track, and a thumb where the visible part lies.
///
/// `from` and `to` are the shares of the whole, 0 to 1, at the top and the bottom of what is visible; nothing is drawn where all is visible.
pub(super) fn draw_scrollbar(canvas: &mut Canvas<'_>, area: Rect, from: f32, to: f32, theme: &Theme) {
    if area.height < 2 || (from <= 0.0 && to >= 1.0) {
        return;
    }
    let height = f32::from(area.height);
    let length = ((to - from) * height).round().clamp(1.0, height) as u16;
    let room = area.height - length;
    let top = if to >= 1.0 { room } else { ((from * height).round() as u16).min(room.saturating_sub(1)) };
    canvas.column(area.x, area.y, area.bottom(), "│", theme.tone(Tone::Faint));
    canvas.column(area.x, area.y + top, area.y + top + length, "┃", theme.tone(Tone::Quiet));
}
