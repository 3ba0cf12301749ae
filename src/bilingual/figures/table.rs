//! The figures of two tables, compared cell against cell.

use std::collections::{HashMap, HashSet};

use super::super::lexicon::shared_words;
use super::agreement::{alike, rounds_to};
use super::compare::compare;
use super::figure::{Comparison, Figure, FigureKind};
use super::number::Rational;
use super::read::figures;
use super::unit_error::{may_both_be_right, powers_apart};
use crate::text::{Language, is_han};

/// Of fewer content words in English it says nothing how many are translated.
const FEW_WORDS: usize = 3;
/// A cell with more Han characters beside its figure, or half as many words, is one of text.
const MOST_HAN: usize = 9;

/// Compares the figures of two tables with so many columns; of each pair the number of its cell, in which the ranges
/// are. Nothing if they have different shapes, or if so many cells differ that their rows hardly answer each other.
///
/// The unit of a cell may stand in the head, 万箱 here and million boxes there. So what a cell says on one side over
/// what it says on the other must be what it is in most cells of its column, or of its row.
pub fn compare_tables(
    chinese: &[&str],
    english: &[&str],
    columns: usize,
) -> Vec<(usize, Comparison)> {
    if chinese.len() != english.len() || columns == 0 {
        return Vec::new();
    }
    let table = TablePair {
        chinese,
        english,
        columns,
    };
    let (ratios, mut found) = table.read();
    let by_column = different(&ratios, |cell| cell % columns);
    let by_row = different(&ratios, |cell| cell / columns);
    let cells = if by_row.len() < by_column.len() {
        by_row
    } else {
        by_column
    };
    let agree = cells.len() * 2 <= ratios.len();
    let lines = [
        differing_lines(&ratios, &cells, |cell| cell % columns),
        differing_lines(&ratios, &cells, |cell| cell / columns),
    ];
    let is_apart =
        |cell: usize| lines[0].contains(&(cell % columns)) || lines[1].contains(&(cell / columns));
    for cell in cells {
        let (left, right, ratio) = &ratios[&cell];
        let is_alike = *ratio == Rational::ONE || table.is_in_row(cell, left, right);
        let is_unit = || powers_apart(left, right) && !table.has_magnitude(cell);
        if is_apart(cell) || is_alike || !(agree || ratios.len() <= 2 && is_unit()) {
            continue;
        }
        let pair = Comparison {
            chinese: left.clone(),
            english: right.clone(),
            factor: Some(*ratio),
        };
        found.push((cell, pair));
    }
    found
}

/// The cells of two tables of one shape, row by row.
struct TablePair<'t> {
    chinese: &'t [&'t str],
    english: &'t [&'t str],
    columns: usize,
}

impl TablePair<'_> {
    /// The cells with one figure each, and what differs in those with several.
    fn read(&self) -> (Ratios, Vec<(usize, Comparison)>) {
        let (columns, mut ratios, mut found) = (self.columns, Ratios::new(), Vec::new());
        let moved = moved_columns(&self.chinese[..columns], &self.english[..columns]);
        for (cell, (left, right)) in self.chinese.iter().zip(self.english).enumerate() {
            let start = cell - cell % columns;
            let row = start..(start + columns).min(self.chinese.len());
            if moved[cell % columns]
                || is_text(left) != is_text(right)
                || !share_a_name(&self.chinese[row.clone()], &self.english[row])
            {
                continue;
            }
            match (
                lone(left, Language::Chinese),
                lone(right, Language::English),
            ) {
                (Some(one), Some(other)) if alike(&one, &other) && !is_text(left) => {
                    if let Some(ratio) = one.value.over(other.value).filter(|it| !it.is_zero()) {
                        ratios.insert(cell, (one, other, ratio));
                    }
                }
                _ if !cells_translate(left, right) => {}
                _ => found.extend(compare(left, right).into_iter().map(|pair| (cell, pair))),
            }
        }
        (ratios, found)
    }

    /// Whether the row of a cell has one of its values in another column of the other side: there it stands in its place.
    fn is_in_row(&self, cell: usize, left: &Figure, right: &Figure) -> bool {
        let start = cell - cell % self.columns;
        let row = start..(start + self.columns).min(self.chinese.len());
        let has = |text: &str, language, figure: &Figure| {
            lone(text, language).is_some_and(|it| it.value == figure.value)
        };
        row.filter(|other| *other != cell).any(|at| {
            let (chinese, english) = (self.chinese[at], self.english[at]);
            let has_left = has(english, Language::English, left);
            let has_right = has(chinese, Language::Chinese, right);
            has_left && !has(chinese, Language::Chinese, left)
                || has_right && !has(english, Language::English, right)
        })
    }

    /// Whether a head of a cell multiplies what is in it.
    fn has_magnitude(&self, cell: usize) -> bool {
        let heads = [cell % self.columns, cell - cell % self.columns];
        let mut sides = [self.chinese, self.english].into_iter();
        sides.any(|side| heads.iter().any(|at| names_magnitude(side[*at])))
    }
}

