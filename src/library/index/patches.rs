//! The patches of articles in the making: what the folding of their texts changed, so that these can be had as they were.

use super::fold::Changes;
use super::segment::LONG_PATCH;
use super::varint::push_varint;

/// The patches of articles, one article after the other.
#[derive(Debug, Default)]
pub(super) struct Patches {
    /// All of them so far.
    pub(super) bytes: Vec<u8>,
    /// How many bytes of the article stand before the text that is folded.
    before: usize,
    /// Where in the article the last patch is.
    last: usize,
}

impl Patches {
    /// Begins another article.
    pub(super) fn begin(&mut self) {
        (self.before, self.last) = (0, 0);
    }

    /// Goes on to what follows upon so many bytes of the article.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.before += bytes;
    }

    /// How far a place is behind the last patch, which is there from now on.
    #[inline]
    fn gap(&mut self, at: usize) -> usize {
        let last = std::mem::replace(&mut self.last, self.before + at);
        self.last - last
    }

    #[cold]
    fn long(&mut self, gap: usize, bytes: &[u8]) {
        self.bytes.push(LONG_PATCH);
        push_varint(gap as u64, &mut self.bytes);
        self.bytes.push(bytes.len() as u8);
        self.bytes.extend_from_slice(bytes);
    }
}

impl Changes for Patches {
    #[inline]
    fn capital(&mut self, at: usize, letter: u8) {
        let gap = self.gap(at);
        if gap < usize::from(LONG_PATCH) {
            self.bytes.push(gap as u8);
        } else {
            self.long(gap, &[letter]);
        }
    }

    fn other(&mut self, at: usize, bytes: &[u8]) {
        let gap = self.gap(at);
        self.long(gap, bytes);
    }
}
