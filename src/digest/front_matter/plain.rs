//! The fast way through plain YAML: `key: value` lines and simple lists, as most headers are.
//!
//! It reads only what it surely reads as `serde_yaml` would, and leaves the rest to it: on any doubt there is no answer.

use memchr::{memchr, memchr_iter};

use super::value::{Entries, Value};

/// Reads a header of plain lines; nothing at the first doubt.
pub(super) fn read(inner: &str) -> Option<Entries> {
    let mut entries = Entries::new();
    let mut lines = inner.lines().peekable();
    while let Some(line) = lines.next() {
        if is_blank_or_comment(line) {
            continue;
        }
        let colon = memchr(b':', line.as_bytes())?;
        let (key, rest) = (&line[..colon], &line[colon + 1..]);
        if !is_plain_key(key)
            || !(rest.is_empty() || rest.starts_with(' '))
            || entries.iter().any(|(other, _)| other == key)
        {
            return None;
        }
        let written = rest.trim_matches(' ');
        let value = if written.is_empty() { block_list(&mut lines)? } else { scalar_or_flow(written)? };
        entries.push((key.to_owned(), value));
    }
    Some(entries)
}

/// Says whether a line says nothing. A tab is left to the parser.
fn is_blank_or_comment(line: &str) -> bool {
    let trimmed = line.trim_start_matches(' ');
    trimmed.is_empty() || (trimmed.starts_with('#') && is_printable(trimmed))
}

/// Says whether a key is a plain word, so that it is surely text.
fn is_plain_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        && !is_resolved(key)
}

/// Reads the `- item` lines after a key without a value; there may be none.
fn block_list<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Option<Value> {
    let mut items = Vec::new();
    let mut indent = None;
    while let Some(line) = lines.peek().copied() {
        if is_blank_or_comment(line) {
            lines.next();
            continue;
        }
        let trimmed = line.trim_start_matches(' ');
        let Some(item) = trimmed.strip_prefix("- ") else { break };
        if *indent.get_or_insert(line.len() - trimmed.len()) != line.len() - trimmed.len() {
            return None;
        }
        items.push(item_of(item.trim_matches(' '), false)?);
        lines.next();
    }
    Some(if items.is_empty() { Value::Nothing } else { Value::List(items) })
}

/// Reads the value on a key's own line.
fn scalar_or_flow(written: &str) -> Option<Value> {
    if let Some(inside) = written.strip_prefix('[') {
        let inside = inside.strip_suffix(']')?.trim_matches(' ');
        if inside.is_empty() {
            return Some(Value::List(Vec::new()));
        }
        let items: Option<_> = inside.split(',').map(|item| item_of(item.trim_matches(' '), true)).collect();
        return items.map(Value::List);
    }
    if matches!(written, "~" | "null" | "Null" | "NULL") {
        return Some(Value::Nothing);
    }
    quoted(written).or_else(|| is_plain_scalar(written).then_some(written)).map(Value::from)
}

/// Reads an item of a list. One that might be anything but text is left to the parser.
fn item_of(written: &str, in_flow: bool) -> Option<Value> {
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
    let inside =
        double.filter(|text| !text.contains(['"', '\\'])).or_else(|| single.filter(|text| !text.contains('\'')))?;
    is_printable(inside).then_some(inside)
}

/// Says whether a scalar needs no marks to be itself and ends on its line.
fn is_plain_scalar(written: &str) -> bool {
    let first = written.chars().next().unwrap_or('-');
    let bytes = written.as_bytes();
    (first.is_ascii_alphanumeric() || !first.is_ascii() || matches!(first, '/' | '(' | '<' | '$'))
        && !memchr_iter(b':', bytes).any(|at| matches!(bytes.get(at + 1), None | Some(b' ')))
        && !memchr_iter(b'#', bytes).any(|at| at > 0 && bytes[at - 1] == b' ')
        && is_printable(written)
}

/// Says whether a text holds only characters that YAML allows within a line.
fn is_printable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_good = |(at, &byte): (usize, &u8)| match byte {
        0..=0x1F | 0x7F => false,
        // U+0080 to U+009F; U+2028 and U+2029; U+FEFF, U+FFFE and U+FFFF.
        0xC2 => bytes[at + 1] >= 0xA0,
        0xE2 => !matches!(bytes[at + 1..], [0x80, 0xA8 | 0xA9, ..]),
        0xEF => !matches!(bytes[at + 1..], [0xBB, 0xBF, ..] | [0xBF, 0xBE | 0xBF, ..]),
        _ => true,
    };
    // The sum, which the compiler turns into vector instructions, tells most texts.
    let may_be_bad = |byte: u8| u8::from(byte < 0x20) | u8::from(matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF));
    bytes.iter().fold(0, |any, &byte| any | may_be_bad(byte)) == 0 || bytes.iter().enumerate().all(is_good)
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
        let is_odd =
            |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
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
