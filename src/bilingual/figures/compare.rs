//! Compares the figures of two texts that translate each other.
//!
//! Figures are matched by value first. The rest is compared only if both are probably about the
//! same thing: the same digits at another power of ten, or the only amount of its unit that is
//! left.

use super::agreement::{alike, rounds_to, same_coin, same_decade, same_share, same_unit};
use super::figure::{Figure, FigureKind};
use super::number::Rational;
use super::read::figures;
use super::unit_error::{may_both_be_right, powers_apart, same_measure, unique_measures};
use crate::text::Language;

/// The most figures of a text that are compared. Texts with more are tables of data.
const MOST: usize = 400;

/// Two figures, of texts that translate each other, about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What the Chinese text says.
    pub chinese: Figure,
    /// What the English text says.
    pub english: Figure,
    /// The Chinese value over the English one if they disagree; a power of ten if the units are
    /// wrong.
    pub factor: Option<Rational>,
}

/// Compares the figures of two texts that translate each other, a block or a sentence each, in the
/// order of the Chinese text. Figures that only one text has are no error and left out. Ranges are
/// compared by their ends.
pub fn compare(chinese: &str, english: &str) -> Vec<Comparison> {
    let read = |text: &str, language| -> Vec<Figure> {
        let figures = figures(text, language).into_iter();
        figures
            .filter(|figure| figure.kind != FigureKind::Range)
            .collect()
    };
    let mut rest = Unmatched {
        chinese: read(chinese, Language::Chinese),
        english: read(english, Language::English),
    };
    if rest.chinese.len().max(rest.english.len()) > MOST {
        return Vec::new();
    }
    // The surest first, so that an approximate match never takes what another figure equals.
    let rules: [fn(&Figure, &Figure) -> bool; 6] = [
        |chinese, english| alike(chinese, english) && chinese.value == english.value,
        |chinese, english| chinese.value == english.value,
        |chinese, english| alike(chinese, english) && rounds_to(chinese, english),
        same_share,
        same_coin,
        same_decade,
    ];
    let mut found: Vec<Comparison> = rules
        .into_iter()
        .flat_map(|rule| rest.take_pairs(rule))
        .collect();
    found.extend(rest.take_different(&found));
    found.sort_by_key(|pair| pair.chinese.range.start);
    found
}

struct Unmatched {
    chinese: Vec<Figure>,
    english: Vec<Figure>,
}

impl Unmatched {
    /// Takes out the figures that disagree, given those that agree.
    fn take_different(&mut self, agreeing: &[Comparison]) -> Vec<Comparison> {
        let mut pairs = self.take_pairs(|chinese, english| {
            powers_apart(chinese, english) && same_unit(chinese.unit, english.unit) == Some(true)
        });
        pairs.extend(self.take_pairs(powers_apart));
        let (lone_chinese, lone_english) = (
            unique_measures(&self.chinese),
            unique_measures(&self.english),
        );
        pairs.extend(self.take_pairs(|chinese, english| {
            same_measure(chinese, english)
                && lone_chinese.contains(chinese)
                && lone_english.contains(english)
                && !may_both_be_right(chinese, english)
                && !agreeing.iter().any(|pair| pair.crosses(chinese, english))
        }));
        for pair in &mut pairs {
            pair.factor = pair.chinese.value.over(pair.english.value);
        }
        pairs.retain(|pair| pair.factor.is_some());
        pairs
    }

    /// Takes out every pair of figures that a rule matches, first come first served.
    fn take_pairs(&mut self, matches: impl Fn(&Figure, &Figure) -> bool) -> Vec<Comparison> {
        let mut pairs = Vec::new();
        for chinese in std::mem::take(&mut self.chinese) {
            match self
                .english
                .iter()
                .position(|english| matches(&chinese, english))
            {
                Some(index) => pairs.push(Comparison {
                    chinese,
                    english: self.english.remove(index),
                    factor: None,
                }),
                None => self.chinese.push(chinese),
            }
        }
        pairs
    }
}

impl Comparison {
    /// Whether the pair comes before one of two figures and after the other: then the two are
    /// hardly about the same thing.
    fn crosses(&self, chinese: &Figure, english: &Figure) -> bool {
        (self.chinese.range.start < chinese.range.start)
            != (self.english.range.start < english.range.start)
    }
}
