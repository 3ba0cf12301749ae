//! From blocks to rows.

use std::ops::Range;

use super::margin::{Margin, blank_rows};
use super::paragraph::{self, FillKind, FilledLine, FilledText, Measure};
use super::pinyin::{self, Joint, Syllable, WordGloss};
use super::rows::{LayoutSettings, Origin, PLACEHOLDER, Piece, Role, RoleKind, Rows, Spacing};
use super::unit::ordinal_length;
use super::width::columns;
use crate::markdown::{ContainerKind, Document, Inline, Leaf, LeafKind, StyleRun};
use crate::text::ConvertedText;

/// The longest line that is easy to read, in columns.
pub const MEASURE: u16 = 88;
/// The most lines of a heading at twice the size, and the fewest columns for one.
const MOST_LARGE_LINES: usize = 2;
const LEAST_LARGE_COLUMNS: u16 = 10;
/// The blank before a line of code, in columns.
const CODE_INDENT: u16 = 2;
/// Shown in it before the rest of a line that was too long.
const CODE_CONTINUES: &str = "↳";

/// Sets one block into rows, appended to `rows`; a block has at least one row. Their ranges cover
/// the block's text, except the line feeds between its leaves, and no row depends on any other
/// block.
pub fn set_block(document: &Document, block: usize, settings: &LayoutSettings, rows: &mut Rows) {
    set_block_with(document, block, settings, &[], rows);
}

/// Sets one block in the same way, with glosses above its words, sorted, outside of labels, tables and code.
pub fn set_block_with(
    document: &Document,
    block: usize,
    settings: &LayoutSettings,
    glosses: &[WordGloss],
    rows: &mut Rows,
) {
    let mut typesetter = Typesetter::new(document, *settings, rows);
    typesetter.glosses = glosses;
    typesetter.block(block, None);
}

/// Sets what a block has of a byte range of the text, as running text: a table too. Nothing if it has
/// nothing of it.
pub fn set_part(
    document: &Document,
    block: usize,
    part: &Range<u32>,
    settings: &LayoutSettings,
    rows: &mut Rows,
) {
    Typesetter::new(document, *settings, rows).block(block, Some(part));
}

/// The number of blank rows between a block and the one before it in the document (0 for the first
/// block).
///
/// One between paragraphs, two above a heading of the first levels, none between the short items of
/// a list: items are set alike whether the source is tight or loose, spaced if the list has long
/// ones.
pub fn gap_before(document: &Document, block: usize, settings: &LayoutSettings) -> u16 {
    let Some(before) = block.checked_sub(1) else {
        return 0;
    };
    let last_leaf = document.blocks[before].leaves.end as usize - 1;
    blank_rows(
        document,
        last_leaf,
        document.blocks[block].leaves.start as usize,
        *settings,
    )
}

/// Sets a whole document, gaps included.
pub fn set(document: &Document, settings: &LayoutSettings) -> Rows {
    let mut rows = Rows::default();
    rows.reserve(document.text.len(), settings);
    let mut typesetter = Typesetter::new(document, *settings, &mut rows);
    for (index, block) in document.blocks.iter().enumerate() {
        for _ in 0..gap_before(document, index, settings) {
            typesetter.rows.open();
            typesetter.rows.close(block.range.start..block.range.start);
        }
        typesetter.block(index, None);
    }
    rows
}

/// Sets the leaves of a document, one after the other.
pub(super) struct Typesetter<'a> {
    pub(super) document: &'a Document,
    pub(super) settings: LayoutSettings,
    pub(super) rows: &'a mut Rows,
    /// The margin of the current leaf.
    pub(super) margin: Margin,
    /// The glosses above words of the block.
    glosses: &'a [WordGloss],
}

