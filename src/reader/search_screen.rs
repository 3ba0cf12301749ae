//! The search screen: a line to type in, and under it what was found in the texts, article by article.
//!
//! Only the snippets around what is on the screen are kept. Nothing here is in proportion to the number of articles found
//! but taking in an answer: rows follow from the article at the top of the screen.

mod results;
mod scroll;

use std::collections::HashMap;

use super::layout::ScreenRect;
use super::message::Area;
use super::prompt::{Prompt, PromptKind, PromptLine};
use crate::catalog::{EntryId, Hits, Query, SNIPPETS_PER_ARTICLE, Snippet};
use crate::typeset::Ambiguous;

/// Of an article at most so many snippets are shown.
const MOST_SNIPPETS: usize = SNIPPETS_PER_ARTICLE as usize;
/// Screens of at least so many rows have one for the totals, between the line and what was found.
const WITH_TOTALS: u16 = 4;

/// A row of what was found. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitRow<'a> {
    /// An article.
    Article {
        /// Which one.
        id: EntryId,
        /// How many hits it has.
        count: u32,
        /// Whether it is selected: only where it has no snippet.
        is_selected: bool,
    },
    /// One of its snippets.
    Snippet {
        /// The snippet; none while it is on its way.
        snippet: Option<&'a Snippet>,
        /// How many hits more the article has than snippets are shown; told with the last of them.
        more: u32,
        /// Whether it is selected.
        is_selected: bool,
    },
}

/// What the search has found so far. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchTotals {
    /// The number of hits.
    pub hits: u64,
    /// The number of articles.
    pub articles: usize,
    /// Whether more may come.
    pub is_searching: bool,
}

/// A snippet, by the position of its article and its number there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    article: usize,
    snippet: usize,
}

/// What comes first on the screen: an article, and how many of its rows are above the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct ScrollOffset {
    article: usize,
    hidden: usize,
}

/// The search screen. It keeps what was found when it is closed. Stable.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
#[derive(Debug)]
pub struct SearchScreen {
    is_open: bool,
    is_typing: bool,
    prompt: Prompt,
    /// The query as last understood.
    query: Query,
    /// The number of the last search, whose answers are taken.
    asked: Option<u32>,
    /// The number of the search that the hits are of.
    answered: Option<u32>,
    /// Whether the library changed since the search was asked for.
    is_outdated: bool,
    /// Whether the last search is for the same as the one before, whose hits stay until all of its own are there.
    is_again: bool,
    /// Whether the snippets are still those of the search before.
    is_stale: bool,
    hits: Hits,
    /// The snippets of articles around the screen; empty for an article that has none.
    snippets: HashMap<EntryId, Vec<Snippet>>,
    /// Whether snippets are on their way.
    is_waiting: bool,
    selected: Spot,
    /// Whether the reader has chosen a row: until then the first is selected.
    is_chosen: bool,
    top: ScrollOffset,
    area: ScreenRect,
}

impl SearchScreen {
    pub(super) fn new() -> Self {
        Self {
            is_open: false,
            is_typing: true,
            prompt: Prompt::new(PromptKind::Search, ""),
            query: Query { condition: None },
            asked: None,
            answered: None,
            is_outdated: false,
            is_again: false,
            is_stale: false,
            hits: Hits::default(),
            snippets: HashMap::new(),
            is_waiting: false,
            selected: Spot::default(),
            is_chosen: false,
            top: ScrollOffset::default(),
            area: ScreenRect::default(),
        }
    }

