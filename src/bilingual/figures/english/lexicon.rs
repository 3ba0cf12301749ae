//! The English words that say numbers.

/// What a word says in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// Zero to nineteen.
    Ones(i64),
    /// Twenty to ninety.
    Tens(i64),
    /// A hundred.
    Hundred,
    /// A thousand and more, as a power of ten.
    Multiplier(i32),
    /// Twelve.
    Dozen,
    /// A rank, or the denominator of a fraction.
    Ordinal { value: i64, is_plural: bool },
    /// `half`, `quarter` and their plurals.
    Part { value: i64, is_plural: bool },
    /// `a`, `an`.
    Article,
    /// `and`.
    And,
    /// `of`, in three quarters of a million.
    Of,
    /// `point`.
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
    let singular = ordinal_value(word).map(|value| NumberWord::Ordinal { value, is_plural: false });
    singular.or_else(|| {
        let value = ordinal_value(word.strip_suffix('s')?)?;
        Some(NumberWord::Ordinal { value, is_plural: true })
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
    const MONTHS: &str = "january february march april may june july august september october november december";
    let is_month = |month: &str| month == word || &month[..3] == word || month == "september" && word == "sept";
    let index = MONTHS.split(' ').position(is_month)?;
    Some(index as i64 + 1)
}
