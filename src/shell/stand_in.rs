//! A stand-in for the model and its view until they are merged: a plain list of titles.

use ratatui::Frame;
use ratatui::style::Style;

use crate::catalog::{Entry, EntryId};
use crate::reader::{Area, Code, Effect, Message};
use crate::text::{Language, clean_line};
use crate::typeset::Ambiguous;
use crate::view::{Theme, Tone};

pub(super) struct Model {
    entries: Vec<Entry>,
    selected: usize,
    language: Language,
    notice: String,
    shown: String,
}

impl Model {
    pub(super) fn new(_: Area, language: Language, _: Ambiguous) -> Self {
        Self { entries: Vec::new(), selected: 0, language, notice: String::new(), shown: String::new() }
    }
}

pub(super) fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => match key.code {
            Code::Char('c') if key.ctrl => return vec![Effect::Quit],
            Code::Char('z') if key.ctrl => return vec![Effect::Suspend],
            Code::Char('q') => return vec![Effect::Quit],
            Code::Char('j') | Code::Down => model.selected = (model.selected + 1).min(model.entries.len().max(1) - 1),
            Code::Char('k') | Code::Up => model.selected = model.selected.saturating_sub(1),
            Code::Char('x') | Code::Tab => model.language = model.language.other(),
            Code::Enter => return vec![Effect::Load(EntryId(model.selected as u32))],
            _ => {}
        },
        Message::Entries(entries) => model.entries.extend(entries),
        Message::Notice(line) => model.notice = line,
        Message::Loaded { text, .. } => model.shown = text.article.titles.given.clone(),
        _ => {}
    }
    Vec::new()
}

pub(super) fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let top = model.selected.saturating_sub(area.height as usize / 2);
    for (row, (index, entry)) in
        model.entries.iter().enumerate().skip(top).enumerate().take(area.height.saturating_sub(1).into())
    {
        let style = theme.tone(if index == model.selected { Tone::Selected } else { Tone::Plain });
        let title = clean_line(entry.titles.in_language(model.language)).into_owned();
        frame.buffer_mut().set_stringn(0, row as u16, title, area.width.into(), style);
    }
    let status = format!("{}/{} {} {}", model.selected + 1, model.entries.len(), model.shown, model.notice);
    frame.buffer_mut().set_stringn(0, area.height.saturating_sub(1), status, area.width.into(), Style::new());
    frame.set_cursor_position((0, (model.selected - top) as u16));
}
