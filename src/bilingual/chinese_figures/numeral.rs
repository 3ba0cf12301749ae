//! Chinese numerals, alone and mixed with Arabic digits.

pub(super) use super::digit::{begins, digit, unit};

use super::super::figure::Rational;
use super::super::figure::arabic;
use super::super::figure::folded::Folded;
use super::digit::{big, small};

/// How much of a number some characters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A number beyond doubt.
    Whole,
    /// One Chinese numeral alone, which may be part of a word.
    Single,
    /// Two Chinese digits in a row, which say a number only before 折.
    Pair,
}

/// A number read from Chinese text, without a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// Its value.
    pub(super) value: Rational,
    /// One unit of the last place that it names.
    pub(super) step: Rational,
    /// The index after its last character.
    pub(super) end: usize,
    /// Whether it says 多, 余, 几 or 来.
    pub(super) approximate: bool,
    /// How many digits it has, if it is nothing but digits in a row, Arabic or Chinese (二〇二四).
    pub(super) plain: Option<usize>,
    /// Whether it is written in Arabic digits, at least in part.
    pub(super) digits: bool,
    /// How much of a number it is.
    pub(super) form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Start,
    Digit,
    Zero,
    Small,
    Big,
}

/// What has been read so far: `total` holds finished sections, `section` what is below 万, `pending` a digit that waits for its unit.
struct Reader<'t> {
    text: &'t Folded,
    at: usize,
    total: Rational,
    last_group: Rational,
    last_big: i32,
    section: Rational,
    last_small: i32,
    last_unit: i32,
    pending: Option<(Rational, Rational)>,
    last: Token,
    step: Rational,
    approximate: bool,
    digits: bool,
}

/// The number that begins at an index; `Err` holds the end of what is none (too large, or 二三十, which says no single number).
pub(super) fn read(text: &Folded, start: usize) -> Result<Numeral, usize> {
    if let Some(run) = digit_run(text, start) {
        return run;
    }
    let mut reader = Reader {
        text,
        at: start,
        total: Rational::ZERO,
        last_group: Rational::ZERO,
        last_big: i32::MAX,
        section: Rational::ZERO,
        last_small: i32::MAX,
        last_unit: 0,
        pending: None,
        last: Token::Start,
        step: Rational::ONE,
        approximate: false,
        digits: false,
    };
    let mut plain = None;
    if text.is_digit(start) || text.at(start) == '.' {
        let number = arabic::read(text, start)?;
        reader.pending = Some((number.value, number.step));
        (reader.last, reader.at, reader.digits, reader.step) = (Token::Digit, number.end, true, number.step);
        plain = number.plain;
        if let Some((exponent, end)) = arabic::suffix(text, number.end, false) {
            return scaled(number.value, number.step, exponent)
                .map(|(value, step)| Numeral { digits: true, ..plainly(value, step, end) })
                .ok_or(end);
        }
    }
    let first = reader.at;
    let mut whole = true;
    while whole && reader.at - start < 200 {
        whole = reader.advance().ok_or(reader.at + 1)?;
    }
    if reader.at > first {
        plain = None;
    }
    let form = if reader.at == start + 1 && !reader.digits { Form::Single } else { Form::Whole };
    let numeral = reader.finish(start, plain, form)?;
    Ok(numeral)
}

fn scaled(value: Rational, step: Rational, exponent: i32) -> Option<(Rational, Rational)> {
    let factor = Rational::power_of_ten(exponent)?;
    Some((value.times(factor)?, step.times(factor)?))
}

fn plainly(value: Rational, step: Rational, end: usize) -> Numeral {
    Numeral { value, step, end, approximate: false, plain: None, digits: false, form: Form::Whole }
}

/// Chinese digits in a row without units: 二〇二四 and 一九九八 are read by place, 五五 is a pair, 三四百 says nothing exact.
fn digit_run(text: &Folded, start: usize) -> Option<Result<Numeral, usize>> {
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
        return numeral.map(|numeral| decimals(text, numeral));
    }
    Some(numeral.ok_or(end))
}

