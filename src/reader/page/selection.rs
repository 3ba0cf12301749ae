//! Rows of text that are selected with the mouse, from its press to its release.

use super::layout::PageSource;
use super::state::{Page, RowPosition, RowSelection};
use crate::markdown::{Document, LeafKind};
use crate::text::Language;
use crate::typeset::{RoleKind, Rows};

/// The most columns in its row that the mouse may move for a press to be a click.
const CLICK_COLUMNS: u16 = 2;

/// What the mouse did until its button was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Release {
    /// It clicked on a cell of the pane.
    Click(u16, u16),
    /// It selected rows: their text and their number.
    Rows(String, usize),
}

impl RowSelection {
    fn contains(&self, position: RowPosition, source: PageSource) -> bool {
        let is_beside = |side: Language| source == PageSource::Text(side.other());
        let (first, last) = (self.start.min(self.end), self.start.max(self.end));
        (first..=last).contains(&position) && !self.side.is_some_and(is_beside)
    }
}

impl Page {
    /// The button was pressed on a cell of the pane.
    pub(in crate::reader) fn press(&mut self, x: u16, y: u16) {
        let is_left = x < self.x + self.columns() + 2;
        let side = if is_left {
            self.side()
        } else {
            self.side().other()
        };
        let start = self.below(self.top, y.into());
        self.selection = Some(RowSelection {
            pressed: (x, y),
            is_dragged: false,
            start,
            end: start,
            side: Some(side).filter(|_| self.is_beside()),
        });
    }

    /// The mouse was moved to a cell of the pane while the button is held, or beyond its edge, where
    /// the page scrolls by rows.
    pub(in crate::reader) fn drag(&mut self, x: u16, y: u16, scrolls: i32) {
        let Some(mut selection) = self.selection else {
            return;
        };
        let (from_x, from_y) = selection.pressed;
        selection.is_dragged |= scrolls != 0 || y != from_y || x.abs_diff(from_x) > CLICK_COLUMNS;
        if scrolls != 0 {
            self.scroll_lines(scrolls);
        }
        selection.end = self.below(self.top, y.into());
        self.selection = Some(selection);
    }

    /// Forgets the press.
    pub(in crate::reader) const fn end_selection(&mut self) {
        self.selection = None;
    }

    /// Ends what the press began.
    pub(in crate::reader) fn release(&mut self) -> Option<Release> {
        let selection = self.selection.take()?;
        if !selection.is_dragged {
            let (x, y) = selection.pressed;
            return Some(Release::Click(x, y));
        }
        let CopiedText { text, rows, .. } = self.copied_text(&selection);
        Some(Release::Rows(text.trim_end().to_owned(), rows))
    }

    /// Whether a row of a source is selected.
    pub(super) fn is_selected(&self, position: RowPosition, source: PageSource) -> bool {
        let dragged = self.selection.filter(|selection| selection.is_dragged);
        dragged.is_some_and(|selection| selection.contains(position, source))
    }

    fn copied_text(&mut self, selection: &RowSelection) -> CopiedText {
        let RowSelection { start, end, .. } = selection;
        let mut copied = CopiedText::default();
        for item in start.item.min(end.item)..=start.item.max(end.item) {
            // Lays it out if it has been scrolled far off the screen.
            self.item(item);
            let Some(laid_out) = self.cache.get(&item) else {
                continue;
            };
            copied.is_after_blank |= laid_out.gap > 0;
            for column in &laid_out.columns {
                let document = self.document_of(column.source);
                for index in 0..column.rows.rows.len() {
                    let row = laid_out.gap + column.row + index as u32;
                    if selection.contains(RowPosition { item, row }, column.source) {
                        copied.push(column.source, document, &column.rows, index);
                    }
                }
            }
        }
        copied
    }
}

/// The text of rows, joined as it is in the document where they are of one paragraph.
#[derive(Debug, Default)]
struct CopiedText {
    text: String,
    /// The number of rows with text.
    rows: usize,
    /// Where the last row ends in its document.
    end: Option<(PageSource, u32)>,
    is_after_blank: bool,
}

impl CopiedText {
    fn push(&mut self, source: PageSource, document: &Document, rows: &Rows, index: usize) {
        let row = &rows.rows[index];
        let pieces = rows.pieces_of(row);
        let of_kind = |kind| pieces.iter().filter(move |piece| piece.role.kind == kind);
        if of_kind(RoleKind::Pinyin).next().is_some() {
            return;
        }
        let leaves = &document.leaves;
        let leaf = leaves.partition_point(|leaf| leaf.range.start <= row.range.start);
        let leaf = leaf.checked_sub(1).map(|leaf| &leaves[leaf]);
        let mut text = String::new();
        if leaf.is_some_and(|leaf| matches!(leaf.kind, LeafKind::Table(_))) {
            self.end = None;
            text = rows.plain(index, document);
        } else {
            if leaf.is_some_and(|leaf| leaf.range.start == row.range.start) {
                for marker in of_kind(RoleKind::Marker) {
                    text.push_str(rows.text(marker, document));
                    text.push(' ');
                }
            }
            text.push_str(&document.text[row.range.start as usize..row.range.end as usize]);
        }
        let is_blank = text.trim().is_empty();
        if self.end != Some((source, row.range.start)) {
            if is_blank {
                self.is_after_blank = true;
                return;
            }
            self.text.truncate(self.text.trim_end().len());
            if !self.text.is_empty() {
                self.text
                    .push_str(if self.is_after_blank { "\n\n" } else { "\n" });
            }
        }
        self.text.push_str(&text);
        self.rows += usize::from(!is_blank);
        self.end = Some((source, row.range.end));
        self.is_after_blank = false;
    }
}
