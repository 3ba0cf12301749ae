//! A scanner of lines that knows where code fences and HTML blocks begin and end, so that nobody mistakes code for structure.

mod fences;

use memchr::{memchr, memchr2, memmem};

use super::line_ends::{LineEnds, ending_length};
use fences::Fences;

/// What a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineContext {
    /// Ordinary Markdown.
    Text,
    /// A code fence, its opening and closing lines included.
    Fence,
    /// An HTML comment, or a `script`, `style`, `textarea` or `pre` element, its first and last lines included.
    Html,
}

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line's number in the text, counted from 0.
    pub index: u32,
    /// Byte offset of its first character in the text.
    pub start: usize,
    /// Byte offset just after its line ending.
    pub end: usize,
    /// The line without its ending (LF, CRLF or a lone CR).
    pub text: &'a str,
    /// The line without its indent and trailing spaces.
    trimmed: &'a str,
    /// Its indent in columns, tabs stopping at every fourth. A blank line has none.
    pub indent: usize,
    /// Whether it belongs to a list item that began on an earlier line, by its indent.
    pub nested: bool,
    /// What the line stands in.
    pub context: LineContext,
}

impl<'a> Line<'a> {
    /// The line without its indent and trailing spaces.
    pub fn trimmed(&self) -> &'a str {
        self.trimmed
    }

    /// Says whether the line holds nothing but spaces and tabs.
    pub fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }
}

/// Walks over the lines of a text, telling what each stands in. Linear in the text, and copies nothing.
///
/// Fences follow CommonMark, with three leniencies towards broken texts, so that one forgotten fence never hides the rest:
/// a fence that is never closed is a fence only up to the first blank line; so is one inside which another, of its own kind and with
/// an info string, opens before it is closed (an info string cannot close a fence, so the first was forgotten); and where a text has
/// any fence that is never closed, no fence reaches across a thematic break, or a heading of two or more `#`, between blank lines,
/// since one cannot know which of its fences lost its end. An HTML comment or element that never ends is HTML up to the first
/// blank line. Fences in quotations are quotation.
pub fn lines(text: &str) -> Lines<'_> {
    Lines {
        text,
        at: 0,
        ends: LineEnds::of(text),
        index: 0,
        fences: Fences::of(text),
        until: 0,
        context: LineContext::Text,
        content: 0,
        endless: [false; 2],
        unclosed: Vec::new(),
    }
}

/// The walk over the lines of a text; see [`lines`].
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    at: usize,
    ends: LineEnds<'a>,
    index: u32,
    fences: Fences,
    /// Where the present fence or HTML block ends.
    until: usize,
    /// What the text up to there is.
    context: LineContext,
    /// The column at which the content of the innermost open list item begins; 0 outside lists.
    content: usize,
    /// Whether no comment, or no element, ends any more.
    endless: [bool; 2],
    unclosed: Vec<u32>,
}

impl Lines<'_> {
    /// The numbers, counted from 0, of the lines met so far on which a fence opens that is never closed.
    pub fn unclosed(&self) -> &[u32] {
        &self.unclosed
    }

    /// Enters what a line begins that is not blank; says whether the line belongs to a list item that began earlier.
    fn enter(&mut self, start: usize, indent: usize, trimmed: &str) -> bool {
        let nested = self.follow_lists(indent, trimmed);
        let opens = (indent < self.content + 4) && self.enter_fence(start);
        if !opens && indent < 4 && trimmed.starts_with('<') {
            self.enter_html(start, trimmed);
        }
        nested
    }

    /// Enters the fence that opens at an offset of the text, if one does.
    fn enter_fence(&mut self, start: usize) -> bool {
        let Some(fence) = self.fences.opening(start) else { return false };
        self.context = LineContext::Fence;
        self.until = if let Some(close) = fence {
            line_end(self.text, close).1
        } else {
            self.unclosed.push(self.index);
            paragraph_end(self.text, start)
        };
        true
    }

    /// Enters the HTML block that begins with a line, if one does that may hold blank lines.
    fn enter_html(&mut self, start: usize, trimmed: &str) {
        let rest = &self.text.as_bytes()[start..];
        let (kind, close) = if trimmed.starts_with("<!--") {
            (0, if self.endless[0] { None } else { memmem::find(rest, b"-->") })
        } else if is_raw_element(trimmed) {
            (1, if self.endless[1] { None } else { raw_element_end(rest) })
        } else {
            return;
        };
        self.endless[kind] |= close.is_none();
        self.context = LineContext::Html;
        self.until =
            close.map_or_else(|| paragraph_end(self.text, start), |length| line_end(self.text, start + length).1);
    }

    /// Follows list items by their indents; says whether the line belongs to one that began earlier.
    fn follow_lists(&mut self, indent: usize, trimmed: &str) -> bool {
        let nested = self.content > 0 && indent >= self.content;
        let marker = if indent > 3 && !nested && self.content == 0 { 0 } else { list_marker(trimmed) };
        if marker > 0 {
            self.content = indent + marker;
        } else if !nested {
            // Less indent than the innermost item: it belongs to an outer one, or to none.
            self.content = if self.content > 0 { indent } else { 0 };
        }
        nested
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let (content_end, end) = self.ends.next(start);
        if start >= self.until {
            self.context = LineContext::Text;
        }
        let (mut text, mut trimmed, mut indent, mut nested) = ("", "", 0, false);
        if content_end > start {
            text = &self.text[start..content_end];
            trimmed = trim(text);
            indent = self::indent(text, trimmed);
            if start >= self.until && !trimmed.is_empty() {
                nested = self.enter(start, indent, trimmed);
            }
        }
        let line = Line { index: self.index, start, end, text, trimmed, indent, nested, context: self.context };
        self.at = end;
        self.index += 1;
        Some(line)
    }
}

