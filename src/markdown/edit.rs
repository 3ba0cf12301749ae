//! Edits to a source before it is parsed, and the placeholder characters that they put in.
//!
//! Some things must be known before parsing: which dollar is money, which underscore belongs to a
//! bare URL, where emphasis beside Chinese marks needs help, how deep a line nests. The parser
//! learns of them through *placeholders*: rare punctuation marks that the text itself
//! does not contain, put in before parsing and taken out of what the parser returns.

use std::borrow::Cow;

/// The characters to choose placeholders from: punctuation to `CommonMark`, three bytes each, of
/// scripts that no digest is written in.
pub(super) const PLACEHOLDERS: [char; 16] = [
    '\u{1CC0}', '\u{1CC1}', '\u{1CC2}', '\u{1CC3}', '\u{1CC4}', '\u{1CC5}', '\u{1CC6}', '\u{1CC7}',
    '\u{1A1E}', '\u{1A1F}', '\u{1944}', '\u{1945}', '\u{1735}', '\u{1736}', '\u{166E}', '\u{1400}',
];

/// The first byte of every placeholder.
pub(super) const FIRST_BYTE: u8 = 0xE1;

/// An edit at a byte offset of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: usize,
    pub(super) kind: EditKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EditKind {
    /// Inserts a separator, which is dropped after parsing.
    Separator,
    /// Replaces a dollar that delimits no formula.
    Dollar,
    /// Replaces an underscore that marks no emphasis.
    Underscore,
}

impl Edit {
    pub(super) const fn separator(at: usize) -> Self {
        Self {
            at,
            kind: EditKind::Separator,
        }
    }

    /// How many bytes of the source it replaces.
    const fn replaced(self) -> usize {
        match self.kind {
            EditKind::Separator => 0,
            EditKind::Dollar | EditKind::Underscore => 1,
        }
    }

    /// How many bytes longer it makes the source.
    pub(super) const fn growth(self) -> usize {
        PLACEHOLDERS[0].len_utf8() - self.replaced()
    }
}

/// The placeholders chosen for one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placeholders {
    separator: char,
    dollar: char,
    underscore: char,
}

impl Placeholders {
    /// Chooses placeholders that a text does not contain. If it contains nearly all of them, which
    /// no real text does, it loses some.
    pub(super) fn absent_from(text: &str) -> Self {
        let mut free = PLACEHOLDERS
            .into_iter()
            .filter(|&placeholder| !text.contains(placeholder));
        let mut next = |fallback| free.next().unwrap_or(fallback);
        Self {
            separator: next(PLACEHOLDERS[0]),
            dollar: next(PLACEHOLDERS[1]),
            underscore: next(PLACEHOLDERS[2]),
        }
    }

    /// Makes edits that are sorted by offset.
    pub(super) fn apply(self, text: &str, edits: &[Edit]) -> String {
        let mut edited = String::with_capacity(text.len() + 3 * edits.len());
        let mut done = 0;
        for edit in edits {
            edited.push_str(&text[done..edit.at]);
            edited.push(match edit.kind {
                EditKind::Separator => self.separator,
                EditKind::Dollar => self.dollar,
                EditKind::Underscore => self.underscore,
            });
            done = edit.at + edit.replaced();
        }
        edited.push_str(&text[done..]);
        edited
    }

    /// Takes the placeholders out of a text.
    pub(super) fn restore(self, text: &str) -> Cow<'_, str> {
        if memchr::memchr(FIRST_BYTE, text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let original = |c: char| match c {
            _ if c == self.separator => None,
            _ if c == self.dollar => Some('$'),
            _ if c == self.underscore => Some('_'),
            _ => Some(c),
        };
        Cow::Owned(text.chars().filter_map(original).collect())
    }
}
