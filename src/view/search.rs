//! The search screen: the search box, the totals, and the matches.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::{Canvas, rect};
use super::prompt::{self, ErrorSide};
use super::theme::{Theme, Tone};
use crate::catalog::{EntryId, Snippet};
use crate::reader::{HitRow, Model, SearchTotals, many, thousands};
use crate::typeset::{Ambiguous, columns, cut, grapheme_columns};

/// The columns before a snippet's text: its indent and the sign of its language.
const SNIPPET_INDENT: u16 = 6;
/// Rows narrower than this show no date.
const ROOM_FOR_DATE: u16 = 40;

/// Draws the search screen in place of the panes.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, theme: &Theme) {
    let hits = &model.search;
    let (area, body) = (rect(hits.area), rect(hits.body()));
    canvas.fill(area, theme.tone(Tone::Plain));
    let line = hits.line(canvas.ambiguous);
    prompt::draw(canvas, Rect { height: 1, ..area }, &line, theme);
    let below = Rect {
        y: area.y + 1,
        height: 1,
        ..area
    };
    let has_totals = body.y > area.y + 1;
    if has_totals && line.wrong.is_none() {
        draw_totals(canvas, below, hits.totals(), theme);
    }
    // A column is left for the scrollbar.
    let rows = Rect {
        width: body.width.saturating_sub(u16::from(body.width > 3)),
        ..body
    };
    for (y, row) in (body.y..body.bottom()).zip(hits.rows()) {
        let row_area = Rect {
            y,
            height: 1,
            ..rows
        };
        match row {
            HitRow::Article {
                id,
                count,
                is_selected,
            } => {
                draw_article(canvas, row_area, model, (id, count), is_selected, theme);
            }
            HitRow::Snippet {
                snippet,
                more,
                is_selected,
            } => {
                draw_snippet(canvas, row_area, snippet, more, is_selected, theme);
            }
        }
    }
    if body.width > 3 {
        canvas.scrollbar(
            Rect {
                x: body.right() - 1,
                width: 1,
                ..body
            },
            hits.bar(),
            theme,
        );
    }
    if let Some(wrong) = line.wrong.as_ref().filter(|_| below.y < area.bottom()) {
        let height = (area.bottom() - below.y).min(prompt::ERROR_ROWS);
        prompt::draw_error(
            canvas,
            Rect { height, ..below },
            wrong,
            ErrorSide::Below,
            theme,
        );
    }
}

/// Draws the totals, and a line below which the matches begin.
fn draw_totals(canvas: &mut Canvas<'_>, area: Rect, totals: Option<SearchTotals>, theme: &Theme) {
    let text = totals.map_or_else(
        || "Words and \"phrases\" in the texts of both languages".to_owned(),
        totals_text,
    );
    let text = cut(&text, area.width.saturating_sub(2).into(), canvas.ambiguous);
    let x = canvas.put(
        area.x + 1,
        area.y,
        area.right(),
        &text,
        theme.tone(Tone::Quiet),
    );
    canvas.row(
        x + 1,
        area.right().saturating_sub(1),
        area.y,
        "─",
        theme.tone(Tone::Faint),
    );
}

fn totals_text(totals: SearchTotals) -> String {
    let SearchTotals {
        hits,
        articles,
        is_searching,
    } = totals;
    let found = match (hits, articles) {
        (0, 0) if is_searching => return "Searching…".to_owned(),
        (0, 0) => return "No match".to_owned(),
        // A query for tags alone finds articles.
        (0, _) => many(articles, "article"),
        _ => format!(
            "{} in {}",
            many(hits as usize, "match"),
            many(articles, "article")
        ),
    };
    if is_searching {
        format!("{found}, searching…")
    } else {
        found
    }
}

/// Draws the row of an article: its day, its title, and its number of matches.
fn draw_article(
    canvas: &mut Canvas<'_>,
    area: Rect,
    model: &Model,
    (id, count): (EntryId, u32),
    is_selected: bool,
    theme: &Theme,
) {
    let over = canvas.fill_selected(area, is_selected.then(|| theme.tone(Tone::Selected)));
    let quiet = over(theme.tone(Tone::Quiet));
    let list = model.list();
    let mut end = area.right();
    if count > 0 {
        end = canvas.put_right(area, &thousands(count), quiet);
    }
    let mut x = area.x + 1;
    if area.width >= ROOM_FOR_DATE {
        let day = list
            .entries()
            .day(id)
            .map_or_else(|| "undated".to_owned(), |day| day.to_string());
        canvas.put(x, area.y, end, &day, quiet);
        x += 12;
    }
    let entry = list.entry(id);
    let title = entry.as_ref().map_or("this article is gone", |entry| {
        entry.titles.in_language(model.settings.language)
    });
    let title = cut(title, end.saturating_sub(x + 1).into(), canvas.ambiguous);
    canvas.put(x, area.y, end, &title, over(theme.tone(Tone::Title)));
}

