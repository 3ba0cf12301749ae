//! The page: the article as it is laid out, and where its reader is.
//!
//! A page is a *flow* of items, each set into a *band* of rows when it is needed. The header is a small document of its
//! own that scrolls with the text. The position is a band and a row within it, so nothing needs the total height, and
//! every step costs what is on the screen.

mod doubts;
mod draw;
mod motion;
mod parallel;
mod rows;
mod search;
mod toggle;

use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;

use self::doubts::Doubts;
use super::band::{Band, Documents, Window};
use super::find::Matches;
use super::flow::{Flow, Peek, Source, both, half};
use super::header::Header;
use super::panes::{BESIDE, Pane, text_columns};
use super::weights::Weights;
use crate::bilingual::{Alignment, Place, Text};
use crate::catalog::EntryId;
use crate::markdown::Document;
use crate::text::Language;
use crate::typeset::{Ambiguous, Settings};

pub(super) use draw::LinkSpot;
pub use draw::{Mark, PageRow};
pub(super) use motion::Stand;
pub(super) use parallel::{Mending, Peeked};

/// The page. Only its drawing side is public: [`Self::rows`], [`Self::marks`], and what the status line tells.
#[derive(Debug)]
pub struct Page {
    id: EntryId,
    text: Arc<Text>,
    /// Which block answers which: the text's, or what its reader made of it.
    alignment: Option<Arc<Alignment>>,
    side: Language,
    zone: TimeZone,
    header: Header,
    flow: Flow,
    /// The answers unfolded, in the order of their blocks.
    peeks: Vec<Peek>,
    /// Whether both languages are wanted at once.
    is_parallel: bool,
    /// Whether there is room for both side by side.
    is_beside: bool,
    window: Window,
    settings: Settings,
    /// The column of the pane at which the text begins.
    x: u16,
    /// The rows of the pane.
    rows: u32,
    top: Spot,
    /// The item of the current block; the number of items in an empty text.
    current: usize,
    /// The first text on the screen as its reader left it: what resizing comes back to.
    anchor: Anchor,
    /// Where the last toggle came from, until the reader moves.
    back: Option<Snapshot>,
    weights: [Option<Weights>; 2],
    find: Option<Find>,
    doubts: Doubts,
    extent: Extent,
}

/// A row of the page: of an item's band, its blank rows counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    item: usize,
    row: u32,
}

/// The first row of text on the screen, said in terms that outlive a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Anchor {
    source: Source,
    block: u32,
    /// The row's first byte in the document's text.
    offset: u32,
    /// Rows above it that begin at the same byte (lines of a table).
    rank: u32,
    /// Blank rows above it on the screen.
    y: u32,
}

/// All that a toggle comes back to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Snapshot {
    side: Language,
    top: Spot,
    current: usize,
    anchor: Anchor,
    settings: Settings,
    rows: u32,
    peeks: Vec<Peek>,
}

/// A search in progress.
#[derive(Clone, Debug)]
struct Find {
    needle: String,
    /// What was found in each side that is shown.
    matches: [Matches; 2],
    /// The matches of both sides as they stand on the page: the side, and the number there.
    order: Vec<(Language, usize)>,
    /// The match that the reader is at, by its number in the order.
    current: Option<usize>,
}

/// What part of the whole is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Extent {
    /// Whether the last row shows.
    is_end: bool,
    /// The shares of the whole above the screen's upper and lower edge.
    from: f32,
    to: f32,
}

/// What a page depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) pane: Pane,
    pub(super) measure: u16,
    pub(super) ambiguous: Ambiguous,
    pub(super) pinyin: bool,
    /// Whether both languages are wanted at once.
    pub(super) is_parallel: bool,
}

impl Page {
    /// A page of a text at its beginning, with the alignment that its reader made, if any.
    pub(super) fn new(
        (id, text): (EntryId, Arc<Text>),
        mended: Option<Arc<Alignment>>,
        preferred: Language,
        zone: &TimeZone,
        shape: Shape,
    ) -> Self {
        let side = text.side(preferred);
        let alignment = mended.or_else(|| text.alignment_at_hand().cloned());
        let mut page = Self {
            id,
            doubts: Doubts::of(&text, alignment.as_deref()),
            alignment,
            text,
            side,
            zone: zone.clone(),
            header: Header::default(),
            flow: Flow::Single { header: 0, side, blocks: 0, peeks: Vec::new() },
            peeks: Vec::new(),
            is_parallel: shape.is_parallel,
            is_beside: false,
            window: Window::default(),
            settings: Settings { columns: 1, ambiguous: shape.ambiguous, pinyin: shape.pinyin },
            x: 0,
            rows: 0,
            top: Spot::default(),
            current: 0,
            anchor: Anchor { source: Source::Header, block: 0, offset: 0, rank: 0, y: 0 },
            back: None,
            weights: [None, None],
            find: None,
            extent: Extent::default(),
        };
        page.take_shape(shape);
        page.show(side);
        page.current = page.flow.first_text();
        page.settle();
        page
    }

    /// Which entry it shows.
    pub const fn id(&self) -> EntryId {
        self.id
    }

    /// The text it shows.
    pub const fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The language shown.
    pub const fn side(&self) -> Language {
        self.side
    }

    /// The document shown.
    pub fn document(&self) -> &Document {
        self.text.shown(self.side)
    }

    /// The document of a source.
    pub fn document_of(&self, source: Source) -> &Document {
        self.documents().of(source)
    }

