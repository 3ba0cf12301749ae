//! The alignment of two sequences of units by dynamic programming.
//!
//! After Gale and Church, *A Program for Aligning Sentences in Bilingual Corpora* (Computational
//! Linguistics 19, 1993): beads of 1-1, 1-0, 0-1, 2-1 and more, the lengths of a bead's two sides
//! compared by a normal variable. To the length we add shape (kind, nesting, number in its list, final
//! punctuation), cues (names, figures, links, code), and words that translate each other by a
//! dictionary, each weighed by how rarely it would be shared by chance in this article. All costs are negative log-likelihoods in nats.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::{Range, RangeInclusive};

use super::alignment::{Alignment, Bead};
use super::cues::{self, AlignedUnit, Shape};
use super::prose::sentences;
use super::search_band::SearchBand;
use crate::markdown::{BlockKind, Document};
use crate::text::Language;

/// The costs of what an alignment can do. Those of Gale and Church and of hunalign were the start; the others were
/// found by coordinate descent on texts with a truth (`docs/accuracy.md` says which, and what they reach).
#[derive(Clone, Copy, Debug)]
struct Costs {
    /// A unit without a translation: about 1 in 8 blocks, because digests do drop paragraphs (Gale and Church: 1 in
    /// 100).
    alone: f32,
    /// A bead of 1-1; of 1-2 or 2-1, and for each unit more; of 2-2; and of 2-3 or 3-2.
    one_to_one: f32,
    two_to_one: f32,
    each_more: f32,
    two_to_two: f32,
    three_to_two: f32,
    /// The most units of a side in a bead.
    most: usize,
    /// The variance of the length per letter, which is multiplied by the letters that a Han character is worth
    /// (Gale and Church: 6.8).
    variance: f32,
    /// Beads of more than one unit whose lengths are farther apart than this, in standard deviations, are not
    /// considered.
    merge_deviation: f32,
    /// The letters that a Han character is worth before anything is known of the article, and how many characters
    /// this counts as.
    letters_per_han: f32,
    prior_han: f32,
    /// How much words that translate each other count, and one that nothing translates.
    words: f32,
    unanswered: f32,
    /// The greatest weight of cues and words, for or against a bead.
    evidence_cap: f32,
}

const BLOCKS: Costs = Costs {
    alone: 2.0,
    one_to_one: 0.0,
    two_to_one: 2.5,
    each_more: 1.0,
    two_to_two: 4.5,
    three_to_two: 5.5,
    most: 8,
    variance: 5.0,
    merge_deviation: 2.36,
    letters_per_han: 2.8,
    prior_han: 1000.0,
    words: 0.3,
    unanswered: 0.3,
    evidence_cap: 18.0,
};

const SENTENCES: Costs = Costs {
    alone: 3.0,
    one_to_one: 0.1,
    two_to_one: 2.5,
    each_more: 3.0,
    two_to_two: 4.0,
    three_to_two: 5.0,
    most: 5,
    variance: 6.8,
    merge_deviation: 3.03,
    letters_per_han: 3.0,
    prior_han: 300.0,
    words: 0.7,
    unanswered: 0.8,
    evidence_cap: 30.0,
};

/// The bounds of the letters that a Han character is worth in an article.
const LETTERS_PER_HAN: RangeInclusive<f32> = 2.6..=5.7;
/// The greatest cost of different lengths, because digests shorten.
const LENGTH_CAP: f32 = 6.0;
/// How likely a cue that both texts have somewhere is on both sides of a true bead, and how likely a word of a true
/// bead has a translation in the dictionary.
const KEPT: f32 = 0.7;
const ANSWERED: f32 = 0.5;
/// Cues are not independent of one another (names come with their companies), so their evidence
/// counts less than in full.
const CUE_WEIGHT: f32 = 0.3;
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
/// The most units of a side in any bead.
const MOST_IN_BEAD: usize = 8;

