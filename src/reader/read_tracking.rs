//! Read tracking: when an article counts as read, and when reading positions and the state of the
//! list are saved.
//!
//! Time arrives as messages. While something is to be tracked or saved, one timer of a second runs
//! at a time.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::layout::Focus;
use super::message::{Effect, Timer};
use super::model::{Model, UndoStep};
use super::prompt::PromptKind;
use crate::catalog::{
    Attention, Bookmark, ChangedFields, EntryId, InitialState, LibraryState, LibraryView, Mark,
    Query, Remembered, Request, SavedSearch, search_changes,
};

const TICK: Duration = Duration::from_secs(1);
/// The ticks with the focus on a text after which it counts as read, or as finished if its end is
/// on the screen.
const TICKS_TO_READ: u8 = 2;
const MOST_UNDO: usize = 100;

/// Saves everything that is not saved yet, when the program ends.
pub(crate) fn flush_on_exit(model: &mut Model) -> Vec<Effect> {
    model.save_article();
    model.save_library();
    model.take_effects()
}

impl Model {
    /// Restores the state of the last visit.
    pub(super) fn restore(&mut self, initial: InitialState) {
        let InitialState {
            store,
            state,
            selected,
            bookmarks,
            commands,
            last_visit,
        } = initial;
        let letter = |bookmark: Bookmark| (bookmark.letter, bookmark);
        self.bookmarks = bookmarks.into_iter().map(letter).collect();
        self.recent_commands = commands;
        self.saved_searches = state.searches;
        if let Some(view) = state.view.filter(|_| !self.settings.alone) {
            self.restore_view(view, selected.is_some());
        }
        self.list.open(store, state.order, self.settings.language);
        self.list.set_last_visit(last_visit);
        // Before the filter, so that it is selected again when the filter ends.
        let is_there = self.list.select_entry(selected);
        if let Some(path) = state.selected.filter(|_| !is_there) {
            self.list.await_path(path);
        }
        if let Some(filter) = state.filter.filter(|_| self.settings.annotation.is_none())
            && let Ok(query) = Query::parse(&filter)
        {
            self.is_filter_restored = true;
            if is_there {
                self.list.resume_filter(&filter, query);
            } else {
                self.list.set_filter(&filter, query);
            }
        }
        self.outdate_queries();
        self.arrange();
        self.open_selected();
        self.tracker.is_restored = true;
        self.tracker.library = self.library_state();
    }

    fn restore_view(&mut self, view: LibraryView, has_selection: bool) {
        let settings = &mut self.settings;
        if settings.set.reading_language.set().is_none() {
            settings.language = view.language;
        }
        if settings.set.measure.set().is_none() {
            settings.measure = view.measure.max(1);
        }
        if settings.set.pinyin.set().is_none() {
            settings.pinyin = view.has_pinyin;
        }
        if settings.set.gloss.set().is_none() {
            settings.gloss = view.has_gloss;
        }
        if settings.set.list_density.set().is_none() {
            settings.is_roomy = view.is_roomy;
        }
        if settings.set.list_width.set().is_none() {
            settings.list_columns = view.list_columns;
        }
        self.is_parallel = view.is_parallel;
        self.is_alone = view.is_alone && has_selection;
        self.settings.focus = if view.is_in_article && has_selection {
            Focus::Article
        } else {
            Focus::List
        };
    }

    /// Tracks what the last message changed, and starts the timer if there is something to wait
    /// for.
    pub(super) fn track_reading(&mut self) {
        // Until the saved state has arrived, nothing may replace it.
        if self.tracker.is_restored {
            self.track_opening();
            self.track_scrolling();
            self.track_focus();
            self.start_timer();
        }
    }

    /// An article is opened when its text gets the focus.
    fn track_opening(&mut self) {
        if self.focus() == Focus::List {
            self.tracker.opened = None;
        } else if let Some(id) = self.shown_id().filter(|_| !self.is_loading())
            && self.tracker.opened.replace(id) != Some(id)
        {
            let changed = ChangedFields {
                opened: true,
                ..ChangedFields::default()
            };
            self.save_state_of(id, changed);
        }
    }

    /// A text that was scrolled with the keys is read; its position is saved later, or now if it
    /// was left.
    fn track_scrolling(&mut self) {
        let now = self
            .page
            .as_ref()
            .map(|page| (page.id(), page.scroll_state()));
        let Some((id, before)) = std::mem::replace(&mut self.tracker.scroll_position, now) else {
            return;
        };
        match now {
            Some((shown, now)) if shown == id => {
                if now != before {
                    self.tracker.unsaved_article = Some(id);
                }
                if now.is_scrolled_from(&before) && self.focus() == Focus::Article {
                    self.raise_attention(id, Attention::Read);
                }
            }
            _ if self.tracker.unsaved_article == Some(id) => self.save_article(),
            _ => {}
        }
    }

