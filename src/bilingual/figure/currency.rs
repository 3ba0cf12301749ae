//! Names, signs and codes of money in both languages.

use super::folded::Folded;
use table::{DOLLAR_PREFIXES, NATIONAL, PLAIN_CODES};

mod table;

/// A name or sign of money found in a text.
#[derive(Clone, Copy, Debug)]
pub(in crate::bilingual) struct Found {
    /// The ISO code or generic name.
    pub(in crate::bilingual) name: &'static str,
    /// The index of its first character, for what stands before a number, or after its last, for what follows one.
    pub(in crate::bilingual) edge: usize,
    /// How many make one of the main unit: 1 for main units.
    pub(in crate::bilingual) parts: i64,
    /// A power of ten that the sign carries: 6 in `MEUR`.
    pub(in crate::bilingual) exponent: i32,
}

impl Found {
    fn main(name: &'static str, edge: usize) -> Self {
        Self { name, edge, parts: 1, exponent: 0 }
    }
}

/// The currency of an ISO code, with or without a letter for thousands, millions or billions before it.
fn code(text: &Folded, start: usize, end: usize) -> Option<(&'static str, i32)> {
    let length = end - start;
    let (skipped, exponent) = match (length, text.at(start).to_ascii_lowercase()) {
        (3, _) => (0, 0),
        (4, 'k') => (1, 3),
        (4, 'm') => (1, 6),
        (4, 'b') => (1, 9),
        _ => return None,
    };
    let word = text.word(start + skipped);
    let lower = word.as_str();
    let upper = (start..end).all(|index| text.at(index).is_ascii_uppercase());
    if !upper && !PLAIN_CODES.split(' ').any(|plain| plain == lower) {
        return None;
    }
    if lower == "rmb" {
        return Some(("CNY", exponent));
    }
    Some((table::code(lower)?, exponent))
}

/// The money named just before a number that begins at an index: a sign, a code, or in Chinese 人民币.
pub(in crate::bilingual) fn before(text: &Folded, number: usize) -> Option<Found> {
    let end = text.skip_spaces_back(number);
    let last = text.before(end);
    if last == '$' {
        return Some(dollar(text, end - 1));
    }
    if let Some(name) = table::sign(last) {
        return Some(Found::main(name, end - 1));
    }
    if text.ends_with(end, "人民币") {
        return Some(Found::main("CNY", end - 3));
    }
    if text.ends_with(end, "rs.") {
        return Some(Found::main("Rupee", end - 3));
    }
    if !last.is_ascii_alphabetic() {
        return None;
    }
    let start = text.word_start(end);
    if let Some((name, exponent)) = code(text, start, end) {
        return Some(Found { name, edge: start, parts: 1, exponent });
    }
    // Spelled out, only these stand before an amount, and not glued to it.
    match text.word(start).as_str() {
        "rmb" => Some(Found::main("CNY", start)),
        "rs" => Some(Found::main("Rupee", start)),
        "rm" => Some(Found::main("MYR", start)),
        "dollar" if end < number => Some(Found::main("Dollar", start)),
        "sen" if end < number => Some(Found { name: "Sen", edge: start, parts: 100, exponent: 0 }),
        _ => None,
    }
}

/// The dollar that a `$` at an index means, by the letters before it.
fn dollar(text: &Folded, at: usize) -> Found {
    let generic = Found::main("Dollar", at);
    let end = text.skip_spaces_back(at);
    for spelled in ["u.s.", "u.s"] {
        if text.ends_with(end, spelled) {
            return Found::main("USD", end - spelled.len());
        }
    }
    let start = text.word_start(end);
    if start == end || text.before(start).is_alphanumeric() && text.before(start).is_ascii() {
        return generic;
    }
    let word = text.word(start);
    // A single letter apart from its sign is as likely a word of its own; `c $` is the one in use.
    let apart = end < at;
    let known = DOLLAR_PREFIXES.iter().find(|(prefix, _)| *prefix == word.as_str());
    if let Some((prefix, name)) =
        known.filter(|(prefix, _)| !apart || matches!(*prefix, "c" | "us" | "hk" | "nz" | "nt"))
    {
        // `us` in lower case apart from `$` is a pronoun.
        // But not in text set apart word by word, where the sign has a space after it too.
        if !(apart && *prefix == "us" && text.at(start) == 'u' && text.at(at + 1) != ' ') {
            return Found::main(name, start);
        }
    }
    if let Some((name, 0)) = code(text, start, end) {
        return Found::main(name, start);
    }
    adjective(text, start, end).map_or(generic, |name| Found::main(name, start))
}

