//! Popups and link hints.

use crate::bilingual::PictureProblem;
use crate::catalog::{KnownLibrary, Statistics};
use crate::markdown::can_open;
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::link_hints::{HintInput, LinkHints};
use crate::reader::message::Effect;
use crate::reader::model::{Mode, Model};
use crate::reader::number::many;
use crate::reader::page::{Page, PageSource, VisibleLink};
use crate::reader::picture_box::{CellSize, PictureBox};
use crate::reader::popup::{Choice, Popup, PopupKind};
use crate::reader::prompt::PromptKind;

impl Model {
    /// Opens the help on the part of the reader that has the keys.
    pub(super) fn open_help(&mut self) {
        self.open_popup(Popup::help(self.key_context(), &self.settings.keys));
    }

    /// Makes the lines of a popup again that are in the program's own language.
    pub(in crate::reader) fn translate_popup(&mut self) {
        match self.popup.as_ref().map(|popup| popup.kind) {
            Some(PopupKind::Menu) => self.open_popup(Popup::menu(&self.settings.keys)),
            Some(PopupKind::Commands) => {
                let typed = self.prompt.as_ref().map(|prompt| prompt.text().to_owned());
                self.list_commands(&typed.unwrap_or_default());
            }
            _ => {}
        }
    }

    /// Shows only what holds the text in the help.
    pub(super) fn search_help(&mut self, text: &str) {
        if let Some(popup) = &mut self.popup {
            popup.search(text);
            popup.place(self.settings.area, self.settings.ambiguous);
        }
    }

    pub(super) fn open_outline(&mut self) {
        let Some(page) = &self.page else {
            return self.set_status(tr!("No article is open"));
        };
        match Popup::outline(page) {
            Some(outline) => self.open_popup(outline),
            None => self.set_status(tr!("The article has no headings")),
        }
    }

    pub(super) fn open_problems(&mut self) {
        let Some(page) = &self.page else {
            return self.set_status(tr!("No article is open"));
        };
        match Popup::problems(page) {
            Some(problems) => self.open_popup(problems),
            None => self.set_status(tr!("The article has no problems, and its figures agree")),
        }
    }

    /// Shows the libraries to choose from, unless something else was opened since they were asked
    /// for.
    pub(in crate::reader) fn show_libraries(&mut self, libraries: &[KnownLibrary]) {
        if self.is_confirming || !matches!(self.mode(), Mode::List | Mode::Article) {
            return;
        }
        match Popup::libraries(libraries, self.list.unread_count()) {
            Some(popup) => self.open_popup(popup),
            None => self.set_status(tr!(
                "No other library was read before; to read one, run: jianbao FOLDER"
            )),
        }
    }

    /// Counts the articles of the list.
    pub(super) fn open_statistics(&mut self) {
        let shown = self.list.shown();
        let title = tr!(
            "Statistics of {articles}",
            articles = many(shown.len(), "article")
        );
        let all = Statistics::new(
            self.list.entries(),
            shown,
            (self.list.marks(), &self.annotations),
            |_| None,
        );
        let (area, ambiguous) = (self.settings.area, self.settings.ambiguous);
        let is_ascii = self.settings.is_ascii();
        match Popup::statistics(&all, title, area, ambiguous, is_ascii) {
            Some(popup) => self.open_popup(popup),
            None => self.set_status(tr!("No articles here")),
        }
    }

    /// Shows the themes, the one of the settings selected.
    pub(super) fn open_themes(&mut self) {
        let now = self.settings.set.value("theme");
        let now = now
            .as_ref()
            .and_then(|now| now.as_str())
            .unwrap_or_default();
        let popup = Popup::themes(&self.themes, now);
        self.open_popup(popup);
    }

