//! Fills text into lines of a limited number of columns.
//!
//! One greedy pass over the text: a line takes what fits and is broken at the last place where it
//! may be. No text is read twice, so that a paragraph of any length takes time in proportion to its
//! length.

mod breaking;

use std::ops::Range;

use super::line_break::{BreakClass, Chance, ascii_class, beside, class_of, spaced};
use super::pinyin::Syllable;
use super::width::{Ambiguous, cluster, is_lone_ascii, is_lone_han};
use crate::markdown::StyleRun;
use crate::text::ConvertedText;

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
    /// Whether it continues the source line of the line above.
    pub(super) continues: bool,
}

/// A place where the inline style changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StyleChange {
    /// Its byte offset: the start of the first cluster of the new style.
    pub(super) at: u32,
    /// The columns of all text before it.
    pub(super) before: u32,
    /// How many of these are a gap just before it, where nothing is drawn.
    pub(super) gap: u32,
    /// The run from here on, as an index into the document's; none for plain text.
    pub(super) run: Option<u32>,
}

/// How wide lines are, and what they contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// The columns of the first line, at least 1 and at most those of the others.
    pub(super) first: u16,
    /// The columns of the others.
    pub(super) rest: u16,
    pub(super) ambiguous: Ambiguous,
    /// Whether it is code: full lines are better than well broken ones.
    pub(super) code: bool,
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
    let start = BreakPoint::after_text(range.start as usize, 0);
    let next = runs.partition_point(|run| run.range.end <= range.start);
    let mut filler = LineFiller {
        filled: FilledText {
            syllables,
            ..FilledText::default()
        },
        text: &text[..range.end as usize],
        styles: StyleCursor {
            runs,
            first_run,
            next,
            change: 0,
        },
        measure,
        width: u32::from(measure.first.max(1)),
        here: start,
        line: start,
        candidates: Candidates::default(),
        class: BreakClass::Start,
        is_after_space: false,
        continues: false,
        glued_until: 0,
        is_in_address: false,
        is_in_quotes: false,
        spread: Spread::default(),
    };
    filler.begin_spread();
    filler.fill();
    filler.filled
}

/// A place where the line could be broken.
#[derive(Clone, Copy, Default)]
struct BreakPoint {
    /// The offset at which the next line would start.
    at: usize,
    /// The columns of all text before it.
    before: u32,
    /// The end of what would be drawn.
    shown: usize,
    /// The columns of all text up to there.
    shown_before: u32,
}

impl BreakPoint {
    /// A place right after drawn text.
    const fn after_text(at: usize, before: u32) -> Self {
        Self {
            at,
            before,
            shown: at,
            shown_before: before,
        }
    }
}

/// The last break points of each kind; those before the line's start are void.
#[derive(Default)]
struct Candidates {
    regular: BreakPoint,
    /// The regular point before the last one.
    earlier: BreakPoint,
    /// A good point within what is wider than the line.
    point: BreakPoint,
    /// In the middle of a word.
    split: BreakPoint,
    /// After a space that should not end a line.
    space: BreakPoint,
    /// Where the line above could have been broken instead.
    spare: BreakPoint,
}

/// The pinyin syllables above the line.
struct Spread {
    /// The offset at which to look again; beyond every text if there is no pinyin.
    next: usize,
    /// The index of the next syllable.
    index: usize,
    /// The columns of the syllable above the next character; 0 for none.
    syllable: u32,
    /// The columns of all text before the end of the last syllable of this line; 0 for none.
    end: u32,
}

impl Default for Spread {
    fn default() -> Self {
        Self {
            next: usize::MAX,
            index: 0,
            syllable: 0,
            end: 0,
        }
    }
}

/// The inline styles along a text.
struct StyleCursor<'a> {
    runs: &'a [StyleRun],
    first_run: u32,
    next: usize,
    /// The offset of the next change.
    change: usize,
}

