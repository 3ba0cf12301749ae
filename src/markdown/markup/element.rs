//! The elements of HTML, by what they mean to a reader of text.

use crate::markdown::document::Inline;

/// An element, or a class of elements that read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Its text has a style.
    Styled(Inline),
    /// The summary of a `<details>`.
    Summary,
    /// A link.
    Link,
    /// A picture, or what else is shown as `[word: text]`.
    Image(&'static str),
    /// A line break.
    Break,
    /// Begins and ends on a line of its own.
    Line,
    /// Stands apart with empty lines around it.
    Block,
    /// A heading: stands apart, and is strong.
    Heading,
    /// Stands apart, and its lines are as they are.
    Preformatted,
    /// A thematic break.
    Rule,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// Characters with a gloss.
    Ruby,
    /// The gloss itself.
    Gloss,
    /// Text in quotation marks.
    Quoted,
    /// Raised text.
    Raised,
    /// Its text is not for reading; the name is its tag's.
    Hidden(&'static str),
    /// Only its text counts.
    Unknown,
}

impl Element {
    /// The element of a tag's name.
    pub(super) fn named(name: &str) -> Self {
        // No name that means anything here is longer.
        let mut lower = [0; 10];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Unknown };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"b" | b"strong" | b"mark" => Self::Styled(Inline::STRONG),
            b"i" | b"em" | b"cite" | b"dfn" | b"var" | b"u" | b"ins" => Self::Styled(Inline::EMPHASIS),
            b"s" | b"del" | b"strike" => Self::Styled(Inline::STRIKE),
            b"code" | b"kbd" | b"samp" | b"tt" => Self::Styled(Inline::CODE),
            b"summary" => Self::Summary,
            b"a" => Self::Link,
            b"img" => Self::Image("image"),
            b"video" => Self::Image("video"),
            b"audio" => Self::Image("audio"),
            b"iframe" | b"embed" | b"object" => Self::Image("frame"),
            b"br" => Self::Break,
            b"div" | b"section" | b"article" | b"header" | b"footer" | b"aside" | b"main" | b"nav" | b"center"
            | b"address" | b"caption" | b"figcaption" | b"dt" | b"dd" | b"option" | b"legend" | b"title" => Self::Line,
            b"p" | b"ul" | b"ol" | b"dl" | b"table" | b"blockquote" | b"details" | b"figure" | b"form" => Self::Block,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"pre" => Self::Preformatted,
            b"hr" => Self::Rule,
            b"li" => Self::Item,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"ruby" => Self::Ruby,
            b"rt" => Self::Gloss,
            b"q" => Self::Quoted,
            b"sup" => Self::Raised,
            b"rp" => Self::Hidden("rp"),
            b"script" => Self::Hidden("script"),
            b"style" => Self::Hidden("style"),
            _ => Self::Unknown,
        }
    }
}
