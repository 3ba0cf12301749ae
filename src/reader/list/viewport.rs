//! The rows of the list that are on the screen.

use super::{List, ListRow};
use crate::catalog::Order;

/// A list at least this many columns wide has room for an article in one row; a narrower one takes two.
const ONE_ROW: u16 = 60;

/// What comes first on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScrollOffset {
    /// The position of an entry.
    pub(super) index: usize,
    /// How many of its rows, its day's line first, are above the screen.
    pub(super) hidden: u16,
}

impl List {
    /// The rows on the screen, from the top of the pane downwards.
    pub fn rows(&self) -> impl Iterator<Item = ListRow> + '_ {
        self.lines().take(self.pane.rows.into()).map(|(index, line)| self.row(index, line))
    }

    /// The shares of the list, 0 to 1, at the upper and the lower edge of the screen: for a scrollbar.
    pub fn bar(&self) -> (f32, f32) {
        let all = self.len().max(1) as f32;
        let last = self.lines().take(self.pane.rows.into()).last();
        (self.top.index as f32 / all, last.map_or(1.0, |(index, _)| (index + 1) as f32 / all))
    }

    /// The row of the pane with the title of the selected entry, if it is on the screen.
    pub(in crate::reader) fn selected_row(&self) -> Option<u16> {
        let selected = self.selected()?;
        self.rows().position(|row| row == ListRow::Title(selected)).map(|row| row as u16)
    }

    /// The position of the entry on a row of the pane.
    pub(in crate::reader) fn entry_at_row(&self, row: u16) -> Option<usize> {
        let (index, line) = self.lines().take(self.pane.rows.into()).nth(row.into())?;
        (!matches!(self.row(index, line), ListRow::Day(_))).then_some(index)
    }

    /// Scrolls by rows without moving the selection.
    pub(in crate::reader) fn scroll(&mut self, rows: i32) {
        for _ in 0..rows.unsigned_abs() {
            if rows > 0 {
                self.scroll_down();
            } else {
                self.scroll_up();
            }
        }
    }

    fn scroll_down(&mut self) {
        let room = usize::from(self.pane.rows);
        if self.lines().take(room + 1).count() <= room {
            return;
        }
        self.top.hidden += 1;
        if self.top.hidden >= self.height(self.top.index) {
            self.top = ScrollOffset { index: self.top.index + 1, hidden: 0 };
        }
    }

    fn scroll_up(&mut self) {
        if self.top.hidden > 0 {
            self.top.hidden -= 1;
        } else if let Some(index) = self.top.index.checked_sub(1) {
            self.top = ScrollOffset { index, hidden: self.height(index) - 1 };
        }
    }

    /// Scrolls so that the selection stands in the middle of the screen, as far as there are rows above it.
    pub(super) fn centre(&mut self) {
        let mut top = self.selected;
        let mut rest = self.pane.rows / 2;
        while let Some(above) = top.checked_sub(1).filter(|&above| self.height(above) <= rest) {
            rest -= self.height(above);
            top = above;
        }
        self.top = ScrollOffset { index: top, hidden: 0 };
        self.reveal();
    }

    /// Scrolls as little as brings all rows of the selection onto the screen.
    pub(super) fn reveal(&mut self) {
        if self.selected >= self.len() {
            self.top = ScrollOffset::default();
            return;
        }
        self.top.index = self.top.index.min(self.len() - 1);
        self.top = self.top.min(ScrollOffset { index: self.selected, hidden: 0 });
        let room = self.pane.rows.max(1);
        let height = self.height(self.selected);
        if height > room {
            // The title counts most.
            self.top = ScrollOffset { index: self.selected, hidden: u16::from(self.has_day(self.selected)) };
            return;
        }
        let (mut index, mut rest) = (self.selected, room - height);
        let mut least = ScrollOffset { index, hidden: 0 };
        while let Some(above) = index.checked_sub(1).filter(|_| rest > 0) {
            let height = self.height(above);
            least = ScrollOffset { index: above, hidden: height.saturating_sub(rest) };
            (index, rest) = (above, rest.saturating_sub(height));
        }
        self.top = self.top.max(least);
        // No row stays empty while there is something above.
        while self.top > ScrollOffset::default() && self.lines().take(room.into()).count() < room.into() {
            self.scroll_up();
        }
    }

    /// The rows from the top of the screen to the end of the list: positions of entries, and which of their rows.
    fn lines(&self) -> impl Iterator<Item = (usize, u16)> + '_ {
        let ScrollOffset { index: top, hidden } = self.top;
        (top..self.len()).flat_map(|index| (0..self.height(index)).map(move |line| (index, line))).skip(hidden.into())
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

    pub(super) const fn entry_rows(&self) -> u16 {
        if self.pane.columns >= ONE_ROW { 1 } else { 2 }
    }

    /// Whether a line with the day stands above an entry: it depends on its neighbour alone, so nothing has to be kept up.
    fn has_day(&self, index: usize) -> bool {
        let shown = self.shown();
        let day = |index: usize| self.entries.day(shown[index]);
        self.order == Order::Date && index.checked_sub(1).is_none_or(|before| day(before) != day(index))
    }
}
