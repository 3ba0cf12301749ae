//! A limit on how deep one line nests, set before parsing: the parser's time grows with depth times lines.

use super::edit::Edit;

/// How many containers one line may open or continue; markers beyond are text.
pub(super) const LINE_DEPTH: usize = 40;

/// How many columns a line's markers may be indented in all; a marker further right is text. Real lists reach 53.
const INDENT: usize = 80;

/// The separators that turn a line's markers beyond the limit into text.
pub(super) fn separators(source: &str) -> Vec<Edit> {
    let bytes = source.as_bytes();
    let mut edits = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        if let Some(at) = excess(&bytes[start..]) {
            edits.push(Edit::separator(start + at));
        }
        start = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1);
    }
    edits
}

/// The first marker of a line beyond the limit.
fn excess(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut depth = 0;
    let mut indent = 0;
    loop {
        match line.get(at)? {
            b' ' => {
                at += 1;
                indent += 1;
            }
            b'\t' => {
                at += 1;
                indent += 4;
            }
            _ => {
                let width = marker(&line[at..])?;
                depth += 1;
                if depth > LINE_DEPTH || indent > INDENT {
                    return (!is_rule(line)).then_some(at);
                }
                at += width;
            }
        }
    }
}

/// The length of the container marker at the start of a text: a quotation's, an item's, a footnote definition's.
fn marker(text: &[u8]) -> Option<usize> {
    let blank = |at: usize| matches!(text.get(at), None | Some(b' ' | b'\t' | b'\n'));
    match text.first()? {
        b'>' => Some(1),
        b'-' | b'+' | b'*' => blank(1).then_some(1),
        b'0'..=b'9' => {
            let digits = text.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            (matches!(text.get(digits), Some(b'.' | b')')) && blank(digits + 1)).then_some(digits + 1)
        }
        b'[' if text.get(1) == Some(&b'^') => {
            let close = text.iter().take(64).position(|&byte| byte == b']' || byte == b'\n')?;
            (text[close] == b']' && text.get(close + 1) == Some(&b':')).then_some(close + 2)
        }
        _ => None,
    }
}

/// Whether a line is a thematic break, which may be of any length.
fn is_rule(line: &[u8]) -> bool {
    let end = memchr::memchr(b'\n', line).unwrap_or(line.len());
    let mut signs = line[..end].iter().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let first = signs.next();
    matches!(first, Some(b'-' | b'*' | b'_')) && signs.all(|sign| Some(sign) == first)
}

#[cfg(test)]
#[path = "nesting_tests.rs"]
mod tests;
