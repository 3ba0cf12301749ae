//! Words: where they begin and end in Chinese and in English.
//!
//! Chinese is split along the path with the highest product of word frequencies (the unigram model of segmentation that
//! jieba made common, solved by dynamic programming). The words, their frequencies and readings are in a sorted table
//! inside the program (`assets/pinyin`), which is searched in place: nothing is loaded and no memory taken.

use std::ops::Range;

use crate::text::{is_han, simplified_form};

/// A line for each word, in the order of its bytes: the word, a letter for its frequency (`a` 1,
/// `b` 2, `c` 4 …), and its syllables if they are not its characters' own, `-` for one that is.
const WORDS: &str = include_str!("../../assets/pinyin/phrases.txt");
/// The longest word of the table, in characters.
const LONGEST: usize = 8;
/// The logarithm of the sum of all frequencies (60 million), to the base of 2.
const SUM: u32 = 26;
/// How far about a place Chinese is split to find the word there, in characters: punctuation is nearly always nearer.
const NEAR: usize = 48;

/// The word that covers a place of a text, as a range of bytes; empty, at the place, where no word is.
///
/// Chinese, simplified or traditional, is split into words. Elsewhere a word is letters and digits with apostrophes and
/// hyphens between them. A place inside a character counts as its beginning.
pub fn word_at(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    match text[at..].chars().next() {
        Some(c) if is_han(c) => chinese_word(text, at),
        Some(_) => other_word(text, at),
        None => at..at,
    }
}

/// The first word that begins at a place of a text or after it.
pub fn next_word(text: &str, at: usize) -> Option<Range<usize>> {
    let at = text.ceil_char_boundary(at);
    let words = text[at..]
        .char_indices()
        .map(|(offset, _)| word_at(text, at + offset));
    words
        .into_iter()
        .find(|word| !word.is_empty() && word.start >= at)
}

/// The last word that ends at a place of a text or before it.
pub fn previous_word(text: &str, at: usize) -> Option<Range<usize>> {
    let at = text.floor_char_boundary(at);
    let starts = text[..at].char_indices().rev().map(|(start, _)| start);
    let mut words = starts.map(|start| word_at(text, start));
    words.find(|word| !word.is_empty() && word.end <= at)
}

/// The word about a Han character.
fn chinese_word(text: &str, at: usize) -> Range<usize> {
    let before = text[..at].char_indices().rev();
    let before = before.take_while(|&(_, c)| is_han(c)).take(NEAR);
    let start = before.last().map_or(at, |(start, _)| start);
    let characters: Vec<(usize, char)> = text[start..]
        .char_indices()
        .map(|(offset, c)| (start + offset, c))
        .take_while(|&(offset, c)| is_han(c) && offset < at + NEAR * 4)
        .collect();
    // A simplified character may have another length than its traditional form: characters are counted, not bytes.
    let simplified: String = characters
        .iter()
        .map(|&(_, c)| simplified_form(c))
        .collect();
    let mut first = 0;
    for (word, _) in split_words(&simplified) {
        let last = first + word.chars().count() - 1;
        let (last_start, last_char) = characters[last];
        if last_start >= at {
            return characters[first].0..last_start + last_char.len_utf8();
        }
        first = last + 1;
    }
    at..at
}

/// The word about a character that is not Han.
fn other_word(text: &str, at: usize) -> Range<usize> {
    let is_letter = |c: char| c.is_alphanumeric() && !is_han(c);
    let is_joint = |c: char| matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}');
    // How far the word goes on in one direction: a joint counts with a letter after it.
    let reach = |chars: &mut dyn Iterator<Item = char>| {
        let (mut reached, mut joint) = (0, 0);
        for c in chars {
            if is_letter(c) {
                reached += joint + c.len_utf8();
                joint = 0;
            } else if is_joint(c) && joint == 0 {
                joint = c.len_utf8();
            } else {
                break;
            }
        }
        reached
    };
    let end = at + reach(&mut text[at..].chars());
    let start = at - reach(&mut text[..at].chars().rev());
    let is_inside = text[at..].starts_with(is_letter) || (end > at && start < at);
    if is_inside { start..end } else { at..at }
}

/// The best way found to split a text up to some offset.
#[derive(Clone, Copy)]
struct WordPath {
    /// The sum of the logarithms of the words' improbability.
    cost: u32,
    /// The offset at which its last word starts.
    start: usize,
    /// The reading of its last word.
    reading: &'static str,
}

/// Splits Han characters into words with their readings.
pub(super) fn split_words(text: &str) -> Vec<(&str, &'static str)> {
    let mut paths: Vec<Option<WordPath>> = vec![None; text.len() + 1];
    for (start, c) in text.char_indices() {
        let cost = paths[start].map_or(0, |path| path.cost);
        // A single character is always possible. Of equal paths the first counts, which has the
        // longer word.
        let single = DictionaryWord {
            length: c.len_utf8(),
            frequency: 0,
            reading: "",
        };
        for word in std::iter::once(single).chain(dictionary_words(&text[start..])) {
            let cost = cost + SUM.saturating_sub(word.frequency);
            let best = &mut paths[start + word.length];
            if best.is_none_or(|best| cost < best.cost) {
                *best = Some(WordPath {
                    cost,
                    start,
                    reading: word.reading,
                });
            }
        }
    }
    let mut words = Vec::new();
    let mut end = text.len();
    while let Some(path) = paths[end] {
        words.push((&text[path.start..end], path.reading));
        end = path.start;
    }
    words.reverse();
    words
}

struct DictionaryWord {
    /// Its length in bytes.
    length: usize,
    /// The logarithm of its frequency.
    frequency: u32,
    reading: &'static str,
}

/// The words that a text begins with, shortest first.
///
/// The lines of words with a common beginning are neighbours: each character narrows the range of
/// lines.
fn dictionary_words(text: &str) -> Vec<DictionaryWord> {
    let mut words = Vec::new();
    let mut low = 0;
    let mut high = WORDS.len();
    for (at, c) in text.char_indices().take(LONGEST) {
        let word = &text.as_bytes()[..at + c.len_utf8()];
        low = first_line(low, high, |line| line < word);
        high = first_line(low, high, |line| line.starts_with(word));
        if low == high {
            break;
        }
        let line = &WORDS[low..line_end(low)];
        if let Some(class @ b'a'..=b'z') = line.as_bytes().get(word.len()) {
            let reading = &line[word.len() + 1..];
            words.push(DictionaryWord {
                length: word.len(),
                frequency: u32::from(class - b'a'),
                reading,
            });
        }
    }
    words
}

/// The start of the first line within bounds to which a condition does not apply; it applies to all
/// lines before.
fn first_line(mut low: usize, mut high: usize, applies: impl Fn(&[u8]) -> bool) -> usize {
    let table = WORDS.as_bytes();
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = memchr::memrchr(b'\n', &table[low..middle]).map_or(low, |feed| low + feed + 1);
        let end = line_end(start);
        if applies(&table[start..end]) {
            low = end + 1;
        } else {
            high = start;
        }
    }
    low.min(high)
}

fn line_end(start: usize) -> usize {
    memchr::memchr(b'\n', &WORDS.as_bytes()[start..]).map_or(WORDS.len(), |length| start + length)
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
