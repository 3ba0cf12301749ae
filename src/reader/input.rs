//! What happens while an input line is open.

use super::act;
use super::finding;
use super::key::{Code, Key};
use super::keymap::{self, Action, Contexts};
use super::message::Effect;
use super::model::Model;
use super::prompt::{Prompt, PromptKind};

/// Opens an input line.
pub(super) fn open(model: &mut Model, kind: PromptKind) {
    let text = match kind {
        PromptKind::Find => "",
        PromptKind::Filter => model.list.query().unwrap_or_default(),
    };
    model.prompt = Some(Prompt::new(kind, text));
    model.origin = model.page.as_ref().filter(|_| kind == PromptKind::Find).map(super::page::Page::snapshot);
}

/// A key goes into the line, but for the few that the table keeps.
pub(super) fn press(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let Some(prompt) = &mut model.prompt else { return };
    match keymap::action(Contexts::PROMPT, None, key) {
        None if key.code == Code::Backspace && prompt.text().is_empty() => cancel(model, effects),
        None => {
            if prompt.edit(key) {
                changed(model, effects);
            }
        }
        Some(Action::Enter) => accept(model),
        Some(Action::Back) => cancel(model, effects),
        Some(action @ (Action::NextMatch | Action::PreviousMatch)) => {
            let by = if action == Action::NextMatch { 1 } else { -1 };
            match prompt.kind() {
                PromptKind::Find => {
                    if let Some(page) = &mut model.page {
                        page.go_to_match(by);
                    }
                }
                PromptKind::Filter => {
                    model.list.step(by);
                    model.follow_selection(effects);
                }
            }
        }
        Some(action) => act::act(model, action, None, effects),
    }
}

/// Inserts what was pasted; without an input line a paste is not taken for keys.
pub(super) fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if let Some(prompt) = &mut model.prompt {
        prompt.paste(text);
        changed(model, effects);
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
        PromptKind::Filter => {
            finding::ask(model, effects);
        }
    }
}

/// Closes the line and keeps what was found.
pub(super) fn accept(model: &mut Model) {
    let Some(prompt) = model.prompt.take() else { return };
    model.origin = None;
    if prompt.text().trim().is_empty() {
        match prompt.kind() {
            PromptKind::Find => drop(model.page.as_mut().map(super::page::Page::end_find)),
            PromptKind::Filter => model.list.end_filter(true),
        }
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
        PromptKind::Filter => {
            model.list.end_filter(false);
            model.follow_selection(effects);
        }
    }
}
