//! Signs, codes and names of money beside a number.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::char_buffer::CharBuffer;
use super::figure::{Numeral, Unit};
use super::number::Rational;
use super::units;
use crate::text::Language;

/// What may precede `$` and names the country: `US$`, `c $`, `Mex$`.
#[rustfmt::skip]
const DOLLAR_PREFIXES: &[(&str, &str)] = &[
    ("us", "USD"), ("c", "CAD"), ("can", "CAD"), ("ca", "CAD"), ("a", "AUD"), ("au", "AUD"), ("nz", "NZD"), ("hk", "HKD"), ("s", "SGD"), ("sg", "SGD"), ("nt", "TWD"), ("mex", "MXN"), ("mx", "MXN"),
    ("r", "BRL"), ("b", "BND"), ("ci", "KYD"), ("gy", "GYD"), ("g", "GYD"), ("j", "JMD"), ("n", "NAD"), ("si", "SBD"), ("ws", "WST"), ("bvi", "British Virgin Islands dollar"), ("tt", "TTD"),
];

/// Codes that are no words, so that they are recognised in lower case too.
const LOWER_CASE_CODES: &str = "usd eur gbp jpy cny hkd twd krw inr aud chf sgd nzd brl mxn zar rub nok dkk thb myr idr vnd php czk huf pln kzt uah aed ars clp xof xaf cad";

/// A name or sign of money beside a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct MoneyName {
    /// The ISO code or generic name.
    pub(super) name: &'static str,
    /// The index of its first character if it precedes the number, or after its last if it
    /// follows.
    pub(super) edge: usize,
    /// How many make one of the main unit: 1 for main units.
    pub(super) parts: i64,
    /// A power of ten that it includes: 6 in `MEUR`.
    exponent: i32,
}

impl MoneyName {
    const fn new(name: &'static str, edge: usize) -> Self {
        Self {
            name,
            edge,
            parts: 1,
            exponent: 0,
        }
    }
}

/// The amount that a number and the names of money around it make.
///
/// The name before the number wins, unless the one after it belongs to it: 人民币 50 元, US$ 50
/// 美元.
pub(super) fn amount(
    number: Numeral,
    before: Option<MoneyName>,
    after: Option<MoneyName>,
) -> Option<(Numeral, MoneyName)> {
    let is_same = |before: MoneyName, after: MoneyName| {
        before.name == after.name
            || before.name == "Dollar" && after.name.len() == 3 && after.parts == 1
    };
    let (name, start, end) = match (before, after) {
        (Some(before), Some(after)) if is_same(before, after) => (after, before.edge, after.edge),
        (Some(before), _) => (before, before.edge, number.end),
        (None, after) => (after?, number.start, after?.edge),
    };
    Some((
        Numeral {
            start,
            end,
            ..number.times_ten_to(name.exponent)?
        },
        name,
    ))
}

/// An amount with coins of which so many make one of its main unit; `None` if they make a whole one.
pub(super) fn with_coins(
    amount: Numeral,
    coins: Rational,
    parts: i64,
    end: usize,
) -> Option<Numeral> {
    let part = coins
        .over(Rational::whole(parts))
        .filter(|part| *part < Rational::ONE)?;
    Some(Numeral {
        step: Rational::new(1, 100)?,
        ..amount.plus(part)?.until(end)
    })
}

fn is_lower_case_code(lower: &str) -> bool {
    static CODES: LazyLock<HashSet<&str>> = LazyLock::new(|| LOWER_CASE_CODES.split(' ').collect());
    CODES.contains(lower)
}

/// The currency of an ISO code, with or without a letter for thousands, millions or billions before
/// it.
fn code(text: &CharBuffer, start: usize, end: usize) -> Option<(&'static str, i32)> {
    let (skipped, exponent) = match (end - start, text.at(start).to_ascii_lowercase()) {
        (3, _) => (0, 0),
        (4, 'k') => (1, 3),
        (4, 'm') => (1, 6),
        (4, 'b') => (1, 9),
        _ => return None,
    };
    let code = text.word(start + skipped);
    let is_upper_case = (start..end).all(|index| text.at(index).is_ascii_uppercase());
    if !is_upper_case && !is_lower_case_code(&code) {
        return None;
    }
    let name = if code == "rmb" {
        "CNY"
    } else {
        units::currency_of_code(&code)?
    };
    Some((name, exponent))
}

/// The money named just before a number: a sign, a code, or in Chinese 人民币.
pub(super) fn before(text: &CharBuffer, number: usize) -> Option<MoneyName> {
    let end = text.skip_spaces_back(number);
    let last = text.before(end);
    if last == '$' {
        return (!begins_formula(text, number)).then(|| dollar(text, end - 1));
    }
    if let Some(name) = units::sign(last) {
        return Some(MoneyName::new(name, end - 1));
    }
    if text.ends_with(end, "人民币") {
        return Some(MoneyName::new("CNY", end - 3));
    }
    if text.ends_with(end, "rs.") && !text.before(end - 3).is_alphanumeric() {
        return Some(MoneyName::new("Rupee", end - 3));
    }
    if !last.is_ascii_alphabetic() {
        return None;
    }
    let start = text.word_start(end);
    let is_apart = end < number;
    // USD115 is money, but CRC32 is none of Costa Rica.
    let known = code(text, start, end)
        .filter(|(name, _)| is_apart || is_lower_case_code(&name.to_ascii_lowercase()));
    if let Some((name, exponent)) = known {
        return Some(MoneyName {
            exponent,
            ..MoneyName::new(name, start)
        });
    }
    // The only words that precede an amount.
    match text.word(start).as_str() {
        "rmb" => Some(MoneyName::new("CNY", start)),
        "rs" => Some(MoneyName::new("Rupee", start)),
        "rm" => Some(MoneyName::new("MYR", start)),
        "dollar" if is_apart => Some(MoneyName::new("Dollar", start)),
        "sen" if is_apart => Some(MoneyName {
            parts: 100,
            ..MoneyName::new("Sen", start)
        }),
        _ => None,
    }
}

