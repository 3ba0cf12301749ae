//! The folding of the text store: case only, and no byte more or less than before.

/// The length-keeping folding of the store, for what is searched in it: letters to one case where that takes as many bytes; line breaks become spaces.
pub(in crate::library) fn fold_text(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_onto(text, &mut folded, |_, _| {});
    String::from_utf8(folded).unwrap_or_default()
}

/// How many bytes are looked at together.
const STEP: usize = 32;

/// Appends the folding of a text, and tells what was changed: the byte offset in the text, and the bytes that stood there.
pub(super) fn fold_onto(text: &str, folded: &mut Vec<u8>, mut changed: impl FnMut(usize, &[u8])) {
    let (bytes, start) = (text.as_bytes(), folded.len());
    folded.extend_from_slice(bytes);
    let folded = &mut folded[start..];
    let mut at = 0;
    while at < bytes.len() {
        let mut padded = [b' '; STEP + 2];
        let window = bytes.get(at..at + STEP + 2).unwrap_or_else(|| {
            padded[..bytes.len() - at].copy_from_slice(&bytes[at..]);
            &padded
        });
        if may_hold_wide_capitals(window) {
            at = fold_step(text, at, folded, &mut changed);
            continue;
        }
        // Of all words together, so that there is one loop to leave, at a place that nobody can foresee.
        let mut found = 0_u32;
        for word in (0..STEP).step_by(8) {
            let bits = capitals(window[word..word + 8].try_into().expect("invariant: eight bytes"));
            found |= u32::from(bits) << word;
        }
        while found != 0 {
            let place = at + found.trailing_zeros() as usize;
            folded[place] = fold_byte(bytes[place]);
            changed(place, &bytes[place..=place]);
            found &= found - 1;
        }
        at += STEP;
    }
}

/// Folds a step of a text character by character, and gives the offset after it.
fn fold_step(text: &str, start: usize, folded: &mut [u8], changed: &mut impl FnMut(usize, &[u8])) -> usize {
    let bytes = text.as_bytes();
    let (mut at, end) = (start, bytes.len().min(start + STEP));
    while at < end {
        match bytes[at] {
            byte @ (b'A'..=b'Z' | b'\n') => {
                folded[at] = fold_byte(byte);
                changed(at, &bytes[at..=at]);
            }
            byte if is_lead(byte) => {
                // It begins a character: no byte within one is such.
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
                let (small, length) = (fold_char(c), c.len_utf8());
                if small != c {
                    small.encode_utf8(&mut folded[at..at + length]);
                    changed(at, &bytes[at..at + length]);
                }
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
    at
}

/// What becomes of a capital letter or a line break of ASCII.
const fn fold_byte(byte: u8) -> u8 {
    if byte == b'\n' { b' ' } else { byte | 0x20 }
}

/// A bit for each of eight bytes that is a capital letter or a line break of ASCII, the first byte lowest. Letters are told by adding to the
/// lower seven bits of each byte what carries into the eighth, all eight at once.
fn capitals(bytes: [u8; 8]) -> u8 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    /// Multiplied with bits that are a byte apart, puts them side by side into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let word = u64::from_le_bytes(bytes);
    let low = word & !HIGH;
    let reaches = |from: u8| low + (0x80 - u64::from(from)) * ONES;
    let capital = reaches(b'A') & !reaches(b'Z' + 1);
    let line_break = reaches(b'\n') & !reaches(b'\n' + 1);
    let high = (capital | line_break) & !word & HIGH;
    ((high >> 7).wrapping_mul(GATHER) >> 56) as u8
}

/// Whether a character beyond ASCII that begins in the first [`STEP`] bytes of a window may be folded. Compiled to a few vector
/// instructions, so that Han text, its punctuation, and the quotation marks of English are passed over quickly.
fn may_hold_wide_capitals(window: &[u8]) -> bool {
    let (firsts, seconds, thirds) = (&window[..STEP], &window[1..=STEP], &window[2..STEP + 2]);
    if firsts.is_ascii() {
        return false;
    }
    let mut any = 0;
    for i in 0..STEP {
        let (first, second, third) = (firsts[i], seconds[i], thirds[i]);
        // U+2000–U+203F, and U+FF00–U+FF20, before the full-width letters.
        let marks = u8::from(first == 0xE2) & u8::from(second == 0x80);
        let wide = u8::from(first == 0xEF) & u8::from(second == 0xBC) & u8::from(third < 0xA1);
        any |= u8::from(is_lead(first)) & (1 ^ (marks | wide));
    }
    any != 0
}

/// Whether a byte may begin a character beyond ASCII that is folded. No ideograph begins so.
const fn is_lead(byte: u8) -> bool {
    byte >= 0xC3 && byte <= 0xE2 || byte == 0xEA || byte == 0xEF || byte == 0xF0
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
