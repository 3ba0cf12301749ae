//! The list pane: one row for an article, a quiet line for a day.

use jiff::civil;
use ratatui::layout::Rect;

use super::canvas::{Canvas, RowWriter};
use super::theme::Tone;
use crate::catalog::{Attention, Entry, EntryId, Order};
use crate::reader::{Focus, List, ListRow, Model};
use crate::typeset::{Ambiguous, cut};

/// From this width on a row shows date, source and tags beside its title, in columns.
const ROOM_FOR_ALL: u16 = 58;
const SOURCE_COLUMNS: usize = 14;
/// The columns before a row's text, for its marks.
const INDENT: u16 = 2;

/// A day as both languages write it: `2024-06-05 周三 Wed`.
fn name_of_day(day: civil::Date) -> String {
    const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let nth = day.weekday().to_monday_zero_offset() as usize;
    format!("{day} 周{} {}", CHINESE[nth], ENGLISH[nth])
}

/// Draws the list's rows into its pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let list = model.list();
    let selection = match model.focus() {
        Focus::List => Tone::Selected,
        Focus::Article => Tone::SelectedElsewhere,
    };
    if list.is_empty() {
        draw_empty(canvas, area, model);
    }
    let selected = |id| (list.selected() == Some(id)).then_some(selection);
    for (y, row) in (0..area.height).zip(list.rows()) {
        match row {
            ListRow::Day(day) => {
                let label = day.map_or_else(|| "undated · 无日期".to_owned(), name_of_day);
                let line = canvas.line(area, y).skip(INDENT);
                line.put_clipped(&label, Tone::Quiet).reserve(1).rule();
            }
            ListRow::Title(id) => draw_title(canvas.list_row(area, y, selected(id)), id, model),
            ListRow::Detail(id) => draw_detail(canvas.list_row(area, y, selected(id)), id, model),
        }
    }
}

/// Explains why the list is empty, and how to leave that state.
fn draw_empty(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
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
    for (y, text) in (1..area.height).zip(lines) {
        let line = canvas.line(area, y).skip(INDENT).reserve(1);
        line.put(text, Tone::Quiet);
    }
}

/// Draws an article's first row: its marks, its title, and in a wide list all the rest.
fn draw_title(mut line: RowWriter<'_, '_>, id: EntryId, model: &Model) {
    let list = model.list();
    let Some(entry) = list.entry(id) else { return };
    let width = line.room();
    if width >= ROOM_FOR_ALL {
        let ambiguous = line.canvas.ambiguous;
        let source = entry.source.as_deref().unwrap_or_default();
        let tags = entry.tags.join(" · ");
        line = put_fact(line, width, &date_of(&entry, list));
        line = put_fact(line, width, &cut(source, SOURCE_COLUMNS, ambiguous));
        line = put_fact(line, width, &cut(&tags, (width / 4).into(), ambiguous));
    }
    let mismatch_sign = if line.canvas.columns("≠") == 1 {
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
    let is_read = list.marks().get(id).attention != Attention::Unread;
    let tone = if is_read { Tone::Quiet } else { Tone::Plain };
    line.sign(warning.map(|sign| (sign, Tone::Warning)))
        .sign(attention_sign(list, id))
        .reserve(1)
        .put(entry.titles.in_language(model.settings.language), tone);
}

/// Draws an article's second row in a narrow list: source, tags, and the date at the right. Only
/// the title is bold.
fn draw_detail(line: RowWriter<'_, '_>, id: EntryId, model: &Model) {
    let list = model.list();
    let Some(entry) = list.entry(id) else { return };
    let facts: Vec<&str> = entry
        .source
        .iter()
        .chain(&entry.tags)
        .map(String::as_str)
        .collect();
    let width = line.room();
    put_fact(line.unbold(), width, &date_of(&entry, list))
        .skip(INDENT)
        .reserve(1)
        .put(&facts.join(" · "), Tone::Quiet);
}

/// Writes a text at the right of a row, if it leaves half of the row to what is at the left.
fn put_fact<'c, 'b>(line: RowWriter<'c, 'b>, width: u16, text: &str) -> RowWriter<'c, 'b> {
    let columns = line.canvas.columns(text);
    if columns == 0 || line.room() < width / 2 + columns + 2 {
        return line;
    }
    line.put_right(text, Tone::Quiet)
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
