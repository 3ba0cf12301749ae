//! The state of a page, and the arithmetic of its rows.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::header::{HeaderExtras, PageHeader};
use super::highlights::{Find, Mismatch, Mismatches};
use super::layout::{ColumnShare, HeightEstimate, LaidOutItem, PageSource, Peek};
use super::marks::{PageWords, PlacedAnnotation, Press, TextSelection};
use crate::bilingual::{Alignment, DigestItem, PictureProblem, SentenceJob, Sentences, Text};
use crate::catalog::EntryId;
use crate::markdown::{Block, BlockKind, Document};
use crate::reader::code::KnownCode;
use crate::reader::layout::{SIDE_BY_SIDE, ScreenRect, text_columns};
use crate::reader::picture_box::CellSize;
use crate::text::{Language, Script, folded};
use crate::typeset::LayoutSettings;

/// The number of items around the screen that stay laid out.
const MARGIN: usize = 64;

/// The page. Public is what the view draws: [`Self::visible_rows`], [`Self::highlights`], and facts
/// for the status line.
#[derive(Debug)]
pub struct Page {
    id: EntryId,
    pub(super) text: Arc<Text>,
    /// Which blocks are translations of each other: by the text's own alignment, or as the reader
    /// edited it.
    pub(super) alignment: Option<Arc<Alignment>>,
    /// The blocks at the beginning of each side that are not shown: a heading that repeats the
    /// title.
    pub(super) repeated: [u32; 2],
    zone: TimeZone,
    pub(super) header: PageHeader,
    /// What a check notes about the article, a line each.
    notes: Vec<String>,
    /// The reader's own tags.
    own_tags: Vec<String>,
    /// The items of an article of many.
    pub(super) digest_items: Vec<DigestItem>,
    /// The keys of those that are ticked off.
    pub(super) ticked: Vec<u64>,
    /// The sentence of the figure that was gone to last.
    pub(super) at_mismatch: Option<Range<u32>>,
    side: Language,
    /// The unfolded translations, sorted by block; empty while both languages are shown.
    pub(super) peeks: Vec<Peek>,
    is_parallel: bool,
    /// Both languages have room side by side.
    is_beside: bool,
    /// The items that are laid out at present: those around the screen.
    pub(super) cache: HashMap<usize, LaidOutItem>,
    pub(in crate::reader) settings: LayoutSettings,
    /// The column of the pane at which the text begins.
    pub(super) x: u16,
    /// The rows of the pane.
    pub(super) rows: u32,
    pub(super) top: RowPosition,
    /// The item of the current block; the number of items in an empty text.
    pub(super) current: usize,
    /// The first text on the screen as the reader left it; restored after a resize.
    pub(super) anchor: Anchor,
    /// Where the last switch of languages came from, until the reader moves.
    pub(super) before_switch: Option<PageSnapshot>,
    heights: [Option<HeightEstimate>; 2],
    /// How both languages share the columns side by side.
    pub(in crate::reader) share: ColumnShare,
    pub(super) find: Option<Find>,
    pub(super) mismatches: Mismatches,
    /// The highlights that are in the text, the longest first.
    pub(super) annotations: Vec<PlacedAnnotation>,
    /// The keys of figures that disagree and that the reader accepted.
    accepted: Vec<u64>,
    pub(in crate::reader) code: KnownCode,
    /// How large a cell is, if pictures are shown.
    pub(super) cell: Option<CellSize>,
    /// The pictures that turned out not to be shown, by side and link.
    pub(super) refused: Vec<(Language, u32, PictureProblem)>,
    /// What is marked: a sentence that is lit, or what is selected.
    pub(super) selection: Option<TextSelection>,
    /// While the button of the mouse is held.
    pub(super) press: Option<Press>,
    /// The sentences, once they are needed: found at first, then as the library aligned them.
    pub(super) sentences: OnceCell<Arc<Sentences>>,
    /// What the library was asked to align for them.
    pub(super) sentence_job: Option<SentenceJob>,
    /// Whether the translation of the sentence that is lit is unfolded below its block.
    pub(super) is_sentence_unfolded: bool,
    pub(super) extent: Extent,
    pub(super) words: PageWords,
}

