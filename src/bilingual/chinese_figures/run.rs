//! Chinese digits in a row.

use super::super::figure::Rational;
use super::super::figure::folded::Folded;
use super::decimal;
use super::digit::{begins, big, digit, unit};
use super::numeral::{Form, Numeral, plainly};

/// Chinese digits in a row without units: 二〇二四 and 一九九八 are read by place, 五五 is a pair, 三四百 says nothing exact.
pub(super) fn read(text: &Folded, start: usize) -> Option<Result<Numeral, usize>> {
    let end = text.end_of(start, |at| digit(text.at(at)).is_some());
    let length = end - start;
    if length < 2 {
        return None;
    }
    if unit(text, end).is_some() && digit(text.at(start)) != Some(0) {
        let end = text.end_of(end, |at| begins(text.at(at)) || big(text, at).is_some());
        return Some(Err(end));
    }
    if digit(text.at(start)) == Some(0) && unit(text, end).is_some() {
        return None;
    }
    // 三三两两 is an idiom.
    if (start..end).any(|at| matches!(text.at(at), '两' | '俩' | '仨')) {
        return Some(Err(end));
    }
    let decimal = text.at(end) == '点' && digit(text.at(end + 1)).is_some();
    let digits = (start..end).filter_map(|at| digit(text.at(at)));
    let value = Rational::from_digits(digits, std::iter::empty());
    let pair = length == 2 && !matches!(text.at(start), '零' | '〇') && !matches!(text.at(start + 1), '零' | '〇');
    let form = if pair { Form::Pair } else { Form::Whole };
    let numeral = value.map(|value| Numeral { plain: Some(length), form, ..plainly(value, Rational::ONE, end) });
    if decimal {
        return numeral.map(|numeral| decimal::read(text, numeral));
    }
    Some(numeral.ok_or(end))
}
