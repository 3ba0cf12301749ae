//! From the parser's events to a document.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::builder::DocumentBuilder;
use super::document::{ColumnAlignment, ContainerKind, Document, Inline, LeafKind, PICTURE, Table};
use super::footnotes::{Footnotes, SourceEvent};
use super::html::OpenElements;
use super::source::Source;
use super::writer::{PendingSpace, TextStyle};
use crate::text::clean_line;

#[derive(Debug, Default)]
pub(super) struct EventBuilder<'s> {
    pub(super) builder: DocumentBuilder,
    footnotes: Footnotes<'s>,
    /// The styles around the open inline elements.
    styles: Vec<TextStyle>,
    /// Where the text of the open images begins, and their titles.
    images: Vec<(u32, String)>,
    /// Where the text of the open links begins.
    links: Vec<u32>,
    elements: OpenElements,
    /// The source of the open block of HTML.
    html: String,
    /// Where the innermost block that contains inline elements ends in its source.
    block_end: usize,
    is_in_code: bool,
    /// The cells of the table row so far.
    row_cells: usize,
    /// Where the last cell ends in its source.
    cell_end: usize,
}

impl<'s> EventBuilder<'s> {
    /// Adds a source of Markdown. Footnote definitions are kept for the end; other text of the
    /// definitions is left out.
    pub(super) fn markdown(&mut self, source: &'s Source<'s>) {
        let feeds: Vec<usize> = memchr::memchr_iter(b'\n', source.text.as_bytes()).collect();
        let line_of = |offset| source.line + feeds.partition_point(|&feed| feed < offset) as u32;
        for (event, range) in
            Parser::new_ext(&source.text, options(source.has_math)).into_offset_iter()
        {
            let is_own = range.start < source.own_end;
            let line = (is_own && !matches!(event, Event::End(_))).then(|| line_of(range.start));
            if self.footnotes.is_part(&event) {
                self.footnotes
                    .take(SourceEvent { event, range, line }, source);
            } else if is_own {
                let event = if range.end > source.own_end {
                    shortened(event, source.own_end - range.start)
                } else {
                    event
                };
                self.event(event, &range, line.unwrap_or_default(), source);
            }
        }
        self.builder.end_leaf();
    }

    pub(super) fn finish(mut self) -> Document {
        while let Some(footnote) = self.footnotes.next() {
            if let Some(link) = footnote.link {
                self.builder.writer.links[link as usize].footnote =
                    Some(self.builder.blocks.len() as u32);
            }
            self.builder
                .enter(ContainerKind::Footnote(footnote.label), footnote.line);
            for SourceEvent { event, range, line } in footnote.events {
                self.event(
                    event,
                    &range,
                    line.unwrap_or(footnote.line),
                    footnote.source,
                );
            }
            self.builder.leave();
        }
        self.builder.finish()
    }

    fn event(&mut self, event: Event<'s>, range: &Range<usize>, line: u32, source: &'s Source<'s>) {
        match event {
            Event::Text(text) => self.text(&source.shown(&text, range.start), line),
            Event::Start(tag) => self.start(tag, range, line, source),
            Event::End(tag) => self.end(tag, range, source),
            Event::SoftBreak => self.builder.writer.request_space(PendingSpace::SoftBreak),
            Event::HardBreak => self.builder.writer.request_break(),
            Event::Code(text) => self.styled(&source.shown_literal(&text), Inline::CODE, line),
            Event::InlineMath(text) => {
                self.styled(
                    &format!("${}$", source.shown_literal(&text)),
                    Inline::MATH,
                    line,
                );
            }
            Event::DisplayMath(text) => {
                self.styled(
                    &format!("$${}$$", source.shown_literal(&text)),
                    Inline::MATH,
                    line,
                );
            }
            Event::Html(text) => self.html.push_str(&source.restored(&text)),
            Event::InlineHtml(tag) => {
                self.builder.prepare_paragraph(line);
                let rest = source
                    .text
                    .get(range.end..self.block_end)
                    .unwrap_or_default();
                self.elements.add_inline(
                    &source.restored(&tag),
                    rest,
                    self.styles.len(),
                    &mut self.builder,
                );
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label, line, source),
            Event::Rule => {
                self.builder.begin_leaf(LeafKind::Break, line);
                self.builder.end_leaf();
            }
            Event::TaskListMarker(is_done) => self.builder.task(is_done),
        }
    }

    fn text(&mut self, text: &str, line: u32) {
        if self.is_in_code {
            self.builder.writer.write_code(text);
        } else if !self.elements.is_hiding() {
            self.need_leaf(line);
            self.builder.writer.write_lines(text);
        }
    }

