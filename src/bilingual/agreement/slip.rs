//! Slips: figures left over on both sides that speak of the same thing and say different values.

use super::super::figure::{Figure, FigureKind, Rational, Unit};
use super::{Finding, Left, alike, same_unit};

/// Finds the disagreements among the figures left, and takes them out.
pub(super) fn find(left: &mut Left, findings: &mut Vec<Finding>) {
    left.slips(findings, |a, b| powers_apart(a, b) && same_unit(a.unit, b.unit) == Some(true));
    left.slips(findings, powers_apart);
    left.lone(findings);
}

/// Whether a figure can be wrong in a way worth telling: a quantity, not a name, a date or a place in an order.
fn quantity(figure: &Figure) -> bool {
    matches!(figure.kind, FigureKind::Number | FigureKind::Percentage | FigureKind::Currency | FigureKind::Multiple)
        && !figure.value.is_zero()
}

/// Whether two figures have the same digits at different powers of ten, and enough of them to be no accident.
fn powers_apart(chinese: &Figure, english: &Figure) -> bool {
    let comparable =
        quantity(chinese) && quantity(english) && alike(chinese, english) || year_and_number(chinese, english);
    if !comparable || (chinese.value < Rational::ZERO) != (english.value < Rational::ZERO) {
        return false;
    }
    let ((left, left_power), (right, right_power)) = (chinese.value.abs().digits(), english.value.abs().digits());
    // One and two in words are too common to be a slip of ten and twenty, and ten of one: 一, 两, a pair.
    let worded = |figure: &Figure, digits: &str| !figure.digits && figure.unit.is_none() && matches!(digits, "1" | "2");
    left_power != right_power
        && same_digits(&left, &right, same_unit(chinese.unit, english.unit) == Some(true))
        && !worded(chinese, &left)
        && !worded(english, &right)
}

/// Whether one figure is a year and the other a number (of years, or in a chain such as 20240-06-05) of the same three digits or more: a year with a digit too many is no year any longer.
fn year_and_number(chinese: &Figure, english: &Figure) -> bool {
    let (year, number) = if chinese.kind == FigureKind::Year { (chinese, english) } else { (english, chinese) };
    year.kind == FigureKind::Year
        && matches!(number.kind, FigureKind::Number | FigureKind::Label)
        && number.unit.is_none_or(|unit| unit.name() == "year")
        && number.value.digits().0.len() >= 3
}

/// Whether two runs of significant digits are one; for money and shares also where the longer rounds to the shorter, if that has two digits or more.
fn same_digits(left: &str, right: &str, rounded: bool) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if short.len() == long.len() || !rounded || short.len() < 2 {
        return short == long;
    }
    let up = long.as_bytes()[short.len()] >= b'5';
    let (Ok(short), Ok(cut)) = (short.parse::<u64>(), long[..short.len()].parse::<u64>()) else { return false };
    short == cut + u64::from(up)
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

    /// Compares what is the one figure of its unit left on each side.
    fn lone(&mut self, findings: &mut Vec<Finding>) {
        for index in 0..self.chinese.len() {
            let Some(chinese) = self.chinese[index].as_ref().filter(|figure| measured(figure)) else { continue };
            let rivals = self.chinese.iter().flatten().filter(|other| one_measure(other, chinese)).count();
            let mut answers = self
                .english
                .iter_mut()
                .filter(|place| place.as_ref().is_some_and(|figure| one_measure(chinese, figure)));
            let (Some(answer), None, 1) = (answers.next(), answers.next(), rivals) else { continue };
            if answer.as_ref().is_none_or(|english| explained(chinese, english) || crosses(chinese, english, findings))
            {
                continue;
            }
            if let (Some(chinese), Some(english)) = (self.chinese[index].take(), answer.take()) {
                findings.extend(disagreement(chinese, english));
            }
        }
    }
}

/// Whether a figure is money, a share, or digits with a measure: what is compared even where the digits differ.
fn measured(figure: &Figure) -> bool {
    match figure.unit {
        Some(Unit::Measure(_)) => quantity(figure) && figure.digits,
        Some(Unit::Currency(_)) => quantity(figure),
        None => figure.kind == FigureKind::Percentage && quantity(figure),
    }
}

/// Whether two figures are of one measure beyond doubt. A bare `$` is taken for the US dollar, a pound for the British one; for other countries' it may stand, but for a conversion too.
fn one_measure(left: &Figure, right: &Figure) -> bool {
    let name = |figure: &Figure| match figure.unit.map_or("%", Unit::name) {
        "Dollar" => "USD",
        "Pound" => "GBP",
        name => name,
    };
    measured(left) && measured(right) && left.kind == right.kind && name(left) == name(right)
}

/// Whether what agrees stands before one of two figures and after the other: then they hardly speak of the same thing.
fn crosses(chinese: &Figure, english: &Figure, findings: &[Finding]) -> bool {
    findings.iter().any(|finding| match finding {
        Finding::Agree { chinese: a, english: b } => {
            (a.range.start < chinese.range.start) != (b.range.start < english.range.start)
        }
        _ => false,
    })
}

/// Whether two values of one measure can both be right: one of them is vague and the other near, or growth by 20 % is told as growth to 120 %.
fn explained(chinese: &Figure, english: &Figure) -> bool {
    let (larger, smaller) =
        (chinese.value.abs().max(english.value.abs()), chinese.value.abs().min(english.value.abs()));
    let Some(apart) = larger.minus(smaller) else { return true };
    let near = apart.times(Rational::whole(5)).is_none_or(|fivefold| fivefold <= larger);
    let grown = chinese.kind == FigureKind::Percentage && apart == Rational::whole(100);
    grown || apart.is_zero() || near && (chinese.approximate || english.approximate)
}

fn disagreement(chinese: Figure, english: Figure) -> Option<Finding> {
    let factor = chinese.value.over(english.value)?;
    Some(Finding::Disagree { chinese, english, factor })
}
