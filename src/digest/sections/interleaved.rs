//! Texts with both languages in turn: paragraph by paragraph, or line by line within paragraphs.
//!
//! The proof is regularity: the languages alternate often, both have their share, and nearly all of
//! the text is in neighbouring pairs of like length, as translations are. Lists with a title in one
//! language and a summary in the other alternate too, but their lengths do not agree.

use super::outline::{BodyPosition, LineRole, OutlineLine};
use super::split::{BodySpan, Owner};
use super::weights::weight;
use crate::text::{Language, ScriptCounts};

/// How often the language must change.
const FEWEST_CHANGES: usize = 8;
/// The share of the text, in percent, that must be in pairs.
const PAIRED: usize = 80;
/// The share of the paragraphs, in percent, that each language must have.
const LEAST_SHARE: usize = 30;
/// The most paragraphs of one language in a row that can be one side of a pair.
const LONGEST_RUN: usize = 3;
/// The most spans a body is cut into: far more than any real text has, and a bound on the cost of a
/// hostile one.
const MOST_SPANS: usize = 50_000;

/// The spans of an interleaved body. None if it is not interleaved.
pub(super) fn divide(lines: &[OutlineLine]) -> Option<Vec<BodySpan>> {
    let units = units(lines);
    if !is_interleaved(&units) {
        return None;
    }
    let mut spans = vec![BodySpan::from_top(Owner::Both)];
    for (at, unit) in units.iter().enumerate() {
        let owner = owner(&units, at);
        if spans.last().is_none_or(|last| last.owner != owner) {
            spans.push(BodySpan {
                start: unit.start,
                blocks: 0,
                owner,
            });
        }
    }
    (spans.len() <= MOST_SPANS).then_some(spans)
}

/// What goes to one section or the other as a whole: a block, or some lines of one.
#[derive(Clone, Copy, Debug)]
struct InterleavedUnit {
    /// `Text`, `Heading` or `Neutral`.
    role: LineRole,
    start: BodyPosition,
    language: Option<Language>,
    weight: usize,
}

/// Text belongs to its language, and so does a heading with its translation beside it; all else
/// belongs to both.
fn owner(units: &[InterleavedUnit], at: usize) -> Owner {
    let unit = units[at];
    let Some(language) = unit.language else {
        return Owner::Both;
    };
    let is_translation = |other: Option<&InterleavedUnit>| {
        other.is_some_and(|other| {
            other.role == LineRole::Heading && other.language == Some(language.other())
        })
    };
    let is_own = match unit.role {
        LineRole::Heading => {
            is_translation(units.get(at + 1)) || at > 0 && is_translation(units.get(at - 1))
        }
        role => role == LineRole::Text,
    };
    if is_own {
        Owner::One(language)
    } else {
        Owner::Both
    }
}

/// Whether the units are the same text in both languages in turn.
fn is_interleaved(units: &[InterleavedUnit]) -> bool {
    let prose: Vec<&InterleavedUnit> = units.iter().filter(|unit| is_prose(unit)).collect();
    let chinese = prose
        .iter()
        .filter(|unit| unit.language == Some(Language::Chinese))
        .count();
    let fewer = chinese.min(prose.len() - chinese);
    let changes = prose
        .windows(2)
        .filter(|pair| pair[0].language != pair[1].language)
        .count();
    if changes < FEWEST_CHANGES || fewer * 100 < prose.len() * LEAST_SHARE {
        return false;
    }
    let total = total_weight(&prose);
    Language::BOTH
        .into_iter()
        .any(|first| paired_weight(units, first) * 100 >= total * PAIRED)
}

fn is_prose(unit: &InterleavedUnit) -> bool {
    unit.role == LineRole::Text && unit.language.is_some()
}

fn total_weight(units: &[&InterleavedUnit]) -> usize {
    units.iter().map(|unit| unit.weight).sum()
}

/// The weight of the text in pairs of which one language comes first. No pair reaches across a
/// heading.
fn paired_weight(units: &[InterleavedUnit], first: Language) -> usize {
    let mut weight = 0;
    for chapter in units.split(|unit| unit.role == LineRole::Heading) {
        let prose: Vec<&InterleavedUnit> = chapter.iter().filter(|unit| is_prose(unit)).collect();
        let runs: Vec<_> = prose
            .chunk_by(|one, next| one.language == next.language)
            .collect();
        for pair in runs.windows(2) {
            if pair[0][0].language == Some(first) && is_pair(pair[0], pair[1]) {
                weight += total_weight(pair[0]) + total_weight(pair[1]);
            }
        }
    }
    weight
}

