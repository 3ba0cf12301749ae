//! Chinese numerals, alone and mixed with Arabic digits.

use super::super::arabic;
use super::super::char_buffer::CharBuffer;
use super::super::figure::Numeral;
use super::super::number::Rational;
use crate::text::Language;

const LONGEST: usize = 200;

#[rustfmt::skip]
pub(super) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' => 0, '一' | '壹' => 1, '二' | '贰' | '两' | '俩' => 2, '三' | '叁' | '仨' => 3, '四' | '肆' => 4,
        '五' | '伍' => 5, '六' | '陆' => 6, '七' | '柒' => 7, '八' | '捌' => 8, '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a unit. A small one, up to a thousand, multiplies the digit before it; a big
/// one the whole section before it.
pub(super) fn unit(text: &CharBuffer, at: usize) -> Option<i32> {
    match text.at(at) {
        '十' | '拾' => Some(1),
        '百' | '佰' => Some(2),
        '千' | '仟' => Some(3),
        '万' => Some(4),
        '亿' => Some(8),
        // 兆瓦, 兆字节, 兆赫 are measures.
        '兆' if !"瓦字赫比欧帕焦".contains(text.at(at + 1)) => Some(12),
        _ => None,
    }
}

fn small_unit(text: &CharBuffer, at: usize) -> Option<i32> {
    unit(text, at).filter(|exponent| *exponent < 4)
}

/// Whether a number may begin with a digit or a small unit at an index.
pub(super) fn begins(text: &CharBuffer, at: usize) -> bool {
    text.is_digit(at) || digit(text.at(at)).is_some() || small_unit(text, at).is_some()
}

/// Whether a number is one Chinese numeral, which may be part of a word.
pub(super) fn is_single(number: Numeral) -> bool {
    number.end == number.start + 1 && !number.digits
}

/// Whether a number is two Chinese digits without a zero, which say a number only before 折 and 年.
pub(super) fn is_pair(text: &CharBuffer, number: Numeral) -> bool {
    let has_zero = || (number.end - 2..number.end).any(|at| digit(text.at(at)) == Some(0));
    number.plain == Some(2) && !number.digits && !has_zero()
}

/// The number that begins at an index. `Err` holds the end of what is none: too large, or 二三十,
/// which is no single number.
pub(super) fn read(text: &CharBuffer, start: usize) -> Result<Numeral, usize> {
    if let Some(result) = digit_run(text, start) {
        return result;
    }
    let mut parser = NumeralParser {
        text,
        number: Numeral::in_words(Rational::ZERO, Rational::ONE, start..start),
        section: Rational::ZERO,
        digit: None,
        last: Last::Nothing,
        big: i32::MAX,
        small: i32::MAX,
        place: 0,
    };
    if text.is_digit(start) || text.at(start) == '.' {
        let number = arabic::read(text, start)?;
        if let Some(result) = arabic::with_suffix(text, number, Language::Chinese) {
            return result;
        }
        parser.take_digit(number.value, number.step, number.end);
        parser.number.plain = number.plain;
        parser.number.digits = true;
    }
    while parser.number.end - start < LONGEST && parser.advance().ok_or(parser.number.end + 1)? {}
    parser.finish()
}

/// Chinese digits in a row without units: 二〇二四 and 一九九八 are read place by place, 五五 is a
/// pair.
///
/// `None` if this is no such row; `Err` holds the end of 三四百, which says nothing exact, and of
/// the idiom 三三两两.
fn digit_run(text: &CharBuffer, start: usize) -> Option<Result<Numeral, usize>> {
    let end = text.end_of(start, |at| digit(text.at(at)).is_some());
    if end - start < 2 {
        return None;
    }
    if unit(text, end).is_some() {
        let begins_with_zero = digit(text.at(start)) == Some(0);
        let number_end = text.end_of(end, |at| begins(text, at) || unit(text, at).is_some());
        return (!begins_with_zero).then_some(Err(number_end));
    }
    if (start..end).any(|at| "两俩仨".contains(text.at(at))) {
        return Some(Err(end));
    }
    let Some(value) = Rational::from_whole_digits((start..end).filter_map(|at| digit(text.at(at))))
    else {
        return Some(Err(end));
    };
    let number = Numeral {
        plain: Some(end - start),
        ..Numeral::in_words(value, Rational::ONE, start..end)
    };
    let has_decimals = text.at(end) == '点' && digit(text.at(end + 1)).is_some();
    Some(if has_decimals {
        with_decimals(text, number)
    } else {
        Ok(number)
    })
}

