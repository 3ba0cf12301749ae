//! What is asked of the search, and what is made of its answers.

use std::collections::HashSet;
use std::ops::Range;

use super::{MOST_SNIPPETS, ScrollOffset, SearchScreen, Spot};
use crate::catalog::{EntryId, Hits, Query, Snippet};

/// Snippets are asked for of so many articles at once.
const BATCH: u32 = 64;
/// Snippets of more articles than this are not kept.
const MOST_KEPT: usize = 2_000;

impl SearchScreen {
    /// Searches for something else under a number; `None` where there is nothing to search for.
    pub(in crate::reader) fn search(&mut self, query: Query, number: u32) -> Option<Query> {
        if query == self.query && !self.is_outdated {
            return None;
        }
        if query != self.query {
            self.is_chosen = false;
        }
        self.is_again = query == self.query && self.answered.is_some() && self.answered == self.asked;
        self.query = query;
        self.is_outdated = false;
        if self.query.condition.is_none() {
            (self.asked, self.answered) = (None, None);
            (self.hits, self.selected, self.top) = (Hits::default(), Spot::default(), ScrollOffset::default());
            self.snippets.clear();
            return None;
        }
        self.asked = Some(number);
        // The first snippets come by themselves.
        self.is_waiting = true;
        Some(self.query.clone())
    }

    /// Says that the library is another now.
    pub(in crate::reader) const fn outdate(&mut self) {
        self.is_outdated = true;
    }

    /// Asks the same again under a number where the library changed since; not while an answer is on its way, nor behind the scenes.
    pub(in crate::reader) fn search_again(&mut self, number: u32) -> Option<Query> {
        let is_due = self.is_open && self.is_outdated && !self.is_searching();
        if is_due { self.search(self.query.clone(), number) } else { None }
    }

    /// Takes in what was found; an answer to another search is dropped.
    ///
    /// Where the same was searched for before, what was found then is nearer to the truth than a part of an answer.
    pub(in crate::reader) fn take_found(&mut self, number: u32, hits: Hits) {
        if self.asked != Some(number) || self.is_again && !hits.is_final {
            return;
        }
        self.begin(number);
        let id_at = |article: usize| self.hits.articles.get(article).map(|&(id, _)| id);
        let (selected, top) = (id_at(self.selected.article), id_at(self.top.article));
        self.hits = hits;
        let find = |id: Option<EntryId>| {
            let id = id.filter(|_| self.is_chosen)?;
            self.hits.articles.iter().position(|&(other, _)| other == id)
        };
        let (selected, top) = (find(selected), find(top));
        // What was chosen stays where it was on the screen.
        self.selected = match selected {
            Some(article) => Spot { article, ..self.selected },
            // What took its place.
            None if self.is_chosen => Spot { snippet: 0, ..self.selected },
            None => Spot::default(),
        };
        self.top = match top {
            Some(article) => ScrollOffset { article, ..self.top },
            None if self.is_chosen => ScrollOffset { hidden: 0, ..self.top },
            None => ScrollOffset::default(),
        };
        self.reveal();
    }

    /// Takes in snippets of articles; those of another search are dropped.
    pub(in crate::reader) fn take_snippets(&mut self, number: u32, articles: Range<u32>, snippets: Vec<Snippet>) {
        if self.asked != Some(number) || self.is_again && self.answered != Some(number) {
            return;
        }
        self.begin(number);
        self.is_waiting = false;
        if std::mem::take(&mut self.is_stale) {
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
        self.forget_far();
        self.reveal();
    }

    /// The articles whose snippets are wanted next, as the first and how many: those on the screen, then those around it.
    pub(in crate::reader) fn wanted_snippets(&mut self) -> Option<(u32, u32, u32)> {
        if !self.is_open || self.is_waiting || self.is_searching() {
            return None;
        }
        let number = self.answered?;
        let (rows, all) = (usize::from(self.body().rows), self.hits.articles.len());
        let is_missing = |article: &usize| !self.snippets.contains_key(&self.hits.articles[*article].0);
        let top = self.top.article.min(all);
        let below = (top..(top + 2 * rows).min(all)).find(is_missing).map(|first| first as u32);
        let above = || (top.saturating_sub(rows)..top).rev().find(is_missing).map(|last| last as u32);
        let from = below.or_else(|| above().map(|last| (last + 1).saturating_sub(BATCH)))?;
        self.is_waiting = true;
        Some((number, from, BATCH.min(all as u32 - from)))
    }

    /// The first answer to a search takes the place of all that was found before.
    fn begin(&mut self, number: u32) {
        if self.answered != Some(number) {
            self.answered = Some(number);
            // The snippets of before stay on the screen until those follow that came with this answer.
            self.is_stale = self.is_again;
            if !self.is_chosen && !self.is_again {
                self.snippets.clear();
                (self.hits, self.selected, self.top) = (Hits::default(), Spot::default(), ScrollOffset::default());
            }
        }
    }

    /// Lets go of snippets far from the screen, where there are many.
    fn forget_far(&mut self) {
        if self.snippets.len() > MOST_KEPT {
            let from = self.top.article.saturating_sub(MOST_KEPT / 4);
            let near = self.hits.articles.iter().skip(from).take(MOST_KEPT / 2);
            let near: HashSet<EntryId> = near.map(|&(id, _)| id).collect();
            self.snippets.retain(|id, _| near.contains(id));
        }
    }
}
