//! Whether the figures of two aligned texts agree.
//!
//! Figures are matched by value first; what is left over on both sides is compared only where there is a reason to believe that both speak of
//! the same thing: the same digits at another power of ten (the slip of 亿 against billion), or the one amount of its unit that is left.

use super::figure::{Figure, FigureKind, Rational, Unit, figures};
use crate::text::Language;

mod slip;

/// How far apart two figures may be that both texts call inexact, or that one does: a twentieth.
const VAGUENESS: (i128, i128) = (1, 20);

/// What comparing the figures of two texts finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Both texts say it.
    Agree {
        /// What the Chinese text says.
        chinese: Figure,
        /// What the English text says.
        english: Figure,
    },
    /// The texts speak of the same thing and say different values.
    Disagree {
        /// What the Chinese text says.
        chinese: Figure,
        /// What the English text says.
        english: Figure,
        /// The Chinese value over the English one; a power of ten in a slip of units.
        factor: Rational,
    },
    /// One text alone says it. No reason for alarm.
    OnlyHere {
        /// The text that says it.
        side: Language,
        /// What it says.
        figure: Figure,
    },
}

/// The figures left on each side, in order; a place is emptied when its figure is matched.
pub(super) struct Left {
    chinese: Vec<Option<Figure>>,
    english: Vec<Option<Figure>>,
}

/// Compares the figures of two texts that answer each other, a block or a sentence each.
///
/// Findings come in the order of the Chinese text, then those of the English text alone. Ranges are compared by their ends. At most a few hundred
/// figures a side are compared; texts with more are tables of data, and are left alone.
pub fn compare(chinese: &str, english: &str) -> Vec<Finding> {
    let read = |text: &str, language| {
        figures(text, language)
            .into_iter()
            .filter(|figure| figure.kind != FigureKind::Range)
            .map(Some)
            .collect::<Vec<_>>()
    };
    let mut left = Left { chinese: read(chinese, Language::Chinese), english: read(english, Language::English) };
    let mut findings = Vec::new();
    if left.chinese.len() <= 400 && left.english.len() <= 400 {
        // The surest first, so that a vague likeness never takes what another figure equals.
        left.pair(&mut findings, |chinese, english| alike(chinese, english) && chinese.value == english.value);
        left.pair(&mut findings, |chinese, english| chinese.value == english.value);
        left.pair(&mut findings, |chinese, english| alike(chinese, english) && rounds_to(chinese, english));
        left.pair(&mut findings, same_share);
        left.pair(&mut findings, same_coin);
        left.pair(&mut findings, same_decade);
        slip::find(&mut left, &mut findings);
    }
    findings.sort_by_key(|finding| match finding {
        Finding::Agree { chinese, .. } | Finding::Disagree { chinese, .. } => chinese.range.start,
        Finding::OnlyHere { .. } => usize::MAX,
    });
    let only = |side, figures: Vec<Option<Figure>>| {
        figures.into_iter().flatten().map(move |figure| Finding::OnlyHere { side, figure })
    };
    findings.extend(only(Language::Chinese, left.chinese));
    findings.extend(only(Language::English, left.english));
    findings
}

impl Left {
    /// Takes out every pair of figures that agree by a rule, first come first served.
    fn pair(&mut self, findings: &mut Vec<Finding>, agree: impl Fn(&Figure, &Figure) -> bool) {
        for place in &mut self.chinese {
            let Some(chinese) = place else { continue };
            let found =
                self.english.iter_mut().find(|english| english.as_ref().is_some_and(|english| agree(chinese, english)));
            let Some(english) = found else { continue };
            if let (Some(chinese), Some(english)) = (place.take(), english.take()) {
                findings.push(Finding::Agree { chinese, english });
            }
        }
    }
}

/// Whether two figures can speak of one thing: their kinds and units do not contradict each other.
pub(super) fn alike(chinese: &Figure, english: &Figure) -> bool {
    let kinds = chinese.kind == english.kind
        || matches!(
            (chinese.kind, english.kind),
            (FigureKind::Number, FigureKind::Currency | FigureKind::Multiple)
                | (FigureKind::Currency | FigureKind::Multiple, FigureKind::Number)
        );
    kinds && same_unit(chinese.unit, english.unit).unwrap_or(true)
}

/// Currencies that go by a generic name at home, and the two that share a sign.
const GENERIC: &[(&str, &str)] = &[
    ("GBP", "Pound"),
    ("INR", "Rupee"),
    ("CHF", "Franc"),
    ("RUB", "Ruble"),
    ("MXN", "Peso"),
    ("SEK", "Krone"),
    ("NOK", "Krone"),
    ("DKK", "Krone"),
    ("JPY", "CNY"),
];

