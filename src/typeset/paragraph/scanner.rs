//! Finds where a text may be broken, and at what price; how wide it is up to there, and where its style
//! changes.

use std::ops::Range;

use super::super::line_break::{
    BreakClass, Chance, ascii_class, beside, class_of, is_no_break_space, spaced,
};
use super::super::pinyin::{Joint, Syllable};
use super::super::rows::Spacing;
use super::super::unit::begins_numeral;
use super::super::width::{cluster, han_at, is_lone_ascii, is_lone_han};
use super::measure::{FillKind, Measure};
use super::price;
use crate::markdown::{Inline, StyleRun};
use crate::text::is_han;

/// In narrower lines the syllables of a word are not joined, since a character may be beside its syllable then.
const LEAST_JOINED: u16 = 8;
/// How many rows of text are looked at together.
const WINDOW: u32 = 32;

/// A line-breaking opportunity (UAX #14).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opportunity {
    /// The offset at which the next line would start.
    pub(super) at: u32,
    /// The columns of all text before it.
    pub(super) before: u32,
    /// The end of what would be drawn.
    pub(super) shown: u32,
    /// The columns of all text up to there.
    pub(super) shown_before: u32,
    /// The same for what must fit into the line: with the rest of the last syllable above it,
    /// without what may hang out.
    pub(super) reach: u32,
    pub(super) price: u32,
    /// Whether it is between full-width characters, or beside one.
    pub(super) is_wide: bool,
    /// Whether a hyphen is drawn at it.
    pub(super) has_hyphen: bool,
}

impl Opportunity {
    /// The start of a text.
    pub(super) const fn start(at: u32) -> Self {
        Self {
            at,
            before: 0,
            shown: at,
            shown_before: 0,
            reach: 0,
            price: 0,
            is_wide: false,
            has_hyphen: false,
        }
    }
}

/// A place where the inline style changes, or where blanks differ from the text's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::typeset) struct StyleChange {
    /// Its byte offset: the start of the first cluster of the new style.
    pub(in crate::typeset) at: u32,
    /// The columns of all text before it.
    pub(in crate::typeset) before: u32,
    /// How many of these are a gap just before it, where nothing is drawn.
    pub(in crate::typeset) gap: u32,
    /// How many bytes just before it are not drawn.
    pub(in crate::typeset) hidden: u32,
    /// The run from here on, as an index into the document's; none for plain text.
    pub(in crate::typeset) run: Option<u32>,
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

/// The syllables or glosses above the text.
struct Spread {
    /// Sorted, with the columns before each syllable filled in as far as the text was scanned.
    syllables: Vec<Syllable>,
    /// The offset at which to look again; beyond every text if there is no pinyin.
    next: usize,
    /// The index of the next syllable.
    index: usize,
    /// The columns of all text before the end of the last syllable so far; 0 for none.
    end: u32,
    /// The same with that of the next cluster.
    next_end: u32,
    /// How many columns before the next cluster its syllable begins.
    lead: u32,
    /// Whether the last syllable so far is a gloss.
    is_gloss: bool,
}

impl Spread {
    /// The syllable above the character at an offset.
    fn syllable_at(&self, at: usize) -> Option<&Syllable> {
        let key = |syllable: &Syllable| syllable.at as usize;
        let index = self.syllables.binary_search_by_key(&at, key).ok()?;
        Some(&self.syllables[index])
    }
}

/// What must stay together, if it can: a figure with its unit.
#[derive(Default)]
pub(super) struct Held {
    /// The offset of its end.
    pub(super) end: usize,
    /// The offset of a better place for a break within it; its start if there is none.
    pub(super) magnitude: usize,
    /// What a break within it costs elsewhere.
    pub(super) price: u32,
}

