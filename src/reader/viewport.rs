//! The viewport: which item of a list is selected, and which rows are on the screen.

/// A movement of the selection or of the text. Negative numbers go up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Motion {
    /// By items of a list, or lines of a text.
    Lines(isize),
    HalfPages(isize),
    Pages(isize),
    Start,
    End,
}

impl Motion {
    /// The motion as often as a count says.
    pub(super) const fn times(self, count: Option<u32>) -> Self {
        let times = match count {
            Some(count) => count as isize,
            None => 1,
        };
        match self {
            Self::Lines(by) => Self::Lines(by * times),
            Self::HalfPages(by) => Self::HalfPages(by * times),
            Self::Pages(by) => Self::Pages(by * times),
            Self::Start | Self::End => self,
        }
    }
}

/// By what a selection in a text is made longer or shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextUnit {
    Word,
    Line,
    Sentence,
    Paragraph,
}

/// The items that a viewport shows.
pub(super) trait Items {
    fn count(&self) -> usize;

    fn rows_of(&self, item: usize) -> usize;

    /// The row of an item that counts most if there is no room for all of them.
    fn main_row(&self, _item: usize) -> usize {
        0
    }

    /// The first item of the group that an item belongs to. It is shown along with the item if
    /// there is room.
    fn group_start(&self, item: usize) -> usize {
        item
    }
}

/// Items of one row each.
#[derive(Clone, Copy, Debug)]
pub(super) struct SingleRows(pub(super) usize);

impl Items for SingleRows {
    fn count(&self) -> usize {
        self.0
    }

    fn rows_of(&self, _item: usize) -> usize {
        1
    }
}

/// The first row on the screen: an item, and how many of its rows are above the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScrollOffset {
    pub(super) item: usize,
    pub(super) hidden: usize,
}

/// A viewport over items that it does not hold: each operation is given them and returns the
/// viewport after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Viewport {
    pub(super) selected: usize,
    pub(super) top: ScrollOffset,
    /// The rows of the screen.
    pub(super) rows: usize,
}

impl Viewport {
    /// The viewport with another item selected and visible, the last if there are fewer.
    pub(super) fn select(self, item: usize, items: &impl Items) -> Self {
        Self {
            selected: item,
            ..self
        }
        .reveal(items)
    }

    pub(super) fn go(self, motion: Motion, items: &impl Items) -> Self {
        let selected = match motion {
            Motion::Lines(by) => self.selected.saturating_add_signed(by),
            Motion::HalfPages(times) => self.turn(times, self.rows / 2, items),
            Motion::Pages(times) => self.turn(times, self.rows, items),
            Motion::Start => 0,
            Motion::End => usize::MAX,
        };
        self.select(selected, items)
    }

    /// The item some pages further. One row of each page stays on the screen.
    fn turn(self, times: isize, page_rows: usize, items: &impl Items) -> usize {
        let mut room = page_rows
            .saturating_sub(1)
            .max(1)
            .saturating_mul(times.unsigned_abs());
        let mut item = self.selected;
        loop {
            let next = item.saturating_add_signed(times.signum());
            if next == item || next >= items.count() {
                return item;
            }
            let rows = items.rows_of(next);
            if rows > room && item != self.selected {
                return item;
            }
            room = room.saturating_sub(rows);
            item = next;
        }
    }

    /// Scrolls by a motion, without moving the selection.
    pub(super) fn scroll_by(self, motion: Motion, items: &impl Items) -> Self {
        let page = |rows: usize, times: isize| {
            times.saturating_mul(rows.saturating_sub(1).max(1) as isize)
        };
        let rows = match motion {
            Motion::Lines(by) => by,
            Motion::HalfPages(times) => page(self.rows / 2, times),
            Motion::Pages(times) => page(self.rows, times),
            Motion::Start => isize::MIN,
            Motion::End => isize::MAX,
        };
        self.scroll(rows, items)
    }

    /// Scrolls by rows, at most to the ends, without moving the selection.
    pub(super) fn scroll(mut self, rows: isize, items: &impl Items) -> Self {
        for _ in 0..rows.unsigned_abs() {
            let before = self.top;
            if rows > 0 {
                self.scroll_down(items);
            } else {
                self.scroll_up(items);
            }
            if self.top == before {
                break;
            }
        }
        self
    }

    fn scroll_down(&mut self, items: &impl Items) {
        if self.lines(items).nth(self.rows).is_none() {
            return;
        }
        self.top.hidden += 1;
        if self.top.hidden >= items.rows_of(self.top.item) {
            self.top = ScrollOffset {
                item: self.top.item + 1,
                hidden: 0,
            };
        }
    }

    fn scroll_up(&mut self, items: &impl Items) {
        if self.top.hidden > 0 {
            self.top.hidden -= 1;
        } else if let Some(item) = self.top.item.checked_sub(1) {
            self.top = ScrollOffset {
                item,
                hidden: items.rows_of(item) - 1,
            };
        }
    }

    /// Scrolls the selection to the middle of the screen, or as near as possible.
    pub(super) fn center(mut self, items: &impl Items) -> Self {
        self.selected = self.selected.min(items.count().saturating_sub(1));
        let (item, _) = items_above(self.selected, self.rows / 2, items);
        self.top = ScrollOffset { item, hidden: 0 };
        self.reveal(items)
    }

