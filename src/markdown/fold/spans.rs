//! Inline elements that are more than a style: links, images, references to footnotes, tags of HTML.

use std::ops::Range;

use super::{Context, Folder};
use crate::markdown::document::{Inline, LeafKind, Link};
use crate::markdown::pen::Gap;
use crate::markdown::source::Source;
use crate::text::clean_line;

impl<'s> Folder<'s> {
    /// Begins a link.
    pub(super) fn link(&mut self, mail: bool, target: &str, source: &Source<'_>) {
        let scheme = if mail { "mailto:" } else { "" };
        let target = format!("{scheme}{}", clean_line(&source.restored(target)));
        let link = self.builder.pen.add_link(Link { target, image: false, footnote: None });
        self.style(Inline::LINK, Some(link));
        self.links.push(self.builder.pen.at());
    }

    /// Ends a link. One without text shows its target, but for a mere anchor.
    pub(super) fn end_link(&mut self) {
        let pen = &mut self.builder.pen;
        if self.links.pop() == Some(pen.at()) {
            let target = pen.style.link.map(|link| pen.links[link as usize].target.clone()).unwrap_or_default();
            if !target.starts_with('#') {
                pen.write(&target);
            }
        }
        self.unstyle();
    }

    /// Begins an image. In a link it leads where the link leads.
    pub(super) fn image(&mut self, target: &str, title: &str, source: &Source<'_>) {
        let mut link = self.builder.pen.style.link;
        if link.is_none() {
            let target = clean_line(&source.restored(target)).into_owned();
            link = Some(self.builder.pen.add_link(Link { target, image: true, footnote: None }));
        }
        self.style(Inline::IMAGE, link);
        self.builder.pen.write("[image: ");
        self.images.push((self.builder.pen.at(), clean_line(source.restored(title).trim()).into_owned()));
    }

    /// Ends an image: its text is what it is said to show, and its title where that says something else.
    pub(super) fn end_image(&mut self) {
        if let Some((start, title)) = self.images.pop() {
            let pen = &mut self.builder.pen;
            pen.forget_gap();
            // A comment that stands first in it took the space back.
            let is_tight = pen.at() < start;
            let alt = pen.text.get(start as usize..).unwrap_or_default();
            match (alt.is_empty(), title.is_empty()) {
                (true, true) => pen.retract(start - ": ".len() as u32),
                (true, false) => {
                    if is_tight {
                        pen.owe(Gap::Space);
                    }
                    pen.write(&title);
                }
                (false, false) if alt != title => pen.write(&format!(" ({title})")),
                _ => {}
            }
            pen.write("]");
        }
        self.unstyle();
    }

    /// Puts a reference to a footnote.
    pub(super) fn reference(&mut self, label: &str, range: &Range<usize>, context: &mut Context<'s, '_>) {
        self.need_leaf(range, context);
        let label = clean_line(&context.source.restored(label)).into_owned();
        let pen = &mut self.builder.pen;
        let link = self.footnotes.refer(
            &label,
            || (context.lines)(range.start),
            || pen.add_link(Link { target: format!("#{label}"), image: false, footnote: None }),
        );
        let around = pen.style;
        pen.style.inline = around.inline.and(Inline::FOOTNOTE);
        pen.style.link = Some(link);
        pen.write("[");
        pen.write(&label);
        pen.write("]");
        pen.style = around;
    }

    /// Puts a tag of HTML that stands in running text.
    pub(super) fn inline_html(&mut self, tag: &str, range: &Range<usize>, context: &mut Context<'s, '_>) {
        if !self.builder.is_ready() {
            self.builder.want(LeafKind::Paragraph, (context.lines)(range.start));
        }
        let tag = context.source.restored(tag);
        let rest = context.source.text.get(range.end..self.block_end).unwrap_or_default();
        self.markup.inline(&tag, rest, self.styles.len(), &mut self.builder);
    }
}
