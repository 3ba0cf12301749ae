//! What can be had of a broken header: each line as `key: rest of the line`, with the `- item` lines below it.

use std::borrow::Cow;

use super::LONGEST;
use super::region::rows;
use super::value::{Entries, Value};

/// The longest key that is taken for one, in bytes.
const LONGEST_KEY: usize = 64;

/// What was had of a broken header.
#[derive(Debug, Default)]
pub(super) struct Salvage<'a> {
    /// The entries that could be read.
    pub(super) entries: Entries<'a>,
    /// How many lines are not blank.
    pub(super) lines: usize,
    /// How many of them were neither a key, an item nor a continuation.
    pub(super) unread: usize,
    /// The first of those, counted from 0.
    pub(super) first_unread: Option<u32>,
}

/// Reads a header line by line; `separator` stands between key and value. A key that comes twice keeps its first value.
pub(super) fn read(inner: &str, separator: char) -> Salvage<'_> {
    let mut salvage = Salvage::default();
    for (index, (_, line, _)) in rows(inner).enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        salvage.lines += 1;
        if let Some((key, rest)) = key_and_rest(line, separator) {
            salvage.entries.push((Cow::Borrowed(key), value_of(rest)));
        } else if !salvage.continues(line) {
            salvage.unread += 1;
            salvage.first_unread.get_or_insert(index as u32);
        }
    }
    salvage
}

impl<'a> Salvage<'a> {
    /// Adds a line that is not a key to the value above it; says whether it was of a header's kind.
    fn continues(&mut self, line: &'a str) -> bool {
        let trimmed = line.trim();
        if trimmed.starts_with('#') || matches!(trimmed, "{" | "}" | "]" | "[" | "],") {
            return true;
        }
        let Some((_, value)) = self.entries.last_mut() else { return false };
        if let Some(item) = trimmed.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
            let item = Value::from(unquoted(item.trim()));
            match value {
                Value::List(items) => items.push(item),
                Value::Nothing => *value = Value::List(vec![item]),
                _ => {}
            }
            return true;
        }
        if !line.starts_with([' ', '\t']) {
            return false;
        }
        if matches!(value, Value::Nothing) && key_of(trimmed, ':').is_none() {
            *value = Value::from(trimmed);
        } else if let Value::Text(text) = value {
            let text = text.to_mut();
            if matches!(text.as_str(), "|" | ">" | "|-" | ">-" | "|+" | ">+") {
                text.clear();
            } else {
                text.push('\n');
            }
            text.push_str(trimmed);
        }
        true
    }
}

/// Says whether a line is of a header's kind: blank, a comment, a key, an item, or indented.
pub(super) fn is_header_line(line: &str, separator: char) -> bool {
    line.trim().is_empty()
        || line.starts_with(['#', ' ', '\t'])
        || line.starts_with("- ")
        || key_of(line, separator).is_some()
}

/// The key of a line, if it has one.
pub(super) fn key_of(line: &str, separator: char) -> Option<&str> {
    key_and_rest(line, separator).map(|(key, _)| key)
}

/// The length of what looks like a header at the start of a text that never closes it, in bytes: keys up to the first line
/// that is of another kind, or the first blank line. Nothing if it has no usual key.
pub(super) fn header_length(text: &str) -> Option<usize> {
    let mut usual = false;
    let mut length = 0;
    for (start, line, next) in rows(text).take_while(|row| row.0 < LONGEST) {
        let heading = line.starts_with('#') && start > 0;
        if line.trim().is_empty() || heading || !is_header_line(line, ':') {
            break;
        }
        usual |= key_of(line, ':').is_some_and(super::keys::is_usual);
        length = next;
    }
    usual.then_some(length)
}

/// Splits a line that begins with a key: a word of letters, digits, `_` and `-` (Han too), perhaps in quotation marks, at the very left.
fn key_and_rest(line: &str, separator: char) -> Option<(&str, &str)> {
    let line = line.trim_end();
    // A member of a JSON object stands in quotation marks, anywhere on its line.
    let member = line.trim_start_matches([' ', '\t', '{']).trim_end_matches(',');
    let line = if member.starts_with('"') { member } else { line };
    let at = line.find(|c| c == separator || (separator == ':' && c == '：'))?;
    let key = line[..at].trim_end();
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    let rest = line[at..].trim_start_matches([separator, '：']);
    let is_key = key.len() <= LONGEST_KEY
        && key.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    // `https://…` is not a key: without a space after it, only nothing or a quotation mark may follow.
    let is_value = separator != ':' || !rest.starts_with('/');
    (is_key && is_value).then(|| (key, rest.trim()))
}

/// The value of the rest of a line.
fn value_of(rest: &str) -> Value<'_> {
    if rest.is_empty() || matches!(rest, "~" | "null") {
        return Value::Nothing;
    }
    match rest.strip_prefix('[').and_then(|inside| inside.strip_suffix(']')) {
        Some(inside) => Value::List(
            inside
                .split([',', '，'])
                .map(|item| unquoted(item.trim()))
                .filter(|item| !item.is_empty())
                .map(Value::from)
                .collect(),
        ),
        None => Value::from(unquoted(rest)),
    }
}

/// A text without the quotation marks around it.
fn unquoted(text: &str) -> &str {
    ['"', '\''].into_iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark)).unwrap_or(text)
}
