//! Decimals in English words.

use super::super::figure::Rational;
use super::lexicon::Sense;
use super::numeral::{Meaning, Numeral, Token, whole};

/// A number with decimals in words: nine point nought four, two hundred point seventy-one, two point five million.
pub(super) fn read(number: Numeral, rest: &[Token]) -> Option<Numeral> {
    let [point, rest @ ..] = rest else { return None };
    if point.sense != Meaning::Word(Sense::Point) || number.digits {
        return None;
    }
    let ones: Vec<u8> = rest
        .iter()
        .map_while(
            |token| if let Meaning::Word(Sense::Ones(value)) = token.sense { u8::try_from(value).ok() } else { None },
        )
        .collect();
    let (digits, taken) = if ones.is_empty() {
        let (fraction, taken) = whole(rest)?;
        let text = fraction.value.as_whole()?.to_string();
        (text.bytes().map(|digit| digit - b'0').collect(), taken)
    } else {
        let taken = ones.len();
        (ones, taken)
    };
    let places = digits.len() as i32;
    let part = Rational::from_digits(std::iter::empty(), digits.into_iter())?;
    let mut decimal = Numeral {
        value: number.value.plus(part)?,
        step: Rational::power_of_ten(-places)?,
        end: rest[taken - 1].end,
        ..number
    };
    if let Some(Token { sense: Meaning::Word(Sense::Round(exponent)), end, .. }) = rest.get(taken) {
        let factor = Rational::power_of_ten(*exponent)?;
        decimal = Numeral {
            value: decimal.value.times(factor)?,
            step: decimal.step.times(factor)?,
            end: *end,
            multiplied: true,
            ..decimal
        };
    }
    Some(decimal)
}
