//! Headers that are read line by line: broken ones, each line as `key: rest of the line` with the
//! `- item` lines below it; and those of LCTT's translations, link reference definitions that carry
//! the metadata, `[#]: subject: (A title)`.

use super::entries::{HeaderEntries, MAX_PARSED, Value, is_usual};
use crate::text::raw_lines;

/// The longest key that is accepted, in bytes.
const MAX_KEY: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Fallback {
    pub(super) entries: HeaderEntries,
    /// How many lines are not blank.
    pub(super) lines: usize,
    /// How many of them were neither a key, an item nor a continuation.
    pub(super) unread: usize,
    /// The first of those, counted from 0.
    pub(super) first_unread: Option<u32>,
}

/// Reads a header line by line, with a `separator` between key and value.
pub(super) fn read_lines(inner: &str, separator: char) -> Fallback {
    let mut fallback = Fallback::default();
    for (index, line) in (0..).zip(raw_lines(inner)) {
        if line.text.trim().is_empty() {
            continue;
        }
        fallback.lines += 1;
        if let Some((key, rest)) = key_and_rest(line.text, separator) {
            fallback.entries.push((key.to_owned(), value_of(rest)));
        } else if !fallback.continue_value(line.text) {
            fallback.unread += 1;
            fallback.first_unread.get_or_insert(index);
        }
    }
    fallback
}

impl Fallback {
    /// True if it is a header at all: it has a usual key, and nearly all of its lines could be
    /// read. If not, the text merely begins with a thematic break, and taking its first part for a
    /// header would hide it.
    pub(super) fn is_header(&self) -> bool {
        self.entries.iter().any(|(key, _)| is_usual(key))
            && (self.unread <= 1 || self.unread * 4 <= self.lines)
    }

    /// Adds a line that is not a key to the value above it; true if it looks like a line of a
    /// header.
    fn continue_value(&mut self, line: &str) -> bool {
        let trimmed = line.trim();
        if trimmed.starts_with('#') || matches!(trimmed, "{" | "}" | "]" | "[" | "],") {
            return true;
        }
        let Some((_, value)) = self.entries.last_mut() else {
            return false;
        };
        if let Some(item) = trimmed
            .strip_prefix('-')
            .filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        {
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

/// True if a line looks like one of a header: blank, a comment, a key, an item, or indented.
pub(super) fn is_header_line(line: &str) -> bool {
    line.trim().is_empty()
        || line.starts_with(['#', ' ', '\t'])
        || line.starts_with("- ")
        || key_of(line, ':').is_some()
}

pub(super) fn key_of(line: &str, separator: char) -> Option<&str> {
    key_and_rest(line, separator).map(|(key, _)| key)
}

/// The length of what looks like a header at the start of a text that never closes it, in bytes:
/// keys up to the first line that is no line of a header, or the first blank line. None if it has
/// no usual key.
pub(super) fn header_length(text: &str) -> Option<usize> {
    let mut has_usual_key = false;
    let mut length = 0;
    for line in raw_lines(text).take_while(|line| line.start < MAX_PARSED) {
        let is_heading = line.text.starts_with('#') && line.start > 0;
        if line.text.trim().is_empty() || is_heading || !is_header_line(line.text) {
            break;
        }
        has_usual_key |= key_of(line.text, ':').is_some_and(is_usual);
        length = line.end;
    }
    has_usual_key.then_some(length)
}

/// Splits a line that begins with a key: a word of letters, digits, `_` and `-` (Han too), perhaps
/// in quotation marks, without indent.
fn key_and_rest(line: &str, separator: char) -> Option<(&str, &str)> {
    let line = line.trim_end();
    // A member of a JSON object is in quotation marks, at any indent.
    let member = line
        .trim_start_matches([' ', '\t', '{'])
        .trim_end_matches(',');
    let line = if member.starts_with('"') {
        member
    } else {
        line
    };
    let at = line.find(|c| c == separator || (separator == ':' && c == '：'))?;
    let key = line[..at].trim_end();
    let key = key
        .strip_prefix('"')
        .and_then(|key| key.strip_suffix('"'))
        .unwrap_or(key);
    let rest = line[at..].trim_start_matches([separator, '：']);
    let is_key = key.len() <= MAX_KEY
        && key.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    // `https://…` is no key and value.
    let is_value = separator != ':' || !rest.starts_with('/');
    (is_key && is_value).then(|| (key, rest.trim()))
}

fn value_of(rest: &str) -> Value {
    if rest.is_empty() || matches!(rest, "~" | "null") {
        return Value::Nothing;
    }
    let Some(inside) = rest
        .strip_prefix('[')
        .and_then(|inside| inside.strip_suffix(']'))
    else {
        return Value::from(unquoted(rest));
    };
    let items = inside.split([',', '，']).map(|item| unquoted(item.trim()));
    Value::List(
        items
            .filter(|item| !item.is_empty())
            .map(Value::from)
            .collect(),
    )
}

fn unquoted(text: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark))
        .unwrap_or(text)
}

const LCTT_PREFIX: &str = "[#]:";

/// The length of LCTT's header at the start of a text, in bytes: its lines, with blank lines
/// between them.
pub(super) fn lctt_length(text: &str) -> usize {
    raw_lines(text)
        .take_while(|line| line.text.trim().is_empty() || line.text.starts_with(LCTT_PREFIX))
        .filter(|line| line.text.starts_with(LCTT_PREFIX))
        .last()
        .map_or(0, |line| line.end)
}

pub(super) fn lctt_entries(inner: &str) -> HeaderEntries {
    raw_lines(inner)
        .filter_map(|line| lctt_entry(line.text))
        .collect()
}

/// Reads one line of LCTT's header: `[#]: key: (value)`, with brackets or quotation marks or
/// neither.
pub(super) fn lctt_entry(line: &str) -> Option<(String, Value)> {
    let (key, value) = line.strip_prefix(LCTT_PREFIX)?.split_once(':')?;
    let value = value.trim();
    let inside = [("(", ")"), ("\"", "\""), ("'", "'")]
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(value)
        .trim();
    let value = if inside.is_empty() {
        Value::Nothing
    } else {
        Value::from(inside)
    };
    Some((key.trim().to_owned(), value))
}
