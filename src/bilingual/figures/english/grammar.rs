//! The scanner of English text: finds numbers, and classifies each by the words around it.
//!
//! The forms are those of Microsoft's Recognizers-Text for English (numbers, percentages,
//! currencies), and what digests add: approximations, dates, measures and multiples.

use super::super::arabic;
use super::super::char_buffer::CharBuffer;
use super::super::figure::{Figure, FigureKind, Numeral, Unit};
use super::super::number::Rational;
use super::super::scanner::Scanner;
use super::super::{identifiers, money, units};
use super::fraction;
use super::numeral::{self, NumberToken, TokenKind};
use crate::text::Language;

/// Words before and after a figure that make it approximate.
const APPROXIMATE: [&str; 2] = [
    "about|around|nearly|almost|over|more than|less than|fewer than|under|some|roughly|approximately|up to|at least|at most|close to|estimated|above|below|as much as|as many as|exceeding|exceeded|exceed|circa|mid-|early|late|~|≈|>|<|just|north of|approaching|topping|mid|another",
    "+|or so|or more|-plus|or less|-odd",
];

/// Words before and after `one` that make it a pronoun: this one, one another.
const BEFORE_PRONOUN: &str =
    "this|that|which|no|any|each|every|another|the|some|good|last|next|new";
const AFTER_PRONOUN: &str = "another|should|can|could|must|might|would";

/// Words before a multiplier that has no certain count: a few thousand, several hundred.
const UNCOUNTED: &str = "few|several|many|couple|multiple|per";

/// Words before a year.
const BEFORE_YEAR: &str =
    "in|since|by|from|until|till|of|late|early|year|before|after|during|fiscal";

/// Words after a year that end in s and are no nouns in plural.
const NO_NOUNS: &str = "was|is|has|as|its|this|does|versus";

fn is_among(words: &str, word: &str) -> bool {
    words.split('|').any(|known| known == word)
}

pub(in super::super) fn read(text: &str) -> Vec<Figure> {
    let text = CharBuffer::new(text, Language::English);
    let mut scanner = Scanner::new(&text, APPROXIMATE);
    let mut at = 0;
    while at < text.len() {
        let c = text.at(at);
        if c.is_ascii_alphabetic() {
            at = word(&mut scanner, at);
        } else if text.is_number(at) {
            at = digits(&mut scanner, at);
        } else {
            if let Some(value) = arabic::vulgar(c) {
                scanner.push_digits(at..at + 1, value, FigureKind::Number);
            }
            at += 1;
        }
    }
    scanner.figures
}

/// Reads what begins with a word, and returns the index to go on from.
fn word(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let text = scanner.text;
    let end = text.letters_end(at);
    if text.is_digit(end) && money::before(text, end).is_none() || text.at(end) == '_' {
        return identifiers::name_end(text, at);
    }
    if let Some(month) = month_at(text, at) {
        if is_beside_day_or_year(text, at, end) {
            let number = Numeral::in_words(Rational::whole(month), Rational::ONE, at..end);
            scanner.figures.push(Figure {
                range: text.bytes(at..end),
                ..number.figure(FigureKind::Date, None)
            });
        }
        return end;
    }
    match numeral::number_word(&text.word(at)) {
        None
        | Some((TokenKind::And | TokenKind::Of | TokenKind::Point | TokenKind::Ordinal, _)) => end,
        Some(_) => number(scanner, at).max(end),
    }
}

/// Reads what begins with a digit or a point.
fn digits(scanner: &mut Scanner<'_>, at: usize) -> usize {
    scanner
        .identifier(at)
        .unwrap_or_else(|| number(scanner, at))
}

