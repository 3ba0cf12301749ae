//! The facets: groups side by side, each with its counts, and the saved searches.

use ratatui::layout::Rect;

use super::canvas::{Canvas, rect};
use super::theme::{Theme, Tone};
use crate::reader::{FacetGroup, FacetRow, FacetsPane, Model, many, thousands};
use crate::typeset::cut;

/// Draws the facets in their pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, facets: &FacetsPane, theme: &Theme) {
    let framed = facets.rect;
    if let Some(title) = framed.title.map(rect) {
        canvas.fill(title, theme.tone(Tone::Plain));
        // Without an article beside them the facets hide the list, so its count is shown here.
        let left = model
            .layout
            .article
            .is_none()
            .then(|| many(model.list().len(), "article"));
        let note = if facets.is_counting() {
            Some("counting…".to_owned())
        } else {
            left
        };
        draw_title(canvas, title, facets.current(), note, theme);
    }
    canvas.fill(rect(framed.body), theme.tone(Tone::Plain));
    for (group, pane) in facets.groups() {
        draw_group(canvas, rect(pane), facets, group, theme);
    }
}

/// Draws the names of all groups, also of those without room below.
fn draw_title(
    canvas: &mut Canvas<'_>,
    area: Rect,
    current: FacetGroup,
    note: Option<String>,
    theme: &Theme,
) {
    let mut x = area.x + 1;
    for group in FacetGroup::ALL {
        let tone = if group == current {
            Tone::Accent
        } else {
            Tone::Quiet
        };
        x = canvas.put(x, area.y, area.right(), group.name(), theme.tone(tone)) + 2;
    }
    if let Some(note) = note.filter(|_| x < area.right()) {
        canvas.put_right(
            Rect {
                x,
                width: area.right() - x,
                ..area
            },
            &note,
            theme.tone(Tone::Quiet),
        );
    }
}

fn draw_group(
    canvas: &mut Canvas<'_>,
    area: Rect,
    facets: &FacetsPane,
    group: FacetGroup,
    theme: &Theme,
) {
    let is_current = group == facets.current();
    // Groups are a column apart.
    let area = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    let tone = if is_current {
        Tone::Accent
    } else {
        Tone::Quiet
    };
    let x = canvas.put(
        area.x + 1,
        area.y,
        area.right(),
        group.name(),
        theme.tone(tone),
    );
    let rest = Rect {
        x,
        width: area.right().saturating_sub(x),
        height: 1,
        ..area
    };
    let all = facets.len(group) as u64 + u64::from(facets.left_out(group));
    canvas.put_right(rest, &thousands(all), theme.tone(Tone::Faint));
    if facets.is_empty(group) && area.height > 1 {
        let text = if group == FacetGroup::Saved {
            "S saves a filter"
        } else {
            "none"
        };
        let text = if facets.is_counting() && group != FacetGroup::Saved {
            "…"
        } else {
            text
        };
        let text = cut(text, area.width.saturating_sub(1).into(), canvas.ambiguous);
        canvas.put(
            area.x + 1,
            area.y + 1,
            area.right(),
            &text,
            theme.tone(Tone::Faint),
        );
    }
    for (y, row) in (area.y + 1..area.bottom()).zip(facets.rows(group)) {
        draw_row(
            canvas,
            Rect {
                y,
                height: 1,
                ..area
            },
            &row,
            is_current,
            theme,
        );
    }
    if let Some(line) = facets.last_line(group) {
        let text = format!("… {} more", thousands(facets.left_out(group)));
        let text = cut(&text, area.width.saturating_sub(1).into(), canvas.ambiguous);
        canvas.put(
            area.x + 1,
            area.y + 1 + line,
            area.right(),
            &text,
            theme.tone(Tone::Faint),
        );
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    area: Rect,
    row: &FacetRow<'_>,
    is_current: bool,
    theme: &Theme,
) {
    let tone = if is_current {
        Tone::Selected
    } else {
        Tone::SelectedElsewhere
    };
    let over = canvas.fill_selected(area, row.is_selected.then(|| theme.tone(tone)));
    let mut x = area.x + 1;
    let mut end = area.right();
    if let Some(count) = row.count {
        end = canvas.put_right(area, &thousands(count), over(theme.tone(Tone::Quiet)));
    }
    if let Some(key) = row.key {
        x = canvas.put(
            x,
            area.y,
            end,
            &key.to_string(),
            over(theme.tone(Tone::Key)),
        ) + 1;
    }
    let name = cut(row.name, end.saturating_sub(x).into(), canvas.ambiguous);
    let x = canvas.put(x, area.y, end, &name, over(theme.tone(Tone::Plain))) + 2;
    if let Some(query) = row.query.filter(|_| x + 4 < end) {
        let query = cut(query, end.saturating_sub(x).into(), canvas.ambiguous);
        canvas.put(x, area.y, end, &query, over(theme.tone(Tone::Quiet)));
    }
}
