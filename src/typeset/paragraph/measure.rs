//! How wide lines are, and how they are filled.

use super::super::rows::Spacing;
use super::super::width::Ambiguous;

/// How wide lines are, and what they contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::typeset) struct Measure {
    /// The columns of the first line, at least 1.
    pub(in crate::typeset) first: u16,
    /// The columns of the others.
    pub(in crate::typeset) rest: u16,
    /// How many more columns the last mark of a line may take, if it is blank in its right half.
    pub(in crate::typeset) hang: u16,
    pub(in crate::typeset) ambiguous: Ambiguous,
    pub(in crate::typeset) spacing: Spacing,
    /// Whether words are hyphenated.
    pub(in crate::typeset) hyphenation: bool,
    pub(in crate::typeset) kind: FillKind,
}

impl Measure {
    /// The columns of a line.
    pub(super) fn width(&self, is_first: bool) -> u32 {
        u32::from(if is_first { self.first } else { self.rest }.max(1))
    }
}

/// What is filled, as far as it is filled in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::typeset) enum FillKind {
    /// The last line may be short, but is no single character or word.
    Prose,
    /// Lines of about the same length.
    Heading,
    /// Full lines are better than well broken ones.
    Code,
}
