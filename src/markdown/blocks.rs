//! The texts of blocks alone, for searching.

use std::ops::Range;

use super::document::Document;
use super::emphasis::is_mark;
use super::html_tokens::decode;
use super::math::literal_dollars;
use super::parse::{count_within_limit, label_words, parse};
use super::writer::joins;
use crate::text::{SourceKind, SourcePart, clean, is_han};

/// The texts of a document's blocks, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockTexts {
    /// The blocks' texts, each followed by one `\n`.
    pub text: String,
    /// Of each block the byte offset in `text` at which its text ends, and the line of the file on
    /// which it starts, counted from 1.
    pub ends: Vec<(u32, u32)>,
}

impl BlockTexts {
    /// The byte range of each block's text, and its line.
    pub fn blocks(&self) -> impl Iterator<Item = (Range<usize>, u32)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, line)| {
            let range = start..end as usize;
            start = range.end + 1;
            (range, line)
        })
    }

    /// The line breaks within blocks, as byte offsets in the text.
    pub fn breaks(&self) -> impl Iterator<Item = usize> {
        let mut ends = self.ends.iter().map(|&(end, _)| end as usize).peekable();
        memchr::memchr_iter(b'\n', self.text.as_bytes())
            .filter(move |at| ends.next_if_eq(at).is_none())
    }

    fn end_block(&mut self, line: u32) {
        self.ends.push((self.text.len() as u32, line));
        self.text.push('\n');
    }
}

impl From<&Document> for BlockTexts {
    fn from(document: &Document) -> Self {
        let mut texts = Self::default();
        texts.text.reserve(document.text.len() + 1);
        for block in &document.blocks {
            texts
                .text
                .push_str(&document.text[block.range.start as usize..block.range.end as usize]);
            texts.end_block(block.line);
        }
        texts
    }
}

/// The texts of the blocks of the document that [`parse`] returns for the same parts and
/// definitions.
pub fn block_texts(parts: &[SourcePart<'_>], definitions: &str) -> BlockTexts {
    fast_block_texts(parts, definitions)
        .unwrap_or_else(|| BlockTexts::from(&parse(parts, definitions)))
}

/// The block texts without the parser, or none if any of the source could mean more than plain
/// blocks. Most digests have only these, and then it takes about a quarter of the time of a parse:
/// a first reading of a library needs nothing else from this layer.
fn fast_block_texts(parts: &[SourcePart<'_>], definitions: &str) -> Option<BlockTexts> {
    if !definitions.is_empty() || count_within_limit(parts, definitions) < parts.len() {
        return None;
    }
    let mut texts = BlockTexts::default();
    texts
        .text
        .reserve(parts.iter().map(|part| part.source.len() + 1).sum());
    for part in parts {
        match part.kind {
            SourceKind::Markdown => texts = texts.fast_markdown(part)?,
            SourceKind::Label => {
                let words = label_words(part.source);
                if !words.is_empty() {
                    texts.text.push_str(words.trim_end_matches(' '));
                    texts.end_block(part.line);
                }
            }
        }
    }
    Some(texts)
}

/// The kind of a line that is certain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FastLine {
    Blank,
    Paragraph,
    Continuation,
    Item,
    Heading,
    Rule,
}

impl BlockTexts {
    /// Appends the blocks of Markdown that consists of paragraphs, headings, rules and list items
    /// of one line, with no inline markup but strong emphasis. None at the first sign of anything
    /// else.
    fn fast_markdown(mut self, part: &SourcePart<'_>) -> Option<Self> {
        if may_have_other_markup(part.source) {
            return None;
        }
        let mut above = FastLine::Blank;
        let mut is_strong = false;
        let mut open_line = None;
        for (number, line) in (part.line..).zip(part.source.split('\n')) {
            let (kind, text) = fast_line(line, above)?;
            above = kind;
            if kind == FastLine::Blank {
                continue;
            }
            if kind == FastLine::Continuation {
                let next = text.trim_start_matches('*').chars().next()?;
                if self
                    .text
                    .chars()
                    .next_back()
                    .is_none_or(|last| !joins(last, next))
                {
                    self.text.push(' ');
                }
            } else {
                if let Some(line) = open_line.replace(number) {
                    self.end_block(line);
                }
                if is_strong {
                    return None;
                }
            }
            is_strong = self.fast_inline(text, is_strong)?;
        }
        if let Some(line) = open_line {
            self.end_block(line);
        }
        (!is_strong).then_some(self)
    }

    /// Appends a line's text without the `**` in it; returns whether strong emphasis is open at its
    /// end.
    fn fast_inline(&mut self, text: &str, mut is_strong: bool) -> Option<bool> {
        let mut rest = text;
        while let Some(star) = memchr::memchr(b'*', rest.as_bytes()) {
            let (before, stars) = rest.split_at(star);
            let after = stars
                .strip_prefix("**")
                .filter(|after| !after.starts_with('*'))?;
            // A letter on the inner side is certain, a mark only beside a space or another mark.
            let (inner, outer) = (before.chars().next_back(), after.chars().next());
            let (inner, outer) = if is_strong {
                (inner, outer)
            } else {
                (outer, inner)
            };
            let inner = inner.filter(|inner| !inner.is_whitespace())?;
            let is_edge = outer.is_none_or(|outer| outer.is_whitespace() || is_mark(outer));
            if !(is_han(inner) || inner.is_alphanumeric() || is_edge) {
                return None;
            }
            self.text.push_str(before);
            is_strong = !is_strong;
            rest = after;
        }
        self.text.push_str(rest);
        Some(is_strong)
    }
}

/// Whether a source could have markup beyond plain blocks and strong emphasis, or anything to
/// clean.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches the compiler looks at many bytes at once: five times as fast"
)]
fn may_have_other_markup(source: &str) -> bool {
    let is_markup = |found: bool, &byte: &u8| {
        found
            | (byte < b' ') & (byte != b'\n')
            | (byte == b'`')
            | (byte == b'[')
            | (byte == b'\\')
            | (byte == b'_')
            | (byte == b'<')
            | (byte == b'|')
            | (byte == b'~')
    };
    source
        .as_bytes()
        .chunks(256)
        .any(|chunk| chunk.iter().fold(false, is_markup))
        || source.contains('$') && literal_dollars(source).is_some()
        || source.contains('&') && decode(source) != source
        || clean(source) != source
}