/// The steps through the table: how many units of each side a bead takes.
const STEPS: [(usize, usize); 20] = [
    (1, 0),
    (0, 1),
    (1, 1),
    (2, 1),
    (1, 2),
    (2, 2),
    (3, 1),
    (1, 3),
    (3, 2),
    (2, 3),
    (4, 1),
    (1, 4),
    (5, 1),
    (1, 5),
    (6, 1),
    (1, 6),
    (7, 1),
    (1, 7),
    (8, 1),
    (1, 8),
];

/// Aligns the blocks of two documents; of more than 200,000 blocks only the headings.
pub fn align(chinese: &Document, english: &Document) -> Alignment {
    let blocks = chinese.blocks.len() + english.blocks.len();
    let left = cues::of_document(chinese, Language::Chinese);
    let right = cues::of_document(english, Language::English);
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

/// The sentences of two texts and their alignment.
#[derive(Debug)]
pub struct AlignedSentences {
    /// Beads of the sentences.
    pub beads: Vec<Bead>,
    /// The byte ranges of the Chinese sentences.
    pub chinese: Vec<Range<usize>>,
    /// The byte ranges of the English sentences.
    pub english: Vec<Range<usize>>,
}

/// Aligns the sentences of pairs of texts of one article.
pub fn align_sentences<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<AlignedSentences> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut parts = Vec::new();
    for (chinese, english) in pairs {
        let of = |text: &str, language: Language, units: &mut Vec<AlignedUnit>| {
            let sentences = sentences(text, language);
            let first = units.len();
            units.extend(
                sentences
                    .iter()
                    .map(|range| cues::of_text(&text[range.clone()], language)),
            );
            (first..units.len(), sentences)
        };
        parts.push((
            of(chinese, Language::Chinese, &mut left),
            of(english, Language::English, &mut right),
        ));
    }
    let evidence = Evidence::new(&left, &right, &SENTENCES);
    parts
        .into_iter()
        .map(|((lefts, chinese), (rights, english))| AlignedSentences {
            beads: Search::new(&evidence, lefts, rights).run(),
            chinese,
            english,
        })
        .collect()
}

fn align_units(left: &[AlignedUnit], right: &[AlignedUnit]) -> Vec<Bead> {
    let evidence = Evidence::new(left, right, &BLOCKS);
    Search::new(&evidence, 0..left.len(), 0..right.len()).run()
}

/// The evidence of a cue that is on both sides of a bead, on the left only, on the right only.
#[derive(Clone, Copy, Debug)]
struct Weight {
    both: f32,
    left: f32,
    right: f32,
}

/// What two sides have in common, beyond their lengths and shapes.
struct Evidence<'a> {
    left: &'a [AlignedUnit],
    right: &'a [AlignedUnit],
    /// The numbered cues of each unit, sorted, none twice.
    left_cues: Vec<Vec<u32>>,
    right_cues: Vec<Vec<u32>>,
    /// The weight of each numbered cue.
    weights: Vec<Weight>,
    /// The numbered stems of each unit.
    left_stems: Vec<Vec<u32>>,
    right_stems: Vec<Vec<u32>>,
    /// By the number of a stem, how much it says if a Chinese word of so many units answers it, and if none does.
    stem_weights: Vec<[f32; MOST_IN_BEAD]>,
    letters_per_han: f32,
    left_sums: Sums,
    right_sums: Sums,
    costs: &'static Costs,
}

/// Sums over the units before each place, and over all, so that those of a bead are differences.
struct Sums {
    lengths: Vec<f64>,
    /// How many units are no prose.
    others: Vec<u32>,
    /// The most that the cues and words of the units can say for a bead.
    gains: Vec<f64>,
}

