//! Marks made by hand.

use crate::catalog::{Attention, EntryId, Mark};
use crate::reader::layout::Focus;
use crate::reader::model::Model;
use crate::reader::number::many;

impl Model {
    pub(super) fn toggle_read(&mut self) {
        self.change_mark(|mark| match mark.attention {
            Attention::Unread => (Mark { attention: Attention::Read, ..mark }, "Marked as read"),
            Attention::Read | Attention::Finished => {
                (Mark { attention: Attention::Unread, ..mark }, "Marked as unread")
            }
        });
    }

    pub(super) fn toggle_star(&mut self) {
        self.change_mark(|mark| {
            let is_starred = !mark.is_starred;
            (Mark { is_starred, ..mark }, if is_starred { "Starred" } else { "Unstarred" })
        });
    }

    fn change_mark(&mut self, change: impl FnOnce(Mark) -> (Mark, &'static str)) {
        let selected = self.list.selected();
        let id = if self.focus() == Focus::Article { self.shown_id() } else { selected };
        let Some(id) = id else { return self.set_status("No article is selected") };
        if selected == Some(id) {
            // It stays selected, even if the filter leaves it out from now on.
            self.list.choose_selected();
        }
        let (mark, status) = change(self.list.marks().get(id));
        self.set_marks(vec![(id, mark)]);
        self.set_status(status);
    }

    pub(super) fn undo(&mut self) {
        let undone = self.undo_marks();
        let status = match undone[..] {
            [] => "Nothing to undo".to_owned(),
            // It may be far from the screen.
            [id] => match self.list.entry(id) {
                Some(entry) => format!("Undone: {}", entry.titles.in_language(self.settings.language)),
                None => "Undone".to_owned(),
            },
            _ => format!("Undone: marks of {}", many(undone.len(), "article")),
        };
        self.set_status(status);
    }

    pub(super) fn ask_to_read_all(&mut self) {
        let count = self.list.unread().count();
        if count == 0 {
            return self.set_status("No unread article in the list");
        }
        self.is_confirming = true;
        self.set_status(format!("Mark {} as read? y / n", many(count, "article")));
    }

    /// Handles the answer to [`Self::ask_to_read_all`].
    pub(in crate::reader) fn confirm_read_all(&mut self, is_yes: bool) {
        self.is_confirming = false;
        if !is_yes {
            return self.set_status("Nothing was marked");
        }
        let read = |id: EntryId| (id, Mark { attention: Attention::Read, ..self.list.marks().get(id) });
        let marks: Vec<_> = self.list.unread().map(read).collect();
        self.set_status(format!("Marked {} as read; u undoes it", many(marks.len(), "article")));
        self.set_marks(marks);
    }
}
