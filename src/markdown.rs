//! Text to [`Document`]: the blocks and inline styles of CommonMark and its common extensions, as a
//! reader sees them.
//!
//! Pure, and ignorant of articles and screens. The only door to `pulldown-cmark`.
//!
//! A source is prepared for the parser (`source`), the parser's events (`events`) drive a builder
//! of blocks and containers (`builder`), and the builder's writer (`writer`) puts cleaned text and
//! styles into one string.

mod blocks;
mod builder;
#[cfg(test)]
#[path = "markdown/check_tests.rs"]
mod check;
mod document;
#[cfg(test)]
#[path = "markdown/dump_tests.rs"]
mod dump;
mod edit;
mod emphasis;
mod events;
mod footnotes;
mod html;
mod html_tokens;
mod math;
mod parse;
mod source;
mod url;
mod writer;

pub use blocks::{BlockTexts, block_texts};
pub use document::{
    Block, BlockKind, ColumnAlignment, Container, ContainerKind, Document, Inline, Leaf, LeafKind,
    Link, Marker, PICTURE, StyleRun, Table,
};
pub use parse::{label_words, parse};
pub use url::{can_open, relative_path};
