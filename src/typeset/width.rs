//! The one measure of text: how many terminal columns it takes.

use std::borrow::Cow;

/// How wide the terminal draws characters of ambiguous width (“ ” … — ·), which Chinese-configured terminals draw in two columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One column, as most terminals do.
    #[default]
    Narrow,
    /// Two columns.
    Wide,
}

/// The columns that one grapheme cluster takes: 0, 1 or 2.
pub fn grapheme_columns(_grapheme: &str, _ambiguous: Ambiguous) -> usize {
    1
}

/// The columns that a text of one line takes, grapheme by grapheme.
pub fn columns(_text: &str, _ambiguous: Ambiguous) -> usize {
    0
}

/// Cuts a text of one line to at most so many columns, at a grapheme boundary, with `…` where something was cut.
pub fn cut(text: &str, _most: usize, _ambiguous: Ambiguous) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
