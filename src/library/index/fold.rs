//! The folding of the text store: case only, and no byte more or less than before.

/// The length-keeping folding of the store, for what is searched in it: letters to one case where that takes as many bytes; line breaks become spaces.
pub fn fold_text(text: &str) -> String {
    let mut folded = Vec::with_capacity(text.len());
    fold_onto(text, &mut folded, |_, _| {});
    String::from_utf8(folded).unwrap_or_default()
}

/// Appends the folding of a text, and tells what was changed: the byte offset in the text, and the bytes that stood there.
pub(super) fn fold_onto(text: &str, folded: &mut Vec<u8>, mut changed: impl FnMut(usize, &[u8])) {
    const STEP: usize = 16;
    let (bytes, start) = (text.as_bytes(), folded.len());
    folded.extend_from_slice(bytes);
    let folded = &mut folded[start..];
    let mut at = 0;
    while at < bytes.len() {
        // Compiled to a few vector instructions, so that Han text is passed over quickly.
        while bytes.get(at..at + STEP).is_some_and(|step| !step.iter().fold(false, |any, &byte| any | is_telling(byte)))
        {
            at += STEP;
        }
        let end = bytes.len().min(at + STEP);
        while at < end {
            match bytes[at] {
                byte @ (b'A'..=b'Z' | b'\n') => {
                    folded[at] = if byte == b'\n' { b' ' } else { byte | 0x20 };
                    changed(at, &bytes[at..=at]);
                }
                byte if byte >= 0xC3 && is_telling(byte) => {
                    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
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
    }
}

/// Whether a byte may begin a character that is folded. No ideograph begins so.
const fn is_telling(byte: u8) -> bool {
    let is_lead = byte >= 0xC3 && byte <= 0xE2 || byte == 0xEA || byte == 0xEF || byte == 0xF0;
    byte.wrapping_sub(b'A') < 26 || byte == b'\n' || is_lead
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
}