/// A row of an item, the rows of its gap counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowPosition {
    pub(super) item: usize,
    pub(super) row: u32,
}

/// The first row of text on the screen, in terms that outlive a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) source: PageSource,
    pub(super) block: u32,
    /// The row's first byte in the document's text.
    pub(super) offset: u32,
    /// Rows above it that begin at the same byte (lines of a table).
    pub(super) rank: u32,
    /// Blank rows above it on the screen.
    pub(super) y: u32,
    /// The current item, which a smaller screen may not show.
    pub(super) current: usize,
}

/// What part of a page is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::reader) struct ScrollState {
    side: Language,
    settings: LayoutSettings,
    rows: u32,
    top: RowPosition,
    current: usize,
}

/// A state of a page to come back to.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::reader) struct PageSnapshot {
    scroll: ScrollState,
    anchor: Anchor,
    peeks: Vec<Peek>,
    selection: Option<TextSelection>,
    is_sentence_unfolded: bool,
}

/// The share of the page that is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extent {
    /// The last row is on the screen.
    pub(super) is_end: bool,
    /// The shares of the page above the upper and the lower edge of the screen.
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What a page depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub(in crate::reader) struct PageSettings {
    pub(in crate::reader) pane: ScreenRect,
    pub(in crate::reader) measure: u16,
    /// The layout but for its width, with as much hanging out as is wanted.
    pub(in crate::reader) layout: LayoutSettings,
    /// The script in which Chinese is shown, if not as it is written.
    pub(in crate::reader) script: Option<Script>,
    /// Both languages are to be shown at once.
    pub(in crate::reader) is_parallel: bool,
    /// How large a cell is, if pictures are to be shown.
    pub(in crate::reader) cell: Option<CellSize>,
}

impl ScrollState {
    /// Whether the text was scrolled in between and nothing else changed.
    pub(in crate::reader) fn is_scrolled_from(&self, before: &Self) -> bool {
        self.top != before.top
            && *self
                == Self {
                    top: self.top,
                    current: self.current,
                    ..*before
                }
    }
}

impl Page {
    /// The page of a text at its beginning, with the alignment that the reader edited, if any.
    pub(in crate::reader) fn new(
        id: EntryId,
        text: Arc<Text>,
        edited: Option<Arc<Alignment>>,
        preferred: Language,
        zone: &TimeZone,
        settings: PageSettings,
    ) -> Self {
        let side = text.side(preferred);
        let alignment = edited.or_else(|| text.quick_alignment().cloned());
        let heights = Language::BOTH.map(|side| text.document(side).map(HeightEstimate::new));
        let mut page = Self {
            id,
            mismatches: Mismatches::new(&text, alignment.as_deref(), &[]),
            accepted: Vec::new(),
            annotations: Vec::new(),
            alignment,
            share: ColumnShare::new(&heights),
            heights,
            repeated: Language::BOTH.map(|side| repeated_blocks(&text, side)),
            text,
            zone: zone.clone(),
            header: PageHeader::default(),
            notes: Vec::new(),
            own_tags: Vec::new(),
            digest_items: Vec::new(),
            ticked: Vec::new(),
            at_mismatch: None,
            side,
            peeks: Vec::new(),
            is_parallel: false,
            is_beside: false,
            cache: HashMap::new(),
            settings: settings.layout,
            x: 0,
            rows: 0,
            top: RowPosition::default(),
            current: 0,
            anchor: Anchor {
                source: PageSource::Header,
                block: 0,
                offset: 0,
                rank: 0,
                y: 0,
                current: 0,
            },
            before_switch: None,
            find: None,
            code: KnownCode::default(),
            cell: None,
            refused: Vec::new(),
            selection: None,
            press: None,
            sentences: OnceCell::new(),
            sentence_job: None,
            is_sentence_unfolded: false,
            extent: Extent::default(),
            words: PageWords::default(),
        };
        page.find_items();
        page.apply(settings);
        page.show_side(side);
        page.current = page.first_shown();
        page.after_move();
        page
    }

