//! The sections of an article and the parts they consist of.

use std::ops::Range;
use std::sync::Arc;

use crate::text::Language;

/// What a part of a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Complete Markdown blocks.
    Markdown,
    /// The words of a label such as `**Summary:**`, which reads as a heading.
    Label,
}

/// A slice of the body that belongs to a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Byte range in the body.
    pub range: Range<usize>,
    /// The line of the file on which the range starts, counted from 1.
    pub line: u32,
}

/// One language's section of an article, or the whole text of an article that is not split. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The body of the file, without its front matter. Not cleaned: cleaning comes after parsing.
    pub body: Arc<str>,
    /// The parts of the body that belong to the section, in reading order.
    pub parts: Vec<Part>,
    /// The link and footnote definitions of the whole body, as Markdown, if it has any: a part may use them without holding them.
    pub definitions: Option<Arc<str>>,
}

/// The text of an article, split by language where both languages are proved.
#[derive(Clone, Debug)]
pub enum Sections {
    /// One text, shown whole.
    Whole {
        /// The text.
        section: Section,
        /// Its main language, if it has one.
        language: Option<Language>,
        /// Whether it has both languages, in paragraphs or lines that could not be split.
        mixed: bool,
    },
    /// The same story in both languages.
    Pair {
        /// The Chinese section.
        chinese: Section,
        /// The English section.
        english: Section,
    },
}

impl Default for Sections {
    fn default() -> Self {
        Self::Whole { section: Section::default(), language: None, mixed: false }
    }
}

impl Sections {
    /// Whether the sections take turns in one body, paragraph by paragraph or line by line, so that their order pairs their parts.
    pub fn are_interleaved(&self) -> bool {
        match self {
            Self::Pair { chinese, english } if Arc::ptr_eq(&chinese.body, &english.body) => {
                take_turns(&chinese.parts, &english.parts)
            }
            _ => false,
        }
    }
}

/// Half as often as the languages change in an interleaved text, since what both sections share joins parts.
const FEWEST_TURNS: usize = 4;

fn take_turns(chinese: &[Part], english: &[Part]) -> bool {
    let starts =
        |parts: &[Part], language| parts.iter().map(move |part| (part.range.start, language)).collect::<Vec<_>>();
    let mut starts = [starts(chinese, Language::Chinese), starts(english, Language::English)].concat();
    starts.sort_unstable();
    // Both sections have the parts that they share.
    let own = starts.chunk_by(|one, next| one.0 == next.0).filter(|parts| parts.len() == 1).map(|parts| parts[0].1);
    let own: Vec<Language> = own.collect();
    own.windows(2).filter(|pair| pair[0] != pair[1]).count() >= FEWEST_TURNS
}
