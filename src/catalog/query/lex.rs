//! The tokens of a query.

use std::ops::Range;

use crate::text::{clean_line, folded};

/// An error in a query, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes that are wrong; empty at the end of the query if something is missing there.
    pub at: Range<usize>,
    /// What is wrong and how to write it, in one line.
    pub reason: String,
}

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

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum QueryTokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `or`, `|`
    Or,
    /// `-` before a term.
    Minus,
    /// `"…"`
    Phrase(String),
    /// A bare word.
    Word(String),
    /// `name:value`, with the bytes of the value.
    Field {
        name: String,
        value: String,
        value_at: Range<usize>,
        is_quoted: bool,
    },
}

/// A token and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueryToken {
    pub(super) kind: QueryTokenKind,
    pub(super) at: Range<usize>,
}

const FIELDS: [&str; 11] = [
    "text", "tag", "author", "source", "lang", "has", "note", "colour", "color", "is", "date",
];

/// Splits a query into tokens.
pub(super) fn tokens(query: &str) -> Result<Vec<QueryToken>, QueryError> {
    let mut lexer = Lexer { query, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

/// The plain sign for a character: full-width forms and curved quotation marks count as plain
/// signs.
fn sign(c: char) -> char {
    match c {
        '“' | '”' | '„' | '＂' => '"',
        '，' | '\u{3000}' => ' ',
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '｜' => '|',
        '－' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.query[self.at..].chars().next()
    }

    fn next(&mut self) -> Result<Option<QueryToken>, QueryError> {
        while let Some(c) = self.peek().filter(|&c| sign(c) == ' ') {
            self.at += c.len_utf8();
        }
        let start = self.at;
        let Some(c) = self.peek() else {
            return Ok(None);
        };
        let single = match sign(c) {
            '(' => Some(QueryTokenKind::Open),
            ')' => Some(QueryTokenKind::Close),
            '|' => Some(QueryTokenKind::Or),
            '-' => Some(QueryTokenKind::Minus),
            _ => None,
        };
        let kind = match single {
            Some(kind) => {
                self.at += c.len_utf8();
                kind
            }
            None if sign(c) == '"' => QueryTokenKind::Phrase(self.phrase()),
            None => self.word()?,
        };
        Ok(Some(QueryToken {
            kind,
            at: start..self.at,
        }))
    }

    /// The text between quotation marks, up to the end of the query if they are not closed.
    fn phrase(&mut self) -> String {
        let open = self.peek().unwrap_or('"');
        self.at += open.len_utf8();
        // Between plain marks, a curved one is text. After a curved one, any mark closes: input
        // methods mix them up.
        let closes = |c: char| {
            if open == '"' {
                c == '"'
            } else {
                sign(c) == '"'
            }
        };
        let mut phrase = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if closes(c) {
                break;
            }
            let escaped = self
                .peek()
                .filter(|&next| c == '\\' && (next == '\\' || sign(next) == '"'));
            if let Some(next) = escaped {
                self.at += next.len_utf8();
            }
            phrase.push(escaped.unwrap_or(c));
        }
        phrase
    }

    /// A bare word, or a field with its value.
    fn word(&mut self) -> Result<QueryTokenKind, QueryError> {
        let start = self.at;
        while let Some(c) = self.peek() {
            match sign(c) {
                ' ' | '(' | ')' | '|' | '"' => break,
                ':' if is_field_name(&self.query[start..self.at])
                    && !self.query[self.at + c.len_utf8()..].starts_with("//") =>
                {
                    let name_at = start..self.at;
                    self.at += c.len_utf8();
                    return self.value(name_at);
                }
                _ => self.at += c.len_utf8(),
            }
        }
        let word = &self.query[start..self.at];
        Ok(if folded(word) == "or" {
            QueryTokenKind::Or
        } else {
            QueryTokenKind::Word(word.to_owned())
        })
    }

    /// The value after the name of a field and its colon.
    fn value(&mut self, name_at: Range<usize>) -> Result<QueryTokenKind, QueryError> {
        let name = folded(&self.query[name_at.clone()]).into_owned();
        let start = self.at;
        let is_quoted = self.peek().is_some_and(|c| sign(c) == '"');
        let value = if is_quoted {
            self.phrase()
        } else {
            while let Some(c) = self
                .peek()
                .filter(|&c| !matches!(sign(c), ' ' | '(' | ')' | '|' | '"'))
            {
                self.at += c.len_utf8();
            }
            self.query[start..self.at].to_owned()
        };
        if !FIELDS.contains(&&*name) {
            let reason = tr!(
                "Unknown field {name}: (known: {names}). To find these words as they are, quote them: {words}",
                name = name,
                names = FIELDS.map(|field| format!("{field}:")).join(" "),
                words = quoted(&self.query[name_at.start..self.at])
            );
            return Err(QueryError {
                at: name_at,
                reason: clean_line(&reason).into_owned(),
            });
        }
        Ok(QueryTokenKind::Field {
            name,
            value,
            value_at: start..self.at,
            is_quoted,
        })
    }
}

/// Whether the text before a colon can be the name of a field. `12:30` and Chinese words are found
/// as they are.
fn is_field_name(word: &str) -> bool {
    !word.is_empty() && folded(word).bytes().all(|byte| byte.is_ascii_alphabetic())
}
