//! The fast scan: where in a text a character may need a closer look.

/// How many bytes are looked at together; the compiler turns the test of one block into vector instructions.
const BLOCK: usize = 32;

/// The byte offset of the first character that may need cleaning; it always begins a character.
///
/// What is passed over is surely clean: printable ASCII, line feeds (and tabs, unless the text must be `one_line`), Latin, Greek and
/// Cyrillic letters, Han, kana, Hangul syllables, and the punctuation of Chinese and English.
pub(super) fn first(bytes: &[u8], one_line: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        while let Some(window) = bytes.get(at..at + BLOCK + 2) {
            if !block_is_ascii(window, one_line) && !block_is_plain(window, one_line) {
                break;
            }
            at += BLOCK;
        }
        // The block may have ended within a character whose first bytes were plain.
        while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
            at += 1;
        }
        if let Some(rest) = bytes.get(at..).filter(|rest| rest.len() <= BLOCK) {
            // The last of a text, and all of a short one, between spaces.
            let mut window = [b' '; BLOCK + 2];
            window[..rest.len()].copy_from_slice(rest);
            if block_is_ascii(&window, one_line) || block_is_plain(&window, one_line) {
                return None;
            }
        }
        let stop = bytes.len().min(at + BLOCK);
        while at < stop {
            match plain_length(&bytes[at..], one_line) {
                0 => return Some(at),
                length => at += length,
            }
        }
        if at >= bytes.len() {
            return None;
        }
    }
}

/// Says whether the first [`BLOCK`] bytes of the window are plain ASCII, as most of English is: asked first, being cheap.
fn block_is_ascii(window: &[u8], one_line: bool) -> bool {
    let keeps_breaks = u8::from(!one_line);
    let is_odd = |odd: u8, &byte: &u8| {
        let line = (u8::from(byte == b'\n') | u8::from(byte == b'\t')) & keeps_breaks;
        odd | (1 ^ (u8::from(byte.wrapping_sub(0x20) < 0x5F) | line))
    };
    window[..BLOCK].iter().fold(0, is_odd) == 0
}

/// Says whether no character that begins in the first [`BLOCK`] bytes of the window needs a closer look.
fn block_is_plain(window: &[u8], one_line: bool) -> bool {
    let (firsts, seconds, thirds) = (&window[..BLOCK], &window[1..=BLOCK], &window[2..BLOCK + 2]);
    let keeps_breaks = u8::from(!one_line);
    let mut odd = 0u8;
    for i in 0..BLOCK {
        let (first, second, third) = (firsts[i], seconds[i], thirds[i]);
        let ascii = u8::from(first.wrapping_sub(0x20) < 0x5F);
        let line = (u8::from(first == b'\n') | u8::from(first == b'\t')) & keeps_breaks;
        let inside = u8::from(first & 0xC0 == 0x80);
        let han = u8::from(first.wrapping_sub(0xE4) < 6);
        // U+3000–U+3029 and U+3040–U+307F: Chinese punctuation and hiragana, without the tone marks U+302A–U+302F.
        let marks =
            u8::from(first == 0xE3) & ((u8::from(second == 0x80) & u8::from(third < 0xAA)) | u8::from(second == 0x81));
        // U+FF00–U+FF7F: full-width forms.
        let wide = u8::from(first == 0xEF) & u8::from(second & 0xFE == 0xBC);
        // U+2010–U+2027 and U+2030–U+203F: dashes, quotation marks, the ellipsis.
        let quotes = u8::from(first == 0xE2)
            & u8::from(second == 0x80)
            & (u8::from(third.wrapping_sub(0x90) < 0x18) | u8::from(third >= 0xB0));
        odd |= 1 ^ (ascii | line | inside | han | marks | wide | quotes);
    }
    odd == 0
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
