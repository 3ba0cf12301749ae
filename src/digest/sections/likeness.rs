//! Whether two texts in two languages look like the same story, by what translation leaves alone: figures, names, links, and the build.

use std::collections::HashSet;

use super::evidence::Evidence;
use crate::text::Language;

/// How much of each side is looked at, in bytes: enough to judge, and bounded.
const LOOK: usize = 64 * 1024;

/// How many landmarks a text must have for their absence in the other to say something.
const FEW: usize = 5;

/// Says whether the sides are alike: they share figures, names and links, and are of like build or length; or, where one has hardly any
/// of these, they are of like build and length.
///
/// A heuristic. It parts a translation from a Chinese introduction before English lyrics or a change log, which share at most
/// names; it cannot part it from a commentary of equal length and build that quotes every name and figure.
pub(super) fn are_alike(texts: [&str; 2], sides: [Evidence; 2]) -> bool {
    let (build, length) = (same_build(sides), same_length(sides));
    match share_landmarks(texts) {
        Some(shared) => shared && (build || length),
        None => build && length,
    }
}

/// Says whether at least three landmarks, and two in five of the side that has fewer, are in both; `None` where a side has few.
fn share_landmarks(texts: [&str; 2]) -> Option<bool> {
    let [one, other] = texts.map(|text| landmarks(&text[..look(text)]));
    let fewer = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    (fewer >= FEW).then_some(shared >= 3 && shared * 5 >= fewer * 2)
}

/// How many bytes of a text are looked at: up to the last line break within reach.
fn look(text: &str) -> usize {
    if text.len() <= LOOK { text.len() } else { memchr::memrchr(b'\n', &text.as_bytes()[..LOOK]).unwrap_or(0) }
}

/// The figures of two digits or more, and the words with a capital, of a text. The parts of a link are among them.
fn landmarks(text: &str) -> HashSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let is_landmark = |word: &&str| {
        word.len() >= 2
            && (word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                || (word.len() >= 3 && word.starts_with(|c: char| c.is_ascii_uppercase())))
    };
    text.split(|c| !is_part(c)).map(|word| word.trim_matches('.')).filter(is_landmark).collect()
}

/// Says whether the sides have about as many blocks, and as many headings and labels.
fn same_build(sides: [Evidence; 2]) -> bool {
    let [one, other] = sides.map(|side| side.blocks);
    let headings = sides[0].headings.abs_diff(sides[1].headings);
    one.min(other) >= 3 && one.abs_diff(other) * 4 <= one.max(other) && headings <= 1
}

/// Says whether neither side is more than 1.7 times as long as the other.
fn same_length(sides: [Evidence; 2]) -> bool {
    let [one, other] =
        sides.map(|side| Language::BOTH.map(|language| side.weight(language)).into_iter().sum::<usize>());
    one * 10 <= other * 17 && other * 10 <= one * 17
}
