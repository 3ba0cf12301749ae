//! Applies messages to the model.

use std::time::Duration;

use super::key::{Code, Key};
use super::keymap::{self, Action, Contexts};
use super::layout::Focus;
use super::message::{Effect, Message, Timer};
use super::model::{Mode, Model, ScanProgress};
use super::page::Page;
use super::popup::{Popup, PopupKind};
use crate::catalog::{ArticleCheck, Changes, Facets, Request, Update};
use crate::locale::translated;

const MOST_COUNT: u32 = 9_999_999;
/// How long the second key of a chord may take before help is shown.
const CHORD_TIMEOUT: Duration = Duration::from_millis(300);

/// Applies a message to the model; returns the effects to perform, in order.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let Some(message) = model.pass_waiting(message) else {
        return Vec::new();
    };
    apply(model, message);
    ask_for_what_is_shown(model);
    let mut effects = model.take_effects();
    for typed in model.take_typed() {
        effects.extend(update(model, typed));
    }
    effects
}

fn apply(model: &mut Model, message: Message) {
    match message {
        Message::Key(key) => {
            model.clear_status();
            model.end_drag();
            model.chords = None;
            model.is_filter_restored = false;
            model.press(key);
        }
        Message::Line(line) => {
            model.clear_status();
            model.is_filter_restored = false;
            model.execute_line(&line);
        }
        Message::Paste(text) => model.paste(&text),
        Message::Mouse(mouse) => model.on_mouse(mouse),
        Message::Resized(area) => {
            model.settings.area = area;
            model.arrange();
        }
        Message::Library(update) => {
            model.update_from_library(update);
            model.go_to_first_annotation();
        }
        Message::Timer(Timer::Tracking(number)) => model.on_timer(number),
        Message::Timer(Timer::Status) => model.end_status(),
        Message::Timer(Timer::Chord) => model.show_chords(),
        Message::Timer(Timer::TypeAhead) => model.end_wait(),
        Message::Timer(Timer::Aloud(number)) => model.end_endless_speech(number),
        Message::Spoken(number, ended) => model.go_on_aloud(number, ended),
        Message::Output(output) => model.show_output(output),
        Message::Edited(text) => model.take_edited(&text),
        Message::Highlighted(block, parts) => {
            if let Some(page) = &mut model.page {
                page.code.take(&block, parts);
            }
        }
        Message::LargeText(is_shown) => model.show_large_text(is_shown),
        Message::Pictures(cell) => model.show_pictures(cell),
        Message::PictureRefused(picture, problem) => model.refuse_picture(&picture, problem),
        Message::Keys(keys) => model.settings.keys = keys,
        Message::Day(day) => {
            model.settings.today = Some(day);
            model.arrange();
        }
        Message::Settings(settings) => model.change_settings(&settings),
        Message::Notice(notice) => model.set_long_status(notice),
        Message::Themes(themes) => model.themes = themes,
        Message::Libraries(libraries) => model.show_libraries(&libraries),
    }
    model.leave_gone_page();
    model.leave_aloud();
    model.update_preview();
    model.update_look_up();
    model.preview_theme();
    model.track_reading();
    model.start_status_timer();
    model.outdate_mark_queries();
}

/// Requests what the rows on the screen lack.
fn ask_for_what_is_shown(model: &mut Model) {
    let open = model.page.as_ref().map(Page::id);
    let is_list_shown = model.layout.list.is_some();
    if let Some(ids) = model.list.take_check_request(is_list_shown, open) {
        model.request(Request::CheckArticles(ids));
    }
    if model.settings.set.highlight_code
        && model.layout.article.is_some()
        && !model.settings.is_linear
        && let Some(block) = model.page.as_mut().and_then(Page::ask_for_code)
    {
        model.emit(Effect::Highlight(block));
    }
    if let Some(job) = model.page.as_mut().and_then(Page::ask_for_sentences) {
        model.request(Request::AlignSentences(job));
    }
}

