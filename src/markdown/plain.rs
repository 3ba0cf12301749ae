//! Source that can be read line by line: paragraphs, headings, rules and flat lists, with nothing inline but strong emphasis.
//!
//! Most sections of digests are no more than that, and their parser's tree would cost more than all else of a parse. Whatever might mean
//! something else to the parser is left to it: a line is told here only where there are no two opinions on it.
//!
//! The source is looked at once, many bytes together, for the few that may be more than text; the walk goes from one of them to the next.

use std::borrow::Cow;

use super::emphasis::is_mark;
use super::math;
use super::nesting::marker;
use super::parse::{Piece, PieceKind};
use crate::text::{LANES, Lanes, clean, is_han, places};

/// A run of a line that is plain: all of its text, or what of it stands before, between or behind pairs of `**`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainRun<'s> {
    /// What it begins.
    pub(super) kind: PlainKind,
    /// Its text, in which nothing is more than text. It may be empty beside stars.
    pub(super) text: &'s str,
    /// The line of the file, counted from 1.
    pub(super) line: u32,
}

/// What a run begins. Blank lines have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlainKind {
    /// A paragraph.
    Paragraph,
    /// A further line of a paragraph.
    More,
    /// A heading of a level.
    Heading(u8),
    /// An item of one line, with its number if it has one.
    Item(Option<u64>),
    /// A thematic break, which has no text.
    Rule,
    /// What follows on a pair of `**` in the same line: with it strong emphasis begins or ends.
    Turn,
}

/// Tells the runs of a piece of Markdown in order, if all of it is plain; else what it told is of no use.
pub(super) fn plain_runs<'s>(piece: &Piece<'s>, tell: impl FnMut(PlainRun<'s>)) -> Option<()> {
    let (source, bytes) = (piece.source, piece.source.as_bytes());
    if piece.kind != PieceKind::Plain && matches!(clean(source), Cow::Owned(_)) {
        return None;
    }
    let mut walk = Walk {
        source,
        bytes,
        tell,
        line: piece.line,
        start: 0,
        from: 0,
        kind: PlainKind::Paragraph,
        above: Above::Nothing,
        is_strong: false,
        has_dollars: false,
    };
    walk.begin_line(0)?;
    let mut step = 0;
    while step < bytes.len() {
        for at in places(signs(Lanes::at(bytes, step))).map(|place| step + place) {
            match bytes[at] {
                b'\n' => {
                    walk.end_line(at)?;
                    walk.begin_line(at + 1)?;
                }
                b'*' => walk.star(at)?,
                b'$' => walk.dollar(at),
                b'&' if !is_reference(&bytes[at + 1..]) => {}
                b';' | b'=' | b'>' | b'?' => {}
                _ => return None,
            }
        }
        step += LANES;
    }
    walk.end_line(bytes.len())?;
    let is_formula = walk.has_dollars && math::dollars(source, &mut Vec::new());
    (!walk.is_strong && !is_formula).then_some(())
}

/// The bytes that may be more than text wherever they stand, or end a line: a line feed and one of ``* ` < [ \ ~ | _ $ &``, a tab or a
/// carriage return. Some that are only text are among them, since ranges are told more quickly.
#[inline]
fn signs(lanes: Lanes) -> u64 {
    (lanes.up_to(b'\r') | lanes.late_in_column(27) | lanes.any_of([b'*', b'`', b'$', b'&'])).bits()
}

/// Whether what follows on a `&` may make a character reference of it.
fn is_reference(name: &[u8]) -> bool {
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    name.get(length) == Some(&b';')
}

/// What stands right above a line, as far as that matters to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing that it could continue.
    Nothing,
    Paragraph,
    Item,
}

/// The walk over a piece.
struct Walk<'s, T> {
    source: &'s str,
    bytes: &'s [u8],
    /// Who is told.
    tell: T,
    /// The line of the file.
    line: u32,
    /// Where the line starts.
    start: usize,
    /// Where the run starts.
    from: usize,
    /// What the run begins.
    kind: PlainKind,
    above: Above,
    /// Whether strong emphasis is open.
    is_strong: bool,
    /// Whether there are dollars that may stand around a formula.
    has_dollars: bool,
}

