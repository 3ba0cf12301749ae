//! The list: which entries it shows, in which order, which is selected, and which rows are on the screen.
//!
//! Nothing here is in proportion to the length of the list but sorting, merging and filtering: a row with a day stands
//! above an entry whose day differs from its neighbour's, so the rows on the screen follow from the entry at its top.

use jiff::civil;

use super::panes::Pane;
use crate::catalog::{Entries, Entry, EntryId, Order};
use crate::text::Language;

/// One row of the list. Stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The line above the first article of a day; no day for articles without one.
    Separator(Option<civil::Date>),
    /// An article.
    Entry(EntryId),
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
}

/// What comes first on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Top {
    /// The position of the first entry.
    index: usize,
    /// Whether its day's line, where it has one, is above the screen.
    is_day_hidden: bool,
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
    pub(super) const fn new(entries: Entries, language: Language) -> Self {
        Self {
            entries,
            order: Order::Date,
            language,
            sorted: Vec::new(),
            filter: None,
            selected: 0,
            is_chosen: false,
            top: Top { index: 0, is_day_hidden: false },
            pane: Pane { x: 0, y: 0, columns: 0, rows: 0 },
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
        let shown = self.shown();
        (self.top.index..shown.len())
            .flat_map(move |index| {
                let id = shown[index];
                let day = self.is_day_shown(index).then(|| ListRow::Separator(self.entries.day(id)));
                day.into_iter().chain([ListRow::Entry(id)])
            })
            .take(self.pane.rows.into())
    }

    /// The shares of the list, 0 to 1, at the upper and the lower edge of the screen: for a scrollbar.
    pub fn bar(&self) -> (f32, f32) {
        let on_screen = self.rows().filter(|row| matches!(row, ListRow::Entry(_))).count();
        let all = self.len().max(1) as f32;
        let end = if self.is_empty() { 1.0 } else { (self.top.index + on_screen) as f32 / all };
        (self.top.index as f32 / all, end)
    }

    /// The row of the pane at which the selected entry stands, if it is on the screen.
    pub(super) fn selected_row(&self) -> Option<u16> {
        let selected = self.selected()?;
        self.rows().position(|row| row == ListRow::Entry(selected)).map(|row| row as u16)
    }

    /// The position of the entry on a row of the pane.
    pub(super) fn entry_at_row(&self, row: u16) -> Option<usize> {
        let entries_above = self.rows().take(row.into()).filter(|row| matches!(row, ListRow::Entry(_))).count();
        matches!(self.rows().nth(row.into())?, ListRow::Entry(_)).then_some(self.top.index + entries_above)
    }

    fn shown(&self) -> &[EntryId] {
        self.filter.as_ref().map_or(&self.sorted, |filter| &filter.shown)
    }

    /// Whether a line with the day stands above an entry and on the screen or below it.
    fn is_day_shown(&self, index: usize) -> bool {
        self.has_day(index) && !(index == self.top.index && self.top.is_day_hidden)
    }

    fn has_day(&self, index: usize) -> bool {
        let shown = self.shown();
        let day = |index: usize| self.entries.day(shown[index]);
        self.order == Order::Date && index.checked_sub(1).is_none_or(|before| day(before) != day(index))
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
        let entries = (self.pane.rows / part).saturating_sub(1).max(1);
        self.step(times.saturating_mul(isize::from(entries as i16)));
    }

    /// Selects the entry at a position, the last one if there are not so many.
    pub(super) fn select(&mut self, position: usize) {
        self.selected = position.min(self.len().saturating_sub(1));
        self.is_chosen = true;
        self.reveal();
    }

    /// Scrolls by rows without moving the selection.
    pub(super) fn scroll(&mut self, rows: i32) {
        for _ in 0..rows.unsigned_abs() {
            if rows > 0 {
                self.scroll_down();
            } else {
                self.scroll_up();
            }
        }
    }

    fn scroll_down(&mut self) {
        let rest = self.rows().count();
        let last = self.rows().last();
        let is_end = rest < usize::from(self.pane.rows)
            || last.is_none_or(|row| Some(row) == self.shown().last().map(|&id| ListRow::Entry(id)));
        if is_end {
            return;
        }
        if self.is_day_shown(self.top.index) {
            self.top.is_day_hidden = true;
        } else {
            self.top = Top { index: self.top.index + 1, is_day_hidden: false };
        }
    }

    fn scroll_up(&mut self) {
        if self.top.is_day_hidden && self.has_day(self.top.index) {
            self.top.is_day_hidden = false;
        } else if let Some(index) = self.top.index.checked_sub(1) {
            self.top = Top { index, is_day_hidden: self.has_day(index) };
        }
    }

    /// Takes in new entries. The selection stays with its article, or on the first row until the reader has moved it.
    pub(super) fn add(&mut self, batch: Vec<Entry>) {
        let selected = self.selected();
        let top = self.shown().get(self.top.index).copied();
        let added = self.entries.add(batch);
        self.sorted = self.entries.merge(&self.sorted, added, self.order, self.language);
        self.refilter();
        self.selected = 0;
        if self.is_chosen {
            // What was looked at stays where it was on the screen.
            self.top.index = self.position_of(top).unwrap_or(self.top.index);
            self.selected = self.position_of(selected).unwrap_or(0);
        }
        self.reveal();
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
        let mut is_match = vec![false; self.entries.len()];
        for id in self.entries.matching(&filter.query) {
            is_match[id.0 as usize] = true;
        }
        filter.shown = self.sorted.iter().copied().filter(|id| is_match[id.0 as usize]).collect();
    }

    fn position_of(&self, id: Option<EntryId>) -> Option<usize> {
        let id = id?;
        self.shown().iter().position(|&other| other == id)
    }

    /// Scrolls as little as brings the selection, with its day's line where there is room, onto the screen.
    fn reveal(&mut self) {
        self.top.index = self.top.index.min(self.len().saturating_sub(1));
        if self.selected < self.top.index || (self.selected == self.top.index && self.top.is_day_hidden) {
            self.top = Top { index: self.selected, is_day_hidden: self.pane.rows < 2 };
        }
        // Counted back from the selection, how far up can the top be?
        let room = self.pane.rows.max(1);
        let (mut index, mut rows) = (self.selected, 1 + u16::from(self.has_day_at(self.selected)));
        if rows > room {
            self.top = Top { index: self.selected, is_day_hidden: true };
            return;
        }
        while let Some(above) = index.checked_sub(1).filter(|_| rows < room) {
            let more = 1 + u16::from(self.has_day(above));
            if rows + more > room {
                // Only the entry fits, its day's line does not.
                let least = Top { index: above, is_day_hidden: true };
                return self.top_at_least(least);
            }
            (index, rows) = (above, rows + more);
        }
        self.top_at_least(Top { index, is_day_hidden: false });
    }

    fn top_at_least(&mut self, least: Top) {
        let order = |top: Top| (top.index, top.is_day_hidden);
        if order(self.top) < order(least) {
            self.top = least;
        }
    }

    fn has_day_at(&self, index: usize) -> bool {
        index < self.len() && self.has_day(index)
    }
}
