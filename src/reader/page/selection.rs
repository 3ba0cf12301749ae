//! What is marked in the text: a sentence that the reader has walked to, or what is selected with
//! keys or the mouse. There is one selection, and it is in one language.

use std::ops::Range;

use super::layout::PageSource;
use super::marks::{Press, SelectedBy, TextRange, TextSelection};
use super::state::Page;
use super::visible_rows::PageRow;
use crate::dictionary::{next_word, previous_word, word_at};
use crate::markdown::{ContainerKind, Document, Marker};
use crate::reader::viewport::TextUnit;
use crate::text::{Language, is_han};
use crate::typeset::{self, LayoutSettings, Origin, grapheme_columns};

/// The most columns in its row that the mouse may move for a press to be a click.
const CLICK_COLUMNS: u16 = 2;

/// The most units that a count adds to a selection.
const MOST_UNITS: usize = 1000;
/// How many figures in a row are passed over to look a word up.
const MOST_FIGURES: usize = 8;

/// What the mouse did until its button was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Release {
    /// It clicked on a cell of the pane.
    Click(u16, u16),
    /// It selected this text.
    Text(String),
}

/// Selecting with the mouse.
impl Page {
    /// The button was pressed on a cell of the pane.
    pub(in crate::reader) fn press(&mut self, x: u16, y: u16) {
        self.selection = None;
        self.press = self.source_at(x, y).and_then(|source| {
            Some(Press {
                cell: (x, y),
                source,
                at: self.character_at(x, y, source)?,
                is_dragged: false,
            })
        });
    }

    /// The mouse was moved to a cell of the pane while the button is held, or beyond its edge, where
    /// the page scrolls by rows.
    pub(in crate::reader) fn drag(&mut self, x: u16, y: u16, scrolls: i32) {
        let Some(mut press) = self.press.take() else {
            return;
        };
        let (from_x, from_y) = press.cell;
        press.is_dragged |= scrolls != 0 || y != from_y || x.abs_diff(from_x) > CLICK_COLUMNS;
        if scrolls != 0 {
            self.scroll_lines(scrolls);
        }
        if let Some(to) = self.character_at(x, y, press.source)
            && press.is_dragged
        {
            let range = press.at.start.min(to.start)..press.at.end.max(to.end);
            let selection = TextSelection::new(press.source, range, SelectedBy::Mouse);
            self.selection = Some(selection);
        }
        self.press = Some(press);
    }

    /// Forgets the press.
    pub(in crate::reader) fn end_press(&mut self) {
        self.press = None;
    }

    /// Ends what the press began.
    pub(in crate::reader) fn release(&mut self) -> Option<Release> {
        let press = self.press.take()?;
        if press.is_dragged {
            return self.selected_text().map(Release::Text);
        }
        let at = press.at.start..press.at.start;
        self.selection = Some(TextSelection::new(press.source, at, SelectedBy::Mouse));
        Some(Release::Click(press.cell.0, press.cell.1))
    }

    /// The source of the text at a cell of the pane, or above it.
    fn source_at(&self, x: u16, y: u16) -> Option<PageSource> {
        let above = self.visible_rows().filter(|row| row.y <= y);
        let nearest = above.max_by_key(|row| row.y);
        let source = nearest.or_else(|| self.visible_rows().next())?.source;
        let is_left = x < self.x + self.columns() + 2;
        Some(match source {
            PageSource::Text(_) if self.is_beside() && is_left => PageSource::Text(self.side()),
            PageSource::Text(_) if self.is_beside() => PageSource::Text(self.side().other()),
            other => other,
        })
    }

