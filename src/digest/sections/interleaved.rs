//! Texts told twice in turn: paragraph by paragraph, or line by line within paragraphs.
//!
//! The proof is in the regularity. The languages must alternate often, both must have their share, and nearly all of the text must
//! stand in neighbours of two languages that are of like length, as a translation is. Items of a list with a title in one language
//! and a summary in the other alternate too, but their lengths do not agree.

use super::Part;
use super::boundary::{Owner, Stretch};
use super::evidence::Evidence;
use super::outline::Spot;
use crate::text::{Language, Line, LineContext, ScriptCounts, is_thematic_break, lines};

/// How often the language must change.
const FEWEST_CHANGES: usize = 8;
/// The share of the text, in percent, that must stand in pairs.
const PAIRED: usize = 80;
/// The share of the blocks, in percent, that each language must have.
const BLOCKS: usize = 30;
/// The most blocks of one language in a row that are taken for one side of a pair.
const LONGEST_RUN: usize = 3;
/// The most stretches a body is cut into: far more than any text has, and a bound on what a hostile one costs.
const MOST_STRETCHES: usize = 50_000;

/// The stretches of an interleaved body, by owner; none if it is not one.
pub(super) fn divide(body: &str) -> Option<Vec<Stretch>> {
    let units = units(body);
    if !is_told_twice(&units) {
        return None;
    }
    let mut stretches = vec![Stretch::from_top(Owner::Both)];
    for (at, unit) in units.iter().enumerate() {
        let owner = owner(&units, at);
        if stretches.last().is_none_or(|last| last.owner != owner) {
            stretches.push(Stretch { start: unit.start, blocks: 0, owner });
        }
    }
    (stretches.len() <= MOST_STRETCHES).then_some(stretches)
}

/// Says whether the parts of two sections take turns in their body as those of an interleaved one do.
pub(super) fn take_turns(chinese: &[Part], english: &[Part]) -> bool {
    let (mut left, mut right) = (chinese.iter().peekable(), english.iter().peekable());
    let (mut last, mut turns) = (None, 0);
    // Half as often as in the text, since what both share joins parts.
    while turns < FEWEST_CHANGES / 2 {
        let side = match (left.peek(), right.peek()) {
            (Some(one), Some(other)) if one.range.start == other.range.start => {
                left.next();
                right.next();
                continue;
            }
            (Some(one), Some(other)) if one.range.start < other.range.start => Language::Chinese,
            (Some(_), Some(_)) => Language::English,
            // Nothing changes any more.
            _ => return false,
        };
        match side {
            Language::Chinese => left.next(),
            Language::English => right.next(),
        };
        turns += usize::from(last.is_some_and(|last| last != side));
        last = Some(side);
    }
    true
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Text, of a language if it proves one.
    Prose,
    /// A heading.
    Heading,
    /// Code, a table, an image, a rule: no language of its own.
    Shared,
}

/// The least that goes to one side or the other: a block, or lines of one.
#[derive(Clone, Copy, Debug)]
struct Unit {
    kind: Kind,
    start: Spot,
    language: Option<Language>,
    /// How much it says, in a measure common to both languages.
    weight: usize,
}

/// To whom a unit belongs: prose to its language, a heading too if its translation stands beside it, the rest to both.
fn owner(units: &[Unit], at: usize) -> Owner {
    let unit = units[at];
    let Some(language) = unit.language else { return Owner::Both };
    let is_translation = |other: Option<&Unit>| {
        other.is_some_and(|other| other.kind == Kind::Heading && other.language == Some(language.other()))
    };
    let is_own = match unit.kind {
        Kind::Prose => true,
        Kind::Heading => is_translation(units.get(at + 1)) || at > 0 && is_translation(units.get(at - 1)),
        Kind::Shared => false,
    };
    if is_own { Owner::One(language) } else { Owner::Both }
}

/// Says whether the units are the same text told twice in turn.
fn is_told_twice(units: &[Unit]) -> bool {
    let prose = || units.iter().filter(|unit| unit.kind == Kind::Prose && unit.language.is_some());
    let count = |language| prose().filter(|unit| unit.language == Some(language)).count();
    let [chinese, english] = Language::BOTH.map(count);
    let changes = prose().zip(prose().skip(1)).filter(|(one, next)| one.language != next.language).count();
    if changes < FEWEST_CHANGES || chinese.min(english) * 100 < (chinese + english) * BLOCKS {
        return false;
    }
    let all: usize = prose().map(|unit| unit.weight).sum();
    let runs = runs(units);
    Language::BOTH.into_iter().any(|first| paired(&runs, first) * 100 >= all * PAIRED)
}

/// Units of one language in a row.
#[derive(Clone, Copy, Debug)]
struct Run {
    language: Language,
    units: usize,
    weight: usize,
}

/// The runs of prose; none where a heading stands between, since no pair reaches across one.
fn runs(units: &[Unit]) -> Vec<Option<Run>> {
    let mut runs: Vec<Option<Run>> = Vec::new();
    for unit in units {
        match (unit.kind, unit.language) {
            (Kind::Heading, _) => runs.push(None),
            (Kind::Prose, Some(language)) => match runs.last_mut() {
                Some(Some(run)) if run.language == language => {
                    run.units += 1;
                    run.weight += unit.weight;
                }
                _ => runs.push(Some(Run { language, units: 1, weight: unit.weight })),
            },
            _ => {}
        }
    }
    runs
}

