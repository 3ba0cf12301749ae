//! Whether the terminal shows text at twice its size (OSC 66), by where its cursor is after such a blank.

/// How far the question is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LargeText {
    /// It was not asked.
    #[default]
    Unknown,
    /// It was asked.
    Asked,
    /// The column before the blank is known.
    Before(u16),
    /// The answer.
    Known(bool),
}

impl LargeText {
    /// Whether the question is to be asked now: once.
    pub(super) fn ask(&mut self) -> bool {
        let is_new = *self == Self::Unknown;
        if is_new {
            *self = Self::Asked;
        }
        is_new
    }

    /// Takes up a column of the cursor; returns the answer once it is there.
    pub(super) fn answer(&mut self, column: u16) -> Option<bool> {
        match *self {
            Self::Asked => *self = Self::Before(column),
            Self::Before(before) => *self = Self::Known(column == before.saturating_add(2)),
            Self::Unknown | Self::Known(_) => return None,
        }
        matches!(self, Self::Known(_)).then(|| self.is_shown())
    }

    pub(super) const fn is_shown(self) -> bool {
        matches!(self, Self::Known(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_moves_by_two_columns_says_that_text_can_be_large() {
        for (columns, is_shown) in [([1, 3], true), ([1, 1], false), ([1, 2], false)] {
            let mut large = LargeText::default();
            assert_eq!(large.answer(7), None, "nothing was asked");
            assert!(large.ask() && !large.ask());
            assert_eq!(large.answer(columns[0]), None);
            assert_eq!(large.answer(columns[1]), Some(is_shown));
            assert_eq!((large.answer(9), large.is_shown()), (None, is_shown));
        }
    }
}
