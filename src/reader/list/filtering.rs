//! Filtering the list. The library evaluates queries; its answers come later, and in parts.

use std::sync::Arc;

use super::filter::{Filter, ListPosition};
use super::state::List;
use crate::catalog::{Query, Tier};
use crate::reader::viewport::ScrollOffset;

impl List {
    /// The query of the filter as it was typed: the last one that could be parsed.
    pub fn query(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.text.as_str())
    }

    /// Whether an answer to the filter is missing.
    pub fn is_filtering(&self) -> bool {
        self.filter.as_ref().is_some_and(Filter::is_pending)
    }

    /// The query of the filter; the empty one without a filter.
    pub(in crate::reader) fn filter_query(&self) -> Query {
        self.filter.as_ref().map_or(Query { condition: None }, |filter| filter.query.clone())
    }

    /// Filters by a query. The list stays until the first answer; an empty query shows all at once.
    pub(in crate::reader) fn set_filter(&mut self, text: &str, query: Query) {
        let ScrollOffset { item, hidden } = self.viewport.top;
        let before = ListPosition { selected: self.selected(), top: self.shown().get(item).copied(), hidden };
        let filter = self.filter.get_or_insert_with(|| Filter::new(before));
        filter.set_query(text, query);
        if filter.query.condition.is_none() {
            // The whole list: with the selection from before the filter, unless another entry was chosen.
            let chosen = filter.chosen;
            filter.chosen = chosen.or(filter.before.selected);
            self.show_filtered(true);
            if let Some(filter) = self.filter.as_mut().filter(|_| chosen.is_none()) {
                filter.chosen = None;
            }
        }
    }

    /// Filters as at the last visit. The entry that was selected stays, even if it was read meanwhile and no longer matches.
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
        let Some(Filter { before, .. }) = self.filter.take() else { return };
        let wanted = if keep_selection { selected.or(before.selected) } else { before.selected };
        self.viewport.selected = self.position_of(wanted).unwrap_or(0);
        self.viewport = self.viewport.center(self);
        if let Some(item) = self.position_of(before.top).filter(|_| wanted == before.selected) {
            self.viewport.top = ScrollOffset { item, hidden: before.hidden };
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
    pub(in crate::reader) fn apply_filtered(&mut self, number: u32, tiers: &Arc<[Tier]>, is_final: bool) -> bool {
        let is_stored = self.filter.as_mut().is_some_and(|filter| filter.store_answer(number, tiers, is_final));
        if is_stored {
            self.show_filtered(is_final);
        }
        is_stored
    }

    /// Computes again which entries the last answer leaves.
    pub(super) fn refilter(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.apply(&self.sorted);
        }
    }

    /// Removes the entry that was kept although it does not match, once another is selected.
    pub(super) fn release_kept(&mut self) {
        let selected = self.selected();
        let Some(position) = self.filter.as_mut().and_then(|filter| filter.release_kept(selected)) else { return };
        self.viewport.selected -= usize::from(position < self.viewport.selected);
        self.viewport.top.item -= usize::from(position < self.viewport.top.item);
    }

    /// Shows what an answer leaves. A chosen entry stays selected, at its row of the screen; otherwise the first is selected.
    fn show_filtered(&mut self, is_final: bool) {
        let top = self.shown().get(self.viewport.top.item).copied();
        self.refilter();
        let Some(Filter { chosen, is_new, .. }) = self.filter else { return };
        let position = self.position_of(chosen);
        if chosen.is_some() {
            // If the query is the same and the entry does not match any more, the one after it is selected.
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
