//! Filling lines: a leaf's text, set into lines of at most so many columns.
//!
//! One pass over the text, greedy: a line takes what fits and is broken at the last place where it may be. Nothing is
//! read twice, so that a paragraph of any length costs its length.

mod breaking;
mod context;
mod spread;
mod styles;

use std::ops::Range;

use super::class::{Class, ascii_class, class_of};
use super::line_break::{Chance, beside, spaced};
use super::pinyin::Syllable;
use super::width::{Ambiguous, cluster, is_lone_ascii, is_lone_han};
use crate::markdown::StyleRun;
use spread::Spread;
use styles::Styles;

/// One filled line, as offsets into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it starts.
    pub(super) start: u32,
    /// The end of what is drawn: without the spaces and the line feed at its end.
    pub(super) shown: u32,
    /// Where it ends and the next one starts.
    pub(super) end: u32,
    /// The columns of all text before it, from the start of the filling.
    pub(super) before: u32,
    /// The columns of what is drawn.
    pub(super) columns: u16,
    /// Whether a stand-in is drawn for its one character, which is wider than the line.
    pub(super) stand_in: bool,
    /// Whether it goes on with the source line of the line above.
    pub(super) continues: bool,
}

/// A place where the inline style changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its byte offset: the start of the first cluster of the new style.
    pub(super) at: u32,
    /// The columns of all text before it, from the start of the filling.
    pub(super) before: u32,
    /// So many of these are a gap just before it, where nothing is drawn.
    pub(super) gap: u32,
    /// The run from here on, as an index into the document's; none for plain text.
    pub(super) run: Option<u32>,
}

/// How wide lines are, and what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// The columns of the first line, at least 1 and at most those of the others.
    pub(super) first: u16,
    /// The columns of the others.
    pub(super) rest: u16,
    /// How ambiguous characters are measured.
    pub(super) ambiguous: Ambiguous,
    /// Whether it is code: lines that are better full than well broken.
    pub(super) code: bool,
}

/// Lines and marks, in vectors that are used again for the next text.
#[derive(Debug, Default)]
pub(super) struct Filler {
    /// The lines filled.
    pub(super) lines: Vec<Line>,
    /// The changes of style in them, sorted.
    pub(super) marks: Vec<Mark>,
    /// The pinyin to stand above the text, sorted; none where none is wanted. Set before filling, which spreads the
    /// characters so that no syllable touches the next.
    pub(super) syllables: Vec<Syllable>,
}

impl Filler {
    /// Forgets all lines, marks and syllables.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.marks.clear();
        self.syllables.clear();
    }

    /// Fills a range of a text into lines, appended to those already there; at least one line. The lines tile the range.
    pub(super) fn fill(&mut self, text: &str, range: Range<u32>, runs: &[StyleRun], first_run: u32, measure: Measure) {
        let text = &text[..range.end as usize];
        let next = runs.partition_point(|run| run.range.end <= range.start);
        let mut scan = Scan::new(self, text, range.start as usize, measure);
        scan.styles = Styles { runs, first_run, next, change: 0 };
        scan.begin_spread();
        scan.run();
    }
}

/// A place where the line could be broken.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The offset at which the next line would start.
    at: usize,
    /// The columns of all text before it.
    before: u32,
    /// The end of what would be drawn.
    shown: usize,
    /// The columns of all text up to there.
    shown_before: u32,
}

#[expect(clippy::struct_excessive_bools, reason = "four facts about the text before, independent of each other")]
struct Scan<'a> {
    filler: &'a mut Filler,
    text: &'a str,
    styles: Styles<'a>,
    measure: Measure,
    width: u32,
    /// Where we are, and what is drawn up to here.
    here: Place,
    /// Where the line started.
    line: Place,
    /// The last places of each kind; those before the line's start are void.
    good: Place,
    /// The good place before that one.
    earlier: Place,
    /// The last good point for breaking what is wider than the line.
    point: Place,
    /// The last place in the middle of a word.
    split: Place,
    /// The last space that should not end a line.
    held: Place,
    /// Where the line above could have been broken instead.
    spare: Place,
    class: Class,
    blank: bool,
    continues: bool,
    /// The lines pushed.
    lines: u32,
    glued_until: usize,
    in_address: bool,
    in_quotes: bool,
    spread: Spread,
}

