//! Finds the header of a file, if it has one.

use std::ops::Range;

use super::{entries, lines};
use crate::text::raw_lines;

/// How far into a file the end of its header is looked for, in bytes.
const SEARCH_LIMIT: usize = 256 * 1024;

/// How many lines a header without its opening fence may have.
const MAX_UNOPENED_LINES: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrontMatterKind {
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

#[derive(Debug)]
pub(super) struct FrontMatterRegion {
    pub(super) kind: FrontMatterKind,
    /// The bytes between the fences.
    pub(super) inner: Range<usize>,
    /// The line of the file on which `inner` begins, counted from 1.
    pub(super) first_line: u32,
    pub(super) body: usize,
    /// True if blank lines come before it; it is then a header only if it has a usual key.
    pub(super) is_late: bool,
}

pub(super) fn find(text: &str) -> Option<FrontMatterRegion> {
    let (index, first) = raw_lines(text)
        .take(MAX_UNOPENED_LINES)
        .enumerate()
        .find(|(_, line)| !line.text.trim().is_empty())?;
    let is_late = index > 0;
    let inner_line = index as u32 + 2;
    let region = |kind, inner, first_line, body| {
        Some(FrontMatterRegion {
            kind,
            inner,
            first_line,
            body,
            is_late,
        })
    };
    match first.text.trim_end() {
        "---" => {
            let (end, body) = closing_fence(text, first.end, &["---", "..."])?;
            region(FrontMatterKind::Yaml, first.end..end, inner_line, body)
        }
        "+++" => {
            let (end, body) = closing_fence(text, first.end, &["+++"])?;
            region(FrontMatterKind::Toml, first.end..end, inner_line, body)
        }
        _ if is_late => None,
        _ if lines::lctt_entry(first.text).is_some() => {
            let end = lines::lctt_length(text);
            region(FrontMatterKind::Lctt, 0..end, 1, end)
        }
        _ => {
            let (end, body) = end_of_unopened(text)?;
            region(FrontMatterKind::Unopened, 0..end, 1, body)
        }
    }
}

/// Finds a header on the first line that is taken to end where its keys end, since it is never
/// closed, or what looks like its closing fence closes no header.
pub(super) fn find_unclosed(text: &str) -> Option<FrontMatterRegion> {
    let first = raw_lines(text)
        .next()
        .filter(|line| line.text.trim_end() == "---")?;
    let end = first.end + lines::header_length(&text[first.end..])?;
    Some(FrontMatterRegion {
        kind: FrontMatterKind::Unclosed,
        inner: first.end..end,
        first_line: 2,
        body: end,
        is_late: false,
    })
}

/// Finds the first line from an offset on that is one of the fences: its start and its end.
fn closing_fence(text: &str, from: usize, fences: &[&str]) -> Option<(usize, usize)> {
    let mut lines = raw_lines(&text[from..]).take_while(|line| line.start < SEARCH_LIMIT);
    let fence = lines.find(|line| fences.contains(&line.text.trim_end()))?;
    Some((from + fence.start, from + fence.end))
}

/// Finds the end of a header that lacks its opening fence: every line up to the `---` looks like
/// one of a header, and the first is a key that only headers have, or at least two of its keys are
/// usual. Prose above a thematic break, or a setext heading, is neither.
fn end_of_unopened(text: &str) -> Option<(usize, usize)> {
    let first = lines::key_of(raw_lines(text).next()?.text, ':')?;
    let mut usual = 0;
    for line in raw_lines(text)
        .take(MAX_UNOPENED_LINES)
        .take_while(|line| line.start < SEARCH_LIMIT)
    {
        if line.text.trim_end() == "---" {
            let is_header = usual >= 2 || (usual == 1 && matches!(first, "title" | "layout"));
            return is_header.then_some((line.start, line.end));
        }
        if !lines::is_header_line(line.text) {
            return None;
        }
        usual += usize::from(lines::key_of(line.text, ':').is_some_and(entries::is_usual));
    }
    None
}
