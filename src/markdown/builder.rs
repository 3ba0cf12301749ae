//! The builder: puts leaves into blocks and containers, and keeps the document's invariants.

use super::document::{Block, BlockKind, Container, ContainerKind, Document, Leaf, LeafKind, Marker, Table};
use super::frame::Frame;
use super::pen::{Pen, Style};
use crate::text::{Problem, ProblemKind};

/// How many containers may lie in each other; text that lies deeper is shown in the deepest.
pub(super) const MAX_DEPTH: usize = 32;

/// A frame and the container it became, once a leaf lay in it.
#[derive(Debug)]
struct Open {
    frame: Frame,
    container: Option<u32>,
    /// Whether it lies too deep and stands for the container around it.
    flat: bool,
}

/// The leaf that is being written.
#[derive(Clone, Copy, Debug)]
struct OpenLeaf {
    first_run: usize,
    /// The list whose item's own text this leaf is.
    list: Option<u32>,
}

/// Builds a document, leaf by leaf.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// Writes the text.
    pub(super) pen: Pen,
    /// The blocks so far.
    pub(super) blocks: Vec<Block>,
    /// The tables so far.
    pub(super) tables: Vec<Table>,
    /// The problems so far.
    pub(super) problems: Vec<Problem>,
    leaves: Vec<Leaf>,
    containers: Vec<Container>,
    frames: Vec<Open>,
    /// How many frames at the bottom have become containers.
    settled: usize,
    quotes: usize,
    /// Whether the last block is the quotation that is open.
    quote_open: bool,
    leaf: Option<OpenLeaf>,
    /// The leaf that begins with the next text, and its line.
    wanted: Option<(LeafKind, u32)>,
    too_deep: bool,
}

