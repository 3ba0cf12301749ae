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

/// An edit at a byte offset of a source: a placeholder is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: usize,
    /// The sign that it replaces: a dollar that delimits no formula, or an underscore that marks no
    /// emphasis. None if it is a separator, which is dropped after parsing.
    pub(super) sign: Option<char>,
}

impl Edit {
    pub(super) fn growth(self) -> usize {
        PLACEHOLDERS[0].len_utf8() - self.sign.map_or(0, char::len_utf8)
    }
}

/// What the placeholders of a source stand for.
const SIGNS: [Option<char>; 3] = [None, Some('$'), Some('_')];

/// The placeholders chosen for one source, in the order of [`SIGNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placeholders([char; 3]);

impl Placeholders {
    /// Chooses placeholders that a text does not contain. If it contains nearly all of them, which
    /// no real text does, it loses some.
    pub(super) fn absent_from(text: &str) -> Self {
        let free = PLACEHOLDERS
            .into_iter()
            .filter(|&placeholder| !text.contains(placeholder));
        let mut chosen = free.chain(PLACEHOLDERS);
        Self(SIGNS.map(|_| chosen.next().unwrap_or(PLACEHOLDERS[0])))
    }

    /// Makes edits that are sorted by offset.
    pub(super) fn apply(self, text: &str, edits: &[Edit]) -> String {
        let mut edited = String::with_capacity(text.len() + 3 * edits.len());
        let mut done = 0;
        for edit in edits {
            edited.push_str(&text[done..edit.at]);
            edited.extend(
                SIGNS
                    .iter()
                    .zip(self.0)
                    .find(|(sign, _)| **sign == edit.sign)
                    .map(|(_, placeholder)| placeholder),
            );
            done = edit.at + edit.sign.map_or(0, char::len_utf8);
        }
        edited.push_str(&text[done..]);
        edited
    }

    pub(super) fn restore(self, text: &str) -> Cow<'_, str> {
        if memchr::memchr(FIRST_BYTE, text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let original = |c: char| match self.0.iter().position(|&placeholder| placeholder == c) {
            Some(index) => SIGNS[index],
            None => Some(c),
        };
        Cow::Owned(text.chars().filter_map(original).collect())
    }
}
