//! Numbers in Arabic digits, as both languages write them.

use super::Rational;
use super::folded::Folded;

/// A number read from digits.
#[derive(Clone, Copy, Debug)]
pub(in crate::bilingual) struct Arabic {
    /// Its value.
    pub(in crate::bilingual) value: Rational,
    /// One unit of its last digit.
    pub(in crate::bilingual) step: Rational,
    /// The index after its last character.
    pub(in crate::bilingual) end: usize,
    /// How many digits it has, if it is nothing but digits: no separator, point, power or fraction.
    pub(in crate::bilingual) plain: Option<usize>,
}

/// The number in digits that begins at an index, without a sign.
///
/// `Err` holds the end of digits that are no number: too large, or a chain such as an address or a version.
pub(in crate::bilingual) fn read(text: &Folded, start: usize) -> Result<Arabic, usize> {
    let whole_end = whole(text, start);
    let mut end = whole_end;
    if text.at(end) == '.' && text.is_digit(end + 1) {
        end = text.digits_end(end + 1);
        if text.at(end) == '.' && text.is_digit(end + 1) {
            return Err(chain(text, end));
        }
    } else if whole_end == start {
        return Err(start + 1);
    } else if let Some(european) = decimal_comma(text, start, whole_end) {
        end = european;
    }
    let point = (whole_end + 1).min(end);
    let value = Rational::from_digits(text.digits(start..whole_end), text.digits(point..end));
    let step = Rational::power_of_ten(-((end - point) as i32).min(400)).unwrap_or(Rational::ZERO);
    let Some(value) = value else { return Err(end) };
    let plain = (end == whole_end && text.digits_end(start) == end).then_some(end - start);
    let number = Arabic { value, step, end, plain };
    if let Some(number) = fraction(text, number) {
        return number;
    }
    power(text, number)
}

/// The end of the whole part: digits, grouped by commas (in full-width digits by full-width ones too) or by spaces, three by three.
fn whole(text: &Folded, start: usize) -> usize {
    let mut end = text.digits_end(start);
    if end == start || end - start > 3 {
        return end;
    }
    let separator = text.at(end);
    let group = |at: usize| text.at(at) == separator && text.digits_end(at + 1) == at + 4;
    let allowed = match separator {
        ',' => true,
        // 4，565 in full-width digits; but 12，300 may as well be two numbers in a list, so one group must be all there is before.
        '，' => text.bytes(start..start + 1).len() == 3,
        ' ' => text.at(start) != '0' && !text.before(start).is_ascii_digit() && text.before(start) != '-',
        _ => false,
    };
    if allowed {
        let first = end;
        while group(end) {
            end += 4;
        }
        // Nothing but groups of three: 423 0000 and 40 000 00 are no thousands.
        if separator == ' ' && text.at(end) == ' ' && text.is_digit(end + 1) {
            return first;
        }
    }
    end
}

/// The end of a decimal written with a comma, `1,3`: one comma in the whole chain, and one digit before it.
fn decimal_comma(text: &Folded, start: usize, end: usize) -> Option<usize> {
    if text.at(end) != ',' || end - start != 1 || !text.is_digit(end + 1) {
        return None;
    }
    let last = text.digits_end(end + 1);
    let alone = text.before(start) != ',' && !(text.at(last) == ',' && text.is_digit(last + 1));
    (alone && last - end <= 3).then_some(last)
}

/// The end of a chain of digits and points: an address, a version.
fn chain(text: &Folded, start: usize) -> usize {
    text.end_of(start, |at| text.is_digit(at) || text.at(at) == '.' && text.is_digit(at + 1))
}

/// A fraction whose numerator was read, `4/3`, or a mixed one whose whole part was, `1 4/3` and `1¾`.
fn fraction(text: &Folded, number: Arabic) -> Option<Result<Arabic, usize>> {
    number.plain?;
    if let Some(part) = vulgar(text.at(number.end)) {
        let value = number.value.plus(part);
        return Some(value.map_or(Err(number.end), |value| Ok(whole_fraction(value, number.end + 1))));
    }
    if text.at(number.end) == '/' && text.is_digit(number.end + 1) {
        return Some(simple_fraction(text, number));
    }
    let next = text.skip_spaces(number.end);
    let slash = text.digits_end(next);
    if next == number.end || slash == next || text.at(slash) != '/' {
        return None;
    }
    let numerator = Rational::from_digits(text.digits(next..slash), std::iter::empty())?;
    let part = simple_fraction(text, Arabic { value: numerator, end: slash, ..number }).ok()?;
    let value = number.value.plus(part.value)?;
    Some(Ok(whole_fraction(value, part.end)))
}

