//! Markdown source to [`Document`].

use std::ops::Range;

use super::builder::Builder;
use super::document::{Document, LeafKind};
use super::fold::Folder;
use super::plain::{PlainLine, plain_lines};
use super::source::Source;
use crate::text::{Problem, ProblemKind, clean_line};

/// How many bytes of source one document holds; pieces beyond are left out with a problem. Offsets are of 32 bits, and
/// a character of source can give a few of text.
const LONGEST: usize = 256 << 20;

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Markdown blocks.
    Markdown,
    /// Markdown blocks in which nothing need be cleaned: of [plain](crate::text::is_plain) text.
    Plain,
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
///
/// Never fails and never panics; takes time in proportion to the source. What is damaged is shown as it can be, and
/// said in [`Document::problems`]. Footnotes that the pieces themselves define are shown at the end, referred to or not.
pub fn parse(pieces: &[Piece<'_>], definitions: &str) -> Document {
    let mut left = LONGEST;
    let mut cut = None;
    let mut sources = Vec::with_capacity(pieces.len());
    let mut plain =
        Vec::with_capacity(pieces.iter().map(|piece| piece.source.len()).sum::<usize>().min(LONGEST) / 128 + 4);
    for piece in pieces {
        let size = piece.source.len() + definitions.len();
        if size > left {
            cut = Some(piece.line);
            break;
        }
        left -= size;
        sources.push(Prepared::new(piece, definitions, &mut plain));
    }
    let mut builder = Builder::with_capacity(pieces[..sources.len()].iter().map(|piece| piece.source.len()).sum());
    if let Some(line) = cut {
        let reason = format!("the text is longer than {} MB and was cut", LONGEST >> 20);
        builder.problems.push(Problem::new(ProblemKind::Cut, Some(line), reason));
    }
    let mut folder = Folder::new(builder);
    for source in &sources {
        match source {
            Prepared::Label(source) => label(&mut folder.builder, source),
            Prepared::Plain(lines) => folder.lines(&plain[lines.clone()]),
            Prepared::Markdown(source) => folder.markdown(source),
        }
    }
    folder.finish()
}

/// A piece made ready.
enum Prepared<'a> {
    Label(Source<'a>),
    /// Markdown that needs no parser: its lines among all such.
    Plain(Range<usize>),
    Markdown(Source<'a>),
}

impl<'a> Prepared<'a> {
    fn new(piece: &Piece<'a>, definitions: &str, plain: &mut Vec<PlainLine<'a>>) -> Self {
        if piece.kind == PieceKind::Label {
            return Self::Label(Source::new(piece.source, "", piece.line));
        }
        let first = plain.len();
        if definitions.is_empty() && plain_lines(piece, plain).is_some() {
            return Self::Plain(first..plain.len());
        }
        plain.truncate(first);
        Self::Markdown(Source::new(piece.source, definitions, piece.line))
    }
}

/// Puts a label.
fn label(builder: &mut Builder, source: &Source<'_>) {
    let words = source.restored(&source.text);
    let words = clean_line(words.trim());
    if !words.is_empty() {
        builder.begin_leaf(LeafKind::Label, source.line);
        builder.pen.write_lines(&words);
        builder.end_leaf();
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
