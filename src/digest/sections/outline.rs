//! What a body is made of: its headings, rules, labels and containers, the evidence of language between them, its definitions.

use std::ops::Range;

use super::evidence::Evidence;
use super::name::Name;
use crate::text::Language;

/// A place in the body: byte offset, and line counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub offset: usize,
    pub line: u32,
}

/// A line that gives the body its structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    /// What its words say, if it has words and they say something.
    pub name: Option<Name>,
    pub start: Spot,
    pub end: Spot,
    /// The evidence in all that comes before.
    pub before: Evidence,
}

/// The kinds of [`Mark`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A thematic break.
    Rule,
    /// A heading of a level.
    Heading(u8),
    /// A label; the range of its words in the body.
    Label(Range<usize>),
    /// A target of links: `<a name="english"></a>`.
    Anchor,
    /// The start of an element that says its language: `<div lang="en">`.
    Open(Language),
    /// The end of such an element.
    Close,
    /// A line `**name**: value` that begins a block.
    Field,
}

/// A paragraph of one line that may be metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loner<'a> {
    /// The target of the source link; `None` if the paragraph repeats a title.
    pub link: Option<&'a str>,
    pub start: Spot,
    pub end: Spot,
    /// How many blocks of the body come before.
    pub blocks: u32,
    /// Whether it was chosen not to be shown.
    pub is_hidden: bool,
}

/// What the walk finds.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub marks: Vec<Mark>,
    pub loners: Vec<Loner<'a>>,
    /// The definitions, as Markdown.
    pub definitions: String,
    /// The evidence in the whole body.
    pub evidence: Evidence,
    /// The lines, counted from 0, on which a fence opens that is never closed.
    pub unclosed: Vec<u32>,
    /// Where the body ends.
    pub end: Spot,
}

impl Outline<'_> {
    /// The evidence between a mark, or the start if none, and another, or the end.
    pub(super) fn between(&self, from: Option<usize>, to: Option<usize>) -> Evidence {
        self.before(to) - from.map_or_else(Evidence::default, |from| self.marks[from].before)
    }

    /// The evidence before a mark, or in all.
    pub(super) fn before(&self, mark: Option<usize>) -> Evidence {
        mark.map_or(self.evidence, |mark| self.marks[mark].before)
    }
}