/// Reads the number that begins at an index, in words or digits.
fn number(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let tokens = match numeral::tokens(scanner.text, at) {
        Ok(tokens) => tokens,
        Err(end) => return end,
    };
    let Some(first) = tokens.first() else {
        return at + 1;
    };
    let Some(number) = number_of(scanner.text, &tokens) else {
        return first.number.end;
    };
    let is_counter = first.is_multiplier() || first.kind == TokenKind::Dozen;
    if is_counter && is_among(UNCOUNTED, &scanner.text.previous_word(at).1) {
        return number.end;
    }
    let is_one = first.kind == TokenKind::Ones && first.weight() == 1;
    if is_one && number.end == first.number.end && is_pronoun(scanner.text, at) {
        return first.number.end;
    }
    let (start, is_negative) = sign(scanner, at);
    let value = if is_negative {
        number.value.negated()
    } else {
        number.value
    };
    let figure = classify(scanner, Numeral { value, ..number }, is_negative);
    scanner.push(figure, start)
}

/// The index of the sign or of the word for it, and whether the number is negative.
fn sign(scanner: &Scanner<'_>, at: usize) -> (usize, bool) {
    let text = scanner.text;
    if at > 0 && text.before(at) == '-' && text.at(at) != '.' {
        let earlier = text.before(at - 1);
        if !earlier.is_ascii_alphanumeric() && !"-%)]".contains(earlier) {
            return (at - 1, true);
        }
    }
    // With a space a minus is a dash, except at the very beginning.
    if text.skip_spaces_back(at) == 1 && text.at(0) == '-' {
        return (0, true);
    }
    let (start, word) = text.previous_word(at);
    if is_among("minus|negative", &word) {
        (start, true)
    } else {
        (at, false)
    }
}

/// What a number says, by what surrounds it.
fn classify(scanner: &Scanner<'_>, number: Numeral, is_negative: bool) -> Figure {
    let text = scanner.text;
    let percent = percent_end(text, number.end).or_else(|| percent_of_end(text, number));
    if let Some(end) = percent {
        return number.until(end).figure(FigureKind::Percentage, None);
    }
    if let Some((amount, currency)) = amount(text, number, scanner.floor) {
        // The minus of -$5.
        let start = amount.start;
        let has_minus = start > scanner.floor
            && text.before(start) == '-'
            && !text.before(start - 1).is_ascii_alphanumeric()
            && !is_negative;
        let figure = amount.figure(FigureKind::Currency, Some(Unit::Currency(currency)));
        if has_minus {
            return Figure {
                value: amount.value.negated(),
                range: start - 1..amount.end,
                ..figure
            };
        }
        return figure;
    }
    if let Some(start) = percent_start(scanner, number.start) {
        return Numeral { start, ..number }.figure(FigureKind::Percentage, None);
    }
    if let Some((kind, end)) = date(text, number) {
        return number.until(end).figure(kind, None);
    }
    if let Some(end) = multiple_end(text, number.end) {
        return number.until(end).figure(FigureKind::Multiple, None);
    }
    if let Some((unit, end)) = units::measure_after(text, number.end, Language::English) {
        return number.until(end).figure(FigureKind::Number, Some(unit));
    }
    // 3D and 5G are names.
    let is_name = number.plain == Some(1) && text.at(number.end).is_ascii_alphabetic()
        || identifiers::is_name(text, number);
    number.figure(
        if is_name {
            FigureKind::Label
        } else {
            FigureKind::Number
        },
        None,
    )
}

/// The beginning of `percent of` before a number, unless another number precedes that.
fn percent_start(scanner: &Scanner<'_>, at: usize) -> Option<usize> {
    let text = scanner.text;
    let end = text.skip_spaces_back(at);
    let words = ["percent of", "percents of", "per cent of"]
        .iter()
        .find(|words| text.ends_with(end, words))?;
    let start = end - words.len();
    let follows_number =
        scanner.floor > 0 && text.before(text.skip_spaces_back(start)).is_ascii_digit();
    (start >= scanner.floor && !follows_number).then_some(start)
}

