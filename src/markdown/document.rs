//! The document: one cleaned text, and what its ranges are.
//!
//! All text is in one string, block after block, so that a position is a byte offset, a search is
//! one scan, and a document of a million characters takes a handful of allocations. Its units are
//! byte ranges. A [`Leaf`] is typeset by itself (`CommonMark`'s leaf block: a paragraph, a heading,
//! a code block, a table …). A [`Block`] is counted, jumped between and aligned: a leaf, or all the
//! leaves of one quotation.

use std::ops::Range;

use crate::text::Problem;

/// What stands before the alternative text of an image.
pub const PICTURE: &str = "▣ ";

/// A parsed text: cleaned characters, the units of it, and what had to be repaired.
///
/// Invariants: blocks, leaves and runs are each sorted and do not overlap; every leaf is in exactly
/// one block; blocks are separated in `text` by one `\n` that belongs to none, leaves of one block
/// by one `\n` that belongs to the block.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The cleaned text: what is searched, copied and counted in. A `\n` inside a leaf is a hard
    /// line break (or ends a line of code); in tables `\t` separates the cells and `\n` the rows,
    /// but a `\n` inside a cell's range is a hard line break.
    pub text: String,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// The leaves in reading order.
    pub leaves: Vec<Leaf>,
    /// The containers (quotations, lists, items) around leaves; a leaf refers to its innermost.
    pub containers: Vec<Container>,
    /// Inline styles: sorted, not overlapping, none empty; plain text has no run.
    pub runs: Vec<StyleRun>,
    /// The targets of links; runs refer to them by index.
    pub links: Vec<Link>,
    /// The tables; their leaves refer to them by index.
    pub tables: Vec<Table>,
    /// The languages that code blocks name, cleaned, in the order of their leaves: each with the
    /// index of its leaf.
    pub code_languages: Vec<(u32, String)>,
    /// What had to be repaired or left out while parsing.
    pub problems: Vec<Problem>,
}

/// A unit that is counted, jumped between and aligned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Byte range of its text in [`Document::text`].
    pub range: Range<u32>,
    /// Its leaves, as a range of indices into [`Document::leaves`]; never empty.
    pub leaves: Range<u32>,
    /// The line of the file on which it starts, counted from 1; a list item's own line.
    pub line: u32,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A label such as `**Summary:**`, shown as a heading.
    Label,
    /// A paragraph outside of lists.
    Paragraph,
    /// A list item's own first paragraph; empty if the item begins with code, a table, a quotation
    /// or another list. An item that begins with a heading has the heading's block instead.
    Item,
    /// A further paragraph of a list item.
    ItemParagraph,
    /// A table.
    Table,
    /// A code block.
    Code,
    /// A block of HTML, reduced to its text.
    Html,
    /// A quotation with all its leaves.
    Quote,
    /// A thematic break.
    Break,
    /// A paragraph of a footnote's definition.
    Footnote,
}

/// A unit that is typeset by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its kind.
    pub kind: LeafKind,
    /// Byte range of its text in [`Document::text`]; empty for a thematic break.
    pub range: Range<u32>,
    /// The innermost container around it, as an index into [`Document::containers`].
    pub container: Option<u32>,
    /// The runs inside it, as a range of indices into [`Document::runs`].
    pub runs: Range<u32>,
}

/// The kind of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeafKind {
    /// A paragraph.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A label.
    Label,
    /// A code block: lines as they are, tabs expanded to stops of four columns.
    Code,
    /// A table, as an index into [`Document::tables`].
    Table(u32),
    /// A block of HTML, reduced to its text.
    Html,
    /// A thematic break.
    Break,
}

/// A container around leaves: a node of a tree with links from the leaf upwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its kind.
    pub kind: ContainerKind,
    /// The container around it; always has a smaller index.
    pub parent: Option<u32>,
    /// The first leaf inside it, as an index into [`Document::leaves`]; an item's marker is shown
    /// beside it.
    pub first_leaf: u32,
}

/// The kind of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// A quotation.
    Quote,
    /// A list.
    List {
        /// The greatest number among its items, for aligning the numbers; none if it has bullets.
        last: Option<u64>,
        /// The width of its longest item's own text, in rough columns (2 for an East Asian
        /// character, 1 for others): a list of long items is spaced, whether loose or tight in the
        /// source.
        longest: u32,
    },
    /// A list item.
    Item(Marker),
    /// A footnote's definition, with its label as shown.
    Footnote(String),
}

