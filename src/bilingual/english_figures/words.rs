//! Words around English figures.

use super::super::figure::folded::Folded;

/// Words that make the figure after them vague.
const VAGUE_BEFORE: &[&str] = &[
    "about",
    "around",
    "nearly",
    "almost",
    "over",
    "more than",
    "less than",
    "fewer than",
    "under",
    "some",
    "roughly",
    "approximately",
    "up to",
    "at least",
    "at most",
    "close to",
    "estimated",
    "above",
    "below",
    "as much as",
    "as many as",
    "exceeding",
    "exceeded",
    "exceed",
    "circa",
    "mid-",
    "early",
    "late",
    "~",
    "≈",
    ">",
    "<",
    "just",
    "north of",
    "approaching",
    "topping",
    "mid",
    "another",
];

/// Words that make the figure before them vague.
const VAGUE_AFTER: &[&str] = &["+", "or so", "or more", "-plus", "or less", "-odd"];

/// Whether the text says that the figure in a range of characters is not exact.
pub(super) fn vague(text: &Folded, start: usize, end: usize) -> bool {
    let before = text.skip_spaces_back(start);
    let said = |word: &&str| {
        text.ends_with(before, word)
            && !(word.ends_with(|c: char| c.is_ascii_alphabetic())
                && text.before(before - word.len()).is_ascii_alphabetic())
    };
    let after = text.skip_spaces(end);
    VAGUE_BEFORE.iter().any(said) || VAGUE_AFTER.iter().any(|word| text.starts_with(after, word))
}

/// Whether `one` at an index stands for a thing and does not count: this one, no one.
pub(super) fn pronoun(text: &Folded, at: usize) -> bool {
    let end = text.skip_spaces_back(at);
    let before = text.word(text.word_start(end));
    let after = text.word(text.skip_spaces(at + 3));
    matches!(
        before.as_str(),
        "this"
            | "that"
            | "which"
            | "no"
            | "any"
            | "each"
            | "every"
            | "another"
            | "the"
            | "some"
            | "good"
            | "last"
            | "next"
            | "new"
    ) || matches!(after.as_str(), "another" | "should" | "can" | "could" | "must" | "might" | "would")
        || text.at(at + 3) == '\''
        || text.at(at + 3) == '’'
}

/// The exact word that ends before an index, across spaces, with the index where it begins.
pub(super) fn previous(text: &Folded, at: usize) -> (usize, super::super::figure::folded::Word) {
    let end = text.skip_spaces_back(at);
    let start = text.word_start(end);
    (start, text.word(start))
}

/// The end of a name of percent after a number that ends at an index: `%`, ` percent`, `-percent`, ` per cent`, ` percentage points`.
pub(super) fn percent(text: &Folded, number: usize) -> Option<usize> {
    let mut at = text.skip_spaces(number);
    if text.at(at) == '%' {
        return Some(at + 1);
    }
    at += usize::from(at == number && text.at(at) == '-');
    let end = text.letters_end(at);
    match text.word(at).as_str() {
        "percent" | "percents" | "pct" => Some(end),
        "per" => {
            let cent = text.skip_spaces(end);
            matches!(text.word(cent).as_str(), "cent" | "cents").then(|| text.letters_end(cent))
        }
        "percentage" => {
            let point = text.skip_spaces(end);
            let points = matches!(text.word(point).as_str(), "point" | "points");
            Some(if points { text.letters_end(point) } else { end })
        }
        _ => None,
    }
}

/// The end of a word that makes the number before it a multiple: `2x`, `three times`, `tenfold`, `5-fold`.
pub(super) fn multiple(text: &Folded, number: usize) -> Option<usize> {
    let at = text.skip_spaces(number);
    let hyphen = usize::from(text.at(at) == '-');
    let end = text.letters_end(at + hyphen);
    let word = text.word(at + hyphen);
    match word.as_str() {
        "x" if at == number && hyphen == 0 && !text.is_digit(end) => Some(end),
        "times" | "fold" => Some(end),
        _ if text.at(at) == '×' && at == number => Some(at + 1),
        _ => None,
    }
}

/// Whether a multiplier at an index multiplies nobody knows what: a few thousand, several hundred.
pub(super) fn uncounted(text: &Folded, at: usize) -> bool {
    matches!(previous(text, at).1.as_str(), "few" | "several" | "many" | "couple" | "multiple" | "per")
}
