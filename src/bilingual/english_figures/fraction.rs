//! English fractions in words: two thirds, five and a quarter, three quarters billion.

use super::super::figure::folded::Folded;
use super::super::figure::{Rational, measure};
use super::lexicon::Sense;
use super::numeral::{Meaning, Numeral, Token, whole};

/// The value of a token as a word of a fraction; nothing for `and`.
fn weight(token: &Token) -> i64 {
    match token.sense {
        Meaning::Word(sense) => match sense {
            Sense::Ones(value)
            | Sense::Teen(value)
            | Sense::Tens(value)
            | Sense::Ordinal(value, _)
            | Sense::Part(value, _) => value,
            Sense::Hundred => 100,
            Sense::Round(exponent) => 10_i64.checked_pow(exponent as u32).unwrap_or(i64::MAX),
            Sense::Dozen => 12,
            Sense::Article => 1,
            Sense::And | Sense::Of | Sense::Point => 0,
        },
        Meaning::Digits { value, .. } => value.as_whole().unwrap_or(0),
    }
}

/// Whether a small number may follow a bigger one: 5 after 20 or 100, 30 after 100.
fn composable(big: i64, small: i64) -> bool {
    let base = if small > 10 { 100 } else { 10 };
    big > 0 && big % base == 0
}

/// Joins tens and ones that a hyphen ties (twenty-one, twenty-first) to one token.
pub(super) fn tied(tokens: &[Token]) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let (true, Some(last)) = (token.hyphen, joined.last_mut())
            && let (Meaning::Word(Sense::Tens(tens)), Meaning::Word(sense)) = (last.sense, token.sense)
        {
            let sense = match sense {
                Sense::Ones(ones) if ones > 0 => Some(Sense::Ones(tens + ones)),
                Sense::Ordinal(ones, plural) if ones < 10 => Some(Sense::Ordinal(tens + ones, plural)),
                _ => None,
            };
            if let Some(sense) = sense {
                *last = Token { sense: Meaning::Word(sense), end: token.end, hyphen: last.hyphen };
                continue;
            }
        }
        joined.push(*token);
    }
    joined
}

/// Where the denominator begins in a run that ends in an ordinal: `one hundred | thirty fifths`, `one | one hundred fifth`.
///
/// The rule of Recognizers-Text's parser: going back from the ordinal, words belong to the denominator as long as each could be said before the
/// next in one number; where that would leave no numerator, the denominator begins after the first multiplier that a smaller number follows.
fn denominator_start(tokens: &[Token]) -> usize {
    let last = tokens.len() - 1;
    let (mut current, mut round) = (weight(&tokens[last]), 1);
    let mut split = last;
    while split > 0 {
        split -= 1;
        let value = weight(&tokens[split]);
        if value == 0 {
            continue;
        }
        let previous = current;
        current = value;
        if !(previous >= 100 && previous > current || previous < 100 && composable(current, previous)) {
            return split + 1;
        }
        if previous < 100 {
            if current < round {
                return split + 1;
            }
            round = current;
        }
        if split == 0 {
            let follows =
                |index: &usize| weight(&tokens[*index]) >= 100 && (1..100).contains(&weight(&tokens[index + 1]));
            return (1..last).find(follows).map_or(last, |index| index + 1);
        }
    }
    split.max(1).min(last)
}

/// The value of a denominator: its ordinal read as a cardinal.
fn denominator(tokens: &[Token]) -> Option<Rational> {
    let (ordinal, rest) = tokens.split_last()?;
    let mut value = Rational::whole(weight(ordinal));
    if !rest.is_empty() {
        let (cardinal, taken) = whole(rest)?;
        let and = rest.get(taken).is_some_and(|token| token.sense == Meaning::Word(Sense::And));
        if taken + usize::from(and) != rest.len() {
            return None;
        }
        value = if weight(ordinal) >= 100 { cardinal.value.times(value)? } else { cardinal.value.plus(value)? };
    }
    Some(value)
}

/// A whole number that takes up all the tokens, `a` being one.
fn exactly(tokens: &[Token]) -> Option<Rational> {
    if let [token] = tokens
        && token.sense == Meaning::Word(Sense::Article)
    {
        return Some(Rational::ONE);
    }
    let (number, taken) = whole(tokens)?;
    (taken == tokens.len()).then_some(number.value)
}

