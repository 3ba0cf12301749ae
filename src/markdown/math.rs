//! Distinguishes formulas from money: which dollars delimit a formula.

use super::edit::Edit;

/// The longest formula, in bytes.
const LONGEST: usize = 4096;

/// The dollars that delimit no formula, or none if the source has no formula: then the parser need
/// not look for any.
///
/// The rules are Pandoc's (no space inside the dollars, no digit after the closing one), and a look
/// at the text between them: `$8.6 billion (up from $2 billion)` and `$5 or US$ 6` are money.
pub(super) fn literal_dollars(source: &str) -> Option<Vec<Edit>> {
    let bytes = source.as_bytes();
    let mut literal = Vec::new();
    let mut has_formula = false;
    let mut done = 0;
    for at in memchr::memchr_iter(b'$', bytes) {
        if at < done || is_escaped(bytes, at) {
            continue;
        }
        let is_display = bytes.get(at + 1) == Some(&b'$');
        if let Some(end) = if is_display {
            display_end(source, at)
        } else {
            inline_end(source, at)
        } {
            has_formula = true;
            done = end;
        } else {
            done = at + if is_display { 2 } else { 1 };
            let sign = Some('$');
            literal.extend((at..done).map(|at| Edit { at, sign }));
        }
    }
    has_formula.then_some(literal)
}

/// The end of the formula `$…$` that begins at a dollar.
fn inline_end(source: &str, open: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    if open > 0 && bytes[open - 1].is_ascii_alphanumeric() {
        return None;
    }
    let close = next_dollar(bytes, open + 1)?;
    let inner = &source[open + 1..close];
    let has_spaces = inner.starts_with(char::is_whitespace) || inner.ends_with(char::is_whitespace);
    if inner.is_empty() || has_spaces || bytes.get(close + 1).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    is_formula(inner).then_some(close + 1)
}

/// The end of the formula `$$…$$` that begins at a dollar.
fn display_end(source: &str, open: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let close =
        next_dollar(bytes, open + 2).filter(|&close| bytes.get(close + 1) == Some(&b'$'))?;
    let inner = source[open + 2..close].trim();
    (!inner.is_empty() && (is_formula(inner) || inner.contains('\\') || inner.contains('=')))
        .then_some(close + 2)
}

/// The next dollar that is not escaped, in the same paragraph.
fn next_dollar(bytes: &[u8], from: usize) -> Option<usize> {
    let window = &bytes[from..bytes.len().min(from + LONGEST)];
    let close =
        from + memchr::memchr_iter(b'$', window).find(|&at| !is_escaped(bytes, from + at))?;
    memchr::memmem::find(&bytes[from..close], b"\n\n")
        .is_none()
        .then_some(close)
}

/// Whether an odd number of backslashes precedes a byte.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'\\')
        .count()
        % 2
        == 1
}

/// Whether the text between two dollars reads as a formula.
fn is_formula(inner: &str) -> bool {
    if inner.contains('`') || is_money(inner) {
        return false;
    }
    let has_command = inner
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0] == b'\\' && pair[1].is_ascii_alphabetic());
    let has_chinese = inner
        .chars()
        .any(|c| ('\u{2E80}'..'\u{1D400}').contains(&c));
    if has_command || has_chinese {
        return has_command;
    }
    if inner.contains(['^', '_', '{']) {
        return inner.contains('^') || longest_word(inner) < 12;
    }
    // No sign of TeX: a symbol, a product, a comparison, but no words.
    longest_word(inner) < 3 && inner.chars().any(char::is_alphabetic) && inner.lines().count() == 1
}

/// Whether a text begins like an amount of money: a figure, then a word or a sign that is no
/// operator.
fn is_money(inner: &str) -> bool {
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    if rest.len() == inner.len() {
        return false;
    }
    let rest = rest.trim_start_matches(['k', 'm', 'b', 'K', 'M', 'B']);
    rest.starts_with([' ', ',', ';', ':', ')', '-', '/', '\n'])
        && rest
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| word.len() >= 2)
        && !rest.contains('\\')
}

/// The length of the longest run of Latin letters.
fn longest_word(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .map(str::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
#[path = "math_tests.rs"]
mod tests;
