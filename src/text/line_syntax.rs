//! What a single line looks like: where it ends, its indent, list markers and thematic breaks.

use memchr::{memchr2, memchr2_iter};

/// Where the line that holds an offset ends: without its line ending (LF, CRLF or a lone CR), and
/// with it.
pub(super) fn line_end(text: &str, start: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let end = memchr2(b'\n', b'\r', &bytes[start..]).map_or(text.len(), |length| start + length);
    let ending = match bytes[end..] {
        [] => 0,
        [b'\r', b'\n', ..] => 2,
        _ => 1,
    };
    (end, end + ending)
}

/// A line of a text, without what surrounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawLine<'a> {
    /// Byte offset of its start.
    pub start: usize,
    /// The line without its ending.
    pub text: &'a str,
    /// Byte offset just after its ending.
    pub end: usize,
}

/// The lines of a text, ended by LF, CRLF or a lone CR.
pub fn raw_lines(text: &str) -> impl Iterator<Item = RawLine<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let (content_end, end) = line_end(text, start);
        let line = RawLine {
            start,
            text: &text[start..content_end],
            end,
        };
        start = end;
        Some(line)
    })
}

/// Counts the line breaks of a text: LF, CRLF or a lone CR.
pub fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let is_not_in_crlf = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
    memchr2_iter(b'\n', b'\r', bytes)
        .filter(is_not_in_crlf)
        .count() as u32
}

/// The text without spaces and tabs at its ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The columns before the trimmed part of a line, with tabs stopping at every fourth; 0 if the line
/// is blank.
pub(super) fn indent(text: &str, trimmed: &str) -> usize {
    if trimmed.is_empty() {
        return 0;
    }
    let spaces = text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    spaces.fold(0, |column, byte| {
        if byte == b'\t' {
            column / 4 * 4 + 4
        } else {
            column + 1
        }
    })
}

/// The width of the list marker at the start of a trimmed line, with the space after it; 0 if there
/// is none.
pub fn list_marker(trimmed: &str) -> usize {
    let bytes = trimmed.as_bytes();
    let sign = match bytes.first() {
        Some(b'-' | b'*' | b'+') => 1,
        Some(b'0'..=b'9') => {
            let digits = bytes
                .iter()
                .take(10)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits > 9 || !matches!(bytes.get(digits), Some(b'.' | b')')) {
                return 0;
            }
            digits + 1
        }
        _ => return 0,
    };
    match bytes[sign..]
        .iter()
        .take(5)
        .take_while(|&&byte| byte == b' ')
        .count()
    {
        0 if bytes.len() == sign || bytes[sign] == b'\t' => sign + 1,
        spaces @ 1..=4 if !is_thematic_break(trimmed) => sign + spaces,
        5 => sign + 1,
        _ => 0,
    }
}

/// Reads a trimmed line as an ATX heading: its level, and its text without closing marks and `{#id}`.
pub fn atx_heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let text = &line[level..];
    if !(text.is_empty() || text.starts_with([' ', '\t'])) {
        return None;
    }
    let text = text.trim();
    let unclosed = text.trim_end_matches('#');
    let text = if unclosed.is_empty() || unclosed.ends_with([' ', '\t']) {
        unclosed.trim_end()
    } else {
        text
    };
    let text = match text.rfind("{#") {
        Some(at) if text.ends_with('}') => text[..at].trim_end(),
        _ => text,
    };
    (1..=6).contains(&level).then_some((level, text))
}

/// True if a trimmed line is a thematic break: three or more of `-`, `*` or `_`, and spaces.
pub fn is_thematic_break(trimmed: &str) -> bool {
    let Some(&sign @ (b'-' | b'*' | b'_')) = trimmed.as_bytes().first() else {
        return false;
    };
    trimmed
        .bytes()
        .all(|byte| byte == sign || matches!(byte, b' ' | b'\t'))
        && trimmed.bytes().filter(|&byte| byte == sign).count() >= 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_and_emphasis_are_no_thematic_breaks() {
        for line in ["---", "***", "* * *", "___", "- - - -", "-----"] {
            assert!(is_thematic_break(line), "{line}");
        }
        for line in ["--", "**a**", "- a", "--- x", "", "-*-"] {
            assert!(!is_thematic_break(line), "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_line_ends_at_its_line_break(text in "([a中]{0,9}(\r?\n|\r)?){0,9}") {
            let mut start = 0;
            let mut breaks = 0;
            while start < text.len() {
                let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
                let ending = ["\r\n", "\r", "\n", ""].into_iter().find(|ending| text[end..].starts_with(ending)).unwrap();
                prop_assert_eq!(line_end(&text, start), (end, end + ending.len()));
                start = end + ending.len();
                breaks += u32::from(!ending.is_empty());
            }
            prop_assert_eq!(line_breaks(&text), breaks);
        }
    }
}
