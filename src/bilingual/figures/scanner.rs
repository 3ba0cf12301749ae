//! What the scanners of both languages share: the text, and the figures found so far.

use std::ops::Range;

use super::char_buffer::CharBuffer;
use super::figure::{Figure, FigureKind, Numeral};
use super::number::Rational;

pub(super) struct Scanner<'t> {
    pub(super) text: &'t CharBuffer,
    pub(super) figures: Vec<Figure>,
    /// The end of the last figure: what precedes it belongs to that one.
    pub(super) floor: usize,
    /// Words before and after a figure, separated by `|`, that make it approximate.
    approximate: [&'static str; 2],
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t CharBuffer, approximate: [&'static str; 2]) -> Self {
        Self {
            text,
            figures: Vec::new(),
            floor: 0,
            approximate,
        }
    }

    /// Adds a figure, whose range counts characters, from its sign on. Returns its end.
    pub(super) fn push(&mut self, mut figure: Figure, sign_start: usize) -> usize {
        let start = figure.range.start.min(sign_start);
        let end = figure.range.end;
        figure.approximate |= self.is_approximate(start, end);
        figure.range = self.text.bytes(start..end);
        self.figures.push(figure);
        self.floor = end;
        end
    }

    pub(super) fn push_digits(
        &mut self,
        range: Range<usize>,
        value: Rational,
        kind: FigureKind,
    ) -> usize {
        let end = range.end;
        let number = Numeral {
            digits: true,
            ..Numeral::in_words(value, Rational::ONE, range.clone())
        };
        self.figures.push(Figure {
            range: self.text.bytes(range),
            ..number.figure(kind, None)
        });
        end
    }

    /// Whether the text calls the figure in a range of characters approximate.
    fn is_approximate(&self, start: usize, end: usize) -> bool {
        let text = self.text;
        let [before, after] = self.approximate;
        let start = text.skip_spaces_back(start);
        let precedes = |word: &str| {
            let is_word = word.ends_with(|c: char| c.is_ascii_alphabetic());
            text.ends_with(start, word)
                && !(is_word && text.before(start - word.len()).is_ascii_alphabetic())
        };
        let end = text.skip_spaces(end);
        before.split('|').any(precedes) || after.split('|').any(|word| text.starts_with(end, word))
    }
}
