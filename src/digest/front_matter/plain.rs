//! The fast way through plain YAML: `key: value` lines and simple lists, as most headers are.
//!
//! It reads only what it surely reads as `serde_yaml` would, and leaves the rest to it: on any doubt there is no answer.

mod stretch;

use std::borrow::Cow;

use super::value::{Entries, Value};
use stretch::{Stretch, Stretches};

/// How many entries most headers have at most.
const USUALLY: usize = 8;

/// What a line opens with.
enum Opening<'a> {
    /// Nothing that counts: it is blank, or a comment.
    Nothing,
    /// The sign of an item.
    Item,
    /// A key.
    Key(&'a str),
}

/// Reads a header of plain lines; nothing at the first doubt.
pub(super) fn read(inner: &str) -> Option<Entries<'_>> {
    let mut stretches = Stretches::of(inner);
    let mut entries = Entries::with_capacity(USUALLY);
    // The indent of the list that may go on; nothing where none can, and none yet before its first item.
    let mut list: Option<Option<usize>> = None;
    let mut start = 0;
    while start < inner.len() {
        let line = &inner[start..];
        let indent = line.bytes().take_while(|&byte| byte == b' ').count();
        let (opening, length) = match line.as_bytes()[indent..] {
            [] | [b'\n' | b'\r' | b'#', ..] => (Opening::Nothing, 0),
            [b'-', b' ', ..] => (Opening::Item, indent + 2),
            _ => {
                let key = key_of(line)?;
                (Opening::Key(key), key.len() + 1)
            }
        };
        let (written, next) = stretches.line_from(start + length)?;
        match opening {
            Opening::Nothing => {}
            Opening::Item => {
                if *list.as_mut()?.get_or_insert(indent) != indent {
                    return None;
                }
                add_item(&mut entries.last_mut()?.1, item_of(written, false)?);
            }
            Opening::Key(key) => {
                if entries.iter().any(|(other, _)| other == key) {
                    return None;
                }
                let value = if written.text.is_empty() { Value::Nothing } else { scalar_or_flow(written)? };
                list = written.text.is_empty().then_some(None);
                entries.push((Cow::Borrowed(key), value));
            }
        }
        start = next;
    }
    Some(entries)
}

/// The key at the start of a text: a plain word, so that it is surely text, and a colon with a space or the line's end after it.
fn key_of(text: &str) -> Option<&str> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let (key, rest) = text.split_at(text.bytes().position(|byte| !is_word(byte))?);
    let begins_as_key = key.as_bytes().first().is_some_and(|&first| first.is_ascii_alphabetic() || first == b'_');
    let ends_as_key = matches!(rest.as_bytes(), [b':'] | [b':', b' ' | b'\n' | b'\r', ..]);
    (begins_as_key && ends_as_key && !is_resolved(key)).then_some(key)
}

/// Adds an item to the list that is a key's value, or will be.
fn add_item<'a>(value: &mut Value<'a>, item: Value<'a>) {
    if matches!(value, Value::Nothing) {
        *value = Value::List(Vec::new());
    }
    if let Value::List(items) = value {
        items.push(item);
    }
}

/// Reads the value on a key's own line.
fn scalar_or_flow(written: Stretch<'_>) -> Option<Value<'_>> {
    let text = written.text;
    match *text.as_bytes().first()? {
        b'[' => flow(written.part(text[1..].strip_suffix(']')?)),
        mark @ (b'"' | b'\'') => quoted(written, mark),
        _ if matches!(text, "~" | "null" | "Null" | "NULL") => Some(Value::Nothing),
        first => (!written.is_marked && begins_plain_scalar(first)).then(|| written.value()),
    }
}

/// Reads what stands between the brackets of a list.
fn flow(inside: Stretch<'_>) -> Option<Value<'_>> {
    if inside.text.is_empty() {
        return Some(Value::List(Vec::new()));
    }
    let items: Option<_> = inside.text.split(',').map(|item| item_of(inside.part(item), true)).collect();
    items.map(Value::List)
}

/// Reads an item of a list. One that might be anything but text is left to the parser.
fn item_of(written: Stretch<'_>, in_flow: bool) -> Option<Value<'_>> {
    match *written.text.as_bytes().first()? {
        mark @ (b'"' | b'\'') => quoted(written, mark),
        _ => is_word(written, in_flow).then(|| written.value()),
    }
}

/// Says whether an item of a list is surely text, and all of it.
fn is_word(written: Stretch<'_>, in_flow: bool) -> bool {
    let text = written.text;
    let begins_as_text = text.as_bytes().first().is_some_and(|first| first.is_ascii_alphabetic() || !first.is_ascii());
    let is_whole =
        if in_flow { !text.contains(['[', ']', '{', '}', ':', '#', '"', '\'', '?']) } else { !written.is_marked };
    begins_as_text && is_whole && !is_resolved(text)
}

/// The inside of a scalar in quotation marks that holds neither those marks nor escapes.
fn quoted(written: Stretch<'_>, mark: u8) -> Option<Value<'_>> {
    let inside = written.text[1..].strip_suffix(char::from(mark))?;
    if inside.bytes().any(|byte| byte == mark || (mark == b'"' && byte == b'\\')) {
        return None;
    }
    let part = written.part(inside);
    // Spaces at its ends are part of it.
    Some(if part.text == inside { part.value() } else { Value::from(inside) })
}

/// Says whether a scalar that begins with a byte needs no quotation marks to be text.
fn begins_plain_scalar(first: u8) -> bool {
    first.is_ascii_alphanumeric() || !first.is_ascii() || matches!(first, b'/' | b'(' | b'<' | b'$')
}

/// Says whether a plain word means something else than text to YAML: a boolean or a null.
fn is_resolved(word: &str) -> bool {
    matches!(word.len(), 4 | 5) && ["true", "false", "null"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::digest::markup::{one_line, without_entities};

    /// The value of a header of one key.
    fn value_of(header: &str) -> Option<Value<'_>> {
        read(header)?.pop().map(|(_, value)| value)
    }

    /// Whether YAML takes the same for plain text, told by characters.
    fn is_plain_by_characters(text: &str) -> bool {
        let first = text.chars().next().unwrap_or('-');
        (first.is_ascii_alphanumeric() || !first.is_ascii())
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.ends_with(':')
    }

    proptest! {
        #[test]
        fn plain_scalars_hold_no_mapping_and_no_comment(text in "[a中:# ，1]{1,12}", long in 0_usize..70, crlf in any::<bool>()) {
            let text = format!("{}{text}", "x".repeat(long));
            let header = format!("key: {text}{}", if crlf { "\r\n" } else { "" });
            let written = text.trim_matches(' ');
            prop_assume!(!written.is_empty());
            let expected = is_plain_by_characters(written).then(|| Value::from(written));
            prop_assert_eq!(value_of(&header), expected, "{}", header);
        }

        #[test]
        fn what_is_told_to_be_one_tidy_line_is(
            texts in prop::collection::vec("['\"]?([a-z中]{1,30}[ ，。“—é&\u{A0}\u{200B}\u{3000}]{1,2}){0,5}[a-z中 \u{3000}]{0,3}['\"]?", 1..5),
        ) {
            let lines: Vec<_> = texts.iter().enumerate().map(|(at, text)| format!("k{at}: {text}\n")).collect();
            let header = lines.concat();
            for (_, value) in read(&header).unwrap_or_default() {
                if let Value::Line(text) = value {
                    prop_assert_eq!(one_line(&without_entities(text)), text);
                }
            }
        }
    }
}
