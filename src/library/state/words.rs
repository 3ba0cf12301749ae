//! The rows of the vocabulary book. Each word, with its sentences, is also a line of `jianbao state export`.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Result, Row, params};
use serde::{Deserialize, Serialize};

use super::rows::{self, PathText, WriteOrigin};
use crate::bilingual::Place;
use crate::catalog::{BookWord, WordSentence, WordState, path_hash};
use crate::dictionary::{frequency_band, word_level};
use crate::text::{Language, clean_line};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WordRow {
    key: u64,
    language: Language,
    word: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    traditional: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reading: String,
    senses: Vec<String>,
    state: WordState,
    sentences: Vec<SentenceRow>,
    created: i64,
    changed: i64,
    /// The keys of the sentences that it had before and has no more.
    #[serde(skip)]
    dropped: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SentenceRow {
    /// Only for JSON: the database knows the library by its id. None for the library that is open.
    library: Option<PathText>,
    path: PathText,
    place: Place,
    text: String,
    word: [u32; 2],
    #[serde(default, skip_serializing_if = "String::is_empty")]
    translation: String,
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    link: String,
    /// The date of the article, as ISO 8601.
    day: Option<String>,
    added: i64,
}

/// A text that may come from another program, cleaned.
fn cleaned(text: String) -> String {
    match clean_line(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => clean,
    }
}

impl SentenceRow {
    fn new(sentence: &WordSentence, now: i64) -> Self {
        let WordSentence {
            library,
            path,
            place,
            text,
            word,
            translation,
            title,
            source,
            link,
            day,
            added,
        } = sentence.clone();
        Self {
            library: library.as_deref().map(PathText::new),
            path: PathText::new(&path),
            place,
            text,
            word,
            translation,
            title,
            source,
            link,
            day: day.map(|day| day.to_string()),
            added: if added == 0 { now } else { added },
        }
    }

    fn sentence(self, open: &PathText) -> WordSentence {
        WordSentence {
            library: self
                .library
                .filter(|library| library != open)
                .map(|library| Arc::from(library.path())),
            path: self.path.path().to_owned(),
            place: self.place,
            text: cleaned(self.text),
            word: self.word,
            translation: cleaned(self.translation),
            title: cleaned(self.title),
            source: cleaned(self.source),
            link: cleaned(self.link),
            day: self.day.and_then(|day| day.parse().ok()),
            added: self.added,
        }
    }

    /// The key of its word, and the row; None if another program wrote what this one does not know.
    fn read(row: &Row<'_>) -> Result<Option<(u64, Self)>> {
        let Ok(place) = serde_json::from_str(row.get_ref("place")?.as_str()?) else {
            return Ok(None);
        };
        let sentence = Self {
            library: row.get("library_path")?,
            path: row.get("path")?,
            place,
            text: row.get("text")?,
            word: [row.get("word_start")?, row.get("word_end")?],
            translation: row.get("translation")?,
            title: row.get("title")?,
            source: row.get("source")?,
            link: row.get("link")?,
            day: row.get("day")?,
            added: row.get("added")?,
        };
        Ok(Some((rows::hash(row, "word")?, sentence)))
    }
}

impl WordRow {
    /// The row of a word that was changed at a time, with the keys of the sentences that it has no more.
    pub(super) fn new(word: &BookWord, dropped: Vec<u64>, changed: i64) -> Self {
        let sentences = word.sentences.iter();
        Self {
            key: word.key,
            language: word.language,
            word: word.word.clone(),
            traditional: word.traditional.clone(),
            reading: word.reading.clone(),
            senses: word.senses.clone(),
            state: word.state,
            sentences: sentences.map(|it| SentenceRow::new(it, changed)).collect(),
            created: if word.created == 0 {
                changed
            } else {
                word.created
            },
            changed,
            dropped,
        }
    }

    /// The row with the library of its sentences, for JSON.
    pub(super) fn in_library(&self, library: &Path) -> Self {
        let mut row = self.clone();
        for sentence in &mut row.sentences {
            let own = || PathText::new(library);
            sentence.library = sentence.library.take().or_else(|| Some(own()));
        }
        row
    }

    /// Whether it was met in a library.
    pub(super) fn is_of(&self, library: &PathText) -> bool {
        let mut sentences = self.sentences.iter();
        sentences.any(|it| it.library.as_ref() == Some(library))
    }

    /// The word, also if it was removed, for a reader who has this library open.
    pub(super) fn word(self, open: &PathText) -> Arc<BookWord> {
        let sentences = self.sentences.into_iter();
        let senses = self.senses.into_iter().map(cleaned);
        Arc::new(BookWord {
            level: word_level(self.language, &self.word),
            band: frequency_band(self.language, &self.word),
            key: self.key,
            language: self.language,
            word: cleaned(self.word),
            traditional: cleaned(self.traditional),
            reading: cleaned(self.reading),
            senses: senses.collect(),
            state: self.state,
            sentences: sentences.map(|it| it.sentence(open)).collect(),
            created: self.created,
            changed: self.changed,
        })
    }

    /// None if another program wrote what this one does not know.
    fn read(row: &Row<'_>) -> Result<Option<Self>> {
        let language: String = row.get("language")?;
        let language = Language::BOTH.into_iter().find(|it| it.code() == language);
        let state = WordState::named(row.get_ref("state")?.as_str()?);
        let senses = serde_json::from_str(row.get_ref("senses")?.as_str()?);
        let (Some(language), Some(state), Ok(senses)) = (language, state, senses) else {
            return Ok(None);
        };
        Ok(Some(Self {
            key: rows::hash(row, "key")?,
            language,
            word: row.get("word")?,
            traditional: row.get("traditional")?,
            reading: row.get("reading")?,
            senses,
            state,
            sentences: Vec::new(),
            created: row.get("created")?,
            changed: row.get("changed")?,
            dropped: Vec::new(),
        }))
    }
}

/// All words with their sentences, also those that were removed, the first one first.
pub(super) fn words(database: &Connection) -> Result<Vec<WordRow>> {
    select(database, "true", &[])
}

/// Those that others wrote since a revision.
pub(super) fn written_by_others(
    database: &Connection,
    since: i64,
    writer: i64,
) -> Result<Vec<WordRow>> {
    select(database, "revision > ?1 AND writer <> ?2", &[since, writer])
}

fn select(database: &Connection, condition: &str, values: &[i64]) -> Result<Vec<WordRow>> {
    let sql = format!("SELECT * FROM words WHERE {condition} ORDER BY key");
    let mut select = database.prepare(&sql)?;
    let found = select.query_map(rusqlite::params_from_iter(values), WordRow::read)?;
    let mut words: Vec<WordRow> = found.filter_map(Result::transpose).collect::<Result<_>>()?;
    let sql = format!(
        "SELECT word_sentences.*, libraries.path AS library_path FROM word_sentences
         JOIN libraries ON libraries.id = word_sentences.library
         WHERE word IN (SELECT key FROM words WHERE {condition}) ORDER BY word, added, word_sentences.key"
    );
    let mut select = database.prepare(&sql)?;
    let found = select.query_map(rusqlite::params_from_iter(values), SentenceRow::read)?;
    for sentence in found.filter_map(Result::transpose) {
        let (key, sentence) = sentence?;
        let at = words.binary_search_by_key(&key.cast_signed(), |word| word.key.cast_signed());
        if let Ok(at) = at {
            words[at].sentences.push(sentence);
        }
    }
    words.sort_by_key(|word| (word.created, word.key));
    Ok(words)
}

/// The number of the last writing.
pub(super) fn last_revision(database: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(revision), 0) FROM words";
    database.query_row(sql, [], |row| row.get(0))
}

