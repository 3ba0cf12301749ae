//! Text of one line for the header, and the simple removal of markup from it.

use std::borrow::Cow;

use crate::text::{clean_line, is_han};

/// Cleans a text and makes it one line: white space at the ends goes, runs of it become one space, and none stays where a line of
/// Chinese was broken.
pub(super) fn one_line(text: &str) -> String {
    let text = text.trim();
    let joined = if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
        Cow::Owned(joined(text))
    } else {
        Cow::Borrowed(text)
    };
    let cleaned = clean_line(&joined);
    if is_tidy(&cleaned) {
        return cleaned.into_owned();
    }
    // What was dropped may have held a space away from another, or a mark from its base: clean once more.
    let tidy = cleaned.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    clean_line(tidy.trim()).into_owned()
}

/// Joins the lines of a text: with a space, or with nothing between two lines of Chinese.
fn joined(text: &str) -> String {
    let broken = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let mut joined = String::with_capacity(text.len());
    for line in broken {
        let is_wide = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}');
        let chinese = joined.chars().next_back().is_some_and(is_wide) && line.chars().next().is_some_and(is_wide);
        if !joined.is_empty() && !chinese {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Says whether a text has no space at its ends and no two together.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.trim().len() == text.len() && !memchr::memchr_iter(b' ', bytes).any(|at| bytes.get(at + 1) == Some(&b' '))
}

/// Takes the Markdown and HTML out of a line of text: emphasis, code marks, links and images (their text stays), tags, escapes,
/// and the common entities. Simple and linear: what is not clearly markup stays.
pub(super) fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // How many links are open.
    let mut open = 0_usize;
    while let Some(at) = rest.find(['\\', '*', '_', '`', '~', '[', '!', ']', '<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) = match rest.as_bytes() {
            [b'!', b'[', ..] if begins_link(&rest[1..]) => ("", 1),
            [b'[', ..] if begins_link(rest) => {
                open += 1;
                ("", 1)
            }
            [b']', b'(', ..] if open > 0 => {
                open -= 1;
                ("", 1 + bracketed(&rest[1..]))
            }
            _ => markup(rest, plain.chars().next_back()),
        };
        plain.push_str(shown);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

/// Puts the characters for the common entities, which some tools write into titles (`Set&lt;E&gt;`).
pub(super) fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let (shown, length) = entity(&rest[at..]);
        plain.push_str(shown);
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// What is shown for the markup at the start of a text, and its length; `before` is the character before it.
fn markup(text: &str, before: Option<char>) -> (&str, usize) {
    let bytes = text.as_bytes();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match bytes[0] {
        b'\\' if bytes.get(1).is_some_and(u8::is_ascii_punctuation) => (&text[1..2], 2),
        b'<' => tag(text),
        b'&' => entity(text),
        mark @ (b'*' | b'_' | b'`' | b'~') => {
            let run = bytes.iter().take_while(|&&byte| byte == mark).count();
            let after = text[run..].chars().next();
            let literal = match mark {
                b'~' => run != 2,
                b'_' => is_word(before) && is_word(after),
                b'*' => is_space(before) && is_space(after),
                _ => false,
            };
            (if literal { &text[..run] } else { "" }, run)
        }
        _ => (&text[..1], 1),
    }
}

/// Says whether the `[` at the start of a text begins a link or an image: the next `]` is followed by a target.
fn begins_link(text: &str) -> bool {
    let bytes = text.as_bytes();
    let close = bytes.iter().take(1024).position(|&byte| byte == b']');
    close.is_some_and(|close| bytes.get(close + 1) == Some(&b'('))
}

/// The length of a bracketed link target at the start of a text; 0 if it does not end nearby.
fn bracketed(text: &str) -> usize {
    text.bytes().take(2048).position(|byte| byte == b')').map_or(0, |end| end + 1)
}

/// A tag at the start of a text shows nothing; a `<` that begins none is itself.
fn tag(text: &str) -> (&str, usize) {
    let begins = text.as_bytes().get(1).is_some_and(|&byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!'));
    let end = text.bytes().take(512).position(|byte| byte == b'>');
    match end {
        Some(end) if begins => {
            let inside = &text[1..end];
            let is_link = inside.contains("://") && !inside.contains(' ');
            (if is_link { inside } else { "" }, end + 1)
        }
        _ => (&text[..1], 1),
    }
}

/// A common entity at the start of a text.
fn entity(text: &str) -> (&str, usize) {
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&mdash;", "—"),
    ];
    let found = ENTITIES.iter().find(|(written, _)| text.starts_with(written));
    found.map_or((&text[..1], 1), |(written, shown)| (shown, written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_joins_and_cleans() {
        assert_eq!(one_line("  a\n b\t c \r\n\n"), "a b c");
        assert_eq!(one_line("第一行，\n第二行\nand English"), "第一行，第二行 and English");
        assert_eq!(one_line("a \u{200B} b\u{1B}[2J"), "a b␛[2J");
        assert_eq!(one_line(" \u{202E} "), "");
    }

    #[test]
    fn markup_is_taken_out() {
        for (written, plain) in [
            ("**Bold** and *it*, `code`, ~~gone~~", "Bold and it, code, gone"),
            ("snake_case, 2 * 3, a ~ b, _it_", "snake_case, 2 * 3, a ~ b, it"),
            ("[text](https://e.x/a_b) ![alt](i.png)!", "text alt!"),
            ("<a href=\"https://e.x\"> Name </a><br/>", " Name "),
            ("Set&lt;E&gt; &amp; \\*x\\* &unknown;", "Set<E> & *x* &unknown;"),
            ("a < b, [译] x [y](z) ]", "a < b, [译] x y ]"),
            ("[![alt](i.png)](https://e.x)", "alt"),
            ("<https://e.x/>", "https://e.x/"),
            ("**重要：**正文", "重要：正文"),
            ("[unclosed", "[unclosed"),
        ] {
            assert_eq!(without_markup(written), plain, "{written}");
        }
    }
}
