//! Numbers as a text states them, and figures: what a number says, of what, and where.

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
    /// A range between two values. Both ends are figures of their own as well; the value is the low
    /// one.
    Range,
    /// A rank: 第三, 3rd.
    Ordinal,
    /// Digits that identify rather than count: a clock time, a telephone number.
    Label,
}

impl FigureKind {
    /// Whether it is of a quantity, and not of a name, a date or a rank.
    pub(super) const fn is_quantity(self) -> bool {
        matches!(
            self,
            Self::Number | Self::Percentage | Self::Currency | Self::Multiple
        )
    }

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
    /// A measure that both languages have, by its English singular: `hour`, `kilometre`,
    /// `gigabyte`.
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
    /// One unit of the last digit that the text gives: 10^8 for `8.6 billion` and for `86 亿`.
    /// Honest rounding is off by at most half of it.
    pub step: Rational,
    /// Whether the value is written in digits, not in words.
    pub digits: bool,
}

/// Two figures, of texts that translate each other, about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What the Chinese text says.
    pub chinese: Figure,
    /// What the English text says.
    pub english: Figure,
    /// The Chinese value over the English one if they disagree; a power of ten if the units are
    /// wrong.
    pub factor: Option<Rational>,
}

impl Comparison {
    /// Whether the pair comes before one of two figures and after the other: then the two are
    /// hardly about the same thing.
    pub(super) fn crosses(&self, chinese: &Figure, english: &Figure) -> bool {
        (self.chinese.range.start < chinese.range.start)
            != (self.english.range.start < english.range.start)
    }
}

/// A number as a text states it, in digits or in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) value: Rational,
    /// One unit of the last place that the text gives; zero for a fraction, which is exact.
    pub(super) step: Rational,
    /// The index of its first character: of its sign or currency, once that is known.
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many digits it has, if it is nothing but digits in a row, Arabic or Chinese (二〇二四).
    pub(super) plain: Option<usize>,
    /// Whether it is written in Arabic digits, at least in part.
    pub(super) digits: bool,
    /// Whether it says 多, 余, 几 or 来.
    pub(super) approximate: bool,
    /// Whether an English hundred, thousand or more multiplies it.
    pub(super) multiplied: bool,
}

impl Numeral {
    pub(super) fn in_words(value: Rational, step: Rational, range: Range<usize>) -> Self {
        let Range { start, end } = range;
        Self {
            value,
            step,
            start,
            end,
            plain: None,
            digits: false,
            approximate: false,
            multiplied: false,
        }
    }

    /// The number times a factor, which its last place is multiplied by too.
    pub(super) fn times(self, factor: Rational) -> Option<Self> {
        Some(Self {
            value: self.value.times(factor)?,
            step: self.step.times(factor)?,
            plain: None,
            ..self
        })
    }

    pub(super) fn times_ten_to(self, exponent: i32) -> Option<Self> {
        self.times(Rational::power_of_ten(exponent)?)
    }

    pub(super) fn plus(self, value: Rational) -> Option<Self> {
        Some(Self {
            value: self.value.plus(value)?,
            plain: None,
            ..self
        })
    }

    pub(super) fn until(self, end: usize) -> Self {
        Self { end, ..self }
    }

    /// The figure that the number is. Its range counts characters until the scanner turns them into
    /// bytes.
    pub(super) fn figure(self, kind: FigureKind, unit: Option<Unit>) -> Figure {
        Figure {
            range: self.start..self.end,
            value: self.value,
            unit,
            kind,
            approximate: self.approximate,
            step: self.step,
            digits: self.digits,
        }
    }
}
