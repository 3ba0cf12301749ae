//! What the parts of code blocks are, as far as it is known.

use std::ops::Range;
use std::sync::Arc;

use crate::bilingual::Text;
use crate::text::Language;

/// The longest block that is asked for, in bytes.
const LONGEST_CODE: usize = 64 << 10;

/// What a part of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeRole {
    /// A comment.
    Comment,
    /// A string or a character.
    String,
    /// A number, or a name such as `true`.
    Constant,
    /// A word of the language itself.
    Keyword,
    /// The name of a function or a type.
    Name,
}

/// A byte range with what it is.
pub type CodePart = (Range<u32>, CodeRole);

/// A code block of an open article.
#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// The article as it was read: another reading of it is another text.
    text: Arc<Text>,
    side: Language,
    range: Range<u32>,
    /// The language that it names.
    pub language: String,
}

impl CodeBlock {
    /// Its text.
    pub fn code(&self) -> &str {
        self.text.shown(self.side).text_of(&self.range)
    }
}

impl PartialEq for CodeBlock {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
            && (self.side, &self.range) == (other.side, &other.range)
    }
}

/// What is known of the code of an article.
#[derive(Debug, Default)]
pub(super) struct KnownCode {
    /// In each side's text: sorted, without overlaps.
    parts: [Vec<CodePart>; 2],
    asked: Vec<CodeBlock>,
    /// Whether the last one that was asked for has no answer yet.
    pub(super) is_pending: bool,
}

impl KnownCode {
    /// The code block at a byte range of a side, if there is one to ask for.
    pub(super) fn next(
        &self,
        text: &Arc<Text>,
        side: Language,
        at: &Range<u32>,
    ) -> Option<CodeBlock> {
        let document = text.shown(side);
        let range = |leaf: u32| &document.leaves[leaf as usize].range;
        let languages = &document.code_languages;
        let index = languages.partition_point(|(leaf, _)| range(*leaf).end <= at.start);
        let (leaf, language) = languages.get(index)?;
        let block = CodeBlock {
            text: Arc::clone(text),
            side,
            range: range(*leaf).clone(),
            language: language.clone(),
        };
        let is_wanted = block.range.start < at.end
            && block.range.len() <= LONGEST_CODE
            && !matches!(&**language, "text" | "txt" | "plain" | "plaintext")
            && !self.asked.contains(&block);
        is_wanted.then_some(block)
    }

    pub(super) fn ask(&mut self, block: CodeBlock) {
        self.asked.push(block);
        self.is_pending = true;
    }

    /// Takes the parts of a code block. Those of any other than the pending one change nothing.
    pub(super) fn take(&mut self, block: &CodeBlock, parts: Vec<CodePart>) {
        if self.is_pending && self.asked.last() == Some(block) {
            self.is_pending = false;
            let (start, known) = (block.range.start, &mut self.parts[block.side as usize]);
            let at = known.partition_point(|(range, _)| range.start < start);
            let moved = |(range, role): CodePart| (range.start + start..range.end + start, role);
            known.splice(at..at, parts.into_iter().map(moved));
        }
    }

    /// What is known in a byte range of a side.
    pub(super) fn parts(&self, side: Language, range: &Range<u32>) -> &[CodePart] {
        let parts = &self.parts[side as usize];
        let first = parts.partition_point(|(part, _)| part.end <= range.start);
        let end = parts.partition_point(|(part, _)| part.start < range.end);
        parts.get(first..end).unwrap_or_default()
    }
}
