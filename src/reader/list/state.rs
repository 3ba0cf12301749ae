//! The state of the list, and motions in it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::filter::Filter;
use crate::catalog::{Attention, Entries, Entry, EntryId, EntryStore, Mark, Marks, Order};
use crate::reader::layout::ScreenRect;
use crate::reader::viewport::{Motion, Viewport};
use crate::text::Language;

/// What the selection stays with when entries come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selection {
    /// The first row: nothing is chosen, and the first scan may find newer articles.
    FirstRow,
    /// The first row, until the first scan finds the article of this path, which was selected at the last visit.
    Awaited(PathBuf),
    /// The selected article, although it was not chosen: the first scan has ended.
    Settled,
    Chosen,
    /// This article, whose file is gone: it is selected again if it comes back before another is chosen.
    Lost(EntryId),
}

/// The list. The view draws [`Self::rows`].
#[derive(Clone, Debug)]
pub struct List {
    pub(super) entries: Entries,
    pub(super) order: Order,
    pub(super) language: Language,
    /// All entries in order.
    pub(super) sorted: Vec<EntryId>,
    pub(super) filter: Option<Filter>,
    pub(super) viewport: Viewport,
    pub(super) selection: Selection,
    pub(super) columns: u16,
    marks: Marks,
    /// Whether any mark has changed that answers do not know of yet.
    marks_changed: bool,
    /// When the last visit ended, in milliseconds since 1970.
    last_visit: Option<i64>,
    /// The number of entries that are new since then.
    pub(super) new: usize,
    /// Whether the languages of an article disagree on a figure, as far as that was checked.
    pub(super) figure_checks: HashMap<EntryId, bool>,
    /// The entries whose check was requested last.
    pub(super) asked_figure_checks: Vec<EntryId>,
}

impl List {
    pub(in crate::reader) fn new(entries: Entries, language: Language) -> Self {
        Self {
            entries,
            order: Order::Date,
            language,
            sorted: Vec::new(),
            filter: None,
            viewport: Viewport::default(),
            selection: Selection::FirstRow,
            columns: 0,
            marks: Marks::default(),
            marks_changed: false,
            last_visit: None,
            new: 0,
            figure_checks: HashMap::new(),
            asked_figure_checks: Vec::new(),
        }
    }

