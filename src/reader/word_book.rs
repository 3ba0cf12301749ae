//! The words of the vocabulary book as they are listed.

use std::cmp::{Ordering, Reverse};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::listing::{Listed, excerpt, simplified};
use super::popup::{Choice, PopupLine};
use crate::catalog::{BookWord, VocabularyBook, WordSentence, WordState};
use crate::dictionary::{UNLISTED_LEVEL, band_name, level_name};
use crate::text::clean_line;

/// What the list is grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum WordOrder {
    /// The day on which they were kept, the last first.
    #[default]
    Day,
    /// The hardest first.
    Level,
    /// The articles in which they were met last.
    Article,
    /// The most frequent first.
    Frequency,
}

impl WordOrder {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Day => Self::Level,
            Self::Level => Self::Article,
            Self::Article => Self::Frequency,
            Self::Frequency => Self::Day,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Day => message!("day"),
            Self::Level => message!("level"),
            Self::Article => message!("article"),
            Self::Frequency => message!("frequency"),
        }
    }
}

/// A word with what the list says of it.
#[derive(Clone, Debug)]
pub(super) struct WordItem {
    pub(super) word: Arc<BookWord>,
    day: Option<Date>,
    /// What the filter is matched against, once it was needed.
    haystack: Option<String>,
}

/// All words of the book with what the list says of them.
pub(super) fn word_items(
    book: &VocabularyBook,
    (zone, today): (&TimeZone, Option<Date>),
) -> Vec<WordItem> {
    let item = |word: &Arc<BookWord>| {
        let kept = Timestamp::from_millisecond(word.created).ok();
        let kept = kept.filter(|_| word.created != 0);
        WordItem {
            word: Arc::clone(word),
            day: kept.map(|it| zone.to_datetime(it).date()).or(today),
            haystack: None,
        }
    };
    book.all().map(item).collect()
}

/// Whether a word has no sentence; the date of the article of its last one, and its path.
type ArticleKey<'a> = (bool, Option<(Reverse<Option<Date>>, &'a Path)>);

/// What words are sorted by in the order of articles: the newest first, those without a sentence last.
fn article_key(word: &BookWord) -> ArticleKey<'_> {
    let last = word.sentences.last();
    (last.is_none(), last.map(|it| (Reverse(it.day), &*it.path)))
}

/// A word with its forms, its meaning, and how often it was met.
fn word_line(word: &BookWord) -> String {
    let forms = [&word.word, &word.traditional, &word.reading].map(String::as_str);
    let forms: Vec<&str> = forms.into_iter().filter(|form| !form.is_empty()).collect();
    let mut line = forms.join(" ");
    if !word.senses.is_empty() {
        line = format!("{line} · {}", word.gloss());
    }
    if word.state == WordState::Known {
        line = tr!("(known) {word}", word = line);
    }
    if word.sentences.len() > 1 {
        line = format!("{line} ×{}", word.sentences.len());
    }
    clean_line(&line).into_owned()
}

impl Listed for WordItem {
    type Order = WordOrder;

    fn compare(&self, other: &Self, order: WordOrder) -> Ordering {
        let key = |it: &Self| (Reverse(it.day), it.word.created, it.word.key);
        let by_day = || key(self).cmp(&key(other));
        let (one, another) = (&self.word, &other.word);
        match order {
            WordOrder::Day => by_day(),
            WordOrder::Level => {
                let key = |word: &BookWord| {
                    (word.language, Reverse(word.level.unwrap_or(UNLISTED_LEVEL)))
                };
                key(one).cmp(&key(another)).then_with(by_day)
            }
            WordOrder::Article => {
                let by_article = article_key(one).cmp(&article_key(another));
                by_article.then_with(by_day)
            }
            WordOrder::Frequency => {
                let key = |word: &BookWord| (word.language, word.band.unwrap_or(u8::MAX));
                key(one).cmp(&key(another)).then_with(by_day)
            }
        }
    }

    fn group(&self, order: WordOrder) -> String {
        match order {
            WordOrder::Day => self.day.map(|day| day.to_string()).unwrap_or_default(),
            WordOrder::Level => {
                let name = level_name(self.word.language, self.word.level);
                if name.is_empty() {
                    tr!("(no level)").to_owned()
                } else {
                    name
                }
            }
            WordOrder::Article => self.word.sentences.last().map_or_else(
                || tr!("(no sentence)").to_owned(),
                |it| clean_line(&it.title).into_owned(),
            ),
            WordOrder::Frequency => band_name(self.word.band),
        }
    }

    /// The word with its level, and below it its last sentence.
    fn lines(&self, _: WordOrder, choice: Choice) -> (PopupLine, Option<PopupLine>) {
        let level = level_name(self.word.language, self.word.level);
        let sentence = self.word.sentences.last().map(|sentence| {
            PopupLine::of_note(format!("┊ {}", excerpt(&sentence.text)), choice.clone())
        });
        let line = PopupLine::command(&level, word_line(&self.word), choice);
        (line, sentence)
    }

    /// Words are looked for in word, reading, meaning, sentences and titles; `is:known`, `is:kept` and `level:5` are of the
    /// list's own.
    fn has(&mut self, wanted: &str) -> bool {
        let word = &self.word;
        if let Some(level) = wanted.strip_prefix("level:") {
            return level.parse() == Ok(word.level.unwrap_or(UNLISTED_LEVEL));
        }
        match wanted {
            "is:known" => return word.state == WordState::Known,
            "is:kept" => return word.state == WordState::Kept,
            _ => {}
        }
        let haystack = self.haystack.get_or_insert_with(|| {
            let of_sentence = |it: &WordSentence| format!("{}\n{}", it.text, it.title);
            let sentences = word.sentences.iter().map(of_sentence);
            let own =
                [&word.word, &word.traditional, &word.reading, &word.gloss()].map(Clone::clone);
            let all: Vec<String> = own.into_iter().chain(sentences).collect();
            simplified(&all.join("\n"))
        });
        haystack.contains(wanted)
    }
}
