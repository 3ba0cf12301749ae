//! Simplified and Traditional characters, made one for searching.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use crate::text::{fold, fold_into};

/// A line for each traditional character: itself and its simplified form.
const FORMS: &str = include_str!("../../assets/scripts/simplified.txt");
/// The first and the last character that can stand in the table.
const RANGE: [char; 2] = ['\u{3400}', '\u{ffff}'];

/// What of these is no ideograph and yet folded: letters and signs of full width.
const WIDE: RangeInclusive<char> = '\u{ff01}'..='\u{ff5e}';

/// For each character from the first on, its simplified form or its folding; 0 for one that stays as it is.
static SIMPLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut simple = vec![0; RANGE[1] as usize - RANGE[0] as usize + 1];
    for c in WIDE {
        simple[c as usize - RANGE[0] as usize] = fold(c) as u16;
    }
    for line in FORMS.lines() {
        let mut chars = line.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next())
            && let Some(place) = (from as usize).checked_sub(RANGE[0] as usize).and_then(|at| simple.get_mut(at))
        {
            *place = to as u16;
        }
    }
    simple
});

/// Appends the folding of a text in simplified characters to another.
pub(super) fn simplify_into(text: &str, simplified: &mut String) {
    if text.is_ascii() {
        return fold_into(text, simplified);
    }
    let forms = &*SIMPLE;
    // Most characters stay as they are, and are copied many at a time.
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        let form = (c as usize).checked_sub(RANGE[0] as usize).and_then(|at| forms.get(at)).copied();
        let simple = match form {
            Some(0) => continue,
            Some(simple) => char::from_u32(u32::from(simple)).unwrap_or(c),
            None => fold(c),
        };
        if simple != c {
            simplified.push_str(&text[copied..at]);
            simplified.push(simple);
            copied = at + c.len_utf8();
        }
    }
    simplified.push_str(&text[copied..]);
}

/// The folding of a text in simplified characters.
pub(super) fn simplified(text: &str) -> String {
    let mut simplified = String::with_capacity(text.len());
    simplify_into(text, &mut simplified);
    simplified
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn both_scripts_become_one_and_the_rest_is_folded() {
        assert_eq!(simplified("輝達與ＮＶＩＤＩＡ，臺灣後來"), simplified("辉达与nvidia，台湾后来"));
        assert_eq!(simplified("Ａb，日本"), "ab,日本");
    }

    #[test]
    fn every_character_without_a_form_is_folded() {
        let forms: HashMap<char, char> =
            FORMS.lines().filter_map(|line| Some((line.chars().next()?, line.chars().nth(1)?))).collect();
        for c in '\u{80}'..=char::MAX {
            let expected = forms.get(&c).copied().unwrap_or_else(|| fold(c));
            assert_eq!(simplified(&format!("{c}“中")), format!("{expected}“中"), "{c:?}");
        }
    }

    #[test]
    fn simplifying_twice_changes_nothing_more() {
        for line in FORMS.lines() {
            let once = simplified(line);
            assert_eq!(simplified(&once), once, "{line}");
            assert_eq!(once.chars().next(), once.chars().nth(1), "{line}");
        }
    }
}
