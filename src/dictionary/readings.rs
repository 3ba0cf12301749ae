//! Pinyin: the reading of each Chinese character of a text, in its context.
//!
//! Each word gives its characters' readings: 银行 is yínháng, 长大 zhǎngdà. A character by itself, or one whose reading
//! its word leaves open, is read by a rule for its neighbours, or has its first reading. The tones of 一 and 不 are those
//! of dictionaries, as in the standard of orthography (GB/T 16159).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyin;

use super::words::{SplitWord, split_words};
use crate::text::{is_han, simplified_form};

/// How characters are read in their context.
const CONTEXTS: &str = include_str!("../../assets/pinyin/contexts.txt");
/// How many characters away a rule looks, and how far into what is not Chinese, in bytes.
const NEAR: usize = 8;
const NEAR_OUTSIDE: usize = 200;
/// From which frequency on a word of two characters is no given name.
const NO_NAME: u32 = 9;

/// A character's reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterReading {
    /// The byte offset of the character.
    pub at: u32,
    /// The syllable, with its tone mark.
    pub syllable: &'static str,
    /// Whether a word or a rule decides between the readings of the character.
    pub is_certain: bool,
    /// Whether the character is in a word with the one before it.
    pub continues_word: bool,
}

/// The readings of a range of a text: one for every Han character that has one, in order.
///
/// Takes time in proportion to the length. The range is of bytes, between characters.
pub fn readings(text: &str, range: Range<u32>) -> Vec<CharacterReading> {
    let text = &text[..range.end as usize];
    let mut readings = Vec::new();
    let mut end = range.start as usize;
    while let Some(start) = text[end..].find(is_han).map(|offset| end + offset) {
        end = text[start..]
            .find(|c| !is_han(c))
            .map_or(text.len(), |length| start + length);
        let row = simplified(&text[start..end]);
        let words = split_words(&row);
        let mut context = Context {
            outside: [&text[..start], &text[end..]],
            row: &row,
            words: &words,
            word: 0,
            range: 0..0,
        };
        let mut places = text[start..end].char_indices();
        for (number, word) in words.iter().enumerate() {
            context.word = number;
            let mut syllables = word.reading.split(' ');
            for (number, c) in word.text.chars().enumerate() {
                let place = context.range.end;
                context.range = place..place + c.len_utf8();
                let own = syllables.next().filter(|own| !matches!(*own, "" | "-"));
                let is_open = own == Some("?");
                let by_rule = if is_open || context.is_word() {
                    context.reading(c)
                } else {
                    Ok(None)
                };
                let own = if is_open { alone(c) } else { own };
                let syllable = by_rule.ok().flatten().or(own);
                let syllable = syllable.or_else(|| c.to_pinyin().map(pinyin::Pinyin::with_tone));
                if let (Some((offset, _)), Some(syllable)) = (places.next(), syllable) {
                    readings.push(CharacterReading {
                        at: (start + offset) as u32,
                        syllable,
                        is_certain: by_rule.is_ok(),
                        continues_word: number > 0,
                    });
                }
            }
        }
    }
    readings
}

/// A text in simplified characters, as many as it has.
fn simplified(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| simplified_form(c) == c) {
        return Cow::Borrowed(text);
    }
    text.chars().map(simplified_form).collect()
}

/// The first reading of a character, if the table has it.
fn alone(c: char) -> Option<&'static str> {
    let words = split_words(c.encode_utf8(&mut [0; 4]))
        .first()
        .map(|word| word.reading);
    words.filter(|reading| !reading.is_empty())
}

/// A character in a row of Han characters.
struct Context<'a> {
    /// The text before the row, and after it.
    outside: [&'a str; 2],
    row: &'a str,
    words: &'a [SplitWord<'a>],
    /// The number of the word that the character is in.
    word: usize,
    /// Where the character is in the row.
    range: Range<usize>,
}