impl<'s, T: FnMut(PlainRun<'s>)> Walk<'s, T> {
    /// Goes to the line that starts somewhere; none where it is not sure what it is.
    #[inline]
    fn begin_line(&mut self, start: usize) -> Option<()> {
        let line = self.bytes.get(start..).unwrap_or_default();
        let above = std::mem::replace(&mut self.above, Above::Nothing);
        self.start = start;
        if line.first().is_none_or(|&first| first == b'\n') {
            return Some(());
        }
        let (kind, before) = line_kind(line, above)?;
        self.above = match kind {
            PlainKind::Paragraph | PlainKind::More => Above::Paragraph,
            PlainKind::Item(_) => Above::Item,
            _ => Above::Nothing,
        };
        (self.kind, self.from) = (kind, start + before);
        (!self.is_strong || kind == PlainKind::More).then_some(())
    }

    /// Ends the line, if it is not blank; none where its end means something.
    #[inline]
    fn end_line(&mut self, end: usize) -> Option<()> {
        if let [first, .., last] | [first @ last] = &self.bytes[self.start..end] {
            if *last == b' ' || *last == b'#' && *first == b'#' {
                return None;
            }
            self.end_run(end);
        }
        self.line += 1;
        Some(())
    }

    #[inline]
    fn end_run(&mut self, end: usize) {
        (self.tell)(PlainRun { kind: self.kind, text: &self.source[self.from..end], line: self.line });
    }

    /// Ends the run at a pair of stars; none where it is not sure that strong emphasis begins or ends there.
    ///
    /// It does at a run of two, the first of which begins; a letter or digit on its inner side leaves no doubt, a mark only beside a space
    /// or another mark.
    fn star(&mut self, at: usize) -> Option<()> {
        if at < self.from {
            // The second of a pair.
            return Some(());
        }
        let end = at + "**".len();
        if self.bytes.get(at + 1) != Some(&b'*') || self.bytes.get(end) == Some(&b'*') {
            return None;
        }
        let source = self.source;
        let before = || source[self.from..at].chars().next_back();
        let after = || source[end..].chars().next().filter(|&after| after != '\n');
        let inner = if self.is_strong { before() } else { after() }?;
        let outer = || if self.is_strong { after() } else { before() };
        let is_sure = is_han(inner)
            || inner.is_alphanumeric()
            || !inner.is_whitespace() && outer().is_none_or(|outer| outer.is_whitespace() || is_mark(outer));
        if !is_sure {
            return None;
        }
        self.end_run(at);
        (self.kind, self.from, self.is_strong) = (PlainKind::Turn, end, !self.is_strong);
        Some(())
    }

    /// Notes a dollar. What ends a formula has no letter or digit behind it.
    #[inline]
    fn dollar(&mut self, at: usize) {
        self.has_dollars |= !self.bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    }
}

/// What a line that is not blank begins, by how it starts, and how many bytes of it stand before its text. It may go on with further lines.
#[inline]
fn line_kind(line: &[u8], above: Above) -> Option<(PlainKind, usize)> {
    if !line[0].is_ascii() || line[0].is_ascii_alphabetic() || begins_text(line) {
        return match above {
            Above::Nothing => Some((PlainKind::Paragraph, 0)),
            Above::Paragraph => Some((PlainKind::More, 0)),
            Above::Item => None,
        };
    }
    match line[0] {
        b'#' => heading(line),
        // Below a paragraph it would underline it.
        b'-' if let Some(length) = rule(line) => (above == Above::Nothing).then_some((PlainKind::Rule, length)),
        _ if marker(line).is_some() => item(line).filter(|_| above != Above::Paragraph),
        _ => None,
    }
}

/// Whether a line, or what follows an item's marker, can only be text.
fn begins_text(line: &[u8]) -> bool {
    match line.first() {
        None | Some(b' ' | b'\n' | b'#' | b'-' | b'+' | b'>' | b'=' | b':') => false,
        Some(b'*') => line.starts_with(b"**"),
        Some(_) => marker(line).is_none(),
    }
}

fn heading(line: &[u8]) -> Option<(PlainKind, usize)> {
    let level = line.iter().take_while(|&&byte| byte == b'#').count();
    let is_plain = level <= 6 && matches!(line[level..], [b' ', first, ..] if first != b' ' && first != b'\n');
    is_plain.then_some((PlainKind::Heading(level as u8), level + " ".len()))
}

/// The length of a line of three or more hyphens.
fn rule(line: &[u8]) -> Option<usize> {
    let length = line.iter().take_while(|&&byte| byte == b'-').count();
    (length > 2 && matches!(line.get(length), None | Some(b'\n'))).then_some(length)
}

fn item(line: &[u8]) -> Option<(PlainKind, usize)> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign: &[u8] = if digits == 0 { b"- " } else { b". " };
    let text = line[digits..].strip_prefix(sign)?;
    let number = || line[..digits].iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
    begins_text(text).then(|| (PlainKind::Item((digits > 0).then(number)), digits + sign.len()))
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