    /// The character of a source at a cell of the pane; where none is, the empty range at the end of the
    /// row, or of the nearest one above it.
    fn character_at(&self, x: u16, y: u16, source: PageSource) -> Option<Range<u32>> {
        let has_text = |row: &PageRow<'_>| {
            let mut pieces = row.rows.pieces_of(row.row).iter();
            pieces.any(|piece| matches!(piece.origin, Origin::Document(_)))
        };
        let mut rows = self.visible_rows();
        let mut rows = rows
            .by_ref()
            .filter(|row| row.source == source && has_text(row));
        let first = rows.next()?;
        if first.y > y {
            return Some(first.row.range.start..first.row.range.start);
        }
        let row = rows.take_while(|row| row.y <= y).last().unwrap_or(first);
        let end = row.row.range.end..row.row.range.end;
        if row.y + row.row.scale() <= y {
            return Some(end);
        }
        for piece in row.rows.pieces_of(row.row) {
            let Origin::Document(range) = &piece.origin else {
                continue;
            };
            let mut column = row.x + piece.column;
            if x < column {
                return Some(range.start..range.start);
            }
            let text = row.rows.text(piece, row.document);
            for (offset, c) in text.char_indices() {
                let mut buffer = [0; 4];
                let symbol = c.encode_utf8(&mut buffer);
                let columns = grapheme_columns(symbol, self.settings.ambiguous) as u16;
                column += columns * row.row.scale();
                if x < column && text.len() != range.len() {
                    // A word that stands for one of another length.
                    return Some(range.clone());
                }
                if x < column {
                    let start = range.start + offset as u32;
                    return Some(start..start + c.len_utf8() as u32);
                }
            }
        }
        Some(end)
    }
}

/// Selecting with keys.
impl Page {
    /// Whether keys change a selection.
    pub(in crate::reader) fn is_selecting(&self) -> bool {
        let selection = self.selection.as_ref();
        selection.is_some_and(|selection| selection.by == SelectedBy::Keys)
    }

    /// Forgets what is marked; `false` if nothing is.
    pub(in crate::reader) fn end_selection(&mut self) -> bool {
        self.unfold_sentence(false);
        let ended = self.selection.take();
        ended.is_some_and(|it| it.by != SelectedBy::Mouse || !it.range.is_empty())
    }

    /// Starts a selection, or goes on with one of the mouse: at a sentence that is lit, at a match, or else
    /// at the first word of the current block that is on the screen. `false` if there is no word.
    pub(in crate::reader) fn start_selection(&mut self) -> bool {
        let Some(TextRange { side, range }) = self.word() else {
            return false;
        };
        self.select(TextRange { side, range });
        true
    }

    /// How what is marked came to be marked.
    pub(in crate::reader) fn marked_by(&self) -> Option<SelectedBy> {
        let is_any = self.lit().is_some() || self.selected().is_some();
        let selection = self.selection.as_ref().filter(|_| is_any);
        selection.map(|selection| selection.by)
    }

    /// Goes on after a word was selected to be looked up: as before, with the sentence of the word lit if one was.
    pub(in crate::reader) fn return_from_word(&mut self, marked_by: Option<SelectedBy>) {
        match (marked_by, self.selected()) {
            (Some(SelectedBy::Walk), Some(word)) => self.light_at(word.range.start),
            (None | Some(SelectedBy::Walk), _) => _ = self.end_selection(),
            _ => {}
        }
    }

    /// Selects a range, which keys can change from now on, and scrolls to it.
    pub(in crate::reader) fn select(&mut self, TextRange { side, range }: TextRange) {
        self.unfold_sentence(false);
        let selection = TextSelection::new(PageSource::Text(side), range, SelectedBy::Keys);
        self.selection = Some(selection);
        self.reveal_selection();
    }

    /// What is selected, or else the word at the mouse's click, at a sentence that is lit, at a match,
    /// or at the first row of the current block that is on the screen.
    pub(in crate::reader) fn word(&self) -> Option<TextRange> {
        let selected = self.selected();
        if selected.is_some() {
            return selected;
        }
        let (side, place) = self.word_place();
        let text = &self.text.document(side)?.text;
        let at = place.start as usize;
        let word = Some(word_at(text, at)).filter(|word| !word.is_empty());
        let word = word.or_else(|| next_word(text, at))?;
        let range = word.start as u32..place.end.max(word.end as u32);
        Some(TextRange { side, range })
    }

    /// Where a word is looked for that nobody has selected: a match, or an empty range.
    pub(super) fn word_place(&self) -> (Language, Range<u32>) {
        if let Some(TextSelection {
            source: PageSource::Text(side),
            range,
            ..
        }) = &self.selection
        {
            return (*side, range.start..range.start);
        }
        let find = self.find.as_ref();
        let matched = find.and_then(|find| find.order.get(find.current?));
        if let Some((side, range)) = matched
            && self.item_at(*side, range.start) == Some(self.current)
        {
            return (*side, range.clone());
        }
        let at = self.byte_of_place();
        (self.side(), at..at)
    }

