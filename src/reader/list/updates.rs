//! What changes in the library does to the list: the selection stays with its article.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::List;
use crate::catalog::{Changes, EntryId};

impl List {
    /// Says that the first walk has ended: from now on the selection stays with its article, chosen or not.
    pub(in crate::reader) fn settle(&mut self) {
        self.is_settled = true;
        self.sought = None;
    }

    /// Selects the article of a path as soon as the first walk finds it, unless another is chosen before.
    pub(in crate::reader) fn seek(&mut self, path: PathBuf) {
        self.sought = Some(path);
    }

    /// The path of an article that is still to be found and selected.
    pub(in crate::reader) fn sought(&self) -> Option<&Path> {
        self.sought.as_deref()
    }

    /// Takes in what changed. The selection stays with its article, or during the first walk on the first row until the reader has moved it.
    pub(in crate::reader) fn change(&mut self, changes: Changes) {
        let selected = self.selected();
        let top = self.shown().get(self.top.index).copied();
        let was_selected = self.selected;
        let touched = changes.gone.iter().chain(changes.changed.iter().map(|(id, _)| id));
        let old = touched.filter(|&&id| self.entries.holds(id) && self.is_new(id)).count();
        for (id, _) in &changes.changed {
            self.figure_checks.remove(id);
        }
        let applied = self.entries.apply(changes);
        self.new = self.new.saturating_sub(old) + applied.placed.iter().filter(|&&id| self.is_new(id)).count();
        if !applied.removed.is_empty() {
            let removed: HashSet<EntryId> = applied.removed.into_iter().collect();
            self.sorted.retain(|id| !removed.contains(id));
        }
        let found = self.found(&applied.placed);
        self.entries.merge(&mut self.sorted, &applied.placed, self.order, self.language);
        self.refilter();
        self.selected = 0;
        if self.is_chosen || self.is_settled {
            // What was looked at stays where it was on the screen.
            self.top.index = self.position_of(top).unwrap_or(self.top.index);
            // Where it is gone, the one after it takes its place.
            let next = was_selected.min(self.len().saturating_sub(1));
            self.selected = self.position_of(selected).unwrap_or(next);
            self.lost = self.lost.or(selected.filter(|&id| !self.entries.holds(id)));
            self.recover();
        }
        if found.is_some() {
            self.choose_found(found);
        }
        self.reveal();
    }

    /// The entry that is sought, if it is among those that came.
    fn found(&self, placed: &[EntryId]) -> Option<EntryId> {
        let path = self.sought.as_deref()?;
        placed.iter().copied().find(|&id| self.entries.get(id).is_some_and(|entry| entry.path == path))
    }

    /// Selects what was sought; under a filter as soon as that leaves it.
    fn choose_found(&mut self, found: Option<EntryId>) {
        (self.sought, self.is_chosen) = (None, true);
        if let Some(position) = self.position_of(found) {
            self.selected = position;
            self.centre();
        }
        self.choose_in_filter(found);
    }

    /// Selects the article again whose file was gone, where it is back.
    pub(super) fn recover(&mut self) {
        if let Some(position) = self.position_of(self.lost) {
            self.selected = position;
            self.lost = None;
            self.keep_choice();
        }
    }
}
