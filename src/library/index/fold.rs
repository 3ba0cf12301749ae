//! The folding of the text store: case only, and no byte more or less than before.

use crate::text::{LANES, Lanes, places};

/// Who is told what a folding changed, in order.
pub(super) trait Changes {
    /// A capital letter of ASCII, at a byte offset in the text.
    fn capital(&mut self, at: usize, letter: u8);

    /// Another character, whose bytes stood at an offset.
    fn other(&mut self, at: usize, bytes: &[u8]);
}

/// For whoever need not know.
impl Changes for () {
    fn capital(&mut self, _: usize, _: u8) {}

    fn other(&mut self, _: usize, _: &[u8]) {}
}

/// The length-keeping folding of the store, for what is searched in it: letters to one case where that takes as many bytes; line breaks become spaces.
pub(in crate::library) fn fold_text(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_onto(text, &mut folded, &mut ());
    String::from_utf8(folded).unwrap_or_default().replace('\n', " ")
}

/// Appends the folding of a text without its line breaks, which stay, and tells what was changed; says whether all of the text is ASCII.
pub(super) fn fold_onto(text: &str, folded: &mut Vec<u8>, changes: &mut impl Changes) -> bool {
    let (bytes, start) = (text.as_bytes(), folded.len());
    folded.extend_from_slice(bytes);
    let folded = &mut folded[start..];
    let mut is_ascii = true;
    for step in (0..bytes.len()).step_by(LANES) {
        let lanes = Lanes::at(bytes, step);
        let capitals = lanes.between(b'A', b'Z');
        if lanes.are_ascii() {
            for at in places(capitals.bits()).map(|place| step + place) {
                changes.capital(at, lower(&mut folded[at]));
            }
            continue;
        }
        is_ascii = false;
        // What begins a character that may have case. No ideograph begins so, and no byte within a character is such.
        let leads = lanes.between(0xC3, 0xE2) | lanes.between(0xEA, 0xF0);
        for at in places((capitals | leads).bits()).map(|place| step + place) {
            if bytes[at].is_ascii() {
                changes.capital(at, lower(&mut folded[at]));
            } else if !is_mark(&bytes[at..]) {
                fold_at(text, at, folded, changes);
            }
        }
    }
    is_ascii
}

/// Makes a capital letter of ASCII small; gives it as it was.
#[inline]
fn lower(letter: &mut u8) -> u8 {
    std::mem::replace(letter, *letter | 0x20)
}

/// Folds the character at an offset that is beyond ASCII.
fn fold_at(text: &str, at: usize, folded: &mut [u8], changes: &mut impl Changes) {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
    let (small, end) = (fold_char(c), at + c.len_utf8());
    if small != c {
        small.encode_utf8(&mut folded[at..end]);
        changes.other(at, &text.as_bytes()[at..end]);
    }
}

/// Whether bytes begin with a mark of U+2000–U+203F or U+FF00–U+FF20, the most frequent of what has no case.
fn is_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, ..] | [0xEF, 0xBC, ..0xA1, ..])
}

/// The small letter of a letter's capital, so that ς and σ are one, where all three take as many bytes.
fn fold_char(c: char) -> char {
    // General punctuation, the most frequent of what is looked at, has no case.
    if matches!(c, '\u{2000}'..='\u{20ff}' | '\u{ff01}'..='\u{ff20}') {
        return c;
    }
    let same = |other: &char| other.len_utf8() == c.len_utf8();
    let capital = single(c.to_uppercase()).filter(same).unwrap_or(c);
    let small = single(capital.to_lowercase()).filter(same);
    small.or_else(|| single(c.to_lowercase()).filter(same)).unwrap_or(c)
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Changes for Vec<(usize, Vec<u8>)> {
        fn capital(&mut self, at: usize, letter: u8) {
            assert!(letter.is_ascii_uppercase());
            self.push((at, vec![letter]));
        }

        fn other(&mut self, at: usize, bytes: &[u8]) {
            assert!(!bytes.is_ascii());
            self.push((at, bytes.to_vec()));
        }
    }

    #[test]
    fn every_character_keeps_its_length_and_is_folded_once_for_all() {
        for c in '\0'..=char::MAX {
            let one = fold_text(c.encode_utf8(&mut [0; 4]));
            assert_eq!(one.len(), c.len_utf8(), "{c:?}");
            assert_eq!(fold_text(&one), one, "{c:?}");
        }
        assert_eq!(fold_text("NVIDIA 英伟达，ÉΣς Ｎｖ\nИ"), "nvidia 英伟达，éσσ ｎｖ и");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn long_texts_are_folded_as_single_characters_are(
            text in "(([a-z ]{0,40}|[A-Za-z]{1,12}|[一-龥，。“—：（]{1,20}|[ÉΣςＡＺａ＠［\n@\\[`{ИⅣⒶ𐐀ꙀÀ]){0,40})"
        ) {
            let (mut folded, mut changes) = (b"before".to_vec(), Vec::new());
            prop_assert_eq!(fold_onto(&text, &mut folded, &mut changes), text.is_ascii());
            let right: String = "before".chars().chain(text.chars().map(fold_char)).collect();
            prop_assert_eq!(String::from_utf8(folded).unwrap(), right);
            let changed = text.char_indices().filter(|&(_, c)| fold_char(c) != c);
            let changed: Vec<_> = changed.map(|(at, c)| (at, c.to_string().into_bytes())).collect();
            prop_assert_eq!(changes, changed);
        }
    }
}
