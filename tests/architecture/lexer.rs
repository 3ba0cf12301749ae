//! Rust source to tokens, as far as the rules need it: comments are gone, and strings are not mistaken for code.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier, keyword or number.
    Word,
    /// A string; the text is what stands between its quotes, escapes as written.
    Text,
    /// One character of punctuation.
    Mark,
}

/// A token and the line, counted from 1, on which it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

impl Token<'_> {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.text == text
    }
}

/// The tokens of a source.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let (kind, length) = if let Some(length) = comment(rest) {
            (None, length)
        } else if let Some((open, inner, length)) = string(rest) {
            tokens.push(Token { kind: Kind::Text, text: &rest[open..open + inner], line });
            (None, length)
        } else if c == '\'' {
            // A character is skipped; a lifetime leaves its name as a word, which does no harm.
            (None, character(rest).unwrap_or(1))
        } else if c == '_' || c.is_alphanumeric() {
            let word = |c: char| c == '_' || c.is_alphanumeric();
            (Some(Kind::Word), rest.find(|c| !word(c)).unwrap_or(rest.len()))
        } else {
            ((!c.is_whitespace()).then_some(Kind::Mark), c.len_utf8())
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, text: &rest[..length], line });
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

/// The length of the comment that a text starts with; block comments nest.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    loop {
        let here = &rest[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return Some(at);
            }
        } else {
            let Some(c) = here.chars().next() else { return Some(rest.len()) };
            at += c.len_utf8();
        }
    }
}

/// The string that a text starts with, raw or not, of characters or bytes: where its inside starts, how long that is, and how long the whole.
fn string(rest: &str) -> Option<(usize, usize, usize)> {
    let unprefixed = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - unprefixed.len();
    if prefix > 1 {
        return None;
    }
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[hashes..].strip_prefix('"')?;
        let open = prefix + 1 + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = inside.find(&end).unwrap_or(inside.len());
        return Some((open, length, (open + length + end.len()).min(rest.len())));
    }
    let inside = unprefixed.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let length = end.unwrap_or(inside.len());
    Some((prefix + 1, length, (prefix + 1 + length + 1).min(rest.len())))
}

/// The length of the character literal that a text starts with; none where it is a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut inside = rest[1..].char_indices();
    let (_, first) = inside.next()?;
    if first == '\\' {
        let _escaped = inside.next()?;
        return inside.find(|&(_, c)| c == '\'').map(|(at, _)| at + 2);
    }
    let (at, next) = inside.next()?;
    (next == '\'').then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<&str> {
        tokens(source).iter().filter(|token| token.kind == Kind::Word).map(|token| token.text).collect()
    }

    #[test]
    fn comments_and_strings_hold_no_code() {
        assert_eq!(
            words("a // b\n/* c /* d */ e */ f \"g \\\" h\" i r#\"j \" k\"# l b\"m\" n"),
            ["a", "f", "i", "l", "n"]
        );
        assert_eq!(words("a '\"' b '\\'' c '\\u{4E00}' d '中' e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(words("fn f<'a>(x: &'a str) {}"), ["fn", "f", "a", "x", "a", "str"]);
        assert_eq!(words("break r crate"), ["break", "r", "crate"]);
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let source = "a\n/* \n */ b \"\n\n\" c r\"\n\" d";
        let lines: Vec<_> =
            tokens(source).iter().filter(|token| token.kind == Kind::Word).map(|token| token.line).collect();
        assert_eq!(lines, [1, 3, 5, 6]);
    }

    #[test]
    fn the_inside_of_a_string_is_kept() {
        let texts: Vec<_> =
            tokens("f(\"invariant: x\", r##\"a\"#b\"##, \"open").into_iter().filter(|t| t.kind == Kind::Text).collect();
        assert_eq!(texts.iter().map(|token| token.text).collect::<Vec<_>>(), ["invariant: x", "a\"#b", "open"]);
    }
}