/// Reads a text and gathers its opportunities.
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts about the text before, independent of each other"
)]
pub(super) struct BreakScanner<'a> {
    pub(super) text: &'a str,
    styles: StyleCursor<'a>,
    style_changes: Vec<StyleChange>,
    spread: Spread,
    measure: Measure,
    /// The opportunities since the last line that was filled. Each draws at least one column more
    /// than the one before.
    pub(super) opportunities: Vec<Opportunity>,
    /// Where the line starts that is not filled yet.
    line: Opportunity,
    is_first_line: bool,
    /// The current position, and the columns of all text before it.
    pub(super) at: usize,
    before: u32,
    /// The end of the last cluster that is not a space, and the columns of all text before it.
    pub(super) shown: usize,
    shown_before: u32,
    /// The class of that cluster.
    pub(super) class: BreakClass,
    is_full_width: bool,
    /// Whether spaces follow it, and whether all of them are no-break spaces.
    pub(super) is_after_space: bool,
    pub(super) is_no_break: bool,
    pub(super) held: Held,
    pub(super) is_in_address: bool,
    /// Whether a straight quotation mark is open.
    pub(super) is_in_quotes: bool,
}

impl<'a> BreakScanner<'a> {
    pub(super) fn new(
        text: &'a str,
        start: u32,
        runs: &'a [StyleRun],
        first_run: u32,
        measure: Measure,
        mut syllables: Vec<Syllable>,
    ) -> Self {
        // Those wider than a line are left out.
        let widest = measure.first.min(measure.rest);
        syllables.retain(|syllable| syllable.columns <= widest);
        if widest < LEAST_JOINED {
            { syllables.iter_mut() }.for_each(|syllable| syllable.joint = Joint::Blank);
        }
        let at = start as usize;
        let likely = ((text.len() - at) / 3).min(WINDOW as usize * usize::from(measure.rest) / 2);
        let mut scanner = Self {
            text,
            styles: StyleCursor {
                runs,
                first_run,
                next: runs.partition_point(|run| run.range.end <= start),
                change: 0,
            },
            style_changes: Vec::new(),
            spread: Spread {
                next: syllables
                    .first()
                    .map_or(usize::MAX, |syllable| syllable.at as usize),
                syllables,
                index: 0,
                end: 0,
                next_end: 0,
                lead: 0,
                is_gloss: false,
            },
            measure,
            opportunities: Vec::with_capacity(likely),
            line: Opportunity::start(start),
            is_first_line: true,
            at,
            before: 0,
            shown: at,
            shown_before: 0,
            class: BreakClass::Start,
            is_full_width: false,
            is_after_space: false,
            is_no_break: false,
            held: Held::default(),
            is_in_address: false,
            is_in_quotes: false,
        };
        if measure.kind != FillKind::Code {
            scanner.hide_indent();
        }
        scanner
    }

    /// Ideographic spaces at the start are an indent, which a blank row above stands for.
    fn hide_indent(&mut self) {
        let rest = self.text[self.at..].trim_start_matches('\u{3000}');
        let hidden = self.text.len() - self.at - rest.len();
        if hidden > 0 && !rest.is_empty() {
            self.at += hidden;
            self.shown = self.at;
            self.change_style(0, hidden);
        }
    }

    /// Scans on, to the end of the line of the source or to that of a window. Whether the line of
    /// the source ends here: then so do the opportunities.
    pub(super) fn scan(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let until = self.before + WINDOW * u32::from(self.measure.rest.max(1));
        while self.at < bytes.len() && self.before < until {
            let at = self.at;
            if at >= self.spread.next {
                self.spread();
            }
            if at >= self.styles.change {
                self.change_style(0, 0);
            }
            if is_lone_ascii(bytes, at) {
                match ascii_class(bytes[at]) {
                    BreakClass::Space => self.space(at + 1, 1, false),
                    BreakClass::Letter => {
                        self.take(BreakClass::Letter, at + 1, 1);
                        self.words(until);
                    }
                    class => self.take(class, at + 1, 1),
                }
            } else if is_lone_han(bytes, at) {
                self.take(BreakClass::Ideograph, at + 3, 2);
                self.ideographs(until);
            } else {
                let found = cluster(self.text, at, self.measure.ambiguous);
                let columns = u32::from(found.columns);
                let is_alone = found.end == at + found.lead.len_utf8();
                match class_of(found.lead) {
                    BreakClass::Space if is_alone => {
                        self.space(found.end, columns, is_no_break_space(found.lead));
                    }
                    // A combining mark makes a letter of it (LB10 of UAX #14), which is never dropped.
                    BreakClass::Space => self.take(BreakClass::Letter, found.end, columns),
                    BreakClass::Feed => {
                        self.at += 1;
                        self.end_line();
                        return true;
                    }
                    // A keycap: an emoji on a digit.
                    _ if found.lead.is_ascii() && found.columns == 2 => {
                        self.take(BreakClass::Ideograph, found.end, columns);
                    }
                    class => self.take(class, found.end, columns),
                }
            }
        }
        let is_whole = self.at == bytes.len();
        if is_whole {
            self.end_line();
        }
        is_whole
    }

