//! Shares in Chinese: 分之, 成, 折, 百分点.

use super::super::figure::Rational;
use super::super::figure::folded::Folded;
use super::numeral::{self, Form, Numeral};

/// The index after characters that may have spaces between them, if they follow.
pub(super) fn spelled(text: &Folded, start: usize, characters: &str) -> Option<usize> {
    let mut at = start;
    for c in characters.chars() {
        at = text.skip_spaces(at);
        if text.at(at) != c {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// A number with 负 or a minus before it.
pub(super) fn signed(text: &Folded, start: usize) -> Option<Numeral> {
    let at = text.skip_spaces(start);
    let negative = matches!(text.at(at), '负' | '-');
    let first = text.skip_spaces(at + usize::from(negative));
    if !(numeral::begins(text.at(first)) || text.at(first) == '.' && text.is_digit(first + 1)) {
        return None;
    }
    let number = numeral::read(text, first).ok()?;
    Some(if negative { Numeral { value: number.value.negated(), ..number } } else { number })
}

/// A share named by its hundreds, thousands or ten thousands: 百分之五, 万分之三, 百分之百. Its value is of a hundred.
pub(super) fn of_hundred(text: &Folded, start: usize) -> Option<Numeral> {
    let (mut at, mut exponent) = (start, 0);
    while let Some(power) = numeral::unit(text, at).filter(|_| at < start + 4) {
        exponent += power;
        at += 1;
    }
    if at == start || exponent > 24 || !matches!(text.at(start), '百' | '佰' | '千' | '仟' | '万' | '亿') {
        return None;
    }
    let part = spelled(text, at, "分之")?;
    let scale = Rational::power_of_ten(2 - exponent)?;
    let Some(number) = signed(text, part) else {
        let end = spelled(text, part, "百").or_else(|| spelled(text, part, "佰"))?;
        return Some(Numeral {
            value: Rational::whole(100).times(scale)?,
            step: Rational::ONE,
            end,
            approximate: false,
            plain: None,
            digits: false,
            form: Form::Whole,
        });
    };
    Some(Numeral {
        value: number.value.times(scale)?,
        step: number.step.times(scale)?,
        form: Form::Whole,
        plain: None,
        ..number
    })
}

/// A fraction that begins with a number already read: 三分之一, 一又二分之一, １６分之5. A denominator of nothing gives none.
pub(super) fn fraction(text: &Folded, first: Numeral) -> Option<Numeral> {
    let (whole, denominator) = match spelled(text, first.end, "又") {
        Some(part) => (Some(first), signed(text, part)?),
        None => (None, first),
    };
    let numerator = signed(text, spelled(text, denominator.end, "分之")?)?;
    let mut value = numerator.value.over(denominator.value)?;
    if let Some(whole) = whole {
        value = whole.value.plus(value)?;
    }
    let digits = first.digits || numerator.digits;
    Some(Numeral { value, step: Rational::ZERO, plain: None, form: Form::Whole, digits, ..numerator })
}

/// A share said after a number already read: 25 %, 六个百分点, 三成, 八点五折.
pub(super) fn after(text: &Folded, number: Numeral) -> Option<Numeral> {
    let at = text.skip_spaces(number.end);
    let done = |scale: (i128, i128), end: usize| {
        let scale = Rational::new(scale.0, scale.1)?;
        Some(Numeral {
            value: number.value.times(scale)?,
            step: number.step.times(scale)?,
            end,
            plain: None,
            form: Form::Whole,
            ..number
        })
    };
    match text.at(at) {
        '%' if number.form != Form::Pair => done((1, 1), at + 1),
        '‰' if number.form != Form::Pair => done((1, 10), at + 1),
        '个' | '百' if number.form != Form::Pair => {
            let counted = if text.at(at) == '个' { at + 1 } else { at };
            done((1, 1), spelled(text, counted, "百分点")?)
        }
        '成' if number.form != Form::Pair => tenths(text, number, at),
        c if c.is_ascii_digit() && at > number.end && number.plain == Some(1) => {
            // 7 2 折: two digits apart.
            let second = Rational::whole(i64::from(c as u8 - b'0'));
            let value = number.value.times(Rational::whole(10))?.plus(second)?;
            Some(Numeral { value, end: spelled(text, at + 1, "折")?, plain: None, ..number })
        }
        '折' if !matches!(
            text.at(at + 1),
            '叠' | '旧' | '磨' | '腾' | '断' | '合' | '返' | '射' | '线' | '中' | '页'
        ) =>
        {
            discount(number, &done, at)
        }
        _ => None,
    }
}

/// So many tenths: 七成, 七成六, 七成半. Not 一成不变, nor 5 成员.
fn tenths(text: &Folded, number: Numeral, at: usize) -> Option<Numeral> {
    const OTHER_WORDS: &str = "员为立功本绩长都型熟果分人就千不交败因效像语";
    if OTHER_WORDS.contains(text.at(at + 1)) || number.value > Rational::whole(10) || number.value.is_zero() {
        return None;
    }
    let mut value = number.value.times(Rational::whole(10))?;
    let mut end = at + 1;
    let rest = text.skip_spaces(end);
    let more = if text.at(rest) == '半' {
        Some(5)
    } else {
        numeral::digit(text.at(rest)).filter(|_| numeral::unit(text, rest + 1).is_none())
    };
    let digit = more.or_else(|| {
        (text.is_digit(rest) && rest == end && !text.is_digit(rest + 1)).then(|| text.at(rest) as u8 - b'0')
    });
    if let Some(digit) = digit.filter(|_| rest == end || text.at(rest + 1) == '\0') {
        value = value.plus(Rational::whole(i64::from(digit)))?;
        end = rest + 1;
    }
    Some(Numeral { value, end, plain: None, form: Form::Whole, step: Rational::ONE, ..number })
}

/// What is left to pay: 九折 is 90, 五五折 and 7 2 折 are two digits.
fn discount(number: Numeral, done: &impl Fn((i128, i128), usize) -> Option<Numeral>, at: usize) -> Option<Numeral> {
    if number.value.is_zero() || number.value > Rational::whole(100) {
        return None;
    }
    done(if number.value < Rational::whole(10) { (10, 1) } else { (1, 1) }, at + 1)
}

/// Shares with 半 or 对 in the place of a number: 半成, 半折, 打对折, 一半.
pub(super) fn of_half(text: &Folded, start: usize) -> Option<(Rational, usize, bool)> {
    let next = text.skip_spaces(start + 1);
    match (text.at(start), text.at(next)) {
        ('半', '成' | '折') => Some((Rational::whole(5), next + 1, true)),
        ('对', '折') if text.before(text.skip_spaces_back(start)) == '打' => {
            Some((Rational::whole(50), next + 1, true))
        }
        // Half a dozen.
        ('半', '打') if !matches!(text.at(next + 1), '开' | '击' | '算' | '工') => {
            Some((Rational::whole(6), next + 1, false))
        }
        ('一', '半') if next == start + 1 => Some((Rational::new(1, 2)?, next + 1, false)),
        _ => None,
    }
}