    /// Scrolls as little as possible so that the selection is on the screen, and no row stays empty
    /// that could be filled.
    pub(super) fn reveal(mut self, items: &impl Items) -> Self {
        let Some(last) = items.count().checked_sub(1) else {
            return Self {
                rows: self.rows,
                ..Self::default()
            };
        };
        self.selected = self.selected.min(last);
        if self.top.item > last {
            self.top = ScrollOffset {
                item: last,
                hidden: 0,
            };
        }
        self.top.hidden = self.top.hidden.min(items.rows_of(self.top.item) - 1);
        let room = self.rows.max(1);
        let first = items.group_start(self.selected);
        let needed: usize = (first..=self.selected)
            .map(|item| items.rows_of(item))
            .sum();
        let Some(rest) = room.checked_sub(needed) else {
            self.top = ScrollOffset {
                item: self.selected,
                hidden: items.main_row(self.selected),
            };
            return self;
        };
        self.top = self.top.min(ScrollOffset {
            item: first,
            hidden: 0,
        });
        let (item, rest) = items_above(first, rest, items);
        let lowest = match item.checked_sub(1).filter(|_| rest > 0) {
            Some(above) => ScrollOffset {
                item: above,
                hidden: items.rows_of(above) - rest,
            },
            None => ScrollOffset { item, hidden: 0 },
        };
        self.top = self.top.max(lowest);
        self.fill(items)
    }

    /// Scrolls up while rows at the bottom are empty.
    pub(super) fn fill(mut self, items: &impl Items) -> Self {
        let room = self.rows.max(1);
        while self.top > ScrollOffset::default() && self.lines(items).take(room).count() < room {
            self.scroll_up(items);
        }
        self
    }

    /// The rows from the top of the screen to the end: items, and which of their rows.
    pub(super) fn lines(self, items: &impl Items) -> impl Iterator<Item = (usize, usize)> {
        let ScrollOffset { item: top, hidden } = self.top;
        (top..items.count())
            .flat_map(|item| (0..items.rows_of(item)).map(move |row| (item, row)))
            .skip(hidden)
    }

    pub(super) fn visible(self, items: &impl Items) -> impl Iterator<Item = (usize, usize)> {
        self.lines(items).take(self.rows)
    }

    /// The shares of the items, 0 to 1, at the upper and the lower edge of the screen, for a
    /// scrollbar.
    pub(super) fn bar(self, items: &impl Items) -> (f32, f32) {
        let all = items.count().max(1) as f32;
        let last = self.visible(items).last();
        (
            self.top.item as f32 / all,
            last.map_or(1.0, |(item, _)| (item + 1) as f32 / all),
        )
    }
}

/// The highest item that is in view with all above another one, in some rows; and the rows that are
/// left above it.
fn items_above(mut item: usize, mut rows: usize, items: &impl Items) -> (usize, usize) {
    while let Some(above) = item.checked_sub(1) {
        let Some(rest) = rows.checked_sub(items.rows_of(above)) else {
            break;
        };
        item = above;
        rows = rest;
    }
    (item, rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Items of some heights.
    struct Heights(Vec<usize>);

    impl Items for Heights {
        fn count(&self) -> usize {
            self.0.len()
        }

        fn rows_of(&self, item: usize) -> usize {
            self.0[item]
        }
    }

    fn viewport(rows: usize) -> Viewport {
        Viewport {
            rows,
            ..Viewport::default()
        }
    }

    #[test]
    fn a_page_leaves_one_row_on_the_screen() {
        let items = SingleRows(100);
        let page = viewport(10).go(Motion::Pages(1), &items);
        assert_eq!((page.selected, page.top.item), (9, 0));
        let page = page.go(Motion::Pages(2), &items);
        assert_eq!((page.selected, page.top.item), (27, 18));
        let page = page
            .go(Motion::HalfPages(-1), &items)
            .go(Motion::End, &items);
        assert_eq!((page.selected, page.top.item), (99, 90));
        assert_eq!(page.go(Motion::Start, &items), viewport(10));
    }

    #[test]
    fn a_page_of_high_items_has_fewer_of_them() {
        let items = Heights(vec![3; 20]);
        assert_eq!(viewport(10).go(Motion::Pages(1), &items).selected, 3);
        assert_eq!(
            viewport(2).go(Motion::Pages(1), &items).selected,
            1,
            "at least one"
        );
    }

    proptest! {
        #[test]
        fn the_selection_is_on_the_screen_and_no_row_stays_empty(
            heights in proptest::collection::vec(1..4_usize, 1..30),
            rows in 4..12_usize,
            motions in proptest::collection::vec(-40..40_isize, 1..8),
        ) {
            let items = Heights(heights);
            let mut viewport = viewport(rows);
            for by in motions {
                viewport = viewport.scroll(by / 2, &items).go(Motion::Lines(by), &items);
                let visible: Vec<_> = viewport.visible(&items).collect();
                let selected = visible.iter().filter(|(item, _)| *item == viewport.selected).count();
                prop_assert_eq!(selected, items.rows_of(viewport.selected));
                let all: usize = items.0.iter().sum();
                prop_assert_eq!(visible.len(), rows.min(all));
            }
        }
    }
}
