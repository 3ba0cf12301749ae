//! The outline of a body, from one pass over its lines: the lines that structure it, how much of
//! each language comes before each of them, the paragraphs that may be metadata, and the
//! definitions.

use std::ops::Range;

use super::definitions::Definitions;
use super::names::{HeadingName, heading_name};
use super::special_lines::{
    LabelLine, TagLine, is_note, label_line, source_link, tag_balance, tag_line,
};
use super::weights::{LanguageWeights, TextKind};
use crate::text::{
    Language, Line, LineContext, ScriptCounts, atx_heading, is_thematic_break, lines, list_marker,
};

/// A position in the body: byte offset, and line counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BodyPosition {
    pub offset: usize,
    pub line: u32,
}

/// A line or two that structure the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StructureMarker {
    pub kind: MarkerKind,
    /// What its words say about the text below.
    pub name: Option<HeadingName>,
    pub start: BodyPosition,
    pub end: BodyPosition,
    /// The text before it, from the start of the body.
    pub before: LanguageWeights,
}

/// The kinds of [`StructureMarker`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkerKind {
    /// A thematic break.
    Rule,
    Heading(u8),
    /// A label, with the range of its words in the body.
    Label(Range<usize>),
    /// A target of links: `<a name="english"></a>`.
    Anchor,
    /// The start of an element that names its language: `<div lang="en">`.
    Open(Language),
    /// The end of such an element.
    Close,
    /// A line `**name**: value` that begins a block.
    Field,
}

/// A paragraph of one line that may be metadata: a link to the source, or a repetition of the
/// title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SingleLineParagraph<'a> {
    /// The target of the source link. None for a title.
    pub link: Option<&'a str>,
    pub start: BodyPosition,
    pub end: BodyPosition,
    /// How many blocks of the body come before.
    pub blocks: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct OutlineLine {
    pub role: LineRole,
    pub start: BodyPosition,
    pub counts: ScriptCounts,
    /// Whether it belongs to a list item that began on an earlier line.
    pub is_nested: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineRole {
    /// Blank, or the underline of a heading.
    Blank,
    Text,
    TableRow,
    Heading,
    /// Code, HTML or a rule: no language of its own.
    Neutral,
}

#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub lines: Vec<OutlineLine>,
    pub markers: Vec<StructureMarker>,
    pub single_lines: Vec<SingleLineParagraph<'a>>,
    /// The link and footnote definitions as Markdown.
    pub definitions: String,
    /// The text of the whole body.
    pub weights: LanguageWeights,
    /// The lines, counted from 0, with a code fence that is never closed.
    pub unclosed: Vec<u32>,
    /// The end of the body.
    pub end: BodyPosition,
}

impl<'a> Outline<'a> {
    /// Reads a body. A paragraph that repeats one of the titles becomes a [`SingleLineParagraph`].
    pub(super) fn new(body: &'a str, titles: &[&str]) -> Self {
        let mut builder = OutlineBuilder {
            titles,
            ..OutlineBuilder::default()
        };
        let mut all = lines(body);
        for line in all.by_ref() {
            builder.read(&line);
        }
        Self {
            definitions: builder.definitions.text,
            unclosed: all.unclosed().to_vec(),
            ..builder.outline
        }
    }

    /// The text between two markers; None is the start or the end of the body.
    pub(super) fn between(&self, from: Option<usize>, to: Option<usize>) -> LanguageWeights {
        let to = to.map_or(self.weights, |to| self.markers[to].before);
        to - from.map_or_else(LanguageWeights::default, |from| self.markers[from].before)
    }
}

/// What the line before was, where that decides how a line is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PreviousLine {
    #[default]
    Blank,
    /// A paragraph, which an underline turns into a heading.
    Paragraph,
    /// A list item, a quotation, a table or HTML, which plain lines continue.
    Container,
    IndentedCode,
    /// A code fence, or an HTML block with an end of its own.
    Fenced,
    /// A heading, a rule or a label: complete in its line.
    Complete,
}

#[derive(Default)]
struct OutlineBuilder<'a, 't> {
    outline: Outline<'a>,
    titles: &'t [&'t str],
    counts: ScriptCounts,
    previous: PreviousLine,
    paragraph_start: BodyPosition,
    before_paragraph: LanguageWeights,
    /// The open element that names its language: its tag, and how many of that tag are open.
    element: Option<(&'static str, usize)>,
    definitions: Definitions,
}

