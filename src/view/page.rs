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
        let sign = if row.x == 0 || row.header.is_some() {
            None
        } else if is_first_of_block(&row) && page.is_ticked(row.source, row.block) {
            Some("✓")
        } else if page.has_note_in(row.source, bytes) {
            Some("✎")
        } else {
            None
        };
        if let Some(sign) = sign {
            let line = canvas.line(area, row.y).skip(row.x - 1);
            line.put(sign, Tone::Quiet);
        }
        if let Some((mark, tone)) = mark.filter(|_| row.x > 1) {
            canvas.line(area, row.y).skip(row.x - 2).put(mark, tone);
        }
        let line = Rect {
            x: area.x + row.x,
            y: area.y + row.y,
            width: area.width.saturating_sub(row.x),
            height: row.row.scale().min(area.height - row.y),
        };
        draw_row(canvas, line, page, (&row, &marks), hints);
    }
    canvas.scrollbar(area, page.bar());
}

/// Whether a row is the first one of its block.
fn is_first_of_block(row: &PageRow<'_>) -> bool {
    let block = row.document.blocks.get(row.block as usize);
    block.is_some_and(|block| row.row.range.contains(&block.range.start))
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
                x = if row.row.is_large {
                    canvas.put_large(x, area, part, style)
                } else {
                    canvas.put(x, area.y, end, part, style)
                };
            }
        }
        let rest = Rect {
            x,
            width: area.right() - x,
            ..area
        };
        let tones = tones(page, (row, marks), range);
        for (part, tone) in tones {
            let part = piece.shown_part(text, &part);
            let scale = row.row.scale();
            let lit = Rect {
                x: x + canvas.columns(&text[..part.start]) * scale,
                width: canvas.columns(&text[part]) * scale,
                ..rest
            };
            canvas.tint(lit.intersection(rest), canvas.tone(tone));
        }
    }
}

/// What is marked in a byte range of a row's document, with its tones; the later ones win.
fn tones(
    page: &Page,
    (row, marks): (&PageRow<'_>, &[TextMark]),
    range: &Range<u32>,
) -> Vec<(Range<u32>, Tone)> {
    let marks = marks.iter().filter(|mark| mark.source == row.source);
    let marks = marks.map(|mark| {
        let tone = match mark.kind {
            MarkKind::Apart => Tone::Apart,
            MarkKind::Answers => Tone::Answers,
            MarkKind::Highlighted(colour) => Tone::Highlight(colour),
            MarkKind::Kept => Tone::Kept,
            MarkKind::Known => Tone::Known,
            MarkKind::Lit => Tone::Lit,
            MarkKind::Selected => Tone::Selected,
        };
        (mark.range.clone(), tone)
    });
    let code = page.code_parts(row.source, range).iter();
    let code = code.map(|(part, role)| (part.clone(), Tone::Code(*role)));
    let mismatches = page.mismatch_ranges(row.source, range).iter();
    let mismatches = mismatches.map(|part| (part.clone(), Tone::Mismatch));
    let found = page
        .highlights(row.source, range)
        .map(|(part, is_current)| {
            let tone = if is_current {
                Tone::CurrentMatch
            } else {
                Tone::Match
            };
            (part.clone(), tone)
        });
    { marks }
        .chain(code)
        .chain(mismatches)
        .chain(found)
        .collect()
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
