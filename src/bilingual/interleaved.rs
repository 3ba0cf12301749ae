//! The alignment of an interleaved text, which alternates languages by paragraph or by line: the
//! order in the file says it all.

use super::alignment::{Alignment, Bead};
use crate::markdown::Document;
use crate::text::Language;

/// The confidence in a block that both languages share, and in blocks that follow each other.
const SHARED: f32 = 1.0;
const FOLLOWING: f32 = 0.95;

/// Consecutive blocks of one language, or of both if they share them.
struct Turn {
    language: Option<Language>,
    blocks: u32,
}

/// Aligns the blocks of two documents from one file by the lines on which they start.
///
/// A block on the same line of both is shared. Between shared blocks the languages alternate: a
/// turn of one language is translated by the turn of the other that follows it. The order of
/// languages is the one that leaves less untranslated.
pub(super) fn align(chinese: &Document, english: &Document) -> Alignment {
    let turns = turns(chinese, english);
    let pairs = |first: Language| -> u32 {
        let is_pair = |pair: &&[Turn]| {
            pair[0].language == Some(first) && pair[1].language == Some(first.other())
        };
        turns
            .windows(2)
            .filter(is_pair)
            .map(|pair| pair[0].blocks.min(pair[1].blocks))
            .sum()
    };
    let is_chinese_first = pairs(Language::Chinese) > pairs(Language::English);
    let first = if is_chinese_first {
        Language::Chinese
    } else {
        Language::English
    };

    let mut alignment = Alignment::default();
    let mut turns = turns.iter().peekable();
    while let Some(Turn { language, blocks }) = turns.next() {
        match language {
            None => alignment.push_all(*blocks, [1, 1], SHARED),
            Some(language) if *language == first => {
                let translation = turns.next_if(|next| next.language == Some(first.other()));
                alignment.push_turn(first, *blocks, translation.map_or(0, |turn| turn.blocks));
            }
            Some(language) => alignment.push_turn(*language, *blocks, 0),
        }
    }
    alignment
}

fn turns(chinese: &Document, english: &Document) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let [mut left, mut right] = [chinese, english]
        .map(|document| document.blocks.iter().map(|block| block.line).peekable());
    loop {
        let language = match (left.peek(), right.peek()) {
            (None, None) => return turns,
            (Some(line), Some(other)) if line == other => None,
            (Some(line), other) if other.is_none_or(|other| line < other) => {
                Some(Language::Chinese)
            }
            _ => Some(Language::English),
        };
        if language != Some(Language::English) {
            left.next();
        }
        if language != Some(Language::Chinese) {
            right.next();
        }
        match turns.last_mut() {
            Some(turn) if turn.language == language => turn.blocks += 1,
            _ => turns.push(Turn {
                language,
                blocks: 1,
            }),
        }
    }
}

impl Alignment {
    /// Adds beads of the next blocks, each with the same number of Chinese and of English ones.
    fn push_all(&mut self, beads: u32, [chinese, english]: [u32; 2], confidence: f32) {
        for _ in 0..beads {
            let last = self.beads.last();
            let (left, right) = last.map_or((0, 0), |last| (last.chinese.end, last.english.end));
            self.beads.push(Bead {
                chinese: left..left + chinese,
                english: right..right + english,
                confidence,
            });
        }
    }

    /// Adds a turn of a language and its translation: block by block, or one for two as one bead.
    fn push_turn(&mut self, language: Language, blocks: u32, translation: u32) {
        let mut push = |beads, mut sides: [u32; 2]| {
            if language == Language::English {
                sides.reverse();
            }
            self.push_all(beads, sides, FOLLOWING);
        };
        if matches!((blocks, translation), (1, 2) | (2, 1)) {
            return push(1, [blocks, translation]);
        }
        let both = blocks.min(translation);
        push(both, [1, 1]);
        push(blocks - both, [1, 0]);
        push(translation - both, [0, 1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{self};
    use crate::text::{SourceKind, SourcePart};

    /// A document of one-line paragraphs on given lines.
    fn document(lines: &[u32]) -> Document {
        let piece = |&line| SourcePart {
            kind: SourceKind::Markdown,
            source: "text",
            line,
        };
        markdown::parse(&lines.iter().map(piece).collect::<Vec<_>>(), "")
    }

    fn pairs(chinese: &[u32], english: &[u32]) -> Vec<(Option<u32>, Option<u32>)> {
        let (chinese, english) = (document(chinese), document(english));
        let alignment = align(&chinese, &english);
        let (mut left, mut right) = (0, 0);
        for bead in &alignment.beads {
            assert_eq!((bead.chinese.start, bead.english.start), (left, right));
            assert!(!bead.chinese.is_empty() || !bead.english.is_empty());
            (left, right) = (bead.chinese.end, bead.english.end);
        }
        assert_eq!(
            (left as usize, right as usize),
            (chinese.blocks.len(), english.blocks.len())
        );
        alignment.line_pairs(&chinese, &english)
    }

    #[test]
    fn neighbours_translate_each_other_and_shared_blocks_themselves() {
        let both = |chinese, english| (Some(chinese), Some(english));
        assert_eq!(
            pairs(&[1, 5, 9, 11], &[1, 3, 7, 11]),
            [both(1, 1), both(5, 3), both(9, 7), both(11, 11)]
        );
        assert_eq!(pairs(&[1, 5], &[3, 7]), [both(1, 3), both(5, 7)]);
        assert_eq!(
            pairs(&[5, 6, 9], &[3, 4, 8]),
            [both(5, 3), both(6, 4), both(9, 8)]
        );
        assert_eq!(
            pairs(&[5, 6, 9], &[3, 8]),
            [both(5, 3), both(6, 3), both(9, 8)]
        );
    }

    #[test]
    fn blocks_without_a_following_turn_have_no_translation() {
        assert_eq!(
            pairs(&[2, 4], &[1, 3, 5]),
            [(Some(2), Some(1)), (Some(4), Some(3)), (None, Some(5))]
        );
        assert_eq!(pairs(&[1], &[]), [(Some(1), None)]);
        assert_eq!(pairs(&[], &[]), []);
        // The heading between keeps the next pair from slipping.
        assert_eq!(
            pairs(&[2, 4, 6], &[1, 3, 4, 5]),
            [
                (Some(2), Some(1)),
                (None, Some(3)),
                (Some(4), Some(4)),
                (Some(6), Some(5))
            ]
        );
    }
}
