//! The titles over the panes, and the status line at the bottom, which is also the input line.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::prompt::{self, ErrorSide};
use super::theme::{Theme, Tone};
use crate::reader::{
    FacetGroup, FacetsPane, Focus, Mode, Model, Page, Popup, PromptKind, many, thousands,
};
use crate::text::Language;
use crate::typeset::{Ambiguous, columns, cut};

/// The columns of the scan's progress bar.
const BAR: usize = 12;

const NOTICE_ROWS: usize = 4;

/// Draws the title over the list: the program's name, the order or the filter, the selected
/// article's number and their count.
pub(super) fn draw_list_title(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let list = model.list();
    let tone = if model.focus() == Focus::List {
        Tone::Accent
    } else {
        Tone::Quiet
    };
    let x = canvas.put(area.x + 1, area.y, area.right(), "简报", theme.tone(tone));
    let what = list.query().map_or_else(
        || format!("by {}", list.order().name()),
        |query| format!("/{query}"),
    );
    let number = |number: usize| thousands(number as u64);
    let at = || format!("{}/{}", number(list.position() + 1), number(list.len()));
    let mut count = if list.is_empty() {
        "0".to_owned()
    } else {
        at()
    };
    if list.new_count() > 0 && area.width >= 30 {
        count = format!("{} new · {count}", number(list.new_count()));
    }
    let room = area
        .right()
        .saturating_sub(x + 4 + columns(&count, canvas.ambiguous) as u16);
    let what = cut(&what, room.into(), canvas.ambiguous);
    canvas.put(x + 1, area.y, area.right(), &what, theme.tone(Tone::Quiet));
    canvas.put_right(area, &count, theme.tone(Tone::Quiet));
}

/// Draws the title over the article: its title once that is scrolled away, the languages, and the
/// position.
pub(super) fn draw_article_title(
    canvas: &mut Canvas<'_>,
    area: Rect,
    model: &Model,
    theme: &Theme,
) {
    let Some(page) = model.page() else { return };
    let x = canvas.put_right(
        area,
        &format!("{}%", page.percentage()),
        theme.tone(Tone::Quiet),
    );
    let x = draw_languages(
        canvas,
        Rect {
            width: x.saturating_sub(area.x),
            ..area
        },
        page,
        theme,
    );
    if page.is_title_hidden() {
        let tone = if model.focus() == Focus::Article {
            Tone::Accent
        } else {
            Tone::Quiet
        };
        let room = x.saturating_sub(area.x + 4);
        let title = cut(
            page.text().article.titles.in_language(page.side()),
            room.into(),
            canvas.ambiguous,
        );
        canvas.put(area.x + 3, area.y, x, &title, theme.tone(tone));
    }
}

/// Draws the languages of the article at the right end of an area, the current one in another tone.
fn draw_languages(canvas: &mut Canvas<'_>, area: Rect, page: &Page, theme: &Theme) -> u16 {
    let text = page.text();
    let shown: Vec<Language> = Language::BOTH
        .into_iter()
        .filter(|&side| text.document(side).is_some())
        .collect();
    let width = shown.len() as u16 * 3;
    let start = area.right().saturating_sub(width + 1);
    let mut x = start;
    for side in shown {
        let tone = if side == page.side() {
            Tone::Key
        } else {
            Tone::Quiet
        };
        x = canvas.put(x, area.y, area.right(), side.sign(), theme.tone(tone)) + 1;
    }
    start.saturating_sub(1)
}

/// Draws the line at the bottom: the input line, or a notice or key hints with the scan's progress.
pub(super) fn draw_status(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    if let (Some(prompt), Some(line)) = (model.prompt.as_ref(), model.prompt_line()) {
        prompt::draw(canvas, area, &line, theme);
        let note = match prompt.kind() {
            PromptKind::Find => model
                .page()
                .and_then(Page::matches)
                .map(|(at, all)| format!("{at}/{all}")),
            PromptKind::Filter => {
                let more = if model.list().is_filtering() {
                    " …"
                } else {
                    ""
                };
                Some(thousands(model.list().len() as u64) + more)
            }
            _ => None,
        };
        let room = Rect {
            x: area.x + line.end,
            width: area.width.saturating_sub(line.end),
            ..area
        };
        if let Some(note) = note.filter(|_| !line.text.is_empty()) {
            canvas.put_right(room, &note, theme.tone(Tone::Quiet));
        }
        if let Some(wrong) = line.wrong.as_ref().filter(|_| area.y > 0) {
            let height = area.y.min(prompt::ERROR_ROWS);
            prompt::draw_error(
                canvas,
                Rect {
                    y: area.y - height,
                    height,
                    ..area
                },
                wrong,
                ErrorSide::Above,
                theme,
            );
        }
        return;
    }
    draw_notice(canvas, area, model, theme);
}

