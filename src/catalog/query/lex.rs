//! A query's tokens.

use std::ops::Range;

use super::Mistake;
use crate::text::folded;

/// What a query is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
    /// `key:value`; the value with its bytes, and whether it stands between quotation marks.
    Key { key: String, value: String, value_at: Range<usize>, is_whole: bool },
}

/// One of them and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
}

/// The keys, as a mistake lists them.
pub(super) const KEYS: [&str; 8] = ["text", "tag", "author", "source", "lang", "has", "is", "date"];

/// Parts a query into tokens.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, Mistake> {
    let mut lexer = Lexer { query, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

/// The plain sign that a character stands for in the language: full-width forms and quotation marks.
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

    fn next(&mut self) -> Result<Option<Token>, Mistake> {
        while let Some(c) = self.peek().filter(|&c| sign(c) == ' ') {
            self.at += c.len_utf8();
        }
        let start = self.at;
        let Some(c) = self.peek() else { return Ok(None) };
        let single = match sign(c) {
            '(' => Some(Kind::Open),
            ')' => Some(Kind::Close),
            '|' => Some(Kind::Or),
            '-' => Some(Kind::Minus),
            _ => None,
        };
        let kind = match single {
            Some(kind) => {
                self.at += c.len_utf8();
                kind
            }
            None if sign(c) == '"' => Kind::Phrase(self.phrase()),
            None => self.word()?,
        };
        Ok(Some(Token { kind, at: start..self.at }))
    }

    /// What stands between quotation marks; to the end where they are not closed.
    fn phrase(&mut self) -> String {
        let open = self.peek().unwrap_or('"');
        self.at += open.len_utf8();
        // Between plain marks a curved one is text; an input method may close a curved one with any.
        let closes = |c: char| if open == '"' { c == '"' } else { sign(c) == '"' };
        let mut phrase = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if closes(c) {
                break;
            }
            let escaped = self.peek().filter(|&next| c == '\\' && (next == '\\' || sign(next) == '"'));
            if let Some(next) = escaped {
                self.at += next.len_utf8();
            }
            phrase.push(escaped.unwrap_or(c));
        }
        phrase
    }

    /// A bare word, or a key with its value.
    fn word(&mut self) -> Result<Kind, Mistake> {
        let start = self.at;
        while let Some(c) = self.peek() {
            match sign(c) {
                ' ' | '(' | ')' | '|' | '"' => break,
                ':' if is_key(&self.query[start..self.at])
                    && !self.query[self.at + c.len_utf8()..].starts_with("//") =>
                {
                    let key_at = start..self.at;
                    self.at += c.len_utf8();
                    return self.value(key_at);
                }
                _ => self.at += c.len_utf8(),
            }
        }
        let word = &self.query[start..self.at];
        Ok(if folded(word) == "or" { Kind::Or } else { Kind::Word(word.to_owned()) })
    }

    /// The value after a key and its colon.
    fn value(&mut self, key_at: Range<usize>) -> Result<Kind, Mistake> {
        let key = folded(&self.query[key_at.clone()]).into_owned();
        let start = self.at;
        let is_whole = self.peek().is_some_and(|c| sign(c) == '"');
        let value = if is_whole {
            self.phrase()
        } else {
            while let Some(c) = self.peek().filter(|&c| !matches!(sign(c), ' ' | '(' | ')' | '|' | '"')) {
                self.at += c.len_utf8();
            }
            self.query[start..self.at].to_owned()
        };
        if !KEYS.contains(&&*key) {
            let reason = format!(
                "There is no {key}: here, but {}. To find the words as they stand, quote them: {}",
                KEYS.map(|key| format!("{key}:")).join(" "),
                super::quoted(&self.query[key_at.start..self.at])
            );
            return Err(Mistake { at: key_at, reason });
        }
        Ok(Kind::Key { key, value, value_at: start..self.at, is_whole })
    }
}

/// Whether what stands before a colon can be meant as a key; `12:30` and Chinese words are found as they stand.
fn is_key(word: &str) -> bool {
    !word.is_empty() && folded(word).bytes().all(|byte| byte.is_ascii_alphabetic())
}
