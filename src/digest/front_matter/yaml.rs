//! YAML by `serde_yaml`, and JSON by `serde_json`: strict, and within bounds.

use std::borrow::Cow;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use super::region::rows;
use super::value::{Entries, Value};
use super::{Failure, LONGEST};
use crate::text::clean_line;

/// How deep brackets, or the `- ` and `? ` of one line, may nest: the parser's time grows with the length times the depth.
const DEEPEST: usize = 16;

/// How many aliases a header with anchors may use: each level of three triples the text, so that eight make at most 18 times of it.
/// A long header may use fewer.
const ALIASES: usize = 8;

/// Reads YAML; nothing if it is not a map (prose between two thematic breaks is a YAML string).
pub(super) fn read(inner: &str) -> Result<Option<Entries<'static>>, Failure> {
    check_bounds(inner)?;
    match serde_yaml::from_str::<Yaml>(inner) {
        Ok(Yaml::Mapping(map)) => {
            let entries = map.into_iter().map(|(key, value)| top_entry(inner, key, value));
            Ok(Some(entries.collect()))
        }
        Ok(Yaml::Null) => Ok(Some(Entries::new())),
        Ok(_) => Ok(None),
        Err(error) => {
            let line = error.location().map(|location| location.line().saturating_sub(1) as u32);
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            Err(Failure { line, reason: clean_line(message).into_owned() })
        }
    }
}

/// Reads a JSON object, if it is one.
pub(super) fn read_json(inner: &str) -> Option<Entries<'static>> {
    if inner.len() > LONGEST {
        return None;
    }
    match serde_json::from_str::<Json>(inner) {
        Ok(Json::Object(map)) => Some(map.into_iter().map(json_entry).collect()),
        _ => None,
    }
}

/// Refuses what would take the parser more than its due: length, depth of brackets, directives, and the expansion of aliases.
fn check_bounds(inner: &str) -> Result<(), Failure> {
    let refuse = |line, reason: &str| Err(Failure { line, reason: reason.to_owned() });
    if inner.len() > LONGEST {
        return refuse(None, "it is longer than 64 KB");
    }
    let (mut depth, mut anchors, mut aliases) = (0_usize, 0, 0);
    let mut before = b'\n';
    for (line, (_, text, _)) in rows(inner).enumerate() {
        if text.starts_with('%') {
            return refuse(Some(line as u32), "it holds a directive");
        }
        if text.split_ascii_whitespace().take_while(|word| matches!(*word, "-" | "?")).nth(DEEPEST).is_some() {
            return refuse(Some(line as u32), "its lists nest too deep");
        }
        for byte in text.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'&' if is_before_token(before) => anchors += 1,
                b'*' if is_before_token(before) => aliases += 1,
                _ => {}
            }
            before = byte;
            if depth > DEEPEST {
                return refuse(Some(line as u32), "its brackets nest too deep");
            }
        }
        before = b'\n';
    }
    if anchors > 0 && (aliases > ALIASES || aliases * inner.len() > LONGEST) {
        return refuse(None, "it uses too many aliases");
    }
    Ok(())
}

/// Says whether an anchor or alias may follow a byte.
const fn is_before_token(byte: u8) -> bool {
    matches!(byte, b'\n' | b' ' | b'\t' | b'[' | b'{' | b',' | b':' | b'-' | b'?')
}

/// An entry of the header itself. A number or boolean is taken as it is written (`1.10` is not 1.1); so is a template (`{{ title }}`),
/// which to YAML is a map whose key is a map.
fn top_entry(inner: &str, key: Yaml, value: Yaml) -> (Cow<'static, str>, Value<'static>) {
    let key = key_text(key);
    let value = match value {
        Yaml::Number(_) | Yaml::Bool(_) => written(inner, &key).unwrap_or_else(|| from_yaml(value)),
        Yaml::Mapping(map) if map.keys().any(Yaml::is_mapping) => written(inner, &key).unwrap_or(Value::Nothing),
        _ => from_yaml(value),
    };
    (key, value)
}

/// The plain scalar that follows a key on its line.
fn written(inner: &str, key: &str) -> Option<Value<'static>> {
    let after = rows(inner).find_map(|(_, line, _)| line.strip_prefix(key)?.strip_prefix(':'))?;
    let plain = after.split(" #").next().unwrap_or(after).trim();
    (!plain.is_empty() && !plain.starts_with(['!', '&', '|', '>', '*'])).then(|| Value::from(plain.to_owned()))
}

/// Turns a YAML value into ours. The parser bounds the depth at 128.
fn from_yaml(value: Yaml) -> Value<'static> {
    match value {
        Yaml::Null => Value::Nothing,
        Yaml::Bool(value) => Value::from(value.to_string()),
        Yaml::Number(number) => Value::from(number.to_string()),
        Yaml::String(text) => Value::from(text),
        Yaml::Sequence(items) => Value::List(items.into_iter().map(from_yaml).collect()),
        Yaml::Mapping(map) => {
            Value::Map(map.into_iter().map(|(key, value)| (key_text(key), from_yaml(value))).collect())
        }
        Yaml::Tagged(tagged) => from_yaml(tagged.value),
    }
}

/// The text of a key; a list or map as a key has none.
fn key_text(key: Yaml) -> Cow<'static, str> {
    match from_yaml(key) {
        Value::Text(text) => text,
        _ => Cow::Borrowed(""),
    }
}

/// Turns a JSON entry into ours.
fn json_entry((key, value): (String, Json)) -> (Cow<'static, str>, Value<'static>) {
    (Cow::Owned(key), from_json(value))
}

/// Turns a JSON value into ours. The parser bounds the depth at 128.
fn from_json(value: Json) -> Value<'static> {
    match value {
        Json::Null => Value::Nothing,
        Json::Bool(value) => Value::from(value.to_string()),
        Json::Number(number) => Value::from(number.to_string()),
        Json::String(text) => Value::from(text),
        Json::Array(items) => Value::List(items.into_iter().map(from_json).collect()),
        Json::Object(map) => Value::Map(map.into_iter().map(json_entry).collect()),
    }
}
