//! The texts of the blocks alone, for whoever searches and shows nothing: as a parse gives them, at a fraction of its cost.

use std::ops::Range;

use super::document::Document;
use super::parse::{SourcePart, parse};

/// The texts of a document's blocks, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockTexts {
    /// The blocks' texts, each followed by one `\n`.
    pub text: String,
    /// Of each block where its text ends, as a byte offset in `text`, and the line of the file on which it starts, counted from 1.
    pub ends: Vec<(u32, u32)>,
    /// Whether a line breaks within a block.
    pub has_breaks: bool,
}

impl BlockTexts {
    /// The byte range of each block's text, and its line.
    pub fn blocks(&self) -> impl Iterator<Item = (Range<usize>, u32)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end, line)| {
            let range = start..end as usize;
            start = range.end + 1;
            (range, line)
        })
    }

    /// Where lines break within blocks, as byte offsets in the text.
    pub fn breaks(&self) -> impl Iterator<Item = usize> {
        let mut ends = self.ends.iter().map(|&(end, _)| end as usize).peekable();
        let text = if self.has_breaks { self.text.as_bytes() } else { &[] };
        memchr::memchr_iter(b'\n', text).filter(move |at| ends.next_if_eq(at).is_none())
    }

    /// Forgets all blocks, and keeps the room they took.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.has_breaks = false;
    }

    fn end(&mut self, line: u32) {
        self.ends.push((self.text.len() as u32, line));
        self.text.push('\n');
    }
}

impl From<&Document> for BlockTexts {
    fn from(document: &Document) -> Self {
        let mut texts = Self::default();
        for block in &document.blocks {
            let text = &document.text[block.range.start as usize..block.range.end as usize];
            texts.has_breaks |= text.contains('\n');
            texts.text.push_str(text);
            texts.end(block.line);
        }
        texts
    }
}

/// Puts the texts of the blocks of pieces in the place of others: those of the document that [`parse`](super::parse) gives.
pub fn block_texts<'a>(
    pieces: impl IntoIterator<Item = SourcePart<'a>, IntoIter: Clone>,
    definitions: &str,
    texts: &mut BlockTexts,
) {
    *texts = BlockTexts::from(&parse(&pieces.into_iter().collect::<Vec<_>>(), definitions));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::SourceKind;

    #[test]
    fn each_block_has_its_text_and_its_line() {
        let mut texts = BlockTexts::default();
        let source = "一\n\n---\n二\n三  \n四";
        block_texts([SourcePart { kind: SourceKind::Markdown, source, line: 9 }], "", &mut texts);
        assert_eq!(texts.text, "一\n\n二三\n四\n");
        assert_eq!(texts.blocks().collect::<Vec<_>>(), [(0..3, 9), (4..4, 11), (5..15, 12)]);
        assert_eq!(texts.breaks().collect::<Vec<_>>(), [11]);
    }
}
