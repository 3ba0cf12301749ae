//! The search screen: an input line, and below it the matches in the texts, article by article.
//!
//! Only the snippets around the screen are kept.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::layout::ScreenRect;
use super::message::Area;
use super::page::Page;
use super::prompt::{Prompt, PromptKind, PromptLine};
use super::viewport::{Items, Motion, ScrollOffset, Viewport};
use crate::catalog::{EntryId, Hits, Query, Request, SNIPPETS_PER_ARTICLE, Snippet, SnippetPart};
use crate::typeset::Ambiguous;

/// The most snippets shown of an article.
const MOST_SNIPPETS: usize = SNIPPETS_PER_ARTICLE as usize;
/// The rows of a screen from which on one of them shows the totals, between the input line and the
/// matches.
const WITH_TOTALS: u16 = 4;
/// The columns of a screen from which on it has a preview.
const WITH_PREVIEW: u16 = 110;
/// The articles of one request for snippets.
const BATCH: u32 = 64;
/// The most articles whose snippets are kept.
const MOST_KEPT: usize = 2_000;

/// A row of the matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HitRow<'a> {
    Article {
        id: EntryId,
        /// The number of its matches.
        count: u32,
    },
    Snippet {
        /// The snippet; none until it arrives.
        snippet: Option<&'a Snippet>,
        /// The number of further matches in the article, with its last snippet.
        more: u32,
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

/// The preview of the selected match, and what it is of.
#[derive(Debug)]
pub(super) struct SearchPreview {
    pub(super) id: EntryId,
    pub(super) snippet: Option<Snippet>,
    pub(super) pane: ScreenRect,
    /// None until the text arrives.
    pub(super) page: Option<Page>,
}

impl SearchPreview {
    pub(super) const fn awaits(&self, id: EntryId) -> bool {
        self.page.is_none() && self.id.0 == id.0
    }
}

/// The search screen. It keeps its matches while it is closed.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
#[derive(Debug, Default)]
pub(crate) struct SearchScreen {
    pub(crate) is_open: bool,
    /// Whether keys go to the input line, and not to the matches.
    pub(crate) is_typing: bool,
    pub(super) prompt: Prompt,
    /// The last query that could be parsed.
    query: Query,
    /// The number of the last search, whose answers are accepted.
    asked: Option<u32>,
    /// The number of the search that the matches are of.
    answered: Option<u32>,
    /// Whether the library has changed since the last search.
    is_outdated: bool,
    /// Whether the last search repeats the one before, whose matches stay until the new ones are
    /// complete.
    is_repeated: bool,
    /// Whether the snippets are still those of the search before.
    has_old_snippets: bool,
    hits: Hits,
    /// The snippets of articles around the screen; an empty list for an article that has none.
    snippets: HashMap<EntryId, Vec<Snippet>>,
    awaits_snippets: bool,
    /// For each article, the end of its items: its snippets, or the article itself if it has none.
    item_ends: Vec<usize>,
    viewport: Viewport,
    /// Whether an item was chosen. Until then the first is selected.
    is_chosen: bool,
    pub(crate) area: ScreenRect,
    pub(super) preview: Option<SearchPreview>,
    /// The article that was opened last, to which Esc leads back.
    pub(super) opened: Option<EntryId>,
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
    pub(super) fn new() -> Self {
        Self {
            is_typing: true,
            prompt: Prompt::new(PromptKind::Search, ""),
            ..Self::default()
        }
    }

    /// The input line, for the first row.
    pub(crate) fn line(&self, ambiguous: Ambiguous) -> PromptLine<'_> {
        self.prompt.line(self.area.columns, ambiguous)
    }

    /// The results.
    pub(crate) const fn body(&self) -> ScreenRect {
        let below = self.below_line();
        match self.preview_pane() {
            Some(pane) => ScreenRect {
                columns: pane.x - below.x - 1,
                ..below
            },
            None => below,
        }
    }

    /// The preview of the selected match, if there is room for it.
    pub(crate) const fn preview_pane(&self) -> Option<ScreenRect> {
        let below = self.below_line();
        if below.columns < WITH_PREVIEW {
            return None;
        }
        let list = below.columns / 2;
        Some(ScreenRect {
            x: below.x + list,
            columns: below.columns - list,
            ..below
        })
    }

    const fn below_line(&self) -> ScreenRect {
        let has_totals = self.area.rows >= WITH_TOTALS;
        self.area.below(if has_totals { 2 } else { 1 })
    }

    /// The page of the preview, once its text is there.
    pub(crate) fn preview(&self) -> Option<&Page> {
        self.preview.as_ref()?.page.as_ref()
    }

    pub(crate) fn totals(&self) -> Option<SearchTotals> {
        self.query.condition.as_ref()?;
        let Hits {
            articles, total, ..
        } = &self.hits;
        Some(SearchTotals {
            hits: *total,
            articles: articles.len(),
            is_searching: self.is_searching(),
        })
    }

    /// The rows on the screen, each with whether it is selected.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (HitRow<'_>, bool)> {
        self.viewport.visible(self).map(|(item, row)| {
            let is_selected = item == self.viewport.selected && row == self.rows_of(item) - 1;
            (self.row(item, row), is_selected)
        })
    }

    /// The items from a position on, each with its article.
    pub(crate) fn items_from(&self, first: usize) -> impl Iterator<Item = (EntryId, HitRow<'_>)> {
        (first..self.count()).map(|item| {
            let (id, _) = self.hits.articles[self.article_of(item)];
            (id, self.row(item, self.rows_of(item) - 1))
        })
    }

    /// The position of the selected item.
    pub(crate) const fn selected(&self) -> usize {
        self.viewport.selected
    }

    /// Whether an answer is missing.
    pub(super) fn is_waiting(&self) -> bool {
        self.is_searching() || self.awaits_snippets && !self.hits.articles.is_empty()
    }

    /// The shares of the matches, 0 to 1, at the upper and the lower edge of the body, for a
    /// scrollbar.
    pub(crate) fn bar(&self) -> (f32, f32) {
        self.viewport.bar(self)
    }

    const fn is_searching(&self) -> bool {
        match (self.asked, self.answered) {
            (Some(asked), Some(answered)) => asked != answered || !self.hits.is_final,
            (asked, _) => asked.is_some(),
        }
    }

    fn row(&self, item: usize, row: usize) -> HitRow<'_> {
        let article = self.article_of(item);
        let (id, count) = self.hits.articles[article];
        let shown = self.snippet_rows(article);
        if shown == 0 || row + 1 < self.rows_of(item) {
            return HitRow::Article { id, count };
        }
        let number = item - self.first_item(article);
        let known = self.snippets.get(&id);
        let snippet = known.and_then(|snippets| snippets.get(number));
        let matches = known.map_or(shown, |snippets| {
            let in_text: usize = snippets
                .iter()
                .filter(|snippet| snippet.part == SnippetPart::Text)
                .map(|snippet| 1 + snippet.others.len())
                .sum();
            // An article that matches only in its fields counts as one.
            if count == 1 { 1 } else { in_text }
        });
        let more = if number + 1 == shown {
            count.saturating_sub(matches as u32)
        } else {
            0
        };
        HitRow::Snippet { snippet, more }
    }

    /// The number of snippets shown of an article, also of those that have not arrived.
    fn snippet_rows(&self, article: usize) -> usize {
        let Some((id, count)) = self.hits.articles.get(article) else {
            return 0;
        };
        let known = self.snippets.get(id).map(Vec::len);
        known.unwrap_or(*count as usize).min(MOST_SNIPPETS)
    }

    /// Counts the items, after the matches or the snippets have changed.
    fn count_items(&mut self) {
        let mut end = 0;
        let ends = (0..self.hits.articles.len()).map(|article| {
            end += self.snippet_rows(article).max(1);
            end
        });
        self.item_ends = ends.collect();
    }

    /// The article of an item, an index into [`Hits::articles`].
    fn article_of(&self, item: usize) -> usize {
        self.item_ends.partition_point(|&end| end <= item)
    }

    fn first_item(&self, article: usize) -> usize {
        article
            .checked_sub(1)
            .and_then(|before| self.item_ends.get(before))
            .copied()
            .unwrap_or(0)
    }

    fn items_of(&self, article: usize) -> usize {
        self.snippet_rows(article).max(1)
    }

    pub(super) fn place(&mut self, area: Area) {
        self.area = ScreenRect {
            x: 0,
            y: 0,
            columns: area.columns,
            rows: area.rows - u16::from(area.rows > 1),
        };
        self.viewport.rows = self.body().rows.into();
        self.viewport = self.viewport.reveal(self);
    }

    /// The cell of the cursor: in the input line, or at the selected match.
    pub(super) fn cursor(&self, ambiguous: Ambiguous) -> (u16, u16) {
        let area = self.area;
        if self.is_typing {
            let cursor = self.line(ambiguous).cursor;
            return (cursor.min(area.columns.saturating_sub(1)), area.y);
        }
        let row = self.rows().position(|(_, is_selected)| is_selected);
        let y = self.body().y + row.unwrap_or(0) as u16;
        (area.x, y.min(area.y + area.rows.saturating_sub(1)))
    }

    pub(super) fn go(&mut self, motion: Motion) {
        self.viewport = self.viewport.go(motion, self);
        self.is_chosen = true;
    }

    pub(super) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, self);
    }

    pub(super) fn item_at_row(&self, row: u16) -> Option<usize> {
        self.viewport
            .visible(self)
            .nth(row.into())
            .map(|(item, _)| item)
    }

    /// Selects an item; `false` if it was selected before.
    pub(super) fn select(&mut self, item: usize) -> bool {
        let is_other = item != self.viewport.selected;
        self.viewport = self.viewport.select(item, self);
        self.is_chosen = true;
        is_other
    }

    /// The article of the selected match, and the snippet; the text that was searched for if there
    /// is no snippet.
    pub(super) fn selected_hit(&self) -> Option<(EntryId, Result<Snippet, String>)> {
        let article = self.article_of(self.viewport.selected);
        let &(id, _) = self.hits.articles.get(article)?;
        let number = self.viewport.selected - self.first_item(article);
        let snippet = self
            .snippets
            .get(&id)
            .and_then(|snippets| snippets.get(number));
        let text = || {
            self.query
                .terms()
                .first()
                .map_or_else(String::new, |term| term.text.clone())
        };
        Some((id, snippet.cloned().ok_or_else(text)))
    }
}