/// The kind and the text of a line, given the kind of the line above. None if it is not certain.
fn fast_line(line: &str, above: FastLine) -> Option<(FastLine, &str)> {
    if line.is_empty() {
        return Some((FastLine::Blank, line));
    }
    let is_in_paragraph = matches!(above, FastLine::Paragraph | FastLine::Continuation);
    if line.len() >= 3 && line.bytes().all(|byte| byte == b'-') {
        // Below a paragraph it underlines a heading.
        return (!is_in_paragraph && above != FastLine::Item).then_some((FastLine::Rule, ""));
    }
    if line.ends_with(' ') {
        return None;
    }
    if line.starts_with('#') {
        let text = line.trim_start_matches('#').strip_prefix(' ')?;
        let is_plain = line.len() - text.len() <= "###### ".len()
            && !text.is_empty()
            && !text.starts_with(' ');
        return (is_plain && !text.ends_with('#')).then_some((FastLine::Heading, text));
    }
    if let Some(after_marker) = after_list_marker(line) {
        let text = after_marker.strip_prefix(' ')?;
        let is_plain = line.len() - text.len() <= "123456789. ".len() && begins_with_text(text);
        return (is_plain && !is_in_paragraph).then_some((FastLine::Item, text));
    }
    match above {
        _ if !begins_with_text(line) => None,
        FastLine::Item => None,
        FastLine::Paragraph | FastLine::Continuation => Some((FastLine::Continuation, line)),
        FastLine::Blank | FastLine::Heading | FastLine::Rule => Some((FastLine::Paragraph, line)),
    }
}

/// What follows the marker of a list item; none if a line has no such marker.
fn after_list_marker(line: &str) -> Option<&str> {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if after_digits.len() < line.len() {
        after_digits.strip_prefix(['.', ')'])?
    } else {
        line.strip_prefix(['-', '+', '*'])?
    };
    (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
}

/// Whether a line, or what follows an item's marker, certainly begins with text.
fn begins_with_text(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with([' ', '#', '-', '+', '>', '=', ':'])
        && after_list_marker(line).is_none()
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
