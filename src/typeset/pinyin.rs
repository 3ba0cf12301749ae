//! Pinyin: the reading of each Chinese character of a text, in its context.
//!
//! The text is split into words along the path with the highest product of word frequencies (the
//! unigram model of segmentation that jieba made common, solved by dynamic programming), and each
//! word gives its characters' readings: 银行 is yínháng, 长大 zhǎngdà. The words, their frequencies
//! and readings are in a sorted table inside the program (`assets/pinyin`), which is searched in
//! place: nothing is loaded and no memory taken. A character by itself is read by a rule for its
//! neighbours, or has its first reading in the `pinyin` crate. The tones of 一 and 不 are those of dictionaries, as in the standard of
//! orthography (GB/T 16159).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyin;

use super::width::{Ambiguous, columns};
use crate::text::is_han;

/// A line for each word, in the order of its bytes: the word, a letter for its frequency (`a` 1,
/// `b` 2, `c` 4 …), and its syllables if they are not its characters' own, `-` for one that is.
const WORDS: &str = include_str!("../../assets/pinyin/phrases.txt");
/// How characters that are words by themselves are read in their context.
const CONTEXTS: &str = include_str!("../../assets/pinyin/contexts.txt");
/// How many characters away a rule looks.
const NEAR: usize = 8;
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
    /// Whether a word or a rule decides between the readings of the character.
    pub(super) is_certain: bool,
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
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            let mut chars = word.chars();
            let in_context = match (chars.next(), chars.next()) {
                (Some(c), None) => reading_in_context(c, last, before, after),
                _ => Ok(None),
            };
            let is_certain = in_context.is_ok();
            let reading = in_context.ok().flatten().unwrap_or(reading);
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
                        is_certain,
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

/// The reading of a character that is a word by itself, by the first rule that applies to its
/// neighbours; `Err` if it has rules and none applies. 地 after a word of several characters makes
/// it an adverb.
fn reading_in_context(
    c: char,
    last: Option<&str>,
    before: &str,
    after: &str,
) -> Result<Option<&'static str>, ()> {
    let follows_word = last.is_some_and(|last| last.chars().nth(1).is_some());
    if c == '地' && follows_word && after.starts_with(is_han) {
        return Ok(Some("de"));
    }
    let Some(rules) = RULES.get(&c) else {
        return Ok(None);
    };
    let rule = rules.iter().find(|rule| rule.applies(before, after));
    rule.map(|rule| Some(rule.reading)).ok_or(())
}

/// A rule for the reading of a character; `assets/pinyin/contexts.txt` says how it is written.
struct ContextRule {
    before: &'static str,
    after: &'static str,
    reading: &'static str,
}

/// The rules of each character, in order.
static RULES: LazyLock<HashMap<char, Vec<ContextRule>>> = LazyLock::new(|| {
    let mut rules: HashMap<char, Vec<ContextRule>> = HashMap::new();
    for line in CONTEXTS.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        if let Some(c) = fields.next().and_then(|field| field.chars().next())
            && let (Some(before), Some(after), Some(reading)) =
                (fields.next(), fields.next(), fields.next())
        {
            rules.entry(c).or_default().push(ContextRule {
                before,
                after,
                reading,
            });
        }
    }
    rules
});

impl ContextRule {
    /// Whether it applies between two texts.
    fn applies(&self, before: &str, after: &str) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_before = |wanted: &str| match wanted {
            "-" => true,
            "^" => !before.ends_with(is_han),
            "0" => is_digit(before.trim_end().chars().next_back()),
            _ => match wanted.strip_suffix('…') {
                Some(far) => near(before.chars().rev()).any(|c| far.starts_with(c)),
                None => before.ends_with(wanted),
            },
        };
        let is_after = |wanted: &str| match wanted {
            "-" => true,
            "$" => !after.starts_with(is_han),
            "0" => is_digit(after.trim_start().chars().next()),
            _ => match wanted.strip_prefix('…') {
                Some(far) => near(after.chars()).collect::<String>().contains(far),
                None => after.starts_with(wanted),
            },
        };
        self.before.split(' ').any(is_before) && self.after.split(' ').any(is_after)
    }
}

/// The Chinese characters in a row that a text begins with, at most a few.
fn near(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.take_while(|&c| is_han(c)).take(NEAR)
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