    /// Forgets the opportunities up to the end of the last filled line.
    pub(super) fn forget(&mut self, number: usize, line: Opportunity) {
        self.opportunities.drain(..number);
        self.line = line;
        self.is_first_line &= number == 0;
    }

    /// The changes of style, and the syllables.
    pub(super) fn finish(self) -> (Vec<StyleChange>, Vec<Syllable>) {
        (self.style_changes, self.spread.syllables)
    }

    /// Takes the letters that follow a letter, and words that follow after one blank, up to a column.
    fn words(&mut self, until: u32) {
        let bytes = self.text.as_bytes();
        let end = bytes.len().min(self.styles.change).min(self.spread.next);
        loop {
            let ahead = &bytes[self.at..end];
            let letters = ahead
                .iter()
                .take_while(|byte| byte.is_ascii_alphabetic())
                .count();
            if self.measure.hyphenation && self.at >= self.held.end && !self.is_in_address {
                self.hyphenate(self.at - 1..self.at + letters);
            }
            let is_next = matches!(ahead[letters..], [b' ', next, after, ..] if next.is_ascii_alphabetic() && after.is_ascii());
            if !is_next || self.at < self.held.end || self.before >= until {
                // The last letter may have a combining mark.
                self.advance(letters.saturating_sub(1), letters.saturating_sub(1) as u32);
                return;
            }
            self.advance(letters, letters as u32);
            self.space(self.at + 1, 1, false);
            self.push(0, false);
            self.is_after_space = false;
            self.advance(1, 1);
        }
    }

    /// Adds the opportunities within a word, which the text was read into by a letter (Liang, “Word Hy-phen-a-tion by
    /// Com-put-er”, 1983; the patterns are those of American English).
    fn hyphenate(&mut self, word: Range<usize>) {
        // A part of a longer word, of a name of a file or the like has none.
        let (before, after) = (&self.text[..word.start], &self.text[word.end..]);
        let is_part = |c: char| c.is_alphanumeric() && !is_han(c) || "_/.-@'’".contains(c);
        let mut ahead = after.chars();
        let goes_on =
            ahead.next().is_some_and(is_part) && ahead.next().is_some_and(char::is_alphanumeric);
        if goes_on || before.ends_with(is_part) {
            return;
        }
        let mut at = word.start;
        let start = self.before - 1;
        let syllables = hypher::hyphenate(&self.text[word.clone()], hypher::Lang::English);
        for syllable in syllables {
            at += syllable.len();
            let before = start + (at - word.start) as u32;
            let (last, widest) = self.last();
            // What is wider than a line is split between its letters.
            if at < word.end && before + 1 - last.before <= widest {
                self.add(Opportunity {
                    at: at as u32,
                    before,
                    shown: at as u32,
                    shown_before: before,
                    // With the hyphen.
                    reach: before + 1,
                    price: price::HYPHENATION,
                    is_wide: false,
                    has_hyphen: true,
                });
            }
        }
    }

