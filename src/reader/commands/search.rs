//! The search screen.

use crate::catalog::Request;
use crate::reader::keymap::Action;
use crate::reader::layout::Focus;
use crate::reader::model::Model;
use crate::reader::popup::Popup;
use crate::reader::viewport::Motion;

impl Model {
    /// Opens the search screen as it was left.
    pub(super) fn open_search(&mut self) {
        self.search.is_open = true;
        self.arrange();
        self.request(Request::WarmUp);
        self.send_queries();
    }

    pub(super) fn execute_on_search(&mut self, action: Action, count: Option<u32>) {
        match (action, Motion::of(action, count)) {
            (_, Some(motion)) => {
                self.search.go(motion);
                self.send_queries();
            }
            (Action::SwitchSearchFocus, None) => self.search.is_typing = !self.search.is_typing,
            (Action::Help, None) => self.open_popup(Popup::help()),
            (Action::Enter, None) => self.open_hit(),
            _ => {}
        }
    }

    /// Opens the article of the selected match, in its language and at its place.
    pub(in crate::reader) fn open_hit(&mut self) {
        let Some((id, hit)) = self.search.selected_hit() else { return };
        if !self.list.entries().contains(id) {
            return self.set_status("This article is gone");
        }
        self.search.is_open = false;
        if self.list.select_entry(Some(id)) {
            let has_text = hit.as_ref().err().is_none_or(|text| !text.is_empty());
            let back = "Ctrl-f: back to results";
            self.set_status(if has_text { format!("n N: next, previous match · {back}") } else { back.to_owned() });
        } else {
            // What is read is always selected in the list.
            self.end_filter(true);
            self.list.select_entry(Some(id));
            self.set_status("Filter cleared: it hid this article · Ctrl-f: back to results");
        }
        if let Some(snippet) = hit.as_ref().ok().filter(|_| !self.is_parallel) {
            self.prefer_language(snippet.place.side);
        }
        self.opened_hit = Some((id, hit));
        self.open_selected();
        self.set_focus(Focus::Article);
    }
}
