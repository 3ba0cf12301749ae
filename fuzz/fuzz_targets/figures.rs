//! Figures, their comparison, sentences and their alignment. The first line of an input is the
//! Chinese text, the rest is the English one.
#![no_main]

use std::ops::Range;

use jianbao::bilingual::{align_sentences, compare, figures, sentences};
use jianbao::text::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (chinese, english) = text.split_once('\n').unwrap_or((&text, ""));
    let sides = [(chinese, Language::Chinese), (english, Language::English)];
    for (text, language) in sides {
        for figure in figures(text, language) {
            assert!(!text[figure.range.clone()].is_empty());
            assert!(!figure.value.to_decimal().is_empty());
            assert!(figure.value.to_f64().is_finite());
        }
        assert_tiles(&sentences(text, language), text);
    }
    for pair in compare(chinese, english) {
        let _ = &chinese[pair.chinese.range];
        let _ = &english[pair.english.range];
        if let Some(factor) = pair.factor {
            assert!(factor.to_f64().is_finite() && !factor.to_decimal().is_empty());
        }
    }
    let (beads, left, right) = align_sentences(chinese, english);
    assert_tiles(&left, chinese);
    assert_tiles(&right, english);
    let mut at = (0, 0);
    for bead in beads {
        assert_eq!((bead.chinese.start, bead.english.start), at);
        at = (bead.chinese.end, bead.english.end);
    }
    assert_eq!((at.0 as usize, at.1 as usize), (left.len(), right.len()));
});

/// Sentences cover their text without a gap.
fn assert_tiles(sentences: &[Range<usize>], text: &str) {
    let mut at = 0;
    for range in sentences {
        assert!(range.start == at && !text[range.clone()].is_empty());
        at = range.end;
    }
    assert_eq!(at, text.len());
}
