//! Matches of a search in a document: case and width folded, across soft breaks, never across blocks.

use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

use crate::markdown::Document;
use crate::text::{Language, fold, folded, variants};

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
    let Some(&first) = needle.first() else { return Vec::new() };
    let mut matcher = Matcher { needle: &needle, document, block: 0, ranges: Vec::new() };
    let text = document.text.as_bytes();
    let variants = variants(first);
    if let [only] = variants[..] {
        let mut buffer = [0; 4];
        matcher.check(Finder::new(only.encode_utf8(&mut buffer).as_bytes()).find_iter(text));
        return matcher.ranges;
    }
    let mut leads: Vec<u8> = variants.iter().map(|c| c.encode_utf8(&mut [0; 4]).as_bytes()[0]).collect();
    leads.sort_unstable();
    leads.dedup();
    match leads[..] {
        [a] => matcher.check(memchr_iter(a, text)),
        [a, b] => matcher.check(memchr2_iter(a, b, text)),
        [a, b, c] => matcher.check(memchr3_iter(a, b, c, text)),
        _ => matcher.check(document.text.char_indices().map(|(at, _)| at)),
    }
    matcher.ranges
}

struct Matcher<'a> {
    needle: &'a [char],
    document: &'a Document,
    /// The block of the last match. Matches come in order, so it only grows.
    block: usize,
    ranges: Vec<Range<u32>>,
}

impl Matcher<'_> {
    /// Keeps the candidates, which come in order, at which the text matches.
    fn check(&mut self, candidates: impl Iterator<Item = usize>) {
        let mut end_of_last = 0;
        for start in candidates {
            if start < end_of_last || !self.document.text.is_char_boundary(start) {
                continue;
            }
            let Some(end) = self.end_of_match(start) else { continue };
            if !self.is_inside_a_block(start, end) {
                continue;
            }
            self.ranges.push(start as u32..end as u32);
            end_of_last = end;
            if self.ranges.len() == MOST_MATCHES {
                return;
            }
        }
    }

    fn end_of_match(&self, start: usize) -> Option<usize> {
        let mut chars = self.document.text[start..].chars();
        let mut end = start;
        for &wanted in self.needle {
            let c = chars.next().filter(|&c| fold(c) == wanted)?;
            end += c.len_utf8();
        }
        Some(end)
    }

    fn is_inside_a_block(&mut self, start: usize, end: usize) -> bool {
        let blocks = &self.document.blocks;
        while blocks.get(self.block).is_some_and(|block| (block.range.end as usize) <= start) {
            self.block += 1;
        }
        blocks
            .get(self.block)
            .is_some_and(|block| (block.range.start as usize) <= start && end <= block.range.end as usize)
    }
}

#[cfg(test)]
#[path = "matches_tests.rs"]
mod tests;
