//! The split of a body into its language sections, on proof of language on both sides.

use std::ops::Range;
use std::sync::Arc;

use crate::text::Language;

/// What a part of a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Markdown blocks, complete in themselves.
    Markdown,
    /// A label such as `**Summary:**`, which reads as a heading. The range covers the words between the marks.
    Label,
}

/// A slice of the body that belongs to a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Byte range in the body.
    pub range: Range<usize>,
    /// The line of the file on which the range starts, counted from 1.
    pub line: u32,
}

/// One language's section of an article, or the whole text of an article that is not split.
///
/// Cheap to clone: the body is shared.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The body of the file, without its front matter. Not cleaned: cleaning comes after parsing.
    pub body: Arc<str>,
    /// What of the body belongs to the section, in reading order.
    pub parts: Vec<Part>,
    /// The body's link reference and footnote definitions, as Markdown, for parts that use but do not hold them. Often empty.
    pub definitions: Arc<str>,
}

/// The text of an article, split by language where both languages are proved.
#[derive(Clone, Debug)]
pub enum Sections {
    /// One text, shown whole.
    Whole {
        /// The text.
        section: Section,
        /// Its main language, if it has one.
        language: Option<Language>,
        /// Whether both languages are in it but could not be told apart into sections (interleaved paragraphs or lines).
        mixed: bool,
    },
    /// The same story in both languages.
    Pair {
        /// The Chinese section.
        chinese: Section,
        /// The English section.
        english: Section,
    },
}

impl Default for Sections {
    fn default() -> Self {
        Self::Whole { section: Section::default(), language: None, mixed: false }
    }
}