    pub const fn id(&self) -> EntryId {
        self.id
    }

    pub const fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The language shown; of both, the one on the left or above.
    pub const fn side(&self) -> Language {
        self.side
    }

    /// Whether both languages are shown.
    pub const fn is_parallel(&self) -> bool {
        self.is_parallel
    }

    /// Whether both languages are shown in two columns.
    pub const fn is_beside(&self) -> bool {
        self.is_beside
    }

    pub(super) fn is_shown(&self, side: Language) -> bool {
        side == self.side() || self.is_parallel()
    }

    pub fn document(&self) -> &Document {
        self.text.shown(self.side())
    }

    /// The document of a source.
    pub fn document_of(&self, source: PageSource) -> &Document {
        match source {
            PageSource::Header => &self.header.document,
            PageSource::Text(side) => self.text.shown(side),
        }
    }

    /// The width of the text, in columns; with two columns of text, of each.
    pub fn columns(&self) -> u16 {
        if self.is_beside() {
            self.share.width(self.side, self.settings.columns)
        } else {
            self.settings.columns
        }
    }

    /// The current block, as an index into the blocks of [`Self::document`]: the first of several,
    /// or the one before if only the other language has blocks here. None in an empty text.
    pub fn current_block(&self) -> Option<u32> {
        let blocks = self.current_blocks(self.side())?;
        let last = (self.document().blocks.len() as u32).checked_sub(1)?;
        Some(if blocks.is_empty() {
            blocks.start.saturating_sub(1).min(last)
        } else {
            blocks.start
        })
    }

    /// The blocks of a side at the current item, an empty range if it has none there; None in an
    /// empty text.
    pub(super) fn current_blocks(&self, side: Language) -> Option<Range<u32>> {
        (self.current < self.len()).then(|| self.blocks_of(side, self.current))
    }

    /// How many items are laid out at present.
    #[cfg(test)]
    pub(in crate::reader) fn items_laid_out(&self) -> usize {
        self.cache.len()
    }

    /// Whether any translation of a block or a sentence is unfolded.
    #[cfg(test)]
    pub(in crate::reader) const fn has_peeks(&self) -> bool {
        !self.peeks.is_empty() || self.is_sentence_unfolded
    }

