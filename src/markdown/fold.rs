//! The fold over the parser's events: each event changes the builder a little, and at the end stands the document.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::Builder;
use super::document::{Document, Inline, LeafKind};
use super::footnotes::Footnotes;
use super::frame::Frame;
use super::lines::LineCounter;
use super::markup::Markup;
use super::pen::{Gap, Style};
use super::source::Source;

mod spans;
mod tables;

/// Folds the events of sources into a document.
pub(super) struct Folder<'s> {
    /// What is built.
    pub(super) builder: Builder,
    footnotes: Footnotes<'s>,
    /// The styles around the inline elements that are open.
    styles: Vec<Style>,
    /// The images that are open: where their text begins, and their title.
    images: Vec<(u32, String)>,
    /// The links that are open: where their text begins.
    links: Vec<u32>,
    markup: Markup,
    /// The source of the block of HTML that is open.
    html: String,
    /// Where the block that holds the inline elements ends in its source.
    block_end: usize,
    /// Whether the leaf that is open is code.
    in_code: bool,
    /// The rows of the table that is open, and the cells of its row.
    rows: usize,
    cells: usize,
    /// Where the cell that ended last ends in its source.
    cell_end: usize,
}

/// What the events of one source are folded with.
struct Context<'s, 'c> {
    source: &'s Source<'s>,
    lines: &'c mut dyn FnMut(usize) -> u32,
}

impl<'s> Folder<'s> {
    /// Folds into a builder.
    pub(super) fn new(builder: Builder) -> Self {
        Self {
            builder,
            footnotes: Footnotes::default(),
            styles: Vec::new(),
            images: Vec::new(),
            links: Vec::new(),
            markup: Markup::default(),
            html: String::new(),
            block_end: 0,
            in_code: false,
            rows: 0,
            cells: 0,
            cell_end: 0,
        }
    }

    /// Folds a source of Markdown. Footnotes' definitions are kept for the end, other text of the definitions is left out.
    pub(super) fn markdown(&mut self, source: &'s Source<'s>) {
        let mut counter = LineCounter::new(&source.text, source.line);
        for (event, range) in Parser::new_ext(&source.text, options(source.math)).into_offset_iter() {
            if self.footnotes.concerns(&event) {
                self.footnotes.take(event, range, source, &mut counter);
                continue;
            }
            if range.start >= source.own {
                continue;
            }
            let event = if range.end > source.own { shortened(event, source.own - range.start) } else { event };
            self.event(event, range, &mut Context { source, lines: &mut |offset| counter.line_of(offset) });
        }
        self.builder.end_leaf();
    }

    /// Puts the footnotes, and gives the document.
    pub(super) fn finish(mut self) -> Document {
        while let Some(definition) = self.footnotes.next() {
            if let Some(link) = definition.link {
                self.builder.pen.links[link as usize].footnote = Some(self.builder.blocks.len() as u32);
            }
            self.builder.enter(Frame::Footnote { label: definition.label, line: definition.line }, definition.line);
            for (event, range, line) in definition.events {
                self.event(
                    event,
                    range,
                    &mut Context { source: definition.source, lines: &mut |_| line.unwrap_or(definition.line) },
                );
            }
            self.builder.leave();
        }
        self.builder.finish()
    }

