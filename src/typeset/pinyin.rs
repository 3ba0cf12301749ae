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
        let columns = syllable_columns(reading.syllable, ambiguous);
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

/// The columns of a syllable: nearly always those of its characters, none of which combines.
fn syllable_columns(syllable: &str, ambiguous: Ambiguous) -> u16 {
    let is_plain = |c: char| c < '\u{300}';
    if ambiguous == Ambiguous::Narrow && syllable.chars().all(is_plain) {
        syllable.chars().count() as u16
    } else {
        columns(syllable, ambiguous) as u16
    }
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

/// How many columns a gloss may push the text apart.
const MOST_PUSHED: usize = 2;

/// Leaves out the glosses that would tear a text apart, since the one before still stands there.
pub(super) fn leave_out_crowded(glosses: &mut Vec<Syllable>, text: &str, ambiguous: Ambiguous) {
    let mut last: Option<(usize, usize)> = None;
    glosses.retain(|gloss| {
        let at = gloss.at as usize;
        let has_room = last.is_none_or(|(before, taken)| {
            taken < columns(&text[before..at], ambiguous) + MOST_PUSHED
        });
        if has_room {
            last = Some((at, gloss.columns.into()));
        }
        has_room
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gloss_that_would_tear_the_text_apart_is_left_out() {
        let of = |text: &str, glosses_at: &[(&str, &str)]| -> Vec<String> {
            let gloss = |(word, gloss): &(&str, &str)| WordGloss {
                at: text.find(word).unwrap() as u32,
                text: (*gloss).to_owned(),
            };
            let all: Vec<WordGloss> = glosses_at.iter().map(gloss).collect();
            let mut found = glosses(&all, |at| at, Ambiguous::Narrow);
            leave_out_crowded(&mut found, text, Ambiguous::Narrow);
            found.iter().map(|it| it.text.to_string()).collect()
        };
        let text = "首年发电与潮汐预测";
        let long = [("发电", "to generate electricity"), ("潮汐", "tide")];
        assert_eq!(of(text, &long), ["to generate electricity"]);
        // One column between two glosses is had by pushing the text apart by one or two.
        let short = [("发电", "produce"), ("潮汐", "tide"), ("预测", "to")];
        assert_eq!(of(text, &short), ["produce", "tide", "to"]);
    }
}
