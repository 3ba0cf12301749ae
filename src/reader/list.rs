//! The list: which entries it shows, in which order, which is selected, and which rows are on the screen.
//!
//! Nothing here is in proportion to the length of the list but sorting, merging and filtering: a row with a day stands
//! above an entry whose day differs from its neighbour's, so the rows on the screen follow from the entry at its top.

mod window;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil;

use self::window::Top;
use super::panes::Pane;
use crate::catalog::{
    Attention, Bare, Changes, Context, Entries, Entry, EntryId, Mark, Marks, Order, Query, Shelf, Tier, evaluate,
};
use crate::text::Language;

/// One row of the list. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The line above the first article of a day; no day for articles without one.
    Day(Option<civil::Date>),
    /// An article's first row: its title, and in a wide list all else.
    Title(EntryId),
    /// An article's second row in a narrow list: source, tags, and the date as room allows.
    Detail(EntryId),
}

/// The list. The view draws [`Self::rows`]; all else is for the title and status lines.
#[derive(Clone, Debug)]
pub struct List {
    entries: Entries,
    order: Order,
    language: Language,
    /// All entries in order.
    sorted: Vec<EntryId>,
    filter: Option<Filter>,
    selected: usize,
    /// Whether the reader has chosen a row: until then the selection stays on the first, whatever arrives.
    is_chosen: bool,
    top: Top,
    pane: Pane,
    marks: Marks,
    /// When the last visit ended, in milliseconds since 1970.
    last_visit: Option<i64>,
    /// How many entries are new since then.
    new: usize,
    /// The entries whose languages disagree on a figure.
    doubtful: HashSet<EntryId>,
}

#[derive(Clone, Debug)]
struct Filter {
    query: String,
    /// The entries that it leaves, in order.
    shown: Vec<EntryId>,
    /// What was selected before: it comes back with the whole list.
    before: Option<EntryId>,
}

impl List {
    pub(super) fn new(entries: Entries, language: Language) -> Self {
        Self {
            entries,
            order: Order::Date,
            language,
            sorted: Vec::new(),
            filter: None,
            selected: 0,
            is_chosen: false,
            top: Top { index: 0, hidden: 0 },
            pane: Pane::default(),
            marks: Marks::default(),
            last_visit: None,
            new: 0,
            doubtful: HashSet::new(),
        }
    }

    /// All entries, by number.
    pub const fn entries(&self) -> &Entries {
        &self.entries
    }

    /// An entry by its number.
    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        self.entries.get(id)
    }

    /// Whether an article's languages are known to disagree on a figure.
    pub fn is_doubtful(&self, id: EntryId) -> bool {
        self.doubtful.contains(&id)
    }

    /// Marks articles whose languages disagree on a figure.
    pub(super) fn doubt(&mut self, ids: Vec<EntryId>) {
        self.doubtful.extend(ids);
    }

    /// What the reader did with the articles.
    pub const fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Whether an article is unread and newer than the last visit.
    pub fn is_new(&self, id: EntryId) -> bool {
        let since = |last| self.entries.modified(id).is_some_and(|modified| modified > last);
        self.marks.get(id).attention == Attention::Unread && self.last_visit.is_some_and(since)
    }

    /// How many articles are new since the last visit.
    pub const fn new_count(&self) -> usize {
        self.new
    }

    /// The unread entries among those shown.
    pub(super) fn unread(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.shown().iter().copied().filter(|&id| self.is_unread(id))
    }

    fn is_unread(&self, id: EntryId) -> bool {
        self.marks.get(id).attention == Attention::Unread
    }

    /// The position of the unread entry that is so many further on or back; the last one that way where there are fewer.
    pub(super) fn unread_from(&self, by: isize) -> Option<usize> {
        let shown = self.shown();
        let is_unread = |&at: &usize| self.is_unread(shown[at]);
        let times = by.unsigned_abs().max(1);
        if by > 0 {
            (self.selected + 1..shown.len()).filter(is_unread).take(times).last()
        } else {
            (0..self.selected.min(shown.len())).rev().filter(is_unread).take(times).last()
        }
    }

    /// What it is sorted by.
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The query of the filter, while there is one.
    pub fn query(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.query.as_str())
    }

    /// How many entries it shows.
    pub fn len(&self) -> usize {
        self.shown().len()
    }

    /// Whether it shows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The position of the selection among the entries shown, counted from 0.
    pub const fn position(&self) -> usize {
        self.selected
    }

    /// The entry that is selected; none in an empty list.
    pub fn selected(&self) -> Option<EntryId> {
        self.shown().get(self.selected).copied()
    }

    fn shown(&self) -> &[EntryId] {
        self.filter.as_ref().map_or(&self.sorted, |filter| &filter.shown)
    }
}

/// What the reader does with it.
impl List {
    pub(super) fn set_pane(&mut self, pane: Pane) {
        self.pane = pane;
        self.reveal();
    }

    /// Moves the selection, as far as there are entries.
    pub(super) fn step(&mut self, by: isize) {
        self.select(self.selected.saturating_add_signed(by));
    }

