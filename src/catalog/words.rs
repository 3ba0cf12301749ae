//! The vocabulary book: words that the reader keeps, each with the sentences in which it was met.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::annotations::simplified;
use crate::bilingual::{Place, fingerprint};
use crate::text::Language;

/// The most sentences of a word; the oldest is left out for a new one.
const MOST_SENTENCES: usize = 50;

/// What the reader said of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordState {
    /// It is kept, to be learned.
    #[default]
    Kept,
    /// It is known.
    Known,
    /// It was removed from the book.
    Removed,
}

impl WordState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Known, Self::Removed];

    /// Its name in the saved state and on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => message!("kept"),
            Self::Known => message!("known"),
            Self::Removed => "removed",
        }
    }

    /// The state with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A word of the vocabulary book. Its texts are as articles and dictionaries have them, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookWord {
    /// What it is known by: a [hash](Self::key_of) of its language, headword and reading.
    pub key: u64,
    /// The language that it is of.
    pub language: Language,
    /// The headword, Chinese in simplified characters; a word that no dictionary has as it is written.
    pub word: String,
    /// The traditional form; empty if it is the same.
    pub traditional: String,
    /// Its reading in the context in which it was kept first: pinyin, or a phonetic transcription.
    pub reading: String,
    /// What it means, the most fitting first; what the reader wrote instead is one.
    pub senses: Vec<String>,
    /// Whether it is kept, known or removed.
    pub state: WordState,
    /// Where it was met, the first one first.
    pub sentences: Vec<WordSentence>,
    /// How hard it is, and how frequent, by the lists of the dictionary; not saved.
    pub level: Option<u8>,
    /// See `level`.
    pub band: Option<u8>,
    /// When it was kept, in milliseconds since 1970; 0 before it is saved.
    pub created: i64,
    /// When it was changed last, as above.
    pub changed: i64,
}

/// A sentence in which a word was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordSentence {
    /// The folder of the library of its article; `None` for the one that is open.
    pub library: Option<Arc<Path>>,
    /// The path of the article, relative to the folder of its library.
    pub path: PathBuf,
    /// Where the word is in the article.
    pub place: Place,
    /// The sentence, on one line.
    pub text: String,
    /// The bytes of the word in it.
    pub word: [u32; 2],
    /// The sentence that translates it; empty if that is not certain.
    pub translation: String,
    /// The title of the article.
    pub title: String,
    /// Its source; empty if it has none.
    pub source: String,
    /// The link to the original; empty if it has none.
    pub link: String,
    /// The date of the article.
    pub day: Option<Date>,
    /// When it was added, in milliseconds since 1970; 0 before it is saved.
    pub added: i64,
}

impl WordSentence {
    /// What it is known by among those of its word: the same text is the same sentence.
    pub fn key(&self) -> u64 {
        fingerprint(&self.text)
    }

    /// The sentence before the word, the word as it is written there, and what follows.
    pub fn parts(&self) -> [&str; 3] {
        let text = self.text.as_str();
        let [start, end] = self.word.map(|at| text.floor_char_boundary(at as usize));
        let end = end.max(start);
        [&text[..start], &text[start..end], &text[end..]]
    }
}

impl BookWord {
    /// The key of a word. The same word of a language with the same reading always has the same key.
    pub fn key_of(language: Language, word: &str, reading: &str) -> u64 {
        fingerprint(&format!(
            "{}\0{}\0{}",
            language.code(),
            simplified(word),
            reading.to_lowercase()
        ))
    }

    /// The same with a sentence more, if it has not got that yet; or with its translation, if it lacked that.
    #[must_use]
    pub fn with_sentence(&self, sentence: WordSentence) -> Self {
        let mut word = self.clone();
        let key = sentence.key();
        if let Some(own) = word.sentences.iter_mut().find(|it| it.key() == key) {
            if own.translation.is_empty() {
                own.translation = sentence.translation;
            }
        } else {
            if word.sentences.len() >= MOST_SENTENCES {
                word.sentences.remove(0);
            }
            word.sentences.push(sentence);
        }
        word
    }

    /// What is left of one that was removed.
    #[must_use]
    pub fn removed(&self) -> Self {
        Self {
            state: WordState::Removed,
            senses: Vec::new(),
            sentences: Vec::new(),
            ..self.clone()
        }
    }

    /// The keys of the sentences that it has and another form of it has not.
    pub fn sentences_not_in(&self, other: &Self) -> Vec<u64> {
        let keys = self.sentences.iter().map(WordSentence::key);
        let is_there = |key: &u64| other.sentences.iter().any(|it| it.key() == *key);
        keys.filter(|key| !is_there(key)).collect()
    }

    /// Its senses on one line.
    pub fn gloss(&self) -> String {
        self.senses.join("; ")
    }
}

