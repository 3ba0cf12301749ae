//! Ranges: two figures with a sign or word between them that says from one to the other.

use super::{Figure, FigureKind, Rational};

/// Adds a figure of kind range before each pair of figures that the text joins, after giving the low end what only the high end says.
///
/// `10–15 亿美元` says 亿 and 美元 once: its low end is 10 亿 dollars too.
pub(in crate::bilingual) fn join(text: &str, figures: &mut Vec<Figure>) {
    let mut joined: Vec<Figure> = Vec::with_capacity(figures.len());
    for high in figures.drain(..) {
        let Some(low) = joined.pop_if(|low| ends_of_one(text, low, &high)) else {
            joined.push(high);
            continue;
        };
        let high = lent(text, &low, high);
        let low = completed(text, &low, &high).unwrap_or(low);
        let alike = low.kind == high.kind && (low.unit == high.unit || low.unit.is_none());
        if alike && low.value < high.value {
            let bounds = Some((low.value, high.value));
            let range = low.range.start..high.range.end;
            joined.push(Figure { range, kind: FigureKind::Range, unit: high.unit, bounds, ..low.clone() });
        }
        joined.push(low);
        joined.push(high);
    }
    *figures = joined;
}

/// Whether two figures that follow each other are counted, and joined by what stands between them.
fn ends_of_one(text: &str, low: &Figure, high: &Figure) -> bool {
    let counted = |kind| {
        matches!(
            kind,
            FigureKind::Number
                | FigureKind::Percentage
                | FigureKind::Currency
                | FigureKind::Multiple
                | FigureKind::Year
        )
    };
    let apart = low.range.end <= high.range.start;
    counted(low.kind)
        && counted(high.kind)
        && apart
        && (connects(&text[low.range.end..high.range.start]) || between(text, low, high))
}

/// The high end with what only the low one says: the sign of $5–6 billion, the share of 百分之五十到六十.
fn lent(text: &str, low: &Figure, high: Figure) -> Figure {
    if high.kind != FigureKind::Number || high.unit.is_some() {
        return high;
    }
    let share = low.kind == FigureKind::Percentage && text[low.range.clone()].contains("分之");
    if low.kind == FigureKind::Currency || share { Figure { kind: low.kind, unit: low.unit, ..high } } else { high }
}

/// Whether what stands between two figures joins them to a range.
fn connects(between: &str) -> bool {
    let between = between.trim_matches(' ');
    matches!(
        between,
        "-" | "–" | "—" | "~" | "～" | "－" | "至" | "到" | "to" | "--" | "——" | "-$" | "–$" | "-€" | "-£"
    )
}

/// Whether the text says `between` the one and the other.
fn between(text: &str, low: &Figure, high: &Figure) -> bool {
    text[low.range.end..high.range.start].trim_matches(' ') == "and"
        && text[..low.range.start].trim_end_matches(' ').ends_with("between")
}

/// The low end with the multiplier, unit and kind of the high one, where it has none of its own.
fn completed(text: &str, low: &Figure, high: &Figure) -> Option<Figure> {
    let bare = low.kind == FigureKind::Number && low.unit.is_none()
        || low.kind == FigureKind::Currency && low.unit == high.unit;
    // The digits of the high end show its multiplier: its value over the number that its digits alone would say.
    let mantissa = leading_number(&text[high.range.clone()]);
    let own = leading_number(&text[low.range.clone()]);
    let unscaled = own == Some(low.value);
    if !bare
        || !unscaled
        || !matches!(
            high.kind,
            FigureKind::Number | FigureKind::Percentage | FigureKind::Currency | FigureKind::Multiple
        )
    {
        return None;
    }
    let scale = mantissa
        .filter(|mantissa| !mantissa.is_zero())
        .and_then(|mantissa| high.value.over(mantissa))
        .unwrap_or(Rational::ONE);
    let scaled = low.value.times(scale)?;
    // 500–10 万 keeps its five hundred.
    let scale = if scaled < high.value || low.value >= high.value { scale } else { Rational::ONE };
    Some(Figure {
        value: low.value.times(scale)?,
        step: low.step.times(scale)?,
        kind: high.kind,
        unit: high.unit,
        ..low.clone()
    })
}

/// The number that the first digits of a figure write, without its multiplier.
fn leading_number(text: &str) -> Option<Rational> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = &text[start..];
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(digits.len());
    let (whole, fraction) = digits[..end].split_once('.').unwrap_or((&digits[..end], ""));
    let numbers = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect::<Vec<u8>>();
    Rational::from_digits(numbers(whole).into_iter(), numbers(fraction).into_iter())
}