/// The currency that a `$` at an index means, by the letters before it.
fn dollar(text: &CharBuffer, at: usize) -> MoneyName {
    let generic = MoneyName::new("Dollar", at);
    let end = text.skip_spaces_back(at);
    let start = text.word_start(end);
    let before = text.before(start);
    if start == end || before.is_ascii_alphanumeric() || before == '.' {
        return generic;
    }
    let word = text.word(start);
    let is_apart = end < at;
    let prefix = DOLLAR_PREFIXES.iter().find(|(prefix, _)| *prefix == word);
    if let Some((prefix, name)) = prefix {
        // A letter apart from its sign is a word of its own, except in `c $`. So is `us`, except
        // where every word and sign is set apart.
        let may_be_apart = match *prefix {
            "us" => text.at(start) != 'u' || text.at(at + 1) == ' ',
            prefix => matches!(prefix, "c" | "hk" | "nz" | "nt"),
        };
        if !is_apart || may_be_apart {
            return MoneyName::new(name, start);
        }
    }
    match code(text, start, end) {
        Some((name, 0)) => MoneyName::new(name, start),
        _ => dollar_of_country(&word).map_or(generic, |name| MoneyName::new(name, start)),
    }
}

/// The dollar of the country whose name or adjective ends in a word: `Canadian $`.
fn dollar_of_country(word: &str) -> Option<&'static str> {
    let is_of_country = |name: &str| {
        name.strip_suffix(" dollar")
            .is_some_and(|country| country.ends_with(word) && country.len() != word.len() + 1)
    };
    let found = units::currencies()
        .iter()
        .find(|currency| currency.english.split('|').any(is_of_country));
    found
        .filter(|_| word.len() >= 4)
        .map(|currency| currency.name)
}

/// The money named after a number.
pub(super) fn after(text: &CharBuffer, number: Numeral, language: Language) -> Option<MoneyName> {
    let mut at = text.skip_spaces(number.end);
    let is_close = at == number.end;
    if language == Language::English && is_close && text.at(at) == '-' {
        at += 1;
    }
    if let Some(name) = units::sign(text.at(at)) {
        // The sign in `10 $30` belongs to the next amount, the one in `$k>0$` to a formula.
        let belongs_elsewhere = if at == number.end {
            ends_formula(text, at)
        } else {
            text.is_digit(at + 1)
        };
        return (!belongs_elsewhere).then(|| MoneyName::new(name, at + 1));
    }
    let end = text.letters_end(at);
    if let Some((name, exponent)) = code(text, at, end) {
        return Some(MoneyName {
            exponent,
            ..MoneyName::new(name, end)
        });
    }
    match language {
        Language::English => english_name(text, at, number),
        Language::Chinese => chinese_name(text, at),
    }
}

fn english_name(text: &CharBuffer, at: usize, number: Numeral) -> Option<MoneyName> {
    let won = || (text.word(at) == "won").then(|| MoneyName::new("KRW", at + 3));
    let name = longest_name(text, at, Language::English).or_else(won);
    // Nothing costs three won: those are games.
    let is_large = number.multiplied || number.value >= Rational::whole(1000);
    name.filter(|name| is_large || name.name != "KRW")
}

fn chinese_name(text: &CharBuffer, at: usize) -> Option<MoneyName> {
    let counted = || {
        let name = longest_name(text, at + 1, Language::Chinese)?;
        (matches!(text.at(at), '个' | '枚') && matches!(name.name, "Bitcoin" | "Ether"))
            .then_some(name)
    };
    longest_name(text, at, Language::Chinese).or_else(counted)
}

fn longest_name(text: &CharBuffer, at: usize, language: Language) -> Option<MoneyName> {
    let names =
        units::names_at(text, at, language).filter_map(|(unit_name, end)| match unit_name.unit {
            Unit::Currency(name) => Some(MoneyName {
                parts: unit_name.parts,
                ..MoneyName::new(name, end)
            }),
            Unit::Measure(_) => None,
        });
    names.max_by_key(|name| name.edge)
}

/// Whether the `$` before a number begins a formula: `$1$`, `$2^{32}$`, `$75.0\%$`, `$17/30$`.
fn begins_formula(text: &CharBuffer, number: usize) -> bool {
    let digits_end = |start| {
        text.end_of(start, |at| {
            text.is_digit(at) || matches!(text.at(at), '.' | ',')
        })
    };
    let mut end = digits_end(number);
    if text.at(end) == '/' {
        end = digits_end(end + 1);
    }
    matches!(text.at(end), '$' | '\\' | '^' | '{' | '_' | '=')
}

/// Whether the `$` right after a number ends a formula: `k_2>0$`, `1{,}500$`. An amount begins
/// after a space or a bracket.
fn ends_formula(text: &CharBuffer, number: usize) -> bool {
    let is_inside = |at: usize| text.is_digit(at) || matches!(text.at(at), '.' | ',');
    let before = (number.saturating_sub(24)..number)
        .rev()
        .find(|&at| !is_inside(at));
    before.is_some_and(|at| "$=<>}{\\^_/".contains(text.at(at)))
}