impl<'a> Typesetter<'a> {
    fn new(document: &'a Document, settings: LayoutSettings, rows: &'a mut Rows) -> Self {
        let settings = LayoutSettings {
            columns: settings.columns.max(1),
            ..settings
        };
        Self {
            document,
            settings,
            rows,
            margin: Margin::default(),
            glosses: &[],
        }
    }

    fn block(&mut self, block: usize, part: Option<&Range<u32>>) {
        let leaves = self.document.blocks[block].leaves.clone();
        for index in leaves.start as usize..leaves.end as usize {
            let leaf = &self.document.leaves[index];
            if let Some(part) = part {
                self.part(index, part);
                continue;
            }
            self.margin = Margin::new(self.document, index, self.settings, self.rows);
            if index > leaves.start as usize {
                for _ in 0..blank_rows(self.document, index - 1, index, self.settings) {
                    self.rows.open();
                    self.margin.draw_shared(
                        self.document,
                        &self.document.leaves[index - 1],
                        self.rows,
                    );
                    self.rows.close(leaf.range.start..leaf.range.start);
                }
            }
            match leaf.kind {
                LeafKind::Paragraph => self.paragraph(leaf, paragraph_kind(self.document, leaf)),
                LeafKind::Heading(level) => {
                    if level > self.settings.large_levels || !self.large_heading(leaf, level) {
                        self.paragraph(leaf, RoleKind::Heading(level));
                    }
                }
                LeafKind::Label => self.paragraph(leaf, RoleKind::Label),
                LeafKind::Html => self.paragraph(leaf, RoleKind::Html),
                LeafKind::Code => self.code(leaf),
                LeafKind::Break => self.rule(leaf),
                LeafKind::Table(table) => self.table(leaf, &self.document.tables[table as usize]),
            }
        }
    }

    /// Sets what a leaf has of a part of the text, without its markers if it does not begin there, and
    /// a table cell by cell.
    fn part(&mut self, index: usize, part: &Range<u32>) {
        let leaf = &self.document.leaves[index];
        if leaf.range.start >= part.end || leaf.range.end <= part.start {
            return;
        }
        self.margin = if leaf.range.start < part.start {
            Margin::default()
        } else {
            Margin::new(self.document, index, self.settings, self.rows)
        };
        let whole = std::slice::from_ref(&leaf.range);
        let ranges = match leaf.kind {
            LeafKind::Table(table) => &self.document.tables[table as usize].cells,
            _ => whole,
        };
        for range in ranges {
            let range = range.start.max(part.start)..range.end.min(part.end);
            if range.start < range.end {
                let leaf = Leaf {
                    range,
                    ..leaf.clone()
                };
                self.paragraph(&leaf, paragraph_kind(self.document, &leaf));
            }
        }
    }

    /// Sets a leaf of running text.
    pub(super) fn paragraph(&mut self, leaf: &Leaf, kind: RoleKind) {
        let converted = self.converted(&leaf.range, true);
        let [syllables, mut glosses] = self.above(leaf, kind, converted.as_ref());
        let width = self.settings.columns;
        let rest = self.margin.rest + self.hanging_indent(leaf);
        let measure = Measure {
            hang: self.settings.hang,
            hyphenation: self.settings.hyphenation && !matches!(kind, RoleKind::Heading(_)),
            kind: match kind {
                RoleKind::Heading(_) => FillKind::Heading,
                _ => FillKind::Prose,
            },
            ..self.measure(width - self.margin.first, width - rest)
        };
        let filled = self.fill_converted(leaf, leaf.range.clone(), measure, syllables, converted);
        let mut syllables = &filled.syllables[..];
        if let Some((range, _)) = &filled.converted {
            for gloss in &mut glosses {
                gloss.at += range.start;
            }
        }
        let mut glosses = &mut glosses[..];
        for (index, line) in filled.lines.iter().enumerate() {
            let is_first = index == 0;
            let column = if is_first { self.margin.first } else { rest };
            let (above, below) =
                syllables.split_at(syllables.partition_point(|syllable| syllable.at < line.end));
            syllables = below;
            let inside = glosses.partition_point(|gloss| gloss.at < line.end);
            let (own, later) = std::mem::take(&mut glosses).split_at_mut(inside);
            glosses = later;
            let room = self.settings.columns - column;
            place_above(own, above, line, room);
            self.syllables(&filled, line, column, own);
            self.syllables(&filled, line, column, above);
            self.begin_row(is_first);
            self.draw(&filled, line, column, kind);
            let range = self.source_of(&filled, &(line.start..line.end));
            self.rows.close(range);
        }
    }

