//! Splits HTML as a browser's tokeniser does: text, tags, and what is not shown.

use std::borrow::Cow;

use memchr::memmem;
use pulldown_cmark::{Event, Parser};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'h> {
    /// Text, with character references as written.
    Text(&'h str),
    /// An opening tag: its name and its attributes.
    Open(&'h str, &'h str),
    /// A closing tag: its name.
    Close(&'h str),
    /// A comment, a declaration, a processing instruction.
    Hidden,
}

/// The tokens of HTML. What is never closed is text, so that nothing is lost to a missing `-->`.
#[derive(Debug)]
pub(super) struct HtmlTokens<'h> {
    html: &'h str,
    at: usize,
    /// Whether the end of a comment, or of a tag, was searched for and not found: not searching again
    /// keeps the time linear.
    has_no_comment_end: bool,
    has_no_tag_end: bool,
}

impl<'h> HtmlTokens<'h> {
    pub(super) const fn new(html: &'h str) -> Self {
        Self {
            html,
            at: 0,
            has_no_comment_end: false,
            has_no_tag_end: false,
        }
    }

    pub(super) fn rest(&self) -> &'h str {
        &self.html[self.at..]
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.html.len());
    }

    /// The token of the `<` at the current position, and its length; none if it is text.
    fn markup(&mut self) -> Option<(HtmlToken<'h>, usize)> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        if rest.starts_with("<!--") {
            if self.has_no_comment_end {
                return None;
            }
            // `<!-->` and `<!--->` are comments too.
            let end = memmem::find(&bytes[2..], b"-->").map(|end| 2 + end + 3);
            self.has_no_comment_end = end.is_none();
            return end.map(|end| (HtmlToken::Hidden, end));
        }
        let second = *bytes.get(1)?;
        let is_tag = match second {
            b'/' => bytes.get(2)?.is_ascii_alphabetic(),
            _ => matches!(second, b'!' | b'?') || second.is_ascii_alphabetic(),
        };
        if self.has_no_tag_end || !is_tag {
            return None;
        }
        let Some(first_end) = memchr::memchr(b'>', bytes) else {
            self.has_no_tag_end = true;
            return None;
        };
        let name_end = |from: usize| {
            let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
            from + bytes[from..].iter().take_while(is_name).count()
        };
        Some(match second {
            b'/' => (HtmlToken::Close(&rest[2..name_end(2)]), first_end + 1),
            b'!' | b'?' => (HtmlToken::Hidden, first_end + 1),
            _ => {
                let end = tag_end(bytes).unwrap_or(first_end);
                let (name, attributes) = rest[1..end].split_at(name_end(1) - 1);
                (HtmlToken::Open(name, attributes), end + 1)
            }
        })
    }
}

impl<'h> Iterator for HtmlTokens<'h> {
    type Item = HtmlToken<'h>;

    fn next(&mut self) -> Option<HtmlToken<'h>> {
        let rest = self.rest();
        let (token, length) = match rest.as_bytes().first()? {
            b'<' => self.markup(),
            _ => None,
        }
        .unwrap_or_else(|| {
            let end = memchr::memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |end| 1 + end);
            (HtmlToken::Text(&rest[..end]), end)
        });
        self.at += length;
        Some(token)
    }
}

/// The end of a tag: the first `>` outside the quotes of its attributes; none if a quote is never
/// closed.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr::memchr3(b'>', b'"', b'\'', tag.get(at..)?)?;
        let sign = tag[found];
        if sign == b'>' {
            return Some(found);
        }
        at = found + 1;
        let before = tag[..found]
            .iter()
            .rfind(|byte| !byte.is_ascii_whitespace());
        if before == Some(&b'=') {
            at += memchr::memchr(sign, tag.get(at..)?)? + 1;
        }
    }
}

/// Resolves the character references of a text.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest name is `CounterClockwiseContourIntegral`, of 31 letters.
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let name = rest.bytes().skip(1).take(32).take_while(is_name).count();
        let is_reference = name > 0 && rest.as_bytes().get(1 + name) == Some(&b';');
        let (reference, after) = rest.split_at(if is_reference { 1 + name + 1 } else { 1 });
        decoded.push_str(&resolve(reference));
        rest = after;
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Resolves one character reference; the parser knows the rare ones.
fn resolve(reference: &str) -> Cow<'_, str> {
    Cow::Borrowed(match reference {
        "&" | "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&nbsp;" => "\u{A0}",
        _ => {
            let resolved = Parser::new(reference).find_map(|event| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            });
            return resolved.map_or(Cow::Borrowed(reference), Cow::Owned);
        }
    })
}

#[cfg(test)]
#[path = "html_tokens_tests.rs"]
mod tests;