    pub const fn entries(&self) -> &Entries {
        &self.entries
    }

    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        self.entries.get(id)
    }

    /// What the reader did with the articles.
    pub const fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether the languages of an article are known to disagree on a figure.
    pub fn has_mismatch(&self, id: EntryId) -> bool {
        self.figure_checks.get(&id) == Some(&true)
    }

    /// Whether an article is unread and newer than the last visit.
    pub fn is_new(&self, id: EntryId) -> bool {
        let since = |last| self.entries.times(id).modified.is_some_and(|modified| modified > last);
        self.is_unread(id) && self.last_visit.is_some_and(since)
    }

    pub const fn new_count(&self) -> usize {
        self.new
    }

    pub const fn order(&self) -> Order {
        self.order
    }

    pub fn len(&self) -> usize {
        self.shown().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub const fn position(&self) -> usize {
        self.viewport.selected
    }

    pub fn selected(&self) -> Option<EntryId> {
        self.shown().get(self.viewport.selected).copied()
    }

    pub(super) fn shown(&self) -> &[EntryId] {
        self.filter.as_ref().and_then(|filter| filter.shown.as_deref()).unwrap_or(&self.sorted)
    }

    pub(super) fn position_of(&self, id: Option<EntryId>) -> Option<usize> {
        let id = id?;
        self.shown().iter().position(|&other| other == id)
    }

    pub(in crate::reader) fn unread(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.shown().iter().copied().filter(|&id| self.is_unread(id))
    }

    fn is_unread(&self, id: EntryId) -> bool {
        self.marks.get(id).attention == Attention::Unread
    }

    /// The position of an unread entry, counted from the selection; the last one in that direction if there are fewer.
    pub(in crate::reader) fn unread_from(&self, by: isize) -> Option<usize> {
        let shown = self.shown();
        let is_unread = |&at: &usize| self.is_unread(shown[at]);
        let times = by.unsigned_abs().max(1);
        if by > 0 {
            (self.position() + 1..shown.len()).filter(is_unread).take(times).last()
        } else {
            (0..self.position().min(shown.len())).rev().filter(is_unread).take(times).last()
        }
    }

    pub(in crate::reader) fn place(&mut self, rect: ScreenRect) {
        self.columns = rect.columns;
        self.viewport.rows = rect.rows.into();
        self.viewport = self.viewport.reveal(self);
    }

    pub(in crate::reader) fn go(&mut self, motion: Motion) {
        self.select(self.viewport.go(motion, self).selected);
    }

    /// Selects the entry at a position, the last one if there are fewer.
    pub(in crate::reader) fn select(&mut self, position: usize) {
        self.viewport.selected = position.min(self.len().saturating_sub(1));
        self.choose_selected();
        self.viewport = self.viewport.reveal(self);
    }

    /// Selects an entry; `false` if it is not shown.
    pub(in crate::reader) fn select_entry(&mut self, id: Option<EntryId>) -> bool {
        let Some(position) = self.position_of(id) else { return false };
        let top = self.viewport.top;
        self.select(position);
        if self.viewport.top != top {
            // It was off the screen: show its neighbours on both sides.
            self.viewport = self.viewport.center(self);
        }
        true
    }

    /// The reader chose the selected entry, so the selection stays with it.
    pub(in crate::reader) fn choose_selected(&mut self) {
        self.selection = Selection::Chosen;
        self.release_kept();
        self.keep_selected_in_filter();
    }

    /// Starts with the entries of the index, in an order, with titles in a language.
    pub(in crate::reader) fn open(&mut self, store: Option<Arc<dyn EntryStore>>, order: Order, language: Language) {
        if let Some(store) = store {
            self.entries.rebase(store);
        }
        self.order = order;
        self.language = language;
        self.resort();
    }

    /// Replaces all stores of entries by one.
    pub(in crate::reader) fn rebase(&mut self, store: Arc<dyn EntryStore>) {
        self.entries.rebase(store);
    }

    pub(in crate::reader) fn mark(&mut self, id: EntryId, mark: Mark) {
        let was_new = self.is_new(id);
        self.marks.set(id, mark);
        self.marks_changed = true;
        let is_new = self.is_new(id);
        self.new = (self.new + usize::from(is_new)).saturating_sub(usize::from(was_new));
    }

    /// Whether any mark has changed since the last call.
    pub(in crate::reader) const fn take_marks_changed(&mut self) -> bool {
        std::mem::replace(&mut self.marks_changed, false)
    }

    pub(in crate::reader) fn set_last_visit(&mut self, last_visit: Option<i64>) {
        self.last_visit = last_visit;
        let modified = last_visit.map(|last| self.entries.modified_since(last, &(0..self.entries.bound())));
        self.new = modified.into_iter().flatten().filter(|&id| self.is_unread(id)).count();
    }

    /// Changes to the next order. The selection stays with its article if it was chosen.
    pub(in crate::reader) fn sort_next(&mut self) {
        self.order = self.order.next();
        self.resort();
    }

    pub(in crate::reader) fn set_language(&mut self, language: Language) {
        self.language = language;
        if self.order == Order::Title {
            self.resort();
        }
    }

    fn resort(&mut self) {
        let is_chosen = matches!(self.selection, Selection::Chosen | Selection::Lost(_));
        let selected = self.selected().filter(|_| is_chosen);
        self.sorted = self.entries.sorted(self.order, self.language);
        self.refilter();
        self.viewport.selected = self.position_of(selected).unwrap_or(0);
        self.viewport = self.viewport.center(self);
    }
}
