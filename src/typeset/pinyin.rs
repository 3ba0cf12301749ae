//! Pinyin above the text: the readings of its characters, with their columns.

use std::ops::Range;

use super::width::{Ambiguous, columns};
use crate::dictionary::{begins_with_vowel, readings};

/// A character's reading, in the middle above the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    /// The byte offset of the character.
    pub(super) at: u32,
    /// The syllable, with its tone mark.
    pub(super) text: &'static str,
    pub(super) columns: u16,
    /// The columns of all text before the syllable, once the character has been filled into a line.
    pub(super) before: Option<u32>,
    /// How many columns of the syllable are before the character.
    pub(super) lead: u16,
    /// Whether a word or a rule decides between the readings of the character.
    pub(super) is_certain: bool,
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
            text: reading.syllable,
            columns,
            before: None,
            lead: columns.saturating_sub(2) / 2,
            is_certain: reading.is_certain,
            joint,
        }
    });
    syllables.collect()
}
