//! The header of LCTT's translations: link reference definitions that carry the metadata, `[#]: subject: (A title)`.

use std::borrow::Cow;

use super::region::rows;
use super::value::{Entries, Value};

/// What each line of such a header begins with.
const MARK: &str = "[#]:";

/// Says whether a line is one of such a header.
pub(super) fn is_line(line: &str) -> bool {
    entry(line).is_some()
}

/// The length of the header at the start of a text, in bytes: its lines, with blank lines between them.
pub(super) fn header_length(text: &str) -> usize {
    rows(text)
        .take_while(|row| row.1.trim().is_empty() || row.1.starts_with(MARK))
        .filter(|row| row.1.starts_with(MARK))
        .last()
        .map_or(0, |row| row.2)
}

/// The entries of a header.
pub(super) fn entries(inner: &str) -> Entries<'_> {
    rows(inner).filter_map(|row| entry(row.1)).collect()
}

/// Reads one line: `[#]: key: (value)`, with brackets or quotation marks or neither.
fn entry(line: &str) -> Option<(Cow<'_, str>, Value<'_>)> {
    let (key, value) = line.strip_prefix(MARK)?.split_once(':')?;
    let value = value.trim();
    let inside = [("(", ")"), ("\"", "\""), ("'", "'")]
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(value)
        .trim();
    let value = if inside.is_empty() { Value::Nothing } else { Value::from(inside) };
    Some((Cow::Borrowed(key.trim()), value))
}
