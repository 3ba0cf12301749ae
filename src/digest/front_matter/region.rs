//! Where the header of a file stands, if it has one.

use std::ops::Range;

use memchr::memchr2_iter;

use super::{keys, lctt, salvage};
use crate::text::{LineEnds, Look, Place, Simd, positions};

/// How far into a file the end of its header is looked for, in bytes.
const FARTHEST: usize = 256 * 1024;

/// How many lines a header without its opening fence may have.
const UNOPENED_LINES: usize = 100;

/// The kind of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Between `---` and `---` or `...`: YAML, or JSON.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
    /// `[#]: key: (value)` lines.
    Lctt,
    /// YAML from the very first line, ended by `---`.
    Unopened,
    /// YAML that was opened but never closed.
    Unclosed,
}

/// The place of a header.
#[derive(Debug)]
pub(super) struct Region {
    /// What it looks like.
    pub(super) kind: Kind,
    /// The bytes between the fences.
    pub(super) inner: Range<usize>,
    /// The line of the file on which `inner` begins, counted from 1.
    pub(super) first_line: u32,
    /// Where the body begins.
    pub(super) body: usize,
    /// Whether blank lines stand before it, so that it must prove itself.
    pub(super) is_late: bool,
}

impl Region {
    /// The same header taken to end where its keys end, since what looked like its closing fence closes no header.
    pub(super) fn unclosed(&self, text: &str) -> Option<Self> {
        if self.kind != Kind::Yaml || self.is_late {
            return None;
        }
        let end = self.inner.start + salvage::header_length(&text[self.inner.start..])?;
        Some(Self {
            kind: Kind::Unclosed,
            inner: self.inner.start..end,
            first_line: self.first_line,
            body: end,
            is_late: false,
        })
    }
}

/// Counts the line breaks of a text: LF, CRLF or a lone CR.
pub(in crate::digest) fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut feeds, mut returns) = (0, 0);
    // As many as a byte can count, which the compiler does many at a time.
    for some in bytes.chunks(usize::from(u8::MAX)) {
        feeds += u32::from(some.iter().fold(0, |count, &byte| count + u8::from(byte == b'\n')));
        returns |= some.iter().fold(0, |any, &byte| any | u8::from(byte == b'\r'));
    }
    if returns == 0 {
        return feeds;
    }
    let is_whole = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
    memchr2_iter(b'\n', b'\r', bytes).filter(is_whole).count() as u32
}

/// A line: where it starts, its text, and where the next starts.
pub(super) type Row<'a> = (usize, &'a str, usize);

/// Walks over the lines of a text, ended by LF, CRLF or a lone CR.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let (mut at, mut ends) = (0, LineEnds::of(text));
    std::iter::from_fn(move || {
        let start = Some(at).filter(|&start| start < text.len())?;
        let end;
        (end, at) = ends.next(start);
        Some((start, &text[start..end], at))
    })
}

/// Finds the header at the top of a text.
pub(super) fn find(text: &str) -> Option<Region> {
    let (index, (start, first, next)) =
        rows(text).take(UNOPENED_LINES).enumerate().find(|(_, row)| !row.1.trim().is_empty())?;
    let region = |kind, inner, first_line, body| Some(Region { kind, inner, first_line, body, is_late: index > 0 });
    let first_line = index as u32 + 2;
    match first.trim_end() {
        "---" => match closer::<b'-', b'.'>(text, next) {
            Some((end, body)) => region(Kind::Yaml, next..end, first_line, body),
            None if index > 0 => None,
            None => {
                let end = next + salvage::header_length(&text[next..])?;
                region(Kind::Unclosed, next..end, first_line, end)
            }
        },
        "+++" => {
            closer::<b'+', b'+'>(text, next).and_then(|(end, body)| region(Kind::Toml, next..end, first_line, body))
        }
        _ if index > 0 => None,
        _ if lctt::is_line(first) => {
            let end = start + lctt::header_length(text);
            region(Kind::Lctt, start..end, 1, end)
        }
        _ => unopened(text).and_then(|(end, body)| region(Kind::Unopened, 0..end, 1, body)),
    }
}

