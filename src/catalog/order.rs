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

/// The key by which a title or a source is sorted: syllables of pinyin for Han characters, folded letters and digits for the rest, signs left
/// out; as bytes of UTF-8.
///
/// A syllable ends with a space, so that `xi an` stands before `xian`, as in a dictionary. A character with several
/// readings counts by its most common one.
pub(super) fn sort_key(title: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(title.len() * 2);
    append_sort_key(title, &mut key);
    key
}

/// Appends the [`sort_key`] of a title or a source to others.
pub(super) fn append_sort_key(title: &str, key: &mut Vec<u8>) {
    let mut in_word = false;
    for c in title.chars() {
        if let Some(&letter) = LETTERS.get(c as usize) {
            if letter == 0 {
                end_word(key, &mut in_word);
            } else {
                key.push(letter);
                in_word = true;
            }
        } else {
            append_beyond_ascii(fold(c), key, &mut in_word);
        }
    }
    end_word(key, &mut in_word);
}

/// What an ASCII character adds to a key: a small letter or a digit; 0 for signs, which end words.
const LETTERS: [u8; 128] = {
    let (mut letters, mut byte) = ([0; 128], 0);
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            letters[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// Appends what a folded character adds to a key that was none of ASCII before.
fn append_beyond_ascii(c: char, key: &mut Vec<u8>, in_word: &mut bool) {
    if let Some(syllable) = c.to_pinyin() {
        end_word(key, in_word);
        key.extend_from_slice(syllable.plain().as_bytes());
        key.push(b' ');
    } else if c.is_alphanumeric() {
        key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        *in_word = true;
    } else {
        end_word(key, in_word);
    }
}

fn end_word(key: &mut Vec<u8>, in_word: &mut bool) {
    if std::mem::take(in_word) {
        key.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The key, character by character.
    fn plainly(title: &str) -> String {
        let mut key = String::new();
        let end_word = |key: &mut String, in_word: bool| key.push_str(if in_word { " " } else { "" });
        let mut in_word = false;
        for c in title.chars().map(fold) {
            let syllable = Some(c).filter(|c| !c.is_ascii()).and_then(|c| c.to_pinyin());
            let is_letter = syllable.is_none() && c.is_alphanumeric();
            if is_letter {
                key.push(c);
            } else {
                end_word(&mut key, in_word);
            }
            key.extend(syllable.map(|syllable| format!("{} ", syllable.plain())));
            in_word = is_letter;
        }
        end_word(&mut key, in_word);
        key
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn a_key_is_that_of_its_characters(title in "(\\PC|[A-z0-9 ,-]{0,9}|[一-龥“”：，]{0,9}|[Ａｂ０！　ÉßⅣ々〇㐀𠀀]){0,9}") {
            prop_assert_eq!(String::from_utf8(sort_key(&title)).unwrap(), plainly(&title));
        }
    }
}
