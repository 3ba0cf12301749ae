//! The table of units: currencies, coins and measures, with the names that both languages give
//! them.
//!
//! Currency codes and names follow ISO 4217 and the list of circulating currencies.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::char_buffer::CharBuffer;
use super::figure::Unit;
use crate::text::Language;

/// One unit a line, its columns separated by tabs and several names by `|`. The first line says
/// what the columns are.
const TABLE: &str = include_str!("units.tsv");

/// The name of an `m` behind digits: metres, minutes, megabytes, or millions after all.
pub(super) const AMBIGUOUS: &str = "m";

#[derive(Clone, Copy, Debug)]
pub(super) struct UnitName {
    pub(super) unit: Unit,
    /// How many of it make one of the main unit: 100 for a cent, 1 if it is no coin.
    pub(super) parts: i64,
    spelling: &'static str,
    language: Language,
}

impl UnitName {
    /// The index after the name at an index, an English plural included; `None` if the name is only
    /// the beginning of a word.
    fn end(&self, text: &CharBuffer, start: usize) -> Option<usize> {
        let mut end = start + self.spelling.chars().count();
        if self.language == Language::Chinese && !self.spelling.is_ascii() {
            return Some(end);
        }
        if self.language == Language::English {
            end += usize::from(text.at(end).eq_ignore_ascii_case(&'s'));
        }
        let next = text.at(end);
        let continues = match self.unit {
            Unit::Currency(_) => next.is_alphanumeric(),
            // Digests write 5km和 without a space.
            Unit::Measure(_) => next.is_ascii_alphanumeric(),
        };
        (!continues).then_some(end)
    }
}

pub(super) struct Currency {
    /// The ISO 4217 code, or a generic name.
    pub(super) name: &'static str,
    /// How many make one of the main unit: 1 if it is no coin.
    pub(super) parts: i64,
    /// The main unit of a coin, the generic name of a currency (`Dollar` for `USD`), or empty.
    pub(super) main: &'static str,
    pub(super) english: &'static str,
}

struct Units {
    currencies: Vec<Currency>,
    signs: HashMap<char, &'static str>,
    /// The names of each language, by their first character.
    names: [HashMap<char, Vec<UnitName>>; 2],
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut units = Units {
        currencies: Vec::new(),
        signs: HashMap::new(),
        names: [HashMap::new(), HashMap::new()],
    };
    for row in TABLE.lines().skip(1) {
        let mut columns = row.split('\t');
        let mut column = || columns.next().unwrap_or_default();
        let (kind, name, english, chinese) = (column(), column(), column(), column());
        let (sign, parts, main) = (column(), column().parse().unwrap_or(1), column());
        let unit = if kind == "measure" {
            Unit::Measure(name)
        } else {
            Unit::Currency(name)
        };
        if kind == "currency" {
            units.currencies.push(Currency {
                name,
                parts,
                main,
                english,
            });
        }
        units.signs.extend(sign.chars().map(|sign| (sign, name)));
        for (language, names) in [(Language::Chinese, chinese), (Language::English, english)] {
            for spelling in names.split('|').filter(|spelling| !spelling.is_empty()) {
                let first = spelling.chars().next().unwrap_or_default();
                let list = units.names[language as usize].entry(first).or_default();
                list.push(UnitName {
                    unit,
                    parts,
                    spelling,
                    language,
                });
            }
        }
    }
    units
});

/// The names of units at an index, each with the index after it.
pub(super) fn names_at(
    text: &CharBuffer,
    at: usize,
    language: Language,
) -> impl Iterator<Item = (&'static UnitName, usize)> {
    let names = UNITS.names[language as usize].get(&text.at(at).to_ascii_lowercase());
    let names = names
        .into_iter()
        .flatten()
        .filter(move |name| text.starts_with(at, name.spelling));
    names.filter_map(move |name| Some((name, name.end(text, at)?)))
}

/// The currency that a sign of one character means.
pub(super) fn sign(c: char) -> Option<&'static str> {
    UNITS.signs.get(&c).copied()
}

pub(super) fn currencies() -> &'static [Currency] {
    &UNITS.currencies
}

pub(super) fn currency(name: &str) -> Option<&'static Currency> {
    UNITS
        .currencies
        .iter()
        .find(|currency| currency.name == name)
}

/// The currency of an ISO 4217 code, in either case.
pub(super) fn currency_of_code(code: &str) -> Option<&'static str> {
    currency(&code.to_ascii_uppercase()).map(|currency| currency.name)
}

/// The measure after a number that ends at an index, and the index after its name: the longest that
/// fits.
pub(super) fn measure_after(
    text: &CharBuffer,
    number: usize,
    language: Language,
) -> Option<(Unit, usize)> {
    let is_chinese = language == Language::Chinese;
    let mut at = text.skip_spaces(number);
    if at == number
        && text.before(at).is_ascii_digit()
        && let Some(unit) = one_letter(text, at)
    {
        return Some((Unit::Measure(unit), at + 1));
    }
    let has_counter = is_chinese && text.at(at) == '个';
    at += usize::from(has_counter || !is_chinese && at == number && text.at(at) == '-');
    let measures = names_at(text, at, language).filter(|(name, end)| match name.unit {
        Unit::Currency(_) => false,
        // 3月 is March and 三季度 the third quarter; only 3个月 are months.
        Unit::Measure("month" | "quarter") if is_chinese && !has_counter => false,
        Unit::Measure(_) => !begins_another_word(name.spelling, text.at(*end)),
    });
    measures
        .max_by_key(|(_, end)| *end)
        .map(|(name, end)| (name.unit, end))
}

/// The measure that one letter right behind digits means: 30s, 1h, 12m long.
fn one_letter(text: &CharBuffer, at: usize) -> Option<&'static str> {
    let next = text.at(at + 1);
    if next.is_ascii_alphabetic() || next == '_' || next.is_ascii_digit() && text.at(at) != 'h' {
        return None;
    }
    match text.at(at) {
        's' => Some("second"),
        'h' => Some("hour"),
        'g' => Some("gram"),
        'm' => Some(AMBIGUOUS),
        _ => None,
    }
}

/// Whether a Chinese measure of one character begins another word: Fedora 31 升级, 5 天猫.
fn begins_another_word(spelling: &str, next: char) -> bool {
    let others = match spelling {
        "升" => "级級至到高温值降学起",
        "天" => "猫津然下空才",
        "克" => "服隆里",
        "米" => "饭粉兰",
        "度" => "过假",
        "周" => "围边末",
        "年" => "级級轻",
        _ => return false,
    };
    others.contains(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_whole() {
        for row in TABLE.lines().skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            let parts = columns.get(5).copied().unwrap_or_default();
            let main = columns.get(6).copied().unwrap_or_default();
            assert!(
                matches!(columns[0], "currency" | "measure") && (3..=7).contains(&columns.len()),
                "{row}"
            );
            assert!(
                parts.is_empty() || parts.parse::<i64>().is_ok_and(|parts| parts > 1),
                "{row}"
            );
            assert!(main.is_empty() || currency(main).is_some(), "{row}");
        }
        assert!(currencies().len() > 150);
        assert_eq!(
            (sign('$'), sign('元'), currency_of_code("usd")),
            (Some("Dollar"), None, Some("USD"))
        );
    }
}
