//! Pinyin: how each Chinese character of a text is read, in its context.
//!
//! The text is parted into words along the path of the highest product of word frequencies (the unigram model of
//! segmentation that jieba made common, solved by dynamic programming), and each word gives its characters' readings:
//! 银行 is yínháng, 长大 zhǎngdà. The words, their frequencies and readings lie in a sorted table inside the program
//! (`assets/pinyin`) which is searched where it is, so that nothing is loaded and no memory taken. A character by
//! itself is read as the `pinyin` crate has it first. The tones of 一 and 不 are those of dictionaries, as the standard of
//! orthography (GB/T 16159) has them.

use std::ops::Range;

use pinyin::ToPinyin;

use super::width::{Ambiguous, columns};
use crate::text::is_han;

/// A line for each word, in the order of its bytes: the word, a letter for its frequency (`a` 1, `b` 2, `c` 4 …), and its
/// syllables if they are others than its characters' own, `-` for one that is.
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
    /// Its columns.
    pub(super) columns: u16,
    /// The columns of all text before the character, once it has been filled into a line.
    pub(super) before: Option<u32>,
}

/// Reads a range of a text: appends a syllable for every Han character that has a reading.
///
/// Linear in the length of the range.
pub(super) fn read(text: &str, range: Range<u32>, ambiguous: Ambiguous, syllables: &mut Vec<Syllable>) {
    let end = range.end as usize;
    let mut at = range.start as usize;
    let mut reader = Reader::default();
    while at < end {
        let rest = &text[at..end];
        let Some(from) = rest.find(is_han) else { return };
        let to = rest[from..].find(|c| !is_han(c)).map_or(rest.len(), |length| from + length);
        let chinese = &rest[from..to];
        reader.part(chinese);
        reader.syllables(&rest[from..], |offset, syllable| {
            let columns = columns(syllable, ambiguous) as u16;
            syllables.push(Syllable { at: (at + from + offset) as u32, text: syllable, columns, before: None });
        });
        at += to;
    }
}

/// The best way found to part a text up to some offset.
#[derive(Clone, Copy)]
struct Step {
    /// The sum of the logarithms of the words' improbability.
    cost: u32,
    /// The offset at which its last word starts.
    from: u32,
    reading: &'static str,
}

/// Parts texts into words. Its vectors are used again for the next text.
#[derive(Default)]
struct Reader {
    /// For each byte offset at which a character starts.
    steps: Vec<Option<Step>>,
    /// The words of the text, from its start, and their readings.
    words: Vec<(Range<usize>, &'static str)>,
}

impl Reader {
    /// Parts a text of Han characters into words.
    fn part(&mut self, text: &str) {
        self.steps.clear();
        self.steps.resize(text.len() + 1, None);
        for (at, c) in text.char_indices() {
            // Every character is reached: by single characters, if by nothing else.
            let cost = self.steps[at].map_or(0, |step| step.cost);
            self.offer(at + c.len_utf8(), Step { cost: cost + SUM, from: at as u32, reading: "" });
            words(&text[at..], |length, class, reading| {
                let step = Step { cost: cost + SUM.saturating_sub(class), from: at as u32, reading };
                self.offer(at + length, step);
            });
        }
        self.words.clear();
        let mut end = text.len();
        while let Some(step) = self.steps[end].filter(|_| end > 0) {
            self.words.push((step.from as usize..end, step.reading));
            end = step.from as usize;
        }
        self.words.reverse();
    }

    /// Takes a step if it is the best to its end so far; of two equal ones the one found first, which is the longer.
    fn offer(&mut self, end: usize, step: Step) {
        let best = &mut self.steps[end];
        if best.is_none_or(|best| step.cost < best.cost) {
            *best = Some(step);
        }
    }

    /// Gives each character's syllable with its offset. The text may go on behind the part that was parted.
    fn syllables(&self, text: &str, mut take: impl FnMut(usize, &'static str)) {
        for (index, (range, reading)) in self.words.iter().enumerate() {
            let word = &text[range.clone()];
            let last = index.checked_sub(1).map(|last| &text[self.words[last].0.clone()]);
            let reading = in_context(word, last, &text[range.end..]).unwrap_or(reading);
            let mut given = reading.split(' ');
            for (offset, c) in word.char_indices() {
                let syllable = given.next().filter(|syllable| !syllable.is_empty() && *syllable != "-");
                if let Some(syllable) = syllable.or_else(|| c.to_pinyin().map(pinyin::Pinyin::with_tone)) {
                    take(range.start + offset, syllable);
                }
            }
        }
    }
}

/// The reading of a character by itself that its neighbours tell. 地 after a word of several characters makes an adverb
/// of it; 得 is a particle only after something, and a verb before 了; 为 before a figure is “amounts to”.
fn in_context(word: &str, last: Option<&str>, after: &str) -> Option<&'static str> {
    let follows_word = last.is_some_and(|last| last.chars().nth(1).is_some());
    match word {
        "地" if follows_word && after.starts_with(is_han) => Some("de"),
        "得" if last.is_none() || after.starts_with('了') => Some("dé"),
        "为" if after.trim_start().starts_with(|c: char| c.is_ascii_digit()) => Some("wéi"),
        _ => None,
    }
}

/// Finds the words that a text begins with: their bytes, the logarithm of their frequency, their reading.
///
/// The lines of the words that begin alike are neighbours: each character narrows them down.
fn words(text: &str, mut found: impl FnMut(usize, u32, &'static str)) {
    let table = WORDS.as_bytes();
    let (mut low, mut high) = (0, table.len());
    for (at, c) in text.char_indices().take(LONGEST) {
        let word = &text.as_bytes()[..at + c.len_utf8()];
        low = first_line(low, high, |line| line < word);
        high = first_line(low, high, |line| line.starts_with(word));
        if low == high {
            return;
        }
        let line = &WORDS[low..line_end(low)];
        if let Some(class @ b'a'..=b'z') = line.as_bytes().get(word.len()) {
            found(word.len(), u32::from(class - b'a'), &line[word.len() + 1..]);
        }
    }
}

/// The start of the first line within bounds that is not of those wanted, which all come before the others.
fn first_line(mut low: usize, mut high: usize, wanted: impl Fn(&[u8]) -> bool) -> usize {
    let table = WORDS.as_bytes();
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = memchr::memrchr(b'\n', &table[low..middle]).map_or(low, |feed| low + feed + 1);
        let end = line_end(start);
        if wanted(&table[start..end]) {
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
