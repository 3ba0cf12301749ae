//! The query language of the filter line, `list --query` and `search`.
//!
//! Terms side by side are all required; `or` (also `|`) separates terms of which one is enough, and
//! binds more loosely; `-` before a term or a group in parentheses negates it. The full-width signs
//! that Chinese input methods type count as the plain ones.

mod condition;
mod lex;

use std::fmt::{self, Display, Formatter};
use std::ops::Range;

use jiff::civil;

use crate::catalog::annotations::{Annotation, AnnotationCondition, HighlightColour, simplified};
use crate::text::{Language, folded};
use lex::{QueryToken, QueryTokenKind, tokens};

pub use condition::{Condition, Days, FieldCondition, FieldName, ReadState, Term, WordBounds};
pub use lex::{QueryError, quoted};

/// The deepest nesting of groups and negations, so that no query exhausts the stack.
const MAX_DEPTH: usize = 50;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What it requires of an article; `None` for an empty query, which every article matches.
    pub condition: Option<Condition>,
}

impl Query {
    /// Parses a query. A quotation that is still open at the end counts as closed there.
    ///
    /// # Errors
    /// The first error in it.
    pub fn parse(query: &str) -> Result<Self, QueryError> {
        let mut parser = Parser {
            tokens: tokens(query)?,
            next: 0,
            end: query.len(),
            depth: 0,
        };
        let condition = parser.alternatives()?;
        match parser.tokens.get(parser.next) {
            None => Ok(Self { condition }),
            Some(token) => Err(error(
                token.at.clone(),
                tr!("Unmatched ): write ( before it, or remove it"),
            )),
        }
    }

    /// The terms that it requires of an article, which are highlighted in it.
    pub fn terms(&self) -> Vec<&Term> {
        self.leaves()
            .into_iter()
            .filter(|(_, is_required)| *is_required)
            .filter_map(|(leaf, _)| leaf.term())
            .collect()
    }

    /// Those of its [`Self::terms`] that are all required, and not one of several.
    pub fn required_terms(&self) -> Vec<&Term> {
        let required = match &self.condition {
            Some(Condition::All(all)) => all.as_slice(),
            one => one.as_slice(),
        };
        required.iter().filter_map(Condition::term).collect()
    }

    /// Those of its [`Self::terms`] that may be in a title or another field, and not only in the text.
    pub fn head_terms(&self) -> Vec<&Term> {
        self.leaves()
            .into_iter()
            .filter(|(leaf, is_required)| *is_required && !matches!(leaf, Condition::Text(_)))
            .filter_map(|(leaf, _)| leaf.term())
            .collect()
    }

    /// All terms that it names, also the forbidden ones; without the bare words, unless
    /// `with_words`.
    pub fn all_terms(&self, with_words: bool) -> Vec<&Term> {
        self.leaves()
            .into_iter()
            .filter(|(leaf, _)| with_words || !matches!(leaf, Condition::Word(_)))
            .filter_map(|(leaf, _)| leaf.term())
            .collect()
    }

    /// Whether it has bare words, which may match as pinyin or in the text.
    pub fn has_words(&self) -> bool {
        self.leaves()
            .iter()
            .any(|(leaf, _)| matches!(leaf, Condition::Word(_)))
    }

    /// Makes bare words match whole words only.
    pub fn match_whole_words(&mut self) {
        if let Some(condition) = &mut self.condition {
            condition.match_whole_words();
        }
    }

    /// Whether it depends on marks, so that a new mark changes what matches.
    pub fn has_marks(&self) -> bool {
        self.leaves().iter().any(|(leaf, _)| {
            matches!(
                leaf,
                Condition::Field(
                    FieldCondition::Is(_) | FieldCondition::Annotated(_) | FieldCondition::Tag(_)
                )
            )
        })
    }

    /// Whether it may ask for a highlight of an article that matches: what it says of highlights is true of this one.
    pub fn may_ask_for(&self, annotation: &Annotation) -> bool {
        let condition = self.condition.as_ref();
        condition.and_then(|it| it.verdict(annotation)) != Some(false)
    }