/// The fraction in words at the beginning of a run, if there is one.
pub(super) fn read(tokens: &[Token]) -> Option<Numeral> {
    let tokens = tied(tokens);
    let (index, plural) = tokens.iter().enumerate().find_map(|(index, token)| match token.sense {
        Meaning::Word(Sense::Ordinal(_, plural) | Sense::Part(_, plural)) => Some((index, plural)),
        _ => None,
    })?;
    let part = matches!(tokens[index].sense, Meaning::Word(Sense::Part(..)));
    let multiplier = multiplier(&tokens, index);
    if index == 0 {
        // Half a million, quarter million; a lone half is left to the caller.
        let (scale, end) = multiplier.filter(|_| part && !plural)?;
        return quotient(None, Rational::ONE, Rational::whole(weight(&tokens[0])), Some(scale), end);
    }
    let split = if part { index } else { denominator_start(&tokens[..=index]) };
    let (mixed, numerator) = split_mixed(&tokens[..split]);
    let one = numerator.len() == 1 && weight(&numerator[0]) == 1;
    // A second is a time, the first a place; only twenty-firsts divide. Digits before an ordinal are numbers by themselves.
    let divides = !matches!(tokens[index].sense, Meaning::Word(Sense::Ordinal(1 | 2, _)));
    let in_digits = numerator.iter().any(|token| matches!(token.sense, Meaning::Digits { .. }));
    if !(plural || one) || !divides || in_digits || numerator.is_empty() {
        return None;
    }
    let number = exactly(numerator)?;
    let below = denominator(&tokens[split..=index])?;
    let whole = if mixed.is_empty() { None } else { Some(whole_part(mixed)?) };
    let (scale, end) = multiplier.map_or((None, tokens[index].end), |(scale, end)| (Some(scale), end));
    quotient(whole, number, below, scale, end)
}

/// Splits a run before a denominator at its last `and`: the whole part and the numerator.
fn split_mixed(tokens: &[Token]) -> (&[Token], &[Token]) {
    let and = tokens.iter().rposition(|token| token.sense == Meaning::Word(Sense::And));
    and.map_or((&tokens[..0], tokens), |and| (&tokens[..and], &tokens[and + 1..]))
}

/// The whole part, and the multiplier that it ends in: in five billion and three quarters the quarters are of a billion.
fn whole_part(tokens: &[Token]) -> Option<(Rational, i32)> {
    let (number, taken) = whole(tokens)?;
    let exponent = match tokens[taken - 1].sense {
        Meaning::Word(Sense::Round(exponent)) => exponent,
        _ => 0,
    };
    (taken == tokens.len()).then_some((number.value, exponent))
}

/// A multiplier after a fraction: three quarters billion, half a million.
fn multiplier(tokens: &[Token], index: usize) -> Option<(Rational, usize)> {
    let mut next = index + 1;
    for joiner in [Sense::Of, Sense::Article] {
        next += usize::from(tokens.get(next).is_some_and(|token| token.sense == Meaning::Word(joiner)));
    }
    let token = tokens.get(next)?;
    match token.sense {
        Meaning::Word(Sense::Round(exponent)) => Some((Rational::power_of_ten(exponent)?, token.end)),
        Meaning::Word(Sense::Dozen) => Some((Rational::whole(12), token.end)),
        _ => None,
    }
}

fn quotient(
    whole: Option<(Rational, i32)>,
    numerator: Rational,
    denominator: Rational,
    scale: Option<Rational>,
    end: usize,
) -> Option<Numeral> {
    let part = numerator.over(denominator)?;
    let value = match (whole, scale) {
        (None, scale) => part.times(scale.unwrap_or(Rational::ONE))?,
        // Two and a half million: the multiplier takes all.
        (Some((whole, 0)), Some(scale)) => whole.plus(part)?.times(scale)?,
        (Some((whole, _)), Some(scale)) => whole.plus(part.times(scale)?)?,
        (Some((whole, exponent)), None) => whole.plus(part.times(Rational::power_of_ten(exponent)?)?)?,
    };
    let scale = scale.unwrap_or(Rational::ONE);
    Some(Numeral { value, step: Rational::ZERO, end, plain: None, digits: false, multiplied: scale != Rational::ONE })
}

/// Half of something, where a text says no more than that: half of them, half the users, half an hour. `end` is the index after the word.
pub(super) fn lone_half(text: &Folded, end: usize) -> Option<Numeral> {
    let next = text.skip_spaces(end);
    let word = text.word(next);
    let article = matches!(word.as_str(), "a" | "an");
    let noun = text.letters_end(next);
    let measured = article && measure::after(text, noun, false).is_some();
    let halved = measured || matches!(word.as_str(), "of" | "the" | "its" | "their");
    let end = if measured { noun } else { end };
    let half = Rational::new(1, 2)?;
    let number = Numeral { value: half, step: Rational::ZERO, end, plain: None, digits: false, multiplied: false };
    halved.then_some(number)
}
