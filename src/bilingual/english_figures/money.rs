//! Amounts of money in English.

use super::super::figure::folded::Folded;
use super::super::figure::{Rational, currency, measure};
use super::lexicon::{self, Sense};
use super::numeral::{self, Numeral};
use super::words;

/// An amount of money.
pub(super) struct Amount {
    /// The number, ending after the name of the money.
    pub(super) number: Numeral,
    /// The code or name.
    pub(super) unit: &'static str,
    /// The index of its sign, where that comes first.
    pub(super) start: usize,
}

/// The amount of money that a number at an index is part of, if a sign, code or name says so. What lies before `floor` belongs to others.
pub(super) fn read(text: &Folded, number: Numeral, at: usize, floor: usize) -> Option<Amount> {
    let signed = at - usize::from(at > 0 && text.before(at) == '-');
    let before =
        currency::before(text, signed).or_else(|| currency::before(text, at)).filter(|found| found.edge >= floor);
    let large = number.multiplied || number.value >= Rational::whole(1000);
    let after = currency::after_in_english(text, number.end, large);
    let (found, start, end) = match (before, after) {
        (Some(before), Some(after))
            if before.name == after.name || before.name == "Dollar" && after.name.len() == 3 && after.parts == 1 =>
        {
            (after, before.edge, after.edge)
        }
        (Some(before), _) => (before, before.edge, number.end),
        (None, after) => (after?, at, after?.edge),
    };
    let factor = Rational::power_of_ten(found.exponent)?;
    let number =
        Numeral { value: number.value.times(factor)?, step: number.step.times(factor)?, end, plain: None, ..number };
    let named = before.is_none() && text.before(end).is_alphabetic() && found.parts == 1;
    let number =
        if named { scaled(text, number).or_else(|| with_change(text, number)).unwrap_or(number) } else { number };
    Some(Amount { number, unit: found.name, start })
}

/// A multiplier after the name: 75 USD million.
fn scaled(text: &Folded, number: Numeral) -> Option<Numeral> {
    let at = text.skip_spaces(number.end);
    let Some(Sense::Round(exponent)) = lexicon::sense(text.word(at).as_str()) else { return None };
    let factor = Rational::power_of_ten(exponent)?;
    (!number.multiplied).then_some(())?;
    Some(Numeral {
        value: number.value.times(factor)?,
        step: number.step.times(factor)?,
        end: text.letters_end(at),
        multiplied: true,
        ..number
    })
}

/// The smaller coin after an amount: thirteen dollars and forty-five cents, 15 dollars 50, one kuai and five mao five.
fn with_change(text: &Folded, number: Numeral) -> Option<Numeral> {
    let next = text.skip_spaces(number.end);
    let and = text.word(next).as_str() == "and";
    let at = if and { text.skip_spaces(next + 3) } else { next };
    let (change, _) = numeral::whole(&numeral::tokens(text, at).ok()?)?;
    let coin = currency::after_in_english(text, change.end, false);
    let (parts, end) = match coin {
        Some(coin) if coin.parts > 1 => (coin.parts, coin.edge),
        None if !and && counts_nothing(text, change) => (100, change.end),
        _ => return None,
    };
    let part = change.value.over(Rational::whole(parts))?;
    if part >= Rational::ONE {
        return None;
    }
    let sum = Numeral { value: number.value.plus(part)?, step: Rational::new(1, 100)?, end, ..number };
    if parts != 10 {
        return Some(sum);
    }
    // Five mao five: a digit after tenths counts hundredths.
    let at = text.skip_spaces(end);
    let hundredths = numeral::tokens(text, at)
        .ok()
        .and_then(|tokens| numeral::whole(&tokens))
        .filter(|(digit, taken)| *taken == 1 && digit.value < Rational::whole(10));
    let deeper = hundredths.and_then(|(digit, _)| {
        Some(Numeral { value: sum.value.plus(digit.value.over(Rational::whole(100))?)?, end: digit.end, ..sum })
    });
    Some(deeper.unwrap_or(sum))
}

/// Whether a number after an amount counts nothing of its own, so that it can be hundredths: at most two digits, no percent, measure or multiple.
fn counts_nothing(text: &Folded, number: Numeral) -> bool {
    number.plain.is_none_or(|length| length == 2)
        && number.value.as_whole().is_some_and(|value| (1..100).contains(&value))
        && words::percent(text, number.end).is_none()
        && words::multiple(text, number.end).is_none()
        && measure::after(text, number.end, false).is_none()
        && !text.at(number.end).is_alphanumeric()
}
