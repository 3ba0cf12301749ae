//! How the reader moves over a page.

use super::layout::PageSource;
use super::state::{Anchor, Page, RowPosition};
use crate::bilingual::Place;
use crate::markdown::BlockKind;
use crate::reader::viewport::Motion;
use crate::text::Language;
use crate::typeset::RoleKind;

/// The rows that stay on the screen when a page is turned.
const OVERLAP: u32 = 2;
/// The most lines and screens of text that a count moves.
const MOST_LINES: isize = 1000;
const MOST_SCREENS: isize = 50;

impl Page {
    /// Moves over the page.
    pub(in crate::reader) fn go(&mut self, motion: Motion) {
        match motion {
            Motion::Lines(by) => self.scroll_lines(by.clamp(-MOST_LINES, MOST_LINES) as i32),
            Motion::HalfPages(times) => self.scroll_screens(times, 2),
            Motion::Pages(times) => self.scroll_screens(times, 1),
            Motion::Start => self.go_to_start(),
            Motion::End => self.go_to_end(),
        }
    }

    /// Scrolls by rows, and does nothing at the ends.
    pub(in crate::reader) fn scroll_lines(&mut self, rows: i32) {
        if rows > 0 {
            self.scroll_down(rows.unsigned_abs());
        } else {
            self.scroll_up(rows.unsigned_abs());
        }
        self.after_move();
    }

    /// Scrolls by screens; by half screens if `part` is 2.
    fn scroll_screens(&mut self, times: isize, part: u32) {
        let step = (self.rows / part)
            .saturating_sub(if part == 1 { OVERLAP } else { 0 })
            .max(1);
        let rows =
            step.saturating_mul(times.clamp(-MOST_SCREENS, MOST_SCREENS).unsigned_abs() as u32);
        if times > 0 && self.scroll_down(rows) == 0 {
            self.current = self.last_visible();
        } else if times < 0 && self.scroll_up(rows) == 0 {
            self.current = self.first_shown();
        }
        self.after_move();
    }

    pub(super) fn go_to_start(&mut self) {
        self.top = RowPosition::default();
        self.current = self.first_shown();
        self.after_move();
    }

    /// Goes to about a share of the page, 0 to 1.
    pub(in crate::reader) fn go_to_share(&mut self, share: f32) {
        if share <= 0.0 {
            return self.go_to_start();
        } else if share >= 1.0 {
            return self.go_to_end();
        }
        let (mut before, mut end) = (0, self.len());
        let all = self.estimated_rows(end, 0.0);
        while end - before > 1 {
            let middle = usize::midpoint(before, end);
            if self.estimated_rows(middle, 0.0) / all > f64::from(share) {
                end = middle;
            } else {
                before = middle;
            }
        }
        self.top = RowPosition {
            item: before,
            row: 0,
        };
        self.settle();
        self.current = self.first_visible();
        self.after_move();
    }

    pub(in crate::reader) fn is_at_start(&self) -> bool {
        self.is_top() && self.current == self.first_shown()
    }

    /// Whether the first row is on the screen.
    pub(super) fn is_top(&self) -> bool {
        self.top == RowPosition::default()
    }

    /// Goes to the end, laid out from there backwards.
    fn go_to_end(&mut self) {
        let Some(item) = self.len().checked_sub(1) else {
            return;
        };
        let last = self.last_row(item);
        self.top = self.above(last, self.rows.saturating_sub(1));
        self.current = item.max(self.first_shown());
        self.after_move();
    }

    /// Makes a block some blocks on or back the current one. The page scrolls only as far as the
    /// block is not on the screen.
    pub(in crate::reader) fn step_blocks(&mut self, blocks: isize) {
        let first = self.first_shown();
        let last = self.len().saturating_sub(1).max(first);
        let wanted = self
            .current
            .saturating_add_signed(blocks)
            .clamp(first, last);
        if blocks < 0 && wanted == first {
            return self.go_to_start();
        }
        if wanted < self.len() {
            self.current = wanted;
            self.make_room(wanted);
            self.top = self.top.min(self.first_row(wanted));
            self.after_move();
        }
    }

    /// Goes some headings on or back, or to the last one there is; `false` if there is none.
    pub(in crate::reader) fn step_headings(&mut self, headings: isize) -> bool {
        let Some(current) = self.current_block() else {
            return false;
        };
        let end = self
            .current_blocks(self.side())
            .map_or(current + 1, |blocks| blocks.end.max(current + 1)) as usize;
        let blocks = &self.document().blocks;
        let is_heading = |block: &usize| {
            matches!(
                blocks[*block].kind,
                BlockKind::Heading(_) | BlockKind::Label
            )
        };
        let times = headings.unsigned_abs().max(1);
        let wanted = if headings > 0 {
            (end..blocks.len()).filter(is_heading).take(times).last()
        } else {
            (0..current as usize)
                .rev()
                .filter(is_heading)
                .take(times)
                .last()
        };
        if let Some(block) = wanted {
            self.go_to_block(block as u32);
        }
        wanted.is_some()
    }

    pub(in crate::reader) fn go_to_block(&mut self, block: u32) {
        self.go_to_block_of(PageSource::Text(self.side()), block);
    }