/// An item by its article, which outlives new answers.
#[derive(Clone, Copy, Debug)]
struct HitPosition {
    article: usize,
    id: Option<EntryId>,
    /// The item of the article.
    item: usize,
}

/// Requests and their answers.
impl SearchScreen {
    /// Searches for a query, with a number; the request to send if there is anything new to search
    /// for.
    pub(super) fn search(&mut self, query: Query, number: u32) -> Option<Request> {
        let is_same = query == self.query;
        if is_same && !self.is_outdated {
            return None;
        }
        if !is_same {
            self.is_chosen = false;
        }
        self.is_repeated = is_same && self.answered.is_some() && self.answered == self.asked;
        self.query = query;
        self.is_outdated = false;
        if self.query.condition.is_none() {
            self.asked = None;
            self.answered = None;
            self.clear();
            return None;
        }
        self.asked = Some(number);
        // The first snippets come unrequested.
        self.awaits_snippets = true;
        Some(Request::Search {
            number,
            query: self.query.clone(),
        })
    }

    /// Repeats the search later because the library has changed.
    pub(super) const fn outdate(&mut self) {
        self.is_outdated = true;
    }

    /// The request that repeats an outdated search; not while it is closed or an answer is missing.
    pub(super) fn take_repeated_request(&mut self, number: u32) -> Option<Request> {
        let is_due = self.is_open && self.is_outdated && !self.is_searching();
        if is_due {
            self.search(self.query.clone(), number)
        } else {
            None
        }
    }

