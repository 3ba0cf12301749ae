//! The list pane: one row an article, a quiet line a day.

use jiff::civil;
use jiff::tz::TimeZone;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Theme, Tone};
use crate::catalog::Entry;
use crate::text::Language;
use crate::typeset::{columns, cut};

/// From this width on a row shows date and source beside its title, in columns.
const ROOM_FOR_DATE: u16 = 38;
/// From this width on a row shows its tags as well, in columns.
const ROOM_FOR_TAGS: u16 = 76;
/// The columns kept for a source, and for tags.
const SOURCE_COLUMNS: usize = 12;
const TAGS_COLUMNS: usize = 20;

/// What the rows of a list have in common.
#[derive(Clone, Debug)]
pub(super) struct Manner<'a> {
    /// The language of the titles.
    pub(super) language: Language,
    /// The zone in which days are told.
    pub(super) zone: &'a TimeZone,
    /// Whether rows stand under day separators, and so show the time of day only.
    pub(super) by_day: bool,
    /// The theme.
    pub(super) theme: &'a Theme,
}

/// Draws the line above the articles of one day.
pub(super) fn draw_separator(canvas: &mut Canvas<'_>, area: Rect, day: Option<civil::Date>, theme: &Theme) {
    let label = day.map_or_else(|| "undated · 无日期".to_owned(), name_of_day);
    let x = canvas.put(area.x + 1, area.y, area.right(), &label, theme.tone(Tone::Quiet));
    canvas.row(x + 1, area.right().saturating_sub(1), area.y, "─", theme.tone(Tone::Faint));
}

/// A day as both languages write it: `2024-06-05 周三 Wed`.
fn name_of_day(day: civil::Date) -> String {
    const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let nth = day.weekday().to_monday_zero_offset() as usize;
    format!("{day} 周{} {}", CHINESE[nth], ENGLISH[nth])
}

/// Draws one article's row, with the style of its selection laid over it.
pub(super) fn draw_entry(
    canvas: &mut Canvas<'_>,
    area: Rect,
    entry: &Entry,
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
    if area.width >= ROOM_FOR_DATE {
        let date = date_of(entry, manner);
        end = right_aligned(canvas, area, end, &date, over(theme.tone(Tone::Quiet)));
        if let Some(source) = &entry.source {
            let source = cut(source, SOURCE_COLUMNS, ambiguous);
            end = right_aligned(canvas, area, end, &source, over(theme.tone(Tone::Quiet)));
        }
    }
    if area.width >= ROOM_FOR_TAGS && !entry.tags.is_empty() {
        let tags = entry.tags.join(" ");
        let tags = cut(&tags, TAGS_COLUMNS, ambiguous);
        end = right_aligned(canvas, area, end, &tags, over(theme.tone(Tone::Faint)));
    }
    if entry.problems > 0 {
        canvas.put(area.x, area.y, end, "!", over(theme.tone(Tone::Warning)));
    }
    let start = area.x + 1;
    let room = usize::from(end.saturating_sub(start));
    let title = cut(entry.titles.in_language(manner.language), room, ambiguous);
    canvas.put(start, area.y, end, &title, over(theme.tone(Tone::Plain)));
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
