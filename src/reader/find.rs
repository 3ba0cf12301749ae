//! Finding in a document: case and width folded, across soft breaks, never across blocks.

use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

use crate::markdown::Document;
use crate::text::{fold, folded, variants};

/// So many matches are told at most, which bounds what a single letter costs in a huge text.
pub(super) const MOST_MATCHES: usize = 20_000;

/// Where something was found: byte ranges of the document's text, in order, apart from one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    pub(super) ranges: Vec<Range<u32>>,
}

impl Matches {
    /// Finds a text in a document: at most [`MOST_MATCHES`] matches.
    pub(super) fn of(needle: &str, document: &Document) -> Self {
        let needle: Vec<char> = folded(needle).chars().collect();
        let Some(&first) = needle.first() else { return Self::default() };
        let mut finding = Finding { needle: &needle, document, block: 0, ranges: Vec::new() };
        let text = document.text.as_bytes();
        let variants = variants(first);
        if let [only] = variants[..] {
            let mut buffer = [0; 4];
            let finder = Finder::new(only.encode_utf8(&mut buffer).as_bytes());
            finding.take(finder.find_iter(text));
            return Self { ranges: finding.ranges };
        }
        let mut leads: Vec<u8> = variants.iter().map(|c| c.encode_utf8(&mut [0; 4]).as_bytes()[0]).collect();
        leads.sort_unstable();
        leads.dedup();
        match leads[..] {
            [a] => finding.take(memchr_iter(a, text)),
            [a, b] => finding.take(memchr2_iter(a, b, text)),
            [a, b, c] => finding.take(memchr3_iter(a, b, c, text)),
            _ => finding.take(document.text.char_indices().map(|(at, _)| at)),
        }
        Self { ranges: finding.ranges }
    }

    /// The matches that touch a byte range, with the number of the first.
    pub(super) fn touching(&self, range: &Range<u32>) -> (usize, &[Range<u32>]) {
        let first = self.ranges.partition_point(|found| found.end <= range.start);
        let end = self.ranges.partition_point(|found| found.start < range.end);
        (first, self.ranges.get(first..end).unwrap_or_default())
    }
}

struct Finding<'a> {
    needle: &'a [char],
    document: &'a Document,
    /// The block that holds the last match: matches come in order, so it only moves on.
    block: usize,
    ranges: Vec<Range<u32>>,
}

impl Finding<'_> {
    fn take(&mut self, candidates: impl Iterator<Item = usize>) {
        let mut free = 0;
        for start in candidates {
            if start < free || !self.document.text.is_char_boundary(start) {
                continue;
            }
            let Some(end) = self.end_of_match(start) else { continue };
            if !self.lies_in_a_block(start, end) {
                continue;
            }
            self.ranges.push(start as u32..end as u32);
            free = end;
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

    fn lies_in_a_block(&mut self, start: usize, end: usize) -> bool {
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
#[path = "find_tests.rs"]
mod tests;