impl Context<'_> {
    /// Whether the character is a word.
    fn is_word(&self) -> bool {
        self.words[self.word].text.len() == self.range.len()
    }

    /// The reading by the first rule that applies; `Err` if there are rules and none applies. 地 after a word of several
    /// characters makes it an adverb.
    fn reading(&self, c: char) -> Result<Option<&'static str>, ()> {
        let before = self.words[..self.word].last();
        let follows_word = before.is_some_and(|word| word.text.chars().nth(1).is_some());
        if c == '地' && self.is_word() && follows_word && self.range.end < self.row.len() {
            return Ok(Some("de"));
        }
        let Some(rules) = rules_of(c) else {
            return Ok(None);
        };
        let applies = |rule: &&ContextRule| {
            rule.before
                .iter()
                .any(|neighbour| self.is_before(neighbour))
                && rule.after.iter().any(|neighbour| self.is_after(neighbour))
        };
        let rule = rules.iter().find(applies);
        rule.map(|rule| Some(rule.reading)).ok_or(())
    }

    fn is_before(&self, neighbour: &Neighbour) -> bool {
        let before = &self.row[..self.range.start];
        let words = &self.words[..self.word];
        let outside = || self.outside[0].trim_end().chars().next_back();
        match *neighbour {
            Neighbour::Any => true,
            Neighbour::Edge => before.is_empty(),
            Neighbour::Digit => before.is_empty() && outside().is_some_and(|c| c.is_ascii_digit()),
            Neighbour::Letter => before.is_empty() && outside().is_some_and(is_letter),
            Neighbour::Verb => self.is_word() && words.last().is_some_and(|word| word.is_verb),
            Neighbour::Word(text) => {
                self.is_word() && words.last().is_some_and(|word| word.text == text)
            }
            Neighbour::AnyWord(text) => words.iter().any(|word| word.text == text),
            Neighbour::Near(text) => {
                let near = before.char_indices().rev().take(NEAR).last();
                near.is_some_and(|(start, _)| before[start..].contains(text))
            }
            Neighbour::Text(text) if before.is_empty() => self.outside[0].ends_with(text),
            Neighbour::Text(text) => before.ends_with(text),
            Neighbour::LaterVerb | Neighbour::GivenName(_) => false,
        }
    }

    fn is_after(&self, neighbour: &Neighbour) -> bool {
        let after = &self.row[self.range.end..];
        let words = &self.words[self.word + 1..];
        let outside = || self.outside[1].trim_start().chars().next();
        match *neighbour {
            Neighbour::Any => true,
            Neighbour::Edge => after.is_empty(),
            Neighbour::Digit => after.is_empty() && outside().is_some_and(|c| c.is_ascii_digit()),
            Neighbour::Letter => after.is_empty() && outside().is_some_and(is_letter),
            Neighbour::Verb => self.is_word() && words.first().is_some_and(|word| word.is_verb),
            Neighbour::LaterVerb => self.has_verb_later(),
            Neighbour::Word(text) => {
                self.is_word() && words.first().is_some_and(|word| word.text == text)
            }
            Neighbour::AnyWord(text) => words.iter().any(|word| word.text == text),
            Neighbour::Near(text) => {
                let near = after.char_indices().nth(NEAR);
                after[..near.map_or(after.len(), |(end, _)| end)].contains(text)
            }
            Neighbour::GivenName(characters) => {
                self.is_word() && begins_with_name(words, characters)
            }
            Neighbour::Text(text) if after.is_empty() => self.outside[1].starts_with(text),
            Neighbour::Text(text) => after.starts_with(text),
        }
    }

    /// Whether a verb follows in the clause, after the next word.
    fn has_verb_later(&self) -> bool {
        let is_verb = |word: &SplitWord<'_>| word.is_verb;
        let words = &self.words[self.word + 1..];
        if words.iter().skip(1).any(is_verb) {
            return true;
        }
        let rest = self.outside[1];
        let rest = &rest[..rest.floor_char_boundary(NEAR_OUTSIDE)];
        let is_end = |c| "，。；：、！？,;:!?\n".contains(c);
        let clause = rest.split(is_end).next().unwrap_or(rest);
        { clause.split(|c| !is_han(c)) }.any(|row| split_words(row).iter().any(is_verb))
    }
}

