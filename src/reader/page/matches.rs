//! Matches of a search in a document: case and width folded, across soft breaks, never across blocks.

use std::ops::Range;

use crate::markdown::Document;
use crate::text::{Language, fold, folded};

/// The most matches in a document, which bounds the cost of a single letter in a huge text.
pub(super) const MOST_MATCHES: usize = 20_000;

/// A search in progress.
#[derive(Clone, Debug, Default)]
pub(super) struct Find {
    pub(super) needle: String,
    /// The matches in each side that is shown, as byte ranges of its text: sorted, without overlaps.
    pub(super) matches: [Vec<Range<u32>>; 2],
    /// The matches of all sides in the order of the page.
    pub(super) order: Vec<(Language, Range<u32>)>,
    /// The current match, as an index into the order.
    pub(super) current: Option<usize>,
}

/// The ranges that overlap a range, of sorted ranges that do not overlap each other.
pub(super) fn overlapping<'a>(ranges: &'a [Range<u32>], range: &Range<u32>) -> &'a [Range<u32>] {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let end = ranges.partition_point(|other| other.start < range.end);
    ranges.get(first..end).unwrap_or_default()
}

/// The byte ranges at which a document has a text, at most [`MOST_MATCHES`]: sorted, without overlaps.
pub(super) fn matches_in(document: &Document, needle: &str) -> Vec<Range<u32>> {
    let needle: Vec<char> = folded(needle).chars().collect();
    let mut ranges = Vec::new();
    if needle.is_empty() {
        return ranges;
    }
    for block in &document.blocks {
        let mut rest = block.range.start as usize..block.range.end as usize;
        while let Some((start, length)) = first_match(&document.text[rest.clone()], &needle) {
            if ranges.len() == MOST_MATCHES {
                return ranges;
            }
            let start = rest.start + start;
            rest.start = start + length;
            ranges.push(start as u32..rest.start as u32);
        }
    }
    ranges
}

/// The first match in a text: its start and its length in bytes.
fn first_match(text: &str, needle: &[char]) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(start, _)| Some((start, match_length(&text[start..], needle)?)))
}

fn match_length(text: &str, needle: &[char]) -> Option<usize> {
    let mut chars = text.chars();
    let mut length = 0;
    for &wanted in needle {
        length += chars.next().filter(|&c| fold(c) == wanted)?.len_utf8();
    }
    Some(length)
}

#[cfg(test)]
#[path = "matches_tests.rs"]
mod tests;
