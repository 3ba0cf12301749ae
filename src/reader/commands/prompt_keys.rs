//! Keys and pasted text while an input line is open.

use crate::reader::key::{Code, Key};
use crate::reader::keymap::Action;
use crate::reader::model::{Mode, Model};
use crate::reader::page::Page;
use crate::reader::popup::PopupKind;
use crate::reader::prompt::{Prompt, PromptKind};
use crate::reader::viewport::Motion;

impl Model {
    /// The open input line: that of the status bar, of the search screen or of the facets.
    pub(super) fn typed_prompt(&mut self) -> Option<&mut Prompt> {
        match self.mode() {
            Mode::SearchPrompt => Some(&mut self.search.prompt),
            Mode::Facets => self.facets.as_mut().map(|facets| &mut facets.prompt),
            _ => self.prompt.as_mut(),
        }
    }

    /// Edits the open input line; Backspace in an empty one leaves it.
    pub(in crate::reader) fn type_key(&mut self, key: Key) {
        let Some(prompt) = self.typed_prompt() else {
            return;
        };
        if key.code == Code::Backspace && prompt.text().is_empty() {
            self.close_top();
        } else if prompt.edit(key) {
            self.prompt_changed();
        }
    }

    /// Inserts pasted text. Without an input line nothing happens: a paste is not taken for keys.
    pub(in crate::reader) fn paste(&mut self, text: &str) {
        match self.mode() {
            Mode::NoteBox => return self.paste_in_note(text),
            Mode::Prompt | Mode::SearchPrompt | Mode::Facets => {}
            Mode::SearchResults => self.search.is_typing = true,
            _ => return,
        }
        if let Some(prompt) = self.typed_prompt() {
            prompt.paste(text);
            self.prompt_changed();
        }
    }

    pub(super) fn execute_on_prompt(&mut self, action: Action) {
        match action {
            // The mistake is shown beside the query.
            Action::Enter
                if self
                    .prompt
                    .as_ref()
                    .is_some_and(|it| it.mistake().is_some()) => {}
            Action::Enter => self.accept_prompt(),
            Action::Move(motion) => self.step_from_prompt(motion),
            Action::SwitchSearchFocus => self.complete(),
            _ => {}
        }
    }

    /// Completes the name of a command, or switches between what a command can get.
    fn complete(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let other = match prompt.kind() {
            PromptKind::PipeArticle => PromptKind::PipeParagraph,
            PromptKind::PipeParagraph | PromptKind::PipeSelection => PromptKind::PipeArticle,
            PromptKind::Command => return self.complete_command(),
            PromptKind::Tags => return self.complete_tag(),
            _ => return,
        };
        let text = prompt.text().to_owned();
        self.prompt = Some(Prompt::new(other, &text));
    }

    /// Goes to another match, or to another article of the list, while the line stays open.
    fn step_from_prompt(&mut self, motion: Motion) {
        match (self.prompt.as_ref().map(Prompt::kind), motion) {
            (Some(PromptKind::Find), Motion::Lines(by)) => {
                if let Some(page) = &mut self.page {
                    page.go_to_match(by);
                }
            }
            (Some(PromptKind::Help | PromptKind::Listed | PromptKind::Command), _) => {
                if let Some(popup) = &mut self.popup {
                    popup.go(motion);
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
    pub(super) fn prompt_changed(&mut self) {
        let Some(prompt) = &self.prompt else {
            return match &mut self.facets {
                Some(facets) if !self.search.is_open => facets.narrow(),
                _ => self.search_as_typed(),
            };
        };
        match prompt.kind() {
            PromptKind::Find => {
                let Some(page) = &mut self.page else { return };
                if let Some(origin) = &self.find_origin {
                    page.return_to(origin);
                }
                page.find(prompt.text());
            }
            PromptKind::Filter => self.filter_as_typed(),
            PromptKind::Listed => {
                let text = prompt.text().to_owned();
                self.filter_listed(&text);
            }
            PromptKind::Help => {
                let text = prompt.text().to_owned();
                self.search_help(&text);
            }
            PromptKind::Command => {
                let text = prompt.text().to_owned();
                self.list_commands(&text);
            }
            _ => {}
        }
    }

    /// Keeps only what matches a text in the list that is open.
    fn filter_listed(&mut self, text: &str) {
        match self.popup.as_ref().map(|popup| popup.kind) {
            Some(PopupKind::Words) => self.filter_words(text),
            _ => self.filter_hub(text),
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
            PromptKind::Find => self.say_if_not_found(),
            PromptKind::Command => self.accept_command(),
            PromptKind::PipeArticle | PromptKind::PipeParagraph | PromptKind::PipeSelection
                if !is_empty =>
            {
                self.pipe(prompt.text(), prompt.kind());
            }
            PromptKind::LookUp if !is_empty => self.look_up_with_command(prompt.text().trim()),
            PromptKind::PipeArticle
            | PromptKind::PipeParagraph
            | PromptKind::PipeSelection
            | PromptKind::LookUp
            | PromptKind::Search
            | PromptKind::Facets
            | PromptKind::Listed
            | PromptKind::Help => {}
            PromptKind::Meaning => self.set_meaning(prompt.text()),
            PromptKind::Tags => self.set_typed_tags(prompt.text()),
            PromptKind::Save => self.save_search(prompt.text()),
            PromptKind::Rename => self.rename_search(prompt.text()),
        }
    }

    /// Closes the line and returns to the state before.
    pub(super) fn cancel_prompt(&mut self) {
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
            PromptKind::Listed => self.filter_listed(""),
            PromptKind::Help => self.search_help(""),
            PromptKind::Command => self.popup = None,
            _ => {}
        }
    }
}
