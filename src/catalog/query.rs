//! The query language of the filter line, `list --query` and `search`.
//!
//! Terms side by side are all wanted; `or` (also `|`) parts what of which one is enough and binds more loosely; `-` before a term or
//! a group in parentheses negates it. The full-width signs that Chinese input methods type stand for the plain ones.

mod days;
mod lex;
mod parse;
mod write;

use std::ops::Range;

use jiff::civil;

use crate::text::Language;

pub use write::{narrowed, quoted};

/// A query, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What an article has to satisfy; none for an empty query, which every article satisfies.
    pub condition: Option<Condition>,
}

/// What an article has to satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of these: terms side by side.
    All(Vec<Condition>),
    /// One of these: terms parted by `or`.
    Any(Vec<Condition>),
    /// Not this: a term after `-`.
    Not(Box<Condition>),
    /// A word of the title, description, source or tags: literally, by its pinyin or initials, or loosely. Folded.
    Word(String),
    /// A text in the article itself, in either language, within one block: `"…"`, `text:…`. As it was typed: whoever looks for it
    /// folds it as the text store is folded.
    Text(String),
    /// A tag that begins with this name, or is it.
    Tag(Name),
    /// A source that holds this name, or is it: `author:` or `source:`.
    Author(Name),
    /// A language that the article has.
    Language(Language),
    /// Whether something was wrong with its file: `has:problem`.
    HasProblem,
    /// What the reader did with it: `is:unread`, `is:read`, `is:finished`, `is:starred`, `is:new`.
    Is(State),
    /// The days it falls on.
    Date(Days),
}

/// A name that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name, folded.
    pub text: String,
    /// Whether it was quoted, and is to be found whole.
    pub is_whole: bool,
}

/// What a reader did with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Neither read nor finished.
    Unread,
    /// Read, or finished.
    Read,
    /// Finished.
    Finished,
    /// Starred.
    Starred,
    /// Unread, and its file is newer than the reader's last visit.
    New,
}

/// A span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    /// From one day to another, both included; a side that is none is open.
    Between(Option<civil::Date>, Option<civil::Date>),
    /// So many days up to today, today included: `date:7d`.
    Last(u32),
    /// So many calendar months up to today, today included: `date:3m`, `date:1y`.
    LastMonths(u32),
    /// Articles whose date is missing or could not be read: `date:none`.
    Undated,
}

/// Why a query was not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes of the query that are wrong; empty at its end where something is missing.
    pub at: Range<usize>,
    /// What is wrong, in one line that says what would be right.
    pub reason: String,
}

/// What a bare word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bare {
    /// A word of title, description, source or tags: in the filter line and `list --query`.
    Word,
    /// A text in the article, as if it were quoted: on the search screen and in `search`.
    Text,
}

impl Query {
    /// Understands a query. A quotation that is still open at the end counts as closed there.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn parse(query: &str, bare: Bare) -> Result<Self, Mistake> {
        Ok(Self { condition: parse::parse(query, bare)? })
    }

    /// The texts that it wants found in an article, those after a `-` left out: what is lit in the texts found.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        self.each(&mut |condition, is_wanted| match condition {
            Condition::Text(text) if is_wanted => texts.push(text.as_str()),
            _ => {}
        });
        texts
    }

    /// All texts that it names, wanted or not.
    pub fn all_texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        self.each(&mut |condition, _| {
            if let Condition::Text(text) = condition {
                texts.push(text.as_str());
            }
        });
        texts
    }

    /// Whether it holds words, which are looked for by their pinyin too.
    pub fn has_words(&self) -> bool {
        let mut has_words = false;
        self.each(&mut |condition, _| has_words |= matches!(condition, Condition::Word(_)));
        has_words
    }

    /// Whether it asks what the reader did with an article, so that a mark made by hand changes who satisfies it.
    pub fn has_marks(&self) -> bool {
        let mut has_marks = false;
        self.each(&mut |condition, _| has_marks |= matches!(condition, Condition::Is(_)));
        has_marks
    }

    /// Whether it is one text and nothing else.
    pub const fn is_one_text(&self) -> bool {
        matches!(self.condition, Some(Condition::Text(_)))
    }

    /// Tells each condition that holds no others, and whether it is wanted.
    fn each<'a>(&'a self, tell: &mut dyn FnMut(&'a Condition, bool)) {
        fn each<'a>(condition: &'a Condition, is_wanted: bool, tell: &mut dyn FnMut(&'a Condition, bool)) {
            match condition {
                Condition::All(all) | Condition::Any(all) => all.iter().for_each(|one| each(one, is_wanted, tell)),
                Condition::Not(one) => each(one, !is_wanted, tell),
                other => tell(other, is_wanted),
            }
        }
        if let Some(condition) = &self.condition {
            each(condition, true, tell);
        }
    }
}

#[cfg(test)]
#[path = "query/tests.rs"]
mod tests;
