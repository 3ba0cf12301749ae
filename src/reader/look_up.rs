//! The look-up box beside a word: its reading, its senses, the words about it, and the translation of its sentence.

use std::borrow::Cow;
use std::ops::Range;

use super::page::{Page, SelectedBy, TextRange};
use super::popup::{Popup, PopupLine};
use crate::catalog::{BookWord, VocabularyBook, WordState};
use crate::dictionary::{
    DictionaryEntry, dictionary, frequency_band, headword, headwords_about, is_pointer,
    joined_pinyin, level_name, look_up, order_by_translation, reading_in_context, word_at,
    word_level, words_in,
};
use crate::locale::translated;
use crate::text::{Language, clean_line, is_han};

/// How many senses are shown, and how many longer words and shorter ones.
const MOST_SENSES: usize = 3;
const MOST_ABOUT: usize = 3;
/// The longest text that is looked up, in bytes, and the longest translation that is shown, in characters.
pub(super) const LONGEST_WORD: usize = 96;
const LONGEST_TRANSLATION: usize = 160;

/// The box, while it is open.
#[derive(Clone, Debug)]
pub(super) struct LookUpBox {
    /// What it is about. None before it is filled.
    pub(super) word: Option<TextRange>,
    pub(super) popup: Popup,
    /// How what was marked before it was opened came to be marked.
    pub(super) marked_by: Option<SelectedBy>,
}

/// A word of a page as it would be kept in the vocabulary book, without a sentence: its headword, or what is written if no
/// dictionary has it.
pub(super) fn book_word(page: &Page, word: &TextRange) -> BookWord {
    let text = page.text().shown(word.side).text.as_str();
    let range = word.range.start as usize..word.range.end as usize;
    let written = clean_line(text[range.clone()].trim()).into_owned();
    let found = headword(text, range.clone());
    let is_found = found.is_some();
    let mut found = found.unwrap_or_default();
    if !is_found {
        found.reading = joined_pinyin(&reading_in_context(text, range));
        found.word = written;
    }
    if let (_, Some(translation)) = page.sentence_texts(word) {
        order_by_translation(&mut found.senses, &translation);
    }
    let language = language_of(&found.word);
    BookWord {
        key: BookWord::key_of(language, &found.word, &found.reading),
        language,
        level: word_level(language, &found.word),
        band: frequency_band(language, &found.word),
        word: found.word,
        traditional: found.traditional,
        reading: found.reading,
        senses: found.senses,
        state: WordState::Removed,
        sentences: Vec::new(),
        created: 0,
        changed: 0,
    }
}

/// What the box says of what is selected on a page, and of the word of the vocabulary book that it is.
pub(super) fn look_up_popup(page: &Page, word: &TextRange, book: &VocabularyBook) -> Popup {
    let text = page.text().shown(word.side).text.as_str();
    let range = word.range.start as usize..word.range.end as usize;
    let written = clean_line(&text[range.clone()]).into_owned();
    let (_, translation) = page.sentence_texts(word);
    let translation =
        translation.map(|sentence| format!("┊ {}", shortened(&sentence).replace('\n', " ")));
    let translation = translation.unwrap_or_default();
    if range.len() > LONGEST_WORD {
        let line = PopupLine::text(tr!("Too long to look up").to_owned());
        return Popup::look_up(tr!("Look up").to_owned(), vec![line], translation);
    }
    let language = language_of(&written);
    let entries = look_up(dictionary(language), text, range.clone());
    let mut lines: Vec<PopupLine> = senses(&entries).map(PopupLine::text).collect();
    if lines.is_empty() {
        lines.push(PopupLine::text(not_found().to_owned()));
    }
    let [longer, mut inside] = headwords_about(text, &range);
    if entries.is_empty() {
        inside = words_in(text, range.clone());
        inside.retain(|word| *word != range);
    }
    for about in [longer, inside] {
        let about = about.into_iter().take(MOST_ABOUT);
        let about: Vec<String> = about.filter_map(|range| in_short(text, range)).collect();
        if !about.is_empty() {
            lines.push(PopupLine::text(about.join(" · ")));
        }
    }
    let mut title = title(&written, entries.first(), || {
        reading_in_context(text, range)
    });
    let own = book_word(page, word);
    let level = level_name(own.language, own.level);
    let state = book.get(own.key).map(|it| translated(it.state.name()));
    let facts = [level.as_str(), state.unwrap_or_default()];
    for fact in facts.into_iter().filter(|fact| !fact.is_empty()) {
        title = format!("{title} · {fact}");
    }
    Popup::look_up(title, lines, translation)
}

/// Said where our dictionary has nothing.
pub(super) fn not_found() -> &'static str {
    tr!("Not in the dictionary")
}

fn language_of(word: &str) -> Language {
    if word.contains(is_han) {
        Language::Chinese
    } else {
        Language::English
    }
}

/// A translation, without the words that are too many.
fn shortened(sentence: &str) -> Cow<'_, str> {
    let Some((end, _)) = sentence.char_indices().nth(LONGEST_TRANSLATION) else {
        return Cow::Borrowed(sentence);
    };
    let word = word_at(sentence, end);
    let end = if word.is_empty() { end } else { word.start };
    Cow::Owned(sentence[..end].trim_end().to_owned() + "…")
}

/// The word, and its other form, its lemma or its reading.
fn title(
    written: &str,
    entry: Option<&DictionaryEntry>,
    reading: impl FnOnce() -> String,
) -> String {
    let mut parts = vec![written.to_owned()];
    let own = entry
        .map(|entry| &entry.reading)
        .filter(|own| !own.is_empty());
    if let Some(entry) = entry {
        let is_written = |form: &&String| form.to_lowercase() != written.to_lowercase();
        let forms = [&entry.word, &entry.traditional].into_iter();
        let form = forms.filter(|form| !form.is_empty()).find(is_written);
        parts.extend(form.cloned());
    }
    let reading = own.cloned().unwrap_or_else(reading);
    parts.extend(Some(joined_pinyin(&reading)).filter(|reading| !reading.is_empty()));
    parts.join(" ")
}

/// The first senses, without what only points elsewhere; those of another reading have it before them.
fn senses(entries: &[DictionaryEntry]) -> impl Iterator<Item = String> {
    let first = entries.first().map_or("", |entry| &entry.reading);
    let senses = entries
        .iter()
        .flat_map(|entry| entry.senses.iter().map(move |sense| (entry, sense)));
    let real = senses.clone().filter(|(_, sense)| !is_pointer(sense));
    let only_pointers = senses.take(if real.clone().next().is_some() {
        0
    } else {
        MOST_SENSES
    });
    let senses = real.chain(only_pointers).take(MOST_SENSES);
    senses.map(move |(entry, sense)| {
        let other = (entry.reading != first).then(|| joined_pinyin(&entry.reading) + ": ");
        other.unwrap_or_default() + &clean_line(sense)
    })
}

/// A headword with its first sense.
fn in_short(text: &str, range: Range<usize>) -> Option<String> {
    let word = &text[range.clone()];
    let entries = look_up(dictionary(language_of(word)), text, range);
    let sense = entries.first()?.senses.first()?;
    Some(format!("{} {}", clean_line(word), clean_line(sense)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_translation_ends_with_a_whole_word() {
        let long = "rates ".repeat(40);
        let short = shortened(&long);
        assert!(short.ends_with(" rates…"), "{short}");
        assert_eq!(shortened("rates"), "rates");
    }
}