    /// Sets a heading at twice the size; false, and nothing is set, if it is long or has something above its words.
    fn large_heading(&mut self, leaf: &Leaf, level: u8) -> bool {
        let kind = RoleKind::Heading(level);
        let converted = self.converted(&leaf.range, true);
        let above = self.above(leaf, kind, converted.as_ref());
        let room = |taken: u16| self.settings.columns.saturating_sub(taken) / 2;
        let [first, rest] = [room(self.margin.first), room(self.margin.rest)];
        if first.min(rest) < LEAST_LARGE_COLUMNS || above.iter().any(|it| !it.is_empty()) {
            return false;
        }
        let measure = Measure {
            kind: FillKind::Heading,
            ..self.measure(first, rest)
        };
        let filled = self.fill_converted(leaf, leaf.range.clone(), measure, Vec::new(), converted);
        if filled.lines.len() > MOST_LARGE_LINES {
            return false;
        }
        for (index, line) in filled.lines.iter().enumerate() {
            let is_first = index == 0;
            self.begin_row(is_first);
            let column = if is_first {
                self.margin.first
            } else {
                self.margin.rest
            };
            let start = self.rows.pieces.len();
            self.draw(&filled, line, column, kind);
            for piece in &mut self.rows.pieces[start..] {
                piece.column = column + 2 * (piece.column - column);
                piece.columns *= 2;
            }
            if let Some(row) = self.rows.rows.last_mut() {
                row.is_large = true;
            }
            let range = self.source_of(&filled, &(line.start..line.end));
            let end = range.end;
            self.rows.close(range);
            self.begin_row(false);
            self.rows.close(end..end);
        }
        true
    }

    /// The columns by which the rows of a paragraph after the first stand to the right: below the text
    /// after an ordinal such as 一、.
    fn hanging_indent(&self, leaf: &Leaf) -> u16 {
        let text = self.document.text_of(&leaf.range);
        let ordinal = &text[..ordinal_length(text)];
        let indent = columns(ordinal, self.settings.ambiguous) as u16;
        let room = self.settings.columns - self.margin.rest;
        if indent > 0
            && leaf.kind == LeafKind::Paragraph
            && indent <= room / 4
            && !text.contains('\n')
        {
            indent
        } else {
            0
        }
    }

    /// What stands above a leaf: the syllables by which its characters are spread, and glosses in a row above those. The
    /// places are those of the text that is filled.
    fn above(
        &self,
        leaf: &Leaf,
        kind: RoleKind,
        converted: Option<&ConvertedText>,
    ) -> [Vec<Syllable>; 2] {
        if kind == RoleKind::Label {
            return [Vec::new(), Vec::new()];
        }
        let ambiguous = self.settings.ambiguous;
        let (text, range) = match converted {
            Some(converted) => (&converted.text, 0..converted.text.len() as u32),
            None => (&self.document.text, leaf.range.clone()),
        };
        let first = self.glosses.partition_point(|it| it.at < leaf.range.start);
        let last = self.glosses.partition_point(|it| it.at < leaf.range.end);
        let place =
            |at: u32| converted.map_or(at, |converted| converted.shown_of(at - leaf.range.start));
        let mut glosses = pinyin::glosses(&self.glosses[first..last], place, ambiguous);
        let syllables = if self.settings.pinyin {
            pinyin::read(text, range, ambiguous, self.settings.joined_pinyin)
        } else {
            Vec::new()
        };
        if syllables.is_empty() {
            pinyin::leave_out_crowded(&mut glosses, text, ambiguous);
            [glosses, Vec::new()]
        } else {
            [syllables, glosses]
        }
    }

