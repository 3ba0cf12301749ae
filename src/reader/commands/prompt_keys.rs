//! What happens while an input line is open.

use super::{execute, saved_searches, search};
use crate::reader::key::{Code, Key};
use crate::reader::keymap::{self, Action, Contexts};
use crate::reader::message::Effect;
use crate::reader::model::Model;
use crate::reader::prompt::{Prompt, PromptKind};

/// Opens an input line.
pub(in crate::reader) fn open(model: &mut Model, kind: PromptKind) {
    let text = match kind {
        PromptKind::Find | PromptKind::Search => String::new(),
        PromptKind::Filter => model.list.query().unwrap_or_default().to_owned(),
        PromptKind::Save | PromptKind::Rename => saved_searches::name_to_edit(model, kind),
    };
    model.prompt = Some(Prompt::new(kind, &text));
    model.origin = model.page.as_ref().filter(|_| kind == PromptKind::Find).map(crate::reader::page::Page::snapshot);
}

/// A key goes into the line, but for the few that the table keeps.
pub(in crate::reader) fn press(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut model.prompt else { return };
    match keymap::action(Contexts::PROMPT, None, key) {
        None if key.code == Code::Backspace && prompt.text().is_empty() => cancel(model, effects),
        None => {
            if prompt.edit(key) {
                changed(model, effects);
            }
        }
        // What is wrong with the query stands beside it.
        Some(Action::Enter) if prompt.mistake().is_some() => {}
        Some(Action::Enter) => accept(model, effects),
        Some(Action::Back) => cancel(model, effects),
        Some(action @ (Action::NextMatch | Action::PreviousMatch)) => {
            step(model, if action == Action::NextMatch { 1 } else { -1 }, effects);
        }
        Some(action @ (Action::PageDown | Action::PageUp)) => {
            if prompt.kind() == PromptKind::Filter {
                model.list.step_screen(if action == Action::PageDown { 1 } else { -1 }, 1);
                model.follow_selection(effects);
            }
        }
        Some(Action::Leave) => {}
        Some(action) => execute(model, action, None, effects),
    }
}

/// Goes to another match, or to another article of the list.
fn step(model: &mut Model, by: isize, effects: &mut Vec<Effect>) {
    match model.prompt.as_ref().map(Prompt::kind) {
        Some(PromptKind::Find) => {
            if let Some(page) = &mut model.page {
                page.go_to_match(by);
            }
        }
        Some(PromptKind::Filter) => {
            model.list.step(by);
            model.follow_selection(effects);
        }
        _ => {}
    }
}

/// Inserts what was pasted; without an input line a paste is not taken for keys.
pub(in crate::reader) fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if let Some(prompt) = &mut model.prompt {
        prompt.paste(text);
        changed(model, effects);
    } else if model.popup.is_none() && model.search.is_open() {
        model.search.type_in(true);
        model.search.prompt().paste(text);
        search::search_as_typed(model, effects);
    }
}

/// Searches or filters for what is in the line now.
fn changed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = &model.prompt else { return };
    match prompt.kind() {
        PromptKind::Find => {
            let Some(page) = &mut model.page else { return };
            if let Some(origin) = &model.origin {
                page.return_to(origin);
            }
            page.find(prompt.text());
        }
        PromptKind::Filter => search::filter_as_typed(model, effects),
        PromptKind::Search | PromptKind::Save | PromptKind::Rename => {}
    }
}

/// Closes the line and keeps what was found; of a query that cannot be understood, what the last good one found.
pub(in crate::reader) fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = model.prompt.take() else { return };
    model.origin = None;
    let is_empty = prompt.text().trim().is_empty();
    match prompt.kind() {
        PromptKind::Find if is_empty => drop(model.page.as_mut().map(crate::reader::page::Page::end_find)),
        PromptKind::Filter if is_empty => search::end_filter(model, true, effects),
        PromptKind::Filter => model.list.keep_choice(),
        PromptKind::Find | PromptKind::Search => {}
        kind @ (PromptKind::Save | PromptKind::Rename) => saved_searches::take_name(model, kind, prompt.text()),
    }
}

/// Closes the line and goes back to what was before.
fn cancel(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(prompt) = model.prompt.take() else { return };
    match prompt.kind() {
        PromptKind::Find => {
            if let Some(page) = &mut model.page {
                page.end_find();
                if let Some(origin) = model.origin.take() {
                    page.return_to(&origin);
                }
            }
        }
        PromptKind::Filter => search::end_filter(model, false, effects),
        PromptKind::Search | PromptKind::Save | PromptKind::Rename => {}
    }
}