    /// Takes the ideographs that follow an ideograph, up to a column: the line can be broken before each of
    /// them.
    fn ideographs(&mut self, until: u32) {
        let bytes = self.text.as_bytes();
        let end = bytes.len().min(self.styles.change).min(self.spread.next);
        if self.at < self.held.end {
            return;
        }
        let is_free = |at| at < end && is_lone_han(bytes, at) && !begins_numeral(han_at(bytes, at));
        if is_free(self.at) {
            self.push(0, true);
            self.advance(3, 2);
        }
        while self.before < until && is_free(self.at) {
            self.opportunities.push(Opportunity {
                at: self.at as u32,
                before: self.before,
                shown: self.at as u32,
                shown_before: self.before,
                reach: self.before,
                price: 0,
                is_wide: true,
                has_hyphen: false,
            });
            self.advance(3, 2);
        }
    }

    /// Moves over drawn text.
    #[inline]
    fn advance(&mut self, bytes: usize, columns: u32) {
        self.at += bytes;
        self.before += columns;
        self.shown = self.at;
        self.shown_before = self.before;
    }

    /// Records the style from here on, which follows a gap or hidden bytes.
    fn change_style(&mut self, gap: u32, hidden: usize) {
        let run = self.styles.run_at(self.at);
        let (at, before, hidden) = (self.at as u32, self.before, hidden as u32);
        match self.style_changes.last_mut() {
            Some(last) if last.at == at => {
                last.before = before;
                last.gap += gap;
                last.hidden += hidden;
            }
            last if gap > 0 || hidden > 0 || last.as_ref().and_then(|last| last.run) != run => {
                self.style_changes.push(StyleChange {
                    at,
                    before,
                    gap,
                    hidden,
                    run,
                });
            }
            _ => {}
        }
    }

    fn space(&mut self, end: usize, columns: u32, is_no_break: bool) {
        self.is_no_break = is_no_break && (self.is_no_break || !self.is_after_space);
        self.is_after_space = true;
        self.is_in_address = false;
        self.at = end;
        self.before += columns;
    }

    /// Ends the line of the source. A last opportunity is where the next one starts.
    fn end_line(&mut self) {
        self.push(0, false);
        (self.spread.end, self.spread.next_end, self.spread.lead) = (0, 0, 0);
        self.class = BreakClass::Start;
        self.is_after_space = false;
        self.is_no_break = false;
        self.is_in_address = false;
        self.is_in_quotes = false;
    }

    #[inline]
    fn take(&mut self, class: BreakClass, end: usize, columns: u32) {
        let class = self.class_in_context(class, end);
        let chance = if self.is_after_space {
            spaced(self.class, class)
        } else {
            beside(self.class, class)
        };
        let price = match chance {
            Chance::Break if self.at < self.held.end => Some(self.held_price()),
            Chance::Break if self.is_no_break => Some(price::NO_BREAK_SPACE),
            Chance::Break => Some(0),
            Chance::Hyphen => Some(price::HYPHEN),
            _ if self.is_in_address && !self.is_after_space => self.price_in_address(),
            Chance::Solidus => Some(price::SOLIDUS),
            Chance::Point => Some(price::POINT),
            Chance::Held => Some(price::MARK),
            Chance::Depends => Some(self.price_in_context(class, end)),
            Chance::Split | Chance::Never => None,
        };
        if class == BreakClass::Ideograph && self.at >= self.held.end {
            self.hold_numeral();
        }
        if self.measure.spacing != Spacing::Keep && self.spread.syllables.is_empty() {
            self.space_scripts(class);
        }
        if let Some(price) = price {
            self.push(price, class.is_wide() || self.class.is_wide());
        }
        (self.spread.end, self.spread.lead) = (self.spread.next_end, 0);
        if class.is_wide() {
            self.is_in_address = false;
        }
        self.class = class;
        self.is_full_width = columns == 2;
        self.is_after_space = false;
        self.advance(end - self.at, columns);
    }

