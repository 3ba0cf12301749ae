//! Dates and ordinals in English.

use super::super::figure::folded::Folded;
use super::super::figure::{FigureKind, measure};
use super::numeral::Numeral;
use super::{lexicon, words};

/// Whether the month in a range of characters has a day or a year beside it.
pub(super) fn beside_day_or_year(text: &Folded, start: usize, end: usize) -> bool {
    let after = text.skip_spaces(end + usize::from(text.at(end) == '.'));
    let after = text.skip_spaces(after + usize::from(text.at(after) == ','));
    let before = text.before(text.skip_spaces_back(start)).is_ascii_digit();
    let (_, word) = words::previous(text, start);
    text.is_digit(after) || before || matches!(word.as_str(), "of" | "st" | "nd" | "rd" | "th")
}

/// The kind of a number that is a day, a year or an ordinal, with the index after it.
pub(super) fn date(text: &Folded, number: Numeral, at: usize) -> Option<(FigureKind, usize)> {
    let value = number.value.as_whole()?;
    let length = number.plain?;
    let ordinal = matches!(text.word(number.end).as_str(), "st" | "nd" | "rd" | "th");
    let end = if ordinal { text.letters_end(number.end) } else { number.end };
    if (1..=31).contains(&value) && length <= 2 && beside_month(text, at, end) {
        return Some((FigureKind::Date, end));
    }
    if ordinal {
        return Some((FigureKind::Ordinal, end));
    }
    let calendar = length == 4 && (1900..2100).contains(&value);
    let (_, previous) = words::previous(text, at);
    // The 30s are years; 30s are seconds.
    let decade = text.at(end) == 's' && !text.at(end + 1).is_ascii_alphanumeric();
    let shortened = length == 2 && (previous.as_str() == "the" || matches!(text.before(at), '\'' | '’'));
    if decade && (calendar || shortened) {
        return Some((FigureKind::Year, end + 1));
    }
    (calendar && !counts(text, end, previous.as_str())).then_some((FigureKind::Year, end))
}

/// Whether a month stands beside a number: `Jun. 5`, `June 5`, `5 June`, `5th of June`.
fn beside_month(text: &Folded, at: usize, end: usize) -> bool {
    let named = |word: &str, at: usize| lexicon::month(word, text.at(at).is_ascii_uppercase()).is_some();
    let next = text.skip_spaces(end);
    let next = if text.starts_with(next, "of ") { text.skip_spaces(next + 3) } else { next };
    let gap = text.skip_spaces_back(at);
    let (start, previous) = words::previous(text, gap - usize::from(text.before(gap) == '.'));
    named(previous.as_str(), start) || named(text.word(next).as_str(), next)
}

/// Whether four digits that could be a year count something: a measure, a multiple, or a noun in plural that no preposition of time comes before.
fn counts(text: &Folded, end: usize, previous: &str) -> bool {
    const OF_TIME: [&str; 14] = [
        "in", "since", "by", "from", "until", "till", "of", "late", "early", "year", "before", "after", "during",
        "fiscal",
    ];
    const NO_NOUNS: [&str; 8] = ["was", "is", "has", "as", "its", "this", "does", "versus"];
    let next = text.skip_spaces(end);
    let word = text.word(next);
    let noun = text.at(next).is_ascii_lowercase() && word.as_str().len() > 3 && word.as_str().ends_with('s');
    measure::after(text, end, false).is_some()
        || words::multiple(text, end).is_some()
        || text.at(end).is_ascii_alphabetic()
        || noun && !OF_TIME.contains(&previous) && !NO_NOUNS.contains(&word.as_str())
}
