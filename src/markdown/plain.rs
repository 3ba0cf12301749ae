//! Source that can be read line by line: paragraphs, headings, rules and flat lists, with nothing inline but strong emphasis.
//!
//! Most sections of digests are no more than that, and their parser's tree would cost more than all else of a parse. Whatever might mean
//! something else to the parser is left to it: a line is told here only where there are no two opinions on it.
//!
//! The source is looked at once, many bytes together, for the few that may be more than text; the walk goes from one of them to the next.

use std::borrow::Cow;

use super::emphasis::is_mark;
use super::math;
use super::parse::{Piece, PieceKind};
use crate::text::{Look, Place, Simd, clean, is_han, positions};

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
    /// An item of one line.
    Bullet,
    /// An item of one line that has a number.
    Number(u64),
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
    let (kind, above) = (PlainKind::Paragraph, Above::Nothing);
    let (is_strong, has_dollars) = (false, false);
    let (line, start, from) = (piece.line, 0, 0);
    let mut walk = Walk { source, bytes, tell, line, start, from, kind, above, is_strong, has_dollars };
    walk.begin_line()?;
    for at in positions::<Signs>(bytes) {
        walk.meet(at)?;
    }
    // The end of the source ends its last line.
    if walk.start < bytes.len() {
        walk.meet(bytes.len())?;
    }
    let is_formula = walk.has_dollars && math::dollars(source, &mut Vec::new());
    (!walk.is_strong && !is_formula).then_some(())
}

/// The bytes that may be more than text wherever they stand, or end a line: a line feed and one of ``* ` < [ \ ~ | _ $ &``, a tab or a
/// carriage return. Some that are only text are among them, since ranges are told more quickly. Of stars and line feeds that stand together
/// the first is enough.
struct Signs;

impl Look for Signs {
    type Told = u64;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> u64 {
        let lanes = place.lanes();
        let (feeds, stars) = (lanes.are(b'\n'), lanes.are(b'*'));
        let others = (lanes.up_to(b'\r') & !feeds | lanes.late_in_column(27) | lanes.any_of([b'`', b'$', b'&'])).bits();
        let first = |all: u64| all & !(all << 1);
        others | first(feeds.bits()) | first(stars.bits())
    }
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
    /// What the line is to the next one.
    above: Above,
    /// Whether strong emphasis is open.
    is_strong: bool,
    /// Whether there are dollars that may stand around a formula.
    has_dollars: bool,
}

