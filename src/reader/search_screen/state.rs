//! The state of the search screen, and motions over its matches.

use std::collections::HashMap;

use crate::catalog::{EntryId, Hits, Query, SNIPPETS_PER_ARTICLE, Snippet};
use crate::reader::layout::ScreenRect;
use crate::reader::message::Area;
use crate::reader::prompt::{Prompt, PromptKind, PromptLine};
use crate::reader::viewport::{Items, Motion, Viewport};
use crate::typeset::Ambiguous;

/// The most snippets shown of an article.
pub(super) const MOST_SNIPPETS: usize = SNIPPETS_PER_ARTICLE as usize;
/// The rows of a screen from which on one of them shows the totals, between the input line and the matches.
const WITH_TOTALS: u16 = 4;

/// A row of the matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HitRow<'a> {
    Article {
        id: EntryId,
        /// The number of its matches.
        count: u32,
        is_selected: bool,
    },
    Snippet {
        /// The snippet; none until it arrives.
        snippet: Option<&'a Snippet>,
        /// The number of further matches in the article, with its last snippet.
        more: u32,
        is_selected: bool,
    },
}

/// The number of matches so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SearchTotals {
    pub(crate) hits: u64,
    pub(crate) articles: usize,
    /// Whether there may be more.
    pub(crate) is_searching: bool,
}

/// The search screen. It keeps its matches while it is closed.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
#[derive(Debug)]
pub(crate) struct SearchScreen {
    pub(crate) is_open: bool,
    /// Whether keys go to the input line, and not to the matches.
    pub(crate) is_typing: bool,
    pub(in crate::reader) prompt: Prompt,
    /// The last query that could be parsed.
    pub(super) query: Query,
    /// The number of the last search, whose answers are accepted.
    pub(super) asked: Option<u32>,
    /// The number of the search that the matches are of.
    pub(super) answered: Option<u32>,
    /// Whether the library has changed since the last search.
    pub(super) is_outdated: bool,
    /// Whether the last search repeats the one before, whose matches stay until the new ones are complete.
    pub(super) is_repeated: bool,
    /// Whether the snippets are still those of the search before.
    pub(super) has_old_snippets: bool,
    pub(super) hits: Hits,
    /// The snippets of articles around the screen; an empty list for an article that has none.
    pub(super) snippets: HashMap<EntryId, Vec<Snippet>>,
    pub(super) awaits_snippets: bool,
    /// For each article, the end of its items: its snippets, or the article itself if it has none.
    item_ends: Vec<usize>,
    pub(super) viewport: Viewport,
    /// Whether an item was chosen. Until then the first is selected.
    pub(super) is_chosen: bool,
    pub(crate) area: ScreenRect,
}

impl Items for SearchScreen {
    fn count(&self) -> usize {
        self.item_ends.last().copied().unwrap_or(0)
    }

    fn rows_of(&self, item: usize) -> usize {
        let article = self.article_of(item);
        // The row of the article is above its first snippet.
        1 + usize::from(item == self.first_item(article) && self.snippet_rows(article) > 0)
    }

    fn main_row(&self, item: usize) -> usize {
        self.rows_of(item) - 1
    }

    fn group_start(&self, item: usize) -> usize {
        self.first_item(self.article_of(item))
    }
}

impl SearchScreen {
    pub(in crate::reader) fn new() -> Self {
        Self {
            is_open: false,
            is_typing: true,
            prompt: Prompt::new(PromptKind::Search, ""),
            query: Query { condition: None },
            asked: None,
            answered: None,
            is_outdated: false,
            is_repeated: false,
            has_old_snippets: false,
            hits: Hits::default(),
            snippets: HashMap::new(),
            awaits_snippets: false,
            item_ends: Vec::new(),
            viewport: Viewport::default(),
            is_chosen: false,
            area: ScreenRect::default(),
        }
    }

