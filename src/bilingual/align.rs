//! The alignment of two sequences of units by dynamic programming.
//!
//! After Gale and Church, *A Program for Aligning Sentences in Bilingual Corpora* (Computational
//! Linguistics 19, 1993): beads of 1-1, 1-0, 0-1, 2-1, 1-2 and 2-2, the lengths of a bead's two
//! sides compared by a normal variable. To the length we add shape (kind, nesting, number in its
//! list, final punctuation) and cues (names, figures, links, code), each cue weighed by how rarely
//! it would be shared by chance. All costs are negative log-likelihoods in nats.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::alignment::{Alignment, Bead};
use super::cues::{self, AlignedUnit, Shape};
use super::prose::sentences;
use super::search_band::SearchBand;
use crate::markdown::{BlockKind, Document};
use crate::text::Language;

/// The cost of a unit without a translation; about 1 in 12, because digests do drop paragraphs
/// (Gale and Church: 1 in 100).
const ALONE: f32 = 2.5;
/// The cost of a bead of 1-1, 2-1 or 1-2, and 2-2; after Gale and Church's table 5 (0.89, 0.089,
/// 0.011).
const ONE_TO_ONE: f32 = 0.1;
const TWO_TO_ONE: f32 = 2.5;
const TWO_TO_TWO: f32 = 4.5;
/// The variance of the length per letter: Gale and Church's 6.8, times the letters that a Han
/// character is worth.
const VARIANCE: f32 = 6.8 * 3.0;
/// The greatest cost of different lengths, because digests shorten.
const LENGTH_CAP: f32 = 6.0;
/// Beads of more than one unit whose lengths disagree by more than this are not considered.
const MERGE_CAP: f32 = 4.0;
/// How likely a cue that both texts have somewhere is on both sides of a true bead.
const KEPT: f32 = 0.7;
/// Cues are not independent of one another (names come with their companies), so their evidence
/// counts less than in full.
const CUE_WEIGHT: f32 = 0.4;
/// The greatest weight of cues, for or against a bead.
const CUE_CAP: f32 = 12.0;
/// The cost of different kinds: two kinds of text, a heading or a label and anything else, code or a
/// table and text.
const UNLIKE_TEXT: f32 = 2.8;
const UNLIKE_HEADING: f32 = 6.0;
const UNLIKE_CODE: f32 = 8.0;
/// The cost of a different level of heading or nesting, number in a list, ending, or mark.
const LEVEL: f32 = 1.0;
const NUMBER: f32 = 1.5;
const ENDING: f32 = 0.7;
const MARK: f32 = 0.5;

/// The most blocks of both sides that are aligned one by one.
const MOST_BLOCKS: usize = 200_000;

