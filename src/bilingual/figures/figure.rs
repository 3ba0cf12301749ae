//! Figures: what a number in a text says, of what, and where.

use std::ops::Range;

use super::number::Rational;

/// The kind of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A plain number, or one with a measure.
    Number,
    /// A share of a hundred; 25 % has the value 25.
    Percentage,
    /// An amount of money.
    Currency,
    /// A month or a day of a month.
    Date,
    /// A year of the calendar.
    Year,
    /// A multiple: 1.5 倍, threefold.
    Multiple,
    /// A range between two values. Both ends are figures of their own as well; the value is the low one.
    Range,
    /// A rank: 第三, 3rd.
    Ordinal,
    /// Digits that identify rather than count: a clock time, a telephone number.
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
    /// Money: an ISO 4217 code if the text is clear (`USD`), otherwise a generic name (`Dollar`).
    Currency(&'static str),
    /// A measure that both languages have, by its English singular: `hour`, `kilometre`, `gigabyte`.
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
    /// What it counts, if that is in the table of units.
    pub unit: Option<Unit>,
    /// Its kind.
    pub kind: FigureKind,
    /// Whether the text says about, nearly, over, 约, 近, 多 or the like.
    pub approximate: bool,
    /// One unit of the last digit that the text gives: 10^8 for `8.6 billion` and for `86 亿`. Honest rounding is off by at most half of it.
    pub step: Rational,
    /// Whether the value is written in digits, not in words.
    pub digits: bool,
    /// The low and the high end of a [`FigureKind::Range`].
    pub bounds: Option<(Rational, Rational)>,
}
