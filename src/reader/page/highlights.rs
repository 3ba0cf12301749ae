//! What is highlighted in the text: the matches of a find, and the figures on which the two
//! languages disagree.

use std::ops::Range;

use super::marks::TextRange;
use crate::bilingual::{Alignment, Disagreement, FigureKind, Text};
use crate::markdown::Document;
use crate::reader::number::group_thousands;
use crate::text::{Language, fold, folded, simplified_form};

/// The most matches in a document, which bounds the cost of a single letter in a huge text.
pub(super) const MOST_MATCHES: usize = 20_000;
/// The characters of context before a figure.
const CONTEXT_BEFORE: usize = 24;
/// The characters of context from a figure on.
const CONTEXT_AFTER: usize = 60;

/// The ranges that overlap a range, of sorted ranges that do not overlap each other.
pub(super) fn overlapping<'a>(ranges: &'a [Range<u32>], range: &Range<u32>) -> &'a [Range<u32>] {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let end = ranges.partition_point(|other| other.start < range.end);
    ranges.get(first..end).unwrap_or_default()
}

/// A search in progress.
#[derive(Clone, Debug, Default)]
pub(super) struct Find {
    pub(super) needle: String,
    /// The matches in each side that is shown, as byte ranges of its text: sorted, without
    /// overlaps.
    pub(super) matches: [Vec<Range<u32>>; 2],
    /// The matches of all sides in the order of the page.
    pub(super) order: Vec<(Language, Range<u32>)>,
    /// The current match, as an index into the order.
    pub(super) current: Option<usize>,
}

/// The byte ranges at which a document has a text, at most [`MOST_MATCHES`]: sorted, without
/// overlaps.
pub(super) fn matches_in(document: &Document, needle: &str) -> Vec<Range<u32>> {
    let needle: Vec<char> = folded(needle).chars().map(simplified_form).collect();
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
    text.char_indices()
        .find_map(|(start, _)| Some((start, match_length(&text[start..], needle)?)))
}

fn match_length(text: &str, needle: &[char]) -> Option<usize> {
    let mut chars = text.chars();
    let mut length = 0;
    for &wanted in needle {
        length += chars
            .next()
            .filter(|&c| simplified_form(fold(c)) == wanted)?
            .len_utf8();
    }
    Some(length)
}

/// The disagreements of a text that hold under an alignment, in reading order, and where their
/// figures are.
#[derive(Clone, Debug, Default)]
pub(super) struct Mismatches {
    /// Indices into the text's disagreements.
    indices: Vec<usize>,
    /// The byte ranges of the figures in each side's text: sorted, without overlaps.
    ranges: [Vec<Range<u32>>; 2],
}

/// Two figures that disagree, for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) struct Mismatch {
    /// The byte of the figure in the text of the side shown.
    pub(in crate::reader) at: u32,
    /// Both figures as written and as values.
    pub(in crate::reader) figures: String,
    /// The text around them, Chinese first.
    pub(in crate::reader) contexts: [String; 2],
}

impl Mismatches {
    /// The disagreements of a text whose two figures are in one bead: a reader who splits a pair
    /// has resolved them.
    ///
    /// Those whose keys are accepted are left out.
    pub(super) fn new(text: &Text, alignment: Option<&Alignment>, accepted: &[u64]) -> Self {
        let mut mismatches = Self::default();
        let Some(alignment) = alignment else {
            return mismatches;
        };
        for (index, one) in text.disagreements().iter().enumerate() {
            let [chinese, english] =
                Language::BOTH.map(|side| alignment.bead_of(side, block_of(text, one, side)?));
            let is_accepted = || accepted.contains(&text.disagreement_key(one));
            if chinese.is_none() || chinese != english || !accepted.is_empty() && is_accepted() {
                continue;
            }
            mismatches.indices.push(index);
            for side in Language::BOTH {
                let range = figure_range(one, side);
                mismatches.ranges[side as usize].push(range.start as u32..range.end as u32);
            }
        }
        for ranges in &mut mismatches.ranges {
            ranges.sort_by_key(|range| (range.start, range.end));
            let mut end = 0;
            ranges.retain(|range| {
                let is_apart = range.start >= end;
                end = end.max(range.end);
                is_apart
            });
        }
        mismatches
    }

    /// The figures that overlap a byte range of a side.
    pub(super) fn overlapping(&self, side: Language, range: &Range<u32>) -> &[Range<u32>] {
        overlapping(&self.ranges[side as usize], range)
    }

