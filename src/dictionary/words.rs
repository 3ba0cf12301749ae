//! Words: where they begin and end in Chinese and in English.
//!
//! Chinese is split along the path with the highest product of word frequencies (the unigram model of segmentation that
//! jieba made common, solved by dynamic programming). The words, their frequencies and readings are in a sorted table
//! inside the program (`assets/pinyin`), which is searched in place. Only where its lines begin is found out at the first
//! search, in about a millisecond.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use super::embedded::dictionary;
use super::table::key;
use crate::text::{Language, is_han, simplified_form};

/// A line for each word, in the order of its bytes: the word, a letter for its frequency (`a` 1,
/// `b` 2, `c` 4 …; a capital for a verb), and its syllables if they are not its characters' own, `-` for one that is,
/// `?` for one that the context decides.
const WORDS: &str = include_str!("../../assets/pinyin/phrases.txt");
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

/// The words of a part of a text, in their order: those that [`word_at`] finds at their places.
pub fn words_in(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = part.start;
    while let Some(c) = text.get(at..part.end).and_then(|rest| rest.chars().next()) {
        if is_han(c) {
            let row = text[at..part.end].char_indices();
            let row: Vec<(usize, char)> = row.take_while(|&(_, c)| is_han(c)).collect();
            let simplified: String = row.iter().map(|&(_, c)| simplified_form(c)).collect();
            let mut first = 0;
            for word in headwords(&simplified) {
                let (start, _) = row[first];
                first += word.chars().count();
                let (last, c) = row[first - 1];
                words.push(at + start..at + last + c.len_utf8());
            }
            at += row.last().map_or(0, |(last, c)| last + c.len_utf8());
        } else {
            let word = other_word(text, at);
            at = word.end.max(at + c.len_utf8());
            words.extend(Some(word).filter(|word| !word.is_empty()));
        }
    }
    words
}

/// The band of a Chinese word by its frequency in the table: how many words are at least as frequent; None if it is not
/// in the table.
pub(super) fn words_as_frequent(word: &str) -> Option<usize> {
    /// The numbers of words of at least each frequency.
    static COUNTS: LazyLock<Vec<usize>> = LazyLock::new(|| {
        let mut counts = vec![0; SUM as usize + 1];
        for line in WORDS.lines() {
            let letter = line.bytes().find(u8::is_ascii_alphabetic).unwrap_or(b'a');
            counts[usize::from(letter.to_ascii_lowercase() - b'a')] += 1;
        }
        for at in (1..counts.len()).rev() {
            counts[at - 1] += counts[at];
        }
        counts
    });
    let simplified: String = word.chars().map(simplified_form).collect();
    let mut frequency = None;
    table_words(&simplified, |own| {
        if own.length as usize == simplified.len() {
            frequency = Some(own.frequency() as usize);
        }
    });
    Some(COUNTS[frequency?])
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
    for word in split_words(text) {
        part(word.text, &mut parts);
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
    let mut is_frequent = false;
    table_words(word, |own| {
        is_frequent = own.length as usize == word.len() && own.frequency() >= FREQUENT;
    });
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
    let is_inside =
        text[at..].starts_with(is_letter) || (end > at && text[..at].ends_with(is_letter));
    if is_inside { start..end } else { at..at }
}

/// A word of a row of characters.
#[derive(Clone, Copy)]
pub(super) struct SplitWord<'a> {
    pub(super) text: &'a str,
    /// Its syllables, as the table has them.
    pub(super) reading: &'static str,
    /// The logarithm of its frequency.
    pub(super) frequency: u32,
    pub(super) is_verb: bool,
}

/// The best way found to split a text up to some offset.
#[derive(Clone, Copy)]
struct WordPath {
    /// The sum of the logarithms of the words' improbability; that of no path is the highest.
    cost: u32,
    word: TableWord,
}

/// Splits Han characters into words with their readings.
pub(super) fn split_words(text: &str) -> Vec<SplitWord<'_>> {
    let mut paths = vec![WordPath::NONE; text.len() + 1];
    paths[0].cost = 0;
    for (start, c) in text.char_indices() {
        let before = paths[start].cost;
        let mut offer = |word: TableWord| {
            let cost = before + SUM.saturating_sub(word.frequency());
            let best = &mut paths[start + word.length as usize];
            if cost < best.cost {
                *best = WordPath { cost, word };
            }
        };
        // A single character is always possible. Of equal paths the first counts, which has the
        // longer word.
        offer(TableWord {
            length: c.len_utf8() as u32,
            ..TableWord::NONE
        });
        table_words(&text[start..], offer);
    }
    let mut words = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let word = paths[end].word;
        let start = end - word.length as usize;
        words.push(SplitWord {
            text: &text[start..end],
            reading: word.reading(),
            frequency: word.frequency(),
            is_verb: word.letter.is_ascii_uppercase(),
        });
        end = start;
    }
    words.reverse();
    words
}

