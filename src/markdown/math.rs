//! Telling mathematics from money: which dollars delimit a formula.

use super::source::Edit;

/// The longest formula, in bytes.
const LONGEST: usize = 4096;

/// Finds formulas; when there are any, every dollar that delimits none is given to `edits`. Says whether there are any.
///
/// The rules are Pandoc's (no space inside the dollars, no digit after the closing one), and a look at what stands
/// between them: `$8.6 billion (up from $2 billion)` and `$5 or US$ 6` are money.
pub(super) fn dollars(source: &str, edits: &mut Vec<Edit>) -> bool {
    let bytes = source.as_bytes();
    let before = edits.len();
    let mut any = false;
    let mut done = 0;
    for at in memchr::memchr_iter(b'$', bytes) {
        if at < done || is_escaped(bytes, at) {
            continue;
        }
        let width = if bytes.get(at + 1) == Some(&b'$') { 2 } else { 1 };
        let end = if width == 2 { display(source, at) } else { inline(source, at) };
        if end.is_some() {
            any = true;
        } else {
            edits.extend((at..at + width).map(Edit::dollar));
        }
        done = end.unwrap_or(at + width);
    }
    if !any {
        edits.truncate(before);
    }
    any
}

/// The end of the formula `$…$` that begins at a dollar.
fn inline(source: &str, open: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    if open > 0 && bytes[open - 1].is_ascii_alphanumeric() {
        return None;
    }
    let close = closing(bytes, open + 1, b'$')?;
    let inner = &source[open + 1..close];
    let edges = inner.starts_with(|c: char| c.is_whitespace()) || inner.ends_with(|c: char| c.is_whitespace());
    if inner.is_empty() || edges || bytes.get(close + 1).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    is_formula(inner).then_some(close + 1)
}

/// The end of the formula `$$…$$` that begins at a dollar.
fn display(source: &str, open: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let close = closing(bytes, open + 2, b'$').filter(|&close| bytes.get(close + 1) == Some(&b'$'))?;
    let inner = source[open + 2..close].trim();
    (!inner.is_empty() && (is_formula(inner) || inner.contains('\\') || inner.contains('='))).then_some(close + 2)
}

/// The next dollar that is not escaped, in the same paragraph.
fn closing(bytes: &[u8], from: usize, sign: u8) -> Option<usize> {
    let window = &bytes[from..bytes.len().min(from + LONGEST)];
    let close = from + memchr::memchr_iter(sign, window).find(|&at| !is_escaped(bytes, from + at))?;
    memchr::memmem::find(&bytes[from..close], b"\n\n").is_none().then_some(close)
}

/// Says whether an odd number of backslashes stands before a byte.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// Says whether what stands between two dollars reads as mathematics.
fn is_formula(inner: &str) -> bool {
    let bytes = inner.as_bytes();
    if memchr::memchr(b'`', bytes).is_some() || is_money(inner) {
        return false;
    }
    let command = bytes.windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_alphabetic());
    let chinese = inner.chars().any(|c| ('\u{2E80}'..'\u{1D400}').contains(&c));
    if command || chinese {
        return command;
    }
    if memchr::memchr3(b'^', b'_', b'{', bytes).is_some() {
        return memchr::memchr(b'^', bytes).is_some() || longest_word(inner) < 12;
    }
    // No sign of TeX: a symbol, a product, a comparison, but no words.
    longest_word(inner) < 3 && inner.chars().any(char::is_alphabetic) && inner.lines().count() == 1
}

/// Says whether a text begins as an amount of money does: a figure, then a word or a sign that is no operator.
fn is_money(inner: &str) -> bool {
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    if rest.len() == inner.len() {
        return false;
    }
    let rest = rest.trim_start_matches(['k', 'm', 'b', 'K', 'M', 'B']);
    rest.starts_with([' ', ',', ';', ':', ')', '-', '/', '\n'])
        && rest.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() >= 2)
        && !rest.contains('\\')
}

/// The length of the longest run of Latin letters.
fn longest_word(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphabetic()).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
#[path = "math_tests.rs"]
mod tests;
