//! English numerals: runs of number words and digits, and the cardinals in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::arabic;
use super::super::char_buffer::CharBuffer;
use super::super::figure::Numeral;
use super::super::number::Rational;
use crate::text::Language;

/// The longest run of words that is read as one number.
const LONGEST: usize = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Digits,
    Ones,
    Tens,
    Hundred,
    Multiplier,
    Dozen,
    /// A rank, or the denominator of a fraction.
    Ordinal,
    /// `half`, `quarter` and their plurals.
    Part,
    Article,
    And,
    /// In three quarters of a million.
    Of,
    Point,
}

/// The words of numbers: what they do, the value of the first, and how much more each further one is.
const WORDS: [(TokenKind, i64, i64, &str); 25] = {
    use TokenKind::{
        And, Article, Dozen, Hundred, Multiplier, Of, Ones, Ordinal, Part, Point, Tens,
    };
    [
        (
            Ones,
            0,
            1,
            "zero one two three four five six seven eight nine ten eleven twelve thirteen",
        ),
        (
            Ones,
            14,
            1,
            "fourteen fifteen sixteen seventeen eighteen nineteen",
        ),
        (Ones, 0, 0, "nought naught"),
        (
            Tens,
            20,
            10,
            "twenty thirty forty fifty sixty seventy eighty ninety",
        ),
        (Tens, 40, 0, "fourty"),
        (Hundred, 100, 0, "hundred"),
        (Multiplier, 1000, 0, "thousand"),
        (Multiplier, 100_000, 0, "lakh lakhs"),
        (Multiplier, 1_000_000, 0, "million"),
        (Multiplier, 10_000_000, 0, "crore crores"),
        (Multiplier, 1_000_000_000, 0, "billion"),
        (Multiplier, 1_000_000_000_000, 0, "trillion"),
        (Multiplier, 1_000_000_000_000_000, 0, "quadrillion"),
        (Dozen, 12, 0, "dozen dozens doz dozs"),
        (
            Ordinal,
            1,
            1,
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh",
        ),
        (
            Ordinal,
            12,
            1,
            "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
        ),
        (
            Ordinal,
            20,
            10,
            "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
        ),
        (Ordinal, 100, 900, "hundredth thousandth"),
        (Ordinal, 1_000_000, 999_000_000, "millionth billionth"),
        (Ordinal, 1_000_000_000_000, 0, "trillionth"),
        (Part, 2, 2, "half quarter"),
        (Article, 1, 0, "a an"),
        (And, 0, 0, "and"),
        (Of, 0, 0, "of"),
        (Point, 0, 0, "point"),
    ]
};

/// What a lower-case word does in a number, and its value.
pub(super) fn number_word(word: &str) -> Option<(TokenKind, i64)> {
    static BY_WORD: LazyLock<HashMap<&str, (TokenKind, i64)>> = LazyLock::new(|| {
        let words = |(kind, first, step, words): (TokenKind, i64, i64, &'static str)| {
            let values = (0..).map(move |nth| (kind, first + nth * step));
            words.split(' ').zip(values)
        };
        WORDS.into_iter().flat_map(words).collect()
    });
    BY_WORD.get(word).copied()
}

/// The number of a month by its name or abbreviation.
pub(in super::super) fn month(word: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_month = |month: &&str| {
        *month == word || &month[..3] == word || *month == "september" && word == "sept"
    };
    let index = MONTHS.iter().position(is_month)?;
    Some(index as i64 + 1)
}

/// One number word, or one number in digits, with its value and place.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberToken {
    pub(super) kind: TokenKind,
    pub(super) number: Numeral,
    pub(super) is_plural: bool,
    /// Whether a hyphen ties it to the token before.
    pub(super) hyphen: bool,
}

impl NumberToken {
    /// Its whole value; zero for a decimal, and for a word without one.
    pub(super) fn weight(&self) -> i64 {
        self.number.value.as_whole().unwrap_or(0)
    }

    /// Whether it multiplies what precedes it.
    pub(super) fn is_multiplier(&self) -> bool {
        matches!(self.kind, TokenKind::Hundred | TokenKind::Multiplier)
    }
}

