//! Alignments: which blocks translate which.

use std::ops::Range;

use crate::digest::names_structure;
use crate::markdown::{BlockKind, Document};
use crate::text::Language;

/// Neighbouring blocks of the two sides that translate each other, or blocks without a translation.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// The Chinese blocks, as a range of indices into the Chinese document's blocks; may be empty.
    pub chinese: Range<u32>,
    /// The English blocks, in the same way; not empty if `chinese` is.
    pub english: Range<u32>,
    /// The confidence in this bead, from 0 to 1.
    pub confidence: f32,
}

impl Bead {
    /// The blocks of one side.
    pub const fn side(&self, side: Language) -> &Range<u32> {
        match side {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }

    /// The lines of the file on which the blocks of a side start, without thematic breaks and the
    /// labels that every digest has.
    pub fn lines(&self, side: Language, document: &Document) -> Vec<u32> {
        self.side(side)
            .clone()
            .filter(|&block| match document.blocks[block as usize].kind {
                BlockKind::Break => false,
                BlockKind::Label => !names_structure(document.block_text(block as usize)),
                _ => true,
            })
            .map(|block| document.blocks[block as usize].line)
            .collect()
    }

    /// The lines of both sides, Chinese first; none of a heading that names a part of the digest if
    /// such a label translates it.
    pub fn both_lines(&self, chinese: &Document, english: &Document) -> [Vec<u32>; 2] {
        let lines = [
            self.lines(Language::Chinese, chinese),
            self.lines(Language::English, english),
        ];
        let names = |side, document: &Document| {
            self.side(side)
                .clone()
                .all(|block| names_structure(document.block_text(block as usize)))
        };
        let is_label_pair = self.is_pair()
            && lines.iter().any(Vec::is_empty)
            && names(Language::Chinese, chinese)
            && names(Language::English, english);
        if is_label_pair {
            Default::default()
        } else {
            lines
        }
    }

    /// Whether it has blocks of both sides.
    pub fn is_pair(&self) -> bool {
        !self.chinese.is_empty() && !self.english.is_empty()
    }
}

/// Beads in order, over every block of both sides, each block in exactly one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// The beads. On each side their ranges follow one another without a gap.
    pub beads: Vec<Bead>,
}

/// The confidence from which on a pair of blocks is firm.
const FIRM: f32 = 0.99;

impl Alignment {
    /// Beads for the alignment of sentences: what lies between two firm pairs is one with the pairs around it, since
    /// sentences of a paragraph may be translated in the one beside it.
    pub fn regions(&self) -> Vec<Bead> {
        let mut regions: Vec<Bead> = Vec::new();
        for bead in &self.beads {
            let is_firm = |bead: &Bead| bead.is_pair() && bead.confidence >= FIRM;
            match regions.last_mut() {
                Some(last) if !(is_firm(bead) && is_firm(last)) => {
                    last.chinese.end = bead.chinese.end;
                    last.english.end = bead.english.end;
                    last.confidence = bead.confidence;
                }
                _ => regions.push(bead.clone()),
            }
        }
        regions
    }

    /// The index of the bead that has a block of a side; `None` if there is no such block.
    pub fn bead_of(&self, side: Language, block: u32) -> Option<usize> {
        let found = self
            .beads
            .partition_point(|bead| bead.side(side).end <= block);
        self.beads
            .get(found)
            .is_some_and(|bead| bead.side(side).contains(&block))
            .then_some(found)
    }

    /// The blocks that translate a block, or else the nearest block that has a translation, rather
    /// one before it. The second value says whether the translation is the block's own.
    pub fn translation(&self, side: Language, block: u32) -> Option<(Range<u32>, bool)> {
        let (before, after) = self.beads.split_at(self.bead_of(side, block)? + 1);
        let is_own = before.last().is_some_and(Bead::is_pair);
        let mut nearest = before.iter().rev().chain(after);
        let pair = nearest.find(|bead| bead.is_pair())?;
        Some((pair.side(side.other()).clone(), is_own))
    }