    /// Sets the row of syllables or glosses above a line, if there are any.
    fn syllables(
        &mut self,
        filled: &FilledText,
        line: &FilledLine,
        column: u16,
        syllables: &[Syllable],
    ) {
        let is_any = syllables.iter().any(|syllable| syllable.before.is_some());
        if line.is_placeholder || !is_any {
            return;
        }
        self.begin_row(false);
        // A piece for those that are certain, and for those that are not.
        for syllables in syllables.chunk_by(|one, next| one.is_certain == next.is_certain) {
            let mut places = syllables.iter().filter_map(|it| Some((it, it.before?)));
            let Some((first, start)) = places.next() else {
                continue;
            };
            let own = self.rows.own.len() as u32;
            self.rows.own.push_str(&first.text);
            let mut end = start + u32::from(first.columns);
            for (syllable, before) in places {
                match syllable.joint {
                    Joint::Apostrophe => self.rows.own.push('\''),
                    _ => (end..before).for_each(|_| self.rows.own.push(' ')),
                }
                self.rows.own.push_str(&syllable.text);
                end = before + u32::from(syllable.columns);
            }
            self.rows.pieces.push(Piece {
                origin: Origin::Own(own..self.rows.own.len() as u32),
                shown: None,
                column: column + (start - line.before) as u16,
                columns: (end - start) as u16,
                role: Role {
                    kind: if first.is_gloss {
                        RoleKind::Gloss
                    } else {
                        RoleKind::Pinyin
                    },
                    inline: if first.is_certain {
                        Inline::empty()
                    } else {
                        Inline::EMPHASIS
                    },
                },
                link: None,
            });
        }
        let range = self.source_of(filled, &(line.start..line.start));
        self.rows.close(range);
    }

    fn code(&mut self, leaf: &Leaf) {
        let width = self.settings.columns;
        let indent = if width - self.margin.rest.max(self.margin.first) > 10 {
            CODE_INDENT
        } else {
            0
        };
        let measure = self.measure(
            width - self.margin.first - indent,
            width - self.margin.rest - indent,
        );
        let filled = self.fill(
            leaf,
            leaf.range.clone(),
            Measure {
                kind: FillKind::Code,
                spacing: Spacing::Keep,
                ..measure
            },
            Vec::new(),
        );
        let arrow = columns(CODE_CONTINUES, self.settings.ambiguous) as u16;
        for (index, line) in filled.lines.iter().enumerate() {
            let margin = if index == 0 {
                self.margin.first
            } else {
                self.margin.rest
            };
            self.begin_row(index == 0);
            if line.continues && arrow <= indent {
                self.draw_own(CODE_CONTINUES, margin, arrow, RoleKind::Marker);
            }
            self.draw(&filled, line, margin + indent, RoleKind::Code);
            self.rows.close(line.start..line.end);
        }
    }

    /// Sets a thematic break: a short rule in the middle.
    fn rule(&mut self, leaf: &Leaf) {
        let room = self.settings.columns - self.margin.first;
        let dash = columns("─", self.settings.ambiguous) as u16;
        let dashes = (room / 4).max(3).min(room / dash);
        let text = "─".repeat(usize::from(dashes));
        self.begin_row(true);
        self.draw_own(
            &text,
            self.margin.first + (room - dashes * dash) / 2,
            dashes * dash,
            RoleKind::Rule,
        );
        self.rows.close(leaf.range.clone());
    }

    pub(super) fn measure(&self, first: u16, rest: u16) -> Measure {
        Measure {
            first,
            rest,
            hang: 0,
            ambiguous: self.settings.ambiguous,
            spacing: self.settings.spacing,
            hyphenation: false,
            kind: FillKind::Prose,
        }
    }

