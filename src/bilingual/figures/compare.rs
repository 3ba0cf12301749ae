//! Compares the figures of two texts that translate each other.
//!
//! Figures are matched by value first. The rest is compared only if both are probably about the
//! same thing: the same digits at another power of ten, or the only amount of its unit that is
//! left.

use super::agreement::{
    alike, rounds_to, same_coin, same_decade, same_letter, same_share, same_unit,
};
use super::calendar;
use super::counted::same_noun;
use super::figure::{Comparison, Figure, FigureKind};
use super::number::Rational;
use super::read::figures;
use super::unit_error::{
    are_distinctive, may_both_be_right, powers_apart, same_measure, unique_measures,
};
use crate::text::{Language, is_han};

/// The most figures of a text that are compared. Texts with more are tables of data.
const MOST: usize = 400;

/// If no more than this are left on each side, one digit in common is enough.
const FEW: usize = 3;

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
    let mut left = read(chinese, Language::Chinese);
    let mut right = read(english, Language::English);
    let texts = [chinese, english];
    let dates = calendar::compare(texts, [&mut left, &mut right]);
    let mut rest = Unmatched {
        texts,
        chinese: left,
        english: right,
    };
    if rest.chinese.len().max(rest.english.len()) > MOST {
        return Vec::new();
    }
    // The surest first, so that an approximate match never takes what another figure equals.
    let rules: [fn(&Figure, &Figure) -> bool; 7] = [
        |chinese, english| alike(chinese, english) && chinese.value == english.value,
        |chinese, english| chinese.value == english.value,
        |chinese, english| alike(chinese, english) && rounds_to(chinese, english),
        same_share,
        same_coin,
        same_decade,
        same_letter,
    ];
    rest.take_quoted();
    // The same writing is no disagreement, whatever it means.
    let mut found = rest.take_pairs(|one, other| {
        is_same_writing(&chinese[one.range.clone()], &english[other.range.clone()])
    });
    found.extend(rules.into_iter().flat_map(|rule| rest.take_pairs(rule)));
    for pair in &mut found {
        let are_shares = pair.chinese.kind == FigureKind::Percentage
            && pair.english.kind == FigureKind::Percentage
            && pair.chinese.value == pair.english.value;
        let points = [(chinese, &pair.chinese), (english, &pair.english)]
            .map(|(text, figure)| counts_points(text, figure));
        if are_shares && points[0] != points[1] {
            pair.factor = Some(Rational::ONE);
            // The word is what differs, so it is shown.
            include_points(chinese, &mut pair.chinese);
            include_points(english, &mut pair.english);
        }
    }
    found.extend(rest.take_different(&found));
    found.extend(dates);
    found.sort_by_key(|pair| pair.chinese.range.start);
    found
}

/// Whether a share is of percentage points, 3 个百分点.
fn counts_points(text: &str, figure: &Figure) -> bool {
    let rest = text[figure.range.end..].trim_start_matches([' ', '-']);
    let written = &text[figure.range.clone()];
    rest.starts_with("point") || written.contains("百分点") || written.contains("point")
}

/// Makes the range of a figure end after the word `point` or `points` behind it.
fn include_points(text: &str, figure: &mut Figure) {
    let rest = &text[figure.range.end..];
    let word = rest.trim_start_matches([' ', '-']);
    if word.starts_with("point") {
        let letters = word.find(|c: char| !c.is_ascii_alphabetic());
        figure.range.end += rest.len() - word.len() + letters.unwrap_or(word.len());
    }
}

/// Whether a figure is one side of a ratio, 1:1.
fn is_in_ratio(text: &str, figure: &Figure) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let before = text[..figure.range.start].strip_suffix(':');
    let behind = text[figure.range.end..].strip_prefix(':');
    before.is_some_and(|it| it.ends_with(is_digit))
        || behind.is_some_and(|it| it.starts_with(is_digit))
}

fn count_quantities(figures: &[Figure]) -> usize {
    let quantities = figures.iter().filter(|figure| figure.kind.is_quantity());
    quantities.count()
}

/// Whether two figures are written alike but for letters behind: 600M and 600MB.
fn is_same_writing(chinese: &str, english: &str) -> bool {
    let (chinese, english) = (chinese.trim(), english.trim());
    let rest = chinese
        .strip_prefix(english)
        .or_else(|| english.strip_prefix(chinese));
    let has_letter = chinese.ends_with(|c: char| c.is_ascii_alphabetic());
    rest.is_some_and(|rest| {
        rest.is_empty() || has_letter && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

struct Unmatched<'t> {
    texts: [&'t str; 2],
    chinese: Vec<Figure>,
    english: Vec<Figure>,
}

impl Unmatched<'_> {
    /// Takes out the Chinese figures that the English text quotes, 8000 万, and what was read of them there.
    fn take_quoted(&mut self) {
        let [chinese, english] = self.texts;
        if !english.contains(is_han) {
            return;
        }
        let others = &mut self.english;
        self.chinese.retain(|figure| {
            let written = chinese[figure.range.clone()].trim();
            let at = english.find(written).filter(|_| written.contains(is_han));
            if let Some(at) = at {
                let end = at + written.len();
                others.retain(|other| other.range.end <= at || other.range.start >= end);
            }
            at.is_none()
        });
    }

    /// Takes out the figures that disagree, given those that agree.
    fn take_different(&mut self, agreeing: &[Comparison]) -> Vec<Comparison> {
        let texts = self.texts;
        self.chinese.retain(|figure| !is_in_ratio(texts[0], figure));
        self.english.retain(|figure| !is_in_ratio(texts[1], figure));
        let same_noun = |chinese: &Figure, english: &Figure| same_noun(texts, chinese, english);
        let crosses = |chinese: &Figure, english: &Figure| {
            agreeing.iter().any(|pair| {
                let value = pair.english.value;
                // Of two that are alike either may be the one that agrees.
                let is_other = value != chinese.value && value != english.value;
                is_other && pair.english.kind.is_quantity() && pair.crosses(chinese, english)
            })
        };
        let mut pairs = self.take_pairs(|chinese, english| {
            powers_apart(chinese, english) && same_unit(chinese.unit, english.unit) == Some(true)
        });
        pairs.extend(self.take_pairs(|chinese, english| {
            powers_apart(chinese, english) && same_noun(chinese, english)
        }));
        let quantities = [&self.chinese, &self.english].map(|side| count_quantities(side));
        let are_few = quantities.into_iter().all(|count| count <= FEW);
        pairs.extend(self.take_pairs(|chinese, english| {
            powers_apart(chinese, english)
                && (are_distinctive(chinese, english)
                    || are_few && (chinese.digits || english.digits) && !crosses(chinese, english))
        }));
        let (lone_chinese, lone_english) = (
            unique_measures(&self.chinese),
            unique_measures(&self.english),
        );
        pairs.extend(self.take_pairs(|chinese, english| {
            same_measure(chinese, english)
                && lone_chinese.contains(chinese)
                && lone_english.contains(english)
                && !may_both_be_right(chinese, english)
                && !crosses(chinese, english)
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
