//! The parts of a page: what its items are set into.

use std::ops::Range;

use crate::digest::names_structure;
use crate::markdown::Document;
use crate::text::Language;
use crate::typeset::{self, LayoutSettings, Row, Rows, WordGloss};

/// The columns between two columns of text; the mark of the current pair is in them.
const GUTTER: u16 = 5;

/// The document that something on a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageSource {
    /// The header: title, date, link, problems; see [`HeaderPart`](super::HeaderPart).
    Header,
    /// A side of the text.
    Text(Language),
}

/// How a column relates to the one before it in its item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stacking {
    /// The first, or beside the one before.
    #[default]
    Beside,
    /// Below the one before, in the second language.
    Under,
    /// Below the one before, unfolded by a peek.
    Unfolded,
}

/// The columns of Chinese of a hundred columns of text side by side, if a text is too short to
/// measure, and the least and the most.
const CHINESE_SHARE: u32 = 41;
const CHINESE_SHARES: (u32, u32) = (36, 64);
/// The columns of text from which on it is measured.
const MEASURABLE: u32 = 200;

/// The columns of each language of both side by side, and the width at which neither is wider than
/// the measure.
#[derive(Clone, Copy, Debug)]
pub(in crate::reader) struct ColumnShare(u32);

impl ColumnShare {
    /// The share by which both columns come out about equally long.
    pub(super) fn new(heights: &[Option<HeightEstimate>; 2]) -> Self {
        let [chinese, english] = heights
            .each_ref()
            .map(|height| height.as_ref().map_or(0, HeightEstimate::columns));
        if chinese.min(english) < MEASURABLE {
            return Self(CHINESE_SHARE);
        }
        let share = u64::from(chinese) * 100 / (u64::from(chinese) + u64::from(english));
        Self((share as u32).clamp(CHINESE_SHARES.0, CHINESE_SHARES.1))
    }

    fn of(self, side: Language) -> u32 {
        match side {
            Language::Chinese => self.0,
            Language::English => 100 - self.0,
        }
    }

    /// The width of a language's column in a width.
    pub(in crate::reader) fn width(self, side: Language, columns: u16) -> u16 {
        let room = columns.saturating_sub(GUTTER);
        let chinese = (u32::from(room) * self.0).div_ceil(100) as u16;
        let width = match side {
            Language::Chinese => chinese,
            Language::English => room - chinese,
        };
        width.max(1)
    }

    /// The most columns of both together.
    pub(super) fn most(self, measure: u16) -> u16 {
        let wider = self.of(Language::Chinese).max(self.of(Language::English));
        let room = u32::from(measure) * 100 / wider;
        (room as u16).saturating_add(GUTTER)
    }
}

/// A translation that is unfolded below a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peek {
    pub(super) block: u32,
    /// The blocks of the other side.
    pub(super) translation: Range<u32>,
}

/// The rows that are kept free for a picture in a column of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptRows {
    pub(super) link: u32,
    pub(super) x: u16,
    pub(super) row: u32,
    /// Columns and rows.
    pub(super) size: [u16; 2],
}

/// Neighbouring blocks of one source, set one below the other, and their place in their item.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) source: PageSource,
    pub(super) blocks: Range<u32>,
    /// The bytes of the blocks that are set, if not all are.
    pub(super) part: Option<Range<u32>>,
    /// The first column, counted from the left edge of the text.
    pub(super) x: u16,
    pub(super) width: u16,
    pub(super) stacking: Stacking,
    /// The row of the item at which it begins, the gap not counted.
    pub(super) row: u32,
    pub(super) rows: Rows,
    pub(super) pictures: Vec<KeptRows>,
}

/// An item set into rows: blank rows, then its columns, from left to right or from top to bottom.
#[derive(Clone, Debug, Default)]
pub(super) struct LaidOutItem {
    /// The blank rows above it.
    pub(super) gap: u32,
    /// The rows without the gap.
    pub(super) height: u32,
    pub(super) columns: Vec<Column>,
}

impl LaidOutItem {
    pub(super) const fn total(&self) -> u32 {
        self.gap + self.height
    }

