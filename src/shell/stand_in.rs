//! A stand-in for `view::draw` until it is merged: the titles, the notice, and the article's title.

use ratatui::Frame;
use ratatui::style::Style;

use crate::reader::{ListRow, Model};
use crate::view::{Theme, Tone};

pub(super) fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let last = area.height.saturating_sub(1);
    for (row, line) in model.list().rows().take(last.into()).enumerate() {
        if let ListRow::Title(id) = line
            && let Some(entry) = model.list().entry(id)
        {
            let style = theme.tone(if model.list().selected() == Some(id) { Tone::Selected } else { Tone::Plain });
            let title = entry.titles.in_language(model.language());
            frame.buffer_mut().set_stringn(0, row as u16, title, area.width.into(), style);
        }
    }
    let status = format!("{}/{} {}", model.list().position(), model.list().len(), model.notice().unwrap_or_default());
    frame.buffer_mut().set_stringn(0, last, status, area.width.into(), Style::new());
    if let Some(cursor) = model.cursor() {
        frame.set_cursor_position(cursor);
    }
}
