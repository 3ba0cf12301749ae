//! Blocks to rows.

use super::gap::gap;
use super::margin::{Margin, own};
use super::paragraph::{Filler, Line, Measure};
use super::pinyin;
use super::role::{Kind, Role};
use super::row::{Origin, Piece, Rows};
use super::width::{Ambiguous, columns};
use crate::markdown::{ContainerKind, Document, Inline, Leaf, LeafKind, StyleRun};

/// What a layout depends on, besides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The layout's width, in columns: no row is wider. At least 1; on a single column a stand-in `▯` is shown for every character of two.
    pub columns: u16,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Whether a row of pinyin stands above each row that holds Chinese, outside of labels, tables and code.
    pub pinyin: bool,
}

/// The blank before a line of code, in columns.
const CODE: u16 = 2;
/// What stands there before the rest of a line that was too long.
const CODE_GOES_ON: &str = "↳";
/// What stands for a character of two columns on a row of one.
pub(super) const STAND_IN: &str = "▯";

/// Sets one block into rows, appended to `rows`; a block gives at least one row. Their ranges tile the block's text,
/// but for the line feeds between its leaves, and no row depends on any other block.
pub fn set_block(document: &Document, block: usize, settings: &Settings, rows: &mut Rows) {
    Setter::new(document, *settings, rows).block(block);
}

/// The blank rows that stand between a block and the one before it in the document (0 for the first block).
///
/// One between paragraphs, two above a heading of the first levels, none between the short items of a list: items are set
/// alike whether the source is tight or loose, spaced where the list holds long ones.
pub fn gap_before(document: &Document, block: usize, settings: &Settings) -> u16 {
    match block.checked_sub(1) {
        Some(before) => {
            let (before, block) = (&document.blocks[before], &document.blocks[block]);
            gap(document, before.leaves.end as usize - 1, block.leaves.start as usize, *settings)
        }
        None => 0,
    }
}

/// Sets a whole document, gaps included.
pub fn set(document: &Document, settings: &Settings) -> Rows {
    let mut rows = Rows::default();
    let guess = document.text.len() / usize::from(settings.columns.max(8)) + 4 * document.blocks.len();
    rows.rows.reserve(guess);
    rows.pieces.reserve(guess + 2 * document.runs.len());
    let mut setter = Setter::new(document, *settings, &mut rows);
    for block in 0..document.blocks.len() {
        let start = document.blocks[block].range.start;
        for _ in 0..gap_before(document, block, settings) {
            setter.rows.open();
            setter.rows.close(start..start);
        }
        setter.block(block);
    }
    rows
}

/// What sets the leaves of a document, one after the other.
pub(super) struct Setter<'a> {
    pub(super) document: &'a Document,
    pub(super) settings: Settings,
    pub(super) rows: &'a mut Rows,
    pub(super) margin: Margin,
    pub(super) filler: Filler,
}

impl<'a> Setter<'a> {
    fn new(document: &'a Document, settings: Settings, rows: &'a mut Rows) -> Self {
        let settings = Settings { columns: settings.columns.max(1), ..settings };
        Self { document, settings, rows, margin: Margin::default(), filler: Filler::default() }
    }

    fn block(&mut self, block: usize) {
        let leaves = self.document.blocks[block].leaves.clone();
        for leaf in leaves.start as usize..leaves.end as usize {
            self.margin.of(self.document, leaf, self.settings, self.rows);
            if leaf > leaves.start as usize {
                let start = self.document.leaves[leaf].range.start;
                for _ in 0..gap(self.document, leaf - 1, leaf, self.settings) {
                    self.rows.open();
                    self.margin.draw_shared(self.document, leaf - 1, self.rows);
                    self.rows.close(start..start);
                }
            }
            self.leaf(leaf);
        }
    }

    fn leaf(&mut self, index: usize) {
        let leaf = &self.document.leaves[index];
        match leaf.kind {
            LeafKind::Paragraph => self.paragraph(leaf, text_kind(self.document, leaf)),
            LeafKind::Heading(level) => self.paragraph(leaf, Kind::Heading(level)),
            LeafKind::Label => self.paragraph(leaf, Kind::Label),
            LeafKind::Html => self.paragraph(leaf, Kind::Html),
            LeafKind::Code => self.code(leaf),
            LeafKind::Break => self.rule(leaf),
            LeafKind::Table(table) => self.table(leaf, &self.document.tables[table as usize]),
        }
    }

    /// Sets a leaf of running text.
    pub(super) fn paragraph(&mut self, leaf: &Leaf, kind: Kind) {
        let width = self.settings.columns;
        self.filler.clear();
        let measure = self.measure(width - self.margin.first, width - self.margin.rest);
        if self.settings.pinyin && kind != Kind::Label {
            let text = &self.document.text;
            pinyin::read(text, leaf.range.clone(), self.settings.ambiguous, &mut self.filler.syllables);
        }
        self.fill(leaf, leaf.range.clone(), measure);
        let mut syllable = 0;
        for index in 0..self.filler.lines.len() {
            let line = self.filler.lines[index];
            let first = index == 0;
            let column = if first { self.margin.first } else { self.margin.rest };
            syllable = self.pinyin(&line, column, syllable);
            self.rows.open();
            self.margin.draw(first, self.rows);
            self.draw(&line, column, kind);
            self.rows.close(line.start..line.end);
        }
    }

