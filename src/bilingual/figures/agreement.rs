//! When two figures in different languages say the same.

use super::figure::{Figure, FigureKind, Unit};
use super::number::Rational;
use super::units;

/// How far apart two figures may be if a text calls one of them approximate: a twentieth.
const APPROXIMATION: (i128, i128) = (1, 20);
const ROUNDING: (i128, i128) = (1, 10);
/// How far a fraction in words may be from digits.
const FRACTION: (i128, i128) = (1, 50);

/// Whether two figures may be about the same thing: their kinds and units do not contradict each
/// other.
pub(super) fn alike(chinese: &Figure, english: &Figure) -> bool {
    use FigureKind::{Currency, Multiple, Number};
    let is_same_kind = chinese.kind == english.kind
        || matches!(
            (chinese.kind, english.kind),
            (Number, Currency | Multiple) | (Currency | Multiple, Number)
        );
    is_same_kind && same_unit(chinese.unit, english.unit).unwrap_or(true)
}

/// Whether two units are the same, one of them perhaps by a generic name; `None` if a figure has
/// none.
pub(super) fn same_unit(chinese: Option<Unit>, english: Option<Unit>) -> Option<bool> {
    let (chinese, english) = (chinese?.name(), english?.name());
    let is_generic = |generic: &str, name: &str| {
        units::currency(name)
            .is_some_and(|currency| currency.parts == 1 && currency.main == generic)
    };
    // The yen and the yuan share a sign.
    let share_sign = matches!((chinese, english), ("JPY", "CNY") | ("CNY", "JPY"));
    Some(
        chinese == english
            || share_sign
            || is_generic(chinese, english)
            || is_generic(english, chinese),
    )
}

/// Whether two values are the same, rounded: apart by no more than half of the coarser last place,
/// or by a twentieth if a text says about.
pub(super) fn rounds_to(chinese: &Figure, english: &Figure) -> bool {
    let Some(apart) = chinese.value.distance(english.value) else {
        return false;
    };
    let larger = chinese.value.abs().max(english.value.abs());
    let is_within = |(numerator, denominator): (i128, i128)| {
        let bound = Rational::new(numerator, denominator).and_then(|share| larger.times(share));
        bound.is_some_and(|bound| apart <= bound)
    };
    let half_step = chinese.step.max(english.step).times(Rational::HALF);
    let is_rounded = half_step.is_some_and(|half| apart <= half) && is_within(ROUNDING);
    let is_fraction = (chinese.step.is_zero() || english.step.is_zero()) && is_within(FRACTION);
    let is_approximate = (chinese.approximate || english.approximate) && is_within(APPROXIMATION);
    is_rounded || is_fraction || is_approximate
}

/// Whether a percentage and a fraction are the same, 两成 and one fifth, 50 % and half; or whether
/// two percentages are what is left and what is gone, 七折 and 30 % off.
pub(super) fn same_share(chinese: &Figure, english: &Figure) -> bool {
    let hundred = Rational::whole(100);
    let percent = |figure: &Figure| match figure.kind {
        FigureKind::Percentage => Some(figure.value),
        FigureKind::Number | FigureKind::Multiple if figure.unit.is_none() => {
            figure.value.times(hundred)
        }
        _ => None,
    };
    let (Some(left), Some(right)) = (percent(chinese), percent(english)) else {
        return false;
    };
    let is_close =
        |a: Rational, b: Rational| a.distance(b).is_some_and(|apart| apart <= Rational::ONE);
    match [chinese, english].map(|figure| figure.kind == FigureKind::Percentage) {
        [true, true] => left.plus(right).is_some_and(|sum| is_close(sum, hundred)),
        [false, false] => false,
        _ => is_close(left, right),
    }
}

/// Whether an `m` behind digits means what the other text says: millions, or a measure of that letter.
pub(super) fn same_letter(chinese: &Figure, english: &Figure) -> bool {
    let is_meant = |letter: &Figure, other: &Figure| {
        let is_measure = matches!(
            other.unit,
            Some(Unit::Measure("metre" | "minute" | "megabyte" | "mile"))
        );
        letter.unit == Some(Unit::Measure(units::AMBIGUOUS))
            && (is_measure && letter.value == other.value
                || letter.value.times(Rational::whole(1_000_000)) == Some(other.value))
    };
    is_meant(chinese, english) || is_meant(english, chinese)
}

/// Whether two amounts are the same in coins of different size: 0.9 美元 and 90 cents.
pub(super) fn same_coin(chinese: &Figure, english: &Figure) -> bool {
    let in_main_unit = |figure: &Figure| {
        let Some(Unit::Currency(name)) = figure.unit else {
            return None;
        };
        match units::currency(name) {
            Some(coin) if coin.parts > 1 && !coin.main.is_empty() => Some((
                Unit::Currency(coin.main),
                figure.value.over(Rational::whole(coin.parts))?,
            )),
            _ => Some((Unit::Currency(name), figure.value)),
        }
    };
    let (Some((left, amount)), Some((right, other))) =
        (in_main_unit(chinese), in_main_unit(english))
    else {
        return false;
    };
    amount == other && same_unit(Some(left), Some(right)) == Some(true)
}

/// Whether two years name the same decade, in two digits and in four: 90 年代 and the 1990s.
pub(super) fn same_decade(chinese: &Figure, english: &Figure) -> bool {
    let apart = chinese
        .value
        .distance(english.value)
        .and_then(Rational::as_whole);
    let are_years = chinese.kind == FigureKind::Year && english.kind == FigureKind::Year;
    are_years && matches!(apart, Some(1900 | 2000))
}