/// Finds the line that closes a header opened before `from`, three of one of two signs: where it starts, and where the next line starts.
fn closer<const ONE: u8, const OTHER: u8>(text: &str, from: usize) -> Option<(usize, usize)> {
    let text = &text[from..];
    let starts = positions::<Threes<ONE, OTHER>>(text.as_bytes()).map(|at| at + 1);
    let mut starts = std::iter::once(0).chain(starts).take_while(|&start| start < FARTHEST);
    starts.find_map(|start| fence_end(&text[start..], [ONE, OTHER]).map(|next| (from + start, from + start + next)))
}

/// The line feeds and carriage returns with three of two signs behind them.
struct Threes<const ONE: u8, const OTHER: u8>;

impl<const ONE: u8, const OTHER: u8> Look for Threes<ONE, OTHER> {
    type Told = u64;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> u64 {
        let [breaks, signs] = [*b"\n\r", [ONE, OTHER]];
        let three = place.after(1).any_of(signs) & place.after(2).any_of(signs) & place.after(3).any_of(signs);
        (place.lanes().any_of(breaks) & three).bits()
    }
}

/// Where the first line of a text ends, its line ending included, if it is three times one of two signs.
fn fence_end(text: &str, signs: [u8; 2]) -> Option<usize> {
    let [first, second, third] = text.as_bytes().first_chunk()?;
    if first != second || second != third || !signs.contains(first) {
        return None;
    }
    let (_, line, next) = rows(text).next()?;
    line[3..].trim_end().is_empty().then_some(next)
}

/// Finds the end of a header that lacks its opening fence: every line up to the `---` is of a header's kind, and the first is
/// a key that only headers have, or at least two of its keys are usual. Prose above a thematic break, or a setext heading, is neither.
fn unopened(text: &str) -> Option<(usize, usize)> {
    let first = salvage::key_of(rows(text).next()?.1, ':')?;
    let mut usual = 0;
    for (start, line, next) in rows(text).take(UNOPENED_LINES).take_while(|row| row.0 < FARTHEST) {
        if line.trim_end() == "---" {
            let is_header = usual >= 2 || (usual == 1 && matches!(first, "title" | "layout"));
            return is_header.then_some((start, next));
        }
        if !salvage::is_header_line(line, ':') {
            return None;
        }
        usual += usize::from(salvage::key_of(line, ':').is_some_and(keys::is_usual));
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lines of a text, found character by character.
    fn rows_by_characters(text: &str) -> Vec<Row<'_>> {
        let (mut rows, mut start) = (Vec::new(), 0);
        while start < text.len() {
            let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
            let ending = if text[end..].starts_with("\r\n") { 2 } else { usize::from(end < text.len()) };
            rows.push((start, &text[start..end], end + ending));
            start = end + ending;
        }
        rows
    }

    proptest! {
        #[test]
        fn lines_are_found_many_bytes_at_a_time_as_one_by_one(text in "([a-z中]{0,30}(\n|\r\n|\r|\n\n)){0,12}[a中]{0,70}") {
            let expected = rows_by_characters(&text);
            prop_assert_eq!(line_breaks(&text) as usize, expected.iter().filter(|row| row.2 > row.0 + row.1.len()).count());
            prop_assert_eq!(rows(&text).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn the_closing_fence_is_the_first_line_that_is_one(
            text in "(([a-z中. -]{0,40}|aaa)(---|\\.\\.\\.|\\+\\+\\+)?[ \t\u{3000}x]?(\n|\r\n|\r)){0,9}(---)?", from in 0_usize..9,
        ) {
            let from = (0..=from.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let first = |fences: &[&str]| {
                let found = rows_by_characters(&text[from..]).into_iter().find(|row| fences.contains(&row.1.trim_end()));
                found.map(|(start, _, next)| (from + start, from + next))
            };
            prop_assert_eq!(closer::<b'-', b'.'>(&text, from), first(&["---", "..."]));
            prop_assert_eq!(closer::<b'+', b'+'>(&text, from), first(&["+++"]));
        }
    }
}
