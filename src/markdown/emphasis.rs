//! Emphasis beside Chinese punctuation, which `CommonMark`'s flanking rule leaves as literal asterisks.
//!
//! The rule looks at the characters on both sides of a run of `*` and takes `**注意：**请看` for an opening run, since a
//! punctuation mark before it and a letter after it mean an opening one in English. The amendment of the
//! markdown-cjk-friendly project (for commonmark-spec issue 650) counts Chinese marks as letters, and any mark beside a
//! Chinese character as one that may stand at a word's edge. Its effect is had here without another parser: a *seam*, a
//! punctuation mark that no text holds, goes into the source between run and letter, and out again after parsing.

use std::ops::Range;

use super::source::Edit;

/// Finds the places where a seam lets a run of `*` or `~~` open or close as a reader of Chinese expects. They come in order.
///
/// A seam is put only where it is needed: where a run cannot open although none is open, or cannot close although one is.
pub(super) fn seams(source: &str, edits: &mut Vec<Edit>) {
    let bytes = source.as_bytes();
    let mut from = 0;
    // Which lengths of runs are open in the paragraph, stars and tildes.
    let mut open = [false; 4];
    for found in memchr::memchr2_iter(b'*', b'~', bytes) {
        if found < from {
            continue;
        }
        let sign = bytes[found];
        let end = found + bytes[found..].iter().take_while(|&&byte| byte == sign).count();
        if ends_paragraph(&bytes[from..found]) {
            open = [false; 4];
        }
        from = end;
        // A star after an odd number of backslashes is text, and so a mark before the rest of its run.
        let slashes = bytes[..found].iter().rev().take_while(|&&byte| byte == b'\\').count();
        let start = found + slashes % 2;
        if start == end || (sign == b'~' && end - start != 2) {
            continue;
        }
        let kind = if sign == b'~' { 0 } else { (end - start).min(3) };
        edits.extend(seam(source, start..end, &mut open[kind]).map(Edit::seam));
    }
}

/// Says whether a paragraph, an item or a row surely ends in a stretch of source.
fn ends_paragraph(stretch: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', stretch).any(|end| {
        let mut line = stretch[end + 1..].iter().skip_while(|&&byte| byte == b' ');
        line.next().is_some_and(|byte| matches!(byte, b'\n' | b'-' | b'+' | b'>' | b'|' | b'#' | b'0'..=b'9'))
    })
}

/// Where one run needs a seam, if it needs one; also says whether it leaves one of its length `open`.
fn seam(source: &str, run: Range<usize>, open: &mut bool) -> Option<usize> {
    let outside = |c: Option<char>| c.filter(|c| !c.is_whitespace());
    let (before, after) = (outside(source[..run.start].chars().next_back()), outside(source[run.end..].chars().next()));
    let (Some(before), Some(after)) = (before, after) else {
        // At a word's edge the run can do but one thing.
        *open = after.is_some() || (*open && before.is_none());
        return None;
    };
    let closes = *open;
    let (first, last) = (is_mark(before), is_mark(after));
    let able = if closes { !first || last } else { first || !last };
    *open = !closes;
    if able || source[run.clone()].starts_with('~') && !closes {
        return None;
    }
    // A lone star beside letters or digits may be a multiplication or a remark: only Chinese around it speaks for emphasis.
    let (inner, outer) = if closes { (before, after) } else { (after, before) };
    let needed = is_chinese(outer) || (run.len() > 1 && is_chinese(inner));
    *open = closes != needed;
    needed.then_some(if closes { run.end } else { run.start })
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