/// The text without spaces and tabs at its ends.
fn trim(text: &str) -> &str {
    let is_shown = |byte: &u8| !matches!(byte, b' ' | b'\t');
    if let [first, .., last] = text.as_bytes()
        && is_shown(first)
        && is_shown(last)
    {
        return text;
    }
    let start = text.bytes().position(|byte| is_shown(&byte)).unwrap_or(text.len());
    let end = text.as_bytes().iter().rposition(is_shown).map_or(start, |last| last + 1);
    &text[start..end]
}

/// The columns before the trimmed part of a line; 0 if the line is blank.
fn indent(text: &str, trimmed: &str) -> usize {
    if trimmed.is_empty() || text.len() == trimmed.len() {
        return 0;
    }
    let spaces = text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    spaces.fold(0, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// Where the line at an offset ends: without its line ending, and with it.
fn line_end(text: &str, start: usize) -> (usize, usize) {
    let bytes = &text.as_bytes()[start..];
    let content_end = memchr2(b'\n', b'\r', bytes).map_or(text.len(), |length| start + length);
    (content_end, content_end + ending_length(text, content_end))
}

/// Where the first blank line after an offset begins, or the text ends.
fn paragraph_end(text: &str, mut start: usize) -> usize {
    while start < text.len() {
        let (content_end, end) = line_end(text, start);
        if trim(&text[start..content_end]).is_empty() {
            break;
        }
        start = end;
    }
    start
}

/// The width of the list markers at the start of a trimmed line, with the space after them; 0 if there is none.
fn list_marker(trimmed: &str) -> usize {
    let bytes = trimmed.as_bytes();
    let sign = match bytes.first() {
        Some(b'-' | b'*' | b'+') => 1,
        Some(b'0'..=b'9') => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            if digits > 9 || !matches!(bytes.get(digits), Some(b'.' | b')')) {
                return 0;
            }
            digits + 1
        }
        _ => return 0,
    };
    match bytes[sign..].iter().take(5).take_while(|&&byte| byte == b' ').count() {
        0 if bytes.len() == sign || bytes[sign] == b'\t' => sign + 1,
        spaces @ 1..=4 if !is_thematic_break(trimmed) => sign + spaces,
        5 => sign + 1,
        _ => 0,
    }
}

/// Says whether a trimmed line is a thematic break: three or more of `-`, `*` or `_`, and spaces.
pub fn is_thematic_break(trimmed: &str) -> bool {
    let Some(&sign @ (b'-' | b'*' | b'_')) = trimmed.as_bytes().first() else { return false };
    let mut signs = 0;
    trimmed.bytes().all(|byte| {
        signs += usize::from(byte == sign);
        byte == sign || byte == b' ' || byte == b'\t'
    }) && signs >= 3
}

/// Says whether a line begins an HTML element whose text is not Markdown.
fn is_raw_element(trimmed: &str) -> bool {
    let bytes = trimmed.as_bytes();
    ["script", "pre", "style", "textarea"].iter().any(|name| {
        let after = bytes.get(1 + name.len());
        bytes.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            && matches!(after, None | Some(b' ' | b'\t' | b'>'))
    })
}

/// The offset of the tag that ends such an element.
fn raw_element_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(length) = memchr(b'<', &bytes[at..]) {
        at += length;
        let is_end = |name: &&str| {
            bytes.get(at + 2..at + 2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        };
        if bytes.get(at + 1) == Some(&b'/') && ["script>", "pre>", "style>", "textarea>"].iter().any(is_end) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