/// Draws the line without a prompt: at the right progress, matches and pending keys, and before
/// them a notice or else key hints.
fn draw_notice(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let is_reading = model.focus() == Focus::Article && !model.search.is_open;
    let matches = model.page().and_then(Page::matches).filter(|_| is_reading);
    let mismatch = model
        .page()
        .filter(|_| is_reading && !model.is_loading())
        .and_then(Page::mismatch_notice);
    let notice = model
        .notice()
        .filter(|_| !draw_long_notice(canvas, area, model, theme));
    let notice = notice.map(|notice| (notice, Tone::Accent));
    let notice = notice.or_else(|| {
        mismatch
            .as_deref()
            .map(|mismatch| (mismatch, Tone::Warning))
    });
    let matches = matches.map(|(at, all)| format!("{at}/{all}"));
    let pending = Some(model.pending());
    // The notice has priority over progress.
    let wanted = notice.map_or(0, |(notice, _)| columns(notice, canvas.ambiguous) + 2);
    let others = [&matches, &pending]
        .into_iter()
        .flatten()
        .map(|text| columns(text, canvas.ambiguous) + 2)
        .sum::<usize>();
    let room = usize::from(area.width).saturating_sub(wanted + others + 2);
    let progress = progress(model)
        .into_iter()
        .find(|text| wanted == 0 || columns(text, canvas.ambiguous) <= room);
    let mut end = area.right();
    for (text, tone) in [
        (progress, Tone::Quiet),
        (matches, Tone::Accent),
        (pending, Tone::Key),
    ] {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            end = canvas.put_right(
                Rect {
                    width: end.saturating_sub(area.x),
                    ..area
                },
                &text,
                theme.tone(tone),
            );
        }
    }
    let room = end.saturating_sub(area.x + 2).into();
    let (text, tone) = match notice {
        Some((notice, tone)) => (cut(notice, room, canvas.ambiguous).into_owned(), tone),
        None => (fitted(hint(model), room, canvas.ambiguous), Tone::Quiet),
    };
    canvas.put(area.x + 1, area.y, end, &text, theme.tone(tone));
}

/// Draws a long notice in rows of its own above the status line; `false` if it fits into the line.
fn draw_long_notice(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) -> bool {
    let Some(notice) = model
        .notice()
        .filter(|_| model.is_notice_long() && area.y > 1)
    else {
        return false;
    };
    let room = usize::from(area.width.saturating_sub(2));
    if columns(notice, canvas.ambiguous) <= room {
        return false;
    }
    let lines = prompt::wrapped(
        notice,
        room,
        usize::from(area.y - 1).min(NOTICE_ROWS),
        canvas.ambiguous,
    );
    let top = area.y - lines.len() as u16;
    canvas.fill(
        Rect {
            y: top,
            height: lines.len() as u16,
            ..area
        },
        theme.tone(Tone::Plain),
    );
    for (y, line) in (top..).zip(&lines) {
        canvas.put(area.x + 1, y, area.right(), line, theme.tone(Tone::Accent));
    }
    true
}

/// As many parts of a hint as fit. The last part, the key that leads out, is dropped last, and the
/// one beside it just before.
fn fitted(mut parts: Vec<&str>, room: usize, ambiguous: Ambiguous) -> String {
    while parts.len() > 1 && columns(&parts.join(" · "), ambiguous) > room {
        parts.remove(parts.len().saturating_sub(3));
    }
    cut(&parts.join(" · "), room, ambiguous).into_owned()
}

/// The progress of a running scan: in full, and short.
fn progress(model: &Model) -> Vec<String> {
    let progress = model.progress;
    if progress.is_finished || progress.found == 0 {
        let unwatched = model.unwatched as usize;
        let unwatched =
            (unwatched > 0).then(|| format!("{} polled every 5 s", many(unwatched, "folder")));
        return unwatched.into_iter().collect();
    }
    let found = progress.found;
    let read = progress.read.min(found);
    let short = format!(
        "reading {} of {}",
        thousands(progress.read),
        thousands(found)
    );
    let seconds = progress.elapsed.as_secs_f64();
    if model.area().columns < 80 || read == 0 || seconds < 0.2 {
        return vec![short];
    }
    let done = (read as usize * BAR) / found as usize;
    let rate = f64::from(read) / seconds;
    let left = (f64::from(found - read) / rate).ceil();
    let bar = "#".repeat(done) + &"-".repeat(BAR - done);
    vec![
        format!(
            "{bar} {short} · {}/s · {left} s left",
            thousands(rate as u32)
        ),
        short,
    ]
}

/// The most useful keys first, and at the end the one that leads out.
fn hint(model: &Model) -> Vec<&'static str> {
    match model.mode() {
        Mode::Prompt => Vec::new(),
        // A frame has its own hint.
        Mode::Popup => model
            .popup
            .as_ref()
            .filter(|popup| !popup.is_framed)
            .map(Popup::hint)
            .into_iter()
            .collect(),
        Mode::LinkHints => vec!["type a label", "↑ ↓ move", "Enter open", "Esc back"],
        Mode::SearchPrompt => vec!["↑ ↓ move", "Enter open", "Tab results", "Esc back"],
        Mode::SearchResults => vec!["j k move", "Enter open", "Tab search box", "Esc back"],
        Mode::Facets
            if model.facets.as_ref().map(FacetsPane::current) == Some(FacetGroup::Saved) =>
        {
            vec![
                "Enter apply",
                "h l groups",
                "S save",
                "r rename",
                "d delete",
                "Esc back",
            ]
        }
        Mode::Facets => vec![
            "Enter narrow",
            "h l groups",
            "S save the filter",
            "/ filter",
            "Esc back",
        ],
        Mode::List => vec![
            "Enter read",
            "Tab 中/EN",
            "/ filter",
            "s sort",
            "? help",
            "q quit",
        ],
        Mode::Article if model.page().is_some_and(Page::is_parallel) => {
            vec![
                "Tab swap",
                "X one language",
                "Y copy",
                "[ ] split, merge",
                "Enter menu",
                "? help",
            ]
        }
        Mode::Article => {
            let out = if model.is_single() {
                "q quit"
            } else {
                "q back"
            };
            vec![
                "Tab 中/EN",
                "X both",
                "p peek",
                "/ find",
                "Enter menu",
                "? help",
                out,
            ]
        }
    }
}
