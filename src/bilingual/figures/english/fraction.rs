//! English fractions in words: two thirds, five and a quarter, three quarters billion.

use super::super::char_buffer::CharBuffer;
use super::super::figure::Numeral;
use super::super::number::Rational;
use super::super::units;
use super::numeral::{NumberToken, NumberWord, TokenKind, cardinal};
use crate::text::Language;

/// The value of a token as a word of a fraction; zero for `and`.
fn weight(token: &NumberToken) -> i64 {
    match token.kind {
        TokenKind::Digits(number) => number.value.as_whole().unwrap_or(0),
        TokenKind::Word(word) => match word {
            NumberWord::Ones(value)
            | NumberWord::Tens(value)
            | NumberWord::Ordinal { value, .. }
            | NumberWord::Part { value, .. } => value,
            NumberWord::Hundred => 100,
            NumberWord::Multiplier(exponent) => {
                10_i64.checked_pow(exponent as u32).unwrap_or(i64::MAX)
            }
            NumberWord::Dozen => 12,
            NumberWord::Article => 1,
            NumberWord::And | NumberWord::Of | NumberWord::Point => 0,
        },
    }
}

/// The fraction in words at the beginning of a run, if there is one.
pub(super) fn read(tokens: &[NumberToken]) -> Option<Numeral> {
    let tokens = join_hyphenated(tokens);
    let (index, is_plural, is_part) =
        tokens
            .iter()
            .enumerate()
            .find_map(|(index, token)| match token.word()? {
                NumberWord::Ordinal { is_plural, .. } => Some((index, is_plural, false)),
                NumberWord::Part { is_plural, .. } => Some((index, is_plural, true)),
                _ => None,
            })?;
    let multiplier = multiplier(&tokens[index + 1..]);
    let end = multiplier.map_or(tokens[index].end, |(_, end)| end);
    let range = tokens[0].start..end;
    let multiplier = multiplier.map(|(factor, _)| factor);
    if index == 0 {
        // Half a million, quarter million. The caller reads a lone half.
        let part = Rational::new(1, weight(&tokens[0]).into())?;
        let factor = multiplier.filter(|_| is_part && !is_plural)?;
        return Some(exact(part.times(factor)?, Some(factor), range));
    }
    let split = if is_part {
        index
    } else {
        denominator_start(&tokens[..=index])
    };
    let (whole, numerator) = match tokens[..split]
        .iter()
        .rposition(|token| token.is(NumberWord::And))
    {
        Some(and) => (
            Some(&tokens[..and]).filter(|whole| !whole.is_empty()),
            &tokens[and + 1..split],
        ),
        None => (None, &tokens[..split]),
    };
    let is_one = matches!(numerator, [token] if weight(token) == 1);
    // A second is a time, the first a rank; only twenty-firsts divide. Digits before an ordinal are
    // a number of their own.
    let divides = !matches!(
        tokens[index].word(),
        Some(NumberWord::Ordinal { value: 1 | 2, .. })
    );
    let has_digits = numerator.iter().any(|token| token.word().is_none());
    if !(is_plural || is_one) || !divides || has_digits || numerator.is_empty() {
        return None;
    }
    let part = all(numerator)?.over(denominator(&tokens[split..=index])?)?;
    let value = match whole {
        Some(whole) => mixed(whole, part, multiplier)?,
        None => part.times(multiplier.unwrap_or(Rational::ONE))?,
    };
    Some(exact(value, multiplier, range))
}

fn exact(value: Rational, multiplier: Option<Rational>, range: std::ops::Range<usize>) -> Numeral {
    Numeral {
        multiplied: multiplier.is_some(),
        ..Numeral::in_words(value, Rational::ZERO, range)
    }
}

/// Joins tens and ones that a hyphen ties to one token: twenty-one, twenty-first.
fn join_hyphenated(tokens: &[NumberToken]) -> Vec<NumberToken> {
    let mut joined: Vec<NumberToken> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let tens = joined
            .last()
            .and_then(NumberToken::word)
            .filter(|_| token.hyphen);
        let word = match (tens, token.word()) {
            (Some(NumberWord::Tens(tens)), Some(NumberWord::Ones(ones @ 1..10))) => {
                NumberWord::Ones(tens + ones)
            }
            (Some(NumberWord::Tens(tens)), Some(NumberWord::Ordinal { value, is_plural }))
                if value < 10 =>
            {
                NumberWord::Ordinal {
                    value: tens + value,
                    is_plural,
                }
            }
            _ => {
                joined.push(*token);
                continue;
            }
        };
        if let Some(last) = joined.last_mut() {
            last.kind = TokenKind::Word(word);
            last.end = token.end;
        }
    }
    joined
}

