//! What a query requires of an article.

use std::fmt::{self, Display, Formatter};

use super::days::Days;
use super::lex::quoted;
use crate::text::Language;

/// What a query requires of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of these: terms side by side.
    All(Vec<Condition>),
    /// One of these: terms separated by `or`.
    Any(Vec<Condition>),
    /// Not this: a term after `-`.
    Not(Box<Condition>),
    /// A word of the title, description, source or tags, folded: literally, as pinyin or initials, or loosely.
    Word(String),
    /// A text in the article, in either language, within one block: `"…"` or `text:…`. As typed; the search folds it.
    Text(String),
    /// A value of a field.
    Field(FieldCondition),
}

/// A required value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldCondition {
    /// A tag that begins with this name, or is this name.
    Tag(FieldName),
    /// A source that contains this name, or is this name: `author:` or `source:`.
    Author(FieldName),
    /// A language that the article has.
    Language(Language),
    /// Any problem in its file: `has:problem`.
    HasProblem,
    /// Whether it was read: `is:unread`, `is:read`, `is:finished`, `is:starred`, `is:new`.
    Is(ReadState),
    /// The days of its date.
    Date(Days),
}

/// The name of a tag or a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// The name, folded.
    pub text: String,
    /// Whether it is quoted, and must match as a whole.
    pub is_whole: bool,
}

/// Whether an article was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReadState {
    /// Neither read nor finished.
    Unread,
    /// Read or finished.
    Read,
    /// Finished.
    Finished,
    /// Starred.
    Starred,
    /// Unread, and modified since the last visit.
    New,
}

impl ReadState {
    const ALL: [Self; 5] = [Self::Unread, Self::Read, Self::Finished, Self::Starred, Self::New];

    /// The state with a name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Finished => "finished",
            Self::Starred => "starred",
            Self::New => "new",
        }
    }
}

impl Condition {
    /// The conditions that contain no others, and whether each is required (true) or forbidden (false).
    pub(super) fn leaves(&self) -> Vec<(&Self, bool)> {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().flat_map(Self::leaves).collect(),
            Self::Not(one) => one.leaves().into_iter().map(|(leaf, is_required)| (leaf, !is_required)).collect(),
            leaf => vec![(leaf, true)],
        }
    }

    /// Writes conditions with a separator between them, and parentheses where they are needed.
    fn write_list(f: &mut Formatter<'_>, conditions: &[Self], separator: &str) -> fmt::Result {
        for (at, condition) in conditions.iter().enumerate() {
            if at > 0 {
                f.write_str(separator)?;
            }
            match condition {
                Self::All(_) if separator == " or " => write!(f, "{condition}")?,
                Self::Any(_) | Self::All(_) => write!(f, "({condition})")?,
                _ => write!(f, "{condition}")?,
            }
        }
        Ok(())
    }
}

/// As it can be typed: it is read back as the same condition if words without a field are [`Condition::Word`]s.
impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(all) => Self::write_list(f, all, " "),
            Self::Any(any) => Self::write_list(f, any, " or "),
            Self::Not(one) if matches!(**one, Self::All(_) | Self::Any(_)) => write!(f, "-({one})"),
            Self::Not(one) => write!(f, "-{one}"),
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Field(field) => field.fmt(f),
        }
    }
}

impl Display for FieldCondition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Author(author) => write!(f, "author:{author}"),
            Self::Language(Language::Chinese) => f.write_str("lang:zh"),
            Self::Language(Language::English) => f.write_str("lang:en"),
            Self::HasProblem => f.write_str("has:problem"),
            Self::Is(state) => write!(f, "is:{}", state.name()),
            Self::Date(days) => write!(f, "date:{days}"),
        }
    }
}

impl Display for FieldName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&if self.is_whole { quoted(&self.text) } else { self.text.clone() })
    }
}