    /// Fills a range of a leaf's text into lines.
    pub(super) fn fill(
        &self,
        leaf: &Leaf,
        range: Range<u32>,
        measure: Measure,
        syllables: Vec<Syllable>,
    ) -> FilledText {
        let converted = self.converted(&range, false);
        self.fill_converted(leaf, range, measure, syllables, converted)
    }

    /// A range of the text in the other script; `may_move` is whether words may become longer or shorter.
    fn converted(&self, range: &Range<u32>, may_move: bool) -> Option<ConvertedText> {
        let conversion = self.settings.conversion?;
        conversion.convert(self.document.text_of(range), may_move)
    }

    /// Fills a range of a leaf's text, or what it was converted to, into lines. Their bytes are those of the converted
    /// text, as if that began where the range does.
    fn fill_converted(
        &self,
        leaf: &Leaf,
        range: Range<u32>,
        measure: Measure,
        syllables: Vec<Syllable>,
        converted: Option<ConvertedText>,
    ) -> FilledText {
        let runs = &self.document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
        let first = leaf.runs.start;
        let Some(converted) = converted else {
            let text = &self.document.text;
            return paragraph::fill(text, range, runs, first, measure, syllables);
        };
        let skipped = runs.partition_point(|run| run.range.end <= range.start);
        let inside = runs[skipped..]
            .iter()
            .take_while(|run| run.range.start < range.end);
        let shown = |at: u32| converted.shown_of(at.clamp(range.start, range.end) - range.start);
        let runs: Vec<StyleRun> = inside
            .map(|run| StyleRun {
                range: shown(run.range.start)..shown(run.range.end),
                ..*run
            })
            .collect();
        let (text, first) = (&converted.text, first + skipped as u32);
        let whole = 0..text.len() as u32;
        let mut filled = paragraph::fill(text, whole, &runs, first, measure, syllables);
        for line in &mut filled.lines {
            for at in [&mut line.start, &mut line.shown, &mut line.end] {
                *at += range.start;
            }
        }
        filled
            .style_changes
            .iter_mut()
            .for_each(|it| it.at += range.start);
        filled
            .syllables
            .iter_mut()
            .for_each(|it| it.at += range.start);
        filled.converted = Some((range, converted));
        filled
    }

    /// The bytes of the document's text that are shown at a range of bytes.
    fn source_of(&self, filled: &FilledText, shown: &Range<u32>) -> Range<u32> {
        let Some((range, converted)) = &filled.converted else {
            return shown.clone();
        };
        let text = self.document.text_of(range);
        let source = |at: u32| range.start + converted.source_of(text, at - range.start);
        source(shown.start)..source(shown.end)
    }

    /// Begins a row with the margin's part of it.
    pub(super) fn begin_row(&mut self, is_first: bool) {
        self.rows.open();
        self.margin.draw(is_first, self.rows);
    }

