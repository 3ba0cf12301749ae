//! Which article is on the screen, and where it is opened.

use std::sync::Arc;

use super::layout::Focus;
use super::message::Effect;
use super::model::Model;
use super::page::{Page, fits, relocate};
use super::popup::Popup;
use super::text_cache::Reading;
use crate::bilingual::Text;
use crate::catalog::{EntryId, Request};

impl Model {
    /// Shows the selected article: at once if it was read lately, else it is asked for.
    pub(super) fn follow_selection(&mut self, effects: &mut Vec<Effect>) {
        // Where a filter leaves nothing, the page stays.
        let Some(id) = self.list.selected() else {
            self.loading = None;
            return;
        };
        if self.page.as_ref().is_some_and(|page| page.id() == id) {
            self.loading = None;
            self.go_to_hit();
        } else if let Some(text) = self.text_cache.text(id) {
            self.show(id, &text);
        } else if self.loading != Some(id) {
            self.loading = Some(id);
            effects.push(Effect::Library(Request::Load(id)));
        }
    }

    /// Shows the selected article after the library changed; a text that is being read though its file is gone stays.
    pub(super) fn follow_library(&mut self, effects: &mut Vec<Effect>) {
        if self.focus() != Focus::Article || !self.is_page_gone() {
            self.follow_selection(effects);
        }
    }

    /// Whether the file of the article on the screen is gone.
    pub(super) fn is_page_gone(&self) -> bool {
        self.page.as_ref().is_some_and(|page| !self.list.entries().holds(page.id()))
    }

    /// Follows the selection once a text whose file is gone is no longer read.
    pub(super) fn leave_gone(&mut self, effects: &mut Vec<Effect>) {
        if self.focus() == Focus::List && self.loading.is_none() && self.is_page_gone() {
            self.follow_selection(effects);
        }
    }

    /// Shows an article, at the place where its reader left it.
    pub(super) fn show(&mut self, id: EntryId, text: &Arc<Text>) {
        self.loading = None;
        self.remember_reading();
        let needle = self.page.as_ref().filter(|page| page.id() == id).and_then(Page::needle).map(str::to_owned);
        self.text_cache.keep(id, Arc::clone(text));
        let mut page = Page::new(
            id,
            Arc::clone(text),
            self.text_cache.mended(id).filter(|mended| fits(mended, text)),
            self.settings.language,
            &self.settings.zone,
            self.page_settings(),
        );
        if let Some(Reading { place, y }) = self.text_cache.reading(id) {
            let place = relocate(page.text(), place);
            page.go_to_place(&place, (*y).into());
        }
        if let Some(needle) = needle {
            page.resume_find(&needle);
        }
        self.page = Some(page);
        self.link_hints.clear();
        self.origin = None;
        self.go_to_hit();
        if self.popup.as_ref().is_some_and(Popup::is_about_article) {
            self.popup = None;
        }
    }

    /// Goes to the hit that was to be shown, if the page is that of its article; a hit of another one is forgotten.
    fn go_to_hit(&mut self) {
        let Some((id, hit)) = self.hit.take() else { return };
        let Some(page) = self.page.as_mut().filter(|page| page.id() == id) else { return };
        match hit {
            Ok(snippet) => page.go_to_hit(&snippet.place, &snippet.text[snippet.lit]),
            Err(text) => page.find(&text),
        }
    }

    pub(super) fn remember_reading(&mut self) {
        if let Some(page) = &self.page {
            let reading = (!page.is_at_start())
                .then(|| Reading { place: page.place(), y: page.current_cell().map_or(0, |(_, y)| y) });
            self.text_cache.remember(page.id(), reading);
        }
    }
}
