//! The patches of articles in the making: what the folding of their texts changed, so that these can be had as they were.

use super::fold::Changes;
use super::text_store::LONG_PATCH;
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
    /// Forgets all of them, and keeps the room they took.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.begin();
    }

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
    fn capitals(&mut self, text: &[u8], from: usize, mask: u64) {
        if mask == 0 {
            return;
        }
        let first = from + mask.trailing_zeros() as usize;
        let gap = self.gap(first);
        if gap < usize::from(LONG_PATCH) {
            self.bytes.push(gap as u8);
        } else {
            self.long(gap, &text[first..=first]);
        }
        self.gap(from + mask.ilog2() as usize);
        push_gaps(mask, &mut self.bytes);
    }

    fn other(&mut self, at: usize, bytes: &[u8]) {
        let gap = self.gap(at);
        self.long(gap, bytes);
    }
}

/// Appends how far each bit of a mask is behind the one before; the mask has one at least.
#[inline]
fn push_gaps(mut mask: u64, bytes: &mut Vec<u8>) {
    loop {
        // All that there usually are, whether they are there or not: no processor foretells how many.
        let (mut gaps, some) = ([0; 4], bytes.len());
        let count = mask.count_ones() as usize - 1;
        for gap in &mut gaps {
            let next = mask & mask.wrapping_sub(1);
            *gap = next.trailing_zeros().wrapping_sub(mask.trailing_zeros()) as u8;
            mask = next;
        }
        bytes.extend_from_slice(&gaps);
        if count <= gaps.len() {
            return bytes.truncate(some + count);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{IndexDirectory, SegmentWriter, fold_text};
    use super::*;
    use crate::markdown::BlockTexts;
    use crate::text::Language;

    fn texts(blocks: &[String]) -> BlockTexts {
        let mut texts = BlockTexts::default();
        for (block, line) in blocks.iter().zip(1..) {
            texts.has_breaks |= block.contains('\n');
            texts.text.push_str(block);
            texts.ends.push((texts.text.len() as u32, line));
            texts.text.push('\n');
        }
        texts
    }

    proptest! {
        #[test]
        fn as_many_capitals_as_there_are_have_their_gaps(mask in prop_oneof![1..=u64::MAX, any::<u64>().prop_map(|bits| 1 << (bits % 64)), (any::<u64>(), any::<u64>()).prop_map(|(one, other)| one & other | 1 << 63)]) {
            let mut patches = Patches::default();
            patches.begin();
            patches.pass(9);
            patches.capitals(&[b'A'; 70], 3, mask);
            let mut at = 0;
            let places: Vec<usize> = patches.bytes.iter().map(|&gap| { at += usize::from(gap); at }).collect();
            prop_assert_eq!(places, crate::text::places(mask).map(|place| 12 + place).collect::<Vec<_>>());
            prop_assert_eq!(patches.last, at);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_was_folded_can_be_had_as_it_was(
            articles in proptest::collection::vec(proptest::array::uniform2(
                proptest::collection::vec("([a-z ]{0,90}|[A-Za-z\n]{1,9}|[一-龥，。“—：（]{0,99}|[ÉΣςＡａИⅣꙀᎠ\n]){0,6}", 0..5)
            ), 1..4),
        ) {
            let mut writer = SegmentWriter::new(&IndexDirectory::none());
            for sides in &articles {
                let texts = sides.each_ref().map(|blocks| texts(blocks));
                writer.push(texts.each_ref().map(Some));
            }
            let segment = writer.seal();
            for (sides, at) in articles.iter().zip(0..) {
                let article = segment.article(at).unwrap();
                for (blocks, side) in sides.iter().zip(Language::BOTH) {
                    for (block, number) in blocks.iter().zip(0..) {
                        let range = article.block(side, number);
                        let folded = fold_text(block);
                        prop_assert_eq!(&article.lines(side)[range.clone()], folded.as_bytes());
                        prop_assert_eq!(&article.original(side, range), block);
                        prop_assert_eq!(article.line(side, number), number + 1);
                    }
                }
            }
        }
    }
}