/// Whether words begin with a given name out of certain characters: two of them, or one before a verb or the end.
fn begins_with_name(words: &[SplitWord<'_>], characters: &str) -> bool {
    let mut length = 0;
    for word in words {
        let count = word.text.chars().count();
        let is_word = count > 1 && word.frequency >= NO_NAME;
        if is_word || length + count > 2 || !word.text.chars().all(|c| characters.contains(c)) {
            return length == 1 && word.is_verb;
        }
        length += count;
        if length == 2 {
            return true;
        }
    }
    length == 1
}

/// Whether a character is of a word that is not Chinese, or ends what is quoted.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || "”’」』》）`".contains(c)
}

/// A rule for the reading of a character; `assets/pinyin/contexts.txt` says how it is written.
struct ContextRule {
    before: Vec<Neighbour>,
    after: Vec<Neighbour>,
    reading: &'static str,
}

/// What stands beside a character.
enum Neighbour {
    Any,
    Edge,
    Digit,
    Letter,
    Verb,
    LaterVerb,
    GivenName(&'static str),
    Word(&'static str),
    AnyWord(&'static str),
    Near(&'static str),
    Text(&'static str),
}

/// The rules of a character, if it has any. Most have none, so that is known at once.
fn rules_of(c: char) -> Option<&'static [ContextRule]> {
    let (known, rules) = &*RULES;
    let place = u32::from(c).checked_sub(FIRST)?;
    let bits = known.get(place as usize / 64)?;
    if bits & 1 << (place % 64) == 0 {
        return None;
    }
    let found = rules.binary_search_by_key(&c, |(of, _)| *of).ok()?;
    Some(&rules[found].1)
}

/// The first character that can have rules.
const FIRST: u32 = 0x3400;

/// A bit for each character, from the first one on, whether it has rules; and those of each, in order, sorted by character.
type Rules = (Vec<u64>, Vec<(char, Vec<ContextRule>)>);

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules: BTreeMap<char, Vec<ContextRule>> = BTreeMap::new();
    let mut lists = HashMap::new();
    for line in CONTEXTS.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [name, list] = fields[..] {
            lists.insert(name, list);
        }
        let [characters, before, after, reading] = fields[..] else {
            continue;
        };
        for character in characters.split(' ') {
            let mut rest = character.chars();
            if let Some(c) = rest.next() {
                rules.entry(c).or_default().push(ContextRule {
                    before: neighbours(before, &lists),
                    after: neighbours(after, &lists),
                    reading: if reading == "@" {
                        rest.as_str()
                    } else {
                        reading
                    },
                });
            }
        }
    }
    let mut known = Vec::new();
    for c in rules.keys() {
        let place = u32::from(*c) - FIRST;
        known.resize(place as usize / 64 + 1, 0);
        known[place as usize / 64] |= 1 << (place % 64);
    }
    (known, rules.into_iter().collect())
});

/// The neighbours that a field of a rule names, with those of its lists.
fn neighbours(field: &'static str, lists: &HashMap<&str, &'static str>) -> Vec<Neighbour> {
    let words = field.split(' ').flat_map(|word| {
        let list = lists.get(word).copied().filter(|_| word != "@given");
        list.unwrap_or(word).split(' ')
    });
    let neighbour = |word: &'static str| match word {
        "-" => Neighbour::Any,
        "^" | "$" => Neighbour::Edge,
        "0" => Neighbour::Digit,
        "A" => Neighbour::Letter,
        "V" => Neighbour::Verb,
        "…V" => Neighbour::LaterVerb,
        "@given" => Neighbour::GivenName(lists.get(word).copied().unwrap_or_default()),
        _ => match (word.strip_prefix('='), word.trim_matches('…')) {
            (Some(word), _) => {
                { word.strip_suffix('…') }.map_or(Neighbour::Word(word), Neighbour::AnyWord)
            }
            (None, near) if near != word => Neighbour::Near(near),
            _ => Neighbour::Text(word),
        },
    };
    words.map(neighbour).collect()
}

#[cfg(test)]
#[path = "readings_tests.rs"]
mod tests;
