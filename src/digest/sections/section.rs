//! The sections of an article, the parts they consist of, and how these are cut from the spans of a
//! body, without the paragraphs that only repeat metadata.

use std::ops::Range;
use std::sync::Arc;

use super::outline::{BodyPosition, MarkerKind, Outline, StructureMarker};
use super::split::{BodySpan, Owner};
use crate::text::{Language, SourceKind, SourcePart, lines};

/// A slice of the body that belongs to a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: SourceKind,
    /// Byte range in the body.
    pub range: Range<usize>,
    /// The line of the file on which the range starts, counted from 1.
    pub line: u32,
}

/// One language's section of an article, or the whole text of an article that is not split. Cheap
/// to clone.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The body of the file, without its front matter. Not cleaned: cleaning comes after parsing.
    pub body: Arc<str>,
    /// The parts of the body that belong to the section, in reading order.
    pub parts: Vec<Part>,
    /// The link and footnote definitions of the whole body, as Markdown: a part may use them
    /// without holding them.
    pub definitions: Arc<str>,
}

impl Section {
    /// The parts with their text.
    pub fn sources(&self) -> Vec<SourcePart<'_>> {
        let source = |part: &Part| SourcePart {
            kind: part.kind,
            source: &self.body[part.range.clone()],
            line: part.line,
        };
        self.parts.iter().map(source).collect()
    }
}

/// The text of an article, split by language where both languages are proved.
#[derive(Clone, Debug)]
pub enum Sections {
    /// One text, shown whole.
    Whole {
        /// The text.
        section: Section,
        /// Its main language, if it has one.
        language: Option<Language>,
        /// Whether it has both languages, in paragraphs or lines that could not be split.
        mixed: bool,
    },
    /// The same story in both languages.
    Pair {
        /// The Chinese section.
        chinese: Section,
        /// The English section.
        english: Section,
        /// Whether the sections take turns in one body, paragraph by paragraph or line by line, so
        /// that their order pairs their parts.
        interleaved: bool,
    },
}

/// How many blocks from the head of its section a source link may be.
const HEAD: u32 = 3;
/// How many blocks from its foot.
const FOOT: u32 = 2;

/// The paragraphs that sections do not show because they are metadata: the source link, and the
/// repetition of the title.
#[derive(Debug, Default)]
pub(super) struct HiddenParagraphs<'a> {
    /// The target of the source link.
    pub link: Option<&'a str>,
    pub paragraphs: Vec<PartBreak>,
}

impl<'a> HiddenParagraphs<'a> {
    /// Finds them: a title before all other text of its span, a link at the head or foot of one.
    ///
    /// The first link is the article's, and only paragraphs with the same target are hidden. If a
    /// span has source links with different targets, each belongs to an item of a list, and none is
    /// the article's.
    pub(super) fn find(outline: &Outline<'a>, spans: &[BodySpan]) -> Self {
        let mut hidden = Self::default();
        for (at, span) in spans.iter().enumerate() {
            let next = spans.get(at + 1);
            let end = next.map_or(outline.end.offset, |next| next.start.offset);
            let blocks = next.map_or(outline.weights.blocks, |next| next.blocks);
            let first_at = |offset: usize| {
                outline
                    .single_lines
                    .partition_point(|line| line.start.offset < offset)
            };
            let paragraphs = &outline.single_lines[first_at(span.start.offset)..first_at(end)];

            let mut links = paragraphs.iter().filter_map(|paragraph| paragraph.link);
            let first_link = links.next();
            let is_list = links.any(|link| Some(link) != first_link);
            let mut count = 0;
            let mut is_title_seen = false;
            for paragraph in paragraphs {
                let from_head = paragraph.blocks.saturating_sub(span.blocks);
                let to_foot = blocks.saturating_sub(paragraph.blocks + 1);
                let is_hidden = if let Some(link) = paragraph.link {
                    let is_of_article = hidden.link.is_none_or(|known| known == link);
                    !is_list && is_of_article && (from_head < HEAD || to_foot < FOOT)
                } else {
                    let is_first_title = !is_title_seen && from_head == count;
                    is_title_seen |= is_first_title;
                    is_first_title
                };
                if is_hidden {
                    hidden.paragraphs.push(PartBreak {
                        label: None,
                        start: paragraph.start,
                        end: paragraph.end,
                    });
                    hidden.link = hidden.link.or(paragraph.link);
                    count += 1;
                }
            }
        }
        hidden
    }
}

pub(super) struct Cutter<'a> {
    body: &'a str,
    /// The line of the file on which the body begins, counted from 1.
    first_line: u32,
    end: BodyPosition,
    /// In the order of the body.
    breaks: Vec<PartBreak>,
}

/// Lines that end a part: a label, which becomes a part of its own, or a paragraph that is not
/// shown.
#[derive(Debug)]
pub(super) struct PartBreak {
    label: Option<Range<usize>>,
    start: BodyPosition,
    end: BodyPosition,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(
        body: &'a str,
        first_line: u32,
        outline: &Outline<'_>,
        hidden: Vec<PartBreak>,
    ) -> Self {
        let label = |marker: &StructureMarker| match &marker.kind {
            MarkerKind::Label(words) => Some(PartBreak {
                label: Some(words.clone()),
                start: marker.start,
                end: marker.end,
            }),
            _ => None,
        };
        let mut breaks = hidden;
        breaks.extend(outline.markers.iter().filter_map(label));
        breaks.sort_by_key(|lines| lines.start.offset);
        Self {
            body,
            first_line,
            end: outline.end,
            breaks,
        }
    }

    /// The parts of a language's section, in reading order; of the whole body without a language.
    pub(super) fn parts(&self, spans: &[BodySpan], language: Option<Language>) -> Vec<Part> {
        let mut parts = Vec::new();
        // Neighbouring spans of a section are joined, so that no list or quotation is cut.
        let mut open: Option<BodyPosition> = None;
        for (at, span) in spans.iter().enumerate() {
            let end = spans.get(at + 1).map_or(self.end, |next| next.start);
            let is_shown = language
                .is_none_or(|language| [Owner::Both, Owner::One(language)].contains(&span.owner));
            if is_shown {
                open = open.or(Some(span.start));
            } else if span.start != end
                && let Some(start) = open.take()
            {
                self.cut(start, span.start, &mut parts);
            }
        }
        if let Some(start) = open {
            self.cut(start, self.end, &mut parts);
        }
        parts
    }

    fn cut(&self, mut start: BodyPosition, end: BodyPosition, parts: &mut Vec<Part>) {
        let up_to = |offset: usize| {
            self.breaks
                .partition_point(|lines| lines.end.offset <= offset)
        };
        for lines in &self.breaks[up_to(start.offset)..up_to(end.offset)] {
            self.push(start, lines.start.offset, parts);
            if let Some(words) = &lines.label {
                let line = self.first_line + lines.start.line;
                parts.push(Part {
                    kind: SourceKind::Label,
                    range: words.clone(),
                    line,
                });
            }
            start = lines.end;
        }
        self.push(start, end.offset, parts);
    }

    /// Adds the Markdown between two positions, without the blank lines around it, unless nothing
    /// is left.
    fn push(&self, start: BodyPosition, end: usize, parts: &mut Vec<Part>) {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
        let text = self
            .body
            .get(start.offset..end)
            .unwrap_or_default()
            .trim_end_matches(is_blank);
        let Some(first) = lines(text).find(|line| !line.is_blank()) else {
            return;
        };
        parts.push(Part {
            kind: SourceKind::Markdown,
            range: start.offset + first.start..start.offset + text.len(),
            line: self.first_line + start.line + first.index,
        });
    }
}
