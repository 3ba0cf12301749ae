//! What two sides have in common beyond their order: lengths, cues, and words that translate each other.
//!
//! Each kind of evidence is a log-likelihood ratio in nats: how much likelier it is in a true bead than by chance in
//! this article.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::costs::{Costs, LETTERS_PER_HAN, NUMBER};
use super::cues::{AlignedUnit, is_neutral};
use super::search_band::SearchBand;

/// How likely a cue that both texts have somewhere is on both sides of a true bead.
const KEPT: f32 = 0.7;
/// Cues are not independent of one another (names come with their companies), so their evidence
/// counts less than in full.
const CUE_WEIGHT: f32 = 0.3;
/// How many of the words of a true bead the dictionary finds in it: in loose translations, free ones and close ones,
/// each as likely before the words are seen.
const SHARES: [f32; 3] = [0.12, 0.35, 0.65];
/// How many Han characters are added to the text in which chance is measured, so that little text says little.
const MORE_HAN: f32 = 30.0;
/// What a bead's texts lack of each other speaks against it up to so many cues: a long table of 亿 has no figure of the
/// one in billions.
const MOST_LOST: f32 = 20.0;
/// So few units are looked through one by one.
const FEW: usize = 8;
/// A token in more units than this tells pairs of units apart so little that bounds take it for shared.
const COMMON: usize = 64;

/// The numbered cues or stems of the units of a side.
struct Tokens {
    of_unit: Vec<Vec<Token>>,
    /// The units of each number, in order.
    units: Vec<Vec<u32>>,
    /// The same as a bit for each unit, of numbers that many units have; of others it is empty.
    bits: Vec<Vec<u64>>,
}

/// A cue or stem of a unit.
struct Token {
    number: u32,
    /// One more than the unit before this one that has it too, or 0.
    before: u32,
}

impl Tokens {
    fn new(of_unit: Vec<Vec<u32>>, different: usize) -> Self {
        let mut units = vec![Vec::new(); different];
        let mut token = |unit: u32, number: u32| {
            let units: &mut Vec<u32> = &mut units[number as usize];
            let before = units.last().map_or(0, |before| before + 1);
            units.push(unit);
            Token { number, before }
        };
        let tokens = |(unit, numbers): (u32, Vec<u32>)| {
            let numbers = numbers.into_iter();
            numbers.map(|number| token(unit, number)).collect()
        };
        let of_unit: Vec<Vec<Token>> = (0..).zip(of_unit).map(tokens).collect();
        let all = of_unit.len();
        let bits = units.iter().map(|units| {
            let mut bits = Vec::new();
            // Fewer are looked up as fast, and the bits of all would take too much memory.
            if units.len() > FEW.max(all / 64) {
                bits.resize(all / 64 + 2, 0);
                for unit in units {
                    bits[*unit as usize / 64] |= 1 << (unit % 64);
                }
            }
            bits
        });
        let bits = bits.collect();
        Self {
            of_unit,
            units,
            bits,
        }
    }

    /// The different numbers of a run of units.
    fn of(&self, run: Range<usize>) -> impl Iterator<Item = u32> {
        let first = run.start as u32;
        let tokens = self.of_unit[run].iter().flatten();
        tokens
            .filter(move |token| token.before <= first)
            .map(|token| token.number)
    }

    /// Whether a number is in a run of units, no more than 64.
    fn is_in(&self, number: u32, run: &Range<usize>) -> bool {
        let bits = &self.bits[number as usize];
        if !bits.is_empty() {
            let (word, first) = (run.start / 64, run.start % 64);
            let two = u128::from(bits[word]) | u128::from(bits[word + 1]) << 64;
            return two >> first & ((1 << run.len()) - 1) != 0;
        }
        let units = &self.units[number as usize];
        let from = if units.len() > FEW {
            units.partition_point(|&unit| (unit as usize) < run.start)
        } else {
            0
        };
        let mut units = units[from..].iter().map(|&unit| unit as usize);
        units
            .find(|&unit| unit >= run.start)
            .is_some_and(|unit| unit < run.end)
    }
}

/// The evidence of a cue that is on both sides of a bead, on the left only, on the right only.
#[derive(Clone, Copy, Debug)]
struct Weight {
    both: f32,
    left: f32,
    right: f32,
}

