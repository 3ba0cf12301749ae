//! The fast scan: where in a text a character may need a closer look.

use crate::text::lanes::{LANES, Look, Place, Simd, positions};

/// The byte offset of the first character that may need cleaning; it always begins a character.
///
/// What is passed over is surely clean: printable ASCII, line feeds (and tabs, unless the text must be `one_line`), Latin, Greek and
/// Cyrillic letters, Han, kana, Hangul syllables, and the punctuation of Chinese and English.
pub(super) fn first(bytes: &[u8], one_line: bool) -> Option<usize> {
    // Short ones are told before the widest registers are ready.
    if bytes.len() < LANES && bytes.iter().fold(true, |is_sure, byte| is_sure & matches!(byte, b' '..=b'~')) {
        return None;
    }
    positions::<Unsure>(bytes).find(|&at| plain_length(&bytes[at..], one_line) == 0)
}

/// Most of a text is told by its bytes alone; these are the rest, told by the bytes that follow them.
struct Unsure;

impl Look for Unsure {
    type Told = u64;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> u64 {
        let lanes = place.lanes();
        (!(lanes.between(b' ', b'~') | lanes.between(0x80, 0xBF) | lanes.between(0xE4, 0xE9))).bits()
    }
}

/// The length of the character at the start of the bytes if it is surely clean, else 0.
fn plain_length(bytes: &[u8], one_line: bool) -> usize {
    let second = bytes.get(1).copied().unwrap_or(0);
    let third = bytes.get(2).copied().unwrap_or(0);
    match bytes[0] {
        b'\n' | b'\t' => usize::from(!one_line),
        0x20..=0x7E => 1,
        0xC2 if second > 0xA0 && second != 0xAD => 2,
        0xC3..=0xCB | 0xCE..=0xD1 => 2,
        0xE4..=0xE9 | 0xEB | 0xEC => 3,
        0xE2 if second == 0x80 && (matches!(third, 0x90..=0xA7) || third >= 0xB0) => 3,
        0xE2 if matches!(second, 0x82 | 0x84..=0xB2) => 3,
        0xE3 if second == 0x80 && third < 0xAA => 3,
        0xE3 if matches!(second, 0x81 | 0x83 | 0x84) || second >= 0x86 => 3,
        0xE3 if second == 0x82 && third > 0x9A => 3,
        0xEF if matches!(second, 0xA4..=0xAB | 0xBC | 0xBD) => 3,
        0xF0 if second == 0x9F && third < 0xBF => 4,
        0xF0 if matches!(second, 0xA0..=0xAE) => 4,
        _ => 0,
    }
}
