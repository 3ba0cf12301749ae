//! English numerals: a run of words and digits, and the whole numbers in it.

use super::super::figure::Rational;
use super::super::figure::arabic;
use super::super::figure::folded::Folded;
use super::lexicon::{self, Sense};

/// The longest run of words that is looked at as one number.
const LONGEST: usize = 24;

/// One word or one number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) sense: Meaning,
    pub(super) end: usize,
    /// Whether a hyphen ties it to the token before.
    pub(super) hyphen: bool,
}

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A word of the lexicon.
    Word(Sense),
    /// Digits: the value, one unit of the last digit, and how many digits where they are nothing else.
    Digits { value: Rational, step: Rational, plain: Option<usize> },
}

/// A number read, without a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// Its value.
    pub(super) value: Rational,
    /// One unit of its last stated place.
    pub(super) step: Rational,
    /// The index after its last character.
    pub(super) end: usize,
    /// How many digits it has, if it is nothing but digits.
    pub(super) plain: Option<usize>,
    /// Whether it is written in digits.
    pub(super) digits: bool,
    /// Whether a hundred or more multiplies it.
    pub(super) multiplied: bool,
}

/// The run of number words and digits that begins at an index; `Err` holds the end of digits that have no value.
pub(super) fn tokens(text: &Folded, start: usize) -> Result<Vec<Token>, usize> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = start;
    while tokens.len() < LONGEST {
        let hyphen = at > start && text.at(text.skip_spaces(at)) == '-';
        let next = if at == start {
            at
        } else if hyphen {
            text.skip_spaces(text.skip_spaces(at) + 1)
        } else {
            text.skip_spaces(at)
        };
        // 5million is written too.
        if at > start && next == at && !text.before(at).is_ascii_digit() {
            break;
        }
        let Some(token) = token(text, next, hyphen, tokens.is_empty())? else { break };
        at = token.end;
        let suffixed =
            matches!(token.sense, Meaning::Digits { plain: None, .. }) && text.before(at).is_ascii_alphabetic();
        tokens.push(token);
        if suffixed {
            break;
        }
    }
    Ok(tokens)
}

fn token(text: &Folded, at: usize, hyphen: bool, first: bool) -> Result<Option<Token>, usize> {
    if text.is_digit(at) || text.at(at) == '.' && text.is_digit(at + 1) {
        // Digits tied by a hyphen are a range or a name.
        if hyphen {
            return Ok(None);
        }
        return match arabic::read(text, at) {
            Ok(number) => Ok(Some(digits(text, number))),
            Err(end) if first => Err(end),
            Err(_) => Ok(None),
        };
    }
    let end = text.letters_end(at);
    let token = lexicon::sense(text.word(at).as_str()).map(|sense| Token { sense: Meaning::Word(sense), end, hyphen });
    Ok(token.filter(|_| !text.is_digit(end) && text.at(end) != '_'))
}

fn digits(text: &Folded, number: arabic::Arabic) -> Token {
    let plain = Meaning::Digits { value: number.value, step: number.step, plain: number.plain };
    let scaled = arabic::suffix(text, number.end, true).and_then(|(exponent, end)| {
        let factor = Rational::power_of_ten(exponent)?;
        Some((number.value.times(factor)?, number.step.times(factor)?, end))
    });
    match scaled {
        Some((value, step, end)) => Token { sense: Meaning::Digits { value, step, plain: None }, end, hyphen: false },
        None => Token { sense: plain, end: number.end, hyphen: false },
    }
}

/// Adds up a whole number word by word.
struct Sum {
    /// Finished groups, each a multiple of a thousand or more.
    total: Rational,
    group: Rational,
    /// One unit of the last place.
    step: Rational,
    /// The exponent of the last multiplier.
    last_round: i32,
    /// What may still be added to the group: a number below this.
    room: i64,
    started: bool,
    multiplied: bool,
    digits: bool,
}

