//! The list pane: one or two rows for an article, a quiet line for a day of several.

use ratatui::layout::Rect;

use super::canvas::{Canvas, RowWriter};
use super::theme::Tone;
use crate::catalog::{Attention, Entry, EntryId};
use crate::reader::{Focus, List, ListRow, MARK_COLUMNS, Model, WIDE_LIST, name_of_day};
use crate::typeset::cut;

const SOURCE_COLUMNS: usize = 14;

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
    let several = list.several();
    for (y, (index, row)) in (0..area.height).zip(list.placed_rows()) {
        let is_selected = match row {
            ListRow::Title(id) | ListRow::Detail(id) if !several.is_empty() => {
                several.contains(&id)
            }
            _ => list.position() == index,
        };
        let selected = is_selected.then_some(selection);
        match row {
            ListRow::Day(day) => {
                let settings = &model.settings;
                let label = name_of_day(day, settings.today, settings.language);
                let line = canvas.line(area, y).skip(MARK_COLUMNS);
                line.put_clipped(&label, Tone::Quiet).reserve(1).rule();
            }
            ListRow::Source(id) => {
                let line = canvas.line(area, y).skip(MARK_COLUMNS);
                let source = list.entries().source(id).unwrap_or(tr!("No source"));
                line.put_clipped(source, Tone::Quiet).reserve(1).rule();
            }
            ListRow::Title(id) => draw_title(canvas.list_row(area, y, selected), index, id, model),
            ListRow::Detail(id) => {
                draw_detail(canvas.list_row(area, y, selected), index, id, model);
            }
            ListRow::Rest(id) => {
                let line = canvas.list_row(area, y, selected).skip(MARK_COLUMNS);
                let (entry, at) = (list.entry(id), list.title_break(index));
                if let (Some(entry), Some(at)) = (entry, at) {
                    let title = entry.titles.in_language(model.settings.language);
                    line.reserve(1)
                        .put_words(&title[at..], tone_of_title(list, id));
                }
            }
        }
    }
}

/// Explains why the list is empty, and how to leave that state.
fn draw_empty(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let list = model.list();
    let out = model.with_hints(Focus::List, "", &[message!("{back} shows all articles")]);
    let lines = match list.query() {
        _ if list.entries().is_empty() && !model.progress.is_finished => {
            [tr!("Looking for articles…"), ""]
        }
        _ if list.entries().is_empty() => [tr!("No articles here"), ".md .markdown .mdown .txt"],
        Some(_) if list.is_filtering() => ["…", ""],
        Some(_) => [tr!("No match"), &*out],
        None => ["", ""],
    };
    for (y, text) in (1..area.height).zip(lines) {
        let line = canvas.line(area, y).skip(MARK_COLUMNS).reserve(1);
        line.put(text, Tone::Quiet);
    }
}

/// Draws an article's first row: its marks and title, the date unless that is on a second row, and
/// in a wide list source and tags.
fn draw_title(mut line: RowWriter<'_, '_>, index: usize, id: EntryId, model: &Model) {
    let list = model.list();
    let Some(entry) = list.entry(id) else { return };
    let width = line.room();
    if !list.has_detail(index) {
        line = line.put_right(&list.date_text(index), Tone::Quiet);
        if width >= WIDE_LIST {
            let ambiguous = line.canvas.ambiguous;
            let source = entry.source.as_deref().unwrap_or_default();
            let tags = shown_tags(&entry, model).join(" · ");
            let title = line
                .canvas
                .columns(entry.titles.in_language(model.settings.language));
            if list.day().is_none() {
                line = put_fact(line, title, &cut(source, SOURCE_COLUMNS, ambiguous));
            }
            line = put_fact(line, title, &cut(&tags, (width / 4).into(), ambiguous));
        }
    }
    let mismatch_sign = if line.canvas.columns("≠") == 1 {
        "≠"
    } else {
        "!"
    };
    let problem_sign = entry.is_broken.then_some("!");
    let warning = if list.has_mismatch(id) {
        Some(mismatch_sign)
    } else {
        problem_sign
    };
    let title = entry.titles.in_language(model.settings.language);
    let title = &title[..list.title_break(index).unwrap_or(title.len())];
    let line = line
        .sign(warning.map(|sign| (sign, Tone::Warning)))
        .sign(attention_sign(list, id));
    // Before a date there is a blank column already.
    let reserved = u16::from(line.room() + MARK_COLUMNS == width);
    line.reserve(reserved)
        .put_words(title, tone_of_title(list, id));
}

fn tone_of_title(list: &List, id: EntryId) -> Tone {
    if list.marks().get(id).attention == Attention::Unread {
        Tone::Plain
    } else {
        Tone::Quiet
    }
}

/// Draws an article's second row in a roomy list: source, tags, and the date at the right. Only the
/// title is bold.
fn draw_detail(line: RowWriter<'_, '_>, index: usize, id: EntryId, model: &Model) {
    let list = model.list();
    let Some(entry) = list.entry(id) else { return };
    // On the page of a day the source is above.
    let source = entry.source.iter().filter(|_| list.day().is_none());
    let tags = shown_tags(&entry, model);
    let facts: Vec<&str> = source.chain(&tags).map(String::as_str).collect();
    line.unbold()
        .put_right(&list.date_text(index), Tone::Quiet)
        .skip(MARK_COLUMNS)
        .reserve(1)
        .put(&facts.join(" · "), Tone::Quiet);
}

/// The tags of an article: the reader's own, each with `#`, then those of its file.
fn shown_tags(entry: &Entry, model: &Model) -> Vec<String> {
    let own = model.own_tags_of(&entry.path);
    let own = own.iter().map(|tag| format!("#{tag}"));
    own.chain(entry.tags.iter().cloned()).collect()
}

/// Writes a text at the right of a row, if it leaves room for the title.
fn put_fact<'c, 'b>(line: RowWriter<'c, 'b>, title: u16, text: &str) -> RowWriter<'c, 'b> {
    let columns = line.canvas.columns(text);
    if columns == 0 || line.room() < MARK_COLUMNS + title + columns + 2 {
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