/// The weight of the runs that stand in pairs, where a language comes first in each.
fn paired(runs: &[Option<Run>], first: Language) -> usize {
    let pair = |pair: &[Option<Run>]| match *pair {
        [Some(one), Some(other)] if one.language == first && are_alike(one, other) => one.weight + other.weight,
        _ => 0,
    };
    runs.windows(2).map(pair).sum()
}

/// Says whether two runs are of like length: neither more than 2.2 times the other, but for the few words more that a title may have.
fn are_alike(one: Run, other: Run) -> bool {
    const FEW_WORDS: usize = 10;
    let [less, more] = [one.weight.min(other.weight), one.weight.max(other.weight)];
    one.units.max(other.units) <= LONGEST_RUN && more * 10 <= less * 22 + FEW_WORDS * 10
}

/// Cuts a body into units.
fn units(body: &str) -> Vec<Unit> {
    let mut reader = Reader { units: Vec::new(), run: Vec::new() };
    for line in lines(body) {
        reader.read(line);
    }
    reader.end_run();
    reader.units
}

/// The state of the walk over the lines.
struct Reader<'a> {
    units: Vec<Unit>,
    /// The lines since the last blank one that are plain text.
    run: Vec<Line<'a>>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, line: Line<'a>) {
        let trimmed = line.trimmed();
        if line.context != LineContext::Text {
            self.shared(&line);
        } else if trimmed.is_empty() {
            self.end_run();
        } else if line.indent > 3 && !line.nested && self.run.is_empty() {
            self.shared(&line);
        } else if line.indent <= 3 && !line.nested && is_heading(trimmed) {
            self.end_run();
            self.units.push(heading(&line, trimmed.trim_start_matches('#')));
        } else if line.indent <= 3 && is_underline(trimmed) && self.run.len() == 1 {
            // An underline makes a heading of the line above.
            self.units.extend(self.run.pop().map(|above| heading(&above, above.text)));
        } else if line.indent <= 3 && is_thematic_break(trimmed) {
            self.shared(&line);
        } else {
            self.run.push(line);
        }
    }

    /// A line that belongs to both languages.
    fn shared(&mut self, line: &Line<'_>) {
        self.end_run();
        self.units.push(Unit { kind: Kind::Shared, start: start(line), language: None, weight: 0 });
    }

    /// Makes units of the lines of a block: one, unless its lines alternate as well.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let Some(first) = run.first() else { return };
        let tallies: Vec<ScriptCounts> = run.iter().map(|line| ScriptCounts::of_markdown(line.text)).collect();
        if run.iter().any(|line| line.trimmed().starts_with('|')) {
            return self.units.push(Unit { kind: Kind::Shared, start: start(first), language: None, weight: 0 });
        }
        if !alternate(&run, &tallies) {
            let mut whole = ScriptCounts::default();
            for tally in tallies {
                whole += tally;
            }
            return self.units.push(prose(start(first), whole));
        }
        for (line, tally) in run.iter().zip(tallies) {
            let unit = prose(start(line), tally);
            match self.units.last_mut() {
                // Lines that follow in one language are one paragraph.
                Some(last) if line.start > first.start && unit.language.is_some() && last.language == unit.language => {
                    last.weight += unit.weight;
                }
                _ => self.units.push(unit),
            }
        }
    }
}

/// Says whether the lines of a block are of two languages in turn: more often than not the language changes from one to the next, and
/// no line belongs to a list item begun by another.
fn alternate(run: &[Line<'_>], tallies: &[ScriptCounts]) -> bool {
    let languages: Vec<Language> = tallies.iter().filter_map(|tally| tally.language()).collect();
    let changes = languages.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let weight = |wanted: Language| -> usize {
        tallies.iter().filter(|tally| tally.language() == Some(wanted)).map(|tally| weight(*tally, wanted)).sum()
    };
    let [chinese, english] = Language::BOTH.map(weight);
    changes * 2 > languages.len().saturating_sub(1)
        && chinese.min(english) * 5 >= chinese + english - chinese.min(english)
        && !run.iter().any(|line| line.nested)
}

/// Text, of a language unless it says about as much in each: `Item 45: Streams（流）`.
fn prose(start: Spot, tally: ScriptCounts) -> Unit {
    let [chinese, english] = Language::BOTH.map(|language| weight(tally, language));
    let language = tally.language().filter(|_| chinese.min(english) * 5 < (chinese + english) * 2);
    Unit { kind: Kind::Prose, start, language, weight: language.map_or(0, |language| weight(tally, language)) }
}

/// A heading, of a language if it is of that language alone.
fn heading(line: &Line<'_>, words: &str) -> Unit {
    let tally = ScriptCounts::of_markdown(words);
    let language = tally.language().filter(|_| tally.han == 0 || tally.latin == 0);
    Unit { kind: Kind::Heading, start: start(line), language, weight: 0 }
}

fn weight(tally: ScriptCounts, language: Language) -> usize {
    Evidence { han: tally.han as u32, words: tally.latin as u32, ..Evidence::default() }.weight(language)
}

fn start(line: &Line<'_>) -> Spot {
    Spot { offset: line.start, line: line.index }
}

fn is_heading(trimmed: &str) -> bool {
    let level = trimmed.bytes().take(7).take_while(|&byte| byte == b'#').count();
    (1..=6).contains(&level) && trimmed[level..].starts_with([' ', '\t'])
}

fn is_underline(trimmed: &str) -> bool {
    let sign = trimmed.as_bytes()[0];
    matches!(sign, b'-' | b'=') && trimmed.bytes().all(|byte| byte == sign)
}

#[cfg(test)]
#[path = "interleaved_tests.rs"]
mod tests;