    /// What is selected with keys or the mouse in the text.
    pub(in crate::reader) fn selected(&self) -> Option<TextRange> {
        let selection = self.selection.as_ref()?;
        let PageSource::Text(side) = selection.source else {
            return None;
        };
        let range = selection.range.clone();
        let is_selected = selection.by != SelectedBy::Walk && !range.is_empty();
        is_selected.then_some(TextRange { side, range })
    }

    /// The text that is selected, as it is copied; None if there is none.
    pub(in crate::reader) fn selected_text(&self) -> Option<String> {
        let selection = self.selection.as_ref()?;
        if selection.by == SelectedBy::Walk {
            return None;
        }
        let document = self.document_of(selection.source);
        let text = copied_text(document, &selection.range, self.settings);
        Some(text).filter(|text| !text.is_empty())
    }

    /// Selects some units more at the end that moved last, or fewer. A word that is all that is selected
    /// becomes a shorter one at its start, and then a longer one again.
    pub(in crate::reader) fn extend_selection(&mut self, unit: TextUnit, by: isize) {
        for _ in 0..by.unsigned_abs().min(MOST_UNITS) {
            let Some(mut selection) = self.selection.clone() else {
                return;
            };
            let PageSource::Text(side) = selection.source else {
                return;
            };
            let other_word = (unit == TextUnit::Word).then(|| self.other_word(&selection, by > 0));
            if let Some(word) = other_word.flatten() {
                selection = TextSelection::new(selection.source, word, SelectedBy::Keys);
            } else if let Some(at) = self.extended(side, &selection, unit, by > 0) {
                selection.reach(at);
            }
            self.selection = Some(selection);
        }
        self.reveal_selection();
    }

    /// The word that begins where the selected one does and is the next longer or shorter.
    fn other_word(&self, selection: &TextSelection, is_longer: bool) -> Option<Range<u32>> {
        let Range { start, end } = selection.range;
        let text = &self.document_of(selection.source).text;
        let whole = word_at(text, start as usize);
        let is_part = whole.start == start as usize && end as usize <= whole.end;
        if !is_part || selection.range != selection.anchor {
            return None;
        }
        let ends = whole.start + 1..=whole.end;
        let mut ends = ends.filter(|&end| text.is_char_boundary(end));
        let is_word = |end: &usize| word_at(&text[..*end], whole.start) == (whole.start..*end);
        let found = if is_longer {
            ends.find(|other| *other > end as usize && is_word(other))
        } else {
            ends.rfind(|other| *other < end as usize && is_word(other))
        };
        found
            .filter(|_| text[start as usize..].starts_with(is_han))
            .map(|end| start..end as u32)
    }

    /// Where the moving end of a selection is after a unit more or fewer.
    fn extended(
        &mut self,
        side: Language,
        selection: &TextSelection,
        unit: TextUnit,
        is_on: bool,
    ) -> Option<u32> {
        let TextSelection { range, anchor, .. } = selection;
        let is_left = range.start < anchor.start;
        if is_on {
            if !is_left {
                return Some(self.unit_after(side, unit, range.end)?.end);
            }
            let here = self.unit_after(side, unit, range.start)?;
            let next = self.unit_after(side, unit, here.end)?;
            Some(next.start.min(anchor.start))
        } else if range.end > anchor.end {
            let last = self.unit_before(side, unit, range.end)?;
            let before = self.unit_before(side, unit, last.start)?;
            Some(before.end.max(anchor.end))
        } else if unit == TextUnit::Word {
            // A word is only made shorter.
            None
        } else {
            Some(self.unit_before(side, unit, range.start)?.start)
        }
    }

    /// The first unit of a side that ends after a place.
    fn unit_after(&mut self, side: Language, unit: TextUnit, at: u32) -> Option<Range<u32>> {
        match unit {
            TextUnit::Word => {
                let word = next_word(&self.text.document(side)?.text, at as usize)?;
                Some(word.start as u32..word.end as u32)
            }
            TextUnit::Line => self.line_after(side, at),
            TextUnit::Sentence => {
                let sentences = self.sentences().of(side);
                let number = sentences.partition_point(|it| it.end <= at);
                sentences.get(number).cloned()
            }
            TextUnit::Paragraph => {
                let blocks = &self.text.document(side)?.blocks;
                let number = blocks.partition_point(|block| block.range.end <= at);
                Some(blocks.get(number)?.range.clone())
            }
        }
    }

