//! The facets: groups side by side, each with its counts, and the saved searches.

use ratatui::layout::Rect;

use super::canvas::{Canvas, rect};
use super::theme::Tone;
use crate::reader::{FacetGroup, FacetsPane, Model, many, thousands};

/// Draws the facets in their pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, facets: &FacetsPane) {
    let framed = facets.rect;
    if let Some(title) = framed.title.map(rect) {
        canvas.fill(title, canvas.tone(Tone::Plain));
        draw_title(canvas, title, model, facets);
    }
    canvas.fill(rect(framed.body), canvas.tone(Tone::Plain));
    for (group, pane) in facets.placed() {
        draw_group(canvas, rect(pane), facets, &facets.groups[group]);
    }
}

const fn tone(is_current: bool) -> Tone {
    if is_current {
        Tone::Accent
    } else {
        Tone::Quiet
    }
}

/// Draws what the pane is, and the count of the articles if no list beside it shows it.
fn draw_title(canvas: &mut Canvas<'_>, area: Rect, model: &Model, facets: &FacetsPane) {
    let line = canvas
        .line(area, 0)
        .skip(1)
        .put(tr!("Facets"), Tone::Accent);
    if facets.is_counting() {
        line.put_right(tr!("counting…"), Tone::Quiet);
    } else if model.layout.article.is_none() {
        // Without an article beside them the facets hide the list, so its count is shown here.
        line.put_right(&many(model.list().len(), "article"), Tone::Quiet);
    }
}

fn draw_group(canvas: &mut Canvas<'_>, area: Rect, facets: &FacetsPane, group: &FacetGroup) {
    let is_current = facets.is_current(group);
    // Groups are a column apart.
    let area = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    let typed = if is_current { facets.typed() } else { "" };
    let [name, slash, typed] = group.heading(typed, area.width);
    let (all, shown) = group.counts();
    let count = match typed {
        "" => thousands(all),
        _ => format!("{}/{}", thousands(shown), thousands(all)),
    };
    let line = canvas.line(area, 0).skip(1).put(name, tone(is_current));
    let line = line.put(slash, Tone::Quiet).put(typed, Tone::Accent);
    line.put_right(&count, Tone::Quiet);
    if shown == 0 && area.height > 1 {
        let text = match (typed, facets.is_counting()) {
            ("", true) => "…",
            ("", false) => tr!("none"),
            _ => tr!("No match"),
        };
        canvas.line(area, 1).skip(1).put(text, Tone::Quiet);
    }
    let selection = if is_current {
        Tone::Selected
    } else {
        Tone::SelectedElsewhere
    };
    for (y, row) in (1..area.height).zip(group.visible()) {
        let Some((row, is_selected)) = row else {
            let text = tr!(
                "… {count} more, not listed",
                count = thousands(group.left_out)
            );
            canvas.line(area, y).skip(1).put(&text, Tone::Quiet);
            continue;
        };
        let mut line = canvas.list_row(area, y, is_selected.then_some(selection));
        if let Some(count) = row.count {
            line = line.put_right(&thousands(count), Tone::Quiet);
        }
        line = line.sign(row.is_ticked.then_some(("✓", Tone::Key)));
        if let Some(key) = row.key {
            line = line.put(&key.to_string(), Tone::Key);
        }
        line = line.skip(1);
        line = line.put_words(&row.name, Tone::Plain).skip(2);
        if let Some(query) = row.query.as_deref().filter(|_| line.room() > 4) {
            line.put_words(query, Tone::Quiet);
        }
    }
}