/// The steps through the table: how many units of each side a bead takes.
const STEPS: [(usize, usize); 6] = [(1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (2, 2)];

/// Aligns the blocks of two documents; of more than 200,000 blocks only the headings.
pub fn align(chinese: &Document, english: &Document) -> Alignment {
    let blocks = chinese.blocks.len() + english.blocks.len();
    let [left, right] = [chinese, english].map(cues::of_document);
    let beads = if blocks <= MOST_BLOCKS {
        align_units(&left, &right)
    } else {
        align_headings(&left, &right)
    };
    Alignment { beads }
}

/// Aligns the headings of two documents and leaves everything else alone: in linear time as long
/// as they are few.
fn align_headings(left: &[AlignedUnit], right: &[AlignedUnit]) -> Vec<Bead> {
    let headings = |units: &[AlignedUnit]| -> (Vec<u32>, Vec<AlignedUnit>) {
        let is_heading = |unit: &AlignedUnit| matches!(unit.shape.kind, BlockKind::Heading(_));
        (0..)
            .zip(units.iter().cloned())
            .filter(|(_, unit)| is_heading(unit))
            .take(MOST_BLOCKS / 2)
            .unzip()
    };
    let ((on_left, lefts), (on_right, rights)) = (headings(left), headings(right));
    let alone = |chinese: Range<u32>, english: Range<u32>| Bead {
        chinese,
        english,
        confidence: 0.5,
    };
    let mut beads = Vec::new();
    let (mut at_left, mut at_right) = (0, 0);
    let mut skip_to = |to_left: u32, to_right: u32, pair: Option<f32>| {
        beads.extend((at_left..to_left).map(|at| alone(at..at + 1, at_right..at_right)));
        beads.extend((at_right..to_right).map(|at| alone(to_left..to_left, at..at + 1)));
        (at_left, at_right) = (to_left, to_right);
        if let Some(confidence) = pair {
            beads.push(Bead {
                chinese: to_left..to_left + 1,
                english: to_right..to_right + 1,
                confidence,
            });
            (at_left, at_right) = (to_left + 1, to_right + 1);
        }
    };
    for bead in align_units(&lefts, &rights)
        .iter()
        .filter(|bead| bead.is_pair())
    {
        let (chinese, english) = (bead.chinese.start as usize, bead.english.start as usize);
        skip_to(on_left[chinese], on_right[english], Some(bead.confidence));
    }
    skip_to(left.len() as u32, right.len() as u32, None);
    beads
}

/// Aligns the sentences of two texts; the beads index the sentences whose byte ranges are given
/// with them.
pub fn align_sentences(
    chinese: &str,
    english: &str,
) -> (Vec<Bead>, Vec<Range<usize>>, Vec<Range<usize>>) {
    let units = |text: &str, sentences: &[Range<usize>]| -> Vec<AlignedUnit> {
        let sentences = sentences.iter().cloned();
        sentences.map(|range| cues::of_text(&text[range])).collect()
    };
    let left = sentences(chinese, Language::Chinese);
    let right = sentences(english, Language::English);
    let beads = align_units(&units(chinese, &left), &units(english, &right));
    (beads, left, right)
}

fn align_units(left: &[AlignedUnit], right: &[AlignedUnit]) -> Vec<Bead> {
    Search::new(left, right).run()
}

/// The evidence of a cue that is on both sides of a bead, on the left only, on the right only.
#[derive(Clone, Copy, Debug)]
struct Weight {
    both: f32,
    left: f32,
    right: f32,
}

struct Search<'a> {
    left: &'a [AlignedUnit],
    right: &'a [AlignedUnit],
    left_cues: NumberedCues,
    right_cues: NumberedCues,
    /// The weight of each numbered cue.
    weights: Vec<Weight>,
    band: SearchBand,
}

/// The numbered cues of one side: of each unit, and of each with the next; sorted, none twice.
struct NumberedCues {
    single: Vec<Vec<u32>>,
    double: Vec<Vec<u32>>,
}

impl NumberedCues {
    fn new(units: &[AlignedUnit], numbers: &HashMap<u64, u32>) -> Self {
        let numbered = |unit: &AlignedUnit| {
            unit.cues
                .iter()
                .filter_map(|cue| numbers.get(cue).copied())
                .collect()
        };
        let single: Vec<Vec<u32>> = units.iter().map(numbered).collect();
        let union = |pair: &[Vec<u32>]| {
            pair.concat()
                .into_iter()
                .collect::<BTreeSet<u32>>()
                .into_iter()
                .collect()
        };
        let double = single.windows(2).map(union).collect();
        Self { single, double }
    }

    fn of(&self, units: &Range<usize>) -> &[u32] {
        if units.len() == 1 {
            &self.single[units.start]
        } else {
            &self.double[units.start]
        }
    }
}

fn count_cues(units: &[AlignedUnit]) -> BTreeMap<u64, u32> {
    let mut counts = BTreeMap::new();
    for cue in units.iter().flat_map(|unit| &unit.cues) {
        *counts.entry(*cue).or_default() += 1;
    }
    counts
}