    fn event(&mut self, event: Event<'s>, range: Range<usize>, context: &mut Context<'s, '_>) {
        let source = context.source;
        match event {
            Event::Text(text) => self.text(&text, &range, context),
            Event::Start(tag) => self.start(tag, &range, context),
            Event::End(tag) => self.end(tag, &range, source),
            Event::SoftBreak => self.builder.pen.owe(Gap::Soft),
            Event::HardBreak => self.builder.pen.owe_break(),
            Event::Code(text) => self.styled(&source.shown_code(&text), Inline::CODE, &range, context),
            Event::InlineMath(text) => {
                self.styled(&format!("${}$", source.shown_code(&text)), Inline::MATH, &range, context);
            }
            Event::DisplayMath(text) => {
                self.styled(&format!("$${}$$", source.shown_code(&text)), Inline::MATH, &range, context);
            }
            Event::Html(text) => self.html.push_str(&source.restored(&text)),
            Event::InlineHtml(text) => self.inline_html(&text, &range, context),
            Event::FootnoteReference(label) => self.reference(&label, &range, context),
            Event::Rule => {
                self.builder.begin_leaf(LeafKind::Break, (context.lines)(range.start));
                self.builder.end_leaf();
            }
            Event::TaskListMarker(done) => self.builder.task(done),
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>, context: &mut Context<'s, '_>) {
        let shown = context.source.shown(text, range.start);
        if self.in_code {
            return self.builder.pen.write_code(&shown);
        }
        if self.markup.is_hiding() {
            return;
        }
        self.need_leaf(range, context);
        self.builder.pen.write_lines(&shown);
    }

    fn need_leaf(&mut self, range: &Range<usize>, context: &mut Context<'s, '_>) {
        if !self.builder.in_leaf() {
            let line = if self.builder.is_ready() { 0 } else { (context.lines)(range.start) };
            self.builder.need_leaf(line);
        }
    }

    fn styled(&mut self, text: &str, inline: Inline, range: &Range<usize>, context: &mut Context<'s, '_>) {
        self.need_leaf(range, context);
        let pen = &mut self.builder.pen;
        let around = pen.style;
        pen.style.inline = around.inline.and(inline);
        pen.write_lines(text);
        pen.style = around;
    }

    fn start(&mut self, tag: Tag<'s>, range: &Range<usize>, context: &mut Context<'s, '_>) {
        let builder = &mut self.builder;
        match tag {
            Tag::Paragraph => {
                self.block_end = range.end;
                builder.want(LeafKind::Paragraph, (context.lines)(range.start));
            }
            Tag::Heading { level, .. } => {
                self.block_end = range.end;
                builder.want(LeafKind::Heading(level as u8), (context.lines)(range.start));
            }
            Tag::BlockQuote(_) => builder.enter(Frame::Quote, (context.lines)(range.start)),
            Tag::List(first) => builder.enter(Frame::List(first), (context.lines)(range.start)),
            Tag::Item => {
                self.block_end = range.end;
                builder.enter_item((context.lines)(range.start));
            }
            Tag::CodeBlock(_) => {
                self.in_code = true;
                builder.begin_leaf(LeafKind::Code, (context.lines)(range.start));
            }
            Tag::HtmlBlock => {
                self.html.clear();
                builder.want(LeafKind::Html, (context.lines)(range.start));
            }
            Tag::Table(alignments) => self.table(&alignments, (context.lines)(range.start)),
            Tag::TableHead | Tag::TableRow => self.row(),
            Tag::TableCell => {
                self.block_end = range.end;
                self.cell();
            }
            Tag::Emphasis => self.style(Inline::EMPHASIS, None),
            Tag::Strong => self.style(Inline::STRONG, None),
            Tag::Strikethrough => self.style(Inline::STRIKE, None),
            Tag::Link { link_type, dest_url, .. } => {
                self.need_leaf(range, context);
                self.link(link_type == LinkType::Email, &dest_url, context.source);
            }
            Tag::Image { dest_url, title, .. } => {
                self.need_leaf(range, context);
                self.image(&dest_url, &title, context.source);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>, source: &Source<'_>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.builder.end_leaf();
                self.markup.clear();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.builder.leave();
                self.markup.clear();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.builder.pen.end_code();
                self.builder.end_leaf();
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.markup.block(&html, &mut self.builder);
                self.html = html;
                self.builder.end_leaf();
                self.markup.clear();
            }
            TagEnd::Table => self.builder.end_leaf(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range, source),
            TagEnd::TableCell => self.end_cell(range),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.unstyle(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    /// Begins an inline element: a style is added, and a link where there is none around it.
    fn style(&mut self, inline: Inline, link: Option<u32>) {
        let pen = &mut self.builder.pen;
        self.styles.push(pen.style);
        pen.style.inline = pen.style.inline.and(inline);
        pen.style.link = pen.style.link.or(link);
    }

    /// Ends an inline element.
    fn unstyle(&mut self) {
        if let Some(style) = self.styles.pop() {
            self.builder.pen.style = style;
            self.markup.leave_depth(self.styles.len());
        }
    }
}

/// The parser's extensions. Mathematics only where it was found: else every dollar of a price would be looked at.
fn options(math: bool) -> Options {
    let mut options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    options.set(Options::ENABLE_MATH, math);
    options
}

/// A text event without what lies beyond so many bytes: the definitions, swallowed by a fence that is never closed.
fn shortened(event: Event<'_>, bytes: usize) -> Event<'_> {
    match event {
        Event::Text(CowStr::Borrowed(text)) if text.is_char_boundary(bytes) => Event::Text(text[..bytes].into()),
        Event::Html(CowStr::Borrowed(text)) if text.is_char_boundary(bytes) => Event::Html(text[..bytes].into()),
        event => event,
    }
}
