//! Numbers in Arabic digits, as both languages write them.

use super::char_buffer::CharBuffer;
use super::figure::Numeral;
use super::money;
use super::number::Rational;
use crate::text::Language;

/// The number in digits that begins at an index, without a sign.
///
/// `Err` holds the end of digits that are no number: too large, or a chain such as an address or a
/// version.
pub(super) fn read(text: &CharBuffer, start: usize) -> Result<Numeral, usize> {
    let whole_end = whole_end(text, start);
    let mut end = whole_end;
    if text.at(end) == '.' && text.is_digit(end + 1) {
        end = text.digits_end(end + 1);
        if text.at(end) == '.' && text.is_digit(end + 1) {
            return Err(text.end_of(end, |at| {
                text.is_digit(at) || text.at(at) == '.' && text.is_digit(at + 1)
            }));
        }
    } else if whole_end == start {
        return Err(start + 1);
    } else if let Some(comma_end) = decimal_comma_end(text, start, whole_end) {
        end = comma_end;
    }
    let point = (whole_end + 1).min(end);
    let value =
        Rational::from_digits(text.digits(start..whole_end), text.digits(point..end)).ok_or(end)?;
    let step = Rational::power_of_ten(-((end - point) as i32)).unwrap_or(Rational::ZERO);
    let plain = (text.digits_end(start) == end).then_some(end - start);
    let number = Numeral {
        plain,
        digits: true,
        ..Numeral::in_words(value, step, start..end)
    };
    fraction(text, number).unwrap_or_else(|| power(text, number))
}

/// The end of the whole part: digits, grouped three by three with commas (in full-width digits
/// full-width ones too) or spaces.
fn whole_end(text: &CharBuffer, start: usize) -> usize {
    let first = text.digits_end(start);
    if first == start || first - start > 3 {
        return first;
    }
    let separator = text.at(first);
    let may_group = match separator {
        ',' => true,
        // 4，565 in full-width digits.
        '，' => text.bytes(start..start + 1).len() == 3,
        ' ' => {
            text.at(start) != '0'
                && !text.before(start).is_ascii_digit()
                && text.before(start) != '-'
        }
        _ => false,
    };
    if separator == ','
        && let Some(end) = indian_groups_end(text, first)
    {
        return end;
    }
    let mut end = first;
    while may_group && text.at(end) == separator && text.digits_end(end + 1) == end + 4 {
        end += 4;
    }
    // 423 0000 and 40 000 00 are not grouped by thousands.
    if separator == ' ' && text.at(end) == ' ' && text.is_digit(end + 1) {
        first
    } else {
        end
    }
}

/// The end of digits in Indian groups, of two and at last of three: 45,67,890.
fn indian_groups_end(text: &CharBuffer, first: usize) -> Option<usize> {
    let is_group =
        |at: usize, length: usize| text.at(at) == ',' && text.digits_end(at + 1) == at + 1 + length;
    let mut end = first;
    while is_group(end, 2) {
        end += 3;
    }
    (end > first && is_group(end, 3)).then_some(end + 4)
}

/// The end of a decimal written with a comma, `1,3`: one digit before it, at most two after it, and
/// no other comma in the chain.
fn decimal_comma_end(text: &CharBuffer, start: usize, comma: usize) -> Option<usize> {
    if text.at(comma) != ',' || comma - start != 1 || !text.is_digit(comma + 1) {
        return None;
    }
    let end = text.digits_end(comma + 1);
    let is_list = text.before(start) == ',' || text.at(end) == ',' && text.is_digit(end + 1);
    (!is_list && end - comma <= 3).then_some(end)
}

/// The fraction that a number in plain digits begins: `4/3`, `1 4/3`, `1¾`.
fn fraction(text: &CharBuffer, number: Numeral) -> Option<Result<Numeral, usize>> {
    number.plain?;
    if let Some(part) = vulgar(text.at(number.end)) {
        return Some(
            number
                .plus(part)
                .map(|sum| exact(sum.until(number.end + 1)))
                .ok_or(number.end),
        );
    }
    if text.at(number.end) == '/' && text.is_digit(number.end + 1) {
        return Some(divided(text, number));
    }
    let next = text.skip_spaces(number.end);
    let slash = text.digits_end(next);
    if next == number.end || slash == next || text.at(slash) != '/' {
        return None;
    }
    let numerator = Numeral {
        value: text.whole_number(next..slash)?,
        end: slash,
        ..number
    };
    let part = divided(text, numerator).ok()?;
    Some(Ok(part.plus(number.value)?))
}

/// A numerator over the digits after its slash. Three numbers (`2024/6/5`) are no fraction, and
/// `1/0` has no value.
fn divided(text: &CharBuffer, numerator: Numeral) -> Result<Numeral, usize> {
    let end = text.digits_end(numerator.end + 1);
    if text.at(end) == '/' || text.at(end) == '.' && text.is_digit(end + 1) {
        return Err(end);
    }
    let denominator = text.whole_number(numerator.end + 1..end);
    let value = denominator
        .and_then(|denominator| numerator.value.over(denominator))
        .ok_or(end)?;
    Ok(exact(Numeral {
        value,
        end,
        ..numerator
    }))
}

