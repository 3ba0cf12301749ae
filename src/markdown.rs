//! Text to [`Document`]: the blocks and inline styles of CommonMark and its common extensions, as a reader sees them.
//!
//! Pure, and ignorant of articles and screens. The only door to `pulldown-cmark`.

mod document;
mod emphasis;
mod html;
mod parse;

pub use document::{
    Alignment, Block, BlockKind, Container, ContainerKind, Document, Inline, Leaf, LeafKind, Link, Marker, Run, Table,
};
pub use parse::{Piece, PieceKind, parse};
