//! What `digest` cuts a body into and `markdown` parses.

/// What a part of a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Complete Markdown blocks.
    Markdown,
    /// The words of a label such as `**Summary:**`, which reads as a heading.
    Label,
}

/// A part of a source and its line in the file.
#[derive(Clone, Copy, Debug)]
pub struct SourcePart<'a> {
    /// What it is.
    pub kind: SourceKind,
    /// The source, not cleaned.
    pub source: &'a str,
    /// The line of the file on which it starts, counted from 1.
    pub line: u32,
}
