//! The folding of the text store: case only, and no byte more or less than before.

use crate::text::{LANES, Lanes, places};

/// The length-keeping folding of the store, for what is searched in it: letters to one case where that takes as many bytes; line breaks become spaces.
pub(in crate::library) fn fold_text(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_onto(text, &mut folded, |_, _| {});
    String::from_utf8(folded).unwrap_or_default()
}

/// Appends the folding of a text, and tells what was changed: the byte offset in the text, and the bytes that stood there.
pub(super) fn fold_onto(text: &str, folded: &mut Vec<u8>, mut changed: impl FnMut(usize, &[u8])) {
    let (bytes, start) = (text.as_bytes(), folded.len());
    folded.extend_from_slice(bytes);
    let folded = &mut folded[start..];
    for step in (0..bytes.len()).step_by(LANES) {
        let lanes = Lanes::at(bytes, step);
        let ascii = lanes.between(b'A', b'Z') | lanes.any_of([b'\n']);
        let found = if lanes.beyond_ascii().bits() == 0 {
            ascii.bits()
        } else {
            // What begins a character that may have case. No ideograph begins so, and no byte within a character is such.
            (ascii | lanes.between(0xC3, 0xE2) | lanes.any_of([0xEA, 0xEF, 0xF0])).bits()
        };
        for at in places(found).map(|place| step + place) {
            if bytes[at].is_ascii() {
                folded[at] = fold_byte(bytes[at]);
                changed(at, &bytes[at..=at]);
            } else if !is_mark(&bytes[at..]) {
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
                let (small, length) = (fold_char(c), c.len_utf8());
                if small != c {
                    small.encode_utf8(&mut folded[at..at + length]);
                    changed(at, &bytes[at..at + length]);
                }
            }
        }
    }
}

/// What becomes of a capital letter or a line break of ASCII.
const fn fold_byte(byte: u8) -> u8 {
    if byte == b'\n' { b' ' } else { byte | 0x20 }
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
            let (mut folded, mut changes) = (Vec::new(), Vec::new());
            fold_onto(&text, &mut folded, |at, bytes| changes.push((at, bytes.to_vec())));
            let fold = |c: char| if c == '\n' { ' ' } else { fold_char(c) };
            prop_assert_eq!(String::from_utf8(folded).unwrap(), text.chars().map(fold).collect::<String>());
            let changed = text.char_indices().filter(|&(_, c)| fold(c) != c);
            let changed: Vec<_> = changed.map(|(at, c)| (at, c.to_string().into_bytes())).collect();
            prop_assert_eq!(changes, changed);
        }
    }
}