    /// Moves the selection by a part of the screen: 1 for a page, 2 for half of one.
    pub(super) fn step_screen(&mut self, times: isize, part: u16) {
        let entries = (self.pane.rows / part / self.entry_rows()).saturating_sub(1).max(1);
        self.step(times.saturating_mul(isize::from(entries as i16)));
    }

    /// Selects the entry at a position, the last one if there are not so many.
    pub(super) fn select(&mut self, position: usize) {
        self.selected = position.min(self.len().saturating_sub(1));
        self.is_chosen = true;
        self.reveal();
    }

    /// Takes in what changed. The selection stays with its article, or on the first row until the reader has moved it.
    pub(super) fn change(&mut self, changes: Changes) {
        let selected = self.selected();
        let top = self.shown().get(self.top.index).copied();
        let was_selected = self.selected;
        let applied = self.entries.apply(changes);
        if !applied.removed.is_empty() {
            let removed: HashSet<EntryId> = applied.removed.into_iter().collect();
            self.sorted.retain(|id| !removed.contains(id));
        }
        self.sorted = self.entries.merge(&self.sorted, applied.placed, self.order, self.language);
        self.refilter();
        self.selected = 0;
        if self.is_chosen {
            // What was looked at stays where it was on the screen.
            self.top.index = self.position_of(top).unwrap_or(self.top.index);
            // Where it is gone, the one after it takes its place.
            let next = was_selected.min(self.len().saturating_sub(1));
            self.selected = self.position_of(selected).unwrap_or(next);
        }
        self.count_new();
        self.reveal();
    }

    /// Puts one shelf in the place of all before.
    pub(super) fn rebase(&mut self, shelf: Arc<dyn Shelf>) {
        self.entries.rebase(shelf);
    }

    /// Marks an article.
    pub(super) fn mark(&mut self, id: EntryId, mark: Mark) {
        let was_new = self.is_new(id);
        self.marks.set(id, mark);
        let is_new = self.is_new(id);
        self.new = (self.new + usize::from(is_new)).saturating_sub(usize::from(was_new));
    }

    /// Is told when the last visit ended, in milliseconds since 1970.
    pub(super) fn set_last_visit(&mut self, last_visit: Option<i64>) {
        self.last_visit = last_visit;
        self.count_new();
    }

    fn count_new(&mut self) {
        let is_any = self.last_visit.is_some();
        self.new = if is_any { self.sorted.iter().filter(|&&id| self.is_new(id)).count() } else { 0 };
    }

    /// Sorts by an order, titles being those of a language.
    pub(super) fn arrange_by(&mut self, order: Order, language: Language) {
        if (self.order, self.language) != (order, language) {
            (self.order, self.language) = (order, language);
            self.resort();
        }
    }

    /// Selects an entry, if it is shown.
    pub(super) fn select_entry(&mut self, id: Option<EntryId>) {
        if let Some(position) = self.position_of(id) {
            self.select(position);
        }
    }

    /// Goes to the next order; the selection stays with its article.
    pub(super) fn sort_next(&mut self) {
        self.order = self.order.next();
        self.resort();
    }

    /// Shows titles in a language, and sorts by them anew where the order is theirs.
    pub(super) fn set_language(&mut self, language: Language) {
        self.language = language;
        if self.order == Order::Title {
            self.resort();
        }
    }

    fn resort(&mut self) {
        let selected = self.selected().filter(|_| self.is_chosen);
        self.sorted = self.entries.sorted(self.order, self.language);
        self.refilter();
        self.selected = self.position_of(selected).unwrap_or(0);
        self.top = Top::default();
        self.reveal();
    }

    /// Shows only the entries that hold every word of a query. The selection stays if its entry does, else goes to the first.
    pub(super) fn set_filter(&mut self, query: &str) {
        let selected = self.selected();
        let before = self.filter.take().map_or(selected, |filter| filter.before);
        self.filter = Some(Filter { query: query.to_owned(), shown: Vec::new(), before });
        self.refilter();
        self.selected = self.position_of(selected).or_else(|| self.position_of(before)).unwrap_or(0);
        self.top = Top::default();
        self.reveal();
    }

    /// Shows the whole list again; with the old selection, or with the one made in the filtered list.
    pub(super) fn end_filter(&mut self, keep_selection: bool) {
        let selected = self.selected();
        if let Some(filter) = self.filter.take() {
            let wanted = if keep_selection { selected.or(filter.before) } else { filter.before };
            self.selected = self.position_of(wanted).unwrap_or(0);
            self.top = Top::default();
            self.reveal();
        }
    }

    fn refilter(&mut self) {
        let Some(filter) = &mut self.filter else { return };
        let Ok(query) = Query::parse(&filter.query, Bare::Word) else { return };
        let today = jiff::civil::Date::ZERO;
        let context = Context { marks: &Marks::default(), today, last_visit: None, with_pinyin: true };
        let tiers = evaluate(&query, &mut self.entries, &context, &mut |_| Vec::new());
        filter.shown = self.sorted.iter().copied().filter(|id| tiers[id.0 as usize] != Tier::None).collect();
    }

    fn position_of(&self, id: Option<EntryId>) -> Option<usize> {
        let id = id?;
        self.shown().iter().position(|&other| other == id)
    }
}
