//! When two figures that agree with no other are about the same thing and say different values.

use super::agreement::{alike, same_unit};
use super::figure::{Figure, FigureKind, Unit};
use super::number::Rational;
use super::units;

fn is_quantity(figure: &Figure) -> bool {
    figure.kind.is_quantity() && !figure.value.is_zero()
}

/// Whether two figures have the same digits at different powers of ten: the error of 亿 against
/// billion.
pub(super) fn powers_apart(chinese: &Figure, english: &Figure) -> bool {
    let is_ambiguous = |figure: &Figure| figure.unit == Some(Unit::Measure(units::AMBIGUOUS));
    if is_ambiguous(chinese) || is_ambiguous(english) {
        return false;
    }
    let are_comparable = is_quantity(chinese) && is_quantity(english) && alike(chinese, english)
        || are_year_and_number(chinese, english);
    if !are_comparable || (chinese.value < Rational::ZERO) != (english.value < Rational::ZERO) {
        return false;
    }
    let (left, left_power) = chinese.value.significant_digits();
    let (right, right_power) = english.value.significant_digits();
    // One, two, ten and twenty in words are too common: 一, 两, a pair.
    let is_common = |figure: &Figure, digits: &str| {
        !figure.digits && figure.unit.is_none() && matches!(digits, "1" | "2")
    };
    // Of half or a third the digits say nothing.
    let is_part = |figure: &Figure| !figure.digits && figure.value.abs() < Rational::ONE;
    let may_be_rounded = same_unit(chinese.unit, english.unit) == Some(true);
    left_power != right_power
        && same_digits(&left, &right, may_be_rounded)
        && !is_common(chinese, &left)
        && !is_common(english, &right)
        && !is_part(chinese)
        && !is_part(english)
}

/// Whether the digits of two figures are enough to tell them from others: at least two that are significant, or both
/// with a magnitude.
pub(super) fn are_distinctive(chinese: &Figure, english: &Figure) -> bool {
    let is_distinctive = |figure: &Figure| {
        figure.value.significant_digits().0.len() >= 2
            || figure.value.abs() >= Rational::whole(10_000)
    };
    is_distinctive(chinese) && is_distinctive(english)
}

/// Whether one figure is a year and the other a number of years, or of a chain such as 20240-06-05,
/// of at least three significant digits: with a digit too many, a year is no year.
fn are_year_and_number(chinese: &Figure, english: &Figure) -> bool {
    let (year, number) = if chinese.kind == FigureKind::Year {
        (chinese, english)
    } else {
        (english, chinese)
    };
    year.kind == FigureKind::Year
        && matches!(number.kind, FigureKind::Number | FigureKind::Label)
        && number.unit.is_none_or(|unit| unit == Unit::Measure("year"))
        && number.value.significant_digits().0.len() >= 3
}

/// Whether two runs of significant digits are the same, or the longer rounds to the shorter, if
/// that may be and has at least two digits.
fn same_digits(left: &str, right: &str, may_be_rounded: bool) -> bool {
    let (short, long) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if short.len() == long.len() || !may_be_rounded || short.len() < 2 {
        return short == long;
    }
    let is_rounded_up = long.as_bytes()[short.len()] >= b'5';
    let (Ok(short), Ok(cut)) = (short.parse::<u64>(), long[..short.len()].parse::<u64>()) else {
        return false;
    };
    short == cut + u64::from(is_rounded_up)
}

/// The figures whose measure no other one of them has.
pub(super) fn unique_measures(figures: &[Figure]) -> Vec<Figure> {
    let is_unique = |figure: &&Figure| {
        figures
            .iter()
            .filter(|other| same_measure(figure, other))
            .count()
            == 1
    };
    figures.iter().filter(is_unique).cloned().collect()
}

/// Whether two figures are money, shares, or digits with a measure, and certainly of the same one.
/// A bare `$` is the US dollar and a pound the British one; that of another country may be a
/// conversion.
pub(super) fn same_measure(left: &Figure, right: &Figure) -> bool {
    let name = |figure: &Figure| match figure.unit {
        Some(Unit::Currency("Dollar")) => Some("USD"),
        Some(Unit::Currency("Pound")) => Some("GBP"),
        Some(Unit::Currency(name)) => Some(name),
        Some(Unit::Measure(name)) => figure.digits.then_some(name),
        None => (figure.kind == FigureKind::Percentage).then_some("%"),
    };
    let is_same = name(left).is_some_and(|measure| name(right) == Some(measure));
    is_same && left.kind == right.kind && is_quantity(left) && is_quantity(right)
}

/// Whether two different values of one measure may both be right: one is approximate and the other
/// near, or growth by 20 % is given as growth to 120 %.
pub(super) fn may_both_be_right(chinese: &Figure, english: &Figure) -> bool {
    let (left, right) = (chinese.value.abs(), english.value.abs());
    let larger = left.max(right);
    let Some(apart) = left.distance(right) else {
        return true;
    };
    let is_near = apart
        .times(Rational::whole(5))
        .is_none_or(|fivefold| fivefold <= larger);
    let is_growth = chinese.kind == FigureKind::Percentage && apart == Rational::whole(100);
    is_growth || apart.is_zero() || is_near && (chinese.approximate || english.approximate)
}
