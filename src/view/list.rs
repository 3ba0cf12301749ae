//! The list pane: one row an article, a quiet line a day.

use jiff::civil;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::catalog::{Attention, Entry, EntryId, Order};
use crate::reader::{Focus, List, ListRow, Model};
use crate::text::Language;
use crate::typeset::{columns, cut};

/// From this width on a row shows date, source and tags beside its title, in columns.
const ROOM_FOR_ALL: u16 = 58;
/// The most columns of a source.
const SOURCE_COLUMNS: usize = 14;
/// The columns before a row's text, where the mark of a problem stands.
const INDENT: u16 = 2;

/// What the rows of a list have in common.
#[derive(Clone, Debug)]
struct Manner<'a> {
    /// The language of the titles.
    language: Language,
    /// The zone in which days are told.
    zone: &'a TimeZone,
    /// Whether rows stand under day separators, and so show the time of day only.
    by_day: bool,
    /// The theme.
    theme: &'a Theme,
}

/// Draws the line above the articles of one day.
fn draw_separator(canvas: &mut Canvas<'_>, area: Rect, day: Option<civil::Date>, theme: &Theme) {
    let label = day.map_or_else(|| "undated · 无日期".to_owned(), name_of_day);
    let x = canvas.put(area.x + INDENT, area.y, area.right(), &label, theme.tone(Tone::Quiet));
    canvas.row(x + 1, area.right().saturating_sub(1), area.y, "─", theme.tone(Tone::Faint));
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
    let manner =
        Manner { language: model.language(), zone: list.entries().zone(), by_day: list.order() == Order::Date, theme };
    let selection = match model.focus() {
        Focus::List => theme.tone(Tone::Selected),
        Focus::Article => theme.tone(Tone::SelectedElsewhere),
    };
    if list.is_empty() {
        draw_empty(canvas, area, model, theme);
    }
    for (y, row) in (area.y..area.bottom()).zip(list.rows()) {
        let line = Rect { y, height: 1, ..area };
        match row {
            ListRow::Day(day) => draw_separator(canvas, line, day, theme),
            ListRow::Title(id) | ListRow::Detail(id) => {
                let Some(entry) = list.entry(id) else { continue };
                let selected = (list.selected() == Some(id)).then_some(selection);
                match row {
                    ListRow::Title(_) => {
                        let is_read = list.marks().get(id).attention != Attention::Unread;
                        draw_title(canvas, line, (&entry, is_read), &manner, selected);
                        draw_attention(canvas, line, (list, id), &manner, selected);
                        draw_mark(canvas, line, (&entry, list.has_mismatch(id)), &manner, selected);
                    }
                    _ => draw_detail(canvas, line, &entry, &manner, selected),
                }
            }
        }
    }
}

/// Says why the list is empty, and what brings it back.
fn draw_empty(canvas: &mut Canvas<'_>, area: Rect, model: &Model, theme: &Theme) {
    let list = model.list();
    let lines = match list.query() {
        _ if list.entries().is_empty() && !model.progress.is_finished => ["Looking for articles…", ""],
        _ if list.entries().is_empty() => ["No articles here", ""],
        Some(_) if list.is_filtering() => ["…", ""],
        Some(_) => ["No match", "Esc shows all articles"],
        None => ["", ""],
    };
    for (y, line) in (area.y + 1..area.bottom()).zip(lines) {
        let line = cut(line, area.width.saturating_sub(INDENT + 1).into(), canvas.ambiguous);
        canvas.put(area.x + INDENT, y, area.right(), &line, theme.tone(Tone::Quiet));
    }
}

