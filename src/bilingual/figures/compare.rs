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

/// A result of comparing the figures of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Both texts say it.
    Agree {
        /// What the Chinese text says.
        chinese: Figure,
        /// What the English text says.
        english: Figure,
    },
    /// The texts are about the same thing and say different values.
    Disagree {
        /// What the Chinese text says.
        chinese: Figure,
        /// What the English text says.
        english: Figure,
        /// The Chinese value over the English one; a power of ten if the units are wrong.
        factor: Rational,
    },
    /// Only one text says it, which is no error.
    OnlyHere {
        /// The text that says it.
        side: Language,
        /// What it says.
        figure: Figure,
    },
}

/// Compares the figures of two texts that translate each other, a block or a sentence each.
///
/// Results come in the order of the Chinese text, then those of the English text alone. Ranges are
/// compared by their ends.
pub fn compare(chinese: &str, english: &str) -> Vec<Comparison> {
    let read = |text: &str, language| -> Vec<Figure> {
        figures(text, language)
            .into_iter()
            .filter(|figure| figure.kind != FigureKind::Range)
            .collect()
    };
    let mut rest = Unmatched {
        chinese: read(chinese, Language::Chinese),
        english: read(english, Language::English),
    };
    let mut results = Vec::new();
    if rest.chinese.len() <= MOST && rest.english.len() <= MOST {
        rest.match_equal(&mut results);
        rest.match_different(&mut results);
    }
    results.sort_by_key(|result| match result {
        Comparison::Agree { chinese, .. } | Comparison::Disagree { chinese, .. } => {
            chinese.range.start
        }
        Comparison::OnlyHere { .. } => usize::MAX,
    });
    for (side, figures) in [
        (Language::Chinese, rest.chinese),
        (Language::English, rest.english),
    ] {
        results.extend(
            figures
                .into_iter()
                .map(|figure| Comparison::OnlyHere { side, figure }),
        );
    }
    results
}

/// The figures of each side that match no other yet, in order.
struct Unmatched {
    chinese: Vec<Figure>,
    english: Vec<Figure>,
}

impl Unmatched {
    /// Takes out the figures that agree.
    fn match_equal(&mut self, results: &mut Vec<Comparison>) {
        // The surest first, so that an approximate match never takes what another figure equals.
        let rules: [fn(&Figure, &Figure) -> bool; 6] = [
            |chinese, english| alike(chinese, english) && chinese.value == english.value,
            |chinese, english| chinese.value == english.value,
            |chinese, english| alike(chinese, english) && rounds_to(chinese, english),
            same_share,
            same_coin,
            same_decade,
        ];
        for rule in rules {
            let pairs = self.take_pairs(rule);
            results.extend(
                pairs
                    .into_iter()
                    .map(|(chinese, english)| Comparison::Agree { chinese, english }),
            );
        }
    }

    /// Takes out the figures that disagree, after those that agree.
    fn match_different(&mut self, results: &mut Vec<Comparison>) {
        let is_same_unit = |chinese: &Figure, english: &Figure| {
            same_unit(chinese.unit, english.unit) == Some(true)
        };
        let mut pairs = self.take_pairs(|chinese, english| {
            powers_apart(chinese, english) && is_same_unit(chinese, english)
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
                && !crosses(chinese, english, results)
        }));
        results.extend(pairs.into_iter().filter_map(|(chinese, english)| {
            let factor = chinese.value.over(english.value)?;
            Some(Comparison::Disagree {
                chinese,
                english,
                factor,
            })
        }));
    }

    /// Takes out every pair of figures that a rule matches, first come first served.
    fn take_pairs(&mut self, matches: impl Fn(&Figure, &Figure) -> bool) -> Vec<(Figure, Figure)> {
        let mut pairs = Vec::new();
        for chinese in std::mem::take(&mut self.chinese) {
            match self
                .english
                .iter()
                .position(|english| matches(&chinese, english))
            {
                Some(index) => pairs.push((chinese, self.english.remove(index))),
                None => self.chinese.push(chinese),
            }
        }
        pairs
    }
}

/// Whether figures that agree come before one of two figures and after the other: then the two are
/// hardly about the same thing.
fn crosses(chinese: &Figure, english: &Figure, results: &[Comparison]) -> bool {
    results.iter().any(|result| match result {
        Comparison::Agree {
            chinese: a,
            english: b,
        } => (a.range.start < chinese.range.start) != (b.range.start < english.range.start),
        _ => false,
    })
}