/// The number at the beginning of a run of tokens: a fraction, or a cardinal with what may follow
/// it.
fn number_of(text: &CharBuffer, tokens: &[NumberToken]) -> Option<Numeral> {
    let first = tokens.first()?;
    // A half-hour is no half.
    let is_compound =
        |number: &Numeral| first.kind == TokenKind::Article && text.at(number.end) == '-';
    if let Some(number) = fraction::read(tokens).filter(|number| !is_compound(number)) {
        return Some(number);
    }
    if first.kind == TokenKind::Part && first.weight() == 2 && !first.is_plural {
        return fraction::lone_half(text, first);
    }
    let (number, used) = numeral::cardinal(tokens)?;
    let decimal = numeral::with_decimals(number, &tokens[used..]);
    Some(decimal.or_else(|| divided(text, number)).unwrap_or(number))
}

/// One over three, one in nine, two out of five hundred. Twelve out of ten in digits are two numbers, so are 5 in 12, and
/// nothing is divided by years.
fn divided(text: &CharBuffer, number: Numeral) -> Option<Numeral> {
    let at = text.skip_spaces(number.end);
    let joiner = ["over ", "out of ", "in "]
        .into_iter()
        .find(|joiner| text.starts_with(at, joiner))?;
    let tokens = numeral::tokens(text, text.skip_spaces(at + joiner.len())).ok()?;
    let (divisor, _) = numeral::cardinal(&tokens)?;
    let are_two = match joiner {
        "over " => number.multiplied && number.digits && divisor.value < Rational::whole(1000),
        "in " => {
            let is_one = number.value == Rational::ONE;
            number.value >= divisor.value
                || (number.digits || divisor.digits) && !is_one
                || divisor.value > Rational::whole(100) && !is_one
                || divisor.plain == Some(4)
        }
        _ => number.digits && divisor.digits,
    };
    if are_two || units::measure_after(text, divisor.end, Language::English).is_some() {
        return None;
    }
    let value = number.value.over(divisor.value)?;
    Some(Numeral {
        value,
        step: Rational::ZERO,
        end: divisor.end,
        plain: None,
        ..number
    })
}

/// Whether `one` at an index means a thing and does not count: this one, no one.
fn is_pronoun(text: &CharBuffer, at: usize) -> bool {
    let (_, before) = text.previous_word(at);
    let after = text.word(text.skip_spaces(at + 3));
    is_among(BEFORE_PRONOUN, &before)
        || is_among(AFTER_PRONOUN, &after)
        || matches!(text.at(at + 3), '\'' | '’')
}

/// The end of a name of percent after a number: `%`, ` percent`, `-percent`, ` per cent`, `
/// percentage points`.
fn percent_end(text: &CharBuffer, number: usize) -> Option<usize> {
    let mut at = text.skip_spaces(number);
    if text.at(at) == '%' {
        return Some(at + 1);
    }
    at += usize::from(at == number && text.at(at) == '-');
    let end = text.letters_end(at);
    let next = text.skip_spaces(end);
    let next_word_end =
        |words: &str| is_among(words, &text.word(next)).then(|| text.letters_end(next));
    match text.word(at).as_str() {
        "percent" | "percents" | "pct" => Some(end),
        "per" => next_word_end("cent|cents"),
        "percentage" => next_word_end("point|points").or(Some(end)),
        _ => None,
    }
}

/// The end of a name of percent after a fraction of it: a quarter of a percentage point, half a percent.
fn percent_of_end(text: &CharBuffer, number: Numeral) -> Option<usize> {
    let mut at = number.end;
    for joiner in ["of", "a"] {
        let next = text.skip_spaces(at);
        if text.word(next) == joiner {
            at = next + joiner.len();
        }
    }
    (number.step.is_zero() && at > number.end)
        .then(|| percent_end(text, at))
        .flatten()
}