    /// Counts the ticks of the text that has the focus from its first.
    fn track_focus(&mut self) {
        let has_focus = self.focus() == Focus::Article
            && !self.is_loading()
            && self.popup.is_none()
            && !self.search.is_open;
        let focused = self
            .page
            .as_ref()
            .filter(|_| has_focus)
            .map(|page| (page.id(), page.is_at_end()));
        if focused != self.tracker.focused {
            self.save_article();
            self.tracker.focused = focused;
            self.tracker.ticks = 0;
            self.tracker.is_timer_running = false;
        }
    }

    fn start_timer(&mut self) {
        let is_unread = self.tracker.focused.is_some_and(|(id, is_at_end)| {
            let wanted = if is_at_end {
                Attention::Finished
            } else {
                Attention::Read
            };
            self.list.marks().get(id).attention < wanted
        });
        let is_library_unsaved = self.tracker.library != self.library_state();
        let tracker = &mut self.tracker;
        let is_needed = is_unread && tracker.ticks < TICKS_TO_READ
            || tracker.unsaved_article.is_some()
            || is_library_unsaved;
        if is_needed && !tracker.is_timer_running {
            tracker.timer = tracker.timer.wrapping_add(1);
            tracker.is_timer_running = true;
            let number = tracker.timer;
            self.emit(Effect::StartTimer {
                timer: Timer::Tracking(number),
                after: TICK,
            });
        }
    }

    pub(super) fn on_timer(&mut self, number: u32) {
        let tracker = &mut self.tracker;
        if !tracker.is_timer_running || tracker.timer != number {
            return;
        }
        tracker.is_timer_running = false;
        tracker.ticks = tracker.ticks.saturating_add(1);
        if let Some((id, is_at_end)) = tracker.focused.filter(|_| tracker.ticks >= TICKS_TO_READ) {
            self.raise_attention(
                id,
                if is_at_end {
                    Attention::Finished
                } else {
                    Attention::Read
                },
            );
        }
        self.save_article();
        self.save_library();
    }

    /// Marks the article on the screen as finished: it was left from its end.
    pub(super) fn finish_article(&mut self) {
        if let Some(id) = self.shown_id() {
            self.raise_attention(id, Attention::Finished);
        }
    }

    /// Marks an article as read or finished, unless it is already.
    fn raise_attention(&mut self, id: EntryId, attention: Attention) {
        let mark = self.list.marks().get(id);
        if mark.attention < attention {
            self.list.mark(id, Mark { attention, ..mark });
            let changed = ChangedFields {
                attention: true,
                ..ChangedFields::default()
            };
            self.save_state_of(id, changed);
        }
    }

    fn save_article(&mut self) {
        if let Some(id) = self.tracker.unsaved_article.take() {
            let changed = ChangedFields {
                reading: true,
                ..ChangedFields::default()
            };
            self.save_state_of(id, changed);
        }
    }

    /// Saves some fields of what is remembered of an article.
    pub(super) fn save_state_of(&mut self, id: EntryId, changed: ChangedFields) {
        if self.shown_id() == Some(id) {
            self.store_reading();
        }
        let remembered = Remembered {
            mark: self.list.marks().get(id),
            ..self.text_cache.remembered(id)
        };
        self.request(Request::Remember(id, remembered, changed));
    }

    /// Saves the state of the list, if it changed. Until the saved state has arrived, nothing may
    /// replace it.
    pub(super) fn save_library(&mut self) {
        let state = self.library_state();
        if self.tracker.is_restored && self.tracker.library != state {
            let changes = search_changes(&self.tracker.library.searches, &state.searches);
            self.tracker.library = state.clone();
            self.request(Request::RememberLibrary(state));
            if !changes.is_empty() {
                self.request(Request::RememberSearches(changes));
            }
        }
    }

    /// Takes over what another program saved of articles. The one that is read stays where it is.
    pub(super) fn take_remembered(&mut self, articles: Vec<(EntryId, Remembered)>) {
        for (id, remembered) in articles {
            self.list.mark(id, remembered.mark);
            self.take_tags(id, remembered.tags.clone());
            if self.shown_id() != Some(id) {
                *self.text_cache.remember(id) = remembered;
            }
        }
    }

