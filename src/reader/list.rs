//! The list: which entries it shows, in which order, which is selected, and which rows are on the screen.
//!
//! Nothing here is in proportion to the length of the list but sorting, merging and filtering: a row with a day stands
//! above an entry whose day differs from its neighbour's, so the rows on the screen follow from the entry at its top.

mod filter;
mod updates;
mod viewport;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil;

use self::filter::Filter;
use self::viewport::ScrollOffset;
use super::layout::ScreenRect;
use crate::catalog::{Attention, Entries, Entry, EntryId, Mark, Marks, Order, Shelf};
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
    /// Whether the reader has chosen a row: until then the selection stays on the first, whatever the first walk finds.
    is_chosen: bool,
    /// Whether the first walk has ended, so that what arrives is news.
    is_settled: bool,
    /// The article that was selected when its file went away: it is selected again should it come back before another is chosen.
    lost: Option<EntryId>,
    /// The path of the article that was selected when the program last ran, while the first walk may still find it.
    sought: Option<PathBuf>,
    top: ScrollOffset,
    pane: ScreenRect,
    marks: Marks,
    /// Whether any mark was made that answers do not know of yet.
    is_marked: bool,
    /// When the last visit ended, in milliseconds since 1970.
    last_visit: Option<i64>,
    /// How many entries are new since then.
    new: usize,
    /// Of articles looked at so far, whether their languages disagree on a figure.
    figure_checks: HashMap<EntryId, bool>,
    /// Those asked about last.
    asked_figure_checks: Vec<EntryId>,
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
            is_settled: false,
            lost: None,
            sought: None,
            top: ScrollOffset { index: 0, hidden: 0 },
            pane: ScreenRect::default(),
            marks: Marks::default(),
            is_marked: false,
            last_visit: None,
            new: 0,
            figure_checks: HashMap::new(),
            asked_figure_checks: Vec::new(),
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
    pub fn has_mismatch(&self, id: EntryId) -> bool {
        self.figure_checks.get(&id) == Some(&true)
    }

    /// Takes in whether the languages of articles disagree on a figure.
    pub(super) fn take_figure_checks(&mut self, figure_checks: Vec<(EntryId, bool)>) {
        self.figure_checks.extend(figure_checks);
    }

    /// The articles on the screen of which it is not known whether their languages disagree, where they are not those asked for last.
    pub(super) fn unchecked_figures(&mut self) -> Option<Vec<EntryId>> {
        let title = |row| match row {
            ListRow::Title(id) => Some(id),
            _ => None,
        };
        let unknown = |id: &EntryId| !self.figure_checks.contains_key(id);
        let ids: Vec<EntryId> = self.rows().filter_map(title).filter(unknown).collect();
        let is_new = !ids.is_empty() && ids != self.asked_figure_checks;
        self.asked_figure_checks.clone_from(&ids);
        is_new.then_some(ids)
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
    pub(super) fn set_pane(&mut self, pane: ScreenRect) {
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

    /// Begins with the entries of a shelf, sorted by an order, titles being those of a language.
    pub(super) fn open(&mut self, shelf: Option<Arc<dyn Shelf>>, order: Order, language: Language) {
        if let Some(shelf) = shelf {
            self.entries.rebase(shelf);
        }
        (self.order, self.language) = (order, language);
        self.resort();
    }

    /// Puts one shelf in the place of all before.
    pub(super) fn rebase(&mut self, shelf: Arc<dyn Shelf>) {
        self.entries.rebase(shelf);
    }

    /// Marks an article.
    pub(super) fn mark(&mut self, id: EntryId, mark: Mark) {
        let was_new = self.is_new(id);
        self.marks.set(id, mark);
        self.is_marked = true;
        let is_new = self.is_new(id);
        self.new = (self.new + usize::from(is_new)).saturating_sub(usize::from(was_new));
    }

    /// Whether any mark was made since this was last asked.
    pub(super) const fn take_marked(&mut self) -> bool {
        std::mem::replace(&mut self.is_marked, false)
    }

    /// Is told when the last visit ended, in milliseconds since 1970.
    pub(super) fn set_last_visit(&mut self, last_visit: Option<i64>) {
        self.last_visit = last_visit;
        let mut new = 0;
        if let Some(last) = last_visit {
            self.entries.each_since(last, &(0..self.entries.bound()), &mut |id| new += usize::from(self.is_unread(id)));
        }
        self.new = new;
    }

    /// Selects an entry; `false` where it is not shown.
    pub(super) fn select_entry(&mut self, id: Option<EntryId>) -> bool {
        let position = self.position_of(id);
        if let Some(position) = position {
            let top = self.top;
            self.select(position);
            if self.top != top {
                // It was off the screen: its neighbours on both sides are shown.
                self.centre();
            }
        }
        position.is_some()
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
        self.entries.sort_into(self.order, self.language, &mut self.sorted);
        self.refilter();
        self.selected = self.position_of(selected).unwrap_or(0);
        self.centre();
    }

    fn position_of(&self, id: Option<EntryId>) -> Option<usize> {
        let id = id?;
        self.shown().iter().position(|&other| other == id)
    }
}
