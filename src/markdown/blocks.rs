//! The texts of the blocks alone, for whoever searches and shows nothing: as a parse gives them, at a fraction of its cost.

use std::ops::Range;

use super::document::Document;
use super::parse::{Piece, PieceKind, is_too_long, label_words, parse};
use super::pen::joins;
use super::plain::{PlainKind, PlainRun, plain_runs};

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

    /// Writes the blocks of pieces that need no parser; none where one does, and then what it wrote is of no use.
    fn write<'a>(&mut self, pieces: impl Iterator<Item = Piece<'a>>, definitions: &str) -> Option<()> {
        for piece in pieces {
            self.text.reserve(piece.source.len() + 1);
            match piece.kind {
                PieceKind::Label => self.label(&piece),
                _ if definitions.is_empty() => self.plain(&piece)?,
                _ => return None,
            }
        }
        Some(())
    }

    fn label(&mut self, piece: &Piece<'_>) {
        let words = label_words(piece.source);
        if !words.is_empty() {
            self.text.push_str(words.trim_end());
            self.end(piece.line);
        }
    }

    fn plain(&mut self, piece: &Piece<'_>) -> Option<()> {
        // The line on which the block starts that is open, and whether a further line of it has no text yet.
        let (mut open, mut continues) = (None, false);
        plain_runs(piece, |PlainRun { kind, text, line }| {
            match kind {
                PlainKind::Turn => {}
                PlainKind::More => continues = true,
                _ => {
                    if let Some(line) = open.replace(line) {
                        self.end(line);
                    }
                }
            }
            if !text.is_empty() {
                if std::mem::take(&mut continues) {
                    self.join(text);
                }
                self.text.push_str(text);
            }
        })?;
        if let Some(line) = open {
            self.end(line);
        }
        Some(())
    }

    /// Writes a space before text that continues a paragraph, unless the two join.
    fn join(&mut self, text: &str) {
        if let (Some(before), Some(next)) = (self.text.chars().next_back(), text.chars().next())
            && !joins(before, next)
        {
            self.text.push(' ');
        }
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
    pieces: impl IntoIterator<Item = Piece<'a>, IntoIter: Clone>,
    definitions: &str,
    texts: &mut BlockTexts,
) {
    let pieces = pieces.into_iter();
    texts.clear();
    if is_too_long(pieces.clone(), definitions) || texts.write(pieces.clone(), definitions).is_none() {
        *texts = BlockTexts::from(&parse(&pieces.collect::<Vec<_>>(), definitions));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::{PieceKind, parse};

    fn is_as_parsed(pieces: &[Piece<'_>], definitions: &str) {
        let mut texts = BlockTexts { text: "old".into(), ends: vec![(3, 1)], has_breaks: true };
        block_texts(pieces.iter().copied(), definitions, &mut texts);
        assert_eq!(texts, BlockTexts::from(&parse(pieces, definitions)), "{pieces:?}");
    }

    #[test]
    fn a_digest_has_the_texts_of_its_document() {
        let source = "# 标题：**便宜**之后\n\n第一行，\n第二行 end\nword **strong\nand more**\n\n---\n1. **香港：** 一\n2. 二\n- 三\n\n- 四";
        let markdown = |source| Piece { kind: PieceKind::Markdown, source, line: 9 };
        let label = |source| Piece { kind: PieceKind::Label, source, line: 3 };
        is_as_parsed(&[markdown(source), label(" 要点\r\n$a_b$ "), label("\u{200b}"), markdown("more")], "");
        is_as_parsed(
            &[markdown("a [link][1]\n\n> quote\n> more\n\n| a | b |\n|---|---|\n| c | d |")],
            "[1]: https://e.x",
        );
        let mut texts = BlockTexts::default();
        block_texts([markdown("一\n\n---\n二\n三")], "", &mut texts);
        assert_eq!(texts.text, "一\n\n二三\n");
        assert_eq!(texts.blocks().collect::<Vec<_>>(), [(0..3, 9), (4..4, 11), (5..11, 12)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn whatever_the_source_its_texts_are_those_of_its_document(
            source in "((# |## |- |1\\. |2\\. |> |    |---\n|\\*\\*|)(\\*\\*)?([a中“。 ：B1]{0,6})(\\*\\*|`x`|\\[l\\]\\(u\\)|)([b文”，.)]{0,4})\n?\n?){0,12}",
            label in "[a中* _$`：\\[]{0,8}",
        ) {
            let markdown = Piece { kind: PieceKind::Markdown, source: &source, line: 2 };
            is_as_parsed(&[markdown, Piece { kind: PieceKind::Label, source: &label, line: 1 }, markdown], "");
        }
    }
}
