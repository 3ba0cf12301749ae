//! Pieces of a query put together.

use super::lexer::{Kind, Token, tokens};
use super::{Condition, Mistake, terms};
use crate::text;

/// So many parentheses and minus signs may stand in one another.
const DEEPEST: usize = 64;

pub(super) fn parse(query: &str) -> Result<Option<Condition>, Mistake> {
    let tokens = tokens(query);
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser { tokens: &tokens, next: 0, end: query.len(), depth: 0 };
    let condition = parser.any()?;
    match parser.tokens.get(parser.next) {
        None => Ok(Some(condition)),
        Some(token) => Err(mistake(token, "nothing is open that this could close")),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    /// The length of the query in bytes.
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Condition, Mistake> {
        let mut all = vec![self.all()?];
        while self.takes(&Kind::Or) {
            all.push(self.all()?);
        }
        Ok(one_or(all, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Mistake> {
        let mut all = vec![self.term()?];
        while self.peek().is_some_and(|token| !matches!(token.kind, Kind::Or | Kind::Close)) {
            all.push(self.term()?);
        }
        Ok(one_or(all, Condition::All))
    }

    fn term(&mut self) -> Result<Condition, Mistake> {
        let Some(token) = self.peek().cloned() else {
            return Err(Mistake {
                at: self.end..self.end,
                reason: "something has to follow: a word, or a term such as tag:birds".into(),
            });
        };
        self.next += 1;
        match &token.kind {
            Kind::Word(word) => Ok(Condition::Word(text::folded(word).into_owned())),
            Kind::Quoted(phrase) => Ok(Condition::Phrase(text::folded(phrase.trim()).into_owned())),
            Kind::Key(name) => self.value(name, &token),
            Kind::Not => Ok(Condition::Not(Box::new(self.deeper(&token, Self::term)?))),
            Kind::Open => {
                let inner = self.deeper(&token, Self::any)?;
                if self.takes(&Kind::Close) {
                    Ok(inner)
                } else {
                    Err(mistake(&token, "this parenthesis is never closed"))
                }
            }
            Kind::Or => {
                Err(mistake(&token, "“or” needs a term on both sides; as a word to look for, quote it: \"or\""))
            }
            Kind::Close => Err(mistake(&token, "a term has to stand before this parenthesis")),
        }
    }

    /// The value right after a key.
    fn value(&mut self, name: &str, key: &Token) -> Result<Condition, Mistake> {
        let next = self.peek().filter(|token| token.at.start == key.at.end).cloned();
        let value = match next.as_ref().map(|token| &token.kind) {
            Some(Kind::Word(value) | Kind::Quoted(value)) => Some(value.as_str()),
            // A value may be nothing but what is a sign elsewhere.
            Some(Kind::Or) => Some("or"),
            _ => None,
        };
        if value.is_some() {
            self.next += 1;
        }
        let at = next.as_ref().filter(|_| value.is_some()).map_or(key.at.end..key.at.end, |token| token.at.clone());
        terms::term(name, value.unwrap_or_default())
            .map_err(|(is_key, reason)| Mistake { at: if is_key { key.at.clone() } else { at }, reason })
    }

    fn deeper(
        &mut self,
        token: &Token,
        parse: fn(&mut Self) -> Result<Condition, Mistake>,
    ) -> Result<Condition, Mistake> {
        if self.depth == DEEPEST {
            return Err(mistake(token, "the query is nested too deeply"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn takes(&mut self, kind: &Kind) -> bool {
        let is_it = self.peek().is_some_and(|token| token.kind == *kind);
        self.next += usize::from(is_it);
        is_it
    }
}

fn one_or(mut all: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    if all.len() == 1 { all.swap_remove(0) } else { several(all) }
}

fn mistake(token: &Token, reason: &str) -> Mistake {
    Mistake { at: token.at.clone(), reason: reason.into() }
}
