//! The fast way through plain YAML: `key: value` lines and simple lists, as most headers are.
//!
//! It reads only what it surely reads as `serde_yaml` would, and leaves the rest to it: on any doubt there is no answer.

use std::borrow::Cow;

use super::region::rows;
use super::value::{Entries, Value};
use crate::text::{LANES, Lanes, places};

/// How many entries most headers have at most.
const USUALLY: usize = 8;

/// Reads a header of plain lines; nothing at the first doubt.
pub(super) fn read(inner: &str) -> Option<Entries<'_>> {
    if !is_printable(inner) {
        return None;
    }
    let mut entries = Entries::with_capacity(USUALLY);
    // The indent of the list that may go on; nothing where none can, and none yet before its first item.
    let mut list: Option<Option<usize>> = None;
    for (_, line, _) in rows(inner) {
        let trimmed = trim_start(line);
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if let Some(item) = trimmed.strip_prefix("- ") {
            let indent = line.len() - trimmed.len();
            if *list.as_mut()?.get_or_insert(indent) != indent {
                return None;
            }
            add_item(&mut entries.last_mut()?.1, item_of(trim(item), false)?);
            continue;
        }
        let (key, rest) = key_and_rest(line)?;
        if entries.iter().any(|(other, _)| other == key) {
            return None;
        }
        let written = trim(rest);
        let value = if written.is_empty() { Value::Nothing } else { scalar_or_flow(written)? };
        list = written.is_empty().then_some(None);
        entries.push((Cow::Borrowed(key), value));
    }
    Some(entries)
}

/// Adds an item to the list that is a key's value, or will be.
fn add_item<'a>(value: &mut Value<'a>, item: Value<'a>) {
    if *value == Value::Nothing {
        *value = Value::List(Vec::new());
    }
    if let Value::List(items) = value {
        items.push(item);
    }
}

/// Splits a line that begins with a key, a plain word, so that it is surely text; a space or nothing follows its colon.
fn key_and_rest(line: &str) -> Option<(&str, &str)> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = line.bytes().position(|byte| !is_word(byte))?;
    let (key, rest) = line.split_at(length);
    let rest = rest.strip_prefix(':').filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
    let is_plain = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && !is_resolved(key);
    is_plain.then_some((key, rest))
}

/// A text without the spaces at its start.
fn trim_start(text: &str) -> &str {
    &text[text.bytes().take_while(|&byte| byte == b' ').count()..]
}

/// A text without the spaces at its ends.
fn trim(text: &str) -> &str {
    let text = trim_start(text);
    &text[..text.len() - text.bytes().rev().take_while(|&byte| byte == b' ').count()]
}

/// Reads the value on a key's own line.
fn scalar_or_flow(written: &str) -> Option<Value<'_>> {
    if let Some(inside) = written.strip_prefix('[') {
        let inside = inside.strip_suffix(']')?;
        let inside = trim(inside);
        if inside.is_empty() {
            return Some(Value::List(Vec::new()));
        }
        let items: Option<_> = inside.split(',').map(|item| item_of(trim(item), true)).collect();
        return items.map(Value::List);
    }
    if matches!(written, "~" | "null" | "Null" | "NULL") {
        return Some(Value::Nothing);
    }
    quoted(written).or_else(|| is_plain_scalar(written).then_some(written)).map(Value::from)
}

/// Reads an item of a list. One that might be anything but text is left to the parser.
fn item_of(written: &str, in_flow: bool) -> Option<Value<'_>> {
    let is_word = |text: &str| {
        let begins_as_text = text.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || !first.is_ascii());
        let is_simple = !in_flow || !text.contains(['[', ']', '{', '}', ':', '#', '"', '\'', '?']);
        begins_as_text && is_simple && is_plain_scalar(text) && !is_resolved(text)
    };
    quoted(written).or_else(|| is_word(written).then_some(written)).map(Value::from)
}

/// The inside of a scalar in quotation marks that holds neither those marks nor escapes.
fn quoted(written: &str) -> Option<&str> {
    let double = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let single = written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    double.filter(|text| !text.contains(['"', '\\'])).or_else(|| single.filter(|text| !text.contains('\'')))
}

/// Says whether a scalar needs no marks to be itself: it begins as text, holds no key and no comment, and so ends on its line.
fn is_plain_scalar(written: &str) -> bool {
    let bytes = written.as_bytes();
    let begins_as_text = bytes.first().is_some_and(|first| {
        first.is_ascii_alphanumeric() || !first.is_ascii() || matches!(first, b'/' | b'(' | b'<' | b'$')
    });
    begins_as_text && !bytes.ends_with(b":") && {
        // The sum, which the compiler turns into vector instructions, is quicker than a search.
        let is_mark =
            |(&first, &second): (&u8, &u8)| (first == b':' && second == b' ') || (first == b' ' && second == b'#');
        !bytes.iter().zip(&bytes[1..]).fold(false, |any, pair| any | is_mark(pair))
    }
}

/// Says whether a text holds only characters that YAML allows within a line, and line breaks but a lone CR. A tab is left to the parser.
fn is_printable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_good = |at: usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) == Some(&b'\n'),
        0..=0x1F | 0x7F => false,
        // U+0080 to U+009F; U+2028 and U+2029; U+FEFF, U+FFFE and U+FFFF.
        0xC2 => bytes[at + 1] >= 0xA0,
        0xE2 => !matches!(bytes[at + 1..], [0x80, 0xA8 | 0xA9, ..]),
        0xEF => !matches!(bytes[at + 1..], [0xBB, 0xBF, ..] | [0xBF, 0xBE | 0xBF, ..]),
        _ => true,
    };
    (0..bytes.len()).step_by(LANES).all(|start| {
        let lanes = Lanes::at(bytes, start);
        let may_be_bad = lanes.between(0, 0x1F) | lanes.any_of([0x7F, 0xC2, 0xE2, 0xEF]);
        places(may_be_bad.bits()).all(|place| is_good(start + place))
    })
}

/// Says whether a plain word means something else than text to YAML: a boolean or a null.
fn is_resolved(word: &str) -> bool {
    ["true", "false", "null"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by characters, as YAML says it.
    fn is_printable_by_characters(text: &str) -> bool {
        let is_odd = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
        };
        !text.contains(is_odd)
    }

    #[test]
    fn every_character_is_printable_or_not_as_yaml_says() {
        let mut buffer = [0; 4];
        for c in '\0'..=char::MAX {
            let text = c.encode_utf8(&mut buffer);
            assert_eq!(is_printable(text), is_printable_by_characters(text), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn plain_scalars_hold_no_mapping_and_no_comment(text in "[a中:# ，1]{1,12}") {
            let first = text.chars().next().unwrap_or('-');
            let is_plain = (first.is_ascii_alphanumeric() || !first.is_ascii())
                && !text.contains(": ") && !text.contains(" #") && !text.ends_with(':');
            prop_assert_eq!(is_plain_scalar(&text), is_plain, "{}", text);
        }
    }
}