/// What two sides have in common, beyond their shapes.
pub(super) struct Evidence<'a> {
    pub(super) left: &'a [AlignedUnit],
    pub(super) right: &'a [AlignedUnit],
    pub(super) costs: &'static Costs,
    pub(super) letters_per_han: f32,
    /// The most that the same number can say for a bead.
    pub(super) number_gain: f32,
    pub(super) left_sums: Sums,
    pub(super) right_sums: Sums,
    left_cues: Tokens,
    right_cues: Tokens,
    /// The weight of each numbered cue.
    weights: Vec<Weight>,
    /// The numbered stems of each unit that something on the other side answers.
    left_stems: Tokens,
    right_stems: Tokens,
    answers: AnswerTable,
    /// The logarithms of how likely a word is not found in a bead, by its share.
    unfound: [f32; SHARES.len()],
}

/// Sums over the units before each place, so that those of a bead are differences.
pub(super) struct Sums {
    lengths: Vec<f64>,
    /// How many units are no prose.
    others: Vec<u32>,
    /// The cues that the other text lacks though they are the same in both languages.
    lost: Vec<u32>,
    /// How many stems nothing answers.
    unanswered: Vec<u32>,
}

impl Sums {
    fn new(units: &[AlignedUnit], letters_per_han: f32) -> Self {
        let mut sums = Self {
            lengths: vec![0.0],
            others: vec![0],
            lost: vec![0; units.len() + 1],
            unanswered: vec![0; units.len() + 1],
        };
        let (mut lengths, mut others) = (0.0, 0);
        for unit in units {
            lengths += f64::from(unit.han * letters_per_han + unit.letters);
            others += u32::from(!unit.shape.is_prose());
            sums.lengths.push(lengths);
            sums.others.push(others);
        }
        sums
    }

    pub(super) fn length(&self, units: &Range<usize>) -> f32 {
        (self.lengths[units.end] - self.lengths[units.start]) as f32
    }

    pub(super) fn is_prose(&self, units: &Range<usize>) -> bool {
        self.others[units.end] == self.others[units.start]
    }
}

fn difference(sums: &[u32], units: &Range<usize>) -> f32 {
    (sums[units.end] - sums[units.start]) as f32
}

/// Numbers the cues that both sides have, and weighs them.
fn number_cues(
    left: &[AlignedUnit],
    right: &[AlignedUnit],
    sums: [&mut Sums; 2],
) -> ([Tokens; 2], Vec<Weight>) {
    let sides = [left, right];
    let counts = sides.map(|units| {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for cue in units.iter().flat_map(|unit| &unit.cues) {
            *counts.entry(*cue).or_default() += 1;
        }
        counts
    });
    let mut shared: Vec<u64> = counts[0].keys().copied().collect();
    shared.retain(|cue| counts[1].contains_key(cue));
    shared.sort_unstable();
    let weights = shared
        .iter()
        .map(|cue| weigh(counts[0][cue], left.len(), counts[1][cue], right.len()));
    let weights = weights.collect();
    let numbers: HashMap<u64, u32> = shared.iter().copied().zip(0..).collect();
    let mut sums = sums.into_iter();
    let tokens = sides.map(|units| {
        let sums = sums.next().expect("invariant: one for each side");
        let mut lost = 0;
        let numbered = units.iter().enumerate().map(|(at, unit)| {
            let mut found = Vec::new();
            for cue in &unit.cues {
                match numbers.get(cue) {
                    Some(&number) => found.push(number),
                    None => lost += u32::from(is_neutral(*cue)),
                }
            }
            sums.lost[at + 1] = lost;
            found.sort_unstable();
            found
        });
        Tokens::new(numbered.collect(), shared.len())
    });
    (tokens, weights)
}

