//! The one walk over a body's lines that makes its [`Outline`].

use std::ops::Range;

use super::definitions::{self, Definition};
use super::evidence::Evidence;
use super::label::{self, Opening};
use super::name::{self, Name};
use super::outline::{Loner, Mark, MarkKind, Outline, Spot};
use super::{markup, source_link};
use crate::text::{Line, LineContext, ScriptCounts, is_thematic_break, lines};

impl<'a> Outline<'a> {
    /// Walks over a body; a paragraph that is one of the titles is a [`Loner`].
    pub(super) fn of(body: &'a str, titles: &[&str]) -> Self {
        let mut walk = Walk {
            outline: Self::default(),
            body,
            titles,
            before: Before::Blank,
            paragraph: None,
            before_paragraph: Evidence::default(),
            element: None,
            definition: Definition::None,
        };
        let mut all = lines(body);
        // Read where it lies: a copy of what was only just written is slow to come by.
        while let Some(line) = all.next().as_ref() {
            walk.read(line);
            walk.outline.end = Spot { offset: line.end, line: line.index + 1 };
        }
        walk.outline.unclosed = all.unclosed().to_vec();
        walk.outline
    }
}

/// What the line before was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Blank,
    /// A paragraph that an underline would make a heading.
    Paragraph,
    /// A paragraph of one line that is a [`Loner`] if it stays so.
    Loner,
    /// A list item, a quotation, a table or HTML, to which plain lines after it belong.
    Container,
    /// Indented code.
    Code,
    /// A fence or HTML block that says itself where it ends.
    Fenced,
    /// A heading, a rule or a label: complete in its line.
    Line,
}

/// The state of the walk.
struct Walk<'a, 't> {
    outline: Outline<'a>,
    body: &'a str,
    titles: &'t [&'t str],
    before: Before,
    /// Where the paragraph began that the last line belongs to.
    paragraph: Option<Spot>,
    /// The evidence before it.
    before_paragraph: Evidence,
    /// The open element that says its language: its tag, and how many of that tag are open.
    element: Option<(&'static str, usize)>,
    definition: Definition,
}

