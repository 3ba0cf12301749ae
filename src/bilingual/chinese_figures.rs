//! Figures in Chinese text.
//!
//! The forms are those of the grammar of Microsoft's Recognizers-Text for Chinese (numbers, percentages, currencies), with what digests add:
//! approximations, dates, measures, multiples and ordinals.

use super::figure::folded::Folded;
use super::figure::{Figure, FigureKind, Rational, Unit, arabic, currency, label};
use crate::text::Language;
use numeral::{Form, Numeral};

mod calendar;
mod counting;
mod decimal;
mod digit;
mod money;
mod numeral;
mod run;
mod share;
mod words;

/// The figures of a Chinese text, in order.
pub(super) fn read(text: &str) -> Vec<Figure> {
    let folded = Folded::new(text, Language::Chinese);
    let mut reader = Reader { text: &folded, figures: Vec::new(), floor: 0 };
    let mut at = 0;
    while at < folded.len() {
        let c = folded.at(at);
        let begins = numeral::begins(c)
            || matches!(c, '半' | '对' | '万' | '亿')
            || c == '.' && reader.decimal(at)
            || arabic::vulgar(c).is_some();
        at = if begins { reader.figure(at).max(at + 1) } else { at + 1 };
    }
    reader.figures
}

struct Reader<'t> {
    text: &'t Folded,
    figures: Vec<Figure>,
    /// The index before which everything belongs to earlier figures.
    floor: usize,
}

/// What a number turned out to be.
struct Meaning {
    number: Numeral,
    kind: FigureKind,
    unit: Option<Unit>,
    start: usize,
}

