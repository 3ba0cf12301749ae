//! English numerals: runs of number words and digits, and the cardinals in them.

use super::super::arabic;
use super::super::char_buffer::CharBuffer;
use super::super::number::{Numeral, Rational};
use super::lexicon::{self, NumberWord};
use crate::text::Language;

/// The longest run of words that is read as one number.
const LONGEST: usize = 24;

/// One number word, or one number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it says.
    pub(super) kind: TokenKind,
    /// The index of its first character.
    pub(super) start: usize,
    /// The index after its last character.
    pub(super) end: usize,
    /// Whether a hyphen ties it to the token before.
    pub(super) hyphen: bool,
}

/// What a token says.
#[derive(Clone, Copy, Debug)]
pub(super) enum TokenKind {
    /// A word of the lexicon.
    Word(NumberWord),
    /// A number in digits.
    Digits(Numeral),
}

impl Token {
    /// The word that it is, if it is no number in digits.
    pub(super) fn word(&self) -> Option<NumberWord> {
        match self.kind {
            TokenKind::Word(word) => Some(word),
            TokenKind::Digits(_) => None,
        }
    }

    /// Whether it is a certain word.
    pub(super) fn is(&self, word: NumberWord) -> bool {
        self.word() == Some(word)
    }

    /// Whether it multiplies what precedes it.
    pub(super) fn is_multiplier(&self) -> bool {
        matches!(self.word(), Some(NumberWord::Hundred | NumberWord::Multiplier(_)))
    }
}

/// The run of number words and digits that begins at an index. `Err` holds the end of digits that have no value.
pub(super) fn tokens(text: &CharBuffer, start: usize) -> Result<Vec<Token>, usize> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = start;
    while tokens.len() < LONGEST {
        let is_first = tokens.is_empty();
        let mut next = if is_first { at } else { text.skip_spaces(at) };
        // 5million is written too.
        let is_tied = !is_first && next == at && !text.before(at).is_ascii_digit();
        let hyphen = !is_first && text.at(next) == '-';
        if hyphen {
            next = text.skip_spaces(next + 1);
        } else if is_tied {
            break;
        }
        let token = match token(text, next, hyphen) {
            Ok(Some(token)) => token,
            Err(end) if is_first => return Err(end),
            _ => break,
        };
        at = token.end;
        tokens.push(token);
        // Nothing follows 1.2bn.
        if matches!(token.kind, TokenKind::Digits(_)) && text.before(at).is_ascii_alphabetic() {
            break;
        }
    }
    Ok(tokens)
}

fn token(text: &CharBuffer, at: usize, hyphen: bool) -> Result<Option<Token>, usize> {
    if text.is_digit(at) || text.at(at) == '.' && text.is_digit(at + 1) {
        // Digits tied by a hyphen are a range or a name.
        if hyphen {
            return Ok(None);
        }
        let number = arabic::read(text, at)?;
        let number = arabic::with_suffix(text, number, Language::English).and_then(Result::ok).unwrap_or(number);
        return Ok(Some(Token { kind: TokenKind::Digits(number), start: at, end: number.end, hyphen }));
    }
    let end = text.letters_end(at);
    let is_name = text.is_digit(end) || text.at(end) == '_';
    let word = lexicon::number_word(&text.word(at)).filter(|_| !is_name);
    Ok(word.map(|word| Token { kind: TokenKind::Word(word), start: at, end, hyphen }))
}

/// Adds up a cardinal token by token. The value so far is `total + group`.
struct Sum {
    /// The groups that a thousand or more has closed.
    total: Rational,
    /// The group that is being read, below a thousand.
    group: Rational,
    /// One unit of the last place.
    step: Rational,
    /// The exponent of the last multiplier.
    multiplier: i32,
    /// What is added to the group next must be less than this.
    room: i64,
    started: bool,
    multiplied: bool,
    digits: bool,
}

/// The cardinal at the beginning of a run, in words or digits, and how many tokens it takes.
pub(super) fn cardinal(tokens: &[Token]) -> Option<(Numeral, usize)> {
    let mut sum = Sum {
        total: Rational::ZERO,
        group: Rational::ZERO,
        step: Rational::ONE,
        multiplier: i32::MAX,
        room: i64::MAX,
        started: false,
        multiplied: false,
        digits: false,
    };
    let mut used = 0;
    let mut after_and = false;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        // `and` joins what follows a multiplier, or tens and ones. It counts only with what it joins.
        if token.is(NumberWord::And) && !after_and && sum.started && (sum.multiplied || sum.room == 10) {
            after_and = true;
            continue;
        }
        let is_accepted = match token.kind {
            TokenKind::Word(NumberWord::Article) => {
                index == 0 && next.is_some_and(|next| next.is_multiplier() || next.is(NumberWord::Dozen))
            }
            TokenKind::Word(word) => sum.word(word, token.hyphen)?,
            TokenKind::Digits(number) => sum.digits(number, after_and, next)?,
        };
        if !is_accepted {
            break;
        }
        after_and = false;
        used = index + 1;
        if token.is(NumberWord::Dozen) {
            break;
        }
    }
    let last = tokens[..used].last().filter(|_| sum.started)?;
    let plain = match tokens {
        // Two numbers in a row are data, no date.
        [Token { kind: TokenKind::Digits(_), .. }, Token { kind: TokenKind::Digits(_), .. }, ..] => None,
        [Token { kind: TokenKind::Digits(number), .. }, ..] if used == 1 => number.plain,
        _ => None,
    };
    let number = Numeral::in_words(sum.total.plus(sum.group)?, sum.step, tokens[0].start..last.end);
    Some((Numeral { plain, digits: sum.digits, multiplied: sum.multiplied, ..number }, used))
}