/// The dollar of the country that the adjective before `$` names: `Canadian $`.
fn adjective(text: &Folded, start: usize, end: usize) -> Option<&'static str> {
    let word = text.word(start);
    if end - start < 4 || word.as_str().is_empty() {
        return None;
    }
    let dollars = |names: &str| {
        names.split('|').any(|name| {
            name.strip_suffix(" dollar")
                .is_some_and(|country| country.ends_with(word.as_str()) && country.len() - word.as_str().len() != 1)
        })
    };
    NATIONAL.iter().find(|(_, english, ..)| dollars(english)).map(|(name, ..)| *name)
}

/// The money named by the words after a number that ends at an index, in English.
pub(in crate::bilingual) fn after_in_english(text: &Folded, number: usize, large: bool) -> Option<Found> {
    let mut at = text.skip_spaces(number);
    if at == number && text.at(at) == '-' {
        at += 1;
    }
    if let Some(name) = table::sign(text.at(at)) {
        // `10 $ 30` is ten and then a dollar sign of the next amount only where the sign clings to what follows.
        let clings = at > number && text.is_digit(at + 1);
        return (!clings).then(|| Found::main(name, at + 1));
    }
    if !text.at(at).is_ascii_alphabetic() && text.at(at) != 'z' {
        return None;
    }
    let word_end = text.letters_end(at);
    if let Some((name, exponent)) = code(text, at, word_end) {
        return Some(Found { name, edge: word_end, parts: 1, exponent });
    }
    for spelled in ["u.s. dollar", "u.s dollar", "u s dollar"] {
        if text.starts_with(at, spelled) {
            return Some(Found::main("USD", text.letters_end(at + spelled.len())));
        }
    }
    phrase(text, at).filter(|found| large || found.name != "KRW")
}

/// The longest name of money that the words at an index spell, the last of them in singular or plural.
fn phrase(text: &Folded, at: usize) -> Option<Found> {
    let mut best: Option<Found> = None;
    for name in table::english(text.at(at)).iter().filter(|name| text.starts_with(at, name.spelled)) {
        let mut edge = at + name.length;
        edge += usize::from(text.at(edge).eq_ignore_ascii_case(&'s'));
        let whole = !text.at(edge).is_alphanumeric();
        if whole && best.is_none_or(|best| edge > best.edge) {
            best = Some(Found { name: name.money, edge, parts: name.parts, exponent: 0 });
        }
    }
    if best.is_none() && text.word(at).as_str() == "won" {
        best = Some(Found::main("KRW", at + 3));
    }
    best
}

/// The money named after a number that ends at an index, in Chinese.
pub(in crate::bilingual) fn after_in_chinese(text: &Folded, number: usize) -> Option<Found> {
    let at = text.skip_spaces(number);
    let c = text.at(at);
    if let Some(name) = table::sign(c).filter(|_| !(at > number && text.is_digit(at + 1))) {
        return Some(Found::main(name, at + 1));
    }
    if c.is_ascii_alphabetic() {
        let end = text.letters_end(at);
        return code(text, at, end).map(|(name, exponent)| Found { name, edge: end, parts: 1, exponent });
    }
    if c.is_ascii() {
        return None;
    }
    let longest = |start: usize| {
        let names = table::chinese(text.at(start)).iter().filter(|name| text.starts_with(start, name.spelled));
        names.max_by_key(|name| name.length).map(|name| Found {
            name: name.money,
            edge: start + name.length,
            parts: name.parts,
            exponent: 0,
        })
    };
    longest(at).or_else(|| {
        let counted = matches!(c, '个' | '枚').then(|| longest(at + 1)).flatten()?;
        matches!(counted.name, "Bitcoin" | "Ether").then_some(counted)
    })
}