/// Writes a word if it is newer than the saved one, and adds its sentences to those that are saved; returns whether
/// anything was written. Sentences without a library belong to this one.
pub(super) fn put_word(
    database: &Connection,
    library: Option<i64>,
    row: &WordRow,
    origin: WriteOrigin,
) -> Result<bool> {
    let sql = format!(
        "INSERT INTO words (key, language, word, traditional, reading, senses, state, created, changed, writer, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, (SELECT coalesce(max(revision), 0) + 1 FROM words))
         ON CONFLICT (key) DO UPDATE SET word = excluded.word, traditional = excluded.traditional,
             reading = excluded.reading, senses = excluded.senses, state = excluded.state,
             created = min(created, excluded.created), changed = excluded.changed, writer = excluded.writer,
             revision = excluded.revision
         WHERE {}",
        origin.is_newer("changed")
    );
    let key = row.key.cast_signed();
    let values = params![
        key,
        row.language.code(),
        row.word,
        row.traditional,
        row.reading,
        serde_json::to_string(&row.senses).unwrap_or_default(),
        row.state.name(),
        row.created,
        row.changed,
        origin.writer(),
    ];
    let is_written = database.execute(&sql, values)? > 0;
    let state = "SELECT state FROM words WHERE key = ?1";
    let state: String = database.query_row(state, [key], |row| row.get(0))?;
    if state == WordState::Removed.name() {
        database.execute("DELETE FROM word_sentences WHERE word = ?1", [key])?;
        return Ok(is_written);
    }
    let mut added = 0;
    for sentence in &row.sentences {
        let library = match (&sentence.library, library) {
            (Some(path), _) => rows::find_or_add_library(database, path)?,
            (None, Some(library)) => library,
            (None, None) => continue,
        };
        added += put_sentence(database, library, key, sentence)?;
    }
    for dropped in &row.dropped {
        let values = [key, dropped.cast_signed()];
        database.execute(
            "DELETE FROM word_sentences WHERE word = ?1 AND key = ?2",
            values,
        )?;
    }
    if added > 0 && !is_written {
        // Other programs are to see the sentence.
        let sql = "UPDATE words SET writer = ?2, revision = (SELECT max(revision) + 1 FROM words) WHERE key = ?1";
        database.execute(sql, [key, origin.writer()])?;
    }
    Ok(is_written || added > 0)
}

/// Writes a sentence that is not there yet, or the translation that it lacks.
fn put_sentence(
    database: &Connection,
    library: i64,
    word: i64,
    sentence: &SentenceRow,
) -> Result<usize> {
    let sql = "INSERT INTO word_sentences (word, key, library, path, path_hash, place, text, word_start, word_end,
             translation, title, source, link, day, added)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT DO UPDATE SET translation = excluded.translation
             WHERE translation = '' AND excluded.translation <> ''";
    let [start, end] = sentence.word;
    let values = params![
        word,
        crate::bilingual::fingerprint(&sentence.text).cast_signed(),
        library,
        sentence.path,
        path_hash(sentence.path.path()).cast_signed(),
        serde_json::to_string(&sentence.place).unwrap_or_default(),
        sentence.text,
        start,
        end,
        sentence.translation,
        sentence.title,
        sentence.source,
        sentence.link,
        sentence.day,
        sentence.added,
    ];
    database.execute(sql, values)
}

/// Writes a word of an import.
pub(super) fn merge_word(database: &Connection, row: &WordRow) -> Result<bool> {
    put_word(database, None, row, WriteOrigin::Import)
}