impl Reader<'_> {
    /// Reads one more digit or unit; false when the number is over, none when its value leaves all bounds.
    fn advance(&mut self) -> Option<bool> {
        let text = self.text;
        let spaced = text.skip_spaces(self.at);
        let at = if self.last == Token::Start { self.at } else { spaced };
        if let Some(exponent) = small(text.at(at)) {
            return self.small(at, exponent);
        }
        if let Some(exponent) = big(text, at) {
            return self.big(at, exponent);
        }
        if let Some(value) = digit(text.at(at)) {
            // After a space only more of a number that has begun in Chinese, and not one digit of a word.
            return Some(self.digit(at, value));
        }
        if matches!(text.at(at), '多' | '余' | '几' | '来')
            && matches!(self.last, Token::Small | Token::Big | Token::Zero | Token::Digit)
        {
            return Some(self.vague(at));
        }
        if text.is_digit(at) && matches!(self.last, Token::Small | Token::Big | Token::Zero) {
            return Some(self.arabic(at));
        }
        Some(false)
    }

    fn digit(&mut self, at: usize, value: u8) -> bool {
        if self.last == Token::Digit || self.approximate {
            return false;
        }
        if value == 0 {
            self.last = Token::Zero;
        } else {
            // 三百五六十 and the like say no single number: the last digit must not be followed by another.
            if digit(self.text.at(at + 1)).is_some_and(|next| next > 0) {
                return false;
            }
            self.pending = Some((Rational::whole(i64::from(value)), Rational::ONE));
            if self.last == Token::Zero {
                self.last_unit = 0;
            }
            self.last = Token::Digit;
        }
        self.at = at + 1;
        true
    }

    /// Arabic digits after a unit: 5万4千, 1千零1, 3万5000.
    fn arabic(&mut self, at: usize) -> bool {
        let Ok(number) = arabic::read(self.text, at) else { return false };
        let before_unit = unit(self.text, self.text.skip_spaces(number.end)).is_some();
        let fits = self.last == Token::Zero || at == self.at && number.plain.is_some();
        let limit = Rational::power_of_ten(self.last_unit.max(1));
        if !(before_unit || fits && !self.text.at(number.end).is_ascii_alphabetic())
            || limit.is_some_and(|limit| number.value >= limit)
        {
            return false;
        }
        if self.last == Token::Zero || number.plain.is_none_or(|length| length > 1) {
            self.last_unit = 0;
        }
        self.pending = Some((number.value, number.step));
        (self.at, self.last, self.digits) = (number.end, Token::Digit, true);
        true
    }

    /// 多, 余, 几, 来 in a number, or at its end.
    fn vague(&mut self, at: usize) -> bool {
        let c = self.text.at(at);
        let next = self.text.skip_spaces(at + 1);
        if unit(self.text, next).is_some_and(|exponent| exponent > 2 || c != '来') {
            self.approximate = true;
            self.at = at + 1;
            return true;
        }
        // 二十余家, 100多个, 十几个; but 三来 and 5 余额 are no numbers.
        let after = self.text.at(at + 1);
        let counts = match c {
            '来' => {
                self.last == Token::Small
                    && matches!(after, '个' | '人' | '家' | '年' | '天' | '岁' | '名' | '次' | '种')
            }
            '余' => !matches!(after, '额' | '下' | '款' | '量' | '热' | '震' | '生' | '波' | '地'),
            '几' => self.last == Token::Small || self.last == Token::Zero,
            _ => {
                !matches!(after, '线' | '核' | '模' | '头' | '端' | '语' | '样' | '层' | '数' | '方' | '元')
                    || self.last == Token::Small
            }
        };
        if counts && (self.last != Token::Digit || self.digits) && (at == self.at || c == '多' || c == '余') {
            self.approximate = true;
            self.at = at + 1;
        }
        false
    }

    fn small(&mut self, at: usize, exponent: i32) -> Option<bool> {
        // 千瓦, 千克 are measures; so is 千米 after Arabic digits.
        let next = self.text.at(at + 1);
        if exponent == 3
            && (matches!(next, '瓦' | '克' | '字' | '赫' | '卡' | '帕' | '伏' | '焦') || next == '米' && self.digits)
        {
            return Some(false);
        }
        let unit_size = Rational::power_of_ten(exponent)?;
        let (count, step) = match self.pending {
            Some(pending) if exponent < self.last_small => pending,
            None if self.approximate && self.last == Token::Small => return Some(false),
            None if exponent == 1 && matches!(self.last, Token::Start | Token::Zero) => (Rational::ONE, Rational::ONE),
            // 百三, 千三: the one is left out.
            None if self.last == Token::Start
                && exponent > 1
                && digit(self.text.at(at + 1)).is_some_and(|next| next > 0) =>
            {
                (Rational::ONE, Rational::ONE)
            }
            _ => return Some(false),
        };
        self.section = self.section.plus(count.times(unit_size)?)?;
        self.step = step.times(unit_size)?;
        (self.pending, self.last_small, self.last_unit) = (None, exponent, exponent);
        (self.last, self.at) = (Token::Small, at + 1);
        Some(true)
    }

    fn big(&mut self, at: usize, exponent: i32) -> Option<bool> {
        let unit_size = Rational::power_of_ten(exponent)?;
        let (pending, step) = self.pending.unwrap_or((Rational::ZERO, self.step));
        let current = self.section.plus(pending)?;
        if self.last == Token::Big {
            // 四万亿: units multiply.
            let group = if self.last_big < exponent { self.total } else { self.last_group };
            let grown = group.times(unit_size)?;
            self.total = self.total.minus(group)?.plus(grown)?;
            self.last_group = grown;
            self.step = self.step.times(unit_size)?;
        } else if current.is_zero() && self.last != Token::Digit {
            return Some(false);
        } else {
            let below = self.last_big < exponent;
            let base = if below { self.total.plus(current)? } else { current };
            self.last_group = base.times(unit_size)?;
            self.total = if below { self.last_group } else { self.total.plus(self.last_group)? };
            self.step = if self.pending.is_some() { step } else { self.step }.times(unit_size)?;
        }
        (self.section, self.pending, self.last_small) = (Rational::ZERO, None, i32::MAX);
        (self.last_big, self.last_unit, self.last, self.at) = (exponent, exponent, Token::Big, at + 1);
        Some(true)
    }

    fn finish(self, start: usize, plain: Option<usize>, form: Form) -> Result<Numeral, usize> {
        if self.at == start || self.last == Token::Start {
            return Err(start + 1);
        }
        let mut step = self.step;
        let sum = || {
            let total = self.total.plus(self.section)?;
            let Some((value, pending_step)) = self.pending else { return Some((total, step)) };
            // 四百五 is 450 and 九万四 94,000: a last digit counts the place below the last unit.
            let place = Rational::power_of_ten(if self.last_unit > 1 { self.last_unit - 1 } else { 0 })?;
            Some((total.plus(value.times(place)?)?, pending_step.times(place)?))
        };
        let (value, finest) = sum().ok_or(self.at)?;
        step = finest;
        let numeral = Numeral {
            approximate: self.approximate,
            plain,
            digits: self.digits,
            form,
            ..plainly(value, step, self.at)
        };
        if self.text.at(self.text.skip_spaces(self.at)) == '点' && !self.approximate {
            return decimals(self.text, numeral);
        }
        Ok(numeral)
    }
}

/// What follows 点 after a number: 十五点七, and 一点二亿 with its units. Clock times (三点五分) stay whole numbers.
fn decimals(text: &Folded, whole: Numeral) -> Result<Numeral, usize> {
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
