//! Emphasis beside Chinese punctuation, which `CommonMark`'s flanking rule leaves as literal asterisks.
//!
//! The rule looks at the characters on both sides of a run of `*` and takes `**注意：**请看` for an opening run, since a
//! punctuation mark before it and a letter after it mean an opening one in English. The amendment of the
//! markdown-cjk-friendly project (for commonmark-spec issue 650) counts Chinese marks as letters, and any mark beside a
//! Chinese character as one that may stand at a word's edge. Its effect is had here without another parser: a *seam*, a
//! punctuation mark that no text holds, goes into the source between run and letter, and out again after parsing.

use super::source::Edit;

/// Finds the places where a seam lets a run of `*` or `~~` open or close as a reader of Chinese expects. They come in order.
pub(super) fn seams(source: &str, edits: &mut Vec<Edit>) {
    let bytes = source.as_bytes();
    let mut from = 0;
    for found in memchr::memchr2_iter(b'*', b'~', bytes) {
        if found < from {
            continue;
        }
        let sign = bytes[found];
        let end = found + bytes[found..].iter().take_while(|&&byte| byte == sign).count();
        from = end;
        // A star after an odd number of backslashes is text, and so a mark before the rest of its run.
        let slashes = bytes[..found].iter().rev().take_while(|&&byte| byte == b'\\').count();
        let start = found + slashes % 2;
        if start == end || (sign == b'~' && end - start != 2) {
            continue;
        }
        if let Some(at) = seam(source, start, end, sign) {
            edits.push(Edit::seam(at));
        }
    }
}

/// Where one run needs a seam, if it needs one.
fn seam(source: &str, start: usize, end: usize, sign: u8) -> Option<usize> {
    let before = source[..start].chars().next_back()?;
    let after = source[end..].chars().next()?;
    if before.is_whitespace() || after.is_whitespace() {
        return None;
    }
    let single = end - start == 1;
    // A lone star beside letters or digits may be a multiplication or a remark: only Chinese around it speaks for emphasis.
    if is_mark(after) && !is_mark(before) && sign == b'*' {
        return (is_chinese(before) || (!single && is_chinese(after))).then_some(start);
    }
    if is_mark(before) && !is_mark(after) {
        return (is_chinese(after) || (!single && is_chinese(before))).then_some(end);
    }
    None
}

/// Says whether a character is surely punctuation to `CommonMark`: ASCII's, the general marks Chinese uses, and Chinese ones.
pub(super) const fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || is_chinese_mark(c) || matches!(c, '‐'..='‧' | '‹' | '›' | '«' | '»' | '·')
}

/// Says whether a character is a Chinese punctuation mark: of the CJK block, or a full-width form.
pub(super) const fn is_chinese_mark(c: char) -> bool {
    matches!(c, '、'..='〃' | '〈'..='】' | '〔'..='〟' | '〰' | '・'
        | '！'..='＃' | '％'..='＊' | '，'..='／' | '：' | '；' | '？' | '＠' | '［'..='］' | '＿' | '｛' | '｝' | '｟'..='･')
}

/// Says whether a character is Chinese, Japanese or Korean: a letter or a mark of East Asian width.
const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{2FFF}' | '\u{3001}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
#[path = "emphasis_tests.rs"]
mod tests;
