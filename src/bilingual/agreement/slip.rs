//! Slips: figures left over on both sides that speak of the same thing and say different values.

use super::super::figure::{Figure, Kind, Rational};
use super::{Finding, Left, alike, same_unit};

/// Finds the disagreements among the figures left, and takes them out.
pub(super) fn find(chinese: &str, english: &str, left: &mut Left, findings: &mut Vec<Finding>) {
    left.slips(findings, |a, b| powers_apart(a, b) && same_unit(a.unit, b.unit) == Some(true));
    left.slips(findings, |a, b| powers_apart(a, b));
    left.lone(chinese, english, findings);
}

/// Whether a figure can be wrong in a way worth telling: a quantity, not a name, a date or a place in an order.
fn quantity(figure: &Figure) -> bool {
    matches!(figure.kind, Kind::Number | Kind::Percentage | Kind::Currency | Kind::Multiple) && !figure.value.is_zero()
}

/// Whether two figures have the same digits at different powers of ten, and enough of them to be no accident.
fn powers_apart(chinese: &Figure, english: &Figure) -> bool {
    if !quantity(chinese)
        || !quantity(english)
        || !alike(chinese, english)
        || (chinese.value < Rational::ZERO) != (english.value < Rational::ZERO)
    {
        return false;
    }
    let ((left, left_power), (right, right_power)) = (chinese.value.abs().digits(), english.value.abs().digits());
    if left_power == right_power || !same_digits(&left, &right) {
        return false;
    }
    // 一 and ten, two and 二十: small numbers in words are too common to be a slip of each other.
    let worded = |figure: &Figure| !figure.digits && figure.value.abs() <= Rational::whole(10) && figure.unit.is_none();
    !worded(chinese) && !worded(english)
}

/// Whether two runs of significant digits are one, the longer rounded to the shorter where that has at least two.
fn same_digits(left: &str, right: &str) -> bool {
    left == right
}

impl Left {
    /// Takes out every pair that disagrees by a rule.
    fn slips(&mut self, findings: &mut Vec<Finding>, disagree: impl Fn(&Figure, &Figure) -> bool) {
        for place in &mut self.chinese {
            let Some(chinese) = place else { continue };
            let found = self
                .english
                .iter_mut()
                .find(|english| english.as_ref().is_some_and(|english| disagree(chinese, english)));
            let Some(english) = found else { continue };
            if let (Some(chinese), Some(english)) = (place.take(), english.take()) {
                findings.extend(disagreement(chinese, english));
            }
        }
    }

    /// Compares what is the one figure of its unit left on each side, if the text around it leaves no other way to read it.
    fn lone(&mut self, _chinese: &str, _english: &str, findings: &mut Vec<Finding>) {
        let eligible = |figure: &Figure| quantity(figure) && (figure.unit.is_some() || figure.kind == Kind::Percentage);
        for index in 0..self.chinese.len() {
            let Some(chinese) = self.chinese[index].as_ref().filter(|figure| eligible(figure)) else { continue };
            let same = |figure: &Figure, other: &Figure| {
                figure.kind == other.kind
                    && figure.unit.is_none() == other.unit.is_none()
                    && same_unit(figure.unit, other.unit) != Some(false)
            };
            let rivals = self.chinese.iter().flatten().filter(|other| quantity(other) && same(other, chinese)).count();
            let mut answers = self
                .english
                .iter_mut()
                .filter(|place| place.as_ref().is_some_and(|figure| eligible(figure) && same(chinese, figure)));
            let (Some(answer), None) = (answers.next(), answers.next()) else { continue };
            if rivals != 1 {
                continue;
            }
            if let (Some(chinese), Some(english)) = (self.chinese[index].take(), answer.take()) {
                findings.extend(disagreement(chinese, english));
            }
        }
    }
}

fn disagreement(chinese: Figure, english: Figure) -> Option<Finding> {
    let factor = chinese.value.over(english.value)?;
    Some(Finding::Disagree { chinese, english, factor })
}
