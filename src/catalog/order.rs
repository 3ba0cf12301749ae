//! The orders of the list.

use std::mem;

use pinyin::ToPinyin;

use crate::text::fold;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first; undated entries last, by path.
    #[default]
    Date,
    /// By title: pinyin for Chinese, letters for English.
    Title,
    /// By source, newest first within one; entries without a source last.
    Source,
}

impl Order {
    /// The next order, for a key that cycles through them.
    pub const fn next(self) -> Self {
        match self {
            Self::Date => Self::Title,
            Self::Title => Self::Source,
            Self::Source => Self::Date,
        }
    }

    /// The name shown: `date`, `title` or `source`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Source => "source",
        }
    }
}

/// The key by which a title or a source is sorted: pinyin syllables for Chinese characters, folded letters and digits for the
/// rest, without punctuation.
///
/// A syllable ends with a space, so that `xi an` comes before `xian`, as in a dictionary. A character with several
/// readings counts by its most common one.
pub(super) fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    append_sort_key(text, &mut key);
    key
}

/// Appends the [`sort_key`] of a title or a source.
pub(super) fn append_sort_key(text: &str, key: &mut Vec<u8>) {
    let mut in_word = false;
    for c in text.chars().map(fold) {
        let syllable = if c.is_ascii() { None } else { c.to_pinyin() };
        if syllable.is_none() && c.is_alphanumeric() {
            key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            in_word = true;
            continue;
        }
        if mem::take(&mut in_word) {
            key.push(b' ');
        }
        if let Some(syllable) = syllable {
            key.extend_from_slice(syllable.plain().as_bytes());
            key.push(b' ');
        }
    }
    if in_word {
        key.push(b' ');
    }
}
