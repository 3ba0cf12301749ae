//! Simplified and Traditional characters, made one for searching.

use std::sync::LazyLock;

use crate::text::{fold, fold_into};

/// A line for each traditional character: itself and its simplified form.
const FORMS: &str = include_str!("../../assets/scripts/simplified.txt");
/// The first and the last character that can stand in the table.
const RANGE: [char; 2] = ['\u{3400}', '\u{ffff}'];

/// For each character from the first on, its simplified form; 0 for one that stays as it is.
static SIMPLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut simple = vec![0; RANGE[1] as usize - RANGE[0] as usize + 1];
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
            Some(simple) if simple != 0 => char::from_u32(u32::from(simple)).unwrap_or(c),
            _ => fold(c),
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
    use super::*;

    #[test]
    fn both_scripts_become_one_and_the_rest_is_folded() {
        assert_eq!(simplified("輝達與ＮＶＩＤＩＡ，臺灣後來"), simplified("辉达与nvidia，台湾后来"));
        assert_eq!(simplified("Ａb，日本"), "ab,日本");
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
