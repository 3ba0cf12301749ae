//! Markdown source to [`Document`].

use std::borrow::Cow;

use super::builder::Builder;
use super::document::{Document, LeafKind};
use super::fold::Folder;
use super::source::Source;
use crate::text::{Problem, ProblemKind, clean_line};

/// How many bytes of source one document holds; pieces beyond are left out with a problem. Offsets are of 32 bits, and
/// a character of source can give a few of text.
const LONGEST: usize = 256 << 20;

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Markdown blocks.
    Markdown,
    /// The words of a label, shown as a heading.
    Label,
}

/// A piece of Markdown source and where it stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct SourcePart<'a> {
    /// What it is.
    pub kind: SourceKind,
    /// The source, not cleaned.
    pub source: &'a str,
    /// The line of the file on which it starts, counted from 1.
    pub line: u32,
}

/// Parses pieces of source, one after the other, into one document. `definitions` holds link reference and footnote
/// definitions that the pieces may use; only footnotes that are referred to are shown, at the end.
///
/// Never fails and never panics; takes time in proportion to the source. What is damaged is shown as it can be, and
/// said in [`Document::problems`]. Footnotes that the pieces themselves define are shown at the end, referred to or not.
pub fn parse(parts: &[SourcePart<'_>], definitions: &str) -> Document {
    let within_bounds = parts_within_bounds(parts, definitions);
    let sources: Vec<Prepared<'_>> = parts[..within_bounds]
        .iter()
        .map(|part| match part.kind {
            SourceKind::Label => Prepared::Label(*part),
            SourceKind::Markdown => Prepared::Markdown(Source::new(part.source, definitions, part.line)),
        })
        .collect();
    let mut builder = Builder::with_capacity(parts[..within_bounds].iter().map(|part| part.source.len()).sum());
    if let Some(cut) = parts.get(within_bounds) {
        let reason = format!("the text is longer than {} MB and was cut", LONGEST >> 20);
        builder.problems.push(Problem::new(ProblemKind::Cut, Some(cut.line), reason));
    }
    let mut folder = Folder::new(builder);
    for source in &sources {
        match source {
            Prepared::Label(part) => label(&mut folder.builder, part),
            Prepared::Markdown(source) => folder.markdown(source),
        }
    }
    folder.finish()
}

/// How many of the parts, from the first, one document holds.
fn parts_within_bounds(parts: &[SourcePart<'_>], definitions: &str) -> usize {
    let mut left = LONGEST;
    for (index, part) in parts.iter().enumerate() {
        let Some(rest) = left.checked_sub(part.source.len() + definitions.len()) else { return index };
        left = rest;
    }
    parts.len()
}

/// A part made ready.
enum Prepared<'a> {
    /// The words of a label.
    Label(SourcePart<'a>),
    /// Markdown for the parser.
    Markdown(Source<'a>),
}

/// The words of a label as they are shown.
pub(super) fn label_words(source: &str) -> Cow<'_, str> {
    clean_line(source.trim())
}

/// Puts a label.
fn label(builder: &mut Builder, piece: &SourcePart<'_>) {
    let words = label_words(piece.source);
    if !words.is_empty() {
        builder.begin_leaf(LeafKind::Label, piece.line);
        builder.pen.write_lines(&words);
        builder.end_leaf();
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