#[derive(Clone, Copy)]
struct TableWord {
    /// Its length in bytes.
    length: u32,
    /// The letter for its frequency.
    letter: u8,
    /// The number of its line; one that no line has if the table lacks it.
    line: u32,
}

impl WordPath {
    const NONE: Self = Self {
        cost: u32::MAX,
        word: TableWord::NONE,
    };
}

impl TableWord {
    const NONE: Self = Self {
        length: 0,
        letter: b'a',
        line: u32::MAX,
    };

    /// The logarithm of its frequency.
    fn frequency(self) -> u32 {
        u32::from(self.letter.to_ascii_lowercase() - b'a')
    }

    fn reading(self) -> &'static str {
        let line = LINES.starts.get(self.line as usize);
        let rest = line.map_or("", |start| &WORDS[(start + self.length + 1) as usize..]);
        &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
    }
}

/// The characters with which words of the table begin.
const FIRST: RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

/// The lines of the table.
struct WordLines {
    /// Where each begins.
    starts: Vec<u32>,
    /// Of each the second character, and the third: the letter, if its word ends before it.
    second: Vec<u16>,
    third: Vec<u16>,
    /// For each character that can be the first one, and the one after them, the number of its first line.
    first: Vec<u32>,
}

static LINES: LazyLock<WordLines> = LazyLock::new(|| {
    let feeds = memchr::memchr_iter(b'\n', WORDS.as_bytes()).map(|feed| feed as u32 + 1);
    let mut lines = WordLines {
        starts: std::iter::once(0).chain(feeds).collect(),
        second: Vec::new(),
        third: Vec::new(),
        first: Vec::new(),
    };
    for (number, &start) in lines.starts.iter().enumerate() {
        let mut chars = WORDS[start as usize..].chars();
        let until = chars
            .next()
            .map_or(place(*FIRST.end()) + 2, |c| place(c) + 1);
        lines
            .first
            .resize(until.max(lines.first.len()), number as u32);
        lines.second.push(chars.next().map_or(0, short));
        lines.third.push(chars.next().map_or(0, short));
    }
    lines
});

/// A character in two bytes; the table has none that needs more.
fn short(c: char) -> u16 {
    u16::try_from(u32::from(c)).unwrap_or(u16::MAX)
}

const fn place(c: char) -> usize {
    c as usize - *FIRST.start() as usize
}

/// Calls a function with the words that a text begins with, shortest first.
fn table_words(text: &str, mut found: impl FnMut(TableWord)) {
    let mut chars = text.chars();
    let Some(c) = chars.next().filter(|c| FIRST.contains(c)) else {
        return;
    };
    let lines = &*LINES;
    let range = lines.first[place(c)] as usize..lines.first[place(c) + 1] as usize;
    let seconds = &lines.second[range.clone()];
    let mut offer = |length: usize, letter: u8, line: usize| {
        found(TableWord {
            length: length as u32,
            letter,
            line: line as u32,
        });
    };
    if let Some(letter) = seconds.first().and_then(|&c| u8::try_from(c).ok()) {
        offer(c.len_utf8(), letter, range.start);
    }
    let Some(c) = chars.next() else {
        return;
    };
    let two = text.len() - chars.as_str().len();
    let next = chars.next().map(short);
    let from = range.start + seconds.partition_point(|&second| second < short(c));
    for line in (from..range.end).take_while(|&line| lines.second[line] == short(c)) {
        let third = lines.third[line];
        if let Ok(letter) = u8::try_from(third) {
            offer(two, letter, line);
        } else if Some(third) == next {
            let word = &WORDS.as_bytes()[lines.starts[line] as usize..];
            let alike = std::iter::zip(word, text.as_bytes());
            let length = alike.take_while(|(word, own)| word == own).count();
            if word[length].is_ascii_alphabetic() {
                offer(length, word[length], line);
            }
        }
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
