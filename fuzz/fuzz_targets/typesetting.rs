//! Markdown at any width: no row is wider than the layout, no character is lost, rows and pieces
//! are in order.
//!
//! The first byte of an input is the width, the second the settings (1: wide ambiguous characters,
//! 2: pinyin, 4: sixteen times as wide); the rest is Markdown.
#![no_main]

use jianbao::markdown::{Document, parse};
use jianbao::text::{SourceKind, SourcePart};
use jianbao::typeset::{Ambiguous, LayoutSettings, Origin, Rows, columns, set, set_block};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [width, flags, source @ ..] = bytes else {
        return;
    };
    let source = String::from_utf8_lossy(source);
    let part = SourcePart {
        kind: SourceKind::Markdown,
        source: &source,
        line: 1,
    };
    let document = parse(&[part], "");
    let scale = if flags & 4 == 0 { 1 } else { 16 };
    let settings = LayoutSettings {
        ambiguous: if flags & 1 == 0 {
            Ambiguous::Narrow
        ..LayoutSettings::new(u16::from(*width).max(1) * scale)
    } else {
            Ambiguous::Wide
        },
        pinyin: flags & 2 != 0,
    };
    let rows = set(&document, &settings);
    check(&document, &rows, settings);

    // A block is set alike alone and among the others.
    let mut alone = Rows::default();
    for block in 0..document.blocks.len() {
        let first = alone.rows.len();
        set_block(&document, block, &settings, &mut alone);
        let start = document.blocks[block].range.start;
        for at in first..alone.rows.len() {
            assert!(alone.rows[at].range.start >= start);
        }
    }
    let shown = |rows: &Rows| -> Vec<String> {
        let lines = (0..rows.rows.len()).map(|row| rows.plain(row, &document));
        lines.filter(|line| !line.is_empty()).collect()
    };
    assert_eq!(shown(&rows), shown(&alone));
});

fn check(document: &Document, rows: &Rows, settings: LayoutSettings) {
    let mut shown = vec![false; document.text.len()];
    let mut start = 0;
    for (at, row) in rows.rows.iter().enumerate() {
        let mut column = 0;
        for piece in rows.pieces_of(row) {
            let text = rows.text(piece, document);
            assert!(piece.column >= column, "pieces overlap: {text:?}");
            let measured = columns(text, settings.ambiguous);
            assert_eq!(measured, usize::from(piece.columns), "{text:?}");
            column = piece.column + piece.columns;
            if let Origin::Document(range) = &piece.origin {
                shown[range.start as usize..range.end as usize].fill(true);
            }
        }
        assert!(column <= settings.columns, "row {at} takes {column}");
        assert!(row.range.start >= start && row.range.end >= row.range.start);
        start = row.range.start;
        assert!(rows.row_at(start) < rows.rows.len());
    }
    // On a single column, a placeholder is shown for what takes two.
    let lost = document
        .text
        .char_indices()
        .find(|(at, c)| !c.is_whitespace() && !shown[*at] && settings.columns > 1);
    assert_eq!(lost, None);
}