    /// The input line, for the first row.
    pub(crate) fn line(&self, ambiguous: Ambiguous) -> PromptLine<'_> {
        self.prompt.line(self.area.columns, ambiguous)
    }

    pub(crate) const fn body(&self) -> ScreenRect {
        let ScreenRect { x, y, columns, rows } = self.area;
        let head = if rows >= WITH_TOTALS { 2 } else { 1 };
        ScreenRect { x, y: y + head, columns, rows: rows.saturating_sub(head) }
    }

    pub(crate) fn totals(&self) -> Option<SearchTotals> {
        self.query.condition.as_ref()?;
        let Hits { articles, total, .. } = &self.hits;
        Some(SearchTotals { hits: *total, articles: articles.len(), is_searching: self.is_searching() })
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = HitRow<'_>> {
        self.viewport.visible(self).map(|(item, row)| self.row(item, row))
    }

    /// The shares of the matches, 0 to 1, at the upper and the lower edge of the body, for a scrollbar.
    pub(crate) fn bar(&self) -> (f32, f32) {
        self.viewport.bar(self)
    }

    pub(super) const fn is_searching(&self) -> bool {
        match (self.asked, self.answered) {
            (Some(asked), Some(answered)) => asked != answered || !self.hits.is_final,
            (asked, _) => asked.is_some(),
        }
    }

    fn row(&self, item: usize, row: usize) -> HitRow<'_> {
        let article = self.article_of(item);
        let (id, count) = self.hits.articles[article];
        let is_selected = item == self.viewport.selected;
        let shown = self.snippet_rows(article);
        if shown == 0 || row + 1 < self.rows_of(item) {
            return HitRow::Article { id, count, is_selected: is_selected && shown == 0 };
        }
        let number = item - self.first_item(article);
        let known = self.snippets.get(&id);
        let snippet = known.and_then(|snippets| snippets.get(number));
        let matches = known.map_or(shown, |snippets| snippets.iter().map(|snippet| 1 + snippet.others.len()).sum());
        let more = if number + 1 == shown { count.saturating_sub(matches as u32) } else { 0 };
        HitRow::Snippet { snippet, more, is_selected }
    }

    /// The number of snippets shown of an article, also of those that have not arrived.
    fn snippet_rows(&self, article: usize) -> usize {
        let Some((id, count)) = self.hits.articles.get(article) else { return 0 };
        let known = self.snippets.get(id).map(Vec::len);
        known.unwrap_or(*count as usize).min(MOST_SNIPPETS)
    }

    /// Counts the items, after the matches or the snippets have changed.
    pub(super) fn count_items(&mut self) {
        let mut end = 0;
        let ends = (0..self.hits.articles.len()).map(|article| {
            end += self.snippet_rows(article).max(1);
            end
        });
        self.item_ends = ends.collect();
    }

    /// The article of an item, an index into [`Hits::articles`].
    pub(super) fn article_of(&self, item: usize) -> usize {
        self.item_ends.partition_point(|&end| end <= item)
    }

    pub(super) fn first_item(&self, article: usize) -> usize {
        article.checked_sub(1).and_then(|before| self.item_ends.get(before)).copied().unwrap_or(0)
    }

    pub(super) fn items_of(&self, article: usize) -> usize {
        self.snippet_rows(article).max(1)
    }

    pub(in crate::reader) fn place(&mut self, area: Area) {
        let rows = if area.rows > 1 { area.rows - 1 } else { area.rows };
        self.area = ScreenRect { x: 0, y: 0, columns: area.columns, rows };
        self.viewport.rows = self.body().rows.into();
        self.viewport = self.viewport.reveal(self);
    }

    /// The cell of the cursor: in the input line, or at the selected match.
    pub(in crate::reader) fn cursor(&self, ambiguous: Ambiguous) -> (u16, u16) {
        let ScreenRect { x, y, columns, rows } = self.area;
        if self.is_typing {
            return (x + self.line(ambiguous).cursor.min(columns.saturating_sub(1)), y);
        }
        let is_selected = |row: HitRow<'_>| {
            matches!(row, HitRow::Article { is_selected: true, .. } | HitRow::Snippet { is_selected: true, .. })
        };
        let row = self.rows().position(is_selected).unwrap_or(0) as u16;
        (x, (self.body().y + row).min(y + rows.saturating_sub(1)))
    }

    pub(in crate::reader) fn go(&mut self, motion: Motion) {
        self.viewport = self.viewport.go(motion, self);
        self.is_chosen = true;
    }

    pub(in crate::reader) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, self);
    }

    pub(in crate::reader) fn item_at_row(&self, row: u16) -> Option<usize> {
        self.viewport.visible(self).nth(row.into()).map(|(item, _)| item)
    }

    /// Selects an item; `false` if it was selected before.
    pub(in crate::reader) fn select(&mut self, item: usize) -> bool {
        let is_other = item != self.viewport.selected;
        self.viewport = self.viewport.select(item, self);
        self.is_chosen = true;
        is_other
    }

    /// The article of the selected match, and the snippet; the text that was searched for if there is no snippet.
    pub(in crate::reader) fn selected_hit(&self) -> Option<(EntryId, Result<Snippet, String>)> {
        let article = self.article_of(self.viewport.selected);
        let &(id, _) = self.hits.articles.get(article)?;
        let number = self.viewport.selected - self.first_item(article);
        let snippet = self.snippets.get(&id).and_then(|snippets| snippets.get(number));
        let text = || self.query.texts().first().map_or_else(String::new, |text| (*text).to_owned());
        Some((id, snippet.cloned().ok_or_else(text)))
    }
}
