//! The lines of a header.

use crate::text::line_end;

/// A line of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeaderLine<'a> {
    /// Byte offset of its start.
    pub(super) start: usize,
    /// The line without its ending (LF, CRLF or a lone CR).
    pub(super) text: &'a str,
    /// Byte offset just after its ending.
    pub(super) end: usize,
}

/// The lines of a text.
pub(super) fn header_lines(text: &str) -> impl Iterator<Item = HeaderLine<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let (content_end, end) = line_end(text, start);
        let line = HeaderLine { start, text: &text[start..content_end], end };
        start = end;
        Some(line)
    })
}
