//! The document: one cleaned text, and what its ranges are.
//!
//! All text lies in one string, block after block, so that a position is a byte offset, a search is one scan, and a
//! document of a million characters is a handful of allocations. Two kinds of unit lie over it. A [`Leaf`] is what is
//! typeset by itself (`CommonMark`'s leaf block: a paragraph, a heading, a code block, a table …). A [`Block`] is what
//! is counted, jumped between and aligned: a leaf, or all the leaves of one quotation.

mod check;

use std::ops::Range;

use crate::text::Problem;

/// A parsed text: cleaned characters, the units over them, and what had to be mended.
///
/// Invariants: blocks, leaves and runs are each sorted and do not overlap; every leaf lies in exactly one block; blocks are separated
/// in `text` by one `\n` that belongs to none, leaves of one block by one `\n` that belongs to the block.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The cleaned text: what is searched, copied and counted in. A `\n` inside a leaf is a hard line break (or a line of code); in tables `\t` parts the cells and `\n` the rows, but a `\n` inside a cell's range is a hard line break.
    pub text: String,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// The leaves in reading order.
    pub leaves: Vec<Leaf>,
    /// The containers (quotations, lists, items) around leaves; a leaf names its innermost.
    pub containers: Vec<Container>,
    /// Inline styles: sorted, not overlapping, none empty; plain text has no run.
    pub runs: Vec<Run>,
    /// Where links lead; runs name them by index.
    pub links: Vec<Link>,
    /// The tables; table leaves name them by index.
    pub tables: Vec<Table>,
    /// What had to be mended or given up while parsing.
    pub problems: Vec<Problem>,
}

/// A unit that is counted, jumped between and aligned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Byte range of its text in [`Document::text`].
    pub range: Range<u32>,
    /// Its leaves, as a range of indices into [`Document::leaves`]; never empty.
    pub leaves: Range<u32>,
    /// The line of the file on which it starts, counted from 1; a list item's own line.
    pub line: u32,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A label such as `**Summary:**`, shown as a heading.
    Label,
    /// A paragraph outside of lists.
    Paragraph,
    /// A list item's own first paragraph (or its empty text, where it begins with code, a table, a quotation or another list). An item that
    /// begins with a heading has the heading's block instead.
    Item,
    /// A further paragraph of a list item.
    ItemParagraph,
    /// A table.
    Table,
    /// A code block.
    Code,
    /// A block of HTML, reduced to its text.
    Html,
    /// A quotation with all it holds.
    Quote,
    /// A thematic break.
    Break,
    /// A paragraph of a footnote's definition.
    Footnote,
}

/// A unit that is typeset by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What it is.
    pub kind: LeafKind,
    /// Byte range of its text in [`Document::text`]; empty for a thematic break.
    pub range: Range<u32>,
    /// The innermost container around it, as an index into [`Document::containers`].
    pub container: Option<u32>,
    /// The runs inside it, as a range of indices into [`Document::runs`].
    pub runs: Range<u32>,
}

/// What a leaf is.
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

/// A container around leaves: a node of a tree that is read from the leaf upwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it; always of a smaller index.
    pub parent: Option<u32>,
    /// The first leaf inside it, as an index into [`Document::leaves`]: the one that shows an item's marker.
    pub first_leaf: u32,
}

/// What a container is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    /// A quotation.
    Quote,
    /// A list.
    List {
        /// The greatest number among its items, for aligning the numbers; none where it has bullets.
        last: Option<u64>,
        /// The greatest weight among its items' own text, in columns as counted roughly (2 for East Asian wide, 1 else): long items are set apart, loose or tight in the source.
        longest: u32,
    },
    /// A list item.
    Item(Marker),
    /// A footnote's definition, with its label as shown.
    Footnote(String),
    /// A definition in a definition list.
    Definition,
}

/// What stands before a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(u64),
    /// A task's box, ticked or not.
    Task(bool),
}

/// A run of text with an inline style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Byte range in [`Document::text`].
    pub range: Range<u32>,
    /// Its styles.
    pub inline: Inline,
    /// The link it is part of, as an index into [`Document::links`].
    pub link: Option<u32>,
}

/// A set of inline styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Inline(u16);

impl Inline {
    /// No style.
    pub const PLAIN: Self = Self(0);
    /// Strong emphasis.
    pub const STRONG: Self = Self(1);
    /// Emphasis.
    pub const EMPHASIS: Self = Self(2);
    /// Struck through.
    pub const STRIKE: Self = Self(4);
    /// Inline code.
    pub const CODE: Self = Self(8);
    /// Mathematics, as its source.
    pub const MATH: Self = Self(16);
    /// A link's text.
    pub const LINK: Self = Self(32);
    /// An image's stand-in, `[image: alt]`.
    pub const IMAGE: Self = Self(64);
    /// A reference to a footnote.
    pub const FOOTNOTE: Self = Self(128);
    /// A gloss over characters (`<rt>`), shown after them in brackets.
    pub const RUBY: Self = Self(256);
    /// The summary of a `<details>` element.
    pub const SUMMARY: Self = Self(512);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without another's styles.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all styles of another set are in this one.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is no style at all.
    pub const fn is_plain(self) -> bool {
        self.0 == 0
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as written, cleaned; it may be relative, or of a scheme that is never opened. For a reference to a footnote `#` and its label.
    pub target: String,
    /// Whether it is an image's source.
    pub image: bool,
    /// For a reference to a footnote: the block that defines it, where the document holds it.
    pub footnote: Option<u32>,
}

/// A table's shape; its cells' text lies in the document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The alignment of each of its columns; their number is the table's width in cells.
    pub alignments: Vec<ColumnAlignment>,
    /// The byte range in [`Document::text`] of each cell, row by row, the head first; every row has as many as there are alignments.
    /// A `\n` inside it is a hard line break.
    pub cells: Vec<Range<u32>>,
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnAlignment {
    /// Not said: the start.
    None,
    /// To the left.
    Left,
    /// To the centre.
    Centre,
    /// To the right.
    Right,
}

impl Document {
    /// The text of a block.
    pub fn block_text(&self, block: usize) -> &str {
        let range = &self.blocks[block].range;
        &self.text[range.start as usize..range.end as usize]
    }

    /// The block that holds a byte offset of the text, or the last one before it; none in an empty document.
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        self.blocks.partition_point(|block| block.range.start <= offset).checked_sub(1)
    }

    /// The containers around a leaf, outermost first.
    pub fn containers_of(&self, leaf: &Leaf) -> Vec<u32> {
        let mut path = Vec::new();
        let mut next = leaf.container;
        while let Some(index) = next {
            path.push(index);
            next = self.containers[index as usize].parent;
        }
        path.reverse();
        path
    }
}
