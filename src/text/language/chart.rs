//! What stands where in a text, told of many bytes together and only once, so that any stretch of it is soon tallied.

use std::ops::Range;

use super::Tally;
use super::count::{Missing, step};
use crate::text::clean::is_surely_clean;
use crate::text::lanes::{Kind, LANES, Look, Place, Simd, at_best, each_look, places};

/// A text of so many bytes is sooner counted by its characters.
const SHORT: usize = 4 * LANES;

/// A text with what is known of each of its bytes.
///
/// Stretches of it are tallied by counting bits. Only where something is odd, a code span, say, or a letter with an accent, are its
/// characters looked at; both ways tell the same.
#[derive(Debug)]
pub struct Chart<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    is_plain: bool,
}

/// Memory for a [`Chart`], of one that is not needed any more.
#[derive(Debug, Default)]
pub struct ChartRoom(Vec<Block>);

/// What is known of [`LANES`] bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// The first letters of words: of runs of two ASCII letters or more.
    words: u64,
    /// The first bytes of Han characters.
    han: u64,
    /// The bytes that need a closer look: what begins there may be counted otherwise than it seems, or not at all.
    odd: u64,
}

impl Block {
    /// Adds what begins at the bytes of a mask.
    #[inline(always)]
    fn add(&self, mask: u64, tally: &mut Tally) {
        tally.latin += (self.words & mask).count_ones() as usize;
        tally.han += (self.han & mask).count_ones() as usize;
    }
}

impl<'a> Chart<'a> {
    /// Looks at a text.
    pub fn of(text: &'a str) -> Self {
        Self::within(text, ChartRoom::default())
    }

    /// Looks at a text, and keeps what is known of it where there was a chart before.
    pub fn within(text: &'a str, ChartRoom(mut blocks): ChartRoom) -> Self {
        let bytes = text.as_bytes();
        blocks.clear();
        blocks.reserve(bytes.len() / LANES + 1);
        let mut chart = Self { text, blocks, is_plain: true };
        let (mut block, mut was_letter) = (Block::default(), false);
        each_look::<Scripts>(bytes, |start, &Scripts { letters, han, unsure }| {
            let is_letter = bytes.get(start + LANES).is_some_and(u8::is_ascii_alphabetic);
            let followed = letters >> 1 | u64::from(is_letter) << (LANES - 1);
            block.words = letters & followed & !(letters << 1 | u64::from(was_letter));
            was_letter = letters >> (LANES - 1) != 0;
            block.han = han;
            block.odd = unsure;
            for place in places(unsure) {
                chart.is_plain &= is_surely_clean(&bytes[start + place..]);
            }
            chart.blocks.push(block);
        });
        chart
    }

    /// The memory that it took, for another.
    pub fn room(self) -> ChartRoom {
        ChartRoom(self.blocks)
    }

    /// Whether every character of the text is surely clean; see [`is_plain`](crate::text::is_plain).
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Tallies the text in a range of bytes, as [`Tally::of_markdown`] does.
    ///
    /// # Panics
    /// Where the range reaches beyond the text; it must lie on the boundaries of characters.
    pub fn tally(&self, range: Range<usize>) -> Tally {
        self.count::<true>(range)
    }

    /// Counts the scripts in a range of bytes; with `MARKDOWN`, without what is no language.
    pub(super) fn count<const MARKDOWN: bool>(&self, range: Range<usize>) -> Tally {
        self.count_plainly(range.clone()).unwrap_or_else(|| self.count_closely::<MARKDOWN>(range))
    }

    /// Counts the scripts in a range of bytes where nothing is odd, and no word is cut by its ends.
    fn count_plainly(&self, range: Range<usize>) -> Option<Tally> {
        if range.is_empty() || self.cuts_word(range.start) || self.cuts_word(range.end) {
            return None;
        }
        let last = range.end - 1;
        let blocks = &self.blocks[range.start / LANES..=last / LANES];
        let (before, behind) = (u64::MAX << (range.start % LANES), u64::MAX >> (LANES - 1 - last % LANES));
        at_best(
            #[inline(always)]
            || {
                let (mut tally, mut odd, mut mask) = (Tally::default(), 0, before);
                for (left, block) in (0..blocks.len()).rev().zip(blocks) {
                    mask &= if left == 0 { behind } else { u64::MAX };
                    odd |= block.odd & mask;
                    block.add(mask, &mut tally);
                    mask = u64::MAX;
                }
                (odd == 0).then_some(tally)
            },
        )
    }

    /// Counts the scripts in a range of bytes with a closer look at what is odd.
    #[inline(never)]
    fn count_closely<const MARKDOWN: bool>(&self, range: Range<usize>) -> Tally {
        let bytes = &self.text.as_bytes()[..range.end];
        let (mut tally, mut missing) = (Tally::default(), Missing::default());
        let mut at = range.start;
        if self.cuts_word(at) && at < range.end {
            at = step::<MARKDOWN>(bytes, at, &mut tally, &mut missing);
        }
        let (ends_in_word, mut stepped) = (self.cuts_word(range.end), at);
        while at < range.end {
            let (block, start) = (&self.blocks[at / LANES], at / LANES * LANES);
            let end = range.end.min(start + LANES);
            let mask = u64::MAX << (at - start) & u64::MAX >> (start + LANES - end);
            let odd = block.odd & mask;
            if odd == 0 && !(ends_in_word && end == range.end) {
                block.add(mask, &mut tally);
                at = end;
                continue;
            }
            let place = places(odd).next().map_or(end, |place| start + place);
            // The word that ends there may be the scheme of a URL, or go on with letters beyond ASCII.
            let word = bytes[stepped..place].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let begin = place - word;
            match begin.checked_sub(start) {
                Some(length) => block.add(mask & !(u64::MAX << length), &mut tally),
                // It was counted where it began.
                None => tally.latin -= usize::from(word > 1),
            }
            at = begin;
            while at <= place && at < range.end {
                at = step::<MARKDOWN>(bytes, at, &mut tally, &mut missing);
            }
            stepped = at;
        }
        tally
    }