/// The end of a word that makes the number before it a multiple: `2x`, `three times`, `tenfold`,
/// `5-fold`.
fn multiple_end(text: &CharBuffer, number: usize) -> Option<usize> {
    let at = text.skip_spaces(number);
    let hyphen = usize::from(text.at(at) == '-');
    let end = text.letters_end(at + hyphen);
    match text.word(at + hyphen).as_str() {
        "x" if at == number && hyphen == 0 && !text.is_digit(end) => Some(end),
        "times" | "fold" => Some(end),
        _ if text.at(at) == '×' && at == number => Some(at + 1),
        _ => None,
    }
}

/// The month whose name or abbreviation, with a capital, begins at an index.
fn month_at(text: &CharBuffer, at: usize) -> Option<i64> {
    let is_name = text.at(at).is_ascii_uppercase();
    is_name.then(|| numeral::month(&text.word(at))).flatten()
}

/// Whether the month in a range of characters has a day or a year beside it.
fn is_beside_day_or_year(text: &CharBuffer, start: usize, end: usize) -> bool {
    let after = text.skip_spaces(end + usize::from(text.at(end) == '.'));
    let after = text.skip_spaces(after + usize::from(text.at(after) == ','));
    let has_day_before = text.before(text.skip_spaces_back(start)).is_ascii_digit();
    let (_, word) = text.previous_word(start);
    text.is_digit(after) || has_day_before || is_among("of|st|nd|rd|th", &word)
}

/// The kind of a number that is a day, a year or an ordinal, with the index after it.
fn date(text: &CharBuffer, number: Numeral) -> Option<(FigureKind, usize)> {
    let value = number.value.as_whole()?;
    let length = number.plain?;
    let is_ordinal = is_among("st|nd|rd|th", &text.word(number.end));
    let end = if is_ordinal {
        text.letters_end(number.end)
    } else {
        number.end
    };
    if (1..=31).contains(&value) && length <= 2 && is_beside_month(text, number.start, end) {
        return Some((FigureKind::Date, end));
    }
    if is_ordinal {
        return Some((FigureKind::Ordinal, end));
    }
    let is_near = length == 4 && (1900..2100).contains(&value);
    let (_, previous) = text.previous_word(number.start);
    if is_hour(text, value, end) {
        return Some((FigureKind::Label, end));
    }
    // The 30s are years; 30s are seconds.
    let is_decade = text.at(end) == 's' && !text.at(end + 1).is_ascii_alphanumeric();
    let is_short =
        length == 2 && (previous == "the" || matches!(text.before(number.start), '\'' | '’'));
    if is_decade && (is_near || is_short) {
        return Some((FigureKind::Year, end + 1));
    }
    (is_near && !counts(text, end, &previous)).then_some((FigureKind::Year, end))
}

/// Whether a time of day follows: 5 pm, 9 a.m., 11 o'clock.
fn is_hour(text: &CharBuffer, hour: i64, end: usize) -> bool {
    let next = text.skip_spaces(end);
    let follows = |word: &str| {
        text.starts_with(next, word) && !text.at(next + word.len()).is_ascii_alphanumeric()
    };
    (0..=24).contains(&hour)
        && ["am", "pm", "a.m", "p.m", "o'clock", "o’clock"]
            .into_iter()
            .any(follows)
}

/// Whether a month is beside a number: `Jun. 5`, `June 5`, `5 June`, `5th of June`.
fn is_beside_month(text: &CharBuffer, at: usize, end: usize) -> bool {
    let mut next = text.skip_spaces(end);
    if text.starts_with(next, "of ") {
        next = text.skip_spaces(next + 3);
    }
    let gap = text.skip_spaces_back(at);
    let (previous, _) = text.previous_word(gap - usize::from(text.before(gap) == '.'));
    month_at(text, previous).is_some() || month_at(text, next).is_some()
}