/// Adds what follows 点: 十五点七, and 一点二亿 with its units. Clock times (三点五分) stay whole
/// numbers.
fn with_decimals(text: &CharBuffer, whole: Numeral) -> Result<Numeral, usize> {
    let point = text.skip_spaces(whole.end);
    let mut decimals = Vec::new();
    let mut end = point + 1;
    while let Some(value) = digit(text.at(text.skip_spaces(end))) {
        if "两俩仨".contains(text.at(text.skip_spaces(end))) {
            break;
        }
        decimals.push(value);
        end = text.skip_spaces(end) + 1;
    }
    let is_minute = text.at(end) == '分' && text.at(end + 1) != '之';
    if decimals.is_empty() || small_unit(text, end).is_some() || is_minute || text.at(end) == '滴'
    {
        return Ok(whole);
    }
    let step = Rational::power_of_ten(-(decimals.len() as i32)).ok_or(end)?;
    let part = Rational::from_digits(std::iter::empty(), decimals.into_iter()).ok_or(end)?;
    let mut number = Numeral {
        step,
        ..whole.plus(part).ok_or(end)?
    };
    while let Some(exponent) = unit(text, end).filter(|exponent| *exponent > 1) {
        number = number.times_ten_to(exponent).ok_or(end)?;
        end += 1;
    }
    Ok(number.until(end))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// A digit other than zero, or a number in Arabic digits.
    Digit,
    Zero,
    SmallUnit,
    BigUnit,
}

/// Reads a numeral from left to right. The value so far is that of `number`, of `section` and of
/// `digit`.
struct NumeralParser<'t> {
    text: &'t CharBuffer,
    /// What has been read, with the value of the sections that big units have closed, except the
    /// last one.
    number: Numeral,
    /// The section that is being read, or the one that a big unit has just closed.
    section: Rational,
    /// The digit that waits for its unit.
    digit: Option<Rational>,
    last: Last,
    /// The exponent of the last big unit. A greater one multiplies everything before it.
    big: i32,
    /// The exponent of the last small unit of the section; the next must be smaller.
    small: i32,
    /// The place that a last digit without a unit counts: 四百五 is 450, and 九万四 is 94,000.
    place: i32,
}