impl<'a> Evidence<'a> {
    pub(super) fn new(
        left: &'a [AlignedUnit],
        right: &'a [AlignedUnit],
        costs: &'static Costs,
    ) -> Self {
        let letters_per_han = letters_per_han(left, right, costs);
        let mut left_sums = Sums::new(left, letters_per_han);
        let mut right_sums = Sums::new(right, letters_per_han);
        let ([left_cues, right_cues], weights) =
            number_cues(left, right, [&mut left_sums, &mut right_sums]);
        let mut said: Vec<u64> = right.iter().flat_map(|unit| &unit.stems).copied().collect();
        said.sort_unstable();
        said.dedup();
        let in_said = |unit: &AlignedUnit| -> Vec<u32> {
            let stems = unit.stems.iter();
            stems
                .filter_map(|stem| Some(said.binary_search(stem).ok()? as u32))
                .collect()
        };
        let left_stems = Tokens::new(left.iter().map(in_said).collect(), said.len());
        let mut unanswered = 0;
        let answered = right.iter().enumerate().map(|(at, unit)| {
            let mut stems = in_said(unit);
            stems.retain(|stem| !left_stems.units[*stem as usize].is_empty());
            unanswered += (unit.stems.len() - stems.len()) as u32;
            right_sums.unanswered[at + 1] = unanswered;
            stems
        });
        let right_stems = Tokens::new(answered.collect(), said.len());
        let letters = left_sums.length(&(0..left.len())) + letters_per_han * MORE_HAN;
        let answers = AnswerTable::new(&left_stems.units, letters);
        Self {
            left,
            right,
            costs,
            letters_per_han,
            number_gain: if [left, right].into_iter().all(has_numbers) {
                NUMBER
            } else {
                0.0
            },
            left_sums,
            right_sums,
            left_cues,
            right_cues,
            weights,
            left_stems,
            right_stems,
            answers,
            unfound: SHARES.map(|share| (1.0 - share).ln()),
        }
    }

    /// The band of the table for runs of units.
    pub(super) fn band(&self, left: &Range<usize>, right: &Range<usize>) -> SearchBand {
        let once = |tokens: &Tokens, cue: usize, run: &Range<usize>| {
            let units = &tokens.units[cue];
            let from = units.partition_point(|&unit| (unit as usize) < run.start);
            let mut inside = units[from..]
                .iter()
                .take_while(|&&unit| (unit as usize) < run.end);
            let first = *inside.next()? as usize - run.start;
            inside.next().is_none().then_some(first)
        };
        let anchors = (0..self.weights.len()).filter_map(|cue| {
            Some((
                once(&self.left_cues, cue, left)?,
                once(&self.right_cues, cue, right)?,
            ))
        });
        SearchBand::new(anchors, left.len(), right.len())
    }

    /// The evidence of words that translate each other, for a bead (negative) or against it.
    fn words(&self, left: &Range<usize>, right: &Range<usize>) -> f32 {
        let letters = self.left_sums.length(left).max(1.0).log2();
        let mut grades = [0.0; SHARES.len()];
        let mut unanswered = difference(&self.right_sums.unanswered, right) * self.costs.absent;
        for token in self.right_stems.of_unit[right.clone()].iter().flatten() {
            if self.left_stems.is_in(token.number, left) {
                let says = self.answers.says(token.number, letters);
                for (grade, says) in grades.iter_mut().zip(says) {
                    *grade += says;
                }
            } else {
                unanswered += 1.0;
            }
        }
        for (grade, log) in grades.iter_mut().zip(self.unfound) {
            *grade += unanswered * log;
        }
        let most = grades.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = grades.iter().map(|grade| (grade - most).exp()).sum();
        -(most + (sum / SHARES.len() as f32).ln()) * self.costs.words
    }

    /// The evidence of the cues of a bead's two sides, for it (negative) or against it.
    fn cues(&self, left: &Range<usize>, right: &Range<usize>) -> f32 {
        let lost =
            difference(&self.left_sums.lost, left) + difference(&self.right_sums.lost, right);
        let mut cost = lost.min(MOST_LOST) * self.costs.lost;
        for cue in self.left_cues.of(left.clone()) {
            let weight = self.weights[cue as usize];
            let is_shared = self.right_cues.is_in(cue, right);
            cost += if is_shared { -weight.both } else { weight.left };
        }
        let only_right = self.right_cues.of(right.clone());
        let only_right = only_right.filter(|&cue| !self.left_cues.is_in(cue, left));
        cost + only_right
            .map(|cue| self.weights[cue as usize].right)
            .sum::<f32>()
    }

    /// The evidence for a bead (negative) or against it.
    pub(super) fn of(&self, left: &Range<usize>, right: &Range<usize>) -> f32 {
        let evidence = self.cues(left, right) + self.words(left, right);
        evidence.clamp(-self.costs.evidence_cap, self.costs.evidence_cap)
    }