    /// Has the selected theme shown, or again that of the settings, if this changed.
    pub(in crate::reader) fn preview_theme(&mut self) {
        let name = match self.popup.as_ref().and_then(Popup::choice) {
            Some(Choice::Theme(name)) => Some(name),
            _ => None,
        };
        if name != self.theme_preview {
            self.theme_preview.clone_from(&name);
            self.emit(Effect::ShowTheme(name));
        }
    }

    /// Shows the bookmarks to choose from.
    pub(super) fn list_bookmarks(&mut self) {
        if let Some(popup) = Popup::bookmarks(self.bookmark_titles()) {
            self.open_popup(popup);
        } else {
            let hints = [message!("{bookmark} sets one")];
            self.set_status_with(tr!("No bookmark is set"), &hints);
        }
    }

    pub(super) fn open_link_of_article(&mut self) {
        match self.link_of_article() {
            Some(link) => self.open_popup(Popup::link(&link)),
            None => self.set_status(tr!("The article has no link")),
        }
    }

    pub(super) fn show_link_hints(&mut self) {
        let Some(page) = &self.page else {
            return self.set_status(tr!("No article is open"));
        };
        if page.links().is_empty() {
            return self.set_status(tr!("No link on the screen"));
        }
        // The focus may change the rows.
        self.set_focus(Focus::Article);
        self.link_hints = self.page.as_ref().map(LinkHints::new).unwrap_or_default();
    }

    pub(in crate::reader) fn type_hint(&mut self, letter: char) {
        match self.link_hints.type_letter(letter) {
            HintInput::Incomplete => {}
            HintInput::NoMatch => {
                self.hide_link_hints();
                self.set_status(tr!("No link is labelled {letter}", letter = letter));
            }
            HintInput::Link(link) => self.follow_link(link),
        }
    }

    /// Goes to a footnote; the target of any other link is shown before it is opened.
    pub(in crate::reader) fn follow_link(&mut self, VisibleLink { source, link, .. }: VisibleLink) {
        self.hide_link_hints();
        if self.enlarge_picture(source, link) {
            return;
        }
        let Some(page) = &self.page else { return };
        let Some(link) = page.document_of(source).links.get(link as usize).cloned() else {
            return;
        };
        match link.footnote {
            Some(block) => {
                self.remember_jump();
                if let Some(page) = &mut self.page {
                    page.go_to_block_of(source, block);
                }
            }
            None => self.open_popup(Popup::link(&link.target)),
        }
    }

    /// Shows pictures in cells of a size from now on, or as text.
    pub(in crate::reader) fn show_pictures(&mut self, cell: Option<CellSize>) {
        self.settings.cell = cell;
        self.arrange();
    }

    /// Takes up whether the terminal shows text at twice its size.
    pub(in crate::reader) fn show_large_text(&mut self, is_shown: bool) {
        self.settings.has_large_text = is_shown;
        self.arrange();
    }

    /// Takes up that a picture cannot be shown.
    pub(in crate::reader) fn refuse_picture(&mut self, it: &PictureBox, problem: PictureProblem) {
        if let Some(page) = &mut self.page {
            page.refuse_picture(it, problem);
        }
    }

    /// Enlarges the picture of the current paragraph; `false` if it has none.
    pub(super) fn enlarge_current_picture(&mut self) -> bool {
        let page = self.page.as_ref().filter(|_| !self.settings.is_linear);
        let found = page.and_then(Page::current_picture);
        found.is_some_and(|(source, link)| self.enlarge_picture(source, link))
    }

    /// Shows a picture over the whole screen, or says why not; `false` if it is no file of the library.
    pub(in crate::reader) fn enlarge_picture(&mut self, source: PageSource, link: u32) -> bool {
        let Some(page) = &self.page else {
            return false;
        };
        match page.enlarged(source, link, Popup::room(self.settings.area)) {
            Ok(picture) => self.open_popup(Popup::enlarged(picture)),
            Err(Some(why)) => self.set_status(why),
            Err(None) => return false,
        }
        true
    }