    pub(super) fn column(&self, source: PageSource) -> Option<&Column> {
        self.columns.iter().find(|column| column.source == source)
    }
}

impl Column {
    pub(super) fn new(source: PageSource, blocks: Range<u32>, width: u16) -> Self {
        Self {
            source,
            blocks,
            part: None,
            x: 0,
            width,
            stacking: Stacking::Beside,
            row: 0,
            rows: Rows::default(),
            pictures: Vec::new(),
        }
    }

    /// Sets its blocks into rows, with the gaps between them; if all of it is set, with glosses and with rows for its
    /// pictures.
    /// A heading that only names a part of the digest keeps its size.
    pub(super) fn set(
        &mut self,
        document: &Document,
        settings: LayoutSettings,
        glosses: impl Fn(u32) -> Vec<WordGloss>,
        mut keep_rows: impl FnMut(PageSource, u32, &LayoutSettings, &mut Rows) -> Vec<KeptRows>,
    ) {
        let rows = &mut self.rows;
        for block in self.blocks.clone() {
            if block > self.blocks.start {
                let gap = typeset::gap_before(document, block as usize, &settings);
                let (pieces, at) = (
                    rows.pieces.len() as u32,
                    document.blocks[block as usize].range.start,
                );
                rows.rows.extend((0..gap).map(|_| Row {
                    pieces: pieces..pieces,
                    range: at..at,
                    ..Row::default()
                }));
            }
            if let Some(part) = &self.part {
                typeset::set_part(document, block as usize, part, &settings, rows);
            } else {
                let glosses = glosses(block);
                let is_name = names_structure(document.block_text(block as usize));
                let settings = LayoutSettings {
                    large_levels: settings.large_levels * u8::from(!is_name),
                    ..settings
                };
                typeset::set_block_with(document, block as usize, &settings, &glosses, rows);
                let kept = keep_rows(self.source, block, &settings, rows);
                self.pictures.extend(kept);
            }
        }
    }

    pub(super) fn block_of(&self, row: &Row, document: &Document) -> u32 {
        let blocks = &self.blocks;
        if blocks.len() == 1 {
            return blocks.start;
        }
        let block = document.block_at(row.range.start).unwrap_or(0) as u32;
        block.clamp(blocks.start, blocks.end.max(1) - 1)
    }
}

/// The columns and hard lines before each block of a document, estimated from its bytes without
/// laying anything out.
///
/// Each share of the rows that it gives is close to the true one at any width, and never decreases.
#[derive(Clone, Debug)]
pub(super) struct HeightEstimate {
    /// The columns and the lines before each block, and at the end.
    before: Vec<(u32, u32)>,
}

/// About how many columns a text takes: two for a Han character, which has three bytes.
fn estimated_columns(text: &str) -> u32 {
    let bytes = text.len() as u32;
    bytes - (bytes - text.chars().count() as u32) / 2
}

impl HeightEstimate {
    /// Estimates the blocks of a document.
    pub(super) fn new(document: &Document) -> Self {
        let (mut columns, mut lines) = (0_u32, 0_u32);
        let mut before = Vec::with_capacity(document.blocks.len() + 1);
        for block in &document.blocks {
            before.push((columns, lines));
            let text = &document.text[block.range.start as usize..block.range.end as usize];
            columns = columns.saturating_add(estimated_columns(text));
            lines = lines.saturating_add(text.matches('\n').count() as u32);
        }
        before.push((columns, lines));
        Self { before }
    }

    /// The columns of the whole document.
    fn columns(&self) -> u32 {
        self.before.last().map_or(0, |&(columns, _)| columns)
    }

    /// The rows before a block at a width, roughly: a block costs the rows of its columns, the rest
    /// of its last row and a gap.
    pub(super) fn rows_before(&self, block: usize, columns: u16) -> f64 {
        let blocks = block.min(self.before.len() - 1);
        let (all, lines) = self.before[blocks];
        f64::from(all) / f64::from(columns.max(1)) + f64::from(lines) * 0.5 + blocks as f64 * 1.5
    }
}
