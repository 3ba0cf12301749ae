//! The alignment of a text told in turn, paragraph by paragraph or line by line: its order in the file says all.

use std::ops::Range;

use super::alignment::{Alignment, Bead};
use crate::markdown::Document;
use crate::text::Language;

/// How sure the alignment is of a block that both languages share, and of blocks that follow one another.
const SHARED: f32 = 1.0;
const FOLLOWING: f32 = 0.95;

/// Aligns the blocks of two documents from one file by the lines on which they start.
///
/// A block on the same line of both is the same one. Between two of these the languages take turns, and a run of one language is
/// answered by the run of the other that follows it: block by block where there are as many, one by two or two by one as a bead.
/// Which language comes first is told by which order leaves less unanswered.
pub(super) fn align(chinese: &Document, english: &Document) -> Alignment {
    let runs = runs(chinese, english);
    let pairs = |first: Language| {
        let is_pair = |pair: &&[Run]| pair[0].owner == Some(first) && pair[1].owner == Some(first.other());
        runs.windows(2).filter(is_pair).map(|pair| pair[0].blocks.len().min(pair[1].blocks.len())).sum::<usize>()
    };
    let [chinese_first, english_first] = Language::BOTH.map(pairs);
    let first = if chinese_first > english_first { Language::Chinese } else { Language::English };

    let mut beads = Beads::default();
    let mut runs = runs.iter().peekable();
    while let Some(run) = runs.next() {
        match run.owner {
            None => beads.one_by_one(run.blocks.len() as u32, SHARED),
            Some(owner) if owner == first => match runs.next_if(|next| next.owner == Some(owner.other())) {
                Some(answer) => beads.answered(owner, run.blocks.len() as u32, answer.blocks.len() as u32),
                None => beads.alone(owner, run.blocks.len() as u32),
            },
            Some(owner) => beads.alone(owner, run.blocks.len() as u32),
        }
    }
    Alignment { beads: beads.beads }
}

/// Blocks in a row of one language, or of both.
struct Run {
    owner: Option<Language>,
    /// The blocks in the document of that language; of the Chinese one where they are of both.
    blocks: Range<usize>,
}

/// The runs of the file, in its order.
fn runs(chinese: &Document, english: &Document) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut left, mut right) = (0, 0);
    loop {
        let lines = [chinese.blocks.get(left), english.blocks.get(right)].map(|block| block.map(|block| block.line));
        let owner = match lines {
            [None, None] => return runs,
            [Some(one), Some(other)] if one == other => None,
            [Some(one), Some(other)] if one < other => Some(Language::Chinese),
            [Some(_), None] => Some(Language::Chinese),
            _ => Some(Language::English),
        };
        let at = if owner == Some(Language::English) { right } else { left };
        match runs.last_mut() {
            Some(run) if run.owner == owner => run.blocks.end = at + 1,
            _ => runs.push(Run { owner, blocks: at..at + 1 }),
        }
        left += usize::from(owner != Some(Language::English));
        right += usize::from(owner != Some(Language::Chinese));
    }
}

/// Beads as they are made, over every block of both sides in order.
#[derive(Default)]
struct Beads {
    beads: Vec<Bead>,
    /// How many blocks of each side are in them.
    done: [u32; 2],
}

impl Beads {
    fn push(&mut self, counts: [u32; 2], confidence: f32) {
        let [chinese, english] = [0, 1].map(|side| self.done[side]..self.done[side] + counts[side]);
        self.done = [chinese.end, english.end];
        self.beads.push(Bead { chinese, english, confidence });
    }

    fn one_by_one(&mut self, count: u32, confidence: f32) {
        (0..count).for_each(|_| self.push([1, 1], confidence));
    }

    fn alone(&mut self, side: Language, count: u32) {
        let counts = if side == Language::Chinese { [1, 0] } else { [0, 1] };
        (0..count).for_each(|_| self.push(counts, FOLLOWING));
    }

    /// A run of a side, and the run that answers it.
    fn answered(&mut self, side: Language, count: u32, answers: u32) {
        match (count, answers) {
            (1, 2) | (2, 1) => {
                self.push(if side == Language::Chinese { [count, answers] } else { [answers, count] }, FOLLOWING);
            }
            _ => {
                let both = count.min(answers);
                self.one_by_one(both, FOLLOWING);
                self.alone(side, count - both);
                self.alone(side.other(), answers - both);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{self, SourceKind, SourcePart};

    /// A document of one-line paragraphs on given lines.
    fn document(lines: &[u32]) -> Document {
        let piece = |&line| SourcePart { kind: SourceKind::Markdown, source: "text", line };
        markdown::parse(&lines.iter().map(piece).collect::<Vec<_>>(), "")
    }

    fn pairs(chinese: &[u32], english: &[u32]) -> Vec<(Option<u32>, Option<u32>)> {
        let (chinese, english) = (document(chinese), document(english));
        let alignment = align(&chinese, &english);
        let (mut left, mut right) = (0, 0);
        for bead in &alignment.beads {
            assert_eq!((bead.chinese.start, bead.english.start), (left, right));
            assert!(!bead.chinese.is_empty() || !bead.english.is_empty());
            (left, right) = (bead.chinese.end, bead.english.end);
        }
        assert_eq!((left as usize, right as usize), (chinese.blocks.len(), english.blocks.len()));
        alignment.line_pairs(&chinese, &english)
    }

    #[test]
    fn neighbours_answer_each_other_and_shared_blocks_themselves() {
        let both = |chinese, english| (Some(chinese), Some(english));
        assert_eq!(pairs(&[1, 5, 9, 11], &[1, 3, 7, 11]), [both(1, 1), both(5, 3), both(9, 7), both(11, 11)]);
        assert_eq!(pairs(&[1, 5], &[3, 7]), [both(1, 3), both(5, 7)]);
        assert_eq!(pairs(&[5, 6, 9], &[3, 4, 8]), [both(5, 3), both(6, 4), both(9, 8)]);
        assert_eq!(pairs(&[5, 6, 9], &[3, 8]), [both(5, 3), both(6, 3), both(9, 8)]);
    }

    #[test]
    fn what_nothing_follows_stays_alone() {
        assert_eq!(pairs(&[2, 4], &[1, 3, 5]), [(Some(2), Some(1)), (Some(4), Some(3)), (None, Some(5))]);
        assert_eq!(pairs(&[1], &[]), [(Some(1), None)]);
        assert_eq!(pairs(&[], &[]), []);
        // The heading between keeps the next pair from slipping.
        assert_eq!(
            pairs(&[2, 4, 6], &[1, 3, 4, 5]),
            [(Some(2), Some(1)), (None, Some(3)), (Some(4), Some(4)), (Some(6), Some(5))]
        );
    }
}
