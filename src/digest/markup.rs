//! Text of one line for the header, the simple removal of markup from it, and the links that may be
//! shown.

use std::borrow::Cow;

use crate::text::{clean_line, is_han};

/// Cleans a text and makes it one line: white space at the ends goes, runs of it become one space,
/// and no space replaces a line break between Chinese characters.
pub(super) fn one_line(text: &str) -> String {
    let text = text.trim();
    let joined = if text.contains(['\n', '\r']) {
        Cow::Owned(joined_lines(text))
    } else {
        Cow::Borrowed(text)
    };
    let cleaned = clean_line(&joined);
    if cleaned.trim().len() == cleaned.len() && !cleaned.contains("  ") {
        return cleaned.into_owned();
    }
    // Dropping a space may bring two characters together of which the second must go: clean once
    // more.
    let tidy = cleaned
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    clean_line(tidy.trim()).into_owned()
}

/// Joins the lines of a text: with a space, or with nothing between two lines of Chinese.
fn joined_lines(text: &str) -> String {
    let is_wide =
        |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}');
    let mut joined = String::with_capacity(text.len());
    for line in text
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let is_chinese = joined.ends_with(is_wide) && line.starts_with(is_wide);
        if !joined.is_empty() && !is_chinese {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// Takes the Markdown and HTML out of a line of text: emphasis, code marks, links and images (their
/// text stays), tags, escapes, and the common entities. Simple and linear: what is not clearly
/// markup stays.
pub(super) fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut open_links = 0_usize;
    while let Some(at) = rest.find(['\\', '*', '_', '`', '~', '[', '!', ']', '<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) = match rest.as_bytes() {
            [b'!', b'[', ..] if begins_link(&rest[1..]) => ("", 1),
            [b'[', ..] if begins_link(rest) => {
                open_links += 1;
                ("", 1)
            }
            [b']', b'(', ..] if open_links > 0 => {
                open_links -= 1;
                let target = rest.bytes().take(2048).position(|byte| byte == b')');
                ("", target.map_or(1, |end| end + 1))
            }
            [b'\\', escaped, ..] if escaped.is_ascii_punctuation() => (&rest[1..2], 2),
            [b'<', ..] => tag(rest),
            [b'&', ..] => entity(rest),
            [mark @ (b'*' | b'_' | b'`' | b'~'), ..] => {
                mark_run(rest, *mark, plain.chars().next_back())
            }
            _ => (&rest[..1], 1),
        };
        plain.push_str(shown);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

/// Replaces the common entities, which some tools write into titles (`Set&lt;E&gt;`).
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

/// What is shown for the run of a mark at the start of a text, and its length; `before` is the
/// character before it.
fn mark_run(text: &str, mark: u8, before: Option<char>) -> (&str, usize) {
    let length = text.bytes().take_while(|&byte| byte == mark).count();
    let after = text[length..].chars().next();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_literal = match mark {
        b'~' => length != 2,
        b'_' => is_word(before) && is_word(after),
        b'*' => is_space(before) && is_space(after),
        _ => false,
    };
    (if is_literal { &text[..length] } else { "" }, length)
}

/// True if the `[` at the start of a text begins a link or an image: a target follows the next `]`.
fn begins_link(text: &str) -> bool {
    let bytes = text.as_bytes();
    let close = bytes.iter().take(1024).position(|&byte| byte == b']');
    close.is_some_and(|close| bytes.get(close + 1) == Some(&b'('))
}

/// What is shown for a `<` at the start of a text, and how much it replaces: nothing for a tag, the
/// link in a bare one, else itself.
fn tag(text: &str) -> (&str, usize) {
    let begins_tag = matches!(
        text.as_bytes().get(1),
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!')
    );
    match text.bytes().take(512).position(|byte| byte == b'>') {
        Some(end) if begins_tag => {
            let inside = &text[1..end];
            let is_link = inside.contains("://") && !inside.contains(' ');
            (if is_link { inside } else { "" }, end + 1)
        }
        _ => (&text[..1], 1),
    }
}

/// What is shown for a common entity at the start of a text, and its length.
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
    let found = ENTITIES
        .iter()
        .find(|(written, _)| text.starts_with(written));
    found.map_or((&text[..1], 1), |(written, shown)| (shown, written.len()))
}

/// A link that may be shown and opened: `http`, `https` or `mailto`, cleaned, without white space.
pub(super) fn web_link(written: &str) -> Option<String> {
    let clean = clean_line(written);
    let link = clean.trim().trim_start_matches('<').trim_end_matches('>');
    let is_web = ["http://", "https://", "mailto:"].iter().any(|scheme| {
        link.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && link.len() > scheme.len()
    });
    (is_web && !link.contains(char::is_whitespace)).then(|| link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_joins_and_cleans() {
        assert_eq!(one_line("  a\n b\t c \r\n\n"), "a b c");
        assert_eq!(
            one_line("第一行，\n第二行\nand English"),
            "第一行，第二行 and English"
        );
        assert_eq!(one_line("a \u{200B} b\u{1B}[2J"), "a b␛[2J");
        assert_eq!(one_line(" \u{202E} "), "");
    }

    #[test]
    fn markup_is_taken_out() {
        for (written, plain) in [
            (
                "**Bold** and *it*, `code`, ~~gone~~",
                "Bold and it, code, gone",
            ),
            (
                "snake_case, 2 * 3, a ~ b, _it_",
                "snake_case, 2 * 3, a ~ b, it",
            ),
            ("[text](https://e.x/a_b) ![alt](i.png)!", "text alt!"),
            ("<a href=\"https://e.x\"> Name </a><br/>", " Name "),
            (
                "Set&lt;E&gt; &amp; \\*x\\* &unknown;",
                "Set<E> & *x* &unknown;",
            ),
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