/// Whether two runs are of like length: neither more than 2.2 times the other, and a few words
/// more, as a title may have.
fn is_pair(one: &[&InterleavedUnit], other: &[&InterleavedUnit]) -> bool {
    const FEW_WORDS: usize = 10;
    let weights = [one, other].map(total_weight);
    let less = weights[0].min(weights[1]);
    let more = weights[0].max(weights[1]);
    one.len().max(other.len()) <= LONGEST_RUN && more * 10 <= less * 22 + FEW_WORDS * 10
}

fn units(lines: &[OutlineLine]) -> Vec<InterleavedUnit> {
    let mut units = Vec::new();
    let is_text = |line: &OutlineLine| matches!(line.role, LineRole::Text | LineRole::TableRow);
    for block in lines.chunk_by(|one, next| is_text(one) && is_text(next)) {
        match block[0].role {
            LineRole::Blank => {}
            LineRole::Neutral => units.push(unit(LineRole::Neutral, block[0].start, None, 0)),
            LineRole::Heading => units.push(heading(&block[0])),
            LineRole::Text | LineRole::TableRow => add_block(block, &mut units),
        }
    }
    units
}

/// Makes one unit of a block of text, or several if its lines alternate.
fn add_block(block: &[OutlineLine], units: &mut Vec<InterleavedUnit>) {
    let start = block[0].start;
    if block.iter().any(|line| line.role == LineRole::TableRow) {
        units.push(unit(LineRole::Neutral, start, None, 0));
        return;
    }
    if !do_lines_alternate(block) {
        let mut counts = ScriptCounts::default();
        for line in block {
            counts += line.counts;
        }
        units.push(text(start, counts));
        return;
    }
    let first = units.len();
    for line in block {
        let unit = text(line.start, line.counts);
        match units[first..].last_mut() {
            // Neighbouring lines of one language are one paragraph.
            Some(last) if unit.language.is_some() && last.language == unit.language => {
                last.weight += unit.weight;
            }
            _ => units.push(unit),
        }
    }
}

/// Whether the language changes at most lines of a block, both languages have a fair share, and no
/// line continues a list item.
fn do_lines_alternate(block: &[OutlineLine]) -> bool {
    let languages: Vec<Language> = block
        .iter()
        .filter_map(|line| line.counts.language())
        .collect();
    let changes = languages
        .windows(2)
        .filter(|pair| pair[0] != pair[1])
        .count();
    let weight_of = |language: Language| -> usize {
        let lines = block
            .iter()
            .filter(|line| line.counts.language() == Some(language));
        lines
            .map(|line| weights(line.counts)[language as usize])
            .sum()
    };
    let [chinese, english] = Language::BOTH.map(weight_of);
    changes * 2 > languages.len().saturating_sub(1)
        && chinese.min(english) * 5 >= chinese.max(english)
        && !block.iter().any(|line| line.is_nested)
}

fn unit(
    role: LineRole,
    start: BodyPosition,
    language: Option<Language>,
    weight: usize,
) -> InterleavedUnit {
    InterleavedUnit {
        role,
        start,
        language,
        weight,
    }
}

/// Text, without a language if it has about as much of both: `Item 45: Streams（流）`.
fn text(start: BodyPosition, counts: ScriptCounts) -> InterleavedUnit {
    let weights = weights(counts);
    let [chinese, english] = weights;
    let language = counts
        .language()
        .filter(|_| chinese.min(english) * 5 < (chinese + english) * 2);
    let weight = language.map_or(0, |language| weights[language as usize]);
    unit(LineRole::Text, start, language, weight)
}

/// A heading, with a language if it has no word of the other.
fn heading(line: &OutlineLine) -> InterleavedUnit {
    let language = line
        .counts
        .language()
        .filter(|_| line.counts.han == 0 || line.counts.latin == 0);
    unit(LineRole::Heading, line.start, language, 0)
}

fn weights(counts: ScriptCounts) -> [usize; 2] {
    [
        weight(counts.han, Language::Chinese),
        weight(counts.latin, Language::English),
    ]
}

#[cfg(test)]
#[path = "interleaved_tests.rs"]
mod tests;
