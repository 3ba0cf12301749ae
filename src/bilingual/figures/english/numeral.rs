//! English numerals: runs of number words and digits, and the cardinals in them.

use super::super::arabic;
use super::super::char_buffer::CharBuffer;
use super::super::figure::Numeral;
use super::super::number::Rational;
use crate::text::Language;

/// The longest run of words that is read as one number.
const LONGEST: usize = 24;

/// What a word says in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// Zero to nineteen.
    Ones(i64),
    /// Twenty to ninety.
    Tens(i64),
    Hundred,
    /// A thousand and more, as a power of ten.
    Multiplier(i32),
    Dozen,
    /// A rank, or the denominator of a fraction.
    Ordinal {
        value: i64,
        is_plural: bool,
    },
    /// `half`, `quarter` and their plurals.
    Part {
        value: i64,
        is_plural: bool,
    },
    /// `a`, `an`.
    Article,
    And,
    /// `of`, in three quarters of a million.
    Of,
    Point,
}

/// What a lower-case word says.
#[rustfmt::skip]
pub(super) fn number_word(word: &str) -> Option<NumberWord> {
    use NumberWord::{And, Article, Dozen, Hundred, Multiplier, Of, Ones, Part, Point, Tens};
    Some(match word {
        "zero" | "nought" | "naught" => Ones(0),
        "one" => Ones(1), "two" => Ones(2), "three" => Ones(3), "four" => Ones(4), "five" => Ones(5),
        "six" => Ones(6), "seven" => Ones(7), "eight" => Ones(8), "nine" => Ones(9),
        "ten" => Ones(10), "eleven" => Ones(11), "twelve" => Ones(12), "thirteen" => Ones(13), "fourteen" => Ones(14),
        "fifteen" => Ones(15), "sixteen" => Ones(16), "seventeen" => Ones(17), "eighteen" => Ones(18), "nineteen" => Ones(19),
        "twenty" => Tens(20), "thirty" => Tens(30), "forty" | "fourty" => Tens(40), "fifty" => Tens(50),
        "sixty" => Tens(60), "seventy" => Tens(70), "eighty" => Tens(80), "ninety" => Tens(90),
        "hundred" => Hundred,
        "thousand" => Multiplier(3), "lakh" | "lakhs" => Multiplier(5), "million" => Multiplier(6), "crore" | "crores" => Multiplier(7),
        "billion" => Multiplier(9), "trillion" => Multiplier(12), "quadrillion" => Multiplier(15),
        "dozen" | "dozens" | "doz" | "dozs" => Dozen,
        "half" => Part { value: 2, is_plural: false }, "halves" => Part { value: 2, is_plural: true },
        "quarter" => Part { value: 4, is_plural: false }, "quarters" => Part { value: 4, is_plural: true },
        "a" | "an" => Article,
        "and" => And,
        "of" => Of,
        "point" => Point,
        _ => return ordinal(word),
    })
}

/// An ordinal, singular or plural.
fn ordinal(word: &str) -> Option<NumberWord> {
    let singular = ordinal_value(word).map(|value| NumberWord::Ordinal {
        value,
        is_plural: false,
    });
    singular.or_else(|| {
        let value = ordinal_value(word.strip_suffix('s')?)?;
        Some(NumberWord::Ordinal {
            value,
            is_plural: true,
        })
    })
}

#[rustfmt::skip]
fn ordinal_value(word: &str) -> Option<i64> {
    Some(match word {
        "first" => 1, "second" => 2, "third" => 3, "fifth" => 5, "eighth" => 8, "ninth" => 9, "twelfth" => 12,
        "hundredth" => 100, "thousandth" => 1000, "millionth" => 1_000_000, "billionth" => 1_000_000_000,
        "trillionth" => 1_000_000_000_000,
        _ => {
            let stem = word.strip_suffix("th")?;
            let cardinal = stem.strip_suffix("ie").map_or_else(|| number_word(stem), |stem| number_word(&format!("{stem}y")));
            match cardinal? {
                NumberWord::Ones(value) | NumberWord::Tens(value) => value,
                _ => return None,
            }
        }
    })
}