    /// The figures that disagree, in reading order.
    pub(in crate::reader) fn mismatches(&self) -> impl Iterator<Item = Mismatch> + '_ {
        self.mismatches.list(&self.text, self.side())
    }

    /// A line about the current block or pair, or the sentence that is lit, if its figures disagree: in
    /// full, and short.
    pub fn mismatch_notice(&self) -> Option<[String; 2]> {
        self.bytes_to_compare()
            .iter()
            .find_map(|bytes| self.mismatches.notice(&self.text, bytes))
    }

    /// Where figures are spoken of: in the sentence that is lit, or else in what is current.
    fn bytes_to_compare(&self) -> [[Range<u32>; 2]; 2] {
        let lit = |side| self.lit().filter(|_| side == self.side()).cloned();
        let shown = |side| Some(self.current_bytes(side)).filter(|_| self.is_shown(side));
        [
            Language::BOTH.map(|side| lit(side).unwrap_or_default()),
            Language::BOTH.map(|side| shown(side).unwrap_or_default()),
        ]
    }

    /// The keys of the figures that are spoken of, all of one sentence or block.
    pub(in crate::reader) fn mismatch_keys(&self) -> Vec<u64> {
        let keys = |bytes: &[Range<u32>; 2]| -> Vec<u64> {
            let inside = self.mismatches.inside(&self.text, bytes);
            inside.map(|one| self.text.disagreement_key(one)).collect()
        };
        let places = self.bytes_to_compare();
        let mut all = places.iter().map(keys);
        all.find(|keys| !keys.is_empty()).unwrap_or_default()
    }

    /// Marks all figures that disagree but for those with these keys.
    pub(in crate::reader) fn accept_mismatches(&mut self, keys: Vec<u64>) {
        self.mismatches = Mismatches::new(&self.text, self.alignment.as_deref(), &keys);
        self.accepted = keys;
    }

    /// What part of the page is on the screen.
    pub(in crate::reader) const fn scroll_state(&self) -> ScrollState {
        ScrollState {
            side: self.side,
            settings: self.settings,
            rows: self.rows,
            top: self.top,
            current: self.current,
        }
    }

    /// The state to come back to, for instance after switching languages twice.
    pub(in crate::reader) fn snapshot(&self) -> PageSnapshot {
        PageSnapshot {
            scroll: self.scroll_state(),
            anchor: self.anchor.clone(),
            peeks: self.peeks.clone(),
            selection: self.selection.clone(),
            is_sentence_unfolded: self.is_sentence_unfolded,
        }
    }

    /// Goes back to a snapshot of this text.
    pub(in crate::reader) fn return_to(&mut self, snapshot: &PageSnapshot) {
        let ScrollState {
            side,
            settings,
            rows,
            top,
            current,
        } = snapshot.scroll;
        self.peeks.clone_from(&snapshot.peeks);
        self.selection.clone_from(&snapshot.selection);
        self.is_sentence_unfolded = snapshot.is_sentence_unfolded;
        self.show_side(side);
        self.anchor = snapshot.anchor.clone();
        self.current = current;
        if (self.settings, self.rows) == (settings, rows) {
            self.top = top;
        } else {
            self.restore(&snapshot.anchor);
        }
        self.settle();
    }

    /// Shows a side. The caller sets the position.
    pub(super) fn show_side(&mut self, side: Language) {
        self.side = side;
        self.set_header();
        self.cache.clear();
    }

    /// Takes up settings. The caller sets the position.
    pub(super) fn apply(&mut self, settings: PageSettings) {
        let PageSettings {
            pane,
            measure,
            layout,
            script,
            is_parallel,
            cell,
        } = settings;
        self.cell = cell;
        if is_parallel {
            self.update_alignment();
        }
        self.is_parallel = is_parallel && self.alignment.is_some();
        self.is_beside = self.is_parallel && pane.columns >= SIDE_BY_SIDE;
        let (x, columns) = text_columns(
            pane,
            if self.is_beside {
                self.share.most(measure)
            } else {
                measure
            },
        );
        self.x = x;
        self.rows = pane.rows.into();
        // The last column is that of the scrollbar.
        let margin = pane.columns.saturating_sub(x + columns + 1);
        self.settings = LayoutSettings {
            columns,
            hang: layout.hang.min(margin),
            conversion: script.and_then(|script| script.over(self.chinese())),
            ..layout
        };
        self.set_header();
        self.press = None;
        self.cache.clear();
    }

    /// The Chinese of the text, or else all of it.
    pub(in crate::reader) fn chinese(&self) -> &str {
        &self.text.shown(Language::Chinese).text
    }

    /// The script in which the Chinese is shown, if that is not the one in which it is written.
    pub const fn shown_script(&self) -> Option<Script> {
        self.settings.conversion
    }

    fn set_header(&mut self) {
        let added = HeaderExtras {
            notes: self.notes.len(),
            own_tags: &self.own_tags,
            ticked: self.ticked_count(),
        };
        self.header = PageHeader::new(&self.text, &added, self.side, &self.zone, self.settings);
    }

    /// What a check notes about the article, a line each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Takes up what a check notes about the article. Their number is in the header; the text stays where it is.
    pub(in crate::reader) fn set_notes(&mut self, notes: &[String]) {
        if self.notes != notes {
            self.notes = notes.to_vec();
            self.header_changed();
        }
    }

    /// Takes up the reader's own tags. They are in the header; the text stays where it is.
    pub(in crate::reader) fn set_own_tags(&mut self, tags: Vec<String>) {
        if self.own_tags != tags {
            self.own_tags = tags;
            self.header_changed();
        }
    }

    pub(super) fn header_changed(&mut self) {
        let (before, current) = (self.header.kinds.len(), self.current);
        self.set_header();
        self.cache.clear();
        self.restore(&self.anchor.clone());
        // The line of facts may be new, or gone.
        self.current = (current + self.header.kinds.len()).saturating_sub(before);
        self.settle();
        self.anchor = self.anchor_here();
    }

    /// Takes up the alignment of a long text once it has been computed.
    pub(super) fn update_alignment(&mut self) {
        if self.alignment.is_none() {
            self.set_alignment(self.text.quick_alignment().cloned());
        }
    }

    pub(super) fn set_alignment(&mut self, alignment: Option<Arc<Alignment>>) {
        self.mismatches = Mismatches::new(&self.text, alignment.as_deref(), &self.accepted);
        self.alignment = alignment;
        self.find_items();
        self.sentences = OnceCell::new();
        self.sentence_job = None;
    }

    /// An item, laid out if needed.
    pub(super) fn item(&mut self, item: usize) -> &LaidOutItem {
        let laid_out = self.cache.remove(&item);
        let laid_out = laid_out.unwrap_or_else(|| self.lay_out(item));
        self.cache.entry(item).or_insert(laid_out)
    }

    fn total(&mut self, item: usize) -> u32 {
        self.item(item).total()
    }

    /// What the current block is, for messages: `paragraph 4`, headings not counted.
    pub(in crate::reader) fn current_name(&self) -> String {
        let blocks = &self.document().blocks;
        let is_heading =
            |block: &Block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Label);
        let current = self.current_block().unwrap_or(0) as usize;
        match blocks.get(current).map(|block| block.kind) {
            Some(BlockKind::Heading(_) | BlockKind::Label) => tr!("the heading").to_owned(),
            Some(BlockKind::Table) => tr!("the table").to_owned(),
            Some(BlockKind::Code) => tr!("the code").to_owned(),
            _ => {
                let before = blocks.iter().take(current);
                let number = before.filter(|block| !is_heading(block)).count() + 1;
                tr!("paragraph {number}", number = number)
            }
        }
    }

    /// Whether a block is not shown, because it repeats the title.
    pub(super) fn is_repeated(&self, side: Language, block: u32) -> bool {
        block < self.repeated[side as usize]
    }

    /// The position of the first row of an item below its gap.
    pub(super) fn first_row(&mut self, item: usize) -> RowPosition {
        RowPosition {
            item,
            row: self.item(item).gap,
        }
    }

    /// The position of the last row of an item.
    pub(super) fn last_row(&mut self, item: usize) -> RowPosition {
        RowPosition {
            item,
            row: self.total(item).saturating_sub(1),
        }
    }

    /// Lays out the screen, never scrolled past the end, and computes its share of the page.
    pub(super) fn settle(&mut self) {
        let rows = self.rows_from(self.top, self.rows);
        if rows < self.rows {
            self.top = self.above(self.top, self.rows - rows);
        }
        let on_screen = self.rows_from(self.top, self.rows);
        let is_end = self.rows > 0 && self.rows_from(self.top, self.rows + 1) <= self.rows;
        let bottom = if on_screen == 0 {
            self.top
        } else {
            self.below(self.top, on_screen - 1)
        };
        if self.is_beside && self.text.is_quick() {
            // A background sets the sentences of the current pair apart.
            self.sentences();
        }
        let near = self.top.item.saturating_sub(MARGIN)..=bottom.item + MARGIN;
        self.cache.retain(|item, _| near.contains(item));
        let all = self.estimated_rows(self.len(), 0.0).max(1.0);
        let from = self.estimated_rows_above(self.top, 0) / all;
        let to = if is_end {
            1.0
        } else {
            self.estimated_rows_above(bottom, 1) / all
        };
        self.extent = Extent {
            is_end,
            from: from as f32,
            to: to as f32,
        };
    }

    /// Scrolls so that the row of an anchor is where it was on the screen.
    pub(super) fn restore(&mut self, anchor: &Anchor) {
        let Some(item) = self.item_of(anchor.source, anchor.block) else {
            return;
        };
        let laid_out = self.item(item);
        let Some(column) = laid_out.column(anchor.source) else {
            return;
        };
        let rows = &column.rows;
        let last = rows.row_at(anchor.offset);
        let start = rows.rows.get(last).map_or(0, |row| row.range.start);
        let first = rows.rows.partition_point(|row| row.range.start < start);
        let row = if start == anchor.offset {
            (first + anchor.rank as usize).min(last)
        } else {
            last
        };
        let position = RowPosition {
            item,
            row: laid_out.gap + column.row + row as u32,
        };
        self.top = self.above(position, anchor.y.min(self.rows.saturating_sub(1)));
    }

    /// The rows from a position to the end, counted up to a limit.
    pub(super) fn rows_from(&mut self, from: RowPosition, limit: u32) -> u32 {
        let mut rows = 0;
        let mut skipped = from.row;
        for item in from.item..self.len() {
            if rows >= limit {
                break;
            }
            rows += self.total(item).saturating_sub(skipped);
            skipped = 0;
        }
        rows.min(limit)
    }

    /// The position some rows below, at most the last.
    pub(super) fn below(&mut self, from: RowPosition, rows: u32) -> RowPosition {
        let RowPosition { mut item, mut row } = from;
        let mut rest = rows;
        loop {
            let total = self.total(item);
            if row + rest < total {
                return RowPosition {
                    item,
                    row: row + rest,
                };
            }
            if item + 1 >= self.len() {
                return RowPosition {
                    item,
                    row: total.saturating_sub(1),
                };
            }
            rest = rest.saturating_sub(total.saturating_sub(row));
            item += 1;
            row = 0;
        }
    }

    /// The position some rows above, at most the first.
    pub(super) fn above(&mut self, from: RowPosition, rows: u32) -> RowPosition {
        let RowPosition { mut item, mut row } = from;
        let mut rest = rows;
        while rest > row {
            let Some(before) = item.checked_sub(1) else {
                return RowPosition::default();
            };
            rest -= row;
            // One past its last row: at least one of `rest` is left.
            item = before;
            row = self.total(before);
        }
        RowPosition {
            item,
            row: row - rest,
        }
    }

    /// About how many rows are above a row some rows below a position in its item.
    fn estimated_rows_above(&self, position: RowPosition, more: u32) -> f64 {
        let total = self
            .cache
            .get(&position.item)
            .map_or(1, LaidOutItem::total)
            .max(1);
        self.estimated_rows(
            position.item,
            f64::from(position.row + more) / f64::from(total),
        )
    }

    /// About how many rows come before an item and a share of the item.
    pub(super) fn estimated_rows(&self, item: usize, share: f64) -> f64 {
        let header = self.first_text();
        let before = |item: usize| {
            if item < header {
                return item as f64;
            }
            let sides = Language::BOTH
                .into_iter()
                .filter(|&side| self.is_shown(side));
            let rows = sides.filter_map(|side| {
                let block = self.blocks_of(side, item).start as usize;
                Some(
                    self.heights[side as usize]
                        .as_ref()?
                        .rows_before(block, self.settings.columns),
                )
            });
            header as f64 + rows.sum::<f64>()
        };
        before(item) + share * (before(item + 1) - before(item)).max(0.0)
    }
}

fn repeated_blocks(text: &Text, side: Language) -> u32 {
    let title = folded(text.article.titles.in_language(side));
    let repeats = text.document(side).is_some_and(|document| {
        document.blocks.len() > 1
            && matches!(document.blocks[0].kind, BlockKind::Heading(_))
            && folded(document.block_text(0)) == title
    });
    repeats.into()
}
