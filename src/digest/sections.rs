//! The split of a body into its language sections, on proof of language on both sides.

mod definitions;
mod interleaved;
mod names;
mod outline;
mod section;
mod special_lines;
mod split;
mod weights;

pub use section::{Part, Section, Sections};

use std::sync::Arc;

use outline::Outline;
use section::{Cutter, HiddenParagraphs};
use split::{BodySpan, Owner};
use weights::LanguageWeights;

use crate::text::{Language, Problem, ProblemKind};

/// Whether the words of a heading or label name something that every digest has (`Summary`, `要点`)
/// rather than something of this story.
pub fn names_structure(words: &str) -> bool {
    names::heading_name(words).is_some()
}

#[derive(Debug)]
pub(super) struct Split<'a> {
    pub sections: Sections,
    /// The target of the source link, which the sections do not show.
    pub link: Option<&'a str>,
    /// What is wrong with the structure of the body.
    pub problems: Vec<Problem>,
}

/// How many bytes of definitions the parts of an interleaved body may be parsed with, all together.
const MOST_DEFINITIONS: usize = 1 << 20;

/// The most problems reported of one body.
const MOST_PROBLEMS: usize = 20;

/// Splits a body into its language sections; the proofs are in `split.rs` and `interleaved.rs`.
///
/// `first_line` is the line of the file, counted from 1, on which the body begins. The sections
/// leave out a paragraph at their head that repeats one of the `titles`, and the source link at
/// their head or foot.
pub(super) fn split<'a>(body: &'a str, first_line: u32, titles: &[&str]) -> Split<'a> {
    let outline = Outline::new(body, titles);
    let whole = vec![BodySpan::from_top(Owner::Both)];
    let is_mixed = is_mixed(outline.weights);

    let divided = split::divide(&outline, body);
    // An interleaved text has its source link and its title where a whole text has them.
    let hidden = HiddenParagraphs::find(&outline, divided.as_deref().unwrap_or(&whole));
    let may_be_interleaved = divided.is_none() && split::has_both(&outline, split::LEAST);
    // Every part is parsed with all definitions: many of both would be more than the text itself.
    let turns = may_be_interleaved
        .then(|| interleaved::divide(&outline.lines))
        .flatten()
        .filter(|spans| spans.len() * outline.definitions.len() <= MOST_DEFINITIONS);
    let interleaved = turns.is_some();

    let cutter = Cutter::new(body, first_line, &outline, hidden.paragraphs);
    let definitions: Arc<str> = outline.definitions.trim_end().into();
    let shared: Arc<str> = body.into();
    let section = |spans: &[BodySpan], language| Section {
        body: Arc::clone(&shared),
        parts: cutter.parts(spans, language),
        definitions: definitions.clone(),
    };
    let sections = match divided.or(turns) {
        Some(spans) => Sections::Pair {
            chinese: section(&spans, Some(Language::Chinese)),
            english: section(&spans, Some(Language::English)),
            interleaved,
        },
        None => Sections::Whole {
            section: section(&whole, None),
            language: outline.weights.main_language(),
            mixed: is_mixed,
        },
    };
    let problem = |line: &u32| {
        let reason = tr!("a code fence is never closed; it was taken to end with its paragraph");
        Problem::new(ProblemKind::Structure, Some(first_line + line), reason)
    };
    let problems = outline
        .unclosed
        .iter()
        .take(MOST_PROBLEMS)
        .map(problem)
        .collect();
    Split {
        sections,
        link: hidden.link,
        problems,
    }
}

/// Whether both languages have so many sentences that a reader of one alone would miss them: a
/// fifth of the whole, and about three.
fn is_mixed(text: LanguageWeights) -> bool {
    const THREE_SENTENCES: [usize; 2] = [45, 27];
    Language::BOTH.into_iter().all(|language| {
        text.has_share_of_sentences(language, 20)
            && text.sentence_amount(language) >= THREE_SENTENCES[language as usize]
    })
}

#[cfg(test)]
mod tests;
