//! A scanner of lines that knows where code fences and HTML blocks begin and end, so that code is
//! never mistaken for structure.

use memchr::{memchr, memmem};

use super::fences::{Fence, Fences};
use super::line_syntax::{indent, line_end, list_marker, raw_lines, trim};

/// What surrounds a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineContext {
    /// Ordinary Markdown.
    Text,
    /// A code fence, its opening and closing lines included.
    Fence,
    /// An HTML comment, or a `script`, `style`, `textarea` or `pre` element, its first and last
    /// lines included.
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
    trimmed: &'a str,
    /// Its indent in columns, tabs stopping at every fourth. A blank line has none.
    pub indent: usize,
    /// True if its indent puts it into a list item that began on an earlier line.
    pub nested: bool,
    /// What surrounds it.
    pub context: LineContext,
}

impl<'a> Line<'a> {
    /// The line without its indent and trailing spaces.
    pub fn trimmed(&self) -> &'a str {
        self.trimmed
    }

    /// True if the line holds nothing but spaces and tabs.
    pub fn is_blank(&self) -> bool {
        self.trimmed.is_empty()
    }
}

/// Iterates over the lines of a text, each with its context. Linear in the text, and copies
/// nothing.
///
/// Fences follow CommonMark, but are more lenient with broken texts, so that one forgotten fence
/// never hides the rest:
/// - A fence that is never closed ends at the first blank line.
/// - So does one inside which another of its own kind opens, with an info string, before it is
///   closed: an info string cannot close a fence, so the end of the first was forgotten.
/// - If any fence is never closed, no fence crosses a thematic break, or a heading of two or more
///   `#`, between blank lines, since one cannot know which of the fences lost its end.
///
/// An HTML comment or element that never ends is HTML up to the first blank line. Fences in
/// quotations are not recognized.
pub fn lines(text: &str) -> Lines<'_> {
    Lines {
        text,
        at: 0,
        index: 0,
        fences: Fences::of(text),
        context: LineContext::Text,
        context_end: 0,
        item_indent: 0,
        no_comment_ends: false,
        no_element_ends: false,
        unclosed: Vec::new(),
    }
}

/// The iterator of [`lines`].
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    at: usize,
    index: u32,
    fences: Fences,
    context: LineContext,
    /// Where the present fence or HTML block ends.
    context_end: usize,
    /// The column at which the content of the innermost open list item begins; 0 outside lists.
    item_indent: usize,
    /// True once no comment, or no element, is closed in the rest of the text, so that no search
    /// that fails is repeated.
    no_comment_ends: bool,
    no_element_ends: bool,
    unclosed: Vec<u32>,
}

impl Lines<'_> {
    /// The lines met so far, counted from 0, on which a fence opens that is never closed.
    pub fn unclosed(&self) -> &[u32] {
        &self.unclosed
    }

    /// Enters the list item, fence or HTML block that a line begins; true if the line belongs to a
    /// list item that began earlier.
    fn enter(&mut self, start: usize, indent: usize, trimmed: &str) -> bool {
        let nested = self.follow_lists(indent, trimmed);
        let opens_fence = indent < self.item_indent + 4 && self.enter_fence(start);
        if !opens_fence && indent < 4 && trimmed.starts_with('<') {
            self.enter_html(start, trimmed);
        }
        nested
    }

    /// Enters the fence that opens on the line at an offset, if one does.
    fn enter_fence(&mut self, start: usize) -> bool {
        let Some(fence) = self.fences.opening(start) else {
            return false;
        };
        self.context = LineContext::Fence;
        self.context_end = match fence {
            Fence::Closed(close) => line_end(self.text, close).1,
            Fence::Unclosed => {
                self.unclosed.push(self.index);
                paragraph_end(self.text, start)
            }
        };
        true
    }

    /// Enters the HTML block that begins with a line, if it is of a kind that may hold blank lines.
    fn enter_html(&mut self, start: usize, trimmed: &str) {
        let rest = &self.text.as_bytes()[start..];
        let close = if trimmed.starts_with("<!--") {
            let close = if self.no_comment_ends {
                None
            } else {
                memmem::find(rest, b"-->")
            };
            self.no_comment_ends = close.is_none();
            close
        } else if is_raw_element(trimmed) {
            let close = if self.no_element_ends {
                None
            } else {
                raw_element_end(rest)
            };
            self.no_element_ends = close.is_none();
            close
        } else {
            return;
        };
        self.context = LineContext::Html;
        self.context_end = match close {
            Some(length) => line_end(self.text, start + length).1,
            None => paragraph_end(self.text, start),
        };
    }

    /// Follows list items by their indents; true if the line belongs to one that began earlier.
    fn follow_lists(&mut self, indent: usize, trimmed: &str) -> bool {
        let nested = self.item_indent > 0 && indent >= self.item_indent;
        let marker = if indent > 3 && self.item_indent == 0 {
            0
        } else {
            list_marker(trimmed)
        };
        if marker > 0 {
            self.item_indent = indent + marker;
        } else if !nested && self.item_indent > 0 {
            // Less indent than the innermost item: the line belongs to an outer one, or to none.
            self.item_indent = indent;
        }
        nested
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let (content_end, end) = line_end(self.text, start);
        if start >= self.context_end {
            self.context = LineContext::Text;
        }
        let text = &self.text[start..content_end];
        let trimmed = trim(text);
        let indent = indent(text, trimmed);
        let nested =
            start >= self.context_end && !trimmed.is_empty() && self.enter(start, indent, trimmed);
        let line = Line {
            index: self.index,
            start,
            end,
            text,
            trimmed,
            indent,
            nested,
            context: self.context,
        };
        self.at = end;
        self.index += 1;
        Some(line)
    }
}

/// Where the first blank line from an offset on begins, or the text ends.
fn paragraph_end(text: &str, start: usize) -> usize {
    let blank = raw_lines(&text[start..]).find(|line| trim(line.text).is_empty());
    blank.map_or(text.len(), |line| start + line.start)
}

/// True if a line begins an HTML element whose text is not Markdown.
fn is_raw_element(trimmed: &str) -> bool {
    let bytes = trimmed.as_bytes();
    ["script", "pre", "style", "textarea"].iter().any(|name| {
        let after = bytes.get(1 + name.len());
        bytes
            .get(1..=name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            && matches!(after, None | Some(b' ' | b'\t' | b'>'))
    })
}

/// The offset of the tag that ends such an element.
fn raw_element_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(length) = memchr(b'<', &bytes[at..]) {
        at += length;
        let is_end = |name: &&str| {
            bytes
                .get(at + 2..at + 2 + name.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        };
        if bytes.get(at + 1) == Some(&b'/')
            && ["script>", "pre>", "style>", "textarea>"]
                .iter()
                .any(is_end)
        {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
