//! Shares and fractions in Chinese: 分之, 成, 折, 百分点.

use super::super::char_buffer::CharBuffer;
use super::super::figure::{Figure, FigureKind, Numeral};
use super::super::number::Rational;
use super::numeral;

/// What follows 成 where it is no tenth: 成员, 成立, 一成不变.
const WORDS_WITH_TENTH: &str = "员为立功本绩长都型熟果分人就千不交败因效像语";

/// What follows 折 where it is no discount: 折叠, 折旧.
const WORDS_WITH_DISCOUNT: &str = "叠旧磨腾断合返射线中页";

fn spelled(text: &CharBuffer, start: usize, characters: &str) -> Option<usize> {
    characters.chars().try_fold(start, |at, c| {
        let at = text.skip_spaces(at);
        (text.at(at) == c).then_some(at + 1)
    })
}

fn signed(text: &CharBuffer, start: usize) -> Option<Numeral> {
    let at = text.skip_spaces(start);
    let is_negative = matches!(text.at(at), '负' | '-');
    let first = text.skip_spaces(at + usize::from(is_negative));
    if !(numeral::begins(text, first) || text.at(first) == '.' && text.is_digit(first + 1)) {
        return None;
    }
    let number = numeral::read(text, first).ok()?;
    Some(if is_negative {
        Numeral {
            value: number.value.negated(),
            ..number
        }
    } else {
        number
    })
}

/// A share by its denominator: 百分之五, 万分之三, 百分之百. Its value is of a hundred.
pub(super) fn of_power_of_ten(text: &CharBuffer, start: usize) -> Option<Numeral> {
    let mut exponent = 0;
    let mut at = start;
    while let Some(power) = numeral::unit(text, at).filter(|_| at < start + 4) {
        exponent += power;
        at += 1;
    }
    if !"百佰千仟万亿".contains(text.at(start)) || exponent > 24 {
        return None;
    }
    let numerator = spelled(text, at, "分之")?;
    let whole = || {
        let end = spelled(text, numerator, "百").or_else(|| spelled(text, numerator, "佰"))?;
        Some(Numeral::in_words(
            Rational::whole(100),
            Rational::ONE,
            start..end,
        ))
    };
    signed(text, numerator)
        .or_else(whole)?
        .times_ten_to(2 - exponent)
}

/// A fraction whose first number was read: 三分之一, 一又二分之一, １６分之5. Nothing is divided by
/// zero.
pub(super) fn fraction(text: &CharBuffer, first: Numeral) -> Option<Numeral> {
    let (whole, denominator) = match spelled(text, first.end, "又") {
        Some(part) => (first.value, signed(text, part)?),
        None => (Rational::ZERO, first),
    };
    let numerator = signed(text, spelled(text, denominator.end, "分之")?)?;
    let value = whole.plus(numerator.value.over(denominator.value)?)?;
    let digits = first.digits || numerator.digits;
    Some(Numeral {
        value,
        step: Rational::ZERO,
        plain: None,
        digits,
        ..numerator
    })
}

/// A share whose number was read: 25 %, 六个百分点, 三成, 八点五折.
pub(super) fn after(text: &CharBuffer, number: Numeral) -> Option<Numeral> {
    let at = text.skip_spaces(number.end);
    if numeral::is_pair(text, number) && text.at(at) != '折' {
        return None;
    }
    match text.at(at) {
        '%' => Some(number.until(at + 1)),
        '‰' => Some(number.times_ten_to(-1)?.until(at + 1)),
        '个' => Some(number.until(spelled(text, at + 1, "百分点")?)),
        '百' => Some(number.until(spelled(text, at, "百分点")?)),
        '成' => tenths(text, number, at),
        '折' => discount(text, number, at),
        // 7 2 折: two digits apart.
        c if c.is_ascii_digit() && at > number.end && number.plain == Some(1) => {
            let second = Rational::whole(i64::from(c as u8 - b'0'));
            let value = number.value.times(Rational::whole(10))?.plus(second)?;
            Some(Numeral {
                value,
                end: spelled(text, at + 1, "折")?,
                ..number
            })
        }
        _ => None,
    }
}

/// Tenths: 七成, 七成六, 七成半.
fn tenths(text: &CharBuffer, number: Numeral, at: usize) -> Option<Numeral> {
    let is_word = WORDS_WITH_TENTH.contains(text.at(at + 1));
    if is_word || number.value > Rational::whole(10) || number.value.is_zero() {
        return None;
    }
    let tenths = Numeral {
        step: Rational::ONE,
        ..number.times_ten_to(1)?
    }
    .until(at + 1);
    let next = text.skip_spaces(at + 1);
    let is_close = next == at + 1;
    let hundredths = match text.at(next) {
        '半' => Some(5),
        c if c.is_ascii_digit() => (is_close && !text.is_digit(next + 1)).then_some(c as u8 - b'0'),
        c => numeral::digit(c).filter(|_| numeral::unit(text, next + 1).is_none()),
    };
    match hundredths.filter(|_| is_close || text.at(next + 1) == '\0') {
        Some(hundredths) => Some(
            tenths
                .plus(Rational::whole(hundredths.into()))?
                .until(next + 1),
        ),
        None => Some(tenths),
    }
}

/// What a discount leaves to pay: 九折 is 90, 五五折 is 55.
fn discount(text: &CharBuffer, number: Numeral, at: usize) -> Option<Numeral> {
    let is_word = WORDS_WITH_DISCOUNT.contains(text.at(at + 1));
    if is_word || number.value.is_zero() || number.value > Rational::whole(100) {
        return None;
    }
    let exponent = i32::from(number.value < Rational::whole(10));
    Some(number.times_ten_to(exponent)?.until(at + 1))
}

/// A share with 半 or 对 instead of a number: 半成, 半折, 半价, 打对折, 一半, 半数; and half a dozen, 半打.
pub(super) fn of_half(text: &CharBuffer, start: usize) -> Option<Figure> {
    let next = text.skip_spaces(start + 1);
    let (value, kind) = match (text.at(start), text.at(next)) {
        ('半', '成' | '折') => (Rational::whole(5), FigureKind::Percentage),
        ('对', '折') if text.before(text.skip_spaces_back(start)) == '打' => {
            (Rational::whole(50), FigureKind::Percentage)
        }
        ('半', '打') if !"开击算工".contains(text.at(next + 1)) => {
            (Rational::whole(6), FigureKind::Number)
        }
        ('半', '数') => (Rational::HALF, FigureKind::Number),
        ('半', '价') => (Rational::whole(50), FigureKind::Percentage),
        ('一', '半') if next == start + 1 => (Rational::HALF, FigureKind::Number),
        _ => return None,
    };
    Some(Numeral::in_words(value, Rational::ZERO, start..next + 1).figure(kind, None))
}