    fn styled(&mut self, text: &str, inline: Inline, line: u32) {
        self.need_leaf(line);
        self.builder.writer.write_styled(text, inline);
    }

    /// Begins the prepared leaf, or a paragraph on a line, unless a leaf is open.
    fn need_leaf(&mut self, line: u32) {
        self.builder.prepare_paragraph(line);
        self.builder.need_leaf();
    }

    fn start(&mut self, tag: Tag<'s>, range: &Range<usize>, line: u32, source: &Source<'_>) {
        if let Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell = tag {
            self.block_end = range.end;
        }
        match tag {
            Tag::Paragraph => self.builder.prepare_leaf(LeafKind::Paragraph, line),
            Tag::Heading { level, .. } => self
                .builder
                .prepare_leaf(LeafKind::Heading(level as u8), line),
            Tag::BlockQuote(_) => self.builder.enter(ContainerKind::Quote, line),
            Tag::List(first) => self.builder.enter_list(first, line),
            Tag::Item => {
                let item = source.text.get(range.clone()).unwrap_or_default();
                let item = item.trim_start();
                let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
                let written = item[..item.len() - rest.len()].parse().ok();
                let mark = if rest.starts_with(')') { ')' } else { '.' };
                self.builder.enter_item(written, mark, line);
            }
            Tag::CodeBlock(kind) => {
                self.is_in_code = true;
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => "",
                };
                self.builder.begin_code(&source.shown_literal(info), line);
            }
            Tag::HtmlBlock => self.builder.prepare_leaf(LeafKind::Html, line),
            Tag::Table(alignments) => self.start_table(&alignments, line),
            Tag::TableHead | Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.start_style(Inline::EMPHASIS, None),
            Tag::Strong => self.start_style(Inline::STRONG, None),
            Tag::Strikethrough => self.start_style(Inline::STRIKE, None),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.need_leaf(line);
                self.start_link(link_type == LinkType::Email, &dest_url, source);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.need_leaf(line);
                self.start_image(&dest_url, &title, source);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>, source: &Source<'_>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.builder.end_leaf();
                self.elements.clear();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.builder.leave();
                self.elements.clear();
            }
            TagEnd::CodeBlock => {
                self.is_in_code = false;
                let writer = &mut self.builder.writer;
                if writer.written().ends_with('\n') {
                    writer.truncate(writer.at() - 1);
                }
                self.builder.end_leaf();
            }
            TagEnd::HtmlBlock => {
                self.elements
                    .add_block(&std::mem::take(&mut self.html), &mut self.builder);
                self.builder.end_leaf();
                self.elements.clear();
            }
            TagEnd::Table => self.builder.end_leaf(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range, source),
            TagEnd::TableCell => self.end_cell(range),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.end_style(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }
}

/// The parser's extensions. Math is on only where there is a formula: otherwise the parser would
/// look at the dollar of every price.
fn options(has_math: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    options.set(Options::ENABLE_MATH, has_math);
    options
}

