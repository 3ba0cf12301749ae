//! Fills text into lines of a limited number of columns.
//!
//! The scanner finds the opportunities in the text, each with a price; the filling chooses among
//! them. A long text is filled in windows of some rows, so that it takes time in proportion to its
//! length.

mod context;
mod filling;
mod measure;
mod price;
mod scanner;

use std::ops::Range;

use super::pinyin::Syllable;
use crate::markdown::StyleRun;
use crate::text::ConvertedText;
use filling::Filling;
pub(super) use measure::{FillKind, Measure};
use scanner::{BreakScanner, Opportunity, StyleChange};

/// One filled line, as offsets into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FilledLine {
    pub(super) start: u32,
    /// The end of what is drawn: without the spaces and the line feed at its end.
    pub(super) shown: u32,
    /// Where it ends and the next one starts.
    pub(super) end: u32,
    /// The columns of all text before it.
    pub(super) before: u32,
    /// The columns of what is drawn.
    pub(super) columns: u16,
    /// Whether a placeholder is drawn for its one character, which is wider than the line.
    pub(super) is_placeholder: bool,
    /// Whether a hyphen is drawn at its end.
    pub(super) has_hyphen: bool,
    /// Whether it continues the source line of the line above.
    pub(super) continues: bool,
}

#[derive(Debug, Default)]
pub(super) struct FilledText {
    /// The lines, at least one; they cover the text without gaps.
    pub(super) lines: Vec<FilledLine>,
    /// Sorted by offset.
    pub(super) style_changes: Vec<StyleChange>,
    /// The pinyin above the text, sorted, with the columns before each syllable filled in.
    pub(super) syllables: Vec<Syllable>,
    /// What was filled in place of a range of the document's text.
    pub(super) converted: Option<(Range<u32>, ConvertedText)>,
}

impl FilledText {
    /// The columns before the first character of a line, which is in the middle below its syllable.
    pub(super) fn lead(&self, line: &FilledLine) -> u16 {
        let key = |syllable: &Syllable| syllable.at;
        let first = self.syllables.binary_search_by_key(&line.start, key);
        let first = first.map(|first| &self.syllables[first]);
        { first.ok().filter(|it| it.before.is_some()) }.map_or(0, |first| first.lead)
    }
}

/// Fills a range of a text into lines, with its runs from the index `first_run` of the document's.
/// Characters are spread so that no syllable of their pinyin touches the next.
pub(super) fn fill(
    text: &str,
    range: Range<u32>,
    runs: &[StyleRun],
    first_run: u32,
    measure: Measure,
    syllables: Vec<Syllable>,
) -> FilledText {
    let mut lines = Vec::with_capacity(range.len() / usize::from(measure.rest.max(1)) + 1);
    let mut filling = Filling::new(measure);
    let text = &text[..range.end as usize];
    let mut scanner = BreakScanner::new(text, range.start, runs, first_run, measure, syllables);
    let mut line = Opportunity::start(range.start);
    let mut continues = false;
    loop {
        let is_whole = scanner.scan();
        let ends = filling.fill(
            text,
            &scanner.opportunities,
            line,
            lines.is_empty(),
            is_whole,
        );
        for &end in ends {
            let end = scanner.opportunities[end as usize];
            lines.push(filled_line(
                line,
                end,
                measure.width(lines.is_empty()) + u32::from(measure.hang),
                continues,
            ));
            line = end;
            continues = true;
        }
        let taken = ends.last().map_or(0, |end| *end as usize + 1);
        scanner.forget(taken, line);
        if is_whole {
            continues = false;
            if line.at as usize == text.len() {
                break;
            }
        }
    }
    let (style_changes, syllables) = scanner.finish();
    FilledText {
        lines,
        style_changes,
        syllables,
        converted: None,
    }
}

/// The line between two opportunities. What is wider than `width` is one character on a line of one
/// column.
fn filled_line(start: Opportunity, end: Opportunity, width: u32, continues: bool) -> FilledLine {
    let columns = end.shown_before.max(start.before) - start.before;
    FilledLine {
        start: start.at,
        shown: end.shown.max(start.at),
        end: end.at,
        before: start.before,
        columns: columns.min(width) as u16,
        is_placeholder: columns > width,
        has_hyphen: end.has_hyphen,
        continues,
    }
}

#[cfg(test)]
#[path = "paragraph_tests.rs"]
mod tests;