fn exact(number: Numeral) -> Numeral {
    Numeral {
        step: Rational::ZERO,
        plain: None,
        ..number
    }
}

#[rustfmt::skip]
pub(super) fn vulgar(c: char) -> Option<Rational> {
    let (numerator, denominator) = match c {
        '½' => (1, 2), '⅓' => (1, 3), '⅔' => (2, 3), '¼' => (1, 4), '¾' => (3, 4),
        '⅕' => (1, 5), '⅖' => (2, 5), '⅗' => (3, 5), '⅘' => (4, 5), '⅙' => (1, 6), '⅚' => (5, 6),
        '⅛' => (1, 8), '⅜' => (3, 8), '⅝' => (5, 8), '⅞' => (7, 8),
        _ => return None,
    };
    Rational::new(numerator, denominator)
}

/// Applies a power of ten, `12.32e+14` and `1.3x10^6`, or a power of the number itself, `2.5^-1`.
fn power(text: &CharBuffer, number: Numeral) -> Result<Numeral, usize> {
    let at = number.end;
    let (exponent_at, by_ten) = match text.at(at) {
        'e' | 'E' => (at + 1, true),
        'x' | 'X' | '×' | '*' if text.starts_with(at + 1, "10^") => (at + 4, true),
        '^' => (at + 1, false),
        _ => return Ok(number),
    };
    let is_negative = text.at(exponent_at) == '-';
    let first = exponent_at + usize::from(is_negative || text.at(exponent_at) == '+');
    let end = text.digits_end(first);
    if end == first || text.at(end).is_ascii_alphabetic() {
        return Ok(number);
    }
    let size = text.whole_number(first..end).and_then(Rational::as_whole);
    let exponent = size.and_then(|size| i32::try_from(size).ok()).ok_or(end)?;
    let exponent = if is_negative { -exponent } else { exponent };
    let powered = if by_ten {
        number.times_ten_to(exponent)
    } else {
        number
            .value
            .pow(exponent)
            .map(|value| exact(Numeral { value, ..number }))
    };
    Ok(powered.ok_or(end)?.until(end))
}

/// Multiplies a number by what letters after it mean: `40k`, `1.2bn`, `2mil`.
///
/// A space may come before letters that mean nothing else. In English, whole words are left to the
/// grammar. A lower-case `m` or `t` alone multiplies only money, and `m` what goes with large counts.
pub(super) fn with_suffix(
    text: &CharBuffer,
    number: Numeral,
    language: Language,
) -> Option<Result<Numeral, usize>> {
    let english = language == Language::English;
    let at = text.skip_spaces(number.end);
    let end = text.letters_end(at);
    if end == at || text.is_digit(end) || text.at(end) == '\'' {
        return None;
    }
    let is_close = at == number.end;
    let first = text.at(at);
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
        "m" if first == 'M' || english && is_close && means_million(text, number, end) => 6,
        "mm" if text.at(at + 1) == 'M' || money::before(text, number.start).is_some() => 6,
        "b" if is_close && (first == 'B' || english) => 9,
        "g" if is_close && first == 'G' => 9,
        "t" if is_close && (first == 'T' || is_money(text, number, end)) => 12,
        _ => return None,
    };
    // 4G and 5G are names of networks, not four and five billion.
    let last_digit = number.end.saturating_sub(1);
    let is_network = first == 'G'
        && matches!(text.at(last_digit), '2'..='6')
        && !text.before(last_digit).is_ascii_digit();
    (!is_network).then(|| {
        number
            .times_ten_to(exponent)
            .map(|number| number.until(end))
            .ok_or(end)
    })
}

/// What is counted in millions, and what shows that millions are meant.
const IN_MILLIONS: &str = "people|users|tonnes|tons|barrels|homes|households|jobs|workers|customers|subscribers|voters|children|women|men|cars|vehicles|copies|residents|passengers|visitors|tourists|deaths|migrants|refugees|students|pupils|patients|hectares|acres|downloads|views|viewers|members|units|shares|followers|inhabitants|citizens|doses|books|devices|phones|accounts|tokens|square|cubic|million|billion|bn|trillion|tn|mn";

/// Whether an `m` behind a number means million, and not metres, minutes or megabytes: it is money, or within three
/// words stands what is counted in millions, or a magnitude.
fn means_million(text: &CharBuffer, number: Numeral, end: usize) -> bool {
    let is_known = |word: &str| IN_MILLIONS.split('|').any(|known| known == word);
    let is_letter = |at: usize| text.at(at).is_ascii_alphabetic();
    let (mut before, mut after) = (number.start, end);
    let is_near = (0..3).any(|_| {
        let next = text.end_of(after, |at| !is_letter(at) && text.at(at) != '.');
        let last = (0..=before).rev().find(|&at| at == 0 || is_letter(at - 1));
        before = text.word_start(last.unwrap_or(0));
        after = text.letters_end(next);
        is_known(&text.word(before)) || is_known(&text.word(next))
    });
    is_near || is_money(text, number, end)
}

/// Whether the text has money before a number, or after its suffix.
fn is_money(text: &CharBuffer, number: Numeral, end: usize) -> bool {
    money::before(text, number.start).is_some()
        || money::after(text, number.until(end), Language::English).is_some()
}