    /// The day that it asks for, if it asks for one day and nothing else.
    pub fn day(&self) -> Option<civil::Date> {
        match self.condition {
            Some(Condition::Field(FieldCondition::Date(Days::Between(Some(from), Some(to))))) => {
                Some(from).filter(|day| *day == to)
            }
            _ => None,
        }
    }

    /// Its term, if it is one term and nothing else.
    pub fn only_term(&self) -> Option<&Term> {
        self.condition.as_ref().and_then(Condition::term)
    }

    /// The conditions that are all required.
    pub(super) fn required(&self) -> Vec<Condition> {
        match self.condition.clone() {
            Some(Condition::All(all)) => all,
            one => one.into_iter().collect(),
        }
    }

    /// The query that requires all of these conditions.
    pub(super) fn requiring(mut all: Vec<Condition>) -> Self {
        let condition = if all.len() > 1 {
            Some(Condition::All(all))
        } else {
            all.pop()
        };
        Self { condition }
    }

    fn leaves(&self) -> Vec<(&Condition, bool)> {
        self.condition
            .as_ref()
            .map(Condition::leaves)
            .unwrap_or_default()
    }
}

/// As it can be typed: it is read back as the same query.
impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.condition
            .as_ref()
            .map_or(Ok(()), |condition| condition.fmt(f))
    }
}

fn error(at: Range<usize>, reason: &str) -> QueryError {
    QueryError {
        at,
        reason: reason.to_owned(),
    }
}

struct Parser {
    tokens: Vec<QueryToken>,
    next: usize,
    /// The length of the query.
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&QueryTokenKind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    /// Terms separated by `or`.
    fn alternatives(&mut self) -> Result<Option<Condition>, QueryError> {
        let mut any = Vec::new();
        let mut term = self.terms()?;
        while self.peek() == Some(&QueryTokenKind::Or) {
            let at = self.tokens[self.next].at.clone();
            let Some(before) = term else {
                return Err(error(
                    at,
                    tr!("or needs a term before it, as in: tea or rice"),
                ));
            };
            any.push(before);
            self.next += 1;
            term = self.terms()?;
            if term.is_none() {
                let at = if self.next == self.tokens.len() {
                    self.end..self.end
                } else {
                    at
                };
                return Err(error(
                    at,
                    tr!("or needs a term after it, as in: tea or rice"),
                ));
            }
        }
        any.extend(term);
        let mut flat = Vec::new();
        for one in any {
            match one {
                Condition::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Ok(if flat.len() > 1 {
            Some(Condition::Any(flat))
        } else {
            flat.pop()
        })
    }

    /// Terms side by side.
    fn terms(&mut self) -> Result<Option<Condition>, QueryError> {
        let mut all = Vec::new();
        while !matches!(
            self.peek(),
            None | Some(QueryTokenKind::Or | QueryTokenKind::Close)
        ) {
            match self.term()? {
                Some(Condition::All(inner)) => all.extend(inner),
                other => all.extend(other),
            }
        }
        Ok(Query::requiring(all).condition)
    }

    /// One term; `None` for an empty quotation.
    fn term(&mut self) -> Result<Option<Condition>, QueryError> {
        let Some(QueryToken { kind, at }) = self.tokens.get(self.next).cloned() else {
            return Ok(None);
        };
        self.next += 1;
        match kind {
            QueryTokenKind::Open | QueryTokenKind::Minus => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(error(at, tr!("Too many nested ( and -: use at most 50")));
                }
                let inner = if kind == QueryTokenKind::Open {
                    self.group(&at)
                } else {
                    self.negated(&at)
                };
                self.depth -= 1;
                inner.map(Some)
            }
            QueryTokenKind::Phrase(phrase) if phrase.trim().is_empty() => Ok(None),
            QueryTokenKind::Phrase(phrase) => Ok(Some(Condition::Phrase(Term::of_phrase(&phrase)))),
            QueryTokenKind::Word(word) => Ok(Some(Condition::Word(Term::of_word(&word)))),
            QueryTokenKind::Field {
                name,
                value,
                value_at,
                is_quoted,
            } => field(&name, &value, is_quoted)
                .map(Some)
                .map_err(|reason| QueryError {
                    at: value_at,
                    reason,
                }),
            QueryTokenKind::Or | QueryTokenKind::Close => Ok(None),
        }
    }