/// Draws a snippet with its language and its matches highlighted, and the number of further matches
/// in the article.
fn draw_snippet(
    canvas: &mut Canvas<'_>,
    area: Rect,
    snippet: Option<&Snippet>,
    more: u32,
    is_selected: bool,
    theme: &Theme,
) {
    let over = canvas.fill_selected(area, is_selected.then(|| theme.tone(Tone::Selected)));
    let quiet = over(theme.tone(Tone::Quiet)).remove_modifier(Modifier::BOLD);
    let mut end = area.right();
    if more > 0 {
        end = canvas.put_right(area, &format!("+{} more", thousands(more)), quiet);
    }
    let Some(snippet) = snippet else {
        canvas.put(area.x + SNIPPET_INDENT, area.y, end, "…", quiet);
        return;
    };
    canvas.put(
        area.x + SNIPPET_INDENT - 3,
        area.y,
        end,
        snippet.place.side.sign(),
        quiet,
    );
    let start = area.x + SNIPPET_INDENT;
    let room = end.saturating_sub(start + 1);
    let (before, lit, after) = windowed(snippet, room.into(), canvas.ambiguous);
    let plain = over(theme.tone(Tone::Plain)).remove_modifier(Modifier::BOLD);
    let tone = if is_selected {
        Tone::CurrentMatch
    } else {
        Tone::Match
    };
    let x = canvas.put(start, area.y, start + room, &before, plain);
    let x = canvas.put(x, area.y, start + room, &lit, theme.tone(tone));
    let mut x = x;
    let mut from = 0;
    for other in &snippet.others {
        // Two matches may overlap.
        let begin = other.start.saturating_sub(snippet.lit.end).max(from);
        let end = other.end.saturating_sub(snippet.lit.end);
        let (Some(between), Some(word)) = (after.get(from..begin), after.get(begin..end)) else {
            break;
        };
        x = canvas.put(x, area.y, start + room, between, plain);
        x = canvas.put(x, area.y, start + room, word, theme.tone(tone));
        from = end;
    }
    canvas.put(
        x,
        area.y,
        start + room,
        after.get(from..).unwrap_or_default(),
        plain,
    );
}

/// A snippet cut to a number of columns: what precedes the match, the match, and what follows. The
/// match is always shown, with as much before it as leaves room for what follows.
fn windowed(snippet: &Snippet, room: usize, ambiguous: Ambiguous) -> (String, String, String) {
    let text = snippet.text.as_str();
    let from = text.floor_char_boundary(snippet.lit.start);
    let to = text.floor_char_boundary(snippet.lit.end).max(from);
    let lit = cut(&text[from..to], room, ambiguous).into_owned();
    if lit.len() != to - from {
        return (String::new(), lit, String::new());
    }
    let rest = room - columns(&lit, ambiguous);
    let behind = columns(&text[to..], ambiguous);
    let before = ending(
        &text[..from],
        (rest / 2).max(rest.saturating_sub(behind)),
        ambiguous,
    );
    let after = cut(&text[to..], rest - columns(&before, ambiguous), ambiguous).into_owned();
    (before, lit, after)
}

/// The end of a text that fits into a number of columns, after a `…` if it was cut.
fn ending(text: &str, room: usize, ambiguous: Ambiguous) -> String {
    if columns(text, ambiguous) <= room {
        return text.to_owned();
    }
    let mut rest = room.saturating_sub(columns("…", ambiguous));
    if room == rest {
        return String::new();
    }
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        let Some(less) = rest.checked_sub(grapheme_columns(grapheme, ambiguous)) else {
            break;
        };
        start = at;
        rest = less;
    }
    format!("…{}", &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bilingual::Place;
    use crate::text::Language;

    fn snippet(text: &str, lit: &str) -> Snippet {
        let start = text.find(lit).unwrap();
        let place = Place {
            side: Language::Chinese,
            block: 0,
            offset: 0,
            fingerprint: 0,
        };
        Snippet {
            id: EntryId(0),
            place,
            length: 0,
            line: 0,
            text: text.to_owned(),
            lit: start..start + lit.len(),
            others: Vec::new(),
        }
    }

    fn shown(text: &str, lit: &str, room: usize) -> String {
        let (before, lit, after) = windowed(&snippet(text, lit), room, Ambiguous::Narrow);
        format!("{before}[{lit}]{after}")
    }

    #[test]
    fn the_match_is_shown_at_any_width() {
        let text = "春天的湿地里，人们又一次听到了鹤的叫声。十年前，这里的水几乎干了";
        assert_eq!(
            shown(text, "鹤", 100),
            "春天的湿地里，人们又一次听到了[鹤]的叫声。十年前，这里的水几乎干了"
        );
        assert_eq!(shown(text, "鹤", 30), "…又一次听到了[鹤]的叫声。十年前…");
        assert_eq!(shown(text, "干了", 20), "…，这里的水几乎[干了]");
        assert_eq!(shown(text, "春天", 12), "[春天]的湿地…");
        assert_eq!(shown(text, "听到了鹤", 6), "[听到…]");
        for room in 0..70 {
            for lit in ["春天", "鹤", "干了", "，"] {
                let (before, lit, after) = windowed(&snippet(text, lit), room, Ambiguous::Narrow);
                let wide = [&before, &lit, &after]
                    .map(|part| columns(part, Ambiguous::Narrow))
                    .iter()
                    .sum::<usize>();
                assert!(wide <= room, "{wide} columns in {room}");
                assert!(room < 4 || !lit.is_empty());
            }
        }
    }

    #[test]
    fn totals_are_in_words() {
        let text = |hits, articles, is_searching| {
            totals_text(SearchTotals {
                hits,
                articles,
                is_searching,
            })
        };
        assert_eq!(text(1234, 567, false), "1,234 matches in 567 articles");
        assert_eq!(text(1, 1, true), "1 match in 1 article, searching…");
        assert_eq!(text(0, 0, true), "Searching…");
        assert_eq!(text(0, 0, false), "No match");
        assert_eq!(text(0, 12, false), "12 articles");
    }
}