/// The whole number (or digits with multipliers) at the beginning of a run, and how many tokens it takes.
pub(super) fn whole(tokens: &[Token]) -> Option<(Numeral, usize)> {
    let mut sum = Sum {
        total: Rational::ZERO,
        group: Rational::ZERO,
        step: Rational::ONE,
        last_round: i32::MAX,
        room: i64::MAX,
        started: false,
        multiplied: false,
        digits: false,
    };
    let (mut used, mut index, mut plain) = (0, 0, None);
    while index < tokens.len() {
        let token = tokens[index];
        let joined = index > 0 && tokens[index - 1].sense == Meaning::Word(Sense::And);
        let accepted = match token.sense {
            Meaning::Word(Sense::Article) => {
                index == 0
                    && matches!(
                        tokens.get(1).map(|next| next.sense),
                        Some(Meaning::Word(Sense::Hundred | Sense::Round(_) | Sense::Dozen))
                    )
            }
            // `and` only joins what came after a multiplier, or tens and ones; it is used with what follows.
            Meaning::Word(Sense::And) => {
                if used != index || !sum.started || !(sum.multiplied || sum.room == 10) {
                    break;
                }
                index += 1;
                continue;
            }
            Meaning::Word(sense) => sum.word(sense, token.hyphen)?,
            Meaning::Digits { value, step, plain: length } => {
                plain = if index == 0 { length } else { None };
                sum.number(value, step, joined, tokens.get(index + 1))
            }
        };
        if !accepted {
            break;
        }
        index += 1;
        used = index;
        if token.sense == Meaning::Word(Sense::Dozen) {
            break;
        }
    }
    if used == 0 || !sum.started {
        return None;
    }
    let value = sum.total.plus(sum.group)?;
    let plain = plain.filter(|_| used == 1);
    Some((
        Numeral {
            value,
            step: sum.step,
            end: tokens[used - 1].end,
            plain,
            digits: sum.digits,
            multiplied: sum.multiplied,
        },
        used,
    ))
}

impl Sum {
    /// Takes a number word, if it can follow; none when the value leaves all bounds.
    fn word(&mut self, sense: Sense, hyphen: bool) -> Option<bool> {
        let (value, room) = match sense {
            Sense::Ones(value) | Sense::Teen(value) => (value, 0),
            Sense::Tens(value) => (value, 10),
            Sense::Hundred => return self.times(2),
            Sense::Round(exponent) => return self.times(exponent),
            Sense::Dozen => {
                let group = if self.started { self.group } else { Rational::ONE };
                self.group = group.times(Rational::whole(12))?;
                self.started = true;
                return Some(true);
            }
            _ => return Some(false),
        };
        // Ones after tens; anything smaller after a hundred or a thousand; nothing after ones. A hyphen ties only tens and ones.
        if value >= self.room || self.room < 10 || self.started && value == 0 || hyphen && self.room != 10 {
            return Some(false);
        }
        self.group = self.group.plus(Rational::whole(value))?;
        (self.room, self.started, self.step) = (room, true, Rational::ONE);
        Some(true)
    }

    /// Takes digits: at the beginning, or after a multiplier where they are said with `and` or have a multiplier of their own.
    fn number(&mut self, value: Rational, step: Rational, joined: bool, next: Option<&Token>) -> bool {
        if self.started {
            let multiplied =
                matches!(next.map(|next| next.sense), Some(Meaning::Word(Sense::Hundred | Sense::Round(_))));
            let hundreds = self.room == 100;
            if !(joined && hundreds || !joined && multiplied)
                || value >= Rational::whole(self.room)
                || value.as_whole().is_none()
            {
                return false;
            }
        }
        let Some(group) = self.group.plus(value) else { return false };
        (self.group, self.room, self.started, self.step, self.digits) = (group, 0, true, step, true);
        true
    }

    /// Multiplies by a hundred, or closes a group with a power of ten.
    fn times(&mut self, exponent: i32) -> Option<bool> {
        let unit = Rational::power_of_ten(exponent)?;
        if exponent == 2 {
            // Two hundred, 2.12 hundred; but not one thousand and five hundred hundred.
            let lone = !self.started;
            if !lone && (self.room == 100 || self.group.is_zero() || self.group >= Rational::whole(1000)) {
                return Some(false);
            }
            // In `two thousand three hundred` the three is the group's.
            self.group = if lone { unit } else { self.group.times(unit)? };
            self.step = self.step.times(unit)?;
            self.room = 100;
        } else {
            let group = if self.started { self.group } else { Rational::ONE };
            if exponent > self.last_round || self.group.is_zero() && self.started {
                // Three lakh crore: multipliers multiply.
                self.total = self.total.plus(self.group)?.times(unit)?;
            } else {
                self.total = self.total.plus(group.times(unit)?)?;
            }
            self.step = self.step.times(unit)?;
            self.group = Rational::ZERO;
            self.room = 10_i64.checked_pow(exponent as u32).unwrap_or(i64::MAX);
            self.last_round = exponent;
        }
        (self.started, self.multiplied) = (true, true);
        Some(true)
    }
}
