//! Writing queries.

use std::fmt::{self, Display, Formatter};

use super::days::written;
use super::lex::{Kind, tokens};
use super::{Condition, Name, Query, State};
use crate::text::Language;

/// A value in quotation marks, so that it is read back as it is.
pub fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// A query that wants a further term besides what it wants already; the term as it is typed, such as `tag:"machine learning"`.
///
/// A query that cannot be understood is left out.
pub fn narrowed(query: &str, term: &str) -> String {
    let Ok(tokens) = tokens(query) else { return term.to_owned() };
    let Ok(Query { condition }) = Query::parse(query, super::Bare::Word) else { return term.to_owned() };
    let has_term = tokens.iter().any(|token| query[token.at.clone()] == *term);
    // A quotation still open would swallow what follows.
    let is_open = tokens.last().is_some_and(|last| match &last.kind {
        Kind::Phrase(_) | Kind::Key { .. } => Query::parse(&format!("{query} )"), super::Bare::Word).is_ok(),
        _ => false,
    });
    let query = if is_open { format!("{}\"", query.trim_end_matches('\\')) } else { query.trim().to_owned() };
    match condition {
        None => term.to_owned(),
        Some(Condition::Any(_)) => format!("({query}) {term}"),
        Some(_) if has_term => query,
        Some(_) => format!("{query} {term}"),
    }
}

/// As it can be typed: it is read back as the same query where bare words mean [words](super::Bare::Word).
impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.condition.as_ref().map_or(Ok(()), |condition| condition.fmt(f))
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let list = |f: &mut Formatter<'_>, all: &[Self], between: &str| {
            for (at, one) in all.iter().enumerate() {
                f.write_str(if at == 0 { "" } else { between })?;
                match one {
                    Self::Any(_) | Self::All(_) if !(between == " or " && matches!(one, Self::All(_))) => {
                        write!(f, "({one})")?;
                    }
                    _ => one.fmt(f)?,
                }
            }
            Ok(())
        };
        match self {
            Self::All(all) => list(f, all, " "),
            Self::Any(any) => list(f, any, " or "),
            Self::Not(one) if matches!(**one, Self::All(_) | Self::Any(_)) => write!(f, "-({one})"),
            Self::Not(one) => write!(f, "-{one}"),
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Tag(tag) => write!(f, "tag:{}", name(tag)),
            Self::Author(author) => write!(f, "author:{}", name(author)),
            Self::Language(Language::Chinese) => f.write_str("lang:zh"),
            Self::Language(Language::English) => f.write_str("lang:en"),
            Self::HasProblem => f.write_str("has:problem"),
            Self::Is(state) => f.write_str(match state {
                State::Unread => "is:unread",
                State::Read => "is:read",
                State::Finished => "is:finished",
                State::Starred => "is:starred",
                State::New => "is:new",
            }),
            Self::Date(days) => write!(f, "date:{}", written(*days)),
        }
    }
}

/// A name as it can be typed: what was quoted stays whole, and of what was not a part may do.
fn name(name: &Name) -> String {
    if name.is_whole { quoted(&name.text) } else { name.text.clone() }
}