/// A numerator and what follows its slash. Three numbers (`2024/6/5`) are no fraction, nor is what has no value, as `1/0`.
fn simple_fraction(text: &Folded, numerator: Arabic) -> Result<Arabic, usize> {
    let end = text.digits_end(numerator.end + 1);
    if text.at(end) == '/' || text.at(end) == '.' && text.is_digit(end + 1) {
        return Err(end);
    }
    let denominator = Rational::from_digits(text.digits(numerator.end + 1..end), std::iter::empty());
    let value = denominator.and_then(|denominator| numerator.value.over(denominator));
    value.map_or(Err(end), |value| Ok(whole_fraction(value, end)))
}

fn whole_fraction(value: Rational, end: usize) -> Arabic {
    Arabic { value, step: Rational::ZERO, end, plain: None }
}

/// The value of a vulgar fraction of one character.
pub(in crate::bilingual) fn vulgar(c: char) -> Option<Rational> {
    let (numerator, denominator) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Rational::new(numerator, denominator)
}

/// Applies a power: `12.32e+14`, `1.3x10^6`, and a power of the number itself, `2.5^-1`.
fn power(text: &Folded, number: Arabic) -> Result<Arabic, usize> {
    let at = number.end;
    let times_ten = matches!(text.at(at), 'x' | 'X' | '×' | '*') && text.starts_with(at + 1, "10^");
    let (exponent_at, by_ten) = match text.at(at) {
        'e' | 'E' => (at + 1, true),
        '^' => (at + 1, false),
        _ if times_ten => (at + 4, true),
        _ => return Ok(number),
    };
    let sign = text.at(exponent_at);
    let first = exponent_at + usize::from(matches!(sign, '+' | '-'));
    let end = text.digits_end(first);
    if end == first || text.at(end).is_ascii_alphabetic() {
        return Ok(number);
    }
    let size = Rational::from_digits(text.digits(first..end), std::iter::empty()).and_then(Rational::as_whole);
    let powered =
        size.and_then(|size| i32::try_from(if sign == '-' { -size } else { size }).ok()).and_then(|exponent| {
            if by_ten {
                let factor = Rational::power_of_ten(exponent)?;
                Some((number.value.times(factor)?, number.step.times(factor)?))
            } else {
                Some((number.value.pow(exponent)?, Rational::ZERO))
            }
        });
    powered.map_or(Err(end), |(value, step)| Ok(Arabic { value, step, end, plain: None }))
}

/// The power of ten that letters after a number mean (`40k`, `1.2bn`, `2mil`), with the index after them.
///
/// A space may come before those that mean nothing else. What a lone lower-case `m` or `t` means is for the language to say: `english` accepts
/// them, and leaves whole words to its own grammar.
pub(in crate::bilingual) fn suffix(text: &Folded, number: usize, english: bool) -> Option<(i32, usize)> {
    let at = text.skip_spaces(number);
    let end = text.letters_end(at);
    let first = text.at(at);
    if end == at || text.is_digit(end) || text.at(end) == '\'' {
        return None;
    }
    let exponent = match text.word(at).as_str() {
        "k" => 3,
        "thousand" if !english => 3,
        "million" if !english => 6,
        "billion" if !english => 9,
        "trillion" if !english => 12,
        "mil" | "mio" if english => 6,
        "mln" | "mn" => 6,
        "bn" | "bln" | "bil" => 9,
        "tn" | "trn" | "tln" => 12,
        "m" if first == 'M' || english && at == number => 6,
        "b" if at == number && (first == 'B' || english) => 9,
        "g" if at == number && (first == 'G' || english) => 9,
        "t" if at == number && (first == 'T' || english) => 12,
        _ => return None,
    };
    // 4G and 5G are names of networks, not four and five billion.
    let network = first == 'G'
        && number > 0
        && matches!(text.before(number), '2'..='6')
        && !text.before(number - 1).is_ascii_digit();
    (!network).then_some((exponent, end))
}
