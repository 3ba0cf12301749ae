//! Whether two sections tell the same story.

use super::alignment::Bead;
use super::cues::AlignedUnit;

/// A text with fewer content words in English is not judged.
const LEAST_WORDS: usize = 20;
/// A section of so few blocks beside one of three times as many is no translation, but a summary.
const SUMMARY: usize = 5;
/// Hardly any text has less of all three in common with its translation, and hardly any more with the translation of
/// another text of the same site (docs/accuracy.md): the share of the words and of the names, figures and links that
/// both have, and the mean confidence of the alignment.
const WORDS: f64 = 0.3;
const CUES: f64 = 0.6;
const CONFIDENCE: f32 = 0.8;

/// If the sections of a text tell different stories, how many of the English content words a word of the Chinese
/// paragraphs that they pair with translates, and of how many.
pub(super) fn different_stories(
    beads: &[Bead],
    chinese: &[AlignedUnit],
    english: &[AlignedUnit],
) -> Option<(usize, usize)> {
    let confidence: f32 = beads
        .iter()
        .filter(|bead| bead.is_pair())
        .map(|bead| bead.confidence)
        .sum();
    if confidence >= CONFIDENCE * beads.len() as f32 {
        return None;
    }
    let [fewer, more] = [
        chinese.len().min(english.len()),
        chinese.len().max(english.len()),
    ];
    if fewer <= SUMMARY && more > 3 * fewer {
        return None;
    }
    let mut words = (0, 0);
    for bead in beads {
        let left = &chinese[bead.chinese.start as usize..bead.chinese.end as usize];
        let right = &english[bead.english.start as usize..bead.english.end as usize];
        for stem in right.iter().flat_map(|unit| &unit.stems) {
            let is_answered = left
                .iter()
                .any(|unit| unit.stems.binary_search(stem).is_ok());
            words = (words.0 + usize::from(is_answered), words.1 + 1);
        }
    }
    let [left, right] = [chinese, english].map(|units| {
        let mut cues: Vec<u64> = units.iter().flat_map(|unit| &unit.cues).copied().collect();
        cues.sort_unstable();
        cues.dedup();
        cues
    });
    let shared = left
        .iter()
        .filter(|cue| right.binary_search(cue).is_ok())
        .count();
    let fewer = left.len().min(right.len());
    let share = |some: usize, all: usize| some as f64 / all.max(1) as f64;
    let is_one = share(words.0, words.1) >= WORDS || fewer > 2 && share(shared, fewer) >= CUES;
    (words.1 >= LEAST_WORDS && !is_one).then_some(words)
}