impl Sums {
    fn new<'a>(units: impl Iterator<Item = (&'a AlignedUnit, f32)>, letters_per_han: f32) -> Self {
        let mut sums = Self {
            lengths: vec![0.0],
            others: vec![0],
            gains: vec![0.0],
        };
        let (mut lengths, mut others, mut gains) = (0.0, 0, 0.0);
        for (unit, gain) in units {
            lengths += f64::from(unit.han * letters_per_han + unit.letters);
            others += u32::from(!unit.shape.is_prose());
            gains += f64::from(gain);
            sums.lengths.push(lengths);
            sums.others.push(others);
            sums.gains.push(gains);
        }
        sums
    }

    fn length(&self, units: &Range<usize>) -> f32 {
        (self.lengths[units.end] - self.lengths[units.start]) as f32
    }

    fn is_prose(&self, units: &Range<usize>) -> bool {
        self.others[units.end] == self.others[units.start]
    }

    fn gain(&self, units: &Range<usize>) -> f32 {
        (self.gains[units.end] - self.gains[units.start]) as f32
    }
}

fn numbered(units: &[AlignedUnit], numbers: &HashMap<u64, u32>) -> Vec<Vec<u32>> {
    let numbered = |unit: &AlignedUnit| {
        let found = unit.cues.iter().filter_map(|cue| numbers.get(cue).copied());
        let mut found: Vec<u32> = found.collect();
        found.sort_unstable();
        found
    };
    units.iter().map(numbered).collect()
}

fn count_cues(units: &[AlignedUnit]) -> BTreeMap<u64, u32> {
    let mut counts = BTreeMap::new();
    for cue in units.iter().flat_map(|unit| &unit.cues) {
        *counts.entry(*cue).or_default() += 1;
    }
    counts
}

/// The numbers of a run of units, sorted, none twice.
fn union(units: &[Vec<u32>]) -> Cow<'_, [u32]> {
    match units {
        [one] => Cow::Borrowed(one),
        // Most units have no cue.
        several if several.iter().filter(|unit| !unit.is_empty()).count() < 2 => {
            let one = several.iter().find(|unit| !unit.is_empty());
            Cow::Borrowed(one.map_or(&[], Vec::as_slice))
        }
        several => {
            let mut all = several.concat();
            all.sort_unstable();
            all.dedup();
            Cow::Owned(all)
        }
    }
}

impl<'a> Evidence<'a> {
    fn new(left: &'a [AlignedUnit], right: &'a [AlignedUnit], costs: &'static Costs) -> Self {
        let (on_left, on_right) = (count_cues(left), count_cues(right));
        let mut numbers = HashMap::new();
        let mut weights = Vec::new();
        for (cue, count) in &on_left {
            if let Some(other) = on_right.get(cue) {
                numbers.insert(*cue, weights.len() as u32);
                weights.push(weigh(*count, left.len(), *other, right.len()));
            }
        }
        let mut said: Vec<u64> = right.iter().flat_map(|unit| &unit.stems).copied().collect();
        said.sort_unstable();
        said.dedup();
        let in_said = |unit: &AlignedUnit| -> Vec<u32> {
            let stems = unit.stems.iter();
            stems
                .filter_map(|stem| Some(said.binary_search(stem).ok()? as u32))
                .collect()
        };
        let left_stems: Vec<Vec<u32>> = left.iter().map(in_said).collect();
        let mut answered = vec![0_u32; said.len()];
        for stem in left_stems.iter().flatten() {
            answered[*stem as usize] += 1;
        }
        let mut right_stems: Vec<Vec<u32>> = right.iter().map(in_said).collect();
        for unit in &mut right_stems {
            // What nothing answers anywhere says nothing.
            unit.retain(|stem| answered[*stem as usize] > 0);
        }
        let weights_of = |count: &u32| {
            let chance = ((*count as f32 + 0.5) / (left.len() as f32 + 1.0)).min(0.99);
            let mut without = 1.0;
            [(); MOST_IN_BEAD].map(|()| {
                without *= 1.0 - chance;
                (ANSWERED / (1.0 - without)).ln().max(0.0)
            })
        };
        let han: f32 = left.iter().map(|unit| unit.han).sum::<f32>();
        let latin: f32 = left.iter().map(|unit| unit.letters).sum::<f32>();
        let english: f32 = right.iter().map(|unit| unit.letters).sum::<f32>();
        let letters_per_han = ((english - latin).max(0.0)
            + costs.prior_han * costs.letters_per_han)
            / (han + costs.prior_han);
        let letters_per_han =
            letters_per_han.clamp(*LETTERS_PER_HAN.start(), *LETTERS_PER_HAN.end());
        let left_cues = numbered(left, &numbers);
        let stem_weights: Vec<[f32; MOST_IN_BEAD]> = answered.iter().map(weights_of).collect();
        // Cues are counted on the left, words on the right.
        let cue_gain = |cues: &Vec<u32>| cues.iter().map(|cue| weights[*cue as usize].both).sum();
        let word_gain = |stems: &Vec<u32>| {
            let best = stems.iter().map(|stem| stem_weights[*stem as usize][0]);
            best.sum::<f32>() * costs.words
        };
        let left_gains = left_cues.iter().map(cue_gain);
        let right_gains = right_stems.iter().map(word_gain);
        let left_sums = Sums::new(left.iter().zip(left_gains), letters_per_han);
        let right_sums = Sums::new(right.iter().zip(right_gains), letters_per_han);
        Self {
            left,
            right,
            left_cues,
            right_cues: numbered(right, &numbers),
            weights,
            left_stems,
            right_stems,
            stem_weights,
            letters_per_han,
            left_sums,
            right_sums,
            costs,
        }
    }

