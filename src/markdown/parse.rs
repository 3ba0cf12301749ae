//! Markdown source to [`Document`].

use std::borrow::Cow;

use super::document::{Document, LeafKind};
use super::events::EventBuilder;
use super::source::Source;
use crate::text::{Problem, ProblemKind, SourceKind, SourcePart, clean_line};

/// How many bytes of source one document holds; parts beyond are left out with a problem. Offsets
/// have 32 bits, and a character of source can become several of text.
const LONGEST: usize = 256 << 20;

/// Parses the parts of a source, one after the other, into one document. `definitions` are link
/// reference and footnote definitions that the parts may use; only footnotes with a reference are
/// shown, at the end.
///
/// Never fails and never panics; takes time in proportion to the source. What is damaged is shown
/// as far as possible, with a problem in [`Document::problems`]. Footnotes that the parts
/// themselves define are shown at the end, with or without a reference.
pub fn parse(parts: &[SourcePart<'_>], definitions: &str) -> Document {
    let (within_limit, beyond) = parts.split_at(count_within_limit(parts, definitions));
    let sources: Vec<Option<Source<'_>>> = within_limit
        .iter()
        .map(|part| match part.kind {
            SourceKind::Label => None,
            SourceKind::Markdown => Some(Source::new(part.source, definitions, part.line)),
        })
        .collect();
    let mut events = EventBuilder::default();
    events
        .builder
        .writer
        .text
        .reserve(within_limit.iter().map(|part| part.source.len()).sum());
    if let Some(cut) = beyond.first() {
        let reason = tr!(
            "the text is longer than {count} MB and was cut",
            count = LONGEST >> 20
        );
        events
            .builder
            .problems
            .push(Problem::new(ProblemKind::Cut, Some(cut.line), reason));
    }
    for (part, source) in within_limit.iter().zip(&sources) {
        if let Some(source) = source {
            events.markdown(source);
            continue;
        }
        let words = label_words(part.source);
        if !words.is_empty() {
            events.builder.begin_leaf(LeafKind::Label, part.line);
            events.builder.writer.write_lines(&words);
            events.builder.end_leaf();
        }
    }
    events.finish()
}

/// How many of the parts, from the first, fit into one document.
pub(super) fn count_within_limit(parts: &[SourcePart<'_>], definitions: &str) -> usize {
    let mut left = LONGEST;
    for (index, part) in parts.iter().enumerate() {
        let Some(rest) = left.checked_sub(part.source.len() + definitions.len()) else {
            return index;
        };
        left = rest;
    }
    parts.len()
}

/// The words of a label as they are shown, from its source without the signs before them: with the
/// colon, without the end of the emphasis before it.
pub fn label_words(source: &str) -> Cow<'_, str> {
    let source = source.trim();
    let words = source.trim_end_matches([':', '：']);
    let bare = words.trim_end().trim_end_matches(['*', '_']);
    if bare.len() == words.trim_end().len() {
        clean_line(source)
    } else {
        clean_line(&format!("{bare}{}", &source[words.len()..]))
            .into_owned()
            .into()
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