/// Whether two units are one; none where a side names none.
pub(super) fn same_unit(chinese: Option<Unit>, english: Option<Unit>) -> Option<bool> {
    let (chinese, english) = (chinese?, english?);
    let dollars =
        |name: &str| name == "Dollar" || matches!(name, "USD" | "CAD" | "AUD" | "HKD" | "SGD" | "NZD" | "TWD");
    let pair =
        |a: &str, b: &str| chinese.name() == a && english.name() == b || chinese.name() == b && english.name() == a;
    let generic = (chinese.name() == "Dollar" || english.name() == "Dollar")
        && dollars(chinese.name())
        && dollars(english.name());
    let national =
        |name: &str, of: &[(&str, &str)]| of.iter().any(|(code, generic)| *code == name && pair(code, generic));
    Some(
        chinese.name() == english.name()
            || generic
            || national(chinese.name(), GENERIC)
            || national(english.name(), GENERIC),
    )
}

/// Whether two values are one, rounded: apart by no more than half of the coarser last place, or by a twentieth where a text says about.
pub(super) fn rounds_to(chinese: &Figure, english: &Figure) -> bool {
    let Some(apart) = chinese.value.minus(english.value).map(Rational::abs) else { return false };
    let coarser = chinese.step.max(english.step);
    let larger = chinese.value.abs().max(english.value.abs());
    let within = |share: (i128, i128)| {
        Rational::new(share.0, share.1).and_then(|share| larger.times(share)).is_some_and(|bound| apart <= bound)
    };
    let rounded = coarser.over(Rational::whole(2)).is_some_and(|half| apart <= half) && within((1, 10));
    let fraction = (chinese.step.is_zero() || english.step.is_zero()) && within((1, 50));
    // Words and Chinese numerals leave the last place open: 八百万 for 8.1 million.
    rounded || fraction || (chinese.approximate || english.approximate) && within(VAGUENESS)
}

/// Whether a share of a hundred and a fraction are one: 两成 and one fifth, 50 % and half; or what is left and what is gone: 七折 and 30 % off.
fn same_share(chinese: &Figure, english: &Figure) -> bool {
    let hundred = Rational::whole(100);
    let share = |figure: &Figure| match figure.kind {
        FigureKind::Percentage => Some(figure.value),
        FigureKind::Number | FigureKind::Multiple if figure.unit.is_none() => figure.value.times(hundred),
        _ => None,
    };
    let percentages = (chinese.kind == FigureKind::Percentage, english.kind == FigureKind::Percentage);
    let (Some(left), Some(right)) = (share(chinese), share(english)) else { return false };
    let close = |a: Rational, b: Rational| a.minus(b).is_some_and(|apart| apart.abs() <= Rational::ONE);
    match percentages {
        (true, true) => left.plus(right).is_some_and(|sum| close(sum, hundred)),
        (false, false) => false,
        _ => close(left, right),
    }
}

/// Whether two amounts are one in coins of different size: 0.9 美元 and 90 cents.
fn same_coin(chinese: &Figure, english: &Figure) -> bool {
    const COINS: &[(&str, &str, i64)] = &[
        ("Cent", "Dollar", 100),
        ("Pence", "Pound", 100),
        ("Penny", "Pound", 100),
        ("Jiao", "CNY", 10),
        ("Fen", "CNY", 100),
    ];
    let in_coins = |figure: &Figure| {
        let Some(Unit::Currency(name)) = figure.unit else { return None };
        let (main, parts) =
            COINS.iter().find(|(coin, ..)| *coin == name).map_or((name, 1), |(_, main, parts)| (*main, *parts));
        Some((Unit::Currency(main), figure.value.over(Rational::whole(parts))?))
    };
    let (Some((left, amount)), Some((right, other))) = (in_coins(chinese), in_coins(english)) else { return false };
    amount == other && same_unit(Some(left), Some(right)) == Some(true)
}

/// Whether two years name one decade, in two digits and in four: 90 年代 and the 1990s.
fn same_decade(chinese: &Figure, english: &Figure) -> bool {
    let years = chinese.kind == FigureKind::Year && english.kind == FigureKind::Year;
    years
        && chinese
            .value
            .minus(english.value)
            .map(Rational::abs)
            .and_then(Rational::as_whole)
            .is_some_and(|apart| matches!(apart, 1900 | 2000))
}

#[cfg(test)]
mod tests;
