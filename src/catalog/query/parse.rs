//! From tokens to conditions.

use std::ops::Range;

use super::days::days;
use super::lex::{Kind, Token, tokens};
use super::{Bare, Condition, Mistake, Name, State};
use crate::text::{Language, folded};

/// How deep groups and negations may be nested: no query that is meant goes deeper, and none may exhaust the stack.
const DEEPEST: usize = 50;

/// What a query asks for; none for an empty one.
pub(super) fn parse(query: &str, bare: Bare) -> Result<Option<Condition>, Mistake> {
    let mut parser = Parser { tokens: tokens(query)?, next: 0, bare, end: query.len(), depth: 0 };
    let condition = parser.alternatives()?;
    match parser.tokens.get(parser.next) {
        None => Ok(condition),
        Some(token) => Err(mistake(token.at.clone(), "This ) closes nothing: it needs a ( before it")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    bare: Bare,
    /// The length of the query.
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    /// Terms parted by `or`.
    fn alternatives(&mut self) -> Result<Option<Condition>, Mistake> {
        let mut any = Vec::new();
        let mut first = self.terms()?;
        while self.peek() == Some(&Kind::Or) {
            let at = self.tokens[self.next].at.clone();
            let Some(before) = first else { return Err(mistake(at, "or needs a term before it")) };
            any.push(before);
            self.next += 1;
            first = self.terms()?;
            if first.is_none() {
                let at = if self.next == self.tokens.len() { self.end..self.end } else { at };
                return Err(mistake(at, "or needs a term after it"));
            }
        }
        any.extend(first);
        Ok(joined(any, Condition::Any, |one| match one {
            Condition::Any(inner) => Ok(inner),
            other => Err(other),
        }))
    }

    /// Terms side by side.
    fn terms(&mut self) -> Result<Option<Condition>, Mistake> {
        let mut all = Vec::new();
        while !matches!(self.peek(), None | Some(Kind::Or | Kind::Close)) {
            all.extend(self.term()?);
        }
        Ok(joined(all, Condition::All, |one| match one {
            Condition::All(inner) => Ok(inner),
            other => Err(other),
        }))
    }

    /// One term; none for an empty quotation.
    fn term(&mut self) -> Result<Option<Condition>, Mistake> {
        let Some(Token { kind, at }) = self.tokens.get(self.next).cloned() else { return Ok(None) };
        self.next += 1;
        match kind {
            Kind::Open | Kind::Minus => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(mistake(at, "This is nested too deeply: fewer ( and - are needed"));
                }
                let inner = if kind == Kind::Open { self.group(&at) } else { self.negated(&at) };
                self.depth -= 1;
                inner.map(Some)
            }
            Kind::Phrase(phrase) => Ok((!phrase.trim().is_empty()).then_some(Condition::Text(phrase))),
            Kind::Word(word) => Ok(Some(match self.bare {
                Bare::Word => Condition::Word(folded(&word).into_owned()),
                Bare::Text => Condition::Text(word),
            })),
            Kind::Key { key, value, value_at, is_whole } => keyed(&key, &value, value_at, is_whole).map(Some),
            Kind::Or | Kind::Close => Ok(None),
        }
    }

    fn group(&mut self, open: &Range<usize>) -> Result<Condition, Mistake> {
        let inner = self.alternatives()?;
        if self.peek() != Some(&Kind::Close) {
            return Err(mistake(open.clone(), "This ( is never closed: it needs a ) after it"));
        }
        let close = self.tokens[self.next].at.end;
        self.next += 1;
        inner.ok_or_else(|| mistake(open.start..close, "There is nothing between these parentheses: they need a term"))
    }

    fn negated(&mut self, minus: &Range<usize>) -> Result<Condition, Mistake> {
        let missing = || mistake(minus.clone(), "- needs a term right after it");
        match self.tokens.get(self.next) {
            Some(token) if token.at.start == minus.end => {}
            _ => return Err(missing()),
        }
        let inner = self.term()?.ok_or_else(missing)?;
        Ok(Condition::Not(Box::new(inner)))
    }
}

/// One condition of several; those within one of the same kind are taken out of it.
fn joined(
    conditions: Vec<Condition>,
    join: fn(Vec<Condition>) -> Condition,
    inner: fn(Condition) -> Result<Vec<Condition>, Condition>,
) -> Option<Condition> {
    let mut flat = Vec::with_capacity(conditions.len());
    for condition in conditions {
        match inner(condition) {
            Ok(several) => flat.extend(several),
            Err(one) => flat.push(one),
        }
    }
    if flat.len() > 1 { Some(join(flat)) } else { flat.pop() }
}

fn keyed(key: &str, value: &str, at: Range<usize>, is_whole: bool) -> Result<Condition, Mistake> {
    let examples = match key {
        "text" => "text: needs a word, or words in quotation marks",
        "tag" => "tag: needs a tag, as in tag:energy",
        "author" | "source" => "author: and source: need a name, as in author:courier",
        "lang" => "lang: needs zh, en or both",
        "has" => "has: needs problem",
        "is" => "is: needs unread, read, finished, starred or new",
        _ => "date: needs 2024, 2024-06, 2024-06-01, a range a..b, 7d, 2w, 3m, 1y or none",
    };
    let wrong = || mistake(at.clone(), examples);
    let value = value.trim();
    if value.is_empty() {
        return Err(wrong());
    }
    let plain = folded(value).into_owned();
    Ok(match (key, plain.as_str()) {
        ("text", _) => Condition::Text(value.to_owned()),
        ("tag", _) => Condition::Tag(Name { text: plain, is_whole }),
        ("author" | "source", _) => Condition::Author(Name { text: plain, is_whole }),
        ("lang", "zh" | "cn" | "chinese" | "中文") => Condition::Language(Language::Chinese),
        ("lang", "en" | "english" | "英文") => Condition::Language(Language::English),
        ("lang", "both") => Condition::All(Language::BOTH.map(Condition::Language).to_vec()),
        ("has", "problem" | "problems") => Condition::HasProblem,
        ("is", "unread") => Condition::Is(State::Unread),
        ("is", "read") => Condition::Is(State::Read),
        ("is", "finished") => Condition::Is(State::Finished),
        ("is", "starred") => Condition::Is(State::Starred),
        ("is", "new") => Condition::Is(State::New),
        ("date", _) => Condition::Date(
            days(&plain).map_err(|reason| reason.map_or_else(wrong, |reason| mistake(at.clone(), &reason)))?,
        ),
        _ => return Err(wrong()),
    })
}

fn mistake(at: Range<usize>, reason: &str) -> Mistake {
    Mistake { at, reason: reason.to_owned() }
}
