//! Writes cleaned text and its inline styles, leaf after leaf, into one string.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::document::{Inline, Link, StyleRun};
use super::emphasis::is_chinese_mark;
use super::url;
use crate::text::{is_han, is_kana};

/// The style of the text that is written: a set of inline styles, and the link it is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextStyle {
    pub(super) inline: Inline,
    /// An index into the document's links.
    pub(super) link: Option<u32>,
}

/// White space that is written only when more text follows, so that nothing begins or ends with it.
/// Later variants win over earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PendingSpace {
    #[default]
    None,
    /// The end of a source line: a space, or nothing between Chinese characters.
    SoftBreak,
    Space,
    /// The border of two cells that are shown in one line.
    Cell,
    /// A number of line breaks.
    Breaks(u8),
}

#[derive(Debug, Default)]
pub(super) struct TextWriter {
    pub(super) text: String,
    /// All runs; the last one may still grow.
    pub(super) runs: Vec<StyleRun>,
    pub(super) links: Vec<Link>,
    /// The style of what is written next.
    pub(super) style: TextStyle,
    /// Where the current leaf or cell begins.
    floor: usize,
    pending_space: PendingSpace,
}

impl TextWriter {
    pub(super) fn at(&self) -> u32 {
        // The parse limits its input so that this fits.
        self.text.len() as u32
    }

    /// Begins a leaf, or a cell of a table.
    pub(super) fn begin(&mut self) {
        self.floor = self.text.len();
        self.drop_pending_space();
    }

    /// Ends a leaf or a cell: spaces at its end are removed.
    pub(super) fn end(&mut self) {
        self.drop_pending_space();
        self.trim();
    }

    /// Asks for white space before the next text; the greatest request wins.
    pub(super) fn request_space(&mut self, space: PendingSpace) {
        self.pending_space = self.pending_space.max(space);
    }

    /// Asks for a hard line break: two in a row leave one line empty, more have no further effect.
    pub(super) fn request_break(&mut self) {
        self.pending_space = match self.pending_space {
            PendingSpace::Breaks(count) => PendingSpace::Breaks((count + 1).min(2)),
            _ => PendingSpace::Breaks(1),
        };
    }

    pub(super) fn drop_pending_space(&mut self) {
        self.pending_space = PendingSpace::None;
    }

