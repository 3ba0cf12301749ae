//! Pinyin: the reading of each Chinese character of a text, in its context.
//!
//! Each word gives its characters' readings: 银行 is yínháng, 长大 zhǎngdà. A character by itself is read by a rule for
//! its neighbours, or has its first reading in the `pinyin` crate. The tones of 一 and 不 are those of dictionaries, as
//! in the standard of orthography (GB/T 16159).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyin;

use super::words::split_words;
use crate::text::is_han;

/// How characters that are words by themselves are read in their context.
const CONTEXTS: &str = include_str!("../../assets/pinyin/contexts.txt");
/// How many characters away a rule looks.
const NEAR: usize = 8;
/// A character's reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterReading {
    /// The byte offset of the character.
    pub at: u32,
    /// The syllable, with its tone mark.
    pub syllable: &'static str,
    /// Whether a word or a rule decides between the readings of the character.
    pub is_certain: bool,
}

/// The readings of a range of a text: one for every Han character that has one, in order.
///
/// Takes time in proportion to the length. The range is of bytes, between characters.
pub fn readings(text: &str, range: Range<u32>) -> Vec<CharacterReading> {
    let text = &text[..range.end as usize];
    let mut readings = Vec::new();
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
                    readings.push(CharacterReading {
                        at: (at + offset) as u32,
                        syllable,
                        is_certain,
                    });
                }
            }
            last = Some(word);
            at += word.len();
        }
    }
    readings
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

#[cfg(test)]
#[path = "readings_tests.rs"]
mod tests;