impl Reader<'_> {
    /// Whether a point at an index begins a decimal: `.5`.
    fn decimal(&self, at: usize) -> bool {
        self.text.is_digit(at + 1) && !self.text.before(at).is_ascii_alphanumeric() && self.text.before(at) != '.'
    }

    /// Reads the figure at an index, if there is one, and answers the index to go on from.
    fn figure(&mut self, at: usize) -> usize {
        let text = self.text;
        if text.at(at) == '.' || text.is_digit(at) {
            let money = text.before(at).is_ascii_alphabetic() && currency::before(text, at).is_some();
            if let Some(labels) = label::read(text, at).filter(|_| !money) {
                self.figures.extend(labels.figures);
                return labels.end;
            }
        }
        let start = self.sign(at);
        if let Some(number) = share::of_hundred(text, at) {
            return self.push(Meaning { number, kind: FigureKind::Percentage, unit: None, start });
        }
        if let Some(end) = self.without_number(at) {
            return end;
        }
        match numeral::read(text, at) {
            Ok(number) => self.number(number, at, start),
            // A fraction over nothing, a number beyond all bounds.
            Err(end) => end,
        }
    }

    /// Reads what stands in the place of a number: 半成, 一半, 半年, ½; and passes over 几十, of which nobody knows how many.
    fn without_number(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        if let Some((value, end, percent)) = share::of_half(text, at) {
            let kind = if percent { FigureKind::Percentage } else { FigureKind::Number };
            let figure = label::plain(text, at..end, value);
            self.figures.push(Figure { kind, digits: false, step: Rational::ZERO, ..figure });
            return Some(end);
        }
        if matches!(text.before(at), '几' | '数') && numeral::unit(text, at).is_some() {
            return Some(text.end_of(at, |at| numeral::unit(text, at).is_some()));
        }
        if text.at(at) == '半' {
            let (Some((name, end)), Some(value)) = (counting::half(text, at), Rational::new(1, 2)) else {
                return Some(at + 1);
            };
            let unit = Some(Unit::Measure(name));
            let figure = label::plain(text, at..end, value);
            self.figures.push(Figure { unit, digits: false, step: Rational::ZERO, ..figure });
            return Some(end);
        }
        if let Some(value) = arabic::vulgar(text.at(at)) {
            self.figures.push(label::plain(text, at..at + 1, value));
            return Some(at + 1);
        }
        (!numeral::begins(text.at(at)) && text.at(at) != '.').then_some(at + 1)
    }

    /// The index of a minus or 负 before a number, or the number's own.
    fn sign(&self, at: usize) -> usize {
        let text = self.text;
        let end = text.skip_spaces_back(at);
        let spelled = text.before(end) == '负';
        let minus = end == at && text.is_digit(at) && text.before(at) == '-' && at >= 2 && {
            let earlier = text.at(at - 2);
            !earlier.is_ascii_alphanumeric() && !matches!(earlier, '-' | '%' | ')' | ']') && !numeral::begins(earlier)
        };
        let first = at == 1 && text.before(at) == '-' && text.is_digit(at);
        if spelled {
            end - 1
        } else if minus || first {
            at - 1
        } else {
            at
        }
    }

    /// Says what a number is, by what surrounds it.
    fn number(&mut self, number: Numeral, at: usize, start: usize) -> usize {
        let text = self.text;
        let end = number.end;
        if let Some(fraction) = share::fraction(text, number) {
            return self.push(Meaning { number: fraction, kind: FigureKind::Number, unit: None, start });
        }
        if let Some(share) = share::after(text, number) {
            return self.push(Meaning { number: share, kind: FigureKind::Percentage, unit: None, start });
        }
        if number.form == Form::Pair && text.at(end) != '年' {
            return end;
        }
        if text.before(text.skip_spaces_back(at)) == '第' {
            return self.push(Meaning { number, kind: FigureKind::Ordinal, unit: None, start });
        }
        if let Some((kind, end)) = calendar::date(text, number) {
            return self.push(Meaning { number: Numeral { end, ..number }, kind, unit: None, start });
        }
        if let Some(amount) = money::read(text, number, start, self.floor) {
            let unit = Some(Unit::Currency(amount.unit));
            return self.push(Meaning { number: amount.number, kind: FigureKind::Currency, unit, start: amount.start });
        }
        if let Some(number) = self.plain(number, at, start) {
            return self.push(number);
        }
        // 5G is a network, and 一 in 统一 no number.
        let name = number.plain == Some(1) && text.at(end).is_ascii_alphabetic() && text.at(end) != 'x';
        if name { label::token_end(text, end) } else { end }
    }

    /// A number that is neither a share, money nor a date: a multiple, a dozen, a measure, or nothing but itself.
    fn plain(&self, number: Numeral, at: usize, start: usize) -> Option<Meaning> {
        let text = self.text;
        let end = text.skip_spaces(number.end);
        let plainly = |number| Meaning { number, kind: FigureKind::Number, unit: None, start };
        if text.at(end) == '倍' {
            let number = counting::and_a_half(text, Numeral { end: end + 1, ..number });
            return Some(Meaning { kind: FigureKind::Multiple, ..plainly(number) });
        }
        if let Some(number) = counting::dozens(text, number).or_else(|| counting::counted_half(text, number)) {
            return Some(plainly(number));
        }
        if let Some((number, name)) = counting::measured(text, number) {
            return Some(Meaning { unit: Some(Unit::Measure(name)), ..plainly(number) });
        }
        let network =
            number.plain == Some(1) && text.at(number.end).is_ascii_alphabetic() && text.at(number.end) != 'x';
        if network || number.form == Form::Single && !words::stands_alone(text, at) {
            return None;
        }
        let kind = if calendar::bare_year(text, number) { FigureKind::Year } else { FigureKind::Number };
        Some(Meaning { kind, ..plainly(number) })
    }

    fn push(&mut self, Meaning { number, kind, unit, start }: Meaning) -> usize {
        let negative = matches!(self.text.at(start), '负' | '-') && kind != FigureKind::Label;
        let value = if negative { number.value.negated() } else { number.value };
        self.figures.push(Figure {
            range: self.text.bytes(start..number.end),
            value,
            unit,
            kind,
            approximate: number.approximate || words::vague(self.text, start, number.end),
            step: number.step,
            digits: number.digits,
            bounds: None,
        });
        self.floor = number.end;
        number.end
    }
}
