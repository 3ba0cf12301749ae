//! What a piece of a row is, for the theme to colour.

use crate::markdown::Inline;

/// The role of a piece: what it is, and the inline styles on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// What it is.
    pub kind: Kind,
    /// The inline styles on it.
    pub inline: Inline,
}

/// What a piece of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Running text.
    Text,
    /// A heading's text, by level.
    Heading(u8),
    /// A label's text.
    Label,
    /// The text of a quotation.
    Quote,
    /// A line of a code block.
    Code,
    /// A block of HTML reduced to its text.
    Html,
    /// A cell of a table's head.
    TableHead,
    /// A table's lines.
    TableRule,
    /// The bar before a quotation.
    QuoteBar,
    /// A list item's bullet, number or box.
    Marker,
    /// A footnote's text.
    Footnote,
    /// A thematic break.
    Rule,
    /// A line of pinyin above a line of Chinese.
    Pinyin,
}

impl Role {
    /// A role with no inline style.
    pub const fn of(kind: Kind) -> Self {
        Self { kind, inline: Inline::PLAIN }
    }
}