impl<'a> Search<'a> {
    /// Numbers the cues that both sides have, in ascending order.
    fn new(left: &'a [AlignedUnit], right: &'a [AlignedUnit]) -> Self {
        let (on_left, on_right) = (count_cues(left), count_cues(right));
        let mut numbers = HashMap::new();
        let mut weights = Vec::new();
        for (cue, count) in &on_left {
            if let Some(other) = on_right.get(cue) {
                numbers.insert(*cue, weights.len() as u32);
                weights.push(weigh(*count, left.len(), *other, right.len()));
            }
        }
        let (left_cues, right_cues) = (
            NumberedCues::new(left, &numbers),
            NumberedCues::new(right, &numbers),
        );
        let band = SearchBand::new(&left_cues.single, &right_cues.single, weights.len());
        Self {
            left,
            right,
            left_cues,
            right_cues,
            weights,
            band,
        }
    }

    fn run(&self) -> Vec<Bead> {
        let (rows, columns) = (self.left.len(), self.right.len());
        let mut best = vec![f32::INFINITY; self.band.cells()];
        let mut steps = vec![(0_u8, 0_u8); self.band.cells()];
        best[0] = 0.0;
        for row in 0..=rows {
            for column in self.band.window(row) {
                let Some(from) = self.band.slot(row, column) else {
                    continue;
                };
                let so_far = best[from];
                if so_far.is_infinite() {
                    continue;
                }
                for (down, across) in STEPS {
                    if row + down > rows || column + across > columns {
                        continue;
                    }
                    let Some(to) = self.band.slot(row + down, column + across) else {
                        continue;
                    };
                    let Some(cost) = self.cost(row..row + down, column..column + across) else {
                        continue;
                    };
                    if so_far + cost < best[to] {
                        best[to] = so_far + cost;
                        steps[to] = (down as u8, across as u8);
                    }
                }
            }
        }
        self.trace(&steps)
    }

    /// Walks back from the far corner. If the band did not reach it, the rest has no translation.
    fn trace(&self, steps: &[(u8, u8)]) -> Vec<Bead> {
        let (mut row, mut column) = (self.left.len(), self.right.len());
        let mut beads = Vec::new();
        while row > 0 || column > 0 {
            let (down, across) = self
                .band
                .slot(row, column)
                .map_or((0, 0), |slot| steps[slot]);
            let (down, across) = match (down, across) {
                (0, 0) if row > 0 => (1, 0),
                (0, 0) => (0, 1),
                (down, across) => (usize::from(down), usize::from(across)),
            };
            // The probability that the units belong together.
            let alone = ALONE * (down + across) as f32;
            let cost = self
                .cost(row - down..row, column - across..column)
                .unwrap_or(alone);
            let confidence = 1.0 / (1.0 + (cost - alone).exp());
            let (chinese, english) = (
                (row - down) as u32..row as u32,
                (column - across) as u32..column as u32,
            );
            beads.push(Bead {
                chinese,
                english,
                confidence,
            });
            row -= down;
            column -= across;
        }
        beads.reverse();
        lone_chinese_first(&mut beads);
        beads
    }

    /// The cost of a bead; `None` if it is not to be considered.
    fn cost(&self, left: Range<usize>, right: Range<usize>) -> Option<f32> {
        if left.is_empty() || right.is_empty() {
            return Some(ALONE);
        }
        let (a, b) = (&self.left[left.clone()], &self.right[right.clone()]);
        let prior = match (a.len(), b.len()) {
            (1, 1) => ONE_TO_ONE,
            (2, 2) => TWO_TO_TWO,
            _ => TWO_TO_ONE,
        };
        let letters = |units: &[AlignedUnit]| units.iter().map(|unit| unit.letters).sum::<f32>();
        let length = length_cost(letters(a), letters(b));
        let may_merge =
            || length <= MERGE_CAP && a.iter().chain(b).all(|unit| unit.shape.is_prose());
        if a.len() + b.len() > 2 && !may_merge() {
            return None;
        }
        let cues = self.cues(self.left_cues.of(&left), self.right_cues.of(&right));
        let shapes = a
            .iter()
            .flat_map(|a| b.iter().map(|b| shape_cost(&a.shape, &b.shape)));
        Some(prior + length + cues + shapes.fold(f32::INFINITY, f32::min))
    }

