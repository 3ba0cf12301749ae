//! The sections of an article and the parts they consist of.

use std::cmp::Ordering;
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
    let mut chinese = chinese.iter().peekable();
    let mut english = english.iter().peekable();
    let mut last = None;
    let mut turns = 0;
    while turns < FEWEST_TURNS {
        // A section that has ended takes no more turns.
        let (Some(one), Some(other)) = (chinese.peek(), english.peek()) else { return false };
        let next = match one.range.start.cmp(&other.range.start) {
            Ordering::Less => chinese.next().map(|_| Language::Chinese),
            Ordering::Greater => english.next().map(|_| Language::English),
            Ordering::Equal => {
                chinese.next();
                english.next();
                continue;
            }
        };
        turns += usize::from(last.is_some() && last != next);
        last = next;
    }
    true
}
