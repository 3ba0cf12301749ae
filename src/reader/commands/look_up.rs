//! Looking up: the box beside the word, and the command of the settings.

use crate::catalog::Request;
use crate::reader::layout::ScreenRect;
use crate::reader::look_up::{LONGEST_WORD, LookUpBox, look_up_popup, not_found};
use crate::reader::model::Model;
use crate::reader::page::Page;
use crate::reader::popup::Popup;
use crate::reader::prompt::PromptKind;

impl Model {
    /// Opens the look-up box for what is selected, or else for the word at the reading line. If it is open already, asks
    /// the command of the settings.
    pub(super) fn look_up_selected(&mut self) {
        if self.look_up.is_some() {
            if self.has_lookup_command()
                && let Some(word) = self.page.as_ref().and_then(Page::selected_text)
            {
                self.look_up_with_command(&word);
            }
            return;
        }
        let is_chosen = self.is_selecting();
        let mut page = self.page.as_mut().filter(|_| self.loading.is_none());
        let marked_by = page.as_ref().and_then(|page| page.marked_by());
        let has_word = page.as_mut().is_some_and(|page| {
            let has_word = page.start_selection();
            if !is_chosen {
                page.skip_figures();
            }
            has_word
        });
        if has_word {
            self.look_up = Some(LookUpBox {
                word: None,
                popup: Popup::look_up(String::new(), Vec::new(), String::new()),
                marked_by,
            });
        } else {
            self.set_status(tr!("No word here"));
        }
    }

    /// Closes the box; what was selected before stays so, a sentence is lit again. `false` if there is no box.
    pub(super) fn end_look_up(&mut self) -> bool {
        let ended = self.look_up.take();
        if let (Some(ended), Some(page)) = (&ended, &mut self.page) {
            page.return_from_word(ended.marked_by);
        }
        ended.is_some()
    }

    /// Fills the box and sets it beside what is selected; without a selection it is closed.
    pub(in crate::reader) fn update_look_up(&mut self) {
        let selected = self.page.as_ref().filter(|_| self.is_selecting());
        let selected = selected.and_then(|page| Some((page, page.word()?)));
        let (Some(open), Some((page, word)), Some(pane)) =
            (&mut self.look_up, selected, self.layout.article)
        else {
            self.look_up = None;
            return;
        };
        let settings = &self.settings;
        let is_other = open.word.as_ref() != Some(&word);
        if is_other {
            open.popup = look_up_popup(page, &word, &self.book);
            let has_command = !settings.set.lookup_command.trim().is_empty();
            open.popup.name_look_up_keys(&settings.keys, has_command);
        }
        let last = page.cell_of(word.side, word.range.end.max(1) - 1);
        let first = page.cell_of(word.side, word.range.start).or(last);
        open.popup.anchor = first.map(|(x, y)| ScreenRect {
            x: pane.body.x + x,
            y: pane.body.y + y,
            columns: 1,
            rows: last.map_or(1, |(_, last)| last.max(y) - y + 1),
        });
        open.popup.place(settings.area, settings.ambiguous);
        open.word = Some(word);
        if let Some(written) = page
            .selected_text()
            .filter(|written| is_other && written.len() <= LONGEST_WORD)
        {
            self.request(Request::LookUp(written));
        }
    }

    /// Adds what the dictionaries of the user say of the word in the box.
    pub(in crate::reader) fn take_looked_up(&mut self, word: &str, lines: Vec<String>) {
        let selected = self.page.as_ref().and_then(Page::selected_text);
        if let Some(open) = self
            .look_up
            .as_mut()
            .filter(|_| selected.as_deref() == Some(word))
        {
            open.popup.add_lines(lines, not_found());
        }
    }

    /// Looks up what was typed with the command of the settings.
    pub(super) fn look_up_with_command(&mut self, word: &str) {
        let command = self.settings.set.lookup_command.clone();
        let has_hole = command.contains("{word}");
        let command = if has_hole {
            command
        } else {
            command + " {word}"
        };
        self.run(&command, word.to_owned(), String::new(), |name| {
            (name == "word").then(|| word.to_owned())
        });
    }

    pub(super) fn ask_for_word(&mut self) {
        if self.has_lookup_command() {
            self.open_prompt(PromptKind::LookUp);
        }
    }

    /// Whether there is a command to look words up with; says so if not.
    fn has_lookup_command(&mut self) -> bool {
        let is_set = !self.settings.set.lookup_command.trim().is_empty();
        if !is_set {
            self.set_status(tr!(
                "Set lookup_command in the settings first, for example: sdcv -n {word}"
            ));
        }
        is_set
    }
}
