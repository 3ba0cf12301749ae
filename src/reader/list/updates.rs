//! What changes the list from outside: changes of the library, and the filter, which the library
//! evaluates: its answers come later, and in parts.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::civil;

use super::filter::{Filter, ListPosition};
use super::{List, Selection};
use crate::catalog::{Changes, EntryId, Query, Tier};
use crate::reader::viewport::ScrollOffset;

/// Changes of the library.
impl List {
    /// The first scan has ended: from now on the selection stays with its article, chosen or not.
    pub(in crate::reader) fn settle(&mut self) {
        if matches!(self.selection, Selection::FirstRow | Selection::Awaited(_)) {
            self.selection = Selection::Settled;
        }
    }

    /// Selects the article of a path as soon as the first scan finds it, unless another is chosen
    /// before.
    pub(in crate::reader) fn await_path(&mut self, path: PathBuf) {
        self.selection = Selection::Awaited(path);
    }

    /// The path of an article that will be selected once it is found.
    pub(in crate::reader) fn awaited_path(&self) -> Option<&Path> {
        match &self.selection {
            Selection::Awaited(path) => Some(path),
            _ => None,
        }
    }

    /// Applies changes of entries. The selection stays with its article, or on the first row if
    /// nothing was chosen during the first scan.
    pub(in crate::reader) fn apply_changes(&mut self, changes: Changes) {
        let selected = self.selected();
        let top = self.shown().get(self.viewport.top.item).copied();
        let touched = changes
            .gone
            .iter()
            .chain(changes.changed.iter().map(|(id, _)| id));
        let old = touched
            .filter(|&&id| self.entries.contains(id) && self.is_new(id))
            .count();
        for (id, _) in &changes.changed {
            self.checks.remove(id);
            self.asked_checks.remove(id);
        }
        let applied = self.entries.apply(changes);
        self.new = self.new.saturating_sub(old)
            + applied.placed.iter().filter(|&&id| self.is_new(id)).count();
        if !applied.removed.is_empty() {
            let removed: HashSet<EntryId> = applied.removed.into_iter().collect();
            self.sorted.retain(|id| !removed.contains(id));
        }
        self.entries
            .merge(&mut self.sorted, &applied.placed, self.order, self.language);
        self.recount();
        self.refilter();
        match self.selection {
            Selection::FirstRow | Selection::Awaited(_) => {
                self.viewport.selected = 0;
                self.viewport.top = ScrollOffset::default();
            }
            Selection::Settled | Selection::Chosen | Selection::Lost(_) => {
                self.keep_position(selected, top);
            }
        }
        if let Some(found) = self.awaited_among(&applied.placed) {
            self.select_awaited(found);
        }
        self.viewport = self.viewport.reveal(self);
    }

    /// Keeps the selected entry and the one at the top of the screen. If the selected one is gone,
    /// the one after it is selected.
    fn keep_position(&mut self, selected: Option<EntryId>, top: Option<EntryId>) {
        self.viewport.top.item = self.position_of(top).unwrap_or(self.viewport.top.item);
        let next = self.viewport.selected.min(self.len().saturating_sub(1));
        self.viewport.selected = self.position_of(selected).unwrap_or(next);
        let gone = selected.filter(|&id| !self.entries.contains(id));
        if let Some(id) = gone.filter(|_| !matches!(self.selection, Selection::Lost(_))) {
            self.selection = Selection::Lost(id);
        }
        self.recover_lost();
    }

    fn awaited_among(&self, placed: &[EntryId]) -> Option<EntryId> {
        let path = self.awaited_path()?;
        placed
            .iter()
            .copied()
            .find(|&id| self.entries.get(id).is_some_and(|entry| entry.path == path))
    }

    /// Selects the awaited entry; if the filter does not show it yet, as soon as it does.
    fn select_awaited(&mut self, id: EntryId) {
        self.selection = Selection::Chosen;
        if let Some(position) = self.position_of(Some(id)) {
            self.viewport.selected = position;
            self.viewport = self.viewport.center(self);
        }
        if let Some(filter) = &mut self.filter {
            filter.chosen = Some(id);
        }
    }

