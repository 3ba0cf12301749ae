use super::*;
use crate::markdown::{Block, BlockKind};

/// A document of paragraphs.
fn document(paragraphs: &[&str]) -> Document {
    let mut document = Document::default();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if index > 0 {
            document.text.push('\n');
        }
        let start = document.text.len() as u32;
        document.text.push_str(paragraph);
        let range = start..document.text.len() as u32;
        document.blocks.push(Block {
            kind: BlockKind::Paragraph,
            range,
            leaves: 0..0,
            line: 1,
        });
    }
    document
}

fn found<'a>(needle: &str, document: &'a Document) -> Vec<&'a str> {
    matches_in(document, needle)
        .iter()
        .map(|range| &document.text[range.start as usize..range.end as usize])
        .collect()
}

#[test]
fn matches_keep_their_own_letters() {
    let document = document(&["NVIDIA 与 ｎｖｉｄｉａ，Nvidia。", "É é"]);
    assert_eq!(
        found("nvidia", &document),
        ["NVIDIA", "ｎｖｉｄｉａ", "Nvidia"]
    );
    assert_eq!(found("ＮＶ", &document), ["NV", "ｎｖ", "Nv"]);
    assert_eq!(found("é", &document), ["É", "é"]);
    assert_eq!(found("，nvidia", &document), ["，Nvidia"]);
    assert_eq!(found("", &document), Vec::<&str>::new());
}

#[test]
fn a_line_break_in_a_block_is_a_space_and_blocks_are_apart() {
    let document = document(&["one\ntwo", "three"]);
    assert_eq!(found("one two", &document), ["one\ntwo"]);
    assert_eq!(found("two three", &document), Vec::<&str>::new());
    assert_eq!(found(" ", &document), ["\n"]);
}

#[test]
fn matches_are_bounded() {
    let text = "a".repeat(3 * MOST_MATCHES);
    assert_eq!(matches_in(&document(&[&text]), "A").len(), MOST_MATCHES);
}

#[test]
fn matches_are_found_by_position() {
    let matches = matches_in(&document(&["a b a b a"]), "a");
    assert_eq!(overlapping(&matches, &(4..9)), &matches[1..]);
}

#[test]
fn only_whole_parts_have_their_thousands_separated() {
    for (decimal, expected) in [
        ("1234567.8912", "1,234,567.8912"),
        ("-860000000", "-860,000,000"),
        ("1e400", "1e400"),
        ("12", "12"),
    ] {
        assert_eq!(grouped(decimal), expected);
    }
}
