//! Builds a document: puts leaves into blocks and containers, and keeps the document's invariants.

use super::document::{
    Block, BlockKind, Container, ContainerKind, Document, Leaf, LeafKind, Marker, Table,
};
use super::writer::{TextStyle, TextWriter};
use crate::text::{Problem, ProblemKind};

/// How many containers may be nested in each other; text that is nested deeper is shown in the
/// deepest.
const MAX_DEPTH: usize = 32;

/// A container whose content is being read.
#[derive(Debug)]
struct OpenContainer {
    kind: OpenKind,
    /// The document's container, once it has a leaf.
    container: Option<u32>,
    /// Whether it is nested too deep and is shown as the container around it.
    is_too_deep: bool,
}

/// The kind of an open container. Lines are those of the file on which it starts.
#[derive(Debug)]
pub(super) enum OpenKind {
    Quote,
    List {
        /// The number of its next item, if it has numbers.
        next_number: Option<u64>,
    },
    Item {
        marker: Marker,
        line: u32,
        /// Whether its own first paragraph exists.
        has_own: bool,
    },
    Footnote {
        label: String,
        line: u32,
    },
}

/// The leaf that is being written.
#[derive(Clone, Copy, Debug)]
struct OpenLeaf {
    first_run: usize,
    /// The list of the item whose own text this leaf is.
    list: Option<u32>,
}

/// The block of a new leaf.
struct LeafBlock {
    kind: BlockKind,
    line: u32,
    /// The list of the item whose own text the leaf is.
    list: Option<u32>,
}

/// Builds a document, leaf by leaf.
#[derive(Debug, Default)]
pub(super) struct DocumentBuilder {
    pub(super) writer: TextWriter,
    pub(super) blocks: Vec<Block>,
    pub(super) tables: Vec<Table>,
    pub(super) problems: Vec<Problem>,
    leaves: Vec<Leaf>,
    containers: Vec<Container>,
    open_containers: Vec<OpenContainer>,
    /// How many open containers, from the outermost, are in the document already.
    placed: usize,
    quote_depth: usize,
    /// Whether the last block is the quotation that is open.
    is_in_quote_block: bool,
    leaf: Option<OpenLeaf>,
    /// The leaf that begins with the next text, and its line.
    next_leaf: Option<(LeafKind, u32)>,
    has_depth_problem: bool,
}

impl DocumentBuilder {
    pub(super) fn finish(mut self) -> Document {
        self.end_leaf();
        Document {
            text: self.writer.text,
            blocks: self.blocks,
            leaves: self.leaves,
            containers: self.containers,
            runs: self.writer.runs,
            links: self.writer.links,
            tables: self.tables,
            problems: self.problems,
        }
    }

    /// Enters a container that starts on a line.
    pub(super) fn enter(&mut self, kind: OpenKind, line: u32) {
        self.end_leaf();
        if !matches!(kind, OpenKind::Item { .. }) {
            self.give_item_own_text();
        }
        self.quote_depth += usize::from(matches!(kind, OpenKind::Quote));
        let is_too_deep = self.open_containers.len() >= MAX_DEPTH;
        if is_too_deep && !self.has_depth_problem {
            self.has_depth_problem = true;
            let reason = format!(
                "lists and quotations are nested more than {MAX_DEPTH} deep and shown less deep"
            );
            self.problems
                .push(Problem::new(ProblemKind::Structure, Some(line), reason));
        }
        self.open_containers.push(OpenContainer {
            kind,
            container: None,
            is_too_deep,
        });
    }