/// The run of number words and digits that begins at an index. `Err` holds the end of digits that
/// have no value.
pub(super) fn tokens(text: &CharBuffer, start: usize) -> Result<Vec<NumberToken>, usize> {
    let mut tokens: Vec<NumberToken> = Vec::new();
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
        // 100+ million.
        let is_open = !is_first && text.at(at) == '+';
        if is_open {
            next = text.skip_spaces(at + 1);
        }
        let is_counted = tokens
            .last()
            .is_some_and(|token| token.kind == TokenKind::Digits);
        let token = match token(text, next, hyphen, is_counted) {
            Ok(Some(token)) if is_open && !token.is_multiplier() => break,
            Ok(Some(token)) => token,
            Err(end) if is_first => return Err(end),
            _ => break,
        };
        at = token.number.end;
        tokens.push(token);
        // Nothing follows 1.2bn.
        if token.kind == TokenKind::Digits && text.before(at).is_ascii_alphabetic() {
            break;
        }
    }
    Ok(tokens)
}

/// A token; behind digits also `millions`.
fn token(
    text: &CharBuffer,
    at: usize,
    hyphen: bool,
    is_counted: bool,
) -> Result<Option<NumberToken>, usize> {
    let token = |kind, number, is_plural| NumberToken {
        kind,
        number,
        is_plural,
        hyphen,
    };
    if text.is_digit(at) || text.at(at) == '.' && text.is_digit(at + 1) {
        // Digits tied by a hyphen are a range or a name.
        if hyphen {
            return Ok(None);
        }
        let number = arabic::read(text, at)?;
        let number = arabic::with_suffix(text, number, Language::English)
            .and_then(Result::ok)
            .unwrap_or(number);
        return Ok(Some(token(TokenKind::Digits, number, false)));
    }
    let end = text.letters_end(at);
    if text.is_digit(end) || text.at(end) == '_' {
        return Ok(None);
    }
    let word = text.word(at);
    let plural = || {
        let singular = match word.as_str() {
            "halves" => "half",
            word => word.strip_suffix('s')?,
        };
        number_word(singular).filter(|(kind, _)| match kind {
            TokenKind::Ordinal | TokenKind::Part => true,
            TokenKind::Multiplier => is_counted,
            _ => false,
        })
    };
    let known = number_word(&word);
    let is_plural = known.is_none();
    Ok(known.or_else(plural).map(|(kind, value)| {
        let number = Numeral::in_words(Rational::whole(value), Rational::ONE, at..end);
        token(kind, number, is_plural)
    }))
}

struct Sum {
    /// The number so far, with the value of the groups that a thousand or more has closed.
    number: Numeral,
    /// The group that is being read, below a thousand; `None` at the beginning.
    group: Option<Rational>,
    multiplier: Rational,
    /// What is added to the group next must be less than this.
    room: Rational,
    /// The part of the group that is before the last `and`: dozens do not multiply it.
    before_and: Rational,
}

/// The cardinal at the beginning of a run, in words or digits, and how many tokens it takes.
pub(super) fn cardinal(tokens: &[NumberToken]) -> Option<(Numeral, usize)> {
    let start = tokens.first()?.number.start;
    let mut sum = Sum {
        number: Numeral::in_words(Rational::ZERO, Rational::ONE, start..start),
        group: None,
        multiplier: Rational::whole(i64::MAX),
        room: Rational::whole(i64::MAX),
        before_and: Rational::ZERO,
    };
    let mut used = 0;
    let mut after_and = false;
    for (index, token) in tokens.iter().enumerate() {
        // `and` joins what follows a multiplier, or tens and ones. It counts only with what it
        // joins.
        if token.kind == TokenKind::And && !after_and && sum.may_be_joined() {
            after_and = true;
            sum.before_and = sum.group.unwrap_or(Rational::ZERO);
            continue;
        }
        if !sum.may_take(token, after_and, tokens.get(index + 1)) {
            break;
        }
        sum.take(token)?;
        after_and = false;
        used = index + 1;
        if token.kind == TokenKind::Dozen {
            break;
        }
    }
    // Two numbers in a row are data, no date.
    let are_two = tokens
        .get(1)
        .is_some_and(|next| next.kind == TokenKind::Digits);
    let number = Numeral {
        end: tokens[used.checked_sub(1)?].number.end,
        ..sum.number.plus(sum.group?)?
    };
    let plain = tokens[0].number.plain.filter(|_| used == 1 && !are_two);
    Some((Numeral { plain, ..number }, used))
}

impl Sum {
    fn may_be_joined(&self) -> bool {
        self.group.is_some() && (self.number.multiplied || self.room == Rational::whole(10))
    }

