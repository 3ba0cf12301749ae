//! Markdown source to [`Document`].

use super::document::Document;

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Markdown blocks.
    Markdown,
    /// The words of a label, shown as a heading.
    Label,
}

/// A piece of Markdown source and where it stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: PieceKind,
    /// The source, not cleaned.
    pub source: &'a str,
    /// The line of the file on which it starts, counted from 1.
    pub line: u32,
}

/// Parses pieces of source, one after the other, into one document. `definitions` holds link reference and footnote
/// definitions that the pieces may use; only footnotes that are referred to are shown, at the end.
pub fn parse(_pieces: &[Piece<'_>], _definitions: &str) -> Document {
    Document::default()
}
