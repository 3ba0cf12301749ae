//! English words that say numbers.

/// What a word says in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Zero to nine.
    Ones(i64),
    /// Ten to nineteen.
    Teen(i64),
    /// Twenty to ninety.
    Tens(i64),
    /// A hundred.
    Hundred,
    /// A thousand and more, as a power of ten.
    Round(i32),
    /// Twelve.
    Dozen,
    /// A place in an order, or the denominator of a fraction, and whether in plural.
    Ordinal(i64, bool),
    /// `half`, `quarter` and their plurals: what they divide by, and whether in plural.
    Part(i64, bool),
    /// `a`, `an`.
    Article,
    /// `and`.
    And,
    /// `of`, in three quarters of a million.
    Of,
    /// `point`.
    Point,
}

/// The sense of a lower-case word.
#[rustfmt::skip]
pub(super) fn sense(word: &str) -> Option<Sense> {
    use Sense::{And, Article, Dozen, Hundred, Of, Ones, Part, Point, Round, Teen, Tens};
    Some(match word {
        "zero" | "nought" | "naught" => Ones(0),
        "one" => Ones(1), "two" => Ones(2), "three" => Ones(3), "four" => Ones(4), "five" => Ones(5),
        "six" => Ones(6), "seven" => Ones(7), "eight" => Ones(8), "nine" => Ones(9),
        "ten" => Teen(10), "eleven" => Teen(11), "twelve" => Teen(12), "thirteen" => Teen(13), "fourteen" => Teen(14),
        "fifteen" => Teen(15), "sixteen" => Teen(16), "seventeen" => Teen(17), "eighteen" => Teen(18), "nineteen" => Teen(19),
        "twenty" => Tens(20), "thirty" => Tens(30), "forty" | "fourty" => Tens(40), "fifty" => Tens(50),
        "sixty" => Tens(60), "seventy" => Tens(70), "eighty" => Tens(80), "ninety" => Tens(90),
        "hundred" => Hundred,
        "thousand" => Round(3), "lakh" | "lakhs" => Round(5), "million" => Round(6), "crore" | "crores" => Round(7),
        "billion" => Round(9), "trillion" => Round(12), "quadrillion" => Round(15),
        "dozen" | "dozens" | "doz" | "dozs" => Dozen,
        "half" => Part(2, false), "halves" => Part(2, true), "quarter" => Part(4, false), "quarters" => Part(4, true),
        "a" | "an" => Article,
        "and" => And,
        "of" => Of,
        "point" => Point,
        _ => return ordinal(word),
    })
}

/// Ordinals, singular or plural.
fn ordinal(word: &str) -> Option<Sense> {
    let value = |word: &str| {
        Some(match word {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fifth" => 5,
            "eighth" => 8,
            "ninth" => 9,
            "twelfth" => 12,
            "hundredth" => 100,
            "thousandth" => 1000,
            "millionth" => 1_000_000,
            "billionth" => 1_000_000_000,
            "trillionth" => 1_000_000_000_000,
            _ => {
                let cardinal = |stem: &str| match sense(stem) {
                    Some(Sense::Ones(value) | Sense::Teen(value) | Sense::Tens(value)) => Some(value),
                    _ => None,
                };
                if let Some(stem) = word.strip_suffix("ieth") {
                    return cardinal(&format!("{stem}y"));
                }
                return cardinal(word.strip_suffix("th")?);
            }
        })
    };
    if !(word.ends_with("th")
        || word.ends_with("ths")
        || matches!(word, "first" | "second" | "third" | "firsts" | "seconds" | "thirds"))
    {
        return None;
    }
    if let Some(value) = value(word) {
        return Some(Sense::Ordinal(value, false));
    }
    word.strip_suffix('s').and_then(value).map(|value| Sense::Ordinal(value, true))
}

/// The number of a month by its name or abbreviation; `may` only where the text writes it large.
pub(super) fn month(word: &str, capital: bool) -> Option<i64> {
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
    if !capital || word.len() < 3 {
        return None;
    }
    let index = MONTHS
        .iter()
        .position(|month| *month == word || month[..3] == *word || word == "sept" && *month == "september")?;
    Some(index as i64 + 1)
}
