//! Figures on which the two languages disagree.

use std::ops::Range;

use super::Page;
use crate::bilingual::{Alignment, Disagreement, Text};
use crate::reader::flow::Source;
use crate::text::Language;

/// The disagreements of a text that an alignment bears out, in reading order, and where they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts {
    /// Indices into the text's disagreements.
    all: Vec<usize>,
    /// The byte ranges of their figures in each side's text, sorted and apart.
    ranges: [Vec<Range<u32>>; 2],
}

impl Doubts {
    /// Those of the text's disagreements whose two figures stand in one group: a reader who parted a pair has answered them.
    pub(super) fn of(text: &Text, alignment: Option<&Alignment>) -> Self {
        let mut doubts = Self::default();
        let Some(alignment) = alignment else { return doubts };
        let group = |side, at: usize| {
            let block = text.document(side)?.block_at(at as u32)?;
            alignment.bead_of(side, block as u32)
        };
        for (index, one) in text.disagreements().iter().enumerate() {
            let groups =
                (group(Language::Chinese, one.chinese.range.start), group(Language::English, one.english.range.start));
            if groups.0.is_none() || groups.0 != groups.1 {
                continue;
            }
            doubts.all.push(index);
            for side in Language::BOTH {
                let range = figure_range(one, side);
                doubts.ranges[side as usize].push(range.start as u32..range.end as u32);
            }
        }
        for ranges in &mut doubts.ranges {
            ranges.sort_by_key(|range| (range.start, range.end));
            let mut end = 0;
            ranges.retain(|range| {
                let is_apart = range.start >= end;
                end = end.max(range.end);
                is_apart
            });
        }
        doubts
    }
}

fn figure_range(one: &Disagreement, side: Language) -> Range<usize> {
    match side {
        Language::Chinese => one.chinese.range.clone(),
        Language::English => one.english.range.clone(),
    }
}

/// Two figures that disagree, as they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reader) struct Doubt {
    /// The block of the side shown in which it stands.
    pub(in crate::reader) block: u32,
    /// Both figures as written and as values.
    pub(in crate::reader) figures: String,
    /// What stands around them, Chinese first.
    pub(in crate::reader) contexts: [String; 2],
}

/// So many characters before a figure are told with it.
const BEFORE: usize = 24;
/// And so many from it on.
const AFTER: usize = 60;

impl Page {
    /// The figures that disagree, in reading order.
    pub(in crate::reader) fn doubts(&self) -> impl Iterator<Item = Doubt> + '_ {
        self.doubts.all.iter().filter_map(|&index| {
            let one = &self.text.disagreements()[index];
            let at = figure_range(one, self.side).start as u32;
            let block = self.document().block_at(at)? as u32;
            let contexts = Language::BOTH.map(|side| self.context(one, side));
            Some(Doubt { block, figures: self.tell(one), contexts })
        })
    }

    /// What to tell of the current block, or pair, where its figures disagree.
    pub fn doubt(&self) -> Option<String> {
        let blocks = Language::BOTH.map(|side| {
            let is_shown = side == self.side || self.is_parallel();
            self.current_blocks(side).filter(|blocks| is_shown && !blocks.is_empty())
        });
        let here = |one: &Disagreement, side: Language| {
            let block = self.text.document(side)?.block_at(figure_range(one, side).start as u32)? as u32;
            Some(blocks[side as usize].as_ref()?.contains(&block))
        };
        let mut found = self
            .doubts
            .all
            .iter()
            .map(|&index| &self.text.disagreements()[index])
            .filter(|one| Language::BOTH.into_iter().any(|side| here(one, side).unwrap_or(false)));
        let first = found.next()?;
        let more = found.count();
        let more = if more > 0 { format!(" · and {more} more") } else { String::new() };
        Some(format!("{}{more} · ! lists them", self.tell(first)))
    }

    /// The figures that disagree in a byte range of a source.
    pub fn doubtful(&self, source: Source, range: &Range<u32>) -> &[Range<u32>] {
        let Source::Text(side) = source else { return &[] };
        let ranges = &self.doubts.ranges[side as usize];
        let first = ranges.partition_point(|other| other.end <= range.start);
        let end = ranges.partition_point(|other| other.start < range.end);
        ranges.get(first..end).unwrap_or_default()
    }

    /// `8.6 亿美元 ≠ $8.6 billion (860,000,000 and 8,600,000,000)`.
    fn tell(&self, one: &Disagreement) -> String {
        let [chinese, english] = Language::BOTH.map(|side| {
            let range = figure_range(one, side);
            self.text.shown(side).text.get(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let values = [&one.chinese, &one.english].map(|figure| grouped(&figure.decimal()));
        format!("{chinese} ≠ {english} ({} and {})", values[0], values[1])
    }

    fn context(&self, one: &Disagreement, side: Language) -> String {
        let document = self.text.shown(side);
        let at = figure_range(one, side).start;
        let Some(block) = document.block_at(at as u32) else { return String::new() };
        let text = document.block_text(block);
        let at = text.floor_char_boundary(at.saturating_sub(document.blocks[block].range.start as usize));
        let start = text[..at].char_indices().rev().take(BEFORE).last().map_or(at, |(start, _)| start);
        // Not from the middle of a word.
        let is_inside = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        let start = text[start..at].find(' ').filter(|_| is_inside).map_or(start, |space| start + space + 1);
        let cut = if start > 0 { "…" } else { "" };
        let shown: String = text[start..].chars().take(BEFORE + AFTER).collect();
        format!("{cut}{}", shown.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// A decimal with the thousands of its whole part apart; other notations as they are.
fn grouped(decimal: &str) -> String {
    let digits = decimal.trim_start_matches('-');
    let sign = &decimal[..decimal.len() - digits.len()];
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return decimal.to_owned();
    }
    let mut text = sign.to_owned();
    for (nth, digit) in whole.chars().enumerate() {
        if nth > 0 && (whole.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart_in_whole_parts_only() {
        for (decimal, told) in
            [("1234567.8912", "1,234,567.8912"), ("-860000000", "-860,000,000"), ("1e400", "1e400"), ("12", "12")]
        {
            assert_eq!(grouped(decimal), told);
        }
    }
}