    /// The last unit of a side that begins before a place.
    fn unit_before(&mut self, side: Language, unit: TextUnit, at: u32) -> Option<Range<u32>> {
        match unit {
            TextUnit::Word => {
                let word = previous_word(&self.text.document(side)?.text, at as usize)?;
                Some(word.start as u32..word.end as u32)
            }
            TextUnit::Line => {
                let before = self.text.document(side)?.text[..at as usize].char_indices();
                let (last, _) = before.rev().find(|(_, c)| !c.is_whitespace())?;
                self.line_after(side, last as u32)
            }
            TextUnit::Sentence => {
                let sentences = self.sentences().of(side);
                let after = sentences.partition_point(|it| it.start < at);
                sentences.get(after.checked_sub(1)?).cloned()
            }
            TextUnit::Paragraph => {
                let blocks = &self.text.document(side)?.blocks;
                let after = blocks.partition_point(|block| block.range.start < at);
                Some(blocks.get(after.checked_sub(1)?)?.range.clone())
            }
        }
    }

    /// The row of text at a byte of a side, or the first one after it.
    fn line_after(&mut self, side: Language, at: u32) -> Option<Range<u32>> {
        let source = PageSource::Text(side);
        let first = self.item_at(side, at)?;
        for item in first..self.len().min(first + 2) {
            let Some(column) = self.item(item).column(source) else {
                continue;
            };
            let rows = &column.rows.rows;
            let row = rows.iter().find(|row| row.range.end > at);
            if let Some(row) = row {
                return Some(row.range.clone());
            }
        }
        None
    }

    /// Selects the next word alone, or one before.
    pub(in crate::reader) fn step_words(&mut self, by: isize) {
        let Some(TextRange { side, mut range }) = self.selected() else {
            return;
        };
        for _ in 0..by.unsigned_abs().min(MOST_UNITS) {
            let next = if by > 0 {
                self.unit_after(side, TextUnit::Word, range.end)
            } else {
                self.unit_before(side, TextUnit::Word, range.start)
            };
            range = next.unwrap_or(range);
        }
        self.select(TextRange { side, range });
    }

    /// Selects the first word from the selected one on that has a letter, if one is near.
    pub(in crate::reader) fn skip_figures(&mut self) {
        let first = self.selected();
        for _ in 0..MOST_FIGURES {
            let word = self.selected_text().unwrap_or_default();
            if word.contains(char::is_alphabetic) {
                return;
            }
            self.step_words(1);
        }
        if let Some(first) = first {
            self.select(first);
        }
    }

    /// Makes the block of the moving end current, and scrolls to it.
    fn reveal_selection(&mut self) {
        let Some(selection) = self.selection.clone() else {
            return;
        };
        let PageSource::Text(side) = selection.source else {
            return;
        };
        let TextSelection { range, anchor, .. } = selection;
        let at = if range.start < anchor.start {
            range.start..range.start
        } else {
            range.end.max(1) - 1..range.end
        };
        self.reveal(side, &at);
    }
}

/// The text of a range of a document: a line for each list item and row of a table, a blank line between
/// paragraphs.
fn copied_text(document: &Document, range: &Range<u32>, settings: LayoutSettings) -> String {
    let mut text = String::new();
    let leaves = document.leaves.iter().enumerate();
    let first = document
        .leaves
        .partition_point(|leaf| leaf.range.end <= range.start);
    let inside = leaves
        .skip(first)
        .take_while(|(_, leaf)| leaf.range.start < range.end);
    for (index, leaf) in inside {
        let part = leaf.range.start.max(range.start)..leaf.range.end.min(range.end);
        if !text.is_empty() {
            let block = document.block_at(leaf.range.start).unwrap_or(0);
            let is_spaced = typeset::gap_before(document, block, &settings) > 0;
            text += if is_spaced { "\n\n" } else { "\n" };
        }
        if part.start == leaf.range.start {
            let around = document.containers_of(leaf).map(|(_, it)| it);
            for container in around.filter(|it| it.first_leaf as usize == index) {
                match &container.kind {
                    ContainerKind::Item(Marker::Number(number, mark)) => {
                        text += &number.to_string();
                        text.extend([*mark, ' ']);
                    }
                    ContainerKind::Item(_) => text += "• ",
                    _ => {}
                }
            }
        }
        text += document.text_of(&part);
    }
    text.trim_end().to_owned()
}