/// The columns or rows of which most cells differ: they are about other things on the other side.
fn differing_lines(
    ratios: &Ratios,
    cells: &[usize],
    line: impl Fn(usize) -> usize,
) -> HashSet<usize> {
    let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
    for cell in ratios.keys() {
        counts.entry(line(*cell)).or_default().0 += 1;
    }
    for cell in cells {
        counts.entry(line(*cell)).or_default().1 += 1;
    }
    let differs = |(line, (all, different)): (usize, (usize, usize))| {
        (all > 1 && different * 2 > all).then_some(line)
    };
    counts.into_iter().filter_map(differs).collect()
}

/// Whether a cell says more than a figure and what it counts.
fn is_text(cell: &str) -> bool {
    let han = cell.chars().filter(|c| is_han(*c)).count();
    let words = cell.split(|c: char| !c.is_ascii_alphabetic());
    han + 2 * words.filter(|word| word.len() > 1).count() > MOST_HAN
}

/// For each column whether its head stands above another one in English: Issues | PR here, PRs | Issues there.
fn moved_columns(chinese: &[&str], english: &[&str]) -> Vec<bool> {
    let names = |head: &&str| -> Vec<String> {
        let words = head.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| word.bytes().any(|c| c.is_ascii_alphabetic()));
        let singular = |word: &str| word.to_lowercase().trim_end_matches('s').to_owned();
        words.map(singular).collect()
    };
    let english: Vec<Vec<String>> = english.iter().map(names).collect();
    let is_moved = |(column, head): (usize, &&str)| {
        let names = names(head);
        let has = |head: &Vec<String>| names.iter().any(|name| head.contains(name));
        !has(&english[column]) && english.iter().any(has)
    };
    chinese.iter().enumerate().map(is_moved).collect()
}

/// Whether two rows are about the same: the first Chinese cell with a name in Latin letters, or the number of an issue,
/// has one in common with the English cell. The rows of lists in another order do not answer each other.
fn share_a_name(chinese: &[&str], english: &[&str]) -> bool {
    let names = |cell: &str| -> Vec<String> {
        let words = cell.split(|c: char| !c.is_ascii_alphanumeric() && c != '#');
        let is_name = |word: &&str| {
            word.len() > 2
                && (word.starts_with('#') || word.bytes().any(|c| c.is_ascii_alphabetic()))
        };
        words.filter(is_name).map(str::to_lowercase).collect()
    };
    let keys = chinese
        .iter()
        .zip(english)
        .map(|(one, other)| (names(one), other));
    let mut keys = keys.filter(|(names, _)| !names.is_empty());
    keys.next()
        .is_none_or(|(known, other)| names(other).iter().any(|name| known.contains(name)))
}

/// Whether two cells with several figures, or none but in text, are about the same.
fn cells_translate(chinese: &str, english: &str) -> bool {
    let (some, all) = shared_words(chinese, english);
    all < FEW_WORDS || some * 10 >= all * 3
}

/// Whether the head of cells multiplies what is in them.
fn names_magnitude(head: &str) -> bool {
    const MAGNITUDES: &str = "百|千|万|萬|亿|億|thousand|illion|bn|k)|m)";
    let head = head.to_lowercase();
    MAGNITUDES.split('|').any(|name| head.contains(name))
}

/// What cells say on both sides, and what the one is over the other.
type Ratios = HashMap<usize, (Figure, Figure, Rational)>;

/// The cells whose ratio is not what it is in most of the line that they are in.
fn different(ratios: &Ratios, line: impl Fn(usize) -> usize) -> Vec<usize> {
    let mut counts: HashMap<(usize, Rational), usize> = HashMap::new();
    for (cell, (.., ratio)) in ratios {
        *counts.entry((line(*cell), *ratio)).or_default() += 1;
    }
    let mut usual: HashMap<usize, (usize, Rational)> = HashMap::new();
    for ((line, ratio), count) in counts {
        let best = usual.entry(line).or_insert((1, Rational::ONE));
        // Of two that are as common the same value wins, then the smaller ratio.
        let rank = |count: usize, ratio: Rational| (count, ratio == Rational::ONE, ratio.negated());
        if rank(count, ratio) > rank(best.0, best.1) {
            *best = (count, ratio);
        }
    }
    let differs = |cell: &usize| {
        let (left, right, _) = &ratios[cell];
        let ratio = usual
            .get(&line(*cell))
            .map_or(Rational::ONE, |(_, ratio)| *ratio);
        let scaled = right.value.times(ratio).zip(right.step.times(ratio));
        scaled.is_some_and(|(value, step)| {
            let right = Figure {
                value,
                step,
                ..right.clone()
            };
            left.value != value && !rounds_to(left, &right) && !may_both_be_right(left, &right)
        })
    };
    let mut cells: Vec<usize> = ratios.keys().copied().filter(differs).collect();
    cells.sort_unstable();
    cells
}

/// The figure of a cell that has but one, if that is a quantity.
fn lone(cell: &str, language: Language) -> Option<Figure> {
    let mut all = figures(cell, language);
    all.retain(|figure| figure.kind != FigureKind::Label);
    let figure = all.pop_if(|figure| figure.kind.is_quantity())?;
    all.is_empty().then_some(figure)
}