    /// The evidence of words that translate each other, for a bead (negative) or against it.
    fn words(&self, left: Range<usize>, right: Range<usize>) -> f32 {
        let units = left.len().min(MOST_IN_BEAD);
        let answers = &self.left_stems[left];
        let cost = |stem: &u32| {
            if answers.iter().any(|unit| unit.binary_search(stem).is_ok()) {
                -self.stem_weights[*stem as usize][units - 1]
            } else {
                self.costs.unanswered
            }
        };
        self.right_stems[right]
            .iter()
            .flatten()
            .map(cost)
            .sum::<f32>()
            * self.costs.words
    }

    /// The evidence of the cues of a bead's two sides, for it (negative) or against it.
    fn cues(&self, left: Range<usize>, right: Range<usize>) -> f32 {
        let (left, right) = (union(&self.left_cues[left]), union(&self.right_cues[right]));
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
        on_left.sum::<f32>() + only_right.map(|cue| weight(cue).right).sum::<f32>()
    }
}

struct Search<'a> {
    evidence: &'a Evidence<'a>,
    left: Range<usize>,
    right: Range<usize>,
    band: SearchBand,
}

impl<'a> Search<'a> {
    fn new(evidence: &'a Evidence<'a>, left: Range<usize>, right: Range<usize>) -> Self {
        let band = SearchBand::new(
            &evidence.left_cues[left.clone()],
            &evidence.right_cues[right.clone()],
            evidence.weights.len(),
        );
        Self {
            evidence,
            left,
            right,
            band,
        }
    }

