//! Changes of the library.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::state::{List, Selection};
use crate::catalog::{Changes, EntryId};

impl List {
    /// The first scan has ended: from now on the selection stays with its article, chosen or not.
    pub(in crate::reader) fn settle(&mut self) {
        if matches!(self.selection, Selection::FirstRow | Selection::Awaited(_)) {
            self.selection = Selection::Settled;
        }
    }

    /// Selects the article of a path as soon as the first scan finds it, unless another is chosen before.
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

    /// Applies changes of entries. The selection stays with its article, or on the first row if nothing was chosen during
    /// the first scan.
    pub(in crate::reader) fn apply_changes(&mut self, changes: Changes) {
        let selected = self.selected();
        let top = self.shown().get(self.viewport.top.item).copied();
        let touched = changes.gone.iter().chain(changes.changed.iter().map(|(id, _)| id));
        let old = touched.filter(|&&id| self.entries.contains(id) && self.is_new(id)).count();
        for (id, _) in &changes.changed {
            self.figure_checks.remove(id);
        }
        let applied = self.entries.apply(changes);
        self.new = self.new.saturating_sub(old) + applied.placed.iter().filter(|&&id| self.is_new(id)).count();
        if !applied.removed.is_empty() {
            let removed: HashSet<EntryId> = applied.removed.into_iter().collect();
            self.sorted.retain(|id| !removed.contains(id));
        }
        self.entries.merge(&mut self.sorted, &applied.placed, self.order, self.language);
        self.refilter();
        match self.selection {
            Selection::FirstRow | Selection::Awaited(_) => self.viewport.selected = 0,
            Selection::Settled | Selection::Chosen | Selection::Lost(_) => self.keep_position(selected, top),
        }
        if let Some(found) = self.awaited_among(&applied.placed) {
            self.select_awaited(found);
        }
        self.viewport = self.viewport.reveal(self);
    }

    /// Keeps the selected entry and the one at the top of the screen. If the selected one is gone, the one after it is selected.
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
        placed.iter().copied().find(|&id| self.entries.get(id).is_some_and(|entry| entry.path == path))
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
        let Selection::Lost(id) = self.selection else { return };
        if let Some(position) = self.position_of(Some(id)) {
            self.viewport.selected = position;
            self.selection = Selection::Chosen;
            self.keep_selected_in_filter();
        }
    }
}
