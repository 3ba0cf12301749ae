//! Both languages at once: side by side, and translations unfolded.

use crate::reader::layout::Focus;
use crate::reader::model::Model;
use crate::reader::page::{PairEdit, PeekResult};

impl Model {
    /// Shows both languages at once, or one.
    pub(super) fn toggle_parallel(&mut self) {
        self.is_parallel = !self.is_parallel;
        if self.is_parallel {
            // Without the focus, the list would not make room.
            self.set_focus(Focus::Article);
        }
        self.arrange();
        let Some(page) = self.page.as_ref().filter(|page| self.is_parallel && !page.is_parallel()) else { return };
        if page.text().is_bilingual() {
            // The next press tries again.
            self.is_parallel = false;
            self.arrange();
            self.set_status("This long text is still being aligned; try again in a moment");
        } else {
            self.set_status("This article has one language, so there is nothing to compare");
        }
    }

    pub(super) fn peek(&mut self) {
        // Until the selected article is loaded, another is on the screen.
        let Some(page) = self.page.as_mut().filter(|_| self.loading.is_none()) else { return };
        match page.peek() {
            PeekResult::Shown | PeekResult::Hidden => {}
            PeekResult::Untranslated => self.set_status("No translation for this paragraph"),
            PeekResult::Parallel => self.set_status("Both languages are shown; X shows one"),
            PeekResult::OneLanguage => {
                let language = page.side().name();
                self.set_status(format!("This article is in {language} only"));
            }
        }
        self.hide_link_hints();
    }

    pub(super) fn edit_pairs(&mut self, edit: PairEdit) {
        let Some(page) = self.page.as_mut().filter(|_| self.loading.is_none()) else { return };
        if !page.is_parallel() {
            return self.set_status("Pairs can be changed while both languages are shown (X)");
        }
        let id = page.id();
        let edited = page.edit_pairs(edit);
        let is_edited = edited.is_some();
        self.set_status(match (is_edited, edit) {
            (false, PairEdit::Split) => "A single paragraph can't be split",
            (false, PairEdit::Merge) => "This is the last pair",
            (false, PairEdit::Reset) => "No pair has been changed",
            (true, PairEdit::Split) => "Split (= resets all)",
            (true, PairEdit::Merge) => "Merged (= resets all)",
            (true, PairEdit::Reset) => "All pairs are reset",
        });
        if is_edited {
            self.text_cache.set_edited_pairs(id, edited.filter(|_| edit != PairEdit::Reset));
            self.save_article_later();
        }
    }
}
