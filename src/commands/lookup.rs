//! `jianbao lookup` and `jianbao dict`: words in the dictionary, and the dictionaries of the user.

use std::io::{self, Write};

use serde::Serialize;

use super::output::{self, Out, Outcome};
use crate::cli::{DictAction, LookupArgs};
use crate::dictionary::{
    DictionaryEntry, WordTable, dictionary, headwords_about, joined_pinyin, key, look_up, next_word,
};
use crate::error::Error;
use crate::library::{UserDictionary, add_dictionary, remove_dictionary, user_dictionaries};
use crate::text::{Language, clean_line, is_han};

/// How many headwords that begin with the word are printed, and senses of a related word.
const MOST_LONGER: usize = 6;
const FEW: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct LookupRecord {
    word: String,
    entries: Vec<LookupEntry>,
    related: Vec<LookupEntry>,
}

#[derive(Debug, Serialize)]
struct LookupEntry {
    /// The name of the user's dictionary; none for ours.
    dictionary: Option<String>,
    word: String,
    traditional: Option<String>,
    reading: Option<String>,
    senses: Vec<String>,
}

impl LookupEntry {
    fn new(entry: DictionaryEntry, dictionary: Option<&str>) -> Self {
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            dictionary: dictionary.map(str::to_owned),
            word: entry.word,
            traditional: given(entry.traditional),
            reading: given(joined_pinyin(&entry.reading)),
            senses: entry.senses,
        }
    }
}

/// Prints what the dictionaries say of each word; the answer is no if they know none.
pub(super) fn run(arguments: &LookupArgs) -> Result<Outcome, Error> {
    let others = user_dictionaries();
    let words = arguments
        .words
        .iter()
        .map(|word| record(word.trim(), &others));
    let words: Vec<LookupRecord> = words.collect();
    output::print(|out| {
        for (place, word) in words.iter().enumerate() {
            if arguments.json {
                output::write_json(word, out)?;
            } else {
                if place > 0 {
                    writeln!(out)?;
                }
                print(word, out)?;
            }
        }
        Ok(())
    })?;
    Ok(words.iter().any(|word| !word.entries.is_empty()).into())
}

/// Ours first, then those of the user.
pub(super) fn record(text: &str, others: &[UserDictionary]) -> LookupRecord {
    let has_han = text.contains(is_han);
    let language = if has_han {
        Language::Chinese
    } else {
        Language::English
    };
    let table = dictionary(language);
    let entries = look_up(table, text, 0..text.len()).into_iter();
    let mut entries: Vec<LookupEntry> =
        entries.map(|entry| LookupEntry::new(entry, None)).collect();
    for other in others {
        let found = look_up(&other.table, text, 0..text.len()).into_iter();
        entries.extend(found.map(|entry| LookupEntry::new(entry, Some(&other.name))));
    }
    LookupRecord {
        word: text.to_owned(),
        related: related(text, table, !entries.is_empty()),
        entries,
    }
}

/// The headwords in a word and those that begin with it; of a text that is no headword, its words.
fn related(text: &str, table: &WordTable<&[u8]>, is_headword: bool) -> Vec<LookupEntry> {
    let mut words: Vec<String> = Vec::new();
    if is_headword {
        let [_, inside] = headwords_about(text, &(0..text.len()));
        words.extend(inside.into_iter().map(|range| text[range].to_owned()));
        let key = key(text);
        words.extend(
            table
                .beginning_with(&key)
                .take(MOST_LONGER)
                .map(str::to_owned),
        );
    } else {
        let mut at = 0;
        while let Some(word) = next_word(text, at) {
            at = word.end;
            words.push(text[word].to_owned());
        }
    }
    let entry = |word: String| look_up(table, &word, 0..word.len()).into_iter().next();
    let entries = words.into_iter().filter_map(entry);
    entries.map(|entry| LookupEntry::new(entry, None)).collect()
}

fn print(record: &LookupRecord, out: &mut Out) -> io::Result<()> {
    if record.entries.is_empty() {
        let line = tr!(
            "{word}: not in the dictionary",
            word = clean_line(&record.word)
        );
        writeln!(out, "{line}")?;
    }
    for entry in &record.entries {
        writeln!(out, "{}", clean_line(&head(entry)))?;
        for sense in &entry.senses {
            writeln!(out, "  {}", clean_line(sense))?;
        }
    }
    if !record.related.is_empty() {
        writeln!(out, "{}", tr!("Related words:"))?;
    }
    for entry in &record.related {
        let senses = &entry.senses[..entry.senses.len().min(FEW)];
        let line = format!("  {}: {}", head(entry), senses.join("; "));
        writeln!(out, "{}", clean_line(&line))?;
    }
    Ok(())
}

/// The word with its traditional form, its reading and its dictionary.
fn head(entry: &LookupEntry) -> String {
    let parts = [
        Some(entry.word.clone()),
        entry.traditional.clone(),
        entry.reading.clone(),
        entry.dictionary.as_ref().map(|name| format!("({name})")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Adds, lists or removes dictionaries of the user.
pub(super) fn dict(action: &DictAction) -> Result<Outcome, Error> {
    match action {
        DictAction::Add { file } => {
            let (name, count) = add_dictionary(file).map_err(|why| Error::path(file, why))?;
            let line = tr!("{name}: {count} words", name = name, count = count);
            output::print(|out| writeln!(out, "{line}"))?;
        }
        DictAction::List => output::print(|out| {
            let mut all = user_dictionaries().into_iter();
            all.try_for_each(|one| {
                let line = tr!(
                    "{name}: {count} words",
                    name = one.name,
                    count = one.table.len()
                );
                writeln!(out, "{}", clean_line(&line))
            })
        })?,
        DictAction::Remove { name } => {
            let is_removed = remove_dictionary(name).map_err(Error::Usage)?;
            if !is_removed {
                let line = tr!(
                    "no dictionary {name}; `jianbao dict list` lists them",
                    name = clean_line(name)
                );
                return Err(Error::Usage(line));
            }
        }
    }
    Ok(Outcome::Yes)
}
