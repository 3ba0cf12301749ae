//! The split of a body into its language sections, on proof of language on both sides.

mod boundary;
mod definitions;
mod ending;
mod evidence;
mod hidden;
mod interleaved;
mod label;
mod likeness;
mod marks;
mod markup;
mod name;
mod outline;
mod parts;
mod source_link;
mod walk;

use std::ops::Range;
use std::sync::Arc;

use boundary::{Owner, Stretch};
use evidence::Evidence;
use outline::Outline;
use parts::Cutter;

use crate::text::{Language, Problem, ProblemKind};

/// Says whether the words of a label name a telling of the whole story or a part every digest has (`Summary`, `要点`), rather than something of this story.
pub fn names_structure(words: &str) -> bool {
    name::name(words).is_some()
}

/// What a part of a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Markdown blocks, complete in themselves.
    Markdown,
    /// A label such as `**Summary:**`, which reads as a heading. The range covers the words between the marks.
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

/// One language's section of an article, or the whole text of an article that is not split.
///
/// Cheap to clone: the body is shared.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The body of the file, without its front matter. Not cleaned: cleaning comes after parsing.
    pub body: Arc<str>,
    /// What of the body belongs to the section, in reading order.
    pub parts: Vec<Part>,
    /// The body's link reference and footnote definitions, as Markdown, for parts that use but do not hold them. Most have
    /// none.
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
        /// Whether both languages are in it but could not be told apart into sections (interleaved paragraphs or lines).
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

impl Sections {
    /// Whether the sections take turns in one body, paragraph by paragraph or line by line, so that their order says which part
    /// answers which.
    pub fn are_interleaved(&self) -> bool {
        match self {
            Self::Pair { chinese, english } if Arc::ptr_eq(&chinese.body, &english.body) => {
                interleaved::take_turns(&chinese.parts, &english.parts)
            }
            _ => false,
        }
    }
}

impl Default for Sections {
    fn default() -> Self {
        Self::Whole { section: Section::default(), language: None, mixed: false }
    }
}

/// What [`split`] finds.
#[derive(Debug)]
pub(super) struct Split<'a> {
    /// The sections.
    pub sections: Sections,
    /// The target of the source link, which the sections do not show.
    pub link: Option<&'a str>,
    /// What is wrong with the body's structure.
    pub problems: Vec<Problem>,
}

/// Splits a body into its language sections, on proof of language on both sides; see [`boundary`].
///
/// `first_line` is the line of the file, counted from 1, on which the body begins. A paragraph that only repeats one of the
/// `titles` that are not empty is left out at the head of a section, and so is the source link at the head or foot of one.
pub(super) fn split<'a>(body: &'a str, first_line: u32, titles: &[&str]) -> Split<'a> {
    let mut outline = Outline::of(body, titles);
    let whole = [Stretch::from_top(Owner::Both)];
    let divided = boundary::divide(&outline, body);
    // A text told in turn has its source link and its title where a whole one has them.
    let link = hidden::hide(&mut outline, divided.as_deref().unwrap_or(&whole));
    let divided = divided.or_else(|| {
        // Every part is parsed with all definitions, so many of both would be more than the text itself.
        let is_cheap = |stretches: &Vec<Stretch>| stretches.len() * outline.definitions.len() <= MOST_DEFINITIONS;
        is_mixed(outline.evidence).then(|| interleaved::divide(body)).flatten().filter(is_cheap)
    });
    let is_pair = divided.is_some();
    let stretches = divided.as_deref().unwrap_or(&whole);
    let cutter = Cutter::new(body, &outline, first_line);
    let definitions: Option<Arc<str>> = match outline.definitions.trim_end() {
        "" => None,
        definitions => Some(definitions.into()),
    };
    let shared: Arc<str> = body.into();
    let section = |language| Section {
        body: Arc::clone(&shared),
        parts: cutter.parts(stretches, language),
        definitions: definitions.clone(),
    };
    let sections = if is_pair {
        Sections::Pair { chinese: section(Some(Language::Chinese)), english: section(Some(Language::English)) }
    } else {
        let evidence = outline.evidence;
        Sections::Whole { section: section(None), language: evidence.main_language(), mixed: is_mixed(evidence) }
    };
    let problem = |&line: &u32| {
        Problem::new(
            ProblemKind::Structure,
            Some(first_line + line),
            "a code fence is never closed; it was taken to end with its paragraph",
        )
    };
    Split { sections, link, problems: outline.unclosed.iter().take(MOST_PROBLEMS).map(problem).collect() }
}

/// How many bytes of definitions the parts of an interleaved body may be parsed with, all together.
const MOST_DEFINITIONS: usize = 1 << 20;

/// How many problems of one body are told.
const MOST_PROBLEMS: usize = 20;

/// Says whether both languages have a share that a reader of only one would miss: a fifth of the text, and some sentences.
fn is_mixed(evidence: Evidence) -> bool {
    Language::BOTH.into_iter().all(|language| evidence.has_share(language, 20))
        && evidence.han >= 30
        && evidence.words >= 18
}

#[cfg(test)]
mod tests;
