//! The vocabulary book as a list: its order, its filter, and its lines.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::hub::{excerpt, simplified};
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
struct WordItem {
    word: Arc<BookWord>,
    day: Option<Date>,
    /// What the filter is matched against, once it was needed.
    haystack: Option<String>,
}

/// The list.
#[derive(Clone, Debug, Default)]
pub(super) struct WordList {
    items: Vec<WordItem>,
    /// Those that match the filter, in order.
    shown: Vec<usize>,
    pub(super) order: WordOrder,
    pub(super) query: String,
}

impl WordList {
    /// Lists all words again, with the same order and filter.
    pub(super) fn fill(&mut self, book: &VocabularyBook, (zone, today): (&TimeZone, Option<Date>)) {
        let item = |word: &Arc<BookWord>| {
            let kept = Timestamp::from_millisecond(word.created).ok();
            let kept = kept.filter(|_| word.created != 0);
            WordItem {
                word: Arc::clone(word),
                day: kept.map(|it| zone.to_datetime(it).date()).or(today),
                haystack: None,
            }
        };
        self.items = book.all().map(item).collect();
        self.sort();
    }

    /// Sorts by the order, and filters again.
    pub(super) fn sort(&mut self) {
        let order = self.order;
        self.items.sort_by(|one, other| {
            let key = |it: &WordItem| (Reverse(it.day), it.word.created, it.word.key);
            let by_day = || key(one).cmp(&key(other));
            let (one, other) = (&one.word, &other.word);
            match order {
                WordOrder::Day => by_day(),
                WordOrder::Level => {
                    let key = |word: &BookWord| {
                        (word.language, Reverse(word.level.unwrap_or(UNLISTED_LEVEL)))
                    };
                    key(one).cmp(&key(other)).then_with(by_day)
                }
                WordOrder::Article => article_key(one).cmp(&article_key(other)).then_with(by_day),
                WordOrder::Frequency => {
                    let key = |word: &BookWord| (word.language, word.band.unwrap_or(u8::MAX));
                    key(one).cmp(&key(other)).then_with(by_day)
                }
            }
        });
        self.filter();
    }

    /// Keeps those that have every word of the query: in word, reading, meaning, sentence or title, or as `is:known`,
    /// `is:kept` or `level:5`.
    pub(super) fn filter(&mut self) {
        let query = simplified(&self.query);
        let words: Vec<&str> = query.split_whitespace().collect();
        let items = self.items.iter_mut().enumerate();
        let shown = items.filter_map(|(at, item)| {
            let is_met = words.iter().all(|word| item.has(word));
            is_met.then_some(at)
        });
        self.shown = shown.collect();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many match the filter.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The word of a number, of those that match.
    pub(super) fn word(&self, number: usize) -> Option<&Arc<BookWord>> {
        self.shown.get(number).map(|&at| &self.items[at].word)
    }

    /// The number of the word with a key.
    pub(super) fn number_of(&self, key: u64) -> Option<usize> {
        self.shown
            .iter()
            .position(|&at| self.items[at].word.key == key)
    }

    /// The lines: a title for each group, under it a line for each word and one for its last sentence.
    pub(super) fn lines(&self) -> Vec<PopupLine> {
        let mut lines = Vec::with_capacity(2 * self.shown.len());
        let mut group = None;
        for (number, &at) in self.shown.iter().enumerate() {
            let item = &self.items[at];
            let title = self.group(item);
            if group.as_ref() != Some(&title) {
                lines.push(PopupLine::group(&title, Choice::Listed(number)));
                group = Some(title);
            }
            let level = level_name(item.word.language, item.word.level);
            let line = PopupLine::command(&level, word_line(&item.word), Choice::Listed(number));
            lines.push(line);
            if let Some(sentence) = item.word.sentences.last() {
                let text = format!("┊ {}", excerpt(&sentence.text));
                lines.push(PopupLine::of_note(text, Choice::Listed(number)));
            }
        }
        lines
    }

    fn group(&self, item: &WordItem) -> String {
        match self.order {
            WordOrder::Day => item.day.map(|day| day.to_string()).unwrap_or_default(),
            WordOrder::Level => {
                let name = level_name(item.word.language, item.word.level);
                if name.is_empty() {
                    tr!("(no level)").to_owned()
                } else {
                    name
                }
            }
            WordOrder::Article => item.word.sentences.last().map_or_else(
                || tr!("(no sentence)").to_owned(),
                |it| clean_line(&it.title).into_owned(),
            ),
            WordOrder::Frequency => band_name(item.word.band),
        }
    }
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

impl WordItem {
    /// Whether it has a word of a query, folded.
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
