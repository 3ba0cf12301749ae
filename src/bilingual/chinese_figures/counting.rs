//! Halves, dozens and measures in Chinese.

use super::super::figure::folded::Folded;
use super::super::figure::{Rational, measure};
use super::numeral::{self, Form, Numeral};
use crate::text::is_han;

/// A number with its measure, if it has one: 350 公里, 两年半, 两个半小时.
pub(super) fn measured(text: &Folded, number: Numeral) -> Option<(Numeral, &'static str)> {
    if let Some((name, end)) = measure::after(text, number.end, true) {
        return Some((and_a_half(text, Numeral { end, ..number }), name));
    }
    let (name, end) = text.starts_with(number.end, "个半").then(|| measure::after(text, number.end + 2, true))??;
    Some((Numeral { value: number.value.plus(Rational::new(1, 2)?)?, end, ..number }, name))
}

/// One and a half: 一个半, where nothing counted follows.
pub(super) fn counted_half(text: &Folded, number: Numeral) -> Option<Numeral> {
    let end = number.end + 2;
    if !text.starts_with(number.end, "个半") || is_han(text.at(end)) {
        return None;
    }
    Some(Numeral { value: number.value.plus(Rational::new(1, 2)?)?, end, form: Form::Whole, plain: None, ..number })
}

/// The measure that 半 at an index halves, with the index after it: 半年, 半小时. Not 5 个半 月.
pub(super) fn half(text: &Folded, at: usize) -> Option<(&'static str, usize)> {
    let alone = text.at(at + 1) != ' ' && !numeral::begins(text.before(at)) && text.before(at) != '个';
    measure::after(text, at + 1, true).filter(|_| alone)
}

/// Adds the half of 两年半 and 一个半小时.
pub(super) fn and_a_half(text: &Folded, number: Numeral) -> Numeral {
    let half = Rational::new(1, 2).and_then(|half| number.value.plus(half));
    match half {
        Some(value) if text.at(number.end) == '半' && number.step <= Rational::ONE => {
            Numeral { value, end: number.end + 1, ..number }
        }
        _ => number,
    }
}

/// A dozen or more: 一打, 十打苹果. Not 打开, 打击.
pub(super) fn dozens(text: &Folded, number: Numeral) -> Option<Numeral> {
    const OTHER_WORDS: &str = "开击破造算工字印仗架包听扮折赢败倒断磨动进出";
    let at = number.end;
    if text.at(at) != '打' || OTHER_WORDS.contains(text.at(at + 1)) {
        return None;
    }
    Some(Numeral {
        value: number.value.times(Rational::whole(12))?,
        end: at + 1,
        form: Form::Whole,
        plain: None,
        ..number
    })
}
