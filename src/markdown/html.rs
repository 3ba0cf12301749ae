//! HTML as a browser's tokeniser would part it: text, tags, and what is not shown.

use std::borrow::Cow;

use memchr::memmem;
use pulldown_cmark::{Event, Parser};

/// A token of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Text, with character references as written.
    Text(&'h str),
    /// An opening tag: its name and its attributes.
    Open(&'h str, &'h str),
    /// A closing tag: its name.
    Close(&'h str),
    /// A comment, a declaration, a processing instruction.
    Hidden,
}

/// Parts HTML into tokens. What is never closed is text: nothing is lost to a forgotten `-->`.
#[derive(Debug)]
pub(super) struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// Ends that were sought and are not there, so that no search is made twice: of comments and of tags.
    no_comment_end: bool,
    no_tag_end: bool,
}

impl<'h> Tokens<'h> {
    /// Starts at the beginning of some HTML.
    pub(super) const fn new(html: &'h str) -> Self {
        Self { html, at: 0, no_comment_end: false, no_tag_end: false }
    }

    /// What follows the token given last.
    pub(super) fn rest(&self) -> &'h str {
        &self.html[self.at..]
    }

    /// Goes on so many bytes further.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.html.len());
    }

    /// The token at the current position, which holds `<`, and its end; none when it is text.
    fn markup(&mut self) -> Option<(Token<'h>, usize)> {
        let (html, at) = (self.html, self.at);
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            if self.no_comment_end {
                return None;
            }
            // `<!-->` and `<!--->` are comments too.
            let end = memmem::find(&rest.as_bytes()[2..], b"-->").map(|end| at + 2 + end + 3);
            self.no_comment_end = end.is_none();
            return end.map(|end| (Token::Hidden, end));
        }
        let second = rest.as_bytes().get(1)?;
        let begins = match second {
            b'/' => rest.as_bytes().get(2)?.is_ascii_alphabetic(),
            b'!' | b'?' => true,
            letter => letter.is_ascii_alphabetic(),
        };
        if self.no_tag_end || !begins {
            return None;
        }
        let Some(first_end) = memchr::memchr(b'>', rest.as_bytes()) else {
            self.no_tag_end = true;
            return None;
        };
        let name = |from: usize| {
            let length = rest.as_bytes()[from..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
                .count();
            from + length
        };
        let closed = at + first_end + 1;
        Some(match second {
            b'/' => (Token::Close(&rest[2..name(2)]), closed),
            b'!' | b'?' => (Token::Hidden, closed),
            _ => {
                let end = tag_end(rest.as_bytes()).unwrap_or(first_end);
                let names = name(1);
                (Token::Open(&rest[1..names], &rest[names..end]), at + end + 1)
            }
        })
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        let start = self.at;
        let bytes = self.html.as_bytes();
        if bytes.get(start)? == &b'<'
            && let Some((token, end)) = self.markup()
        {
            self.at = end;
            return Some(token);
        }
        let end = memchr::memchr(b'<', &bytes[start + 1..]).map_or(bytes.len(), |end| start + 1 + end);
        self.at = end;
        Some(Token::Text(&self.html[start..end]))
    }
}

/// The end of a tag: the first `>` outside the quotes of its attributes; none when a quotation is never closed.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr::memchr3(b'>', b'"', b'\'', tag.get(at..)?)?;
        let sign = tag[found];
        if sign == b'>' {
            return Some(found);
        }
        at = found + 1;
        let value = tag[..found].iter().rposition(|byte| !byte.is_ascii_whitespace()).is_some_and(|at| tag[at] == b'=');
        if value {
            at += memchr::memchr(sign, tag.get(at..)?)? + 1;
        }
    }
}

/// The value of an attribute, its character references resolved; empty where it has none.
pub(super) fn attribute<'h>(attributes: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let first = rest.chars().next()?.len_utf8();
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '"' | '\'');
        let end = rest[first..].find(ends).map_or(rest.len(), |end| first + end);
        let key = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len())),
            };
        }
        if key.eq_ignore_ascii_case(name) {
            return Some(decode(value));
        }
    }
}

/// Resolves the character references of a text.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut at = first;
    while at < text.len() {
        let rest = &text[at..];
        // The longest name is `CounterClockwiseContourIntegral`, of 31 letters.
        let name = rest.as_bytes()[1..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
            .count();
        let is_reference = name > 0 && rest.as_bytes().get(name + 1) == Some(&b';');
        let end = name + 1 + usize::from(is_reference);
        if is_reference {
            push_reference(&rest[..end], &mut decoded);
        } else {
            decoded.push_str(&rest[..end]);
        }
        at += end;
        let next = memchr::memchr(b'&', &text.as_bytes()[at..]).map_or(text.len(), |next| at + next);
        decoded.push_str(&text[at..next]);
        at = next;
    }
    Cow::Owned(decoded)
}

/// Resolves one character reference; the parser knows the rare ones.
fn push_reference(reference: &str, decoded: &mut String) {
    match reference {
        "&amp;" => decoded.push('&'),
        "&lt;" => decoded.push('<'),
        "&gt;" => decoded.push('>'),
        "&quot;" => decoded.push('"'),
        "&nbsp;" => decoded.push('\u{A0}'),
        _ => {
            let resolved = Parser::new(reference).find_map(|event| match event {
                Event::Text(text) => Some(text),
                _ => None,
            });
            decoded.push_str(resolved.as_deref().unwrap_or(reference));
        }
    }
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
