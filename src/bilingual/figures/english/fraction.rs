//! English fractions in words: two thirds, five and a quarter, three quarters billion.

use super::super::char_buffer::CharBuffer;
use super::super::figure::Numeral;
use super::super::number::Rational;
use super::super::units;
use super::numeral::{NumberToken, TokenKind, cardinal};
use crate::text::Language;

/// The fraction in words at the beginning of a run, if there is one.
pub(super) fn read(tokens: &[NumberToken]) -> Option<Numeral> {
    let tokens = join_hyphenated(tokens);
    let divides = |token: &NumberToken| matches!(token.kind, TokenKind::Ordinal | TokenKind::Part);
    let index = tokens.iter().position(divides)?;
    let divisor = &tokens[index];
    let is_part = divisor.kind == TokenKind::Part;
    let multiplier = multiplier(&tokens[index + 1..]);
    let end = multiplier.map_or(divisor.number.end, |(_, end)| end);
    let range = tokens[0].number.start..end;
    let multiplier = multiplier.map(|(factor, _)| factor);
    if index == 0 {
        // Half a million, quarter million. The caller reads a lone half.
        let part = Rational::ONE.over(divisor.number.value)?;
        let factor = multiplier.filter(|_| is_part && !divisor.is_plural)?;
        return Some(exact(part.times(factor)?, Some(factor), range));
    }
    let split = if is_part {
        index
    } else {
        denominator_start(&tokens[..=index])
    };
    let (whole, numerator) = match tokens[..split]
        .iter()
        .rposition(|token| token.kind == TokenKind::And)
    {
        Some(and) => (
            Some(&tokens[..and]).filter(|whole| !whole.is_empty()),
            &tokens[and + 1..split],
        ),
        None => (None, &tokens[..split]),
    };
    let is_one = matches!(numerator, [token] if token.weight() == 1);
    // A second is a time, the first a rank; only twenty-firsts divide. Digits before an ordinal are
    // a number of their own.
    let is_rank = !is_part && divisor.weight() <= 2;
    let has_digits = numerator
        .iter()
        .any(|token| token.kind == TokenKind::Digits);
    if !(divisor.is_plural || is_one) || is_rank || has_digits || numerator.is_empty() {
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
        let may_join = token.hyphen
            && matches!(token.kind, TokenKind::Ones | TokenKind::Ordinal)
            && (1..10).contains(&token.weight());
        match joined.last_mut() {
            Some(tens) if may_join && tens.kind == TokenKind::Tens => {
                let value = Rational::whole(tens.weight() + token.weight());
                let end = token.number.end;
                *tens = NumberToken {
                    number: Numeral {
                        value,
                        end,
                        ..tens.number
                    },
                    hyphen: tens.hyphen,
                    ..*token
                };
            }
            _ => joined.push(*token),
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
    let mut following = tokens[last].weight();
    let mut multiplier = 1;
    for index in (0..last).rev() {
        let value = tokens[index].weight();
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
                tokens[*at].weight() >= 100 && (1..100).contains(&tokens[at + 1].weight())
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
    let value = Rational::whole(ordinal.weight());
    if rest.is_empty() {
        return Some(value);
    }
    let (before, used) = cardinal(rest)?;
    let is_whole = rest[used..]
        .iter()
        .all(|token| token.kind == TokenKind::And);
    if !is_whole {
        return None;
    }
    if ordinal.weight() >= 100 {
        before.value.times(value)
    } else {
        before.value.plus(value)
    }
}

/// The cardinal that takes up all the tokens; `a` is one.
fn all(tokens: &[NumberToken]) -> Option<Rational> {
    if let [token] = tokens
        && token.kind == TokenKind::Article
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
    let last = &whole[used - 1];
    if last.kind == TokenKind::Multiplier {
        // Of five billion and three quarters, the quarters are of a billion.
        let size = multiplier.unwrap_or(last.number.value);
        return number.value.plus(part.times(size)?);
    }
    number
        .value
        .plus(part)?
        .times(multiplier.unwrap_or(Rational::ONE))
}

/// The multiplier after a fraction and the index after it: three quarters billion, half a million,
/// half of a dozen.
fn multiplier(mut tokens: &[NumberToken]) -> Option<(Rational, usize)> {
    for joiner in [TokenKind::Of, TokenKind::Article] {
        if let [first, rest @ ..] = tokens
            && first.kind == joiner
        {
            tokens = rest;
        }
    }
    let token = tokens.first()?;
    matches!(token.kind, TokenKind::Multiplier | TokenKind::Dozen)
        .then_some((token.number.value, token.number.end))
}

/// What may precede a half of which the text does not say of what.
const BEFORE_HALF: &str = "over|than|nearly|almost|about|roughly|around|by";

/// Half of something, where the text says no more than that: half of them, half the users, half an
/// hour, more than half.
pub(super) fn lone_half(text: &CharBuffer, half: &NumberToken) -> Option<Numeral> {
    let next = text.skip_spaces(half.number.end);
    let word_end = text.letters_end(next);
    let (_, before) = text.previous_word(half.number.start);
    let end = match text.word(next).as_str() {
        "of" | "the" | "its" | "their" | "percent" | "percentage" => half.number.end,
        "a" | "an" if text.word(text.skip_spaces(word_end)).starts_with("percent") => {
            half.number.end
        }
        "a" | "an" => units::measure_after(text, word_end, Language::English).map(|_| word_end)?,
        _ if BEFORE_HALF.split('|').any(|word| word == before) => half.number.end,
        _ => return None,
    };
    Some(Numeral::in_words(
        Rational::HALF,
        Rational::ZERO,
        half.number.start..end,
    ))
}
