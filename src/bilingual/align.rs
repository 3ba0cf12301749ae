//! The alignment of two sequences of units by dynamic programming.
//!
//! After Gale and Church, *A Program for Aligning Sentences in Bilingual Corpora* (Computational
//! Linguistics 19, 1993): beads of 1-1, 1-0, 0-1, 2-1 and more, the lengths of a bead's two sides
//! compared by a normal variable. To the length we add shape (kind, nesting, number in its list, final
//! punctuation), cues (names, figures, links, code), and words that translate each other by a
//! dictionary, each weighed by how rarely it would be shared by chance in this article. All costs are negative log-likelihoods in nats.

use std::ops::Range;

use super::alignment::{Alignment, Bead};
use super::costs::{BLOCKS, Costs, SENTENCES, deviation, length_cost, shape_cost};
use super::cues::{self, AlignedUnit};
use super::evidence::Evidence;
use super::prose::sentences;
use super::search_band::SearchBand;
use super::story::different_stories;
use crate::markdown::{BlockKind, Document};
use crate::text::Language;

/// The most blocks of both sides that are aligned one by one.
const MOST_BLOCKS: usize = 200_000;
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

/// Aligns the blocks of two documents; of more than 200,000 blocks only the headings. If they tell different stories,
/// also how many of how many English words are translated.
pub fn align(chinese: &Document, english: &Document) -> (Alignment, Option<(usize, usize)>) {
    let blocks = chinese.blocks.len() + english.blocks.len();
    let left = cues::of_document(chinese, Language::Chinese);
    let right = cues::of_document(english, Language::English);
    let beads = if blocks <= MOST_BLOCKS {
        align_units(&left, &right)
    } else {
        align_headings(&left, &right)
    };
    let stories = different_stories(&beads, &left, &right);
    (Alignment { beads }, stories)
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

struct Search<'a> {
    evidence: &'a Evidence<'a>,
    left: Range<usize>,
    right: Range<usize>,
    band: SearchBand,
    /// By the cell in which a pair of units begins, the most that its evidence can say for it.
    gains: Vec<f32>,
}

impl<'a> Search<'a> {
    fn new(evidence: &'a Evidence<'a>, left: Range<usize>, right: Range<usize>) -> Self {
        let band = evidence.band(&left, &right);
        let gains = evidence.gains(&left, &right, &band);
        Self {
            evidence,
            left,
            right,
            band,
            gains,
        }
    }

    /// The most that evidence can say for a bead, of rows and columns of the table.
    fn gain(&self, rows: &Range<usize>, columns: &Range<usize>) -> f32 {
        let mut gain = 0.0;
        for row in rows.clone() {
            for column in columns.clone() {
                gain += self
                    .band
                    .slot(row, column)
                    .map_or(f32::INFINITY, |slot| self.gains[slot]);
            }
        }
        gain.min(self.evidence.costs.evidence_cap)
    }

    fn run(&self) -> Vec<Bead> {
        let Costs { most, beam, .. } = *self.evidence.costs;
        // The best of each row.
        let mut least = vec![f32::INFINITY; self.left.len() + 1];
        let mut best = vec![f32::INFINITY; self.band.cells()];
        let mut steps = vec![(0_u8, 0_u8); self.band.cells()];
        (best[0], least[0]) = (0.0, 0.0);
        for row in 0..=self.left.len() {
            for column in self.band.window(row) {
                let Some(to) = self.band.slot(row, column) else {
                    continue;
                };
                for (down, across) in STEPS {
                    if down.max(across) > most || down > row || across > column {
                        continue;
                    }
                    let Some(from) = self.band.slot(row - down, column - across) else {
                        continue;
                    };
                    if best[from].is_infinite() || best[from] > least[row - down] + beam {
                        continue;
                    }
                    let (left, right) = (row - down..row, column - across..column);
                    let below = best[to] - best[from];
                    let Some(cost) = self.cost(left, right, below) else {
                        continue;
                    };
                    if cost < below {
                        best[to] = best[from] + cost;
                        steps[to] = (down as u8, across as u8);
                    }
                }
                least[row] = least[row].min(best[to]);
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
        let (fewer, more) = (left.len().min(right.len()), left.len().max(right.len()));
        let prior = match (fewer, more) {
            (1, 1) => costs.one_to_one,
            (1, more) => costs.two_to_one + costs.each_more * (more as f32 - 2.0),
            (_, 2) => costs.two_to_two,
            _ => costs.three_to_two,
        };
        let shifted = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
        let (rows, columns) = (left, right);
        let (left, right) = (
            shifted(&rows, self.left.start),
            shifted(&columns, self.right.start),
        );
        // Bounds before what takes longer.
        let (left_sums, right_sums) = (&self.evidence.left_sums, &self.evidence.right_sums);
        if more > 1 && !(left_sums.is_prose(&left) && right_sums.is_prose(&right)) {
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
        let least = prior - self.gain(&rows, &columns) - self.evidence.number_gain;
        if least >= below {
            return None;
        }
        let length = length_cost(deviation);
        if least + length >= below {
            return None;
        }
        let (a, b) = (
            &self.evidence.left[left.clone()],
            &self.evidence.right[right.clone()],
        );
        let shapes = a
            .iter()
            .flat_map(|a| b.iter().map(|b| shape_cost(&a.shape, &b.shape)));
        let shapes = shapes.fold(f32::INFINITY, f32::min);
        Some(prior + length + self.evidence.of(&left, &right) + shapes)
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
    fn numerals_tell_which_item_is_missing() {
        let left = [
            "第一，加速。",
            "第二，复核。",
            "第三，公开。",
            "第四，总结。",
        ];
        let right = ["First, go fast.", "Third, be open.", "Fourth, sum up."];
        assert_eq!(beads(&left, &right), [(1, 1), (1, 0), (1, 1), (1, 1)]);
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
}
