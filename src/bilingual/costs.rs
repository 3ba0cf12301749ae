//! What beads cost, in nats: by how many units they have, their lengths and their shapes; and how much other evidence
//! counts.

use std::ops::RangeInclusive;

use super::cues::Shape;
use crate::markdown::BlockKind;

/// The costs of what an alignment can do. Those of Gale and Church and of hunalign were the start; the others were
/// found by coordinate descent on texts with a truth (`docs/accuracy.md` says which, and what they reach).
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs {
    /// A unit without a translation: about 1 in 8 blocks, because digests do drop paragraphs (Gale and Church: 1 in
    /// 100).
    pub(super) alone: f32,
    /// A bead of 1-1; of 1-2 or 2-1, and for each unit more; of 2-2; and of 2-3 or 3-2.
    pub(super) one_to_one: f32,
    pub(super) two_to_one: f32,
    pub(super) each_more: f32,
    pub(super) two_to_two: f32,
    pub(super) three_to_two: f32,
    /// The most units of a side in a bead.
    pub(super) most: usize,
    /// The variance of the length per letter, which is multiplied by the letters that a Han character is worth
    /// (Gale and Church: 6.8).
    pub(super) variance: f32,
    /// Beads of more than one unit whose lengths are farther apart than this, in standard deviations, are not
    /// considered.
    pub(super) merge_deviation: f32,
    /// The letters that a Han character is worth before anything is known of the article, and how many characters
    /// this counts as.
    pub(super) letters_per_han: f32,
    pub(super) prior_han: f32,
    /// How much the evidence of words that translate each other counts, because words are not independent.
    pub(super) words: f32,
    /// How much an English word that nothing in the other text answers counts of one that the bead does not answer.
    pub(super) absent: f32,
    /// The cost of a cue that is the same in every language but not in the other text.
    pub(super) lost: f32,
    /// The greatest weight of cues and words, for or against a bead.
    pub(super) evidence_cap: f32,
    /// What costs so much more than the best so far, in the same row, is not gone on with: of sentences about 25 more
    /// without a translation.
    pub(super) beam: f32,
}

pub(super) const BLOCKS: Costs = Costs {
    alone: 1.8,
    one_to_one: 0.0,
    two_to_one: 2.5,
    each_more: 1.0,
    two_to_two: 4.5,
    three_to_two: 5.5,
    most: 8,
    variance: 6.25,
    merge_deviation: 2.36,
    letters_per_han: 2.8,
    prior_han: 1000.0,
    words: 0.4,
    absent: 0.16,
    lost: 0.3,
    evidence_cap: 18.0,
    beam: f32::INFINITY,
};

pub(super) const SENTENCES: Costs = Costs {
    alone: 2.4,
    one_to_one: 0.1,
    two_to_one: 2.5,
    each_more: 2.0,
    two_to_two: 4.0,
    three_to_two: 4.5,
    most: 5,
    variance: 6.8,
    merge_deviation: 3.03,
    letters_per_han: 3.0,
    prior_han: 300.0,
    words: 0.8,
    absent: 0.2,
    lost: 0.1,
    evidence_cap: 30.0,
    beam: 60.0,
};

/// The bounds of the letters that a Han character is worth in an article.
pub(super) const LETTERS_PER_HAN: RangeInclusive<f32> = 2.6..=5.7;
/// The greatest cost of different lengths, because digests shorten.
const LENGTH_CAP: f32 = 6.0;
/// The cost of different kinds: two kinds of text, a heading or a label and anything else, code or a
/// table and text.
const UNLIKE_TEXT: f32 = 2.8;
const UNLIKE_HEADING: f32 = 6.0;
const UNLIKE_CODE: f32 = 8.0;
/// The cost of two headings of which one names what every digest has.
const UNLIKE_NAME: f32 = 2.0;
/// The cost of a different level of heading or nesting, number in a list, ending, or mark.
const LEVEL: f32 = 1.25;
pub(super) const NUMBER: f32 = 2.5;
const ENDING: f32 = 0.7;
const MARK: f32 = 0.5;

/// How far apart two lengths are, in standard deviations (Gale and Church's δ, two-sided).
pub(super) fn deviation(left: f32, right: f32, variance: f32) -> f32 {
    let mean = f32::midpoint(left, right).max(1.0);
    (left - right).abs() / (mean * variance).sqrt()
}

/// Minus the logarithm of the probability of lengths this far apart in a true bead.
pub(super) fn length_cost(deviation: f32) -> f32 {
    (-upper_tail(deviation).max(1e-12).ln()).min(LENGTH_CAP)
}

/// The two-sided tail of the normal distribution beyond `delta`: Abramowitz and Stegun 7.1.26, to
/// 1.5e-7.
fn upper_tail(delta: f32) -> f32 {
    let x = delta / std::f32::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let series = t
        * (0.254_829_6
            + t * (-0.284_496_7 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
    series * (-x * x).exp()
}

/// The cost of two shapes.
pub(super) fn shape_cost(a: &Shape, b: &Shape) -> f32 {
    use BlockKind::{Break, Code, Heading, Item, Label, Table};
    if a == b && a.number.is_none() {
        return 0.0;
    }
    let mut cost = match (a.kind, b.kind) {
        (Item, Item) => LEVEL * f32::from(a.depth.abs_diff(b.depth)),
        (Heading(_) | Label, Heading(_) | Label) if a.is_label && b.is_label => 0.0,
        (Heading(left), Heading(right)) => {
            LEVEL * f32::from(left.abs_diff(right))
                + if a.is_label == b.is_label {
                    0.0
                } else {
                    UNLIKE_NAME
                }
        }
        (left, right) if left == right => 0.0,
        (Code | Table | Break, _) | (_, Code | Table | Break) => UNLIKE_CODE,
        (Heading(_) | Label, _) | (_, Heading(_) | Label) => UNLIKE_HEADING,
        _ => UNLIKE_TEXT,
    };
    if let (Some(left), Some(right)) = (a.number, b.number) {
        cost += if left == right { -NUMBER } else { NUMBER };
    }
    if a.ending != b.ending {
        cost += ENDING;
    }
    cost + MARK
        * a.marks
            .iter()
            .zip(b.marks)
            .filter(|(left, right)| **left != *right)
            .count() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_the_normal_distribution() {
        for (delta, tail) in [
            (0.0, 1.0),
            (1.0, 0.317_31),
            (1.959_96, 0.05),
            (3.0, 0.002_7),
        ] {
            assert!((upper_tail(delta) - tail).abs() < 1e-4, "{delta}");
        }
    }
}