    fn run(&self) -> Vec<Bead> {
        let (rows, columns) = (self.left.len(), self.right.len());
        let most = self.evidence.costs.most;
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
                    if down.max(across) > most || row + down > rows || column + across > columns {
                        continue;
                    }
                    let Some(to) = self.band.slot(row + down, column + across) else {
                        continue;
                    };
                    let below = best[to] - so_far;
                    let (left, right) = (row..row + down, column..column + across);
                    let Some(cost) = self.cost(left, right, below) else {
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
            let alone = self.evidence.costs.alone * (down + across) as f32;
            let cost = self
                .cost(row - down..row, column - across..column, f32::INFINITY)
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

    /// The cost of a bead; `None` if it is not to be considered, or surely not below a bound.
    fn cost(&self, left: Range<usize>, right: Range<usize>, below: f32) -> Option<f32> {
        let Evidence { costs, .. } = self.evidence;
        if left.is_empty() || right.is_empty() {
            return Some(costs.alone);
        }
        let shifted = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        let (left, right) = (
            shifted(left, self.left.start),
            shifted(right, self.right.start),
        );
        let (a, b) = (
            &self.evidence.left[left.clone()],
            &self.evidence.right[right.clone()],
        );
        let (fewer, more) = (a.len().min(b.len()), a.len().max(b.len()));
        let prior = match (fewer, more) {
            (1, 1) => costs.one_to_one,
            (1, more) => costs.two_to_one + costs.each_more * (more as f32 - 2.0),
            (_, 2) => costs.two_to_two,
            _ => costs.three_to_two,
        };
        let (left_sums, right_sums) = (&self.evidence.left_sums, &self.evidence.right_sums);
        if more > 1 && !(left_sums.is_prose(&left) && right_sums.is_prose(&right)) {
            return None;
        }
        // Before what takes longer.
        let gain = left_sums.gain(&left) + right_sums.gain(&right);
        let least = prior - gain.min(costs.evidence_cap) - NUMBER;
        if least >= below {
            return None;
        }
        let deviation = deviation(
            left_sums.length(&left),
            right_sums.length(&right),
            costs.variance * self.evidence.letters_per_han,
        );
        if more > 1 && deviation > costs.merge_deviation {
            return None;
        }
        let length = length_cost(deviation);
        if least + length >= below {
            return None;
        }
        let cues =
            self.evidence.cues(left.clone(), right.clone()) + self.evidence.words(left, right);
        let shapes = a
            .iter()
            .flat_map(|a| b.iter().map(|b| shape_cost(&a.shape, &b.shape)));
        Some(
            prior
                + length
                + cues.clamp(-costs.evidence_cap, costs.evidence_cap)
                + shapes.fold(f32::INFINITY, f32::min),
        )
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

/// How far apart two lengths are, in standard deviations (Gale and Church's δ, two-sided).
fn deviation(left: f32, right: f32, variance: f32) -> f32 {
    let mean = f32::midpoint(left, right).max(1.0);
    (left - right).abs() / (mean * variance).sqrt()
}

/// Minus the logarithm of the probability of lengths this far apart in a true bead.
fn length_cost(deviation: f32) -> f32 {
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

    fn units(texts: &[&str], language: Language) -> Vec<AlignedUnit> {
        let of = |text: &&str| cues::of_text(text, language);
        texts.iter().map(of).collect()
    }

    fn beads(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
        let left = units(left, Language::Chinese);
        let beads = align_units(&left, &units(right, Language::English));
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
    fn one_paragraph_may_be_told_in_many() {
        let joined = RIGHT.join(" ");
        let end = [
            "两天以后天气变好了，大家都到山上去。",
            "Two days later the weather turned fine and everybody went up the mountain.",
        ];
        let left = [&LEFT[..], &[end[0]]].concat();
        assert_eq!(beads(&left, &[&joined, end[1]]), [(4, 1), (1, 1)]);
        let joined = LEFT.concat();
        let right = [&RIGHT[..], &[end[1]]].concat();
        assert_eq!(beads(&[&joined, end[0]], &right), [(1, 4), (1, 1)]);
    }

    #[test]
    fn words_tell_which_of_two_alike_blocks_is_the_translation() {
        let left = ["医院的护士要求加薪。", "渔民在海上发现了鲸鱼。"];
        let right = ["Fishermen found a whale at sea."];
        assert_eq!(beads(&left, &right), [(1, 0), (1, 1)]);
    }

    #[test]
    fn sentences_are_aligned_with_what_the_whole_article_says() {
        let chinese = ["渔民出海。他们看见鲸鱼。", "护士罢工了。"];
        let english = [
            "Fishermen went to sea, and they saw a whale.",
            "The nurses went on strike.",
        ];
        let pairs = chinese.into_iter().zip(english);
        let aligned = align_sentences(pairs);
        let beads = |at: usize| -> Vec<(usize, usize)> {
            let beads = aligned[at].beads.iter();
            beads
                .map(|bead| (bead.chinese.len(), bead.english.len()))
                .collect()
        };
        assert_eq!((beads(0), beads(1)), (vec![(2, 1)], vec![(1, 1)]));
        assert_eq!(aligned[0].chinese.len(), 2);
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
            let mut unit = cues::of_text(text, Language::English);
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
