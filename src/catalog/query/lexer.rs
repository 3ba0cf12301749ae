//! A query cut into signs and words.

use std::ops::Range;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word outside of quotation marks, as typed.
    Word(String),
    /// What stands between quotation marks; a mark that is still open ends with the query.
    Quoted(String),
    /// The key of a term, without its colon: `tag` of `tag:birds`.
    Key(String),
    /// A minus sign before a term.
    Not,
    /// `or` or `|`.
    Or,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis.
    Close,
}

/// A piece of a query, and the bytes where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
}

/// Cuts a query.
pub(super) fn tokens(query: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        let kind = match c {
            _ if c.is_whitespace() => continue,
            '(' | '（' => Kind::Open,
            ')' | '）' => Kind::Close,
            '|' | '｜' => Kind::Or,
            '-' | '－' if query[at..].starts_with(|next: char| !next.is_whitespace()) => Kind::Not,
            '"' | '“' | '”' | '＂' => {
                let length = query[at..].find(is_quote).unwrap_or(query.len() - at);
                let text = query[at..at + length].to_owned();
                at += length;
                at += query[at..].chars().next().map_or(0, char::len_utf8);
                Kind::Quoted(text)
            }
            _ => {
                let is_end =
                    |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | '|' | '｜') || is_quote(c);
                let end = at + query[at..].find(is_end).unwrap_or(query.len() - at);
                let word = &query[start..end];
                if let Some((name, length)) = key(word, tokens.last(), start) {
                    at = start + length;
                    Kind::Key(name)
                } else {
                    at = end;
                    if word.eq_ignore_ascii_case("or") { Kind::Or } else { Kind::Word(word.to_owned()) }
                }
            }
        };
        tokens.push(Token { kind, at: start..at });
    }
    tokens
}

/// The key that a word begins with, and its length with the colon. The value of another key has none.
fn key(word: &str, before: Option<&Token>, start: usize) -> Option<(String, usize)> {
    if before.is_some_and(|token| matches!(token.kind, Kind::Key(_)) && token.at.end == start) {
        return None;
    }
    let colon = word.find([':', '：'])?;
    let name = &word[..colon];
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let after = word[colon..].chars().next().map_or(0, char::len_utf8);
    // An address is a word.
    (is_name && !word[colon + after..].starts_with("//")).then(|| (name.to_ascii_lowercase(), colon + after))
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}
