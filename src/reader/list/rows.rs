//! The rows of the list on the screen.

use jiff::civil;

use super::state::List;
use crate::catalog::{EntryId, Order};
use crate::reader::viewport::Items;

/// The columns from which on an entry takes one row; below, it takes two.
const ONE_ROW: u16 = 60;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRow {
    /// The line above the first article of a day; no day for articles without one.
    Day(Option<civil::Date>),
    /// The first row of an article: its title, and in a wide list everything else.
    Title(EntryId),
    /// The second row of an article in a narrow list: source, tags and date.
    Detail(EntryId),
}

impl Items for List {
    fn count(&self) -> usize {
        self.len()
    }

    fn rows_of(&self, item: usize) -> usize {
        usize::from(self.has_day(item)) + if self.columns >= ONE_ROW { 1 } else { 2 }
    }

    fn main_row(&self, item: usize) -> usize {
        usize::from(self.has_day(item))
    }
}

impl List {
    /// The rows on the screen.
    pub fn rows(&self) -> impl Iterator<Item = ListRow> + '_ {
        self.viewport.visible(self).map(|(index, line)| self.row(index, line))
    }

    /// The shares of the list, 0 to 1, at the upper and the lower edge of the screen, for a scrollbar.
    pub fn bar(&self) -> (f32, f32) {
        self.viewport.bar(self)
    }

    /// The row of the selected entry's title, if it is on the screen.
    pub(in crate::reader) fn selected_row(&self) -> Option<u16> {
        let selected = self.selected()?;
        self.rows().position(|row| row == ListRow::Title(selected)).map(|row| row as u16)
    }

    pub(in crate::reader) fn entry_at_row(&self, row: u16) -> Option<usize> {
        let (index, line) = self.viewport.visible(self).nth(row.into())?;
        (!matches!(self.row(index, line), ListRow::Day(_))).then_some(index)
    }

    pub(in crate::reader) fn scroll(&mut self, rows: isize) {
        self.viewport = self.viewport.scroll(rows, self);
    }

    /// The entries on the screen whose figures are not checked yet, unless they were requested last time.
    pub(in crate::reader) fn take_figure_request(&mut self) -> Option<Vec<EntryId>> {
        let title = |row| match row {
            ListRow::Title(id) => Some(id),
            ListRow::Day(_) | ListRow::Detail(_) => None,
        };
        let is_unknown = |id: &EntryId| !self.figure_checks.contains_key(id);
        let ids: Vec<EntryId> = self.rows().filter_map(title).filter(is_unknown).collect();
        let is_new = !ids.is_empty() && ids != self.asked_figure_checks;
        self.asked_figure_checks.clone_from(&ids);
        is_new.then_some(ids)
    }

    /// Applies checks: whether the languages of articles disagree on a figure.
    pub(in crate::reader) fn apply_figure_checks(&mut self, checks: Vec<(EntryId, bool)>) {
        self.figure_checks.extend(checks);
    }

    fn row(&self, index: usize, line: usize) -> ListRow {
        let id = self.shown()[index];
        match (self.has_day(index), line) {
            (true, 0) => ListRow::Day(self.entries.day(id)),
            (true, 1) | (false, 0) => ListRow::Title(id),
            _ => ListRow::Detail(id),
        }
    }

    /// Whether a line with the day is above an entry.
    fn has_day(&self, index: usize) -> bool {
        let shown = self.shown();
        let day = |index: usize| self.entries.day(shown[index]);
        self.order == Order::Date && index.checked_sub(1).is_none_or(|before| day(before) != day(index))
    }
}