    /// The width of its text, in columns; of each of two columns of text.
    pub const fn columns(&self) -> u16 {
        if self.flow.is_beside() { half(self.settings.columns) } else { self.settings.columns }
    }

    /// The current block, as an index into the blocks of [`Self::document`]: of several the first, and the one before where only
    /// the other language has something; none in an empty text.
    pub fn current_block(&self) -> Option<u32> {
        let blocks = self.current_blocks(self.side)?;
        let most = (self.document().blocks.len() as u32).checked_sub(1)?;
        Some(if blocks.is_empty() { blocks.start.saturating_sub(1).min(most) } else { blocks.start })
    }

    /// The blocks of a side at the current item, or the empty range where they would stand; none in an empty text.
    fn current_blocks(&self, side: Language) -> Option<Range<u32>> {
        (self.current < self.flow.len()).then(|| self.flow.blocks_of(side, self.current))
    }

    /// The place at the reading line: the first row of the current block that is on the screen.
    pub fn place(&self) -> Place {
        let Some(block) = self.current_block() else { return self.text.place(self.side, 0, 0) };
        let row = self.rows().find(|row| row.source == Source::Text(self.side) && row.is_current);
        let block = row.as_ref().map_or(block, |row| row.block);
        let start = self.document().blocks[block as usize].range.start;
        self.text.place(self.side, block, row.map_or(0, |row| row.row.range.start.saturating_sub(start)))
    }

    /// Builds the flow of a side. The position is the caller's to set.
    fn show(&mut self, side: Language) {
        self.side = side;
        self.header = Header::new(&self.text, side, &self.zone);
        self.flow_anew();
    }

    /// Builds the flow of what is wanted. The position is the caller's to set.
    fn flow_anew(&mut self) {
        let (header, side) = (self.header.kinds.len() as u32, self.side);
        self.flow = if let Some(alignment) = self.alignment.as_ref().filter(|_| self.is_parallel) {
            Flow::Parallel { header, side, alignment: Arc::clone(alignment), is_beside: self.is_beside }
        } else {
            let blocks = self.text.shown(side).blocks.len() as u32;
            Flow::Single { header, side, blocks, peeks: self.peeks.clone() }
        };
        self.window.clear();
        for side in Language::BOTH {
            if let Some(document) = self.text.document(side) {
                self.weights[side as usize].get_or_insert_with(|| Weights::of(document));
            }
        }
    }

    fn take_shape(&mut self, shape: Shape) {
        if shape.is_parallel {
            self.catch_up();
        }
        self.is_parallel = shape.is_parallel && self.alignment.is_some();
        self.is_beside = self.is_parallel && self.alignment.is_some() && shape.pane.columns >= BESIDE;
        let measure = if self.is_beside { both(shape.measure) } else { shape.measure };
        let (x, columns) = text_columns(shape.pane, measure);
        (self.x, self.rows) = (x, shape.pane.rows.into());
        self.settings = Settings { columns, ambiguous: shape.ambiguous, pinyin: shape.pinyin };
    }

    /// Lays the page out anew for another size, measure or terminal, with or without pinyin. The first text on the screen stays first.
    pub(super) fn reshape(&mut self, shape: Shape) {
        let was_parallel = self.is_parallel;
        let place = self.place();
        self.take_shape(shape);
        if was_parallel != self.is_parallel {
            // Items are others now: the reading place is what is kept.
            return self.change_way(&place);
        }
        self.flow_anew();
        self.restore(&self.anchor.clone());
        self.settle();
        if !self.is_visible(self.current) {
            self.follow();
        }
    }

    /// Goes on searching for a text, without moving to a match.
    pub(super) fn keep_finding(&mut self, needle: String) {
        self.find = Some(Find { needle, matches: Default::default(), order: Vec::new(), current: None });
        self.find_anew();
    }

    fn documents(&self) -> Documents<'_> {
        Documents { header: &self.header, text: &self.text }
    }

    /// How many bands are laid out at present.
    #[cfg(test)]
    pub(super) fn bands_laid_out(&self) -> usize {
        self.window.len()
    }

    fn band(&mut self, item: usize) -> &Band {
        let documents = Documents { header: &self.header, text: &self.text };
        let (flow, settings) = (&self.flow, self.settings);
        self.window.band(item, || Band::set(flow, item, documents, settings))
    }

    fn total(&mut self, item: usize) -> u32 {
        self.band(item).total()
    }

    /// Lays out what is on the screen, never scrolled past the end, and works out what part of the whole that is.
    fn settle(&mut self) {
        let rows = self.rows_from(self.top, self.rows);
        if rows < self.rows {
            self.top = self.above(self.top, self.rows - rows);
        }
        let on_screen = self.rows_from(self.top, self.rows);
        let is_end = self.rows > 0 && self.rows_from(self.top, self.rows + 1) <= self.rows;
        let bottom = if on_screen == 0 { self.top } else { self.below(self.top, on_screen - 1) };
        self.window.keep(&(self.top.item..bottom.item + 1), MARGIN);
        let all = self.rows_before(self.flow.len(), 0.0).max(1.0);
        let from = self.share(self.top, 0) / all;
        let to = if is_end { 1.0 } else { self.share(bottom, 1) / all };
        self.extent = Extent { is_end, from: from as f32, to: to as f32 };
    }
}

/// So many items around the screen stay laid out.
const MARGIN: usize = 64;
