//! The figures of a text in either language, and the ranges that pairs of them make.

use super::figure::{Figure, FigureKind};
use super::number::Rational;
use super::{chinese, english};
use crate::text::Language;

/// What joins two figures to a range.
const JOINTS: &str = "-|–|—|~|～|－|至|到|to|--|——|-$|–$|-€|-£";

/// The figures of a text of a language, in order of their beginnings. Linear in the length of the
/// text.
pub fn figures(text: &str, language: Language) -> Vec<Figure> {
    let figures = match language {
        Language::Chinese => chinese::grammar::read(text),
        Language::English => english::grammar::read(text),
    };
    with_ranges(text, figures)
}

/// Adds a range before each pair of figures that the text joins, and completes their ends.
///
/// `10–15 亿美元` says 亿 and 美元 once: its low end is 10 亿 dollars too.
fn with_ranges(text: &str, figures: Vec<Figure>) -> Vec<Figure> {
    let mut all: Vec<Figure> = Vec::with_capacity(figures.len());
    for high in figures {
        let Some(low) = all.pop_if(|low| are_ends_of_range(text, low, &high)) else {
            all.push(high);
            continue;
        };
        let high = complete_high(text, &low, high);
        let low = complete_low(text, &low, &high).unwrap_or(low);
        let is_same_unit = low.unit == high.unit || low.unit.is_none();
        if low.kind == high.kind && is_same_unit && low.value < high.value {
            let range = low.range.start..high.range.end;
            all.push(Figure {
                range,
                kind: FigureKind::Range,
                unit: high.unit,
                ..low.clone()
            });
        }
        all.extend([low, high]);
    }
    all
}

/// Whether two figures that follow each other are counts, and the text between makes them a range.
fn are_ends_of_range(text: &str, low: &Figure, high: &Figure) -> bool {
    let is_count = |figure: &Figure| figure.kind.is_quantity() || figure.kind == FigureKind::Year;
    if !is_count(low) || !is_count(high) || low.range.end > high.range.start {
        return false;
    }
    let between = text[low.range.end..high.range.start].trim_matches(' ');
    JOINTS.split('|').any(|joint| joint == between)
        || between == "and"
            && text[..low.range.start]
                .trim_end_matches(' ')
                .ends_with("between")
}

/// The high end with what only the low one says: the sign of $5–6 billion, the share of
/// 百分之五十到六十.
fn complete_high(text: &str, low: &Figure, high: Figure) -> Figure {
    let is_share = low.kind == FigureKind::Percentage && text[low.range.clone()].contains("分之");
    if high.kind == FigureKind::Number
        && high.unit.is_none()
        && (low.kind == FigureKind::Currency || is_share)
    {
        return Figure {
            kind: low.kind,
            unit: low.unit,
            ..high
        };
    }
    high
}

/// The low end with the multiplier, unit and kind of the high one, if it has none of its own.
fn complete_low(text: &str, low: &Figure, high: &Figure) -> Option<Figure> {
    let is_bare = low.kind == FigureKind::Number && low.unit.is_none()
        || low.kind == FigureKind::Currency && low.unit == high.unit;
    let has_multiplier = leading_number(&text[low.range.clone()]) != Some(low.value);
    if !is_bare || has_multiplier || !high.kind.is_quantity() {
        return None;
    }
    // The multiplier of the high end is its value over the number that its digits alone would say.
    let digits = leading_number(&text[high.range.clone()]);
    let multiplier = digits
        .and_then(|digits| high.value.over(digits))
        .unwrap_or(Rational::ONE);
    let multiplied = low.value.times(multiplier)?;
    // 500–10 万 keeps its five hundred.
    let multiplier = if multiplied < high.value || low.value >= high.value {
        multiplier
    } else {
        Rational::ONE
    };
    let (value, step) = (low.value.times(multiplier)?, low.step.times(multiplier)?);
    Some(Figure {
        value,
        step,
        kind: high.kind,
        unit: high.unit,
        ..low.clone()
    })
}

/// The number that the first digits of a figure write, without its multiplier.
fn leading_number(text: &str) -> Option<Rational> {
    let digits = &text[text.find(|c: char| c.is_ascii_digit())?..];
    let end = digits
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .unwrap_or(digits.len());
    let (whole, decimals) = digits[..end]
        .split_once('.')
        .unwrap_or((&digits[..end], ""));
    Rational::from_digits(digits_of(whole), digits_of(decimals))
}

fn digits_of(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
}