/// The marker of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number, and the mark behind it: `.` or `)`.
    Number(u64, char),
    /// A task's box, ticked or not.
    Task(bool),
}

/// A range of text with an inline style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleRun {
    /// Byte range in [`Document::text`].
    pub range: Range<u32>,
    /// Its styles.
    pub inline: Inline,
    /// The link it is part of, as an index into [`Document::links`].
    pub link: Option<u32>,
}

bitflags::bitflags! {
    /// A set of inline styles.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Inline: u16 {
        /// Strong emphasis.
        const STRONG = 1;
        /// Emphasis.
        const EMPHASIS = 2;
        /// Struck through.
        const STRIKE = 4;
        /// Inline code.
        const CODE = 8;
        /// Mathematics, as its source.
        const MATH = 16;
        /// A link's text.
        const LINK = 32;
        /// The text shown for an image, `▣ alt`; for a video or a sound, `[video: alt]`.
        const IMAGE = 64;
        /// A reference to a footnote.
        const FOOTNOTE = 128;
        /// A gloss over characters (`<rt>`), shown after them in brackets.
        const RUBY = 256;
        /// The summary of a `<details>` element.
        const SUMMARY = 512;
        /// Underlined (`<u>`, `<ins>`): in Chinese often a proper name.
        const UNDERLINE = 1024;
    }
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as written, cleaned; it may be relative, or of a scheme that is never opened.
    /// For a footnote reference, `#` and its label.
    pub target: String,
    /// Whether it is an image's source.
    pub image: bool,
    /// For a footnote reference: the block of its definition, if the document has it.
    pub footnote: Option<u32>,
}

/// A table's shape; the text of its cells is in the document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The alignment of each of its columns; their number is the table's width in cells.
    pub alignments: Vec<ColumnAlignment>,
    /// The byte range in [`Document::text`] of each cell, row by row, the head first; every row
    /// has as many as there are alignments.
    pub cells: Vec<Range<u32>>,
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnAlignment {
    /// Not given: to the left.
    None,
    /// To the left.
    Left,
    /// To the centre.
    Centre,
    /// To the right.
    Right,
}

impl Document {
    /// Appends a block of one leaf, whose text is not parsed; returns its range.
    pub fn push(&mut self, kind: BlockKind, leaf: LeafKind, text: &str) -> Range<u32> {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let range = start..self.text.len() as u32;
        let (index, runs) = (self.leaves.len() as u32, self.runs.len() as u32);
        self.leaves.push(Leaf {
            kind: leaf,
            range: range.clone(),
            container: None,
            runs: runs..runs,
        });
        self.blocks.push(Block {
            kind,
            range: range.clone(),
            leaves: index..index + 1,
            line: 1,
        });
        range
    }

    /// The text of a block.
    pub fn block_text(&self, block: usize) -> &str {
        let range = &self.blocks[block].range;
        &self.text[range.start as usize..range.end as usize]
    }

    /// The text of a range.
    pub fn text_of(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    /// The text of a link, in one line.
    pub fn text_of_link(&self, link: u32) -> String {
        let runs = self.runs.iter().filter(|run| run.link == Some(link));
        let text: String = runs.map(|run| self.text_of(&run.range)).collect();
        text.replace('\n', " ")
    }

    /// The block that contains a byte offset of the text, or the last one before it; none in an
    /// empty document.
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        self.blocks
            .partition_point(|block| block.range.start <= offset)
            .checked_sub(1)
    }

    /// The line of the file, counted from 1, on which the block of a byte begins; in a table the line of its row.
    pub fn line_at(&self, offset: u32) -> u32 {
        let Some(block) = self.block_at(offset).map(|index| &self.blocks[index]) else {
            return 1;
        };
        let leaf = self.leaves.get(block.leaves.start as usize);
        let Some(LeafKind::Table(table)) = leaf.map(|leaf| leaf.kind) else {
            return block.line;
        };
        let Table { alignments, cells } = &self.tables[table as usize];
        let cell = cells.partition_point(|cell| cell.start <= offset);
        let row = cell.saturating_sub(1) / alignments.len().max(1);
        // Below the head is the delimiter row.
        block.line + row as u32 + u32::from(row > 0)
    }

    /// The containers around a leaf with their indices, innermost first.
    pub fn containers_of(&self, leaf: &Leaf) -> impl Iterator<Item = (u32, &Container)> {
        let container = |index: u32| (index, &self.containers[index as usize]);
        std::iter::successors(leaf.container.map(container), move |(_, inner)| {
            inner.parent.map(container)
        })
    }
}
