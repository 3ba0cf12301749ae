//! What stands above the text, with its columns: pinyin, the readings of its characters, and glosses of its words.

use std::borrow::Cow;
use std::ops::Range;

use super::width::{Ambiguous, columns};
use crate::dictionary::{begins_with_vowel, readings};

/// A character's reading, in the middle above the character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    /// The byte offset of the character.
    pub(super) at: u32,
    /// The syllable, with its tone mark, or a gloss.
    pub(super) text: Cow<'static, str>,
    pub(super) columns: u16,
    /// The columns of all text before the syllable, once the character has been filled into a line.
    pub(super) before: Option<u32>,
    /// How many columns of the syllable are before the character.
    pub(super) lead: u16,
    /// Whether a word or a rule decides between the readings of the character.
    pub(super) is_certain: bool,
    /// Whether it is the gloss of a word that begins with the character: what follows may be under it.
    pub(super) is_gloss: bool,
    /// How the syllable follows the one before it.
    pub(super) joint: Joint,
}

/// What is between two syllables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// At least one blank.
    Blank,
    /// Nothing: they are of one word.
    None,
    /// An apostrophe: they are of one word, and the second begins with a vowel.
    Apostrophe,
}

/// The syllables of a range of a text: one for every Han character that has a reading.
pub(super) fn read(
    text: &str,
    range: Range<u32>,
    ambiguous: Ambiguous,
    is_joined: bool,
) -> Vec<Syllable> {
    let readings = readings(text, range).into_iter();
    let syllables = readings.map(|reading| {
        let joint = match reading.syllable {
            _ if !is_joined || !reading.continues_word => Joint::Blank,
            syllable if begins_with_vowel(syllable) => Joint::Apostrophe,
            _ => Joint::None,
        };
        let columns = columns(reading.syllable, ambiguous) as u16;
        Syllable {
            at: reading.at,
            text: Cow::Borrowed(reading.syllable),
            columns,
            before: None,
            lead: columns.saturating_sub(2) / 2,
            is_certain: reading.is_certain,
            is_gloss: false,
            joint,
        }
    });
    syllables.collect()
}

/// A short sense that stands above a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordGloss {
    /// The byte of the document's text at which the word begins.
    pub at: u32,
    /// The sense, on one line, cleaned.
    pub text: String,
}

/// Glosses as syllables, each above the first character of its word. The place of a gloss is translated.
pub(super) fn glosses(
    all: &[WordGloss],
    place: impl Fn(u32) -> u32,
    ambiguous: Ambiguous,
) -> Vec<Syllable> {
    let syllable = |gloss: &WordGloss| Syllable {
        at: place(gloss.at),
        columns: columns(&gloss.text, ambiguous) as u16,
        text: Cow::Owned(gloss.text.clone()),
        before: None,
        lead: 0,
        is_certain: true,
        is_gloss: true,
        joint: Joint::Blank,
    };
    all.iter().map(syllable).collect()
}