    /// Goes to a block of any side that is on the page.
    pub(in crate::reader) fn go_to_block_of(&mut self, source: PageSource, block: u32) {
        if let Some(item) = self.item_of(source, block) {
            self.go_to_item(item);
        }
    }

    fn go_to_item(&mut self, item: usize) {
        if item < self.first_shown() {
            self.go_to_start();
        } else if item < self.len() {
            self.top = self.first_row(item);
            self.current = item;
            self.after_move();
        }
    }

    /// Goes to a place of a side shown, with its row at a row of the screen.
    pub(super) fn go_to(&mut self, place: &Place, y: u32) {
        if let Some(position) = self.position_of(place) {
            let top = self.above(position, y.min(self.rows.saturating_sub(1)));
            self.top = self.with_pinyin(top);
            self.current = position.item.max(self.first_shown());
            self.after_move();
        }
    }

    /// Makes the block on a row of the pane the current one.
    pub(in crate::reader) fn select_row(&mut self, y: u16) {
        let row = self
            .visible_rows()
            .find(|row| row.is_at(y) && row.source != PageSource::Header);
        if let Some(item) = row.map(|row| row.item) {
            self.current = item;
            self.after_move();
        }
    }

    /// The position of the row that shows a place of a side shown.
    pub(super) fn position_of(&mut self, place: &Place) -> Option<RowPosition> {
        let blocks = &self.text.document(place.side)?.blocks;
        let start = blocks.get(place.block as usize)?.range.start;
        self.position_at(place.side, place.block, start + place.offset)
    }

    /// The position of the row that shows a byte of a block of a side shown.
    pub(super) fn position_at(
        &mut self,
        side: Language,
        block: u32,
        at: u32,
    ) -> Option<RowPosition> {
        if self.is_repeated(side, block) {
            return Some(RowPosition::default());
        }
        let source = PageSource::Text(side);
        let item = self.item_of(source, block)?;
        let laid_out = self.item(item);
        let column = laid_out.column(source)?;
        let row = laid_out.gap + column.row + column.rows.row_at(at) as u32;
        Some(self.with_pinyin(RowPosition { item, row }))
    }

    /// A position, or that of the pinyin and glosses above it, which belong to it.
    fn with_pinyin(&mut self, position: RowPosition) -> RowPosition {
        let laid_out = self.item(position.item);
        let is_pinyin = |row: u32| {
            laid_out.columns.iter().any(|column| {
                let index = row.checked_sub(laid_out.gap + column.row);
                let row = index.and_then(|index| column.rows.rows.get(index as usize));
                let mut pieces = row.into_iter().flat_map(|row| column.rows.pieces_of(row));
                pieces.any(|piece| matches!(piece.role.kind, RoleKind::Pinyin | RoleKind::Gloss))
            })
        };
        let above = (0..position.row).rev().take_while(|&row| is_pinyin(row));
        RowPosition {
            row: above.last().unwrap_or(position.row),
            ..position
        }
    }

    /// Scrolls down, at most to the end; returns the rows.
    fn scroll_down(&mut self, rows: u32) -> u32 {
        let below = self
            .rows_from(self.top, rows.saturating_add(self.rows))
            .saturating_sub(self.rows);
        let rows = rows.min(below);
        if rows > 0 {
            self.top = self.below(self.top, rows);
            self.keep_current_visible();
        }
        rows
    }

    /// Scrolls up, at most to the start; returns 0 if nothing moved.
    fn scroll_up(&mut self, rows: u32) -> u32 {
        let before = self.top;
        self.top = self.above(self.top, rows);
        if self.top == before {
            return 0;
        }
        self.keep_current_visible();
        rows
    }

    /// Makes the nearest block on the screen the current one, if the current one has left it.
    pub(super) fn keep_current_visible(&mut self) {
        self.settle();
        self.current = self
            .current
            .max(self.first_visible())
            .min(self.last_visible());
    }

    /// Lays out after the reader has moved, and stores the new anchor.
    pub(super) fn after_move(&mut self) {
        self.before_switch = None;
        self.keep_lit_in_current();
        self.settle();
        self.anchor = self.anchor_here();
    }

    /// The first item of text on the screen; the first of all if only the header shows.
    fn first_visible(&self) -> usize {
        self.visible_text().next().unwrap_or(self.first_shown())
    }

    fn last_visible(&self) -> usize {
        self.visible_text().last().unwrap_or(self.first_shown())
    }

    /// Whether any row of an item of text is on the screen.
    pub(super) fn is_visible(&self, item: usize) -> bool {
        self.visible_text().any(|other| other == item)
    }

    /// The first row on the screen, in terms that outlive the layout.
    pub(super) fn anchor_here(&self) -> Anchor {
        let Some(row) = self.visible_rows().next() else {
            return Anchor {
                current: self.current,
                ..self.anchor.clone()
            };
        };
        let offset = row.row.range.start;
        let same = row
            .rows
            .rows
            .partition_point(|other| other.range.start < offset);
        let index = row
            .rows
            .rows
            .iter()
            .position(|other| std::ptr::eq(other, row.row))
            .unwrap_or(same);
        let rank = index.saturating_sub(same) as u32;
        Anchor {
            source: row.source,
            block: row.block,
            offset,
            rank,
            y: row.y.into(),
            current: self.current,
        }
    }
}
