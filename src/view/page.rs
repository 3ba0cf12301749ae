//! The article's finished rows, with highlights laid over them.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::hyperlink;
use super::theme::{Theme, Tone};
use crate::digest::names_structure;
use crate::markdown::Inline;
use crate::reader::{
    HeaderPart, LinkHints, MarkKind, Model, Page, PageRow, PageSource, Stacking, TextMark,
};
use crate::typeset::{Origin, Piece, Role, RoleKind};

/// Draws the visible rows of the page, the hints on its links, and the scrollbar.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let Some(page) = model.page() else {
        if model.is_loading() && area.height > 0 {
            canvas
                .line(area, 0)
                .skip(3)
                .put(tr!("Reading …"), Tone::Quiet);
        }
        return;
    };
    draw_page(canvas, area, page, &model.link_hints);
}

/// Draws the visible rows of a page and its scrollbar.
pub(super) fn draw_page(canvas: &mut Canvas<'_>, area: Rect, page: &Page, hints: &LinkHints) {
    let mut begun = None;
    let marks = page.marks();
    for row in page.visible_rows().filter(|row| row.y < area.height) {
        let is_current = row.is_current
            && row.source != PageSource::Header
            && row.stacking != Stacking::Unfolded;
        let mark = if is_current && begun.replace(row.source) != Some(row.source) {
            Some(("▌", Tone::Accent))
        } else if row.stacking != Stacking::Beside {
            Some(("┊", Tone::Quiet))
        } else if is_current {
            Some(("▏", Tone::Faint))
        } else {
            None
        };
        let bytes = &row.row.range;
        if row.x > 0 && row.header.is_none() && page.has_note_in(row.source, bytes) {
            canvas
                .line(area, row.y)
                .skip(row.x - 1)
                .put("✎", Tone::Quiet);
        }
        if let Some((mark, tone)) = mark.filter(|_| row.x > 1) {
            canvas.line(area, row.y).skip(row.x - 2).put(mark, tone);
        }
        let line = Rect {
            x: area.x + row.x,
            y: area.y + row.y,
            width: area.width.saturating_sub(row.x),
            height: 1,
        };
        draw_row(canvas, line, page, (&row, &marks), hints);
    }
    canvas.scrollbar(area, page.bar());
}

/// Draws a row. The hints of its links stand before them and move the rest to the right.
fn draw_row(
    canvas: &mut Canvas<'_>,
    area: Rect,
    page: &Page,
    (row, marks): (&PageRow<'_>, &[TextMark]),
    hints: &LinkHints,
) {
    let mut hint_columns = 0;
    for piece in row.rows.pieces_of(row.row) {
        let text = row.rows.text(piece, row.document);
        let mut x = area.x.saturating_add(piece.column + hint_columns);
        if let Some((hint, is_selected)) = hints.at(row.x + piece.column, row.y) {
            let tone = if is_selected {
                Tone::CurrentMatch
            } else {
                Tone::Label
            };
            let style = canvas.tone(tone);
            let end = canvas.put(x, area.y, area.right(), &format!("[{hint}]"), style);
            hint_columns += end - x;
            x = end;
        }
        if x >= area.right() {
            break;
        }
        let mut style = style(row, piece, canvas.theme);
        if let Some(link) = piece.link.filter(|_| canvas.has_hyperlinks) {
            let link = row.document.links.get(link as usize);
            style.underline_color = link.and_then(|link| hyperlink::number(&link.target));
        }
        let end = area.right();
        let Origin::Document(range) = &piece.origin else {
            canvas.put_own(x, area.y, end, text, style);
            continue;
        };
        if row.header == Some(HeaderPart::Facts) {
            canvas.put_own(x, area.y, end, text, style);
        } else {
            let mut x = x;
            for (part, style) in canvas.theme.parts(row.document, piece, text, style) {
                x = canvas.put(x, area.y, end, part, style);
            }
        }
        let piece_area = Rect {
            x,
            width: area.right() - x,
            ..area
        };
        for mark in marks.iter().filter(|mark| mark.source == row.source) {
            let tone = match mark.kind {
                MarkKind::Apart => Tone::Apart,
                MarkKind::Answers => Tone::Answers,
                MarkKind::Highlighted(colour) => Tone::Highlight(colour),
                MarkKind::Kept => Tone::Kept,
                MarkKind::Known => Tone::Known,
                MarkKind::Lit => Tone::Lit,
                MarkKind::Selected => Tone::Selected,
            };
            highlight(canvas, piece_area, (text, piece), &mark.range, tone);
        }
        for (part, role) in page.code_parts(row.source, range) {
            highlight(canvas, piece_area, (text, piece), part, Tone::Code(*role));
        }
        for mismatch in page.mismatch_ranges(row.source, range) {
            highlight(canvas, piece_area, (text, piece), mismatch, Tone::Mismatch);
        }
        for (found, is_current) in page.highlights(row.source, range) {
            let tone = if is_current {
                Tone::CurrentMatch
            } else {
                Tone::Match
            };
            highlight(canvas, piece_area, (text, piece), found, tone);
        }
    }
}

fn style(row: &PageRow<'_>, piece: &Piece, theme: &Theme) -> Style {
    match row.header {
        None if row.stacking != Stacking::Beside => {
            theme.tone(Tone::Quiet).patch(theme.style(piece.role))
        }
        // A heading that names a part of the digest is as quiet as a label.
        None if matches!(piece.role.kind, RoleKind::Heading(_))
            && names_structure(row.document.block_text(row.block as usize)) =>
        {
            theme.style(Role {
                kind: RoleKind::Label,
                ..piece.role
            })
        }
        None => theme.style(piece.role),
        Some(HeaderPart::Title) => theme.tone(Tone::Headline),
        Some(HeaderPart::Facts) if piece.role.inline.contains(Inline::STRONG) => {
            theme.tone(Tone::Warning)
        }
        Some(HeaderPart::Facts) => theme.tone(Tone::Quiet),
    }
}

/// Adds a tone to the part of a piece of text that is in a byte range.
fn highlight(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (text, piece): (&str, &Piece),
    highlighted: &Range<u32>,
    tone: Tone,
) {
    let part = piece.shown_part(text, highlighted);
    let lit = Rect {
        x: area.x + canvas.columns(&text[..part.start]),
        width: canvas.columns(&text[part]),
        ..area
    };
    canvas.tint(lit.intersection(area), canvas.tone(tone));
}
