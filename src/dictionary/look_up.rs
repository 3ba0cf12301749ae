//! What a dictionary says of a word of a text.

use std::ops::Range;

use super::cedict::{is_pointer, without_tones};
use super::embedded::dictionary;
use super::english::lemmas;
use super::readings::readings;
use super::table::{DictionaryEntry, WordTable, key};
use super::words::{next_word, previous_word};
use crate::text::{Language, is_han, simplified_form};

/// How far about a word its reading is looked for, in characters.
const NEAR: usize = 32;
/// The longest headword that is looked for about a word, in characters, and in English words.
const LONGEST: usize = 8;
const MOST_WORDS: usize = 4;
/// Pinyin of more syllables than this keeps its spaces.
const MOST_JOINED: usize = 4;

/// What a dictionary says of a word of a text, the entry that suits the context best first: by the reading, and by the
/// form of the characters. An English word is looked up as it stands, then by its lemma.
///
/// The range is of bytes, between characters.
pub fn look_up<B: AsRef<[u8]>>(
    table: &WordTable<B>,
    text: &str,
    word: Range<usize>,
) -> Vec<DictionaryEntry> {
    let written = &text[word.clone()];
    if !written.contains(is_han) {
        let mut entries = english_entries(table, written);
        let senses = entries.iter_mut().flat_map(|entry| &mut entry.senses);
        senses.for_each(add_reading);
        return entries;
    }
    let mut entries = table.entries(&key(written));
    entries.iter_mut().for_each(fill_reading);
    let spoken = reading_in_context(text, word);
    let score = |entry: &DictionaryEntry| {
        let reading = entry.reading.to_lowercase();
        let is_alike = without_tones(&reading) == without_tones(&spoken);
        // The neutral tone at the end is often written as the full one: dìfang, dìfāng.
        let is_neutral = reading.rsplit(' ').next().is_some_and(str::is_ascii);
        let is_spoken = reading == spoken || (is_neutral && is_alike);
        // An entry of its rarer form: 秊 of 年.
        let is_variant = format!("variant of {}", entry.word);
        let is_variant = entry.senses.contains(&is_variant);
        let is_form = written != entry.word && written == entry.traditional;
        3 * i32::from(is_form) + i32::from(is_alike) + i32::from(is_spoken)
            - i32::from(is_variant)
            - 3 * i32::from(entry.reading.starts_with(char::is_uppercase))
            - 4 * i32::from(entry.senses.iter().all(|sense| is_pointer(sense)))
    };
    entries.sort_by_key(|entry| std::cmp::Reverse(score(entry)));
    entries
}

/// What a dictionary says of an English word: as it stands, else of its lemma.
pub(super) fn english_entries<B: AsRef<[u8]>>(
    table: &WordTable<B>,
    written: &str,
) -> Vec<DictionaryEntry> {
    let forms = lemmas(written).into_iter();
    let found = forms.map(|form| table.entries(&form));
    let found = { found }.find(|entries| !entries.is_empty());
    found.unwrap_or_default()
}

/// An entry without a reading is read as its word is by itself.
fn fill_reading(entry: &mut DictionaryEntry) {
    if entry.reading.is_empty() {
        entry.reading = reading_in_context(&entry.word, 0..entry.word.len());
    }
}

/// Adds its reading to a sense that is a Chinese word.
fn add_reading(sense: &mut String) {
    if sense.chars().all(is_han) {
        let mut entries = dictionary(Language::Chinese).entries(&key(sense));
        if let Some(entry) = entries.iter_mut().find(|entry| entry.word == *sense) {
            fill_reading(entry);
            *sense = format!("{sense} {}", joined_pinyin(&entry.reading));
        }
    }
}

/// The pinyin of a range of a text in its context, syllables between spaces. Empty where no Chinese character is.
pub fn reading_in_context(text: &str, word: Range<usize>) -> String {
    let nearest = text[..word.start].char_indices().rev().take(NEAR).last();
    let start = nearest.map_or(word.start, |(start, _)| start);
    let simplified = |range: Range<usize>| text[range].chars().map(simplified_form);
    let mut context: String = simplified(start..word.start).collect();
    let from = context.len() as u32;
    context.extend(simplified(word.clone()));
    let to = context.len() as u32;
    context.extend(simplified(word.end..text.len()).take(NEAR));
    let readings = readings(&context, 0..context.len() as u32).into_iter();
    let inside = readings.filter(|reading| (from..to).contains(&reading.at));
    let syllables: Vec<&str> = inside.map(|reading| reading.syllable).collect();
    syllables.join(" ")
}

