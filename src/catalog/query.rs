//! The query language of the filter line, `list --query` and `search`.

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
    /// A word of the title, description, source or tags: literally, by its pinyin or initials, or loosely. Folded.
    Word(String),
    /// A text in the article itself, in either language, folded as the text store is: `"…"`, `text:…`.
    Text(String),
    /// A tag that begins with this, folded.
    Tag(String),
    /// A source that holds this, folded: `author:` or `source:`.
    Author(String),
    /// A language that the article has.
    Language(Language),
    /// Whether something was wrong with its file: `has:problem`.
    HasProblem,
    /// What the reader did with it: `is:unread`, `is:read`, `is:finished`, `is:starred`, `is:new`.
    Is(State),
    /// The days it falls on.
    Date(Days),
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
    /// Understands a query.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn parse(query: &str, bare: Bare) -> Result<Self, Mistake> {
        let term = |word: &str| {
            let folded = crate::text::folded(word).into_owned();
            match bare {
                Bare::Word => Condition::Word(folded),
                Bare::Text => Condition::Text(folded),
            }
        };
        let terms: Vec<Condition> = query.split_whitespace().map(term).collect();
        Ok(Self { condition: (!terms.is_empty()).then_some(Condition::All(terms)) })
    }

    /// The texts that it wants found in an article, those after a `-` left out: what is lit in the texts found.
    pub fn texts(&self) -> Vec<&str> {
        fn collect<'a>(condition: &'a Condition, texts: &mut Vec<&'a str>) {
            match condition {
                Condition::All(all) | Condition::Any(all) => {
                    for one in all {
                        collect(one, texts);
                    }
                }
                Condition::Text(text) => texts.push(text),
                _ => {}
            }
        }
        let mut texts = Vec::new();
        if let Some(condition) = &self.condition {
            collect(condition, &mut texts);
        }
        texts
    }
}
