//! Blocks to rows.

use super::row::Rows;
use super::width::Ambiguous;
use crate::markdown::Document;

/// What a layout depends on, besides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The layout's width, in columns: no row is wider. At least 1.
    pub columns: u16,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
}

/// Sets one block into rows, appended to `rows`; a block gives at least one row.
pub fn set_block(_document: &Document, _block: usize, _settings: &Settings, _rows: &mut Rows) {}

/// The blank rows that stand between a block and the one before it in the document (0 for the first block).
pub fn gap_before(_document: &Document, _block: usize, _settings: &Settings) -> u16 {
    0
}

/// Sets a whole document, gaps included.
pub fn set(_document: &Document, _settings: &Settings) -> Rows {
    Rows::default()
}
