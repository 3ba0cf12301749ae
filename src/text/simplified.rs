//! The simplified forms of traditional characters.

use std::sync::LazyLock;

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

/// The simplified form of a character; the character itself if it has none.
pub fn simplified_form(c: char) -> char {
    match c {
        FIRST..=LAST => SIMPLIFIED[c as usize - FIRST as usize],
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_one_of_its_own_and_stays() {
        for line in FORMS.lines() {
            let mut chars = line.chars();
            let (traditional, simplified) = (chars.next().unwrap(), chars.next().unwrap());
            assert_eq!(simplified_form(traditional), simplified, "{line}");
            assert_eq!(simplified_form(simplified), simplified, "{line}");
        }
        assert_eq!(
            ['a', '中', '\u{20000}'].map(simplified_form),
            ['a', '中', '\u{20000}']
        );
    }
}