    /// Splits the last block off a bead, on the side that has more (of one and one, the English),
    /// as a bead of its own. `false` for a single block.
    pub fn split(&mut self, bead: usize) -> bool {
        let Some(whole) = self.beads.get_mut(bead) else {
            return false;
        };
        let mut last = whole.clone();
        if whole.chinese.len() + whole.english.len() < 2 {
            return false;
        }
        if whole.chinese.len() > whole.english.len() {
            whole.chinese.end -= 1;
        } else {
            whole.english.end -= 1;
        }
        whole.confidence = 1.0;
        last.chinese.start = whole.chinese.end;
        last.english.start = whole.english.end;
        last.confidence = 1.0;
        self.beads.insert(bead + 1, last);
        true
    }

    /// Merges a bead with the next; `false` for the last.
    pub fn merge(&mut self, bead: usize) -> bool {
        if bead + 1 >= self.beads.len() {
            return false;
        }
        let next = self.beads.remove(bead + 1);
        let whole = &mut self.beads[bead];
        whole.chinese.end = next.chinese.end;
        whole.english.end = next.english.end;
        whole.confidence = 1.0;
        true
    }

    /// The pairs of lines on which blocks that translate each other start; every pair of a bead of
    /// several. A block without a translation has `None` on the other side. Thematic breaks and the
    /// labels that every digest has are left out.
    pub fn line_pairs(
        &self,
        chinese: &Document,
        english: &Document,
    ) -> Vec<(Option<u32>, Option<u32>)> {
        let mut pairs = Vec::new();
        for bead in &self.beads {
            let [left, right] = bead.both_lines(chinese, english);
            if left.is_empty() || right.is_empty() {
                pairs.extend(left.iter().map(|&line| (Some(line), None)));
                pairs.extend(right.iter().map(|&line| (None, Some(line))));
            }
            for &line in &left {
                pairs.extend(right.iter().map(|&answer| (Some(line), Some(answer))));
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(count: u32) -> Alignment {
        let bead = |at: u32| Bead {
            chinese: at..at + 1,
            english: at..at + 1,
            confidence: 0.5,
        };
        Alignment {
            beads: (0..count).map(bead).collect(),
        }
    }

    #[test]
    fn what_is_not_firm_is_one_region_with_the_firm_pairs_around_it() {
        let bead = |chinese: Range<u32>, english: Range<u32>, confidence| Bead {
            chinese,
            english,
            confidence,
        };
        let alignment = Alignment {
            beads: vec![
                bead(0..1, 0..1, 1.0),
                bead(1..2, 1..2, 1.0),
                bead(2..3, 2..2, 0.5),
                bead(3..4, 2..3, 1.0),
                bead(4..5, 3..4, 1.0),
                bead(5..6, 4..5, 0.7),
            ],
        };
        let regions = alignment.regions();
        let ranges: Vec<_> = regions
            .iter()
            .map(|it| (it.chinese.clone(), it.english.clone()))
            .collect();
        assert_eq!(ranges, [(0..1, 0..1), (1..4, 1..3), (4..6, 3..5)]);
        assert!(Alignment::default().regions().is_empty());
    }

    #[test]
    fn a_pair_is_split_and_merged_again() {
        let mut alignment = pairs(3);
        assert!(alignment.split(1));
        assert_eq!(
            (
                alignment.beads[1].chinese.clone(),
                alignment.beads[1].english.clone()
            ),
            (1..2, 1..1)
        );
        assert_eq!(
            (
                alignment.beads[2].chinese.clone(),
                alignment.beads[2].english.clone()
            ),
            (2..2, 1..2)
        );
        assert!(!alignment.split(1), "a single block");
        assert!(alignment.merge(1));
        assert_eq!(
            (
                alignment.beads[1].chinese.clone(),
                alignment.beads[1].english.clone()
            ),
            (1..2, 1..2)
        );
        assert!(!alignment.merge(2), "the last");
        assert!(!alignment.split(3) && !alignment.merge(3));
    }

    proptest! {
        #[test]
        fn splitting_and_merging_keep_every_block_in_one_bead(steps in proptest::collection::vec((any::<bool>(), 0..8_usize), 0..40)) {
            let mut alignment = pairs(6);
            for (is_split, bead) in steps {
                if is_split { alignment.split(bead) } else { alignment.merge(bead) };
                for side in Language::BOTH {
                    let mut end = 0;
                    for bead in &alignment.beads {
                        prop_assert_eq!(bead.side(side).start, end);
                        end = bead.side(side).end;
                    }
                    prop_assert_eq!(end, 6);
                }
                prop_assert!(alignment.beads.iter().all(|bead| bead.chinese.len() + bead.english.len() > 0));
            }
        }
    }
}
