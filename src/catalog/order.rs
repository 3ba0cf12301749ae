//! The orders of the list.

use pinyin::ToPinyin;

use crate::text::fold;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first; undated last, by path.
    #[default]
    Date,
    /// By title: pinyin for Chinese, letters for English.
    Title,
    /// By source, newest first within one; those without a source last.
    Source,
}

impl Order {
    /// The order after this one, when one key goes through them.
    pub const fn next(self) -> Self {
        match self {
            Self::Date => Self::Title,
            Self::Title => Self::Source,
            Self::Source => Self::Date,
        }
    }

    /// The order's name, as shown: `date`, `title` or `source`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Source => "source",
        }
    }
}

/// The key by which a title or a source is sorted: syllables of pinyin for Han characters, folded letters and digits for the rest, signs left out.
///
/// A syllable ends with a space, so that `xi an` stands before `xian`, as in a dictionary. A character with several
/// readings counts by its most common one.
pub(super) fn sort_key(title: &str) -> Box<str> {
    let mut key = String::with_capacity(title.len() * 2);
    append_sort_key(title, &mut key);
    key.into_boxed_str()
}

/// Appends the [`sort_key`] of a title or a source to others.
pub(super) fn append_sort_key(title: &str, key: &mut String) {
    let mut in_word = false;
    for c in title.chars().map(fold) {
        if c.is_ascii_alphanumeric() {
            key.push(c);
            in_word = true;
        } else if c.is_ascii() {
            end_word(key, &mut in_word);
        } else if let Some(syllable) = c.to_pinyin() {
            end_word(key, &mut in_word);
            key.push_str(syllable.plain());
            key.push(' ');
        } else if c.is_alphanumeric() {
            key.push(c);
            in_word = true;
        } else {
            end_word(key, &mut in_word);
        }
    }
    end_word(key, &mut in_word);
}

fn end_word(key: &mut String, in_word: &mut bool) {
    if std::mem::take(in_word) {
        key.push(' ');
    }
}