impl<'a> Walk<'a, '_> {
    /// Reads a line. Every other line is blank, and most of those end nothing but a paragraph.
    #[inline]
    fn read(&mut self, line: &Line<'a>) {
        if line.context == LineContext::Text && line.is_blank() && self.definition == Definition::None {
            self.before = Before::Blank;
        } else {
            self.read_closer(line);
        }
    }

    fn read_closer(&mut self, line: &Line<'a>) {
        if line.context != LineContext::Text {
            self.outline.evidence.blocks += u32::from(self.before != Before::Fenced);
            self.before = Before::Fenced;
            return;
        }
        let trimmed = line.trimmed();
        let in_paragraph = matches!(self.before, Before::Paragraph | Before::Loner | Before::Container);
        // Nearly every line is of no definition, and after none.
        if self.definition != Definition::None || trimmed.starts_with('[') {
            self.definition =
                definitions::follow(self.definition, line, trimmed, in_paragraph, &mut self.outline.definitions);
        }
        if trimmed.is_empty() {
            self.before = Before::Blank;
            return;
        }
        if line.indent > 3 && !line.nested && !in_paragraph && self.definition == Definition::None {
            self.outline.evidence.blocks += u32::from(self.before != Before::Code);
            self.before = Before::Code;
            return;
        }
        if let Some((tag, depth)) = self.element {
            self.follow_element(line, trimmed, tag, depth);
        }
        if line.indent > 3 || line.nested || !self.read_structure(line, trimmed) {
            self.read_plain(line, trimmed);
        }
    }

    /// Reads a line that may be structure; says whether it was.
    fn read_structure(&mut self, line: &Line<'_>, trimmed: &str) -> bool {
        match trimmed.as_bytes()[0] {
            b'#' => self.read_heading(line, trimmed),
            b'-' | b'=' if self.is_underline(trimmed) => self.raise_paragraph(line, trimmed),
            b'-' | b'*' | b'_' if is_thematic_break(trimmed) => self.mark(MarkKind::Rule, None, line, Before::Line),
            b'*' | b'_' => self.read_label(line),
            b'<' => self.read_tag(line, trimmed),
            _ => false,
        }
    }

    /// Counts the languages in a range of the body.
    fn count(&mut self, range: Range<usize>, is_prose: bool) {
        self.outline.evidence.add_line(ScriptCounts::of_markdown(&self.body[range]), is_prose);
    }

    /// Adds a mark for a line that is complete in itself.
    fn mark(&mut self, kind: MarkKind, name: Option<Name>, line: &Line<'_>, before: Before) -> bool {
        self.outline.marks.push(Mark { kind, name, start: start(line), end: end(line), before: self.outline.evidence });
        self.before = before;
        self.outline.evidence.blocks += 1;
        true
    }

    fn read_heading(&mut self, line: &Line<'_>, trimmed: &str) -> bool {
        let level = trimmed.bytes().take(7).take_while(|&byte| byte == b'#').count();
        let words = &trimmed[level..];
        if level > 6 || !(words.is_empty() || words.starts_with([' ', '\t'])) {
            return false;
        }
        let name = name::name(words.trim_end_matches('#').trim());
        self.mark(MarkKind::Heading(level as u8), name, line, Before::Line);
        self.outline.evidence.headings += 1;
        self.count(words_of(line), false);
        true
    }

    fn is_underline(&self, trimmed: &str) -> bool {
        let sign = trimmed.as_bytes()[0];
        matches!(self.before, Before::Paragraph | Before::Loner) && trimmed.bytes().all(|byte| byte == sign)
    }

    /// Makes a setext heading of the paragraph before its underline.
    fn raise_paragraph(&mut self, line: &Line<'_>, trimmed: &str) -> bool {
        let Some(start) = self.paragraph else { return false };
        let before = self.before_paragraph;
        if self.before == Before::Loner {
            self.outline.loners.pop();
        }
        let level = if trimmed.starts_with('=') { 1 } else { 2 };
        self.outline.marks.push(Mark { kind: MarkKind::Heading(level), name: None, start, end: end(line), before });
        self.outline.evidence.headings += 1;
        self.before = Before::Line;
        true
    }

    fn read_label(&mut self, line: &Line<'_>) -> bool {
        match label::opening(line.text) {
            Some(Opening::Label(words)) => {
                let name = name::name(&line.text[words.clone()]);
                let range = line.start + words.start..line.start + words.end;
                self.mark(MarkKind::Label(range.clone()), name, line, Before::Line);
                self.outline.evidence.headings += 1;
                self.count(range, false);
                true
            }
            Some(Opening::Field) => {
                if !matches!(self.before, Before::Paragraph | Before::Loner | Before::Container) {
                    self.mark(MarkKind::Field, None, line, Before::Paragraph);
                    self.outline.evidence.blocks -= 1;
                    self.paragraph = None;
                    self.begin_block(line);
                }
                self.count(words_of(line), false);
                // After a list item it goes on with that, and no underline makes a heading of it.
                if self.before != Before::Container {
                    self.before = Before::Paragraph;
                }
                true
            }
            None => false,
        }
    }

    fn read_tag(&mut self, line: &Line<'_>, trimmed: &str) -> bool {
        match markup::tag_line(trimmed) {
            Some(markup::TagLine::Rule) => self.mark(MarkKind::Rule, None, line, Before::Line),
            Some(markup::TagLine::Anchor(target)) => {
                let name = name::name(target).filter(|name| matches!(name, Name::Language { .. }));
                self.mark(MarkKind::Anchor, name, line, Before::Line)
            }
            Some(markup::TagLine::Open(tag, language)) if self.element.is_none() => {
                self.element = Some((tag, 1));
                self.mark(MarkKind::Open(language), None, line, Before::Line)
            }
            _ => false,
        }
    }

    /// Follows the tags inside an element that says its language, to its end.
    fn follow_element(&mut self, line: &Line<'_>, trimmed: &str, tag: &'static str, depth: usize) {
        if !trimmed.contains('<') {
            return;
        }
        let (opened, closed) = markup::count_tags(trimmed, tag);
        let depth = (depth + opened).saturating_sub(closed);
        self.element = (depth > 0).then_some((tag, depth));
        if depth == 0 {
            self.mark(MarkKind::Close, None, line, Before::Container);
        }
    }

    /// Reads a line of text.
    fn read_plain(&mut self, line: &Line<'a>, trimmed: &'a str) {
        match self.before {
            Before::Loner => {
                self.outline.loners.pop();
                self.before = Before::Paragraph;
            }
            Before::Paragraph => {}
            _ if line.nested || is_container(trimmed) => {
                let continues = self.before == Before::Container && !is_item(trimmed);
                self.outline.evidence.blocks += u32::from(!continues);
                self.before = Before::Container;
            }
            Before::Container => {}
            _ => self.begin_paragraph(line, trimmed),
        }
        if self.before == Before::Paragraph && is_container(trimmed) && !trimmed.starts_with('<') {
            self.outline.evidence.blocks += 1;
            self.before = Before::Container;
        }
        if self.definition == Definition::None {
            self.count(words_of(line), true);
        }
    }

    fn begin_paragraph(&mut self, line: &Line<'a>, trimmed: &'a str) {
        let target = source_link::target(trimmed);
        self.before = Before::Paragraph;
        if target.is_some() || self.titles.iter().any(|title| same_words(title, trimmed)) {
            self.outline.loners.push(Loner {
                link: target,
                start: start(line),
                end: end(line),
                blocks: self.outline.evidence.blocks,
                is_hidden: false,
            });
            self.before = Before::Loner;
        }
        self.begin_block(line);
    }

    fn begin_block(&mut self, line: &Line<'_>) {
        self.paragraph = Some(start(line));
        self.before_paragraph = self.outline.evidence;
        self.outline.evidence.blocks += 1;
    }
}

fn start(line: &Line<'_>) -> Spot {
    Spot { offset: line.start, line: line.index }
}

/// A line's range in the body, without its line ending. Signs such as a heading's count for no language.
fn words_of(line: &Line<'_>) -> Range<usize> {
    line.start..line.start + line.text.len()
}

fn end(line: &Line<'_>) -> Spot {
    Spot { offset: line.end, line: line.index + 1 }
}

/// Says whether a line begins a list item.
fn is_item(trimmed: &str) -> bool {
    let bytes = trimmed.as_bytes();
    let marker = match bytes[0] {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            if !matches!(bytes.get(digits), Some(b'.' | b')')) {
                return false;
            }
            digits + 1
        }
        _ => return false,
    };
    matches!(bytes.get(marker), None | Some(b' ' | b'\t'))
}

/// Says whether a line begins something that plain lines after it belong to.
fn is_container(trimmed: &str) -> bool {
    matches!(trimmed.as_bytes()[0], b'>' | b'|' | b'<') || is_item(trimmed)
}

/// Says whether two lines are the same but for spaces.
fn same_words(one: &str, other: &str) -> bool {
    if one.is_empty() || one.as_bytes()[0] != other.as_bytes()[0] {
        return false;
    }
    // Ideographs are of three bytes, of which the first alone says little; none is a space.
    let is_other = matches!(one.as_bytes()[0], 0xE4..=0xE9) && one.as_bytes()[..3] != other.as_bytes()[..3];
    !is_other && (one == other || one.split_whitespace().eq(other.split_whitespace()))
}
