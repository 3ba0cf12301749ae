//! Figures in English text.
//!
//! The forms are those of the grammar of Microsoft's Recognizers-Text for English (numbers, percentages, currencies), with what digests add:
//! approximations, dates, measures and multiples.

use super::figure::folded::Folded;
use super::figure::{Figure, FigureKind, Rational, Unit, arabic, currency, label, measure};
use crate::text::Language;
use lexicon::Sense;
use numeral::{Meaning, Numeral, Token};

mod calendar;
mod decimal;
mod fraction;
mod lexicon;
mod money;
mod numeral;
mod words;

/// The figures of an English text, in order.
pub(super) fn read(text: &str) -> Vec<Figure> {
    let folded = Folded::new(text, Language::English);
    let mut reader = Reader { text: &folded, figures: Vec::new(), floor: 0 };
    let mut at = 0;
    while at < folded.len() {
        let c = folded.at(at);
        at = if c.is_ascii_alphabetic() {
            reader.word(at)
        } else if c.is_ascii_digit()
            || c == '.'
                && folded.is_digit(at + 1)
                && !folded.before(at).is_ascii_alphanumeric()
                && folded.before(at) != '.'
        {
            reader.digits(at)
        } else if let Some(value) = arabic::vulgar(c) {
            reader.figures.push(label::plain(&folded, at..at + 1, value));
            at + 1
        } else {
            at + 1
        };
    }
    reader.figures
}

struct Reader<'t> {
    text: &'t Folded,
    figures: Vec<Figure>,
    /// The index before which everything belongs to earlier figures.
    floor: usize,
}

