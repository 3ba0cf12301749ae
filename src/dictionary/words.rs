//! Words: where they begin and end in Chinese and in English.
//!
//! Chinese is split along the path with the highest product of word frequencies (the unigram model of segmentation that
//! jieba made common, solved by dynamic programming). The words, their frequencies and readings are in a sorted table
//! inside the program (`assets/pinyin`), which is searched in place: nothing is loaded and no memory taken.

use std::ops::Range;

use super::embedded::dictionary;
use super::table::{first_line, key, line_end};
use crate::text::{Language, is_han, simplified_form};

/// A line for each word, in the order of its bytes: the word, a letter for its frequency (`a` 1,
/// `b` 2, `c` 4 …), and its syllables if they are not its characters' own, `-` for one that is.
const WORDS: &str = include_str!("../../assets/pinyin/phrases.txt");
/// The longest word of the table, in characters.
const LONGEST: usize = 8;
/// The logarithm of the sum of all frequencies (60 million), to the base of 2.
const SUM: u32 = 26;
/// How far about a place Chinese is split to find the word there, in characters: punctuation is nearly always nearer.
const NEAR: usize = 48;
/// The logarithm of the frequency from which a word counts as one though the dictionary lacks it: 写入.
const FREQUENT: u32 = 7;
/// What begins a numeral with its measure: 三个 is two words.
const NUMERALS: &str = "二两三四五六七八九十百千万亿几半";
/// How many words may be merged into a headword.
const MOST_MERGED: usize = 4;
/// Characters that make no word with the one beside them, whatever the dictionary has: 的了 is a headword.
const ALONE: &str = "的了着他她它我你您是在不也就都";

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
    for word in headwords(&simplified) {
        let last = first + word.chars().count() - 1;
        let (last_start, last_char) = characters[last];
        if last_start >= at {
            return characters[first].0..last_start + last_char.len_utf8();
        }
        first = last + 1;
    }
    at..at
}

/// The words of Chinese characters in a row: those of the table, split where the dictionary lacks them, and made one
/// where neighbours are a headword together.
fn headwords(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for (word, _) in split_words(text) {
        part(word, &mut parts);
    }
    let mut words = Vec::new();
    let (mut first, mut start) = (0, 0);
    while first < parts.len() {
        // Up to where each number of parts reaches, and whether they are one word.
        let mut end = start;
        let mut best = (1, start + parts[first].len());
        for (count, part) in (1..=MOST_MERGED).zip(&parts[first..]) {
            end += part.len();
            if count > 1 && is_joined(&text[start..end], text) {
                best = (count, end);
            }
        }
        words.push(&text[start..best.1]);
        first += best.0;
        start = best.1;
    }
    words
}

/// Whether words in a row of characters are one word together. Of two characters few are, unless nothing else stands in
/// the row.
fn is_joined(word: &str, row: &str) -> bool {
    let is_pair = word.chars().count() == 2 && word.contains(|c| ALONE.contains(c));
    (!is_pair || word == row) && is_headword(word)
}

fn is_headword(text: &str) -> bool {
    dictionary(Language::Chinese).contains(&key(text))
}

/// Parts a word that the dictionary lacks about the longest headword in it, the first of equal ones. Frequent ones stay,
/// if they do not count.
fn part<'a>(word: &'a str, parts: &mut Vec<&'a str>) {
    let own = dictionary_words(word)
        .pop()
        .filter(|own| own.length == word.len());
    let is_frequent = own.is_some_and(|own| own.frequency >= FREQUENT);
    if is_frequent && !word.starts_with(|c| NUMERALS.contains(c)) {
        return parts.push(word);
    }
    let places = word.char_indices().map(|(at, _)| at).chain([word.len()]);
    let places: Vec<usize> = places.collect();
    for count in (1..places.len()).rev() {
        let mut ranges = places
            .windows(count + 1)
            .map(|places| places[0]..places[count]);
        if let Some(range) = ranges.find(|range| count == 1 || is_headword(&word[range.clone()])) {
            part(&word[..range.start], parts);
            parts.push(&word[range.clone()]);
            return part(&word[range.end..], parts);
        }
    }
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
    let table = WORDS.as_bytes();
    for (at, c) in text.char_indices().take(LONGEST) {
        let word = &text.as_bytes()[..at + c.len_utf8()];
        low = first_line(table, low, high, |line| line < word);
        high = first_line(table, low, high, |line| line.starts_with(word));
        if low == high {
            break;
        }
        let line = &WORDS[low..line_end(table, low)];
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

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
