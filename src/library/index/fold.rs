//! The folding of the text store: case only, and no byte more or less than before.

use crate::text::{Kind, LANES, Look, Place, Simd, each_look, places};

/// Who is told what a folding changed, in order.
pub(super) trait Changes {
    /// Capital letters of ASCII: from a byte offset in the text on, those of a mask, which has a bit for each of [`LANES`] bytes.
    fn capitals(&mut self, text: &[u8], from: usize, mask: u64);

    /// Another character, whose bytes stood at an offset.
    fn other(&mut self, at: usize, bytes: &[u8]);
}

/// For whoever need not know.
impl Changes for () {
    fn capitals(&mut self, _: &[u8], _: usize, _: u64) {}

    fn other(&mut self, _: usize, _: &[u8]) {}
}

/// The length-index_writer folding of the store, for what is searched in it: letters to one case where that takes as many bytes; line breaks become spaces.
pub(in crate::library) fn fold_text(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_onto(text, &mut folded, &mut ());
    String::from_utf8(folded).unwrap_or_default().replace('\n', " ")
}

/// Appends the folding of a text without its line breaks, which stay, and tells what was changed; says whether all of the text is ASCII.
pub(super) fn fold_onto(text: &str, folded: &mut Vec<u8>, changes: &mut impl Changes) -> bool {
    let (bytes, start) = (text.as_bytes(), folded.len());
    folded.reserve(bytes.len() + LANES);
    let (mut is_ascii, mut last) = (true, None);
    each_look::<Cases>(bytes, |step, &Cases { ref small, mut capitals, others, has_others }| {
        folded.extend_from_slice(small);
        is_ascii &= !has_others;
        if let Some((at, c)) = last.take() {
            put(c, &mut folded[start + at..]);
        }
        for place in places(others) {
            let (at, before) = (step + place, capitals & !(u64::MAX << place));
            changes.capitals(bytes, step, before);
            capitals &= !before;
            let Some(c) = text[at..].chars().next() else { continue };
            let small = fold_char(c);
            if small != c {
                changes.other(at, &bytes[at..at + c.len_utf8()]);
                put(small, &mut folded[start + at..]);
                // Its last bytes may stand in the next step, which comes over them.
                last = Some((at, small));
            }
        }
        changes.capitals(bytes, step, capitals);
    });
    folded.truncate(start + bytes.len());
    is_ascii
}

/// Puts a character in the place of another, as far as there is room.
fn put(c: char, place: &mut [u8]) {
    let mut bytes = [0; 4];
    place.iter_mut().zip(c.encode_utf8(&mut bytes).bytes()).for_each(|(byte, new)| *byte = new);
}

/// What is told of a step of a text: the bytes with the letters of ASCII small, and a bit for each.
#[derive(Clone, Copy, Debug)]
struct Cases {
    small: [u8; LANES],
    /// The letters that were capital.
    capitals: u64,
    /// What begins another character that may have case.
    others: u64,
    /// Whether there is a byte beyond ASCII.
    has_others: bool,
}

impl Default for Cases {
    fn default() -> Self {
        Self { small: [b' '; LANES], capitals: 0, others: 0, has_others: false }
    }
}

impl Look for Cases {
    type Told = Self;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> Self {
        let lanes = place.lanes();
        let (small, capitals) = lanes.small();
        let others = may_have_case(place).bits();
        Self { small, capitals: capitals.bits(), others, has_others: !lanes.beyond_ascii().is_none() }
    }
}

/// The bytes that begin a character beyond ASCII which may have case. No ideograph begins so, and no byte within a character is such; nor
/// are the most frequent of the others, the marks of U+2000–U+203F and U+FF00–U+FF20.
#[inline(always)]
fn may_have_case<S: Simd>(place: Place<'_, S>) -> Kind<S> {
    let (here, next) = (place.lanes(), place.after(1));
    let marks = here.are(0xE2) & next.are(0x80) | here.are(0xEF) & next.are(0xBC) & place.after(2).up_to(0xA0);
    (here.between(0xC3, 0xE2) | here.between(0xEA, 0xF0)) & !marks
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
        fn capitals(&mut self, text: &[u8], from: usize, mask: u64) {
            for at in places(mask).map(|place| from + place) {
                assert!(text[at].is_ascii_uppercase());
                self.push((at, vec![text[at]]));
            }
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
