//! The list pane: one row for an article, a quiet line for a day.

use jiff::civil;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::catalog::{Attention, Entry, EntryId, Order};
use crate::reader::{Focus, List, ListRow, Model};
use crate::typeset::{Ambiguous, columns, cut};

/// From this width on a row shows date, source and tags beside its title, in columns.
const ROOM_FOR_ALL: u16 = 58;
const SOURCE_COLUMNS: usize = 14;
/// The columns before a row's text, for its marks.
const INDENT: u16 = 2;

/// Draws the line above the articles of one day.
fn draw_separator(canvas: &mut Canvas<'_>, area: Rect, day: Option<civil::Date>, theme: &Theme) {
    let label = day.map_or_else(|| "undated · 无日期".to_owned(), name_of_day);
    let x = canvas.put(
        area.x + INDENT,
        area.y,
        area.right(),
        &label,
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

/// A day as both languages write it: `2024-06-05 周三 Wed`.
fn name_of_day(day: civil::Date) -> String {
    const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let nth = day.weekday().to_monday_zero_offset() as usize;
    format!("{day} 周{} {}", CHINESE[nth], ENGLISH[nth])
}

/// Draws the list's rows into its pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let list = model.list();
    let selection = match model.focus() {
        Focus::List => theme.tone(Tone::Selected),
        Focus::Article => theme.tone(Tone::SelectedElsewhere),
    };
    if list.is_empty() {
        draw_empty(canvas, area, model, theme);
    }
    let selected = |id| (list.selected() == Some(id)).then_some(selection);
    for (y, row) in (area.y..area.bottom()).zip(list.rows()) {
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        match row {
            ListRow::Day(day) => draw_separator(canvas, line, day, theme),
            ListRow::Title(id) => draw_title(canvas, line, id, model, selected(id), theme),
            ListRow::Detail(id) => draw_detail(canvas, line, id, model, selected(id), theme),
        }
    }
}

/// Explains why the list is empty, and how to leave that state.
fn draw_empty(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let list = model.list();
    let lines = match list.query() {
        _ if list.entries().is_empty() && !model.progress.is_finished => {
            ["Looking for articles…", ""]
        }
        _ if list.entries().is_empty() => ["No articles here", ""],
        Some(_) if list.is_filtering() => ["…", ""],
        Some(_) => ["No match", "Esc shows all articles"],
        None => ["", ""],
    };
    for (y, line) in (area.y + 1..area.bottom()).zip(lines) {
        let line = cut(
            line,
            area.width.saturating_sub(INDENT + 1).into(),
            canvas.ambiguous,
        );
        canvas.put(
            area.x + INDENT,
            y,
            area.right(),
            &line,
            theme.tone(Tone::Quiet),
        );
    }
}

/// Draws an article's first row: its marks, its title, and in a wide list all the rest.
fn draw_title(
    canvas: &mut Canvas<'_>,
    area: Rect,
    id: EntryId,
    model: &Model,
    selected: Option<Style>,
    theme: &Theme,
) {
    let list = model.list();
    let Some(entry) = list.entry(id) else { return };
    let over = canvas.fill_selected(area, selected);
    let tone = |tone| over(theme.tone(tone));
    let mut end = area.right().saturating_sub(1);
    if area.width >= ROOM_FOR_ALL {
        end = put_ending_at(canvas, area, end, &date_of(&entry, list), tone(Tone::Quiet));
        if let Some(source) = &entry.source {
            let source = cut(source, SOURCE_COLUMNS, canvas.ambiguous);
            end = put_ending_at(canvas, area, end, &source, tone(Tone::Quiet));
        }
        let tags = entry.tags.join(" · ");
        let tags = cut(&tags, usize::from(area.width / 4), canvas.ambiguous);
        end = put_ending_at(canvas, area, end, &tags, tone(Tone::Quiet));
    }
    let start = area.x + INDENT;
    let room = usize::from(end.saturating_sub(start));
    let title = cut(
        entry.titles.in_language(model.settings.language),
        room,
        canvas.ambiguous,
    );
    let is_read = list.marks().get(id).attention != Attention::Unread;
    canvas.put(
        start,
        area.y,
        end,
        &title,
        tone(if is_read { Tone::Quiet } else { Tone::Plain }),
    );
    if let Some((sign, sign_tone)) = attention_sign(list, id) {
        canvas.put(area.x + 1, area.y, area.right(), sign, tone(sign_tone));
    }
    let mismatch_sign = if columns("≠", canvas.ambiguous) == 1 {
        "≠"
    } else {
        "!"
    };
    let problem_sign = (entry.problems > 0).then_some("!");
    let warning = if list.has_mismatch(id) {
        Some(mismatch_sign)
    } else {
        problem_sign
    };
    if let Some(warning) = warning {
        canvas.put(area.x, area.y, area.right(), warning, tone(Tone::Warning));
    }
}

/// Draws an article's second row in a narrow list: source, tags, and the date at the right.
fn draw_detail(
    canvas: &mut Canvas<'_>,
    area: Rect,
    id: EntryId,
    model: &Model,
    selected: Option<Style>,
    theme: &Theme,
) {
    let list = model.list();
    let Some(entry) = list.entry(id) else { return };
    let over = canvas.fill_selected(area, selected);
    let mut quiet = over(theme.tone(Tone::Quiet));
    if selected.is_some() {
        // Only the title is bold.
        quiet = quiet.remove_modifier(Modifier::BOLD);
    }
    let end = put_ending_at(
        canvas,
        area,
        area.right().saturating_sub(1),
        &date_of(&entry, list),
        quiet,
    );
    let facts: Vec<&str> = entry
        .source
        .iter()
        .chain(&entry.tags)
        .map(String::as_str)
        .collect();
    let start = area.x + INDENT;
    let facts = facts.join(" · ");
    let facts = cut(
        &facts,
        usize::from(end.saturating_sub(start)),
        canvas.ambiguous,
    );
    canvas.put(start, area.y, end, &facts, quiet);
}

/// The sign of an article that is starred, finished, read, or new since the last visit; all are one
/// column wide in every terminal.
fn attention_sign(list: &List, id: EntryId) -> Option<(&'static str, Tone)> {
    let mark = list.marks().get(id);
    match mark.attention {
        _ if mark.is_starred => Some(("*", Tone::Key)),
        Attention::Finished => Some(("✓", Tone::Quiet)),
        Attention::Read => Some(("-", Tone::Quiet)),
        Attention::Unread => list.is_new(id).then_some(("+", Tone::Accent)),
    }
}

/// Writes a text so that it ends at a column, if there is room; returns the column where what is
/// left of it must end.
fn put_ending_at(canvas: &mut Canvas<'_>, area: Rect, end: u16, text: &str, style: Style) -> u16 {
    let width = columns(text, canvas.ambiguous) as u16;
    if width == 0 || end.saturating_sub(width) <= area.x + area.width / 2 {
        return end;
    }
    canvas.put(end - width, area.y, end, text, style);
    end - width - 2
}

/// The time of day under a day separator, otherwise the day; the text of a date that could not be
/// parsed.
fn date_of(entry: &Entry, list: &List) -> String {
    let is_by_day = list.order() == Order::Date;
    match entry.date.civil(list.entries().zone()) {
        Some(moment) if is_by_day && moment.time() == civil::Time::midnight() => String::new(),
        Some(moment) if is_by_day => moment.strftime("%H:%M").to_string(),
        Some(moment) => moment.date().to_string(),
        None => cut(&entry.date.written, 10, Ambiguous::Narrow).into_owned(),
    }
}
