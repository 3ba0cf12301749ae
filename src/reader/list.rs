//! The list: which entries it shows, in which order, which is selected, and which rows are on the screen.

use jiff::civil;

use super::panes::Pane;
use crate::catalog::{Entries, Entry, EntryId, Order};
use crate::text::Language;

/// A list at least this wide has room for an article in one row; a narrower one takes two.
const ONE_ROW: u16 = 60;

/// One row of the list. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The line above the first article of a day; no day for those without one.
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
    /// Those that a filter leaves, in order.
    filter: Option<Filter>,
    selected: usize,
    /// Whether the reader has chosen a row: until then the selection stays on the first, whatever arrives.
    chosen: bool,
    /// The entry whose rows come first on the screen, and how many of its rows are above it.
    top: (usize, u16),
    pane: Pane,
}

#[derive(Clone, Debug)]
struct Filter {
    query: String,
    shown: Vec<EntryId>,
    /// What was selected before: it comes back with the whole list.
    before: Option<EntryId>,
}

impl List {
    pub(super) fn new(entries: Entries, language: Language) -> Self {
        Self {
            entries,
            order: Order::default(),
            language,
            sorted: Vec::new(),
            filter: None,
            selected: 0,
            chosen: false,
            top: (0, 0),
            pane: Pane::default(),
        }
    }

    /// All entries, by number.
    pub const fn entries(&self) -> &Entries {
        &self.entries
    }

    /// An entry by its number.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id)
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

    /// The rows on the screen, from the top of the pane downwards.
    pub fn rows(&self) -> impl Iterator<Item = ListRow> + '_ {
        let (top, skipped) = self.top;
        (top..self.len())
            .flat_map(move |index| (0..self.height(index)).map(move |line| self.row(index, line)))
            .skip(skipped.into())
            .take(self.pane.rows.into())
    }

    /// The part of the list above the screen and the part down to its end, each from 0 to 1: for a scrollbar.
    pub fn bar(&self) -> (f32, f32) {
        let all = self.len().max(1) as f32;
        let on_screen = self.rows().filter(|row| matches!(row, ListRow::Title(_))).count();
        (self.top.0 as f32 / all, ((self.top.0 + on_screen) as f32 / all).min(1.0))
    }

    pub(super) fn shown(&self) -> &[EntryId] {
        self.filter.as_ref().map_or(&self.sorted, |filter| &filter.shown)
    }

    fn row(&self, index: usize, line: u16) -> ListRow {
        let id = self.shown()[index];
        match (self.has_day(index), line) {
            (true, 0) => ListRow::Day(self.entries.day(id)),
            (true, 1) | (false, 0) => ListRow::Title(id),
            _ => ListRow::Detail(id),
        }
    }

    /// How many rows an entry takes, the line with its day included.
    fn height(&self, index: usize) -> u16 {
        u16::from(self.has_day(index)) + self.entry_rows()
    }

    const fn entry_rows(&self) -> u16 {
        if self.pane.columns >= ONE_ROW { 1 } else { 2 }
    }

    /// Whether a line with the day stands above an entry. It depends on its neighbour alone, so nothing is kept.
    fn has_day(&self, index: usize) -> bool {
        let shown = self.shown();
        self.order == Order::Date
            && index
                .checked_sub(1)
                .is_none_or(|before| self.entries.day(shown[before]) != self.entries.day(shown[index]))
    }
}
