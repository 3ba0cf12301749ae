//! The stretches of a body, cut into the parts of its sections.

use std::ops::Range;

use super::boundary::{Owner, Stretch};
use super::outline::{Loner, MarkKind, Outline, Spot};
use super::{Part, PartKind};
use crate::text::Language;

/// What cuts a body into parts.
pub(super) struct Cutter<'a> {
    body: &'a str,
    outline: &'a Outline,
    /// In the order of the body.
    cuts: Vec<Cut>,
    first_line: u32,
}

/// Something that ends a part: a label, which becomes one of its own, or a paragraph that is not shown.
struct Cut {
    label: Option<Range<usize>>,
    start: Spot,
    end: Spot,
}

impl<'a> Cutter<'a> {
    /// What cuts a body that begins on a line of the file, counted from 1; the hidden paragraphs are not shown.
    pub(super) fn new(body: &'a str, outline: &'a Outline, hidden: &[&Loner], first_line: u32) -> Self {
        let labels = outline.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Label(words) => Some(Cut { label: Some(words.clone()), start: mark.start, end: mark.end }),
            _ => None,
        });
        let hidden = hidden.iter().map(|loner| Cut { label: None, start: loner.start, end: loner.end });
        let mut cuts: Vec<Cut> = labels.chain(hidden).collect();
        cuts.sort_by_key(|cut| cut.start.offset);
        Self { body, outline, cuts, first_line }
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
        let first = self.cuts.partition_point(|cut| cut.start.offset < start.offset);
        for cut in self.cuts[first..].iter().take_while(|cut| cut.start.offset < end.offset) {
            self.push(start, cut.start.offset, parts);
            if let Some(words) = &cut.label {
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
