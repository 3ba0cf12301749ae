//! The query language of the filter line and of `list --query`.

mod lexer;
mod parser;
mod terms;

use std::ops::Range;

use jiff::civil;

use crate::text::Language;

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
    /// A word of the title, description, source or tags: literally, in the other script, or by its pinyin or initials. Folded.
    Word(String),
    /// A phrase, literally: `"…"`. Folded.
    Phrase(String),
    /// A tag that begins with this, folded.
    Tag(String),
    /// A source that holds this, folded: `author:` or `source:`.
    Author(String),
    /// A language that the article has.
    Language(Language),
    /// Whether something was wrong with its file: `has:problem`.
    HasProblem,
    /// The days it falls on.
    Date(Days),
}

/// A span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    /// From one day to another, both included; a side that is none is open.
    Between(Option<civil::Date>, Option<civil::Date>),
    /// So many days up to today, today included: `date:7d`.
    Last(u32),
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

impl Query {
    /// Understands a query.
    ///
    /// Side by side means all of them, `or` (or `|`) one of them, `-` not; parentheses group. What Chinese input methods type in place
    /// of a sign is taken for it: `：`, `（`, `）`, `“…”`, the full-width space.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn parse(query: &str) -> Result<Self, Mistake> {
        parser::parse(query).map(|condition| Self { condition })
    }
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
