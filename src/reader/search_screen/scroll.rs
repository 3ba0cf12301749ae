//! How a reader moves over what was found.

use super::{ScrollOffset, SearchScreen, Spot};

impl SearchScreen {
    /// Moves the selection by so many snippets.
    pub(in crate::reader) fn step(&mut self, by: isize) {
        for _ in 0..by.unsigned_abs().min(self.hits.articles.len().saturating_mul(super::MOST_SNIPPETS)) {
            self.selected = if by > 0 { self.next() } else { self.previous() };
        }
        self.choose();
    }

    /// Moves the selection by a part of the screen: 1 for a page, 2 for half of one.
    pub(in crate::reader) fn step_screen(&mut self, times: isize, part: u16) {
        let mut rows = isize::from((self.body().rows / part).max(2) as i16 - 1).saturating_mul(times.abs().min(100));
        while rows > 0 {
            let next = if times > 0 { self.next() } else { self.previous() };
            if next == self.selected {
                break;
            }
            // A new article has a row of its own.
            rows -= if next.article == self.selected.article { 1 } else { 2 };
            self.selected = next;
        }
        self.choose();
    }

    /// Goes to the first snippet.
    pub(in crate::reader) fn start(&mut self) {
        self.selected = Spot::default();
        self.choose();
    }

    /// Goes to the last snippet.
    pub(in crate::reader) fn end(&mut self) {
        let article = self.hits.articles.len().saturating_sub(1);
        self.selected = Spot { article, snippet: self.last_of(article) };
        self.choose();
    }

    /// Scrolls by rows without moving the selection.
    pub(in crate::reader) fn scroll(&mut self, rows: i32) {
        for _ in 0..rows.unsigned_abs() {
            if rows < 0 {
                if self.top.hidden > 0 {
                    self.top.hidden -= 1;
                } else if let Some(article) = self.top.article.checked_sub(1) {
                    self.top = ScrollOffset { article, hidden: self.height(article) - 1 };
                }
            } else if self.lines().nth(self.body().rows.into()).is_some() {
                self.top.hidden += 1;
                if self.top.hidden >= self.height(self.top.article) {
                    self.top = ScrollOffset { article: self.top.article + 1, hidden: 0 };
                }
            }
        }
    }

    /// Selects what stands on a row of the screen; `false` where it was selected before, or there is nothing.
    pub(in crate::reader) fn point(&mut self, row: u16) -> bool {
        let Some((article, line)) = self.lines().nth(row.into()) else { return false };
        let spot = Spot { article, snippet: line.saturating_sub(1) };
        let is_other = spot != self.selected;
        self.selected = spot;
        self.choose();
        is_other
    }

    /// Whether something stands on a row of the body.
    pub(in crate::reader) fn has_row(&self, row: u16) -> bool {
        row < self.body().rows && self.lines().nth(row.into()).is_some()
    }

    fn next(&self) -> Spot {
        let Spot { article, snippet } = self.selected;
        if snippet < self.last_of(article) {
            Spot { article, snippet: snippet + 1 }
        } else if article + 1 < self.hits.articles.len() {
            Spot { article: article + 1, snippet: 0 }
        } else {
            self.selected
        }
    }

    fn previous(&self) -> Spot {
        let Spot { article, snippet } = self.selected;
        match (snippet.checked_sub(1), article.checked_sub(1)) {
            (Some(snippet), _) => Spot { article, snippet },
            (None, Some(article)) => Spot { article, snippet: self.last_of(article) },
            (None, None) => self.selected,
        }
    }

    fn last_of(&self, article: usize) -> usize {
        self.slots(article).saturating_sub(1)
    }

    fn choose(&mut self) {
        self.is_chosen = true;
        self.reveal();
    }

    /// Scrolls as little as brings the selection onto the screen, with the line of its article if there is room.
    pub(super) fn reveal(&mut self) {
        let Some(last) = self.hits.articles.len().checked_sub(1) else {
            (self.selected, self.top) = (Spot::default(), ScrollOffset::default());
            return;
        };
        let article = self.selected.article.min(last);
        // Snippets that came may be fewer than were counted.
        let snippet = self.selected.snippet.min(self.last_of(article));
        self.selected = Spot { article, snippet };
        self.top.article = self.top.article.min(last);
        self.top.hidden = self.top.hidden.min(self.height(self.top.article) - 1);
        let room = usize::from(self.body().rows).max(1);
        let row = if self.slots(article) == 0 { 0 } else { 1 + snippet };
        if row + 1 > room {
            self.top = ScrollOffset { article, hidden: row };
            return;
        }
        self.top = self.top.min(ScrollOffset { article, hidden: 0 });
        let (mut above, mut rest) = (article, room - row - 1);
        let mut least = ScrollOffset { article, hidden: 0 };
        while let Some(before) = above.checked_sub(1).filter(|_| rest > 0) {
            let height = self.height(before);
            least = ScrollOffset { article: before, hidden: height.saturating_sub(rest) };
            (above, rest) = (before, rest.saturating_sub(height));
        }
        self.top = self.top.max(least);
    }
}
