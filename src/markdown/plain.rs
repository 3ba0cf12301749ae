//! Source that can be read line by line: paragraphs, headings, rules and flat lists, with nothing inline but strong emphasis.
//!
//! Most sections of digests are no more than that, and their parser's tree would cost more than all else of a parse. Whatever might mean
//! something else to the parser is left to it: a line is told here only where there are no two opinions on it.

use std::borrow::Cow;

use super::emphasis::is_mark;
use super::math;
use super::nesting::marker;
use super::parse::{Piece, PieceKind};
use crate::text::{LANES, Lanes, clean, is_han};

/// A line of a piece that is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainLine<'s> {
    /// What it is.
    pub(super) kind: PlainKind,
    /// Its text, which may hold pairs of `**`, each one strong emphasis.
    pub(super) text: &'s str,
    /// Whether it holds any.
    pub(super) has_stars: bool,
    /// The line of the file, counted from 1.
    pub(super) line: u32,
}

/// What a line is; a blank one is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlainKind {
    /// The first line of a paragraph.
    Paragraph,
    /// A further line of a paragraph.
    More,
    /// A heading of a level.
    Heading(u8),
    /// An item of one line, with its number if it has one.
    Item(Option<u64>),
    /// A thematic break.
    Rule,
}

/// Appends the lines of a piece of Markdown to others, if all of it is plain; else what it appended is of no use.
pub(super) fn plain_lines<'s>(piece: &Piece<'s>, lines: &mut Vec<PlainLine<'s>>) -> Option<()> {
    let (source, bytes, first) = (piece.source, piece.source.as_bytes(), lines.len());
    let may_mean_more = may_mean_more(bytes)
        || holds_entity(source)
        || memchr::memchr(b'$', bytes).is_some() && math::dollars(source, &mut Vec::new())
        || piece.kind != PieceKind::Plain && matches!(clean(source), Cow::Owned(_));
    if may_mean_more {
        return None;
    }
    let (mut line, mut is_after_blank, mut is_strong) = (piece.line, true, false);
    let mut start = 0;
    let mut stars = memchr::memchr_iter(b'*', bytes).peekable();
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let text = &source[start..end];
        if text.is_empty() {
            is_after_blank = true;
        } else {
            let before = lines[first..].last().map(|before| before.kind).filter(|_| !is_after_blank);
            let (kind, text) = plain_line(text, before)?;
            if is_strong && kind != PlainKind::More {
                return None;
            }
            let has_stars = stars.next_if(|&star| star < end).is_some();
            if has_stars {
                is_strong = strong(text, is_strong)?;
                while stars.next_if(|&star| star < end).is_some() {}
            }
            lines.push(PlainLine { kind, text, has_stars, line });
            is_after_blank = false;
        }
        (start, line) = (end + 1, line + 1);
    }
    (!is_strong).then_some(())
}

/// Whether there is a byte that may be more than text wherever it stands: one of `` ` < [ \ ~ | _ ``, a tab or a carriage return. Some rare
/// bytes beside these are taken for such, since ranges are told more quickly.
fn may_mean_more(bytes: &[u8]) -> bool {
    (0..bytes.len()).step_by(LANES).any(|at| {
        let lanes = Lanes::at(bytes, at);
        (lanes.between(b'[', b'`') | lanes.between(b'|', b'~') | lanes.any_of([b'<', b'\t', b'\r'])).bits() != 0
    })
}

/// Whether there may be a character reference in a text.
fn holds_entity(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let name = &text.as_bytes()[at + 1..];
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
        name.get(length) == Some(&b';')
    })
}

/// What a line is that is not blank, and its text; `before` is what stands right above it. None where that is not sure.
fn plain_line(line: &str, before: Option<PlainKind>) -> Option<(PlainKind, &str)> {
    let bytes = line.as_bytes();
    let in_paragraph = matches!(before, Some(PlainKind::Paragraph | PlainKind::More));
    let in_item = matches!(before, Some(PlainKind::Item(_)));
    if bytes[0] == b' ' || bytes[bytes.len() - 1] == b' ' {
        return None;
    }
    match bytes[0] {
        b'#' => heading(line),
        // Below a paragraph it would underline it.
        b'-' if bytes.len() > 2 && bytes.iter().all(|&byte| byte == b'-') => {
            (!in_paragraph && !in_item).then_some((PlainKind::Rule, ""))
        }
        _ if marker(bytes).is_some() => item(line).filter(|_| !in_paragraph),
        _ => (begins_text(bytes) && !in_item)
            .then_some((if in_paragraph { PlainKind::More } else { PlainKind::Paragraph }, line)),
    }
}

/// Whether a line, or what follows an item's marker, can only be text.
fn begins_text(bytes: &[u8]) -> bool {
    match bytes.first() {
        None | Some(b' ' | b'#' | b'-' | b'+' | b'>' | b'=' | b':') => false,
        Some(b'*') => bytes.starts_with(b"**"),
        Some(_) => marker(bytes).is_none(),
    }
}

fn heading(line: &str) -> Option<(PlainKind, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let text = line[level..].strip_prefix(' ')?;
    (level <= 6 && !text.is_empty() && !text.starts_with(' ') && !text.ends_with('#'))
        .then_some((PlainKind::Heading(level as u8), text))
}

fn item(line: &str) -> Option<(PlainKind, &str)> {
    let (number, text) = if let Some(text) = line.strip_prefix("- ") {
        (None, text)
    } else {
        let (number, text) = line.split_at(line.bytes().take_while(u8::is_ascii_digit).count());
        (Some(number.parse().ok()?), text.strip_prefix(". ")?)
    };
    begins_text(text.as_bytes()).then_some((PlainKind::Item(number), text))
}

/// Whether strong emphasis is open after a line; none where it is not sure which of its stars begin and end some.
///
/// Only runs of two are, the first of which begins; a letter or digit on its inner side leaves no doubt, a mark only beside a space or
/// another mark.
fn strong(text: &str, mut is_open: bool) -> Option<bool> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'*', &bytes[from..]).map(|at| from + at) {
        from = at + 2;
        if bytes.get(at + 1) != Some(&b'*') || bytes.get(from) == Some(&b'*') {
            return None;
        }
        let (before, after) = (text[..at].chars().next_back(), text[from..].chars().next());
        let (inner, outer) = if is_open { (before, after) } else { (after, before) };
        let is_sure = inner.is_some_and(is_han)
            || inner?.is_alphanumeric()
            || !inner?.is_whitespace() && outer.is_none_or(|outer| outer.is_whitespace() || is_mark(outer));
        if !is_sure {
            return None;
        }
        is_open = !is_open;
    }
    Some(is_open)
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