    /// The evidence of the cues of a bead's two sides, for it (negative) or against it.
    fn cues(&self, left: &[u32], right: &[u32]) -> f32 {
        let weight = |cue: &u32| self.weights[*cue as usize];
        let on_left = left.iter().map(|cue| {
            let is_shared = right.binary_search(cue).is_ok();
            if is_shared {
                -weight(cue).both
            } else {
                weight(cue).left
            }
        });
        let only_right = right.iter().filter(|cue| left.binary_search(cue).is_err());
        let cost = on_left.sum::<f32>() + only_right.map(|cue| weight(cue).right).sum::<f32>();
        cost.clamp(-CUE_CAP, CUE_CAP)
    }
}

/// Moves Chinese blocks without a translation before English ones next to them. Their order is
/// free, and the headline of one section should be above the label that opens the other.
fn lone_chinese_first(beads: &mut [Bead]) {
    for run in beads.chunk_by_mut(|one, next| !one.is_pair() && !next.is_pair()) {
        if run.len() < 2 {
            continue;
        }
        let (mut chinese, mut english) = (run[0].chinese.start, run[0].english.start);
        run.sort_by_key(|bead| bead.chinese.is_empty());
        for bead in run {
            let (left, right) = (bead.chinese.len() as u32, bead.english.len() as u32);
            bead.chinese = chinese..chinese + left;
            bead.english = english..english + right;
            (chinese, english) = (bead.chinese.end, bead.english.end);
        }
    }
}

/// Log-likelihood ratios of a cue, from the number of units that have it on each side.
fn weigh(on_left: u32, lefts: usize, on_right: u32, rights: usize) -> Weight {
    let chance = |count: u32, of: usize| (count as f32 + 0.5) / (of as f32 + 1.0);
    let (left, right) = (chance(on_left, lefts), chance(on_right, rights));
    let rarer = left.min(right);
    let lost = |other: f32| ((1.0 - other.min(0.95)) / (1.0 - KEPT)).ln().max(0.0) * CUE_WEIGHT;
    Weight {
        both: (KEPT / rarer).ln().max(0.0) * CUE_WEIGHT,
        left: lost(right),
        right: lost(left),
    }
}

