//! HTML reduced to its text: what each element means to a reader, in running text and in blocks of its own.

mod element;

use element::Element;
use memchr::memmem;

use super::builder::Builder;
use super::document::{Inline, LeafKind, Link};
use super::html::{Token, Tokens, attribute, decode};
use super::pen::{Gap, Style};
use crate::text::{clean, clean_line};

/// How many elements may be open in one leaf; those beyond have no style.
const MAX_OPEN: usize = 64;

/// What stands before an item.
const BULLET: &str = "• ";

/// An element that is open.
#[derive(Debug)]
struct Open {
    element: Element,
    /// The style around it.
    around: Style,
    /// How many inline elements of Markdown were open around it.
    depth: usize,
}

/// The elements of HTML that are open in one leaf.
#[derive(Debug, Default)]
pub(super) struct Markup {
    open: Vec<Open>,
    /// Whether a script or the like is open, whose text is not shown.
    hiding: Option<Element>,
    /// Whether the end of a hidden element was sought in vain, so that no search is made twice.
    no_end: bool,
    /// Whether the row of a table that is open has a cell already.
    in_row: bool,
}

impl Markup {
    /// Forgets the elements that are open: the leaf has ended.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        *self = Self { open: std::mem::take(&mut self.open), ..Self::default() };
    }

    /// Forgets the elements that were opened within inline elements of Markdown that have ended.
    pub(super) fn leave_depth(&mut self, depth: usize) {
        while self.open.pop_if(|open| open.depth > depth).is_some() {}
    }

    /// Whether text is not shown now.
    pub(super) const fn is_hiding(&self) -> bool {
        self.hiding.is_some()
    }

    /// Puts a tag that stands in running text; `rest` is what follows it there.
    pub(super) fn inline(&mut self, tag: &str, rest: &str, depth: usize, builder: &mut Builder) {
        for token in Tokens::new(tag) {
            match token {
                Token::Open(name, attributes) => self.start(Element::named(name), attributes, rest, depth, builder),
                Token::Close(name) => self.end(Element::named(name), builder),
                Token::Hidden => builder.pen.loosen(),
                Token::Text(_) => {}
            }
        }
    }

    /// Puts a block of HTML.
    pub(super) fn block(&mut self, html: &str, builder: &mut Builder) {
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(text) => self.text(text, builder),
                Token::Open(name, attributes) => {
                    let element = Element::named(name);
                    self.start(element, attributes, tokens.rest(), 0, builder);
                    if self.hiding.take().is_some() {
                        tokens.advance(end_of(element, tokens.rest()).unwrap_or(0));
                    }
                }
                Token::Close(name) => self.end(Element::named(name), builder),
                Token::Hidden => {}
            }
        }
    }

    /// Puts text of a block: white space is one space, as browsers have it, but in preformatted text.
    fn text(&mut self, text: &str, builder: &mut Builder) {
        let decoded = decode(text);
        let text = clean(&decoded);
        if self.open.iter().any(|open| open.element == Element::Preformatted) {
            builder.need_leaf(0);
            return builder.pen.write_preformatted(&text);
        }
        let mut lines = text.split('\n').peekable();
        let mut first = true;
        while let Some(line) = lines.next() {
            if !std::mem::take(&mut first) {
                builder.pen.owe(Gap::Soft);
            } else if line.starts_with([' ', '\t']) {
                builder.pen.owe(Gap::Space);
            }
            for (index, word) in line.split_ascii_whitespace().enumerate() {
                if index > 0 {
                    builder.pen.owe(Gap::Space);
                }
                builder.need_leaf(0);
                builder.pen.write(word);
            }
            if lines.peek().is_none() && line.ends_with([' ', '\t']) && !line.trim_ascii().is_empty() {
                builder.pen.owe(Gap::Space);
            }
        }
    }

    /// Begins an element.
    fn start(&mut self, element: Element, attributes: &str, rest: &str, depth: usize, builder: &mut Builder) {
        let style = &mut builder.pen.style;
        let around = *style;
        match element {
            Element::Styled(inline) => style.inline = style.inline.and(inline),
            Element::Summary => {
                style.inline = style.inline.and(Inline::SUMMARY);
                owe_lines(2, builder);
            }
            Element::Heading => {
                style.inline = style.inline.and(Inline::STRONG);
                owe_lines(2, builder);
            }
            Element::Link => link(attributes, builder),
            Element::Image(word) => return picture(word, attributes, builder),
            Element::Break => return builder.pen.owe_break(),
            Element::Line | Element::Row => owe_lines(1, builder),
            Element::Block | Element::Preformatted => owe_lines(2, builder),
            Element::Rule => return builder.rule(),
            Element::Item => {
                owe_lines(1, builder);
                builder.need_leaf(0);
                builder.pen.write(BULLET);
            }
            Element::Cell if std::mem::replace(&mut self.in_row, true) => builder.pen.owe(Gap::Cell),
            Element::Gloss => {
                builder.need_leaf(0);
                builder.pen.style.inline = around.inline.and(Inline::RUBY);
                builder.pen.write("（");
            }
            Element::Quoted => {
                builder.need_leaf(0);
                builder.pen.write("“");
            }
            Element::Raised
                if is_exponent(rest) && builder.pen.written().ends_with(|c: char| c.is_alphanumeric() || c == ')') =>
            {
                builder.pen.write("^");
            }
            Element::Hidden(_) => return self.hide(element, rest),
            Element::Cell | Element::Raised | Element::Ruby => {}
            Element::Unknown => return,
        }
        self.in_row &= element != Element::Row;
        if self.open.len() < MAX_OPEN {
            self.open.push(Open { element, around, depth });
        } else {
            builder.pen.style = around;
        }
    }

    /// Ends the innermost open element of a kind, and those in it.
    fn end(&mut self, element: Element, builder: &mut Builder) {
        if self.hiding == Some(element) {
            self.hiding = None;
        }
        let Some(index) = self.open.iter().rposition(|open| open.element == element) else { return };
        for open in self.open.drain(index..).rev() {
            let pen = &mut builder.pen;
            match open.element {
                Element::Gloss if pen.written().ends_with('（') => pen.retract(pen.at() - "（".len() as u32),
                Element::Gloss => pen.write_tight("）"),
                Element::Quoted => pen.write_tight("”"),
                Element::Line | Element::Item | Element::Row | Element::Summary => owe_lines(1, builder),
                Element::Block | Element::Heading | Element::Preformatted => owe_lines(2, builder),
                _ => {}
            }
            builder.pen.style = open.around;
        }
    }

    /// Hides an element if it ends in what follows; else its text is shown.
    fn hide(&mut self, element: Element, rest: &str) {
        if self.no_end || end_of(element, rest).is_none() {
            self.no_end = true;
        } else {
            self.hiding = Some(element);
        }
    }
}

