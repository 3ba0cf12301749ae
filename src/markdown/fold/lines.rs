//! Lines that are plain, put without a parser.

use super::Folder;
use crate::markdown::document::{Inline, LeafKind};
use crate::markdown::frame::Frame;
use crate::markdown::pen::Gap;
use crate::markdown::plain::{PlainKind, PlainLine};

impl Folder<'_> {
    /// Puts the lines of a piece, as the parser's events would.
    pub(in crate::markdown) fn lines(&mut self, lines: &[PlainLine<'_>]) {
        // Whether the list that is open has numbers.
        let mut list = None;
        for &PlainLine { kind, text, line, .. } in lines {
            if kind == PlainKind::More {
                self.builder.pen.owe(Gap::Soft);
                self.strong(text);
                continue;
            }
            let wanted = if let PlainKind::Item(number) = kind { Some(number.is_some()) } else { None };
            self.leave_item(list, wanted);
            match kind {
                PlainKind::Rule => self.builder.begin_leaf(LeafKind::Break, line),
                PlainKind::Heading(level) => self.builder.want(LeafKind::Heading(level), line),
                PlainKind::Item(number) => {
                    if wanted != list {
                        self.builder.enter(Frame::List(number), line);
                    }
                    self.builder.enter_item(line);
                }
                PlainKind::Paragraph | PlainKind::More => self.builder.want(LeafKind::Paragraph, line),
            }
            list = wanted;
            if kind != PlainKind::Rule {
                self.builder.need_leaf(line);
                self.strong(text);
            }
        }
        self.leave_item(list, None);
    }

    /// Ends what is open: in a list its item, and the list with it unless the next line is of it.
    fn leave_item(&mut self, list: Option<bool>, next: Option<bool>) {
        self.builder.end_leaf();
        if list.is_some() {
            self.builder.leave();
            if next != list {
                self.builder.leave();
            }
        }
    }

    /// Writes a text whose only stars are pairs of `**`, which are strong emphasis.
    fn strong(&mut self, text: &str) {
        let mut start = 0;
        while let Some(length) = memchr::memchr(b'*', &text.as_bytes()[start..]) {
            self.builder.pen.write(&text[start..start + length]);
            if self.styles.is_empty() {
                self.style(Inline::STRONG, None);
            } else {
                self.unstyle();
            }
            start += length + "**".len();
        }
        self.builder.pen.write(&text[start..]);
    }
}
