//! Compares two texts in two languages by what translation leaves unchanged: figures, names, links, block structure and length.

use std::collections::HashSet;

use super::weights::LanguageWeights;

/// How much of each side is compared, in bytes: enough to judge, and bounded.
const MOST_BYTES: usize = 64 * 1024;

/// A side with fewer landmarks is judged by structure and length alone.
const FEWEST_LANDMARKS: usize = 5;

/// Whether the sides look like one story: they share figures, names and links, and agree in structure or length; if one side has
/// hardly any of these, they agree in structure and length.
///
/// A heuristic. It distinguishes a translation from a Chinese introduction before English lyrics or a change log, which share at
/// most names, but not from a commentary of equal length and structure that quotes every name and figure.
pub(super) fn are_similar(texts: [&str; 2], sides: [LanguageWeights; 2]) -> bool {
    let (structure, length) = (is_structure_similar(sides), is_length_similar(sides));
    match share_landmarks(texts) {
        Some(shared) => shared && (structure || length),
        None => structure && length,
    }
}

/// Whether at least three landmarks, and two in five of the side with fewer, are on both sides. None if a side has too few.
fn share_landmarks(texts: [&str; 2]) -> Option<bool> {
    let [one, other] = texts.map(|text| landmarks(beginning(text)));
    let fewer = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    (fewer >= FEWEST_LANDMARKS).then_some(shared >= 3 && shared * 5 >= fewer * 2)
}

/// The whole lines of a text within [`MOST_BYTES`].
fn beginning(text: &str) -> &str {
    if text.len() <= MOST_BYTES {
        return text;
    }
    &text[..memchr::memrchr(b'\n', &text.as_bytes()[..MOST_BYTES]).unwrap_or(0)]
}

/// The figures of two digits or more and the capitalised words of a text, the words in links included.
fn landmarks(text: &str) -> HashSet<&str> {
    let is_word_char = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let is_figure = |word: &str| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_name = |word: &str| word.len() >= 3 && word.starts_with(|c: char| c.is_ascii_uppercase());
    text.split(|c| !is_word_char(c))
        .map(|word| word.trim_matches('.'))
        .filter(|word| is_figure(word) || is_name(word))
        .collect()
}

/// Whether the sides have about as many blocks, and as many headings and labels.
fn is_structure_similar(sides: [LanguageWeights; 2]) -> bool {
    let [one, other] = sides.map(|side| side.blocks);
    let headings = sides[0].headings.abs_diff(sides[1].headings);
    one.min(other) >= 3 && one.abs_diff(other) * 4 <= one.max(other) && headings <= 1
}

/// Whether neither side is more than 1.7 times as long as the other.
fn is_length_similar(sides: [LanguageWeights; 2]) -> bool {
    let [one, other] = sides.map(LanguageWeights::total);
    one * 10 <= other * 17 && other * 10 <= one * 17
}