    pub(super) fn execute_on_link_hints(&mut self, action: Action) {
        match action {
            Action::Move(motion) => self.link_hints.go(motion),
            Action::Enter => {
                if let Some(link) = self.link_hints.selected().map(|hint| hint.link) {
                    self.follow_link(link);
                }
            }
            _ => self.hide_link_hints(),
        }
    }

    /// Executes an action on the popup; returns the action of a line that was chosen.
    pub(super) fn execute_on_popup(
        &mut self,
        action: Action,
        count: Option<u32>,
    ) -> Option<Action> {
        let popup = self.popup.as_mut()?;
        if popup.kind == PopupKind::Hub && self.execute_on_hub(action) {
            return None;
        }
        let popup = self.popup.as_mut()?;
        if popup.kind == PopupKind::Words && self.execute_on_words(action) {
            return None;
        }
        let popup = self.popup.as_mut()?;
        match (action, popup.kind) {
            (Action::Move(motion), _) => popup.go(motion.times(count)),
            (Action::Scroll(by), _) => popup.scroll(by * count.unwrap_or(1) as isize),
            (Action::Help, PopupKind::Help) => self.popup = None,
            (Action::Help, _) => self.open_help(),
            (Action::Find, PopupKind::Hub | PopupKind::Words) => {
                self.open_prompt(PromptKind::Listed);
            }
            (Action::Find, PopupKind::Help) => self.open_prompt(PromptKind::Help),
            (Action::Enter, _) | (Action::OpenLink, PopupKind::Link) => {
                return self.choose_in_popup();
            }
            (Action::CopyLink, PopupKind::Link) => {
                let target = popup.target().to_owned();
                self.popup = None;
                self.copy(target, tr!("Copied the link"));
            }
            (Action::CopyLink, PopupKind::Output) => {
                let text = popup.target().to_owned();
                self.copy(text, "the output");
            }
            _ => {}
        }
        None
    }

    /// Closes the popup and does what its selected line says, or opens its link; returns the action
    /// of the line.
    pub(in crate::reader) fn choose_in_popup(&mut self) -> Option<Action> {
        let popup = self.popup.take()?;
        match popup.choice() {
            Some(Choice::Action(action)) => return Some(action),
            Some(Choice::Figure(at)) => {
                self.remember_jump();
                self.set_focus(Focus::Article);
                if let Some(page) = &mut self.page {
                    page.light_at(at);
                }
            }
            Some(Choice::Block(block)) => {
                self.remember_jump();
                if let Some(page) = &mut self.page {
                    page.go_to_block(block);
                }
                self.set_focus(Focus::Article);
            }
            Some(Choice::Bookmark(letter)) => self.go_to_bookmark(letter),
            Some(Choice::Listed(number)) if popup.kind == PopupKind::Words => {
                self.choose_word(number);
            }
            Some(Choice::Listed(number)) => self.choose_in_hub(number),
            Some(Choice::Share(name)) => self.share(&name),
            Some(Choice::Filter(query)) => {
                let now = self.list.query().map(str::trim);
                let query = match now.filter(|now| !now.is_empty()) {
                    Some(now) => format!("({now}) {query}"),
                    None => query,
                };
                self.show_list();
                self.filter_by(&query);
            }
            Some(Choice::Library(folder)) => {
                // It stays open until the folder was looked at.
                self.popup = Some(popup);
                self.set_status(tr!("Opening the library"));
                self.emit(Effect::OpenLibrary(folder));
            }
            Some(Choice::Theme(name)) => {
                self.set_long_status(tr!(
                    "Theme {name} until you quit · to keep it, write theme = \"{name}\" in config.toml",
                    name = name
                ));
                self.emit(Effect::Set(format!("theme={name}")));
            }
            Some(_) => {}
            None if popup.kind != PopupKind::Link => {}
            None if can_open(popup.target()) => {
                self.emit(Effect::Open(popup.target().to_owned()));
            }
            None => self.set_status(tr!("Only http, https and mailto links are opened")),
        }
        None
    }
}