    /// Selects the article whose file was gone, if it is back.
    pub(super) fn recover_lost(&mut self) {
        let Selection::Lost(id) = self.selection else {
            return;
        };
        if let Some(position) = self.position_of(Some(id)) {
            self.viewport.selected = position;
            self.selection = Selection::Chosen;
            self.keep_selected_in_filter();
        }
    }
}

/// The filter.
impl List {
    /// The query of the filter as it was typed: the last one that could be parsed.
    pub fn query(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.text.as_str())
    }

    /// The entry that will be selected if the filter ends now.
    pub(in crate::reader) fn selected_without_filter(&self) -> Option<EntryId> {
        let before = self.filter.as_ref().map(|filter| filter.before.selected);
        before.unwrap_or_else(|| self.selected())
    }

    /// Whether an answer to the filter is missing.
    pub fn is_filtering(&self) -> bool {
        self.filter.as_ref().is_some_and(Filter::is_pending)
    }

    /// The query of the filter; the empty one without a filter.
    pub(in crate::reader) fn filter_query(&self) -> Query {
        self.filter
            .as_ref()
            .map_or_else(Query::default, |filter| filter.query.clone())
    }

    /// Filters by a query. The list stays until the first answer; an empty query shows all at once.
    pub(in crate::reader) fn set_filter(&mut self, text: &str, query: Query) {
        let ScrollOffset { item, hidden } = self.viewport.top;
        let before = ListPosition {
            selected: self.selected(),
            top: self.shown().get(item).copied(),
            hidden,
        };
        let filter = self.filter.get_or_insert_with(|| Filter::new(before));
        filter.set_query(text, query);
        if filter.query.condition.is_none() {
            // The whole list: with the selection from before the filter, unless another entry was
            // chosen.
            let chosen = filter.chosen;
            filter.chosen = chosen.or(filter.before.selected);
            self.show_filtered(true);
            if let Some(filter) = self.filter.as_mut().filter(|_| chosen.is_none()) {
                filter.chosen = None;
            }
        }
    }

    /// Filters as at the last visit. The entry that was selected stays, even if it was read
    /// meanwhile and no longer matches.
    pub(in crate::reader) fn resume_filter(&mut self, text: &str, query: Query) {
        self.set_filter(text, query);
        self.keep_selected_in_filter();
        if let Some(filter) = &mut self.filter {
            filter.is_new = false;
        }
    }

    /// Ends the filter. The selection is the one from before the filter, or stays.
    pub(in crate::reader) fn end_filter(&mut self, keep_selection: bool) {
        let selected = self.selected();
        let Some(Filter { before, .. }) = self.filter.take() else {
            return;
        };
        let wanted = if keep_selection {
            selected.or(before.selected)
        } else {
            before.selected
        };
        self.viewport.selected = self.position_of(wanted).unwrap_or(0);
        self.viewport = self.viewport.center(self);
        if let Some(item) = self
            .position_of(before.top)
            .filter(|_| wanted == before.selected)
        {
            self.viewport.top = ScrollOffset {
                item,
                hidden: before.hidden,
            };
            self.viewport = self.viewport.reveal(self);
        }
    }

    /// Keeps the selected entry selected, whatever answers come.
    pub(in crate::reader) fn keep_selected_in_filter(&mut self) {
        let selected = self.selected();
        if let Some(filter) = &mut self.filter {
            filter.chosen = selected;
        }
    }

    /// The query to send to the library with a number, if any.
    pub(in crate::reader) fn take_filter_request(&mut self, number: u32) -> Option<Query> {
        self.filter.as_mut()?.take_request(number)
    }

    /// Asks again because the entries or their marks have changed.
    pub(in crate::reader) fn outdate_filter(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.outdate();
        }
    }

    /// Applies an answer; `false` if it is to another request.
    pub(in crate::reader) fn apply_filtered(
        &mut self,
        number: u32,
        tiers: &[Tier],
        is_final: bool,
    ) -> bool {
        let is_stored = self
            .filter
            .as_mut()
            .is_some_and(|filter| filter.store_answer(number, tiers, is_final));
        if is_stored {
            self.show_filtered(is_final);
        }
        is_stored
    }

    /// Groups the articles on the page of a day by source, the unread ones first.
    fn group_day(&mut self) {
        let Some(filter) = self.filter.as_mut().filter(|filter| filter.day.is_some()) else {
            return;
        };
        if let Some(mut shown) = filter.shown.take() {
            self.entries
                .group_by_source(&mut shown, |id| !self.is_unread(id));
            if let Some(filter) = &mut self.filter {
                filter.shown = Some(shown);
            }
        }
    }

    /// The day whose page the list is: the filter asks for this day and nothing else.
    pub fn day(&self) -> Option<civil::Date> {
        self.filter.as_ref()?.day
    }

    /// The nearest day before or after another one that has articles.
    pub(in crate::reader) fn neighbouring_day(
        &self,
        day: civil::Date,
        is_after: bool,
    ) -> Option<civil::Date> {
        let days = self.sorted.iter().filter_map(|&id| self.entries.day(id));
        if is_after {
            days.filter(|other| *other > day).min()
        } else {
            days.filter(|other| *other < day).max()
        }
    }

    /// How many minutes an article takes to read, if that is known.
    pub fn minutes(&self, id: EntryId) -> Option<u16> {
        let minutes = self.checks.get(&id)?.minutes;
        let languages = [self.language, self.language.other()];
        let minutes = languages.map(|language| minutes[language as usize]);
        minutes.into_iter().find(|minutes| *minutes > 0)
    }

    /// The minutes that the unread articles take to read, if all are known.
    pub fn minutes_unread(&self) -> Option<u32> {
        let unread = self.shown().iter().filter(|&&id| self.is_unread(id));
        unread.map(|&id| self.minutes(id).map(u32::from)).sum()
    }

    /// Computes again which entries the last answer leaves, also of those selected together.
    pub(super) fn refilter(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.apply(&self.sorted);
        }
        self.group_day();
        if !self.extended.is_empty() {
            let shown: HashSet<EntryId> = self.shown().iter().copied().collect();
            self.extended.retain(|id| shown.contains(id));
        }
    }

    /// Removes the entry that was kept although it does not match, once another is selected.
    pub(super) fn release_kept(&mut self) {
        let selected = self.selected();
        let Some(position) = self
            .filter
            .as_mut()
            .and_then(|filter| filter.release_kept(selected))
        else {
            return;
        };
        self.viewport.selected -= usize::from(position < self.viewport.selected);
        self.viewport.top.item -= usize::from(position < self.viewport.top.item);
    }

    /// Shows what an answer leaves. A chosen entry stays selected, at its row of the screen;
    /// otherwise the first is selected.
    fn show_filtered(&mut self, is_final: bool) {
        let top = self.shown().get(self.viewport.top.item).copied();
        self.refilter();
        let Some(Filter { chosen, is_new, .. }) = self.filter else {
            return;
        };
        let position = self.position_of(chosen);
        if chosen.is_some() {
            // If the query is the same and the entry does not match any more, the one after it is
            // selected.
            let next = if is_new { 0 } else { self.viewport.selected };
            self.viewport.selected = position.unwrap_or(next);
            match self.position_of(top) {
                Some(item) => self.viewport.top.item = item,
                None => self.viewport = self.viewport.center(self),
            }
        } else {
            self.viewport.selected = 0;
            self.viewport.top = ScrollOffset::default();
        }
        self.viewport = self.viewport.reveal(self);
        if is_final {
            let is_kept = chosen.is_some() && (position.is_some() || !is_new);
            let selected = self.selected().filter(|_| is_kept);
            if let Some(filter) = &mut self.filter {
                filter.chosen = selected;
                filter.is_new = false;
            }
        }
        self.recover_lost();
        self.viewport = self.viewport.reveal(self);
    }
}