/// Begins a link, where there is none around it.
fn link(attributes: &str, builder: &mut Builder) {
    if builder.pen.style.link.is_some() {
        return;
    }
    let Some(target) = attribute(attributes, "href").filter(|target| !target.trim().is_empty()) else { return };
    let target = clean_line(target.trim()).into_owned();
    let link = builder.pen.add_link(Link { target, image: false, footnote: None });
    builder.pen.style.link = Some(link);
    builder.pen.style.inline = builder.pen.style.inline.and(Inline::LINK);
}

/// Owes so many line breaks, but not between an item's bullet and its text.
fn owe_lines(count: u8, builder: &mut Builder) {
    if !builder.pen.written().ends_with(BULLET) {
        builder.pen.owe(Gap::Break(count));
    }
}

/// Puts the stand-in of an image, or of a film, a sound, a frame.
fn picture(word: &str, attributes: &str, builder: &mut Builder) {
    let text = |name| attribute(attributes, name).filter(|text| !text.trim().is_empty());
    let said = text("alt").or_else(|| text("title")).map(|said| clean_line(said.trim()).into_owned());
    builder.need_leaf(0);
    let pen = &mut builder.pen;
    let around = pen.style;
    if pen.style.link.is_none() {
        pen.style.link = text("src").map(|target| {
            let target = clean_line(target.trim()).into_owned();
            pen.add_link(Link { target, image: true, footnote: None })
        });
    }
    pen.style.inline = pen.style.inline.and(Inline::IMAGE);
    match said {
        Some(said) => pen.write(&format!("[{word}: {said}]")),
        None => pen.write(&format!("[{word}]")),
    }
    pen.style = around;
}

/// The length of what comes before the closing tag of a hidden element. Only a bracket stands in an `<rp>`.
fn end_of(element: Element, rest: &str) -> Option<usize> {
    let Element::Hidden(name) = element else { return None };
    let is_end =
        |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    let mut ends = memmem::find_iter(rest.as_bytes(), b"</");
    if name == "rp" { ends.next().filter(is_end).filter(|&end| end < 16) } else { ends.find(is_end) }
}

/// Says whether raised text is a figure or a letter, so that `10<sup>3</sup>` must not read as 103.
fn is_exponent(rest: &str) -> bool {
    let raised = &rest[..memchr::memchr(b'<', rest.as_bytes()).unwrap_or(0)];
    let figure = raised.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    !raised.is_empty()
        && raised.len() <= 8
        && (figure
            || (raised.len() == 1 && raised.as_bytes()[0].is_ascii_alphabetic())
            || raised.starts_with(['−', '–']))
}

impl Builder {
    /// Puts a rule: a thematic break where it stands between blocks of HTML, a line break in running text.
    fn rule(&mut self) {
        match self.html_line() {
            Some(line) => {
                self.begin_leaf(LeafKind::Break, line);
                self.want(LeafKind::Html, line);
            }
            None => self.pen.owe_break(),
        }
    }
}