    fn group(&mut self, open: &Range<usize>) -> Result<Condition, QueryError> {
        let inner = self.alternatives()?;
        if self.peek() != Some(&QueryTokenKind::Close) {
            return Err(error(
                open.clone(),
                tr!("Unclosed (: write ) after its terms"),
            ));
        }
        let close = self.tokens[self.next].at.end;
        self.next += 1;
        inner.ok_or_else(|| {
            error(
                open.start..close,
                tr!("Empty parentheses: write a term in them, as in (tea or rice)"),
            )
        })
    }

    fn negated(&mut self, minus: &Range<usize>) -> Result<Condition, QueryError> {
        let missing = || {
            error(
                minus.clone(),
                tr!("- needs a term right after it, as in -tea"),
            )
        };
        match self.tokens.get(self.next) {
            Some(token) if token.at.start == minus.end => {}
            _ => return Err(missing()),
        }
        let inner = self.term()?.ok_or_else(missing)?;
        Ok(Condition::Not(Box::new(inner)))
    }
}

/// The condition of a field; the error says which values are possible.
fn field(name: &str, value: &str, is_quoted: bool) -> Result<Condition, String> {
    let value = value.trim();
    let plain = folded(value).into_owned();
    let field_name = || FieldName {
        text: plain.clone(),
        is_whole: is_quoted,
    };
    let condition = match (name, plain.as_str()) {
        ("date", _) => FieldCondition::Date(Days::parse(&plain)?),
        ("text", _) if !value.is_empty() => {
            return Ok(Condition::Text(if is_quoted {
                Term::of_phrase(value)
            } else {
                Term::of_word(value)
            }));
        }
        ("tag", _) if !value.is_empty() => FieldCondition::Tag(field_name()),
        ("author" | "source", _) if !value.is_empty() => FieldCondition::Author(field_name()),
        ("lang", "zh" | "cn" | "chinese" | "中文") => FieldCondition::Language(Language::Chinese),
        ("lang", "en" | "english" | "英文") => FieldCondition::Language(Language::English),
        ("lang", "both") => FieldCondition::BothLanguages,
        ("lang", "mixed") => FieldCondition::MixedLanguages,
        ("has", "problem" | "problems") => FieldCondition::HasProblem,
        ("has", "highlight" | "highlights") => {
            FieldCondition::Annotated(AnnotationCondition::Highlight)
        }
        ("has", "note" | "notes") => FieldCondition::Annotated(AnnotationCondition::Note),
        ("note", _) if !value.is_empty() => {
            FieldCondition::Annotated(AnnotationCondition::Text(simplified(value)))
        }
        ("colour" | "color", name) if let Some(colour) = HighlightColour::named(name) => {
            FieldCondition::Annotated(AnnotationCondition::Colour(colour))
        }
        ("is", state) if let Some(state) = ReadState::parse(state) => FieldCondition::Is(state),
        _ => return Err(expected(name).to_owned()),
    };
    Ok(Condition::Field(condition))
}

/// The values of a field, for errors.
fn expected(name: &str) -> &'static str {
    match name {
        "text" => tr!("text: needs a word or a quoted phrase, as in text:\"New York\""),
        "tag" => tr!("tag: needs a tag, as in tag:energy"),
        "author" | "source" => tr!("author: and source: need a name, as in author:courier"),
        "lang" => tr!("lang: needs zh, en, both or mixed, as in lang:both"),
        "has" => tr!("has: needs problem, highlight or note, as in has:note"),
        "note" => tr!("note: needs a word of a note, as in note:energy"),
        "colour" | "color" => {
            tr!("colour: needs yellow, green, blue, red or purple, as in colour:green")
        }
        _ => tr!("is: needs unread, read, finished, starred or new, as in is:unread"),
    }
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
