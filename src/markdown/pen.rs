//! The pen: writes cleaned text and its inline styles, one leaf after the other, into one string.

mod overlay;

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::document::{Inline, Link, Run};
use super::{emphasis, url};
use crate::text::{is_han, is_kana};

/// The style text is written in: a set of inline styles, and the link it is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The inline styles.
    pub(super) inline: Inline,
    /// The link, as an index into the document's links.
    pub(super) link: Option<u32>,
}

/// A space that is owed: it is written only when more text comes, so that nothing begins or ends with one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    #[default]
    None,
    /// The end of a source line: a space, or nothing between Chinese characters.
    Soft,
    /// A space.
    Space,
    /// The border of two cells that are shown in one line.
    Cell,
    /// So many line breaks.
    Break(u8),
}

/// Writes text and runs.
#[derive(Debug, Default)]
pub(super) struct Pen {
    /// All text written.
    pub(super) text: String,
    /// All runs; the last one may still grow.
    pub(super) runs: Vec<Run>,
    /// All links.
    pub(super) links: Vec<Link>,
    /// The style of what is written next.
    pub(super) style: Style,
    /// Where the leaf or the cell begins that is being written.
    floor: usize,
    gap: Gap,
}

impl Pen {
    /// The offset at which the next character goes.
    pub(super) fn at(&self) -> u32 {
        // The parse bounds its input so that this cannot be cut off.
        self.text.len() as u32
    }

    /// Begins a leaf, or a cell of a table.
    pub(super) fn begin(&mut self) {
        self.floor = self.text.len();
        self.gap = Gap::None;
    }

    /// Ends a leaf or a cell: spaces at its end go.
    pub(super) fn end(&mut self) {
        self.gap = Gap::None;
        self.trim();
    }

    /// Owes a gap before the next text; the greatest that is owed counts.
    pub(super) fn owe(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Owes a hard line break: two in a row leave one line empty, more do no more.
    pub(super) fn owe_break(&mut self) {
        self.gap = Gap::Break(if let Gap::Break(count) = self.gap { (count + 1).min(2) } else { 1 });
    }

    /// Writes text that may hold line feeds (hard breaks) and tabs (spaces).
    pub(super) fn write_lines(&mut self, text: &str) {
        if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_none() {
            return self.write(text);
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.owe_break();
            }
            for (index, part) in line.split('\t').enumerate() {
                if index > 0 {
                    self.owe(Gap::Space);
                }
                self.write(part);
            }
        }
    }

    /// Writes text of one line, after the gap that is owed.
    pub(super) fn write(&mut self, text: &str) {
        let mut text = text;
        if self.gap != Gap::None {
            if matches!(self.gap, Gap::Break(_) | Gap::Cell) {
                text = text.trim_start_matches(' ');
            }
            let Some(first) = text.chars().next() else { return };
            self.fill_gap(first);
        }
        if text.is_empty() {
            return;
        }
        let start = self.at();
        self.text.push_str(text);
        self.style_from(start, self.style);
    }

    /// Writes lines of code: as they are, tabs expanded to stops of four columns.
    pub(super) fn write_code(&mut self, text: &str) {
        if memchr::memchr(b'\t', text.as_bytes()).is_none() {
            return self.write_raw(text);
        }
        let mut columns = UnicodeWidthStr::width(last_line(self.written()));
        for (index, part) in text.split('\t').enumerate() {
            if index > 0 {
                let stop = &"    "[columns % 4..];
                self.write_raw(stop);
                columns += stop.len();
            }
            self.write_raw(part);
            let line = last_line(part);
            columns = UnicodeWidthStr::width(line) + if line.len() < part.len() { 0 } else { columns };
        }
    }

    /// Ends a block of code: the end of its last line goes.
    pub(super) fn end_code(&mut self) {
        if self.text[self.floor..].ends_with('\n') {
            self.retract(self.at() - 1);
        }
    }

    /// Forgets the gap that is owed.
    pub(super) fn forget_gap(&mut self) {
        self.gap = Gap::None;
    }

    /// The text written since [`Pen::begin`].
    pub(super) fn written(&self) -> &str {
        &self.text[self.floor..]
    }

    /// Writes text without the gap that is owed: it follows its word closely.
    pub(super) fn write_tight(&mut self, text: &str) {
        self.forget_gap();
        self.write(text);
    }

    /// Makes a space at the end one that is owed: a comment stands there that is not shown.
    pub(super) fn loosen(&mut self) {
        if self.written().ends_with(' ') {
            self.trim();
            self.owe(Gap::Space);
        }
    }

