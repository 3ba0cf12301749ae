//! HTML reduced to its text: the meaning of each element to a reader, in running text and in blocks
//! of its own.

use memchr::memmem;

use super::builder::DocumentBuilder;
use super::document::Inline;
use super::html_tokens::{HtmlToken, HtmlTokens, attribute, decode};
use super::writer::{PendingSpace, TextStyle};
use crate::text::{clean, clean_line};

/// How many elements may be open in one leaf; those beyond have no style.
const MAX_OPEN: usize = 64;

/// Begins a list item.
const BULLET: &str = "• ";

/// An element, or a class of elements that read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Styled(Inline),
    Summary,
    Link,
    /// A picture, or what else is shown as `[word: text]`.
    Media(&'static str),
    Break,
    /// Begins and ends on a line of its own.
    Line,
    /// Has empty lines around it.
    Block,
    Heading,
    /// Has empty lines around it, and keeps its lines.
    Preformatted,
    Rule,
    Item,
    Row,
    Cell,
    Ruby,
    Gloss,
    /// Text in quotation marks.
    Quoted,
    /// Raised text.
    Superscript,
    /// Its text is not shown; the name is its tag's.
    Hidden(&'static str),
    /// Only its text counts.
    Unknown,
}

impl Element {
    /// The element of a tag's name.
    fn named(name: &str) -> Self {
        match &*name.to_ascii_lowercase() {
            "b" | "strong" | "mark" => Self::Styled(Inline::STRONG),
            "i" | "em" | "cite" | "dfn" | "var" | "u" | "ins" => Self::Styled(Inline::EMPHASIS),
            "s" | "del" | "strike" => Self::Styled(Inline::STRIKE),
            "code" | "kbd" | "samp" | "tt" => Self::Styled(Inline::CODE),
            "summary" => Self::Summary,
            "a" => Self::Link,
            "img" => Self::Media("image"),
            "video" => Self::Media("video"),
            "audio" => Self::Media("audio"),
            "iframe" | "embed" | "object" => Self::Media("frame"),
            "br" => Self::Break,
            "div" | "section" | "article" | "header" | "footer" | "aside" | "main" | "nav"
            | "center" | "address" | "caption" | "figcaption" | "dt" | "dd" | "option"
            | "legend" | "title" => Self::Line,
            "p" | "ul" | "ol" | "dl" | "table" | "blockquote" | "details" | "figure" | "form" => {
                Self::Block
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "pre" => Self::Preformatted,
            "hr" => Self::Rule,
            "li" => Self::Item,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "ruby" => Self::Ruby,
            "rt" => Self::Gloss,
            "q" => Self::Quoted,
            "sup" => Self::Superscript,
            "rp" => Self::Hidden("rp"),
            "script" => Self::Hidden("script"),
            "style" => Self::Hidden("style"),
            _ => Self::Unknown,
        }
    }

    /// The style that it adds to its text.
    const fn style(self) -> Inline {
        match self {
            Self::Styled(inline) => inline,
            Self::Summary => Inline::SUMMARY,
            Self::Heading => Inline::STRONG,
            _ => Inline::PLAIN,
        }
    }

    const fn breaks_before(self) -> u8 {
        match self {
            Self::Line | Self::Row | Self::Item => 1,
            Self::Summary | Self::Block | Self::Heading | Self::Preformatted => 2,
            _ => 0,
        }
    }

    const fn breaks_after(self) -> u8 {
        match self {
            Self::Line | Self::Row | Self::Item | Self::Summary => 1,
            Self::Block | Self::Heading | Self::Preformatted => 2,
            _ => 0,
        }
    }
}

#[derive(Debug)]
struct OpenElement {
    element: Element,
    around: TextStyle,
    /// How many inline elements of Markdown are open around it.
    depth: usize,
}

/// The elements of HTML that are open in one leaf.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    stack: Vec<OpenElement>,
    /// The open element whose text is not shown.
    hiding: Option<Element>,
    /// Whether the end of a hidden element was searched for in vain: not searching again keeps
    /// hostile input from taking quadratic time.
    has_no_end: bool,
    /// Whether the open row of a table has a cell already.
    has_cell: bool,
}

impl OpenElements {
    /// Forgets the open elements when their leaf ends.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets the elements inside inline elements of Markdown beyond a depth, which have ended.
    pub(super) fn close_inside(&mut self, depth: usize) {
        while self.stack.pop_if(|open| open.depth > depth).is_some() {}
    }

    /// Whether text is not shown now.
    pub(super) const fn is_hiding(&self) -> bool {
        self.hiding.is_some()
    }

    /// Adds a tag in running text; `rest` is the source after it.
    pub(super) fn add_inline(
        &mut self,
        tag: &str,
        rest: &str,
        depth: usize,
        builder: &mut DocumentBuilder,
    ) {
        for token in HtmlTokens::new(tag) {
            match token {
                HtmlToken::Open(name, attributes) => {
                    self.open(Element::named(name), attributes, rest, depth, builder);
                }
                HtmlToken::Close(name) => self.close(Element::named(name), builder),
                HtmlToken::Hidden => builder.writer.defer_last_space(),
                HtmlToken::Text(_) => {}
            }
        }
    }

    pub(super) fn add_block(&mut self, html: &str, builder: &mut DocumentBuilder) {
        let mut tokens = HtmlTokens::new(html);
        while let Some(token) = tokens.next() {
            match token {
                HtmlToken::Text(text) => self.text(text, builder),
                HtmlToken::Open(name, attributes) => {
                    let element = Element::named(name);
                    self.open(element, attributes, tokens.rest(), 0, builder);
                    if self.hiding.take().is_some() {
                        tokens.advance(end_of_hidden(element, tokens.rest()).unwrap_or(0));
                    }
                }
                HtmlToken::Close(name) => self.close(Element::named(name), builder),
                HtmlToken::Hidden => {}
            }
        }
    }

    /// Adds text of a block. White space is one space, as in browsers, except in preformatted text.
    fn text(&self, text: &str, builder: &mut DocumentBuilder) {
        let decoded = decode(text);
        let text = clean(&decoded);
        if self
            .stack
            .iter()
            .any(|open| open.element == Element::Preformatted)
        {
            builder.need_leaf();
            return builder.writer.write_preformatted(&text);
        }
        if text.starts_with([' ', '\t']) {
            builder.writer.request_space(PendingSpace::Space);
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                builder.writer.request_space(PendingSpace::SoftBreak);
            }
            for (index, word) in line.split_ascii_whitespace().enumerate() {
                if index > 0 {
                    builder.writer.request_space(PendingSpace::Space);
                }
                builder.need_leaf();
                builder.writer.write(word);
            }
        }
        let trimmed = text.trim_end_matches([' ', '\t']);
        if trimmed.len() < text.len() && trimmed.ends_with(|c: char| c != '\n') {
            builder.writer.request_space(PendingSpace::Space);
        }
    }

    fn open(
        &mut self,
        element: Element,
        attributes: &str,
        rest: &str,
        depth: usize,
        builder: &mut DocumentBuilder,
    ) {
        let around = builder.writer.style;
        builder.writer.style.inline = around.inline.and(element.style());
        request_lines(element.breaks_before(), builder);
        match element {
            Element::Link => start_link(attributes, builder),
            Element::Media(word) => return put_media(word, attributes, builder),
            Element::Break => return builder.writer.request_break(),
            Element::Rule => return builder.put_html_rule(),
            Element::Item => {
                builder.need_leaf();
                builder.writer.write(BULLET);
            }
            Element::Cell if std::mem::replace(&mut self.has_cell, true) => {
                builder.writer.request_space(PendingSpace::Cell);
            }
            Element::Gloss => {
                builder.need_leaf();
                builder.writer.style.inline = around.inline.and(Inline::RUBY);
                builder.writer.write("（");
            }
            Element::Quoted => {
                builder.need_leaf();
                builder.writer.write("“");
            }
            Element::Superscript
                if is_exponent(rest)
                    && builder
                        .writer
                        .written()
                        .ends_with(|c: char| c.is_alphanumeric() || c == ')') =>
            {
                builder.writer.write("^");
            }
            Element::Hidden(_) => return self.hide(element, rest),
            Element::Unknown => return,
            _ => {}
        }
        self.has_cell &= element != Element::Row;
        if self.stack.len() < MAX_OPEN {
            self.stack.push(OpenElement {
                element,
                around,
                depth,
            });
        } else {
            builder.writer.style = around;
        }
    }

    /// Closes the innermost open element of a kind, and those inside it.
    fn close(&mut self, element: Element, builder: &mut DocumentBuilder) {
        if self.hiding == Some(element) {
            self.hiding = None;
        }
        let Some(index) = self.stack.iter().rposition(|open| open.element == element) else {
            return;
        };
        for open in self.stack.drain(index..).rev() {
            let writer = &mut builder.writer;
            match open.element {
                Element::Gloss if writer.written().ends_with('（') => {
                    writer.truncate(writer.at() - "（".len() as u32);
                }
                Element::Gloss => writer.write_tight("）"),
                Element::Quoted => writer.write_tight("”"),
                element => request_lines(element.breaks_after(), builder),
            }
            builder.writer.style = open.around;
        }
    }

    /// Hides an element if it ends in what follows; otherwise its text is shown.
    fn hide(&mut self, element: Element, rest: &str) {
        if self.has_no_end || end_of_hidden(element, rest).is_none() {
            self.has_no_end = true;
        } else {
            self.hiding = Some(element);
        }
    }
}

