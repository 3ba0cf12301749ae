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
    kind: ContainerKind,
    /// The document's container: the one around it if it is nested too deep.
    index: u32,
    line: u32,
    has_leaf: bool,
}

#[derive(Debug, Default)]
pub(super) struct DocumentBuilder {
    pub(super) writer: TextWriter,
    pub(super) blocks: Vec<Block>,
    pub(super) tables: Vec<Table>,
    pub(super) problems: Vec<Problem>,
    code_languages: Vec<(u32, String)>,
    leaves: Vec<Leaf>,
    containers: Vec<Container>,
    open_containers: Vec<OpenContainer>,
    quote_depth: usize,
    /// Whether the last block is the quotation that is open.
    is_in_quote_block: bool,
    /// Whether the last leaf is being written.
    is_in_leaf: bool,
    /// The list of the item whose own text the last leaf is.
    list_of_leaf: Option<u32>,
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
            code_languages: self.code_languages,
            problems: self.problems,
        }
    }

    /// Enters a container that starts on a line.
    pub(super) fn enter(&mut self, kind: ContainerKind, line: u32) {
        self.end_leaf();
        if !matches!(kind, ContainerKind::Item(_)) {
            self.give_item_own_text();
        }
        self.quote_depth += usize::from(kind == ContainerKind::Quote);
        let parent = self.open_containers.last().map(|open| open.index);
        let index = match parent {
            Some(parent) if self.open_containers.len() >= MAX_DEPTH => {
                self.add_depth_problem(line);
                parent
            }
            _ => {
                self.containers.push(Container {
                    kind: kind.clone(),
                    parent,
                    first_leaf: self.leaves.len() as u32,
                });
                self.containers.len() as u32 - 1
            }
        };
        self.open_containers.push(OpenContainer {
            kind,
            index,
            line,
            has_leaf: false,
        });
    }

    fn add_depth_problem(&mut self, line: u32) {
        if !std::mem::replace(&mut self.has_depth_problem, true) {
            let reason = tr!(
                "lists and quotations are nested more than {count} deep and shown less deep",
                count = MAX_DEPTH
            );
            self.problems
                .push(Problem::new(ProblemKind::Structure, Some(line), reason));
        }
    }

    /// Enters a list whose items have numbers from the first on, or bullets.
    pub(super) fn enter_list(&mut self, first: Option<u64>, line: u32) {
        let last = first.map(|first| first.wrapping_sub(1));
        self.enter(ContainerKind::List { last, longest: 0 }, line);
    }

    /// Enters an item. Its number is one more than that of the item before, or the one that is written if that is
    /// greater: in a list `1.`, `2.`, `4.` nothing is renumbered, and in one of `1.`, `1.`, `1.` the items count.
    pub(super) fn enter_item(&mut self, written: Option<u64>, mark: char, line: u32) {
        let list = self.open_containers.last().map(|open| open.index as usize);
        let marker = match list.map(|list| &mut self.containers[list].kind) {
            Some(ContainerKind::List {
                last: Some(last), ..
            }) => {
                let next = last.wrapping_add(1);
                *last = written.map_or(next, |written| written.max(next));
                Marker::Number(*last, mark)
            }
            _ => Marker::Bullet,
        };
        self.enter(ContainerKind::Item(marker), line);
    }

    /// Makes the innermost item a task.
    pub(super) fn task(&mut self, is_done: bool) {
        let is_too_deep = self.open_containers.len() > MAX_DEPTH;
        if let Some(open) = self.open_containers.last().filter(|_| !is_too_deep)
            && let ContainerKind::Item(marker) = &mut self.containers[open.index as usize].kind
        {
            *marker = Marker::Task(is_done);
        }
    }

    pub(super) fn leave(&mut self) {
        self.end_leaf();
        self.give_item_own_text();
        let Some(open) = self.open_containers.last() else {
            return;
        };
        let (is_quote, line) = (open.kind == ContainerKind::Quote, open.line);
        // References lead to a definition even if it is empty.
        if !open.has_leaf && matches!(open.kind, ContainerKind::Footnote(_)) {
            self.put_empty_leaf(line);
        }
        let is_too_deep = self.open_containers.len() > MAX_DEPTH;
        let empty = self
            .open_containers
            .pop()
            .filter(|open| !open.has_leaf && !is_too_deep);
        if let Some(empty) = empty {
            self.containers.truncate(empty.index as usize);
        }
        if is_quote {
            self.quote_depth -= 1;
            self.is_in_quote_block &= self.quote_depth > 0;
        }
    }

    /// Sets the leaf that the next text begins, and its line.
    pub(super) fn prepare_leaf(&mut self, kind: LeafKind, line: u32) {
        self.end_leaf();
        self.next_leaf = Some((kind, line));
    }

    /// Prepares a paragraph on a line, unless a leaf is open or prepared.
    pub(super) fn prepare_paragraph(&mut self, line: u32) {
        if !self.is_in_leaf && self.next_leaf.is_none() {
            self.next_leaf = Some((LeafKind::Paragraph, line));
        }
    }

    /// Begins the leaf that is prepared; does nothing if a leaf is open.
    pub(super) fn need_leaf(&mut self) {
        if !self.is_in_leaf {
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

    /// Begins a code block; `info` is what its fence says, cleaned: first its language.
    pub(super) fn begin_code(&mut self, info: &str, line: u32) {
        self.begin_leaf(LeafKind::Code, line);
        let mut words = info.split(|c: char| c.is_whitespace() || ",:{}.".contains(c));
        if let Some(language) = words.find(|word| !word.is_empty()) {
            let leaf = self.leaves.len() as u32 - 1;
            self.code_languages.push((leaf, language.to_owned()));
        }
    }

    /// Ends the open leaf, if there is one.
    pub(super) fn end_leaf(&mut self) {
        self.next_leaf = None;
        let was_in_leaf = std::mem::take(&mut self.is_in_leaf);
        let Some(leaf) = self.leaves.last_mut().filter(|_| was_in_leaf) else {
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
            self.writer
                .link_urls(leaf.runs.start as usize, leaf.range.clone());
        }
        leaf.runs.end = self.writer.runs.len() as u32;
        if let Some(block) = self.blocks.last_mut() {
            block.range.end = leaf.range.end;
        }
        if let Some(list) = self.list_of_leaf
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
        if let Some((LeafKind::Html, line)) = self.next_leaf {
            self.begin_leaf(LeafKind::Break, line);
            self.prepare_leaf(LeafKind::Html, line);
        } else {
            self.writer.request_break();
        }
    }

    /// Gives the innermost item an empty text of its own, if it has none yet: its marker needs a
    /// leaf.
    fn give_item_own_text(&mut self) {
        if let Some(open) = self.open_containers.last()
            && !open.has_leaf
            && matches!(open.kind, ContainerKind::Item(_))
        {
            self.put_empty_leaf(open.line);
        }
    }

    fn put_empty_leaf(&mut self, line: u32) {
        self.put_leaf(LeafKind::Paragraph, line);
        self.end_leaf();
    }

    /// Appends a leaf to the document, in its containers and its block. The first leaf of an item
    /// becomes its own text.
    fn put_leaf(&mut self, kind: LeafKind, line: u32) {
        if !self.leaves.is_empty() {
            self.writer.text.push('\n');
        }
        let innermost = self.open_containers.last();
        let own_item =
            innermost.filter(|open| matches!(open.kind, ContainerKind::Item(_)) && !open.has_leaf);
        let block_kind = self.block_kind(kind, own_item.is_some());
        let block_line = match own_item {
            Some(item) if block_kind != BlockKind::Quote => item.line,
            _ => line,
        };
        let depth = self.open_containers.len();
        self.list_of_leaf = (own_item.is_some() && (2..=MAX_DEPTH + 1).contains(&depth))
            .then(|| self.open_containers[depth - 2].index);
        let start = self.writer.at();
        let index = self.leaves.len() as u32;
        let first_run = self.writer.runs.len() as u32;
        self.leaves.push(Leaf {
            kind,
            range: start..start,
            container: innermost.map(|open| open.index),
            runs: first_run..first_run,
        });
        match self.blocks.last_mut() {
            Some(block) if self.is_in_quote_block => block.leaves.end = index + 1,
            _ => self.blocks.push(Block {
                kind: block_kind,
                range: start..start,
                leaves: index..index + 1,
                line: block_line,
            }),
        }
        for open in self.open_containers.iter_mut().rev() {
            if std::mem::replace(&mut open.has_leaf, true) {
                break;
            }
        }
        self.is_in_quote_block = self.quote_depth > 0;
        self.writer.begin();
        self.is_in_leaf = true;
    }

    fn block_kind(&self, kind: LeafKind, is_own_text: bool) -> BlockKind {
        match kind {
            _ if self.quote_depth > 0 => BlockKind::Quote,
            LeafKind::Paragraph | LeafKind::Html if is_own_text => BlockKind::Item,
            LeafKind::Paragraph => match self.open_containers.last().map(|open| &open.kind) {
                Some(ContainerKind::Item(_)) => BlockKind::ItemParagraph,
                Some(ContainerKind::Footnote(_)) => BlockKind::Footnote,
                _ => BlockKind::Paragraph,
            },
            LeafKind::Heading(level) => BlockKind::Heading(level),
            LeafKind::Label => BlockKind::Label,
            LeafKind::Code => BlockKind::Code,
            LeafKind::Table(_) => BlockKind::Table,
            LeafKind::Html => BlockKind::Html,
            LeafKind::Break => BlockKind::Break,
        }
    }
}

/// The columns of a text, roughly: two for each character of East Asia and each emoji.
fn rough_columns(text: &str) -> u32 {
    text.chars().map(|c| 1 + u32::from(c >= '\u{3000}')).sum()
}
