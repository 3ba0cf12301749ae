//! Pinyin above the text: the readings of its characters, with their columns.

use std::ops::Range;

use super::width::{Ambiguous, columns};
use crate::dictionary::readings;

/// A character's reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    /// The byte offset of the character.
    pub(super) at: u32,
    /// The syllable, with its tone mark.
    pub(super) text: &'static str,
    pub(super) columns: u16,
    /// The columns of all text before the character, once it has been filled into a line.
    pub(super) before: Option<u32>,
    /// Whether a word or a rule decides between the readings of the character.
    pub(super) is_certain: bool,
}

/// The syllables of a range of a text: one for every Han character that has a reading.
pub(super) fn read(text: &str, range: Range<u32>, ambiguous: Ambiguous) -> Vec<Syllable> {
    let readings = readings(text, range).into_iter();
    let syllables = readings.map(|reading| Syllable {
        at: reading.at,
        text: reading.syllable,
        columns: columns(reading.syllable, ambiguous) as u16,
        before: None,
        is_certain: reading.is_certain,
    });
    syllables.collect()
}