    /// Enters the next item of the innermost list.
    pub(super) fn enter_item(&mut self, line: u32) {
        let marker = match self.open_containers.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::List {
                next_number: Some(number),
            }) => {
                let marker = Marker::Number(*number);
                *number = number.saturating_add(1);
                marker
            }
            _ => Marker::Bullet,
        };
        self.enter(
            OpenKind::Item {
                marker,
                line,
                has_own: false,
            },
            line,
        );
    }

    /// Makes the innermost item a task.
    pub(super) fn task(&mut self, is_done: bool) {
        let Some(open) = self.open_containers.last_mut() else {
            return;
        };
        if let OpenKind::Item { marker, .. } = &mut open.kind {
            *marker = Marker::Task(is_done);
            if let Some(index) = open.container.filter(|_| !open.is_too_deep) {
                self.containers[index as usize].kind = ContainerKind::Item(*marker);
            }
        }
    }

    /// Leaves the innermost container.
    pub(super) fn leave(&mut self) {
        self.end_leaf();
        self.give_item_own_text();
        let Some(open) = self.open_containers.last() else {
            return;
        };
        if let OpenContainer {
            kind: OpenKind::Footnote { line, .. },
            container: None,
            ..
        } = *open
        {
            // References lead to a definition even if it is empty.
            self.put_empty_leaf(line);
        }
        if matches!(
            self.open_containers.pop(),
            Some(OpenContainer {
                kind: OpenKind::Quote,
                ..
            })
        ) {
            self.quote_depth -= 1;
            self.is_in_quote_block &= self.quote_depth > 0;
        }
        self.placed = self.placed.min(self.open_containers.len());
    }

    /// Sets the leaf that the next text begins, and its line.
    pub(super) fn prepare_leaf(&mut self, kind: LeafKind, line: u32) {
        self.end_leaf();
        self.next_leaf = Some((kind, line));
    }

    /// Prepares a paragraph on a line, unless a leaf is open or prepared.
    pub(super) fn prepare_paragraph(&mut self, line: u32) {
        if self.leaf.is_none() && self.next_leaf.is_none() {
            self.next_leaf = Some((LeafKind::Paragraph, line));
        }
    }

    /// Begins the leaf that is prepared; does nothing if a leaf is open.
    pub(super) fn need_leaf(&mut self) {
        if self.leaf.is_none() {
            let (kind, line) = self.next_leaf.take().unwrap_or((LeafKind::Paragraph, 1));
            self.begin_leaf(kind, line);
        }
    }

    pub(super) fn begin_leaf(&mut self, kind: LeafKind, line: u32) {
        self.end_leaf();
        // A heading or a block of HTML may be an item's own text; other leaves come after an empty
        // one.
        if !matches!(
            kind,
            LeafKind::Paragraph | LeafKind::Heading(_) | LeafKind::Html
        ) {
            self.give_item_own_text();
        }
        self.put_leaf(kind, line);
    }

    /// Ends the open leaf, if there is one.
    pub(super) fn end_leaf(&mut self) {
        self.next_leaf = None;
        let Some(open) = self.leaf.take() else { return };
        let Some(leaf) = self.leaves.last_mut() else {
            return;
        };
        if leaf.kind != LeafKind::Code {
            self.writer.end();
        }
        leaf.range.end = self.writer.at();
        if matches!(
            leaf.kind,
            LeafKind::Paragraph | LeafKind::Heading(_) | LeafKind::Html | LeafKind::Table(_)
        ) {
            self.writer.link_urls(open.first_run, leaf.range.clone());
        }
        leaf.runs = open.first_run as u32..self.writer.runs.len() as u32;
        if let Some(block) = self.blocks.last_mut() {
            block.range.end = leaf.range.end;
        }
        if let Some(list) = open.list
            && let ContainerKind::List { longest, .. } = &mut self.containers[list as usize].kind
        {
            *longest = (*longest).max(rough_columns(self.writer.written()));
        }
        self.writer.style = TextStyle::default();
        // From now on nothing trims this leaf.
        self.writer.begin();
    }

    /// Puts a rule inside HTML: a thematic break between blocks of HTML, a line break in running
    /// text.
    pub(super) fn put_html_rule(&mut self) {
        let html_line = match (self.next_leaf, self.leaf) {
            (Some((LeafKind::Html, line)), _) => Some(line),
            (None, Some(_))
                if self
                    .leaves
                    .last()
                    .is_some_and(|leaf| leaf.kind == LeafKind::Html) =>
            {
                self.blocks.last().map(|block| block.line)
            }
            _ => None,
        };
        match html_line {
            Some(line) => {
                self.begin_leaf(LeafKind::Break, line);
                self.prepare_leaf(LeafKind::Html, line);
            }
            None => self.writer.request_break(),
        }
    }

    /// Gives the innermost item an empty text of its own, if it has none yet: its marker needs a
    /// leaf.
    fn give_item_own_text(&mut self) {
        let Some(open) = self.open_containers.last() else {
            return;
        };
        if let OpenKind::Item {
            has_own: false,
            line,
            ..
        } = open.kind
        {
            self.put_empty_leaf(line);
        }
    }

    fn put_empty_leaf(&mut self, line: u32) {
        self.put_leaf(LeafKind::Paragraph, line);
        self.end_leaf();
    }

    /// Appends a leaf to the document, in its containers and its block.
    fn put_leaf(&mut self, kind: LeafKind, line: u32) {
        if !self.leaves.is_empty() {
            self.writer.text.push('\n');
        }
        self.place_containers();
        let LeafBlock {
            kind: block_kind,
            line,
            list,
        } = self.block_of(kind, line);
        let start = self.writer.at();
        let index = self.leaves.len() as u32;
        let container = self.open_containers.last().and_then(|open| open.container);
        let first_run = self.writer.runs.len();
        self.leaves.push(Leaf {
            kind,
            range: start..start,
            container,
            runs: first_run as u32..first_run as u32,
        });
        match self.blocks.last_mut() {
            Some(block) if self.is_in_quote_block => block.leaves.end = index + 1,
            _ => self.blocks.push(Block {
                kind: block_kind,
                range: start..start,
                leaves: index..index + 1,
                line,
            }),
        }
        self.is_in_quote_block = self.quote_depth > 0;
        self.writer.begin();
        self.leaf = Some(OpenLeaf { first_run, list });
    }

    /// Adds the open containers that are not in the document yet.
    fn place_containers(&mut self) {
        let first_leaf = self.leaves.len() as u32;
        for index in self.placed..self.open_containers.len() {
            let outer = index
                .checked_sub(1)
                .map(|outer| &self.open_containers[outer]);
            let parent = outer.and_then(|outer| outer.container);
            if self.open_containers[index].is_too_deep {
                self.open_containers[index].container = parent;
                continue;
            }
            let kind = match &self.open_containers[index].kind {
                OpenKind::Quote => ContainerKind::Quote,
                OpenKind::List { .. } => ContainerKind::List {
                    last: None,
                    longest: 0,
                },
                OpenKind::Item { marker, .. } => {
                    // A task counts too: the numbers after it go on.
                    if let (
                        Some(OpenKind::List {
                            next_number: Some(next),
                        }),
                        Some(list),
                    ) = (outer.map(|outer| &outer.kind), parent)
                        && let ContainerKind::List { last, .. } =
                            &mut self.containers[list as usize].kind
                    {
                        *last = (*last).max(Some(next.saturating_sub(1)));
                    }
                    ContainerKind::Item(*marker)
                }
                OpenKind::Footnote { label, .. } => ContainerKind::Footnote(label.clone()),
            };
            self.open_containers[index].container = Some(self.containers.len() as u32);
            self.containers.push(Container {
                kind,
                parent,
                first_leaf,
            });
        }
        self.placed = self.open_containers.len();
    }

    /// The block of a new leaf. The first leaf of an item becomes its own text.
    fn block_of(&mut self, kind: LeafKind, line: u32) -> LeafBlock {
        let outer = self
            .open_containers
            .len()
            .checked_sub(2)
            .map(|outer| &self.open_containers[outer]);
        let outer_list = outer
            .filter(|outer| !outer.is_too_deep)
            .and_then(|outer| outer.container);
        let mut block = LeafBlock {
            kind: BlockKind::Paragraph,
            line,
            list: None,
        };
        match self.open_containers.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::Item { has_own: true, .. }) => block.kind = BlockKind::ItemParagraph,
            Some(OpenKind::Item {
                has_own,
                line: item_line,
                ..
            }) => {
                *has_own = true;
                block = LeafBlock {
                    kind: BlockKind::Item,
                    line: *item_line,
                    list: outer_list,
                };
            }
            Some(OpenKind::Footnote { .. }) => block.kind = BlockKind::Footnote,
            _ => {}
        }
        if self.quote_depth > 0 {
            return LeafBlock {
                kind: BlockKind::Quote,
                line,
                ..block
            };
        }
        block.kind = match kind {
            LeafKind::Paragraph => block.kind,
            LeafKind::Html if block.kind == BlockKind::Item => BlockKind::Item,
            LeafKind::Heading(level) => BlockKind::Heading(level),
            LeafKind::Label => BlockKind::Label,
            LeafKind::Code => BlockKind::Code,
            LeafKind::Table(_) => BlockKind::Table,
            LeafKind::Html => BlockKind::Html,
            LeafKind::Break => BlockKind::Break,
        };
        block
    }
}

/// The columns of a text, roughly: two for each character of East Asia and each emoji.
fn rough_columns(text: &str) -> u32 {
    text.chars().map(|c| 1 + u32::from(c >= '\u{3000}')).sum()
}