    /// Takes over the saved searches that another program changed; what was changed here is saved
    /// first.
    pub(super) fn take_saved_searches(&mut self, searches: Vec<SavedSearch>) {
        self.save_library();
        self.tracker.library.searches.clone_from(&searches);
        self.saved_searches = searches;
        self.saved_searches_changed();
    }

    fn library_state(&self) -> LibraryState {
        let view = LibraryView {
            language: self.settings.language,
            is_parallel: self.is_parallel,
            is_in_article: self.focus() == Focus::Article,
            is_alone: self.is_alone,
            has_pinyin: self.settings.pinyin,
            has_gloss: self.settings.gloss,
            measure: self.settings.measure,
            is_roomy: self.settings.is_roomy,
            list_columns: self.settings.list_columns,
        };
        let list = &self.list;
        // A filter that is only half typed would hide the library at the next start.
        let is_typing = self
            .prompt
            .as_ref()
            .is_some_and(|prompt| prompt.kind() == PromptKind::Filter);
        let outside = || list.selected_without_filter();
        let (filter, id) = match &self.confirmed_filter {
            None if is_typing => (None, outside()),
            Some(filter) if is_typing => (Some(filter.as_str()), list.selected().or_else(outside)),
            _ => (list.query(), list.selected()),
        };
        let filter = filter.filter(|query| !query.trim().is_empty());
        let selected = || Some(list.entry(id?)?.path);
        LibraryState {
            order: list.order(),
            filter: filter.map(str::to_owned),
            selected: list.awaited_path().map(Path::to_owned).or_else(selected),
            view: Some(view),
            searches: self.saved_searches.clone(),
        }
    }

    /// Changes marks by hand, as one step that can be undone.
    pub(super) fn set_marks(&mut self, marks: Vec<(EntryId, Mark)>) {
        let before = marks
            .iter()
            .map(|(id, _)| (*id, self.list.marks().get(*id)))
            .collect();
        self.push_undo(UndoStep::Marks(before));
        self.apply_marks(marks);
    }

    pub(super) fn push_undo(&mut self, before: UndoStep) {
        if self.tracker.undo.len() == MOST_UNDO {
            self.tracker.undo.remove(0);
        }
        self.tracker.undo.push(before);
    }

    /// Undoes the last change made by hand; returns its articles, none if there is nothing to undo.
    pub(super) fn undo_last(&mut self) -> Vec<EntryId> {
        match self.tracker.undo.pop() {
            None => Vec::new(),
            Some(UndoStep::Marks(before)) => {
                let ids = before.iter().map(|(id, _)| *id).collect();
                self.apply_marks(before);
                ids
            }
            Some(UndoStep::Tags(before)) => {
                let ids = before.iter().map(|(id, _)| *id).collect();
                self.apply_tags(before);
                ids
            }
            Some(UndoStep::Annotation(id, before)) => {
                let before = match before.colour {
                    Some(_) => before,
                    None => Arc::new(before.removed()),
                };
                self.put_annotation(before);
                id.into_iter().collect()
            }
            Some(UndoStep::Word(before)) => {
                self.put_word(before);
                Vec::new()
            }
            Some(UndoStep::Figures(id, before)) => {
                self.set_accepted(id, before);
                vec![id]
            }
            Some(UndoStep::Items(id, before)) => {
                self.set_ticked(id, before);
                vec![id]
            }
        }
    }

    /// Takes the figures with these keys for right, although they disagree, and saves that.
    pub(super) fn set_accepted(&mut self, id: EntryId, accepted: Vec<u64>) {
        self.text_cache.remember(id).accepted.clone_from(&accepted);
        let page = self.page.as_mut().filter(|page| page.id() == id);
        // An article that is not shown has what was accepted in it and is undone now.
        let disagrees = page.is_none_or(|page| {
            page.accept_mismatches(accepted);
            page.mismatches().next().is_some()
        });
        self.list.set_mismatch(id, disagrees);
        let changed = ChangedFields {
            accepted: true,
            ..ChangedFields::default()
        };
        self.save_state_of(id, changed);
    }

    fn apply_marks(&mut self, marks: Vec<(EntryId, Mark)>) {
        for (id, mark) in marks {
            let before = self.list.marks().get(id);
            self.list.mark(id, mark);
            let changed = ChangedFields {
                attention: mark.attention != before.attention,
                starred: mark.is_starred != before.is_starred,
                ..ChangedFields::default()
            };
            self.save_state_of(id, changed);
        }
    }
}