    /// Sets the row of syllables above a line, from the first syllable that is not yet set; gives the next one.
    fn pinyin(&mut self, line: &Line, column: u16, from: usize) -> usize {
        let count = self.filler.syllables[from..].iter().take_while(|syllable| syllable.at < line.end).count();
        let syllables = from..from + count;
        if line.stand_in || !self.filler.syllables[syllables.clone()].iter().any(|syllable| syllable.before.is_some()) {
            return syllables.end;
        }
        self.rows.open();
        self.margin.draw(false, self.rows);
        for index in syllables.clone() {
            let syllable = self.filler.syllables[index];
            if let Some(before) = syllable.before {
                self.own(syllable.text, column + (before - line.before) as u16, syllable.columns, Kind::Pinyin);
            }
        }
        self.rows.close(line.start..line.start);
        syllables.end
    }

    fn code(&mut self, leaf: &Leaf) {
        let width = self.settings.columns;
        let indent = if width - self.margin.rest.max(self.margin.first) > 10 { CODE } else { 0 };
        self.filler.clear();
        let measure = self.measure(width - self.margin.first - indent, width - self.margin.rest - indent);
        self.fill(leaf, leaf.range.clone(), Measure { code: true, ..measure });
        let arrow = columns(CODE_GOES_ON, self.settings.ambiguous) as u16;
        for index in 0..self.filler.lines.len() {
            let line = self.filler.lines[index];
            let margin = if index == 0 { self.margin.first } else { self.margin.rest };
            self.rows.open();
            self.margin.draw(index == 0, self.rows);
            if line.continues && arrow <= indent {
                self.own(CODE_GOES_ON, margin, arrow, Kind::Marker);
            }
            self.draw(&line, margin + indent, Kind::Code);
            self.rows.close(line.start..line.end);
        }
    }

    /// A short rule in the middle.
    fn rule(&mut self, leaf: &Leaf) {
        let room = self.settings.columns - self.margin.first;
        let dash = columns("─", self.settings.ambiguous) as u16;
        let dashes = (room / 4).max(3).min(room / dash);
        let text = "─".repeat(usize::from(dashes));
        self.rows.open();
        self.margin.draw(true, self.rows);
        self.own(&text, self.margin.first + (room - dashes * dash) / 2, dashes * dash, Kind::Rule);
        self.rows.close(leaf.range.clone());
    }

    pub(super) fn measure(&self, first: u16, rest: u16) -> Measure {
        Measure { first: first.min(rest), rest, ambiguous: self.settings.ambiguous, code: false }
    }

    /// Fills a range of a leaf's text into lines, appended to the filler's.
    pub(super) fn fill(&mut self, leaf: &Leaf, range: std::ops::Range<u32>, measure: Measure) {
        let runs = &self.document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
        self.filler.fill(&self.document.text, range, runs, leaf.runs.start, measure);
    }

    /// Draws a line at a column of the row: a piece for each inline style.
    pub(super) fn draw(&mut self, line: &Line, column: u16, kind: Kind) {
        if line.stand_in {
            return self.own(STAND_IN, column, line.columns, kind);
        }
        if line.shown == line.start {
            return;
        }
        let marks = &self.filler.marks;
        let mut next = if marks.is_empty() { 0 } else { marks.partition_point(|mark| mark.at <= line.start) };
        let mut run = next.checked_sub(1).and_then(|last| marks[last].run);
        let (mut from, mut taken) = (line.start, 0);
        while from < line.shown {
            let mark = marks.get(next).filter(|mark| mark.at < line.shown);
            let to = mark.map_or(line.shown, |mark| mark.at);
            let after = mark.map_or(line.columns, |mark| (mark.before - line.before) as u16);
            let until = after - mark.map_or(0, |mark| mark.gap as u16);
            let (inline, link) = style(run, &self.document.runs);
            self.rows.pieces.push(Piece {
                origin: Origin::Document(from..to),
                column: column + taken,
                columns: until - taken,
                role: Role { kind, inline },
                link,
            });
            (from, taken) = (to, after);
            run = mark.and_then(|mark| mark.run);
            next += 1;
        }
    }

    /// Draws a text of our own.
    pub(super) fn own(&mut self, text: &str, column: u16, columns: u16, kind: Kind) {
        if !text.is_empty() {
            let origin = Origin::Own(own(self.rows, text));
            self.rows.pieces.push(Piece { origin, column, columns, role: Role::of(kind), link: None });
        }
    }
}

fn style(run: Option<u32>, runs: &[StyleRun]) -> (Inline, Option<u32>) {
    run.map_or((Inline::PLAIN, None), |run| (runs[run as usize].inline, runs[run as usize].link))
}

/// The role of a paragraph: what it is part of.
fn text_kind(document: &Document, leaf: &Leaf) -> Kind {
    let mut kind = Kind::Text;
    for (_, container) in super::margin::containers(document, leaf.container) {
        match container.kind {
            ContainerKind::Footnote(_) => return Kind::Footnote,
            ContainerKind::Quote => kind = Kind::Quote,
            _ => {}
        }
    }
    kind
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
