//! Items of an article of many that are ticked off.

use crate::catalog::{ChangedFields, EntryId};
use crate::reader::model::{Model, UndoStep};
use crate::reader::page::Page;

impl Model {
    /// Ticks the current item off and goes to the next one that is not, or takes its tick away. Above the first item only
    /// goes on.
    pub(super) fn tick_item(&mut self) {
        let Some(page) = self.page.as_mut().filter(|_| self.loading.is_none()) else {
            return;
        };
        if page.ticked_count().is_none() {
            return self.set_status(tr!("Not an article of many items"));
        }
        let Some((keys, is_ticked)) = page.toggle_tick() else {
            if !page.go_to_unticked() {
                self.set_status(tr!("All items are ticked off"));
            }
            return;
        };
        let id = page.id();
        let before = self.text_cache.remembered(id).ticked;
        self.push_undo(UndoStep::Items(id, before));
        self.set_ticked(id, keys);
        let is_any_left = !is_ticked || self.page.as_mut().is_some_and(Page::go_to_unticked);
        let Some((ticked, all)) = self.page.as_ref().and_then(Page::ticked_count) else {
            return;
        };
        let hints = [message!("{undo} undoes it")];
        if is_any_left {
            let status = tr!("{ticked}/{all} items", ticked = ticked, all = all);
            self.set_status_with(&status, &hints);
        } else {
            self.set_status_with(tr!("All items are ticked off"), &hints);
        }
    }

    /// Takes the items of an article with these keys as ticked off, and saves that.
    pub(in crate::reader) fn set_ticked(&mut self, id: EntryId, keys: Vec<u64>) {
        self.text_cache.remember(id).ticked.clone_from(&keys);
        if let Some(page) = self.page.as_mut().filter(|page| page.id() == id) {
            page.set_ticked(keys);
        }
        let changed = ChangedFields {
            ticked: true,
            ..ChangedFields::default()
        };
        self.save_state_of(id, changed);
    }
}
