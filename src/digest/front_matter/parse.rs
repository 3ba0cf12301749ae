//! YAML by `serde_yaml`, JSON by `serde_json`, TOML by `toml`: strict, and within bounds. Plain
//! YAML has a quick way of its own.

use serde_yaml::{Mapping, Value as Yaml};

use super::entries::{HeaderEntries, MAX_PARSED, ParseFailure, TOO_LONG, Value};
use crate::locale::translated;
use crate::text::{line_breaks, raw_lines};

/// How deep brackets, or the `- ` and `? ` of one line, may nest: the parser's time grows with the
/// length times the depth.
const MAX_DEPTH: usize = 16;

/// How many aliases a header with anchors may use: each level of three triples the text, so eight
/// make at most 18 times of it. A long header may use fewer.
const MAX_ALIASES: usize = 8;

/// The key by which `toml` gives a date to a reader of another format.
const TOML_DATE: &str = "$__toml_private_datetime";

/// Reads YAML; None if it is not a map (prose between two thematic breaks is a YAML string).
pub(super) fn read_yaml(inner: &str) -> Result<Option<HeaderEntries>, ParseFailure> {
    check_bounds(inner)?;
    match serde_yaml::from_str::<Yaml>(inner) {
        Ok(Yaml::Mapping(map)) => Ok(Some(
            map.into_iter()
                .map(|(key, value)| top_entry(inner, key, value))
                .collect(),
        )),
        Ok(Yaml::Null) => Ok(Some(HeaderEntries::new())),
        Ok(_) => Ok(None),
        Err(error) => {
            let line = error
                .location()
                .map(|location| location.line().saturating_sub(1) as u32);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            Err(ParseFailure::new(line, message))
        }
    }
}

/// Reads a JSON object, if it is one. The parser bounds the depth at 128.
pub(super) fn read_json(inner: &str) -> Option<HeaderEntries> {
    if inner.len() > MAX_PARSED || !inner.trim_start().starts_with('{') {
        return None;
    }
    serde_json::from_str::<Mapping>(inner).ok().map(entries)
}

/// Reads TOML, which is written between `+++` lines. The parser bounds the depth.
pub(super) fn read_toml(inner: &str) -> Result<Option<HeaderEntries>, ParseFailure> {
    if inner.len() > MAX_PARSED {
        return Err(ParseFailure::new(None, translated(TOO_LONG)));
    }
    toml::from_str::<Mapping>(inner)
        .map(|map| Some(entries(map)))
        .map_err(|error| {
            let line = error
                .span()
                .and_then(|span| inner.get(..span.start))
                .map(line_breaks);
            ParseFailure::new(line, error.message())
        })
}

/// Refuses what would take the parser too long: length, depth of brackets, directives, and the
/// expansion of aliases.
fn check_bounds(inner: &str) -> Result<(), ParseFailure> {
    let refuse = |line, reason| Err(ParseFailure::new(line, reason));
    if inner.len() > MAX_PARSED {
        return refuse(None, translated(TOO_LONG));
    }
    let mut depth = 0_usize;
    let mut anchors = 0;
    let mut aliases = 0;
    for (index, line) in (0..).zip(raw_lines(inner)) {
        if line.text.starts_with('%') {
            return refuse(Some(index), tr!("it holds a directive"));
        }
        let nested_lists = line
            .text
            .split_ascii_whitespace()
            .take_while(|word| matches!(*word, "-" | "?"));
        if nested_lists.count() > MAX_DEPTH {
            return refuse(Some(index), tr!("its lists nest too deep"));
        }
        let mut before = b'\n';
        for byte in line.text.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'&' if is_before_token(before) => anchors += 1,
                b'*' if is_before_token(before) => aliases += 1,
                _ => {}
            }
            before = byte;
            if depth > MAX_DEPTH {
                return refuse(Some(index), tr!("its brackets nest too deep"));
            }
        }
    }
    if anchors > 0 && (aliases > MAX_ALIASES || aliases * inner.len() > MAX_PARSED) {
        return refuse(None, tr!("it uses too many aliases"));
    }
    Ok(())
}

/// True if an anchor or alias may follow a byte.
const fn is_before_token(byte: u8) -> bool {
    matches!(
        byte,
        b'\n' | b' ' | b'\t' | b'[' | b'{' | b',' | b':' | b'-' | b'?'
    )
}

/// An entry of the header itself. A number or boolean is taken as written (`1.10` is not 1.1); so
/// is a template (`{{ title }}`), which to YAML is a map whose key is a map.
fn top_entry(inner: &str, key: Yaml, value: Yaml) -> (String, Value) {
    let key = key_text(key);
    let value = match value {
        Yaml::Number(_) | Yaml::Bool(_) => written(inner, &key).unwrap_or_else(|| from_yaml(value)),
        Yaml::Mapping(map) if map.keys().any(Yaml::is_mapping) => {
            written(inner, &key).unwrap_or(Value::Nothing)
        }
        _ => from_yaml(value),
    };
    (key, value)
}

/// The plain scalar that follows a key on its line.
fn written(inner: &str, key: &str) -> Option<Value> {
    let after = raw_lines(inner).find_map(|line| line.text.strip_prefix(key)?.strip_prefix(':'))?;
    let plain = after.split(" #").next().unwrap_or(after).trim();
    (!plain.is_empty() && !plain.starts_with(['!', '&', '|', '>', '*'])).then(|| Value::from(plain))
}

