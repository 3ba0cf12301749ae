//! A scanner of lines that knows where code fences and HTML blocks begin and end, so that code is never mistaken for structure.

use memchr::{memchr, memmem};

use super::fences::{Fence, Fences};
use super::line_syntax::{indent, line_end, list_marker, trim};

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
        self.until = match fence {
            Fence::Closed(close) => line_end(self.text, close).1,
            Fence::Unclosed => {
                self.unclosed.push(self.index);
                paragraph_end(self.text, start)
            }
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
        let (content_end, end) = line_end(self.text, start);
        if start >= self.until {
            self.context = LineContext::Text;
        }
        let text = &self.text[start..content_end];
        let trimmed = trim(text);
        let indent = indent(text, trimmed);
        let nested = start >= self.until && !trimmed.is_empty() && self.enter(start, indent, trimmed);
        let line = Line { index: self.index, start, end, text, trimmed, indent, nested, context: self.context };
        self.at = end;
        self.index += 1;
        Some(line)
    }
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
#[path = "lines_tests.rs"]
mod tests;