/// Whether a syllable needs an apostrophe within a word (GB/T 16159).
pub fn begins_with_vowel(syllable: &str) -> bool {
    syllable.starts_with([
        'a', 'ā', 'á', 'ǎ', 'à', 'e', 'ē', 'é', 'ě', 'è', 'o', 'ō', 'ó', 'ǒ', 'ò', 'ê',
    ])
}

/// Pinyin as a word is written: syllables joined, with an apostrophe before one that begins with a vowel.
pub fn joined_pinyin(reading: &str) -> String {
    if reading.split(' ').count() > MOST_JOINED {
        return reading.to_owned();
    }
    let mut joined = String::new();
    for syllable in reading.split(' ') {
        if begins_with_vowel(syllable) && !joined.is_empty() {
            joined.push('\'');
        }
        joined += syllable;
    }
    joined
}

/// The headwords of our dictionary about a word of a text: the longer ones that cover it, the shortest first, and those
/// inside it, the longest first.
pub fn headwords_about(text: &str, word: &Range<usize>) -> [Vec<Range<usize>>; 2] {
    if text[word.clone()].contains(is_han) {
        [chinese_covering(text, word), chinese_inside(text, word)]
    } else {
        english_about(text, word)
    }
}

fn is_headword(language: Language, text: &str) -> bool {
    dictionary(language).contains(&key(text))
}

fn chinese_covering(text: &str, word: &Range<usize>) -> Vec<Range<usize>> {
    let before = text[..word.start].char_indices().rev();
    let before = before.take_while(|&(_, c)| is_han(c)).take(LONGEST);
    let starts = std::iter::once(word.start).chain(before.map(|(start, _)| start));
    let after = text[word.end..].char_indices();
    let after = after.take_while(|&(_, c)| is_han(c)).take(LONGEST);
    let ends = after.map(|(at, c)| word.end + at + c.len_utf8());
    let ends: Vec<usize> = std::iter::once(word.end).chain(ends).collect();
    let mut found: Vec<Range<usize>> = starts
        .flat_map(|start| ends.iter().map(move |&end| start..end))
        .filter(|range| range != word && text[range.clone()].chars().count() <= LONGEST)
        .filter(|range| is_headword(Language::Chinese, &text[range.clone()]))
        .collect();
    found.sort_by_key(ExactSizeIterator::len);
    found
}

/// Single characters only where there is nothing longer.
fn chinese_inside(text: &str, word: &Range<usize>) -> Vec<Range<usize>> {
    let starts: Vec<usize> = text[word.clone()]
        .char_indices()
        .map(|(at, _)| word.start + at)
        .chain([word.end])
        .take(LONGEST)
        .collect();
    let mut found = Vec::new();
    for count in (1..starts.len().saturating_sub(1)).rev() {
        let ranges = starts
            .windows(count + 1)
            .map(|places| places[0]..places[count]);
        if count > 1 || found.is_empty() {
            found.extend(
                ranges.filter(|range| is_headword(Language::Chinese, &text[range.clone()])),
            );
        }
    }
    found
}

fn english_about(text: &str, word: &Range<usize>) -> [Vec<Range<usize>>; 2] {
    let mut starts = vec![word.start];
    let mut ends = vec![word.end];
    while starts.len() < MOST_WORDS
        && let Some(before) = previous_word(text, starts[starts.len() - 1])
    {
        starts.push(before.start);
    }
    while ends.len() < MOST_WORDS
        && let Some(after) = next_word(text, ends[ends.len() - 1])
    {
        ends.push(after.end);
    }
    // A phrase may end in an inflected word: "power stations".
    let is_phrase = |range: &Range<usize>| {
        let forms = lemmas(&text[range.clone()]).into_iter();
        { forms }.any(|form| form.contains(' ') && is_headword(Language::English, &form))
    };
    let ranges = starts
        .iter()
        .flat_map(|&start| ends.iter().map(move |&end| start..end));
    let mut longer: Vec<Range<usize>> = ranges
        .filter(|range| range != word && is_phrase(range))
        .collect();
    longer.sort_by_key(ExactSizeIterator::len);
    let mut start = word.start;
    let parts = text[word.clone()].split_inclusive('-').map(|part| {
        start += part.len();
        start - part.len()..start - usize::from(part.ends_with('-'))
    });
    let inside =
        parts.filter(|part| part != word && is_headword(Language::English, &text[part.clone()]));
    [longer, inside.collect()]
}

#[cfg(test)]
#[path = "look_up_tests.rs"]
mod tests;