    /// All mismatches in reading order, for a side.
    pub(super) fn list<'a>(
        &'a self,
        text: &'a Text,
        side: Language,
    ) -> impl Iterator<Item = Mismatch> + 'a {
        self.disagreements(text).filter_map(move |one| {
            let contexts = Language::BOTH.map(|side| context(text, one, side));
            text.document(side)?;
            Some(Mismatch {
                at: figure_range(one, side).start as u32,
                figures: describe(text, one),
                contexts,
            })
        })
    }

    /// The byte of the other language's figure that disagrees with one in a range.
    pub(super) fn other_figure(&self, text: &Text, range: &TextRange) -> Option<u32> {
        let is_inside = |one: &&Disagreement| {
            let figure = figure_range(one, range.side).start as u32;
            range.range.contains(&figure)
        };
        let found = self.disagreements(text).find(is_inside)?;
        Some(figure_range(found, range.side.other()).start as u32)
    }

    /// The disagreements with a figure in some bytes of each side.
    pub(super) fn inside<'a>(
        &'a self,
        text: &'a Text,
        bytes: &'a [Range<u32>; 2],
    ) -> impl Iterator<Item = &'a Disagreement> {
        let is_inside = |one: &Disagreement, side: Language| {
            bytes[side as usize].contains(&(figure_range(one, side).start as u32))
        };
        self.disagreements(text)
            .filter(move |one| Language::BOTH.into_iter().any(|side| is_inside(one, side)))
    }

    /// A line about the mismatches in some bytes of each side: in full, and without the values.
    pub(super) fn notice(&self, text: &Text, bytes: &[Range<u32>; 2]) -> Option<[String; 2]> {
        let mut inside = self.inside(text, bytes);
        let first = inside.next()?;
        let more = inside.count();
        let [chinese, english] = as_written(text, first);
        let firsts = [describe(text, first), format!("{chinese} ≠ {english}")];
        Some(firsts.map(|first| match more {
            0 => first,
            _ => tr!("{first} · and {more} more", first = first, more = more),
        }))
    }

    fn disagreements<'a>(&'a self, text: &'a Text) -> impl Iterator<Item = &'a Disagreement> {
        self.indices
            .iter()
            .map(|&index| &text.disagreements()[index])
    }
}

fn figure_range(one: &Disagreement, side: Language) -> Range<usize> {
    match side {
        Language::Chinese => one.chinese.range.clone(),
        Language::English => one.english.range.clone(),
    }
}

fn block_of(text: &Text, one: &Disagreement, side: Language) -> Option<u32> {
    text.document(side)?
        .block_at(figure_range(one, side).start as u32)
        .map(|block| block as u32)
}

/// The figures as the texts have them, Chinese first.
fn as_written(text: &Text, one: &Disagreement) -> [String; 2] {
    Language::BOTH.map(|side| {
        let figure = text.shown(side).text.get(figure_range(one, side));
        on_one_line(figure.unwrap_or_default())
    })
}

/// `8.6 亿美元 ≠ $8.6 billion (860,000,000 and 8,600,000,000, 10 times)`.
fn describe(text: &Text, one: &Disagreement) -> String {
    let [chinese, english] = as_written(text, one);
    if one.chinese.kind == FigureKind::Date {
        return format!("{chinese} ≠ {english}");
    }
    let [left, right] =
        [&one.chinese, &one.english].map(|figure| grouped(&figure.value.to_decimal()));
    match one.times() {
        Some(times) => tr!(
            "{chinese} ≠ {english} ({one} and {other}, {times} times)",
            chinese = chinese,
            english = english,
            one = left,
            other = right,
            times = times
        ),
        None => tr!(
            "{chinese} ≠ {english} ({one} and {other})",
            chinese = chinese,
            english = english,
            one = left,
            other = right
        ),
    }
}

/// The text around a figure, which does not begin in the middle of a word.
fn context(text: &Text, one: &Disagreement, side: Language) -> String {
    let document = text.shown(side);
    let at = figure_range(one, side).start;
    let Some(block) = document.block_at(at as u32) else {
        return String::new();
    };
    let text = document.block_text(block);
    let at =
        text.floor_char_boundary(at.saturating_sub(document.blocks[block].range.start as usize));
    let mut start = text[..at]
        .char_indices()
        .rev()
        .take(CONTEXT_BEFORE)
        .last()
        .map_or(at, |(start, _)| start);
    if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        start = text[start..at]
            .find(' ')
            .map_or(start, |space| start + space + 1);
    }
    let dots = if start > 0 { "…" } else { "" };
    let shown: String = text[start..]
        .chars()
        .take(CONTEXT_BEFORE + CONTEXT_AFTER)
        .collect();
    format!("{dots}{}", on_one_line(&shown))
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A decimal with its thousands separated; other notations are left as they are.
fn grouped(decimal: &str) -> String {
    let digits = decimal.trim_start_matches('-');
    let sign = &decimal[..decimal.len() - digits.len()];
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return decimal.to_owned();
    }
    format!("{sign}{}{fraction}", group_thousands(whole))
}

#[cfg(test)]
#[path = "highlights_tests.rs"]
mod tests;
