//! What is found in an article.

use super::rule::Rule;
use crate::text::Language;

/// How much of a text is quoted, in characters.
const QUOTE: usize = 30;

/// An error or a note about an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// The line of the file, counted from 1; 1 for the file as a whole.
    pub line: u32,
    /// The language of the text it is in, if it is in one: of an article of two files it names the file.
    pub side: Option<Language>,
    /// The line of the paragraph in the other language, if there is one; of two files in the other one.
    pub related_line: Option<u32>,
    /// What is wrong: one line without a full stop, cleaned.
    pub message: String,
}

impl Finding {
    /// A finding at a line.
    pub const fn new(rule: Rule, line: u32, message: String) -> Self {
        Self {
            rule,
            line,
            side: None,
            related_line: None,
            message,
        }
    }

    /// The finding as one in the text of a language.
    pub(super) fn on(self, side: Language) -> Self {
        Self {
            side: Some(side),
            ..self
        }
    }
}

/// The beginning of a text on one line.
pub(super) fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quote: String = line.chars().take(QUOTE).collect();
    if quote.len() < line.len() {
        quote.push('…');
    }
    format!("“{quote}”")
}
