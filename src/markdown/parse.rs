//! Markdown source to [`Document`].

use std::borrow::Cow;
use std::ops::Range;

use super::builder::Builder;
use super::document::{Document, LeafKind};
use super::fold::Folder;
use super::plain::{PlainRun, plain_runs};
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
    let size: usize = pieces.iter().map(|piece| piece.source.len()).sum();
    let mut plain = Vec::with_capacity(size.min(LONGEST) / 64 + 8);
    let (prepared, cut) = prepare(pieces, definitions, &mut plain);
    fold(pieces, &prepared, &plain, cut)
}

/// Whether pieces are more than one document holds.
pub(super) fn is_too_long<'a>(pieces: impl IntoIterator<Item = Piece<'a>>, definitions: &str) -> bool {
    let sizes = pieces.into_iter().map(|piece| piece.source.len() + definitions.len());
    sizes.sum::<usize>() > LONGEST
}

/// Makes pieces ready, as many as one document holds; the runs of those that are plain go to the others. Also the line of the first piece
/// that is too much.
fn prepare<'a>(
    pieces: &[Piece<'a>],
    definitions: &str,
    plain: &mut Vec<PlainRun<'a>>,
) -> (Vec<Prepared<'a>>, Option<u32>) {
    let mut left = LONGEST;
    let mut prepared = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let size = piece.source.len() + definitions.len();
        if size > left {
            return (prepared, Some(piece.line));
        }
        left -= size;
        prepared.push(Prepared::new(piece, definitions, plain));
    }
    (prepared, None)
}

/// Folds pieces that are ready into a document; `cut` is the line of the first one that is not among them.
fn fold(pieces: &[Piece<'_>], prepared: &[Prepared<'_>], plain: &[PlainRun<'_>], cut: Option<u32>) -> Document {
    let mut builder = Builder::with_capacity(pieces[..prepared.len()].iter().map(|piece| piece.source.len()).sum());
    if let Some(line) = cut {
        let reason = format!("the text is longer than {} MB and was cut", LONGEST >> 20);
        builder.problems.push(Problem::new(ProblemKind::Cut, Some(line), reason));
    }
    let mut folder = Folder::new(builder);
    for piece in prepared {
        match piece {
            Prepared::Label(piece) => label(&mut folder.builder, piece),
            Prepared::Plain(runs) => folder.runs(&plain[runs.clone()]),
            Prepared::Markdown(source) => folder.markdown(source),
        }
    }
    folder.finish()
}

/// A piece made ready.
enum Prepared<'a> {
    /// The words of a label.
    Label(Piece<'a>),
    /// Markdown that needs no parser: its runs among all such.
    Plain(Range<usize>),
    /// Markdown for the parser.
    Markdown(Source<'a>),
}

impl<'a> Prepared<'a> {
    fn new(piece: &Piece<'a>, definitions: &str, plain: &mut Vec<PlainRun<'a>>) -> Self {
        if piece.kind == PieceKind::Label {
            return Self::Label(*piece);
        }
        let first = plain.len();
        if definitions.is_empty() && plain_runs(piece, |run| plain.push(run)).is_some() {
            return Self::Plain(first..plain.len());
        }
        plain.truncate(first);
        Self::Markdown(Source::new(piece.source, definitions, piece.line))
    }
}

/// The words of a label as they are shown.
pub(super) fn label_words(source: &str) -> Cow<'_, str> {
    clean_line(source.trim())
}

/// Puts a label.
fn label(builder: &mut Builder, piece: &Piece<'_>) {
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