impl<'a> OutlineBuilder<'a, '_> {
    fn read(&mut self, line: &Line<'a>) {
        self.counts = ScriptCounts::default();
        let role = self.read_line(line);
        // One blank line is enough, however many a hostile body has.
        let is_repeated = role == LineRole::Blank
            && self
                .outline
                .lines
                .last()
                .is_some_and(|last| last.role == role);
        if !is_repeated {
            let (start, counts) = (start_of(line), self.counts);
            self.outline.lines.push(OutlineLine {
                role,
                start,
                counts,
                is_nested: line.nested,
            });
        }
        self.outline.end = end_of(line);
    }

    fn read_line(&mut self, line: &Line<'a>) -> LineRole {
        if line.context != LineContext::Text {
            return self.read_code(PreviousLine::Fenced);
        }
        let in_paragraph = self.is_in_paragraph();
        self.definitions.read(line, in_paragraph);
        if line.is_blank() {
            self.previous = PreviousLine::Blank;
            return LineRole::Blank;
        }
        let is_indented = line.indent > 3;
        if is_indented && !line.nested && !in_paragraph && !self.definitions.is_open() {
            return self.read_code(PreviousLine::IndentedCode);
        }
        self.follow_element(line);
        let structure = if is_indented || line.nested {
            None
        } else {
            self.read_structure(line)
        };
        structure.unwrap_or_else(|| self.read_text(line))
    }

    fn is_in_paragraph(&self) -> bool {
        matches!(
            self.previous,
            PreviousLine::Paragraph | PreviousLine::Container
        )
    }

    fn read_code(&mut self, kind: PreviousLine) -> LineRole {
        self.outline.weights.blocks += u32::from(self.previous != kind);
        self.previous = kind;
        LineRole::Neutral
    }

    /// Reads a line that structures the body; None if it does not.
    fn read_structure(&mut self, line: &Line<'_>) -> Option<LineRole> {
        let trimmed = line.trimmed();
        match trimmed.as_bytes()[0] {
            b'#' => self.read_heading(line),
            b'-' | b'=' if self.is_underline(trimmed) => Some(self.raise_paragraph(line)),
            b'-' | b'*' | b'_' if is_thematic_break(trimmed) => {
                self.add_line(MarkerKind::Rule, None, line);
                Some(LineRole::Neutral)
            }
            b'*' | b'_' => self.read_label(line),
            b'<' => self.read_tag(line),
            _ => None,
        }
    }

    fn count(&mut self, text: &str, kind: TextKind) {
        self.counts = ScriptCounts::of_markdown(text);
        self.outline.weights.add_line(self.counts, kind);
    }

    /// Adds a marker for a line that is complete in itself.
    fn add_line(&mut self, kind: MarkerKind, name: Option<HeadingName>, line: &Line<'_>) {
        self.add_marker(kind, name, line);
        self.previous = PreviousLine::Complete;
        self.outline.weights.blocks += 1;
    }

    fn add_marker(&mut self, kind: MarkerKind, name: Option<HeadingName>, line: &Line<'_>) {
        let before = self.outline.weights;
        self.outline.markers.push(StructureMarker {
            kind,
            name,
            start: start_of(line),
            end: end_of(line),
            before,
        });
    }

    fn read_heading(&mut self, line: &Line<'_>) -> Option<LineRole> {
        let (level, words) = atx_heading(line.trimmed())?;
        let name = heading_name(words);
        self.add_line(MarkerKind::Heading(level as u8), name, line);
        self.outline.weights.headings += 1;
        self.count(line.text, TextKind::Heading);
        Some(LineRole::Heading)
    }

    fn is_underline(&self, trimmed: &str) -> bool {
        let sign = trimmed.as_bytes()[0];
        self.previous == PreviousLine::Paragraph && trimmed.bytes().all(|byte| byte == sign)
    }

    /// Turns the paragraph above an underline into a heading.
    fn raise_paragraph(&mut self, line: &Line<'_>) -> LineRole {
        self.drop_single_line();
        let level = if line.trimmed().starts_with('=') {
            1
        } else {
            2
        };
        self.outline.markers.push(StructureMarker {
            kind: MarkerKind::Heading(level),
            name: None,
            start: self.paragraph_start,
            end: end_of(line),
            before: self.before_paragraph,
        });
        self.outline.weights.headings += 1;
        self.previous = PreviousLine::Complete;
        match self.outline.lines.last_mut() {
            Some(above) if above.start == self.paragraph_start => {
                above.role = LineRole::Heading;
                LineRole::Blank
            }
            // In a text of several lines the rule is more often meant as one.
            _ => LineRole::Neutral,
        }
    }

    fn read_label(&mut self, line: &Line<'_>) -> Option<LineRole> {
        match label_line(line.text)? {
            LabelLine::Label(words) => {
                let text = &line.text[words.clone()];
                let range = line.start + words.start..line.start + words.end;
                self.add_line(MarkerKind::Label(range), heading_name(text), line);
                self.outline.weights.headings += 1;
                self.count(text, TextKind::Heading);
            }
            LabelLine::Field => {
                if !self.is_in_paragraph() {
                    self.add_marker(MarkerKind::Field, None, line);
                    self.begin_block(line);
                }
                self.count(line.text, TextKind::Field);
                // A field below a list item continues the item, so no underline makes a heading of
                // it.
                if self.previous != PreviousLine::Container {
                    self.previous = PreviousLine::Paragraph;
                }
            }
        }
        Some(LineRole::Text)
    }

    fn read_tag(&mut self, line: &Line<'_>) -> Option<LineRole> {
        match tag_line(line.trimmed())? {
            TagLine::Rule => {
                self.add_line(MarkerKind::Rule, None, line);
                return Some(LineRole::Neutral);
            }
            TagLine::Anchor(target) => {
                let name = heading_name(target)
                    .filter(|name| matches!(name, HeadingName::Language { .. }));
                self.add_line(MarkerKind::Anchor, name, line);
            }
            TagLine::Open(..) if self.element.is_some() => return None,
            TagLine::Open(tag, language) => {
                self.element = Some((tag, 1));
                self.add_line(MarkerKind::Open(language), None, line);
            }
        }
        Some(LineRole::Text)
    }

    /// Follows the tags inside an element that names its language, to its end.
    fn follow_element(&mut self, line: &Line<'_>) {
        let Some((tag, depth)) = self.element else {
            return;
        };
        let depth = depth.saturating_add_signed(tag_balance(line.trimmed(), tag));
        self.element = (depth > 0).then_some((tag, depth));
        if depth == 0 {
            self.add_line(MarkerKind::Close, None, line);
            self.previous = PreviousLine::Container;
        }
    }

    /// Reads a line of text: of a paragraph, a list, a quotation, a table or HTML.
    fn read_text(&mut self, line: &Line<'a>) -> LineRole {
        let trimmed = line.trimmed();
        let is_container = is_container(trimmed);
        match self.previous {
            PreviousLine::Paragraph => {
                self.drop_single_line();
                // HTML cannot interrupt a paragraph.
                if is_container && !trimmed.starts_with('<') {
                    self.outline.weights.blocks += 1;
                    self.previous = PreviousLine::Container;
                }
            }
            PreviousLine::Container if list_marker(trimmed) == 0 => {}
            _ if line.nested || is_container => {
                self.outline.weights.blocks += 1;
                self.previous = PreviousLine::Container;
            }
            _ => self.begin_paragraph(line),
        }
        if self.definitions.is_open() {
            self.counts = ScriptCounts::of_markdown(line.text);
        } else {
            let kind = if trimmed.starts_with('>') {
                TextKind::Quotation
            } else if is_note(trimmed) || trimmed.ends_with([';', '{', '}']) {
                TextKind::Aside
            } else {
                TextKind::Prose
            };
            self.count(line.text, kind);
        }
        if trimmed.starts_with('|') {
            LineRole::TableRow
        } else {
            LineRole::Text
        }
    }

    fn begin_paragraph(&mut self, line: &Line<'a>) {
        let trimmed = line.trimmed();
        let link = source_link(trimmed);
        let is_title = |title: &&str| {
            !title.is_empty() && title.split_whitespace().eq(trimmed.split_whitespace())
        };
        if link.is_some() || self.titles.iter().any(is_title) {
            let blocks = self.outline.weights.blocks;
            self.outline.single_lines.push(SingleLineParagraph {
                link,
                start: start_of(line),
                end: end_of(line),
                blocks,
            });
        }
        self.previous = PreviousLine::Paragraph;
        self.begin_block(line);
    }

    /// The last paragraph has more than one line, or is a heading.
    fn drop_single_line(&mut self) {
        let start = self.paragraph_start;
        self.outline
            .single_lines
            .pop_if(|paragraph| paragraph.start == start);
    }

    fn begin_block(&mut self, line: &Line<'_>) {
        self.paragraph_start = start_of(line);
        self.before_paragraph = self.outline.weights;
        self.outline.weights.blocks += 1;
    }
}

fn start_of(line: &Line<'_>) -> BodyPosition {
    BodyPosition {
        offset: line.start,
        line: line.index,
    }
}

fn end_of(line: &Line<'_>) -> BodyPosition {
    BodyPosition {
        offset: line.end,
        line: line.index + 1,
    }
}

/// Whether a line begins a block that plain lines continue.
fn is_container(trimmed: &str) -> bool {
    trimmed.starts_with(['>', '|', '<']) || list_marker(trimmed) > 0
}
