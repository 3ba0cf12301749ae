//! Opening articles.

use std::sync::Arc;

use super::layout::Focus;
use super::model::{Destination, Model};
use super::page::{Page, fits};
use super::popup::Popup;
use crate::bilingual::Text;
use crate::catalog::{EntryId, Remembered, Request, SnippetPart};

impl Model {
    /// Opens the selected article, at once if its text is cached.
    pub(super) fn open_selected(&mut self) {
        // If a filter leaves nothing, the page stays.
        let Some(id) = self.list.selected() else {
            self.loading = None;
            return;
        };
        if self.shown_id() == Some(id) {
            self.loading = None;
            self.go_to_destination();
        } else if let Some(text) = self.text_cache.text(id) {
            self.open_article(id, &text);
        } else if self.loading != Some(id) {
            self.load(id);
        }
    }

    pub(super) fn load(&mut self, id: EntryId) {
        self.loading = Some(id);
        self.request(Request::Load(id));
    }

    /// Opens the selected article after the library has changed. A text that is being read stays,
    /// even if its file is gone.
    pub(super) fn open_selected_after_change(&mut self) {
        if self.focus() != Focus::Article || !self.is_page_gone() {
            self.open_selected();
        }
    }

    /// Whether the file of the article on the screen is gone.
    pub(super) fn is_page_gone(&self) -> bool {
        self.shown_id()
            .is_some_and(|id| !self.list.entries().contains(id))
    }

    /// Leaves a text whose file is gone, once it is no longer read.
    pub(super) fn leave_gone_page(&mut self) {
        if self.focus() == Focus::List && self.loading.is_none() && self.is_page_gone() {
            self.open_selected();
        }
    }

    /// Opens an article where the reader left it.
    pub(super) fn open_article(&mut self, id: EntryId, text: &Arc<Text>) {
        self.loading = None;
        self.store_reading();
        let before = self.page.as_ref().filter(|page| page.id() == id);
        let needle = before.and_then(Page::needle).map(str::to_owned);
        // What is unfolded, lit or selected stays if only the stamps of the file have changed.
        let snapshot = before
            .filter(|page| page.text().has_same_blocks(text))
            .map(Page::snapshot);
        self.text_cache.store(id, Arc::clone(text));
        let Remembered {
            reading,
            edited,
            accepted,
            ticked,
            ..
        } = self.text_cache.remembered(id);
        let mut page = Page::new(
            id,
            Arc::clone(text),
            edited.filter(|pairs| fits(pairs, text)),
            self.settings.language,
            &self.settings.zone,
            self.page_settings(),
        );
        page.accept_mismatches(accepted);
        page.set_ticked(ticked);
        page.set_notes(self.list.notes(id));
        page.show_words(self.page_words());
        if let Some(entry) = self.list.entry(id) {
            page.annotate(self.annotations.of(&entry.path).cloned());
            page.set_own_tags(self.annotations.tags_of(&entry.path).to_vec());
        }
        if let Some(snapshot) = snapshot {
            page.return_to(&snapshot);
        } else if let Some(reading) = reading {
            page.go_to_reading(&reading);
        }
        if let Some(needle) = needle {
            page.resume_find(&needle);
        }
        self.page = Some(page);
        self.hide_link_hints();
        self.find_origin = None;
        self.go_to_destination();
        if self.popup.as_ref().is_some_and(Popup::is_about_article) {
            self.popup = None;
        }
    }

    fn go_to_destination(&mut self) {
        let Some((id, destination)) = self.destination.take() else {
            return;
        };
        let Some(page) = self.page.as_mut().filter(|page| page.id() == id) else {
            return;
        };
        match destination {
            Destination::Snippet(snippet) if snippet.part == SnippetPart::Text => {
                page.go_to_hit(&snippet.place, &snippet.text[snippet.lit]);
            }
            // What the list shows is not on the page, but its words may be in the text.
            Destination::Snippet(snippet) if snippet.lit.is_empty() => {}
            Destination::Snippet(snippet) => page.resume_find(&snippet.text[snippet.lit]),
            Destination::Needle(text) => page.find(&text),
            Destination::Place(reading) => page.go_to_reading(&reading),
            Destination::Annotation(key) => self.go_to_annotation(key),
            Destination::Word(place, written) => page.go_to_hit(&place, &written),
        }
    }

    pub(super) fn store_reading(&mut self) {
        let Some(page) = &self.page else { return };
        let reading = (!page.is_at_start()).then(|| page.reading());
        self.text_cache.remember(page.id()).reading = reading;
    }
}