/// Where the denominator begins in a run that ends in an ordinal: `one hundred | thirty fifths`,
/// `one | one hundred fifth`.
///
/// The rule of Recognizers-Text's parser: going back from the ordinal, words belong to the
/// denominator as long as each could precede the next in one number. If that leaves no numerator,
/// the denominator begins after the first multiplier that a smaller number follows.
fn denominator_start(tokens: &[NumberToken]) -> usize {
    let last = tokens.len() - 1;
    let mut following = weight(&tokens[last]);
    let mut multiplier = 1;
    for index in (0..last).rev() {
        let value = weight(&tokens[index]);
        if value == 0 {
            continue;
        }
        let may_precede = if following >= 100 {
            following > value
        } else {
            may_be_followed(value, following)
        };
        if !may_precede || following < 100 && value < multiplier {
            return index + 1;
        }
        if following < 100 {
            multiplier = value;
        }
        if index == 0 {
            let splits = |at: &usize| {
                weight(&tokens[*at]) >= 100 && (1..100).contains(&weight(&tokens[at + 1]))
            };
            return (1..last).find(splits).map_or(last, |at| at + 1);
        }
        following = value;
    }
    1
}

/// Whether a smaller number may follow a bigger one: 5 after 20 or 100, 30 after 100.
fn may_be_followed(big: i64, small: i64) -> bool {
    let base = if small > 10 { 100 } else { 10 };
    big > 0 && big % base == 0
}

/// The value of a denominator: its ordinal read as a cardinal.
fn denominator(tokens: &[NumberToken]) -> Option<Rational> {
    let (ordinal, rest) = tokens.split_last()?;
    let value = Rational::whole(weight(ordinal));
    if rest.is_empty() {
        return Some(value);
    }
    let (before, used) = cardinal(rest)?;
    if !matches!(
        rest[used..],
        [] | [NumberToken {
            kind: TokenKind::Word(NumberWord::And),
            ..
        }]
    ) {
        return None;
    }
    if weight(ordinal) >= 100 {
        before.value.times(value)
    } else {
        before.value.plus(value)
    }
}

/// The cardinal that takes up all the tokens; `a` is one.
fn all(tokens: &[NumberToken]) -> Option<Rational> {
    if let [token] = tokens
        && token.is(NumberWord::Article)
    {
        return Some(Rational::ONE);
    }
    let (number, used) = cardinal(tokens)?;
    (used == tokens.len()).then_some(number.value)
}

/// A whole number and a fraction: two and a half million, five billion and three quarters.
fn mixed(whole: &[NumberToken], part: Rational, multiplier: Option<Rational>) -> Option<Rational> {
    let (number, used) = cardinal(whole)?;
    if used != whole.len() {
        return None;
    }
    match (whole[used - 1].word(), multiplier) {
        (Some(NumberWord::Multiplier(_)), Some(multiplier)) => {
            number.value.plus(part.times(multiplier)?)
        }
        // Of five billion and three quarters, the quarters are of a billion.
        (Some(NumberWord::Multiplier(exponent)), None) => number
            .value
            .plus(part.times(Rational::power_of_ten(exponent)?)?),
        (_, multiplier) => number
            .value
            .plus(part)?
            .times(multiplier.unwrap_or(Rational::ONE)),
    }
}

/// The multiplier after a fraction and the index after it: three quarters billion, half a million,
/// half of a dozen.
fn multiplier(mut tokens: &[NumberToken]) -> Option<(Rational, usize)> {
    for joiner in [NumberWord::Of, NumberWord::Article] {
        if let [first, rest @ ..] = tokens
            && first.is(joiner)
        {
            tokens = rest;
        }
    }
    let token = tokens.first()?;
    let factor = match token.word()? {
        NumberWord::Multiplier(exponent) => Rational::power_of_ten(exponent)?,
        NumberWord::Dozen => Rational::whole(12),
        _ => return None,
    };
    Some((factor, token.end))
}

/// Half of something, where the text says no more than that: half of them, half the users, half an
/// hour.
pub(super) fn lone_half(text: &CharBuffer, half: &NumberToken) -> Option<Numeral> {
    let next = text.skip_spaces(half.end);
    let word_end = text.letters_end(next);
    let end = match text.word(next).as_str() {
        "of" | "the" | "its" | "their" => half.end,
        "a" | "an" => units::measure_after(text, word_end, Language::English).map(|_| word_end)?,
        _ => return None,
    };
    Some(Numeral::in_words(
        Rational::HALF,
        Rational::ZERO,
        half.start..end,
    ))
}
