//! HTML reduced to its text: the meaning of each element to a reader, in running text and in blocks
//! of its own.

use memchr::memmem;

use super::builder::DocumentBuilder;
use super::document::{Inline, PICTURE};
use super::html_tokens::{HtmlToken, HtmlTokens, decode};
use super::writer::{PendingSpace, TextStyle};
use crate::text::{clean, clean_line, html_attribute};

/// How many elements may be open in one leaf; those beyond have no style.
const MAX_OPEN: usize = 64;

/// Begins a list item.
const BULLET: &str = "• ";

/// What an element does beside giving its text a style and lines of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ElementRole {
    Text,
    Link,
    /// A picture, or what else is shown as `[word: text]`.
    Media(&'static str),
    Break,
    /// Keeps its lines.
    Preformatted,
    Rule,
    Item,
    Row,
    Cell,
    Gloss,
    /// Text in quotation marks.
    Quoted,
    /// Raised text.
    Superscript,
    /// Its text is not shown; the name is its tag's.
    Hidden(&'static str),
}

/// Elements that read alike: their names, and how many line breaks come before and after them.
#[derive(Debug, PartialEq, Eq)]
struct Element(&'static str, ElementRole, Inline, [u8; 2]);

/// The elements of which more than the text counts.
#[rustfmt::skip]
static ELEMENTS: [Element; 28] = [
    Element("b strong mark", ElementRole::Text, Inline::STRONG, [0, 0]),
    Element("i em cite dfn var", ElementRole::Text, Inline::EMPHASIS, [0, 0]),
    Element("u ins", ElementRole::Text, Inline::UNDERLINE, [0, 0]),
    Element("s del strike", ElementRole::Text, Inline::STRIKE, [0, 0]),
    Element("code kbd samp tt", ElementRole::Text, Inline::CODE, [0, 0]),
    Element("summary", ElementRole::Text, Inline::SUMMARY, [2, 1]),
    Element("a", ElementRole::Link, Inline::empty(), [0, 0]),
    Element("img", ElementRole::Media("image"), Inline::empty(), [0, 0]),
    Element("video", ElementRole::Media("video"), Inline::empty(), [0, 0]),
    Element("audio", ElementRole::Media("audio"), Inline::empty(), [0, 0]),
    Element("iframe embed object", ElementRole::Media("frame"), Inline::empty(), [0, 0]),
    Element("br", ElementRole::Break, Inline::empty(), [0, 0]),
    Element("div section article header footer aside main nav center address", ElementRole::Text, Inline::empty(), [1, 1]),
    Element("caption figcaption dt dd option legend title", ElementRole::Text, Inline::empty(), [1, 1]),
    Element("p ul ol dl table blockquote details figure form", ElementRole::Text, Inline::empty(), [2, 2]),
    Element("h1 h2 h3 h4 h5 h6", ElementRole::Text, Inline::STRONG, [2, 2]),
    Element("pre", ElementRole::Preformatted, Inline::empty(), [2, 2]),
    Element("hr", ElementRole::Rule, Inline::empty(), [0, 0]),
    Element("li", ElementRole::Item, Inline::empty(), [1, 1]),
    Element("tr", ElementRole::Row, Inline::empty(), [1, 1]),
    Element("td th", ElementRole::Cell, Inline::empty(), [0, 0]),
    Element("ruby", ElementRole::Text, Inline::empty(), [0, 0]),
    Element("rt", ElementRole::Gloss, Inline::RUBY, [0, 0]),
    Element("q", ElementRole::Quoted, Inline::empty(), [0, 0]),
    Element("sup", ElementRole::Superscript, Inline::empty(), [0, 0]),
    Element("rp", ElementRole::Hidden("rp"), Inline::empty(), [0, 0]),
    Element("script", ElementRole::Hidden("script"), Inline::empty(), [0, 0]),
    Element("style", ElementRole::Hidden("style"), Inline::empty(), [0, 0]),
];

/// The element of a tag's name.
fn element(name: &str) -> Option<&'static Element> {
    let is_named = |known: &str| name.eq_ignore_ascii_case(known);
    ELEMENTS
        .iter()
        .find(|Element(names, ..)| names.split(' ').any(is_named))
}

#[derive(Debug)]
struct OpenElement {
    element: &'static Element,
    around: TextStyle,
    /// How many inline elements of Markdown are open around it.
    depth: usize,
}

/// The elements of HTML that are open in one leaf.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    stack: Vec<OpenElement>,
    /// The open element whose text is not shown.
    hiding: Option<&'static Element>,
    /// Whether the end of a hidden element was searched for and not found: not searching again keeps
    /// hostile input from taking quadratic time.
    has_no_end: bool,
    /// Whether the open row of a table has a cell already.
    has_cell: bool,
}