/// The first bytes of a text event: the rest are the definitions, swallowed by a fence that is
/// never closed.
fn shortened(event: Event<'_>, bytes: usize) -> Event<'_> {
    match event {
        Event::Text(CowStr::Borrowed(text)) if text.is_char_boundary(bytes) => {
            Event::Text(text[..bytes].into())
        }
        Event::Html(CowStr::Borrowed(text)) if text.is_char_boundary(bytes) => {
            Event::Html(text[..bytes].into())
        }
        event => event,
    }
}

/// Inline elements: styles, links, images, footnote references.
impl EventBuilder<'_> {
    /// Begins an inline element: adds a style, and a link unless there is one around it.
    fn start_style(&mut self, inline: Inline, link: Option<u32>) {
        let style = &mut self.builder.writer.style;
        self.styles.push(*style);
        style.inline |= inline;
        style.link = style.link.or(link);
    }

    fn end_style(&mut self) {
        if let Some(style) = self.styles.pop() {
            self.builder.writer.style = style;
            self.elements.close_inside(self.styles.len());
        }
    }

    fn start_link(&mut self, is_mail: bool, target: &str, source: &Source<'_>) {
        let scheme = if is_mail { "mailto:" } else { "" };
        let target = format!("{scheme}{}", clean_line(&source.restored(target)));
        let link = self.builder.writer.add_link(target, false);
        self.start_style(Inline::LINK, Some(link));
        self.links.push(self.builder.writer.at());
    }

    /// Ends a link. A link without text shows its target, unless that is only an anchor.
    fn end_link(&mut self) {
        let writer = &mut self.builder.writer;
        if self.links.pop() == Some(writer.at()) {
            let target = writer
                .style
                .link
                .map(|link| writer.links[link as usize].target.clone())
                .unwrap_or_default();
            if !target.starts_with('#') {
                writer.write(&target);
            }
        }
        self.end_style();
    }

    /// Begins an image. In a link it has the link's target.
    fn start_image(&mut self, target: &str, title: &str, source: &Source<'_>) {
        let writer = &mut self.builder.writer;
        let link = match writer.style.link {
            None => writer.add_link(clean_line(&source.restored(target)).into_owned(), true),
            Some(link) => link,
        };
        if self.builder.writer.ends_with_image() {
            self.builder.writer.request_space(PendingSpace::Space);
        }
        self.start_style(Inline::IMAGE, Some(link));
        self.builder.writer.write(PICTURE);
        self.images.push((
            self.builder.writer.at(),
            clean_line(source.restored(title).trim()).into_owned(),
        ));
    }

    /// Ends an image: it shows its alternative text, and its title if that is different.
    fn end_image(&mut self) {
        if let Some((start, title)) = self.images.pop() {
            let writer = &mut self.builder.writer;
            writer.drop_pending_space();
            // A comment at the start of the text defers the space before it.
            let is_tight = writer.at() < start;
            let alt = writer.text.get(start as usize..).unwrap_or_default();
            match (alt.is_empty(), title.is_empty()) {
                (true, true) => writer.truncate(start - " ".len() as u32),
                (true, false) => {
                    if is_tight {
                        writer.request_space(PendingSpace::Space);
                    }
                    writer.write(&title);
                }
                (false, false) if alt != title => writer.write(&format!(" ({title})")),
                _ => {}
            }
        }
        self.end_style();
    }

    fn footnote_reference(&mut self, label: &str, line: u32, source: &Source<'_>) {
        self.need_leaf(line);
        let label = clean_line(&source.restored(label)).into_owned();
        let writer = &mut self.builder.writer;
        let link = self
            .footnotes
            .refer(&label, line, || writer.add_link(format!("#{label}"), false));
        let around = writer.style;
        writer.style.inline = around.inline | Inline::FOOTNOTE;
        writer.style.link = Some(link);
        writer.write(&format!("[{label}]"));
        writer.style = around;
    }
}

/// Tables: cells separated by tabs, rows by line feeds.
impl EventBuilder<'_> {
    fn start_table(&mut self, alignments: &[Alignment], line: u32) {
        let index = self.builder.tables.len() as u32;
        self.builder.begin_leaf(LeafKind::Table(index), line);
        let alignments = alignments.iter().map(|alignment| match alignment {
            Alignment::None => ColumnAlignment::None,
            Alignment::Left => ColumnAlignment::Left,
            Alignment::Center => ColumnAlignment::Centre,
            Alignment::Right => ColumnAlignment::Right,
        });
        self.builder.tables.push(Table {
            alignments: alignments.collect(),
            cells: Vec::new(),
        });
    }

    fn start_row(&mut self) {
        if self
            .builder
            .tables
            .last()
            .is_some_and(|table| !table.cells.is_empty())
        {
            self.builder.writer.text.push('\n');
        }
        self.row_cells = 0;
    }

    fn start_cell(&mut self) {
        if self.row_cells > 0 {
            self.builder.writer.text.push('\t');
        }
        self.builder.writer.begin();
    }

    fn end_cell(&mut self, source_range: &Range<usize>) {
        self.cell_end = source_range.end;
        self.put_cell();
    }

    fn put_cell(&mut self) {
        let writer = &mut self.builder.writer;
        writer.end();
        let range = writer.at() - writer.written().len() as u32..writer.at();
        if let Some(table) = self.builder.tables.last_mut() {
            match table.cells.last_mut() {
                // Text beyond the last column joins the last cell.
                Some(last) if self.row_cells >= table.alignments.len() => last.end = range.end,
                _ => table.cells.push(range),
            }
        }
        self.row_cells += 1;
        self.elements.clear();
    }

    /// Ends a row: missing cells are empty, and the text of surplus cells, which the parser drops,
    /// goes into the last cell.
    fn end_row(&mut self, range: &Range<usize>, source: &Source<'_>) {
        let columns = self
            .builder
            .tables
            .last()
            .map_or(0, |table| table.alignments.len());
        if self.row_cells >= columns {
            let surplus = source
                .text
                .get(self.cell_end..range.end.min(source.own_end))
                .unwrap_or_default();
            let surplus = surplus.trim_matches(|c: char| c == '|' || c.is_ascii_whitespace());
            if !surplus.is_empty() {
                self.builder.writer.request_space(PendingSpace::Space);
                self.builder
                    .writer
                    .write_lines(&source.shown_literal(surplus));
                self.put_cell();
            }
        }
        while self.row_cells < columns {
            self.start_cell();
            self.put_cell();
        }
    }
}
