//! Text to [`Document`]: the blocks and inline styles of CommonMark and its common extensions, as a reader sees them.
//!
//! Pure, and ignorant of articles and screens. The only door to `pulldown-cmark`.
//!
//! A piece of source is made ready (`source`), its parser's events are folded (`fold`) into a builder of blocks and
//! containers (`builder`), whose pen (`pen`) writes cleaned text and styles into one string.

mod blocks;
mod builder;
mod document;
#[cfg(test)]
#[path = "markdown/dump_tests.rs"]
mod dump;
mod emphasis;
mod fold;
mod footnotes;
mod frame;
mod html;
mod lines;
mod markup;
mod math;
mod nesting;
mod parse;
mod pen;
mod source;
mod url;

pub use blocks::{BlockTexts, block_texts};
pub use document::{
    Block, BlockKind, ColumnAlignment, Container, ContainerKind, Document, Inline, Leaf, LeafKind, Link, Marker, Run,
    Table,
};
pub use parse::{SourceKind, SourcePart, parse};
