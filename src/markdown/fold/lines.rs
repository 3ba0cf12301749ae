//! Lines that are plain, put without a parser.

use super::Folder;
use crate::markdown::document::{Inline, LeafKind};
use crate::markdown::frame::Frame;
use crate::markdown::pen::Gap;
use crate::markdown::plain::{PlainKind, PlainRun};

impl Folder<'_> {
    /// Puts the runs of a piece, as the parser's events would.
    pub(in crate::markdown) fn runs(&mut self, runs: &[PlainRun<'_>]) {
        // Whether the list that is open has numbers.
        let mut list = None;
        for &PlainRun { kind, text, line } in runs {
            match kind {
                PlainKind::Turn => self.turn(),
                PlainKind::More => self.builder.pen.owe(Gap::Soft),
                _ => list = self.begin(kind, line, list),
            }
            if kind != PlainKind::Rule {
                self.builder.pen.write(text);
            }
        }
        self.leave_item(list, None);
    }

    /// Begins a block after a list, if one is open, that has numbers or not; says the same of the list that is open then.
    fn begin(&mut self, kind: PlainKind, line: u32, list: Option<bool>) -> Option<bool> {
        let (wanted, number) = match kind {
            PlainKind::Bullet => (Some(false), None),
            PlainKind::Number(number) => (Some(true), Some(number)),
            _ => (None, None),
        };
        self.leave_item(list, wanted);
        match kind {
            PlainKind::Rule => {
                self.builder.begin_leaf(LeafKind::Break, line);
                return None;
            }
            PlainKind::Heading(level) => self.builder.want(LeafKind::Heading(level), line),
            PlainKind::Bullet | PlainKind::Number(_) => {
                if wanted != list {
                    self.builder.enter(Frame::List(number), line);
                }
                self.builder.enter_item(line);
            }
            _ => self.builder.want(LeafKind::Paragraph, line),
        }
        self.builder.need_leaf(line);
        wanted
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

    /// Begins strong emphasis, or ends it where it is open.
    fn turn(&mut self) {
        if self.styles.is_empty() {
            self.style(Inline::STRONG, None);
        } else {
            self.unstyle();
        }
    }
}