impl NumeralParser<'_> {
    /// Reads one more digit or unit. `Some(false)` if the number is over, `None` if its value gets
    /// too large.
    fn advance(&mut self) -> Option<bool> {
        let text = self.text;
        let at = if self.last == Last::Nothing {
            self.number.end
        } else {
            text.skip_spaces(self.number.end)
        };
        match unit(text, at) {
            Some(exponent @ ..4) => return self.small_unit(at, exponent),
            Some(exponent) => return self.big_unit(at, exponent),
            None => {}
        }
        if let Some(value) = digit(text.at(at)) {
            return self.chinese_digit(at, value);
        }
        match text.at(at) {
            _ if self.last == Last::Nothing => Some(false),
            '多' | '余' | '几' | '来' => Some(self.approximation(at)),
            c if c.is_ascii_digit() && self.last != Last::Digit => self.arabic_digits(at),
            _ => Some(false),
        }
    }

    fn take(&mut self, last: Last, end: usize) {
        self.last = last;
        self.number.end = end;
        self.number.plain = None;
    }

    fn take_digit(&mut self, value: Rational, step: Rational, end: usize) {
        self.digit = Some(value);
        self.number.step = step;
        self.take(Last::Digit, end);
    }

    /// Begins a new section after a big unit.
    fn close_section(&mut self) -> Option<()> {
        if self.last == Last::BigUnit {
            self.number.value = self.number.value.plus(self.section)?;
            self.section = Rational::ZERO;
        }
        Some(())
    }

    fn chinese_digit(&mut self, at: usize, value: u8) -> Option<bool> {
        // 三百五六十 is no single number.
        let is_followed = || digit(self.text.at(at + 1)).is_some_and(|next| next > 0);
        if self.last == Last::Digit || self.number.approximate || value > 0 && is_followed() {
            return Some(false);
        }
        self.close_section()?;
        if value == 0 {
            self.take(Last::Zero, at + 1);
            return Some(true);
        }
        if self.last == Last::Zero {
            self.place = 0;
        }
        self.take_digit(Rational::whole(value.into()), Rational::ONE, at + 1);
        Some(true)
    }

    /// Arabic digits after a unit: 5万4千, 1千零1, 3万5000.
    fn arabic_digits(&mut self, at: usize) -> Option<bool> {
        let text = self.text;
        let Ok(number) = arabic::read(text, at) else {
            return Some(false);
        };
        let has_unit = unit(text, text.skip_spaces(number.end)).is_some();
        let is_after_zero = self.last == Last::Zero;
        let fits = is_after_zero || at == self.number.end && number.plain.is_some();
        let is_too_large =
            Rational::power_of_ten(self.place + 1).is_some_and(|limit| number.value >= limit);
        if !has_unit && (!fits || text.at(number.end).is_ascii_alphabetic()) || is_too_large {
            return Some(false);
        }
        if is_after_zero || number.plain != Some(1) {
            self.place = 0;
        }
        self.close_section()?;
        self.take_digit(number.value, number.step, number.end);
        self.number.digits = true;
        Some(true)
    }

    /// 多, 余, 几 or 来 before a unit, or at the end: 二十余家, 100多个, 十几个. Returns whether
    /// the number goes on.
    fn approximation(&mut self, at: usize) -> bool {
        let text = self.text;
        let c = text.at(at);
        let unit = unit(text, text.skip_spaces(at + 1));
        if unit.is_some_and(|exponent| exponent > 2 || c != '来') {
            self.number.approximate = true;
            self.take(self.last, at + 1);
            return true;
        }
        // 三来 and 5 余额 are no numbers.
        let next = text.at(at + 1);
        let is_after_small = self.last == Last::SmallUnit;
        let counts = match c {
            '来' => is_after_small && "个人家年天岁名次种".contains(next),
            '余' => !"额下款量热震生波地".contains(next),
            '几' => is_after_small || self.last == Last::Zero,
            _ => is_after_small || !"线核模头端语样层数方元".contains(next),
        };
        let may_be_apart = matches!(c, '多' | '余');
        if counts
            && (self.last != Last::Digit || self.number.digits)
            && (at == self.number.end || may_be_apart)
        {
            self.number.approximate = true;
            self.take(self.last, at + 1);
        }
        false
    }

    fn small_unit(&mut self, at: usize, exponent: i32) -> Option<bool> {
        // 千瓦 and 千克 are measures; so is 千米 after Arabic digits.
        let next = self.text.at(at + 1);
        let is_measure = exponent == 3
            && ("瓦克字赫卡帕伏焦".contains(next) || next == '米' && self.number.digits);
        // 十 and 百三 leave out the one.
        let is_ten = exponent == 1 && matches!(self.last, Last::Nothing | Last::Zero);
        let is_short =
            self.last == Last::Nothing && exponent > 1 && digit(next).is_some_and(|next| next > 0);
        let count = match self.digit {
            _ if is_measure => return Some(false),
            Some(digit) if exponent < self.small => digit,
            None if is_ten || is_short => Rational::ONE,
            _ => return Some(false),
        };
        let step = if self.digit.is_some() {
            self.number.step
        } else {
            Rational::ONE
        };
        let size = Rational::power_of_ten(exponent)?;
        self.section = self.section.plus(count.times(size)?)?;
        self.number.step = step.times(size)?;
        self.digit = None;
        self.small = exponent;
        self.place = exponent - 1;
        self.take(Last::SmallUnit, at + 1);
        Some(true)
    }

    fn big_unit(&mut self, at: usize, exponent: i32) -> Option<bool> {
        let mut section = self.section.plus(self.digit.unwrap_or(Rational::ZERO))?;
        if section.is_zero() && !matches!(self.last, Last::Digit | Last::BigUnit) {
            return Some(false);
        }
        // 三千五百万亿: a greater unit multiplies all before it.
        if self.big < exponent {
            section = section.plus(self.number.value)?;
            self.number.value = Rational::ZERO;
        }
        let size = Rational::power_of_ten(exponent)?;
        self.section = section.times(size)?;
        self.number.step = self.number.step.times(size)?;
        self.digit = None;
        self.big = exponent;
        self.small = i32::MAX;
        self.place = exponent - 1;
        self.take(Last::BigUnit, at + 1);
        Some(true)
    }

    fn finish(self) -> Result<Numeral, usize> {
        let Self {
            text,
            number,
            section,
            digit,
            place,
            ..
        } = self;
        if self.last == Last::Nothing {
            return Err(number.start + 1);
        }
        let sum = || {
            let whole = number.plus(section)?;
            let Some(digit) = digit else {
                return Some(whole);
            };
            let size = Rational::power_of_ten(place)?;
            let step = number.step.times(size)?;
            Some(Numeral {
                step,
                ..whole.plus(digit.times(size)?)?
            })
        };
        let sum = Numeral {
            plain: number.plain,
            ..sum().ok_or(number.end)?
        };
        let has_point = text.at(text.skip_spaces(sum.end)) == '点';
        if has_point && !sum.approximate {
            with_decimals(text, sum)
        } else {
            Ok(sum)
        }
    }
}