/// Whether four digits that could be a year count something: a measure, a multiple, or a noun in
/// plural, unless a word of time precedes them.
fn counts(text: &CharBuffer, end: usize, previous: &str) -> bool {
    let next = text.skip_spaces(end);
    let word = text.word(next);
    let is_noun = text.at(next).is_ascii_lowercase() && word.len() > 3 && word.ends_with('s');
    units::measure_after(text, end, Language::English).is_some()
        || multiple_end(text, end).is_some()
        || text.at(end).is_ascii_alphabetic()
        || is_noun && !is_among(BEFORE_YEAR, previous) && !is_among(NO_NOUNS, &word)
}

/// An amount of money and its currency, by a sign, code or name beside a number. What precedes
/// `floor` belongs to another.
fn amount(text: &CharBuffer, number: Numeral, floor: usize) -> Option<(Numeral, &'static str)> {
    let at = number.start;
    let sign_start = at - usize::from(at > 0 && text.before(at) == '-');
    let before = money::before(text, sign_start)
        .or_else(|| money::before(text, at))
        .filter(|name| name.edge >= floor);
    let (amount, name) = money::amount(
        number,
        before,
        money::after(text, number, Language::English),
    )?;
    let is_spelled_out =
        before.is_none() && text.before(amount.end).is_alphabetic() && name.parts == 1;
    let completed = || multiplied(text, amount).or_else(|| with_coins(text, amount));
    let amount = is_spelled_out.then(completed).flatten().unwrap_or(amount);
    Some((amount, name.name))
}

/// Applies a multiplier after the currency: 75 USD million.
fn multiplied(text: &CharBuffer, amount: Numeral) -> Option<Numeral> {
    let at = text.skip_spaces(amount.end);
    let (_, size) = numeral::number_word(&text.word(at))
        .filter(|(kind, _)| *kind == TokenKind::Multiplier && !amount.multiplied)?;
    Some(
        amount
            .times(Rational::whole(size))?
            .until(text.letters_end(at)),
    )
}

/// Adds the coins after an amount: thirteen dollars and forty-five cents, 15 dollars 50, one kuai
/// and five mao five; or a part of it: three dollars and a quarter.
fn with_coins(text: &CharBuffer, amount: Numeral) -> Option<Numeral> {
    let next = text.skip_spaces(amount.end);
    let has_and = text.word(next) == "and";
    if has_and
        && let Some(part) = fraction::read(&numeral::tokens(text, text.skip_spaces(next + 3)).ok()?)
            .filter(|part| part.value < Rational::ONE)
    {
        return Some(amount.plus(part.value)?.until(part.end));
    }
    let cardinal_at = |at: usize| numeral::cardinal(&numeral::tokens(text, at).ok()?);
    let (coins, _) = cardinal_at(if has_and {
        text.skip_spaces(next + 3)
    } else {
        next
    })?;
    let (parts, end) = match money::after(text, coins, Language::English) {
        Some(name) if name.parts > 1 => (name.parts, name.edge),
        None if !has_and && may_be_hundredths(text, coins) => (100, coins.end),
        _ => return None,
    };
    let sum = money::with_coins(amount, coins.value, parts, end)?;
    if parts != 10 {
        return Some(sum);
    }
    // Five mao five: a digit after tenths counts hundredths.
    let digit = cardinal_at(text.skip_spaces(end))
        .filter(|(digit, used)| *used == 1 && digit.value < Rational::whole(10));
    let with_hundredths = digit.and_then(|(digit, _)| {
        Some(
            sum.plus(digit.value.over(Rational::whole(100))?)?
                .until(digit.end),
        )
    });
    Some(with_hundredths.unwrap_or(sum))
}

/// Whether a number after an amount counts nothing of its own: two digits, and no percent, measure
/// or multiple.
fn may_be_hundredths(text: &CharBuffer, number: Numeral) -> bool {
    number.plain.is_none_or(|length| length == 2)
        && number
            .value
            .as_whole()
            .is_some_and(|value| (1..100).contains(&value))
        && percent_end(text, number.end).is_none()
        && multiple_end(text, number.end).is_none()
        && units::measure_after(text, number.end, Language::English).is_none()
        && !text.at(number.end).is_alphanumeric()
}