/// The number of a month by its name or abbreviation.
pub(super) fn month(word: &str) -> Option<i64> {
    const MONTHS: &str =
        "january february march april may june july august september october november december";
    let is_month = |month: &str| {
        month == word || &month[..3] == word || month == "september" && word == "sept"
    };
    let index = MONTHS.split(' ').position(is_month)?;
    Some(index as i64 + 1)
}

/// One number word, or one number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberToken {
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
    Digits(Numeral),
}

impl NumberToken {
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
        matches!(
            self.word(),
            Some(NumberWord::Hundred | NumberWord::Multiplier(_))
        )
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

fn token(text: &CharBuffer, at: usize, hyphen: bool) -> Result<Option<NumberToken>, usize> {
    if text.is_digit(at) || text.at(at) == '.' && text.is_digit(at + 1) {
        // Digits tied by a hyphen are a range or a name.
        if hyphen {
            return Ok(None);
        }
        let number = arabic::read(text, at)?;
        let number = arabic::with_suffix(text, number, Language::English)
            .and_then(Result::ok)
            .unwrap_or(number);
        return Ok(Some(NumberToken {
            kind: TokenKind::Digits(number),
            start: at,
            end: number.end,
            hyphen,
        }));
    }
    let end = text.letters_end(at);
    let is_name = text.is_digit(end) || text.at(end) == '_';
    let word = number_word(&text.word(at)).filter(|_| !is_name);
    Ok(word.map(|word| NumberToken {
        kind: TokenKind::Word(word),
        start: at,
        end,
        hyphen,
    }))
}

/// Adds up a cardinal token by token.
struct Sum {
    /// The number so far, with the value of the groups that a thousand or more has closed.
    number: Numeral,
    /// The group that is being read, below a thousand; `None` at the beginning.
    group: Option<Rational>,
    /// The exponent of the last multiplier.
    multiplier: i32,
    /// What is added to the group next must be less than this.
    room: i64,
}

/// The cardinal at the beginning of a run, in words or digits, and how many tokens it takes.
pub(super) fn cardinal(tokens: &[NumberToken]) -> Option<(Numeral, usize)> {
    let start = tokens.first()?.start;
    let number = Numeral::in_words(Rational::ZERO, Rational::ONE, start..start);
    let mut sum = Sum {
        number,
        group: None,
        multiplier: i32::MAX,
        room: i64::MAX,
    };
    let mut used = 0;
    let mut after_and = false;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        // `and` joins what follows a multiplier, or tens and ones. It counts only with what it
        // joins.
        if token.is(NumberWord::And) && !after_and && sum.may_be_joined() {
            after_and = true;
            continue;
        }
        let is_accepted = match token.kind {
            TokenKind::Word(NumberWord::Article) => {
                index == 0
                    && next.is_some_and(|next| next.is_multiplier() || next.is(NumberWord::Dozen))
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
    let value = sum.number.value.plus(sum.group?)?;
    let plain = match tokens {
        // Two numbers in a row are data, no date.
        [
            NumberToken {
                kind: TokenKind::Digits(_),
                ..
            },
            NumberToken {
                kind: TokenKind::Digits(_),
                ..
            },
            ..,
        ] => None,
        [
            NumberToken {
                kind: TokenKind::Digits(number),
                ..
            },
            ..,
        ] if used == 1 => number.plain,
        _ => None,
    };
    Some((
        Numeral {
            value,
            end: tokens[used - 1].end,
            plain,
            ..sum.number
        },
        used,
    ))
}

impl Sum {
    fn may_be_joined(&self) -> bool {
        self.group.is_some() && (self.number.multiplied || self.room == 10)
    }

    /// Takes a number word. `Some(false)` if it cannot follow, `None` if the value gets too large.
    fn word(&mut self, word: NumberWord, hyphen: bool) -> Option<bool> {
        match word {
            NumberWord::Ones(value) => self.small(value, 0, hyphen),
            NumberWord::Tens(value) => self.small(value, 10, hyphen),
            NumberWord::Hundred => self.hundred(),
            NumberWord::Multiplier(exponent) => self.multiply(exponent),
            NumberWord::Dozen => {
                self.group = Some(
                    self.group
                        .unwrap_or(Rational::ONE)
                        .times(Rational::whole(12))?,
                );
                Some(true)
            }
            _ => Some(false),
        }
    }

    /// Ones follow tens; anything smaller follows a hundred or a thousand; nothing follows ones. A
    /// hyphen ties only tens and ones.
    fn small(&mut self, value: i64, room: i64, hyphen: bool) -> Option<bool> {
        let fits = value < self.room && self.room >= 10 && (value > 0 || self.group.is_none());
        if !fits || hyphen && self.room != 10 {
            return Some(false);
        }
        self.add(Rational::whole(value), Rational::ONE, room)
    }

    /// Takes digits: at the beginning, after a hundred with `and`, or before a multiplier of their
    /// own.
    fn digits(
        &mut self,
        number: Numeral,
        after_and: bool,
        next: Option<&NumberToken>,
    ) -> Option<bool> {
        let may_follow = if after_and {
            self.room == 100
        } else {
            next.is_some_and(NumberToken::is_multiplier)
        };
        let fits = may_follow
            && number.value < Rational::whole(self.room)
            && number.value.as_whole().is_some();
        if self.group.is_some() && !fits {
            return Some(false);
        }
        self.number.digits = true;
        self.add(number.value, number.step, 0)
    }

    fn add(&mut self, value: Rational, step: Rational, room: i64) -> Option<bool> {
        self.group = Some(self.group.unwrap_or(Rational::ZERO).plus(value)?);
        self.number.step = step;
        self.room = room;
        Some(true)
    }

    /// Multiplies the group: two hundred, 2.12 hundred; but not one thousand and five hundred
    /// hundred.
    fn hundred(&mut self) -> Option<bool> {
        let hundred = Rational::whole(100);
        let count = self.group.unwrap_or(Rational::ONE);
        if self.group.is_some() && self.room == 100
            || count.is_zero()
            || count >= Rational::whole(1000)
        {
            return Some(false);
        }
        self.number.multiplied = true;
        self.begin_group(count.times(hundred)?, hundred, 100)
    }

    /// Closes the group with a power of ten.
    fn multiply(&mut self, exponent: i32) -> Option<bool> {
        let size = Rational::power_of_ten(exponent)?;
        let count = self.group.unwrap_or(Rational::ONE);
        let closed = self.number.value;
        self.number.value = if exponent > self.multiplier || count.is_zero() {
            // Three lakh crore: multipliers multiply.
            closed.plus(count)?.times(size)?
        } else {
            closed.plus(count.times(size)?)?
        };
        self.multiplier = exponent;
        self.number.multiplied = true;
        self.begin_group(
            Rational::ZERO,
            size,
            10_i64.checked_pow(exponent as u32).unwrap_or(i64::MAX),
        )
    }

    fn begin_group(&mut self, group: Rational, size: Rational, room: i64) -> Option<bool> {
        self.group = Some(group);
        self.number.step = self.number.step.times(size)?;
        self.room = room;
        Some(true)
    }
}

/// A number with decimals in words: nine point nought four, two hundred point seventy-one, two
/// point five million.
pub(super) fn with_decimals(number: Numeral, rest: &[NumberToken]) -> Option<Numeral> {
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
        (
            decimals
                .value
                .as_whole()?
                .to_string()
                .bytes()
                .map(|digit| digit - b'0')
                .collect(),
            used,
        )
    } else {
        let used = ones.len();
        (ones, used)
    };
    let step = Rational::power_of_ten(-(decimals.len() as i32))?;
    let part = Rational::from_digits(std::iter::empty(), decimals.into_iter())?;
    let decimal = Numeral {
        step,
        ..number.plus(part)?.until(rest[used - 1].end)
    };
    match rest.get(used).map(|token| (token.word(), token.end)) {
        Some((Some(NumberWord::Multiplier(exponent)), end)) => Some(Numeral {
            multiplied: true,
            ..decimal.times_ten_to(exponent)?.until(end)
        }),
        _ => Some(decimal),
    }
}
