//! Where the header of a file stands, if it has one.

use std::ops::Range;

use memchr::{memchr2, memchr2_iter};

use super::{fields, lctt, salvage};

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
    let is_whole = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
    memchr2_iter(b'\n', b'\r', bytes).filter(is_whole).count() as u32
}

/// A line: where it starts, its text, and where the next starts.
pub(super) type Row<'a> = (usize, &'a str, usize);

/// Walks over the lines of a text, ended by LF, CRLF or a lone CR.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let length = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let ending = match rest.as_bytes()[length..] {
            [] => 0,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        at += length + ending;
        Some((start, &rest[..length], at))
    })
}

/// Finds the header at the top of a text.
pub(super) fn find(text: &str) -> Option<Region> {
    let (index, (start, first, next)) =
        rows(text).take(UNOPENED_LINES).enumerate().find(|(_, row)| !row.1.trim().is_empty())?;
    let region = |kind, inner, first_line, body| Some(Region { kind, inner, first_line, body, is_late: index > 0 });
    let first_line = index as u32 + 2;
    match first.trim_end() {
        "---" => match closer(text, next, &["---", "..."]) {
            Some((end, body)) => region(Kind::Yaml, next..end, first_line, body),
            None if index > 0 => None,
            None => {
                let end = next + salvage::header_length(&text[next..])?;
                region(Kind::Unclosed, next..end, first_line, end)
            }
        },
        "+++" => closer(text, next, &["+++"]).and_then(|(end, body)| region(Kind::Toml, next..end, first_line, body)),
        _ if index > 0 => None,
        _ if lctt::is_line(first) => {
            let end = start + lctt::header_length(text);
            region(Kind::Lctt, start..end, 1, end)
        }
        _ => unopened(text).and_then(|(end, body)| region(Kind::Unopened, 0..end, 1, body)),
    }
}

/// Finds the line that closes a header opened before `from`: where it starts, and where the next line starts.
fn closer(text: &str, from: usize, fences: &[&str]) -> Option<(usize, usize)> {
    rows(&text[from..])
        .take_while(|row| row.0 < FARTHEST)
        .find(|row| fences.contains(&row.1.trim_end()))
        .map(|(start, _, next)| (from + start, from + next))
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
        usual += usize::from(salvage::key_of(line, ':').is_some_and(fields::is_usual));
    }
    None
}