    /// By the cell in which a pair of units begins, the most that its cues and words can say for it.
    pub(super) fn gains(
        &self,
        left: &Range<usize>,
        right: &Range<usize>,
        band: &SearchBand,
    ) -> Vec<f32> {
        let mut gains = vec![0.0; band.cells()];
        let lengths = left
            .clone()
            .map(|unit| self.left_sums.length(&(unit..unit + 1)).max(1.0).log2());
        let lengths: Vec<f32> = lengths.collect();
        let shortest = lengths.iter().copied().fold(f32::INFINITY, f32::min);
        for (column, unit) in right.clone().enumerate() {
            let mut common = 0.0;
            let mut add = |units: &[u32], gain: &dyn Fn(f32) -> f32| {
                if units.len() > COMMON {
                    common += gain(shortest);
                    return;
                }
                let from = units.partition_point(|&unit| (unit as usize) < left.start);
                for &unit in units[from..]
                    .iter()
                    .take_while(|&&unit| (unit as usize) < left.end)
                {
                    let row = unit as usize - left.start;
                    if let Some(slot) = band.slot(row, column) {
                        gains[slot] += gain(lengths[row]);
                    }
                }
            };
            for cue in self.right_cues.of(unit..unit + 1) {
                add(&self.left_cues.units[cue as usize], &|_| {
                    self.weights[cue as usize].both
                });
            }
            for stem in self.right_stems.of(unit..unit + 1) {
                let says = |letters| self.answers.says(stem, letters)[SHARES.len() - 1];
                add(&self.left_stems.units[stem as usize], &|letters| {
                    says(letters) * self.costs.words
                });
            }
            if common > 0.0 {
                for slot in (0..left.len()).filter_map(|row| band.slot(row, column)) {
                    gains[slot] += common;
                }
            }
        }
        gains
    }
}

/// How much a word that is answered says for a bead, against chance. Answers are expected as a Poisson process over the
/// letters of the left side, so that it depends on one number: how many are expected.
struct AnswerTable {
    /// The logarithms of how often each stem is answered by chance, per letter.
    rates: Vec<f32>,
}

/// By the logarithm of how many answers are expected, for each of the shares.
static SAYS: LazyLock<Vec<[f32; SHARES.len()]>> = LazyLock::new(|| {
    let says = (0..(MOST_EXPECTED - LEAST_EXPECTED) * STEPS_AN_OCTAVE).map(|step| {
        let expected = (step as f32 / STEPS_AN_OCTAVE as f32 + LEAST_EXPECTED as f32).exp2();
        let chance = 1.0 - (-expected).exp();
        SHARES.map(|share| (1.0 - share + share / chance).ln())
    });
    says.collect()
});
/// The bounds of that table, in powers of two.
const LEAST_EXPECTED: i32 = -20;
const MOST_EXPECTED: i32 = 6;
const STEPS_AN_OCTAVE: i32 = 16;

impl AnswerTable {
    fn new(units_of: &[Vec<u32>], letters: f32) -> Self {
        let rate = |units: &Vec<u32>| ((units.len() as f32 + 0.5) / letters).log2();
        Self {
            rates: units_of.iter().map(rate).collect(),
        }
    }

    /// For a stem and the logarithm of the letters of a bead's left side.
    fn says(&self, stem: u32, letters: f32) -> [f32; SHARES.len()] {
        let expected = self.rates[stem as usize] + letters - LEAST_EXPECTED as f32;
        let step = (expected * STEPS_AN_OCTAVE as f32).max(0.0) as usize;
        SAYS[step.min(SAYS.len() - 1)]
    }
}

fn has_numbers(units: &[AlignedUnit]) -> bool {
    units.iter().any(|unit| unit.shape.number.is_some())
}

/// The letters that a Han character is worth in an article.
fn letters_per_han(left: &[AlignedUnit], right: &[AlignedUnit], costs: &Costs) -> f32 {
    let han: f32 = left.iter().map(|unit| unit.han).sum();
    let latin: f32 = left.iter().map(|unit| unit.letters).sum();
    let english: f32 = right.iter().map(|unit| unit.letters).sum();
    let letters = (english - latin).max(0.0) + costs.prior_han * costs.letters_per_han;
    (letters / (han + costs.prior_han)).clamp(*LETTERS_PER_HAN.start(), *LETTERS_PER_HAN.end())
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
