//! What a layout depends on, besides the text.

use super::width::Ambiguous;

/// What a layout depends on, besides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LayoutSettings {
    /// The layout's width, in columns: no row is wider. At least 1; on a single column a placeholder `▯` is shown for every character of two.
    pub columns: u16,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
    /// Whether there is a row of pinyin above each row with Chinese, outside of labels, tables and code.
    pub pinyin: bool,
}

/// Shown for a character of two columns on a row of one.
pub(super) const PLACEHOLDER: &str = "▯";