    /// The request for the snippets that are missing on the screen, or around it.
    pub(super) fn take_snippet_request(&mut self) -> Option<Request> {
        if !self.is_open || self.awaits_snippets || self.is_searching() {
            return None;
        }
        let number = self.answered?;
        let all = self.hits.articles.len();
        let is_missing =
            |article: &usize| !self.snippets.contains_key(&self.hits.articles[*article].0);
        let top = self.article_of(self.viewport.top.item).min(all);
        let below = (top..(top + 2 * self.viewport.rows).min(all)).find(is_missing);
        let above = || {
            (top.saturating_sub(self.viewport.rows)..top)
                .rev()
                .find(is_missing)
        };
        let from = match below {
            Some(first) => first as u32,
            None => (above()? as u32 + 1).saturating_sub(BATCH),
        };
        self.awaits_snippets = true;
        Some(Request::Snippets {
            number,
            from,
            count: BATCH.min(all as u32 - from),
            most: SNIPPETS_PER_ARTICLE,
        })
    }

    /// Applies the articles found, unless they are of another search.
    ///
    /// If a search is repeated, its former answer is better than a part of the new one.
    pub(super) fn apply_hits(&mut self, number: u32, hits: Hits) {
        if self.asked != Some(number) || self.is_repeated && !hits.is_final {
            return;
        }
        self.begin_answer(number);
        self.keep_position(|screen| screen.hits = hits);
        if !self.is_chosen {
            self.go_to_first();
        }
    }

