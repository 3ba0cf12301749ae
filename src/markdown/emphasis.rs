//! Emphasis beside Chinese punctuation, which `CommonMark`'s flanking rule leaves as literal
//! asterisks.
//!
//! The rule looks at the characters on both sides of a run of `*` and takes `**注意：**请看` for an
//! opening run, since in English a punctuation mark before it and a letter after it mean an opening
//! one. The amendment of the markdown-cjk-friendly project (for commonmark-spec issue 650) counts
//! Chinese marks as letters, and lets any mark beside a Chinese character be at a word's edge. To
//! get the same effect with the same parser, a *separator*, a punctuation mark that the text does
//! not contain, is put into the source between run and letter and taken out after parsing.

use std::ops::Range;

use super::edit::Edit;

/// The separators that let a run of `*` or `~~` open or close as a reader of Chinese expects, in
/// order.
///
/// There is one only where it is needed: where a run cannot open although none is open, or cannot
/// close although one is.
pub(super) fn separators(source: &str) -> Vec<Edit> {
    let bytes = source.as_bytes();
    let mut edits = Vec::new();
    let mut done = 0;
    // Whether a run is open in the paragraph: of tildes, and of one, two, and three or more stars.
    let mut is_open = [false; 4];
    for found in memchr::memchr2_iter(b'*', b'~', bytes) {
        if found < done {
            continue;
        }
        let sign = bytes[found];
        let end = found
            + bytes[found..]
                .iter()
                .take_while(|&&byte| byte == sign)
                .count();
        if ends_paragraph(&bytes[done..found]) {
            is_open = [false; 4];
        }
        done = end;
        // A star after an odd number of backslashes is text, and so a mark before the rest of its
        // run.
        let backslashes = bytes[..found]
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'\\')
            .count();
        let start = found + backslashes % 2;
        if start == end || (sign == b'~' && end - start != 2) {
            continue;
        }
        let kind = if sign == b'~' {
            0
        } else {
            (end - start).min(3)
        };
        let at = separator(source, start..end, &mut is_open[kind]);
        edits.extend(at.map(|at| Edit { at, sign: None }));
    }
    edits
}

/// Whether a paragraph, an item or a row certainly ends in a stretch of source.
fn ends_paragraph(stretch: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', stretch).any(|end| {
        let mut line = stretch[end + 1..].iter().skip_while(|&&byte| byte == b' ');
        line.next().is_some_and(|byte| {
            matches!(byte, b'\n' | b'-' | b'+' | b'>' | b'|' | b'#' | b'0'..=b'9')
        })
    })
}

/// Where a run needs a separator, if it does. Updates whether a run of its length is open.
fn separator(source: &str, run: Range<usize>, is_open: &mut bool) -> Option<usize> {
    let outside = |c: Option<char>| c.filter(|c| !c.is_whitespace());
    let before = outside(source[..run.start].chars().next_back());
    let after = outside(source[run.end..].chars().next());
    let (Some(before), Some(after)) = (before, after) else {
        // Beside white space a run can either open or close, not both.
        *is_open = after.is_some() || (*is_open && before.is_none());
        return None;
    };
    let closes = *is_open;
    let can = if closes {
        !is_mark(before) || is_mark(after)
    } else {
        is_mark(before) || !is_mark(after)
    };
    *is_open = !closes;
    if can || source[run.clone()].starts_with('~') && !closes {
        return None;
    }
    // A single star beside letters or digits may be a multiplication or a remark: only Chinese
    // around it suggests emphasis.
    let (inner, outer) = if closes {
        (before, after)
    } else {
        (after, before)
    };
    let is_needed = is_chinese(outer) || (run.len() > 1 && is_chinese(inner));
    *is_open = closes != is_needed;
    is_needed.then_some(if closes { run.end } else { run.start })
}

/// Whether a character is certainly punctuation to `CommonMark`: ASCII's, the general marks Chinese
/// uses, and Chinese ones.
pub(super) const fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || is_chinese_mark(c)
        || matches!(c, '‐'..='‧' | '‹' | '›' | '«' | '»' | '·')
}

/// Whether a character is a Chinese punctuation mark: of the CJK block, or a full-width form.
pub(super) const fn is_chinese_mark(c: char) -> bool {
    matches!(c, '、'..='〃' | '〈'..='】' | '〔'..='〟' | '〰' | '・'
        | '！'..='＃' | '％'..='＊' | '，'..='／' | '：' | '；' | '？' | '＠' | '［'..='］' | '＿' | '｛' | '｝' | '｟'..='･')
}

/// Whether a character is Chinese, Japanese or Korean: a letter or a mark of East Asian width.
const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{2FFF}' | '\u{3001}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
#[path = "emphasis_tests.rs"]
mod tests;