impl<'a> Scan<'a> {
    fn new(filler: &'a mut Filler, text: &'a str, at: usize, measure: Measure) -> Self {
        let here = Place { at, before: 0, shown: at, shown_before: 0 };
        let void = Place::default();
        Self {
            filler,
            text,
            styles: Styles::default(),
            measure,
            width: u32::from(measure.first.max(1)),
            here,
            line: here,
            good: void,
            earlier: void,
            spare: void,
            point: void,
            split: void,
            held: void,
            class: Class::Start,
            blank: false,
            continues: false,
            lines: 0,
            glued_until: 0,
            in_address: false,
            in_quotes: false,
            spread: Spread::default(),
        }
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut fed = false;
        while self.here.at < bytes.len() {
            let at = self.here.at;
            if at >= self.spread.next {
                self.spread();
            }
            if at >= self.styles.change {
                self.mark(0);
            }
            fed = false;
            if is_lone_ascii(bytes, at) {
                match ascii_class(bytes[at]) {
                    Class::Space => self.space(at + 1, 1),
                    Class::Letter => {
                        self.take(Class::Letter, at + 1, 1);
                        self.word();
                    }
                    class => self.take(class, at + 1, 1),
                }
            } else if is_lone_han(bytes, at) {
                self.take(Class::Ideograph, at + 3, 2);
            } else {
                let found = cluster(self.text, at, self.measure.ambiguous);
                match class_of(found.lead) {
                    Class::Space => self.space(found.end, u32::from(found.columns)),
                    Class::Feed => {
                        self.feed();
                        fed = true;
                    }
                    // A keycap: an emoji on a digit.
                    _ if found.lead.is_ascii() && found.columns == 2 => self.take(Class::Ideograph, found.end, 2),
                    class => self.take(class, found.end, u32::from(found.columns)),
                }
            }
        }
        if !fed && (self.here.at > self.line.at || !self.continues) {
            self.mend_widow();
            self.push(self.here);
        }
    }

    /// Takes the letters that follow a letter, as many as have room: a word can only be split between them.
    fn word(&mut self) {
        let room = (self.width + self.line.before).saturating_sub(self.here.before) as usize;
        let ahead = &self.text.as_bytes()[self.here.at..self.text.len().min(self.styles.change)];
        let letters = ahead.iter().take(room).take_while(|byte| byte.is_ascii_alphabetic()).count();
        // The last may have a combining mark.
        let Some(more) = letters.checked_sub(2) else { return };
        let after = |letters: usize| {
            let (at, before) = (self.here.at + letters, self.here.before + letters as u32);
            Place { at, before, shown: at, shown_before: before }
        };
        (self.split, self.here) = (after(more), after(more + 1));
    }

    /// Marks the style from here on, which stands after a gap.
    fn mark(&mut self, gap: u32) {
        let at = self.here.at;
        let run = self.styles.at(at);
        if gap > 0 || self.filler.marks.last().map_or(run.is_some(), |last| last.run != run) {
            self.filler.marks.push(Mark { at: at as u32, before: self.here.before, gap, run });
        }
    }

    fn space(&mut self, end: usize, columns: u32) {
        self.blank = true;
        self.in_address = false;
        self.here.at = end;
        self.here.before += columns;
    }

    fn feed(&mut self) {
        self.mend_widow();
        self.here.at += 1;
        self.push(self.here);
        self.spread.end = 0;
        self.class = Class::Start;
        self.blank = false;
        self.continues = false;
        self.in_address = false;
        self.in_quotes = false;
    }

    #[inline]
    fn take(&mut self, class: Class, end: usize, columns: u32) {
        let class = if matches!(class, Class::Quote | Class::QuoteOpen | Class::QuoteClose | Class::Minus | Class::Stop)
        {
            self.context(class, end)
        } else {
            class
        };
        let mut chance = if self.blank { spaced(self.class, class) } else { beside(self.class, class) };
        if chance == Chance::Ask {
            chance = self.ask(class, end);
        }
        if chance == Chance::Break && self.here.at < self.glued_until {
            chance = Chance::Point;
        }
        match chance {
            Chance::Break => {
                self.earlier = self.good;
                self.good = self.here;
            }
            Chance::Point if self.blank => self.held = self.here,
            Chance::Point => self.point = self.here,
            Chance::Split => self.split = self.here,
            Chance::Never | Chance::Ask => {}
        }
        let room = columns.max(self.spread.syllable);
        if self.here.before + room - self.line.before > self.width {
            self.overflow(end, room);
        }
        self.spread.syllable = 0;
        self.here =
            Place { at: end, before: self.here.before + columns, shown: end, shown_before: self.here.before + columns };
        self.class = class;
        self.blank = false;
    }

    fn push(&mut self, place: Place) {
        let shown = place.shown.max(self.line.at);
        let columns = place.shown_before.max(self.line.before) - self.line.before;
        self.filler.lines.push(Line {
            start: self.line.at as u32,
            shown: shown as u32,
            end: place.at as u32,
            before: self.line.before,
            columns: columns as u16,
            stand_in: false,
            continues: self.continues,
        });
        self.lines += 1;
        self.line = place;
        self.width = u32::from(self.measure.rest.max(1));
    }
}

#[cfg(test)]
#[path = "paragraph_tests.rs"]
mod tests;