    /// Applies the snippets of articles, unless they are of another search.
    pub(super) fn apply_snippets(
        &mut self,
        number: u32,
        articles: Range<u32>,
        snippets: Vec<Snippet>,
    ) {
        if self.asked != Some(number) || self.is_repeated && self.answered != Some(number) {
            return;
        }
        self.begin_answer(number);
        self.awaits_snippets = false;
        self.keep_position(|screen| screen.store_snippets(articles, snippets));
    }

    fn store_snippets(&mut self, articles: Range<u32>, snippets: Vec<Snippet>) {
        if std::mem::take(&mut self.has_old_snippets) {
            self.snippets.clear();
        }
        let mut seen = HashSet::new();
        for snippet in snippets {
            let of_article = self.snippets.entry(snippet.id).or_default();
            if seen.insert(snippet.id) {
                of_article.clear();
            }
            if of_article.len() < MOST_SNIPPETS {
                of_article.push(snippet);
            }
        }
        if self.hits.is_final {
            let range =
                articles.start as usize..(articles.end as usize).min(self.hits.articles.len());
            for (id, _) in self.hits.articles.get(range).unwrap_or_default() {
                self.snippets.entry(*id).or_default();
            }
        }
        if self.snippets.len() > MOST_KEPT {
            let top = self.article_of(self.viewport.top.item);
            let near = self.hits.articles.iter();
            let near = near.skip(top.saturating_sub(MOST_KEPT / 4));
            let near: HashSet<EntryId> = near.take(MOST_KEPT / 2).map(|&(id, _)| id).collect();
            self.snippets.retain(|id, _| near.contains(id));
        }
    }

    /// The first answer to a search replaces all matches of the one before.
    fn begin_answer(&mut self, number: u32) {
        if self.answered != Some(number) {
            self.answered = Some(number);
            // The old snippets stay on the screen until the new ones arrive.
            self.has_old_snippets = self.is_repeated;
            if !self.is_chosen && !self.is_repeated {
                self.clear();
            }
        }
    }

    fn clear(&mut self) {
        self.hits = Hits::default();
        self.snippets.clear();
        self.count_items();
        self.go_to_first();
    }

    fn go_to_first(&mut self) {
        self.viewport = self.viewport.go(Motion::Start, self);
    }

    /// Changes matches or snippets. What is selected and what is at the top of the screen stay, or
    /// if they are gone, what is in their place.
    fn keep_position(&mut self, change: impl FnOnce(&mut Self)) {
        let ScrollOffset { item: top, hidden } = self.viewport.top;
        let [selected, top] = [self.viewport.selected, top].map(|item| self.position(item));
        change(self);
        self.count_items();
        self.viewport.selected = self.find(selected).0;
        let (item, is_same) = self.find(top);
        let hidden = if is_same { hidden } else { 0 };
        self.viewport.top = ScrollOffset { item, hidden };
        self.viewport = self.viewport.reveal(self);
    }

    fn position(&self, item: usize) -> HitPosition {
        let article = self.article_of(item);
        HitPosition {
            article,
            id: self.hits.articles.get(article).map(|&(id, _)| id),
            item: item - self.first_item(article),
        }
    }

    /// The item at a former position, and whether it is of the same article.
    fn find(&self, HitPosition { article, id, item }: HitPosition) -> (usize, bool) {
        let articles = &self.hits.articles;
        let is_it = |at: &usize| articles.get(*at).map(|&(id, _)| id) == id;
        let found = Some(article)
            .filter(is_it)
            .or_else(|| (0..articles.len()).find(is_it));
        match found {
            Some(article) => {
                let item = item.min(self.items_of(article) - 1);
                (self.first_item(article) + item, true)
            }
            None => (self.first_item(article.min(articles.len())), false),
        }
    }
}
