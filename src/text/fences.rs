//! The code fences of a text and where each is closed, found before the lines are read so that
//! reading them stays linear.

use memchr::memmem;

use super::line_syntax::{RawLine, indent, is_thematic_break, list_marker, raw_lines, trim};

/// How many later fence lines are searched for the end of a fence, so that hostile texts take
/// linear time.
const SEARCH_LIMIT: usize = 1000;

/// A fence that opens on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// The line at an offset closes it.
    Closed(usize),
    /// No line closes it.
    Unclosed,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Fences {
    /// The lines that can open or close a fence, in the order of the text.
    lines: Vec<FenceLine>,
    /// Offsets of the lines that no fence crosses; empty if every fence is closed.
    dividers: Vec<usize>,
}

/// A line that can open a fence, or close one.
#[derive(Clone, Copy, Debug)]
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
}

impl Fences {
    /// Finds the fences of a text.
    pub(super) fn of(text: &str) -> Self {
        // Most texts have none.
        if ["```", "~~~"]
            .iter()
            .all(|signs| memmem::find(text.as_bytes(), signs.as_bytes()).is_none())
        {
            return Self::default();
        }
        let lines = raw_lines(text).filter_map(FenceLine::read).collect();
        let mut fences = Self {
            lines,
            dividers: Vec::new(),
        };
        if fences.has_unclosed() {
            fences.dividers = dividers(text);
        }
        fences
    }

    /// The fence that opens on the line at an offset, if one does.
    pub(super) fn opening(&self, start: usize) -> Option<Fence> {
        let index = self
            .lines
            .binary_search_by_key(&start, |line| line.start)
            .ok()?;
        let divider = self
            .dividers
            .get(self.dividers.partition_point(|&divider| divider <= start));
        match self.close_of(index) {
            Some(close) if divider.is_none_or(|&divider| close < divider) => {
                Some(Fence::Closed(close))
            }
            _ => Some(Fence::Unclosed),
        }
    }

    /// The offset of the line that closes the fence which opens on a line, unless another fence
    /// opens in between.
    fn close_of(&self, index: usize) -> Option<usize> {
        let opening = self.lines[index];
        let later = self.lines[index + 1..].iter().take(SEARCH_LIMIT);
        for line in later.filter(|line| line.sign == opening.sign && line.length >= opening.length)
        {
            if line.is_bare && (opening.is_deep || !line.is_deep) {
                return Some(line.start);
            }
            if !line.is_bare && !line.is_deep {
                return None;
            }
        }
        None
    }

    /// True if a fence is left unclosed when fences are paired from the top.
    fn has_unclosed(&self) -> bool {
        let mut open_until = 0;
        for (index, line) in self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.is_deep)
        {
            if line.start < open_until {
                continue;
            }
            match self.close_of(index) {
                Some(close) => open_until = close + 1,
                None => return true,
            }
        }
        false
    }
}

impl FenceLine {
    /// Reads a line that begins with three of a sign, after an indent or list markers.
    fn read(line: RawLine<'_>) -> Option<Self> {
        let at = line.text.find(['`', '~'])?;
        let (prefix, rest) = line.text.split_at(at);
        let sign = rest.as_bytes()[0];
        let length = rest.bytes().take_while(|&byte| byte == sign).count();
        let info = trim(&rest[length..]);
        let is_marker = |byte| {
            matches!(
                byte,
                b' ' | b'\t' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9'
            )
        };
        let in_item = !trim(prefix).is_empty();
        if length < 3
            || !prefix.bytes().all(is_marker)
            || (in_item && list_marker(prefix.trim_start_matches([' ', '\t'])) == 0)
            || (sign == b'`' && info.contains('`'))
        {
            return None;
        }
        let is_deep = in_item || indent(line.text, trim(line.text)) > 3;
        Some(Self {
            start: line.start,
            sign,
            length,
            is_bare: info.is_empty() && !in_item,
            is_deep,
        })
    }
}

/// The offsets of the thematic breaks and headings of two or more `#` between blank lines.
fn dividers(text: &str) -> Vec<usize> {
    let mut dividers = Vec::new();
    let mut after_blank = true;
    let mut candidate = None;
    for line in raw_lines(text) {
        let is_blank = trim(line.text).is_empty();
        if is_blank {
            dividers.extend(candidate);
        }
        let is_candidate =
            after_blank && (line.text.starts_with("##") || is_thematic_break(line.text.trim_end()));
        candidate = is_candidate.then_some(line.start);
        after_blank = is_blank;
    }
    dividers.extend(candidate);
    dividers
}
