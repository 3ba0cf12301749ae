//! Inline elements: styles, links, images, footnote references.

use super::document::Inline;
use super::events::EventBuilder;
use super::source::Source;
use super::writer::PendingSpace;
use crate::text::clean_line;

impl EventBuilder<'_> {
    /// Begins an inline element: adds a style, and a link unless there is one around it.
    pub(super) fn start_style(&mut self, inline: Inline, link: Option<u32>) {
        let style = &mut self.builder.writer.style;
        self.styles.push(*style);
        style.inline = style.inline.and(inline);
        style.link = style.link.or(link);
    }

    /// Ends an inline element.
    pub(super) fn end_style(&mut self) {
        if let Some(style) = self.styles.pop() {
            self.builder.writer.style = style;
            self.elements.close_inside(self.styles.len());
        }
    }

    pub(super) fn start_link(&mut self, is_mail: bool, target: &str, source: &Source<'_>) {
        let scheme = if is_mail { "mailto:" } else { "" };
        let target = format!("{scheme}{}", clean_line(&source.restored(target)));
        let link = self.builder.writer.add_link(target, false);
        self.start_style(Inline::LINK, Some(link));
        self.links.push(self.builder.writer.at());
    }

    /// Ends a link. A link without text shows its target, unless that is only an anchor.
    pub(super) fn end_link(&mut self) {
        let writer = &mut self.builder.writer;
        if self.links.pop() == Some(writer.at()) {
            let target = writer.style.link.map(|link| writer.links[link as usize].target.clone()).unwrap_or_default();
            if !target.starts_with('#') {
                writer.write(&target);
            }
        }
        self.end_style();
    }

    /// Begins an image. In a link it has the link's target.
    pub(super) fn start_image(&mut self, target: &str, title: &str, source: &Source<'_>) {
        let writer = &mut self.builder.writer;
        let link = match writer.style.link {
            None => writer.add_link(clean_line(&source.restored(target)).into_owned(), true),
            Some(link) => link,
        };
        self.start_style(Inline::IMAGE, Some(link));
        self.builder.writer.write("[image: ");
        self.images.push((self.builder.writer.at(), clean_line(source.restored(title).trim()).into_owned()));
    }

    /// Ends an image: it shows its alternative text, and its title if that is different.
    pub(super) fn end_image(&mut self) {
        if let Some((start, title)) = self.images.pop() {
            let writer = &mut self.builder.writer;
            writer.drop_pending_space();
            // A comment at the start of the text defers the space before it.
            let is_tight = writer.at() < start;
            let alt = writer.text.get(start as usize..).unwrap_or_default();
            match (alt.is_empty(), title.is_empty()) {
                (true, true) => writer.truncate(start - ": ".len() as u32),
                (true, false) => {
                    if is_tight {
                        writer.request_space(PendingSpace::Space);
                    }
                    writer.write(&title);
                }
                (false, false) if alt != title => writer.write(&format!(" ({title})")),
                _ => {}
            }
            writer.write("]");
        }
        self.end_style();
    }

    pub(super) fn footnote_reference(&mut self, label: &str, line: u32, source: &Source<'_>) {
        self.need_leaf(line);
        let label = clean_line(&source.restored(label)).into_owned();
        let writer = &mut self.builder.writer;
        let link = self.footnotes.refer(&label, line, || writer.add_link(format!("#{label}"), false));
        let around = writer.style;
        writer.style.inline = around.inline.and(Inline::FOOTNOTE);
        writer.style.link = Some(link);
        writer.write(&format!("[{label}]"));
        writer.style = around;
    }
}
