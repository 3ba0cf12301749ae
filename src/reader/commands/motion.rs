//! Motions in the list and on the page.

use crate::reader::keymap::Action;
use crate::reader::model::Model;
use crate::reader::page::Page;
use crate::reader::viewport::Motion;

impl Model {
    pub(super) fn move_in_list(&mut self, action: Action, count: Option<u32>) {
        match (Motion::of(action, count), count) {
            (Some(Motion::End), Some(count)) => self.list.select((count as usize).saturating_sub(1)),
            (Some(motion), _) => self.list.go(motion),
            (None, _) => return,
        }
        self.open_selected();
    }

    pub(super) fn step_articles(&mut self, by: isize) {
        self.list.go(Motion::Lines(by));
        self.open_selected();
    }

    pub(super) fn move_on_page(&mut self, action: Action, count: Option<u32>) {
        let is_at_end = self.page.as_ref().is_some_and(Page::is_at_end);
        if action == Action::PageDown && count.is_none() && is_at_end && !self.is_single() {
            return self.go_to_unread(1);
        }
        let times = count.unwrap_or(1) as isize;
        let Some(page) = &mut self.page else { return };
        match action {
            Action::NextBlock => page.step_blocks(times),
            Action::PreviousBlock => page.step_blocks(-times),
            Action::NextHeading if !page.step_headings(times) => self.set_status("No heading below"),
            Action::PreviousHeading if !page.step_headings(-times) => self.set_status("No heading above"),
            _ => {
                if let Some(motion) = Motion::of(action, count) {
                    page.go(motion);
                }
            }
        }
    }

    /// Goes to another match of the find, or without a find to another unread article.
    pub(super) fn go_to_match(&mut self, by: isize) {
        let Some(needle) = self.page.as_ref().and_then(Page::needle).map(str::to_owned) else {
            return self.go_to_unread(by);
        };
        if let Some(page) = &mut self.page
            && !page.go_to_match(by)
        {
            self.set_status(format!("No match for {needle}"));
        }
    }

    /// Goes some unread articles on or back.
    fn go_to_unread(&mut self, by: isize) {
        let Some(position) = self.list.unread_from(by) else {
            return self.set_status(if by > 0 { "No unread article below" } else { "No unread article above" });
        };
        self.list.select(position);
        self.open_selected();
        if let Some(entry) = self.list.selected().and_then(|id| self.list.entry(id)) {
            self.set_status(format!("Unread: {}", entry.titles.in_language(self.settings.language)));
        }
    }
}
