//! The stretches of a body, cut into the parts of its sections.

use std::ops::Range;

use super::boundary::{Owner, Stretch};
use super::outline::{MarkKind, Outline, Spot};
use super::{Part, PartKind};
use crate::text::Language;

/// What cuts a body into parts.
pub(super) struct Cutter<'a> {
    body: &'a str,
    outline: &'a Outline<'a>,
    first_line: u32,
}

/// Something that ends a part: a label, which becomes one of its own, or a paragraph that is not shown.
struct Cut<'a> {
    label: Option<&'a Range<usize>>,
    start: Spot,
    end: Spot,
}

impl<'a> Cutter<'a> {
    /// What cuts a body that begins on a line of the file, counted from 1.
    pub(super) const fn new(body: &'a str, outline: &'a Outline<'a>, first_line: u32) -> Self {
        Self { body, outline, first_line }
    }

    /// The parts of a language's section, in reading order; of the whole body without a language.
    pub(super) fn parts(&self, stretches: &[Stretch], language: Option<Language>) -> Vec<Part> {
        let mut parts = Vec::new();
        // Neighbouring stretches of a section are one, so that no list or quotation is cut.
        let mut open: Option<Spot> = None;
        for (at, stretch) in stretches.iter().enumerate() {
            let end = stretches.get(at + 1).map_or(self.outline.end, |next| next.start);
            let is_shown = language.is_none_or(|language| [Owner::Both, Owner::One(language)].contains(&stretch.owner));
            if is_shown {
                open = open.or(Some(stretch.start));
            } else if stretch.start != end
                && let Some(start) = open.take()
            {
                self.cut(start, stretch.start, &mut parts);
            }
        }
        if let Some(start) = open {
            self.cut(start, self.outline.end, &mut parts);
        }
        parts
    }

    /// Cuts a stretch of the body into parts.
    fn cut(&self, mut start: Spot, end: Spot, parts: &mut Vec<Part>) {
        for cut in self.cuts(start.offset..end.offset) {
            self.push(start, cut.start.offset, parts);
            if let Some(words) = cut.label {
                parts.push(Part {
                    kind: PartKind::Label,
                    range: words.clone(),
                    line: self.first_line + cut.start.line,
                });
            }
            start = cut.end;
        }
        self.push(start, end.offset, parts);
    }

    /// What cuts some lines of the body, in its order.
    fn cuts(&self, lines: Range<usize>) -> impl Iterator<Item = Cut<'a>> {
        let Outline { marks, loners, .. } = self.outline;
        // By their ends, since a heading may begin above marks that were made before it.
        let up_to = |offset: usize| marks.partition_point(|mark| mark.end.offset <= offset);
        let labels = marks[up_to(lines.start)..up_to(lines.end)].iter().filter_map(|mark| match &mark.kind {
            MarkKind::Label(words) => Some(Cut { label: Some(words), start: mark.start, end: mark.end }),
            _ => None,
        });
        let up_to = |offset: usize| loners.partition_point(|loner| loner.end.offset <= offset);
        let hidden = loners[up_to(lines.start)..up_to(lines.end)].iter().filter(|loner| loner.is_hidden);
        let hidden = hidden.map(|loner| Cut { label: None, start: loner.start, end: loner.end });
        let (mut labels, mut hidden) = (labels.peekable(), hidden.peekable());
        std::iter::from_fn(move || match (labels.peek(), hidden.peek()) {
            (Some(label), Some(other)) if other.start.offset < label.start.offset => hidden.next(),
            (None, _) => hidden.next(),
            _ => labels.next(),
        })
    }

    /// Adds what is between two places as Markdown, without the blank lines around it, unless nothing is left.
    fn push(&self, mut start: Spot, end: usize, parts: &mut Vec<Part>) {
        let bytes = self.body.as_bytes();
        let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let Some(last) = bytes[start.offset..end.max(start.offset)].iter().rposition(is_text) else { return };
        let end = start.offset + last + 1;
        loop {
            let rest = &bytes[start.offset..end];
            let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let ending = match rest[blank..] {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => {
                    let line = self.first_line + start.line;
                    return parts.push(Part { kind: PartKind::Markdown, range: start.offset..end, line });
                }
            };
            start = Spot { offset: start.offset + blank + ending, line: start.line + 1 };
        }
    }
}