/// The words of the vocabulary book, of all libraries.
#[derive(Clone, Debug, Default)]
pub struct VocabularyBook {
    words: HashMap<u64, Arc<BookWord>>,
    /// Of each language, by headword, folded and in simplified characters.
    by_headword: [HashMap<String, Vec<u64>>; 2],
}

impl VocabularyBook {
    /// All words, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<BookWord>> {
        self.words.values()
    }

    /// The word with a key.
    pub fn get(&self, key: u64) -> Option<&Arc<BookWord>> {
        self.words.get(&key)
    }

    /// Whether a headword is kept or known, whatever its reading; kept counts more.
    pub fn state_of(&self, language: Language, headword: &str) -> Option<WordState> {
        let keys = self.by_headword[language as usize].get(&simplified(headword))?;
        let mut states = keys.iter().filter_map(|key| Some(self.get(*key)?.state));
        let first = states.next()?;
        Some(states.fold(first, |one, other| match other {
            WordState::Kept => other,
            _ => one,
        }))
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Takes a word up in place of the one with its key, or leaves that out if it was removed.
    pub fn put(&mut self, word: Arc<BookWord>) {
        let headword = simplified(&word.word);
        let by_headword = &mut self.by_headword[word.language as usize];
        let keys = by_headword.entry(headword.clone()).or_default();
        keys.retain(|key| *key != word.key);
        if word.state == WordState::Removed {
            if keys.is_empty() {
                by_headword.remove(&headword);
            }
            self.words.remove(&word.key);
        } else {
            keys.push(word.key);
            self.words.insert(word.key, word);
        }
    }

    /// Gives the sentences of an article of the open library, known by the hash of its path, a new path.
    pub fn move_article(&mut self, from: u64, to: &Path) {
        let is_moved =
            |it: &WordSentence| it.library.is_none() && super::path_hash(&it.path) == from;
        for word in self.words.values_mut() {
            if word.sentences.iter().any(is_moved) {
                let sentences = Arc::make_mut(word).sentences.iter_mut();
                sentences
                    .filter(|it| is_moved(it))
                    .for_each(|it| to.clone_into(&mut it.path));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> WordSentence {
        WordSentence {
            library: None,
            path: "a.md".into(),
            place: Place {
                side: Language::Chinese,
                block: 0,
                offset: 0,
                fingerprint: 1,
            },
            text: text.into(),
            word: [3, 9],
            translation: String::new(),
            title: String::new(),
            source: String::new(),
            link: String::new(),
            day: None,
            added: 0,
        }
    }

    fn word(word: &str, reading: &str) -> BookWord {
        BookWord {
            key: BookWord::key_of(Language::Chinese, word, reading),
            language: Language::Chinese,
            word: word.into(),
            traditional: String::new(),
            reading: reading.into(),
            senses: vec!["sense".into()],
            state: WordState::Kept,
            sentences: vec![sentence("这行字")],
            level: None,
            band: None,
            created: 0,
            changed: 0,
        }
    }

    #[test]
    fn a_word_met_again_gets_the_sentence_once() {
        let one = word("行", "háng");
        let two = one.with_sentence(sentence("另一行字"));
        assert_eq!(two.sentences.len(), 2);
        assert_eq!(two.with_sentence(sentence("这行字")), two);
        assert_eq!(two.sentences_not_in(&one).len(), 1);
        let mut many = two;
        for number in 0..100 {
            many = many.with_sentence(sentence(&format!("第{number}行")));
        }
        assert_eq!(many.sentences.len(), MOST_SENTENCES);
        assert_eq!(many.sentences.last().unwrap().text, "第99行");
    }

    #[test]
    fn readings_are_words_of_their_own_and_removed_ones_are_gone() {
        let mut book = VocabularyBook::default();
        let (one, other) = (word("行", "háng"), word("行", "xíng"));
        book.put(Arc::new(one.clone()));
        book.put(Arc::new(BookWord {
            state: WordState::Known,
            ..other.clone()
        }));
        assert_eq!(book.all().count(), 2);
        let state = |book: &VocabularyBook| book.state_of(Language::Chinese, "行");
        assert_eq!(state(&book), Some(WordState::Kept));
        book.put(Arc::new(one.removed()));
        assert_eq!(state(&book), Some(WordState::Known));
        book.put(Arc::new(other.removed()));
        assert_eq!(state(&book), None);
        assert!(book.is_empty() && book.by_headword.iter().all(HashMap::is_empty));
    }

    #[test]
    fn a_damaged_range_of_the_word_is_no_panic() {
        let mut one = sentence("这行字");
        assert_eq!(one.parts(), ["这", "行字", ""]);
        for word in [[9, 3], [1, 2], [70, 80]] {
            one.word = word;
            assert_eq!(one.parts().concat(), "这行字");
        }
    }
}
