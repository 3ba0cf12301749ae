//! The list: which entries it shows, in which order, which is selected, and which rows are on the screen.
//!
//! Nothing here is in proportion to the length of the list but sorting, merging and filtering: a row with a day stands
//! above an entry whose day differs from its neighbour's, so the rows on the screen follow from the entry at its top.

mod filter;
mod window;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil;

use self::filter::Filter;
use self::window::Top;
use super::panes::Pane;
use crate::catalog::{Changes, Entries, Entry, EntryId, Order, Shelf};
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
    /// The entries whose languages disagree on a figure.
    doubtful: HashSet<EntryId>,
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

    /// What it is sorted by.
    pub const fn order(&self) -> Order {
        self.order
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
        self.note_choice();
        self.reveal();
    }

    /// Selects an entry; `false` where it is not shown.
    pub(super) fn select_entry(&mut self, id: EntryId) -> bool {
        let position = self.position_of(Some(id));
        if let Some(position) = position {
            self.select(position);
        }
        position.is_some()
    }

    /// Takes in what changed. The selection stays with its article, or on the first row until the reader has moved it.
    pub(super) fn change(&mut self, changes: Changes) {
        let selected = self.selected();
        let top = self.shown().get(self.top.index).copied();
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
            self.selected = self.position_of(selected).unwrap_or(0);
        }
        self.reveal();
    }

    /// Puts one shelf in the place of all before.
    pub(super) fn rebase(&mut self, shelf: Arc<dyn Shelf>) {
        self.entries.rebase(shelf);
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

    fn position_of(&self, id: Option<EntryId>) -> Option<usize> {
        let id = id?;
        self.shown().iter().position(|&other| other == id)
    }
}
