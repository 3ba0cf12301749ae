//! The code fences of a text and where each is closed, found before the lines are read so that reading them stays linear.

use memchr::{memchr2, memmem, memrchr2};

use super::line_syntax::{indent, is_thematic_break, line_end, list_marker, trim};

/// A fence that opens on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// The line at an offset closes it.
    Closed(usize),
    /// No line closes it.
    Unclosed,
}

/// The fences of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Fences {
    /// The lines that can open or close a fence, in the order of the text.
    lines: Vec<FenceLine>,
    /// Offsets of the lines that no fence crosses; empty if every fence is closed.
    dividers: Vec<usize>,
}

/// A line that can open a fence, or close one.
#[derive(Clone, Debug)]
struct FenceLine {
    /// Offset of the line in the text.
    start: usize,
    /// `` ` `` or `~`.
    sign: u8,
    /// The number of signs.
    length: usize,
    /// True if it can close a fence: the line holds nothing but the signs.
    is_bare: bool,
    /// True if its indent allows only a fence in a list item.
    is_deep: bool,
    /// Offset of the line that closes the fence which opens here, if one does.
    close: Option<usize>,
}

impl Fences {
    /// Finds the fences of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut fences = Self::default();
        // Most texts have neither sign.
        if memchr2(b'`', b'~', text.as_bytes()).is_none() {
            return fences;
        }
        for sign in ["```", "~~~"] {
            fences.find(text, sign);
        }
        if fences.lines.is_empty() {
            return fences;
        }
        fences.lines.sort_by_key(|line| line.start);
        for sign in [b'`', b'~'] {
            fences.match_up(sign);
        }
        if fences.some_never_close() {
            fences.dividers = dividers(text);
        }
        fences
    }

    /// The fence that opens on the line at an offset, if one does.
    pub(super) fn opening(&self, start: usize) -> Option<Fence> {
        let index = self.lines.binary_search_by_key(&start, |line| line.start).ok()?;
        let divider = self.dividers.get(self.dividers.partition_point(|&divider| divider <= start));
        match self.lines[index].close {
            Some(close) if divider.is_none_or(|&divider| close < divider) => Some(Fence::Closed(close)),
            _ => Some(Fence::Unclosed),
        }
    }

    /// Collects the lines that begin with three of a sign.
    fn find(&mut self, text: &str, signs: &str) {
        let bytes = text.as_bytes();
        let sign = signs.as_bytes()[0];
        let finder = memmem::Finder::new(signs);
        let mut at = 0;
        while let Some(found) = finder.find(&bytes[at..]) {
            let found = at + found;
            // The search begins at the end of a line: an earlier run on the same line is not at its start.
            let start = memrchr2(b'\n', b'\r', &bytes[at..found]).map_or(at, |offset| at + offset + 1);
            let is_line_start = start == 0 || matches!(bytes[start - 1], b'\n' | b'\r');
            let content_end = memchr2(b'\n', b'\r', &bytes[found..]).map_or(bytes.len(), |length| found + length);
            at = content_end;
            let prefix = &text[start..found];
            if !is_line_start
                || !prefix
                    .bytes()
                    .all(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9'))
            {
                continue;
            }
            let in_marker = !trim(prefix).is_empty();
            if in_marker && list_marker(prefix.trim_start_matches([' ', '\t'])) == 0 {
                continue;
            }
            let length = bytes[found..content_end].iter().take_while(|&&byte| byte == sign).count();
            let info = trim(&text[found + length..content_end]);
            if sign == b'`' && info.contains('`') {
                continue;
            }
            self.lines.push(FenceLine {
                start,
                sign,
                length,
                is_bare: info.is_empty() && !in_marker,
                is_deep: in_marker || indent(&text[start..content_end], trim(&text[start..content_end])) > 3,
                close: None,
            });
        }
    }

    /// Finds for each line of a sign the line that would close it, unless another fence opens in between.
    ///
    /// Goes from the end. Each stack holds the later lines that no nearer and longer one hides, so that a bisection finds the first
    /// line with enough signs.
    fn match_up(&mut self, sign: u8) {
        let mut shallow = Vec::new();
        let mut any = Vec::new();
        let mut opening = Vec::new();
        for line in self.lines.iter_mut().rev().filter(|line| line.sign == sign) {
            let closer = nearest(if line.is_deep { &any } else { &shallow }, line.length);
            let rival = nearest(&opening, line.length);
            line.close = closer.filter(|&close| rival.is_none_or(|rival| close < rival));
            if !line.is_bare {
                if !line.is_deep {
                    hide(&mut opening, line);
                }
                continue;
            }
            hide(&mut any, line);
            if !line.is_deep {
                hide(&mut shallow, line);
            }
        }
    }

    /// True if a fence is left unclosed when fences are paired from the top.
    fn some_never_close(&self) -> bool {
        let mut after = 0;
        for line in self.lines.iter().filter(|line| !line.is_deep) {
            if line.start < after {
                continue;
            }
            match line.close {
                Some(close) => after = close + 1,
                None => return true,
            }
        }
        false
    }
}

/// The nearest line of a stack with at least `length` signs.
fn nearest(stack: &[(usize, usize)], length: usize) -> Option<usize> {
    let index = stack.partition_point(|&(signs, _)| signs >= length);
    index.checked_sub(1).map(|index| stack[index].1)
}

/// Puts a line on a stack, above the longer ones; it hides the others.
fn hide(stack: &mut Vec<(usize, usize)>, line: &FenceLine) {
    while stack.last().is_some_and(|&(signs, _)| signs <= line.length) {
        stack.pop();
    }
    stack.push((line.length, line.start));
}

/// The offsets of the thematic breaks and headings of two or more `#` between blank lines.
fn dividers(text: &str) -> Vec<usize> {
    let mut dividers = Vec::new();
    let mut at = 0;
    let mut after_blank = true;
    let mut candidate = None;
    while at < text.len() {
        let (content_end, end) = line_end(text, at);
        let line = &text[at..content_end];
        let is_blank = trim(line).is_empty();
        if is_blank {
            dividers.extend(candidate);
        }
        let is_candidate = after_blank && (line.starts_with("##") || is_thematic_break(line.trim_end()));
        candidate = is_candidate.then_some(at);
        after_blank = is_blank;
        at = end;
    }
    dividers.extend(candidate);
    dividers
}
