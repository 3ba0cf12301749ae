//! Bytes of a digest → article → documents → alignment → what `check` finds: nothing panics, every
//! string is clean, every range is one.
#![no_main]

#[path = "../../src/markdown/check_tests.rs"]
mod check;

use jianbao::bilingual::{Bead, Text, block_texts};
use jianbao::check::{identities, inspect};
use jianbao::digest;
use jianbao::markdown::{BlockKind, BlockTexts, Document, LeafKind, Table};
use jianbao::text::Language;
use jianbao_fuzz::{assert_clean, entry};
use libfuzzer_sys::fuzz_target;

const NAME: &str = "2026/2026-03-04-digest.md";

fuzz_target!(|bytes: &[u8]| {
    let article = digest::read(bytes, NAME);
    let header = [&article.description, &article.source, &article.link];
    let titles = [&article.titles.chinese, &article.titles.english];
    header
        .into_iter()
        .chain(titles)
        .flatten()
        .chain([&article.titles.given, &article.date.written])
        .chain(&article.tags)
        .for_each(|line| assert_clean(line, &[]));
    let _ = entry(NAME, &article);
    let _ = identities(&article, "digest");

    let fast_texts = block_texts(&article);
    let text = Text::new(article);
    for (side, fast) in Language::BOTH.into_iter().zip(fast_texts) {
        let document = text.document(side);
        if let Some(document) = document {
            check::check(document).unwrap();
            assert_clean(&document.text, &['\n', '\t']);
            for link in &document.links {
                assert_clean(&link.target, &[]);
            }
        }
        // The fast way of indexing reads what the careful one does.
        assert_eq!(fast, document.map(BlockTexts::from));
    }
    for problem in text.problems() {
        assert_clean(&problem.reason, &[]);
    }
    if let (Some(alignment), Some(chinese), Some(english)) = (
        text.alignment(),
        text.document(Language::Chinese),
        text.document(Language::English),
    ) {
        assert_tiles(
            &alignment.beads,
            [chinese.blocks.len(), english.blocks.len()],
        );
        for found in text.disagreements() {
            assert!(found.bead < alignment.beads.len());
            let _ = &chinese.text[found.chinese.range.clone()];
            let _ = &english.text[found.english.range.clone()];
        }
    }
    for finding in inspect(&text).findings {
        assert_clean(&finding.message, &[]);
        assert!(finding.line > 0);
    }
});

/// Every block is in exactly one bead, and they follow one another.
fn assert_tiles(beads: &[Bead], ends: [usize; 2]) {
    let mut at = [0, 0];
    for bead in beads {
        assert_eq!([bead.chinese.start, bead.english.start], at);
        assert!((0.0..=1.0).contains(&bead.confidence));
        at = [bead.chinese.end, bead.english.end];
        assert!(at > [bead.chinese.start, bead.english.start]);
    }
    assert_eq!(at.map(|at| at as usize), ends);
}