    /// Adds an opportunity here.
    fn push(&mut self, price: u32, is_wide: bool) {
        let price = match self.measure.kind {
            // A better place than between two letters.
            FillKind::Code if price < price::MARK => price.min(self.split_price() / 3),
            _ => price,
        };
        let mut reach = self.shown_before;
        if self.class == BreakClass::WideClose && self.is_full_width {
            reach -= u32::from(self.measure.hang).min(reach);
        }
        let opportunity = Opportunity {
            at: self.at as u32,
            before: self.before - self.spread.lead,
            shown: self.shown as u32,
            shown_before: self.shown_before,
            reach: reach.max(self.spread.end),
            price,
            is_wide,
            has_hyphen: false,
        };
        let (last, widest) = self.last();
        if opportunity.reach.saturating_sub(last.before) > widest {
            self.split(last, opportunity);
        }
        self.add(opportunity);
    }

    /// The last opportunity, or the start of the line, and how many columns may follow without another one.
    fn last(&self) -> (Opportunity, u32) {
        let (last, width) = match self.opportunities.last() {
            Some(last) => (last, self.measure.width(false)),
            None => (&self.line, self.measure.width(self.is_first_line)),
        };
        let widest = match self.measure.kind {
            FillKind::Code => width / 4,
            _ => width,
        };
        (*last, widest)
    }

    /// What a break between two letters costs.
    fn split_price(&self) -> u32 {
        match self.measure.kind {
            FillKind::Code => u32::from(self.measure.rest / 3).pow(2),
            _ => price::SPLIT,
        }
    }

    /// Adds an opportunity, unless nothing is drawn since the last one.
    fn add(&mut self, opportunity: Opportunity) {
        match self.opportunities.last_mut() {
            Some(last) if last.shown_before >= opportunity.shown_before => {
                let is_end = opportunity.at as usize == self.text.len()
                    || self.text.as_bytes()[opportunity.at as usize - 1] == b'\n';
                // After blanks the later one leaves less for the next line.
                let is_after_blanks = opportunity.before > last.before;
                if is_end || is_after_blanks || opportunity.price <= last.price {
                    *last = opportunity;
                }
            }
            _ => self.opportunities.push(opportunity),
        }
    }

    /// Adds opportunities within what is wider than a line: between all clusters.
    fn split(&mut self, from: Opportunity, to: Opportunity) {
        let first = self.spread.syllable_at(from.at as usize);
        let lead = first.map_or(0, |syllable| u32::from(syllable.lead));
        let (mut at, mut before) = (from.at as usize, from.before + lead);
        let (mut shown, mut shown_before) = (at, before);
        let mut class = BreakClass::Start;
        let mut reach = 0;
        let next = self
            .style_changes
            .partition_point(|change| change.at <= from.at);
        let mut next_change = next;
        while at < to.shown as usize {
            if let Some(change) = self.style_changes.get(next_change)
                && change.at as usize <= at
            {
                before = change.before;
                next_change += 1;
            }
            let found = cluster(self.text, at, self.measure.ambiguous);
            let found_class = class_of(found.lead);
            let is_space =
                found_class == BreakClass::Space && found.end == at + found.lead.len_utf8();
            if !is_space {
                let syllable = self.spread.syllable_at(at);
                let lead = syllable.map_or(0, |syllable| u32::from(syllable.lead));
                let end = syllable.and_then(|it| Some(it.before? + u32::from(it.columns)));
                if at > from.at as usize {
                    let is_forced = beside(class, found_class) == Chance::Never;
                    let price = match self.measure.kind {
                        _ if shown < at => price::MARK,
                        FillKind::Code if is_forced => 2 * self.split_price(),
                        _ if is_forced => price::FORCED,
                        _ => self.split_price(),
                    };
                    self.add(Opportunity {
                        at: at as u32,
                        before: before - lead,
                        shown: shown as u32,
                        shown_before,
                        reach: shown_before.max(reach),
                        price,
                        is_wide: false,
                        has_hyphen: false,
                    });
                }
                reach = end.unwrap_or(reach);
                class = found_class;
            }
            at = found.end;
            before += u32::from(found.columns);
            if !is_space {
                (shown, shown_before) = (at, before);
            }
        }
    }