impl Builder {
    /// Makes a builder for about so many bytes of source.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let mut builder = Self::default();
        builder.pen.text.reserve(bytes + bytes / 64);
        builder.pen.runs.reserve(bytes / 256 + 2);
        builder.blocks.reserve(bytes / 128 + 2);
        builder.leaves.reserve(bytes / 128 + 2);
        builder.containers.reserve(bytes / 256 + 2);
        builder
    }

    /// The finished document.
    pub(super) fn finish(mut self) -> Document {
        self.end_leaf();
        Document {
            text: self.pen.text,
            blocks: self.blocks,
            leaves: self.leaves,
            containers: self.containers,
            runs: self.pen.runs,
            links: self.pen.links,
            tables: self.tables,
            problems: self.problems,
        }
    }

    /// Enters a container that starts on a line.
    pub(super) fn enter(&mut self, frame: Frame, line: u32) {
        self.end_leaf();
        if !matches!(frame, Frame::Item { .. }) {
            self.settle_item();
        }
        self.quotes += usize::from(matches!(frame, Frame::Quote));
        let flat = self.frames.len() >= MAX_DEPTH;
        if flat && !self.too_deep {
            self.too_deep = true;
            let reason = format!("lists and quotations are nested more than {MAX_DEPTH} deep and shown less deep");
            self.problems.push(Problem::new(ProblemKind::Structure, Some(line), reason));
        }
        self.frames.push(Open { frame, container: None, flat });
    }

    /// Enters an item of the list that was entered last.
    pub(super) fn enter_item(&mut self, line: u32) {
        let marker = match self.frames.last_mut().map(|open| &mut open.frame) {
            Some(Frame::List(Some(number))) => {
                let marker = Marker::Number(*number);
                *number = number.saturating_add(1);
                marker
            }
            _ => Marker::Bullet,
        };
        self.enter(Frame::Item { marker, line, own: false }, line);
    }

    /// Says that the item is a task.
    pub(super) fn task(&mut self, done: bool) {
        let Some(open) = self.frames.last_mut() else { return };
        if let Frame::Item { marker, .. } = &mut open.frame {
            *marker = Marker::Task(done);
            if let (Some(index), false) = (open.container, open.flat) {
                self.containers[index as usize].kind = ContainerKind::Item(*marker);
            }
        }
    }

    /// Leaves the container that was entered last.
    pub(super) fn leave(&mut self) {
        self.end_leaf();
        self.settle_item();
        if let Some(Open { frame: Frame::Footnote { line, .. }, container: None, .. }) = self.frames.last() {
            // References lead to a definition even when it is empty.
            let line = *line;
            self.put_leaf(LeafKind::Paragraph, line);
            self.end_leaf();
        }
        let Some(open) = self.frames.pop() else { return };
        self.settled = self.settled.min(self.frames.len());
        if matches!(open.frame, Frame::Quote) {
            self.quotes -= 1;
            self.quote_open &= self.quotes > 0;
        }
    }

    /// Says what leaf the next text begins, and on which line.
    pub(super) fn want(&mut self, kind: LeafKind, line: u32) {
        self.end_leaf();
        self.wanted = Some((kind, line));
    }

    /// Whether a leaf is being written.
    pub(super) fn in_leaf(&self) -> bool {
        self.leaf.is_some()
    }

    /// Whether the next text needs no leaf to be begun whose line is not known.
    pub(super) fn is_ready(&self) -> bool {
        self.leaf.is_some() || self.wanted.is_some()
    }

    /// The line of the block of HTML that is open.
    pub(super) fn html_line(&self) -> Option<u32> {
        match self.wanted {
            Some((LeafKind::Html, line)) => Some(line),
            None if self.leaf.is_some() && self.leaves.last()?.kind == LeafKind::Html => {
                self.blocks.last().map(|block| block.line)
            }
            _ => None,
        }
    }

    /// Begins the leaf that is wanted, or else a paragraph on the line; nothing when a leaf is being written.
    pub(super) fn need_leaf(&mut self, line: u32) {
        if self.leaf.is_none() {
            let (kind, line) = self.wanted.take().unwrap_or((LeafKind::Paragraph, line));
            self.begin_leaf(kind, line);
        }
    }

    /// Begins a leaf.
    pub(super) fn begin_leaf(&mut self, kind: LeafKind, line: u32) {
        self.end_leaf();
        // A heading or a block of HTML may be an item's own text; before other things stands an empty one.
        if !matches!(kind, LeafKind::Paragraph | LeafKind::Heading(_) | LeafKind::Html) {
            self.settle_item();
        }
        self.put_leaf(kind, line);
    }

    /// Ends the leaf that is being written, if one is.
    pub(super) fn end_leaf(&mut self) {
        self.wanted = None;
        let Some(open) = self.leaf.take() else { return };
        let Some(leaf) = self.leaves.last_mut() else { return };
        if leaf.kind != LeafKind::Code {
            self.pen.end();
        }
        leaf.range.end = self.pen.at();
        if matches!(leaf.kind, LeafKind::Paragraph | LeafKind::Heading(_) | LeafKind::Html | LeafKind::Table(_)) {
            self.pen.link_urls(open.first_run, leaf.range.clone());
        }
        leaf.runs = open.first_run as u32..self.pen.runs.len() as u32;
        if let Some(block) = self.blocks.last_mut() {
            block.range.end = leaf.range.end;
        }
        if let Some(ContainerKind::List { longest, .. }) =
            open.list.map(|list| &mut self.containers[list as usize].kind)
            // No text takes more columns than it has bytes.
            && leaf.range.end - leaf.range.start > *longest
        {
            *longest = (*longest).max(weight(&self.pen.text[leaf.range.start as usize..leaf.range.end as usize]));
        }
        self.pen.style = Style::default();
        // Whatever takes spaces back from now on takes none of this leaf.
        self.pen.begin();
    }

    /// Gives the innermost item its own empty text, if it has none yet: its marker needs a leaf.
    fn settle_item(&mut self) {
        if let Some(Open { frame: Frame::Item { own: false, line, .. }, .. }) = self.frames.last() {
            let line = *line;
            self.put_leaf(LeafKind::Paragraph, line);
            self.end_leaf();
        }
    }

    /// Puts a leaf at the end of the document, in its containers and its block.
    fn put_leaf(&mut self, kind: LeafKind, line: u32) {
        if !self.leaves.is_empty() {
            self.pen.text.push('\n');
        }
        self.settle_frames();
        let (block_kind, line, list) = self.block_kind(kind, line);
        let (start, index) = (self.pen.at(), self.leaves.len() as u32);
        let container = self.frames.last().and_then(|open| open.container);
        let first_run = self.pen.runs.len();
        self.leaves.push(Leaf { kind, range: start..start, container, runs: first_run as u32..first_run as u32 });
        match self.blocks.last_mut() {
            Some(block) if self.quote_open => block.leaves.end = index + 1,
            _ => self.blocks.push(Block { kind: block_kind, range: start..start, leaves: index..index + 1, line }),
        }
        self.quote_open = self.quotes > 0;
        self.pen.begin();
        self.leaf = Some(OpenLeaf { first_run, list });
    }

    /// Makes containers of the frames that have none yet.
    fn settle_frames(&mut self) {
        let first_leaf = self.leaves.len() as u32;
        for index in self.settled..self.frames.len() {
            let parent = index.checked_sub(1).and_then(|around| self.frames[around].container);
            if self.frames[index].flat {
                self.frames[index].container = parent;
                continue;
            }
            let kind = match &self.frames[index].frame {
                Frame::Quote => ContainerKind::Quote,
                Frame::List(_) => ContainerKind::List { last: None, longest: 0 },
                Frame::Item { marker, .. } => ContainerKind::Item(*marker),
                Frame::Footnote { label, .. } => ContainerKind::Footnote(label.clone()),
            };
            if let (ContainerKind::Item(_), Some(parent), Some(number)) = (&kind, parent, self.item_number(index))
                && let ContainerKind::List { last, .. } = &mut self.containers[parent as usize].kind
            {
                *last = Some(last.map_or(number, |last| last.max(number)));
            }
            self.frames[index].container = Some(self.containers.len() as u32);
            self.containers.push(Container { kind, parent, first_leaf });
        }
        self.settled = self.frames.len();
    }

    /// The number of an item's frame, also where it is a task: its list counts on.
    fn item_number(&self, item: usize) -> Option<u64> {
        match self.frames[item.checked_sub(1)?].frame {
            Frame::List(Some(next)) => Some(next.saturating_sub(1)),
            _ => None,
        }
    }

    /// The kind and the line of a leaf's block, and the list whose item's own text it is. Marks the item as having it.
    fn block_kind(&mut self, kind: LeafKind, line: u32) -> (BlockKind, u32, Option<u32>) {
        let list = self.frames.len().checked_sub(2).map(|around| &self.frames[around]).filter(|open| !open.flat);
        let list = list.and_then(|open| open.container);
        let mut own_list = None;
        let mut place = (BlockKind::Paragraph, line);
        match self.frames.last_mut().map(|open| &mut open.frame) {
            Some(Frame::Item { own, line: item_line, .. }) => {
                place = (BlockKind::ItemParagraph, line);
                if !std::mem::replace(own, true) {
                    place = (BlockKind::Item, *item_line);
                    own_list = list;
                }
            }
            Some(Frame::Footnote { .. }) => place.0 = BlockKind::Footnote,
            _ => {}
        }
        if self.quotes > 0 {
            return (BlockKind::Quote, line, own_list);
        }
        let block_kind = match kind {
            LeafKind::Paragraph => place.0,
            LeafKind::Html if place.0 == BlockKind::Item => BlockKind::Item,
            LeafKind::Heading(level) => BlockKind::Heading(level),
            LeafKind::Label => BlockKind::Label,
            LeafKind::Code => BlockKind::Code,
            LeafKind::Table(_) => BlockKind::Table,
            LeafKind::Html => BlockKind::Html,
            LeafKind::Break => BlockKind::Break,
        };
        (block_kind, place.1, own_list)
    }
}

/// The columns a text takes, counted roughly and fast: two for three-byte characters of East Asia and four-byte ones.
fn weight(text: &str) -> u32 {
    // So few bytes at a time that one byte holds their sum, which the compiler turns into vector instructions.
    const STEP: usize = 64;
    let columns = |byte: &u8| u8::from(!(0x80..0xC0).contains(byte)) + u8::from(*byte >= 0xE3);
    text.as_bytes().chunks(STEP).map(|step| u32::from(step.iter().map(columns).sum::<u8>())).sum()
}
