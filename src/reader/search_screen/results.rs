//! Requests for a search, and its answers.

use std::collections::HashSet;
use std::ops::Range;

use super::state::{MOST_SNIPPETS, SearchScreen};
use crate::catalog::{EntryId, Hits, Query, Request, SNIPPETS_PER_ARTICLE, Snippet};
use crate::reader::viewport::{ScrollOffset, Viewport};

/// The articles of one request for snippets.
const BATCH: u32 = 64;
/// The most articles whose snippets are kept.
const MOST_KEPT: usize = 2_000;

/// A row by its article, which outlives new answers.
#[derive(Clone, Copy, Debug)]
struct HitPosition {
    article: usize,
    id: Option<EntryId>,
    /// The item of the article.
    item: usize,
    hidden: usize,
}

impl SearchScreen {
    /// Searches for a query, with a number; the request to send if there is anything new to search for.
    pub(in crate::reader) fn search(&mut self, query: Query, number: u32) -> Option<Request> {
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
        Some(Request::Search { number, query: self.query.clone() })
    }

    /// Repeats the search later because the library has changed.
    pub(in crate::reader) const fn outdate(&mut self) {
        self.is_outdated = true;
    }

    /// The request that repeats an outdated search; not while it is closed or an answer is missing.
    pub(in crate::reader) fn take_repeated_request(&mut self, number: u32) -> Option<Request> {
        let is_due = self.is_open && self.is_outdated && !self.is_searching();
        if is_due { self.search(self.query.clone(), number) } else { None }
    }

    /// The request for the snippets that are missing on the screen, or around it.
    pub(in crate::reader) fn take_snippet_request(&mut self) -> Option<Request> {
        if !self.is_open || self.awaits_snippets || self.is_searching() {
            return None;
        }
        let number = self.answered?;
        let all = self.hits.articles.len();
        let is_missing = |article: &usize| !self.snippets.contains_key(&self.hits.articles[*article].0);
        let top = self.article_of(self.viewport.top.item).min(all);
        let below = (top..(top + 2 * self.viewport.rows).min(all)).find(is_missing);
        let above = || (top.saturating_sub(self.viewport.rows)..top).rev().find(is_missing);
        let from = match below {
            Some(first) => first as u32,
            None => (above()? as u32 + 1).saturating_sub(BATCH),
        };
        self.awaits_snippets = true;
        Some(Request::Snippets { number, from, count: BATCH.min(all as u32 - from), most: SNIPPETS_PER_ARTICLE })
    }

    /// Applies the articles found, unless they are of another search.
    ///
    /// If a search is repeated, its former answer is better than a part of the new one.
    pub(in crate::reader) fn apply_hits(&mut self, number: u32, hits: Hits) {
        if self.asked != Some(number) || self.is_repeated && !hits.is_final {
            return;
        }
        self.begin_answer(number);
        let selected = self.position(self.viewport.selected, 0);
        let top = self.position(self.viewport.top.item, self.viewport.top.hidden);
        self.hits = hits;
        self.count_items();
        if self.is_chosen {
            self.viewport.selected = self.find(selected, true).item;
            self.viewport.top = self.find(top, true);
        } else {
            self.viewport = Viewport { rows: self.viewport.rows, ..Viewport::default() };
        }
        self.viewport = self.viewport.reveal(self);
    }

    /// Applies the snippets of articles, unless they are of another search.
    pub(in crate::reader) fn apply_snippets(&mut self, number: u32, articles: Range<u32>, snippets: Vec<Snippet>) {
        if self.asked != Some(number) || self.is_repeated && self.answered != Some(number) {
            return;
        }
        self.begin_answer(number);
        let selected = self.position(self.viewport.selected, 0);
        let top = self.position(self.viewport.top.item, self.viewport.top.hidden);
        self.awaits_snippets = false;
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
            let range = articles.start as usize..(articles.end as usize).min(self.hits.articles.len());
            for (id, _) in self.hits.articles.get(range).unwrap_or_default() {
                self.snippets.entry(*id).or_default();
            }
        }
        self.drop_distant_snippets(top.article);
        self.count_items();
        self.viewport.selected = self.find(selected, false).item;
        self.viewport.top = self.find(top, false);
        self.viewport = self.viewport.reveal(self);
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
        self.viewport = Viewport { rows: self.viewport.rows, ..Viewport::default() };
    }

    fn position(&self, item: usize, hidden: usize) -> HitPosition {
        let article = self.article_of(item);
        let id = self.hits.articles.get(article).map(|&(id, _)| id);
        HitPosition { article, id, item: item - self.first_item(article), hidden }
    }

    /// The row at a former position. If articles have changed, it is searched for; if it is gone, the one in its place is taken.
    fn find(&self, position: HitPosition, articles_changed: bool) -> ScrollOffset {
        let HitPosition { article, id, item, hidden } = position;
        let found = if articles_changed {
            id.and_then(|id| self.hits.articles.iter().position(|&(other, _)| other == id))
        } else {
            Some(article)
        };
        match found {
            Some(article) => {
                let item = item.min(self.items_of(article) - 1);
                ScrollOffset { item: self.first_item(article) + item, hidden }
            }
            None => ScrollOffset { item: self.first_item(article.min(self.hits.articles.len())), hidden: 0 },
        }
    }

    fn drop_distant_snippets(&mut self, top: usize) {
        if self.snippets.len() > MOST_KEPT {
            let near = self.hits.articles.iter().skip(top.saturating_sub(MOST_KEPT / 4)).take(MOST_KEPT / 2);
            let near: HashSet<EntryId> = near.map(|&(id, _)| id).collect();
            self.snippets.retain(|id, _| near.contains(id));
        }
    }
}