    /// Whether an offset lies between two letters of a word.
    fn cuts_word(&self, at: usize) -> bool {
        let around = at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before..=at));
        around.is_some_and(|around| around.iter().all(u8::is_ascii_alphabetic))
    }
}

/// Counts the scripts of a text; with `MARKDOWN`, without what is no language.
pub(super) fn count<const MARKDOWN: bool>(text: &str) -> Tally {
    if text.len() > SHORT {
        return Chart::of(text).count::<MARKDOWN>(0..text.len());
    }
    let (mut tally, mut missing, mut at) = (Tally::default(), Missing::default(), 0);
    while at < text.len() {
        at = step::<MARKDOWN>(text.as_bytes(), at, &mut tally, &mut missing);
    }
    tally
}

/// What is told of [`LANES`] bytes without a look at characters, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Scripts {
    /// The letters of ASCII.
    letters: u64,
    /// The first bytes of Han characters and of hexagrams.
    han: u64,
    /// The bytes that are not told yet.
    unsure: u64,
}

impl Look for Scripts {
    type Told = Self;

    #[inline(always)]
    fn at<S: Simd>(place: Place<'_, S>) -> Self {
        let (here, next) = (place.lanes(), place.after(1));
        let letters = here.letters();
        // A colon of no URL, and what is clean and no language wherever it stands: neither controls, nor signs of Markdown that may begin
        // what is left out, nor a few signs near these.
        let signs = here.between(b' ', b'Z') | here.are(b'\n');
        let ascii = letters | signs & !here.any_of([b'<', b'&', b':']) | here.are(b':') & !next.are(b'/');
        let han = here.between(0xE4, 0xE9);
        // The hexagrams begin with E4 B7; they are no Han.
        let hexagrams = here.are(0xE4) & next.are(0xB7);
        let sure = ascii | han | here.between(0x80, 0xBF) | frequent_marks(place);
        Self { letters: letters.bits(), han: han.bits(), unsure: (!sure | hexagrams).bits() }
    }
}

/// The first bytes of the most frequent marks beyond ASCII, which are clean and no language: U+2010–U+2027, U+3001, U+3002, U+3008–U+3027
/// and U+FF00–U+FF3F.
#[inline(always)]
fn frequent_marks<S: Simd>(place: Place<'_, S>) -> Kind<S> {
    let (here, next, third) = (place.lanes(), place.after(1), place.after(2));
    let dashes = here.are(0xE2) & third.between(0x90, 0xA7);
    let stops = here.are(0xE3) & (third.between(0x81, 0x82) | third.between(0x88, 0xA7));
    (dashes | stops) & next.are(0x80) | here.are(0xEF) & next.are(0xBC)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slowly<const MARKDOWN: bool>(text: &str) -> Tally {
        let (mut tally, mut missing, mut at) = (Tally::default(), Missing::default(), 0);
        while at < text.len() {
            at = step::<MARKDOWN>(text.as_bytes(), at, &mut tally, &mut missing);
        }
        tally
    }

    fn is_the_same(text: &str, range: Range<usize>) -> bool {
        let (chart, part) = (Chart::of(text), &text[range.clone()]);
        chart.count::<true>(range.clone()) == slowly::<true>(part)
            && chart.count::<false>(range) == slowly::<false>(part)
    }

    #[test]
    fn a_word_at_the_edge_of_a_block_is_counted_once() {
        for word in ["https://example.com/two/words", "naïveté", "a", "it's", "卦䷀。々ア", "`two words`"] {
            for before in 0..3 * LANES {
                for filling in ["x ", "word", " "] {
                    let text =
                        format!("{}{word} and then some words more to fill the next block", filling.repeat(before));
                    assert!(is_the_same(&text, 0..text.len()), "{text}");
                }
            }
        }
    }

    #[test]
    fn every_character_is_counted_and_clean_as_it_is_by_itself() {
        for c in ('\0'..='\u{FFFF}').chain(('\u{10000}'..=char::MAX).step_by(61)) {
            let text = format!("ab{c}cd");
            assert!(is_the_same(&text, 0..text.len()), "{c:?}");
            assert_eq!(Chart::of(&text).is_plain(), crate::text::is_plain(&text), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn stretches_are_counted_as_their_characters_are(
            text in "(([a-zA-Z]{1,12}|[ ,.1]|[一-龥，。“、：]{1,20}|://|[`<&{}>é々ぁ㐀䷀𠮷·ｦａ]|\\]\\()( ?)){0,90}",
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
        ) {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (from.get(&boundaries), to.get(&boundaries));
            prop_assert!(is_the_same(&text, *from.min(to)..*from.max(to)), "{text} {from} {to}");
            prop_assert!(is_the_same(&text, 0..text.len()), "{text}");
        }
    }
}
