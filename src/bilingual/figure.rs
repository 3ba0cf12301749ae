//! Figures in a text: their value, unit and kind, in either language.

use super::{chinese_figures, english_figures};
use crate::text::Language;
use std::ops::Range;

pub(super) mod arabic;
pub(super) mod currency;
pub(super) mod folded;
pub(super) mod label;
pub(super) mod measure;
pub(super) mod ranges;
mod rational;

pub use rational::Rational;

/// What sort of thing a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A plain number, or one with a measure.
    Number,
    /// A share of a hundred; its value is its number, so that 25 % is 25.
    Percentage,
    /// An amount of money.
    Currency,
    /// A month or a day of a month.
    Date,
    /// A year of the calendar.
    Year,
    /// So many times: 1.5 倍, threefold.
    Multiple,
    /// From one value to another; both ends are figures of their own as well, and the value is the low one.
    Range,
    /// A place in an order: 第三, 3rd.
    Ordinal,
    /// Digits that name rather than count: a clock time, a telephone number.
    Label,
}

impl FigureKind {
    /// The name used in output: lower-case, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Percentage => "percentage",
            Self::Currency => "currency",
            Self::Date => "date",
            Self::Year => "year",
            Self::Multiple => "multiple",
            Self::Range => "range",
            Self::Ordinal => "ordinal",
            Self::Label => "label",
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money: an ISO 4217 code where the text leaves no doubt (`USD`), else a generic name (`Dollar`).
    Currency(&'static str),
    /// A measure common to both languages, by its English singular: `hour`, `kilometre`, `gigabyte`.
    Measure(&'static str),
}

impl Unit {
    /// The code or name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Currency(name) | Self::Measure(name) => name,
        }
    }
}

/// A figure in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The bytes of the text that say it, its unit and sign included.
    pub range: Range<usize>,
    /// Its exact value, multipliers applied.
    pub value: Rational,
    /// What it counts, where the text says so in terms known here.
    pub unit: Option<Unit>,
    /// What sort of thing it says.
    pub kind: FigureKind,
    /// Whether the text says about, nearly, over, 约, 近, 多 or the like.
    pub approximate: bool,
    /// The size of one unit of the last digit that the text gives: 10^8 for `8.6 billion` and for `86 亿`. Half of it is how far off an honest rounding can be.
    pub step: Rational,
    /// Whether the value is written in digits, not in words.
    pub digits: bool,
    /// The low and the high end of a [`FigureKind::Range`].
    pub bounds: Option<(Rational, Rational)>,
}

impl Figure {
    /// The value as a decimal of at most 15 significant digits.
    pub fn decimal(&self) -> String {
        self.value.to_decimal()
    }
}

/// The figures of a text of a language, in order of their beginnings. Linear in the length of the text.
pub fn figures(text: &str, language: Language) -> Vec<Figure> {
    let mut figures = match language {
        Language::Chinese => chinese_figures::read(text),
        Language::English => english_figures::read(text),
    };
    ranges::join(text, &mut figures);
    figures
}

/// The values in a text by which an aligner may know the text that answers it: quantities and dates of either language compare equal.
///
/// Sorted, with repeats. Shares of a hundred come as fractions, so that 两成, 20 % and one fifth are one value; one and zero, which say too little, are left out, and so are ends of ranges said twice.
pub fn values(text: &str, language: Language) -> Vec<Rational> {
    let percent = Rational::new(1, 100).expect("invariant: a hundred is not zero");
    let mut values: Vec<Rational> = figures(text, language)
        .iter()
        .filter(|figure| figure.kind != FigureKind::Range)
        .filter_map(|figure| match figure.kind {
            FigureKind::Percentage => figure.value.times(percent),
            _ => Some(figure.value),
        })
        .filter(|value| !value.is_zero() && *value != Rational::ONE)
        .collect();
    values.sort_unstable();
    values
}

#[cfg(test)]
mod tests;