impl Reader<'_> {
    /// Reads what begins with a word; answers the index to go on from.
    fn word(&mut self, at: usize) -> usize {
        let text = self.text;
        let end = text.letters_end(at);
        if text.is_digit(end) && currency::before(text, end).is_none() || text.at(end) == '_' {
            return label::token_end(text, at).max(end);
        }
        let word = text.word(at);
        if let Some(month) = lexicon::month(word.as_str(), text.at(at).is_ascii_uppercase()) {
            if calendar::beside_day_or_year(text, at, end) {
                let figure = label::plain(text, at..end, Rational::whole(month));
                self.figures.push(Figure { kind: FigureKind::Date, digits: false, ..figure });
            }
            return end;
        }
        match lexicon::sense(word.as_str()) {
            None | Some(Sense::And | Sense::Of | Sense::Point | Sense::Ordinal(..)) => end,
            Some(_) => self.number(at).max(end),
        }
    }

    /// Reads what begins with a digit or a point.
    fn digits(&mut self, at: usize) -> usize {
        let text = self.text;
        let money = text.before(at).is_ascii_alphabetic() && currency::before(text, at).is_some();
        if let Some(labels) = label::read(text, at).filter(|_| !money) {
            self.figures.extend(labels.figures);
            return labels.end;
        }
        self.number(at)
    }

    /// Reads the number that begins at an index, in words or digits.
    fn number(&mut self, at: usize) -> usize {
        let text = self.text;
        let tokens = match numeral::tokens(text, at) {
            Ok(tokens) => tokens,
            Err(end) => return end,
        };
        let after_first = tokens.first().map_or(at + 1, |token| token.end);
        let article = tokens.first().is_some_and(|token| token.sense == Meaning::Word(Sense::Article));
        let Some(number) = fraction::read(&tokens)
            .filter(|number| !(article && text.at(number.end) == '-'))
            .or_else(|| self.cardinal(&tokens))
        else {
            return after_first;
        };
        if words::uncounted(text, at)
            && matches!(tokens[0].sense, Meaning::Word(Sense::Hundred | Sense::Round(_) | Sense::Dozen))
        {
            return number.end;
        }
        if tokens[0].sense == Meaning::Word(Sense::Ones(1)) && number.end == at + 3 && words::pronoun(text, at) {
            return after_first;
        }
        self.classify(number, at)
    }

    /// A whole number with what may follow it: a point and decimals, a divisor.
    fn cardinal(&self, tokens: &[Token]) -> Option<Numeral> {
        let (number, taken) = match tokens.first()?.sense {
            // A lone half is one where something is halved.
            Meaning::Word(Sense::Part(2, false)) => return fraction::lone_half(self.text, tokens[0].end),
            _ => numeral::whole(tokens)?,
        };
        if let Some(decimal) = decimal::read(number, &tokens[taken..]) {
            return Some(decimal);
        }
        Some(self.divided(number).unwrap_or(number))
    }

    /// One over three, two out of five hundred. Twelve out of ten in digits are two numbers, and nothing is divided by years.
    fn divided(&self, number: Numeral) -> Option<Numeral> {
        let text = self.text;
        let at = text.skip_spaces(number.end);
        let over = text.starts_with(at, "over ");
        if !(over || text.starts_with(at, "out of ")) {
            return None;
        }
        let tokens = numeral::tokens(text, text.skip_spaces(at + if over { 5 } else { 7 })).ok()?;
        let (divisor, _) = numeral::whole(&tokens)?;
        let period = measure::after(text, divisor.end, false).is_some();
        if !over && number.digits && divisor.digits
            || period
            || number.multiplied && over && divisor.value < Rational::whole(1000) && number.digits
        {
            return None;
        }
        Some(Numeral {
            value: number.value.over(divisor.value)?,
            step: Rational::ZERO,
            end: divisor.end,
            plain: None,
            ..number
        })
    }

    /// Where a figure begins with its sign or the word for it, and whether that makes it negative.
    fn sign(&self, at: usize) -> (usize, bool) {
        let text = self.text;
        if at > 0
            && text.before(at) == '-'
            && !text.before(at - 1).is_ascii_alphanumeric()
            && !matches!(text.before(at - 1), '-' | '%' | ')' | ']')
            && text.at(at) != '.'
        {
            return (at - 1, true);
        }
        // With a space a minus is a dash, but at the very beginning.
        let gap = text.skip_spaces_back(at);
        if gap == 1 && text.at(0) == '-' {
            return (0, true);
        }
        let (start, word) = words::previous(text, at);
        if matches!(word.as_str(), "minus" | "negative") { (start, true) } else { (at, false) }
    }

    /// Says what a number is, by what surrounds it.
    fn classify(&mut self, number: Numeral, at: usize) -> usize {
        let text = self.text;
        let (start, negative) = self.sign(at);
        let number = if negative { Numeral { value: number.value.negated(), ..number } } else { number };
        let end = number.end;
        if let Some(end) = words::percent(text, end) {
            return self.push(Numeral { end, ..number }, FigureKind::Percentage, None, start);
        }
        if let Some(amount) = money::read(text, number, at, self.floor) {
            let minus = amount.start > self.floor
                && text.before(amount.start) == '-'
                && !text.before(amount.start - 1).is_ascii_alphanumeric();
            let start = amount.start.min(start) - usize::from(minus && !negative);
            let value = if minus && !negative { amount.number.value.negated() } else { amount.number.value };
            return self.push(
                Numeral { value, ..amount.number },
                FigureKind::Currency,
                Some(Unit::Currency(amount.unit)),
                start,
            );
        }
        if let Some(start) = self.percent_of(at) {
            return self.push(number, FigureKind::Percentage, None, start);
        }
        if let Some((kind, end)) = calendar::date(text, number, at) {
            return self.push(Numeral { end, ..number }, kind, None, start);
        }
        if let Some(end) = words::multiple(text, end) {
            return self.push(Numeral { end, ..number }, FigureKind::Multiple, None, start);
        }
        if let Some((name, end)) = measure::after(text, end, false) {
            return self.push(Numeral { end, ..number }, FigureKind::Number, Some(Unit::Measure(name)), start);
        }
        // 3D and 5G are names.
        let glued = number.plain == Some(1) && text.at(end).is_ascii_alphabetic();
        self.push(number, if glued { FigureKind::Label } else { FigureKind::Number }, None, start)
    }

    /// Percent of 10: where the number follows, and none came before.
    fn percent_of(&self, at: usize) -> Option<usize> {
        let text = self.text;
        let end = text.skip_spaces_back(at);
        let start = ["percent of", "percents of", "per cent of"]
            .iter()
            .find(|words| text.ends_with(end, words))
            .map(|words| end - words.len())?;
        (start >= self.floor && (self.floor == 0 || !text.before(text.skip_spaces_back(start)).is_ascii_digit()))
            .then_some(start)
    }

    fn push(&mut self, number: Numeral, kind: FigureKind, unit: Option<Unit>, start: usize) -> usize {
        self.figures.push(Figure {
            range: self.text.bytes(start..number.end),
            value: number.value,
            unit,
            kind,
            approximate: words::vague(self.text, start, number.end),
            step: number.step,
            digits: number.digits,
            bounds: None,
        });
        self.floor = number.end;
        number.end
    }
}
