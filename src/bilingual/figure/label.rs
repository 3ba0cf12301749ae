//! Digits that are no quantity: parts of names, versions, clock times, telephone numbers; and dates in digits alone.

use super::folded::Folded;
use super::{Figure, FigureKind, Rational};

/// What digits at an index turn out to be when they are no quantity.
pub(in crate::bilingual) struct Labels {
    /// The figures they give: parts of a date, a time or a telephone number; none for parts of names.
    pub(in crate::bilingual) figures: Vec<Figure>,
    /// The index after them.
    pub(in crate::bilingual) end: usize,
}

/// Reads digits that name: glued to letters before them (`H100`, `v0.15.1`, `GPT-4`), or in chains (`10:30`, `1-222-2222`, `2024-06-05`).
pub(in crate::bilingual) fn read(text: &Folded, start: usize) -> Option<Labels> {
    if glued(text, start) {
        return Some(Labels { figures: Vec::new(), end: token_end(text, start) });
    }
    let groups = groups(text, start)?;
    let end = groups.last()?.1;
    let number = |&(from, to): &(usize, usize)| Rational::from_digits(text.digits(from..to), std::iter::empty());
    let kinds = date(text, &groups).unwrap_or([FigureKind::Label; 3]);
    let figures = groups.iter().enumerate().filter_map(|(index, group)| {
        let kind = kinds.get(index).copied().unwrap_or(FigureKind::Label);
        Some(Figure { kind, ..plain(text, group.0..group.1, number(group)?) })
    });
    Some(Labels { figures: figures.collect(), end })
}

/// A figure of digits alone.
pub(in crate::bilingual) fn plain(text: &Folded, range: std::ops::Range<usize>, value: Rational) -> Figure {
    Figure {
        range: text.bytes(range),
        value,
        unit: None,
        kind: FigureKind::Number,
        approximate: false,
        step: Rational::ONE,
        digits: true,
        bounds: None,
    }
}

/// Whether the digits at an index belong to a name that began before them.
fn glued(text: &Folded, start: usize) -> bool {
    let before = text.before(start);
    if before.is_ascii_alphabetic() || before == '_' {
        return true;
    }
    let earlier = if start >= 2 { text.at(start - 2) } else { '\0' };
    match before {
        '#' | '@' => true,
        '.' | '=' => earlier.is_ascii_alphabetic() || earlier == '_',
        '/' => earlier.is_ascii_alphabetic(),
        '-' => {
            let word = text.word(text.word_start(start - 1));
            earlier.is_ascii_alphabetic() && !PREFIXES.contains(&word.as_str())
        }
        _ => false,
    }
}

/// What may stand before a number with a hyphen and leave it one: mid-2024.
const PREFIXES: &[&str] =
    &["mid", "pre", "post", "sub", "top", "under", "over", "late", "early", "non", "minus", "and", "to", "or"];

/// The end of the name that the character at an index belongs to.
pub(in crate::bilingual) fn token_end(text: &Folded, start: usize) -> usize {
    let part = |at: usize| {
        let c = text.at(at);
        c.is_ascii_alphanumeric() || c == '_' || matches!(c, '-' | '.' | '/') && text.at(at + 1).is_ascii_alphanumeric()
    };
    text.end_of(start, part)
}

/// The groups of a chain of digits: two joined by `:`, or at least three joined by `-`, `/`, `.` or `:`.
fn groups(text: &Folded, start: usize) -> Option<Vec<(usize, usize)>> {
    let mut groups = Vec::new();
    let mut at = start;
    let (mut time, mut points) = (false, 0);
    loop {
        let end = text.digits_end(at);
        if end == at {
            return None;
        }
        groups.push((at, end));
        let separator = text.at(end);
        if !(matches!(separator, '-' | '/' | ':' | '.') && text.is_digit(end + 1)) {
            break;
        }
        time |= separator == ':' && text.digits_end(end + 1) - end > 2 && end - at <= 2;
        points += usize::from(separator == '.');
        at = end + 1;
        if groups.len() > 64 {
            break;
        }
    }
    // 1.5-2.5 and 0.5/1.5 are ranges of decimals; 1.2.3 is a version, of which a reader of numbers can say nothing.
    let chain = groups.len() >= 3 && (points == 0 || points == groups.len() - 1);
    (chain || groups.len() == 2 && time).then_some(groups)
}

/// The kinds of a chain that is a date: year, month and day.
fn date(text: &Folded, groups: &[(usize, usize)]) -> Option<[FigureKind; 3]> {
    let [year, month, day] = groups else { return None };
    let number =
        |group: &(usize, usize)| Rational::from_digits(text.digits(group.0..group.1), std::iter::empty())?.as_whole();
    let fits = year.1 - year.0 == 4 && (1..=12).contains(&number(month)?) && (1..=31).contains(&number(day)?);
    fits.then_some([FigureKind::Year, FigureKind::Date, FigureKind::Date])
}
