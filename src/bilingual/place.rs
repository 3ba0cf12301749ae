//! A position in a text that survives a resize, a toggle, an edit and a restart.

use crate::text::Language;

/// A structural position: every reading place, mark and hit is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The side of the text.
    pub side: Language,
    /// The block, as an index into the side's document.
    pub block: u32,
    /// The byte offset in the block's cleaned text.
    pub offset: u32,
    /// A fingerprint of the block's text, by which it is found again after an edit; see [`Text::place`](super::Text::place).
    pub fingerprint: u64,
}