impl Model {
    /// Applies an update of the library. An answer to an outdated request changes nothing.
    fn update_from_library(&mut self, update: Update) {
        match update {
            Update::Initial(state) => self.restore(*state),
            Update::Changed(changes) => self.apply_changes(changes),
            Update::Rebased(store) => self.list.rebase(store),
            Update::Progress {
                read,
                found,
                elapsed,
                finished,
            } => {
                self.progress = ScanProgress {
                    read,
                    found,
                    is_finished: finished,
                    elapsed,
                };
                if finished {
                    self.list.settle();
                    // The last texts can be searched only now.
                    self.outdate_queries();
                }
            }
            Update::Loaded {
                id,
                text,
                remembered,
            } => {
                self.text_cache.restore(id, remembered);
                self.store_preview(id, &text);
                if self.loading == Some(id) {
                    self.open_article(id, &text);
                }
            }
            Update::Unwatched(folders) => self.unwatched = folders,
            Update::Marked(marks) => marks
                .into_iter()
                .for_each(|(id, mark)| self.list.mark(id, mark)),
            Update::Annotated(all) => self.take_annotations(all),
            Update::Tagged(all) => self.take_all_tags(all),
            Update::AnnotationsFound(found) => self.take_adrift(found),
            Update::Vocabulary(words) => self.take_vocabulary(words),
            Update::Moved(moved) => self.follow_moves(&moved),
            Update::Remembered(articles) => self.take_remembered(articles),
            Update::SavedSearches(searches) => self.take_saved_searches(searches),
            Update::Filtered {
                number,
                tiers,
                is_final,
            } => {
                if self.list.apply_filtered(number, &tiers, is_final) {
                    self.open_selected_after_change();
                    self.announce_filter();
                }
                self.send_queries();
            }
            Update::Hits { number, hits } => {
                self.search.apply_hits(number, hits);
                self.send_queries();
            }
            Update::Snippets {
                number,
                articles,
                snippets,
            } => {
                self.search.apply_snippets(number, articles, snippets);
                self.send_queries();
            }
            Update::Facets { number, facets } => self.take_facets(number, facets),
            Update::ArticlesChecked(checks) => self.take_checks(checks),
            Update::LookedUp { word, lines } => self.take_looked_up(&word, lines),
            Update::SentencesAligned(job, sentences) => self.take_sentences(&job, sentences),
            Update::Notice(notice) => self.set_long_status(notice),
            Update::Failed => self.set_long_status(
                tr!("A part of the program failed, which is a flaw of it: please report it").into(),
            ),
        }
    }

    fn take_checks(&mut self, checks: Vec<ArticleCheck>) {
        self.list.apply_checks(checks);
        if let Some(page) = &mut self.page {
            page.set_notes(self.list.notes(page.id()));
        }
    }

    fn take_facets(&mut self, number: u32, facets: Facets) {
        if let Some(pane) = &mut self.facets {
            pane.apply_counts(number, facets, &self.list.filter_query());
        }
        self.send_queries();
    }

    /// Applies changes of the library. An article that is being read stays on the screen, at its
    /// place.
    fn apply_changes(&mut self, changes: Changes) {
        for (id, _) in &changes.changed {
            self.text_cache.drop_text(*id);
        }
        let shown = self.shown_id().filter(|_| self.loading.is_none());
        let edited = shown.filter(|shown| changes.changed.iter().any(|(id, _)| id == shown));
        let was_gone = self.is_page_gone();
        self.list.apply_changes(changes);
        self.outdate_queries();
        if self.focus() == Focus::Article {
            match (was_gone, self.is_page_gone()) {
                (false, true) => {
                    self.set_status(tr!("Its file is gone; the text stays until you leave"));
                }
                (true, false) => self.set_status(tr!("Its file is back")),
                _ => {}
            }
        }
        match edited {
            Some(id) if self.list.selected() == Some(id) => self.load(id),
            _ => self.open_selected_after_change(),
        }
    }

    /// A key goes to an open input line, to a question, to the link hints, or through the keymap.
    fn press(&mut self, key: Key) {
        if self.mode() == Mode::NoteBox {
            return self.type_note(key);
        }
        let (meant, context) = (key.meant(), self.key_context());
        let command = match self.mode() {
            Mode::Prompt | Mode::SearchPrompt => key,
            Mode::Facets => meant,
            _ => return self.press_command(meant),
        };
        if !self.execute_key(context, None, command, None) {
            self.type_key(key);
        }
    }

    /// Executes the commands of a key, after a prefix or without one; `false` if it is not bound.
    /// The digit of the key is the number of a saved search.
    fn execute_key(
        &mut self,
        context: Contexts,
        prefix: Option<Key>,
        key: Key,
        count: Option<u32>,
    ) -> bool {
        let rows = self.settings.keys.rows(context, prefix, key);
        let actions: Vec<Action> = rows.iter().map(|row| row.action).collect();
        if self.wait_for(&actions, key) {
            // They count when the key acts.
            (self.count, self.prefix) = (count, prefix);
            return true;
        }
        for action in &actions {
            match (action, key.code) {
                (Action::ApplySearch, Code::Char(c)) => self.execute(*action, c.to_digit(10)),
                (Action::Bookmark | Action::GoToBookmark, Code::Char(c)) if prefix.is_some() => {
                    self.execute(*action, Some(c.into()));
                }
                _ => self.execute(*action, count),
            }
        }
        !actions.is_empty()
    }