impl StyleCursor<'_> {
    /// The run at an offset. Moves `change` to where it ends or the next one starts.
    fn run_at(&mut self, at: usize) -> Option<u32> {
        let ahead = &self.runs[self.next..];
        self.next += ahead
            .iter()
            .take_while(|run| run.range.end as usize <= at)
            .count();
        let run = self.runs.get(self.next);
        let is_inside = run.is_some_and(|run| run.range.start as usize <= at);
        self.change = run.map_or(usize::MAX, |run| if is_inside { run.range.end } else { run.range.start } as usize);
        is_inside.then_some(self.first_run + self.next as u32)
    }
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts about the text before, independent of each other"
)]
struct LineFiller<'a> {
    filled: FilledText,
    text: &'a str,
    styles: StyleCursor<'a>,
    measure: Measure,
    /// The columns of the current line.
    width: u32,
    /// The current position.
    here: BreakPoint,
    line: BreakPoint,
    candidates: Candidates,
    /// The class of the last character.
    class: BreakClass,
    is_after_space: bool,
    continues: bool,
    /// The end of a unit that should stay with the figure before it.
    glued_until: usize,
    is_in_address: bool,
    /// Whether a straight quotation mark is open.
    is_in_quotes: bool,
    spread: Spread,
}

impl LineFiller<'_> {
    fn fill(&mut self) {
        let bytes = self.text.as_bytes();
        let mut ends_with_feed = false;
        while self.here.at < bytes.len() {
            let at = self.here.at;
            if at >= self.spread.next {
                self.spread();
            }
            if at >= self.styles.change {
                self.change_style(0);
            }
            ends_with_feed = false;
            if is_lone_ascii(bytes, at) {
                match ascii_class(bytes[at]) {
                    BreakClass::Space => self.space(at + 1, 1),
                    BreakClass::Letter => {
                        self.take(BreakClass::Letter, at + 1, 1);
                        self.word();
                    }
                    class => self.take(class, at + 1, 1),
                }
            } else if is_lone_han(bytes, at) {
                self.take(BreakClass::Ideograph, at + 3, 2);
                self.ideographs();
            } else {
                let found = cluster(self.text, at, self.measure.ambiguous);
                let is_alone = found.end == at + found.lead.len_utf8();
                match class_of(found.lead) {
                    BreakClass::Space if is_alone => {
                        self.space(found.end, u32::from(found.columns));
                    }
                    // A combining mark makes a letter of it (LB10 of UAX #14), which is never dropped.
                    BreakClass::Space => {
                        self.take(BreakClass::Letter, found.end, u32::from(found.columns));
                    }
                    BreakClass::Feed => {
                        self.feed();
                        ends_with_feed = true;
                    }
                    // A keycap: an emoji on a digit.
                    _ if found.lead.is_ascii() && found.columns == 2 => {
                        self.take(BreakClass::Ideograph, found.end, 2);
                    }
                    class => self.take(class, found.end, u32::from(found.columns)),
                }
            }
        }
        if !ends_with_feed && (self.here.at > self.line.at || !self.continues) {
            self.fix_widow();
            self.push(self.here);
        }
    }

    /// Takes the letters that follow a letter, as many as fit: a word can only be split between
    /// them.
    fn word(&mut self) {
        let room = (self.width + self.line.before).saturating_sub(self.here.before) as usize;
        let ahead = &self.text.as_bytes()[self.here.at..self.text.len().min(self.styles.change)];
        let letters = ahead
            .iter()
            .take(room)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        // The last may have a combining mark.
        let Some(more) = letters.checked_sub(2) else {
            return;
        };
        let after = |letters: usize| {
            BreakPoint::after_text(self.here.at + letters, self.here.before + letters as u32)
        };
        self.candidates.split = after(more);
        self.here = after(more + 1);
    }

    /// Takes the ideographs that follow an ideograph, as many as fit: the line can be broken before
    /// each of them.
    fn ideographs(&mut self) {
        let bytes = self.text.as_bytes();
        let start = self.here;
        if start.at < self.glued_until {
            return;
        }
        let end = bytes.len().min(self.styles.change).min(self.spread.next);
        let room = (self.width + self.line.before).saturating_sub(start.before) as usize / 2;
        let ahead = (start.at..end).step_by(3).take(room);
        let number = ahead.take_while(|&at| is_lone_han(bytes, at)).count();
        let after = |number: usize| {
            BreakPoint::after_text(start.at + 3 * number, start.before + 2 * number as u32)
        };
        if number > 0 {
            self.candidates.earlier = match number {
                1 => self.candidates.regular,
                _ => after(number - 2),
            };
            self.candidates.regular = after(number - 1);
            self.here = after(number);
        }
    }

    /// Records the style from here on, which follows a gap.
    fn change_style(&mut self, gap: u32) {
        let at = self.here.at;
        let run = self.styles.run_at(at);
        let last = self.filled.style_changes.last().and_then(|last| last.run);
        if gap > 0 || last != run {
            self.filled.style_changes.push(StyleChange {
                at: at as u32,
                before: self.here.before,
                gap,
                run,
            });
        }
    }

    fn space(&mut self, end: usize, columns: u32) {
        self.is_after_space = true;
        self.is_in_address = false;
        self.here.at = end;
        self.here.before += columns;
    }

    fn feed(&mut self) {
        self.fix_widow();
        self.here.at += 1;
        self.push(self.here);
        self.spread.end = 0;
        self.class = BreakClass::Start;
        self.is_after_space = false;
        self.continues = false;
        self.is_in_address = false;
        self.is_in_quotes = false;
    }

    #[inline]
    fn take(&mut self, class: BreakClass, end: usize, columns: u32) {
        let class = self.class_in_context(class, end);
        let mut chance = if self.is_after_space {
            spaced(self.class, class)
        } else {
            beside(self.class, class)
        };
        if chance == Chance::Depends {
            chance = self.chance_in_context(class, end);
        }
        if chance == Chance::Break && self.here.at < self.glued_until {
            chance = Chance::Point;
        }
        match chance {
            Chance::Break => {
                self.candidates.earlier = self.candidates.regular;
                self.candidates.regular = self.here;
            }
            Chance::Point if self.is_after_space => self.candidates.space = self.here,
            Chance::Point => self.candidates.point = self.here,
            Chance::Split => self.candidates.split = self.here,
            Chance::Never | Chance::Depends => {}
        }
        let room = columns.max(self.spread.syllable);
        if self.here.before + room - self.line.before > self.width {
            self.overflow(end, room);
        }
        self.spread.syllable = 0;
        self.here = BreakPoint::after_text(end, self.here.before + columns);
        self.class = class;
        self.is_after_space = false;
    }

    /// Ends the line at a break point.
    fn push(&mut self, point: BreakPoint) {
        let shown = point.shown.max(self.line.at);
        let columns = point.shown_before.max(self.line.before) - self.line.before;
        self.filled.lines.push(FilledLine {
            start: self.line.at as u32,
            shown: shown as u32,
            end: point.at as u32,
            before: self.line.before,
            columns: columns as u16,
            is_placeholder: false,
            continues: self.continues,
        });
        self.line = point;
        self.width = u32::from(self.measure.rest.max(1));
    }

    /// Prepares for the syllables of the text; those wider than a line are left out.
    fn begin_spread(&mut self) {
        let widest = self.measure.first.min(self.measure.rest);
        self.filled
            .syllables
            .retain(|syllable| syllable.columns <= widest);
        if let Some(first) = self.filled.syllables.first() {
            self.spread.next = first.at as usize;
        }
    }

    /// Leaves a gap before the next cluster if its syllable would touch the last one, or if it
    /// would be under the end of the last one without having its own. Punctuation and blanks may be
    /// under the end of a syllable.
    fn spread(&mut self) {
        let at = self.here.at;
        let syllables = &mut self.filled.syllables;
        // A character inside a cluster has no place of its own.
        self.spread.index += syllables[self.spread.index..]
            .iter()
            .take_while(|syllable| (syllable.at as usize) < at)
            .count();
        let end = self.spread.end;
        let mut gap = 0;
        if let Some(syllable) = syllables
            .get_mut(self.spread.index)
            .filter(|syllable| syllable.at as usize == at)
        {
            gap = if end > 0 {
                (end + 1).saturating_sub(self.here.before)
            } else {
                0
            };
            let before = self.here.before + gap;
            syllable.before = Some(before);
            self.spread.syllable = syllable.columns.into();
            self.spread.end = before + u32::from(syllable.columns);
            self.spread.index += 1;
        } else if end > self.here.before {
            let class = self.text[at..]
                .chars()
                .next()
                .map_or(BreakClass::Space, class_of);
            if class.is_word() || matches!(class, BreakClass::Ideograph | BreakClass::Prefix) {
                gap = end - self.here.before;
            }
        }
        if gap > 0 {
            self.here.before += gap;
            self.change_style(gap);
        }
        let next = self
            .filled
            .syllables
            .get(self.spread.index)
            .map_or(usize::MAX, |syllable| syllable.at as usize);
        self.spread.next = if self.spread.end > self.here.before {
            at + 1
        } else {
            next
        };
    }
}

#[cfg(test)]
#[path = "paragraph_tests.rs"]
mod tests;