impl<'s, T: FnMut(PlainRun<'s>)> Walk<'s, T> {
    /// Goes on to the next sign; none where it is not sure that it is plain.
    #[inline]
    fn meet(&mut self, at: usize) -> Option<()> {
        // The end of the source ends its last line.
        let byte = self.bytes.get(at).copied().unwrap_or(b'\n');
        match byte {
            // The second star of a pair, or the end of a blank line.
            b'*' if at < self.from => return Some(()),
            b'\n' if at < self.start => return Some(()),
            b'\n' | b'*' => {}
            _ => return self.is_text(at, byte).then_some(()),
        }
        let is_star = byte == b'*';
        if is_star && !self.turns_at(at) || !is_star && self.ends_with_meaning(at) {
            return None;
        }
        (self.tell)(PlainRun { kind: self.kind, text: &self.source[self.from..at], line: self.line });
        if is_star {
            (self.kind, self.from, self.is_strong) = (PlainKind::Turn, at + "**".len(), !self.is_strong);
            return Some(());
        }
        (self.line, self.start) = (self.line + 1, at + 1);
        self.begin_line()
    }

    /// Whether a sign that is rarer is only text where it stands.
    fn is_text(&mut self, at: usize, byte: u8) -> bool {
        let next = &self.bytes[at + 1..];
        match byte {
            // What ends a formula has no letter or digit behind it.
            b'$' => {
                self.has_dollars |= !next.first().is_some_and(u8::is_ascii_alphanumeric);
                true
            }
            b'&' => !is_reference(next),
            _ => matches!(byte, b';' | b'=' | b'>' | b'?'),
        }
    }

    /// Passes over blank lines and says what the next line is; none where that is not sure.
    #[inline]
    fn begin_line(&mut self) -> Option<()> {
        while self.bytes.get(self.start) == Some(&b'\n') {
            (self.line, self.start, self.above) = (self.line + 1, self.start + 1, Above::Nothing);
        }
        if self.start >= self.bytes.len() {
            return Some(());
        }
        let (kind, before) = line_kind(&self.bytes[self.start..], self.above)?;
        self.above = match kind {
            PlainKind::Paragraph | PlainKind::More => Above::Paragraph,
            PlainKind::Bullet | PlainKind::Number(_) => Above::Item,
            _ => Above::Nothing,
        };
        (self.kind, self.from) = (kind, self.start + before);
        (!self.is_strong || kind == PlainKind::More).then_some(())
    }

    /// Whether the end of the line that is not blank is more than text: a space, or the closing marks of a heading.
    #[inline]
    fn ends_with_meaning(&self, end: usize) -> bool {
        let last = self.bytes[end - 1];
        last == b' ' || last == b'#' && self.bytes[self.start] == b'#'
    }

    /// Whether it is sure that strong emphasis begins or ends at a star: at a run of two, the first of which begins.
    #[inline]
    fn turns_at(&self, at: usize) -> bool {
        let ([b'*', b'*', after @ ..], before) = (&self.bytes[at..], &self.bytes[self.from..at]) else { return false };
        // Most often there is a letter or digit on its inner side, of ASCII or one of U+5000 to U+9FFF, or a mark there and a space behind.
        let is_common = if self.is_strong {
            matches!(before, [.., b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z'] | [.., 0xE5..=0xE9, _, _])
                || matches!((before, after), ([.., b'!'..=b'~'], [b' ', ..]))
        } else {
            matches!(after, [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0xE5..=0xE9, ..])
        };
        let is_pair = after.first() != Some(&b'*');
        is_pair && (is_common || is_sure(&self.source[self.from..at], &self.source[at + 2..], self.is_strong))
    }
}

/// Whether it is sure that strong emphasis begins, or if it is open ends, at a pair of stars between two texts.
///
/// A letter or digit on its inner side leaves no doubt, a mark only beside a space or another mark.
fn is_sure(before: &str, after: &str, is_open: bool) -> bool {
    let before = before.chars().next_back();
    let after = after.chars().next().filter(|&after| after != '\n');
    let (inner, outer) = if is_open { (before, after) } else { (after, before) };
    let Some(inner) = inner else { return false };
    is_han(inner)
        || inner.is_alphanumeric()
        || !inner.is_whitespace() && outer.is_none_or(|outer| outer.is_whitespace() || is_mark(outer))
}

/// What a line that is not blank begins, by how it starts, and how many bytes of it stand before its text. It may go on with further lines.
#[inline]
fn line_kind(line: &[u8], above: Above) -> Option<(PlainKind, usize)> {
    match line[0] {
        b'#' => heading(line),
        b'-' => match rule(line) {
            // Below a paragraph it would underline it.
            Some(length) => (above == Above::Nothing).then_some((PlainKind::Rule, length)),
            None => item(line, *b"- ", above).map(|before| (PlainKind::Bullet, before)),
        },
        b'0'..=b'9' if let Some((number, digits)) = numbering(line) => {
            item(&line[digits..], *b". ", above).map(|before| (PlainKind::Number(number), digits + before))
        }
        _ if begins_text(line) => match above {
            Above::Nothing => Some((PlainKind::Paragraph, 0)),
            Above::Paragraph => Some((PlainKind::More, 0)),
            Above::Item => None,
        },
        _ => None,
    }
}

/// Whether a line, or what follows an item's marker, can only be text.
#[inline]
fn begins_text(line: &[u8]) -> bool {
    match line.first() {
        None | Some(b' ' | b'\n' | b'#' | b'-' | b'+' | b'>' | b'=' | b':') => false,
        Some(b'*') => line.starts_with(b"**"),
        Some(b'0'..=b'9') => numbering(line).is_none(),
        Some(_) => true,
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

/// The number before an item and how many digits it has, if a line starts with what may be one.
#[inline]
fn numbering(line: &[u8]) -> Option<(u64, usize)> {
    let (mut number, mut digits) = (0, 0);
    while digits < 10
        && let Some(digit @ b'0'..=b'9') = line.get(digits)
    {
        (number, digits) = (number * 10 + u64::from(digit - b'0'), digits + 1);
    }
    let is_marker = digits > 0
        && matches!(line.get(digits), Some(b'.' | b')'))
        && matches!(line.get(digits + 1), None | Some(b' ' | b'\t' | b'\n'));
    is_marker.then_some((number, digits))
}

/// The length of the sign that begins an item, if that is the one and text follows.
#[inline]
fn item(line: &[u8], sign: [u8; 2], above: Above) -> Option<usize> {
    let text = line.strip_prefix(&sign)?;
    (above != Above::Paragraph && begins_text(text)).then_some(sign.len())
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
