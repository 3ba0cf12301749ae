//! Bytes to text, whatever the encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter};

use crate::text::{Problem, ProblemKind, is_han, line_breaks};

/// How many bytes the guess of an encoding looks at, from the first byte that is not ASCII: more only costs time.
const EVIDENCE: usize = 16 * 1024;

/// How many characters of damage GB18030 may show in a hundred that are not ASCII, and still be the encoding of a file.
const DAMAGE_PERCENT: usize = 5;

/// Decodes the bytes of a file: a BOM decides, else UTF-8, else GB18030 or what is detected, else lossy and a problem.
///
/// Text in UTF-8 without a BOM is borrowed. What was guessed, or was damaged, is a problem that says so.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Problem>) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[length..]);
        let problem = damaged.then(|| damage(&text, encoding));
        return (text, problem);
    }
    // Text has no zeros, so that hardly any file is looked at more than once for them.
    let has_zeros = memchr(0, beginning(bytes)).is_some();
    if has_zeros && let Some(encoding) = utf16_without_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        if !damaged {
            return (text, Some(guess(encoding)));
        }
    }
    // As `str::from_utf8`, several times as fast.
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => (text, has_zeros.then(|| binary(bytes)).flatten()),
        None => decode_other(bytes, Encoding::utf8_valid_up_to(bytes)),
    }
}

/// The beginning of a file, in which zeros are looked for.
fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(EVIDENCE)]
}

/// Decodes bytes that are not UTF-8 from `start` on.
fn decode_other(bytes: &[u8], start: usize) -> (Cow<'_, str>, Option<Problem>) {
    if memchr(0, beginning(bytes)).is_some() {
        return (String::from_utf8_lossy(bytes), Some(not_text()));
    }
    let encoding = if is_damaged_utf8(bytes, start) { UTF_8 } else { guess_encoding(bytes, start) };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let problem = if damaged || encoding == UTF_8 { damage(&text, encoding) } else { guess(encoding) };
    (text, Some(problem))
}

/// Says whether most of what is not ASCII is UTF-8 after all: a file that was cut, or holds a few foreign bytes.
///
/// Text of another encoding hardly ever forms characters of three bytes, and Chinese and typographic English are made of them.
fn is_damaged_utf8(bytes: &[u8], start: usize) -> bool {
    // What stands before the first damage counts as well: three foreign bytes near the end of a text do not make it another's.
    let before =
        (start.saturating_sub(EVIDENCE / 2)..=start).find(|&at| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80));
    let evidence = &bytes[before.unwrap_or(start)..bytes.len().min(start + EVIDENCE / 2)];
    let (mut good, mut bad) = (0, 0);
    for chunk in evidence.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A single bad end is a file that was cut within its last character.
    let cut = bad == 1 && start + 3 >= bytes.len();
    good > bad * 2 || (cut && bytes.get(start).is_some_and(|&lead| lead >= 0xE0))
}

/// Guesses the encoding of bytes that are not UTF-8; GB18030 is preferred where the text would be plausible Chinese.
fn guess_encoding(bytes: &[u8], start: usize) -> &'static Encoding {
    let from = bytes[..start].iter().position(|byte| !byte.is_ascii()).unwrap_or(start);
    let evidence = &bytes[from..bytes.len().min(from + EVIDENCE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(evidence, evidence.len() + from == bytes.len());
    if is_plausible_gb18030(evidence) {
        return GB18030;
    }
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == GBK { GB18030 } else { guess }
}

/// Says whether bytes read as GB18030 are mostly common Chinese: the 3,755 characters of level 1 of GB 2312 and its punctuation.
fn is_plausible_gb18030(bytes: &[u8]) -> bool {
    let (mut common, mut other, mut bad) = (0, 0, 0);
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let (mut buffer, mut pair) = ([0; 4], [0; 2]);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        let (encoded, _, unmappable) = GBK.encode(c.encode_utf8(&mut buffer));
        pair.fill(0);
        if !unmappable && encoded.len() == 2 {
            pair.copy_from_slice(&encoded);
        }
        match pair {
            _ if c == char::REPLACEMENT_CHARACTER => bad += 1,
            [0xA1..=0xA3 | 0xB0..=0xD7, 0xA1..=0xFE] => common += 1,
            _ => other += 1,
        }
    }
    bad * 100 <= (common + other) * DAMAGE_PERCENT && common > other * 3 && text.contains(is_han)
}

/// Finds UTF-16 without a BOM, where the evidence is overwhelming: a zero in at least a third of the bytes of one parity of
/// the beginning, and none in the other.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let units = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, high) if units >= 8 && high * 3 >= units => Some(UTF_16LE),
        (high, 0) if units >= 8 && high * 3 >= units => Some(UTF_16BE),
        _ => None,
    }
}

/// The problem of UTF-8 whose beginning holds too many zeros to be text.
fn binary(bytes: &[u8]) -> Option<Problem> {
    let sample = beginning(bytes);
    let zeros = memchr_iter(0, sample).count();
    (zeros * 100 > sample.len()).then(not_text)
}

/// The problem of a file that is not text.
fn not_text() -> Problem {
    let reason = "this looks like a binary file; its bytes are shown as far as they are text";
    Problem::new(ProblemKind::Encoding, None, reason)
}

/// The problem of an encoding that was guessed.
fn guess(encoding: &'static Encoding) -> Problem {
    let reason = format!("the text is not UTF-8 and was read as {}, which is a guess", name(encoding));
    Problem::new(ProblemKind::Encoding, None, reason)
}

/// The problem of bytes that are no characters: how many places, and the line of the first.
fn damage(text: &str, encoding: &'static Encoding) -> Problem {
    let places = text.matches(char::REPLACEMENT_CHARACTER).count();
    let first = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(text.len());
    let line = line_breaks(&text[..first]) + 1;
    let (places, verb) = if places == 1 { ("1 place".to_owned(), "is") } else { (format!("{places} places"), "are") };
    let reason = format!("{places} with damaged bytes {verb} shown as � (read as {})", name(encoding));
    Problem::new(ProblemKind::Encoding, Some(line), reason)
}

/// The name of an encoding as people write it.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