    /// Writes preformatted text.
    pub(super) fn write_preformatted(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.owe_break();
            }
            if !line.is_empty() {
                self.fill_gap(' ');
                self.write_code(line);
            }
        }
    }

    /// Writes what must stand as it is.
    pub(super) fn write_raw(&mut self, text: &str) {
        let start = self.at();
        self.text.push_str(text);
        self.style_from(start, self.style);
    }

    /// Takes back what was written from an offset on.
    pub(super) fn retract(&mut self, offset: u32) {
        self.text.truncate(offset as usize);
        self.cut_runs();
    }

    /// Adds a link and gives its index.
    pub(super) fn add_link(&mut self, link: Link) -> u32 {
        self.links.push(link);
        (self.links.len() - 1) as u32
    }

    /// Links the bare URLs of the leaf whose runs begin at an index.
    pub(super) fn link_urls(&mut self, first_run: usize, leaf: Range<u32>) {
        let text = &self.text[leaf.start as usize..leaf.end as usize];
        if !url::may_hold(text) {
            return;
        }
        let taken = Inline::CODE.and(Inline::MATH).and(Inline::IMAGE);
        let is_taken = |run: &Run| run.link.is_some() || run.inline.without(taken) != run.inline;
        let mut found: Vec<(Range<u32>, u32)> = Vec::new();
        let mut next = first_run;
        for bare in url::find(text) {
            let range = leaf.start + bare.range.start as u32..leaf.start + bare.range.end as u32;
            while self.runs.get(next).is_some_and(|run| run.range.end <= range.start) {
                next += 1;
            }
            let over = self.runs[next..].iter().take_while(|run| run.range.start < range.end);
            if !over.into_iter().any(is_taken) {
                let target = format!("{}{}", bare.prefix, &text[bare.range]);
                self.links.push(Link { target, image: false, footnote: None });
                found.push((range, (self.links.len() - 1) as u32));
            }
        }
        if !found.is_empty() {
            let old = self.runs.split_off(first_run);
            overlay::overlay(old, &found, &mut self.runs);
        }
    }

    /// Writes the gap that is owed, before a character.
    fn fill_gap(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some(last) = self.text[self.floor..].chars().next_back() else { return };
        match gap {
            Gap::Break(count) => {
                self.trim();
                self.text.extend(std::iter::repeat_n('\n', usize::from(count)));
            }
            Gap::Cell => {
                self.trim();
                self.text.push_str(" | ");
            }
            Gap::Soft if joins(last, next) => {}
            Gap::Soft | Gap::Space if last != ' ' && last != '\n' && next != ' ' => self.write_space(),
            Gap::None | Gap::Soft | Gap::Space => {}
        }
    }

    /// Writes a space in the styles that the text before it shares with the text after it.
    fn write_space(&mut self) {
        let start = self.at();
        let before = self.runs.last().filter(|run| run.range.end == start);
        let shared = before.map_or(Style::default(), |run| Style {
            inline: run.inline.without(run.inline.without(self.style.inline)),
            link: run.link.filter(|_| run.link == self.style.link),
        });
        self.text.push(' ');
        self.style_from(start, shared);
    }

    /// Gives the text from an offset on a style.
    fn style_from(&mut self, start: u32, style: Style) {
        if style == Style::default() {
            return;
        }
        let range = start..self.at();
        match self.runs.last_mut() {
            Some(run) if run.range.end == start && run.inline == style.inline && run.link == style.link => {
                run.range.end = range.end;
            }
            _ if range.is_empty() => {}
            _ => self.runs.push(Run { range, inline: style.inline, link: style.link }),
        }
    }

    /// Takes spaces off the end of the text, back to where the leaf or cell began.
    fn trim(&mut self) {
        let kept = self.floor + self.text[self.floor..].trim_end_matches([' ', '\t']).len();
        if kept < self.text.len() {
            self.text.truncate(kept);
            self.cut_runs();
        }
    }

    /// Cuts runs that reach beyond the end of the text.
    fn cut_runs(&mut self) {
        let end = self.at();
        while let Some(run) = self.runs.last_mut().filter(|run| run.range.end > end) {
            if run.range.start < end {
                run.range.end = end;
                break;
            }
            self.runs.pop();
        }
    }
}

/// What follows the last line feed of a text.
fn last_line(text: &str) -> &str {
    &text[memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1)..]
}

/// Says whether a line's last character and the next line's first one join with nothing between: both Chinese or kana,
/// or one of them and a mark that Chinese shares with other scripts.
pub(super) fn joins(last: char, next: char) -> bool {
    let wide = |c: char| {
        is_han(c)
            || is_kana(c)
            || emphasis::is_chinese_mark(c)
            || matches!(c, '\u{3000}'..='\u{312F}' | '\u{FF01}'..='\u{FF65}')
    };
    let shared = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·');
    (wide(last) && (wide(next) || shared(next))) || (shared(last) && wide(next))
}
