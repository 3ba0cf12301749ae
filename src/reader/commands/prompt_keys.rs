//! Keys and pasted text while an input line is open.

use crate::reader::keymap::{self, Action, Contexts};
use crate::reader::message::{Code, Key};
use crate::reader::model::{Mode, Model};
use crate::reader::page::Page;
use crate::reader::prompt::{Prompt, PromptKind};
use crate::reader::viewport::Motion;

impl Model {
    /// Handles a key for the input line of the status bar; returns an action that is not for the
    /// line.
    pub(in crate::reader) fn press_in_prompt(&mut self, key: Key) -> Option<Action> {
        let prompt = self.prompt.as_mut()?;
        match keymap::action(Contexts::PROMPT, None, key) {
            None if key.code == Code::Backspace && prompt.text().is_empty() => self.cancel_prompt(),
            None => {
                if prompt.edit(key) {
                    self.prompt_changed();
                }
            }
            // The mistake is shown beside the query.
            Some(Action::Enter) if prompt.mistake().is_some() => {}
            Some(Action::Enter) => self.accept_prompt(),
            Some(Action::Back) => self.cancel_prompt(),
            Some(Action::NextMatch) => self.step_from_prompt(Motion::Lines(1)),
            Some(Action::PreviousMatch) => self.step_from_prompt(Motion::Lines(-1)),
            Some(Action::PageDown) => self.step_from_prompt(Motion::Pages(1)),
            Some(Action::PageUp) => self.step_from_prompt(Motion::Pages(-1)),
            Some(Action::SwitchSearchFocus) => {}
            Some(action) => return Some(action),
        }
        None
    }

    /// Handles a key for the input line of the search screen; returns an action that is not for the
    /// line.
    pub(in crate::reader) fn press_in_search_prompt(&mut self, key: Key) -> Option<Action> {
        match keymap::action(Contexts::PROMPT, None, key) {
            None if key.code == Code::Backspace && self.search.prompt.text().is_empty() => {
                self.search.is_open = false;
            }
            None => {
                if self.search.prompt.edit(key) {
                    self.search_as_typed();
                }
            }
            Some(Action::NextMatch) => return Some(Action::Down),
            Some(Action::PreviousMatch) => return Some(Action::Up),
            action => return action,
        }
        None
    }

    /// Inserts pasted text. Without an input line nothing happens: a paste is not taken for keys.
    pub(in crate::reader) fn paste(&mut self, text: &str) {
        match self.mode() {
            Mode::SearchPrompt | Mode::SearchResults => {
                self.search.is_typing = true;
                self.search.prompt.paste(text);
                self.search_as_typed();
            }
            _ => {
                if let Some(prompt) = &mut self.prompt {
                    prompt.paste(text);
                    self.prompt_changed();
                }
            }
        }
    }

    /// Goes to another match, or to another article of the list, while the line stays open.
    fn step_from_prompt(&mut self, motion: Motion) {
        match (self.prompt.as_ref().map(Prompt::kind), motion) {
            (Some(PromptKind::Find), Motion::Lines(by)) => {
                if let Some(page) = &mut self.page {
                    page.go_to_match(by);
                }
            }
            (Some(PromptKind::Filter), _) => {
                self.list.go(motion);
                self.open_selected();
            }
            _ => {}
        }
    }

    /// Finds or filters by the changed line.
    fn prompt_changed(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        match prompt.kind() {
            PromptKind::Find => {
                let Some(page) = &mut self.page else { return };
                if let Some(origin) = &self.find_origin {
                    page.return_to(origin);
                }
                page.find(prompt.text());
            }
            PromptKind::Filter => self.filter_as_typed(),
            PromptKind::Search | PromptKind::Save | PromptKind::Rename => {}
        }
    }

    /// Closes the line and keeps the matches; if the query cannot be parsed, those of the last one
    /// that could.
    pub(in crate::reader) fn accept_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else {
            return;
        };
        self.find_origin = None;
        let is_empty = prompt.text().trim().is_empty();
        match prompt.kind() {
            PromptKind::Find if is_empty => {
                self.page.as_mut().map(Page::end_find);
            }
            PromptKind::Filter if is_empty => self.end_filter(true),
            PromptKind::Filter => self.list.keep_selected_in_filter(),
            PromptKind::Find | PromptKind::Search => {}
            PromptKind::Save => self.save_search(prompt.text()),
            PromptKind::Rename => self.rename_search(prompt.text()),
        }
    }

    /// Closes the line and returns to the state before.
    fn cancel_prompt(&mut self) {
        let Some(prompt) = self.prompt.take() else {
            return;
        };
        match prompt.kind() {
            PromptKind::Find => {
                let origin = self.find_origin.take();
                if let Some(page) = &mut self.page {
                    page.end_find();
                    if let Some(origin) = origin {
                        page.return_to(&origin);
                    }
                }
            }
            PromptKind::Filter => self.end_filter(false),
            PromptKind::Search | PromptKind::Save | PromptKind::Rename => {}
        }
    }
}
