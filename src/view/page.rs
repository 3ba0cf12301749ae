//! The article's finished rows, with highlights laid over them.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::reader::{HeaderPart, LinkHint, Model, Page, PageRow, PageSource, Stacking};
use crate::typeset::{Origin, Piece, columns};

/// Draws the visible rows of the page, the hints on its links, and the scrollbar.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let Some(page) = model.page() else { return };
    for row in page.visible_rows() {
        let y = area.y + row.y;
        if y >= area.bottom() {
            continue;
        }
        if row.stacking == Stacking::Unfolded && row.x > 1 {
            canvas.put(
                area.x + row.x - 2,
                y,
                area.right(),
                "┊",
                theme.tone(Tone::Quiet),
            );
        } else if row.is_current && row.x > 1 && row.source != PageSource::Header {
            canvas.put(
                area.x + row.x - 2,
                y,
                area.right(),
                "▏",
                theme.tone(Tone::Accent),
            );
        }
        let line = Rect {
            x: area.x + row.x,
            y,
            width: area.width.saturating_sub(row.x),
            height: 1,
        };
        draw_row(canvas, line, page, &row, theme);
    }
    for (hint, is_selected) in model.link_hints.iter() {
        draw_hint(canvas, area, hint, is_selected, theme);
    }
    if area.width > 3 {
        let bar = Rect {
            x: area.right() - 1,
            width: 1,
            ..area
        };
        canvas.scrollbar(bar, page.bar(), theme);
    }
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, page: &Page, row: &PageRow<'_>, theme: &Theme) {
    for piece in row.rows.pieces_of(row.row) {
        let text = row.rows.text(piece, row.document);
        let x = area.x.saturating_add(piece.column);
        if x >= area.right() {
            break;
        }
        canvas.put(x, area.y, area.right(), text, style(row, piece, theme));
        if let Origin::Document(range) = &piece.origin {
            for mismatch in page.mismatch_ranges(row.source, range) {
                highlight(
                    canvas,
                    area,
                    (piece, text, range),
                    mismatch,
                    theme.tone(Tone::Mismatch),
                );
            }
            for found in page.highlights(row.source, range) {
                let tone = if found.is_current {
                    Tone::CurrentMatch
                } else {
                    Tone::Match
                };
                highlight(
                    canvas,
                    area,
                    (piece, text, range),
                    &found.range,
                    theme.tone(tone),
                );
            }
        }
    }
}

fn style(row: &PageRow<'_>, piece: &Piece, theme: &Theme) -> Style {
    match row.header {
        None if row.stacking != Stacking::Beside => {
            theme.tone(Tone::Quiet).patch(theme.style(piece.role))
        }
        None => theme.style(piece.role),
        Some(HeaderPart::Title) => theme.tone(Tone::Headline),
        Some(HeaderPart::Facts | HeaderPart::Link) => theme.tone(Tone::Quiet),
        Some(HeaderPart::Problem) => theme.tone(Tone::Warning),
        Some(HeaderPart::Rule) => theme.tone(Tone::Faint),
    }
}

/// Draws the letters of a hint over the beginning of its link.
fn draw_hint(
    canvas: &mut Canvas<'_>,
    area: Rect,
    hint: &LinkHint,
    is_selected: bool,
    theme: &Theme,
) {
    let tone = if is_selected {
        Tone::CurrentMatch
    } else {
        Tone::Label
    };
    let (x, y) = (area.x + hint.x, area.y + hint.y);
    if y < area.bottom() {
        canvas.put(x, y, area.right(), &hint.letters, theme.tone(tone));
    }
}

/// Adds a style to the part of a piece that is in a byte range.
fn highlight(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (piece, text, range): (&Piece, &str, &Range<u32>),
    highlighted: &Range<u32>,
    style: Style,
) {
    let cut = |at: u32| {
        text.floor_char_boundary((at.clamp(range.start, range.end) - range.start) as usize)
    };
    let (from, to) = (cut(highlighted.start), cut(highlighted.end));
    let ambiguous = canvas.ambiguous;
    let before = columns(&text[..from], ambiguous) as u16;
    let width = columns(&text[from..to], ambiguous) as u16;
    let x = area.x + piece.column + before;
    canvas.tint(Rect::new(x, area.y, width, 1).intersection(area), style);
}