    /// Writes text in which line feeds are hard breaks and tabs are spaces.
    pub(super) fn write_lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.request_break();
            }
            for (index, part) in line.split('\t').enumerate() {
                if index > 0 {
                    self.request_space(PendingSpace::Space);
                }
                self.write(part);
            }
        }
    }

    /// Writes text of one line, after the pending white space.
    pub(super) fn write(&mut self, text: &str) {
        let follows_break = matches!(
            self.pending_space,
            PendingSpace::Breaks(_) | PendingSpace::Cell
        );
        let text = if follows_break {
            text.trim_start_matches(' ')
        } else {
            text
        };
        if let Some(first) = text.chars().next() {
            self.write_pending_space(first);
            self.write_raw(text);
        }
    }

    pub(super) fn write_styled(&mut self, text: &str, inline: Inline) {
        let around = self.style;
        self.style.inline |= inline;
        self.write_lines(text);
        self.style = around;
    }

    /// Writes text without the pending white space.
    pub(super) fn write_tight(&mut self, text: &str) {
        self.drop_pending_space();
        self.write(text);
    }

    /// Writes lines of code as they are, with tabs expanded to stops of four columns.
    pub(super) fn write_code(&mut self, text: &str) {
        if !text.contains('\t') {
            return self.write_raw(text);
        }
        let mut columns = last_line(self.written()).width();
        for (index, part) in text.split('\t').enumerate() {
            if index > 0 {
                let spaces = &"    "[columns % 4..];
                self.write_raw(spaces);
                columns += spaces.len();
            }
            self.write_raw(part);
            let line = last_line(part);
            columns = line.width() + if line.len() < part.len() { 0 } else { columns };
        }
    }

    pub(super) fn write_preformatted(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.request_break();
            }
            if !line.is_empty() {
                self.write_pending_space(' ');
                self.write_code(line);
            }
        }
    }

    /// The text written since [`TextWriter::begin`].
    pub(super) fn written(&self) -> &str {
        &self.text[self.floor..]
    }

    /// Whether nothing is written after an image.
    pub(super) fn ends_with_image(&self) -> bool {
        let last = self.runs.last().filter(|run| run.range.end == self.at());
        last.is_some_and(|run| run.inline.contains(Inline::IMAGE))
    }

    /// Turns a space at the end into a pending one: a comment follows, which is not shown.
    pub(super) fn defer_last_space(&mut self) {
        if self.written().ends_with(' ') {
            self.trim();
            self.request_space(PendingSpace::Space);
        }
    }

    /// Removes the text from an offset on.
    pub(super) fn truncate(&mut self, offset: u32) {
        self.text.truncate(offset as usize);
        while let Some(run) = self.runs.last_mut().filter(|run| run.range.end > offset) {
            if run.range.start < offset {
                run.range.end = offset;
                break;
            }
            self.runs.pop();
        }
    }

    pub(super) fn add_link(&mut self, target: String, is_image: bool) -> u32 {
        self.links.push(Link {
            target,
            image: is_image,
            footnote: None,
        });
        (self.links.len() - 1) as u32
    }

    /// Links the bare URLs of the leaf whose runs begin at an index.
    pub(super) fn link_urls(&mut self, first_run: usize, leaf: Range<u32>) {
        let excluded = Inline::CODE | Inline::MATH | Inline::IMAGE;
        let is_excluded = |run: &StyleRun| run.link.is_some() || run.inline.intersects(excluded);
        let mut links = Vec::new();
        let mut next = first_run;
        for url in url::find(&self.text[leaf.start as usize..leaf.end as usize]) {
            let range = leaf.start + url.start as u32..leaf.start + url.end as u32;
            next += self.runs[next..]
                .iter()
                .take_while(|run| run.range.end <= range.start)
                .count();
            let mut overlapping = self.runs[next..]
                .iter()
                .take_while(|run| run.range.start < range.end);
            if !overlapping.any(is_excluded) {
                let url = &self.text[range.start as usize..range.end as usize];
                let scheme = if url.starts_with("www.") {
                    "http://"
                } else {
                    ""
                };
                let target = format!("{scheme}{url}");
                links.push((range, self.add_link(target, false)));
            }
        }
        if !links.is_empty() {
            let runs = self.runs.split_off(first_run);
            self.runs.extend(with_links(&runs, &links));
        }
    }

    /// Writes the pending white space before a character.
    fn write_pending_space(&mut self, next: char) {
        let space = std::mem::take(&mut self.pending_space);
        let Some(last) = self.written().chars().next_back() else {
            return;
        };
        match space {
            PendingSpace::Breaks(count) => {
                self.trim();
                self.text
                    .extend(std::iter::repeat_n('\n', usize::from(count)));
            }
            PendingSpace::Cell => {
                self.trim();
                self.text.push_str(" | ");
            }
            PendingSpace::SoftBreak if joins(last, next) => {}
            PendingSpace::SoftBreak | PendingSpace::Space
                if last != ' ' && last != '\n' && next != ' ' =>
            {
                self.write_space();
            }
            PendingSpace::None | PendingSpace::SoftBreak | PendingSpace::Space => {}
        }
    }

    /// Writes a space in the styles that the text before it shares with the text after it.
    fn write_space(&mut self) {
        let start = self.at();
        let before = self.runs.last().filter(|run| run.range.end == start);
        let shared = before.map_or(TextStyle::default(), |run| TextStyle {
            inline: run.inline & self.style.inline,
            link: run.link.filter(|_| run.link == self.style.link),
        });
        self.text.push(' ');
        self.add_run(start, shared);
    }

    fn write_raw(&mut self, text: &str) {
        let start = self.at();
        self.text.push_str(text);
        self.add_run(start, self.style);
    }

    /// Gives the text from an offset on a style.
    fn add_run(&mut self, start: u32, style: TextStyle) {
        let range = start..self.at();
        if style == TextStyle::default() || range.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(run)
                if run.range.end == start
                    && run.inline == style.inline
                    && run.link == style.link =>
            {
                run.range.end = range.end;
            }
            _ => self.runs.push(StyleRun {
                range,
                inline: style.inline,
                link: style.link,
            }),
        }
    }

    fn trim(&mut self) {
        let kept = self.floor + self.written().trim_end_matches([' ', '\t']).len();
        self.truncate(kept as u32);
    }
}

/// Runs with links added: the styles stay, the linked parts get their link.
fn with_links(runs: &[StyleRun], links: &[(Range<u32>, u32)]) -> Vec<StyleRun> {
    let ranges = runs
        .iter()
        .map(|run| &run.range)
        .chain(links.iter().map(|(range, _)| range));
    let mut borders: Vec<u32> = ranges.flat_map(|range| [range.start, range.end]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut runs = runs.iter().peekable();
    let mut links = links.iter().peekable();
    let mut linked = Vec::new();
    for border in borders.windows(2) {
        let range = border[0]..border[1];
        while runs.next_if(|run| run.range.end <= range.start).is_some() {}
        while links.next_if(|(link, _)| link.end <= range.start).is_some() {}
        let run = runs.peek().filter(|run| run.range.start <= range.start);
        let link = links.peek().filter(|(link, _)| link.start <= range.start);
        let inline = run.map_or(Inline::empty(), |run| run.inline);
        match link {
            Some((_, link)) => linked.push(StyleRun {
                range,
                inline: inline | Inline::LINK,
                link: Some(*link),
            }),
            None => linked.extend(run.map(|run| StyleRun {
                range,
                inline,
                link: run.link,
            })),
        }
    }
    linked
}

fn last_line(text: &str) -> &str {
    &text[memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1)..]
}

/// Whether a line's last character and the next line's first one join with nothing between: both
/// Chinese or kana, or one of them and a mark that Chinese shares with other scripts.
pub(super) fn joins(last: char, next: char) -> bool {
    let is_wide = |c: char| {
        is_han(c)
            || is_kana(c)
            || is_chinese_mark(c)
            || matches!(c, '\u{3000}'..='\u{312F}' | '\u{FF01}'..='\u{FF65}')
    };
    let is_shared = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·');
    (is_wide(last) && (is_wide(next) || is_shared(next))) || (is_shared(last) && is_wide(next))
}