    fn press_command(&mut self, key: Key) {
        if self.is_confirming {
            return self.confirm_read_all(key == Key::char('y'));
        }
        let context = self.key_context();
        if let (Mode::LinkHints, Some(letter)) = (self.mode(), key.letter()) {
            return self.type_hint(letter);
        }
        let is_unfinished = self.prefix.is_some() || self.count.is_some();
        let prefix = self.prefix.take();
        if is_unfinished && key.code == Code::Esc {
            self.count = None;
            return;
        }
        if prefix.is_none() && self.type_count(key) {
            return;
        }
        if prefix.is_none() && self.settings.keys.is_prefix(context, key) {
            self.prefix = Some(key);
            self.emit(Effect::StartTimer {
                timer: Timer::Chord,
                after: CHORD_TIMEOUT,
            });
            return;
        }
        // If the prefix leads nowhere, the key counts by itself.
        let count = self.count.take();
        let is_chord = prefix.is_some()
            && (self.execute_key(context, prefix, key, count)
                || self.execute_in_menu(prefix, key, count));
        if !is_chord
            && !self.execute_key(context, None, key, count)
            && !self.execute_in_menu(None, key, count)
        {
            let text = tr!("{key} is not bound", key = key);
            self.set_status_with(&text, &[message!("{help} shows the keys")]);
        }
    }

    /// Executes the command of the open menu whose key it is; `false` if there is none.
    fn execute_in_menu(&mut self, prefix: Option<Key>, key: Key, count: Option<u32>) -> bool {
        let is_menu = self.popup.as_ref().map(|popup| popup.kind) == Some(PopupKind::Menu);
        if !is_menu {
            return false;
        }
        let rows = self.settings.keys.rows(keymap::ARTICLE, prefix, key);
        let mut listed = keymap::menu().map(|binding| binding.action);
        if !listed.any(|action| rows.iter().any(|row| row.action == action)) {
            return false;
        }
        self.popup = None;
        self.execute_key(keymap::ARTICLE, prefix, key, count)
    }

    /// Shows what can follow the first key of a chord.
    fn show_chords(&mut self) {
        let Some(prefix) = self.prefix.filter(|_| self.typed_ahead.is_empty()) else {
            return;
        };
        let context = self.key_context();
        let mut lines = Vec::new();
        for (key, row) in self.settings.keys.after(context, prefix) {
            if row.action == Action::GoToBookmark {
                let titles = self.bookmark_titles().into_iter();
                lines.extend(titles.map(|(letter, title)| (letter.to_string(), title)));
            }
            let help = translated(row.help).replace('`', "");
            lines.push((key.to_owned(), help));
        }
        let mut popup = Popup::chords(format!("{prefix} …"), lines);
        popup.name_keys(&self.settings.keys);
        popup.place(self.settings.area, self.settings.ambiguous);
        self.chords = Some(popup);
    }

    /// Where keys are looked up.
    pub(crate) fn key_context(&self) -> Contexts {
        let context = self.mode().context();
        match &self.popup {
            Some(popup) if popup.is_help() => context.and(keymap::HELP),
            Some(popup) if popup.kind == PopupKind::Hub && self.mode() == Mode::Popup => {
                context.and(keymap::NOTES)
            }
            Some(popup) if popup.kind == PopupKind::Words && self.mode() == Mode::Popup => {
                context.and(keymap::WORDS)
            }
            _ if self.is_selecting() => context.and(keymap::SELECTION),
            _ if self.aloud.is_on() && self.mode() == Mode::Article => context.and(keymap::ALOUD),
            _ => context,
        }
    }

    /// Adds a digit to the count; `false` for any other key.
    fn type_count(&mut self, key: Key) -> bool {
        let digit = key.letter().and_then(|c| c.to_digit(10));
        let Some(digit) = digit.filter(|&digit| digit > 0 || self.count.is_some()) else {
            return false;
        };
        self.count = Some((self.count.unwrap_or(0).saturating_mul(10) + digit).min(MOST_COUNT));
        true
    }
}

impl Mode {
    const fn context(self) -> Contexts {
        match self {
            Self::Prompt | Self::NoteBox | Self::SearchPrompt => keymap::PROMPT,
            Self::LinkHints | Self::Popup => keymap::POPUP,
            Self::SearchResults => keymap::POPUP.and(keymap::SEARCH),
            Self::Facets => keymap::FACETS,
            Self::List => keymap::LIST,
            Self::Article => keymap::ARTICLE,
        }
    }
}