impl Sum {
    /// Takes a number word. `Some(false)` if it cannot follow, `None` if the value gets too large.
    fn word(&mut self, word: NumberWord, hyphen: bool) -> Option<bool> {
        let (value, room) = match word {
            NumberWord::Ones(value) => (value, 0),
            NumberWord::Tens(value) => (value, 10),
            NumberWord::Hundred => return self.hundred(),
            NumberWord::Multiplier(exponent) => return self.multiply(exponent),
            NumberWord::Dozen => {
                let count = if self.started { self.group } else { Rational::ONE };
                self.group = count.times(Rational::whole(12))?;
                self.started = true;
                return Some(true);
            }
            _ => return Some(false),
        };
        // Ones follow tens; anything smaller follows a hundred or a thousand; nothing follows ones. A hyphen ties only tens and ones.
        let fits = value < self.room && self.room >= 10 && !(self.started && value == 0);
        if !fits || hyphen && self.room != 10 {
            return Some(false);
        }
        self.group = self.group.plus(Rational::whole(value))?;
        self.room = room;
        self.step = Rational::ONE;
        self.started = true;
        Some(true)
    }

    /// Takes digits: at the beginning, after a hundred with `and`, or before a multiplier of their own.
    fn digits(&mut self, number: Numeral, after_and: bool, next: Option<&Token>) -> Option<bool> {
        let is_multiplied = next.is_some_and(Token::is_multiplier);
        let may_follow = if after_and { self.room == 100 } else { is_multiplied };
        let fits = may_follow && number.value < Rational::whole(self.room) && number.value.as_whole().is_some();
        if self.started && !fits {
            return Some(false);
        }
        self.group = self.group.plus(number.value)?;
        self.room = 0;
        self.step = number.step;
        self.started = true;
        self.digits = true;
        Some(true)
    }

    /// Multiplies the group: two hundred, 2.12 hundred; but not one thousand and five hundred hundred.
    fn hundred(&mut self) -> Option<bool> {
        let hundred = Rational::whole(100);
        let is_too_large = self.room == 100 || self.group.is_zero() || self.group >= Rational::whole(1000);
        if self.started && is_too_large {
            return Some(false);
        }
        self.group = if self.started { self.group.times(hundred)? } else { hundred };
        self.step = self.step.times(hundred)?;
        self.room = 100;
        self.started = true;
        self.multiplied = true;
        Some(true)
    }

    /// Closes the group with a power of ten.
    fn multiply(&mut self, exponent: i32) -> Option<bool> {
        let size = Rational::power_of_ten(exponent)?;
        let group = if self.started { self.group } else { Rational::ONE };
        self.total = if exponent > self.multiplier || group.is_zero() {
            // Three lakh crore: multipliers multiply.
            self.total.plus(group)?.times(size)?
        } else {
            self.total.plus(group.times(size)?)?
        };
        self.group = Rational::ZERO;
        self.step = self.step.times(size)?;
        self.multiplier = exponent;
        self.room = 10_i64.checked_pow(exponent as u32).unwrap_or(i64::MAX);
        self.started = true;
        self.multiplied = true;
        Some(true)
    }
}

/// A number with decimals in words: nine point nought four, two hundred point seventy-one, two point five million.
pub(super) fn with_decimals(number: Numeral, rest: &[Token]) -> Option<Numeral> {
    let (point, rest) = rest.split_first()?;
    if !point.is(NumberWord::Point) || number.digits {
        return None;
    }
    let ones = rest.iter().map_while(|token| match token.word() {
        Some(NumberWord::Ones(value @ 0..10)) => Some(value as u8),
        _ => None,
    });
    let ones: Vec<u8> = ones.collect();
    let (decimals, used) = if ones.is_empty() {
        let (decimals, used) = cardinal(rest)?;
        (decimals.value.as_whole()?.to_string().bytes().map(|digit| digit - b'0').collect(), used)
    } else {
        let used = ones.len();
        (ones, used)
    };
    let step = Rational::power_of_ten(-(decimals.len() as i32))?;
    let part = Rational::from_digits(std::iter::empty(), decimals.into_iter())?;
    let decimal = Numeral { step, ..number.plus(part)?.until(rest[used - 1].end) };
    match rest.get(used).map(|token| (token.word(), token.end)) {
        Some((Some(NumberWord::Multiplier(exponent)), end)) => {
            Some(Numeral { multiplied: true, ..decimal.times_ten_to(exponent)?.until(end) })
        }
        _ => Some(decimal),
    }
}