/// Draws an article's first row: its title, and in a wide list all else, with the style of its selection laid over it.
fn draw_title(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (entry, is_read): (&Entry, bool),
    manner: &Manner<'_>,
    selected: Option<Style>,
) {
    let theme = manner.theme;
    let ambiguous = canvas.ambiguous;
    if let Some(style) = selected {
        canvas.fill(area, style);
    }
    let over = |style: Style| selected.map_or(style, |selected| selected.patch(style));
    let mut end = area.right().saturating_sub(1);
    if area.width >= ROOM_FOR_ALL {
        end = right_aligned(canvas, area, end, &date_of(entry, manner), over(theme.tone(Tone::Quiet)));
        if let Some(source) = &entry.source {
            let source = cut(source, SOURCE_COLUMNS, ambiguous);
            end = right_aligned(canvas, area, end, &source, over(theme.tone(Tone::Quiet)));
        }
        let tags = entry.tags.join(" · ");
        let tags = cut(&tags, usize::from(area.width / 4), ambiguous);
        end = right_aligned(canvas, area, end, &tags, over(theme.tone(Tone::Quiet)));
    }
    let start = area.x + INDENT;
    let room = usize::from(end.saturating_sub(start));
    let title = cut(entry.titles.in_language(manner.language), room, ambiguous);
    let tone = if is_read { Tone::Quiet } else { Tone::Plain };
    canvas.put(start, area.y, end, &title, over(theme.tone(tone)));
}

/// Draws an article's second row in a narrow list: source, tags, and the date at the right.
fn draw_detail(canvas: &mut Canvas<'_>, area: Rect, entry: &Entry, manner: &Manner<'_>, selected: Option<Style>) {
    let theme = manner.theme;
    if let Some(style) = selected {
        canvas.fill(area, style);
    }
    // Bold belongs to the title.
    let over = |style: Style| selected.map_or(style, |selected| selected.patch(style).remove_modifier(Modifier::BOLD));
    let quiet = over(theme.tone(Tone::Quiet));
    let end = right_aligned(canvas, area, area.right().saturating_sub(1), &date_of(entry, manner), quiet);
    let facts: Vec<&str> = entry.source.iter().chain(&entry.tags).map(String::as_str).collect();
    let start = area.x + INDENT;
    let facts = facts.join(" · ");
    let facts = cut(&facts, usize::from(end.saturating_sub(start)), canvas.ambiguous);
    canvas.put(start, area.y, end, &facts, quiet);
}

/// Marks what the reader did with an article: a star, finished, read, or new since the last visit; all one column wide everywhere.
fn draw_attention(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (list, id): (&List, EntryId),
    manner: &Manner<'_>,
    selected: Option<Style>,
) {
    let mark = list.marks().get(id);
    let (sign, tone) = match mark.attention {
        _ if mark.is_starred => ("*", Tone::Key),
        Attention::Finished => ("✓", Tone::Quiet),
        Attention::Read => ("-", Tone::Quiet),
        Attention::Unread if list.is_new(id) => ("+", Tone::Accent),
        Attention::Unread => return,
    };
    let style = manner.theme.tone(tone);
    canvas.put(area.x + 1, area.y, area.right(), sign, selected.map_or(style, |selected| selected.patch(style)));
}

/// Marks an article whose languages disagree on a figure, or which has problems.
fn draw_mark(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (entry, has_mismatch): (&Entry, bool),
    manner: &Manner<'_>,
    selected: Option<Style>,
) {
    let mark = match (has_mismatch, entry.problems > 0) {
        (true, _) if columns("≠", canvas.ambiguous) == 1 => "≠",
        (false, false) => return,
        _ => "!",
    };
    let style = manner.theme.tone(Tone::Warning);
    canvas.put(area.x, area.y, area.right(), mark, selected.map_or(style, |selected| selected.patch(style)));
}

/// Writes a text so that it ends at a column, and gives the column where what stands before it has to end.
fn right_aligned(canvas: &mut Canvas<'_>, area: Rect, end: u16, text: &str, style: Style) -> u16 {
    let width = columns(text, canvas.ambiguous) as u16;
    if width == 0 || end.saturating_sub(width) <= area.x + area.width / 2 {
        return end;
    }
    canvas.put(end - width, area.y, end, text, style);
    end - width - 2
}

/// The time of day under a day separator, else the day; the text of a date that could not be read.
fn date_of(entry: &Entry, manner: &Manner<'_>) -> String {
    match entry.date.civil(manner.zone) {
        Some(moment) if manner.by_day && moment.time() == civil::Time::midnight() => String::new(),
        Some(moment) if manner.by_day => moment.strftime("%H:%M").to_string(),
        Some(moment) => moment.date().to_string(),
        None => cut(&entry.date.written, 10, crate::typeset::Ambiguous::Narrow).into_owned(),
    }
}