    /// Whether it is in the place of the panes.
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether keys are typed into its line; else they move over what was found.
    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// The line, as it is drawn in the first row of the screen.
    pub fn line(&self, ambiguous: Ambiguous) -> PromptLine<'_> {
        self.prompt.line(self.area.columns, ambiguous)
    }

    /// All that it covers.
    pub const fn area(&self) -> ScreenRect {
        self.area
    }

    /// Where what was found is drawn.
    pub const fn body(&self) -> ScreenRect {
        let ScreenRect { x, y, columns, rows } = self.area;
        let head = if rows >= WITH_TOTALS { 2 } else { 1 };
        ScreenRect { x, y: y + head, columns, rows: rows.saturating_sub(head) }
    }

    /// What the search has found so far; none where nothing is searched for.
    pub fn totals(&self) -> Option<SearchTotals> {
        self.query.condition.as_ref()?;
        let Hits { articles, total, .. } = &self.hits;
        Some(SearchTotals { hits: *total, articles: articles.len(), is_searching: self.is_searching() })
    }

    /// What was found, row by row from the top of the body downwards.
    pub fn rows(&self) -> impl Iterator<Item = HitRow<'_>> {
        self.lines().take(self.body().rows.into()).map(|(article, line)| self.row(article, line))
    }

    /// The shares of the articles, 0 to 1, at the upper and the lower edge of the body: for a scrollbar.
    pub fn bar(&self) -> (f32, f32) {
        let all = self.hits.articles.len().max(1) as f32;
        let last = self.lines().take(self.body().rows.into()).last();
        let last = last.map(|(article, line)| (article, line + 1 == self.height(article)));
        let to = last.map_or(1.0, |(article, is_whole)| (article + usize::from(is_whole)) as f32 / all);
        (self.top.article as f32 / all, to)
    }

    pub(super) fn place(&mut self, area: Area) {
        let rows = if area.rows > 1 { area.rows - 1 } else { area.rows };
        self.area = ScreenRect { x: 0, y: 0, columns: area.columns, rows };
        self.reveal();
    }

    /// The cell of the cursor: in the line, or at the selected snippet.
    pub(super) fn cursor(&self, ambiguous: Ambiguous) -> (u16, u16) {
        let ScreenRect { x, y, columns, .. } = self.area;
        if self.is_typing {
            return (x + self.line(ambiguous).cursor.min(columns.saturating_sub(1)), y);
        }
        let body = self.body();
        let is_selected = |row: HitRow<'_>| {
            matches!(row, HitRow::Article { is_selected: true, .. } | HitRow::Snippet { is_selected: true, .. })
        };
        let row = self.rows().position(is_selected).unwrap_or(0) as u16;
        (x, (body.y + row).min(y + self.area.rows.saturating_sub(1)))
    }

    const fn is_searching(&self) -> bool {
        match (self.asked, self.answered) {
            (Some(asked), Some(answered)) => asked != answered || !self.hits.is_final,
            (asked, _) => asked.is_some(),
        }
    }

    /// The rows from the top of the screen to the end: positions of articles, and which of their rows.
    fn lines(&self) -> impl Iterator<Item = (usize, usize)> {
        let ScrollOffset { article, hidden } = self.top;
        let articles = article..self.hits.articles.len();
        articles.flat_map(|article| (0..self.height(article)).map(move |line| (article, line))).skip(hidden)
    }

    fn row(&self, article: usize, line: usize) -> HitRow<'_> {
        let (id, count) = self.hits.articles[article];
        let slots = self.slots(article);
        let Some(number) = line.checked_sub(1) else {
            let is_selected = slots == 0 && self.selected.article == article;
            return HitRow::Article { id, count, is_selected };
        };
        let snippet = self.snippets.get(&id).and_then(|snippets| snippets.get(number));
        let told = || {
            let known = self.snippets.get(&id).map(|known| known.iter().map(|one| 1 + one.others.len()).sum());
            count.saturating_sub(known.unwrap_or(slots) as u32)
        };
        let more = if number + 1 == slots { told() } else { 0 };
        HitRow::Snippet { snippet, more, is_selected: self.selected == Spot { article, snippet: number } }
    }

    /// How many rows an article takes.
    fn height(&self, article: usize) -> usize {
        1 + self.slots(article)
    }

    /// How many snippets of an article are shown, those on their way among them.
    fn slots(&self, article: usize) -> usize {
        let Some((id, count)) = self.hits.articles.get(article) else { return 0 };
        let known = self.snippets.get(id).map(Vec::len);
        known.unwrap_or(*count as usize).min(MOST_SNIPPETS)
    }
}

/// What the reader does with it.
impl SearchScreen {
    pub(super) const fn show(&mut self, is_open: bool) {
        self.is_open = is_open;
    }

    pub(super) const fn type_in(&mut self, is_typing: bool) {
        self.is_typing = is_typing;
    }

    pub(super) const fn prompt(&mut self) -> &mut Prompt {
        &mut self.prompt
    }

    /// The article selected, and the snippet if there is one; else the text that was searched for.
    pub(super) fn chosen(&self) -> Option<(EntryId, Result<Snippet, String>)> {
        let &(id, _) = self.hits.articles.get(self.selected.article)?;
        let snippet = self.snippets.get(&id).and_then(|snippets| snippets.get(self.selected.snippet));
        let text = || self.query.texts().first().map_or_else(String::new, |text| (*text).to_owned());
        Some((id, snippet.cloned().ok_or_else(text)))
    }
}