    /// What the next multiplier multiplies.
    fn count(&self) -> Rational {
        self.group.unwrap_or(Rational::ONE)
    }

    fn may_take(&self, token: &NumberToken, after_and: bool, next: Option<&NumberToken>) -> bool {
        let value = token.number.value;
        let (ten, hundred) = (Rational::whole(10), Rational::whole(100));
        let is_first = self.group.is_none();
        let is_before_multiplier = next.is_some_and(NumberToken::is_multiplier);
        match token.kind {
            TokenKind::Article => {
                let is_dozen = next.is_some_and(|next| next.kind == TokenKind::Dozen);
                is_first && (is_before_multiplier || is_dozen)
            }
            // Ones follow tens; anything smaller follows a hundred or a thousand; nothing follows
            // ones. A hyphen ties only tens and ones.
            TokenKind::Ones | TokenKind::Tens => {
                let is_smaller = value < self.room && self.room >= ten;
                is_smaller && (is_first || !value.is_zero()) && (!token.hyphen || self.room == ten)
            }
            // At the beginning, after a hundred with `and`, or before a multiplier of their own.
            TokenKind::Digits if is_first => true,
            TokenKind::Digits => {
                let may_follow = if after_and {
                    self.room == hundred
                } else {
                    is_before_multiplier
                };
                may_follow && value < self.room && value.as_whole().is_some()
            }
            // Two hundred, 2.12 hundred; but not one thousand and five hundred hundred.
            TokenKind::Hundred => {
                (is_first || self.room != hundred)
                    && !self.count().is_zero()
                    && self.count() < Rational::whole(1000)
            }
            TokenKind::Multiplier | TokenKind::Dozen => true,
            _ => false,
        }
    }

    /// Takes a token; `None` if the value gets too large.
    fn take(&mut self, token: &NumberToken) -> Option<()> {
        let (value, count) = (token.number.value, self.count());
        match token.kind {
            TokenKind::Hundred => self.group = Some(count.times(value)?),
            TokenKind::Dozen => {
                let dozens = count.plus(self.before_and.negated())?;
                self.group = Some(dozens.times(value)?.plus(self.before_and)?);
                return Some(());
            }
            TokenKind::Multiplier => {
                let closed = self.number.value;
                self.number.value = if value > self.multiplier || count.is_zero() {
                    // Three lakh crore: multipliers multiply.
                    closed.plus(count)?.times(value)?
                } else {
                    closed.plus(count.times(value)?)?
                };
                self.multiplier = value;
                self.group = Some(Rational::ZERO);
            }
            TokenKind::Article => return Some(()),
            kind => {
                self.group = Some(self.group.unwrap_or(Rational::ZERO).plus(value)?);
                self.number.digits |= kind == TokenKind::Digits;
                self.number.step = token.number.step;
                let is_tens = kind == TokenKind::Tens;
                self.room = Rational::whole(if is_tens { 10 } else { 0 });
                return Some(());
            }
        }
        self.number.multiplied = true;
        self.number.step = self.number.step.times(value)?;
        self.room = value;
        Some(())
    }
}

/// A number with decimals in words: nine point nought four, two hundred point seventy-one, two
/// point five million.
pub(super) fn with_decimals(number: Numeral, rest: &[NumberToken]) -> Option<Numeral> {
    let (point, rest) = rest.split_first()?;
    if point.kind != TokenKind::Point || number.digits {
        return None;
    }
    let is_digit =
        |token: &&NumberToken| token.kind == TokenKind::Ones && (0..10).contains(&token.weight());
    let digits = rest.iter().take_while(is_digit);
    let mut written: String = digits.map(|digit| digit.weight().to_string()).collect();
    let mut used = written.len();
    if used == 0 {
        let (decimals, taken) = cardinal(rest)?;
        written = decimals.value.as_whole()?.to_string();
        used = taken;
    }
    let decimals = written.bytes().map(|digit| digit - b'0');
    let decimal = Numeral {
        step: Rational::power_of_ten(-(written.len() as i32))?,
        ..number
            .plus(Rational::from_digits(std::iter::empty(), decimals)?)?
            .until(rest[used - 1].number.end)
    };
    match rest.get(used) {
        Some(token) if token.kind == TokenKind::Multiplier => Some(Numeral {
            multiplied: true,
            ..decimal.times(token.number.value)?.until(token.number.end)
        }),
        _ => Some(decimal),
    }
}
