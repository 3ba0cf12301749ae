//! The header of LCTT's translations: link reference definitions that carry the metadata, `[#]: subject: (A title)`.

use super::value::{HeaderEntries, Value};
use crate::text::raw_lines;

/// What each line of such a header begins with.
const PREFIX: &str = "[#]:";

/// True if a line belongs to such a header.
pub(super) fn is_lctt_line(line: &str) -> bool {
    entry(line).is_some()
}

/// The length of the header at the start of a text, in bytes: its lines, with blank lines between them.
pub(super) fn length(text: &str) -> usize {
    raw_lines(text)
        .take_while(|line| line.text.trim().is_empty() || line.text.starts_with(PREFIX))
        .filter(|line| line.text.starts_with(PREFIX))
        .last()
        .map_or(0, |line| line.end)
}

/// The entries of a header.
pub(super) fn entries(inner: &str) -> HeaderEntries {
    raw_lines(inner).filter_map(|line| entry(line.text)).collect()
}

/// Reads one line: `[#]: key: (value)`, with brackets or quotation marks or neither.
fn entry(line: &str) -> Option<(String, Value)> {
    let (key, value) = line.strip_prefix(PREFIX)?.split_once(':')?;
    let value = value.trim();
    let inside = [("(", ")"), ("\"", "\""), ("'", "'")]
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(value)
        .trim();
    let value = if inside.is_empty() { Value::Nothing } else { Value::from(inside) };
    Some((key.trim().to_owned(), value))
}
