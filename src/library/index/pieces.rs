//! Bytes that lie in pieces here and there, and are written one after the other.

use std::ops::Range;

/// Pieces of what is borrowed, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces<'a> {
    /// Parts of larger bytes; none is empty.
    pieces: Vec<(&'a [u8], Range<usize>)>,
    length: usize,
}

impl<'a> Pieces<'a> {
    /// All of some bytes.
    pub(super) fn of(whole: &'a [u8]) -> Self {
        let mut pieces = Self::default();
        pieces.push(whole, 0..whole.len());
        pieces
    }

    /// Appends a part of some bytes; one with the last where it follows on that.
    pub(super) fn push(&mut self, whole: &'a [u8], part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        self.length += part.len();
        match self.pieces.last_mut() {
            Some((last, end)) if std::ptr::eq(*last, whole) && end.end == part.start => end.end = part.end,
            _ => self.pieces.push((whole, part)),
        }
    }

    /// How many bytes they are.
    pub(super) const fn len(&self) -> usize {
        self.length
    }

    /// All pieces.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        self.pieces.iter().map(|(whole, part)| &whole[part.clone()])
    }

    /// All as one.
    pub(super) fn joined(&self) -> Vec<u8> {
        let mut joined = Vec::with_capacity(self.length);
        self.iter().for_each(|piece| joined.extend_from_slice(piece));
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_on_one_another_is_one_piece() {
        let (one, other) = (*b"one and all", *b"other");
        let mut pieces = Pieces::of(&one[..4]);
        assert_eq!(pieces.iter().collect::<Vec<_>>(), [b"one "]);
        for part in [4..6, 6..8, 9..10, 3..3] {
            pieces.push(&one, part);
        }
        pieces.push(&other, 0..5);
        pieces.push(&one, 10..11);
        assert_eq!(pieces.iter().collect::<Vec<_>>(), [&b"one "[..], b"and ", b"l", b"other", b"l"]);
        assert_eq!((pieces.len(), pieces.joined()), (15, b"one and lotherl".to_vec()));
    }
}