    /// Draws a line at a column of the row: a piece for each inline style.
    pub(super) fn draw(
        &mut self,
        filled: &FilledText,
        line: &FilledLine,
        column: u16,
        kind: RoleKind,
    ) {
        if line.is_placeholder {
            return self.draw_own(PLACEHOLDER, column, line.columns, kind);
        }
        let changes = &filled.style_changes;
        let next = changes.partition_point(|change| change.at <= line.start);
        let mut run = next.checked_sub(1).and_then(|last| changes[last].run);
        let mut changes = changes[next..]
            .iter()
            .take_while(|change| change.at < line.shown);
        let mut start = line.start;
        let mut start_column = filled.lead(line);
        while start < line.shown {
            let change = changes.next();
            let end = change.map_or(line.shown, |change| change.at);
            let shown = change.map_or(line.shown, |change| change.at - change.hidden);
            let next_column =
                change.map_or(line.columns, |change| (change.before - line.before) as u16);
            let gap = change.map_or(0, |change| change.gap as u16);
            let run_style = run.map(|run| &self.document.runs[run as usize]);
            if start < shown {
                let piece = Piece {
                    origin: Origin::Document(start..shown),
                    shown: None,
                    column: column + start_column,
                    columns: next_column - gap - start_column,
                    role: Role {
                        kind,
                        inline: run_style.map_or(Inline::empty(), |run| run.inline),
                    },
                    link: run_style.and_then(|run| run.link),
                };
                match &filled.converted {
                    None => self.rows.pieces.push(piece),
                    Some(_) => self.push_converted(filled, &piece, start..shown),
                }
            }
            start = end;
            start_column = next_column;
            run = change.and_then(|change| change.run);
        }
        if line.has_hyphen {
            self.draw_own("-", column + line.columns, 1, kind);
        }
    }

    /// Adds the pieces of a range of a converted text: each word of another length is one of its own.
    fn push_converted(&mut self, filled: &FilledText, piece: &Piece, range: Range<u32>) {
        let Some((source, converted)) = &filled.converted else {
            return;
        };
        let (mut at, mut column) = (range.start, piece.column);
        let first = { &converted.words }.partition_point(|[_, word]| source.start + word.end <= at);
        let words = converted.words[first..].iter();
        let ends = words.flat_map(|[_, word]| [word.start, word.end]);
        for end in ends.map(|end| source.start + end).chain([range.end]) {
            let end = end.clamp(at, range.end);
            if end == at {
                continue;
            }
            let text = &converted.text[(at - source.start) as usize..(end - source.start) as usize];
            let own = self.rows.own.len() as u32;
            self.rows.own.push_str(text);
            let columns = columns(text, self.settings.ambiguous) as u16;
            self.rows.pieces.push(Piece {
                origin: Origin::Document(self.source_of(filled, &(at..end))),
                shown: Some(own..self.rows.own.len() as u32),
                column,
                columns,
                ..piece.clone()
            });
            (at, column) = (end, column + columns);
            if at == range.end {
                break;
            }
        }
    }

    /// Draws a text that is not the document's.
    pub(super) fn draw_own(&mut self, text: &str, column: u16, columns: u16, kind: RoleKind) {
        if !text.is_empty() {
            let origin = Origin::Own(self.rows.add_own(text));
            self.rows.pieces.push(Piece {
                origin,
                shown: None,
                column,
                columns,
                role: Role::of(kind),
                link: None,
            });
        }
    }
}

/// The role of a paragraph, by the containers around it.
fn paragraph_kind(document: &Document, leaf: &Leaf) -> RoleKind {
    let mut kind = RoleKind::Text;
    for (_, container) in document.containers_of(leaf) {
        match container.kind {
            ContainerKind::Footnote(_) => return RoleKind::Footnote,
            ContainerKind::Quote => kind = RoleKind::Quote,
            _ => {}
        }
    }
    kind
}

/// Places glosses above the syllables of a line where there is room: each above its word, or moved to the left as far as it
/// must be to stay in the line. What has no room is left out.
fn place_above(glosses: &mut [Syllable], syllables: &[Syllable], line: &FilledLine, room: u16) {
    let end_of_line = line.before + u32::from(room);
    let mut end = line.before;
    for gloss in glosses {
        let own = syllables.binary_search_by_key(&gloss.at, |syllable| syllable.at);
        let own = own.ok().map(|index| &syllables[index]);
        let Some(word) = own.and_then(|own| Some(own.before? + u32::from(own.lead))) else {
            continue;
        };
        let columns = u32::from(gloss.columns);
        let start = word.min(end_of_line.saturating_sub(columns));
        if start >= end && start + columns <= end_of_line && start + columns > word {
            gloss.before = Some(start);
            end = start + columns + 1;
        }
    }
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