impl OpenElements {
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets the elements inside inline elements of Markdown beyond a depth, which have ended.
    pub(super) fn close_inside(&mut self, depth: usize) {
        while self.stack.pop_if(|open| open.depth > depth).is_some() {}
    }

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
                    self.open(name, attributes, rest, depth, builder);
                }
                HtmlToken::Close(name) => self.close(name, builder),
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
                    self.open(name, attributes, tokens.rest(), 0, builder);
                    if let Some(element) = self.hiding.take() {
                        tokens.advance(end_of_hidden(element, tokens.rest()).unwrap_or(0));
                    }
                }
                HtmlToken::Close(name) => self.close(name, builder),
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
            .any(|open| open.element.1 == ElementRole::Preformatted)
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
        name: &str,
        attributes: &str,
        rest: &str,
        depth: usize,
        builder: &mut DocumentBuilder,
    ) {
        let Some(element) = element(name) else { return };
        let Element(_, role, style, [breaks, _]) = element;
        let around = builder.writer.style;
        builder.writer.style.inline = around.inline | *style;
        request_lines(*breaks, builder);
        match role {
            ElementRole::Link => start_link(attributes, builder),
            ElementRole::Media(word) => return put_media(word, attributes, builder),
            ElementRole::Break => return builder.writer.request_break(),
            ElementRole::Rule => return builder.put_html_rule(),
            ElementRole::Item => {
                builder.need_leaf();
                builder.writer.write(BULLET);
            }
            ElementRole::Cell if std::mem::replace(&mut self.has_cell, true) => {
                builder.writer.request_space(PendingSpace::Cell);
            }
            ElementRole::Gloss => {
                builder.need_leaf();
                builder.writer.write("（");
            }
            ElementRole::Quoted => {
                builder.need_leaf();
                builder.writer.write("“");
            }
            ElementRole::Superscript
                if is_exponent(rest)
                    && builder
                        .writer
                        .written()
                        .ends_with(|c: char| c.is_alphanumeric() || c == ')') =>
            {
                builder.writer.write("^");
            }
            ElementRole::Hidden(_) => return self.hide(element, rest),
            _ => {}
        }
        self.has_cell &= *role != ElementRole::Row;
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
    fn close(&mut self, name: &str, builder: &mut DocumentBuilder) {
        let Some(element) = element(name) else { return };
        self.hiding.take_if(|hiding| *hiding == element);
        let Some(index) = self.stack.iter().rposition(|open| open.element == element) else {
            return;
        };
        for open in self.stack.drain(index..).rev() {
            let writer = &mut builder.writer;
            let Element(_, role, _, [_, breaks]) = open.element;
            match role {
                ElementRole::Gloss if writer.written().ends_with('（') => {
                    writer.truncate(writer.at() - "（".len() as u32);
                }
                ElementRole::Gloss => writer.write_tight("）"),
                ElementRole::Quoted => writer.write_tight("”"),
                _ => request_lines(*breaks, builder),
            }
            builder.writer.style = open.around;
        }
    }

    /// Hides an element if it ends in what follows; otherwise its text is shown.
    fn hide(&mut self, element: &'static Element, rest: &str) {
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
        writer.style.inline |= Inline::LINK;
    }
}

/// Asks for a number of line breaks, but not between an item's bullet and its text.
fn request_lines(count: u8, builder: &mut DocumentBuilder) {
    if count > 0 && !builder.writer.written().ends_with(BULLET) {
        builder.writer.request_space(PendingSpace::Breaks(count));
    }
}

/// Puts `▣ …` for an image, or `[video: …]` and the like for a video, a sound, a frame.
fn put_media(word: &str, attributes: &str, builder: &mut DocumentBuilder) {
    builder.need_leaf();
    let writer = &mut builder.writer;
    let around = writer.style;
    if writer.style.link.is_none() {
        writer.style.link =
            text_attribute(attributes, "src").map(|target| writer.add_link(target, true));
    }
    writer.style.inline |= Inline::IMAGE;
    let text = text_attribute(attributes, "alt").or_else(|| text_attribute(attributes, "title"));
    let is_picture = word == "image";
    writer.write(&match text {
        Some(text) if is_picture => format!("{PICTURE}{text}"),
        Some(text) => format!("[{word}: {text}]"),
        None if is_picture => PICTURE.trim_end().to_owned(),
        None => format!("[{word}]"),
    });
    writer.style = around;
}

/// The cleaned text of an attribute, if it has any.
fn text_attribute(attributes: &str, name: &str) -> Option<String> {
    let value = decode(html_attribute(attributes, name)?);
    let value = value.trim();
    (!value.is_empty()).then(|| clean_line(value).into_owned())
}

/// The length of what precedes the closing tag of a hidden element. An `<rp>` contains only a
/// bracket.
fn end_of_hidden(element: &Element, rest: &str) -> Option<usize> {
    let ElementRole::Hidden(name) = element.1 else {
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