/// Minus the logarithm of the probability of lengths this far apart in a true bead (Gale and
/// Church's δ, two-sided).
fn length_cost(left: f32, right: f32) -> f32 {
    let mean = f32::midpoint(left, right).max(1.0);
    let delta = (left - right).abs() / (mean * VARIANCE).sqrt();
    (-upper_tail(delta).max(1e-12).ln()).min(LENGTH_CAP)
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

fn shape_cost(a: &Shape, b: &Shape) -> f32 {
    use BlockKind::{Break, Code, Heading, Item, Label, Table};
    let mut cost = match (a.kind, b.kind) {
        (Heading(left), Heading(right)) => LEVEL * f32::from(left.abs_diff(right)),
        (Item, Item) => LEVEL * f32::from(a.depth.abs_diff(b.depth)),
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

    fn units(texts: &[&str]) -> Vec<AlignedUnit> {
        texts.iter().map(|text| cues::of_text(text)).collect()
    }

    fn beads(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
        let beads = align_units(&units(left), &units(right));
        beads
            .iter()
            .map(|bead| (bead.chinese.len(), bead.english.len()))
            .collect()
    }

    const LEFT: [&str; 4] = [
        "CoreWeave 筹集了 86 亿美元的债务和股权融资，使其估值大幅上升。",
        "该公司计划在挪威、瑞典和西班牙建造三个新的数据中心，以扩大在欧洲的业务。",
        "Dell 和 Supermicro 的股价随之上涨。",
        "分析师仍然怀疑这样的增长能否持续。",
    ];
    const RIGHT: [&str; 4] = [
        "CoreWeave has raised debt and equity that lift its valuation sharply.",
        "The company plans to build three new data centres in Norway, Sweden and Spain to expand its European business.",
        "Shares in Dell and Supermicro rose in response.",
        "Analysts still doubt that such growth can last.",
    ];

    #[test]
    fn translations_keep_their_order() {
        assert_eq!(beads(&LEFT, &RIGHT), [(1, 1); 4]);
    }

    #[test]
    fn a_missing_block_leaves_its_neighbours_where_they_are() {
        assert_eq!(
            beads(&LEFT, &[RIGHT[0], RIGHT[2], RIGHT[3]]),
            [(1, 1), (1, 0), (1, 1), (1, 1)]
        );
        assert_eq!(
            beads(&[LEFT[0], LEFT[2], LEFT[3]], &RIGHT),
            [(1, 1), (0, 1), (1, 1), (1, 1)]
        );
    }

    #[test]
    fn chinese_blocks_without_a_translation_come_first() {
        let lone = |chinese: Range<u32>, english: Range<u32>| Bead {
            chinese,
            english,
            confidence: 0.5,
        };
        let mut beads = [
            lone(0..0, 0..1),
            lone(0..1, 1..1),
            lone(1..1, 1..2),
            lone(1..2, 2..3),
            lone(2..2, 3..4),
        ];
        lone_chinese_first(&mut beads);
        let ranges: Vec<_> = beads
            .iter()
            .map(|bead| (bead.chinese.clone(), bead.english.clone()))
            .collect();
        assert_eq!(
            ranges,
            [
                (0..1, 0..0),
                (1..1, 0..1),
                (1..1, 1..2),
                (1..2, 2..3),
                (2..2, 3..4)
            ]
        );
    }

    #[test]
    fn merged_blocks_translate_both() {
        let joined = [RIGHT[0], RIGHT[1]].join(" ");
        assert_eq!(
            beads(&LEFT, &[&joined, RIGHT[2], RIGHT[3]]),
            [(2, 1), (1, 1), (1, 1)]
        );
    }

    #[test]
    fn empty_and_lopsided_sides_are_covered() {
        assert!(beads(&[], &[]).is_empty());
        assert_eq!(beads(&LEFT, &[]), [(1, 0); 4]);
        assert_eq!(beads(&[], &RIGHT), [(0, 1); 4]);
        let many: Vec<&str> = std::iter::repeat_n("一段文字。", 3000).collect();
        let covered: usize = beads(&many, &RIGHT).iter().map(|bead| bead.0).sum();
        assert_eq!(covered, 3000);
    }

    #[test]
    fn of_very_many_blocks_the_headings_are_aligned() {
        let unit = |text: &str, kind| {
            let mut unit = cues::of_text(text);
            unit.shape.kind = kind;
            unit
        };
        let side = |texts: &[&str]| -> Vec<AlignedUnit> {
            let kind = |text: &str| match text.strip_prefix('#') {
                Some(heading) => unit(heading, BlockKind::Heading(2)),
                None => unit(text, BlockKind::Paragraph),
            };
            texts.iter().map(|text| kind(text)).collect()
        };
        let left = side(&["的", "#Dell 的股价", "的", "#挪威 Norway"]);
        let right = side(&["#Shares of Dell", "a", "b", "#In Norway", "c"]);
        let beads = align_headings(&left, &right);
        let pairs: Vec<_> = beads
            .iter()
            .filter(|bead| bead.is_pair())
            .map(|bead| (bead.chinese.clone(), bead.english.clone()))
            .collect();
        assert_eq!(pairs, [(1..2, 0..1), (3..4, 3..4)]);
        let covered = |of: fn(&Bead) -> &Range<u32>| -> Vec<u32> {
            beads.iter().flat_map(|bead| of(bead).clone()).collect()
        };
        assert_eq!(covered(|bead| &bead.chinese), [0, 1, 2, 3]);
        assert_eq!(covered(|bead| &bead.english), [0, 1, 2, 3, 4]);
    }

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