    /// Puts one column between Han and Latin or figures where there is none, or takes away the blanks
    /// between them. Not within code or an address.
    fn space_scripts(&mut self, class: BreakClass) {
        let is_latin = |class| matches!(class, BreakClass::Letter | BreakClass::Digit);
        let differ = (self.class == BreakClass::Ideograph && is_latin(class))
            || (is_latin(self.class) && class == BreakClass::Ideograph);
        if !differ || self.is_in_code() {
            return;
        }
        match self.measure.spacing {
            Spacing::Thin if !self.is_after_space && self.shown_before == self.before => {
                self.before += 1;
                self.change_style(1, 0);
            }
            Spacing::None if self.is_after_space => {
                let shown = self.shown as u32;
                // The style of blanks that are not drawn changes nothing.
                while self.style_changes.last().is_some_and(|it| it.at > shown) {
                    self.style_changes.pop();
                }
                self.before = self.shown_before;
                self.change_style(0, self.at - self.shown);
            }
            _ => {}
        }
    }

    /// Whether the characters on both sides are code.
    fn is_in_code(&self) -> bool {
        let Some(change) = self.style_changes.last() else {
            return false;
        };
        let run = change
            .run
            .map(|run| &self.styles.runs[(run - self.styles.first_run) as usize]);
        (change.at as usize) < self.at && run.is_some_and(|run| run.inline.contains(Inline::CODE))
    }

    /// Leaves a gap before the next cluster if its syllable, in the middle above it, would touch the last one, or
    /// if it would be under the end of the last one without having its own. Punctuation and blanks may be under
    /// a part of a syllable, and everything under one of a gloss but the word of the next.
    fn spread(&mut self) {
        let at = self.at;
        // A syllable may begin above the mark before it.
        let first = match self.class {
            BreakClass::Start => self.before,
            class if is_word_or_ideograph(class) => self.shown_before,
            _ => self.shown_before - if self.is_full_width { 2 } else { 1 },
        };
        let spread = &mut self.spread;
        // A character inside a cluster has no place of its own.
        spread.index += spread.syllables[spread.index..]
            .iter()
            .take_while(|syllable| (syllable.at as usize) < at)
            .count();
        let (end, shown) = (spread.end, self.before);
        let mut gap = 0;
        let syllable = spread.syllables.get_mut(spread.index);
        if let Some(syllable) = syllable.filter(|syllable| syllable.at as usize == at) {
            let lead = u32::from(syllable.lead);
            let own = shown.saturating_sub(lead).max(first);
            let before = match syllable.joint {
                _ if end == 0 => own,
                Joint::Blank => own.max(end + 1),
                Joint::None => end,
                Joint::Apostrophe => end + 1,
            };
            gap = (before + lead).saturating_sub(shown);
            syllable.before = Some(before);
            syllable.lead = (shown + gap - before) as u16;
            spread.lead = shown + gap - before;
            spread.next_end = before + u32::from(syllable.columns);
            spread.is_gloss = syllable.is_gloss;
            spread.index += 1;
        } else if end > shown && !spread.is_gloss {
            let class = self.text[at..]
                .chars()
                .next()
                .map_or(BreakClass::Space, class_of);
            if is_word_or_ideograph(class) {
                gap = end - shown;
            }
        }
        self.before += gap;
        let next = spread.syllables.get(spread.index);
        spread.next = if spread.next_end > self.before {
            at + 1
        } else {
            next.map_or(usize::MAX, |syllable| syllable.at as usize)
        };
        if gap > 0 {
            self.change_style(gap, 0);
        }
    }
}

/// Whether a character may not be under a part of a neighbour's syllable.
fn is_word_or_ideograph(class: BreakClass) -> bool {
    class.is_word() || matches!(class, BreakClass::Ideograph | BreakClass::Prefix)
}
