//! Bytes to text, in any encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter};

use crate::text::{Problem, ProblemKind, is_han, line_breaks};

/// How many bytes are looked at to detect an encoding: more only costs time.
const SAMPLE: usize = 16 * 1024;

/// The least bytes that prove that a file is no text.
const LEAST_SAMPLE: usize = 512;

/// How many percent of the characters beyond ASCII may be damaged in a file that is still taken for
/// GB18030.
const MAX_DAMAGE_PERCENT: usize = 5;

/// Decodes the bytes of a file: a BOM decides, else UTF-8, else GB18030 or what is detected, else
/// lossy and a problem.
///
/// Text in UTF-8 without a BOM is borrowed. A guess, and damage, is reported as a problem.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Problem>) {
    if let Some((encoding, bom_length)) = Encoding::for_bom(bytes) {
        let (text, is_damaged) = encoding.decode_without_bom_handling(&bytes[bom_length..]);
        let problem = is_damaged.then(|| damaged(&text, encoding));
        return (text, problem);
    }
    // Text has no zeros, so nearly all files are searched for them only once.
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let has_zeros = memchr(0, sample).is_some();
    if has_zeros && let Some(encoding) = utf16_without_bom(bytes) {
        let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
        if !is_damaged {
            return (text, Some(guessed(encoding)));
        }
    }
    if has_zeros && is_binary(sample) {
        return (Cow::Borrowed(""), Some(binary(bytes.len())));
    }
    // Several times as fast as `str::from_utf8`.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        let is_binary = has_zeros && memchr_iter(0, sample).count() * 100 > sample.len();
        return (text, is_binary.then(not_text));
    }
    if has_zeros {
        return (String::from_utf8_lossy(bytes), Some(not_text()));
    }
    let start = Encoding::utf8_valid_up_to(bytes);
    let encoding = if is_damaged_utf8(bytes, start) {
        UTF_8
    } else {
        guess_encoding(bytes, start)
    };
    let (text, is_damaged) = encoding.decode_without_bom_handling(bytes);
    let problem = if is_damaged || encoding == UTF_8 {
        damaged(&text, encoding)
    } else {
        guessed(encoding)
    };
    (text, Some(problem))
}

/// True if more than a twentieth are control characters that no text has: programs, pictures and
/// archives have twice as many at least.
fn is_binary(sample: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    sample.len() >= LEAST_SAMPLE && sample.iter().filter(is_control).count() * 20 > sample.len()
}

fn binary(bytes: usize) -> Problem {
    let size = match bytes {
        0..1024 => tr!("{count} bytes", count = bytes),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    };
    let reason = tr!("not a text: {size} of binary", size = size);
    Problem::new(ProblemKind::Encoding, None, reason)
}

/// True if most of what is not ASCII is UTF-8 after all: a file that was cut, or holds a few
/// foreign bytes.
///
/// Text in another encoding hardly ever forms characters of three bytes, and Chinese and
/// typographic English are made of them.
fn is_damaged_utf8(bytes: &[u8], start: usize) -> bool {
    // The text before the first damage counts as well: three foreign bytes near the end do not make
    // it another encoding.
    let is_boundary = |&at: &usize| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80);
    let before = (start.saturating_sub(SAMPLE / 2)..=start)
        .find(is_boundary)
        .unwrap_or(start);
    let sample = &bytes[before..bytes.len().min(start + SAMPLE / 2)];
    let mut good = 0;
    let mut bad = 0;
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A single bad end is a file that was cut within its last character.
    let is_cut = bad == 1 && start + 3 >= bytes.len();
    good > bad * 2 || (is_cut && bytes.get(start).is_some_and(|&lead| lead >= 0xE0))
}

/// Guesses the encoding of bytes that are not UTF-8; GB18030 is preferred if the text would be
/// plausible Chinese.
fn guess_encoding(bytes: &[u8], start: usize) -> &'static Encoding {
    let from = bytes[..start]
        .iter()
        .position(|byte| !byte.is_ascii())
        .unwrap_or(start);
    let sample = &bytes[from..bytes.len().min(from + SAMPLE)];
    if is_plausible_gb18030(sample) {
        return GB18030;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() + from == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == GBK { GB18030 } else { guess }
}

/// True if bytes read as GB18030 are mostly common Chinese: the 3,755 characters of level 1 of GB
/// 2312 and its punctuation.
fn is_plausible_gb18030(bytes: &[u8]) -> bool {
    let mut common = 0;
    let mut other = 0;
    let mut bad = 0;
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let mut buffer = [0; 4];
    for c in text.chars().filter(|c| !c.is_ascii()) {
        let (encoded, _, is_unmappable) = GBK.encode(c.encode_utf8(&mut buffer));
        match *encoded {
            _ if c == char::REPLACEMENT_CHARACTER => bad += 1,
            [0xA1..=0xA3 | 0xB0..=0xD7, 0xA1..=0xFE] if !is_unmappable => common += 1,
            _ => other += 1,
        }
    }
    bad * 100 <= (common + other) * MAX_DAMAGE_PERCENT
        && common > other * 3
        && text.contains(is_han)
}

/// Detects UTF-16 without a BOM, if the evidence is overwhelming: a zero in at least a third of the
/// bytes of one parity of the beginning, and none in the other.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let units = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, high) if units >= 8 && high * 3 >= units => Some(UTF_16LE),
        (high, 0) if units >= 8 && high * 3 >= units => Some(UTF_16BE),
        _ => None,
    }
}

fn not_text() -> Problem {
    let reason = tr!("this looks like a binary file; its bytes are shown as far as they are text");
    Problem::new(ProblemKind::Encoding, None, reason)
}

fn guessed(encoding: &'static Encoding) -> Problem {
    let name = name(encoding);
    let reason = tr!(
        "the text is not UTF-8 and was read as {encoding}, which is a guess",
        encoding = name
    );
    Problem::new(ProblemKind::Encoding, None, reason)
}

/// The problem of bytes that are no characters: how many places, and the line of the first.
fn damaged(text: &str, encoding: &'static Encoding) -> Problem {
    let places = text.matches(char::REPLACEMENT_CHARACTER).count();
    let first = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(text.len());
    let line = line_breaks(&text[..first]) + 1;
    let name = name(encoding);
    let reason = if places == 1 {
        tr!(
            "1 place with damaged bytes is shown as � (read as {encoding})",
            encoding = name
        )
    } else {
        tr!(
            "{count} places with damaged bytes are shown as � (read as {encoding})",
            count = places,
            encoding = name
        )
    };
    Problem::new(ProblemKind::Encoding, Some(line), reason)
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 {
        "GB18030"
    } else {
        encoding.name()
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
