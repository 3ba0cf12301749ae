//! Pinyin: the reading of each Chinese character of a text, in its context.
//!
//! The text is split into words along the path with the highest product of word frequencies (the
//! unigram model of segmentation that jieba made common, solved by dynamic programming), and each
//! word gives its characters' readings: 银行 is yínháng, 长大 zhǎngdà. The words, their frequencies
//! and readings are in a sorted table inside the program (`assets/pinyin`), which is searched in
//! place: nothing is loaded and no memory taken. A character by itself has its first reading in the
//! `pinyin` crate. The tones of 一 and 不 are those of dictionaries, as in the standard of
//! orthography (GB/T 16159).

use std::ops::Range;

use pinyin::ToPinyin;

use super::width::{Ambiguous, columns};
use crate::text::is_han;

/// A line for each word, in the order of its bytes: the word, a letter for its frequency (`a` 1,
/// `b` 2, `c` 4 …), and its syllables if they are not its characters' own, `-` for one that is.
const WORDS: &str = include_str!("../../assets/pinyin/phrases.txt");
/// The longest word of the table, in characters.
const LONGEST: usize = 8;
/// The logarithm of the sum of all frequencies (60 million), to the base of 2.
const SUM: u32 = 26;

/// A character's reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    /// The byte offset of the character.
    pub(super) at: u32,
    /// The syllable, with its tone mark.
    pub(super) text: &'static str,
    pub(super) columns: u16,
    /// The columns of all text before the character, once it has been filled into a line.
    pub(super) before: Option<u32>,
}

/// The syllables of a range of a text: one for every Han character that has a reading. Takes time
/// in proportion to the length.
pub(super) fn read(text: &str, range: Range<u32>, ambiguous: Ambiguous) -> Vec<Syllable> {
    let text = &text[..range.end as usize];
    let mut syllables = Vec::new();
    let mut at = range.start as usize;
    while let Some(start) = text[at..].find(is_han).map(|offset| at + offset) {
        let end = text[start..]
            .find(|c| !is_han(c))
            .map_or(text.len(), |length| start + length);
        let mut last = None;
        at = start;
        for (word, reading) in split_words(&text[start..end]) {
            let reading =
                reading_in_context(word, last, &text[at + word.len()..]).unwrap_or(reading);
            let mut given = reading.split(' ');
            for (offset, c) in word.char_indices() {
                let given = given
                    .next()
                    .filter(|syllable| !syllable.is_empty() && *syllable != "-");
                if let Some(syllable) =
                    given.or_else(|| c.to_pinyin().map(pinyin::Pinyin::with_tone))
                {
                    let columns = columns(syllable, ambiguous) as u16;
                    syllables.push(Syllable {
                        at: (at + offset) as u32,
                        text: syllable,
                        columns,
                        before: None,
                    });
                }
            }
            last = Some(word);
            at += word.len();
        }
    }
    syllables
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
fn split_words(text: &str) -> Vec<(&str, &'static str)> {
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

/// The reading of a single character that depends on its neighbours. 地 after a word of several
/// characters makes it an adverb; 得 is a particle only after something, and a verb before 了; 为
/// before a figure is “amounts to”.
fn reading_in_context(word: &str, last: Option<&str>, after: &str) -> Option<&'static str> {
    let follows_word = last.is_some_and(|last| last.chars().nth(1).is_some());
    match word {
        "地" if follows_word && after.starts_with(is_han) => Some("de"),
        "得" if last.is_none() || after.starts_with('了') => Some("dé"),
        "为" if after.trim_start().starts_with(|c: char| c.is_ascii_digit()) => Some("wéi"),
        _ => None,
    }
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
#[path = "pinyin_tests.rs"]
mod tests;