/// Converts a value. The parsers bound the depth at 128.
fn from_yaml(value: Yaml) -> Value {
    match value {
        Yaml::Null => Value::Nothing,
        Yaml::Bool(value) => Value::from(value.to_string()),
        Yaml::Number(number) => Value::from(number.to_string()),
        Yaml::String(text) => Value::from(text),
        Yaml::Sequence(items) => Value::List(items.into_iter().map(from_yaml).collect()),
        Yaml::Mapping(mut map) => match map.remove(TOML_DATE) {
            Some(date) => from_yaml(date),
            None => Value::Map(entries(map)),
        },
        Yaml::Tagged(tagged) => from_yaml(tagged.value),
    }
}

fn entries(map: Mapping) -> HeaderEntries {
    map.into_iter()
        .map(|(key, value)| (key_text(key), from_yaml(value)))
        .collect()
}

/// The text of a key; a list or map as a key has none.
fn key_text(key: Yaml) -> String {
    match from_yaml(key) {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

/// The most entries that [`read_plain_yaml`] takes; it compares each key with all before it.
const MAX_FAST_ENTRIES: usize = 100;

/// Reads plain `key: value` lines and simple lists, as most headers are, several times faster than
/// the parser, since a first start reads all files. Takes only what [`read_yaml`] surely reads the
/// same; None at the first doubt.
pub(super) fn read_plain_yaml(inner: &str) -> Option<HeaderEntries> {
    let mut entries = HeaderEntries::new();
    // True after a key without a value of its own, which a list may follow; and the indent of that
    // list's items.
    let mut takes_items = false;
    let mut item_indent = None;
    for line in inner.lines() {
        if !line.chars().all(is_plain_char) {
            return None;
        }
        let content = line.trim_matches(' ');
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if let Some(item) = content.strip_prefix("- ") {
            let indent = line.len() - line.trim_start_matches(' ').len();
            if !takes_items || *item_indent.get_or_insert(indent) != indent {
                return None;
            }
            let item = fast_item(item.trim_matches(' '), false)?;
            match entries.last_mut() {
                Some((_, Value::List(items))) => items.push(item),
                Some((_, value)) => *value = Value::List(vec![item]),
                None => return None,
            }
            continue;
        }
        let (key, rest) = line.split_once(':')?;
        if !is_plain_key(key)
            || entries.len() == MAX_FAST_ENTRIES
            || !(rest.is_empty() || rest.starts_with(' '))
            || entries.iter().any(|(other, _)| other == key)
        {
            return None;
        }
        let written = rest.trim_matches(' ');
        takes_items = written.is_empty();
        item_indent = None;
        entries.push((
            key.to_owned(),
            if takes_items {
                Value::Nothing
            } else {
                fast_value(written)?
            },
        ));
    }
    Some(entries)
}

/// True if YAML allows a character in a line; the tab is left to the parser.
const fn is_plain_char(c: char) -> bool {
    !matches!(c, '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn is_plain_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        && !is_keyword(key)
}

/// The value on a key's own line.
fn fast_value(written: &str) -> Option<Value> {
    match *written.as_bytes().first()? {
        b'[' => {
            let inside = written[1..].strip_suffix(']')?.trim_matches(' ');
            let items = inside
                .split(',')
                .map(|item| fast_item(item.trim_matches(' '), true));
            if inside.is_empty() {
                Some(Value::List(Vec::new()))
            } else {
                items.collect::<Option<_>>().map(Value::List)
            }
        }
        mark @ (b'"' | b'\'') => fast_quoted(written, mark),
        _ if matches!(written, "~" | "null" | "Null" | "NULL") => Some(Value::Nothing),
        first => {
            let is_text = first.is_ascii_alphanumeric()
                || !first.is_ascii()
                || matches!(first, b'/' | b'(' | b'<' | b'$');
            (is_text && is_plain_scalar(written)).then(|| Value::from(written))
        }
    }
}

/// An item of a list that is surely text.
fn fast_item(written: &str, in_flow: bool) -> Option<Value> {
    let first = *written.as_bytes().first()?;
    if matches!(first, b'"' | b'\'') {
        return fast_quoted(written, first);
    }
    let is_whole = if in_flow {
        !written.contains(['[', ']', '{', '}', ':', '#', '"', '\'', '?'])
    } else {
        is_plain_scalar(written)
    };
    let is_text =
        (first.is_ascii_alphabetic() || !first.is_ascii()) && is_whole && !is_keyword(written);
    is_text.then(|| Value::from(written))
}

/// The inside of a scalar in quotation marks that holds neither those marks nor escapes.
fn fast_quoted(written: &str, mark: u8) -> Option<Value> {
    let inside = written[1..].strip_suffix(char::from(mark))?;
    let is_verbatim = !inside
        .bytes()
        .any(|byte| byte == mark || (mark == b'"' && byte == b'\\'));
    is_verbatim.then(|| Value::from(inside))
}

/// True if a scalar without quotation marks holds neither a mapping nor a comment.
fn is_plain_scalar(text: &str) -> bool {
    !text.ends_with(':')
        && !text
            .as_bytes()
            .windows(2)
            .any(|pair| matches!(pair, b": " | b" #"))
}

/// True if YAML takes a plain word for a boolean or a null.
fn is_keyword(word: &str) -> bool {
    ["true", "false", "null"]
        .iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}
