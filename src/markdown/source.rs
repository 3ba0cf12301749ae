//! Source prepared for the parser, and the text of the parser's events as it is shown.

use std::borrow::Cow;

use super::edit::{Edit, Placeholders};
use super::{emphasis, math, url};
use crate::text::{clean, list_marker};

#[derive(Debug)]
pub(super) struct Source<'a> {
    /// What is parsed: lines end in LF, placeholders are in, definitions come last.
    pub(super) text: Cow<'a, str>,
    /// Where the source itself ends in it and the definitions begin.
    pub(super) own_end: usize,
    pub(super) line: u32,
    pub(super) has_math: bool,
    placeholders: Option<Placeholders>,
}

impl<'a> Source<'a> {
    /// Prepares Markdown; `definitions` are appended so that its references resolve.
    pub(super) fn new(source: &'a str, definitions: &str, line: u32) -> Self {
        let mut text = with_line_feeds(source);
        let mut own_end = text.len();
        if !definitions.is_empty() {
            text = Cow::Owned(format!("{text}\n\n{}", with_line_feeds(definitions)));
        }
        let mut edits: Vec<Edit> = emphasis::separators(&text);
        edits.extend(nesting_separators(&text));
        edits.extend(url::underscores(&text));
        let literal_dollars = math::literal_dollars(&text);
        let has_math = literal_dollars.is_some();
        edits.extend(literal_dollars.into_iter().flatten());
        let mut placeholders = None;
        if !edits.is_empty() {
            edits.sort_unstable_by_key(|edit| edit.at);
            let chosen = Placeholders::absent_from(&text);
            text = Cow::Owned(chosen.apply(&text, &edits));
            own_end += edits
                .iter()
                .take_while(|edit| edit.at < own_end)
                .map(|edit| edit.growth())
                .sum::<usize>();
            placeholders = Some(chosen);
        }
        Self {
            text,
            own_end,
            line,
            has_math,
            placeholders,
        }
    }

    /// The text of a parser's event as it is shown: placeholders taken out, hostile characters
    /// cleaned.
    ///
    /// `start` is the event's byte offset; text that is not in the source at that offset comes from
    /// a character reference.
    pub(super) fn shown<'t>(&self, text: &'t str, start: usize) -> Cow<'t, str> {
        let is_written = self.text.as_bytes().get(start) == text.as_bytes().first();
        if is_written {
            self.shown_literal(text)
        } else {
            clean(text)
        }
    }

    /// As [`Source::shown`], for text without character references.
    pub(super) fn shown_literal<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.restored(text) {
            Cow::Borrowed(text) => clean(text),
            Cow::Owned(text) => Cow::Owned(clean(&text).into_owned()),
        }
    }

    /// A text with its placeholders taken out, not cleaned.
    pub(super) fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.placeholders
            .map_or(Cow::Borrowed(text), |placeholders| {
                placeholders.restore(text)
            })
    }
}

/// A text whose lines all end in LF: the parser does not end a fence's line at a lone CR.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// How many containers one line may open or continue; markers beyond are text.
const LINE_DEPTH: usize = 40;

/// How many columns a line's markers may be indented in all; a marker further right is text. Real
/// lists reach 53.
const INDENT: usize = 80;

/// The separators that turn a line's markers beyond the limit into text: the parser's time grows
/// with depth times lines.
fn nesting_separators(source: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let at = excess(line.trim_end_matches('\n')).map(|at| start + at);
        edits.extend(at.map(|at| Edit { at, sign: None }));
        start += line.len();
    }
    edits
}

/// The first marker of a line beyond the limit.
fn excess(line: &str) -> Option<usize> {
    let mut rest = line;
    let mut depth = 0;
    let mut indent = 0;
    loop {
        let text = rest.trim_start_matches([' ', '\t']);
        let blanks = rest[..rest.len() - text.len()].bytes();
        indent += blanks
            .map(|blank| if blank == b'\t' { 4 } else { 1 })
            .sum::<usize>();
        let width = marker(text)?;
        depth += 1;
        if depth > LINE_DEPTH || indent > INDENT {
            return Some(line.len() - text.len());
        }
        rest = &text[width..];
    }
}

/// The length of the container marker at the start of a text: a quotation's, an item's, a footnote
/// definition's.
fn marker(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'>' => Some(1),
        b'[' => {
            let close = text
                .strip_prefix("[^")?
                .bytes()
                .take(64)
                .position(|byte| byte == b']')?;
            let width = "[^".len() + close + "]:".len();
            (text.as_bytes().get(width - 1) == Some(&b':')).then_some(width)
        }
        _ => {
            let width = list_marker(text);
            (width > 0).then(|| text[..width.min(text.len())].trim_end().len())
        }
    }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
