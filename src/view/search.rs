//! The search screen: the search box, the totals, and the matches.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::{Canvas, RowWriter, rect};
use super::theme::Tone;
use super::{page, prompt};
use crate::catalog::{EntryId, Snippet, SnippetPart};
use crate::locale::translated;
use crate::reader::{HitRow, LinkHints, Model, SearchTotals, many, name_of_day, thousands};
use crate::typeset::{Ambiguous, columns, cut, grapheme_columns};

/// The columns before a snippet.
const SNIPPET_INDENT: u16 = 2;
/// The columns of its sign and the blank behind it: its language, or the field that it is of.
const SIGN_COLUMNS: u16 = 7;
/// The columns of a date and the blanks behind it.
const DAY_COLUMNS: u16 = 12;
/// Rows narrower than this show no date.
const ROOM_FOR_DATE: u16 = 40;

/// Draws the search screen in place of the panes.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model) {
    let hits = &model.search;
    let (area, body) = (rect(hits.area), rect(hits.body()));
    canvas.fill(area, canvas.tone(Tone::Plain));
    let line = hits.line(canvas.ambiguous);
    prompt::draw(canvas, area, &line);
    if body.y > area.y + 1 && line.wrong.is_none() {
        let totals = hits.totals().map_or_else(
            || {
                tr!("Words and \"phrases\" in titles, tags and the texts of both languages")
                    .to_owned()
            },
            totals_text,
        );
        let line = canvas.line(area, 1).skip(1).reserve(1);
        line.put(&totals, Tone::Quiet).rule();
    }
    // A column is left for the scrollbar.
    let rows = Rect {
        width: body.width.saturating_sub(u16::from(body.width > 3)),
        ..body
    };
    for (y, (row, is_selected)) in (0..body.height).zip(hits.rows()) {
        let line = canvas.list_row(rows, y, is_selected.then_some(Tone::Selected));
        match row {
            HitRow::Article { id, count } => draw_article(line, model, id, count),
            HitRow::Snippet { snippet, more } => draw_snippet(line, snippet, more, is_selected),
        }
    }
    canvas.scrollbar(body, hits.bar());
    if let Some(pane) = hits.preview_pane().map(rect) {
        for y in 0..pane.height {
            let rule = Rect {
                x: pane.x.saturating_sub(1),
                width: 1,
                ..pane
            };
            canvas.line(rule, y).put("│", Tone::Faint);
        }
        if let Some(preview) = hits.preview() {
            page::draw_page(canvas, pane, preview, &LinkHints::default());
        }
    }
    let height = area.height.saturating_sub(1).min(prompt::ERROR_ROWS);
    if let Some(wrong) = line.wrong.as_ref().filter(|_| height > 0) {
        let below = Rect {
            y: area.y + 1,
            height,
            ..area
        };
        prompt::draw_error(canvas, below, wrong, false);
    }
}

pub(super) fn totals_text(totals: SearchTotals) -> String {
    let SearchTotals {
        hits,
        articles,
        is_searching,
    } = totals;
    let found = match (hits, articles) {
        (0, 0) if is_searching => return tr!("Searching…").to_owned(),
        (0, 0) => return tr!("No match").to_owned(),
        // A query for tags alone finds articles.
        (0, _) => many(articles, "article"),
        _ => tr!(
            "{matches} in {articles}",
            matches = many(hits as usize, "match"),
            articles = many(articles, "article")
        ),
    };
    if is_searching {
        tr!("{found}, searching…", found = found)
    } else {
        found
    }
}

/// Draws the row of an article: its day, its title, and its number of matches.
fn draw_article(mut line: RowWriter<'_, '_>, model: &Model, id: EntryId, count: u32) {
    let list = model.list();
    let is_wide = line.room() >= ROOM_FOR_DATE;
    if count > 0 {
        line = line.put_right(&thousands(count), Tone::Quiet);
    }
    line = line.skip(1);
    if is_wide {
        let day = list.entries().day(id);
        let undated = || name_of_day(None, None, model.settings.language);
        let day = day.map_or_else(undated, |day| day.to_string());
        let x = line.x + DAY_COLUMNS;
        line = line.put(&day, Tone::Quiet);
        line.x = x;
    }
    let entry = list.entry(id);
    let title = entry.as_ref().map_or(tr!("this article is gone"), |entry| {
        entry.titles.in_language(model.settings.language)
    });
    line.reserve(1).put_words(title, Tone::Title);
}

/// Draws a snippet with its language and its matches highlighted, and the number of further matches
/// in the article.
fn draw_snippet(line: RowWriter<'_, '_>, snippet: Option<&Snippet>, more: u32, is_selected: bool) {
    let mut line = line.unbold();
    if more > 0 {
        line = line.put_right(&tr!("+{count} more", count = thousands(more)), Tone::Quiet);
    }
    line = line.skip(SNIPPET_INDENT);
    let Some(snippet) = snippet else {
        line.skip(SIGN_COLUMNS).put("…", Tone::Quiet);
        return;
    };
    let sign = match snippet.part {
        SnippetPart::Text => snippet.place.side.sign(),
        field => translated(field.name()),
    };
    let blank = SIGN_COLUMNS.saturating_sub(columns(sign, line.canvas.ambiguous) as u16);
    line = line.put(sign, Tone::Quiet);
    line = line.skip(blank).reserve(1);
    let (before, lit, after) = windowed(snippet, line.room().into(), line.canvas.ambiguous);
    let tone = if is_selected {
        Tone::CurrentMatch
    } else {
        Tone::Match
    };
    let rest = before.trim_start_matches('…');
    line = line.put(&before[..before.len() - rest.len()], Tone::Plain);
    line = line.put_words(rest, Tone::Plain).highlight(&lit, tone);
    let mut from = 0;
    for other in &snippet.others {
        // Two matches may overlap.
        let begin = other.start.saturating_sub(snippet.lit.end).max(from);
        let end = other.end.saturating_sub(snippet.lit.end);
        let (Some(between), Some(word)) = (after.get(from..begin), after.get(begin..end)) else {
            break;
        };
        line = line.put_words(between, Tone::Plain).highlight(word, tone);
        from = end;
    }
    let after = after.get(from..).unwrap_or_default();
    let rest = after.trim_end_matches('…');
    let line = line.put_words(rest, Tone::Plain);
    line.put(&after[rest.len()..], Tone::Plain);
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
            part: SnippetPart::Text,
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
