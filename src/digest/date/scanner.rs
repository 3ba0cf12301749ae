//! A scanner over the text of a date: numbers, words and signs.

/// A number as it stands in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: i64,
    /// How many digits it is written with.
    pub(super) digits: usize,
}

/// Reads a date's text from the left; what does not fit is left where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// Begins at the start of a text.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// What has not been read.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Says whether all was read, spaces aside.
    pub(super) fn is_done(&self) -> bool {
        self.rest.trim().is_empty()
    }

    /// Passes over white space; says whether there was any.
    pub(super) fn spaces(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        let any = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        any
    }

    /// Reads a number of at most 18 ASCII digits.
    pub(super) fn number(&mut self) -> Option<Number> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=18).contains(&digits) {
            return None;
        }
        let value = self.rest[..digits].parse().ok()?;
        self.rest = &self.rest[digits..];
        Some(Number { value, digits })
    }

    /// Reads a number of one or two digits.
    pub(super) fn small(&mut self) -> Option<i8> {
        let mut ahead = *self;
        let number = ahead.number().filter(|number| number.digits <= 2)?;
        *self = ahead;
        i8::try_from(number.value).ok()
    }

    /// Reads a word of ASCII letters.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    /// Reads one of the characters, if it is next.
    pub(super) fn sign(&mut self, any_of: &str) -> Option<char> {
        let c = self.rest.chars().next().filter(|&c| any_of.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// Reads the first of the texts that is next, ASCII case aside.
    pub(super) fn text(&mut self, any_of: &[&str]) -> Option<usize> {
        let found = any_of
            .iter()
            .position(|text| self.rest.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text)))?;
        self.rest = &self.rest[any_of[found].len()..];
        Some(found)
    }
}
