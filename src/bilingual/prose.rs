//! The running text of blocks: what is read as language, and so for figures.

use std::ops::Range;

use crate::markdown::{BlockKind, Document, Inline};

/// The text of some neighbouring blocks in which all that is no prose is blanked: code, formulas, references to footnotes, bare addresses.
///
/// Every byte keeps its place: offset 0 is where the first block begins in [`Document::text`]. Labels, which every digest has, and rules
/// are blanked too. Linear in the length of the blocks and the logarithm of the document's runs.
pub fn prose(document: &Document, blocks: &Range<u32>) -> String {
    let Some(inside) = document.blocks.get(blocks.start as usize..blocks.end as usize) else { return String::new() };
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return String::new() };
    let span = first.range.start..last.range.end;
    let text = &document.text[span.start as usize..span.end as usize];
    let mut bytes = text.as_bytes().to_vec();
    let mut blank = |range: Range<u32>| {
        let range = range.start.max(span.start)..range.end.min(span.end);
        if range.start < range.end {
            bytes[(range.start - span.start) as usize..(range.end - span.start) as usize].fill(b' ');
        }
    };
    for block in inside {
        if matches!(block.kind, BlockKind::Code | BlockKind::Label | BlockKind::Break) {
            blank(block.range.clone());
        }
    }
    let from = document.runs.partition_point(|run| run.range.end <= span.start);
    for run in document.runs[from..].iter().take_while(|run| run.range.start < span.end) {
        let words = &document.text[run.range.start as usize..run.range.end as usize];
        let is_address = run.inline.has(Inline::LINK) && (words.contains("://") || words.starts_with("www."));
        let silent = [Inline::CODE, Inline::MATH, Inline::FOOTNOTE, Inline::IMAGE];
        if is_address || silent.iter().any(|style| run.inline.has(*style)) {
            blank(run.range.clone());
        }
    }
    // Blocks and runs begin and end between characters, so that what is left is text.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{SourceKind, SourcePart, parse};

    fn of(source: &str) -> String {
        let document = parse(&[SourcePart { kind: SourceKind::Markdown, source, line: 1 }], "");
        prose(&document, &(0..document.blocks.len() as u32))
    }

    #[test]
    fn code_and_addresses_are_blanked_in_place() {
        let text = of("收入 `x = 10` 为 8 亿，见 https://a.b/2024 与[第 3 页](p4.md)。\n\n```\n99\n```\n");
        assert!(text.contains("为 8 亿") && text.contains("第 3 页"), "{text}");
        assert!(
            !text.contains("10") && !text.contains("2024") && !text.contains("99") && !text.contains('4'),
            "{text}"
        );
        assert_eq!(text.find("为"), "收入 x = 10 为".find("为"));
        assert_eq!(of(""), "");
    }
}
