//! Folding for filters: traditional characters become simplified ones, letters lower case.

use std::sync::LazyLock;

use crate::text::{fold, fold_into};

/// A line for each traditional character: the character and its simplified form.
const FORMS: &str = include_str!("../../assets/scripts/simplified.txt");
/// The block of characters that have forms. Nothing in it has a case or a width.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// The simplified form of each character of the block.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut forms: Vec<char> = (FIRST..=LAST).collect();
    for line in FORMS.lines() {
        let mut chars = line.chars();
        if let (Some(traditional), Some(simplified)) = (chars.next(), chars.next()) {
            forms[traditional as usize - FIRST as usize] = simplified;
        }
    }
    forms
});

/// Appends a text, folded and in simplified characters.
pub(super) fn simplify_into(text: &str, simplified: &mut String) {
    if text.is_ascii() {
        return fold_into(text, simplified);
    }
    let forms = &*SIMPLIFIED;
    simplified.extend(text.chars().map(|c| match c {
        FIRST..=LAST => forms[c as usize - FIRST as usize],
        c => fold(c),
    }));
}

/// A text, folded and in simplified characters.
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
