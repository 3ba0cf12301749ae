//! Decimals in Chinese numerals.

use super::super::figure::Rational;
use super::super::figure::folded::Folded;
use super::digit::{digit, small, unit};
use super::numeral::{Form, Numeral, scaled};

/// What follows 点 after a number: 十五点七, and 一点二亿 with its units. Clock times (三点五分) stay whole numbers.
pub(super) fn read(text: &Folded, whole: Numeral) -> Result<Numeral, usize> {
    let point = text.skip_spaces(whole.end);
    let (mut end, mut last) = (text.skip_spaces(point + 1), point + 1);
    let mut fraction = Vec::new();
    while let Some(value) = digit(text.at(end)).filter(|_| !matches!(text.at(end), '两' | '俩' | '仨')) {
        fraction.push(value);
        last = end + 1;
        end = text.skip_spaces(last);
    }
    let clock =
        small(text.at(last)).is_some() || text.at(last) == '分' && text.at(last + 1) != '之' || text.at(last) == '滴';
    if fraction.is_empty() || clock {
        return Ok(whole);
    }
    let places = fraction.len() as i32;
    let read = || {
        let part = Rational::from_digits(std::iter::empty(), fraction.iter().copied())?;
        let mut value = whole.value.plus(part)?;
        let mut step = Rational::power_of_ten(-places.min(400))?;
        let mut end = last;
        while let Some(exponent) = unit(text, end).filter(|exponent| *exponent > 1) {
            (value, step) = scaled(value, step, exponent)?;
            end += 1;
        }
        Some(Numeral { value, step, end, plain: None, form: Form::Whole, ..whole })
    };
    read().ok_or(last)
}
