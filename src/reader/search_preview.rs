//! The preview of the search screen: the selected match in its surroundings, with its translation
//! unfolded below, so that most articles need not be opened.

use std::sync::Arc;

use super::layout::ScreenRect;
use super::model::Model;
use super::page::{Page, PageSettings};
use super::search_screen::SearchPreview;
use crate::bilingual::{Text, relocate};
use crate::catalog::{EntryId, Request, Snippet, SnippetPart};

impl Model {
    /// Shows the selected match beside the results, where there is room.
    pub(super) fn update_preview(&mut self) {
        let pane = self.search.preview_pane().filter(|_| self.search.is_open);
        // A request for a preview would replace the one for the article that is being opened.
        let pane = pane.filter(|_| self.loading.is_none());
        let hit = pane.and_then(|pane| Some((pane, self.search.selected_hit()?)));
        let Some((pane, (id, hit))) = hit else {
            self.search.preview = None;
            return;
        };
        let snippet = hit.ok();
        let is_same = self.search.preview.as_ref().is_some_and(|preview| {
            (preview.id, preview.pane, &preview.snippet) == (id, pane, &snippet)
        });
        if is_same {
            return;
        }
        let text = self.text_cache.text(id);
        if text.is_none() {
            self.request(Request::Load(id));
        }
        let page = text.map(|text| self.preview_page(id, &text, snippet.as_ref(), pane));
        self.search.preview = Some(SearchPreview {
            id,
            snippet,
            pane,
            page,
        });
    }

    /// Takes a text that was requested for the preview.
    pub(super) fn store_preview(&mut self, id: EntryId, text: &Arc<Text>) {
        if self
            .search
            .preview
            .take_if(|preview| preview.awaits(id))
            .is_some()
        {
            self.text_cache.store(id, Arc::clone(text));
        }
    }

    fn preview_page(
        &self,
        id: EntryId,
        text: &Arc<Text>,
        snippet: Option<&Snippet>,
        pane: ScreenRect,
    ) -> Page {
        let language = snippet.map_or(self.settings.language, |snippet| snippet.place.side);
        let settings = PageSettings {
            pane,
            is_parallel: false,
            cell: None,
            ..self.page_settings()
        };
        let zone = &self.settings.zone;
        let mut page = Page::new(id, Arc::clone(text), None, language, zone, settings);
        match snippet {
            Some(snippet) if snippet.part == SnippetPart::Text => {
                let place = relocate(page.text(), &snippet.place);
                page.go_to_place(&place, u32::from(pane.rows / 4));
                page.go_to_hit(&snippet.place, &snippet.text[snippet.lit.clone()]);
                // A paragraph without a translation stays alone.
                let _ = page.peek();
            }
            Some(snippet) => page.resume_find(&snippet.text[snippet.lit.clone()]),
            None => {}
        }
        page
    }
}