/// Begins a link, unless there is one around it.
fn start_link(attributes: &str, builder: &mut DocumentBuilder) {
    let writer = &mut builder.writer;
    if writer.style.link.is_none()
        && let Some(target) = text_attribute(attributes, "href")
    {
        writer.style.link = Some(writer.add_link(target, false));
        writer.style.inline = writer.style.inline.and(Inline::LINK);
    }
}

/// Asks for a number of line breaks, but not between an item's bullet and its text.
fn request_lines(count: u8, builder: &mut DocumentBuilder) {
    if count > 0 && !builder.writer.written().ends_with(BULLET) {
        builder.writer.request_space(PendingSpace::Breaks(count));
    }
}

/// Puts `[image: …]` for an image, or the like for a video, a sound, a frame.
fn put_media(word: &str, attributes: &str, builder: &mut DocumentBuilder) {
    builder.need_leaf();
    let writer = &mut builder.writer;
    let around = writer.style;
    if writer.style.link.is_none() {
        writer.style.link =
            text_attribute(attributes, "src").map(|target| writer.add_link(target, true));
    }
    writer.style.inline = writer.style.inline.and(Inline::IMAGE);
    match text_attribute(attributes, "alt").or_else(|| text_attribute(attributes, "title")) {
        Some(text) => writer.write(&format!("[{word}: {text}]")),
        None => writer.write(&format!("[{word}]")),
    }
    writer.style = around;
}

/// The cleaned text of an attribute, if it has any.
fn text_attribute(attributes: &str, name: &str) -> Option<String> {
    let value = attribute(attributes, name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| clean_line(value).into_owned())
}

/// The length of what precedes the closing tag of a hidden element. An `<rp>` contains only a
/// bracket.
fn end_of_hidden(element: Element, rest: &str) -> Option<usize> {
    let Element::Hidden(name) = element else {
        return None;
    };
    let is_end = |at: &usize| {
        rest.get(at + 2..at + 2 + name.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let mut ends = memmem::find_iter(rest.as_bytes(), b"</");
    if name == "rp" {
        ends.next().filter(is_end).filter(|&end| end < 16)
    } else {
        ends.find(is_end)
    }
}

/// Whether raised text is a figure or a letter: `10<sup>3</sup>` must not read as 103.
fn is_exponent(rest: &str) -> bool {
    let raised = &rest[..memchr::memchr(b'<', rest.as_bytes()).unwrap_or(0)];
    let is_figure = raised
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    let is_letter = raised.len() == 1 && raised.as_bytes()[0].is_ascii_alphabetic();
    !raised.is_empty()
        && raised.len() <= 8
        && (is_figure || is_letter || raised.starts_with(['−', '–']))
}
